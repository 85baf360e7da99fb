"""The worksheet functions that the template calls, as data: which cells each of them is given, and in which order.

A cell asks the function first and keeps its native formula beside it, so that it is right with and without Python:
`IFERROR(VALUE(SE_…(…)), native)`. A text is taken only where it is one that the function can give: a program
without the function, or a wrapper that fails, leaves other things in a cell than an error.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from xl_selfeval.rulebook import Rulebook, shipped_rulebooks
from xl_selfeval.workbook.names import RULEBOOK_NAME, form_name

NAMED = {"rulebook": RULEBOOK_NAME, "fiscal_year": form_name(("fiscal_year",))}
"""Arguments that are cells with a name; all others are columns of the row, by their keys."""

FINE = "未发现问题"
MARKED = ("错误", "警告")
"""What the answer of SE_CHECK is, or begins with (and a colon)."""


@dataclass(frozen=True)
class Call:
    """A function and its arguments, by the names of its parameters."""

    function: str
    arguments: tuple[str, ...]

    def given(self, cell: Callable[[str], str]) -> str:
        """The call as part of a formula; `cell` gives the address for the key of a column."""
        return f"{self.function}({','.join(NAMED.get(name) or cell(name) for name in self.arguments)})"


SCORE = Call(
    "SE_SCORE",
    (
        "operator",
        "target",
        "unit_of_measure",
        "actual",
        "achievement",
        "step_size",
        "step_points",
        "max_points",
        "claimed_points",
        "rulebook",
        "fiscal_year",
    ),
)
CHECK = Call(
    "SE_CHECK",
    (
        "category",
        "subcategory",
        "name",
        "operator",
        "target",
        "unit_of_measure",
        "actual",
        "achievement",
        "max_points",
        "claimed_points",
        "deviation_reason",
        "improvement",
        "step_size",
        "step_points",
        "wording",
        "rulebook",
        "fiscal_year",
    ),
)
RATE = Call("SE_RATE", ("executed_amount", "adjusted_budget"))
RATE_POINTS = Call("SE_RATE_POINTS", ("executed_amount", "adjusted_budget", "rulebook"))
GRADE = Call("SE_GRADE", ("total", "rulebook"))

CALLS = (SCORE, CHECK, RATE, RATE_POINTS, GRADE)
"""Every call of the template."""


def answers(rulebook: Rulebook) -> bool:
    """True where the functions know `rulebook`: they know the shipped ones, by id, and open no file for another."""
    return rulebook.id in shipped_rulebooks()


def number_or(call: str, native: str) -> str:
    """The number that `call` gives, else `native`; neither begins with "="."""
    return f"IFERROR(VALUE({call}),{native})"


def word_or(call: str, words: str, native: str) -> str:
    """What `call` gives where it is one of the cells `words`, else `native`."""
    return f"IFERROR(INDEX({words},MATCH({call},{words},0)),{native})"


def text_of(call: str) -> str:
    """What `call` gives as a text, "" where it fails."""
    return f'IFERROR({call}&"","")'


def is_check(answer: str) -> str:
    """True where the cell `answer` holds what SE_CHECK can give."""
    begins = (f'LEFT({answer},{len(mark) + 1})="{mark}："' for mark in MARKED)
    return f'OR({answer}="{FINE}",{",".join(begins)})'


def first_of(answer: str) -> str:
    """The first thing that SE_CHECK names in the cell `answer`, "" where it found nothing."""
    return f'IF({answer}="{FINE}","",LEFT({answer},FIND("；",{answer}&"；")-1))'
