"""Every VBA module of an edition, by name: ours, those generated from Python and the ribbon, and xlwings' own."""

from __future__ import annotations

from collections.abc import Sequence

from xl_selfeval.editions import sources, wrappers
from xl_selfeval.editions.package import DOCUMENT
from xl_selfeval.editions.ribbon import MODULE, buttons

SUB = """
Public Sub {sub}()
    SeRun "{command}"
End Sub
"""


def modules(functions: Sequence[wrappers.Function], stub: str | None = None) -> dict[str, str]:
    """The source of each module; `stub` stands in for xlwings' modules where LibreOffice runs the macros."""
    return {
        DOCUMENT: sources.macro_source("ThisWorkbook.cls"),
        MODULE: buttons_module(),
        "SeUdf": wrappers.wrapped(functions),
        **(sources.stock_modules() if stub is None else {"xlwings": sources.windows_lines(stub)}),
    }


def buttons_module() -> str:
    """`SelfEval.bas`, and for each button of the ribbon that has no Sub of its own there, one that runs its command.

    On one line each they would be shorter; but LibreOffice does not find a Sub that begins and ends on one line.
    """
    written = sources.macro_source(f"{MODULE}.bas")
    missing = (b for b in buttons().values() if f"Public Sub {b.sub}()" not in written)
    return written + sources.windows_lines("".join(SUB.format(sub=b.sub, command=b.command) for b in missing))
