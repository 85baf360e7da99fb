from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xl_selfeval.report import words

D = Decimal


@pytest.mark.parametrize(
    ("value", "shown"),
    [("117.77", "117.77万元"), ("12", "12.00万元"), ("1.5", "1.50万元"), ("1.623924", "1.623924万元"),
     ("0", "0.00万元"),
     ("-3.1", "-3.10万元")],
)  # fmt: skip
def test_money_has_two_decimals_and_loses_none(value: str, shown: str) -> None:
    assert words.money(D(value)) == shown


def test_no_money_is_blank() -> None:
    assert words.money(None) == ""


@pytest.mark.parametrize(
    ("ratio", "shown"), [("0.0593", "5.93%"), ("0.97625", "97.63%"), ("1", "100.00%"), ("0", "0.00%")]
)
def test_per_cent_is_rounded_half_up(ratio: str, shown: str) -> None:
    assert words.percent(D(ratio)) == shown


@pytest.mark.parametrize(
    ("number", "numeral"),
    [(1, "一"), (10, "十"), (12, "十二"), (20, "二十"), (21, "二十一"), (99, "九十九"), (100, "100")],
)
def test_chinese_numerals(number: int, numeral: str) -> None:
    assert words.chinese_numeral(number) == numeral


@pytest.mark.parametrize(
    ("text", "clause", "sentence"),
    [
        ("人员增加。", "人员增加", "人员增加。"),
        ("人员增加；", "人员增加", "人员增加。"),
        ("称为“三献”。", "称为“三献”", "称为“三献”。"),
        ("他说“好。”", "他说“好。”", "他说“好。”"),
        ("", "", ""),
        ("上半年\n完成", "上半年完成", "上半年完成。"),
        ("save\nmoney", "save money", "save money。"),
    ],
)
def test_ends_of_clauses_and_sentences(text: str, clause: str, sentence: str) -> None:
    assert (words.clause(text), words.sentence(text)) == (clause, sentence)


@pytest.mark.parametrize(
    ("text", "bare"),
    [("（一）开展救灾", "开展救灾"), ("(2) 救助", "救助"), ("3、宣传", "宣传"), ("4.培训", "培训"),
     ("2.5万元以内", "2.5万元以内"),
     ("三献工作", "三献工作"), ("十、其他", "其他"), ("12个乡镇", "12个乡镇")],
)  # fmt: skip
def test_own_numbers_are_taken_off(text: str, bare: str) -> None:
    assert words.without_number(text) == bare


@pytest.mark.parametrize(
    ("text", "none"), [("无", True), ("无。", True), ("", True), (" / ", True), ("无人值守", False)]
)
def test_what_says_nothing(text: str, none: bool) -> None:
    assert words.is_none(text) is none


@pytest.mark.parametrize(
    ("title", "unit", "lines"),
    [
        ("区图书馆2023年度绩效自评报告", "区图书馆", ("区图书馆2023年度绩效自评报告",)),
        ("石家庄市鹿泉区红十字会2024年度整体支出绩效自评报告", "石家庄市鹿泉区红十字会",
         ("石家庄市鹿泉区红十字会", "2024年度整体支出绩效自评报告")),
        ("青禾县图书馆2023年度部门整体支出绩效自评报告", "青禾县图书馆",
         ("青禾县图书馆2023年度", "部门整体支出绩效自评报告")),
        ("某县档案馆2024年度部门整体支出绩效自评报告", "某县档案馆",
         ("某县档案馆2024年度", "部门整体支出绩效自评报告")),
        ("内蒙古自治区呼伦贝尔市莫力达瓦达斡尔族自治旗尼尔基镇中心小学2023年度部门整体支出绩效自评报告",
         "内蒙古自治区呼伦贝尔市莫力达瓦达斡尔族自治旗尼尔基镇中心小学",
         ("内蒙古自治区呼伦贝尔市", "莫力达瓦达斡尔族自治旗尼尔基镇中心小学", "2023年度部门整体支出绩效自评报告")),
    ],
)  # fmt: skip
def test_titles_break_by_sense(title: str, unit: str, lines: tuple[str, ...]) -> None:
    assert words.title_lines(title, unit, 20) == lines


@settings(deadline=None, max_examples=100)
@given(st.text(alphabet="石市区县年度部门绩效自评", max_size=120), st.integers(0, 12))
def test_a_broken_title_keeps_every_character_and_fits(title: str, cut: int) -> None:
    lines = words.title_lines(title, title[:cut], 20)
    assert "".join(lines) == title
    assert all(words.width(line) <= 20 for line in lines)


def test_a_title_never_breaks_inside_a_number() -> None:
    lines = words.title_lines("天" * 19 + "2023" + "地" * 19, "", 20)
    assert any("2023" in line for line in lines)


@settings(deadline=None, max_examples=100)
@given(st.text())
def test_cleaned_text_can_stand_in_a_document(text: str) -> None:
    cleaned = words.clean(text)
    assert words.clean(cleaned) == cleaned
    assert not any(ord(c) < 32 and c not in "\n\t" for c in cleaned)
    assert not any("\ufdd0" <= c <= "\ufdef" for c in cleaned)
