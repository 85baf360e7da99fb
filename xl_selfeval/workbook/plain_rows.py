"""How the figures of an indicator should be typed: sign, number and unit each in its own cell, meaning the same.

What is doubtful, what carries a remark, and what two people could read in two ways stays as it was typed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from xl_selfeval.measure import ALIKE, Measure, measure
from xl_selfeval.model import Indicator, Operator
from xl_selfeval.quantities import PERCENT_UNITS, Quantity, normalise, parse_date, parse_quantity, plain
from xl_selfeval.quantities.dates import DATE, Span, span_of
from xl_selfeval.workbook.convert import SHEET_DAY

_FIGURE = "-?[0-9]+(?:[.][0-9]+)?"
PLAIN_FIGURE = re.compile(f"{_FIGURE}(?:-{_FIGURE})?")
_DONE = re.compile("(?:已|全部|按时|如期)*(?:完成)?")  # says no more than that there is a day
_BRACKETS = frozenset("()[]【】〔〕")


def plainer_rows(indicator: Indicator, year: int | None) -> Iterator[Indicator]:
    """`indicator` with plain figures: in both of target and actual, then in one of them, then as it is.

    `year` is the fiscal year. Each row means the same as `indicator` and raises no new doubt. None for a 定性 row.
    """
    if indicator.operator is Operator.QUALITATIVE:
        return
    by_target = _with_plain_target(indicator, year)
    for row in (_with_plain_actual(by_target, year), by_target, _with_plain_actual(indicator, year)):
        if row != indicator and _same(measure(indicator, year), measure(row, year)):
            yield row
    yield indicator


def _with_plain_target(row: Indicator, year: int | None) -> Indicator:
    read = parse_quantity(row.target, year)
    if row.operator is Operator.DEADLINE:
        day = None if SHEET_DAY.fullmatch(row.target) else _limit(row.target, year)
        return _but(row, target=f"{day:%Y-%m-%d}") if day else row
    if not isinstance(read, Quantity) or read.doubts or not _is_remark_free(read):
        return row
    unit = _unit_of(read.unit, row.unit_of_measure)
    if unit is None or (read.operator and row.operator not in (None, read.operator)):
        return row
    return _but(row, target=_figure(row.target, read), operator=row.operator or read.operator, unit_of_measure=unit)


def _with_plain_actual(row: Indicator, year: int | None) -> Indicator:
    if row.operator is Operator.DEADLINE:
        day = None if SHEET_DAY.fullmatch(row.actual) else _finish(row.actual, year)
        return _but(row, actual=f"{day:%Y-%m-%d}") if day else row
    read = parse_quantity(row.actual, year)
    if not isinstance(read, Quantity) or read.doubts or read.note or read.operator:
        return row
    unit = _unit_of(read.unit, row.unit_of_measure)
    return _but(row, actual=_figure(row.actual, read)) if unit == row.unit_of_measure else row


def _but(row: Indicator, **fields: object) -> Indicator:
    return row.model_copy(update=fields)


def _figure(text: str, read: Quantity) -> str:
    """The bare number, range or day of `text`, which stays where it is plain already (90.00 is not 90 to a person)."""
    if read.deadline:
        return f"{read.deadline:%Y-%m-%d}"
    if PLAIN_FIGURE.fullmatch(text) or read.value is None:
        return text
    return plain(read.value) + (f"-{plain(read.upper)}" if read.upper is not None else "")


def _unit_of(written: str, column: str) -> str | None:
    """The 计量单位 of a row when the unit written beside its number is taken away; None where the two differ."""
    named = normalise(column)
    if not written or written == named or {written, named} in ALIKE or {written, named} <= set(PERCENT_UNITS):
        return column
    return None if named else written


def _is_remark_free(read: Quantity) -> bool:
    return not read.note or (read.deadline is not None and bool(_DONE.fullmatch(read.note)))


def _limit(text: str, year: int | None) -> date | None:
    """The last day on time, of a text in a row whose sign is 时限."""
    read = parse_quantity(text, year)
    if isinstance(read, Quantity) and read.deadline and not read.doubts and _is_remark_free(read):
        return read.deadline
    return named_day(text, year, dated=False)


def _finish(text: str, year: int | None) -> date | None:
    """The day on which something was done; its year must be written, for it may be the next one."""
    return named_day(text, year, dated=True)


def named_day(text: str, year: int | None, *, dated: bool) -> date | None:
    """The one day that `text` names, with hardly a word beside it; None for a month or a quarter as a whole.

    `year` is the fiscal year, for a day without one; `dated` refuses such a day.
    """
    clean, day = normalise(text), parse_date(text, year)
    match = DATE.search(clean)
    if match is None or not isinstance(day, date) or not _DONE.fullmatch(clean[match.end() :]) or _BRACKETS & {*clean}:
        return None
    span = span_of(match, text, year)
    if not isinstance(span, Span) or not span.closed or (dated and not _has_year(match)):
        return None
    return day


def _has_year(match: re.Match[str]) -> bool:
    return any(match[part] for part in ("full", "packed", "year"))


def _same(before: Measure, after: Measure) -> bool:
    """True when both say the same and the second raises no doubt that the first did not."""
    figures = ("operator", "target", "upper", "deadline", "actual", "finished", "trouble", "trouble_at")
    alike = all(getattr(before, name) == getattr(after, name) for name in figures)
    return alike and normalise(before.unit) == normalise(after.unit) and set(after.doubts) <= set(before.doubts)
