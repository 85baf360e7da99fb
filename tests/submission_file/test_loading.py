"""Submission files: what loads, what is said of what does not, and the way back to YAML."""

import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings

from tests.strategies import submissions
from xl_selfeval.model import Category, Indicator, Operator, Submission
from xl_selfeval.rulebook.yamlfile import UNUSABLE
from xl_selfeval.submission_file import SubmissionError, dump_submission, load_submission
from xl_selfeval.submission_file.loading import MAX_BYTES


@pytest.fixture
def load(tmp_path: Path):
    def loaded(text: str, name: str = "填报.yaml") -> Submission:
        file = tmp_path / name
        file.write_text(text, encoding="utf-8")
        return load_submission(file)

    return loaded


@pytest.fixture
def refusal(load):
    def said(text: str, name: str = "填报.yaml") -> str:
        with pytest.raises(SubmissionError) as refused:
            load(text, name)
        return str(refused.value)

    return said


ROW = "items: [{{indicators: [{{{}}}]}}]"


def row(load, text: str) -> Indicator:
    return load(ROW.format(text)).items[0].indicators[0]


@pytest.mark.parametrize("word", ["产出指标", "output"])
def test_choices_are_written_as_labels_or_codes(load, word):
    assert row(load, f"category: {word}").category is Category.OUTPUT


@pytest.mark.parametrize("sign", ["≤", "at_most"])
def test_signs_too(load, sign):
    assert row(load, f"operator: {sign}").operator is Operator.AT_MOST


AS_TYPED = ["90", "90.0", "010", "1:30", "0.10", "no", "1e3", "2023-11-20", "=", "0x1F", "1_000"]


@pytest.mark.parametrize("typed", AS_TYPED)
def test_texts_stay_as_typed(load, typed):
    assert row(load, f"target: {typed}").target == typed


def test_numbers_are_exact(load):
    typed = load("assets_total: 0.1234567890123456789\nunit: {staff: 4}\nfinance: {total: 1.10}")
    assert typed.assets_total == Decimal("0.1234567890123456789")
    assert str(typed.finance.total) == "1.10"
    assert typed.unit.staff == 4


@pytest.mark.parametrize("blank", ["", "~", "null"])
def test_a_blank_value_is_the_default(load, blank):
    assert load(f"title: {blank}\nfiscal_year: {blank}\nunit: {blank}") == Submission()


def test_a_quoted_null_is_a_word(load):
    assert load("title: 'null'").title == "null"


def test_dates_and_flags(load):
    assert load("report_date: 2024-03-15").report_date == date(2024, 3, 15)
    assert row(load, "core: true").core is True


def test_json_reads_the_same(load):
    text = '{"fiscal_year": 2023, "title": null, "finance": {"total": 0.1234567890123456789}, "duties": ["一", 90.0]}'
    read = load(text, "填报.JSON")
    assert read.finance.total == Decimal("0.1234567890123456789")
    assert read.duties == ["一", "90.0"]


def test_a_byte_order_mark_is_no_matter(tmp_path):
    file = tmp_path / "记事本.yml"
    file.write_bytes("\ufefftitle: 报告".encode())
    assert load_submission(file).title == "报告"


FAULTY_PLACES = [
    ("fiscal_yeer: 2023", ["fiscal_yeer", "没有名为", "“fiscal_year”（被评价年度）"]),
    ("unit: {nmae: 图书馆}", ["unit.nmae", "“name”（单位全称）"]),
    ("没有的项目: 1", ["没有的项目", "请改成认得的名称或删去"]),
    ("unit: {staff: 4.5}", ["unit.staff（实有人数）", "“4.5”不是整数"]),
    ("unit: {staff: yes}", ["unit.staff（实有人数）", "“yes”不是整数"]),
    ("finance: {total: 约一百}", ["finance.total（收、支总计（含结转和结余））", "“约一百”不是数字", "不带单位"]),
    ("finance: {total: .nan}", ["finance.total", "“.nan”不是数字"]),
    ("report_date: 四月", ["report_date（报告日期）", "“四月”不是日期", "2024-04-10"]),
    ("duties: 一二", ["duties", "应是一个列表", "“一二”"]),
    ("unit: 图书馆", ["unit", "一组“名称: 内容”", "“图书馆”"]),
    ("title: [报告]", ["title", "应是一段文字", "一组内容"]),
    ("duties: [null]", ["duties.0", "应是一段文字", "空值"]),
    (ROW.format("core: 大概"), ["items.0.indicators.0.core（是否核心指标）", "“大概”", "true 或 false"]),
    (
        ROW.format("category: 产出类"),
        ["items.0.indicators.0.category", "“产出类”", "产出指标、效益指标、满意度指标、成本指标"],
    ),
    ("policies: [{role: 其他}]", ["policies.0.role", "评价依据、事前评估依据、内部制度"]),
    ("title: 一\ntitle: 二", ["第2行，title", "“title”重复了，第1行已写过"]),
    ('title: "\\x01"', ["title", "不可见的控制字符"]),
]


@pytest.mark.parametrize(("text", "words"), FAULTY_PLACES, ids=lambda value: str(value)[:25])
def test_a_faulty_place_is_named_with_value_and_expectation(refusal, text, words):
    message = refusal(text)
    assert "填报.yaml" in message
    assert "有1处问题" in message
    assert [word for word in words if word not in message] == []


def test_every_fault_is_told_in_the_order_of_the_lines(refusal):
    message = refusal("unit:\n  staff: 四\nassets:\n  - value: 多\nfiscal_year: 前年\nunit: {}\n")
    assert [line.split("，")[0].strip() for line in message.splitlines()[1:-1]] == ["第2行", "第4行", "第5行", "第6行"]
    assert message.splitlines()[0].endswith("有4处问题，没有载入：")
    assert "sound.yaml" in message.splitlines()[-1]


def test_a_flood_of_faults_is_cut_with_their_number(refusal):
    message = refusal("assets:\n" + "  - value: 多\n" * 70)
    assert "有70处问题" in message
    assert "另有20处" in message
    assert len(message.splitlines()) == 53


BAD_SYNTAX = [
    ("title: [一\nunit: {}\n", "第1行", "方括号没有合上"),
    ("unit:\n\tname: 甲", "第2行", "制表符"),
    ("title: '一", "第1行", "引号没有合上"),
    ("title：一", "第1行", "名称后面用半角冒号"),
    ("- 一", "第1行", "整个文件应是一组"),
    ("title: 一\n---\ntitle: 二", "第2行", "只能写一份"),
    ("title: *a", "第1行", "YAML 别名"),
    ("a: &a [x]\nb: [*a, *a]", "第2行", "YAML 别名"),
    ("title: !!python/object/apply:os.system [ls]", "第1行", "YAML 标签"),
    ("? [a]\n: b", "第1行", "冒号前面应是一个名称"),
    ("一: {" * 500, "第1行", "层次过深"),
    ("title: 一\nunit: \x07", "第2行", "控制字符"),
]


@pytest.mark.parametrize(("text", "line", "reason"), BAD_SYNTAX, ids=lambda value: str(value)[:15])
def test_bad_yaml_is_told_with_its_line(refusal, text, line, reason):
    message = refusal(text)
    assert line in message
    assert reason in message


BAD_JSON = [
    ('{"title": "一",\n "unit": }', "第2行", "不合 JSON 的写法"),
    ('{"title": 1, "title": 2}', "全文", "“title”在同一层写了不止一次"),
    ("[" * 100_000, "全文", "层次过深"),
    ("[1]", "全文", "整个文件应是一组"),
    ('{"assets_total": NaN}', "assets_total", "“NaN”不是数字"),
    ('{"unit": {"staff": true}}', "unit.staff", "“true”不是整数"),
    ('{"unit": {"staff": 1' + "0" * 5000 + "}}", "unit.staff", "不是整数"),
    ('{"title": "\\ud800"}', "title", "控制字符"),
    ('{"\\ud800": 1}', "?", "没有名为"),
]


@pytest.mark.parametrize(("text", "place", "reason"), BAD_JSON, ids=lambda value: str(value)[:15])
def test_bad_json_is_told(refusal, text, place, reason):
    message = refusal(text, "填报.json")
    assert place in message
    assert reason in message
    assert message.encode("utf-8")  # can be printed


@pytest.mark.parametrize("text", ["", " \n", "# 只有说明\n", "null", "---\n"])
def test_an_empty_file_is_called_empty(refusal, text):
    assert "是空的" in refusal(text)


def test_files_that_are_none(tmp_path):
    (tmp_path / "夹.yaml").mkdir()
    (tmp_path / "国标.yaml").write_bytes("标题: 报告\n名称: 图书馆".encode("gb18030"))
    with (tmp_path / "大.json").open("wb") as big:
        big.truncate(MAX_BYTES + 1)
    expected = {
        "无.yaml": "找不到",
        "夹.yaml": "是文件夹",
        "国标.yaml": "第1行起不是 UTF-8",
        "大.json": "超过20 MB",
        "表.xlsx": "请换成 .yaml、.yml 或 .json",
        "长" * 200 + ".yaml": "读不了",
    }
    for name, words in expected.items():
        with pytest.raises(SubmissionError) as refused:
            load_submission(tmp_path / name)
        assert words in str(refused.value)
        assert name in str(refused.value)


def test_ten_thousand_rows_load(load):
    rows = "\n".join(f"      - {{name: 指标{i}, target: {i}, actual: {i}}}" for i in range(10_000))
    assert len(load(f"items:\n  - indicators:\n{rows}").items[0].indicators) == 10_000


def test_dump_keeps_the_order_of_the_model_and_leaves_defaults_out():
    line = Indicator(target="90", name="准确率", category=Category.OUTPUT, max_points=Decimal("7.50"))
    submission = Submission.model_validate(
        {"items": [{"indicators": [line]}], "report_date": date(2024, 3, 15), "fiscal_year": 2023}
    )
    assert dump_submission(submission) == (
        "fiscal_year: 2023\nreport_date: 2024-03-15\nitems:\n- indicators:\n  - category: output\n"
        "    name: 准确率\n    target: '90'\n    max_points: 7.50\n"
    )


def test_other_readers_understand_the_dump():
    submission = Submission(title="90", assets_total=Decimal("38.766462"), duties=["no", "一：二"])
    plain = yaml.safe_load(dump_submission(submission))
    assert plain == {"title": "90", "duties": ["no", "一：二"], "assets_total": 38.766462}


AWKWARD = [
    *("null", "~", "no", "010", "1:30", "2024-01-01", "- 一", "一: 二", "#一", "*一", "!一", "&一", "{一}", "=", "%"),
    *("'", '"', "|", ">", "？", "😀", "一\n二\n\n三", "\u2028一", "\ufeff一", "x" * 300 + " " + "y" * 300),
]


@pytest.mark.parametrize("text", AWKWARD)
def test_awkward_texts_come_back(load, text):
    assert load(dump_submission(Submission(title=text, duties=[text]))) == Submission(title=text, duties=[text])


@pytest.mark.parametrize("number", ["0", "-0.10", "117.770", "1E+12", "1E-30", "123456789012.12345678901234567890123"])
def test_numbers_come_back(load, number):
    submission = Submission(assets_total=Decimal(number))
    assert load(dump_submission(submission)).assets_total == Decimal(number)


@given(submissions())
@settings(max_examples=200, deadline=None)
def test_every_submission_comes_back(tmp_path_factory, drawn):
    submission = Submission.model_validate(_printable(drawn.model_dump()))
    folder = tmp_path_factory.mktemp("dump")
    (folder / "填报.yaml").write_text(dump_submission(submission), encoding="utf-8")
    (folder / "填报.json").write_text(submission.model_dump_json(exclude_none=True), encoding="utf-8")
    assert load_submission(folder / "填报.yaml") == submission
    assert load_submission(folder / "填报.json") == submission
    assert json.loads((folder / "填报.json").read_text("utf-8"))["title"] == submission.title


def _printable(value: Any) -> Any:
    """Control characters break workbooks and reports and are refused, so they are not asked back."""
    if isinstance(value, dict):
        return {key: _printable(child) for key, child in value.items()}
    if isinstance(value, list):
        return [_printable(child) for child in value]
    return UNUSABLE.sub("", value) if type(value) is str else value
