"""检查结果 and 评分规则: what is only read."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from openpyxl.worksheet.worksheet import Worksheet  # type: ignore[import-untyped]

from tests.workbook.opening import opened
from tests.workbook.patching import cells_of, layout, places, sound
from xl_selfeval.checks import Finding, Severity, run_checks
from xl_selfeval.checks.patches import patched
from xl_selfeval.rulebook import find_rulebook
from xl_selfeval.rulebook.describe import rows
from xl_selfeval.scoring import score
from xl_selfeval.workbook.finding_list import LONGEST, Formula, finding_rows, key_start, sheet_key
from xl_selfeval.workbook.layout import Spot
from xl_selfeval.workbook.look import MARKS
from xl_selfeval.workbook.template import build_workbook

MOF = find_rulebook("mof-2020")
FOUND = [
    Finding("REQ01", Severity.ERROR, ("unit", "name"), "没有填写单位全称", "填写单位全称", "填报要求"),
    Finding("XXX01", Severity.WARNING, ("items", 0, "indicators", 1, "actual"), "=1+1 不是公式", "改", "依据"),
    Finding("XXX02", Severity.NOTE, (), "整份的问题", "核对", "依据"),
]


def pointed_at(formula: str) -> str:
    """The cell that a link or a key refers to."""
    (cell,) = set(re.findall(r"(?:ROW|COLUMN)\(('.+?'![$][A-Z]+[$][0-9]+)\)", formula))
    return str(cell)


def shown(content: bytes) -> list[list[object]]:
    """The rows of the list as they are shown, with the hidden key at the end."""
    return [[None if cell == "" else cell for cell in row] for row in cells_of(content).grids["检查结果"][3:]]


def test_each_finding_has_its_line_with_a_link_and_a_key_that_follow_its_cell() -> None:
    content = build_workbook(MOF, sound(), FOUND)
    name, actual = places()[("unit", "name")], places()[("items", 0, "indicators", 1, "actual")]
    key = f"warning|indicators|{actual.a1}"
    assert shown(content) == [
        [
            1,
            "错误",
            "REQ01",
            f"基本情况 {name.a1}",
            "没有填写单位全称",
            "填写单位全称",
            "填报要求",
            f"error|basics|{name.a1}",
        ],
        [2, "警告", "XXX01", f"指标评分 {actual.a1}", "=1+1 不是公式", "改", "依据", key],
        [3, "提示", "XXX02", "整份自评", "整份的问题", "核对", "依据", None],
    ]
    page = opened(content)["检查结果"]
    for row, spot in ((4, name), (5, actual)):
        assert [pointed_at(page.cell(row, column).value) for column in (4, 8)] == [spot.absolute()] * 2
    assert page["E5"].data_type == "s"
    assert page["A2"].value == "共发现3项：错误1项，警告1项，提示1项。点“位置”可跳到相应单元格。"


def test_a_sheet_named_with_quotes_is_pointed_at_all_the_same() -> None:
    spot = Spot('张三\'s "表"', 4, 1)
    (row,) = finding_rows(FOUND[:1], {("unit", "name"): spot})
    link, key = row[3], row[7]
    assert isinstance(link, Formula) and isinstance(key, Formula)
    assert link.text.startswith("=IFERROR(HYPERLINK(\"#'张三''s \"\"表\"\"'!\"&ADDRESS(ROW('张三''s \"表\"'!$B$5)")
    assert (link.value, key.value) == ('张三\'s "表" B5', "error|basics|B5")


def test_a_very_long_text_is_cut_before_it_is_listed() -> None:
    found = replace(FOUND[0], message="长" * 40_000)
    message = shown(build_workbook(MOF, sound(), [found]))[0][4]
    assert isinstance(message, str) and len(message) == LONGEST and message.endswith("长…")


def test_every_field_belongs_to_the_sheet_that_asks_for_it() -> None:
    keys = {sheet.title: sheet.key for sheet in layout().sheets}
    assert {path: sheet_key(path) for path in places()} == {path: keys[spot.sheet] for path, spot in places().items()}


def test_every_form_sheet_marks_what_stands_in_the_list_before_it_marks_anything_else() -> None:
    book = opened(build_workbook(MOF))
    assert book.defined_names["se_marks"].attr_text == "'检查结果'!$H:$H"
    for sheet in layout().sheets:
        rules = [(r.priority, area.sqref, r) for area, rules in page_rules(book[sheet.title]) for r in rules]
        first = sorted(rules, key=lambda rule: rule[0])[:3]
        for (_, area, rule), severity in zip(first, Severity, strict=True):
            assert rule.formula == [
                f'ISNUMBER(MATCH("{key_start(severity, sheet.key)}"&ADDRESS(ROW(),COLUMN(),4),se_marks,0))'
            ]
            assert rule.dxf.fill.bgColor.rgb[2:] == MARKS[severity][1:]
            assert str(area).startswith("A1:")


def page_rules(page: Worksheet) -> list[tuple[Any, list[Any]]]:
    return [(area, area.rules) for area in page.conditional_formatting]


def test_no_findings_and_no_check_are_two_things() -> None:
    assert opened(build_workbook(MOF, sound(), []))["检查结果"]["A2"].value == "没有发现问题。"
    assert "尚未检查" in opened(build_workbook(MOF, sound()))["检查结果"]["A2"].value


def test_findings_of_the_checks_lead_to_their_cells() -> None:
    submission, rulebook = patched({"unit.name": "", "items.0.indicators.0.claimed_points": 9})
    found = run_checks(submission, rulebook, score(submission, rulebook))
    page = opened(build_workbook(rulebook, submission, found))["检查结果"]
    links = {page.cell(n, 3).value: page.cell(n, 4).value for n in range(4, 4 + len(found))}
    targets = {code: pointed_at(link) for code, link in links.items()}
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
