"""Pictures for the README of the form in use: python -m tests.libreoffice.screenshots PICTURE_FOLDER."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import xlwings as xw
from PIL import Image

from tests.libreoffice.engine.screen import Screen
from tests.libreoffice.engine.seen import sheet_area
from tests.libreoffice.forms import opened, sample_form
from xl_selfeval.checks import Severity

COLOURS = 64
HEADER = 17  # pixels: the row with the letters of the columns
WIDTH, BUTTONS_HEIGHT, MARKS_HEIGHT = 1150, 450, 540  # pixels, from the corner of the sheet


def draw(pictures: Path) -> None:
    """Press 检查 on the sample with a real mouse; picture the buttons before, and the marks with a note after."""
    with tempfile.TemporaryDirectory() as folder:
        screen = Screen(Path(folder))
        try:
            book = opened(screen.live, sample_form())
            book.impl.uno.CurrentController.ShowPageBreaks = False
            screen.show(book, "指标评分")
            _keep(screen, book, pictures / "按钮.png", BUTTONS_HEIGHT)
            screen.click(book, "检查")
            screen.show(book, "基本情况")
            without = screen.picture(Path(folder) / "无批注.png")
            screen.point_at(screen.cell(book, _wrong(book.sheets["基本情况"])))
            screen.wait_for_change(without)
            _keep(screen, book, pictures / "标记.png", MARKS_HEIGHT)
            screen.show(book, "指标评分")  # LibreOffice crashes when it closes under an open note
        finally:
            screen.close()


def _wrong(sheet: xw.Sheet) -> xw.Range:
    """The first cell of a sheet in which an error was found."""
    return next(note.location for note in sheet.notes if f"\n{Severity.ERROR.label} " in note.text)


def _keep(screen: Screen, book: xw.Book, target: Path, height: int) -> None:
    """Save the upper left part of the sheet, in few colours."""
    left, top = sheet_area(book).left, screen.cell(book, book.sheets.active["A1"]).top - HEADER
    with Image.open(screen.picture(target)) as whole:
        part = whole.convert("RGB").crop((left, top, left + WIDTH, top + height))
    part.quantize(COLOURS).save(target, optimize=True)


if __name__ == "__main__":
    draw(Path(sys.argv[1]))
