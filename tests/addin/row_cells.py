"""Many rows, and their cells as a spreadsheet hands them to a worksheet function."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from random import Random

from tests.libreoffice.random_rows import odd_rows, plain_row
from xl_selfeval.model import Indicator, Labelled, Submission, WorkItem
from xl_selfeval.quantities import plain
from xl_selfeval.rulebook import Rulebook, find_rulebook, shipped_rulebooks
from xl_selfeval.submission_file import SAMPLES, load_submission
from xl_selfeval.workbook.calls import Call

YEAR = 2023


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


def forms() -> Iterator[tuple[Submission, Rulebook]]:
    """Random rows under every shipped rulebook, odd texts, and the samples, as workbooks keep them."""
    for seed, name in enumerate(shipped_rulebooks()):
        random = Random(seed)
        rows = [stored(plain_row(random)) for _ in range(150)]
        yield Submission(fiscal_year=YEAR, items=[WorkItem(name="一", indicators=rows)]), find_rulebook(name)
    yield Submission(fiscal_year=YEAR, items=[WorkItem(name="一", indicators=odd_rows())]), find_rulebook("mof-2020")
    for file in sorted(SAMPLES.glob("*.yaml")):
        sample = load_submission(file)
        for item in sample.items:
            item.indicators = [stored(row) for row in item.indicators]
        yield sample, find_rulebook(sample.rulebook)


def rows() -> Iterator[tuple[Indicator, Rulebook, int | None]]:
    """Their rows, each with its rulebook and year."""
    for submission, rulebook in forms():
        for _, indicator in submission.indicators():
            yield indicator, rulebook, submission.fiscal_year
