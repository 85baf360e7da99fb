"""Buttons pressed with a real mouse on an unseen screen; what is seen before and after is kept as pictures."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import docx
import pytest
import xlwings as xw
from PIL import Image, ImageColor

from tests.libreoffice.forms import files, opened, sample, sample_form, sound_form
from tests.libreoffice.office import ROOT
from xl_selfeval.addin.marks import MARKER
from xl_selfeval.checks import Severity
from xl_selfeval.editions.texts import texts
from xl_selfeval.workbook.look import INPUT, MARKS
from xl_selfeval.workbook.sheets import FINDINGS_TITLE

if TYPE_CHECKING:
    from tests.libreoffice.engine.screen import Screen

pytestmark = [pytest.mark.office, pytest.mark.screen]

Colour = tuple[int, ...]
SAID = texts()


@pytest.fixture(scope="session")
def shots() -> Path:
    """Where the pictures are kept to be looked at: CI sets XL_SELFEVAL_SCREENSHOTS."""
    folder = Path(os.environ.get("XL_SELFEVAL_SCREENSHOTS") or ROOT / "out" / "screenshots")
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def fill(picture: Path, screen: Screen, book: xw.Book, cell: xw.Range) -> Colour:
    """The colour of a cell on a picture, near a corner where no text is."""
    area = screen.cell(book, cell)
    with Image.open(picture) as image:
        colour = image.convert("RGB").getpixel((area.left + 4, area.top + area.height - 4))
    assert isinstance(colour, tuple)
    return colour


def test_check_marks_what_it_found_and_clear_marks_leaves_no_trace(screen: Screen, shots: Path) -> None:
    book = opened(screen.live, sample_form())
    screen.show(book, "指标评分")
    before = screen.picture(shots / "1 检查之前.png")
    screen.click(book, "检查")
    assert book.sheets.active.name == FINDINGS_TITLE
    screen.picture(shots / "2 检查结果.png")
    screen.show(book, "指标评分")
    after = screen.picture(shots / "3 检查之后.png")
    note = min(book.sheets["指标评分"].notes, key=lambda found: (found.location.row, found.location.column))
    marked = note.location
    assert note.text.startswith(f"{MARKER}\n警告")
    assert fill(before, screen, book, marked) == ImageColor.getrgb(INPUT)
    assert fill(after, screen, book, marked) == ImageColor.getrgb(MARKS[Severity.WARNING])
    assert note.api.Shape.Width > 200  # Excel's own boxes are half as wide, and cut off what we say
    screen.point_at(screen.cell(book, marked))
    screen.wait_for_change(after)
    screen.picture(shots / "4 批注.png")
    screen.click(book, "清除标记")
    cleared = screen.picture(shots / "5 清除之后.png")
    assert fill(cleared, screen, book, marked) == ImageColor.getrgb(INPUT)
    assert [prompt[:4] for prompt, _ in screen.live.alerts] == ["发现错误", "已清除5"]


def test_export_report_writes_the_file_beside_the_book(screen: Screen, shots: Path) -> None:
    book = opened(screen.live, sample_form())
    screen.show(book, "评价结论")
    screen.click(book, "导出报告")
    screen.picture(shots / "6 导出报告.png")
    (name,) = files(book)
    assert name == f"{sample().unit.name}2023年度自评报告.docx"
    words = docx.Document(str(Path(book.fullname).with_name(name)))
    assert any(sample().unit.name in paragraph.text for paragraph in words.paragraphs)


def test_without_python_a_box_says_what_to_do_and_the_form_goes_on(screen: Screen, shots: Path) -> None:
    book = opened(screen.live, sound_form())
    screen.show(book, "指标评分")
    screen.live.python = False
    screen.press(book, "检查")
    assert screen.box(SAID["title"]) == SAID["no_python"]
    screen.picture(shots / "7 没有 Python.png")
    screen.close_box(SAID["title"])
    assert screen.live.alerts == []
    screen.live.python = True
    screen.click(book, "检查")
    assert screen.live.alerts[0][0].startswith("没有发现问题。")
