"""Where things stand in a workbook that people have changed: by name, else by the words around them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from xl_selfeval.model import Path
from xl_selfeval.workbook.cells import Cells, Grid
from xl_selfeval.workbook.layout import Form, Kind, Matrix, Sheet, Spot, Table
from xl_selfeval.workbook.names import form_name, table_name
from xl_selfeval.workbook.sheets import SHEETS


def key_of(text: object) -> str:
    """Header and label words without stars, spaces and line breaks, so that small edits do not matter."""
    return "".join(str(text).replace("*", "").split())


LABELS = frozenset(key_of(f.label) for s in SHEETS for b in s.blocks if isinstance(b, Form) for f in b.fields)


@dataclass(frozen=True)
class Found:
    """A table in its place: its first header cell, the sheet column of each key, the keys not found, and its end.

    `end` is the first row that belongs to the block below it, or None at the end of the sheet.
    """

    header: Spot
    columns: dict[str, int]
    missing: tuple[str, ...] = ()
    end: int | None = None

    def inputs(self, table: Table) -> Iterator[int]:
        """The sheet columns that people fill."""
        return (self.columns[c.key] for c in table.columns if c.kind is not Kind.AUTO and c.key in self.columns)


@dataclass
class Located:
    """All blocks of a workbook that could be found: tables by their path, form cells by the path of their field."""

    tables: dict[Path, Found] = field(default_factory=dict)
    fields: dict[Path, Spot] = field(default_factory=dict)


def locate_blocks(cells: Cells) -> Located:
    """Find every table, then every form field outside of the tables' headers, then where each table ends."""
    located = Located()
    claimed: set[tuple[str, int]] = set()
    for sheet, table in sorted(_tables(), key=lambda entry: -len(entry[1].columns)):
        found = _find_table(cells, sheet, table, claimed)
        if found:
            located.tables[table.path] = found
            claimed.add((found.header.sheet, found.header.row))
    for sheet in SHEETS:
        for asked in (f for block in sheet.blocks if isinstance(block, Form) for f in block.fields):
            spot = find_label(cells, asked.label, form_name(asked.path), sheet.title, claimed)
            if spot:
                located.fields[asked.path] = spot
    _set_ends(cells, located)
    return located


def find_label(cells: Cells, label: str, name: str, home: str, headers: Iterable[tuple[str, int]] = ()) -> Spot | None:
    """The cell that `label` asks for.

    That is the one with the defined name where the label stands before it, else the cell right of the label, looked
    for on the sheet `home` first and never in the header rows of tables; else the name again, if its label was
    reworded and not moved (programs that know no names leave them where they were).
    """
    wanted, named, skipped = key_of(label), cells.names.get(name), set(headers)
    before = _words_before(cells, named) if named else ""
    if before == wanted:
        return named
    for title in _home_first(cells, home):
        for r, row in enumerate(cells.grids[title]):
            for c, value in enumerate(row):
                if value and (title, r) not in skipped and key_of(value) == wanted:
                    return Spot(title, r, c + 1)
    return named if before and before not in LABELS else None


def _words_before(cells: Cells, spot: Spot) -> str:
    """The nearest words left of a cell; empty columns put between do not matter."""
    left = (cells.value(Spot(spot.sheet, spot.row, col)) for col in reversed(range(spot.col)))
    return next((key_of(value) for value in left if value != ""), "")


def _tables() -> Iterator[tuple[Sheet, Table | Matrix]]:
    return ((sheet, block) for sheet in SHEETS for block in sheet.blocks if isinstance(block, Table | Matrix))


def _find_table(cells: Cells, sheet: Sheet, table: Table | Matrix, claimed: set[tuple[str, int]]) -> Found | None:
    """A table or matrix: at its defined name when its headers are whole there, else where most of them stand."""
    spot = cells.names.get(table_name(table))
    named = _match(cells.grids.get(spot.sheet, ()), spot, table) if spot else None
    if named and not named.missing:
        return named
    rows = (Spot(title, r, 0) for title in _home_first(cells, sheet.title) for r in range(len(cells.grids[title])))
    matches = (_match(cells.grids[s.sheet], s, table) for s in rows if (s.sheet, s.row) not in claimed)
    # Some of the words, without the name, also stand over other tables: two thirds of them must be there.
    found = (m for m in matches if m and 3 * len(m.missing) <= len(m.columns) + len(m.missing))
    candidates = [named, *found] if named else [*found]
    return min(candidates, key=lambda match: len(match.missing), default=None)


def _home_first(cells: Cells, home: str) -> list[str]:
    return sorted(cells.grids, key=lambda title: title != home)


def _match(grid: Grid, spot: Spot, table: Table | Matrix) -> Found | None:
    """The columns of `table` in one row by header words; None where fewer than half of them are there."""
    seen: dict[str, int] = {}
    for c, value in enumerate(grid[spot.row] if spot.row < len(grid) else ()):
        if value != "":
            seen.setdefault(key_of(value), c)
    if isinstance(table, Matrix) and key_of(table.corner) not in seen:
        return None
    columns, missing = {}, []
    for column in table.columns:
        at = next((seen[key_of(w)] for w in (column.header, *column.also) if key_of(w) in seen), None)
        if at is not None:
            columns[column.key] = at
        elif column.kind is not Kind.AUTO:
            missing.append(column.key)
    asked = sum(column.kind is not Kind.AUTO for column in table.columns)
    if not columns or 2 * len(missing) > asked:
        return None
    first = seen[key_of(table.corner)] if isinstance(table, Matrix) else min(columns.values())
    return Found(Spot(spot.sheet, spot.row, first), columns, tuple(missing))


def _set_ends(cells: Cells, located: Located) -> None:
    """A table ends above the title of the next block on its sheet, else above that block itself."""
    starts = [(found.header.sheet, found.header.row, _title_of(path)) for path, found in located.tables.items()]
    for sheet in SHEETS:
        for form in (block for block in sheet.blocks if isinstance(block, Form)):
            spots = [located.fields[f.path] for f in form.fields if f.path in located.fields]
            starts += [(spot.sheet, spot.row, form.title) for spot in spots]
    for path, found in located.tables.items():
        below = [(row, title) for name, row, title in starts if name == found.header.sheet and row > found.header.row]
        if below:
            end, title = min(below)
            grid = cells.grids[found.header.sheet]
            titles = [r for r in range(found.header.row + 1, end) if title and _first_words(grid[r]) == key_of(title)]
            located.tables[path] = Found(found.header, found.columns, found.missing, max(titles, default=end))


def _first_words(row: Iterable[object]) -> str:
    return next((key_of(value) for value in row if value != ""), "")


def _title_of(path: Path) -> str:
    return next(table.title for _, table in _tables() if table.path == path)
