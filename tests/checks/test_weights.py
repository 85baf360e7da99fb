"""What the rows may earn, against the rulebook."""

from __future__ import annotations

import pytest

from tests.checks.looking import EVENTS, FIRST, PERCENT, VISITS, codes, message, places, row
from xl_selfeval.checks.weights import merged_rows
from xl_selfeval.model import Submission

SATISFACTION = ("items.0.indicators.5", "items.1.indicators.4")


def test_the_example_reads_like_a_sentence() -> None:
    assert message(row(FIRST, max_points=6), "WGT02") == "产出指标分值合计48分，评分办法规定50分，少2分"
    assert message(row(FIRST, max_points="8.25"), "WGT02") == "产出指标分值合计50.25分，评分办法规定50分，多0.25分"


@pytest.mark.parametrize(
    ("patch", "expected"),
    [
        # a fixed block tells it, the total has nothing to add
        (row(FIRST, max_points=6), ["WGT02"]),
        # two blocks off by the same amount
        (row(FIRST, max_points=10) | row(SATISFACTION[0], max_points=3), ["WGT02", "WGT02"]),
        # a row outside of all blocks makes the total wrong and its block short
        (row(FIRST, category=None), ["WGT02"]),
        (row(FIRST, category=None) | row(EVENTS, max_points=14), ["WGT01"]),
        # blocks of free weight: only the total can be wrong
        ({"rulebook": "yunnan-2022"} | row(FIRST, max_points=6), ["WGT01"]),
        ({"rulebook": "yunnan-2022"} | row(FIRST, category="效益指标"), []),
        # execution counts 20, rows 90
        ({"rulebook": "hubei"}, ["WGT01"]),
        # one block for all categories
        ({"rulebook": "sichuan-2023"} | row(FIRST, max_points=9), ["WGT02"]),
        ({"rulebook": "sichuan-2023"} | row(FIRST, category="满意度指标"), []),
    ],
    ids=str,
)
def test_sums(patch, expected) -> None:
    assert codes(patch, "WGT") == expected


def test_the_total_counts_execution() -> None:
    assert "加预算执行率20分，合计110分" in message({"rulebook": "hubei"}, "WGT01")
    # luquan-2024 has no execution score: 50, 40 and 10 are the rows alone
    assert "预算执行率" not in message({"rulebook": "luquan-2024"}, "WGT02")


def test_an_empty_block_is_told_instead_of_its_sum() -> None:
    patch = {f"{place}.category": "效益指标" for place in SATISFACTION}
    assert codes(patch, "WGT") == ["WGT02", "WGT07"]
    assert "效益指标分值合计40分" in message(patch, "WGT02")


def test_rows_without_any_weight_are_told_by_the_required_fields() -> None:
    patch = {f"{place}.max_points": None for place in SATISFACTION}
    assert codes(patch, "WGT") == []
    assert codes(patch, "REQ26") == ["REQ26", "REQ26"]


def test_a_form_without_rows_is_told_by_the_required_fields() -> None:
    assert codes({"items": []}, "WGT") == []


@pytest.mark.parametrize(("points", "caught"), [(30, False), ("30.01", True), (90, True)])
def test_the_largest_share_is_allowed(points, caught) -> None:
    assert (places(row(FIRST, max_points=points), "WGT03") == [f"{FIRST}.max_points"]) is caught


@pytest.mark.parametrize("points", [0, -8])
def test_weights_above_zero(points: int) -> None:
    assert places(row(FIRST, max_points=points), "WGT04") == [f"{FIRST}.max_points"]


BLANK = {"max_points": None, "claimed_points": None}


def heads(patch: dict[str, object]) -> list[tuple[str, int]]:
    from xl_selfeval.checks.patches import patched

    submission: Submission = patched(patch)[0]
    return [(indicator.name, len(under)) for (_, indicator), under in merged_rows(submission)]


def test_a_merged_cell_ends_at_the_next_filled_row() -> None:
    assert heads(row(EVENTS, **BLANK) | row(PERCENT, **BLANK)) == [("年接待读者人次", 2)]


def test_a_row_with_its_own_claim_is_not_merged() -> None:
    assert heads(row(EVENTS, **BLANK) | row(PERCENT, max_points=None)) == []


def test_a_merged_cell_ends_with_its_category() -> None:
    benefit = "items.1.indicators.3"
    rows = row("items.1.indicators.1", **BLANK) | row("items.1.indicators.2", **BLANK) | row(benefit, **BLANK)
    assert heads(rows) == [("流动书车下乡次数", 2)]
    assert places(rows, "REQ26") == [f"{benefit}.max_points"]


def test_no_head_no_merged_cell() -> None:
    assert heads(row(FIRST, **BLANK) | row(EVENTS, **BLANK) | row(PERCENT, **BLANK)) == []
    assert heads(row(VISITS, **BLANK)) == []
