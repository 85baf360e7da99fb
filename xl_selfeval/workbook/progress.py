"""How far each sheet is filled: its required cells, and how many of them hold something, as formulas and as numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from xl_selfeval.model import Operator, Path, Submission
from xl_selfeval.workbook.formulas import column_range, quoted
from xl_selfeval.workbook.layout import Column, Form, Layout, Matrix, Placed, Sheet, Spot, Table, entries, value_at

MEASURED = frozenset({"target", "actual"})  # not required of a 定性 row


@dataclass(frozen=True)
class Count:
    """A number as a formula without "=" and its value now."""

    formula: str
    value: int


def required(layout: Layout, sheet: Sheet, submission: Submission, places: Mapping[Path, Spot]) -> tuple[Count, Count]:
    """How many cells of `sheet` are required now, and how many of those are filled; `places` are the layout's.

    A begun row of a table needs all its required columns; an empty table counts as one row still to write.
    """
    needed, done = [], []
    for placed in layout.of(sheet):
        if isinstance(placed.block, Form | Matrix):
            paths = _required_paths(placed.block)
            needed.append(Count(str(len(paths)), len(paths)))
            done += [_filled(places[path], value_at(submission, path)) for path in paths]
        elif isinstance(placed.block, Table):
            rows, filled = _table(placed, placed.block, submission)
            needed.append(rows)
            done.append(filled)
    return _sum(needed), _sum(done)


def _required_paths(block: Form | Matrix) -> list[Path]:
    if isinstance(block, Form):
        return [field.path for field in block.fields if field.required]
    return [(*block.path, row, key) for row, key in block.required]


def _filled(spot: Spot, value: object) -> Count:
    return Count(f'({spot.absolute()}<>"")', int(value not in ("", None)))


def _table(placed: Placed, table: Table, submission: Submission) -> tuple[Count, Count]:
    columns = [column for column in table.columns if column.required]
    typed = [column for column in columns if column.key != "@item"]
    used = "(" + "&".join(column_range(placed, column.key) for column in typed) + '<>"")'
    rows = [p for p in entries(table, submission) if any(_has(submission, p, column) for column in typed)]
    needed = Count(f"MAX(1,SUMPRODUCT(--{used}))*{len(columns)}", max(1, len(rows)) * len(columns))
    filled = "+".join(f"SUMPRODUCT({used}*{_full(placed, column)})" for column in columns)
    return needed, Count(filled, sum(_done(submission, path, column) for path in rows for column in columns))


def _full(placed: Placed, column: Column) -> str:
    full = f'({column_range(placed, column.key)}<>"")'
    if column.key in MEASURED:
        judged = f"({column_range(placed, 'operator')}={quoted(Operator.QUALITATIVE.label)})"
        return f"(({full}+{judged})>0)"
    return full


def _done(submission: Submission, row: Path, column: Column) -> bool:
    judged = column.key in MEASURED and value_at(submission, (*row, "operator")) is Operator.QUALITATIVE
    return column.key == "@item" or judged or _has(submission, row, column)


def _has(submission: Submission, row: Path, column: Column) -> bool:
    return value_at(submission, (*row, column.key) if column.key else row) not in ("", None)


def _sum(counts: list[Count]) -> Count:
    return Count("+".join(["0", *(count.formula for count in counts)]), sum(count.value for count in counts))
