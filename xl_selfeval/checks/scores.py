"""Scores (得分) of the rows: what the unit claims against what the rules give (family SCO, 01–07).

Which check speaks: a claim above 分值 is told by SCO03 alone, a claim above the computed points by SCO01; why
a row cannot be scored is told by REQ and TYP at the field to mend. The total and the grade stand in `totals`.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from xl_selfeval.checks.catalogue import Case, Hit, Severity, check, hit
from xl_selfeval.checks.naming import row_name
from xl_selfeval.model import Operator
from xl_selfeval.quantities import half_up
from xl_selfeval.scoring import RowScore, Rule, band_points

E, W, N = Severity.ERROR, Severity.WARNING, Severity.NOTE
ZERO = Decimal(0)
ROW_RULE = "评分办法：指标得分按年度指标值与实际完成值计算，得分不超过分值"
FIRST = "items.0.indicators.0"
SECOND = "items.0.indicators.1"
QUALITATIVE = "items.2.indicators.2"


@check(
    "SCO01",
    E,
    title="自评得分高于按规则计算的得分",
    message="{row}自评{claimed}分，按规则为{computed}分（{how}），高出{over}分",
    remedy="自评得分改为不超过{computed}分；如实际完成值填错，请先更正实际完成值",
    basis=ROW_RULE,
    caught={f"{FIRST}.claimed_points": 8},
    passed={f"{FIRST}.claimed_points": 7.6},
)
def above_computed(case: Case) -> Iterator[Hit]:
    """Claimed points above what the rule gives, though within 分值."""
    for path, indicator, _, row in case.rows:
        if row.rule is Rule.QUALITATIVE or row.computed is None or row.claimed is None:
            continue
        if row.computed < row.claimed <= row.max:
            values = {"claimed": row.claimed, "computed": row.computed, "over": row.claimed - row.computed}
            yield hit(*path, "claimed_points", row=row_name(path, indicator), how=row.explanation, **values)


def lowered_by_hand(row: RowScore) -> bool:
    """True where the unit claims fewer points than the rule gives: a person's judgement, to be explained."""
    if row.rule is Rule.QUALITATIVE or row.computed is None or row.claimed is None:
        return False
    return ZERO <= row.claimed < row.computed


@check(
    "SCO02",
    W,
    title="自评得分低于按规则计算的得分，未说明原因",
    message="{row}自评{claimed}分，按规则为{computed}分（{how}），自行扣了{under}分，没有说明原因",
    remedy="在“偏差原因”列写明扣分理由；没有理由的，自评得分改为{computed}分",
    basis="评分办法：自评得分与计算得分不一致的，须说明原因",
    caught={f"{SECOND}.claimed_points": 5},
    passed={f"{SECOND}.claimed_points": 5, f"{SECOND}.deviation_reason": "有一场参加人数偏少，酌情扣分。"},
)
def below_computed(case: Case) -> Iterator[Hit]:
    """Fewer points than the rule gives, without a reason."""
    for path, indicator, _, row in case.rows:
        if lowered_by_hand(row) and not indicator.deviation_reason:
            under = (row.computed or ZERO) - (row.claimed or ZERO)
            values = {"claimed": row.claimed, "computed": row.computed, "under": under}
            yield hit(*path, "claimed_points", row=row_name(path, indicator), how=row.explanation, **values)


@check(
    "SCO03",
    E,
    title="自评得分高于分值",
    message="{row}自评{claimed}分，分值只有{max}分",
    remedy="自评得分改为不超过{limit}分",
    basis=ROW_RULE,
    caught={f"{SECOND}.claimed_points": 6.5},
    passed={f"{SECOND}.claimed_points": 6},
)
def above_weight(case: Case) -> Iterator[Hit]:
    """Claimed points above 分值, on a row of any kind."""
    for path, indicator, _, row in case.rows:
        if row.claimed is not None and indicator.max_points is not None and row.claimed > row.max > 0:
            limit = row.max if row.computed is None or row.rule is Rule.QUALITATIVE else row.computed
            values = {"claimed": row.claimed, "max": row.max, "limit": limit}
            yield hit(*path, "claimed_points", row=row_name(path, indicator), **values)


@check(
    "SCO04",
    E,
    title="自评得分是负数",
    message="{row}自评{claimed}分，得分不能低于0分",
    remedy="自评得分最低填0；这里填得分，不填扣分",
    basis=ROW_RULE,
    caught={f"{FIRST}.claimed_points": -0.4},
    passed={f"{FIRST}.claimed_points": 0},
)
def negative_claim(case: Case) -> Iterator[Hit]:
    """Claimed points below 0, often the deduction typed in place of the points."""
    for path, indicator in case.submission.indicators():
        if indicator.claimed_points is not None and indicator.claimed_points < 0:
            yield hit(*path, "claimed_points", row=row_name(path, indicator), claimed=indicator.claimed_points)


@check(
    "SCO05",
    E,
    title="定性指标得分不在所选档次内",
    message="{row}选的是“{band}”，该档为{low}至{high}分，自评{claimed}分",
    remedy="自评得分改在{low}至{high}分之间，或改选与得分相符的完成档次",
    basis="评分办法：定性指标分达成、部分达成、未达成三档，在该档分值范围内打分",
    caught={f"{QUALITATIVE}.claimed_points": 6},
    passed={f"{QUALITATIVE}.claimed_points": 6.4},
)
def outside_band(case: Case) -> Iterator[Hit]:
    """A qualitative claim outside of the picked band; both bounds belong to it."""
    for path, indicator, read, row in case.rows:
        if read.operator is not Operator.QUALITATIVE or indicator.achievement is None or row.max <= 0:
            continue
        low, high = band_points(indicator.achievement, row.max, case.rulebook)
        # Below 0 and above 分值 are told by SCO04 and SCO03.
        if row.claimed is not None and ZERO <= row.claimed <= row.max and not low <= row.claimed <= high:
            values = {"low": low, "high": high, "claimed": row.claimed}
            yield hit(
                *path, "claimed_points", row=row_name(path, indicator), band=indicator.achievement.label, **values
            )


@check(
    "SCO06",
    E,
    title="没有数据却自评满分",
    message="{row}没有填写{missing}，却自评满分{claimed}分",
    remedy="补填{missing}后再自评；拿不出数据的不能得分",
    basis=ROW_RULE,
    caught={f"{SECOND}.actual": ""},
    passed={f"{SECOND}.actual": "", f"{SECOND}.claimed_points": 0},
)
def full_marks_for_nothing(case: Case) -> Iterator[Hit]:
    """Full points where the target or the actual is blank; a qualitative row has neither target nor wording."""
    for path, indicator, read, row in case.rows:
        if not row.max or row.claimed != row.max:
            continue
        qualitative = read.operator is Operator.QUALITATIVE
        missing = []
        if not indicator.target and not (qualitative and indicator.wording):
            missing.append("年度指标值")
        if not indicator.actual and not (qualitative and indicator.achievement):
            missing.append("实际完成值")
        if missing:
            words = "和".join(missing)
            yield hit(*path, "claimed_points", row=row_name(path, indicator), missing=words, claimed=row.claimed)


@check(
    "SCO07",
    N,
    title="自评得分小数位过多",
    message="{row}自评{claimed}分，评分办法保留{digits}位小数",
    remedy="四舍五入，填{rounded}分",
    basis="评分办法：得分保留的小数位数",
    caught={f"{FIRST}.claimed_points": 7.595},
    passed={f"{FIRST}.claimed_points": "7.600"},
)
def too_many_digits(case: Case) -> Iterator[Hit]:
    """Claimed points finer than the scheme's digits."""
    digits = case.rulebook.formulas.digits.value
    for path, indicator in case.submission.indicators():
        claimed = indicator.claimed_points
        if claimed is not None and half_up(claimed, digits) != claimed:
            values = {"claimed": claimed, "digits": digits, "rounded": half_up(claimed, digits)}
            yield hit(*path, "claimed_points", row=row_name(path, indicator), **values)
