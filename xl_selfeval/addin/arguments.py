"""What Excel hands to a worksheet function, taken as the reader of a workbook takes it from the same cells."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from functools import cache

from pydantic import TypeAdapter, ValidationError

from xl_selfeval.checks import Finding, finding
from xl_selfeval.model import Amounts, Indicator, Operator, Path, Points, Year
from xl_selfeval.rulebook import Rulebook, find_rulebook, shipped_rulebooks
from xl_selfeval.submission_file.pydantic_words import explain
from xl_selfeval.workbook.convert import BLANK, Refused, as_text, convert, day_of_serial
from xl_selfeval.workbook.indicator_table import INDICATOR_TABLE
from xl_selfeval.workbook.layout import Kind

ROW: Path = ("items", 0, "indicators", 0)
"""The path of the one row that a function looks at."""

COLUMNS = {column.key: column for column in INDICATOR_TABLE.columns}
YEAR: TypeAdapter[int] = TypeAdapter(Year)
POINTS: TypeAdapter[Decimal] = TypeAdapter(Points)


class ArgumentError(ValueError):
    """What a function was given makes no sense; the message says what and what to give instead, in Chinese."""


def single(value: object) -> object:
    """The one value of an argument, which Excel may hand over as a range of one cell. Raises ArgumentError for more."""
    while isinstance(value, list | tuple):
        if len(value) != 1:
            raise ArgumentError(f"参数是{len(value)}个单元格的区域，每个参数只能是一个单元格，请改选一个单元格")
        value = value[0]
    return value


def indicator_of(cells: Mapping[str, object]) -> tuple[Indicator, list[Finding]]:
    """The indicator that `cells` (by the keys of their columns) declare, and what could not be taken of it."""
    values = {key: single(value) for key, value in cells.items() if value is not None and value != ""}
    is_deadline = _taken(values.get("operator"), "operator") is Operator.DEADLINE
    taken: dict[str, object] = {}
    refused: list[Finding] = []
    for key, seen in values.items():
        day = day_of_serial(seen) if is_deadline and COLUMNS[key].kind is Kind.MEASURE else None
        try:
            value = convert(day or seen, COLUMNS[key].kind, COLUMNS[key].choices)
        except Refused as why:
            refused.append(finding(why.code, (*ROW, key), label=COLUMNS[key].header, **why.values))
            continue
        if value is not BLANK:
            taken[key] = value
    return _bounded(taken, refused), refused


def amounts_of(executed: object, budget: object) -> Amounts:
    """Two cells of money in 万元; what is no amount counts as not filled in."""
    cells = {"executed_amount": executed, "adjusted_budget": budget}
    taken = {key: _number(value, Kind.MONEY) for key, value in cells.items()}
    try:
        return Amounts.model_validate(taken)
    except ValidationError:
        return Amounts()


def points_of(value: object) -> Decimal | None:
    """A number of points in 分; None where the cell holds none."""
    number = _number(value, Kind.NUMBER)
    try:
        return None if number is None else POINTS.validate_python(number)
    except ValidationError:
        return None


def year_of(value: object) -> int | None:
    """The fiscal year in a cell; None where there is none."""
    number = _number(value, Kind.COUNT)
    try:
        return None if number is None else YEAR.validate_python(number)
    except ValidationError:
        return None


def text_of(value: object) -> str:
    """A cell as a text, numbers and dates as a person would write them."""
    value = single(value)
    return "" if value is None else as_text(value)


def rulebook_of(value: object) -> Rulebook:
    """The shipped rulebook whose id stands in a cell. Raises ArgumentError for any other: no file is opened for it."""
    return _shipped(text_of(value))


@cache
def _shipped(name: str) -> Rulebook:
    known = shipped_rulebooks()
    if name not in known:
        raise ArgumentError(f"没有编号为“{name[:40]}”的评分办法，请填：{'、'.join(known)}")
    return find_rulebook(name)


def _taken(value: object, key: str) -> object:
    try:
        return convert(value, COLUMNS[key].kind, COLUMNS[key].choices)
    except Refused:
        return BLANK


def _number(value: object, kind: Kind) -> object:
    try:
        number = convert(single(value), kind, "")
    except Refused:
        return None
    return None if number is BLANK else number


def _bounded(taken: dict[str, object], refused: list[Finding]) -> Indicator:
    """The indicator without the numbers beyond all bounds, which are added to `refused`."""
    try:
        return Indicator.model_validate(taken)
    except ValidationError as error:
        for fault in error.errors(include_url=False):
            key = str(fault["loc"][0])
            why = explain(fault, Indicator)
            refused.append(finding("CEL12", (*ROW, key), label=COLUMNS[key].header, reason=why))
            del taken[key]
        return Indicator.model_validate(taken)
