"""Indicators against their item's goal and against each other."""

from __future__ import annotations

import pytest

from tests.checks.looking import EVENTS, FIRST, VISITS, codes, message, places, row


@pytest.mark.parametrize(
    ("goal", "caught"),
    [
        ("修复古籍35册，开办讲座9场。", True),
        ("修复古籍35册，完成数字化15,000页。", False),
        ("2023年6月30日前形成制度安排。", False),  # dates are no figures
        ("形成长期保存和开放利用的制度安排。", False),
    ],
)
def test_figures_of_the_goal(goal: str, caught: bool) -> None:
    assert bool(codes({"items.2.goal": goal}, "CON12")) is caught


def test_an_item_without_outputs() -> None:
    benefit = row("items.2.indicators.0", category="效益指标", subcategory="社会效益指标")
    assert places(benefit, "CON13") == ["items.2.indicators"]
    assert codes({**benefit, "items.2.indicators.1.category": None}, "CON13") == []  # not known yet


def test_the_same_indicator_twice_in_one_item() -> None:
    patch = row(EVENTS, name="年接待读者人次", target="80000", unit_of_measure="人次")
    assert message(patch, "CON14") == "指标“年接待读者人次”与第1项任务的第1个指标相同，同一事实计了两次分"


def test_a_counted_output_may_not_return_in_another_item_but_a_rate_may() -> None:
    counted = row(VISITS, name="年接待读者人次", target="80000", unit_of_measure="人次")
    assert places(counted, "CON14") == [f"{VISITS}.name"]
    rate = row("items.1.indicators.4", name="到馆读者满意度")
    assert codes(rate, "CON14") == []


@pytest.mark.parametrize(
    ("wording", "caught"),
    [
        ("培训宣传普及合格率、各项任务完成及时率达到90%以上", True),
        ("社会影响力和工作满意度达到90%以上", True),
        ("培训合格率95%，任务及时率90%以上", False),
        ("读者和家长满意度达到90%以上", False),
    ],
)
def test_two_measures_with_one_target(wording: str, caught: bool) -> None:
    assert bool(codes({f"{FIRST}.wording": wording}, "CON15")) is caught


def test_rows_that_share_such_a_wording_are_told_once() -> None:
    shared = "归架准确率、上架及时率达到95%以上"
    assert len(codes({f"{FIRST}.wording": shared, f"{EVENTS}.wording": shared}, "CON15")) == 1


def test_spellings_of_at_least_are_counted() -> None:
    assert "4种写法" in message({f"{FIRST}.wording": "年接待读者≥80000人次"}, "CON16")
    assert codes({f"{FIRST}.wording": "年接待读者80000人次以上"}, "CON16") == []
