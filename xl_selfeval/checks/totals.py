"""Scores (得分) of the whole form: declared total and grade, and what all rows together show (family SCO, 08–12)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from xl_selfeval.checks.catalogue import Case, Hit, Severity, check, hit
from xl_selfeval.checks.naming import row_name
from xl_selfeval.quantities import half_up, plain
from xl_selfeval.rulebook.schema import Rulebook

E, W, N = Severity.ERROR, Severity.WARNING, Severity.NOTE
ZERO = Decimal(0)
# Two or three rows with full marks are nothing to remark on.
ROWS_TO_REMARK = 5
# A remedy that lists sixty rows would not be read.
NAMED = 5
TOTAL_RULE = "评分办法：总得分为预算执行率得分与各指标得分之和，按总得分确定等级"
FIRST = "items.0.indicators.0"


def _unscored(case: Case) -> Decimal:
    """Points that the total may still gain once rows and execution that cannot be scored are mended."""
    rows = sum((row.max for row in case.card.rows if row.computed is None), ZERO)
    return rows + (case.card.execution.max if case.card.execution.rate is None else ZERO)


def _parts(case: Case) -> str:
    """The final total in words: execution and the blocks with their points."""
    parts = [f"{block.name}{plain(block.points)}分" for block in case.card.blocks]
    if case.card.execution.max:
        parts.insert(0, f"预算执行率{plain(case.card.execution.points)}分")
    return "、".join(parts)


@check(
    "SCO08",
    E,
    title="自评总分与各行得分之和不符",
    message="自评总分填{claimed}分，按各行计分合计{total}分（{parts}），相差{off}分",
    remedy="自评总分改为{total}分；如某行得分有误，请先更正该行",
    basis=TOTAL_RULE,
    caught={"conclusion.claimed_total": 98.6},
    passed={"conclusion.claimed_total": "98.20"},
)
def declared_total(case: Case) -> Iterator[Hit]:
    """The declared total against the final one, rounded as the scheme does."""
    claimed, total = case.submission.conclusion.claimed_total, case.card.total
    if claimed is None:
        return
    rounded = half_up(claimed, case.rulebook.formulas.digits.value)
    if rounded != total and not total < rounded <= total + _unscored(case):
        values = {"claimed": claimed, "total": total, "off": abs(claimed - total), "parts": _parts(case)}
        yield hit("conclusion", "claimed_total", **values)


@check(
    "SCO09",
    E,
    title="自评等级与总分不符",
    message="总分{total}分对应的等级是“{right}”（{bounds}），自评等级填的是“{claimed}”",
    remedy="自评等级改为“{right}”",
    basis=TOTAL_RULE,
    caught={"conclusion.claimed_grade": "良"},
    passed={"conclusion.claimed_grade": "优秀"},
)
def declared_grade(case: Case) -> Iterator[Hit]:
    """A grade of the rulebook, but not that of the final total."""
    claimed, right = case.submission.conclusion.claimed_grade, case.card.grade
    names = [grade.name for grade in case.rulebook.grades]
    best = case.rulebook.grade_of(case.card.total + _unscored(case))
    possible = names[names.index(best.name) : names.index(right.name) + 1]
    if claimed in names and claimed not in possible:
        values = {"right": right.name, "claimed": claimed, "bounds": grade_bounds(case.rulebook, right.name)}
        yield hit("conclusion", "claimed_grade", total=case.card.total, **values)


@check(
    "SCO10",
    E,
    title="评分办法没有这个等级",
    message="自评等级填的是“{claimed}”，评分办法的等级是{names}",
    remedy="从{names}中选择；按系统总分应为“{right}”",
    basis=TOTAL_RULE,
    caught={"conclusion.claimed_grade": "优秀"},
    passed={"conclusion.claimed_grade": "良"},
)
def foreign_grade(case: Case) -> Iterator[Hit]:
    """A grade word of some other scheme (优秀 where the scheme says 优)."""
    claimed = case.submission.conclusion.claimed_grade
    names = [grade.name for grade in case.rulebook.grades]
    if claimed and claimed not in names:
        yield hit("conclusion", "claimed_grade", claimed=claimed, names="、".join(names), right=case.card.grade.name)


@check(
    "SCO11",
    N,
    title="所有指标都是满分",
    message="{count}个指标全部自评满分，共{points}分",
    remedy="对照佐证材料再核一遍；确实全部完成的，可保留，并在报告中写明",
    basis="公开自评表的常见问题：得分普遍偏高，看不出差距",
    caught={f"{FIRST}.claimed_points": 8, "items.0.indicators.2.claimed_points": 6},
    passed={f"{FIRST}.claimed_points": 8},
)
def all_full(case: Case) -> Iterator[Hit]:
    """Every row of the form claims its full points."""
    rows = case.card.rows
    if len(rows) >= ROWS_TO_REMARK and all(row.max > 0 and row.claimed == row.max for row in rows):
        path = (*rows[0].path, "claimed_points")
        yield hit(*path, count=len(rows), points=sum((row.max for row in rows), ZERO))


@check(
    "SCO12",
    W,
    title="有指标无法计分，总分偏低",
    message="{count}个指标无法计分，暂按0分计入，总分{total}分可能偏低{most}",
    remedy="按这些指标各自的提示补正后重新计分：{names}",
    basis="评分办法：无法按规则计算的指标不得分",
    caught={f"{FIRST}.actual": "完成"},
    passed={f"{FIRST}.actual": 0},
)
def unscored_rows(case: Case) -> Iterator[Hit]:
    """What the rows without computed points do to the total, told once."""
    rows = [(path, indicator, row) for path, indicator, _, row in case.rows if row.computed is None]
    if rows:
        lost = sum((row.max for _, _, row in rows), ZERO)
        most = f"，补正后最多可增加{plain(lost)}分" if lost else ""
        names = "、".join(row_name(path, indicator) for path, indicator, _ in rows[:NAMED])
        names += "等" if len(rows) > NAMED else ""
        yield hit(*rows[0][0], count=len(rows), total=case.card.total, most=most, names=names)


def grade_bounds(rulebook: Rulebook, name: str) -> str:
    """The interval of a grade in words, e.g. 80分至90分以下; the lower bound belongs to it."""
    names = [grade.name for grade in rulebook.grades]
    at = names.index(name)
    floor = plain(rulebook.grades[at].floor.value)
    return f"{floor}分及以上" if at == 0 else f"{floor}分至{plain(rulebook.grades[at - 1].floor.value)}分以下"
