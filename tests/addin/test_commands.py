"""What a command tells the person, and when it rather does nothing: on open workbooks in LibreOffice."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import xlwings as xw

from tests.workbook.patching import filled, places
from xl_selfeval import build_workbook
from xl_selfeval.addin import commands, press
from xl_selfeval.report import PdfUnavailable
from xl_selfeval.rulebook import find_rulebook
from xl_selfeval.workbook.layout import Spot

if TYPE_CHECKING:
    from tests.libreoffice.engine.live import Live

pytestmark = pytest.mark.office
STAFF, WEIGHT = ("unit", "staff"), ("items", 0, "indicators", 0, "max_points")
ITEM, CATEGORY = (("items", 0, "indicators", 0, key) for key in ("@item", "category"))


def cell(book: xw.Book, spot: Spot) -> xw.Range:
    return book.sheets[spot.sheet].range((spot.row + 1, spot.col + 1))


def folder(book: xw.Book) -> Path:
    return Path(book.fullname).parent


def test_a_form_without_weights_has_no_grade_yet(live: Live) -> None:
    told = commands.check(live.open(build_workbook(find_rulebook("mof-2020"))))
    assert "还没有能够计分的指标" in told and "等级" not in told


def test_check_tells_how_many_of_each_and_the_points(live: Live) -> None:
    book = live.open(filled())
    cell(book, places()[STAFF]).value = None
    told = commands.check(book)
    assert told.startswith("发现警告1项。") and "总分98.20分，等级：优。" in told


@pytest.mark.parametrize(("button", "what"), [("hand_in", "上报文件"), ("next_year", "下一年度的工作簿")])
def test_no_file_is_made_that_would_lack_what_could_not_be_read(live: Live, button: str, what: str) -> None:
    book = live.open(filled())
    cell(book, places()[STAFF]).value = "约八人"
    press(button)
    said = live.alerts[-1][0]
    assert said.startswith(f"有1处填写的内容读不出或对不上，{what}会与本表不同，没有生成：“基本情况”"), said
    assert [path.name for path in folder(book).glob("*.xlsx")] == [book.name]


def test_an_indicator_of_no_task_is_not_handed_in_under_another(live: Live) -> None:
    book = live.open(filled())
    cell(book, places()[ITEM]).value = 99
    press("hand_in")
    assert "“任务序号”填的是“99”" in live.alerts[-1][0]


def test_check_says_when_the_sheet_shows_other_points(live: Live) -> None:
    book = live.open(filled())
    assert "表中显示的是" not in commands.check(book)
    cell(book, places()[CATEGORY]).value = "产出"
    said = commands.check(book)
    assert "总分98.20分" in said and "表中显示的是90.6分" in said


def test_the_file_handed_in_is_not_made_again_from_itself(live: Live) -> None:
    first = live.open(filled())
    commands.hand_in(first)
    made = next(path for path in folder(first).glob("*（上报）.xlsx"))
    live.open(made, name=made.name)
    press("hand_in")
    assert live.alerts[-1][0].startswith(f"正打开的“{made.name}”就是上报文件")


def test_without_a_program_for_pdf_the_report_is_there_all_the_same(
    live: Live, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(word: bytes) -> bytes:
        raise PdfUnavailable("没有找到 Word 或 LibreOffice。")

    monkeypatch.setattr("xl_selfeval.report.to_pdf", missing)
    book = live.open(filled())
    press("export_pdf")
    said = live.alerts[-1][0]
    assert said.startswith("Word 报告已写到“") and said.endswith("没有生成 PDF：没有找到 Word 或 LibreOffice。")
    assert len(list(folder(book).glob("*自评报告.docx"))) == 1


def test_nothing_to_clear_and_nothing_to_rewrite_are_said(live: Live) -> None:
    book = live.open(filled())
    assert commands.clear_marks(book) == "没有需要清除的标记。"
    assert commands.normalise_entries(book) == "没有需要规范的数据。"
