"""Where the tables of the form are on an open workbook, and a click on one of their rows."""

from __future__ import annotations

import xlwings as xw

from tests.workbook.patching import layout
from xl_selfeval.model import Path


def at(path: Path, row: int = 0) -> tuple[str, int]:
    """The sheet of a table, and its row `row` counted from 0, as a number of the sheet."""
    placed = layout().table(path)
    return placed.sheet.title, placed.top + 2 + row


def select(book: xw.Book, path: Path, row: int = 0) -> int:
    title, number = at(path, row)
    book.sheets[title].activate()
    book.sheets[title].range((number, 2)).select()
    return number
