"""Figures in sentences: what adds up passes, what does not is told with the figures put in."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from decimal import Decimal

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from xl_selfeval.checks.prose import (
    amounts,
    wrong_growth,
    wrong_parts,
    wrong_products,
    wrong_sums,
    wrong_years,
)
from xl_selfeval.quantities import half_up

few = settings(deadline=None, max_examples=150)
SEED = (
    "月工资0.355万元、年工资4.26万元，月社保费0.135327万元、年社保费1.623924万元，"
    "过冬补贴0.19万元，以上三项共计{}万元。"
)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("价值 1.47 万元", [("1.47", "万元")]),
        ("1,290.00元", [("0.129", "万元")]),
        ("２．５亿元", [("25000", "万元")]),
        ("培训3000人次、12场", [("3000", "人次"), ("12", "场")]),
        ("占40％", [("40", "%")]),
        ("2023年8号文件", []),
    ],
)
def test_amounts(text: str, read: list[tuple[str, str]]) -> None:
    assert [(each.value, each.unit) for each in amounts(text)] == [(Decimal(value), unit) for value, unit in read]


def test_the_label_is_what_stands_before_the_figure() -> None:
    assert [each.label for each in amounts("公务用车1辆、价值1.47万元，其他固定资产价值0.85万元")] == [
        "公务用车",
        "价值",
        "其他固定资产价值",
    ]


def test_the_sum_of_the_seed() -> None:
    (wrong,) = wrong_sums(SEED.format("6.03"))
    assert [part.text for part in wrong.parts] == ["4.26万元", "1.623924万元", "0.19万元"]
    assert (wrong.stated.text, wrong.expected) == ("6.03万元", Decimal("6.073924"))


@pytest.mark.parametrize("total", ["6.07", "6.073924", "6.1", "60739.24元折合6.073924"])
def test_a_sum_may_be_rounded(total: str) -> None:
    assert list(wrong_sums(SEED.format(total))) == []


@pytest.mark.parametrize(
    "text",
    [
        "购书30万元、活动14.5万元，共计44.5万元；另付保洁费10万元。",
        "全年收入100万元，购书30万元、活动40万元，共计70万元。",  # any run that ends at the sum
        "讲座5场、展览3场，合计8场。",
        "学校3个、社区5个，共20个班。",  # counts of different things
        "设备3台，每台2万元，共计6万元。",  # by the piece
        "200元/人，食宿100元，培训90人，共计2.7万元。",
        "共计3万元，其中房租1万元。",
        "补助30000元、奖励5000元，合计3.5万元。",
        "比上年增加3万元，其中工资1万元，合计9万元。",
    ],
)
def test_honest_sums(text: str) -> None:
    assert list(wrong_sums(text)) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("工资3.5万元、社保1.2万元、补贴0.3万元，合计5.5万元。", "5"),
        ("财政拨款100万元，自筹20万元，以上两项合计130万元。", "120"),
        ("甲1万元；乙2万元；丙3万元；上述3项资金共计7万元", "6"),
        ("女2名，男3名，以上合计6名", "5"),
        ("补助30000元、奖励5000元，合计3.6万元。", "3.5"),
    ],
)
def test_wrong_sums(text: str, expected: str) -> None:
    assert [wrong.expected for wrong in wrong_sums(text)] == [Decimal(expected)]


money = st.decimals("0.01", "9999.99", places=2)
parts = st.lists(money, min_size=2, max_size=6)
NUMERALS = "零一二三四五六七八九"
LISTS: list[Callable[[list[Decimal], Decimal], str]] = [
    lambda values, total: f"{_listed(values)}，以上{NUMERALS[len(values)]}项共计{total}万元。",
    lambda values, total: f"{_listed(values)}，上述{len(values)}项合计为{total}万元。",
    lambda values, total: f"经费用于{_listed(values)}，共计 {total} 万元",
    lambda values, total: f"{_listed(values)}；合计{total}万元，均已支付。",
]
WHOLES: list[Callable[[list[Decimal], Decimal], str]] = [
    lambda values, total: f"资产金额为{total}万元。其中：{_listed(values[:-1])}、其他{values[-1]}万元。",
    lambda values, total: f"支出{total}万元（其中{_listed(values[:-1])}，其余{values[-1]}万元），比上年多。",
]


def _listed(values: list[Decimal]) -> str:
    return "、".join(f"费用{name}{value}万元" for name, value in zip("甲乙丙丁戊己", values, strict=False))


@few
@given(parts, st.sampled_from(LISTS))
def test_every_right_sum_passes(values: list[Decimal], sentence: Callable[[list[Decimal], Decimal], str]) -> None:
    assert list(wrong_sums(sentence(values, sum(values, Decimal(0))))) == []


@few
@given(parts, money, st.sampled_from(LISTS[:2]))
def test_every_wrong_sum_is_caught(
    values: list[Decimal], total: Decimal, sentence: Callable[[list[Decimal], Decimal], str]
) -> None:
    assume(total != sum(values))
    assume(not any(one == 12 * other for one in values for other in values))  # read as a year and its month
    (wrong,) = wrong_sums(sentence(values, total))
    assert (wrong.expected, wrong.stated.value) == (sum(values), total)


@few
@given(parts, st.sampled_from(WHOLES))
def test_every_right_whole_passes(values: list[Decimal], sentence: Callable[[list[Decimal], Decimal], str]) -> None:
    assert list(wrong_parts(sentence(values, sum(values, Decimal(0))))) == []


@few
@given(parts, money, st.sampled_from(WHOLES))
def test_every_wrong_whole_is_caught(
    values: list[Decimal], total: Decimal, sentence: Callable[[list[Decimal], Decimal], str]
) -> None:
    assume(total != sum(values))
    (wrong,) = wrong_parts(sentence(values, total))
    assert (wrong.expected, wrong.stated.value) == (sum(values), total)


@pytest.mark.parametrize(
    "text",
    [
        "资产2.32万元。其中：公务用车1辆、价值1.47万元，其他固定资产价值0.85万元。",
        "资产486.5万元，其中房屋310万元，书车36.5万元。",  # not said to be all
        "支出100万元。其中基本支出60万元（人员50万元、公用10万元），项目支出40万元。",
        "支出100万元，其中基本支出60万元，其中人员经费55万元，项目支出40万元。",
        "职工50人，其中女职工30人、党员25人。",
        "比上年增加9万元。其中：工资12万元，社保3万元。",
        "合计4125.49万元，其中：拨款3859.16万元，占93.54%；其他收入266.33万元，占6.46%。",
    ],
)
def test_honest_wholes(text: str) -> None:
    assert list(wrong_parts(text)) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("资产2.32万元。其中：公务用车1.47万元，其他0.86万元。", "2.33"),
        ("支出90万元，其中：预算编制30万元，审计30万元，测绘30.5万元。", "90.5"),
        ("职工50人，其中女职工30人、其他25人。", "55"),
    ],
)
def test_wrong_wholes(text: str, expected: str) -> None:
    assert [wrong.expected for wrong in wrong_parts(text)] == [Decimal(expected)]


@few
@given(money, st.integers(1, 12), st.integers(1, 30))
def test_pay_by_the_month_and_by_the_year(pay: Decimal, months: int, heads: int) -> None:
    right = f"{heads}人，月工资{pay}万元，工作{months}个月，年工资{pay * months * heads}万元。"
    assert list(wrong_years(right)) == []
    wrong = f"月工资{pay}万元、年工资{pay * 12 + Decimal('0.01')}万元。"
    assert [each.expected for each in wrong_years(wrong)] == [pay * 12]


def test_months_and_years_of_different_things_are_not_compared() -> None:
    assert list(wrong_years("月工资0.3万元，年社保费1.6万元。")) == []
    assert list(wrong_years(SEED.format("6.03"))) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("0.355万元×12个月=4.26万元", []),
        ("3000元*12*3人＝10.8万元", []),
        ("0.355万元×12个月=4.36万元", ["4.26"]),
        ("50人×100元=6000元", ["0.5"]),
        ("100×20%=20分", []),
    ],
)
def test_products(text: str, expected: list[str]) -> None:
    assert [wrong.expected for wrong in wrong_products(text)] == [Decimal(each) for each in expected]


@few
@given(money, money, st.booleans())
def test_a_change_and_its_rate(base: Decimal, change: Decimal, up: bool) -> None:
    assume(up or change < base)
    now, ways = (base + change, ("增加", "增长")) if up else (base - change, ("减少", "下降"))
    rate = half_up(change / base * 100, 2)
    text = f"收、支总计{now}万元，与上年相比，收支各{ways[0]}{change}万元，{ways[1]}{{}}%。"
    assert list(wrong_growth(text.format(rate))) == []
    other = rate + 1
    # the same figures may be read with the total as the base
    assume(abs(other - change / now * 100 if now else other) > Decimal("0.01"))
    assert len(list(wrong_growth(text.format(other)))) == 1


@pytest.mark.parametrize(
    ("text", "totals", "found"),
    [
        ("比上年增加6.59万元，增长5.93%。", ["117.77"], 0),
        ("比上年增加6.59万元，增长5.39%。", ["117.77"], 1),
        ("比上年增加6.59万元，增长5.39%。", [], 0),  # nothing to compare with
        ("主要是培训费增加2万元，增长20%。", ["117.77"], 0),  # a part, whose base is not told
        ("比上年增加6.59万元，下降5.93%。", ["117.77"], 1),  # two directions
        ("接待2.05万元，较上年2.08万元减少0.03万元，减少了1.44%", [], 0),
    ],
)
def test_growth(text: str, totals: list[str], found: int) -> None:
    assert len(list(wrong_growth(text, [Decimal(total) for total in totals]))) == found


FINDERS = [amounts, wrong_sums, wrong_parts, wrong_years, wrong_products, wrong_growth]
SIGNS = "，。；、（）：\n =×%.,元万亿人次月年个其中共计合以上三项增加长减少下降比上较其他工资一二０１"
crowded = st.lists(st.sampled_from([*SIGNS, "0", "12", "3.5", "万元", "其中：", "以上三项共计"])).map("".join)


@settings(deadline=None, max_examples=300)
@given(st.one_of(st.text(), crowded), st.sampled_from(FINDERS))
def test_no_text_breaks_the_reading(text: str, find: Callable[[str], Iterator[object]]) -> None:
    for _ in find(text):
        pass


@pytest.mark.parametrize(
    "phrase", ["其中：甲1万元，乙2万元", "，比上年增加2万元，增长5%", "1万元、2万元，以上两项共计4万元，"]
)
def test_a_full_cell_is_read_in_reasonable_time(phrase: str) -> None:
    """Twice the text takes about twice the time, not four times."""
    times = []
    for size in (8_000, 32_000):
        text = (phrase * size)[:size]
        begun = time.process_time()
        for find in FINDERS:
            list(find(text))
        times.append(time.process_time() - begun)
    assert times[1] < times[0] * 10
