"""Numbers and days as people type them, read exactly or refused with a reason; Decimal, half-up.

`parsing` reads a cell, with the words of `wording`, the days of `dates` and the digits of `numerals`.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

from xl_selfeval.quantities.dates import chinese_date, parse_date
from xl_selfeval.quantities.numerals import NotAQuantity, half_up, normalise, plain
from xl_selfeval.quantities.parsing import PERCENT_UNITS, Quantity, percent_mismatch, read_quantity

__all__ = [
    "PERCENT_UNITS",
    "NotAQuantity",
    "Quantity",
    "chinese_date",
    "half_up",
    "normalise",
    "parse_date",
    "parse_quantity",
    "percent_mismatch",
    "plain",
]

# Most cells hold just this, and it can be read in one way only (a figure that may be a year or a day is left out).
_BARE = re.compile(r"(?!(?:19|20)\d\d)(0|[1-9]\d{0,5})(\.\d{1,4})?(%?)", re.ASCII)


@lru_cache(maxsize=4096)
def parse_quantity(text: str, year: int | None = None) -> Quantity | NotAQuantity:
    """Read `text`, one cell as typed; `year` is the fiscal year, for dates written without one. Never raises."""
    bare = _BARE.fullmatch(text)
    if bare:
        return Quantity(None, Decimal(bare[1] + (bare[2] or "")), None, None, bare[3], "", ())
    return read_quantity(text, year)
