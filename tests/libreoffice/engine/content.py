"""Reading and writing what a range holds: one bulk call of LibreOffice each, counted by sheet."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tests.libreoffice.engine import values
from tests.libreoffice.engine.errors import ComError
from tests.libreoffice.engine.formulas import to_excel, to_office
from tests.libreoffice.engine.protection import may_write
from tests.libreoffice.engine.pyuno import struct

if TYPE_CHECKING:
    from tests.libreoffice.engine.ranges import Range


@dataclass
class Calls:
    """How often each sheet (by title) was read and written in bulk."""

    reads: Counter[str] = field(default_factory=Counter)
    writes: Counter[str] = field(default_factory=Counter)

    def reset(self) -> None:
        """Count from nothing."""
        self.reads.clear()
        self.writes.clear()


def read(cells: Range) -> list[list[object]]:
    """The values of `cells` as COM gives them; errors as CellError."""
    sheet = cells.sheet
    sheet.calls.reads[sheet.name] += 1
    data = cells.uno.getDataArray()
    numbers = any(isinstance(value, float) for row in data for value in row)
    kinds = _kinds(cells, values.DATE | values.TIME | values.CURRENCY | values.LOGICAL) if numbers else {}
    rows = [[values.from_cell(v, kinds.get((r, c), 0)) for c, v in enumerate(row)] for r, row in enumerate(data)]
    if any(value is None for row in data for value in row):
        for column, row, shown in sheet.book.office.help("Errors", cells.uno):
            rows[row - cells.row + 1][column - cells.column + 1] = values.error_text(shown)
    return rows


def read_formulas(cells: Range) -> tuple[tuple[str, ...], ...]:
    """What the formula bar shows of each cell, in Excel's grammar."""
    sheet = cells.sheet
    sheet.calls.reads[sheet.name] += 1
    rows: tuple[tuple[str, ...], ...] = cells.uno.getFormulaArray()
    return tuple(tuple(to_excel(t) if t.startswith("=") else t.removeprefix("'") for t in row) for row in rows)


def last_filled(cells: Range, order: str) -> tuple[int, int] | None:
    """Row and column, counted from 1 in the sheet, of the last cell that shows something; hidden ones are not seen.

    The last is the lowest one ("rows"; of its row the rightmost) or the rightmost ("columns"; of its column the
    lowest). None where nothing is to be seen.
    """
    parts = cells.uno.queryVisibleCells().queryContentCells(1 | 2 | 4 | 16)  # numbers, dates, texts, formulas
    seen = [
        (part.RangeAddress.StartRow + r + 1, part.RangeAddress.StartColumn + c + 1)
        for part in map(parts.getByIndex, range(parts.Count))
        for r, row in enumerate(part.getDataArray())
        for c, value in enumerate(row)
        if value != ""
    ]
    return max(seen, key=lambda spot: spot if order == "rows" else spot[::-1], default=None)


def write(cells: Range, data: object) -> None:
    """Write `data` as Excel's Range.Value takes it. Raises ComError where a cell is locked."""
    if isinstance(data, str) and data.startswith("=") and len(cells) > 1:
        raise NotImplementedError("Excel shifts one formula over many cells; give this engine one for each")
    sheet, rows = cells.sheet, values.matrix(data, cells.shape)
    content = [[values.to_cell(value) for value in row] for row in rows]
    read_as_more = any(isinstance(v, str) and values.READ_AS_MORE.fullmatch(v) for row in content for v in row)
    with may_write(sheet, cells.uno):
        if read_as_more:
            _write_texts(cells, content)
        else:
            cells.uno.setDataArray(tuple(tuple(row) for row in content))
        _show(cells, _where(rows, dt.date), values.DATE)
        _show(cells, _where(rows, bool), values.LOGICAL)
    sheet.calls.writes[sheet.name] += 1


def _write_texts(cells: Range, content: list[list[float | str]]) -> None:
    """All content in the form in which LibreOffice reads numbers, dates and formulas, texts of text cells kept."""
    as_text = _kinds(cells, values.TEXT)

    def one(value: float | str, spot: tuple[int, int]) -> str:
        if isinstance(value, float):
            return repr(value)
        if spot in as_text and value:
            return "'" + value
        if not value.startswith("=") or value == "=":
            return value
        if len(value) > values.LONGEST_FORMULA:
            raise ComError(f"a formula of {len(value)} characters is longer than Excel takes")
        return to_office(value)

    cells.uno.setFormulaArray(tuple(tuple(one(v, (r, c)) for c, v in enumerate(row)) for r, row in enumerate(content)))
    apostrophes = [
        (r, c)
        for r, row in enumerate(content)
        for c, v in enumerate(row)
        if isinstance(v, str) and v.startswith("'") and (r, c) not in as_text
    ]
    _show(cells, apostrophes, 0)  # LibreOffice makes them text cells, Excel leaves their format


def _show(cells: Range, spots: Iterable[tuple[int, int]], kind: int) -> None:
    """Give `spots` the standard format of `kind`, where they have another."""
    formats = cells.sheet.book.uno.NumberFormats
    for row, column in spots:
        cell = cells.uno.getCellByPosition(column, row)
        if kind == 0 or not formats.getByKey(cell.NumberFormat).Type & kind:
            cell.NumberFormat = formats.getStandardFormat(kind, struct("com.sun.star.lang.Locale"))


def _where(rows: list[list[object]], kind: type) -> list[tuple[int, int]]:
    return [(r, c) for r, row in enumerate(rows) for c, value in enumerate(row) if isinstance(value, kind)]


def _kinds(cells: Range, wanted: int) -> Any:
    book = cells.sheet.book
    parts = book.office.help("Kinds", cells.uno, book.uno.NumberFormats, wanted)
    return values.spread(parts, cells.row - 1, cells.column - 1, cells.shape)
