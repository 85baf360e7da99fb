"""Facts of indicators and work items: how each actual stands against its target, and what calls for words. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from xl_selfeval.measure import BARE_LIMIT, LOWER, Measure, deadline_in_words, target_in_words
from xl_selfeval.model import Achievement, Category, Indicator, Operator, Path, Submission, WorkItem
from xl_selfeval.quantities.dates import chinese_date
from xl_selfeval.quantities.numerals import plain
from xl_selfeval.report import words
from xl_selfeval.report.marker import Marker
from xl_selfeval.report.view import IndicatorFacts, ItemFacts, Sample, Tally
from xl_selfeval.scoring import RowScore, ScoreCard, bounds, gap

_GOAL_WORDS = {
    Operator.AT_LEAST: "不少于",
    Operator.GREATER: "高于",
    Operator.AT_MOST: "不超过",
    Operator.LESS: "低于",
}
_LEVELS = ("%", "米", "公里", "元", "分", "度", "克", "吨")
"""Units of what is measured: 不低于90%; what is counted takes 不少于: 不少于12场."""
_OUTCOMES = {
    Achievement.ACHIEVED: "达成预期指标",
    Achievement.PARTLY: "部分达成预期指标",
    Achievement.MISSED: "未达成预期指标",
}
_TIMES = ("时间", "日期", "时限", "时点")
_RESULTS = {Category.BENEFIT.label, Category.SATISFACTION.label}


@dataclass(frozen=True)
class Row:
    """All that is known of one indicator; `limits` are the least and the most that earns full points."""

    path: Path
    declared: Indicator
    measure: Measure
    score: RowScore
    limits: tuple[Decimal | None, Decimal | None]


def rows_of(submission: Submission, card: ScoreCard) -> list[Row]:
    """Every indicator with its measure and score, in the order of the form."""
    return [
        Row(path, declared, card.measures[path], score, bounds(card.measures[path], card.rulebook))
        for (path, declared), score in zip(submission.indicators(), card.rows, strict=True)
    ]


def indicator_facts(row: Row, card: ScoreCard, marker: Marker) -> IndicatorFacts:
    """What a report says of one indicator; rates against `card.rulebook`'s bound for 超额."""
    declared, score = row.declared, row.score
    standing = _standing(row)
    digits = card.rulebook.formulas.digits.value
    actual_place = (*row.path, "actual")
    weight, claim = (*row.path, "max_points"), (*row.path, "claimed_points")
    scored = (actual_place, (*row.path, "target"), (*row.path, "achievement"), weight)
    return IndicatorFacts(
        name=marker.line(declared.name or declared.wording or "未命名指标", (*row.path, "name")),
        category=declared.category.label if declared.category else "",
        subcategory=declared.subcategory.label if declared.subcategory else "",
        wording=marker.clause(declared.wording or _made_wording(row), (*row.path, "wording")),
        target=marker.mark(_target(row), (*row.path, "target")),
        goal=marker.mark(_goal(row), (*row.path, "target")),
        actual=_actual(row, marker),
        qualitative=row.measure.operator is Operator.QUALITATIVE,
        deadline=row.measure.operator is Operator.DEADLINE,
        names_a_time=words.clause(declared.name).endswith(_TIMES),
        unfilled=standing == "unfilled",
        unclear=standing == "unclear",
        missed=standing == "missed",
        met=standing == "met",
        exceeded=standing == "met" and _exceeded(row, card),
        side=_side(row),
        gap=marker.mark(_gap(row), actual_place),
        rate=marker.mark(_rate(row), actual_place),
        outcome=marker.mark(_outcome(declared), (*row.path, "achievement")),
        max=marker.mark(plain(score.max), weight),
        points=marker.mark(words.figure(score.points, digits), *scored, claim),
        lost=score.points < score.max,
        computed=marker.mark(_points(score.computed, digits), *scored),
        claimed=marker.mark(_points(score.claimed, digits), claim),
        differs=score.claimed is not None and score.claimed != score.computed,
        reason=marker.clause(declared.deviation_reason, (*row.path, "deviation_reason")),
        improvement=marker.clause(declared.improvement, (*row.path, "improvement")),
    )


def item_facts(item: WorkItem, path: Path, indicators: tuple[IndicatorFacts, ...], marker: Marker) -> ItemFacts:
    """What a report says of one work item with its `indicators`."""
    unfilled = sum(indicator.unfilled for indicator in indicators)
    return ItemFacts(
        name=marker.clause(words.without_number(item.name), (*path, "name")) or "未命名任务",
        goal=marker.lines(item.goal, (*path, "goal")),
        wording=_joined_wordings(indicators),
        result=marker.lines(item.result, (*path, "result")),
        indicators=indicators,
        to_explain=tuple(indicator for indicator in indicators if _to_explain(indicator)),
        all_met=bool(indicators) and all(indicator.met for indicator in indicators),
        unfilled=str(unfilled) if unfilled else "",
    )


def tally(indicators: Iterable[IndicatorFacts]) -> Tally:
    """How the indicators of all items stand."""
    known = tuple(indicators)
    counts = {kind: sum(one.category == kind for one in known) for kind in dict.fromkeys(k.label for k in Category)}
    met = sum(indicator.met for indicator in known)
    return Tally(
        total=str(len(known)) if known else "",
        kinds=tuple(f"{kind}{count}个" for kind, count in counts.items() if count),
        met=str(met) if met else "",
        missed=tuple(indicator for indicator in known if indicator.missed),
        unfilled=tuple(indicator for indicator in known if indicator.unfilled),
        unclear=tuple(indicator for indicator in known if indicator.unclear),
    )


def _to_explain(indicator: IndicatorFacts) -> bool:
    if indicator.unfilled or indicator.unclear:
        return bool(indicator.reason)
    return bool(indicator.missed or indicator.exceeded or indicator.reason or (indicator.lost and indicator.max != "0"))


def _standing(row: Row) -> str:
    """One of unfilled, unclear, missed, met."""
    declared, measure = row.declared, row.measure
    if measure.operator is Operator.QUALITATIVE:
        if declared.achievement is None:
            return "unclear" if declared.actual else "unfilled"
        return "met" if declared.achievement is Achievement.ACHIEVED else "missed"
    if not declared.actual:
        return "unfilled"
    if measure.trouble:
        return "unclear"
    if measure.operator is Operator.DEADLINE:
        assert measure.deadline and measure.finished  # a deadline without trouble has both
        return "met" if measure.finished <= measure.deadline else "missed"
    return "missed" if _distance(row) else "met"


def _distance(row: Row) -> Decimal:
    """How far the actual lies on the wrong side of the target, as scoring has it (> like ≥, = by the scheme)."""
    return gap(row.measure.actual or Decimal(0), *row.limits)


def _exceeded(row: Row, card: ScoreCard) -> bool:
    measure = row.measure
    if measure.operator in LOWER or measure.target is None or measure.actual is None or measure.upper is not None:
        return False
    return measure.target > 0 and measure.actual >= measure.target * card.rulebook.reasons.overshoot.value


def _comparable(measure: Measure) -> bool:
    return not measure.trouble and measure.target is not None and measure.actual is not None


def _side(row: Row) -> str:
    if not _comparable(row.measure):
        return ""
    _, high = row.limits
    over, under = ("高", "低") if row.measure.unit == "%" else ("多", "少")
    return over if high is not None and (row.measure.actual or Decimal(0)) > high else under


def _gap(row: Row) -> str:
    measure = row.measure
    if measure.deadline and measure.finished:
        days = (measure.finished - measure.deadline).days
        return f"{days}天" if days > 0 else ""
    if not _comparable(measure) or not _distance(row):
        return ""
    return f"{plain(_distance(row))}{'个百分点' if measure.unit == '%' else measure.unit}"


def _rate(row: Row) -> str:
    measure = row.measure
    if not _comparable(measure) or measure.unit == "%" or measure.operator in LOWER or measure.upper is not None:
        return ""
    return words.percent(measure.actual / measure.target) if measure.target and measure.actual is not None else ""


def _outcome(declared: Indicator) -> str:
    return _OUTCOMES[declared.achievement] if declared.achievement else ""


def _points(value: Decimal | None, digits: int) -> str:
    return "" if value is None else words.figure(value, digits)


def _target(row: Row) -> str:
    """As in tables: ≥100平方米, 2023年11月30日前."""
    text, read = row.declared.target, row.measure
    return target_in_words(read) or deadline_in_words(words.one_line(text), read) or words.one_line(text)


def _goal(row: Row) -> str:
    """As in sentences: 不低于100平方米."""
    measure = row.measure
    if measure.target is None:
        return words.clause(deadline_in_words(row.declared.target, measure) or row.declared.target)
    if measure.operator is Operator.RANGE and measure.upper is not None:
        low = "%" if measure.unit == "%" else ""
        return f"{plain(measure.target)}{low}至{plain(measure.upper)}{measure.unit}"
    lead = "" if BARE_LIMIT in measure.doubts or measure.operator is None else _GOAL_WORDS.get(measure.operator, "")
    if measure.unit.endswith(_LEVELS):
        lead = lead.replace("不少于", "不低于")
    return f"{lead}{plain(measure.target)}{measure.unit}"


def _actual(row: Row, marker: Marker) -> str:
    measure, place = row.measure, (*row.path, "actual")
    if measure.actual is not None:
        return marker.mark(f"{plain(measure.actual)}{measure.unit}", place)
    if measure.finished is not None:
        return marker.mark(chinese_date(measure.finished), place)
    return marker.clause(row.declared.actual, place)


def _made_wording(row: Row) -> str:
    name = row.declared.name
    goal = _goal(row)
    if not name or not goal or goal in name:
        return name or goal
    return f"{name}：{goal}" if row.measure.target is None else f"{name}{goal}"


def _joined_wordings(indicators: tuple[IndicatorFacts, ...]) -> str:
    """The wordings in one sentence; one that repeats stands once."""
    wordings = {indicator.wording: indicator.category for indicator in reversed(indicators) if indicator.wording}
    joined, last = "", ("", "")
    for wording, category in reversed(wordings.items()):
        if joined:
            joined += _joint(last, (wording, category))
        joined, last = joined + wording, (wording, category)
    text = f"{joined}。" if joined else ""
    return Sample(text) if any(isinstance(wording, Sample) for wording in wordings) else text


def _joint(one: tuple[str, str], other: tuple[str, str]) -> str:
    """， between results (benefit, satisfaction) and between plain outputs, ； where that would be unclear."""
    groups = {category in _RESULTS for _, category in (one, other)}
    outputs_with_commas = groups == {False} and any("，" in wording for wording, _ in (one, other))
    return "；" if len(groups) > 1 or outputs_with_commas else "，"
