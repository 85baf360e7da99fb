"""The cells of a row as a spreadsheet hands them to a worksheet function."""

from __future__ import annotations

from decimal import Decimal

from xl_selfeval.model import Indicator, Labelled
from xl_selfeval.quantities import plain
from xl_selfeval.workbook.calls import Call


def cell(value: object) -> object:
    """A value of the model as Excel gives its cell: numbers as floats, choices by their labels, blank as None."""
    if isinstance(value, Labelled):
        return value.label
    return float(value) if isinstance(value, Decimal) else None if value == "" else value


def given(call: Call, indicator: Indicator, rulebook: str, year: int | None) -> list[object]:
    """All arguments of `call` for the row of `indicator`, in their order."""
    named = {"rulebook": rulebook, "fiscal_year": None if year is None else float(year)}
    return [named[name] if name in named else cell(getattr(indicator, name)) for name in call.arguments]


def stored(indicator: Indicator) -> Indicator:
    """The row as a workbook keeps it: 0.80 is 0.8 there."""
    numbers = {key: value for key, value in indicator if isinstance(value, Decimal)}
    return indicator.model_copy(update={key: Decimal(plain(value)) for key, value in numbers.items()})
