"""The Word template and its readable source."""

from __future__ import annotations

import io
import re
import zipfile

import docx
import pytest
from docx.enum.text import WD_LINE_SPACING
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from lxml import etree

from xl_selfeval.report import gongwen
from xl_selfeval.report.source import SourceError, parse
from xl_selfeval.report.word import TEMPLATES, build

SOURCES = sorted(TEMPLATES.glob("*.txt"))
LUQUAN = TEMPLATES / "luquan.docx"


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.stem)
def test_the_committed_template_is_built_from_its_source(source: object) -> None:
    from pathlib import Path

    assert isinstance(source, Path)
    built = build(source.read_text(encoding="utf-8"))
    assert built == source.with_suffix(".docx").read_bytes(), "run: python -m xl_selfeval.report.word"


@pytest.mark.parametrize(
    ("source", "line"),
    [
        ("正文: 好\n正丈: 坏", 2),
        ("表格: 表格 ｜ 46左\n行: 甲", 1),
        ("\n\n表格: 表格 ｜ 46左 20右\n行: 甲\n表格完", 3),
        ("表格: 表格 ｜ 宽左\n行: 甲\n表格完", 1),
    ],
)
def test_a_faulty_line_of_the_source_is_named(source: str, line: int) -> None:
    with pytest.raises(SourceError, match=f"第{line}行"):
        list(parse(source))


def test_page_and_margins() -> None:
    section = docx.Document(str(LUQUAN)).sections[0]
    size = (section.page_width, section.page_height)
    margins = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    wanted = [Mm(210), Mm(297), Mm(37), Mm(35), Mm(28), Mm(26)]
    for measured, asked in zip(size + margins, wanted, strict=True):
        assert measured is not None and abs(measured - asked) < Pt(0.1)  # OOXML counts in twentieths of a point


def test_the_numbers_of_the_standard() -> None:
    assert gongwen.LINE_PITCH * gongwen.LINES <= gongwen.TEXT_HEIGHT < gongwen.LINE_PITCH * (gongwen.LINES + 1)
    pitch = gongwen.BODY_SIZE + gongwen.CLOSER
    assert pitch * gongwen.CHARACTERS <= gongwen.TEXT_WIDTH < pitch * (gongwen.CHARACTERS + 1)


@pytest.mark.parametrize(
    ("style", "font", "size", "level"),
    [
        ("Title", "方正小标宋简体", 22, None),
        ("公文正文", "仿宋_GB2312", 16, None),
        ("Heading 1", "黑体", 16, 0),
        ("Heading 2", "楷体_GB2312", 16, 1),
        ("Heading 3", "仿宋_GB2312", 16, 2),
        ("Footer", "宋体", 14, None),
    ],
)
def test_faces(style: str, font: str, size: int, level: int | None) -> None:
    styles = docx.Document(str(LUQUAN)).styles
    chain = [styles[style]]
    while chain[-1].base_style is not None:
        chain.append(chain[-1].base_style)
    fonts = next(one.element.rPr.rFonts for one in chain if one.element.rPr is not None and one.font.name)
    assert {fonts.get(qn(f"w:{kind}")) for kind in ("eastAsia", "ascii", "hAnsi", "cs")} == {font}
    assert next(one.font.size for one in chain if one.font.size) == Pt(size)
    colours = [one.font.color.rgb for one in chain if one.font.color is not None and one.font.color.rgb is not None]
    assert str(colours[0]) == "000000"
    outline = styles[style].element.find(f".//{qn('w:outlineLvl')}")
    assert (None if outline is None else int(outline.get(qn("w:val")))) == level


def test_body_paragraphs() -> None:
    body = docx.Document(str(LUQUAN)).styles["公文正文"].element
    assert body.pPr.ind.get(qn("w:firstLineChars")) == "200"
    assert body.pPr.spacing.get(qn("w:line")) == "579" and body.pPr.spacing.get(qn("w:lineRule")) == "exact"
    assert docx.Document(str(LUQUAN)).styles["公文正文"].paragraph_format.line_spacing_rule is WD_LINE_SPACING.EXACTLY
    normal = docx.Document(str(LUQUAN)).styles["Normal"].element.pPr
    off = [child.tag for child in normal if child.get(qn("w:val")) == "0"]
    assert {qn("w:widowControl"), qn("w:overflowPunct"), qn("w:autoSpaceDE"), qn("w:autoSpaceDN")} <= set(off)


@pytest.mark.parametrize(("part", "side"), [("footer1", "right"), ("footer2", "left")])
def test_page_numbers_stand_outside(part: str, side: str) -> None:
    with zipfile.ZipFile(LUQUAN) as archive:
        footer = etree.fromstring(archive.read(f"word/{part}.xml"))
        relations = archive.read("word/_rels/document.xml.rels").decode()
        settings = archive.read("word/settings.xml").decode()
    assert "".join(footer.itertext()) == "— PAGE1 —"
    assert footer.find(f".//{qn('w:jc')}").get(qn("w:val")) == side
    assert footer.find(f".//{qn('w:ind')}").get(qn(f"w:{side}Chars")) == "100"
    ident = re.search(rf'Id="(\w+)"[^>]*{part}', relations)
    assert ident is not None and "evenAndOddHeaders" in settings
    section = docx.Document(str(LUQUAN)).sections[0]._sectPr
    kinds = {ref.get(qn("r:id")): ref.get(qn("w:type")) for ref in section.findall(qn("w:footerReference"))}
    assert kinds[ident[1]] == ("default" if side == "right" else "even")


def test_tables_are_laid_out_alike_everywhere() -> None:
    for table in docx.Document(str(LUQUAN)).tables:
        element = table._tbl
        grid = [int(column.get(qn("w:w"))) for column in element.tblGrid]
        total = int(element.tblPr.find(qn("w:tblW")).get(qn("w:w")))
        assert element.tblPr.find(qn("w:tblLayout")).get(qn("w:type")) == "fixed"
        assert total == sum(grid) <= gongwen.TEXT_WIDTH.twips + 1
        for row in element.tr_lst:
            widths = [int(cell.tcPr.find(qn("w:tcW")).get(qn("w:w"))) for cell in row.tc_lst]
            assert widths in (grid, [total])
            assert row.trPr.find(qn("w:cantSplit")) is not None
        heads = [row.trPr.find(qn("w:tblHeader")) is not None for row in element.tr_lst]
        assert heads == [True] + [False] * (len(heads) - 1)


def test_rules_are_half_a_point() -> None:
    with zipfile.ZipFile(LUQUAN) as archive:
        styles = etree.fromstring(archive.read("word/styles.xml"))
    borders = styles.find(f".//{qn('w:tblBorders')}")
    assert {rule.get(qn("w:sz")) for rule in borders} == {"4"}  # eighths of a point


def test_chinese_document_without_japanese_faces() -> None:
    with zipfile.ZipFile(LUQUAN) as archive:
        names = archive.namelist()
        everything = b"".join(archive.read(name) for name in names).decode()
    assert not [name for name in names if "theme" in name or "thumbnail" in name]
    assert 'w:eastAsia="zh-CN"' in everything and "ja-JP" not in everything
    assert not re.search("MS (Mincho|Gothic)|Yu (Mincho|Gothic)", everything)


def test_every_style_of_the_source_exists_in_word() -> None:
    names = {style.name for style in docx.Document(io.BytesIO(LUQUAN.read_bytes())).styles}
    assert {style.name for style in gongwen.CHARACTER_STYLES} <= names
    assert {"公文正文", "表题", "表格小字", "署名", "成文日期", "Title", "Heading 1"} <= names
