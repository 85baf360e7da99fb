"""The VBA module that hands the worksheet functions to Python, generated from the Python functions themselves."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from operator import add
from types import ModuleType

from xl_selfeval.editions.faults import BuildError

MODULE = "xl_selfeval.addin.functions"
PREFIX = "SE_"
LONGEST = 255  # characters that Excel's function wizard takes
PER_LINE = 4  # arguments; a line of VBA ends before 1024 characters, a person stops reading sooner
HEAD = """\
Attribute VB_Name = "SeUdf"
Option Explicit
' Generated from the Python functions by xl_selfeval.editions.wrappers; not to be edited.
' A cell that Python cannot answer shows #N/A, on which its formula falls back to Excel's own. After the first failure
' no cell asks again (a thousand cells would each wait), until SelfEval.SeReconnect.
Private mKnown As Boolean, mDown As Boolean, mPython As Object

Public Sub SeForget()
    mKnown = False
    mDown = False
    Set mPython = Nothing
End Sub

' Decide once whether to ask Python at all: never where its interpreter is not there. While Excel starts there is no
' workbook yet, and settings cannot be read; then it is left open.
Public Sub SeDecide()
    If mKnown Or ActiveWorkbook Is Nothing Then Exit Sub
    mDown = Not SePython()
    mKnown = True
End Sub

' Cells are handed over as values: a call for each of their properties would cross to Python and back. One that shows an
' error has nothing to ask about.
Private Function SeCall(ByVal name As String, ByVal arguments As Variant) As Variant
    Dim n As Long
    SeCall = CVErr(2042)
    SeDecide
    If mDown Or Not mKnown Then Exit Function
    On Error GoTo failed
    For n = LBound(arguments) To UBound(arguments)
        If IsObject(arguments(n)) Then arguments(n) = arguments(n).Value
        If IsError(arguments(n)) Then Exit Function
    Next n
    If mPython Is Nothing Then Set mPython = XLPy
    SeCall = mPython.CallUDF("{module}", name, arguments, ThisWorkbook, Application.Caller)
    Exit Function
failed:
    mDown = True
    SeCall = CVErr(2042)
End Function
"""

FUNCTION = """
Public Function {name}({parameters}) As Variant
    {name} = SeCall("{name}", Array({arguments}))
End Function
"""


@dataclass(frozen=True)
class Parameter:
    """One argument: its name in VBA, what the function wizard says of it, and whether it may be left out."""

    name: str
    doc: str
    optional: bool


@dataclass(frozen=True)
class Function:
    """One worksheet function: its name, what it gives, and its arguments."""

    name: str
    doc: str
    parameters: tuple[Parameter, ...]


def functions(module: ModuleType) -> list[Function]:
    """The worksheet functions of a Python module: all whose names start with SE_, in its order.

    What the wizard shows is the first line of each docstring, and the module's `ARGUMENTS` for the arguments. Raises
    BuildError for a function whose arguments VBA cannot give, and when there is none.
    """
    found = [_function(name, made, module.ARGUMENTS) for name, made in vars(module).items() if name.startswith(PREFIX)]
    if not found:
        raise BuildError(f"{MODULE} 中没有以 {PREFIX} 开头的函数，没有生成工作簿")
    return found


def wrapped(known: Iterable[Function]) -> str:
    """The VBA module `SeUdf` for worksheet functions, its lines ended as VBA ends them."""
    return "".join([HEAD.replace("{module}", MODULE), *map(_wrapper, known)]).replace("\n", "\r\n")


def _wrapper(function: Function) -> str:
    declared = (
        f'Optional ByVal {p.name} As Variant = ""' if p.optional else f"ByVal {p.name} As Variant"
        for p in function.parameters
    )
    lines = (" _\n        " if n % PER_LINE == 0 and n else "" for n in range(len(function.parameters)))
    return FUNCTION.format(
        name=function.name,
        parameters=", ".join(map(add, lines, declared)),
        arguments=", ".join(p.name for p in function.parameters),
    )


def _function(name: str, made: Callable[..., object], words: Mapping[str, str]) -> Function:
    parameters = inspect.signature(made).parameters.values()
    if any(p.kind is not inspect.Parameter.POSITIONAL_OR_KEYWORD for p in parameters):
        raise BuildError(f"{name} 的参数写法不能用作工作表函数：只能有普通参数，可带默认值")
    doc = (inspect.getdoc(made) or "").partition("\n")[0]
    taken = (Parameter(p.name, words[p.name][:LONGEST], p.default is not p.empty) for p in parameters)
    return Function(name, doc[:LONGEST], tuple(taken))
