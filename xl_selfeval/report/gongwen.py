"""The page, the faces and the paragraph styles of an official document (GB/T 9704-2012), as data.

Numbers: `domain/gongwen.md`; what is common practice and not the standard's text is marked (practice). Lengths are
`docx.shared.Length`, never bare numbers; what OOXML counts in other units is converted where it is written.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from docx.shared import Length, Mm, Pt

PAPER_WIDTH, PAPER_HEIGHT = Mm(210), Mm(297)
MARGIN_TOP, MARGIN_LEFT, MARGIN_BOTTOM, MARGIN_RIGHT = Mm(37), Mm(28), Mm(35), Mm(26)
TEXT_WIDTH = Length(PAPER_WIDTH - MARGIN_LEFT - MARGIN_RIGHT)
TEXT_HEIGHT = Length(PAPER_HEIGHT - MARGIN_TOP - MARGIN_BOTTOM)
LINES, CHARACTERS = 22, 28
"""版心: lines a page and characters a line."""
LINE_PITCH = Pt(28.95)
"""22 of them fill 225 mm; at 29 pt the last line would stand 0.2 pt outside."""
FOOTER_SIZE = Pt(14)
DASH_BELOW_TEXT = Mm(7)
"""The dash of the page number stands 7 mm below the 版心."""
FOOTER_DISTANCE = Length(MARGIN_BOTTOM - DASH_BELOW_TEXT - FOOTER_SIZE // 2)

TITLE_SIZE, BODY_SIZE, CELL_SIZE, SMALL_CELL_SIZE = Pt(22), Pt(16), Pt(12), Pt(10.5)
"""2号, 3号; table cells 小四 and 五号 (practice: 4号–5号)."""
CLOSER = Pt(-0.25)
"""Added to each character of the body: 28 × (16 − 0.25) pt = 441 pt fit into 156 mm = 442 pt, 28 × 16 pt do not.

A document grid of characters with a negative charSpace would do the same in Word, but LibreOffice 7.4 then gives
every character two cells of it; so the grid holds the lines and the spacing the characters, in every program alike.
"""
TITLE_PITCH, CELL_PITCH, SMALL_CELL_PITCH = Pt(35), Pt(18), Pt(15)
CELL_MARGIN, CELL_MARGIN_ABOVE = Mm(1.2), Mm(0.5)
RULE = Pt(0.5)
SIGNATURE_ROW = Mm(13)
"""Room for a signature by hand (practice)."""

BLACK, AMBER, GREY = "000000", "B45309", "808080"

FANGSONG, KAITI, HEITI, SONGTI, XIAOBIAOSONG = "仿宋_GB2312", "楷体_GB2312", "黑体", "宋体", "方正小标宋简体"
FONTS = {FANGSONG: "仿宋", KAITI: "楷体", HEITI: "SimHei", SONGTI: "SimSun", XIAOBIAOSONG: "方正小标宋_GBK"}
"""Faces asked for, each with the name a program may take in its place."""


@dataclass(frozen=True)
class Face:
    """How characters look. None leaves it to the style below."""

    font: str | None = None
    size: Length | None = None
    bold: bool | None = None
    colour: str | None = None
    spacing: Length | None = None
    """Added after each character."""


@dataclass(frozen=True)
class Paragraph:
    """A paragraph style: `name` is what Word's list shows, `source` the word that the template source uses."""

    id: str
    name: str
    source: str
    face: Face
    based_on: str = "Normal"
    align: Literal["left", "center", "right", "both"] | None = None
    indent_chars: float | None = None
    """First line, in characters."""
    left_chars: float | None = None
    right_chars: float | None = None
    pitch: Length | None = None
    """Exact line pitch."""
    before: Length | None = None
    after: Length | None = None
    on_grid: bool | None = None
    keep_next: bool = False
    keep_lines: bool = False
    outline: int | None = None
    """Level in the navigation pane, 0 the highest."""
    boxed: bool = False
    next: str | None = None
    new_page: bool = False


@dataclass(frozen=True)
class Character:
    """A character style."""

    id: str
    name: str
    face: Face


def _cell(ident: str, name: str, source: str, face: Face, pitch: Length) -> Paragraph:
    """Cells keep off the grid, which would spread 12 pt text to 16 pt cells."""
    return Paragraph(ident, name, source, face, pitch=pitch, on_grid=False)


PARAGRAPHS: tuple[Paragraph, ...] = (
    Paragraph(
        "Title",
        "Title",
        "标题",
        Face(XIAOBIAOSONG, TITLE_SIZE),
        align="center",
        pitch=TITLE_PITCH,
        after=LINE_PITCH,
        on_grid=False,
        keep_next=True,
        keep_lines=True,
        next="Body",
    ),
    Paragraph("Body", "公文正文", "正文", Face(spacing=CLOSER), align="both", indent_chars=2, pitch=LINE_PITCH),
    Paragraph(
        "Heading1", "heading 1", "一级标题", Face(HEITI), based_on="Body", keep_next=True, outline=0, next="Body"
    ),
    Paragraph(
        "Heading2", "heading 2", "二级标题", Face(KAITI), based_on="Body", keep_next=True, outline=1, next="Body"
    ),
    Paragraph("Heading3", "heading 3", "三级标题", Face(), based_on="Body", keep_next=True, outline=2, next="Body"),
    Paragraph(
        "Notice",
        "示例说明",
        "说明框",
        Face(KAITI, CELL_SIZE, colour=AMBER),
        align="both",
        pitch=Pt(20),
        after=Pt(9),
        on_grid=False,
        keep_lines=True,
        boxed=True,
        next="Body",
    ),
    Paragraph(
        "TableTitle",
        "表题",
        "表题",
        Face(HEITI, CELL_SIZE),
        align="center",
        pitch=Pt(24),
        before=Pt(6),
        on_grid=False,
        keep_next=True,
    ),
    Paragraph(
        "TableUnit",
        "表单位",
        "表单位",
        Face(None, SMALL_CELL_SIZE),
        align="right",
        pitch=SMALL_CELL_PITCH,
        on_grid=False,
        keep_next=True,
    ),
    Paragraph(
        "TableNote",
        "表注",
        "表注",
        Face(None, SMALL_CELL_SIZE),
        align="both",
        pitch=SMALL_CELL_PITCH,
        before=Pt(3),
        after=Pt(9),
        on_grid=False,
    ),
    _cell("Cell", "表格文字", "表格", Face(None, CELL_SIZE), CELL_PITCH),
    _cell("SmallCell", "表格小字", "小表格", Face(None, SMALL_CELL_SIZE), SMALL_CELL_PITCH),
    Paragraph(
        "Signature",
        "署名",
        "署名",
        Face(),
        align="right",
        pitch=LINE_PITCH,
        before=LINE_PITCH,
        right_chars=2,
        keep_next=True,
    ),
    Paragraph("Date", "成文日期", "成文日期", Face(), align="right", pitch=LINE_PITCH, right_chars=4),
    Paragraph("Annex", "附页标题", "附页标题", Face(HEITI), based_on="Body", keep_next=True, outline=0, new_page=True),
    Paragraph("Tag", "模板标签", "标签", Face("Consolas", Pt(9), colour=GREY), pitch=Pt(12), on_grid=False),
    Paragraph("Footer", "footer", "页脚", Face(SONGTI, FOOTER_SIZE), pitch=FOOTER_SIZE, on_grid=False),
)

CHARACTER_STYLES: tuple[Character, ...] = (
    Character("Label", "段首标签", Face(bold=True)),
    Character("RunIn", "段首标题", Face(KAITI)),
    Character("HeadCell", "表头文字", Face(HEITI)),
    Character("Example", "示例", Face(colour=AMBER)),
    Character("Condition", "模板条件", Face("Consolas", Pt(9), colour=GREY)),
)
