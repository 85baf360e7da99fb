"""What the unit claims against what the rules give, row by row and in total."""

from __future__ import annotations

import pytest

from tests.checks.looking import DEADLINE, EVENTS, FIRST, PERCENT, QUALITATIVE, codes, found, message, places, row
from xl_selfeval.checks.totals import grade_bounds
from xl_selfeval.rulebook import find_rulebook

TOTAL, GRADE = "conclusion.claimed_total", "conclusion.claimed_grade"


@pytest.mark.parametrize(
    ("patch", "expected"),
    [
        # 76000 of 80000 gives 7.60 of 8
        (row(FIRST, claimed_points="7.6"), []),
        (row(FIRST, claimed_points="7.61"), ["SCO01"]),
        (row(FIRST, claimed_points=8), ["SCO01"]),
        (row(FIRST, claimed_points="8.01"), ["SCO03"]),
        (row(FIRST, claimed_points=7), ["SCO08"]),  # a reason stands there, the total changes
        (row(FIRST, claimed_points=7, deviation_reason=""), ["SCO02", "SCO08"]),
        (row(FIRST, claimed_points=-1), ["SCO04", "SCO08"]),
        # a step rule gives 5 of 6
        (row(PERCENT, claimed_points="5.5"), ["SCO01"]),
        # 12 of 12
        (row(EVENTS, claimed_points=5), ["SCO02", "SCO08"]),
        (row(EVENTS, claimed_points=0), ["SCO02", "SCO08"]),
        # qualitative, 8 points: 6.4 to 8, 4.8 to 6.4, 0 to 4.8
        (row(QUALITATIVE, claimed_points="6.39"), ["SCO05", "SCO08"]),
        (row(QUALITATIVE, achievement="部分达成预期指标并具有一定效果", claimed_points="6.41"), ["SCO05", "SCO08"]),
        (row(QUALITATIVE, claimed_points=9), ["SCO03"]),
        (row(QUALITATIVE, claimed_points=-1), ["SCO04", "SCO08"]),
    ],
    ids=str,
)
def test_claims(patch, expected) -> None:
    assert codes(patch, "SCO") == expected


@pytest.mark.parametrize("claimed", ["6.4", "7", "8"])
def test_both_bounds_belong_to_a_band(claimed: str) -> None:
    assert codes(row(QUALITATIVE, claimed_points=claimed), "SCO05") == []


@pytest.mark.parametrize("claimed", ["4.8", "6.4"])
def test_neighbouring_bands_share_their_bound(claimed: str) -> None:
    partly = row(QUALITATIVE, achievement="部分达成预期指标并具有一定效果", claimed_points=claimed)
    assert codes(partly, "SCO05") == []


def test_the_band_is_told_with_its_bounds() -> None:
    assert "该档为6.4至8分，自评6分" in message(row(QUALITATIVE, claimed_points=6), "SCO05")


def test_whole_points_do_not_lift_a_band_above_the_weight() -> None:
    """0.8 × 8.5 to 8.5: the bounds are shares of the weight and keep their decimals where points are whole."""
    whole = row(QUALITATIVE, max_points="8.5", claimed_points=6) | {"rulebook": "hebei-2019"}
    assert "该档为6.8至8.5分" in message(whole, "SCO05")


def test_the_remedy_names_the_points_the_rule_gives() -> None:
    (finding,) = found(row(FIRST, claimed_points=9), "SCO03")
    assert finding.remedy == "自评得分改为不超过7.6分"
    (finding,) = found(row(QUALITATIVE, claimed_points=9), "SCO03")
    assert finding.remedy == "自评得分改为不超过8分"


def test_the_way_of_reckoning_is_told() -> None:
    assert "76000 ÷ 80000 × 8 = 7.60" in message(row(FIRST, claimed_points=8), "SCO01")


def test_a_row_that_cannot_be_scored_is_not_compared() -> None:
    assert codes(row(FIRST, actual="完成", claimed_points=8), "SCO0") == []


@pytest.mark.parametrize(
    ("patch", "missing"),
    [
        (row(EVENTS, actual=""), "实际完成值"),
        (row(EVENTS, target=""), "年度指标值"),
        (row(EVENTS, target="", actual=""), "年度指标值和实际完成值"),
        (row(DEADLINE, actual=""), "实际完成值"),
        (row(QUALITATIVE, target="", wording=""), "年度指标值"),
        (row(QUALITATIVE, actual="", achievement=None), "实际完成值"),
    ],
)
def test_full_marks_for_nothing(patch, missing: str) -> None:
    assert f"没有填写{missing}，却自评满分" in message(patch, "SCO06")


@pytest.mark.parametrize(
    "patch",
    [
        row(EVENTS, actual="", claimed_points=5),
        row(EVENTS, actual="", max_points=0, claimed_points=0),
        row(QUALITATIVE, target=""),
        row(QUALITATIVE, actual=""),
    ],
)
def test_no_full_marks_or_not_for_nothing(patch) -> None:
    assert codes(patch, "SCO06") == []


def test_points_finer_than_the_scheme() -> None:
    assert codes(row(FIRST, claimed_points="7.6"), "SCO07") == []
    assert codes(row(FIRST, claimed_points="7.6") | {"rulebook": "hebei-2019"}, "SCO07") == ["SCO07"]


@pytest.mark.parametrize(
    ("claimed", "caught"),
    [("98.2", False), ("98.20", False), ("98.204", False), ("98.205", True), ("98.19", True), (0, True)],
)
def test_the_declared_total(claimed, caught: bool) -> None:
    assert (places({TOTAL: claimed}, "SCO08") == [TOTAL]) is caught


def test_the_total_is_told_with_its_parts() -> None:
    text = message({TOTAL: 100}, "SCO08")
    assert "合计98.2分（预算执行率9.6分、产出指标48.6分、效益指标30分、满意度指标10分），相差1.8分" in text


@pytest.mark.parametrize(
    ("claimed", "expected"),
    [("98.2", []), ("95", []), ("90.6", []), ("90.5", ["SCO08"]), ("98.7", ["SCO08"])],
)
def test_a_row_that_may_still_gain_leaves_the_total_open(claimed: str, expected) -> None:
    """Without the first row the total is 90.60, with it at most 98.60."""
    assert codes(row(FIRST, actual="完成") | {TOTAL: claimed}, "SCO08") == expected


@pytest.mark.parametrize(
    ("patch", "expected"),
    [
        ({GRADE: "优"}, []),
        ({GRADE: "良"}, ["SCO09"]),
        ({GRADE: "差"}, ["SCO09"]),
        ({GRADE: "优秀"}, ["SCO10"]),
        ({GRADE: "A"}, ["SCO10"]),
        ({GRADE: ""}, []),
    ],
)
def test_the_declared_grade(patch, expected) -> None:
    assert codes(patch, "SCO") == expected


def ninety(executed: str) -> dict[str, object]:
    """The sample brought near 90 points: 80.4 from the rows and the rest from execution."""
    loss = row("items.1.indicators.3", claimed_points="1.8", deviation_reason="数据口径有误，扣减。")
    return {"finance.funds.total.executed_amount": executed, GRADE: "优"} | loss


@pytest.mark.parametrize(("executed", "expected"), [("312", []), ("311.5", ["SCO09"])])
def test_exactly_ninety_is_the_best_grade(executed: str, expected) -> None:
    """312 ÷ 325 × 10 = 9.60 makes 90.00; 311.5 makes 9.58 and 89.98."""
    assert codes(ninety(executed) | {TOTAL: "90.00"}, "SCO09") == expected


def test_a_lower_grade_is_possible_while_rows_are_open() -> None:
    open_row = row("items.1.indicators.3", actual="完成", max_points=10)
    assert codes(open_row | {GRADE: "优"}, "SCO09") == []
    assert codes(open_row | {GRADE: "良"}, "SCO09") == []
    assert codes(open_row | {GRADE: "中"}, "SCO09") == ["SCO09"]


@pytest.mark.parametrize(
    ("name", "words"),
    [("优", "90分及以上"), ("良", "80分至90分以下"), ("中", "60分至80分以下"), ("差", "0分至60分以下")],
)
def test_grades_are_told_with_their_bounds(name: str, words: str) -> None:
    assert grade_bounds(find_rulebook("mof-2020"), name) == words


def test_few_full_rows_are_nothing_to_remark_on() -> None:
    few = {"items.0.indicators": [], "items.1.indicators": []}
    assert codes(few, "SCO11") == []


def test_rows_that_cannot_be_scored_are_summed_up_once() -> None:
    patch = row(FIRST, actual="完成") | row(EVENTS, target="")
    (finding,) = found(patch, "SCO12")
    assert "2个指标无法计分，暂按0分计入" in finding.message
    assert "补正后最多可增加14分" in finding.message
    assert "指标“年接待读者人次”、指标“阅读推广活动场次”" in finding.remedy


def test_without_a_weight_nobody_knows_what_is_lost() -> None:
    (finding,) = found(row(FIRST, max_points=None), "SCO12")
    assert finding.message.endswith("可能偏低")


def test_many_such_rows_are_not_all_named() -> None:
    patch = {f"items.0.indicators.{i}.actual": "" for i in range(6)}
    (finding,) = found(patch, "SCO12")
    assert finding.remedy.endswith("等")
