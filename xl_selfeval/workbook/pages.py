"""The two sheets that are only read: 检查结果 and 评分规则."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from xlsxwriter.worksheet import Worksheet

from xl_selfeval.checks import Finding, Severity
from xl_selfeval.rulebook.describe import rows as rule_lines
from xl_selfeval.workbook.layout import locate
from xl_selfeval.workbook.look import GOOD, HEADER_HEIGHT, WARN, WRONG, lines_needed, row_height
from xl_selfeval.workbook.sheets import FINDINGS_TITLE, RULES_TITLE

if TYPE_CHECKING:
    from xl_selfeval.workbook.builder import Builder

FINDING_HEADERS = ("序号", "程度", "代码", "位置", "问题", "处理建议", "依据")
FINDING_WIDTHS = (6, 8, 9, 18, 56, 46, 30)
RULE_HEADERS = ("类别", "项目", "规定", "依据")
RULE_WIDTHS = (18, 26, 60, 44)


def write_findings(builder: Builder, findings: Sequence[Finding] | None) -> None:
    """检查结果: one line a finding, each with a link to its cell; None means nothing has been checked yet."""
    page = _page(builder, FINDINGS_TITLE, _headline(findings), FINDING_WIDTHS, FINDING_HEADERS)
    colours = {Severity.ERROR: WRONG, Severity.WARNING: WARN, Severity.NOTE: GOOD}
    for n, found in enumerate(findings or (), start=1):
        cell, centre = builder.look.style("cell"), builder.look.style("cell_centre")
        page.write_number(n + 2, 0, n, centre)
        page.write_string(n + 2, 1, found.severity.label, centre)
        page.write_string(n + 2, 2, found.code, centre)
        spot = locate(found.path, builder.places)
        if spot:
            page.write_url(
                n + 2, 3, "internal:" + spot.absolute(), builder.look.style("link"), f"{spot.sheet} {spot.a1}"
            )
        else:
            page.write_string(n + 2, 3, "整份自评", cell)
        _texts(builder, page, n + 2, 4, (found.message, found.remedy, found.basis), FINDING_WIDTHS[4:])
    for severity, colour in colours.items():
        rule = {"type": "cell", "criteria": "==", "value": f'"{severity.label}"', "format": builder.look.fill(colour)}
        page.conditional_format(3, 1, max(3, len(findings or ()) + 2), 1, rule)


def _headline(findings: Sequence[Finding] | None) -> str:
    if findings is None:
        return "尚未检查。填好后用“检查”命令或 xl-selfeval check 检查，结果列在这里。"
    if not findings:
        return "没有发现问题。"
    counts = Counter(found.severity for found in findings)
    parts = "，".join(f"{severity.label}{counts[severity]}项" for severity in Severity if counts[severity])
    return f"共发现{len(findings)}项：{parts}。点“位置”可跳到相应单元格。"


def write_rules(builder: Builder) -> None:
    """评分规则: the rulebook in words, each number with its basis."""
    note = f"评分办法：{builder.rulebook.name}（{builder.rulebook.id}）。本表由评分办法文件生成，不可修改。"
    page = _page(builder, RULES_TITLE, note, RULE_WIDTHS, RULE_HEADERS)
    for n, line in enumerate(rule_lines(builder.rulebook), start=3):
        _texts(builder, page, n, 0, (line.section, line.item, line.rule, line.basis), RULE_WIDTHS)


def _texts(
    builder: Builder, page: Worksheet, row: int, first: int, texts: Sequence[str], widths: Sequence[float]
) -> None:
    """Texts side by side from column `first` on, in a row as high as the longest needs."""
    for col, text in enumerate(texts, start=first):
        page.write_string(row, col, text, builder.look.style("cell"))
    lines = max(lines_needed(text, width) for text, width in zip(texts, widths, strict=True))
    page.set_row(row, row_height(lines))


def _page(builder: Builder, title: str, note: str, widths: Sequence[float], headers: Sequence[str]) -> Worksheet:
    page = builder.book.get_worksheet_by_name(title)
    for col, width in enumerate(widths):
        page.set_column(col, col, width)
    page.set_row(0, 30)
    page.write_string(0, 0, title, builder.look.style("title"))
    page.merge_range(1, 0, 1, len(widths) - 2, note, builder.look.style("note"))
    page.set_row(1, row_height(lines_needed(note, sum(widths[:-1]))))
    page.set_row(2, HEADER_HEIGHT)
    page.write_url(1, len(widths) - 1, "internal:'填报说明'!A1", builder.look.style("plain_link"), "返回说明")
    for col, header in enumerate(headers):
        page.write_string(2, col, header, builder.look.style("header"))
    page.freeze_panes(3, 0)
    page.repeat_rows(2)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.set_margins(0.5, 0.5, 0.6, 0.6)
    page.set_footer("&L&A&R第 &P 页，共 &N 页")
    page.hide_gridlines(2)
    page.protect("", {"format_columns": True, "format_rows": True, "sort": True, "autofilter": True})
    return page
