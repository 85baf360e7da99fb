"""The sheet buttons: where the hand is, beside each other and beside the title."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

import openpyxl
import pytest

from xl_selfeval.editions.buttons import GAP, TOP, spread, width
from xl_selfeval.editions.ribbon import buttons
from xl_selfeval.workbook.guide import HEADLINE

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
EXCEL = "{urn:schemas-microsoft-com:office:excel}"
PIXEL = 0.75  # points
SMALL_SCREEN = 1180  # pixels of a sheet that are seen on a screen 1366 wide
WANTED = {
    "填报说明": ["检查", "导出报告", "生成上报文件", "结转下一年度", "诊断"],
    "基本情况": ["检查", "增加行"],
    "收支决算": ["检查", "增加行"],
    "绩效目标": ["检查", "增加行"],
    "指标评分": ["检查", "清除标记", "规范数据", "增加行"],
    "评价结论": ["检查", "增加行", "导出报告", "导出PDF", "导出自评表", "生成上报文件"],
    "自评工作": ["检查", "增加行"],
    "问题与改进": ["检查", "增加行"],
    "评价工作组": ["检查", "增加行"],
    "检查结果": ["检查", "清除标记"],
}


class Seen(NamedTuple):
    """A button as its drawing shows it: words, macro, edges in points from the left of the sheet."""

    caption: str
    macro: str
    left: float
    right: float


Sheets = dict[str, list[Seen]]


@pytest.fixture(scope="module")
def sheets(xlsm: Path) -> Sheets:
    """The buttons of each sheet that has any, from left to right."""
    with zipfile.ZipFile(xlsm) as package:
        book = ElementTree.fromstring(package.read("xl/workbook.xml"))
        titles = [node.attrib["name"] for node in book.iter(f"{MAIN}sheet")]
        found = {title: _buttons(package, number) for number, title in enumerate(titles, start=1)}
    return {title: made for title, made in found.items() if made}


def _buttons(package: zipfile.ZipFile, number: int) -> list[Seen]:
    """The buttons in the drawing of the sheet `number`."""
    relations = f"xl/worksheets/_rels/sheet{number}.xml.rels"
    if relations not in package.namelist():
        return []
    drawing = re.search(rb"drawings/(vmlDrawing\d+\.vml)", package.read(relations))
    root = ElementTree.fromstring(package.read(f"xl/drawings/{drawing[1].decode()}")) if drawing else ()
    return [_seen(shape) for shape in root if shape.find(f".//{EXCEL}FmlaMacro") is not None]


def _seen(shape: ElementTree.Element) -> Seen:
    style = dict(part.split(":") for part in shape.attrib["style"].split(";") if ":" in part)
    left, wide = (float(style[key].removesuffix("pt")) for key in ("margin-left", "width"))
    caption = "".join(next(iter(shape.iter("font"))).itertext())
    return Seen(caption, shape.findtext(f".//{EXCEL}FmlaMacro", ""), left, left + wide)


def test_each_sheet_has_the_buttons_that_are_wanted_there(sheets: Sheets) -> None:
    assert {name: [seen.caption for seen in made] for name, made in sheets.items()} == WANTED


def test_each_runs_the_macro_of_its_caption(sheets: Sheets) -> None:
    macros = {button.label: button.macro for button in buttons().values()}
    for made in sheets.values():
        for seen in made:
            assert seen.macro == f"[0]!{macros[seen.caption]}"


def test_none_covers_another_or_lies_beyond_a_small_screen(sheets: Sheets) -> None:
    for made in sheets.values():
        edges = [edge for seen in made for edge in (seen.left, seen.right)]
        assert edges == sorted(edges)
        assert edges[-1] <= SMALL_SCREEN * PIXEL


def test_they_begin_where_the_title_ends_and_keep_their_distance() -> None:
    lefts = spread(HEADLINE, ("check", "diagnose"))
    assert lefts["check"] >= 24 * len(HEADLINE)  # 18 points are 24 pixels, the width of a Chinese character
    assert lefts["diagnose"] == lefts["check"] + width(buttons()["check"]) + GAP
    assert TOP > 0


def test_nothing_but_the_title_stands_in_their_row(xlsm: Path) -> None:
    book = openpyxl.load_workbook(xlsm, read_only=True)
    for name in WANTED:
        first = next(book[name].iter_rows(min_row=1, max_row=1, values_only=True))
        assert [value for value in first if value is not None] == [first[0]]
    book.close()


def test_they_are_not_printed(xlsm: Path) -> None:
    with zipfile.ZipFile(xlsm) as package:
        drawings = [package.read(n).decode() for n in package.namelist() if n.endswith(".vml")]
    made = "".join(drawings)
    assert made.count('ObjectType="Button"') == sum(map(len, WANTED.values()))
    assert made.count("<x:PrintObject>False</x:PrintObject>") == made.count('ObjectType="Button"')
