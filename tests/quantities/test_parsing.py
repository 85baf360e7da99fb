"""What people type into 年度指标值 and 实际完成值, and how it is read."""

import time
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.quantities.typed import typed, years
from xl_selfeval.model import Operator
from xl_selfeval.quantities import (
    NotAQuantity,
    Quantity,
    parse_date,
    parse_quantity,
    percent_mismatch,
    plain,
)
from xl_selfeval.quantities.parsing import read_quantity

YEAR = 2023
BARE = None
AT_LEAST, GREATER, AT_MOST, LESS = Operator.AT_LEAST, Operator.GREATER, Operator.AT_MOST, Operator.LESS
EQUAL, RANGE, DEADLINE = Operator.EQUAL, Operator.RANGE, Operator.DEADLINE


def read(text: str, year: int | None = YEAR) -> Quantity:
    quantity = parse_quantity(text, year)
    assert isinstance(quantity, Quantity), quantity.reason
    return quantity


CERTAIN = [
    ("≥90%", AT_LEAST, "90", "%"),
    ("≧ 90 ％", AT_LEAST, "90", "%"),
    (">=90%", AT_LEAST, "90", "%"),
    ("=>90%", AT_LEAST, "90", "%"),
    ("＞＝９０﹪", AT_LEAST, "90", "%"),
    ("═100%", EQUAL, "100", "%"),
    ("＝0件", EQUAL, "0", "件"),
    ("90%以上", AT_LEAST, "90", "%"),
    ("90％及以上", AT_LEAST, "90", "%"),
    ("90%（含）以上", AT_LEAST, "90", "%"),
    ("90%（及以上）", AT_LEAST, "90", "%"),
    ("90%以上（含90%）", AT_LEAST, "90", "%"),
    ("90%以上（不含）", GREATER, "90", "%"),
    ("30天以内（不含30天）", LESS, "30", "天"),
    ("不低于100平方米", AT_LEAST, "100", "平方米"),
    ("不低于100㎡", AT_LEAST, "100", "平方米"),
    ("不低于100m2", AT_LEAST, "100", "平方米"),
    ("不得低于90%", AT_LEAST, "90", "%"),
    ("不少于1000份", AT_LEAST, "1000", "份"),
    ("不小于5", AT_LEAST, "5", ""),
    ("大于或等于5次", AT_LEAST, "5", "次"),
    ("至少5次", AT_LEAST, "5", "次"),
    ("达到95%", AT_LEAST, "95", "%"),
    ("达到90%以上", AT_LEAST, "90", "%"),
    ("达到不低于90%", AT_LEAST, "90", "%"),
    ("3000人次以上", AT_LEAST, "3000", "人次"),
    ("≥266米", AT_LEAST, "266", "米"),
    ("100%以上", AT_LEAST, "100", "%"),
    ("控制在90%以上", AT_LEAST, "90", "%"),
    (">5", GREATER, "5", ""),
    ("大于5个", GREATER, "5", "个"),
    ("超过5个", GREATER, "5", "个"),
    ("不超过30万元", AT_MOST, "30", "万元"),
    ("不得超过30万元", AT_MOST, "30", "万元"),
    ("不高于5%", AT_MOST, "5", "%"),
    ("不大于5", AT_MOST, "5", ""),
    ("≦5件", AT_MOST, "5", "件"),
    ("小于等于5", AT_MOST, "5", ""),
    ("30天以内", AT_MOST, "30", "天"),
    ("30天内", AT_MOST, "30", "天"),
    ("一年内", AT_MOST, "1", "年"),
    ("5次以下", AT_MOST, "5", "次"),
    ("控制在30万元以内", AT_MOST, "30", "万元"),
    ("低于5%", LESS, "5", "%"),
    ("小于5", LESS, "5", ""),
    ("少于5人", LESS, "5", "人"),
    ("不到100人", LESS, "100", "人"),
    ("90%", BARE, "90", "%"),
    ("0.9", BARE, "0.9", ""),
    (".5", BARE, "0.5", ""),
    ("0件", BARE, "0", "件"),
    ("-5", BARE, "-5", ""),
    ("−5%", BARE, "-5", "%"),
    ("≥-5%", AT_LEAST, "-5", "%"),
    ("1,290.00万元", BARE, "1290", "万元"),
    ("１，２９０万元", BARE, "1290", "万元"),
    ("9\u200b0%\ufeff", BARE, "90", "%"),
    ("\u3000≥\xa090 %\t", AT_LEAST, "90", "%"),
    ("3千人次", BARE, "3000", "人次"),
    ("3千克", BARE, "3", "千克"),
    ("200万人次", BARE, "200", "万人次"),
    ("10元/人", BARE, "10", "元/人"),
    ("5个百分点", BARE, "5", "个百分点"),
    ("3.5‰", BARE, "3.5", "‰"),
    ("完成5次", BARE, "5", "次"),
    ("五次", BARE, "5", "次"),
    ("三千人次以上", AT_LEAST, "3000", "人次"),
    ("不少于一百零五人", AT_LEAST, "105", "人"),
    ("三万五千人", BARE, "35000", "人"),
    ("五万元", BARE, "5", "万元"),
    ("百分之九十以上", AT_LEAST, "90", "%"),
    ("百分之90", BARE, "90", "%"),
    ("百分之百", BARE, "100", "%"),
    ("百分百", BARE, "100", "%"),
]


@pytest.mark.parametrize(("text", "operator", "value", "unit"), CERTAIN)
def test_what_is_clear_is_read_without_a_doubt(text, operator, value, unit):
    assert read(text) == Quantity(operator, Decimal(value), None, None, unit, "", ())


@pytest.mark.parametrize(
    ("text", "low", "high", "unit"),
    [
        ("95%-105%", "95", "105", "%"),
        ("95-105%", "95", "105", "%"),
        ("95%~105%", "95", "105", "%"),
        ("95%～105%", "95", "105", "%"),
        ("95%至105%", "95", "105", "%"),
        ("90%—95%", "90", "95", "%"),
        ("90%——95%", "90", "95", "%"),
        ("控制在95%至105%之间", "95", "105", "%"),
        ("介于95%和105%之间", "95", "105", "%"),
        ("3-5万元", "3", "5", "万元"),
        ("三至五次", "3", "5", "次"),
        ("百分之九十至九十五", "90", "95", "%"),
        ("-5%~5%", "-5", "5", "%"),
        ("-5--3", "-5", "-3", ""),
        ("±5%", "-5", "5", "%"),
        ("±5%以内", "-5", "5", "%"),
    ],
)
def test_ranges(text, low, high, unit):
    assert read(text) == Quantity(RANGE, Decimal(low), Decimal(high), None, unit, "", ())


@pytest.mark.parametrize(
    ("text", "operator", "value", "unit", "note", "doubt"),
    [
        ("约100人", BARE, "100", "人", "", "约数"),
        ("100%左右", BARE, "100", "%", "", "约数"),
        ("100余人", BARE, "100", "人", "", "约数"),
        ("30多万元", BARE, "30", "万元", "", "约数"),
        ("200万", BARE, "200", "万", "", "没有换算"),
        ("1，290万元", BARE, "1290", "万元", "", "全角逗号"),
        ("控制在30万元", AT_MOST, "30", "万元", "", "没有写“以内”"),
        ("超过90%以上", GREATER, "90", "%", "", "不含本数"),
        ("满意度达到90%以上", AT_LEAST, "90", "%", "", "“满意度”没有计入"),
        ("面积不低于100平方米", AT_LEAST, "100", "平方米", "", "“面积”没有计入"),
        ("每年5次", BARE, "5", "次", "", "“每年”没有计入"),
        ("下降5%以上", AT_LEAST, "5", "%", "", "“下降”没有计入"),
        ("年末在岗人数100人", BARE, "100", "人", "", "没有计入"),
        ("1部宣传片", BARE, "1", "部", "宣传片", "附注"),
        ("5个内设机构", BARE, "5", "个", "内设机构", "附注"),
        ("90%未达标", BARE, "90", "%", "未达标", "附注"),
        ("90%（样本100人）", BARE, "90", "%", "样本100人", "“样本100人”没有计入"),
        ("90%（乡镇低于）", BARE, "90", "%", "乡镇低于", "“乡镇低于”没有计入"),
        ("2023.11", BARE, "2023.11", "", "", "日期"),
        ("5锅", BARE, "5", "锅", "", "不是常用的计量单位"),
        ("九成以上", AT_LEAST, "90", "%", "", "十分之一"),
        ("2023", BARE, "2023", "", "", "像年份"),
        ("20231130", BARE, "20231130", "", "", "日期"),
        ("5日", BARE, "5", "日", "", "按天数读"),
        ("—5", BARE, "-5", "", "", "破折号"),
        ("007", BARE, "7", "", "", "以0开头"),
    ],
)
def test_doubtful_quantities_say_how_they_were_read(text, operator, value, unit, note, doubt):
    found = read(text)
    assert (found.operator, found.value, found.unit, found.note) == (operator, Decimal(value), unit, note)
    assert [said for said in found.doubts if doubt in said], found.doubts


@pytest.mark.parametrize(
    ("text", "low", "high", "unit", "doubt"),
    [
        ("0.95-105%", "0.95", "105", "%", "只有一边"),
        ("1万-2万元", "1", "2", "万元", "只有一边"),
        ("约3-5次", "3", "5", "次", "约数"),
        ("11-30", "11", "30", "", "像日期"),
        ("2023-2024", "2023", "2024", "", "像日期"),
    ],
)
def test_doubtful_ranges_say_how_they_were_read(text, low, high, unit, doubt):
    found = read(text)
    assert (found.operator, found.value, found.upper, found.unit) == (RANGE, Decimal(low), Decimal(high), unit)
    assert [said for said in found.doubts if doubt in said], found.doubts


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("90%（抽样调查）", "抽样调查"),
        ("90%[抽样调查]", "抽样调查"),
        ("90%（抽样调查", "抽样调查"),
        ("100%，租赁", "租赁"),
        ("100平方米，一次性租赁", "一次性租赁"),
        ("90%以上；其中抽样（电话）", "其中抽样；电话"),
        ("100平方米以上（不含公摊）", "不含公摊"),
    ],
)
def test_trailing_notes_are_kept_apart(text, note):
    found = read(text)
    assert (found.note, found.doubts) == (note, ())


@pytest.mark.parametrize(
    ("target", "actual", "unit", "mismatch"),
    [
        ("≥90%", "0.95", "%", True),
        ("90", "0.9", "%", True),
        ("0.9", "95", "%", True),
        ("0.9", "95%", "", True),
        ("100%", "1", "％", True),
        ("95%-105%", "1", "%", True),
        ("≥90%", "95", "%", False),
        ("0.9", "0.95", "%", False),
        ("≥90%", "0.95%", "%", False),
        ("≤5%", "0.5", "%", False),
        ("90%", "0", "%", False),
        ("90%", "-0.9", "%", False),
        ("90", "0.9", "", False),
        ("100件", "1件", "件", False),
        ("100", "1", "件", False),
        ("90%", "0.9", "件", False),
        ("90%", "0.9倍", "%", False),
        ("9月底前", "0.9", "%", False),
        ("90%", "9月底前", "%", False),
    ],
)
def test_a_share_against_a_percentage(target, actual, unit, mismatch):
    assert percent_mismatch(read(target), read(actual), unit) is mismatch


@pytest.mark.parametrize(
    "text",
    [
        *(piece * 50_000 for piece in ("9", "=", "1,11", " ", "(", "以上", "≥", "\u200b")),
        *(piece * 59 for piece in ("应", "不", "千", "-", "余多", "9月", "5/", "人/", "(5")),
        "5" + "/人" * 59,
        "应" * 119 + "5",
    ],
)
def test_long_texts_are_quick(text):
    started = time.perf_counter()
    assert isinstance(parse_quantity(text, YEAR), NotAQuantity | Quantity)
    assert isinstance(parse_date(text, YEAR), NotAQuantity | date)
    assert time.perf_counter() - started < 1


@settings(max_examples=400, deadline=None)
@given(typed, years)
def test_any_text_is_read_or_refused(text, year):
    found = parse_quantity(text, year)
    if isinstance(found, NotAQuantity):
        assert found.reason.endswith("。")
        return
    assert (found.deadline is None) == (found.value is not None)
    assert (found.upper is not None) == (found.operator is RANGE)
    assert (found.deadline is not None) == (found.operator is DEADLINE)
    assert found.upper is None or found.value is None or found.value <= found.upper
    assert all(doubt.endswith("。") for doubt in found.doubts)


@settings(max_examples=300, deadline=None)
@given(typed, years)
def test_every_digit_matters(text, year):
    """Whatever is read, another digit anywhere gives another result: none is lost without a word."""
    found = parse_quantity(text, year)
    if isinstance(found, Quantity):
        for i, digit in enumerate(text):
            if digit in "0123456789":
                other = text[:i] + "1234567890"[int(digit)] + text[i + 1 :]
                assert parse_quantity(other, year) != found


@settings(deadline=None)
@given(
    st.sampled_from(
        [("", BARE), ("≥", AT_LEAST), ("不低于", AT_LEAST), ("＜", LESS), ("不超过", AT_MOST), ("=", EQUAL)]
    ),
    st.decimals(-(10**12), 10**12, allow_nan=False, places=4),
    st.sampled_from(["", "%", "万元", "平方米", "人次", "个百分点"]),
)
def test_what_is_written_plainly_is_read_back(sign, value, unit):
    text, operator = sign
    found = read(f"{text}{plain(value)}{unit}", None)
    assert (found.operator, found.value, found.unit) == (operator, value, unit)


@settings(deadline=None)
@given(st.integers(1, 10**9), st.sampled_from(["人", "份"]))
def test_thousands_commas_change_nothing(value, unit):
    assert read(f"{value:,}{unit}").value == value


@given(st.from_regex(r"(0|[1-9][0-9]{0,5})(\.[0-9]{1,4})?%?", fullmatch=True), st.sampled_from([None, 2023]))
def test_the_short_way_for_a_bare_number_reads_the_same(text, year):
    assert parse_quantity(text, year) == read_quantity(text, year)
