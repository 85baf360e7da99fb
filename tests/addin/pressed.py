"""Buttons pressed on a form with faults: what is told, and what must be as before."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import xlwings as xw

from tests.addin.snapshots import changed, entries
from tests.workbook.patching import filled, path_of, places
from xl_selfeval.addin import press

if TYPE_CHECKING:
    from tests.libreoffice.engine.live import Live

EXPORTS = ("export_report", "export_pdf", "export_table", "hand_in", "next_year")


def cell(book: xw.Book, dotted: str) -> xw.Range:
    spot = places()[path_of(dotted)]
    return book.sheets[spot.sheet].range((spot.row + 1, spot.col + 1))


def faulty(live: Live, **options: bool | str) -> xw.Book:
    """The sound form with one error (no name), and one entry that can be rewritten."""
    book = live.open(filled(), **options)  # type: ignore[arg-type]
    cell(book, "unit.name").value = None
    cell(book, "finance.total").value = "325.5万元"
    return book


def told(live: Live, command: str) -> str:
    """The one sentence that pressing `command` shows at the end; status bar and screen are as before."""
    before = len(live.alerts)
    live.app.status_bar = "就绪"
    press(command)
    assert (live.app.status_bar, live.app.screen_updating) == ("就绪", True)
    shown = [prompt for prompt, buttons in live.alerts[before:] if buttons == "ok"]
    assert len(shown) == 1, shown
    return shown[0]


@contextmanager
def untouched(book: xw.Book) -> Iterator[None]:
    """All cells, notes and sheets are the same afterwards, and so is the sheet in front."""
    before, front = entries(book), book.sheets.active
    yield
    assert changed(before, entries(book)) == []
    assert book.sheets.active == front


def beside(book: xw.Book) -> list[str]:
    """The files that lie beside the book."""
    folder = Path(book.fullname).parent
    return sorted(file.name for file in folder.iterdir() if file.name[0] != "." and file.name != book.name)


def refused(live: Live, command: str, words: str) -> None:
    """`command` is refused with a sentence that holds `words`, shown as a failure."""
    sentence = told(live, command)
    assert words in sentence
    assert live.person.modes[-1] == "critical"


def select(book: xw.Book, dotted: str) -> None:
    cell(book, dotted).sheet.activate()
    cell(book, dotted).select()
