"""The open workbook is read as its file is, in one bulk read a sheet."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import xlwings as xw

from tests.workbook.patching import filled, layout, places, sound
from xl_selfeval.addin.livebook import KEPT_COLUMNS, KEPT_ROWS, _last_cell, live_cells, read_live
from xl_selfeval.rulebook import find_rulebook
from xl_selfeval.submission_file import SAMPLES, load_submission
from xl_selfeval.workbook.cells import Cells, UnreadableError, read_cells
from xl_selfeval.workbook.layout import INDICATORS, Spot
from xl_selfeval.workbook.reader import read_submission, read_workbook
from xl_selfeval.workbook.template import build_workbook

if TYPE_CHECKING:
    from tests.libreoffice.engine.live import Live

office = pytest.mark.office
SCORES = layout().table(INDICATORS)
ACTUAL = ("items", 0, "indicators", 0, "actual")


@pytest.fixture
def book(live: Live) -> xw.Book:
    opened = live.open(filled())
    for sheet in opened.sheets:
        sheet.api.Unprotect()
    live.calls.reset()
    return opened


def cell(book: xw.Book, spot: Spot) -> xw.Range:
    return book.sheets[spot.sheet].range((spot.row + 1, spot.col + 1))


def as_saved(book: xw.Book, tmp_path: Path) -> Cells:
    """The cells of the file that the open workbook is saved as."""
    book.save(tmp_path / "另存.xlsx")
    return read_cells(tmp_path / "另存.xlsx")


@office
@pytest.mark.parametrize("sample", sorted(SAMPLES.glob("*.yaml")), ids=lambda file: file.stem)
def test_an_open_workbook_reads_as_its_file_does(live: Live, sample: Path, tmp_path: Path) -> None:
    submission = load_submission(sample)
    file = tmp_path / "自评表.xlsx"
    file.write_bytes(build_workbook(find_rulebook(submission.rulebook), submission))
    reading = read_live(live.open(file))
    assert reading == read_workbook(file)
    assert reading.submission == submission


@office
def test_each_sheet_is_read_once(live: Live, book: xw.Book) -> None:
    read_live(book)
    assert live.calls.reads == {sheet.name: 1 for sheet in book.sheets}
    assert not live.calls.writes


@office
def test_what_has_no_list_takes_few_questions(book: xw.Book, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def counted(question: str, ask: Callable[[xw.Range], object]) -> property:
        def answer(cells: xw.Range) -> object:
            asked.append(question)
            return ask(cells)

        return property(answer)

    for question in ("merge_cells", "merge_area", "number_format"):
        monkeypatch.setattr(xw.Range, question, counted(question, getattr(xw.Range, question).fget))
    cells = live_cells(book)
    assert (cells.merged, cells.percent) == ({}, frozenset())
    assert asked.count("merge_cells") <= len(layout().placed) and asked.count("merge_area") <= 3
    assert "number_format" not in asked  # there is no number among targets and actuals


@office
def test_errors_dates_and_booleans_are_known(book: xw.Book, tmp_path: Path) -> None:
    spots = [places()[("unit", "staff")], places()[ACTUAL]]
    for spot, formula in zip(spots, ("=1/0", '=VLOOKUP("无",$A$1:$A$2,1,FALSE)'), strict=True):
        cell(book, spot).number_format = "General"
        cell(book, spot).formula = formula
    cells = live_cells(book)
    assert {spot: cells.errors[spot] for spot in spots} == dict(zip(spots, ("#DIV/0!", "#N/A"), strict=True))
    assert [cells.value(spot) for spot in spots] == ["", ""]
    codes = [found.code for found in read_submission(cells, "自评表.xlsx").findings]
    assert codes == [found.code for found in read_submission(as_saved(book, tmp_path), "自评表.xlsx").findings]
    assert codes.count("CEL02") == 2


@office
def test_cells_merged_over_rows_are_found_as_in_the_file(book: xw.Book, tmp_path: Path) -> None:
    page = book.sheets[SCORES.sheet.title]
    first = SCORES.top + 2
    for top, left, bottom, right in (
        (first, 1, first + 2, 1),
        (first, 2, first + 1, 2),
        (first + 3, 14, first + 3, 15),
        (first + 5, 3, first + 20, 4),
    ):
        page.range((top, left), (bottom, right)).merge()
    duty = places()[("duties", 0)]
    book.sheets[duty.sheet].range((duty.row + 1, 1), (duty.row + 2, 5)).unmerge()
    book.sheets[duty.sheet].range((duty.row + 2, 1)).value = None
    book.sheets[duty.sheet].range((duty.row + 1, 1), (duty.row + 2, 5)).merge()
    merged = live_cells(book).merged
    saved = as_saved(book, tmp_path).merged
    assert {title: list(areas) for title, areas in merged.items()} == {t: sorted(a) for t, a in saved.items() if a}
    assert len(merged[SCORES.sheet.title]) == 3


@office
def test_numbers_shown_as_percentages_are_found_as_in_the_file(book: xw.Book, tmp_path: Path) -> None:
    rows = [n for n in range(3) if ("items", 0, "indicators", n, "actual") in places()]
    spots = [places()[("items", 0, "indicators", n, key)] for n in rows for key in ("actual", "target")]
    for spot, shown in zip(spots, ("0.0%", "0%", "0.00", '0.0"%"', "0.00%", "General"), strict=False):
        cell(book, spot).number_format = shown
        cell(book, spot).value = 0.9
    cells, saved = live_cells(book), as_saved(book, tmp_path)
    assert cells.percent & {*spots} == saved.percent & {*spots} != frozenset()
    assert read_submission(cells, "表").submission == read_submission(saved, "表").submission


@office
def test_renamed_hidden_and_empty_sheets_are_no_trouble(book: xw.Book) -> None:
    book.sheets["指标评分"].name = "指标（2024）"
    book.sheets["指标（2024）"].range("12:13").rows.hidden = True
    book.sheets["评价工作组"].visible = False
    book.sheets.add("空表")
    book.sheets.add("通讯录")["H900"].value = "张三"
    reading = read_live(book)
    assert (reading.submission, reading.findings) == (sound(), [])
    assert reading.places[ACTUAL] == places()[ACTUAL]._replace(sheet="指标（2024）")


@office
def test_a_sheet_that_was_deleted_is_reported(book: xw.Book) -> None:
    book.sheets["指标评分"].delete()
    assert "CEL08" in [found.code for found in read_live(book).findings]


@office
def test_a_workbook_that_is_not_ours_is_named(live: Live, book: xw.Book) -> None:
    for sheet in list(book.sheets)[:-1]:
        sheet.delete()
    book.sheets[0].clear()
    with pytest.raises(UnreadableError, match=r"^“自评 表\.xlsx”不是本系统的自评表，请打开下发的自评表填写"):
        read_live(book)


@office
@pytest.mark.parametrize("columns", ["C:C", "A:XFD"])
def test_whole_columns_that_are_coloured_change_nothing(live: Live, book: xw.Book, columns: str) -> None:
    plain = read_live(book)
    for title in ("指标评分", "绩效目标"):
        book.sheets[title].range(columns).color = (255, 230, 153)
    live.calls.reset()
    assert read_live(book) == plain
    assert live.calls.reads == {sheet.name: 1 for sheet in book.sheets}


@office
def test_of_coloured_columns_no_more_is_read_than_may_be_filled(book: xw.Book) -> None:
    page = book.sheets["指标评分"]
    rows, columns = _last_cell(page)
    page.range("C:C").color = (255, 230, 153)
    assert _last_cell(page) == (KEPT_ROWS, columns)
    page.range("A150000").value = "远处的备注"
    assert _last_cell(page) == (150_000, columns)
    page.range("A150000").value = None
    page.range(f"{rows - 3}:{rows}").rows.hidden = True  # which no search sees
    assert _last_cell(page) == (KEPT_ROWS, columns)
    page.range("A:XFD").color = (255, 230, 153)
    assert _last_cell(page) == (KEPT_ROWS, KEPT_COLUMNS)
    empty = book.sheets.add("空表")
    empty.range("A:XFD").color = (255, 230, 153)
    assert _last_cell(empty) == (KEPT_ROWS, KEPT_COLUMNS)


@office
@pytest.mark.parametrize(
    ("filled", "named"),
    [(["ZZ30000"], "ZZ30000"), (["A1048576", "XFD5"], "A1048576"), (["XFD5", "B2000"], "XFD5")],
)
def test_a_cell_too_far_out_is_named(book: xw.Book, filled: list[str], named: str) -> None:
    for address in filled:
        book.sheets["绩效目标"].range(address).value = "x"
    where = f"“{book.name}”在“绩效目标”的 {named} 有内容，离表格太远，请删去该单元格所在的行和列后再试"
    with pytest.raises(UnreadableError, match=f"^{re.escape(where)}$"):
        read_live(book)
