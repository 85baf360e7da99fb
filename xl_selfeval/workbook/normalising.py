"""How pasted entries should stand: "≥90％" as ≥, 90 and %, "117.77万元" as 117.77. Nothing changes its meaning."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from itertools import chain

from xl_selfeval.model import Indicator, Labelled, Operator, Path
from xl_selfeval.quantities import normalise, plain
from xl_selfeval.workbook.cells import Cells
from xl_selfeval.workbook.choices import NO, UNITS, YES
from xl_selfeval.workbook.convert import SHOWN_DIGITS, Refused, as_text, convert, day_of_serial
from xl_selfeval.workbook.layout import INDICATORS, Column, Field, Form, Kind, Matrix, Spot, Table, value_at
from xl_selfeval.workbook.plain_rows import named_day, plainer_rows
from xl_selfeval.workbook.reader import Reading
from xl_selfeval.workbook.readings import FIRST_DAY, LAST_DAY
from xl_selfeval.workbook.sheets import SHEETS

After = str | Decimal | int | date
MEASURES = ("operator", "target", "unit_of_measure", "actual")  # the cells of a row that are rewritten together
TYPED = ("target", "actual")  # those of them that hold what was typed; the others may only be filled in


@dataclass(frozen=True)
class Change:
    """One cell to be rewritten: `before` is its value as the grid has it, `seen` as it is shown, `after` the new one.

    `label` and `kind` are those of its field. The changes of one `group` (not ()) belong together: all or none.
    """

    spot: Spot
    label: str
    kind: Kind
    before: object
    seen: str
    after: After
    group: Path = ()

    @property
    def meant(self) -> str:
        """`after` as a person would type it."""
        return plain(self.after) if isinstance(self.after, Decimal) else as_text(self.after)


def proposals(cells: Cells, reading: Reading, held: Collection[Spot] = ()) -> list[Change]:
    """What would be rewritten in `cells`, read as `reading`, from the first sheet to the last, row by row.

    Left alone are merged cells, cells with an error or without a result, and those of `held` (whose value comes from a
    formula, which is not to be seen here). After the changes all reads as before; a second look proposes nothing.
    """
    reading = replace(reading, places={path: spot for path, spot in reading.places.items() if spot not in held})
    single = [change for path in reading.places if (change := _of_cell(cells, reading, path))]
    rows = (_of_row(cells, reading, path, indicator) for path, indicator in reading.submission.indicators())
    changes = {change.spot: change for change in [*single, *chain.from_iterable(rows)]}  # a row knows its cells best
    titles = [*cells.grids]
    return sorted(changes.values(), key=lambda c: (titles.index(c.spot.sheet), c.spot.row, c.spot.col))


def _index() -> Iterator[tuple[Path, Field | Column]]:
    """Every entry cell's field; list positions are written *."""
    for block in (block for sheet in SHEETS for block in sheet.blocks):
        if isinstance(block, Form):
            yield from ((field.path, field) for field in block.fields)
        elif isinstance(block, Matrix):
            rows = (key for key, _ in block.rows)
            yield from (((*block.path, row, column.key), column) for row in rows for column in block.columns)
        elif isinstance(block, Table):
            entry = (*block.path, "*")
            yield from (((*entry, column.key) if column.key else entry, column) for column in block.columns)


FIELDS: Mapping[Path, Field | Column] = dict(_index())


def _field(path: Path) -> Field | Column | None:
    return FIELDS.get(tuple("*" if isinstance(step, int) else step for step in path))


def _label(asked: Field | Column) -> str:
    return asked.label if isinstance(asked, Field) else asked.header


def _seen(typed: object) -> str:
    return typed if isinstance(typed, str) else as_text(typed)


def _is_free(cells: Cells, spot: Spot) -> bool:
    return not (cells.merge(spot) or spot in cells.errors or spot in cells.uncalculated)


# --- one cell by itself ----------------------------------------------------------------------------------------------


def _of_cell(cells: Cells, reading: Reading, path: Path) -> Change | None:
    asked, spot = _field(path), reading.places[path]
    if asked is None or asked.kind in (Kind.AUTO, Kind.MEASURE) or not _is_free(cells, spot):
        return None
    typed = cells.value(spot)
    after = _rewritten(typed, asked)
    if after is None or (not isinstance(typed, int | float) and _is_refused(reading, path, after)):
        return None
    return Change(spot, _label(asked), asked.kind, typed, _seen(typed), after)


def _is_refused(reading: Reading, path: Path, after: After) -> bool:
    """True for a number or a day beyond all bounds, which the reader did not take."""
    return after != "" and path[-1] != "@item" and value_at(reading.submission, path) is None


def _rewritten(typed: object, asked: Field | Column) -> After | None:
    """How `typed` should stand; None where it may stay or nobody knows."""
    if isinstance(typed, str) and not typed.strip():
        return "" if typed else None
    try:
        value = convert(typed, asked.kind, asked.choices)
    except Refused:
        return _packed_day(typed) if asked.kind is Kind.DATE else None
    if isinstance(value, Labelled):
        return None if typed == value.label else value.label
    if isinstance(value, bool):
        return None if typed == (word := YES if value else NO) else word
    if isinstance(value, Decimal | int):
        return _number(typed, value)
    if isinstance(value, date):
        return _day(typed, value)
    return _tidy(typed, asked.choices) if isinstance(typed, str) else None


def _number(typed: object, value: Decimal | int) -> Decimal | int | None:
    """`value` where it was typed as a text, if a cell can hold it exactly."""
    digits = len(Decimal(value).normalize().as_tuple().digits)
    return value if isinstance(typed, str) and digits <= SHOWN_DIGITS else None


def _day(typed: object, value: date) -> date | None:
    """`value` of its bare number or of a text that names this one day; not the last of a month or a year."""
    if isinstance(typed, str):
        return named_day(typed, None, dated=True)
    return None if isinstance(typed, date) else value


def _packed_day(typed: object) -> date | None:
    """20240410 typed as a number, which no spreadsheet takes for a day."""
    if isinstance(typed, bool) or not isinstance(typed, int | float):
        return None
    day = named_day(as_text(typed), None, dated=True)
    return day if day and FIRST_DAY <= day <= LAST_DAY else None


def _tidy(typed: str, choices: str) -> str | None:
    """A text without the spaces around it, a unit in the spelling of the list; never one that looks like a formula."""
    tidy, spelled = typed.strip(), normalise(typed)
    if choices == "unit_of_measure" and spelled in UNITS:
        tidy = spelled
    return None if tidy == typed or tidy.startswith("=") else tidy


# --- the figures of an indicator -------------------------------------------------------------------------------------


def _of_row(cells: Cells, reading: Reading, path: Path, indicator: Indicator) -> list[Change]:
    """The changes of the first of the plainer rows whose cells may all be written."""
    spots = {key: reading.places.get((*path, key)) for key in MEASURES}
    loose = [key for key in TYPED if _is_loose(cells, spots[key], getattr(indicator, key), indicator.operator)]
    for row in plainer_rows(indicator, reading.submission.fiscal_year):
        changed = [key for key in MEASURES if getattr(row, key) != getattr(indicator, key)]
        keys = [key for key in MEASURES if key in changed or key in loose]
        if all(_may_write(cells, spots[key], key) for key in keys):
            group = path if len(keys) > 1 else ()
            return [_of_figure(cells, spots[key], key, indicator, row, group) for key in keys]
    return []


def _may_write(cells: Cells, spot: Spot | None, key: str) -> bool:
    """False also where a sign or a unit is chosen that the reader did not understand."""
    return spot is not None and _is_free(cells, spot) and (key in TYPED or not str(cells.value(spot)).strip())


def _is_loose(cells: Cells, spot: Spot | None, taken: str, operator: Operator | None) -> bool:
    """True when the cell holds what was taken from it with spaces around, or the bare number of a day."""
    typed = cells.value(spot) if spot and _is_free(cells, spot) else ""
    if isinstance(typed, str):
        return typed not in ("", taken)
    return operator is Operator.DEADLINE and day_of_serial(typed) is not None


def _of_figure(cells: Cells, spot: Spot | None, key: str, old: Indicator, new: Indicator, group: Path) -> Change:
    assert spot  # `_may_write` has seen to it
    typed, asked, after = cells.value(spot), INDICATOR_COLUMNS[key], getattr(new, key)
    seen = getattr(old, key) if spot in cells.percent else _seen(typed)
    return Change(spot, asked.header, asked.kind, typed, seen, getattr(after, "label", after), group)


INDICATOR_COLUMNS: Mapping[str, Column] = {
    column.key: column
    for sheet in SHEETS
    for block in sheet.blocks
    if isinstance(block, Table) and block.path == INDICATORS
    for column in block.columns
}
