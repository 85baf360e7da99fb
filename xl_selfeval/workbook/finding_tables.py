"""Where things stand in a workbook that people have changed: by name, else by the words around them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from xl_selfeval.workbook.cells import Cells, Grid
from xl_selfeval.workbook.layout import Field, Kind, Matrix, Spot, Table
from xl_selfeval.workbook.sheets import SHEETS


def key_of(text: object) -> str:
    """Header and label words without stars, spaces and line breaks, so that small edits do not matter."""
    return "".join(str(text).replace("*", "").split())


BLOCK_TITLES = frozenset(key_of(b.title) for s in SHEETS for b in s.blocks if b.title)


@dataclass(frozen=True)
class Found:
    """A table in its place: its first header cell, the sheet column of each key, and the keys not found."""

    header: Spot
    columns: dict[str, int]
    missing: tuple[str, ...] = field(default=())

    def inputs(self, table: Table) -> Iterator[int]:
        """The sheet columns that people fill."""
        return (self.columns[c.key] for c in table.columns if c.kind is not Kind.AUTO and c.key in self.columns)


def find_form_cell(cells: Cells, asked: Field, name: str) -> Spot | None:
    """The cell of a form field: its defined name where the label stands beside it, else the cell right of its label."""
    wanted = key_of(asked.label)
    named = cells.names.get(name)
    if named and key_of(cells.value(Spot(named.sheet, named.row, named.col - 1))) == wanted:
        return named
    labelled = (
        Spot(title, r, c + 1)
        for title, grid in cells.grids.items()
        for r, row in enumerate(grid)
        for c, value in enumerate(row)
        if value and key_of(value) == wanted
    )
    return next(labelled, named if named and named.sheet in cells.grids else None)


def find_table(cells: Cells, table: Table | Matrix, name: str) -> Found | None:
    """A table or matrix: at its defined name, else at the row that holds most of its headers."""
    spot = cells.names.get(name)
    if spot and spot.sheet in cells.grids:
        named = _match(cells.grids[spot.sheet], spot, table)
        if named and not named.missing:
            return named
    searched = _search(cells, table)
    if spot and spot.sheet in cells.grids and named and (not searched or len(named.missing) <= len(searched.missing)):
        return named
    return searched


def _search(cells: Cells, table: Table | Matrix) -> Found | None:
    best: Found | None = None
    for title, grid in cells.grids.items():
        for r in range(len(grid)):
            found = _match(grid, Spot(title, r, 0), table)
            if found and (best is None or len(found.missing) < len(best.missing)):
                best = found
    return best


def _match(grid: Grid, spot: Spot, table: Table | Matrix) -> Found | None:
    """The columns of `table` in one row by header words; None where fewer than half of them are there."""
    if spot.row >= len(grid):
        return None
    row = grid[spot.row]
    seen: dict[str, int] = {}
    for c, value in enumerate(row):
        if value:
            seen.setdefault(key_of(value), c)
    columns, missing = {}, []
    for column in table.columns:
        at = next((seen[key_of(w)] for w in (column.header, *column.also) if key_of(w) in seen), None)
        if at is not None:
            columns[column.key] = at
        elif column.kind is not Kind.AUTO:
            missing.append(column.key)
    asked = [c for c in table.columns if c.kind is not Kind.AUTO]
    if len(missing) * 2 >= len(asked) + (1 if len(asked) > 1 else 0):
        return None
    if isinstance(table, Matrix) and key_of(table.corner) not in seen:
        return None
    first = seen[key_of(table.corner)] if isinstance(table, Matrix) else min(columns.values())
    return Found(Spot(spot.sheet, spot.row, first), columns, tuple(missing))
