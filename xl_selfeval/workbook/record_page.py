"""The sheet 规范记录: what 规范数据 would rewrite, before → after. Empty and hidden until the button is pressed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xl_selfeval.workbook.pages import list_page
from xl_selfeval.workbook.sheets import RECORD_TITLE

if TYPE_CHECKING:
    from xl_selfeval.workbook.builder import Builder

HEADERS = ("位置", "项目", "改前", "改后", "状态")
WIDTHS = (20, 18, 44, 44, 24)
FIRST_ROW, STATE_COLUMN = 3, 4  # counted from 0
NOTHING_YET = "按“规范数据”按钮后，拟改的单元格逐条列在这里；同意后才改。"
LISTED = 10_000  # rows that are ready to show a change


def write_record_page(builder: Builder) -> None:
    """The empty list. Its columns bear the formats, so an add-in has only texts to write; 改前 and 改后 keep texts."""
    page = list_page(builder, RECORD_TITLE, NOTHING_YET, WIDTHS, HEADERS)
    styles = ("list_link", "list_text", "list_text", "list_text", "list_centre")
    for col, (width, style) in enumerate(zip(WIDTHS, styles, strict=True)):
        page.set_column(col, col, width, builder.look.style(style))
    last = FIRST_ROW + LISTED - 1
    filled = {"type": "formula", "criteria": f'=$B{FIRST_ROW + 1}<>""', "format": builder.look.box()}
    page.conditional_format(FIRST_ROW, 0, last, len(HEADERS) - 1, filled)
    page.hide()
