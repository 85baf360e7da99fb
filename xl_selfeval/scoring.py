"""Points of a submission under a rulebook: pure, exact, each row with the rule that gave it.

Rules: `domain/rules.md` §2, whose options (reverse formula, bands, rounding) the rulebook holds. Points and
totals are Decimal 分, rates are ratios. A row that cannot be scored gets no computed points and counts 0,
with the reason in words, until it is mended.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from functools import cached_property

from xl_selfeval.measure import HIGHER, LOWER, Measure, measure
from xl_selfeval.model import Achievement, Amounts, Category, Indicator, Labelled, Operator, Path, Submission
from xl_selfeval.quantities import half_up, plain
from xl_selfeval.rulebook.schema import Equality, Grade, PartialStep, Reverse, Rulebook

ZERO = Decimal(0)
ONE = Decimal(1)
# Binary spreadsheets carry noise in the 15th digit; they and we first round to this many digits, so both see one tie.
INNER_DIGITS = 10
BAND_DIGITS = 2  # the bounds of a band are shares of the weight, and no points: whole-point schemes keep them too


class Rule(Labelled):
    """The rule that gave a row its points."""

    HIGHER = "higher_is_better", "正向指标按完成比例"
    EQUAL = "equal_as_ratio", "等值指标按完成比例"
    EXACT = "equal_exact", "等值指标相等得满分"
    ZERO = "zero_target", "零值指标"
    LOWER = "lower_is_better", "反向指标未超过得满分"
    LOWER_RATIO = "lower_over_ratio", "反向指标超过后按比率"
    LOWER_LINEAR = "lower_over_linear", "反向指标超过后按超出比例扣分"
    RANGE = "range", "区间指标"
    DEADLINE = "deadline", "时限指标"
    STEP = "step", "阶梯扣分"
    QUALITATIVE = "qualitative", "定性指标分档评分"
    NOT_SCORED = "not_scored", "无法计分"


@dataclass(frozen=True)
class RowScore:
    """One indicator's points: computed by the rule (None when it cannot be), claimed by the unit, and final."""

    path: Path
    name: str
    category: Category | None
    rule: Rule
    explanation: str
    computed: Decimal | None
    claimed: Decimal | None
    points: Decimal
    max: Decimal


@dataclass(frozen=True)
class BlockScore:
    """One block (一级指标): final points, and the weight by rulebook or, where the form decides, by its rows."""

    name: str
    points: Decimal
    max: Decimal


@dataclass(frozen=True)
class ExecutionScore:
    """预算执行率 as a ratio (None when not applicable) and, where the scheme scores it, its points."""

    rate: Decimal | None
    points: Decimal
    max: Decimal
    explanation: str


@dataclass(frozen=True)
class ScoreCard:
    """The whole score of one submission. `execution.max` is 0 where the scheme does not score execution."""

    rulebook: Rulebook
    rows: tuple[RowScore, ...]
    measures: dict[Path, Measure]
    blocks: tuple[BlockScore, ...]
    execution: ExecutionScore
    total: Decimal
    max: Decimal
    grade: Grade

    @property
    def begun(self) -> bool:
        """True when at least one row can be scored; before that there is no total or grade to speak of."""
        return any(row.computed is not None for row in self.rows)

    def row(self, path: Path) -> RowScore:
        """The row whose path `path` is or lies in; raises KeyError when there is none."""
        return self._by_path[path[:4]]

    @cached_property
    def _by_path(self) -> dict[Path, RowScore]:
        return {row.path: row for row in self.rows}


def score(submission: Submission, rulebook: Rulebook) -> ScoreCard:
    """Score every row, block and the total of `submission` under `rulebook`."""
    measures: dict[Path, Measure] = {}
    rows: list[RowScore] = []
    for path, indicator in submission.indicators():
        measures[path] = measure(indicator, submission.fiscal_year)
        rows.append(score_row(indicator, measures[path], rulebook, path))
    execution = score_execution(submission.finance.funds.total, rulebook)
    blocks = _blocks(rows, rulebook)
    # The sum of what is printed: rows in no block count nowhere, and weights too large (a check tells) lift nothing.
    total = min(_rounded(sum((block.points for block in blocks), execution.points), rulebook), rulebook.total.value)
    return ScoreCard(
        rulebook=rulebook,
        rows=tuple(rows),
        measures=measures,
        blocks=blocks,
        execution=execution,
        total=total,
        max=rulebook.total.value,
        grade=rulebook.grade_of(total),
    )


def execution_rate(funds: Amounts) -> Decimal | None:
    """全年执行数 ÷ 全年预算数 as an exact ratio, or None when it has no meaning (blank, or a budget of 0)."""
    if funds.executed_amount is None or not funds.adjusted_budget or funds.adjusted_budget < 0:
        return None
    return max(ZERO, funds.executed_amount) / funds.adjusted_budget


def score_execution(funds: Amounts, rulebook: Rulebook) -> ExecutionScore:
    """`w · min(1, B/A)` on 年度资金总额; 0 points and a reason where the rate has no meaning."""
    rate, weight = execution_rate(funds), rulebook.execution.value or ZERO
    if rate is None:
        return ExecutionScore(None, _rounded(ZERO, rulebook), weight, "全年预算数或全年执行数为空或为0，执行率不适用")
    points = min(_rounded(min(ONE, rate) * weight, rulebook), weight)
    exact = half_up(min(ONE, rate) * weight, 2)
    result = f"{points}" if exact == points else f"{exact}，取整为{points}"
    shown = f"{_n(funds.executed_amount)} ÷ {_n(funds.adjusted_budget)} × {plain(weight)} = {result}"
    if rate > 1:
        shown = f"执行数{_n(funds.executed_amount)}超过预算数{_n(funds.adjusted_budget)}，得满分{points}，须说明"
    return ExecutionScore(rate, points, weight, shown if weight else "本评分办法不计预算执行率得分")


def score_row(indicator: Indicator, read: Measure, rulebook: Rulebook, path: Path = ()) -> RowScore:
    """Points of one row: computed by rule, and final = the lower of claimed and computed, never below 0."""
    rule, computed, explanation = _compute(indicator, read, rulebook)
    claimed = indicator.claimed_points
    final = ZERO
    if computed is not None:
        final = computed if claimed is None else max(ZERO, min(_rounded(claimed, rulebook), computed))
    if computed is not None and final != computed:
        explanation += f"；自评{claimed}分，取较低者，得{final}分"
    weight = max(ZERO, indicator.max_points or ZERO)
    return RowScore(
        path=path,
        name=indicator.name or indicator.wording,
        category=indicator.category,
        rule=rule,
        explanation=explanation,
        computed=computed,
        claimed=claimed,
        points=final,
        max=weight,
    )


def _compute(indicator: Indicator, read: Measure, rulebook: Rulebook) -> tuple[Rule, Decimal | None, str]:
    weight = indicator.max_points
    if weight is None or weight <= 0:
        return Rule.NOT_SCORED, None, "没有填写分值" if weight is None else "分值须大于0"
    if read.trouble:
        return Rule.NOT_SCORED, None, read.trouble
    if read.operator is Operator.QUALITATIVE:
        return _qualitative(indicator, weight, rulebook)
    rule, share, shown = _share(indicator, read, rulebook, weight)
    # Whole-point rounding must not lift a weight of 8.5 to 9.
    points = min(_rounded(max(ZERO, min(share, ONE)) * weight, rulebook), weight)
    if "×" not in shown and "-" not in shown:
        return rule, points, f"{shown}，得{points}分"
    exact = half_up(max(ZERO, min(share, ONE)) * weight, 2)
    return rule, points, f"{shown} = {points}" if exact == points else f"{shown} = {exact}，取整为{points}"


def _qualitative(indicator: Indicator, weight: Decimal, rulebook: Rulebook) -> tuple[Rule, Decimal | None, str]:
    """The person's points, held inside the band the person picked."""
    if indicator.achievement is None or indicator.claimed_points is None:
        return Rule.QUALITATIVE, None, "定性指标：请选完成档次，并在该档范围内填自评得分"
    low, high = band_points(indicator.achievement, weight, rulebook)
    points = max(low, min(_rounded(indicator.claimed_points, rulebook), high))
    return Rule.QUALITATIVE, points, f"“{indicator.achievement.label}”档为{low}至{high}分，计{points}分"


def band_points(achievement: Achievement, weight: Decimal, rulebook: Rulebook) -> tuple[Decimal, Decimal]:
    """The lowest and the highest points of the band that a person picked, for a row of `weight` points."""
    band = rulebook.band_of(achievement)
    digits = max(rulebook.formulas.digits.value, BAND_DIGITS)
    low, high = (half_up(side.value * weight, digits) for side in (band.floor, band.ceiling))
    return min(low, weight), min(high, weight)


Share = tuple[Rule, Decimal, str]


def _share(indicator: Indicator, read: Measure, rulebook: Rulebook, weight: Decimal) -> Share:
    """The share of the points that a measured row earns, not yet held to 0…1, and how it came about."""
    if read.operator is Operator.DEADLINE:
        return _late(read, rulebook, weight)
    low, high = bounds(read, rulebook)
    actual = max(ZERO, read.actual or ZERO)
    if indicator.step_size and indicator.step_points and indicator.step_size > 0 < indicator.step_points:
        return _step(indicator, gap(actual, low, high), rulebook, weight)
    if high == 0 and not low:
        return Rule.ZERO, ONE if actual == 0 else ZERO, f"目标为0，实际为{plain(actual)}"
    if read.operator is Operator.EQUAL and rulebook.formulas.equal.value is Equality.EXACT:
        return Rule.EXACT, ONE if actual == low else ZERO, f"目标为{_n(low)}，实际为{plain(actual)}"
    if low is not None and actual < low:
        return _rule_below(read), actual / low, f"{plain(actual)} ÷ {plain(low)} × {plain(weight)}"
    if high is not None and actual > high:
        return _over(actual, high, read, rulebook, weight)
    return _rule_met(read), ONE, _met(actual, low, high)


def bounds(read: Measure, rulebook: Rulebook) -> tuple[Decimal | None, Decimal | None]:
    """The lowest and the highest value that earns full points; None where there is no such bound.

    A row with = counts like ≥ where the scheme scores it so, except for a target of 0, which nothing may exceed.
    """
    like_more = read.operator is Operator.EQUAL and rulebook.formulas.equal.value is Equality.RATIO and read.target != 0
    if read.operator in HIGHER or like_more:
        return read.target, None
    if read.operator in LOWER:
        return None, read.target
    return read.target, read.target if read.upper is None else read.upper


def gap(actual: Decimal, low: Decimal | None, high: Decimal | None) -> Decimal:
    """How far `actual` lies outside of low…high (0 inside), in the indicator's unit."""
    below = low - actual if low is not None else ZERO
    above = actual - high if high is not None else ZERO
    return max(ZERO, below, above)


def _step(indicator: Indicator, missing: Decimal, rulebook: Rulebook, weight: Decimal) -> Share:
    size, cost = indicator.step_size or ONE, indicator.step_points or ZERO
    up = rulebook.formulas.partial_step.value is PartialStep.UP
    steps = half_up(missing / size, INNER_DIGITS).to_integral_value(ROUND_CEILING if up else ROUND_FLOOR)
    loss = f"差{plain(missing)}，每{plain(size)}扣{plain(cost)}分，计{plain(steps)}档"
    shown = f"{loss}：{plain(weight)} - {plain(steps)} × {plain(cost)}"
    return Rule.STEP, ONE - steps * cost / weight, shown if steps else "达到目标，不扣分"


def _late(read: Measure, rulebook: Rulebook, weight: Decimal) -> Share:
    assert read.deadline and read.finished  # a deadline without trouble has both
    days = (read.finished - read.deadline).days
    if days <= 0:
        return Rule.DEADLINE, ONE, "按期完成"
    for band in rulebook.formulas.late:
        if band.days.value is None or days <= band.days.value:
            return Rule.DEADLINE, band.share.value, f"逾期{days}天，{plain(band.share.value)} × {plain(weight)}"
    return Rule.DEADLINE, ZERO, f"逾期{days}天，超过最长期限"


def _over(actual: Decimal, high: Decimal, read: Measure, rulebook: Rulebook, weight: Decimal) -> Share:
    """B > A on a lower-is-better row, by the scheme's formula."""
    a, b, w = plain(high), plain(actual), plain(weight)
    linear = rulebook.formulas.reverse.value is Reverse.LINEAR
    if read.operator is Operator.RANGE:
        rule = Rule.RANGE
    else:
        rule = Rule.LOWER_LINEAR if linear else Rule.LOWER_RATIO
    if linear:
        return rule, ONE - (actual - high) / high, f"(1 - ({b} - {a}) ÷ {a}) × {w}（最低为0）"
    return rule, high / actual, f"{a} ÷ {b} × {w}"


def _rule_below(read: Measure) -> Rule:
    return {Operator.EQUAL: Rule.EQUAL, Operator.RANGE: Rule.RANGE}.get(read.operator or Operator.AT_LEAST, Rule.HIGHER)


def _rule_met(read: Measure) -> Rule:
    return Rule.LOWER if read.operator in LOWER else _rule_below(read)


def _met(actual: Decimal, low: Decimal | None, high: Decimal | None) -> str:
    if low is not None and high is not None and low != high:
        return f"{plain(actual)}在{plain(low)}至{plain(high)}之间"
    if low is not None:
        return f"{plain(actual)} ≥ {plain(low)}，达到目标"
    return f"{plain(actual)} ≤ {_n(high)}，未超过目标"


def _blocks(rows: Sequence[RowScore], rulebook: Rulebook) -> tuple[BlockScore, ...]:
    result = []
    for block in rulebook.blocks:
        mine = [row for row in rows if row.category in block.categories]
        weight = block.points.value if block.points.value is not None else sum((row.max for row in mine), ZERO)
        points = _rounded(sum((row.points for row in mine), ZERO), rulebook)
        result.append(BlockScore(block.name, min(points, weight), weight))
    return tuple(result)


def _rounded(value: Decimal, rulebook: Rulebook) -> Decimal:
    return half_up(half_up(value, INNER_DIGITS), rulebook.formulas.digits.value)


def _n(value: Decimal | None) -> str:
    return "" if value is None else plain(value)
