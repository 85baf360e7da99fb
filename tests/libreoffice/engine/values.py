"""What cells hold, between LibreOffice's numbers and texts and what Excel hands to Python over COM."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

DATE, TIME, CURRENCY, PERCENT, TEXT, LOGICAL = 2, 4, 8, 128, 256, 1024  # com.sun.star.util.NumberFormat
EPOCH = dt.datetime(1899, 12, 30)
LONGEST_TEXT, LONGEST_FORMULA = 32767, 8192
ERRORS = ("#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!")
# Excel reads these as numbers, dates, booleans or formulas when they are written; other texts stay what they are.
READ_AS_MORE = re.compile(r"=.+|'.*|\s*[-+.(￥¥$]*\d.*|true|false", re.IGNORECASE | re.DOTALL)


class CellError(str):
    """The text of an error in a cell, so that no text that a person typed is taken for one."""

    __slots__ = ()


def from_cell(value: object, kind: int) -> object:
    """What COM gives for `value` of a cell whose number format has the type `kind`."""
    if value == "":
        return None
    if not isinstance(value, float) or not kind & (DATE | TIME | CURRENCY | LOGICAL):
        return value
    if kind & (DATE | TIME):
        return EPOCH + dt.timedelta(seconds=round(value * 86400))
    return Decimal(repr(value)).quantize(Decimal("0.0001")) if kind & CURRENCY else bool(value)


def error_text(shown: str) -> CellError:
    """Excel's text for the error that LibreOffice shows as `shown`."""
    return CellError(shown if shown in ERRORS else "#VALUE!")


def to_cell(value: object) -> float | str:
    """`value` as LibreOffice's cells hold it. Raises what Windows would, or would do wrong without a word."""
    if isinstance(value, bool | int | float):
        return float(value)
    if isinstance(value, Decimal):
        raise TypeError(f"{value!r} would reach Excel as a currency with four decimals: write a float or a text")
    if isinstance(value, dt.datetime):
        return (value.replace(tzinfo=None) - EPOCH) / dt.timedelta(days=1)
    if isinstance(value, dt.date):
        return float((value - EPOCH.date()).days)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise TypeError(f"{type(value).__name__} cannot be written into a cell: {value!r}")
    if len(value) > LONGEST_TEXT:
        raise ValueError(f"a text of {len(value)} characters is longer than a cell holds")
    return value


def matrix(data: object, shape: tuple[int, int]) -> list[list[object]]:
    """`data` as rows of `shape`; a single value fills them all."""
    if not isinstance(data, list | tuple):
        return [[data] * shape[1] for _ in range(shape[0])]
    rows = [list(row) if isinstance(row, list | tuple) else [row] for row in data]
    if len(rows) != shape[0] or any(len(row) != shape[1] for row in rows):
        raise ValueError(f"{len(rows)} rows do not fill a range of {shape}")
    return rows


def spread(kinds: Sequence[Sequence[int]], row: int, column: int, shape: tuple[int, int]) -> Mapping[Any, int]:
    """The type by (row, column), counted from 0 in the range, for parts (type, left, top, right, bottom) of a sheet."""
    found = {}
    for kind, left, top, right, bottom in kinds:
        for r in range(max(top - row, 0), min(bottom - row + 1, shape[0])):
            for c in range(max(left - column, 0), min(right - column + 1, shape[1])):
                found[r, c] = kind
    return found
