"""One cell into one value: what people type in a cell of each kind, or the finding that says why not."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import Enum
from functools import cache

from xl_selfeval.model import Achievement, Category, Labelled, Operator, PolicyRole, Subcategory
from xl_selfeval.quantities import Quantity, normalise, parse_date, parse_quantity, plain
from xl_selfeval.workbook.choices import NO, YES
from xl_selfeval.workbook.layout import Kind
from xl_selfeval.workbook.readings import FIRST_DAY, LAST_DAY, RANGE_SIGNS, serial

ENUMS: dict[str, type[Labelled]] = {
    "category": Category,
    "subcategory": Subcategory,
    "operator": Operator,
    "achievement": Achievement,
    "role": PolicyRole,
}
YEAR = re.compile("([0-9]{4})年度?")  # which `quantities` leaves to dates
SHOWN_DIGITS = 15  # of a number as spreadsheets show it; what they store beyond is noise of binary arithmetic
ALSO: dict[Labelled, tuple[str, ...]] = {
    Subcategory.OUTPUT_COST: ("成本指标", "成本"),
    Subcategory.SERVICE_SATISFACTION: ("满意度指标", "满意度"),
}
"""What forms print instead of a label."""
UNITS_OF_KIND = {Kind.MONEY: ("", "万元"), Kind.NUMBER: ("", "分"), Kind.COUNT: ("", "人", "名")}


class Refused(ValueError):  # noqa: N818 - it is not an error of the program but an answer
    """A cell that could not be taken: the check's code and the values for its message."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code)
        self.code, self.values = code, values


class Blank(Enum):
    """The one value that means: nothing was typed."""

    BLANK = "blank"


BLANK = Blank.BLANK


def convert(value: object, kind: Kind, choices: str) -> object:
    """The value of a cell as the model takes it, or BLANK. Raises Refused with a check's code."""
    if value is None or (isinstance(value, str) and not value.strip()):
        return BLANK
    if choices in ENUMS:
        return _choice(as_text(value), ENUMS[choices])
    reader = READERS.get(kind)
    return reader(value, kind) if reader else as_text(value)


def as_text(value: object) -> str:
    """Numbers and dates in text cells, as a person would write them."""
    if isinstance(value, bool):
        return YES if value else NO
    if isinstance(value, int | float):
        return plain(as_shown(value))
    if isinstance(value, datetime | date):
        return f"{value:%Y-%m-%d}"
    return str(value).strip()


def as_shown(value: float) -> Decimal:
    """A number of a spreadsheet as it is shown: 0.1 + 0.2 is 0.3."""
    return Decimal(f"{value:.{SHOWN_DIGITS}g}")


def day_of_serial(value: object) -> date | None:
    """The day that a bare number stands for where a date is asked; None when no day of this century is meant."""
    if isinstance(value, bool) or not isinstance(value, int | float) or value % 1:
        return None
    if not serial(FIRST_DAY) <= value <= serial(LAST_DAY):
        return None
    return date(1899, 12, 30) + timedelta(days=int(value))


def reworded(value: object, taken: object) -> str:
    """How `value` should stand in its cell, where the sheet's own formulas do not take it as `taken`; else ""."""
    if isinstance(value, str) and isinstance(taken, Labelled):
        return taken.label if value != taken.label else ""
    if isinstance(value, str) and isinstance(taken, Decimal | int) and not isinstance(taken, bool):
        return plain(Decimal(taken))
    return ""


# What the formulas of `readings` take as it stands; a range may also be joined by one of their signs.
_FIGURE = r"-?(?:(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]*)?|\.[0-9]+)\s*[%％]?"
SHEET_NUMBER = re.compile(rf"{_FIGURE}(?:\s*(?:-|{'|'.join(RANGE_SIGNS)})\s*{_FIGURE})?")
SHEET_DAY = re.compile(r"[0-9]{4}(?:-[0-9]{1,2}-|/[0-9]{1,2}/|年[0-9]{1,2}月)[0-9]{1,2}日?前?")


def plainer(text: str, year: int | None, operator: Operator | None) -> str:
    """How a target or an actual that we read should be typed so that the sheet's formulas read it too.

    Blank where they do, or where nobody reads it (then a check tells why).
    """
    if operator is Operator.DEADLINE:
        return "" if SHEET_DAY.fullmatch(text.strip()) else _plain_day(text, year)
    if SHEET_NUMBER.fullmatch(text.strip()):
        return ""
    read = parse_quantity(text, year)
    if not isinstance(read, Quantity):
        return ""
    if read.value is None:
        return f"{read.deadline:%Y-%m-%d}（符号选 {Operator.DEADLINE.label}）" if operator is None else ""
    figure = plain(read.value) + (f"-{plain(read.upper)}" if read.upper is not None else "")
    sign = read.operator.label if read.operator and read.upper is None else ""
    notes = [f"符号选 {sign}"] * bool(sign) + [f"计量单位选 {read.unit}"] * bool(read.unit)
    return f"{figure}（{'，'.join(notes)}）" if notes else figure


def _plain_day(text: str, year: int | None) -> str:
    day, read = parse_date(text, year), parse_quantity(text, year)
    limit = read.deadline if isinstance(read, Quantity) else None
    found = day if isinstance(day, date) else limit
    return f"{found:%Y-%m-%d}" if found else ""


def _number(value: object, kind: Kind) -> Decimal:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return as_shown(value)
    read = parse_quantity(value) if isinstance(value, str) else None
    if isinstance(read, Quantity) and _is_bare(read) and read.unit in UNITS_OF_KIND[kind] and read.value is not None:
        return read.value
    raise Refused("CEL01", text=as_text(value))


def _is_bare(read: Quantity) -> bool:
    """A number and nothing else: no sign, no range, no note, nothing doubtful."""
    return read.operator is None and read.upper is None and not read.doubts and not read.note


def _count(value: object, kind: Kind) -> int:
    if isinstance(value, str) and (year := YEAR.fullmatch(normalise(value))):
        return int(year[1])
    number = _number(value, kind)
    if number != number.to_integral_value():
        raise Refused("CEL05", text=as_text(value))
    return int(number)


def _date(value: object, kind: Kind) -> date:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    read = parse_date(value) if isinstance(value, str) else day_of_serial(value)
    if isinstance(read, date):
        return read
    raise Refused("CEL04", text=as_text(value))


def _flag(value: object, kind: Kind) -> bool:
    text = as_text(value)
    if text in (YES, "√", "1"):
        return True
    if text in (NO, "×", "0"):
        return False
    raise Refused("CEL03", text=text, choices=f"{YES}、{NO}")


READERS: dict[Kind, Callable[[object, Kind], object]] = {
    Kind.MONEY: _number,
    Kind.NUMBER: _number,
    Kind.COUNT: _count,
    Kind.DATE: _date,
    Kind.FLAG: _flag,
}


def _choice(text: str, labels: type[Labelled]) -> Labelled:
    """The member people mean: by label, by label without 指标, or by a look-alike sign."""
    known = _spellings(labels)
    member = known.get(text) or known.get(normalise(text))
    if member is None:
        raise Refused("CEL03", text=text, choices="、".join(member.label for member in labels))
    return member


@cache
def _spellings(labels: type[Labelled]) -> dict[str, Labelled]:
    spelled: dict[str, Labelled] = {}
    for member in labels:
        for spelling in (
            member.label,
            member.label.removesuffix("指标"),
            normalise(member.label),
            *ALSO.get(member, ()),
        ):
            spelled.setdefault(spelling, member)
    return spelled
