"""What a number cannot be, given what it measures (family TYP, 13–21)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from xl_selfeval.checks.catalogue import Case, Hit, Severity, check, hit
from xl_selfeval.checks.measures import CELLS, FAR, numeric_rows
from xl_selfeval.checks.naming import row_name
from xl_selfeval.measure import LOWER, Measure
from xl_selfeval.model import SUBCATEGORIES, Subcategory
from xl_selfeval.quantities import half_up, normalise

E, W = Severity.ERROR, Severity.WARNING
FRAME = "财政部门绩效指标体系：一级指标、二级指标及其对应关系"
MEANING = "财政部门自评表填报要求：指标值与指标含义相符"
FIRST = "items.0.indicators.0"
PERCENT = "items.0.indicators.2"
COST = "items.0.indicators.3"
MONEY_UNITS = frozenset({"元", "百元", "千元", "万元", "百万元", "亿元"})
_COUNTED = "人 人次 名 户 家 次 场 场次 期 份 册 本 件 个 项 起 辆 台 套 座 所 处 批 栋 间 只 头"
COUNTING_UNITS = frozenset(_COUNTED.split())
# Shares of a whole; growth, utilisation and completion rates may exceed 100 %.
_SHARES = "合格|满意|及时|覆盖|达标|知晓|准确|完好|优良|优秀|通过|到位|入学|公开|成功|出勤|在岗|参保|发放"
SHARE = re.compile(f"(?:{_SHARES})(?:程?度|率)(?!.*(?:增长|增幅|提高|提升|上升|下降))")


@check(
    "TYP13",
    W,
    title="产出数量指标用了“≤”",
    message="{row}是数量指标，符号却是“{sign}”，做得越少得分越高",
    remedy="核对符号：要做到多少用“≥”；控制支出的改归成本指标，控制用时的改归时效指标",
    basis=MEANING,
    caught={f"{FIRST}.operator": "≤"},
    passed={f"{COST}.operator": "≤"},
)
def less_output(case: Case) -> Iterator[Hit]:
    """An output quantity with ≤ or <; a target of 0 (事故、投诉) is meant so."""
    for path, indicator, read in numeric_rows(case):
        if indicator.subcategory is Subcategory.QUANTITY and read.operator in LOWER and read.target != 0:
            yield hit(*path, "operator", row=row_name(path, indicator), sign=read.operator.label)


@check(
    "TYP14",
    W,
    title="数量指标考核的是金额",
    message="{row}是数量指标，指标值却是金额（{target}{unit}），花了多少钱不等于做了多少事",
    remedy="数量指标写完成的事项和数量；金额改列为成本指标",
    basis=MEANING,
    caught={f"{FIRST}.unit_of_measure": "万元"},
    passed={f"{COST}.unit_of_measure": "元"},
)
def money_as_quantity(case: Case) -> Iterator[Hit]:
    """Money as the target of a quantity."""
    for path, indicator, read in numeric_rows(case):
        if indicator.subcategory is Subcategory.QUANTITY and read.unit in MONEY_UNITS:
            yield hit(*path, "target", row=row_name(path, indicator), target=read.target or "", unit=read.unit)


@check(
    "TYP15",
    E,
    title="比率超过100%",
    message="{row}的{what}是{value}%，这类比率不会超过100%",
    remedy="核对分子分母后更正；若考核的是完成比例，请改指标名称",
    basis=MEANING,
    caught={f"{PERCENT}.actual": 120},
    passed={f"{PERCENT}.actual": 100},
)
def share_above_whole(case: Case) -> Iterator[Hit]:
    """合格率 120 % and the like, in the target or in the actual."""
    for path, indicator, read in numeric_rows(case):
        if normalise(read.unit) != "%" or not SHARE.search(indicator.name or indicator.wording):
            continue
        for name, what, value in _readings(read):
            if value > 100:
                yield hit(*path, name, row=row_name(path, indicator), what=what, value=value)


def _readings(read: Measure) -> Iterator[tuple[str, str, Decimal]]:
    for name, what, value in (
        ("target", "年度指标值", read.target if read.upper is None else read.upper),
        ("actual", "实际完成值", read.actual),
    ):
        if value is not None:
            yield name, what, value


@check(
    "TYP16",
    W,
    title="实际完成值是负数",
    message="{row}的实际完成值是{actual}{unit}，计分时按0处理",
    remedy="核对实际完成值；考核增减幅度的，把方向写进指标名称（如“下降率”），数填正数",
    basis="评分办法：实际完成值为负的按0计",
    caught={f"{FIRST}.actual": -76000},
    passed={f"{FIRST}.actual": 0},
)
def negative_actual(case: Case) -> Iterator[Hit]:
    """An actual below 0."""
    for path, indicator, read in numeric_rows(case):
        if read.actual is not None and read.actual < 0:
            yield hit(*path, "actual", row=row_name(path, indicator), actual=read.actual, unit=read.unit)


@check(
    "TYP17",
    E,
    title="二级指标不属于所选的一级指标",
    message="{row}的二级指标“{sub}”不属于“{category}”",
    remedy="“{category}”下可选：{choices}",
    basis=FRAME,
    caught={f"{FIRST}.subcategory": "社会效益指标"},
    passed={f"{FIRST}.subcategory": "时效指标"},
)
def foreign_subcategory(case: Case) -> Iterator[Hit]:
    """A 二级指标 of another 一级指标."""
    for path, row in case.submission.indicators():
        if row.category and row.subcategory and row.subcategory not in SUBCATEGORIES[row.category]:
            choices = "、".join(sub.label for sub in SUBCATEGORIES[row.category])
            values = {"sub": row.subcategory.label, "category": row.category.label, "choices": choices}
            yield hit(*path, "subcategory", row=row_name(path, row), **values)


@check(
    "TYP18",
    W,
    title="阶梯扣分没有填全",
    message="{row}的“每差”填{size}，“每档扣分”填{points}，阶梯扣分没有采用，改按比例计分",
    remedy="两格都填大于0的数；不按阶梯扣分的，两格都不填",
    basis="评分办法：阶梯扣分按行上写明的每档差距和扣分计算",
    caught={f"{PERCENT}.step_points": None},
    passed={f"{PERCENT}.step_points": None, f"{PERCENT}.step_size": None},
)
def half_a_step(case: Case) -> Iterator[Hit]:
    """One of the two numbers of a step rule missing, 0 or negative."""
    for path, row in case.submission.indicators():
        steps = {"step_size": row.step_size, "step_points": row.step_points}
        wrong = [name for name, value in steps.items() if value is None or value <= 0]
        if wrong and any(value is not None for value in steps.values()):
            size, points = ("空" if value is None else value for value in steps.values())
            yield hit(*path, wrong[0], row=row_name(path, row), size=size, points=points)


@check(
    "TYP19",
    W,
    title="按个数计的指标出现小数",
    message="{row}的{what}是{value}{unit}，{unit}数不会有小数",
    remedy="填整数；若用了“万”“千”等更大的单位，请写进计量单位，如“万人次”",
    basis=MEANING,
    caught={f"{FIRST}.actual": 76000.5},
    passed={f"{COST}.actual": 54.55},
)
def broken_count(case: Case) -> Iterator[Hit]:
    """A fraction of what can only be counted."""
    for path, indicator, read in numeric_rows(case):
        if read.unit in COUNTING_UNITS:
            for name, what, value in _readings(read):
                if value != value.to_integral_value():
                    yield hit(*path, name, row=row_name(path, indicator), what=what, value=value, unit=read.unit)


@check(
    "TYP20",
    W,
    title="百分比两处都像小数",
    message="{row}的计量单位是%，年度指标值“{target}”和实际完成值“{actual}”都不到1，像是把百分数写成了小数",
    remedy="百分数按百分数填写：98%填 98，不填 0.98；确实不到1%的不用改",
    basis=CELLS,
    caught={f"{PERCENT}.target": 0.95, f"{PERCENT}.actual": 0.93},
    passed={f"{PERCENT}.operator": "≤", f"{PERCENT}.target": 0.95, f"{PERCENT}.actual": 0.93},
)
def shares_for_percentages(case: Case) -> Iterator[Hit]:
    """0.98 and 0.99 under %, where more is better: a rate below one per cent is seldom a goal."""
    for path, indicator, read in numeric_rows(case):
        if read.operator in LOWER or normalise(indicator.unit_of_measure) != "%" or not read.target or not read.actual:
            continue
        if read.target <= 1 and read.actual <= 1 and (read.target < 1 or read.actual < 1):
            values = {"target": indicator.target, "actual": indicator.actual}
            yield hit(*path, "target", row=row_name(path, indicator), **values)


@check(
    "TYP21",
    W,
    title="完成值与指标值相差十倍以上",
    message="{row}实际完成{actual}，是年度指标值{target}的{times}倍，像是两处单位不一致",
    remedy="核对两处是否同一单位（如 人次 与 万人次、元 与 万元）；确实如此的，在“偏差原因”写明",
    basis=CELLS,
    caught={f"{FIRST}.target": 760, f"{FIRST}.deviation_reason": ""},
    passed={f"{FIRST}.target": 7700, f"{FIRST}.deviation_reason": ""},
)
def far_apart(case: Case) -> Iterator[Hit]:
    """An actual of ten times its target or more, without a reason: rather another unit than a feat."""
    for path, indicator, read in numeric_rows(case):
        if read.trouble or read.operator in LOWER or not read.target or not read.actual or indicator.deviation_reason:
            continue
        if read.actual >= FAR * read.target:
            times = half_up(read.actual / read.target, 0)
            yield hit(
                *path, "actual", row=row_name(path, indicator), actual=read.actual, target=read.target, times=times
            )
