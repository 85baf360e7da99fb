"""Facts of the score: criteria of the grades, total, blocks with points, rate and the unit's own words. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from xl_selfeval.model import Category, Path, Submission
from xl_selfeval.quantities.numerals import plain
from xl_selfeval.report import words
from xl_selfeval.report.indicators import Row
from xl_selfeval.report.marker import Marker
from xl_selfeval.report.view import BlockFacts, IndicatorFacts, Sample, ScoreFacts
from xl_selfeval.rulebook.schema import Rulebook
from xl_selfeval.scoring import BlockScore, ScoreCard

UNSORTED = "未归类指标"
"""Rows whose 一级指标 is missing or is not scored by the scheme."""

Known = Mapping[Path, IndicatorFacts]


def score_facts(
    submission: Submission, card: ScoreCard, rows: Sequence[Row], known: Known, marker: Marker
) -> ScoreFacts:
    """What a report says of the points on `card`; a figure made of any example is marked as one."""
    claimed, execution = submission.conclusion, _execution(card, marker)
    example = any(isinstance(fact.points, Sample) for fact in known.values())
    example = example or (execution is not None and isinstance(execution.points, Sample))
    return ScoreFacts(
        criteria=_criteria(card.rulebook),
        total=_derived(_figure(card.total, card), example),
        max=plain(card.max),
        grade=_derived(card.grade.name, example),
        claimed_total=marker.mark(
            "" if claimed.claimed_total is None else _figure(claimed.claimed_total, card),
            ("conclusion", "claimed_total"),
        ),
        claimed_grade=marker.line(claimed.claimed_grade, ("conclusion", "claimed_grade")),
        total_differs=claimed.claimed_total is not None and claimed.claimed_total != card.total,
        grade_differs=bool(claimed.claimed_grade) and claimed.claimed_grade != card.grade.name,
        execution=execution,
        blocks=_blocks(submission, card, rows, known, marker),
        rulebook=card.rulebook.name,
    )


def _derived(text: str, example: bool) -> str:
    return Sample(text) if example else text


def _figure(points: Decimal, card: ScoreCard) -> str:
    return words.figure(points, card.rulebook.formulas.digits.value)


def _criteria(rulebook: Rulebook) -> tuple[str, ...]:
    """得分≥85分为优秀, 75≤得分<85分为良好, …, 得分<60分为较差."""
    told, above = [], ""
    for grade in rulebook.grades:
        floor = plain(grade.floor.value)
        if not above:
            told.append(f"得分≥{floor}分为{grade.name}")
        elif floor == "0":
            told.append(f"得分<{above}分为{grade.name}")
        else:
            told.append(f"{floor}≤得分<{above}分为{grade.name}")
        above = floor
    return tuple(told)


def _execution(card: ScoreCard, marker: Marker) -> BlockFacts | None:
    execution = card.execution
    if not execution.max:
        return None
    total = ("finance", "funds", "total")
    return BlockFacts(
        name="预算执行率",
        max=plain(execution.max),
        points=marker.mark(_figure(execution.points, card), (*total, "adjusted_budget"), (*total, "executed_amount")),
        rate="",
        words=(),
        rows=(),
    )


def _blocks(
    submission: Submission, card: ScoreCard, rows: Sequence[Row], known: Known, marker: Marker
) -> tuple[BlockFacts, ...]:
    told: list[BlockFacts] = []
    scored: set[Category] = set()
    for block, points in zip(card.rulebook.blocks, card.blocks, strict=True):
        scored.update(block.categories)
        mine = tuple(known[row.path] for row in rows if row.score.category in block.categories)
        told.append(_block(points, mine, _words(submission, block.categories, marker), card))
    rest = [row for row in rows if row.score.category not in scored]
    if rest:
        score = BlockScore(
            UNSORTED,
            sum((row.score.points for row in rest), Decimal(0)),
            sum((row.score.max for row in rest), Decimal(0)),
        )
        told.append(_block(score, tuple(known[row.path] for row in rest), (), card))
    return tuple(told)


def _block(score: BlockScore, rows: tuple[IndicatorFacts, ...], text: tuple[str, ...], card: ScoreCard) -> BlockFacts:
    example = any(isinstance(row.points, Sample) for row in rows)
    return BlockFacts(
        name=score.name,
        max=plain(score.max),
        points=_derived(_figure(score.points, card), example),
        rate=_derived(words.percent(score.points / score.max), example) if score.max else "",
        words=text,
        rows=rows,
    )


def _words(submission: Submission, categories: Sequence[Category], marker: Marker) -> tuple[str, ...]:
    told: tuple[str, ...] = ()
    for i, block in enumerate(submission.conclusion.blocks):
        if block.category in categories:
            told += marker.lines(block.text, ("conclusion", "blocks", i, "text"))
    return told
