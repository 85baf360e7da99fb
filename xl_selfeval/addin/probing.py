"""What an open workbook has no list of, asked for with few calls: merged areas, and numbers shown as percentages.

A whole area is asked first, which has mostly one answer; its halves only where it has two (None).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

import xlwings as xw

from xl_selfeval.workbook.cells import Area, Cells
from xl_selfeval.workbook.finding_tables import Found, Located
from xl_selfeval.workbook.layout import INDICATORS, Matrix, Spot, Table
from xl_selfeval.workbook.package import shows_percent
from xl_selfeval.workbook.sheets import SHEETS

Sheets = Mapping[str, xw.Sheet]

MEASURES = ("target", "actual")


def merged_areas(cells: Cells, located: Located, sheets: Sheets) -> dict[str, list[Area]]:
    """The areas merged over several rows of a table, by sheet title."""
    merged: dict[str, set[Area]] = {}
    for table, found in _tables(located):
        title = found.header.sheet
        sheet, areas = sheets[title], merged.setdefault(title, set())
        last = (len(cells.grids[title]) if found.end is None else found.end) - 1
        columns = [column for column in table.columns if column.key in found.columns and not column.hidden]
        if last <= found.header.row:
            continue
        for first, right in _runs(found.columns[column.key] for column in columns if column.span == 1):
            _search_merged(sheet, (found.header.row + 1, first, last, right), areas)
        for column in (column for column in columns if column.span > 1):
            areas.update(_merged_across(cells, sheet, found, found.columns[column.key], last))
    return {title: sorted(areas) for title, areas in merged.items() if areas}


def _search_merged(sheet: xw.Sheet, area: Area, found: set[Area]) -> None:
    """Add the merged areas of several rows that touch `area`: asked whole, then in halves where only parts are."""
    top, left, bottom, right = area
    if any(f[0] <= top and f[1] <= left and f[2] >= bottom and f[3] >= right for f in found):
        return
    merged = sheet.range((top + 1, left + 1), (bottom + 1, right + 1)).merge_cells
    if merged is False:
        return
    if merged or (top, left) == (bottom, right):
        whole = _merge_area(sheet, top, left)
        if whole[2] > whole[0]:
            found.add(whole)
        if whole[2] >= bottom and whole[3] >= right:
            return
    for half in _halves(area):
        _search_merged(sheet, half, found)


def _halves(area: Area) -> tuple[Area, Area]:
    """Left and right, and in a single column above and below: people merge down a column."""
    top, left, bottom, right = area
    if right > left:
        middle = (left + right) // 2
        return (top, left, bottom, middle), (top, middle + 1, bottom, right)
    middle = (top + bottom) // 2
    return (top, left, middle, right), (middle + 1, left, bottom, right)


def _merged_across(cells: Cells, sheet: xw.Sheet, found: Found, col: int, last: int) -> Iterator[Area]:
    """Such areas in a column whose cells are merged across by ourselves: only above an empty cell can one begin."""
    for row in range(found.header.row + 1, last):
        here, below = (cells.value(Spot(found.header.sheet, r, col)) for r in (row, row + 1))
        if here != "" and below == "":
            area = _merge_area(sheet, row, col)
            if area[2] > area[0]:
                yield area


def _merge_area(sheet: xw.Sheet, row: int, col: int) -> Area:
    area = sheet.range((row + 1, col + 1)).merge_area
    return area.row - 1, area.column - 1, area.row + area.shape[0] - 2, area.column + area.shape[1] - 2


def percent_cells(cells: Cells, located: Located, sheets: Sheets) -> frozenset[Spot]:
    """The numbers among targets and actuals that are shown as percentages; the reader takes 0.9 there for 90 %."""
    found = located.tables.get(INDICATORS)
    if found is None:
        return frozenset()
    title, shown = found.header.sheet, set[Spot]()
    for col in (found.columns[key] for key in MEASURES if key in found.columns):
        spots = [Spot(title, row, col) for row in range(found.header.row + 1, len(cells.grids[title]))]
        shown.update(_percent(sheets[title], [spot for spot in spots if isinstance(cells.value(spot), float)]))
    return frozenset(shown)


def _percent(sheet: xw.Sheet, spots: Sequence[Spot]) -> Iterator[Spot]:
    """Those of `spots`, which lie in one column, whose format is a percentage: asked together, then in halves."""
    if not spots:
        return
    (first, last), column = (spots[0].row + 1, spots[-1].row + 1), spots[0].col + 1
    code = sheet.range((first, column), (last, column)).number_format
    if code is not None:
        yield from spots if shows_percent(code) else ()
    elif len(spots) > 1:
        middle = len(spots) // 2
        yield from _percent(sheet, spots[:middle])
        yield from _percent(sheet, spots[middle:])


def _tables(located: Located) -> Iterator[tuple[Table | Matrix, Found]]:
    blocks = (block for sheet in SHEETS for block in sheet.blocks if isinstance(block, Table | Matrix))
    return ((block, located.tables[block.path]) for block in blocks if block.path in located.tables)


def _runs(columns: Iterable[int]) -> Iterator[tuple[int, int]]:
    """First and last of each run of adjacent columns."""
    for _, run in groupby(enumerate(sorted(columns)), lambda pair: pair[1] - pair[0]):
        numbers = [column for _, column in run]
        yield numbers[0], numbers[-1]
