"""What an indicator's target and actual say together: the numbers that a score is made of.

A target may stand whole in one cell ("不低于100平方米") or split over operator, target and unit; both give
the same Measure. What cannot be compared is said in `trouble`; what was read one of two ways, in `doubts`.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from xl_selfeval.model import Indicator, Operator
from xl_selfeval.quantities import (
    PERCENT_UNITS,
    NotAQuantity,
    Quantity,
    chinese_date,
    normalise,
    parse_date,
    parse_quantity,
    percent_mismatch,
    plain,
)

HIGHER = frozenset({Operator.AT_LEAST, Operator.GREATER})
LOWER = frozenset({Operator.AT_MOST, Operator.LESS})
# One of these in front of the other changes the size of the number, so the two cannot be compared.
SCALES = ("万", "亿", "千", "百")
# Units of measure proper: two different ones are of different size or of different things.
_LENGTHS, _AREAS = "公里 千米 米 厘米 毫米 里", "平方公里 平方米 亩 公顷 立方米"
MEASURED = frozenset(f"{_LENGTHS} {_AREAS} 升 吨 公斤 千克 克 斤 年 月 天 日 小时 分钟 元 万元 亿元".split())
# Two words for one count or one measure.
_ALIKE = "人/人次 场/场次 次/场次 万/万元 天/日 公里/千米 公斤/千克"
ALIKE = tuple(set(pair.split("/")) for pair in _ALIKE.split())
MIXED_PERCENT = "年度指标值和实际完成值一个像百分数，一个像小数，无法比较"
BARE_LIMIT = "指标值没有写符号，按“≥”（越高越好）处理"


@dataclass(frozen=True)
class Measure:
    """A target and an actual made comparable.

    `target` (and `upper` for a range) and `actual` are numbers in `unit`; `deadline` and `finished` are days.
    `trouble` names in Chinese why the row cannot be scored (blank when it can) and `trouble_at` the field to mend.
    """

    operator: Operator | None = None
    target: Decimal | None = None
    upper: Decimal | None = None
    deadline: date | None = None
    actual: Decimal | None = None
    finished: date | None = None
    unit: str = ""
    trouble: str = ""
    trouble_at: str = "actual"
    doubts: tuple[str, ...] = field(default=())

    def but(self, trouble: str, at: str) -> Measure:
        """The same measure with a reason why it cannot be scored; the first reason stays."""
        return self if self.trouble else replace(self, trouble=trouble, trouble_at=at)


def measure(indicator: Indicator, year: int | None) -> Measure:
    """Read `indicator`; `year` is the fiscal year that completes a date such as 9月前."""
    goal = _read_target(indicator, year)
    if goal.trouble or goal.operator is Operator.QUALITATIVE:
        return goal
    if not indicator.actual:
        return goal.but("没有填写实际完成值", "actual")
    if goal.operator is Operator.DEADLINE:
        return _read_finish(goal, indicator.actual, year)
    return _read_actual(goal, indicator, year)


def target_in_words(read: Measure) -> str:
    """The target as tables print it, e.g. ≥100平方米 or 60%～85%; a sign that nobody wrote is not added.

    Blank for a day and for a target in words.
    """
    if read.target is None:
        return ""
    if read.operator is Operator.RANGE and read.upper is not None:
        low = "%" if read.unit == "%" else ""
        return f"{plain(read.target)}{low}～{plain(read.upper)}{read.unit}"
    sign = "" if read.operator is None or BARE_LIMIT in read.doubts else read.operator.label
    return f"{'' if sign == Operator.EQUAL.label else sign}{plain(read.target)}{read.unit}"


def deadline_in_words(text: str, read: Measure) -> str:
    """A time limit as people write it: 2023年11月30日前 for 2023-11-30, else `text` as typed; "" where none is read."""
    if read.deadline is None:
        return ""
    return f"{chinese_date(read.deadline)}前" if normalise(text).isascii() else text


def _read_target(indicator: Indicator, year: int | None) -> Measure:
    chosen = indicator.operator
    if chosen is Operator.QUALITATIVE:
        return Measure(operator=chosen, unit=indicator.unit_of_measure)
    if not indicator.target:
        return Measure(operator=chosen, trouble="没有填写年度指标值", trouble_at="target")
    if chosen is Operator.DEADLINE:
        return _read_deadline(indicator.target, year)
    read = parse_quantity(indicator.target, year)
    if chosen is Operator.RANGE and isinstance(read, Quantity) and not read.unit and indicator.unit_of_measure:
        with_unit = parse_quantity(indicator.target + indicator.unit_of_measure, year)  # "4-8" alone may be a day
        read = with_unit if isinstance(with_unit, Quantity) else read
    if isinstance(read, NotAQuantity):
        if chosen is None:
            doubt = "指标值不是数字，也没有选符号，按定性指标处理"
            return Measure(operator=Operator.QUALITATIVE, unit=indicator.unit_of_measure, doubts=(doubt,))
        return Measure(operator=chosen, trouble=f"年度指标值读不出数字：{read.reason}", trouble_at="target")
    return _settle(indicator, read)


def _settle(indicator: Indicator, read: Quantity) -> Measure:
    """Bring the operator column and the sign inside the target together."""
    goal = Measure(
        operator=indicator.operator or read.operator or Operator.AT_LEAST,
        target=read.value,
        upper=read.upper,
        deadline=read.deadline,
        unit=normalise(indicator.unit_of_measure) or read.unit,
        doubts=read.doubts,
    )
    if indicator.operator is None and read.operator is None:
        goal = replace(goal, doubts=(*read.doubts, BARE_LIMIT))
    if _contradict(indicator.operator, read.operator):
        assert indicator.operator and read.operator  # _contradict is only true of two operators
        return goal.but(
            f"符号列选的是“{indicator.operator.label}”，指标值里写的是“{read.operator.label}”，两者不一致", "operator"
        )
    if (goal.operator is Operator.RANGE) != (goal.upper is not None):
        return goal.but("区间指标的年度指标值须写成“下限-上限”，如 95-105", "target")
    if goal.target is not None and goal.target < 0:
        return goal.but("年度指标值是负数，无法按比例计分", "target")
    return _same_unit(goal, read.unit, normalise(indicator.unit_of_measure), "年度指标值", "unit_of_measure")


def _contradict(chosen: Operator | None, written: Operator | None) -> bool:
    if chosen is None or written is None or chosen is written:
        return False
    return not any({chosen, written} <= family for family in (HIGHER, LOWER))


def _read_deadline(text: str, year: int | None) -> Measure:
    """A limit as a plain day (the person said that it is one) or in the words of a limit, such as 9月前."""
    day = parse_date(text, year)
    if isinstance(day, date):
        return Measure(operator=Operator.DEADLINE, deadline=day)
    read = parse_quantity(text, year)
    if isinstance(read, Quantity) and read.deadline:
        return Measure(operator=Operator.DEADLINE, deadline=read.deadline, doubts=read.doubts)
    return Measure(operator=Operator.DEADLINE, trouble=f"完成时限读不出日期：{day.reason}", trouble_at="target")


def _read_finish(goal: Measure, text: str, year: int | None) -> Measure:
    day = parse_date(text, year)
    if isinstance(day, date):
        return replace(goal, finished=day)
    return goal.but(f"实际完成值读不出日期：{day.reason}", "actual")


def _read_actual(goal: Measure, indicator: Indicator, year: int | None) -> Measure:
    text = indicator.actual
    read = parse_quantity(text, year)
    if isinstance(read, NotAQuantity):
        return goal.but(f"实际完成值读不出数字：{read.reason}", "actual")
    if read.value is None or read.upper is not None:
        return goal.but(f"实际完成值“{text}”不是一个数字，请填实际完成的数", "actual")
    done = replace(goal, actual=read.value, unit=goal.unit or read.unit, doubts=(*goal.doubts, *read.doubts))
    target = parse_quantity(indicator.target, year)
    if isinstance(target, Quantity) and percent_mismatch(target, read, indicator.unit_of_measure):
        return done.but(MIXED_PERCENT, "actual")
    return _same_unit(done, read.unit, goal.unit, "实际完成值", "actual")


def _same_unit(value: Measure, written: str, unit: str, what: str, at: str) -> Measure:
    """A unit of another size (元 / 万元, % / 人) makes the numbers incomparable; another word is a doubt."""
    written, unit = ("%" if word in PERCENT_UNITS else word for word in (written, unit))
    if not written or not unit or written == unit or {written, unit} in ALIKE:
        return value
    if _other_size(written, unit):
        return value.but(f"{what}的单位是“{written}”，计量单位是“{unit}”，不能直接比较", at)
    return replace(value, doubts=(*value.doubts, f"{what}的单位“{written}”与计量单位“{unit}”不同，按同一单位处理"))


def _other_size(one: str, other: str) -> bool:
    if ("%" in one) != ("%" in other):
        return "%" in {one, other}
    if one in MEASURED and other in MEASURED:
        return True
    # 30万 beside 人次, 2.135万册 beside 本: where only one of them counts in 万, the numbers are of another size.
    return _scaled(one) != _scaled(other)


def _scaled(unit: str) -> str:
    """The scale with which a unit begins (万 of 万人次), "" for none; 千克 is a unit, 百分点 no hundred of anything."""
    if unit in MEASURED or unit.startswith("百分"):
        return ""
    return next((scale for scale in SCALES if unit.startswith(scale)), "")
