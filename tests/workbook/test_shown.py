"""What a cell shows and not only what it stores: percentages pasted as numbers, colours for what is over."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.workbook.opening import book, opened, saved
from tests.workbook.patching import cells_of, filled, layout, places
from xl_selfeval.rulebook import find_rulebook
from xl_selfeval.scoring import score
from xl_selfeval.workbook.reader import read_submission

ACCURACY = ("items", 0, "indicators", 2)  # ≥95 %, 93 reached


@pytest.mark.parametrize(
    ("number", "shown_as", "read"),
    [(0.93, "0%", "93%"), (0.93, "0.00%", "93%"), (0.07, "0%", "7%"), (0.935, '0.0"%"', "0.935"), (93, "0", "93")],
)
def test_a_number_is_read_as_the_percentage_that_its_cell_shows(number: float, shown_as: str, read: str) -> None:
    edited = opened(filled())
    spot = places()[(*ACCURACY, "actual")]
    edited[spot.sheet][spot.a1].value = number
    edited[spot.sheet][spot.a1].number_format = shown_as
    reading = read_submission(cells_of(saved(edited)), "自评表.xlsx")
    assert reading.submission.items[0].indicators[2].actual == read


def test_a_pasted_percentage_scores_like_a_typed_one() -> None:
    edited = opened(filled())
    spot = places()[(*ACCURACY, "actual")]
    edited[spot.sheet][spot.a1].value, edited[spot.sheet][spot.a1].number_format = 0.93, "0%"
    submission = read_submission(cells_of(saved(edited)), "自评表.xlsx").submission
    assert score(submission, find_rulebook("mof-2020")).total == Decimal("98.20")


def test_rates_over_one_hundred_per_cent_and_uneven_weights_are_coloured() -> None:
    for path in (("finance", "funds"), ("finance", "expenditure"), ("projects",)):
        placed = layout().table(path)
        rate = placed.spot(0, "@rate").a1
        assert any(f"{rate.replace(rate[0], '$' + rate[0], 1)}>1" in rule for rule in rules(placed.sheet.title, rate))
    summary = layout().summary(vertical=True)
    assert any("<>0" in rule for rule in rules(summary.sheet.title, f"C{summary.top + 2}"))


def rules(sheet: str, cell: str) -> list[str]:
    """The formulas of the conditional formats that cover `cell`."""
    formats = book("mof-2020")[sheet].conditional_formatting
    return [rule.formula[0] for area in formats if cell in area for rule in area.rules if rule.formula]
