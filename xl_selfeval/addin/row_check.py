"""What is wrong in one row, told in that row: the checks of the catalogue that need to see no other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from xl_selfeval.addin.arguments import ROW, indicator_of
from xl_selfeval.checks import Check, Finding, Severity, catalogue
from xl_selfeval.checks.catalogue import Case
from xl_selfeval.checks.naming import row_name
from xl_selfeval.model import Indicator, Submission, WorkItem
from xl_selfeval.rulebook import Rulebook
from xl_selfeval.scoring import score
from xl_selfeval.workbook.calls import FINE, MARKED

# They compare several rows, or speak of the whole form, of which a function sees one row.
OF_SEVERAL_ROWS = frozenset(
    {"REQ27", "WGT01", "WGT02", "WGT06", "WGT07", "SCO11", "SCO12", "CON13", "CON14", "CON15", "CON16", "CON22"}
)


def checked(cells: Mapping[str, object], rulebook: Rulebook, year: int | None) -> str:
    """The errors and warnings in the row whose `cells` are given by the keys of their columns, as one text.

    Raises ArgumentError for a range of cells.
    """
    indicator, refused = indicator_of(cells)
    submission = _blank().model_copy(update={"fiscal_year": year, "items": [_item(indicator)]})
    told = {found.path for found in refused}  # what could not be taken is no blank
    others = _findings(Case(submission, rulebook, score(submission, rulebook)))
    return _listed([*refused, *(found for found in others if found.path not in told)], row_name(ROW, indicator))


@cache
def row_checks() -> tuple[Check, ...]:
    """The checks that one row alone can fail: those whose example lies in an indicator. Notes are left to 检查."""
    return tuple(
        entry
        for entry in catalogue().values()
        if entry.run
        and entry.code not in OF_SEVERAL_ROWS
        and entry.severity is not Severity.NOTE
        and any(path.startswith("items.") and ".indicators" in path for path in entry.caught)
    )


@cache
def _blank() -> Submission:
    return Submission()


def _item(indicator: Indicator) -> WorkItem:
    return WorkItem.model_construct(name="", goal="", result="", indicators=[indicator])


def _findings(case: Case) -> Iterator[Finding]:
    for entry in row_checks():
        assert entry.run  # row_checks gives only those that run
        for where in entry.run(case):
            if where.path[: len(ROW)] == ROW:
                yield entry.finding(where)


def _listed(found: Sequence[Finding], name: str) -> str:
    """The findings as one text, errors first; the first of several says how many there are."""
    ordered = [one for mark in MARKED for one in found if one.severity.label == mark]
    if not ordered:
        return FINE
    lines = [f"{one.severity.label}：{_plainly(one.message, name)}" for one in ordered]
    if len(lines) > 1:
        lines[0] += f"（共{len(lines)}项）"
    return "；".join(lines)


def _plainly(message: str, name: str) -> str:
    """A message without the name of the row, since it is shown in that row, and without the sign between messages."""
    return message.removeprefix(name).removeprefix("的").replace("；", "，")
