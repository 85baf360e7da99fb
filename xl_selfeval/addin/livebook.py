"""The open workbook becomes plain grids of cells, as a file does: one bulk read a sheet, and a few questions more.

Every call to Excel crosses a process, so values come in bulk; what has to be asked for is in `probing`.
"""

from __future__ import annotations

import re
from decimal import Decimal

import xlwings as xw

from xl_selfeval.addin.probing import merged_areas, percent_cells
from xl_selfeval.workbook.cells import Cells, Grid, UnreadableError
from xl_selfeval.workbook.finding_tables import locate_blocks
from xl_selfeval.workbook.layout import Spot
from xl_selfeval.workbook.package import MOST_CELLS, named_cell
from xl_selfeval.workbook.reader import Reading, read_submission

ROOMY = 200_000  # cells of a used area; above it, most are formatted and empty (a whole column, coloured)
KEPT_ROWS, KEPT_COLUMNS = 2_000, 100  # read even so: the search for the last cell sees no hidden rows
ERROR = re.compile(r"#(?:DIV/0!|N/A|NAME\?|NULL!|NUM!|REF!|VALUE!)|Err:\d+")
NEW_ERROR = "#VALUE!"  # stands for errors that only newer Excels know; they arrive as bare integers


def read_live(book: xw.Book) -> Reading:
    """What the open workbook says. Raises UnreadableError for one that is not ours; Excel's own errors pass."""
    return read_submission(live_cells(book), book.name)


def live_cells(book: xw.Book) -> Cells:
    """All cells of the open workbook, as they are now. Raises UnreadableError where a cell stands too far out."""
    errors: dict[Spot, str] = {}
    sheets = {sheet.name: sheet for sheet in book.sheets}
    grids = {title: _grid(sheet, errors) for title, sheet in sheets.items()}
    cells = Cells(grids, _names(book), errors)
    located = locate_blocks(cells)
    cells.merged = merged_areas(cells, located, sheets)
    cells.percent = percent_cells(cells, located, sheets)
    return cells


def _grid(sheet: xw.Sheet, errors: dict[Spot, str]) -> Grid:
    read = sheet.range((1, 1), _last_cell(sheet)).options(ndim=2, err_to_str=True, empty="")
    grid = [[_plain(value) for value in row] for row in read.value]
    for r, row in enumerate(grid):
        for c, value in enumerate(row):
            if isinstance(value, str) and value and value[0] in "#E" and ERROR.fullmatch(value):
                errors[Spot(sheet.name, r, c)] = str(value)
                row[c] = ""
    while grid and all(value == "" for value in grid[-1]):
        grid.pop()
    return grid


def _plain(value: object) -> object:
    if isinstance(value, Decimal):  # so Excel gives what is formatted as a currency
        return float(value)
    if isinstance(value, int) and not isinstance(value, bool):  # Excel's numbers are floats
        return NEW_ERROR
    return value


def _last_cell(sheet: xw.Sheet) -> tuple[int, int]:
    """The last row and column to read. Raises UnreadableError as `read_cells` does for a file."""
    used = sheet.used_range
    rows, columns = used.row + used.shape[0] - 1, used.column + used.shape[1] - 1
    if rows * columns <= ROOMY:
        return rows, columns
    low, right = _last_filled(used, "rows"), _last_filled(used, "columns")
    rows = min(rows, max(KEPT_ROWS, 1 if low is None else low.row))
    columns = min(columns, max(KEPT_COLUMNS, 1 if right is None else right.column))
    if rows * columns > MOST_CELLS and low is not None and right is not None:
        far = low if low.row > KEPT_ROWS else right
        where = f"“{sheet.name}”的 {far.get_address(False, False)} "
        raise UnreadableError(f"“{sheet.book.name}”在{where}有内容，离表格太远，请删去该单元格所在的行和列后再试")
    return rows, columns


def _last_filled(used: xw.Range, order: str) -> xw.Range | None:
    found = used.find("*", direction="backward", order=order)
    return found if isinstance(found, xw.Range) else None  # it would be awaited only in a browser


def _names(book: xw.Book) -> dict[str, Spot]:
    """The first cell of each of our names. One that belongs to a single sheet came with a copy of it."""
    ours = ((name.name, name.refers_to or "") for name in book.names if name.name.startswith("se_"))
    found = ((name, named_cell(reference.removeprefix("="))) for name, reference in ours)
    return {name: spot for name, spot in found if spot}
