"""The open workbook is read as its file is, in one bulk read a sheet."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

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


class Used:
    """A used area of so many rows and columns whose last filled cells are `low` and `right`."""

    row = column = 1

    def __init__(self, rows: int, columns: int, low: tuple[int, int] | None, right: tuple[int, int] | None) -> None:
        self.shape, self.last = (rows, columns), {"rows": low, "columns": right}

    def find(self, text: str, *, direction: str, order: str) -> object:
        assert (text, direction) == ("*", "backward")
        spot = self.last[order]
        return Found(spot) if spot else None


class Found(xw.Range):
    def __init__(self, spot: tuple[int, int]) -> None:
        self.spot = spot

    row = property(lambda self: self.spot[0])
    column = property(lambda self: self.spot[1])

    def get_address(self, *absolute: bool) -> str:
        return f"第{self.spot[0]}行第{self.spot[1]}列"


def last_cell(*used: Any) -> tuple[int, int]:
    sheet: Any = SimpleNamespace(name="表1", used_range=Used(*used), book=SimpleNamespace(name="自评表.xlsx"))
    return _last_cell(sheet)


def test_of_whole_columns_that_are_only_coloured_no_more_is_read_than_may_be_filled() -> None:
    assert last_cell(90, 28, None, None) == (90, 28)
    assert last_cell(1_048_576, 28, (90, 3), (5, 28)) == (KEPT_ROWS, 28)
    assert last_cell(1_048_576, 16_384, None, None) == (KEPT_ROWS, KEPT_COLUMNS)
    assert last_cell(1_048_576, 28, (150_000, 3), (5, 28)) == (150_000, 28)


@pytest.mark.parametrize(
    ("low", "right", "named"),
    [
        ((1_048_576, 1), (5, 28), "第1048576行第1列"),
        ((90, 3), (5, 16_384), "第5行第16384列"),
    ],
)
def test_a_cell_too_far_out_is_named(low: tuple[int, int], right: tuple[int, int], named: str) -> None:
    with pytest.raises(UnreadableError, match=f"^“自评表.xlsx”在“表1”的 {named} 有内容，离表格太远，请删去"):
        last_cell(1_048_576, 16_384, low, right)
