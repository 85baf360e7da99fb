"""增加行 on an open workbook: new rows are like the template's, everything that spans the table spans them too."""

from __future__ import annotations

import re
from pathlib import Path as FilePath
from typing import TYPE_CHECKING, Any

import pytest
import xlwings as xw

from tests.addin.selecting import at, select
from tests.workbook.opening import opened as by_openpyxl
from tests.workbook.patching import filled, layout
from xl_selfeval.addin.livebook import read_live
from xl_selfeval.addin.rows import COUNT, add_rows, shifted
from xl_selfeval.assessment import Assessment, judge
from xl_selfeval.model import Path
from xl_selfeval.workbook.layout import INDICATORS, Kind, Placed, Table
from xl_selfeval.workbook.sheets import SHEETS
from xl_selfeval.workbook.summary import TOTAL

if TYPE_CHECKING:
    from tests.libreoffice.engine.live import Live

pytestmark = pytest.mark.office

TABLES = [block.path for sheet in SHEETS for block in sheet.blocks if isinstance(block, Table)]
ITEMS: Path = ("items",)
GIVEN = [1, "产出指标", "数量指标", "新增指标", "≥", "10", "场", "8", None, 2]  # the first cells of a row, 1.6 points


def judged(book: xw.Book) -> Assessment:
    return judge(read_live(book), FilePath(book.name))


def total_shown(book: xw.Book) -> object:
    """What the workbook's own formulas give as 总分."""
    shown = book.sheets["评价结论"].range("A1:D20").value
    return next(row[3] for row in shown if row[0] == TOTAL)


# --- what the new rows are -------------------------------------------------------------------------------------------


def test_every_growing_table_grows_and_the_book_reads_as_before(live: Live) -> None:
    book = live.open(filled())
    before = judged(book)
    for path in reversed(TABLES):  # so that those above are still where they were
        row = select(book, path)
        assert f"第{row + 1}行起增加{COUNT}个空行" in add_rows(book)
        assert_alike(book, layout().table(path), row)
    after = judged(book)
    assert after.submission == before.submission
    assert after.card == before.card
    assert total_shown(book) == float(before.card.total)
    assert [found.code for found in after.findings] == [found.code for found in before.findings]


def assert_alike(book: xw.Book, placed: Placed, row: int) -> None:
    """The new rows have the formulas, number formats, locks, merged cells and height of a row of the template."""
    sheet = book.sheets[placed.sheet.title]
    assert isinstance(placed.block, Table)
    for column in placed.block.columns:
        col = placed.column(column.key) + 1
        for new in (row + 1, row + COUNT):
            old, made = sheet.range((row, col)), sheet.range((new, col))
            assert made.merge_area.shape == (1, column.span)
            assert made.number_format == old.number_format
            assert made.api.Locked == (column.kind is Kind.AUTO)
            if column.key != "@number":
                assert made.formula == (
                    re.sub(rf"(\$[A-Z]+){row}\b", rf"\g<1>{new}", old.formula) if is_formula(old) else ""
                )
    assert (sheet.range((row + 1, 1)).row_height or 0) < 25


def is_formula(cell: xw.Range) -> bool:
    return str(cell.formula).startswith("=")


def test_a_new_row_is_scored_and_counts_in_the_totals(live: Live) -> None:
    book = live.open(filled())
    end = layout().table(INDICATORS).rows - 1
    for selected, filled_row in ((0, 1), (end + COUNT, end + 2 * COUNT - 1)):  # inside, and the last of all at the end
        before = judged(book)
        select(book, INDICATORS, selected)
        add_rows(book)
        row = at(INDICATORS, filled_row)[1]
        fill(book, row)
        sheet, after = book.sheets["指标评分"], judged(book)
        points = sheet.range((row, layout().table(INDICATORS).column("@points") + 1)).value
        assert points == 1.6
        assert len(after.card.rows) == len(before.card.rows) + 1
        assert total_shown(book) == float(after.card.total)
        shown = book.sheets["评价结论"].range("A1:C20").value
        filled_in = next(line[2] for line in shown if line[0] == TOTAL)
        assert filled_in == float(sum(line.max for line in after.card.rows) + (after.rulebook.execution.value or 0))


def fill(book: xw.Book, row: int) -> None:
    book.sheets["指标评分"].range((row, 1)).value = GIVEN


def test_new_tasks_have_the_next_free_numbers_and_can_be_named_by_indicators(live: Live) -> None:
    book = live.open(filled())
    row = select(book, ITEMS, 1)
    add_rows(book)
    sheet = book.sheets["绩效目标"]
    ready = layout().table(ITEMS).rows
    numbers = [line[0] for line in sheet.range((row - 1, 1), (row + COUNT + 1, 6)).value]
    assert numbers == [1, 2, *range(ready + 1, ready + COUNT + 1), 3]
    sheet.range((row + 1, 2)).value = ["开展流动图书车服务", "全年服务 10 场", "全年服务 8 场"]
    fill(book, at(INDICATORS, 30)[1])
    book.sheets["指标评分"].range((at(INDICATORS, 30)[1], 1)).value = ready + 1
    submission = read_live(book).submission
    assert [item.name for item in submission.items][2] == "开展流动图书车服务"
    assert [indicator.name for indicator in submission.items[2].indicators] == ["新增指标"]
    assert sheet.range((row + 1, 5)).value == 1  # 指标数
    hint = book.sheets["指标评分"].range((at(INDICATORS, 30)[1], layout().table(INDICATORS).column("@hint") + 1))
    assert hint.value == "未得满分，请填偏差原因"  # and not that there is no such task


def test_drop_downs_and_colours_reach_the_new_rows(live: Live, tmp_path: FilePath) -> None:
    book = live.open(filled())
    row = select(book, INDICATORS, 2)
    add_rows(book)
    page = by_openpyxl(book.impl.export(tmp_path / "增加行.xlsx").read_bytes())["指标评分"]
    placed, new = layout().table(INDICATORS), row + COUNT
    for column in placed.block.columns:  # type: ignore[union-attr]
        old, made = (page.cell(number, placed.column(column.key) + 1).coordinate for number in (row, new))
        assert rules(page, made) == rules(page, old)
    operator = page.cell(new, placed.column("operator") + 1).coordinate
    assert rules(page, operator)[0]


def rules(page: Any, cell: str) -> tuple[int, int]:
    """How many validations and how many conditional formats reach `cell`."""
    validations = [rule for rule in page.data_validations.dataValidation if cell in rule.sqref]
    formats = [area for area in page.conditional_formatting if cell in area.sqref]
    return len(validations), sum(len(area.rules) for area in formats)


def test_the_excel_table_and_the_printed_area_grow(live: Live, tmp_path: FilePath) -> None:
    book = live.open(filled())
    select(book, INDICATORS, layout().table(INDICATORS).rows - 1)
    add_rows(book)
    page = by_openpyxl(book.impl.export(tmp_path / "增加行.xlsx").read_bytes())["指标评分"]
    last = layout().table(INDICATORS).last + 1 + COUNT
    assert page.tables["tbl_indicators"].ref.endswith(str(last))
    assert page.print_area.endswith(f"${last}")


def test_at_the_last_row_new_rows_come_before_it(live: Live) -> None:
    book = live.open(filled())
    placed = layout().table(("problems",))
    row = select(book, ("problems",), placed.rows - 1)
    book.sheets["问题与改进"].range((row, 1)).value = "最后一行的问题"
    assert f"第{row}行起" in add_rows(book)
    assert book.sheets["问题与改进"].range((row + COUNT, 1)).value == "最后一行的问题"
    assert read_live(book).submission.problems[-1].problem == "最后一行的问题"
    assert live.app.selection.row == row


def test_twice_is_twice_as_many(live: Live) -> None:
    book = live.open(filled())
    before = read_live(book).submission
    for _ in range(2):
        select(book, ("duties",), 3)
        add_rows(book)
    sheet, row = book.sheets["基本情况"], at(("duties",), 4)[1]
    assert [sheet.range((row + n, 1)).merge_area.shape for n in range(2 * COUNT)] == [(1, 5)] * 2 * COUNT
    assert read_live(book).submission == before


def test_cells_that_wait_to_be_pasted_are_not_what_is_inserted(live: Live, monkeypatch: pytest.MonkeyPatch) -> None:
    book = live.open(filled())
    select(book, INDICATORS, 2)
    monkeypatch.setattr(live.app.impl, "cut_copy_mode", "copy")  # the ants march
    add_rows(book)
    assert not live.app.cut_copy_mode


# --- formulas --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("formula", "down"),
    [
        ("=$F12/$G12", "=$F15/$G15"),
        ("=SUM(B12:D13)", "=SUM(B15:D16)"),
        ("=COUNTIF('指标评分'!$A$10:$A$89,$A12)", "=COUNTIF('指标评分'!$A$10:$A$89,$A15)"),
        ("=IF('B12'!A12=\"B12\",LOG10(A12),se_l_a12)", "=IF('B12'!A15=\"B12\",LOG10(A15),se_l_a12)"),
        ('="第"&A12&"行 ""A12"""', '="第"&A15&"行 ""A12"""'),
        ("=AB12+1E5+Sheet1!C12", "=AB15+1E5+Sheet1!C15"),
    ],
)
def test_a_formula_is_shifted_as_copying_would(formula: str, down: str) -> None:
    assert shifted(formula, 3) == down
