"""What the official table says of each indicator, in the order of official forms. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from xl_selfeval.examples import is_example
from xl_selfeval.measure import Measure, deadline_in_words, target_in_words
from xl_selfeval.model import SUBCATEGORIES, Category, Indicator, Operator, Path, Subcategory, Submission
from xl_selfeval.quantities import chinese_date, parse_date, plain
from xl_selfeval.scoring import ScoreCard

UNSORTED = "未归类指标"
PREFIX_OF_MEASURES = "改进措施："
# Points rest on these, so one example among them makes the points an example too.
SCORED_FROM = ("target", "actual", "achievement", "max_points", "claimed_points")


@dataclass(frozen=True)
class Line:
    """One indicator as printed: weight and points in 分, None where the form is blank.

    `samples` names those of the fields that rest on example values.
    """

    category: Category | None
    subcategory: Subcategory | None
    name: str = ""
    target: str = ""
    actual: str = ""
    weight: Decimal | None = None
    points: Decimal | None = None
    reason: str = ""
    samples: frozenset[str] = field(default=frozenset())


def lines_of(submission: Submission, card: ScoreCard) -> list[Line]:
    """All indicators by 一级指标 as the rulebook orders them, then 二级指标, then as declared.

    A submission without indicators gives one blank line for each 二级指标, to be filled in by hand.
    """
    lines = [_line(path, row, submission, card) for path, row in submission.indicators()]
    order, subs = _categories(card), list(Subcategory)

    def place(line: Line) -> tuple[int, int]:
        first = order.index(line.category) if line.category in order else len(order)
        return first, subs.index(line.subcategory) if line.subcategory else len(subs)

    return sorted(lines, key=place) if lines else list(_blank_lines(card))


def level_1(category: Category | None, lines: list[Line], card: ScoreCard) -> str:
    """The words for 一级指标, with its 分值 where the scheme has a block for just this one among `lines`."""
    if category is None:
        return UNSORTED
    present = {line.category for line in lines}
    for block, scored in zip(card.rulebook.blocks, card.blocks, strict=True):
        if category in block.categories and present & set(block.categories) == {category} and scored.max:
            return f"{category.label}\n（{plain(scored.max)}分）"
    return category.label


def _categories(card: ScoreCard) -> list[Category]:
    named = [category for block in card.rulebook.blocks for category in block.categories]
    return [*named, *(category for category in Category if category not in named)]


def _blank_lines(card: ScoreCard) -> Iterator[Line]:
    """成本 as a 一级指标 of its own only where the scheme has a block for it: else it stands under 产出."""
    own = any(block.categories == (Category.COST,) for block in card.rulebook.blocks)
    for category in _categories(card):
        if own or category is not Category.COST:
            yield from (Line(category, subcategory) for subcategory in SUBCATEGORIES[category])


def _line(path: Path, row: Indicator, submission: Submission, card: ScoreCard) -> Line:
    score, read = card.row(path), card.measures[path]
    named = "name" if row.name else "wording"
    rests_on = {
        "name": (named,),
        "target": ("target",),
        "actual": ("actual", "achievement"),
        "weight": ("max_points",),
        "points": SCORED_FROM,
        "reason": ("deviation_reason", "improvement"),
    }
    return Line(
        category=row.category,
        subcategory=row.subcategory,
        name=row.name or row.wording,
        target=_target(row, read, submission.fiscal_year),
        actual=_actual(row, read),
        weight=row.max_points,
        points=score.points if row.max_points is not None else None,
        reason=_reason(row),
        samples=frozenset(
            shown for shown, fields in rests_on.items() if any(is_example((*path, f), submission) for f in fields)
        ),
    )


def _target(row: Indicator, read: Measure, year: int | None) -> str:
    """As people write it: ≥90%, 2023年11月30日前; where sign and text contradict each other, as typed."""
    if read.trouble and read.trouble_at != "actual":
        return row.target
    if read.deadline is not None and isinstance(parse_date(row.target, year), date):
        return f"{deadline_in_words(row.target, read).removesuffix('前')}前"
    return target_in_words(read) or row.target


def _actual(row: Indicator, read: Measure) -> str:
    if read.operator is Operator.QUALITATIVE:
        band = row.achievement.label if row.achievement else ""
        return f"{row.actual}（{band}）" if row.actual and band else row.actual or band
    if read.trouble:
        return row.actual
    if read.finished is not None:
        return chinese_date(read.finished)
    return row.actual if read.actual is None else f"{plain(read.actual)}{read.unit}"


def _reason(row: Indicator) -> str:
    measures = row.improvement and f"{PREFIX_OF_MEASURES}{row.improvement.removeprefix(PREFIX_OF_MEASURES)}"
    return "\n".join(part for part in (row.deviation_reason, measures) if part)
