"""The person in front of the test engine, and the way from a document's Basic into Python and back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import xlwings as xw

from tests.libreoffice.engine.errors import UnscriptedError
from tests.libreoffice.engine.macrobook import macro_book

if TYPE_CHECKING:
    from tests.libreoffice.engine.live import Live

pytestmark = pytest.mark.office

HERE = __name__
BASIC = f"""\
Attribute VB_Name = "Buttons"
Option Explicit
Public Function Greet() As Integer
    Greet = RunPython("from {HERE} import greet; greet()")
End Function
Public Function Fail() As Integer
    Fail = RunPython("from {HERE} import fail; fail()")
End Function
Public Function Settings() As String
    Settings = GetConfig("INTERPRETER_WIN", "none") & "|" & GetConfig("SHOW CONSOLE", "no") & "|" & GetConfig("X")
End Function
Public Function SE_TOLD(ByVal a As Variant, Optional ByVal b As Variant) As Variant
    On Error GoTo failed
    SE_TOLD = XLPy.CallUDF("{HERE}", "told", Array(a, b), ThisWorkbook, Application.Caller)
    Exit Function
failed:
    SE_TOLD = "failed"
End Function
"""
ROWS = ((2, 3, "x"), (None, "=1/0", True))


def greet() -> None:
    """What the button does: on the very document that is open."""
    sheet = xw.Book.caller().sheets["数据"]
    sheet["E1"].value = [["来自 Python", sheet["A1"].value * 10]]


def fail() -> None:
    raise ZeroDivisionError("no")


def told(a: object, b: object = "left out") -> object:
    """What a worksheet function is given, so that the cell shows it."""
    if a == "fail":
        raise ValueError("no")
    return b if a == "give" else f"{a!r} {b!r}"


def asked(live: Live, formula: str) -> object:
    """What a cell with `formula` shows."""
    book = live.open(macro_book([*ROWS, [formula]], {"Buttons": BASIC}), "宏 表.xlsm")
    return book.sheets["数据"]["A3"].value


# --- the person -------------------------------------------------------------------------------------------------------


def test_message_boxes_are_recorded_and_questions_answered(live: Live) -> None:
    live.answer("yes", "cancel")
    given = [
        live.app.alert("完成", "绩效自评", "ok", "info"),
        live.app.alert("改写吗", "绩效自评", "yes_no"),
        live.app.alert("存吗", buttons="yes_no_cancel"),
        live.app.alert("无按钮"),
    ]
    assert given == ["ok", "yes", "cancel", "ok"]
    assert live.alerts == [("完成", "ok"), ("改写吗", "yes_no"), ("存吗", "yes_no_cancel"), ("无按钮", "ok")]
    assert live.person.modes == ["info", None, None, None]


@pytest.mark.parametrize("answers", [[], ["cancel"]])
def test_a_question_nobody_foresaw_fails_the_test(live: Live, answers: list[str]) -> None:
    live.answer(*answers)
    with pytest.raises(UnscriptedError):
        live.app.alert("改写吗", buttons="yes_no")
    with pytest.raises(AssertionError, match="改写吗"):  # even if a command swallows the error
        live.rest()


def test_an_answer_nobody_asked_for_fails_the_test(live: Live) -> None:
    live.answer("yes")
    with pytest.raises(AssertionError, match="nobody asked"):
        live.rest()


def test_a_folder_is_picked_or_not(live: Live, tmp_path: Path) -> None:
    dialog = live.app.api.FileDialog(4)
    dialog.Title = "请选择文件夹"
    live.folder = tmp_path
    assert (dialog.Show(), dialog.SelectedItems(1)) == (-1, str(tmp_path))
    live.folder = None
    assert dialog.Show() == 0
    assert live.person.picks == ["请选择文件夹"] * 2


def test_the_status_bar_keeps_its_history(live: Live) -> None:
    assert live.app.status_bar is False
    live.app.status_bar = "正在检查……"
    live.app.status_bar = False
    assert live.status == ["正在检查……", False]


# --- the bridge -------------------------------------------------------------------------------------------------------


def test_a_macro_runs_python_on_the_open_document(live: Live) -> None:
    book = live.open(macro_book(ROWS, {"Buttons": BASIC}), "宏 表.xlsm")
    other = live.open(macro_book(ROWS, {"Buttons": BASIC}), "另一.xlsm")
    assert live.run(book, "Buttons.Greet") == 0
    assert book.sheets["数据"]["E1:F1"].value == ["来自 Python", 20]
    assert other.sheets["数据"]["E1"].value is None
    assert book.macro("Buttons.Greet")() == 0


def test_what_python_raises_ends_in_the_macro_and_is_told_to_the_test(live: Live) -> None:
    book = live.open(macro_book(ROWS, {"Buttons": BASIC}), "宏 表.xlsm")
    assert live.run(book, "Buttons.Fail") == -1
    assert [str(failure) for failure in live.failures] == ["no"]
    with pytest.raises(AssertionError, match="ZeroDivisionError"):
        live.rest()


@pytest.mark.parametrize(
    ("formula", "shown"),
    [
        ("=SE_TOLD(A1,B1)", "2.0 3.0"),
        ("=SE_TOLD(A1)", "2.0 'left out'"),
        ("=SE_TOLD(A2,B2)", "None None"),
        ("=SE_TOLD(A1:C1,C1:C2)", "[2.0, 3.0, 'x'] ['x', True]"),
        ("=SE_TOLD(A1:B2,DATE(2024,3,1))", "[[2.0, 3.0], [None, None]] 45352.0"),
        ('=SE_TOLD("give",B1)*2', 6),
        ('=SE_TOLD("give",C2)', True),
        ('=SE_TOLD("fail")', "failed"),
        ('=SE_TOLD("give",REPT("字",256))', "failed"),
    ],
)
def test_a_cell_shows_what_python_gives(live: Live, formula: str, shown: object) -> None:
    assert asked(live, formula) == shown


def test_a_machine_without_python_finds_none(live: Live) -> None:
    live.python = False
    book = live.open(macro_book([*ROWS, ["=SE_TOLD(A1,B1)"]], {"Buttons": BASIC}), "宏 表.xlsm")
    assert book.sheets["数据"]["A3"].value == "failed"
    assert live.run(book, "Buttons.Settings") == "none|no|"
    live.python = True
    assert live.run(book, "Buttons.Settings").endswith("python|no|")
