"""Figures in texts against each other and against the tables."""

from __future__ import annotations

import pytest

from tests.checks.looking import codes, found, message, places


def test_a_wrong_sum_is_told_with_its_parts_and_the_difference() -> None:
    text = "购书30.25万元、活动14.1万元，合计44.53万元。"
    assert (
        message({"items.0.result": text}, "CON01")
        == "30.25万元、14.1万元相加是44.35万元，文中写“44.53万元”，相差0.18万元"
    )


def test_every_wrong_sum_of_a_text_is_told() -> None:
    text = "甲1万元、乙2万元，合计4万元。丙1万元、丁2万元，合计5万元。"
    assert places({"remarks": text}, "CON01") == ["remarks", "remarks"]


def test_the_rounding_of_a_sum_is_no_error() -> None:
    assert codes({"remarks": "甲1.234万元、乙2.345万元，合计3.58万元。"}, "CON01") == []


@pytest.mark.parametrize(
    ("text", "caught"),
    [
        ("2023年度收、支总计（含结转和结余）325万元。", False),
        ("收、支总计各为325.00万元。", False),
        ("收支总计3250000元。", False),
        ("收支总计235万元。", True),
        ("2022年度收、支总计312.5万元。", False),
        ("年初预算数320万元，全年预算数325万元，全年执行数312万元。", False),
        ("全年执行数321万元。", True),
        ("“三公”经费年初预算数2.95万元。", False),
        ("固定资产总额486.5万元。", False),
        ("固定资产总额468.5万元。", True),
        ("预算执行率96%。", False),
        ("预算执行率为96.0%。", False),
        ("预算执行率达到98%。", True),
        ("编制14名，在职人员13人。", False),
        ("编制15名。", True),
        ("行政编制5名，事业编制9名。", False),
        ("基本支出200万元。", False),
        ("基本支出210万元。", True),
    ],
)
def test_declared_figures(text: str, caught: bool) -> None:
    assert bool(codes({"remarks": text}, "CON05")) is caught


def test_a_work_item_may_speak_of_its_own_money() -> None:
    assert codes({"items.0.result": "全年执行数54.5万元，预算执行率90.83%。"}, "CON05") == []


def test_what_is_not_declared_is_not_compared() -> None:
    assert codes({"finance.total": None, "remarks": "收、支总计99万元。"}, "CON05") == []
    assert codes({"finance.funds.total.executed_amount": None, "remarks": "预算执行率99%。"}, "CON05") == []


def test_growth_against_the_declared_total() -> None:
    reason = "项目支出增加，与上年决算相比，收支各增加12.5万元，增长{}%"
    assert codes({"finance.change_reason": reason.format("4.0")}, "CON04") == []
    (wrong,) = found({"finance.change_reason": reason.format("4.5")}, "CON04")
    assert wrong.message.endswith("按基数312.5计算，幅度应为4%")


def test_growth_in_two_directions() -> None:
    assert "方向相反" in message({"remarks": "比上年增加12.5万元，下降4%。"}, "CON04")


@pytest.mark.parametrize(("points", "caught"), [("48.6", False), ("48.60", False), ("46.8", True)])
def test_points_of_a_block_in_words(points: str, caught: bool) -> None:
    patch = {"conclusion.blocks.0.text": f"产出指标50分，自评得{points}分，目标基本实现。"}
    assert bool(codes(patch, "CON06")) is caught


def test_either_the_claimed_or_the_final_points_will_do() -> None:
    claimed = {"items.0.indicators.0.claimed_points": 8, "conclusion.blocks.0.text": "自评得{}分，目标基本实现。"}
    for points, caught in (("49", False), ("48.6", False), ("50", True)):
        patch = {**claimed, "conclusion.blocks.0.text": f"自评得{points}分，目标基本实现。"}
        assert bool(codes(patch, "CON06")) is caught
