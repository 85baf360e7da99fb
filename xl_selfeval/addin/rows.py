"""增加行: more empty rows in the table where the selected cell is, alike in all that the template gives a row.

Rows are inserted inside the table, so that every range that spans it grows with it: totals, names, drop-downs,
conditional formats, the table itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any

import xlwings as xw

from xl_selfeval.addin.livebook import live_cells
from xl_selfeval.workbook.cells import Cells
from xl_selfeval.workbook.finding_tables import Found, locate_blocks
from xl_selfeval.workbook.layout import Column, Kind, Spot, Table
from xl_selfeval.workbook.look import row_height
from xl_selfeval.workbook.reader import refuse_foreign
from xl_selfeval.workbook.sheets import SHEETS

COUNT = 5  # rows at a time: a few are missing when one is
LIKE_ABOVE, LIKE_BELOW = "format_from_left_or_above", "format_from_right_or_below"
NUMBER = "@number"  # the column of constants by which other sheets name a row
_FORMATTING, _INSERTING = "FormattingCells FormattingColumns FormattingRows", "InsertingColumns InsertingRows"
_OTHERS = "InsertingHyperlinks DeletingColumns DeletingRows Sorting Filtering UsingPivotTables"
ALLOWED = tuple(f"Allow{what}" for what in f"{_FORMATTING} {_INSERTING} {_OTHERS}".split())  # COM's names
# A text, a quoted sheet title, or a cell whose row is not fixed; `$B$9`, `LOG10(` and names are none.
_PARTS = re.compile(r"""("(?:[^"]|"")*"|'(?:[^']|'')*')|(?<![\w.$])(\$?[A-Z]{1,3})([0-9]+)(?![\w.(])""")


class RowsError(ValueError):
    """Why no rows were added; a Chinese sentence with the next step. The workbook is as it was."""


@dataclass(frozen=True)
class _Place:
    """A table that grows, in its place: `first` and `last` are the rows under its headers, counted from 1."""

    sheet: xw.Sheet
    table: Table
    found: Found
    first: int
    last: int

    @property
    def name(self) -> str:
        """What the person is told that it is called."""
        return self.table.title.split("（")[0] or self.sheet.name

    def column(self, key: str) -> int:
        """The sheet column of `key`, counted from 1."""
        return self.found.columns[key] + 1

    @property
    def columns(self) -> list[Column]:
        """Those of the table's columns that are still there."""
        return [column for column in self.table.columns if column.key in self.found.columns]


def add_rows(book: xw.Book) -> str:
    """Insert COUNT empty rows below the selected one, never behind the last; the sentence that the person is told.

    Raises RowsError when the selection is in no table that grows, or rows cannot be inserted there; UnreadableError
    for a book that is not ours.
    """
    cells = live_cells(book)
    refuse_foreign(cells, book.name)
    place, selected = _place(book, cells)
    if place.first == place.last:
        raise RowsError(f"“{place.name}”只剩一行，没有地方插入。请先撤销删除的行，再按“增加行”。没有改动")
    if place.sheet.range(f"{place.first}:{place.last}").rows.hidden is not False:
        raise RowsError(f"“{place.name}”中有被筛选或隐藏的行，请先清除筛选、取消隐藏，再按“增加行”。没有改动")
    row = min(max(selected, place.first) + 1, place.last)
    book.app.cut_copy_mode = False  # else Excel inserts the cells that were copied
    with _unprotected(place.sheet) as remarks:
        _insert(place, row, cells)
    with suppress(Exception):  # the rows are there: they must not be said to be missing
        _go_to(place, row)
    told = f"已在“{place.sheet.name}”第{row}行起增加{COUNT}个空行（{place.name}），公式、格式和下拉列表都已带上。"
    if NUMBER in place.found.columns:
        first, *_, last = _next_numbers(cells, place)
        told += f"新行的序号是{first}至{last}，“指标评分”表的“任务序号”填这个数。"
    return told + "".join(remarks)


# --- where ------------------------------------------------------------------------------------------------------------


def _place(book: xw.Book, cells: Cells) -> tuple[_Place, int]:
    """The table of the selected cell and the selected row. Raises RowsError when there is none."""
    selection = book.app.selection
    if selection is not None and selection.sheet.book.name == book.name:
        sheet, row = selection.sheet, selection.row
        located = locate_blocks(cells)
        for table in _tables():
            found = located.tables.get(table.path)
            if found and found.header.sheet == sheet.name and found.header.row < row:
                place = _Place(sheet, table, found, found.header.row + 2, _last(sheet, cells, table, found))
                if row <= place.last:
                    return place, row
    names = "、".join(f"“{sheet.title}”" for sheet in SHEETS if any(isinstance(b, Table) for b in sheet.blocks))
    raise RowsError(f"请先点一下要加行的表格里的一格，再按“增加行”。{names}中可以逐行填写的表格能加行，固定的表格不能")


def _tables() -> Iterator[Table]:
    return (block for sheet in SHEETS for block in sheet.blocks if isinstance(block, Table))


def _last(sheet: xw.Sheet, cells: Cells, table: Table, found: Found) -> int:
    """The last row of a table, counted from 1: below it comes a row that is empty and locked."""
    title, row = found.header.sheet, found.header.row + 1
    entry = next(iter(found.inputs(table)))

    def belongs(row: int) -> bool:
        filled = any(cells.value(Spot(title, row, col)) != "" for col in found.columns.values())
        return filled or sheet.range((row + 1, entry + 1)).api.Locked is False

    while (found.end is None or row < found.end) and belongs(row):
        row += 1
    return row


def _next_numbers(cells: Cells, place: _Place) -> list[int]:
    """The next free 序号 for the new rows."""
    column = place.found.columns[NUMBER]
    shown = (cells.value(Spot(place.sheet.name, row - 1, column)) for row in range(place.first, place.last + 1))
    top = max((int(number) for number in shown if isinstance(number, float)), default=0)
    return [top + n for n in range(1, COUNT + 1)]


# --- how --------------------------------------------------------------------------------------------------------------


def _insert(place: _Place, row: int, cells: Cells) -> None:
    """Insert the rows before `row`; when they cannot be completed they go again, and the error rises."""
    rows = place.sheet.range(f"{row}:{row + COUNT - 1}")
    rows.insert("down", LIKE_BELOW if _is_blank(cells, place, row) else LIKE_ABOVE)
    new = place.sheet.range(f"{row}:{row + COUNT - 1}")  # Excel moves a range along with its cells
    try:
        for column in place.columns:
            if column.kind is Kind.AUTO:
                _fill(place, column.key, row, _next_numbers(cells, place) if column.key == NUMBER else [])
            elif column.span > 1:
                _merge(place, column, row)
        _lower(place, new)
    except BaseException:
        new.delete("up")
        raise


def _is_blank(cells: Cells, place: _Place, row: int) -> bool:
    inputs = place.found.inputs(place.table)
    return all(cells.value(Spot(place.sheet.name, row - 1, col)) == "" for col in inputs)


def _fill(place: _Place, key: str, row: int, numbers: list[int]) -> None:
    """The numbers given, else the formula of the row above or below, in the new rows of one column."""
    col = place.column(key)
    area = place.sheet.range((row, col), (row + COUNT - 1, col))
    if numbers:
        area.value = [[number] for number in numbers]
        return
    for source in (row - 1, row + COUNT):
        formula = str(place.sheet.range((source, col)).formula)
        if formula.startswith("="):
            area.formula = [[shifted(formula, row + n - source)] for n in range(COUNT)]
            return


def _lower(place: _Place, new: xw.Range) -> None:
    """Empty rows are one line high, even beside a row with a long text; rows of merged cells never grow again."""
    height = new.row_height
    if height is None or height > row_height():
        if any(column.span > 1 for column in place.columns):
            new.row_height = row_height()
        else:
            new.rows.autofit()


def _merge(place: _Place, column: Column, row: int) -> None:
    first = place.column(column.key)
    for n in range(row, row + COUNT):
        place.sheet.range((n, first), (n, first + column.span - 1)).merge()


def shifted(formula: str, rows: int) -> str:
    """`formula` as it reads `rows` further down, as copying it would make it; fixed rows and texts stay."""
    return _PARTS.sub(lambda part: part[1] or f"{part[2]}{int(part[3]) + rows}", formula)


def _go_to(place: _Place, row: int) -> None:
    entry = next(column for column in place.columns if column.kind is not Kind.AUTO)
    place.sheet.range((row, place.column(entry.key))).select()


@contextmanager
def _unprotected(sheet: xw.Sheet) -> Iterator[list[str]]:
    """Lift the protection of `sheet` meanwhile: tables do not grow on protected sheets, whatever a macro may do.

    Gives a list that afterwards holds what the person is to be told of it, where the protection could not be restored.
    Raises RowsError for a sheet that the person protected with a password.
    """
    api: Any = sheet.api
    remarks: list[str] = []
    if not api.ProtectContents:
        yield remarks
        return
    options = _protection(api)
    _lift(sheet)
    try:
        yield remarks
    finally:
        try:
            api.Protect(**options)
        except Exception:  # the rows are there, or another error tells why not: this one must not take its place
            remarks.append("工作表没有恢复保护，请在“审阅”中重新保护。")


def _protection(api: Any) -> dict[str, object]:
    """The arguments by which Protect makes the protection that a sheet has now, without a password."""
    return {
        "Password": "",
        "DrawingObjects": bool(api.ProtectDrawingObjects),
        "Contents": True,
        "Scenarios": bool(api.ProtectScenarios),
        "UserInterfaceOnly": bool(api.ProtectionMode),
        **{name: bool(getattr(api.Protection, name)) for name in ALLOWED},
    }


def _lift(sheet: xw.Sheet) -> None:
    api: Any = sheet.api
    try:
        api.Unprotect("")
    except Exception as refused:  # pywintypes.com_error, which only Windows knows
        raise _locked(sheet) from refused
    if api.ProtectContents:
        raise _locked(sheet)


def _locked(sheet: xw.Sheet) -> RowsError:
    return RowsError(f"“{sheet.name}”表设了保护密码，不能加行。请先在“审阅”中撤销工作表保护，再按“增加行”。没有改动")
