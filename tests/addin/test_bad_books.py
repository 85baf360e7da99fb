"""Buttons pressed on books as they should not be: one clear sentence, the screen as it was, and nothing changed."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
import xlwings as xw
from xlsxwriter import Workbook

from tests.addin.pressed import EXPORTS, beside, cell, faulty, refused, select, told, untouched
from tests.workbook.patching import filled
from xl_selfeval.addin import commands, marks
from xl_selfeval.addin.commands import COMMANDS
from xl_selfeval.addin.marks import MARKER
from xl_selfeval.workbook.sheets import FINDINGS_TITLE, RECORD_TITLE

if TYPE_CHECKING:
    from tests.libreoffice.engine.live import Live

pytestmark = [pytest.mark.office, pytest.mark.usefixtures("logs")]

READING = ("check", "normalise", *EXPORTS)  # what cannot do without the entries
PASSWORD = "秘密"


# --- which book -------------------------------------------------------------------------------------------------------


def test_without_an_open_book_every_button_says_so(live: Live) -> None:
    live.open(_plain("名单")).close()
    assert {told(live, command)[:9] for command in COMMANDS} == {"没有打开的工作簿。"}
    assert "受保护的视图" in told(live, "check")


def test_a_book_that_is_not_ours_is_left_alone(live: Live) -> None:
    book = live.open(_plain("名单"), "名单 一.xlsx")
    with untouched(book):
        for command in (*READING, "add_rows"):
            refused(live, command, "“名单 一.xlsx”不是本系统的自评表，请打开下发的自评表填写")
        assert told(live, "clear_marks") == "没有需要清除的标记。"
        assert "▲模板：读不出" in told(live, "diagnose")
    assert beside(book) == []


def test_the_book_in_front_is_meant_and_no_other(live: Live) -> None:
    other = faulty(live)
    live.open(filled(), "另一份（2023 年）'稿'.xlsx")
    with untouched(other):
        assert told(live, "check").startswith("没有发现问题。")


CLOSING: dict[str, tuple[object, str]] = {
    "check": (marks, "mark"),
    "clear_marks": (marks, "clear"),
    "hand_in": (commands, "read_live"),
}


@pytest.mark.parametrize("command", CLOSING)
def test_a_book_closed_meanwhile_ends_in_a_sentence(live: Live, monkeypatch: pytest.MonkeyPatch, command: str) -> None:
    work = getattr(*CLOSING[command])

    def closing(book: xw.Book, *more: object) -> object:
        book.close()
        return work(book, *more)

    faulty(live)
    monkeypatch.setattr(*CLOSING[command], closing)
    refused(live, command, "没有完成，工作簿没有改动。请关闭正在编辑的单元格或对话框，再按一次")


def _plain(title: str) -> bytes:
    stream = io.BytesIO()
    with Workbook(stream) as other:
        other.add_worksheet(title).write(0, 0, "姓名")
    return stream.getvalue()


# --- sheets and cells -------------------------------------------------------------------------------------------------


def test_without_the_list_check_says_what_to_do_and_the_rest_goes_on(live: Live) -> None:
    book = faulty(live)
    for title in (FINDINGS_TITLE, RECORD_TITLE):
        book.sheets[title].delete()
    with untouched(book):
        refused(live, "check", "“检查结果”表已被删除，或模板较旧，没有地方列出问题。请按“生成上报文件”")
        refused(live, "normalise", "没有改动任何单元格：工作簿里找不到“规范记录”表")
        assert "缺“检查结果”、“规范记录”" in told(live, "diagnose")
    assert told(live, "export_table").startswith("自评表已写到“")


def test_without_the_indicators_their_loss_is_named_and_nothing_is_handed_in(live: Live) -> None:
    book = faulty(live)
    book.sheets["指标评分"].delete()
    with untouched(book):
        for command in ("hand_in", "next_year"):
            refused(live, command, "工作簿中找不到“指标评分表”，可能被删除或改了名称")
    assert beside(book) == []
    assert told(live, "check").startswith("发现错误")
    assert any("指标评分表" in str(row[4]) for row in book.sheets[FINDINGS_TITLE].range("A4:E20").value)


def test_renamed_hidden_and_filtered_sheets_work_as_before(live: Live) -> None:
    book = faulty(live)
    book.sheets["基本情况"].name = "张三's 基本情况（一）"
    book.sheets[FINDINGS_TITLE].name = "结果"
    book.sheets["指标评分"].range("10:12").rows.hidden = True
    book.sheets["结果"].visible = False
    front = book.sheets.active
    with untouched(book):
        assert told(live, "check").startswith("发现错误1项、警告1项")
        assert book.sheets["结果"]["C4"].value == "REQ01"
        (note,) = book.sheets["张三's 基本情况（一）"].notes
        assert note.text.startswith(MARKER)
        assert told(live, "clear_marks").startswith("已清除")
    assert book.sheets.active == front  # a hidden list cannot be shown
    assert book.sheets["指标评分"].range("10:12").rows.hidden is True


def test_a_cell_with_an_error_is_listed_and_never_exported_silently(live: Live) -> None:
    book = live.open(filled())
    broken = cell(book, "unit.staff")
    broken.number_format, broken.formula = "General", "=1/0"
    with untouched(book):
        for command in ("hand_in", "next_year"):
            refused(live, command, f"“基本情况”{broken.get_address(False, False)} “实有人数”显示错误值 #DIV/0!")
    assert beside(book) == []
    assert told(live, "check").startswith("发现错误1项")
    assert broken.formula == "=1/0"


def test_a_cell_far_below_and_a_selection_of_whole_columns_do_no_harm(live: Live) -> None:
    book = faulty(live)
    book.sheets["评分规则"]["B3000"].value = "x"
    page = book.sheets["指标评分"]
    page.activate()
    page.range("A:XFD").select()
    with untouched(book):
        refused(live, "add_rows", "请先点一下要加行的表格里的一格")
    assert told(live, "check").startswith("发现错误1项、警告1项")


# --- protection -------------------------------------------------------------------------------------------------------


def test_sheets_with_a_password_are_named(live: Live) -> None:
    book = faulty(live)
    for title in (FINDINGS_TITLE, "指标评分"):
        book.sheets[title].api.Unprotect("")
        book.sheets[title].api.Protect(PASSWORD)
    select(book, "items.0.indicators.0.name")
    with untouched(book):
        refused(live, "check", "没有改动。“指标评分”、“检查结果”设了保护密码，请先在“审阅”中撤销工作表保护，再按一次")
        refused(live, "clear_marks", "“检查结果”设了保护密码")
        refused(live, "add_rows", "“指标评分”表设了保护密码，不能加行。请先在“审阅”中撤销工作表保护")
        assert "▲保护：“指标评分”、“检查结果”设了保护密码，按钮写不进去" in told(live, "diagnose")
    assert told(live, "export_table").startswith("自评表已写到“")


def test_sheets_that_no_macro_prepared_take_nothing(live: Live) -> None:
    book = faulty(live, prepared=False)
    with untouched(book):
        for command in ("check", "normalise"):
            refused(live, command, "等14张设了保护密码，请先在“审阅”中撤销工作表保护")
