"""Where a reason is due: points lost, far more than planned, execution, changed budgets, missed dates."""

from __future__ import annotations

import pytest

from tests.checks.looking import (
    COST,
    DEADLINE,
    EVENTS,
    FIRST,
    QUALITATIVE,
    RANGE,
    VISITS,
    codes,
    found,
    message,
    places,
    row,
)
from xl_selfeval.checks.naming import says_nothing

FUNDS = "finance.funds.total"


@pytest.mark.parametrize(
    ("patch", "expected"),
    [
        (row(FIRST, deviation_reason=""), ["RSN01"]),
        (row(FIRST, deviation_reason="/"), ["RSN08"]),
        (row(FIRST, deviation_reason="已完成。"), ["RSN08"]),
        (row(FIRST, deviation_reason="无", improvement=""), ["RSN08", "RSN10"]),
        (row(FIRST, improvement=""), ["RSN10"]),
        (row(FIRST, deviation_reason="", improvement=""), ["RSN01"]),
        # nothing lost, nothing due
        (row(EVENTS, deviation_reason="无"), []),
        (row(EVENTS, deviation_reason="多办了一场夏令营", improvement=""), []),
        # lowered by hand: SCO02 asks
        (row(EVENTS, claimed_points=5), []),
        # over a limit that should not be passed: points are lost, 77 of 60 is no achievement
        (row(COST, actual=77), ["RSN01"]),
        (row(RANGE, actual=99), ["RSN01"]),
        # qualitative, within its band but below the full points
        (row(QUALITATIVE, claimed_points=7), ["RSN01"]),
        # a row that cannot be scored is told elsewhere
        (row(FIRST, actual="完成", deviation_reason=""), []),
    ],
    ids=str,
)
def test_points_lost(patch, expected) -> None:
    assert codes(patch, "RSN") == expected


@pytest.mark.parametrize(
    ("actual", "expected"),
    [("143.9", []), ("144", ["RSN03"]), ("155.9", ["RSN03"]), ("156", ["RSN02"]), ("486", ["RSN02"])],
)
def test_more_than_planned(actual: str, expected) -> None:
    """The target is 120: a notice from 144 on, a reason from 156 on."""
    assert codes(row(VISITS, actual=actual), "RSN") == expected


def test_an_explained_overshoot_is_quiet_unless_the_words_are_empty() -> None:
    assert codes(row(VISITS, actual=300, deviation_reason="新增两辆书车"), "RSN") == []
    assert codes(row(VISITS, actual=300, deviation_reason="无"), "RSN") == ["RSN08"]
    assert codes(row(VISITS, actual=126, deviation_reason="无"), "RSN") == []


def test_the_overshoot_is_told_with_its_figures() -> None:
    text = message(row(VISITS, actual=486), "RSN02")
    assert "实际完成486次，是年度指标值120次的405%" in text


def test_a_target_of_zero_has_no_ratio() -> None:
    assert codes(row(VISITS, target=0, actual=5), "RSN") == []


@pytest.mark.parametrize(
    ("actual", "reason", "expected"),
    [
        ("2023年11月30日", "", []),
        ("2023年12月1日", "", ["RSN09"]),
        ("2024-01-05", "", ["RSN09"]),
        ("2023年12月1日", "书商缺货", ["RSN10"]),
    ],
)
def test_a_missed_date(actual: str, reason: str, expected) -> None:
    assert codes(row(DEADLINE, actual=actual, deviation_reason=reason), "RSN") == expected


def test_the_days_of_delay_are_told() -> None:
    text = message(row(DEADLINE, actual="2024年1月5日"), "RSN09")
    assert "应于2023年11月30日前完成，实际2024年1月5日完成，逾期36天" in text


@pytest.mark.parametrize(
    ("budget", "executed", "expected"),
    [
        (325, "292.5", []),
        (325, "292.49", ["RSN04"]),
        (325, 325, []),
        (325, "325.01", ["RSN05"]),
        (325, 0, ["RSN04"]),
        (0, 0, []),
        (0, 5, []),
        (None, 312, []),
    ],
)
def test_execution(budget, executed, expected) -> None:
    amounts = {f"{FUNDS}.adjusted_budget": budget, f"{FUNDS}.executed_amount": executed}
    found_codes = codes(amounts | {"finance.execution_reason": ""}, "RSN")
    assert [code for code in found_codes if code in {"RSN04", "RSN05"}] == expected


def test_an_empty_phrase_for_low_execution() -> None:
    low = {f"{FUNDS}.executed_amount": 200, "finance.execution_reason": "无"}
    assert places(low, "RSN08") == ["finance.execution_reason"]
    assert codes(low | {f"{FUNDS}.executed_amount": 312}, "RSN08") == []


@pytest.mark.parametrize(
    ("patch", "expected"),
    [
        ({"finance.adjustment_reason": ""}, ["RSN06"]),
        ({"finance.adjustment_reason": "无"}, ["RSN08"]),
        ({"finance.adjustment_reason": "", f"{FUNDS}.initial_budget": "325.00"}, []),
        ({"finance.adjustment_reason": "", f"{FUNDS}.initial_budget": None}, []),
        ({"finance.change_reason": ""}, ["RSN07"]),
        ({"finance.change_reason": "/"}, ["RSN08"]),
        ({"finance.change_reason": "", "finance.previous_total": None}, []),
    ],
    ids=str,
)
def test_changed_amounts(patch, expected) -> None:
    assert codes(patch, "RSN") == expected


def test_more_and_less_are_told_apart() -> None:
    assert "增加12.5万元" in message({"finance.change_reason": ""}, "RSN07")
    assert "减少15万元" in message({"finance.change_reason": "", "finance.previous_total": 340}, "RSN07")


def test_only_schemes_with_a_limit_count_characters() -> None:
    long = {"finance.execution_reason": "设" * 101}
    assert codes(long, "RSN11") == []
    (finding,) = found(long | {"rulebook": "sichuan-2023"}, "RSN11")
    assert "写了101字，评分办法限100字以内" in finding.message


@pytest.mark.parametrize(
    ("text", "empty"),
    [("无", True), ("无。", True), (" / ", True), ("已完成！", True), ("N/A", True), ("", False), ("无车可用", False)],
)
def test_words_that_say_nothing(text: str, empty: bool) -> None:
    assert says_nothing(text) is empty
