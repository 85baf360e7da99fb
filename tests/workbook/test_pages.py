"""检查结果 and 评分规则: what is only read."""

from __future__ import annotations

from openpyxl.worksheet.worksheet import Worksheet  # type: ignore[import-untyped]

from tests.workbook.opening import opened
from tests.workbook.patching import layout, places, sound
from xl_selfeval.checks import Finding, Severity, run_checks
from xl_selfeval.checks.patches import patched
from xl_selfeval.rulebook import find_rulebook
from xl_selfeval.rulebook.describe import rows
from xl_selfeval.scoring import score
from xl_selfeval.workbook.template import build_workbook

MOF = find_rulebook("mof-2020")
FOUND = [
    Finding("REQ01", Severity.ERROR, ("unit", "name"), "没有填写单位全称", "填写单位全称", "填报要求"),
    Finding("XXX01", Severity.WARNING, ("items", 0, "indicators", 1, "actual"), "=1+1 不是公式", "改", "依据"),
    Finding("XXX02", Severity.NOTE, (), "整份的问题", "核对", "依据"),
]


def test_each_finding_has_its_line_with_a_link_to_its_cell() -> None:
    page = opened(build_workbook(MOF, sound(), FOUND))["检查结果"]
    lines = [[cell.value for cell in row] for row in page.iter_rows(min_row=4, max_col=7)]
    name, actual = places()[("unit", "name")], places()[("items", 0, "indicators", 1, "actual")]
    assert lines == [
        [1, "错误", "REQ01", f"基本情况 {name.a1}", "没有填写单位全称", "填写单位全称", "填报要求"],
        [2, "警告", "XXX01", f"指标评分 {actual.a1}", "=1+1 不是公式", "改", "依据"],
        [3, "提示", "XXX02", "整份自评", "整份的问题", "核对", "依据"],
    ]
    assert [page["D4"].hyperlink.location, page["D5"].hyperlink.location] == [name.absolute(), actual.absolute()]
    assert page["D6"].hyperlink is None
    assert page["A2"].value == "共发现3项：错误1项，警告1项，提示1项。点“位置”可跳到相应单元格。"


def test_no_findings_and_no_check_are_two_things() -> None:
    assert opened(build_workbook(MOF, sound(), []))["检查结果"]["A2"].value == "没有发现问题。"
    assert "尚未检查" in opened(build_workbook(MOF, sound()))["检查结果"]["A2"].value


def test_findings_of_the_checks_lead_to_their_cells() -> None:
    submission, rulebook = patched({"unit.name": "", "items.0.indicators.0.claimed_points": 9})
    found = run_checks(submission, rulebook, score(submission, rulebook))
    page = opened(build_workbook(rulebook, submission, found))["检查结果"]
    targets = {page.cell(n, 3).value: page.cell(n, 4).hyperlink.location for n in range(4, 4 + len(found))}
    assert targets["REQ01"] == places()[("unit", "name")].absolute()
    assert targets["SCO03"] == places()[("items", 0, "indicators", 0, "claimed_points")].absolute()


def test_the_rules_are_those_of_the_rulebook_line_by_line() -> None:
    for name in ("luquan-2024", "sichuan-2023"):
        rulebook = find_rulebook(name)
        page = opened(build_workbook(rulebook))["评分规则"]
        shown = [tuple(cell.value for cell in row) for row in page.iter_rows(min_row=4, max_col=4)]
        assert shown == [(line.section, line.item, line.rule, line.basis) for line in rows(rulebook)]


def links(page: Worksheet) -> list[str]:
    return [cell.hyperlink.location for row in page.iter_rows() for cell in row if cell.hyperlink]


def test_every_sheet_leads_back_to_the_guide_and_the_guide_to_every_sheet() -> None:
    book = opened(build_workbook(MOF))
    visible = [sheet.title for sheet in book.worksheets if sheet.sheet_state == "visible"]
    assert links(book["填报说明"]) == [f"'{title}'!A1" for title in visible[1:]]
    for title in visible[1:]:
        assert links(book[title]) == ["'填报说明'!A1"]
    assert visible == ["填报说明", *(sheet.title for sheet in layout().sheets), "检查结果", "评分规则"]
