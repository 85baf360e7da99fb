"""What a target and an actual say together, however they are spread over the cells."""

from datetime import date
from decimal import Decimal

import pytest

from xl_selfeval.measure import measure
from xl_selfeval.model import Indicator, Operator


def read(operator="", target="", unit="", actual="", year=2023):
    chosen = Operator(operator) if operator else None
    return measure(Indicator(operator=chosen, target=target, unit_of_measure=unit, actual=actual), year)


@pytest.mark.parametrize(
    ("operator", "target", "unit", "actual", "expected"),
    [
        ("≥", "100", "平方米", "105", (Operator.AT_LEAST, 100, 105)),
        ("", "不低于100平方米", "", "105平方米", (Operator.AT_LEAST, 100, 105)),
        ("", "≥90%", "%", "95", (Operator.AT_LEAST, 90, 95)),
        ("≥", "90％", "%", "９５%", (Operator.AT_LEAST, 90, 95)),
        ("≥", "90%", "％", "95%", (Operator.AT_LEAST, 90, 95)),
        ("≤", "1,290.00", "万元", "1,200", (Operator.AT_MOST, 1290, 1200)),
        ("≥", ">5", "次", "6", (Operator.AT_LEAST, 5, 6)),
        ("=", "0", "件", "0件", (Operator.EQUAL, 0, 0)),
        ("≥", "≥90%", "百分比", "95", (Operator.AT_LEAST, 90, 95)),
        ("≥", "3000", "人次", "3100人", (Operator.AT_LEAST, 3000, 3100)),
    ],
)
def test_the_same_measure_from_one_cell_or_from_three(operator, target, unit, actual, expected):
    got = read(operator, target, unit, actual)
    assert (got.operator, got.target, got.actual, got.trouble) == (*expected, "")


def test_a_range_has_two_bounds():
    got = read("区间", "95%-105%", "%", "98")
    assert (got.target, got.upper, got.actual) == (95, 105, 98)


def test_a_deadline_has_two_days():
    got = read("时限", "2023年11月30日前", "", "2023-11-20")
    assert (got.deadline, got.finished) == (date(2023, 11, 30), date(2023, 11, 20))
    assert read("时限", "11月30日前", "", "11月20日").deadline == date(2023, 11, 30)


@pytest.mark.parametrize(
    ("operator", "target", "unit", "actual", "at", "words"),
    [
        ("≥", "", "个", "5", "target", "没有填写年度指标值"),
        ("≥", "5", "个", "", "actual", "没有填写实际完成值"),
        ("≥", "5", "个", "完成", "actual", "读不出数字"),
        ("≥", "若干", "个", "5", "target", "读不出数字"),
        ("≥", "≤30", "个", "5", "operator", "不一致"),
        ("≥", "95-105", "%", "98", "operator", "不一致"),
        ("区间", "95", "%", "98", "target", "下限-上限"),
        ("≥", "30", "万元", "300000元", "actual", "不能直接比较"),
        ("≥", "90", "%", "900人", "actual", "不能直接比较"),
        ("≥", "5", "公里", "5000米", "actual", "不能直接比较"),
        ("≤", "2", "小时", "90分钟", "actual", "不能直接比较"),
        ("≥", "-5", "个", "3", "target", "负数"),
        ("时限", "2023年11月30日前", "", "完成", "actual", "读不出日期"),
        ("时限", "尽快", "", "2023-11-20", "target", "读不出日期"),
    ],
)
def test_what_cannot_be_compared_is_said_with_the_field_to_mend(operator, target, unit, actual, at, words):
    got = read(operator, target, unit, actual)
    assert got.trouble_at == at and words in got.trouble


@pytest.mark.parametrize(
    ("target", "unit", "actual", "words"),
    [("100", "个", "98", "没有写符号"), ("≥100只", "只", "98头", "按同一单位"), ("有效", "", "有效", "按定性指标")],
)
def test_what_is_read_one_of_two_ways_is_a_doubt(target, unit, actual, words):
    assert any(words in doubt for doubt in read("", target, unit, actual).doubts)


def test_numbers_stay_exact():
    assert read("≥", "0.1", "", "0.3").actual == Decimal("0.3")
