"""部门整体支出绩效自评: check, score and report what a unit declares.

The public names, loaded when first used: `read` and `assess` a file, `score` and `run_checks` a submission,
`render_report` it, `build_workbook` a template, `find_rulebook` by id or path.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from xl_selfeval.assessment import assess, read
    from xl_selfeval.checks import run_checks
    from xl_selfeval.report import render_report
    from xl_selfeval.rulebook import find_rulebook
    from xl_selfeval.scoring import score
    from xl_selfeval.workbook.template import build_workbook

__version__ = "0.2.0"

_HOMES = {
    "assess": "assessment",
    "build_workbook": "workbook.template",
    "find_rulebook": "rulebook",
    "read": "assessment",
    "render_report": "report",
    "run_checks": "checks",
    "score": "scoring",
}

__all__ = ["assess", "build_workbook", "find_rulebook", "read", "render_report", "run_checks", "score"]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
