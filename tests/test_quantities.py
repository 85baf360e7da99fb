"""What people type into 年度指标值 and 实际完成值, and how it is read."""

import re
import time
from datetime import date
from decimal import ROUND_HALF_UP, Decimal, localcontext

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xl_selfeval.model import Operator
from xl_selfeval.quantities import (
    NotAQuantity,
    Quantity,
    half_up,
    normalise,
    parse_date,
    parse_quantity,
    percent_mismatch,
    plain,
)

YEAR = 2023
BARE = None
AT_LEAST, GREATER, AT_MOST, LESS = Operator.AT_LEAST, Operator.GREATER, Operator.AT_MOST, Operator.LESS
EQUAL, RANGE, DEADLINE = Operator.EQUAL, Operator.RANGE, Operator.DEADLINE


def read(text: str, year: int | None = YEAR) -> Quantity:
    quantity = parse_quantity(text, year)
    assert isinstance(quantity, Quantity), quantity.reason
    return quantity


def reason(text: str, year: int | None = YEAR) -> str:
    refused = parse_quantity(text, year)
    assert isinstance(refused, NotAQuantity), refused
    assert refused.text == text
    return refused.reason


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
    ("90%以上（含90%）", AT_LEAST, "90", "%"),
    ("90%以上（不含）", GREATER, "90", "%"),
    ("30天以内（不含30天）", LESS, "30", "天"),
    ("不低于100平方米", AT_LEAST, "100", "平方米"),
    ("不低于100㎡", AT_LEAST, "100", "平方米"),
    ("不低于100m2", AT_LEAST, "100", "平方米"),
    ("不得低于90%", AT_LEAST, "90", "%"),
    ("不少于1000份", AT_LEAST, "1000", "份"),
    ("不少于1000份以上", AT_LEAST, "1000", "份"),
    ("不小于5", AT_LEAST, "5", ""),
    ("至少5次", AT_LEAST, "5", "次"),
    ("大于或等于5次", AT_LEAST, "5", "次"),
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
    ("90%。", BARE, "90", "%"),
    ("0.9", BARE, "0.9", ""),
    (".5", BARE, "0.5", ""),
    ("0件", BARE, "0", "件"),
    ("-5", BARE, "-5", ""),
    ("−5%", BARE, "-5", "%"),
    ("≥-5%", AT_LEAST, "-5", "%"),
    ("1,290.00万元", BARE, "1290", "万元"),
    ("1,290,000元", BARE, "1290000", "元"),
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
    ("两个", BARE, "2", "个"),
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
        ("90%（样本100人）", BARE, "90", "%", "样本100人", "含有数字"),
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


REFUSED = [
    ("", "没有填写"),
    (" \u200b\u3000", "没有填写"),
    ("/", "如为零请写"),
    ("——", "如为零请写"),
    ("无", "如为零请写"),
    ("不适用", "如为零请写"),
    ("完成", "定性指标请选完成档次"),
    ("有效", "定性指标请选完成档次"),
    ("通过", "定性指标请选完成档次"),
    ("十分满意", "定性指标请选完成档次"),
    ("一般", "定性指标请选完成档次"),
    ("一级", "定性指标请选完成档次"),
    ("二三次", "定性指标请选完成档次"),
    ("十几次", "定性指标请选完成档次"),
    ("一百五", "定性指标请选完成档次"),
    ("统筹海绵城市项目谋划", "定性指标请选完成档次"),
    ("去年底前", "定性指标请选完成档次"),
    ("1部宣传片,2套方案", "不止一个数"),
    ("1部宣传片，两套方案", "不止一个数"),
    ("5次、3场", "不止一个数"),
    ("90:100", "不止一个数"),
    ("≥5且≤10", "不止一个数"),
    ("5次以上10次以下", "不止一个数"),
    ("100±5", "不止一个数"),
    ("±5%-10%", "不止一个数"),
    ("5千二百人", "不止一个数"),
    ("95%和105%", "不止一个数"),
    ("1，29", "千分位"),
    ("1,29", "千分位"),
    ("1,2900", "千分位"),
    ("0,500", "千分位"),
    ("1.290,00", "千分位"),
    ("1 290", "空格"),
    ("90\n95", "空格"),
    ("9\x000", "空格"),
    ("9\ue0000", "空格"),
    ("1.2.3", "小数点"),
    ("10/2", "分数或日期"),
    ("1e3", "科学计数法"),
    ("1.5E+03", "科学计数法"),
    ("9" * 26, "太长"),
    ("9" * 100_000, "文字太长"),
    ("5½", "不是通用的数字"),
    ("5٣", "不是通用的数字"),
    ("①", "不是通用的数字"),
    ("≥≥5", "矛盾"),
    ("≥90%以下", "矛盾"),
    ("不超过90%以上", "矛盾"),
    ("=90%以上", "矛盾"),
    ("≥不低于90%", "矛盾"),
    ("≥95%-105%", "只写区间"),
    ("95%-105%以上", "只写区间"),
    ("105-95", "下限大于上限"),
    ("1元-2万元", "单位不同"),
    ("百分之90人", "百分之"),
    ("2023年", "是日期，不是数"),
    ("2024年前", "是日期，不是数"),
    ("1-6月", "是日期，不是数"),
    ("2020-2023年", "是日期，不是数"),
    ("第5名", "数前面的文字看不明白"),
    ("未完成5次", "数前面的文字看不明白"),
    ("零下5℃", "数前面的文字看不明白"),
    ("三5次", "数前面的文字看不明白"),
    ("至5次", "数前面的文字看不明白"),
    (",5", "数前面的文字看不明白"),
    ("#DIV/0!", "数前面的文字看不明白"),
    ("<>5", "矛盾"),
    ("30日前", "“前”看不明白"),
    ("5几", "“几”看不明白"),
    ("5百二十", "“二十”看不明白"),
    ("两年半", "定性指标请选完成档次"),
    ("5?", "“?”看不明白"),
    ("90%～", "看不明白"),
    ("9月后", "日期读不成时限"),
    ("明年3月前", "日期读不成时限"),
    ("3月培训500人", "日期读不成时限"),
    ("2023年1月1日至2023年12月31日", "日期读不成时限"),
    ("6月份完成宣传片制作;9月份完成文本", "除了时限还有别的内容"),
    ("2023年底前完成5次", "除了时限还有别的内容"),
    ("2023年12月前后", "除了时限还有别的内容"),
    ("11月31日前", "日历上没有"),
    ("13月前", "日历上没有"),
    ("1123年9月底前", "不合常理"),
]


@pytest.mark.parametrize(("text", "why"), REFUSED)
def test_what_cannot_be_read_for_certain_is_refused_with_a_reason(text, why):
    assert why in reason(text)


@pytest.mark.parametrize("text", [text for text, _ in REFUSED])
def test_a_reason_is_one_short_chinese_sentence_with_a_next_step(text):
    said = reason(text)
    assert said.endswith("。")
    assert said.count("。") == 1
    assert len(said) < 80
    assert re.search("请", said)


def test_a_date_without_a_year_needs_the_fiscal_year():
    assert "没有写年份" in reason("9月底前", None)
    assert read("2023年9月底前", None).deadline == date(2023, 9, 30)


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
    ("text", "same"),
    [
        ("≧ 90 ％", "≥90%"),
        ("≦⩽≯", "≤≤≤"),
        ("＞ ＝ 5", "≥5"),
        ("＝＝5", "=5"),
        ("≥=5", "≥5"),
        ("=>=5", "≥5"),
        ("1,290,000.5", "1290000.5"),
        ("1,29", "1,29"),
        ("1, 290", "1, 290"),
        ("（５）", "(5)"),
        ("５ 平方米", "5平方米"),
        ("1 000", "1 000"),
        ("90——95", "90-95"),
        ("\ufeff9\u200b0", "90"),
        ("9\x000", "9 0"),
        ("", ""),
    ],
)
def test_one_spelling(text, same):
    assert normalise(text) == same


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("90", "90"),
        ("1.50", "1.5"),
        ("1290.00", "1290"),
        ("1.29E+3", "1290"),
        ("1E-7", "0.0000001"),
        ("-0", "0"),
        ("-0.00", "0"),
        ("0E+5", "0"),
        ("-1.5", "-1.5"),
        ("1E+999999999", "1E+999999999"),
        ("NaN", "NaN"),
    ],
)
def test_plain(value, text):
    assert plain(Decimal(value)) == text


@pytest.mark.parametrize(
    ("value", "digits", "rounded"),
    [
        ("9.805", 2, "9.81"),
        ("9.8", 2, "9.80"),
        ("8.62", 0, "9"),
        ("2.5", 0, "3"),
        ("-2.5", 0, "-3"),
        ("1250", -2, "1.3E+3"),
        ("-0.004", 2, "0.00"),
        ("1E-999999", 2, "0.00"),
        ("1E+999999", 2, "1E+999999"),
        ("1E+30", 2, "1000000000000000000000000000000.00"),
        ("99.995", 2, "100.00"),
        ("NaN", 2, "NaN"),
        ("Infinity", 2, "Infinity"),
    ],
)
def test_half_up(value, digits, rounded):
    assert str(half_up(Decimal(value), digits)) == rounded


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


PIECES = [
    *"0123456789.,-~%/()≥≤<>=+±eE ，。：（）％＝≧",
    *"一二三十百千万亿零半余多约近每第未不前后内底末年月日号季度旬个次人元件成倍点分",
]
PIECES += [
    "以上",
    "以下",
    "以内",
    "不低于",
    "超过",
    "达到",
    "控制在",
    "百分之",
    "上半年",
    "2023",
    "平方米",
    "至",
    "\u200b",
    "½",
    "³",
]
typed = st.one_of(st.text(max_size=40), st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
years = st.one_of(st.none(), st.integers(-10, 10_000))


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


@settings(max_examples=200, deadline=None)
@given(typed, years)
def test_any_text_is_a_day_or_refused(text, year):
    assert isinstance(parse_date(text, year), date | NotAQuantity)


@settings(max_examples=400, deadline=None)
@given(typed)
def test_normalising_twice_changes_nothing(text):
    assert normalise(normalise(text)) == normalise(text)


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


@settings(deadline=None)
@given(st.decimals(allow_nan=False, allow_infinity=False), st.integers(-5, 10))
def test_half_up_is_the_nearest_multiple_away_from_zero(value, digits):
    rounded = half_up(value, digits)
    if -500 < value.adjusted() < 500:
        with localcontext(prec=2000):
            reference = value.scaleb(digits).to_integral_value(ROUND_HALF_UP).scaleb(-digits)
            assert rounded == reference
            assert abs(rounded - value) <= Decimal("0.5").scaleb(-digits)


@settings(deadline=None)
@given(st.decimals(allow_nan=False, allow_infinity=False))
def test_plain_keeps_the_number(value):
    text = plain(value)
    assert Decimal(text) == value
    if abs(value.adjusted()) < 500:
        assert re.fullmatch(r"-?[0-9]+(\.[0-9]*[1-9])?", text)
        assert text != "-0"
