"""Where Python does not answer, whatever the reason, the cells that ask it show what the sheet says by itself."""

from __future__ import annotations

from decimal import Decimal
from functools import wraps
from typing import TYPE_CHECKING

import pytest

from tests.libreoffice.asking import RULEBOOKS, SOME, Everything, asking, form, shown
from xl_selfeval.addin import functions
from xl_selfeval.editions import wrappers
from xl_selfeval.rulebook import find_rulebook
from xl_selfeval.workbook.template import build_workbook

if TYPE_CHECKING:
    from tests.libreoffice.engine.live import Live

pytestmark = pytest.mark.office

KNOWN = wrappers.functions(functions)
RULEBOOK = RULEBOOKS[0]
HEAD = """Attribute VB_Name = "SeUdf"
Option Explicit
Public Sub SeForget()
End Sub
Public Sub SeDecide()
End Sub"""
FAILING = {
    "the wrapper raises": "Err.Raise 1000",
    "the wrapper gives the text of an exception, as xlwings' own do": '{name} = "Traceback: it failed" & vbLf & "1"',
    "the wrapper gives nothing": "' nothing",
    "the wrapper gives a text without words": '{name} = ""',
    "the wrapper gives #N/A": "{name} = CVErr(2042)",
}


def wrappers_that(body: str) -> str:
    """Wrappers that all do what `body` says instead of asking Python."""
    made = [HEAD]
    for function in KNOWN:
        declared = ", ".join("Optional " * p.optional + f"ByVal {p.name} As Variant" for p in function.parameters)
        inner = body.format(name=function.name)
        made.append(f"Public Function {function.name}({declared}) As Variant\n    {inner}\nEnd Function")
    return "\n".join(made).replace("\n", "\r\n")


@pytest.fixture(scope="module")
def some_alone(live_office: Live) -> Everything:
    """What the same book shows where no program knows the functions."""
    content = build_workbook(find_rulebook(RULEBOOK), form(RULEBOOK, SOME))
    return shown(live_office, content, RULEBOOK, SOME).everything()


def test_a_wrapper_that_gives_a_number_is_believed(live: Live, monkeypatch: pytest.MonkeyPatch) -> None:
    """So that the tests below fail where LibreOffice does not call the wrappers at all."""
    monkeypatch.setattr(wrappers, "wrapped", lambda known: wrappers_that("{name} = 0.25"))
    everything = shown(live, asking(RULEBOOK, SOME), RULEBOOK, SOME).everything()
    assert set(everything["@computed"]) <= {Decimal("0.25"), ""} and everything["rate"] == [Decimal("0.25")]
    assert everything["parts"][-1] in [grade.name for grade in find_rulebook(RULEBOOK).grades]


@pytest.mark.parametrize("how", FAILING)
def test_where_every_call_fails_the_sheet_shows_what_it_shows_alone(
    live: Live, some_alone: Everything, how: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wrappers, "wrapped", lambda known: wrappers_that(FAILING[how]))
    assert shown(live, asking(RULEBOOK, SOME), RULEBOOK, SOME).everything() == some_alone


def test_without_python_the_sheet_shows_what_it_shows_alone(live: Live, some_alone: Everything) -> None:
    live.python = False
    assert shown(live, asking(RULEBOOK, SOME), RULEBOOK, SOME).everything() == some_alone


def test_after_the_first_failure_no_cell_asks_again(
    live: Live, some_alone: Everything, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []

    def broken(function: functions.Function) -> functions.Function:
        @wraps(function)
        def breaking(*given: object) -> float:
            asked.append(given)
            raise RuntimeError("no such thing")

        return breaking

    content = asking(RULEBOOK, SOME)
    for function in functions.FUNCTIONS:
        monkeypatch.setattr(functions, function.__name__, broken(function))
    assert shown(live, content, RULEBOOK, SOME).everything() == some_alone
    assert len(asked) == 1
