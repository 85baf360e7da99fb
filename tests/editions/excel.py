"""pyOpenVBA's Excel in memory, running our own modules with a stand-in for xlwings' that a test steers."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pyopenvba import ExcelFile
from pyopenvba.apps.excel import Application, ExcelApplication, Range
from pyopenvba.interpreter._objects import MemberSpec
from pyopenvba.interpreter._values import NOTHING

OURS = ("SelfEval", "SeUdf")
STAND_IN = """
Option Explicit
Public Interpreter As String, Conda As String, Present As Boolean, Breaks As Boolean, Code As Variant
Public Ran As String, Runs As Long, Asked As Long, Killed As Long, Again As Boolean

Function GetConfig(ByVal key As String, Optional ByVal default As String = "") As Variant
    GetConfig = default
    If key = "INTERPRETER_WIN" Then GetConfig = Interpreter
    If key = "CONDA PATH" Then GetConfig = Conda
End Function

Function FileExists(ByVal path As String) As Boolean
    FileExists = Present
End Function

Function RunPython(ByVal what As String)
    Ran = what
    Runs = Runs + 1
    If Again Then SeCheck
    If Breaks Then Err.Raise 1000
    RunPython = Code
End Function

Function XLPy()
    Asked = Asked + 1
    If Breaks Then Err.Raise 1000
    Set XLPy = New Python
End Function

Sub KillPy()
    Killed = Killed + 1
    Err.Raise 1000
End Sub

Sub Steer(ByVal path As String, ByVal environment As String, ByVal there As Boolean, ByVal broken As Boolean)
    Interpreter = path
    Conda = environment
    Present = there
    Breaks = broken
End Sub

Sub Answer(ByVal given As Variant, ByVal twice As Boolean)
    Code = given
    Again = twice
End Sub

Sub WriteLocked(ByVal sheet As Long)
    ActiveWorkbook.Worksheets(sheet).Range("A1").Value = "by macro"
End Sub

Sub Unsave()
    ThisWorkbook.Saved = False
End Sub

Sub FormatLocked(ByVal sheet As Long)
    ActiveWorkbook.Worksheets(sheet).Range("A1").Font.Italic = True
End Sub
"""
PYTHON = """
Option Explicit
Public Function CallUDF(ByVal place As String, ByVal name As String, ByVal given As Variant, ByVal book As Object, _
        ByVal caller As Variant) As Variant
    CallUDF = place & "." & name & ":" & UBound(given) + 1
End Function
"""


class Excel:
    """One Excel with the edition at `path` open, its macros loaded and Python present as `steer` says."""

    def __init__(self, path: Path, patch: pytest.MonkeyPatch) -> None:
        self.app = ExcelApplication.open(path, with_vba=False)
        self.calculations, self.dirtied, self.described = 0, 0, list[dict[str, Any]]()
        self._patch = patch
        self._member("CalculateFullRebuild", self._calculate)
        self._member("MacroOptions", self._describe, "Macro", "Description", "Category", "ArgumentDescriptions")
        self._member("Caller", lambda app: "A1")
        self._member("Dirty", self._dirty, owner=Range)
        with ExcelFile(path) as file:
            sources = {name: file.get_module(name) for name in (*OURS, "ThisWorkbook")}
        self.app.add_module(STAND_IN, name="xlwings")
        self.app.add_module(PYTHON, name="Python", kind="class")
        for name in OURS:
            self.app.add_module(sources[name], name=name)
        events = sources["ThisWorkbook"].replace("WithEvents ", "")  # which the interpreter does not know
        self.app.add_module(events, name="ThisWorkbook", kind="document")

    def steer(
        self, *, path: str = r"C:\py\pythonw.exe", conda: str = "", present: bool = True, breaks: bool = False
    ) -> None:
        """Which interpreter the settings name, whether it is there, and whether calls of Python fail."""
        self.app.run("Steer", path, conda, present, breaks)

    def press(self, sub: str) -> list[str]:
        """Run a Sub of SelfEval and give back what was said."""
        before = len(self.app.dialogs)
        self.app.run(f"SelfEval.{sub}")
        return [prompt for _, prompt, _, _ in self.app.dialogs[before:]]

    def open(self) -> None:
        """What Excel does once it has opened the file."""
        self.app.run("ThisWorkbook.Workbook_Open")

    def value(self, expression: str) -> Any:
        """What a VBA expression gives."""
        return self.app.evaluate(expression)

    def without_active_book(self) -> None:
        """As while Excel starts, or in Protected View."""
        self._member("ActiveWorkbook", lambda app: NOTHING, kind="property")

    def _member(
        self, name: str, called: Callable[..., Any], *parameters: str, kind: str = "method", owner: Any = Application
    ) -> None:
        spec = MemberSpec(name=name, kind=kind, getter=called, parameters=parameters)
        self._patch.setitem(owner._vba_members, name.lower(), spec)

    def _dirty(self, cells: object) -> None:
        self.dirtied += 1

    def _calculate(self, app: object) -> None:
        self.calculations += 1

    def _describe(self, app: object, macro: str, description: str, category: str, arguments: Any) -> None:
        words = {"macro": macro, "description": description, "category": category}
        self.described.append({**words, "arguments": list(arguments.elements())})
