"""Forms with macros and buttons as LibreOffice runs them, and what presses them."""

from __future__ import annotations

import io
import zipfile
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import xlwings as xw

from tests.libreoffice.engine.macrobook import MACRO, STUB
from tests.workbook.patching import path_of, places, sound
from xl_selfeval.editions.books import build_xlam, build_xlsm
from xl_selfeval.editions.package import ADDIN, TYPES
from xl_selfeval.editions.ribbon import buttons
from xl_selfeval.model import Submission
from xl_selfeval.rulebook import find_rulebook
from xl_selfeval.submission_file import SAMPLES, load_submission

if TYPE_CHECKING:
    from tests.libreoffice.engine.live import Live

NAME = "自评 表.xlsm"
PASTED = {"items.0.indicators.0.target": "≥80000人次", "finance.total": "325.5万元"}
"""Entries as people paste them, for the sound sample."""


def stub() -> str:
    """The source of the module that stands in for xlwings' own."""
    return STUB.read_text(encoding="ascii")


def sample() -> Submission:
    """The filled sample that is handed out: a real report with its errors."""
    return load_submission(SAMPLES / "luquan-2023.yaml")


@cache
def sound_form() -> bytes:
    """The form with macros, filled with the sound sample."""
    return _form(sound())


@cache
def sample_form() -> bytes:
    """The form with macros, filled with the sample that is handed out."""
    return _form(sample())


def _form(submission: Submission) -> bytes:
    return build_xlsm(find_rulebook(submission.rulebook), submission, stub=stub())


def add_in() -> bytes:
    """The add-in as a workbook: LibreOffice knows the content type of add-ins not, and all else is the same."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(build_xlam(stub=stub()))) as plain, zipfile.ZipFile(stream, "w") as book:
        for name in plain.namelist():
            part = plain.read(name)
            book.writestr(name, part.replace(ADDIN.encode(), MACRO) if name == TYPES else part)
    return stream.getvalue()


def opened(live: Live, content: bytes, name: str = NAME) -> xw.Book:
    """The form, open. Its cells found no Python when it opened (so it opens quickly), its buttons do."""
    live.python = False
    book = live.open(content, name)
    live.python = True
    return book


def press(live: Live, book: xw.Book, command: str) -> list[str]:
    """Run the Sub of a button in the document; what the person was told meanwhile."""
    told = len(live.alerts)
    live.run(book, buttons()[command].macro)
    return [prompt for prompt, _ in live.alerts[told:]]


def cell(book: xw.Book, dotted: str) -> xw.Range:
    """The cell of a field of the sound sample ("finance.total")."""
    spot = places()[path_of(dotted)]
    return book.sheets[spot.sheet].range((spot.row + 1, spot.col + 1))


def files(book: xw.Book) -> set[str]:
    """The files that lie beside the workbook."""
    folder = Path(book.fullname).parent
    return {file.name for file in folder.iterdir() if not file.name.startswith(".") and file.name != book.name}
