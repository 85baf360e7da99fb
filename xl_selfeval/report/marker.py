"""Tells texts that rest on example values from the unit's own, so that every figure made of one is marked too."""

from __future__ import annotations

from decimal import Decimal

from xl_selfeval.examples import is_example
from xl_selfeval.model import Path, Submission
from xl_selfeval.report import words
from xl_selfeval.report.view import Sample

PREFIX = "示例："


class Marker:
    """Makes `Sample`s of what comes from places that `submission.examples` names."""

    def __init__(self, submission: Submission) -> None:
        self._submission = submission
        self._any = bool(submission.examples)

    def covers(self, *places: Path) -> bool:
        """True when one of `places` holds an example value."""
        return self._any and any(is_example(place, self._submission) for place in places)

    def mark(self, text: str, *places: Path) -> str:
        """`text`, a `Sample` when it rests on an example at one of `places`; blank stays plain."""
        return Sample(text) if text and self.covers(*places) else text

    def clause(self, text: str, place: Path) -> str:
        """The text at `place` to stand inside a sentence."""
        return self.mark(words.clause(_bare(text)), place)

    def sentence(self, text: str, place: Path) -> str:
        """The text at `place` as a sentence."""
        return self.mark(words.sentence(_bare(text)), place)

    def line(self, text: str, place: Path) -> str:
        """The text at `place` on one line."""
        return self.mark(words.one_line(_bare(text)), place)

    def lines(self, text: str, place: Path) -> tuple[str, ...]:
        """The text at `place` as paragraphs, the last with its full stop."""
        parts = [self.mark(part, place) for part in words.lines(_bare(text))]
        return (*parts[:-1], self.mark(words.sentence(parts[-1]), place)) if parts else ()

    def money(self, value: Decimal | None, place: Path) -> str:
        """The money at `place` in 万元, with the word."""
        return self.mark(words.money(value), place)

    def amount(self, value: Decimal | None, place: Path) -> str:
        """The money at `place` for a cell under a heading that names the unit."""
        return self.mark("" if value is None else words.amount(value), place)


def _bare(text: str) -> str:
    """Example texts that already say so are marked once, by the report."""
    return text.removeprefix(PREFIX)
