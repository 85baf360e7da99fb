"""Submissions that a workbook can hold exactly: no blank entries in lists, no characters that a cell cannot keep."""

from __future__ import annotations

import unicodedata
from typing import Any

from hypothesis import strategies as st

from tests.strategies import submissions
from xl_selfeval.model import Part, Submission, WorkItem

LEFT_OUT = frozenset({"Cc", "Cs", "Cn"})  # control characters, surrogates, and the code points that are no characters
WORDS = ("name", "goal", "result")


def canonical_submissions(rulebook: str) -> st.SearchStrategy[Submission]:
    """Any submission under `rulebook`, brought into the form in which a workbook gives it back."""
    patterns = st.lists(
        st.sampled_from(["duties.*", "items.*.indicators.*.actual", "unit.name", "projects"]), max_size=2
    )
    return st.builds(lambda submission, examples: canonical(submission, rulebook, examples), submissions(), patterns)


def canonical(submission: Submission, rulebook: str, examples: list[str]) -> Submission:
    """`submission` without what no workbook can hold."""
    data = submission.model_copy(update={"rulebook": "", "examples": []})
    kept = Submission.model_validate(_kept(data))
    return kept.model_copy(update={"rulebook": rulebook, "examples": examples})


def _kept(node: Any) -> Any:
    if isinstance(node, Part):
        return type(node).model_validate({name: _kept(getattr(node, name)) for name in type(node).model_fields})
    if isinstance(node, list):
        return [entry for entry in map(_kept, node) if not _is_blank(entry)]
    if type(node) is str:
        return "".join(c for c in node if c == "\n" or unicodedata.category(c) not in LEFT_OUT).strip()
    return node


def _is_blank(entry: Any) -> bool:
    if isinstance(entry, WorkItem):  # its row on 绩效目标 holds only its words
        return not any(getattr(entry, name) for name in WORDS)
    return entry.is_blank if isinstance(entry, Part) else entry == ""
