"""增加行 where it may not or cannot: sheets keep their protection, and what fails or is refused changes nothing."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
import xlwings as xw
from xlsxwriter import Workbook

from tests.addin.selecting import select
from tests.libreoffice.engine.protection import SheetApi
from tests.workbook.patching import filled
from xl_selfeval.addin import rows
from xl_selfeval.addin.livebook import live_cells
from xl_selfeval.addin.rows import COUNT, RowsError, add_rows
from xl_selfeval.workbook.cells import UnreadableError
from xl_selfeval.workbook.layout import INDICATORS

if TYPE_CHECKING:
    from tests.libreoffice.engine.live import Live

pytestmark = pytest.mark.office

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


def test_rows_that_are_there_are_told_even_when_the_sheet_cannot_be_protected_again(
    live: Live, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = live.open(filled())
    row = select(book, INDICATORS)
    monkeypatch.setattr(SheetApi, "Protect", failing)
    told = add_rows(book)
    assert told.startswith(f"已在“指标评分”第{row + 1}行起增加{COUNT}个空行")
    assert told.endswith("工作表没有恢复保护，请在“审阅”中重新保护。")


def test_the_reason_of_a_failure_is_not_hidden_by_a_sheet_that_cannot_be_protected_again(
    live: Live, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = live.open(filled())
    select(book, INDICATORS)
    monkeypatch.setattr(SheetApi, "Protect", failing)
    monkeypatch.setattr(rows, "_lower", unforeseen)
    with pytest.raises(ZeroDivisionError):
        add_rows(book)


def failing(*_: object, **__: object) -> None:
    raise OSError("Excel does not answer")


def unforeseen(*_: object) -> None:
    raise ZeroDivisionError


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
    book = live.open(stream.getvalue(), "名单.xlsx")
    with pytest.raises(UnreadableError, match=r"^“名单\.xlsx”不是本系统的自评表，请打开下发的自评表填写"):
        add_rows(book)
