"""All texts of a submission with their paths, laid end to end so that one search covers them all.

Some hundred short fields searched by some thirty patterns each would cost more than reading the workbook;
one long string costs thirty searches.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from functools import cached_property

from xl_selfeval.checks.catalogue import Case
from xl_selfeval.model import Part, Path, Submission

END = "\x00"
"""Stands before and behind every text: a pattern that may run on (``[^。]``) must exclude it."""

TITLE = re.compile(rf"《[^《》{END}]*》")
# Not prose: a code, the patterns of example values, and a unit that is never a sentence.
_SKIPPED = frozenset({"rulebook", "examples", "unit_of_measure"})
_SHOWN = 3


def texts(submission: Submission) -> Iterator[tuple[Path, str]]:
    """Every filled text field with its path, in the order of the form."""
    found: list[tuple[Path, str]] = []
    _walk(submission, (), found)
    return iter(found)


def _walk(part: Part, path: Path, found: list[tuple[Path, str]]) -> None:
    for name, value in part.__dict__.items():
        if type(value) is str:  # a Labelled choice is a str too, and no text
            if value and name not in _SKIPPED:
                found.append(((*path, name), value))
        elif isinstance(value, Part):
            if value.model_fields_set:  # else nobody filled in any of it
                _walk(value, (*path, name), found)
        elif type(value) is list and name not in _SKIPPED:
            for i, entry in enumerate(value):
                if isinstance(entry, Part):
                    _walk(entry, (*path, name, i), found)
                elif entry:
                    found.append(((*path, name, i), entry))


class Texts:
    """The texts of one submission, walked once."""

    def __init__(self, submission: Submission) -> None:
        self.fields = list(texts(submission))
        self.joined = END + END.join(text for _, text in self.fields) + END
        self._starts: list[int] = []
        position = len(END)
        for _, text in self.fields:
            self._starts.append(position)
            position += len(text) + len(END)

    @cached_property
    def untitled(self) -> str:
        """`joined` with the titles of documents (《…》) blanked, every other character in its place."""
        return TITLE.sub(lambda match: "《" + "□" * (len(match[0]) - 2) + "》", self.joined)

    def index_at(self, position: int) -> int:
        """Which field the character at `position` of `joined` belongs to."""
        return max(0, bisect_right(self._starts, position) - 1)

    def find(self, pattern: re.Pattern[str], *, titles: bool = True) -> Iterator[tuple[Path, re.Match[str]]]:
        """Every match of `pattern` with the path of its field; `titles=False` leaves out what stands in 《…》.

        A pattern for the beginning of a text may start with `END`, which is faster than looking behind.
        """
        if self.fields:
            for match in pattern.finditer(self.joined if titles else self.untitled):
                start = match.start() + match[0].startswith(END)
                yield self.fields[self.index_at(start)][0], match

    def by_field(
        self, pattern: re.Pattern[str], *, titles: bool = True, sign: re.Pattern[str] | None = None
    ) -> dict[Path, list[re.Match[str]]]:
        """The matches of `pattern`, field by field; with a quick `sign`, only in fields in which that occurs."""
        if sign is not None:
            found = {path: list(pattern.finditer(f"{END}{text}{END}")) for path, text in self.holding(sign)}
            return {path: matches for path, matches in found.items() if matches}
        found = {}
        for path, match in self.find(pattern, titles=titles):
            found.setdefault(path, []).append(match)
        return found

    def holding(self, pattern: re.Pattern[str]) -> Iterator[tuple[Path, str]]:
        """The fields in which `pattern` occurs, whole."""
        seen = -1
        for match in pattern.finditer(self.joined) if self.fields else ():
            index = self.index_at(match.start())
            if index != seen:
                seen = index
                yield self.fields[index]


def texts_of(case: Case) -> Texts:
    """The texts of `case`, walked once and kept beside its fields, as `cached_property` would."""
    kept = vars(case)
    if "texts" not in kept:
        kept["texts"] = Texts(case.submission)
    found: Texts = kept["texts"]
    return found


def quoted(words: Iterable[str]) -> str:
    """The words found, each once, in quotation marks: “and”、“service”; more than three are counted."""
    each = list(dict.fromkeys(" ".join(word.replace(END, "").split()) for word in words))
    shown = "、".join(f"“{word}”" for word in each[:_SHOWN])
    return shown if len(each) <= _SHOWN else f"{shown}等{len(each)}处"
