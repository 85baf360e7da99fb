"""The two sheets that are only read: 检查结果 and 评分规则."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from xl_selfeval.checks import Finding, Severity
from xl_selfeval.rulebook.describe import rows as rule_lines
from xl_selfeval.workbook.finding_list import (
    FIRST_ROW,
    HEADER_ROW,
    HEADERS,
    KEY_COLUMN,
    WIDTHS,
    Cell,
    Formula,
    finding_rows,
    headline,
    height,
)
from xl_selfeval.workbook.formsheet import FormSheet
from xl_selfeval.workbook.look import HEADER_HEIGHT, lines_needed, row_height
from xl_selfeval.workbook.names import MARKS_NAME
from xl_selfeval.workbook.sheets import FINDINGS_TITLE, RULES_TITLE

if TYPE_CHECKING:
    from xl_selfeval.workbook.builder import Builder

LISTED = 10_000  # rows that are ready to show a finding
RULE_HEADERS = ("类别", "项目", "规定", "依据")
RULE_WIDTHS = (18, 26, 60, 44)


def write_findings(builder: Builder, findings: Sequence[Finding] | None) -> None:
    """检查结果: one line a finding, each with a link to its cell; None means nothing has been checked yet.

    The columns, and not the cells, bear the formats: so an add-in has only texts to write, and nothing to take back.
    What findings say stands in text columns, where it never becomes a formula or a date.
    """
    page = list_page(builder, FINDINGS_TITLE, headline(findings), WIDTHS, HEADERS[:-1])
    centre, text, link, bare = map(builder.look.style, ("list_centre", "list_text", "list_link", "list"))
    formats = (centre, centre, centre, link, text, text, text)
    for col, (width, style) in enumerate(zip(WIDTHS, formats, strict=True)):
        page.set_column(col, col, width, style)
    page.set_column(KEY_COLUMN, KEY_COLUMN, None, bare, {"hidden": True})
    page.write_string(HEADER_ROW, KEY_COLUMN, HEADERS[KEY_COLUMN], builder.look.style("header"))
    for row, cells in enumerate(finding_rows(findings or (), builder.places), start=FIRST_ROW):
        for col, cell in enumerate(cells):
            _finding_cell(page, row, col, cell, (*formats, bare)[col])
        page.set_growing_row(row, height(cells))
    builder.book.define_name(MARKS_NAME, f"='{FINDINGS_TITLE}'!{_whole_column(KEY_COLUMN)}")
    _colour_findings(builder, page)


def _finding_cell(page: FormSheet, row: int, col: int, cell: Cell, style: Format) -> None:
    if isinstance(cell, Formula):
        page.write_formula(row, col, cell.text, style, cell.value)
    elif isinstance(cell, int):
        page.write_number(row, col, cell, style)
    elif cell:
        page.write_string(row, col, cell, style)


def _colour_findings(builder: Builder, page: FormSheet) -> None:
    last = FIRST_ROW + LISTED - 1
    for severity in Severity:
        # With its border: LibreOffice takes only the first format that fits.
        rule = {"type": "cell", "criteria": "==", "value": f'"{severity.label}"'}
        page.conditional_format(FIRST_ROW, 1, last, 1, {**rule, "format": builder.look.mark(severity, boxed=True)})
    filled = {"type": "formula", "criteria": f'=$A{FIRST_ROW + 1}<>""', "format": builder.look.box()}
    page.conditional_format(FIRST_ROW, 0, last, KEY_COLUMN - 1, filled)


def _whole_column(col: int) -> str:
    letters = xl_col_to_name(col, col_abs=True)
    return f"{letters}:{letters}"


def write_rules(builder: Builder) -> None:
    """评分规则: the rulebook in words, each number with its basis."""
    note = f"评分办法：{builder.rulebook.name}（{builder.rulebook.id}）。本表由评分办法文件生成，不可修改。"
    page = list_page(builder, RULES_TITLE, note, RULE_WIDTHS, RULE_HEADERS)
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


def list_page(builder: Builder, title: str, note: str, widths: Sequence[float], headers: Sequence[str]) -> FormSheet:
    """The sheet `title` with its note and the headers of a list in its third row, protected and ready to print."""
    page: FormSheet = builder.book.get_worksheet_by_name(title)
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
