"""Reasons (偏差原因及改进措施): where one is due and missing, and where one says nothing (family RSN; rules.md §3).

Which check speaks: points lowered by hand are SCO02's, a missed date RSN09's, all other missing points RSN01's.
A box that is filled with 无 or 已完成 is not blank: RSN08 tells it.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from xl_selfeval.checks.catalogue import Case, Hit, Severity, check, hit
from xl_selfeval.checks.measures import FAR
from xl_selfeval.checks.naming import row_name, says_nothing, shortened
from xl_selfeval.checks.scores import lowered_by_hand
from xl_selfeval.measure import HIGHER, Measure
from xl_selfeval.model import Operator, Path
from xl_selfeval.quantities import half_up, plain
from xl_selfeval.quantities.dates import chinese_date
from xl_selfeval.scoring import RowScore, execution_rate

W, N = Severity.WARNING, Severity.NOTE
ZERO = Decimal(0)
ROW_RULE = "评分办法：未完成指标值或偏离较大的，须说明偏差原因及改进措施"
EXECUTION_RULE = "评分办法：预算执行率过低或超过100%的，须说明原因"
FIRST = "items.0.indicators.0"
VISITS = "items.1.indicators.0"
DEADLINE = "items.1.indicators.1"


def percent(ratio: Decimal) -> str:
    """A ratio in words for a message: 0.96 → 96%, two decimals at most."""
    return f"{plain(half_up(ratio * 100, 2))}%"


def _late(read: Measure) -> int:
    """Days after the deadline; 0 where it was kept or nothing can be said."""
    return max(0, (read.finished - read.deadline).days) if read.deadline and read.finished else 0


def _falls_short(row: RowScore) -> bool:
    return row.computed is not None and row.points < row.max


@check(
    "RSN01",
    W,
    title="扣了分没有说明原因",
    message="{row}得{points}分，分值{max}分，没有说明偏差原因（{how}）",
    remedy="在“偏差原因”列写明为什么没有完成，在“改进措施”列写明下一步怎么做",
    basis=ROW_RULE,
    caught={f"{FIRST}.deviation_reason": ""},
    passed={"items.0.indicators.1.deviation_reason": ""},
)
def short_without_reason(case: Case) -> Iterator[Hit]:
    """Points below 分值 by the rule, without a reason."""
    for path, indicator, read, row in case.rows:
        if indicator.deviation_reason or lowered_by_hand(row) or _late(read) or not _falls_short(row):
            continue
        values = {"points": row.points, "max": row.max, "how": row.explanation}
        yield hit(*path, "deviation_reason", row=row_name(path, indicator), **values)


def _overshoot_ratio(read: Measure) -> Decimal | None:
    """Actual ÷ target where more is not worse (≥ and =), None elsewhere."""
    fits = read.operator in HIGHER or read.operator is Operator.EQUAL
    if read.trouble or not fits or not read.target or read.actual is None:
        return None
    return read.actual / read.target


def _overshoots(case: Case, at_least: Decimal) -> Iterator[tuple[Path, Decimal, dict[str, object]]]:
    """Rows without a reason, `at_least` times their target: the place, actual ÷ target, and words for the message."""
    for path, indicator, read, _ in case.rows:
        ratio = _overshoot_ratio(read)
        if ratio is not None and ratio >= at_least and not indicator.deviation_reason:
            values = {"actual": read.actual, "target": read.target, "unit": read.unit, "ratio": percent(ratio)}
            yield (*path, "deviation_reason"), ratio, {"row": row_name(path, indicator), **values}


@check(
    "RSN02",
    W,
    title="大幅超额完成没有说明原因",
    message="{row}实际完成{actual}{unit}，是年度指标值{target}{unit}的{ratio}，达到{limit}，没有说明原因",
    remedy="在“偏差原因”列写明超额的原因；如是年初指标值定低了，也请写明",
    basis=ROW_RULE,
    caught={f"{VISITS}.actual": 156},
    passed={f"{VISITS}.actual": 155},
)
def overshoot(case: Case) -> Iterator[Hit]:
    """B ≥ 1.3 A (the rulebook's ratio) without a reason; from ten times up TYP21 tells of the units instead."""
    limit = case.rulebook.reasons.overshoot.value
    for path, ratio, values in _overshoots(case, limit):
        if ratio < FAR:
            yield hit(*path, limit=percent(limit), **values)


@check(
    "RSN03",
    N,
    title="超额完成较多",
    message="{row}实际完成{actual}{unit}，是年度指标值{target}{unit}的{ratio}，达到{limit}，建议说明原因",
    remedy="核对实际完成值；属实的，在“偏差原因”列简要说明",
    basis=ROW_RULE,
    caught={f"{VISITS}.actual": 144},
    passed={f"{VISITS}.actual": 143},
)
def overshoot_notice(case: Case) -> Iterator[Hit]:
    """1.2 A ≤ B < 1.3 A without a reason."""
    notice, limit = case.rulebook.reasons.overshoot_notice.value, case.rulebook.reasons.overshoot.value
    for path, ratio, values in _overshoots(case, notice):
        if ratio < limit:
            yield hit(*path, limit=percent(notice), **values)


def _unexplained_rate(case: Case) -> Decimal | None:
    finance = case.submission.finance
    return None if finance.execution_reason else execution_rate(finance.funds.total)


@check(
    "RSN04",
    W,
    title="预算执行率偏低没有说明原因",
    message="预算执行率{rate}，低于{limit}，没有说明原因",
    remedy="在“执行偏差原因及措施”栏写明资金未用完的原因和改进措施",
    basis=EXECUTION_RULE,
    caught={"finance.funds.total.executed_amount": 292, "finance.execution_reason": ""},
    passed={"finance.funds.total.executed_amount": 292.5, "finance.execution_reason": ""},
)
def low_execution(case: Case) -> Iterator[Hit]:
    """Execution below the rulebook's rate (90 %) without a reason."""
    rate, limit = _unexplained_rate(case), case.rulebook.reasons.execution_below.value
    if rate is not None and rate < limit:
        yield hit("finance", "execution_reason", rate=percent(rate), limit=percent(limit))


@check(
    "RSN05",
    W,
    title="预算执行率过高没有说明原因",
    message="预算执行率{rate}，高于{limit}，没有说明原因",
    remedy="核对全年预算数是否漏了追加的部分；属实的，在“执行偏差原因及措施”栏写明",
    basis=EXECUTION_RULE,
    caught={"finance.funds.total.executed_amount": 330, "finance.execution_reason": ""},
    passed={"finance.funds.total.executed_amount": 325, "finance.execution_reason": ""},
)
def high_execution(case: Case) -> Iterator[Hit]:
    """Execution above the rulebook's rate (100 %) without a reason."""
    rate, limit = _unexplained_rate(case), case.rulebook.reasons.execution_above.value
    if rate is not None and rate > limit:
        yield hit("finance", "execution_reason", rate=percent(rate), limit=percent(limit))


@check(
    "RSN06",
    W,
    title="预算调整没有说明原因",
    message="年初预算{before}万元，全年预算{after}万元，调整了{change}万元，没有说明原因",
    remedy="在“年中预算调整原因”栏写明追加或调减了哪些经费",
    basis="评分办法：年度中调整预算的，须说明原因",
    caught={"finance.adjustment_reason": ""},
    passed={"finance.adjustment_reason": "", "finance.funds.total.initial_budget": 325},
)
def budget_changed(case: Case) -> Iterator[Hit]:
    """全年预算数 differs from 年初预算数 without adjustment_reason."""
    finance = case.submission.finance
    before, after = finance.funds.total.initial_budget, finance.funds.total.adjusted_budget
    if before is not None and after is not None and before != after and not finance.adjustment_reason:
        yield hit("finance", "adjustment_reason", before=before, after=after, change=abs(after - before))


@check(
    "RSN07",
    W,
    title="收支增减没有说明原因",
    message="本年收支总计{now}万元，上年{before}万元，{change}，没有说明主要原因",
    remedy="在“比上年增减原因”栏写明哪些收支增加或减少",
    basis="财政部门绩效自评报告提纲：收支预决算情况说明增减变化及主要原因",
    caught={"finance.change_reason": ""},
    passed={"finance.change_reason": "", "finance.previous_total": 325},
)
def yearly_change(case: Case) -> Iterator[Hit]:
    """收、支总计 differs from last year's without change_reason."""
    finance = case.submission.finance
    now, before = finance.total, finance.previous_total
    if now is not None and before is not None and now != before and not finance.change_reason:
        change = f"{'增加' if now > before else '减少'}{plain(abs(now - before))}万元"
        yield hit("finance", "change_reason", now=now, before=before, change=change)


def _reasons(case: Case) -> Iterator[tuple[Path, str, str, bool]]:
    """Every box for a reason: path, how messages call it, its text, and whether something there asks for one."""
    finance = case.submission.finance
    total, limits = finance.funds.total, case.rulebook.reasons
    rate = execution_rate(total)
    off = rate is not None and not limits.execution_below.value <= rate <= limits.execution_above.value
    yield ("finance", "execution_reason"), "“执行偏差原因及措施”", finance.execution_reason, off
    moved = total.initial_budget != total.adjusted_budget
    yield ("finance", "adjustment_reason"), "“年中预算调整原因”", finance.adjustment_reason, moved
    changed = finance.total != finance.previous_total
    yield ("finance", "change_reason"), "“比上年增减原因”", finance.change_reason, changed
    for path, indicator, read, row in case.rows:
        due = _falls_short(row) or (_overshoot_ratio(read) or ZERO) >= limits.overshoot.value
        yield (*path, "deviation_reason"), f"{row_name(path, indicator)}的“偏差原因”", indicator.deviation_reason, due


@check(
    "RSN08",
    W,
    title="原因没有内容",
    message="{box}只填了“{text}”，看不出原因",
    remedy="写明具体原因：什么事、什么时间、影响多大",
    basis=ROW_RULE,
    caught={f"{FIRST}.deviation_reason": "已完成。"},
    passed={"items.0.indicators.1.deviation_reason": "无"},
)
def empty_phrase(case: Case) -> Iterator[Hit]:
    """无, / or 已完成 in a box where a reason is due; where none is due, 无 is an honest answer."""
    for path, box, text, due in _reasons(case):
        if due and says_nothing(text):
            yield hit(*path, box=box, text=text)


@check(
    "RSN09",
    W,
    title="逾期完成没有说明原因",
    message="{row}应于{deadline}前完成，实际{finished}完成，逾期{days}天，没有说明原因",
    remedy="在“偏差原因”列写明逾期的原因，在“改进措施”列写明今后如何按期完成",
    basis=ROW_RULE,
    caught={f"{DEADLINE}.actual": "2023年12月8日"},
    passed={f"{DEADLINE}.actual": "2023年11月30日"},
)
def late_without_reason(case: Case) -> Iterator[Hit]:
    """A missed date without a reason."""
    for path, indicator, read, _ in case.rows:
        if _late(read) and not indicator.deviation_reason:
            assert read.deadline and read.finished  # only then is there a delay
            days = {"deadline": chinese_date(read.deadline), "finished": chinese_date(read.finished)}
            yield hit(*path, "deviation_reason", row=row_name(path, indicator), days=_late(read), **days)


@check(
    "RSN10",
    W,
    title="说明了原因，没有改进措施",
    message="{row}得{points}分，分值{max}分，写了偏差原因“{reason}”，没有写改进措施",
    remedy="在“改进措施”列写明下一步怎么做、何时见效",
    basis=ROW_RULE,
    caught={f"{FIRST}.improvement": ""},
    passed={f"{VISITS}.deviation_reason": "公众需求大于预期", f"{VISITS}.improvement": ""},
)
def reason_without_improvement(case: Case) -> Iterator[Hit]:
    """A row that lost points with a reason but no measure; an overshoot needs none."""
    for path, indicator, _, row in case.rows:
        if indicator.deviation_reason and not indicator.improvement and _falls_short(row):
            values = {"points": row.points, "max": row.max, "reason": shortened(indicator.deviation_reason)}
            yield hit(*path, "improvement", row=row_name(path, indicator), **values)


@check(
    "RSN11",
    W,
    title="原因超过字数限制",
    message="“执行偏差原因及措施”写了{length}字，评分办法限{limit}字以内",
    remedy="压缩到{limit}字以内，只写主要原因；详细情况写入报告",
    basis="评分办法：原因说明的字数限制",
    caught={"rulebook": "sichuan-2023", "finance.execution_reason": "设" * 101},
    passed={"rulebook": "sichuan-2023", "finance.execution_reason": "设" * 100},
)
def too_long(case: Case) -> Iterator[Hit]:
    """The reason for the execution rate longer than the scheme allows (sichuan-2023: 执行率原因在100字以内)."""
    limit, text = case.rulebook.limits.reason_length.value, case.submission.finance.execution_reason
    if limit is not None and len(text) > limit:
        yield hit("finance", "execution_reason", length=len(text), limit=limit)
