"""Targets, actuals and units as people type them, and what a number cannot be."""

from __future__ import annotations

import pytest

from tests.checks.looking import (
    COST,
    DEADLINE,
    EVENTS,
    FIRST,
    NONE_AT_ALL,
    PERCENT,
    QUALITATIVE,
    RANGE,
    codes,
    found,
    message,
    places,
    row,
)
from xl_selfeval.checks.kinds import SHARE
from xl_selfeval.checks.measures import odd_signs


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        # well typed
        (row(FIRST, actual="76,500"), ["TYP11"]),
        (row(FIRST, actual="76000人次"), []),
        (row(FIRST, target="不少于80000"), []),
        (row(FIRST, operator="<", target="不少于80000"), ["TYP02", "TYP13"]),
        # targets that cannot be read
        (row(FIRST, target="大幅增加"), ["TYP01"]),
        (row(RANGE, target="85-60"), ["TYP01"]),
        (row(RANGE, target="60"), ["TYP01"]),
        (row(FIRST, target="-5"), ["TYP01"]),
        (row(DEADLINE, target="尽快"), ["TYP01"]),
        # units
        (row(FIRST, target="8万人次"), ["TYP03"]),
        (row(FIRST, actual="76000%"), ["TYP03"]),
        (row(FIRST, target="80000册"), ["TYP10"]),
        (row(FIRST, unit_of_measure=""), ["TYP07"]),
        (row(FIRST, unit_of_measure="", actual="76000人次"), []),
        (row(DEADLINE, unit_of_measure=""), []),
        (row(FIRST, target="80000人次"), ["TYP08"]),
        # actuals
        (row(FIRST, actual="完成"), ["TYP04"]),
        (row(COST, actual="控制在预算内"), ["TYP04"]),
        (row(FIRST, actual="70000-80000"), ["TYP04"]),
        (row(FIRST, actual="2023年12月"), ["TYP04"]),
        (row(DEADLINE, actual="按期"), ["TYP05"]),
        (row(DEADLINE, actual="2023年11月30日前"), ["TYP05"]),
        (row(FIRST, actual="≥76000"), ["TYP06"]),
        (row(FIRST, actual="76000人次以上"), ["TYP06"]),
        (row(FIRST, actual="-3"), ["TYP16"]),
        # both cells of one row, neither hides the other
        (row(FIRST, target="大幅增加", actual="完成"), ["TYP01", "TYP04"]),
        (row(FIRST, operator="≤", target="≥80000", actual="完成"), ["TYP02", "TYP04", "TYP13"]),
        # percentages
        (row(PERCENT, actual="0.93"), ["TYP09"]),
        (row(PERCENT, target="0.95"), ["TYP09"]),
        (row(PERCENT, target="0.95", actual="0.93"), ["TYP20"]),
        (row(PERCENT, target="1", actual="1"), []),
        (row(FIRST, target="760", actual="76000", deviation_reason=""), ["TYP21"]),
        (row(PERCENT, actual="93%"), []),
        # a band on a number, a number on a band
        (row(EVENTS, operator="定性", achievement="达成预期指标"), ["TYP12"]),
        (row(QUALITATIVE, target="形成2项制度"), []),
    ],
    ids=str,
)
def test_what_is_told_about_typed_values(typed, expected) -> None:
    assert codes(typed, "TYP") == expected


def test_a_blank_target_does_not_hide_the_actual() -> None:
    assert codes(row(FIRST, target="", actual="完成"), "TYP") == ["TYP04"]


def test_the_reason_is_in_the_message() -> None:
    assert "下限大于上限" in message(row(RANGE, target="85-60"), "TYP01")
    assert "“完成”" in message(row(FIRST, actual="完成"), "TYP04")
    assert "“≥”" in message(row(FIRST, actual="76000以上"), "TYP06")
    assert "“万人次”" in message(row(FIRST, actual="7.6万人次"), "TYP03")


@pytest.mark.parametrize(
    ("typed", "code", "place"),
    [
        (row(FIRST, target="8万人次"), "TYP03", f"{FIRST}.unit_of_measure"),
        (row(FIRST, actual="7.6万人次"), "TYP03", f"{FIRST}.actual"),
        (row(FIRST, operator=None), "TYP10", f"{FIRST}.operator"),
        (row(FIRST, target="约80000"), "TYP10", f"{FIRST}.target"),
        (row(FIRST, actual="约76000"), "TYP10", f"{FIRST}.actual"),
        (row(FIRST, actual="76000册"), "TYP10", f"{FIRST}.actual"),
        (row(EVENTS, unit_of_measure="％"), "TYP11", f"{EVENTS}.unit_of_measure"),
    ],
)
def test_the_place_to_mend(typed, code, place) -> None:
    assert places(typed, code) == [place]


def test_every_doubt_is_told_by_itself() -> None:
    typed = row(FIRST, operator=None, target="约80000", actual="约76000")
    doubts = [finding.message for finding in found(typed, "TYP10")]
    assert len(doubts) == 3
    assert len(set(doubts)) == 3


@pytest.mark.parametrize(
    ("text", "signs"),
    [
        ("≧90", "≧"),
        ("═ 90％", "═％"),
        ("１２", "１２"),
        ("1,290", ","),
        ("1,2", ""),
        ("≥90%", ""),
        ("60～85（含）", ""),
        ("100㎡", ""),
        ("95%—105%", ""),
    ],
)
def test_look_alikes(text: str, signs: str) -> None:
    assert odd_signs(text) == signs


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        (row(FIRST, operator="≤"), ["TYP13"]),
        (row(FIRST, operator="≤", target=0, actual=0), []),
        (row(COST, operator="≤"), []),
        (row(NONE_AT_ALL, operator="≤"), []),
        (row(EVENTS, unit_of_measure="万元"), ["TYP14"]),
        (row(EVENTS, unit_of_measure="", target="12万元"), ["TYP14"]),
        (row(EVENTS, subcategory="产出成本指标", unit_of_measure="万元"), []),
        (row(FIRST, subcategory="服务对象满意度指标"), ["TYP17"]),
        (row(FIRST, category=None, subcategory="服务对象满意度指标"), []),
        (row(PERCENT, step_size=None), ["TYP18"]),
        (row(PERCENT, step_size=0), ["TYP18"]),
        (row(PERCENT, step_points=-1), ["TYP18"]),
        (row(EVENTS, actual="11.5"), ["TYP19"]),
        (row(EVENTS, actual="12.0"), []),
        (row(EVENTS, unit_of_measure="公里", actual="11.5"), []),
    ],
    ids=str,
)
def test_what_a_number_cannot_be(typed, expected) -> None:
    assert codes(typed, "TYP") == expected


@pytest.mark.parametrize(
    ("name", "actual", "caught"),
    [
        ("培训合格率", "120", True),
        ("群众满意度", "100.5%", True),
        ("政策知晓率", "100", False),
        ("借阅册次增长率", "153", False),
        ("任务完成率", "103", False),
        ("资产利用率", "110", False),
    ],
)
def test_rates_that_cannot_pass_the_whole(name: str, actual: str, caught: bool) -> None:
    assert ("TYP15" in codes(row(PERCENT, name=name, actual=actual), "TYP")) is caught


def test_a_target_above_the_whole_is_told_at_the_target() -> None:
    assert places(row(PERCENT, target=110), "TYP15") == [f"{PERCENT}.target"]


def test_growth_is_no_share() -> None:
    assert not SHARE.search("公众满意度增长率")
