"""Buttons pressed on books as they should not be: one clear sentence, the screen as it was, and nothing changed."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import xlwings as xw
from xlsxwriter import Workbook

from tests.addin.snapshots import changed, entries, everything
from tests.workbook.patching import filled, path_of, places
from xl_selfeval.addin import commands, marks, normalise, press, pressing, rows
from xl_selfeval.addin.commands import COMMANDS
from xl_selfeval.addin.diagnosis import FILE
from xl_selfeval.addin.marks import MARKER
from xl_selfeval.workbook.sheets import FINDINGS_TITLE, RECORD_TITLE

if TYPE_CHECKING:
    from tests.libreoffice.engine.live import Live

pytestmark = pytest.mark.office

EXPORTS = ("export_report", "export_pdf", "export_table", "hand_in", "next_year")
READING = ("check", "normalise", *EXPORTS)  # what cannot do without the entries
PASSWORD = "秘密"


@pytest.fixture(autouse=True)
def logs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of the log, empty before each test."""
    folder = tmp_path / "临时"
    folder.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    return folder


def cell(book: xw.Book, dotted: str) -> xw.Range:
    spot = places()[path_of(dotted)]
    return book.sheets[spot.sheet].range((spot.row + 1, spot.col + 1))


def faulty(live: Live, **options: bool | str) -> xw.Book:
    """The sound form with one error (no name), and one entry that can be rewritten."""
    book = live.open(filled(), **options)  # type: ignore[arg-type]
    cell(book, "unit.name").value = None
    cell(book, "finance.total").value = "325.5万元"
    return book


def told(live: Live, command: str) -> str:
    """The one sentence that pressing `command` shows at the end; status bar and screen are as before."""
    before = len(live.alerts)
    live.app.status_bar = "就绪"
    press(command)
    assert (live.app.status_bar, live.app.screen_updating) == ("就绪", True)
    shown = [prompt for prompt, buttons in live.alerts[before:] if buttons == "ok"]
    assert len(shown) == 1, shown
    return shown[0]


@contextmanager
def untouched(book: xw.Book) -> Iterator[None]:
    """All cells, notes and sheets are the same afterwards, and so is the sheet in front."""
    before, front = entries(book), book.sheets.active
    yield
    assert changed(before, entries(book)) == []
    assert book.sheets.active == front


def beside(book: xw.Book) -> list[str]:
    """The files that lie beside the book."""
    folder = Path(book.fullname).parent
    return sorted(file.name for file in folder.iterdir() if file.name[0] != "." and file.name != book.name)


def refused(live: Live, command: str, words: str) -> None:
    """`command` is refused with a sentence that holds `words`, shown as a failure."""
    sentence = told(live, command)
    assert words in sentence
    assert live.person.modes[-1] == "critical"


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
            refused(live, command, f"“基本情况”{broken.get_address(False, False)}：“实有人数”显示错误值 #DIV/0!")
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


def select(book: xw.Book, dotted: str) -> None:
    cell(book, dotted).sheet.activate()
    cell(book, dotted).select()


# --- where files go ---------------------------------------------------------------------------------------------------


def test_for_a_book_never_saved_no_folder_chosen_means_nothing_written(live: Live) -> None:
    book = faulty(live, told="工作簿1")
    live.folder = None
    with untouched(book):
        for command in EXPORTS:
            assert told(live, command) == "没有选择文件夹，什么也没有导出"
            assert live.person.modes[-1] == "info"


def test_for_a_book_in_a_cloud_files_go_where_the_person_says(live: Live, tmp_path: Path) -> None:
    faulty(live, told="https://d.docs.live.net/c0ffee/自评 表.xlsx")
    live.folder = tmp_path / "导出 到这里"
    live.folder.mkdir()
    for command, what in (("export_table", "自评表"), ("next_year", "下一年度的工作簿")):
        assert told(live, command).startswith(f"{what}已写到“{live.folder}")
    assert len(list(live.folder.iterdir())) == 2
    assert live.person.picks == ["请选择导出的文件放在哪个文件夹", "请选择下一年度工作簿放在哪个文件夹"]


def test_a_folder_that_takes_no_files_is_named(live: Live, tmp_path: Path) -> None:
    faulty(live, told="工作簿1")
    live.folder = tmp_path / "其实是文件"
    live.folder.write_text("x")
    refused(
        live, "export_table", f"写不进文件夹“{live.folder}”（路径中有一段是文件，不是文件夹）：请换一个可写的位置再试"
    )


# --- one at a time, and what nobody foresaw ---------------------------------------------------------------------------


def test_a_second_command_waits_for_the_first(live: Live, monkeypatch: pytest.MonkeyPatch) -> None:
    book = faulty(live)

    def impatient(_: xw.Book) -> str:
        press("check")
        return "做完了"

    monkeypatch.setattr(pressing, "COMMANDS", {**COMMANDS, "diagnose": impatient})
    with untouched(book):
        press("diagnose")
    assert live.alerts == [("上一个命令还没有做完，请等它结束后再按", "ok"), ("做完了", "ok")]
    assert live.person.modes == ["critical", "info"]
    assert told(live, "check").startswith("发现错误1项、警告1项")


STEPS: dict[str, tuple[object, str]] = {
    "check": (xw.Range, "add_note"),
    "normalise": (normalise, "_tell"),
    "add_rows": (rows, "_lower"),
    "export_report": (commands, "_written"),
    "export_table": (commands, "write_new"),
    "hand_in": (commands, "write_new"),
    "next_year": (commands, "folder_of"),
    "clear_marks": (xw.main.Note, "delete"),
}


def test_what_nobody_foresaw_is_written_down_and_changes_nothing(
    live: Live, tmp_path: Path, logs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    book, log = faulty(live), logs / pressing.LOG
    front = cell(book, "items.0.indicators.0.name").sheet
    advice = f"请关闭正在编辑的单元格或对话框，再按一次；仍不行请把“{log}”发给维护人员"
    select(book, "items.0.indicators.0.name")
    live.answer("yes")  # to normalise
    before = everything(book, tmp_path)
    for number, (command, step) in enumerate(STEPS.items(), start=1):
        if command == "clear_marks":
            press("check")
            before = everything(book, tmp_path)
        with monkeypatch.context() as patch:
            patch.setattr(*step, failing(getattr(*step)))
            assert told(live, command) == f"没有完成，工作簿没有改动。{advice}", command
        assert changed(before, everything(book, tmp_path)) == [], command
        assert live.person.modes[-1] == "critical"
        assert log.read_text(encoding="utf-8").count("RuntimeError: RPC_E_CALL_REJECTED") == number
        assert command == "clear_marks" or book.sheets.active == front
    assert beside(book) == []
    assert "▲出错记录" in told(live, "diagnose")  # the next command runs
    assert (logs / FILE).is_file()


def failing(work: Callable[..., object]) -> Callable[..., object]:
    """The first call fails, as when Excel is busy; those that put things back get through."""
    calls: list[object] = []

    def work_or_fail(*given: object, **named: object) -> object:
        calls.append(given)
        if len(calls) == 1:
            raise RuntimeError("RPC_E_CALL_REJECTED")
        return work(*given, **named)

    return work_or_fail


def test_without_a_place_for_the_log_the_sentence_holds_the_error(
    live: Live, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    faulty(live)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "没有的文件夹"))
    monkeypatch.setattr(marks, "mark", failing(marks.mark))
    refused(live, "check", "仍不行请把这句话发给维护人员：RuntimeError：RPC_E_CALL_REJECTED")
