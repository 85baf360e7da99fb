"""Buttons pressed when something stands in the way: no folder, another command, a failure nobody foresaw."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import xlwings as xw

from tests.addin.pressed import EXPORTS, beside, cell, faulty, refused, select, told, untouched
from tests.addin.snapshots import changed, everything
from xl_selfeval.addin import commands, marks, normalise, press, pressing, rows
from xl_selfeval.addin.commands import COMMANDS
from xl_selfeval.addin.diagnosis import FILE

if TYPE_CHECKING:
    from tests.libreoffice.engine.live import Live

pytestmark = [pytest.mark.office, pytest.mark.usefixtures("logs")]


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
