"""What texts say."""

from __future__ import annotations

import pytest

from tests.checks.looking import QUALITATIVE, codes, found, message, places, row

RED_CROSS = {"unit.name": "青禾县红十字会", "unit.short_name": "县红十字会"}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("遗体 and 人体器官", "“and”"),
        ("和 service 中心任务", "“service”"),
        ("And后勤Support", "“And”、“Support”"),
        ("开展peixun工作", "“peixun”"),
    ],
)
def test_stray_latin_words(text: str, words: str) -> None:
    assert message({"remarks": text}, "TXT01") == f"文中夹有{words}"


@pytest.mark.parametrize(
    "text",
    [
        "GDP、APP、App、WiFi、5G、5A级、PM2.5、A4、N95",
        "10km、10 km、30kg、kWh",
        "a@b.com、www.abc.cn、https://a.cn/work",
        "Word文档",
        "x",
    ],
)
def test_latin_that_belongs(text: str) -> None:
    assert codes({"remarks": text}, "TXT01") == []


@pytest.mark.parametrize("text", ["在校学生学生", "急救急救", "加强加强", "我们和和县里", "认真落实的的要求"])
def test_doubled_words(text: str) -> None:
    assert codes({"remarks": text}, "TXT02") == ["TXT02"]


@pytest.mark.parametrize(
    "text",
    [
        "常常、天天、多多、人人学急救",
        "一步一步、逐户逐户",
        "目的的实现",
        "为了了解情况",
        "的的确确",
        "高高兴兴",
        "学生、学生家长",
    ],
)
def test_words_that_are_double_by_nature(text: str) -> None:
    assert codes({"remarks": text}, "TXT02") == []


def test_slips_are_told_with_the_right_word() -> None:
    assert (
        message({"remarks": "其它只是技能做帐"}, "TXT03")
        == "疑有错别字：“只是”应为“知识”，“做帐”应为“做账”，“其它”应为“其他”"
    )


def test_the_unit_misspelt() -> None:
    assert message({**RED_CROSS, "remarks": "扩大红十会影响"}, "TXT04") == "文中写“红十会”，疑为“红十字会”之误"
    assert codes({**RED_CROSS, "remarks": "红十字会、红十字精神、县红十字会"}, "TXT04") == []
    assert codes({"remarks": "红十会"}, "TXT04") == []  # another unit


@pytest.mark.parametrize(
    ("year", "text", "caught"),
    [
        (2023, "落实常态化疫情防控", True),
        (2022, "落实常态化疫情防控", False),
        (2023, "疫情防控经费清算", False),
        (2024, "疫情防控经费", True),
        (2024, "执行《常态化疫情防控办法》", False),
        (2021, "“十三五”规划", True),
        (2023, "巩固拓展脱贫攻坚成果", False),
    ],
)
def test_worn_phrases(year: int, text: str, caught: bool) -> None:
    assert bool(codes({"fiscal_year": year, "remarks": text}, "TXT05")) is caught


def test_a_worn_phrase_is_told_once_for_a_field_with_its_reason() -> None:
    (finding,) = found({"fiscal_year": 2024, "remarks": "常态化疫情防控、疫情防控"}, "TXT05")
    assert "“常态化疫情防控”是往年的提法" in finding.message
    assert "乙类乙管" in finding.message


@pytest.mark.parametrize(
    "target", ["提高社会影响力", "产生重要影响", "取得明显效果", "得到广大群众的充分认可", "进一步增强"]
)
def test_vague_targets(target: str) -> None:
    assert places({f"{QUALITATIVE}.target": target}, "TXT06") == [f"{QUALITATIVE}.target"]


@pytest.mark.parametrize(
    "target", ["影响力提高，媒体报道3次", "印发保存规程，促进开放", "通过验收", "长效机制健全", "有效运行五个阅览点"]
)
def test_targets_that_can_be_checked(target: str) -> None:
    assert codes({f"{QUALITATIVE}.target": target}, "TXT06") == []


def test_without_a_target_the_name_is_looked_at() -> None:
    assert "“提高影响力”" in message(row(QUALITATIVE, name="提高影响力", target=""), "TXT06")


@pytest.mark.parametrize(
    ("name", "target", "caught"),
    [
        ("培训合格率", "提高", True),
        ("群众满意度", "满意", True),
        ("培训人次", "", True),
        ("培训合格率", "比上年提高2个百分点", False),
        ("长期保存机制", "健全", False),
    ],
)
def test_figures_that_are_due(name: str, target: str, caught: bool) -> None:
    assert bool(codes(row(QUALITATIVE, name=name, target=target), "TXT07")) is caught


@pytest.mark.parametrize(
    ("name", "caught"),
    [
        ("退红十字事业发展-退役军人工资保障工作", True),
        ("红十字事业发展-退役军人工资保障工作", False),
        ("退红十字事业发展", False),
        ("本红十字会建设-学校网点", False),
    ],
)
def test_a_stray_first_character(name: str, caught: bool) -> None:
    assert bool(codes({**RED_CROSS, "items.0.name": name}, "TXT08")) is caught


def test_a_first_character_in_use_elsewhere_is_no_slip() -> None:
    patch = {**RED_CROSS, "items.0.name": "各红十字站-各类人员保障", "remarks": "各红十字站"}
    assert codes(patch, "TXT08") == []


def test_examples_are_counted_for_each_part() -> None:
    patterns = [
        "finance.funds",
        "items.0.result",
        "items.*.indicators.*.evidence",
        "items.*.indicators.0.evidence",
        "nowhere",
    ]
    counts = {finding.path: finding.message for finding in found({"examples": patterns}, "TXT09")}
    assert list(counts) == [("finance",), ("items",)]
    assert "16处" in counts[("finance",)]
    assert "15处" in counts[("items",)]  # 14 rows' evidence, each once, and a result


def test_blank_examples_are_not_counted() -> None:
    assert codes({"examples": ["items.1.indicators.0.deviation_reason"]}, "TXT09") == []
