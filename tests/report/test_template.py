"""Templates that people edit: what is refused, in which words, and what works as in Word."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from lxml import etree

from tests.report.reading import indicator, opened, paragraphs, rendered, sample, with_indicators
from xl_selfeval.model import Submission
from xl_selfeval.report import DEFAULT_TEMPLATE, TemplateError
from xl_selfeval.report.oxml import qn, w
from xl_selfeval.report.package import read_parts, write_parts
from xl_selfeval.report.pdf import find_office
from xl_selfeval.report.template import prepare
from xl_selfeval.report.word import build

DEFAULT = DEFAULT_TEMPLATE.read_bytes()


def told(tmp_path: Path, template: bytes, submission: Submission | None = None) -> list[str]:
    path = tmp_path / "模板.docx"
    path.write_bytes(template)
    return paragraphs(opened(rendered(submission or Submission(), template=path)))


@pytest.mark.parametrize(
    ("source", "paragraph", "words"),
    [
        ("正文: 一\n正文: {{ 单位.名子 }}", 2, "没有“单位.名子”这个名称，最接近的是“单位.名称”"),
        ("正文: {{ 年份 }}", 1, "最接近的是“年度”"),
        ("{%p for 项 in 工作任务 %}\n正文: {{ 项.目的 }}\n{%p endfor %}", 2, "最接近的是“项.目标”"),
        ("{%p for 项 in 工作任务 %}\n{%p for 甲 in 项.指标 %}\n正文: {{ 甲.实绩 }}\n{%p endfor %}\n{%p endfor %}", 3,
         "最接近的是“甲.实际”"),
        ("{%p if 职责 %}\n正文: {% set 甲 = 收支.比上年 %}{{ 甲.数量 }}\n{%p endif %}", 2, "最接近的是“甲.数额”"),
        ("{%p for 项 in 工作任务 %}\n正文: {{ loop.indx }}\n{%p endfor %}", 2, "最接近的是“loop.index”"),
        ("正文: {{ 工作任务[0].名子 }}", 1, "最接近的是“名称”"),
        ("正文: 一\n{%p for 项 in 工作任务 %}\n正文: 二", 2, "“for”没有结束"),
        ("{%p if 职责 %}\n正文: 一", 1, "“if”没有结束"),
        ("{%p fi 职责 %}\n正文: 一", 1, "不认识“fi”，最接近的是“if”"),
        ("正文: 一\n{%p endif %}", 2, "没有对应的开头"),
        ("正文: {{ 单位.名称 }", 1, "没有写完整（多出“{{”）"),
        ("正文: 单位.名称 }}", 1, "没有写完整（多出“}}”）"),
        ("正文: {{ 职责|lenght }}", 1, "最接近的是“length”"),
        ("正文: {{ 单位..名称 }}", 1, "标签写法不对"),
        ("正文: 一\n正文: {{ 收支.比上年.数额 }}", 2, "这次没有填报"),
        ("正文: {{ 职责[0] }}", 1, "这次没有填报"),
        ("正文: {{ 年度() }}", 1, "算不出结果"),
        ("正文: {{ 1 / 0 }}", 1, "算不出结果"),
        ("正文: {{ 年度.__class__ }}", 1, "没有“年度."),
    ],
)  # fmt: skip
def test_a_faulty_tag_is_named_with_its_paragraph(tmp_path: Path, source: str, paragraph: int, words: str) -> None:
    with pytest.raises(TemplateError) as error:
        told(tmp_path, build(source.replace("__class__", "_" + "_class_" + "_")))
    assert f"“模板.docx”不能用：模板第{paragraph}段“" in str(error.value)
    assert words in str(error.value)


def test_a_row_tag_outside_of_a_table_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TemplateError, match="只能写在表格里"):
        told(tmp_path, build("{%tr for 项 in 职责 %}\n正文: 一\n{%tr endfor %}"))


def test_a_name_is_checked_even_where_this_year_s_data_does_not_reach(tmp_path: Path) -> None:
    with pytest.raises(TemplateError, match="问提"):
        told(tmp_path, build("{%p if 工作任务 %}\n正文: {{ 问提 }}\n{%p endif %}"))


PARTS = read_parts(DEFAULT)
TYPES = PARTS["[Content_Types].xml"]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "不是 .docx 文件"),
        (b"plain text", "不是 .docx 文件"),
        (DEFAULT[:20_000], "已损坏"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "加了密码"),
        (write_parts({"a.txt": b"b"}), "不是 Word 文档"),
        (write_parts(PARTS | {"word/vbaProject.bin": b"x"}), "带有宏"),
        (write_parts(PARTS | {"[Content_Types].xml": TYPES.replace(b"document.main", b"macroEnabled.main")}), "带有宏"),
        (
            write_parts(PARTS | {"[Content_Types].xml": TYPES.replace(b"document.main", b"template.main")}),
            "不是 Word 文档",
        ),
        (write_parts(PARTS | {"word/document.xml": b"<w:document>{{ "}), "已损坏"),
        (write_parts({**PARTS, "word/media/big.bin": bytes(51 * 1024 * 1024)}), "太大"),
    ],
    ids=["empty", "text", "cut", "encrypted", "zip", "macro", "docm", "dotx", "xml", "huge"],
)
def test_what_is_no_template_is_refused_in_words(tmp_path: Path, content: bytes, words: str) -> None:
    with pytest.raises(TemplateError, match=words):
        told(tmp_path, content)


def test_a_finished_report_is_no_template(tmp_path: Path) -> None:
    finished = tmp_path / "别的单位的报告.docx"
    finished.write_bytes(rendered(sample("sound")))
    with pytest.raises(TemplateError, match="没有一处"):
        rendered(sample("sound"), template=finished)


def test_a_missing_file_and_a_folder(tmp_path: Path) -> None:
    with pytest.raises(TemplateError, match="找不到这个文件"):
        rendered(Submission(), template=tmp_path / "没有.docx")
    with pytest.raises(TemplateError, match="文件夹"):
        rendered(Submission(), template=tmp_path)


def test_a_sentence_edited_in_word_is_printed(tmp_path: Path) -> None:
    parts = read_parts(DEFAULT)
    edited = parts["word/document.xml"].replace("形成本评价报告".encode(), "现将结果报告如下".encode())
    said = told(tmp_path, write_parts(parts | {"word/document.xml": edited}), sample("sound"))
    assert said[1].endswith("现将结果报告如下。")


def split_into_runs(template: bytes) -> bytes:
    """Each character of a tag in a run of its own with direct formatting, as Word leaves them after editing."""
    parts = read_parts(template)
    root = etree.fromstring(parts["word/document.xml"])
    for run in list(root.iter(qn("r"))):
        text = "".join(node.text or "" for node in run.iter(qn("t")))
        for character in text.replace('"', "”"):
            piece = w("t", character)
            piece.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
            run.addprevious(w("r", w("rPr", w("b"), w("lang", eastAsia="zh-CN")), piece))
        run.getparent().remove(run)
    return write_parts(parts | {"word/document.xml": etree.tostring(root)})


def test_tags_that_word_split_into_runs_with_curly_quotes_still_work(tmp_path: Path) -> None:
    source = """
        正文: {{ 单位.名称 or "本部门" }}{% if 年度 %}{{ 年度 }}年{% endif %}
        {%p for 项 in 职责 %}
        正文: {{ 项 }}
        {%p endfor %}
    """
    submission = Submission.model_validate({"fiscal_year": 2023, "duties": ["开放馆舍", "修复文献"]})
    assert told(tmp_path, split_into_runs(build(source)), submission) == ["本部门2023年", "开放馆舍。", "修复文献。"]


@pytest.mark.office
def test_the_template_saved_by_another_program_still_works(tmp_path: Path) -> None:
    office = find_office()
    assert office is not None
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    convert = ["--headless", "--convert-to", "docx:MS Word 2007 XML", "--outdir", str(tmp_path)]
    subprocess.run([office, profile, *convert, str(DEFAULT_TEMPLATE)], check=True, capture_output=True, timeout=120)
    ours, saved = (
        opened(rendered(sample("sound"), template=path)) for path in (DEFAULT_TEMPLATE, tmp_path / "luquan.docx")
    )
    assert paragraphs(saved) == paragraphs(ours)
    cells = [[cell.text for table in one.tables for row in table.rows for cell in row.cells] for one in (ours, saved)]
    assert cells[0] == cells[1]


def test_an_example_keeps_the_direct_formatting_of_its_run(tmp_path: Path) -> None:
    template = split_into_runs(build("正文: 收支{{ 收支.总计 }}元整"))
    path = tmp_path / "模板.docx"
    path.write_bytes(template)
    submission = Submission.model_validate({"finance": {"total": 5}, "examples": ["finance.total"]})
    runs = opened(rendered(submission, template=path)).paragraphs[0].runs
    assert "".join(run.text for run in runs) == "收支5.00万元（示例）元整"
    marked = [run for run in runs if run.style is not None and run.style.name == "示例"]
    assert [run.text for run in marked] == ["5.00万元", "（示例）"] and all(run.bold for run in marked)


def test_a_header_may_carry_tags_too(tmp_path: Path) -> None:
    parts = read_parts(build("正文: 一"))
    footer = parts["word/footer1.xml"].replace("— ".encode(), "{{ 单位.名称 }} ".encode())
    path = tmp_path / "模板.docx"
    path.write_bytes(write_parts(parts | {"word/footer1.xml": footer}))
    document = opened(rendered(sample("sound"), template=path))
    assert document.sections[0].footer.paragraphs[0].text.startswith("青禾县图书馆 ")


def test_cells_and_tables_left_empty_by_a_condition_stay_valid(tmp_path: Path) -> None:
    source = """
        表格: 表格 ｜ 40左 40左
        行: {% if 职责 %}有{% endif %} ｜ 二
        表格完
        表格: 表格 ｜ 40左
        {%tr for 项 in 职责 %}
        行: {{ 项 }}
        {%tr endfor %}
        表格完
        正文: 完
    """
    path = tmp_path / "模板.docx"
    path.write_bytes(build(source))
    document = opened(rendered(Submission(), template=path))
    assert [[cell.text for cell in table.rows[0].cells] for table in document.tables] == [["", "二"]]


def test_line_breaks_stand_inside_a_cell(tmp_path: Path) -> None:
    path = tmp_path / "模板.docx"
    path.write_bytes(build("正文: {{ 标题 }}"))
    submission = Submission.model_validate(
        {"unit": {"name": "青禾县图书馆"}, "title": "青禾县图书馆2023年度部门整体支出绩效自评报告"}
    )
    paragraph = opened(rendered(submission, template=path)).paragraphs[0]
    assert paragraph.text.count("\n") == len(paragraph._p.findall(f".//{qn('br')}")) == 1


def test_a_long_row_may_break_over_pages_and_a_short_one_not() -> None:
    document = opened(rendered(with_indicators(indicator(), indicator(actual="长" * 900))))
    table = next(table for table in document.tables if table.rows[0].cells[0].text == "三级指标")
    kept = [row._tr.trPr.find(qn("cantSplit")) is not None for row in table.rows]
    assert kept.count(False) == 1


def test_a_template_is_prepared_once() -> None:
    prepare.cache_clear()
    for _ in range(3):
        rendered(Submission())
    assert (prepare.cache_info().misses, prepare.cache_info().hits) == (1, 2)


@pytest.mark.parametrize(
    ("name", "begins"),
    [
        ("石家庄市鹿泉区红十字会", (14.64, 16.64)),  # 27.64 characters a line, less 2, less the 11 of the name
        ("区图书馆", (17.14, 19.14)),  # here the date, 6.5 wide, ends 2 from the right
        ("青" * 26, (None, None)),
    ],
)
def test_the_date_begins_two_characters_after_the_name(name: str, begins: tuple[float | None, float | None]) -> None:
    submission = Submission.model_validate({"unit": {"name": name}, "report_date": "2024-04-10"})
    found = [p._p.pPr.find(qn("ind")) for p in opened(rendered(submission)).paragraphs[-2:]]
    read = tuple(None if ind is None else round(int(ind.get(qn("left"))) / 320, 2) for ind in found)
    assert read == begins
