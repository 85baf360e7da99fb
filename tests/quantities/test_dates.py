"""Days and time limits as people type them."""

from datetime import date

import pytest
from hypothesis import given, settings

from tests.quantities.typed import typed, years
from xl_selfeval.model import Operator
from xl_selfeval.quantities import NotAQuantity, Quantity, parse_date, parse_quantity

YEAR = 2023
DEADLINE = Operator.DEADLINE


def read(text: str, year: int | None = YEAR) -> Quantity:
    quantity = parse_quantity(text, year)
    assert isinstance(quantity, Quantity), quantity.reason
    return quantity


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2023年11月30日", date(2023, 11, 30)),
        ("２０２３年１１月３０号", date(2023, 11, 30)),
        ("2023-11-30", date(2023, 11, 30)),
        ("2023-11-30 00:00:00", date(2023, 11, 30)),
        ("2023/11/30", date(2023, 11, 30)),
        ("2023.11.30", date(2023, 11, 30)),
        ("20231130", date(2023, 11, 30)),
        ("二〇二三年十一月三十日", date(2023, 11, 30)),
        ("11月30日", date(2023, 11, 30)),
        ("2023年11月30日（验收）", date(2023, 11, 30)),
        ("已于11月30日完成", date(2023, 11, 30)),
        ("9月", date(2023, 9, 30)),
        ("9月份", date(2023, 9, 30)),
        ("2023年9月", date(2023, 9, 30)),
        ("2023.10", date(2023, 10, 31)),
        ("6月底", date(2023, 6, 30)),
        ("6月末完成", date(2023, 6, 30)),
        ("9月上旬", date(2023, 9, 10)),
        ("9月中旬", date(2023, 9, 20)),
        ("2024年2月下旬", date(2024, 2, 29)),
        ("上半年", date(2023, 6, 30)),
        ("下半年", date(2023, 12, 31)),
        ("第三季度", date(2023, 9, 30)),
        ("一季度末", date(2023, 3, 31)),
        ("年底", date(2023, 12, 31)),
        ("2022年年底", date(2022, 12, 31)),
        ("次年3月", date(2024, 3, 31)),
    ],
)
def test_days_that_are_named(text, day):
    assert parse_date(text, YEAR) == day


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "没有填写日期"),
        ("完成", "没有从"),
        ("2023年", "没有从"),
        ("全年", "没有从"),
        ("45260", "没有从"),
        ("11.30", "没有从"),
        ("9月前", "是时限"),
        ("2023年11月30日之前", "是时限"),
        ("2月30日", "日历上没有"),
        ("2023-13-01", "日历上没有"),
        ("三五月", "日历上没有"),
        ("2023.1", "也可能是10月"),
        ("9999年1月1日", "不合常理"),
        ("2023年1月1日至2月1日", "看不明白"),
        ("9月完成一半", "看不明白"),
        ("9" * 100_000, "没有从"),
    ],
)
def test_days_that_are_not_named(text, why):
    refused = parse_date(text, YEAR)
    assert isinstance(refused, NotAQuantity)
    assert why in refused.reason


def test_a_day_without_a_year_needs_the_fiscal_year():
    refused = parse_date("11月30日")
    assert isinstance(refused, NotAQuantity)
    assert "没有写年份" in refused.reason


@pytest.mark.parametrize(
    ("text", "last_day", "note"),
    [
        ("6月底前", date(2023, 6, 30), ""),
        ("2023年11月30日前", date(2023, 11, 30), ""),
        ("2023 年 11 月 30 日之前", date(2023, 11, 30), ""),
        ("2023-11-30前", date(2023, 11, 30), ""),
        ("2023.11.30以前", date(2023, 11, 30), ""),
        ("11月底前完成", date(2023, 11, 30), "完成"),
        ("于11月底前完成（含验收）", date(2023, 11, 30), "完成；含验收"),
        ("不晚于9月30日", date(2023, 9, 30), ""),
        ("最迟9月", date(2023, 9, 30), ""),
        ("年底前", date(2023, 12, 31), ""),
        ("2024年底前", date(2024, 12, 31), ""),
        ("次年3月底前", date(2024, 3, 31), ""),
        ("二〇二三年十一月三十日前", date(2023, 11, 30), ""),
        ("三季度末前", date(2023, 9, 30), ""),
        ("上半年内", date(2023, 6, 30), ""),
        ("年内完成", date(2023, 12, 31), "完成"),
        ("2月底前", date(2023, 2, 28), ""),
        ("2024年2月底前", date(2024, 2, 29), ""),
    ],
)
def test_deadlines(text, last_day, note):
    found = read(text)
    assert (found.operator, found.value, found.deadline, found.unit) == (DEADLINE, None, last_day, "")
    assert (found.note, found.doubts) == (note, ())


@pytest.mark.parametrize(
    ("text", "last_day", "doubt"),
    [
        ("9月前", date(2023, 9, 30), "8月31日"),
        ("2023年9月前", date(2023, 9, 30), "8月31日"),
        ("第三季度前", date(2023, 9, 30), "6月30日"),
        ("1月前", date(2023, 1, 31), "2022年12月31日"),
        ("上半年", date(2023, 6, 30), "没有写“前”"),
        ("9月", date(2023, 9, 30), "没有写“前”"),
        ("2023-11-30", date(2023, 11, 30), "没有写“前”"),
        ("3月内", date(2023, 3, 31), "3个月内"),
        ("12月31日前完成率", date(2023, 12, 31), "完成率"),
        ("项目完成时间：2023年12月底前", date(2023, 12, 31), "“项目”没有计入"),
    ],
)
def test_deadlines_that_can_be_read_in_two_ways_say_so(text, last_day, doubt):
    found = read(text)
    assert (found.operator, found.deadline) == (DEADLINE, last_day)
    assert len(found.doubts) == 1
    assert doubt in found.doubts[0]


def test_a_date_without_a_year_needs_the_fiscal_year():
    refused = parse_quantity("9月底前")
    assert isinstance(refused, NotAQuantity)
    assert "没有写年份" in refused.reason
    assert read("2023年9月底前", None).deadline == date(2023, 9, 30)


@settings(max_examples=200, deadline=None)
@given(typed, years)
def test_any_text_is_a_day_or_refused(text, year):
    assert isinstance(parse_date(text, year), date | NotAQuantity)
