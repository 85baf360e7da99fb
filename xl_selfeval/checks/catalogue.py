"""The catalogue of checks (检查项): code, severity, words, remedy, basis and two examples of each, in one place.

A check is a generator of hits over a `Case`, declared with `@check(...)` beside its texts. What the reader of a
workbook finds in the cells themselves is declared with `declare(...)` and raised through `finding(...)`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache, cached_property

from xl_selfeval.measure import Measure
from xl_selfeval.model import Indicator, Labelled, Path, Submission
from xl_selfeval.quantities import plain
from xl_selfeval.rulebook.schema import Rulebook
from xl_selfeval.scoring import RowScore, ScoreCard


class Severity(Labelled):
    """How much a finding weighs: an error blocks, a warning asks for a reason, a note only tells."""

    ERROR = "error", "错误"
    WARNING = "warning", "警告"
    NOTE = "note", "提示"


class Family(Labelled):
    """Families of checks; the code of a check starts with its family's value."""

    CELLS = "CEL", "单元格内容"
    REQUIRED = "REQ", "必填项"
    TYPES = "TYP", "指标值与单位"
    WEIGHTS = "WGT", "分值"
    SCORING = "SCO", "得分"
    REASONS = "RSN", "原因说明"
    BUDGET = "BUD", "预算与收支"
    DATES = "DAT", "年度与日期"
    CONSISTENCY = "CON", "前后一致"
    TEXT = "TXT", "文字"


@dataclass(frozen=True)
class Finding:
    """One thing found: where (a path), what (with the values), what to do, and on what basis."""

    code: str
    severity: Severity
    path: Path
    message: str
    remedy: str
    basis: str


@dataclass(frozen=True)
class Hit:
    """Where a check strikes and the values for its message."""

    path: Path
    values: Mapping[str, object] = field(default_factory=dict)


def hit(*path: str | int, **values: object) -> Hit:
    """Shorthand: ``hit("unit", "staff", staff=8)``."""
    return Hit(path, values)


@dataclass(frozen=True)
class Case:
    """What a check looks at: the submission, the rulebook and the score card made of both."""

    submission: Submission
    rulebook: Rulebook
    card: ScoreCard

    @cached_property
    def rows(self) -> list[tuple[Path, Indicator, Measure, RowScore]]:
        """Every indicator with its path, its numbers and its score."""
        pairs = zip(self.submission.indicators(), self.card.rows, strict=True)
        return [(path, indicator, self.card.measures[path], row) for (path, indicator), row in pairs]


Run = Callable[[Case], Iterator[Hit]]
Patch = Mapping[str, object]


@dataclass(frozen=True)
class Check:
    """One check with its words. `caught` and `passed` are patches on the sound sample: dotted path → value."""

    code: str
    severity: Severity
    title: str
    message: str
    remedy: str
    basis: str
    caught: Patch
    passed: Patch
    run: Run | None = None

    @property
    def family(self) -> Family:
        """The family that the code names."""
        return next(family for family in Family if family.value == self.code[:3])

    def finding(self, where: Hit) -> Finding:
        """The finding for one hit, its texts filled with the values."""
        values = {key: _shown(value) for key, value in where.values.items()}
        return Finding(
            self.code,
            self.severity,
            where.path,
            self.message.format(**values),
            self.remedy.format(**values),
            self.basis,
        )


_CATALOGUE: dict[str, Check] = {}


def check(
    code: str,
    severity: Severity,
    *,
    title: str,
    message: str,
    remedy: str,
    basis: str,
    caught: Patch,
    passed: Patch,
) -> Callable[[Run], Run]:
    """Enter the decorated generator into the catalogue under `code`. Raises ValueError for a code used twice."""

    def enter(run: Run) -> Run:
        _enter(Check(code, severity, title, message, remedy, basis, caught, passed, run))
        return run

    return enter


def declare(entry: Check) -> Check:
    """Enter a check that the reader of a workbook raises itself. Raises ValueError for a code used twice."""
    return _enter(entry)


def _enter(entry: Check) -> Check:
    if entry.code in _CATALOGUE:
        raise ValueError(f"check {entry.code} is declared twice")
    _CATALOGUE[entry.code] = entry
    return entry


@cache
def catalogue() -> Mapping[str, Check]:
    """All checks by code, families in their order."""
    from xl_selfeval import checks  # the package imports every family, which fills the catalogue

    assert checks
    order = [family.value for family in Family]
    return dict(sorted(_CATALOGUE.items(), key=lambda entry: (order.index(entry[0][:3]), entry[0])))


def finding(code: str, path: Path, **values: object) -> Finding:
    """The finding of a declared check at `path`; raises KeyError for an unknown code."""
    return catalogue()[code].finding(Hit(path, values))


def run_checks(submission: Submission, rulebook: Rulebook, card: ScoreCard) -> list[Finding]:
    """All findings of all checks on one submission, none hidden by another, in catalogue order."""
    case = Case(submission, rulebook, card)
    return [entry.finding(where) for entry in catalogue().values() if entry.run for where in entry.run(case)]


def tallied(findings: Sequence[Finding]) -> list[str]:
    """How many findings of each severity that is among them, e.g. 错误2项, the heaviest first."""
    counts = Counter(found.severity for found in findings)
    return [f"{severity.label}{counts[severity]}项" for severity in Severity if counts[severity]]


def counted(findings: Sequence[Finding]) -> str:
    """How many findings of each severity, in one sentence without its full stop."""
    return "发现" + "、".join(tallied(findings)) if findings else "没有发现问题"


def _shown(value: object) -> str:
    return plain(value) if isinstance(value, Decimal) else str(value)
