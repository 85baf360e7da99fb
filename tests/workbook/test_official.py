"""The official table as a reader of the printed form sees it."""

from __future__ import annotations

import io
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import openpyxl
import pdfplumber
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.worksheet.worksheet import Worksheet

from tests.libreoffice.office import Office
from tests.strategies import submissions
from xl_selfeval.model import Category, Submission
from xl_selfeval.rulebook import find_rulebook, shipped_rulebooks
from xl_selfeval.scoring import score
from xl_selfeval.submission_file import SAMPLES, load_submission
from xl_selfeval.workbook.official import EXAMPLES, FUNDS, HEADERS, official_table
from xl_selfeval.workbook.official_paper import SAMPLE, number_format, wrapped
from xl_selfeval.workbook.official_rows import lines_of

HEADER = "三级指标"


def sample(name: str) -> Submission:
    return load_submission(SAMPLES / f"{name}.yaml")


def made(submission: Submission, rulebook: str = "") -> bytes:
    chosen = find_rulebook(rulebook or submission.rulebook)
    return official_table(submission, score(submission, chosen))


def table(submission: Submission, rulebook: str = "") -> Worksheet:
    return openpyxl.load_workbook(io.BytesIO(made(submission, rulebook))).worksheets[0]


def rows(page: Worksheet) -> list[list[object]]:
    """What stands in each row, blank cells left out."""
    return [[cell.value for cell in row if cell.value is not None] for row in page.iter_rows()]


def cell_of(page: Worksheet, text: str) -> openpyxl.cell.Cell:
    return next(cell for row in page.iter_rows() for cell in row if cell.value == text)


def indicator_rows(page: Worksheet) -> Iterator[tuple[object, ...]]:
    """Name, target, actual, 分值, 得分 and reason of each indicator."""
    first = cell_of(page, HEADER).row + 1
    last = cell_of(page, "总分").row - 1
    yield from page.iter_rows(first, last, 4, 9, values_only=True)


def of_rows(*indicators: dict[str, object], **more: object) -> Submission:
    items = [{"name": "任务", "indicators": [*indicators]}]
    return Submission.model_validate({"rulebook": "mof-2020", "fiscal_year": 2023, "items": items, **more})


def test_the_sound_sample_reads_as_its_unit_would_sign_it() -> None:
    told = rows(table(sample("sound")))
    for expected in (
        ["部门整体支出绩效自评表"],
        ["（2023年度）"],
        ["单位：万元"],
        ["填报单位", "青禾县图书馆", "主管部门", "青禾县文化和旅游局"],
        ["年度资金总额", 320, 325, 312, 10, 0.96, 9.6],
        ["其中：当年财政拨款", 300, 305, 293.5, "—", 0.9623, "—"],
        list(HEADERS),
        ["总分", 100, 98.2, "等级：优"],
        ["填报日期：2024年3月15日", "（单位盖章）"],
    ):
        assert expected in told
    assert next(row for row in told if "年接待读者人次" in row)[:2] == ["产出指标\n（50分）", "数量指标"]
    reached = {name: (target, actual, weight, points) for name, target, actual, weight, points, _ in lines(told)}
    assert reached["年接待读者人次"] == ("≥80000人次", "76000人次", 8, 7.6)
    assert reached["乡镇分馆图书更新完成时间"] == ("2023年11月30日前", "2023年11月20日", 6, 6)
    assert reached["阅览座位平均使用率"] == ("60%～85%", "72%", 5, 5)


def lines(told: list[list[object]]) -> list[tuple[object, ...]]:
    """The six last of each indicator's cells, whether a label stands before them or not, with or without a reason."""
    known = {row.name for _, row in sample("sound").indicators()}
    found = [(row, next(i for i, value in enumerate(row) if value in known)) for row in told if known & {*row}]
    return [tuple([*row[at:], ""][:6]) for row, at in found]


def test_all_is_values_and_no_text_becomes_a_formula() -> None:
    evil = ["=1+1", "+1", "-1", "@a", "{=1}", "http://a.cn"]
    row = {"category": "产出指标", "name": "=HYPERLINK()", "operator": "定性", "target": "+1", "actual": "-1"}
    submission = of_rows({**row, "deviation_reason": "@a"}, unit={"name": "=1+1"}, remarks="\n".join(evil))
    page = table(submission)
    assert {cell.data_type for row in page.iter_rows() for cell in row} <= {"s", "n"}
    values = {cell.value for row in page.iter_rows() for cell in row}
    assert {"=1+1", "=HYPERLINK()", "+1", "-1", "@a", "\n".join(evil)} <= values
    assert not any(cell.hyperlink for row in page.iter_rows() for cell in row)


@pytest.mark.parametrize("rulebook", sorted(shipped_rulebooks()))
def test_only_the_total_of_the_funds_is_scored_and_only_where_the_scheme_scores_it(rulebook: str) -> None:
    submission = sample("sound")
    card = score(submission, find_rulebook(rulebook))
    told = {row[0]: row for row in (r[r[0] == "年度\n资金" :] for r in rows(table(submission, rulebook)) if r) if row}
    assert all(told[label][4] == "—" == told[label][6] for _, label in FUNDS[1:])
    weight, points = told["年度资金总额"][4], told["年度资金总额"][6]
    scored = card.execution.max > 0
    assert (weight, points) == ((card.execution.max, float(card.execution.points)) if scored else ("—", "—"))
    assert scored == (rulebook != "luquan-2024")
    assert (told["总分"][1], Decimal(str(told["总分"][2]))) == (card.max, card.total)


def test_levels_stand_in_the_order_of_the_scheme_and_span_their_rows() -> None:
    page = table(sample("luquan-2023"))
    first, last = cell_of(page, HEADER).row + 1, cell_of(page, "总分").row - 1
    level_1 = [value for (value,) in page.iter_rows(first, last, 1, 1, values_only=True) if value]
    assert list(dict.fromkeys(level_1)) == ["产出指标\n（50分）", "效益指标\n（40分）", "满意度指标\n（10分）"]
    merged = {str(area) for area in page.merged_cells.ranges}
    label = cell_of(page, "服务对象满意度指标")
    rows_of_label = sum(line.category is Category.SATISFACTION for line in lines_of_sample("luquan-2023"))
    assert f"C{label.row}:C{label.row + rows_of_label - 1}" in merged
    assert f"A{label.row}:B{label.row + rows_of_label - 1}" in merged


def lines_of_sample(name: str) -> list[object]:
    submission = sample(name)
    return [*lines_of(submission, score(submission, find_rulebook(submission.rulebook)))]


@pytest.mark.parametrize(
    ("value", "digits", "shown"),
    [("7.6", 2, "0.00_)"), ("9", 0, "0_)"), ("4.5", 0, "0.0_)"), ("38.766462", 2, "0.000000_)"), ("100", 0, "0_)")],
)
def test_no_digit_of_a_number_is_lost(value: str, digits: int, shown: str) -> None:
    assert number_format(Decimal(value), digits) == shown


def test_amounts_are_shown_to_the_last_digit_and_on_the_right() -> None:
    money = {"adjusted_budget": "1234567.123456", "executed_amount": "999999999999.987654"}
    page = table(of_rows(finance={"funds": {"total": money}}))
    row = cell_of(page, "年度资金总额").row
    adjusted, executed = page.cell(row, 5), page.cell(row, 6)
    assert (adjusted.value, adjusted.number_format) == (1234567.123456, "#,##0.000000_)")
    assert executed.value == "999999999999.987654"  # 18 digits are more than a number keeps
    assert {adjusted.alignment.horizontal, executed.alignment.horizontal} == {"right"}
    assert adjusted.alignment.shrink_to_fit and not cell_of(page, "总分").alignment.shrink_to_fit


def test_a_blank_form_is_a_table_to_fill_in_by_hand() -> None:
    page = table(Submission(rulebook="mof-2020"))
    told = rows(page)
    assert ["（　　　　年度）"] in told and ["总分", 100, "等级："] in told
    assert ["产出指标\n（50分）", "数量指标"] in told and ["产出成本指标"] in told and ["生态效益指标"] in told
    assert "成本指标" not in {value for row in told for value in row}
    assert ["填报日期：　　　　年　　月　　日", "（单位盖章）"] in told
    assert [*indicator_rows(page)] == [(None,) * 6] * 9


def test_a_form_without_weights_has_neither_total_nor_grade() -> None:
    told = rows(table(of_rows({"name": "指标", "operator": "≥", "target": "1", "actual": "1"})))
    assert ["总分", 100, "等级："] in told and next(r for r in told if "指标" in r)[-3:] == ["指标", "≥1", "1"]


def two_hundred() -> Submission:
    submission = sample("sound")
    kinds = [row for _, row in submission.indicators()]
    many = [kinds[n % len(kinds)].model_copy(update={"name": f"第{n}个指标"}) for n in range(200)]
    items = [submission.items[0].model_copy(update={"indicators": many})]
    long = {"text": "目标写得很长。" * 600, "result": "做了一件事。\n" * 300}
    return submission.model_copy(update={"items": items, "goal": submission.goal.model_copy(update=long)})


def test_two_hundred_indicators_and_long_texts_are_all_there() -> None:
    submission = two_hundred()
    page = table(submission)
    names = [name for name, *_ in indicator_rows(page) if name]
    assert sorted(names) == sorted(f"第{n}个指标" for n in range(200))
    first, last = cell_of(page, "预期目标").row + 1, cell_of(page, HEADER).row - 1
    for column, text in ((2, submission.goal.text), (6, submission.goal.result)):
        pieces = [page.cell(row, column).value or "" for row in range(first, last + 1)]
        assert "".join(pieces).replace("\n", "") == text.replace("\n", "")
    assert max(shape.height for shape in page.row_dimensions.values() if shape.height) < 409


def test_on_every_page_of_a_group_its_labels_stand_again() -> None:
    page = table(two_hundred())
    breaks = [stop.id + 1 for stop in page.row_breaks.brk]
    of_indicators = [row for row in breaks if cell_of(page, HEADER).row < row < cell_of(page, "总分").row]
    assert len(of_indicators) > 3
    assert all(page.cell(row, 1).value and page.cell(row, 3).value for row in of_indicators)
    covered = {row for area in page.merged_cells.ranges for row in range(area.min_row + 1, area.max_row + 1)}
    assert covered & set(of_indicators) == set()  # no merged cell is parted by the end of a page


@pytest.mark.parametrize("room", [2.0, 7.7, 23.8])
@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cs"], exclude_characters="\r"), max_size=200))
def test_a_wrapped_text_loses_nothing(room: float, text: str) -> None:
    assert "".join(wrapped(text, room)) == text


def test_it_prints_on_a4_one_page_wide_with_its_header_on_each_page() -> None:
    page = table(sample("luquan-2023"))
    assert (page.page_setup.paperSize, page.page_setup.orientation) == (
        "9",
        "portrait",
    ) or page.page_setup.paperSize == 9
    assert page.sheet_properties.pageSetUpPr.fitToPage and page.page_setup.fitToHeight == 0
    header = cell_of(page, HEADER).row
    assert page.print_title_rows == f"${header}:${header}"
    assert page.oddFooter.center.text == "第 &P 页，共 &N 页"


def test_what_rests_on_examples_is_set_apart_and_explained() -> None:
    page = table(sample("luquan-2023"))
    own, example = cell_of(page, "≥100平方米"), cell_of(page, "105平方米")
    points = page.cell(example.row, 8)
    assert cell_of(page, EXAMPLES) and own.font.color.type == "theme" and not own.font.italic
    assert example.font.color.rgb == points.font.color.rgb == "FF" + SAMPLE.strip("#")
    assert cell_of(page, "等级：优秀").font.italic
    plain = table(sample("sound"))
    assert EXAMPLES not in {cell.value for row in plain.iter_rows() for cell in row}
    assert not any(cell.font.italic for row in plain.iter_rows() for cell in row)


def test_it_is_set_in_the_faces_of_official_forms() -> None:
    page = table(sample("sound"))
    title, text = cell_of(page, "部门整体支出绩效自评表"), cell_of(page, "年接待读者人次")
    assert [(cell.font.name, cell.font.scheme) for cell in (title, text)] == [("黑体", None), ("宋体", None)]


def test_the_same_submission_gives_the_same_bytes() -> None:
    assert made(sample("luquan-2023")) == made(sample("luquan-2023"))


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(submissions(), st.sampled_from(sorted(shipped_rulebooks())))
def test_any_submission_makes_a_table_with_every_indicator(submission: Submission, rulebook: str) -> None:
    page = table(submission, rulebook)
    card = score(submission, find_rulebook(rulebook))
    printed = [row for row in indicator_rows(page) if row[3] is not None]
    weights = [row.max_points for _, row in submission.indicators() if row.max_points is not None]
    assert sorted(float(row[3]) for row in printed) == pytest.approx(sorted(map(float, weights)))
    total = next(row for row in rows(page) if row and row[0] == "总分")
    assert total[1:] == (
        [card.max, float(card.total), f"等级：{card.grade.name}"] if card.begun else [card.max, "等级："]
    )


@pytest.mark.office
def test_on_paper_nothing_is_cut_and_every_page_has_its_header(office: Office, tmp_path: Path) -> None:
    submission = two_hundred()
    source = tmp_path / "t.xlsx"
    source.write_bytes(made(submission))
    (pdf,) = office.to_pdf([source])
    with pdfplumber.open(pdf) as document:
        texts = ["".join((page.extract_text() or "").split()) for page in document.pages]
        assert {(round(page.width), round(page.height)) for page in document.pages} == {(595, 842)}
    count = len(texts)
    assert all(f"第{n}页，共{count}页" in text for n, text in enumerate(texts, start=1))
    begun = next(n for n, text in enumerate(texts) if "一级指标" in text)
    assert all("三级指标" in text and "得分" in text for text in texts[begun:])
    whole = "".join(texts)
    assert whole.count("做了一件事。") == 300 and whole.count("个指标") >= 200
    assert "单位负责人" in texts[-1] and "总分" in texts[-1]
