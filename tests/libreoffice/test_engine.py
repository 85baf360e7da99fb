"""The test engine keeps what it promises: commands meet in LibreOffice what they would meet in Excel."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import xlwings as xw

from tests.workbook.opening import opened
from xl_selfeval.rulebook import find_rulebook
from xl_selfeval.submission_file import SAMPLES, load_submission
from xl_selfeval.workbook.template import build_workbook

if TYPE_CHECKING:
    from tests.libreoffice.engine.live import Live

pytestmark = pytest.mark.office


@pytest.fixture(scope="module")
def filled() -> bytes:
    submission = load_submission(next(iter(sorted(SAMPLES.glob("*.yaml")))))
    return build_workbook(find_rulebook(submission.rulebook), submission)


@pytest.fixture
def book(live: Live, filled: bytes) -> xw.Book:
    return live.open(filled)


@pytest.fixture
def draft(live: Live) -> xw.Sheet:
    """An empty sheet in a new book."""
    return live.app.books.add().sheets.add("草稿 1")


# --- books and sheets -------------------------------------------------------------------------------------------------


def test_a_book_opens_under_the_name_it_is_given(live: Live, filled: bytes) -> None:
    made = live.open(filled, "鹿泉区 红十字会 2024.xlsx")
    assert made.name == "鹿泉区 红十字会 2024.xlsx"
    assert Path(made.fullname).is_file()
    assert [live.app.books.active, xw.Book.caller(), xw.books.active] == [made] * 3


def test_a_book_may_lie_in_a_cloud_or_nowhere(live: Live, filled: bytes) -> None:
    with pytest.raises(xw.XlwingsError):
        _ = live.open(filled, told="https://d.docs.live.net/1/自评表.xlsx").fullname
    new = live.open(filled, told="工作簿1")
    assert (new.name, new.fullname) == ("工作簿1", "工作簿1")


def test_a_saved_book_is_a_file_that_others_read(draft: xw.Sheet, tmp_path: Path) -> None:
    book = draft.book
    draft["A1"].value = "写入"
    book.save(tmp_path / "存 档.xlsx")
    assert opened((tmp_path / "存 档.xlsx").read_bytes())["草稿 1"]["A1"].value == "写入"
    assert book.name == "存 档.xlsx"


def test_what_is_not_there_is_an_error(book: xw.Book) -> None:
    with pytest.raises(Exception, match="no sheet"):
        _ = book.sheets["没有的表"]
    with pytest.raises(Exception, match="no address and no name"):
        _ = book.sheets[0]["没有的名称"]
    assert "没有的表" not in [sheet.name for sheet in book.sheets]


def test_the_selection_is_that_of_the_active_sheet(live: Live, book: xw.Book) -> None:
    book.sheets["指标评分"].activate()
    book.sheets["指标评分"]["B12:C13"].select()
    assert live.app.selection == book.selection == book.sheets["指标评分"]["B12:C13"]
    with pytest.raises(Exception, match="hidden"):
        book.sheets["模板信息"].activate()


# --- values -----------------------------------------------------------------------------------------------------------


def test_a_sheet_is_read_and_written_in_one_bulk_call(live: Live, book: xw.Book) -> None:
    sheet = book.sheets["指标评分"]
    values = sheet.used_range.options(ndim=2).value
    assert live.calls.reads == {"指标评分": 1}
    assert values[8][:2] == ["任务序号*", "一级指标*"]
    sheet["A30"].value = [[1, "数量"], [2, "=1+1"]]
    assert live.calls.writes == {"指标评分": 1}
    live.calls.reset()
    assert not live.calls.reads and not live.calls.writes


def test_values_come_back_as_they_went_in(draft: xw.Sheet) -> None:
    rows = [["文字", 1.5, None, True], ["二\n行", dt.datetime(2024, 3, 1), -3.0, "≥90%"]]
    draft["B2"].value = rows
    assert draft["B2:E3"].value == rows
    assert draft["B2:E3"].number_format is None
    draft["B2"].value = "=1+1"
    assert draft["B2"].value == 2
    draft["B2:C2"].clear_contents()
    assert draft["B2:C3"].value == [[None, None], ["二\n行", dt.datetime(2024, 3, 1)]]


@pytest.mark.parametrize(
    ("written", "read"),
    [("12", 12.0), ("90%", 0.9), ("1,200", 1200.0), ("true", True), ("'007", "007"), ("'=1+1", "=1+1"), ("=", "=")],
)
def test_excel_reads_a_text_as_what_it_looks_like(draft: xw.Sheet, written: str, read: object) -> None:
    draft["A1:B1"].value = [written, "字"]
    assert draft["A1:B1"].value == [read, "字"]
    assert draft["A1"].number_format == draft["B1"].number_format == "General"


@pytest.mark.parametrize("text", ["007", "=1+1", "'5", "2024-03-01"])
def test_a_text_cell_keeps_every_text(draft: xw.Sheet, text: str) -> None:
    draft["A1:B1"].number_format = "@"
    draft["A1:C1"].value = [text, 7, "=2*3"]
    assert draft["A1:C1"].value == [text, 7.0, 6.0]


def test_what_windows_would_spoil_is_refused(draft: xw.Sheet) -> None:
    with pytest.raises(TypeError, match="currency"):
        draft["A1"].value = Decimal("1.23456")
    with pytest.raises(ValueError, match="longer than a cell"):
        draft["A1"].value = "字" * 32768
    with pytest.raises(NotImplementedError):
        draft["A1:A2"].formula = "=B1"
    assert draft["A1"].value is None


def test_errors_are_none_or_their_texts(draft: xw.Sheet) -> None:
    draft["A1"].value = ["=1/0", "=NA()", "=NOPE(1)", '=VALUE("x")', "#N/A"]
    assert draft["A1:E1"].value == [None, None, None, None, "#N/A"]
    assert draft["A1:E1"].options(err_to_str=True).value == ["#DIV/0!", "#N/A", "#NAME?", "#VALUE!", "#N/A"]


def test_a_formula_reads_as_it_was_written(book: xw.Book) -> None:
    draft = book.sheets.add("草稿 1")
    written = "=IF('草稿 1'!B1>0,SUM(指标评分!$J$10:$J$12,1),\"a,'b'!C1;\")"
    draft["A1"].formula = written
    assert draft["A1"].formula == written
    draft["A2"].value = '=SUMPRODUCT({1,2;3,4})&"；"'
    assert (draft["A2"].value, draft["A2"].formula) == ("10；", '=SUMPRODUCT({1,2;3,4})&"；"')
    draft["A3"].value = [["普通", 3], ["'=文字", 4]]
    assert draft["A3:B4"].formula == (("普通", "3"), ("=文字", "4"))


def test_every_formula_of_the_template_is_read_as_libreoffice_reads_it(live: Live, book: xw.Book) -> None:
    """The quick translation against LibreOffice's own parser, which takes two milliseconds a formula."""
    from tests.libreoffice.engine.formulas import to_excel, to_office

    arrays = [sheet.used_range.impl.uno.getFormulaArray() for sheet in book.sheets]
    all_formulas = {text for array in arrays for row in array for text in row if re.match("=.", text)}
    by_shape = {re.sub(r"\d+", "0", text): text for text in all_formulas}  # rows repeat them
    formulas = list(by_shape.values())
    assert len(formulas) > 40
    parsed = live.office.help("Translated", book.impl.uno, tuple(text[1:] for text in formulas), True)
    assert [to_excel(text) for text in formulas] == [f"={text}" for text in parsed]
    assert [to_office(to_excel(text)) for text in formulas] == formulas


# --- names and notes --------------------------------------------------------------------------------------------------


def test_names_are_told_as_excel_tells_them(book: xw.Book) -> None:
    draft = book.sheets.add("草稿 1")
    unit = book.names["se_unit_name"]
    assert re.fullmatch(r"=基本情况!\$[A-Z]\$\d+", unit.refers_to)
    assert unit.refers_to_range.sheet.name == "基本情况"
    book.names.add("自己的", "='草稿 1'!$B$2:$C$3")
    draft.names.add("局部", "='草稿 1'!$D$4")
    assert {name.name: name.refers_to for name in book.names if "自己" in name.name or "草稿" in name.name} == {
        "自己的": "='草稿 1'!$B$2:$C$3",
        "'草稿 1'!局部": "='草稿 1'!$D$4",
    }
    assert draft["自己的"].address == "$B$2:$C$3"
    assert "指标评分!Print_Area" in [name.name for name in book.names]
    book.names["自己的"].delete()
    assert "自己的" not in book.names


def test_a_note_is_added_read_and_deleted(book: xw.Book) -> None:
    sheet = book.sheets["基本情况"]
    assert sheet["B5"].note is None
    sheet["B5"].add_note("【检查】第一行\n第二行")
    sheet["B6"].add_note("另一条")
    assert [(note.location.address, note.text) for note in sheet.notes] == [
        ("$B$5", "【检查】第一行\n第二行"),
        ("$B$6", "另一条"),
    ]
    sheet["B5"].note.text = "改过"
    assert sheet["B5"].note.text == "改过"
    sheet["B5"].note.delete()
    assert [note.text for note in sheet.notes] == ["另一条"]
    assert sheet.api.ProtectContents


# --- looks ------------------------------------------------------------------------------------------------------------


def test_fill_format_and_height_are_set_and_read(draft: xw.Sheet) -> None:
    assert draft["A1"].color is None
    draft["A1:B2"].color = "#FFE699"
    assert draft["B2"].color == (255, 230, 153)
    draft["A1"].color = None
    assert draft["A1"].color is None
    draft["A1"].number_format = "0.00%"
    draft["A2"].number_format = "yyyy-mm-dd"
    assert (draft["A1"].number_format, draft["A2"].number_format) == ("0.00%", "yyyy-mm-dd")
    draft["A1:A2"].row_height = 30
    assert draft["A1:A2"].row_height == pytest.approx(30, abs=0.1)
    draft["A1"].value = "一\n二\n三"
    draft["A1"].wrap_text = True
    draft["A1"].rows.autofit()
    assert draft["A1"].row_height > draft["A3"].row_height * 2
    draft["2:3"].rows.hidden = True
    assert (draft["2:3"].rows.hidden, draft["1:3"].rows.hidden) == (True, None)


def test_an_area_ends_where_its_contents_end(draft: xw.Sheet) -> None:
    draft["B2"].value = [[1, 2, 3], [4, None, 6], [7, 8, 9]]
    assert draft.used_range.address == "$B$2:$D$4"
    assert draft["B2"].expand().address == "$B$2:$D$4"
    assert draft["B2"].current_region.address == "$B$2:$D$4"
    ends = {way: draft["C2"].end(way).address for way in ("down", "right", "left", "up")}
    assert ends == {"down": "$C$4", "right": "$D$2", "left": "$B$2", "up": "$C$1"}
    assert draft["C9"].end("up").address == "$C$4"


def test_a_fill_makes_an_area_used_and_the_last_cell_is_found_in_it(draft: xw.Sheet) -> None:
    draft["B2"].value = [["a", "=A1&A2"], [None, 3], ["#N/A", None]]
    draft["E:E"].color = "#FFE699"
    used = draft.used_range
    assert used.address == "$B$1:$E$1048576"
    assert [found(used, order) for order in ("rows", "columns")] == ["$B$4", "$C$3"]
    draft["4:4"].rows.hidden = True
    assert found(used, "rows") == "$C$3"  # what is hidden is not found among values
    assert draft["E5:F9"].find("*", direction="backward") is None
    with pytest.raises(NotImplementedError, match="last filled cell only"):
        used.find("a", direction="backward")


def found(area: xw.Range, order: str) -> str | None:
    cell = area.find("*", direction="backward", order=order)
    return cell.address if isinstance(cell, xw.Range) else None
