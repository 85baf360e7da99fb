"""增加行 on an open workbook: new rows are like the template's, everything that spans the table spans them too."""

from __future__ import annotations

import io
import re
from pathlib import Path as FilePath
from typing import TYPE_CHECKING, Any

import pytest
import xlwings as xw
from xlsxwriter import Workbook

from tests.workbook.opening import opened as by_openpyxl
from tests.workbook.patching import filled, layout
from xl_selfeval.addin import rows
from xl_selfeval.addin.livebook import live_cells, read_live
from xl_selfeval.addin.rows import COUNT, RowsError, add_rows, shifted
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


def at(path: Path, row: int = 0) -> tuple[str, int]:
    """The sheet of a table, and its row `row` counted from 0, as a number of the sheet."""
    placed = layout().table(path)
    return placed.sheet.title, placed.top + 2 + row


def select(book: xw.Book, path: Path, row: int = 0) -> int:
    title, number = at(path, row)
    book.sheets[title].activate()
    book.sheets[title].range((number, 2)).select()
    return number


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


# --- protection ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("prepared", [True, False])
def test_the_sheet_is_protected_again_as_it_was(live: Live, *, prepared: bool) -> None:
    book = live.open(filled(), prepared=prepared)
    api = book.sheets["指标评分"].api
    api.Protect(UserInterfaceOnly=prepared, AllowFormattingRows=True, AllowInsertingRows=True)
    select(book, INDICATORS)
    add_rows(book)
    assert (api.ProtectContents, api.ProtectionMode) == (True, prepared)
    allowed = {name for name in rows.ALLOWED if getattr(api.Protection, name)}
    assert allowed == {"AllowFormattingRows", "AllowInsertingRows"}


def test_an_unprotected_sheet_stays_unprotected(live: Live) -> None:
    book = live.open(filled())
    book.sheets["指标评分"].api.Unprotect("")
    select(book, INDICATORS)
    add_rows(book)
    assert not book.sheets["指标评分"].api.ProtectContents


def test_a_failure_takes_the_new_rows_away_again(live: Live, monkeypatch: pytest.MonkeyPatch) -> None:
    book = live.open(filled())
    before, formulas = live_cells(book).grids, book.sheets["指标评分"].used_range.formula
    select(book, INDICATORS, 3)

    def failing(*_: object) -> None:
        raise OSError("Excel does not answer")

    monkeypatch.setattr(rows, "_lower", failing)
    with pytest.raises(OSError, match="does not answer"):
        add_rows(book)
    assert live_cells(book).grids == before
    assert book.sheets["指标评分"].used_range.formula == formulas
    assert book.sheets["指标评分"].api.ProtectContents


# --- what is refused -------------------------------------------------------------------------------------------------


def refused(book: xw.Book, words: str) -> None:
    """Rows are refused for the reason `words`, and nothing has changed."""
    before = live_cells(book).grids
    with pytest.raises(RowsError, match=words):
        add_rows(book)
    assert live_cells(book).grids == before


def test_elsewhere_the_person_is_told_where_to_click(live: Live) -> None:
    book = live.open(filled())
    before = live_cells(book).grids
    form, fixed, above, below = ("基本情况", "B6"), ("收支决算", "C12"), ("指标评分", "A2"), ("指标评分", "A500")
    for title, address in (("填报说明", "A1"), form, fixed, above, below, ("检查结果", "A5")):
        book.sheets[title].activate()
        book.sheets[title].range(address).select()
        with pytest.raises(RowsError, match=r"请先点一下要加行的表格里的一格，再按“增加行”。.+“指标评分”"):
            add_rows(book)
    assert live_cells(book).grids == before


def test_a_filtered_table_has_to_be_shown_first(live: Live) -> None:
    book = live.open(filled())
    row = select(book, INDICATORS)
    book.sheets["指标评分"].range(f"{row + 3}:{row + 4}").rows.hidden = True
    refused(book, "请先清除筛选、取消隐藏")


def test_a_persons_own_password_is_respected(live: Live) -> None:
    book = live.open(filled())
    book.sheets["指标评分"].impl.uno.unprotect("")
    book.sheets["指标评分"].impl.uno.protect("秘密")
    select(book, INDICATORS)
    refused(book, "设了保护密码，不能加行。请先在“审阅”中撤销工作表保护")
    assert book.sheets["指标评分"].api.ProtectContents


def test_another_workbook_is_no_form(live: Live) -> None:
    stream = io.BytesIO()
    with Workbook(stream) as other:
        other.add_worksheet("名单").write(0, 0, "姓名")
    book = live.open(stream.getvalue())
    with pytest.raises(RowsError, match="请先点一下要加行的表格里的一格"):
        add_rows(book)


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
