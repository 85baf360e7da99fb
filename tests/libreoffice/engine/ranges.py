"""A range of cells: what it holds and where it lies."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from xlwings import base_classes, utils

from tests.libreoffice.engine.content import last_filled, read, read_formulas, write
from tests.libreoffice.engine.errors import ComError
from tests.libreoffice.engine.formulas import quoted
from tests.libreoffice.engine.looks import Looks
from tests.libreoffice.engine.notes import Note
from tests.libreoffice.engine.protection import may_format, may_write
from tests.libreoffice.engine.structure import Structure

if TYPE_CHECKING:
    from tests.libreoffice.engine.sheets import Sheet


class Range(Looks, Structure, base_classes.Range):  # type: ignore[misc]
    """`shape` cells from `row` and `column`, counted from 1. LibreOffice is asked only when something is wanted."""

    max_cells_per_read = max_cells_per_write = None
    has_array = False
    options: dict[str, Any] = {}  # noqa: RUF012  (xlwings sets it on each range)
    sheet: Sheet = None  # type: ignore[assignment]
    row = column = shape = None  # those of base_classes are properties without setters

    def __init__(self, sheet: Sheet, row: int, column: int, rows: int = 1, columns: int = 1) -> None:
        self.sheet, self.row, self.column, self.shape = sheet, row, column, (rows, columns)

    @cached_property
    def uno(self) -> Any:
        """LibreOffice's range."""
        if not all(self.shape):
            raise ComError(f"{self.address} has no cells")
        return self.sheet.uno.getCellRangeByPosition(self.column - 1, self.row - 1, *self.end_position)

    @property
    def end_position(self) -> tuple[int, int]:
        """Last column and row, counted from 0."""
        return self.column + self.shape[1] - 2, self.row + self.shape[0] - 2

    @property
    def api(self) -> RangeApi:
        return RangeApi(self)

    @property
    def coords(self) -> tuple[str, int, int, int, int]:
        return (self.sheet.name, self.row, self.column, *self.shape)

    def __len__(self) -> int:
        return self.shape[0] * self.shape[1]

    def __call__(self, row: int, column: int | None = None) -> Range:
        if column is None:
            row, column = (row - 1) // self.shape[1] + 1, (row - 1) % self.shape[1] + 1
        return Range(self.sheet, self.row + row - 1, self.column + column - 1)

    @property
    def address(self) -> str:
        return self.get_address(True, True, False)

    def get_address(self, row_absolute: bool, col_absolute: bool, external: bool) -> str:
        rows, columns = "$" * row_absolute, "$" * col_absolute
        right, bottom = (end + 1 for end in self.end_position)
        ends = [(self.column, self.row), (right, bottom)][: 1 if len(self) == 1 else 2]
        address = ":".join(f"{columns}{utils.col_name(column)}{rows}{row}" for column, row in ends)
        if self.whole_rows:
            address = f"{rows}{self.row}:{rows}{bottom}"
        return quoted(f"[{self.sheet.book.name}]{self.sheet.name}") + "!" + address if external else address

    @property
    def raw_value(self) -> list[list[object]]:
        return read(self)

    @raw_value.setter
    def raw_value(self, data: object) -> None:
        write(self, data)

    @property
    def formula(self) -> str | tuple[tuple[str, ...], ...]:
        formulas = read_formulas(self)
        return formulas[0][0] if len(self) == 1 else formulas

    @formula.setter
    def formula(self, data: object) -> None:
        write(self, data)

    formula2 = formula

    def clear_contents(self) -> None:
        with may_write(self.sheet, self.uno):
            self.uno.clearContents(1 | 2 | 4 | 16)  # numbers, dates, texts, formulas
        self.sheet.calls.writes[self.sheet.name] += 1

    def end(self, direction: str) -> Range:
        step = {"down": (1, 0), "up": (-1, 0), "right": (0, 1), "left": (0, -1)}[direction]
        used = self.sheet.used_range
        last = max(used.shape[0] + used.row - 1, self.row), max(used.shape[1] + used.column - 1, self.column)
        data = self.sheet.uno.getCellRangeByPosition(0, 0, last[1] - 1, last[0] - 1).getDataArray()
        row, column = _jump(data, (self.row, self.column), step)
        limits = self.sheet.cells.shape
        return Range(self.sheet, min(row, limits[0]) if row else limits[0], min(column, limits[1]) or limits[1])

    def find(self, text: str, whole: bool, direction: str, order: str, match_case: bool) -> Range | None:
        """The last cell with anything in it, as Excel's Find among values gives it; no other search is known."""
        if (text, whole, direction, match_case) != ("*", False, "backward", False):
            raise NotImplementedError("this engine finds the last filled cell only: “*”, a part of it, backward")
        found = last_filled(self, order)
        return Range(self.sheet, *found) if found else None

    @property
    def current_region(self) -> Range:
        cursor = self.sheet.uno.createCursorByRange(self.uno)
        cursor.collapseToCurrentRegion()
        return self.sheet.at(cursor.RangeAddress)

    def select(self) -> None:
        self.sheet.book.uno.CurrentController.select(self.uno)

    @property
    def note(self) -> Note | None:
        found = self(1, 1).uno.getCellByPosition(0, 0).Annotation.String
        return Note(self(1, 1)) if found else None

    def add_note(self, text: str) -> Note:
        with may_format(self.sheet):
            self.sheet.uno.Annotations.insertNew(self.uno.getCellByPosition(0, 0).CellAddress, text)
        return Note(self)

    table = None


def _jump(data: Sequence[Sequence[object]], start: tuple[int, int], step: tuple[int, int]) -> tuple[int, int]:
    """Where Ctrl+arrow goes from `start`: the end of the block, else the next cell with content, else the edge (0)."""

    def full(row: int, column: int) -> bool:
        return row <= len(data) and column <= len(data[0]) and data[row - 1][column - 1] != ""

    row, column = start[0] + step[0], start[1] + step[1]
    inside = min(row, column) > 0 and full(*start) and full(row, column)
    while min(row, column) > 0 and row <= len(data) and column <= len(data[0]):
        ahead = row + step[0], column + step[1]
        if (inside and not (min(ahead) > 0 and full(*ahead))) or (not inside and full(row, column)):
            return row, column
        row, column = ahead
    if sum(step) < 0:
        return max(row, 1), max(column, 1)
    return (0, column) if step[0] else (row, 0)


class RangeApi:
    """The COM range: only that it is there. What commands need of it, they take from xlwings."""

    def __init__(self, cells: Range) -> None:
        self._cells = cells

    @property
    def Address(self) -> str:  # noqa: N802
        return self._cells.address

    @property
    def Locked(self) -> bool | None:  # noqa: N802
        if self._cells.uno.getPropertyState("CellProtection").value == "AMBIGUOUS_VALUE":
            return None
        return bool(self._cells.uno.CellProtection.IsLocked)
