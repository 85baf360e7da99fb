# ruff: noqa: N802, PLR0913, PLR0917 - the names and the many arguments are those that a spreadsheet shows
"""The worksheet functions: points, messages and readings for one row, as plain Python functions.

Arguments come as cells hold them (number, text, date, true or false, nothing), results are a number or a short text.
What cannot be scored or read gives "", an argument that makes no sense a sentence that says so: an exception would end
in #N/A, and the wrappers ask nobody any more after the first one.
The first line of a docstring is what Excel's function wizard shows, and so is `ARGUMENTS`: both are Chinese.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import wraps
from inspect import signature

import xlwings as xw

from xl_selfeval import __version__
from xl_selfeval.addin.arguments import (
    ArgumentError,
    amounts_of,
    indicator_of,
    points_of,
    rulebook_of,
    text_of,
    year_of,
)
from xl_selfeval.addin.row_check import checked
from xl_selfeval.measure import Measure, measure
from xl_selfeval.model import Indicator, Operator
from xl_selfeval.quantities import NotAQuantity, Quantity, parse_quantity, plain
from xl_selfeval.scoring import RowScore, execution_rate, score_execution, score_row

CATEGORY = "绩效自评"
LONGEST = 255  # characters of a text that a function may give back
UNREAD = "读不出："
UNFORESEEN = "无法计算：这一行有程序认不出的内容，请重新输入后再试"

_INDICATOR = "填“指标评分”表中这一行的{}单元格"
ARGUMENTS: Mapping[str, str] = {
    "category": _INDICATOR.format("“一级指标”"),
    "subcategory": _INDICATOR.format("“二级指标”"),
    "name": _INDICATOR.format("“三级指标”"),
    "operator": "符号：≥、>、≤、<、=、区间、时限、定性；指标值里写明了的可以空着",
    "target": "年度指标值，如 90、≥90%、不低于100平方米、95-105、9月前",
    "unit_of_measure": "计量单位，如 %、人次、平方米；可以空着",
    "actual": "实际完成值，如 95、120平方米、2023-11-30",
    "achievement": "定性完成档次，只有定性指标才填",
    "max_points": "分值（该指标满分），单位：分",
    "claimed_points": "自评得分，单位：分；只有定性指标必须填",
    "deviation_reason": "偏差原因",
    "improvement": "改进措施",
    "step_size": "每差多少算一档，阶梯扣分才填",
    "step_points": "每档扣几分，阶梯扣分才填",
    "wording": "指标原文，可以空着",
    "executed_amount": "全年执行数，单位：万元",
    "adjusted_budget": "全年预算数，单位：万元",
    "total": "总分，单位：分",
    "rulebook": "评分办法编号，在自评表中写 se_rulebook，也可以写“mof-2020”这样的编号",
    "fiscal_year": "被评价年度，如 2023；在自评表中写 se_fiscal_year。补全“9月前”这类日期用",
}
"""What each argument means, in the words of the function wizard."""

Answer = float | str
Function = Callable[..., Answer]


def _function(function: Function) -> Function:
    """A worksheet function with the words for its arguments, which tells what it cannot take; never volatile."""

    @wraps(function)
    def answering(*given: object, **named: object) -> Answer:
        try:
            return function(*given, **named)
        except ArgumentError as error:
            return _short(str(error))
        except Exception:  # half a surrogate pair, or what else nobody foresaw: one cell must not silence all others
            return UNFORESEEN

    answering.__annotations__ = {}  # xlwings takes type hints for its converters, and knows none for object
    for name in signature(function).parameters:
        answering = xw.arg(name, doc=ARGUMENTS[name])(answering)
    return xw.func(category=CATEGORY)(answering)


@_function
def SE_SCORE(
    operator: object,
    target: object,
    unit_of_measure: object,
    actual: object,
    achievement: object,
    step_size: object,
    step_points: object,
    max_points: object,
    claimed_points: object,
    rulebook: object,
    fiscal_year: object,
) -> Answer:
    """一行指标的系统得分（分），指标值可以写成“不低于100平方米”这样的文字；不能计分时为空。评分办法编号不对时说明应填什么。"""
    computed = _scored(locals()).computed
    return "" if computed is None else float(computed)


@_function
def SE_EXPLAIN(
    operator: object,
    target: object,
    unit_of_measure: object,
    actual: object,
    achievement: object,
    step_size: object,
    step_points: object,
    max_points: object,
    claimed_points: object,
    rulebook: object,
    fiscal_year: object,
) -> str:
    """一行指标的得分是怎样算出来的，或为什么不能计分；参数与 SE_SCORE 相同。评分办法编号不对时说明应填什么。"""
    return _short(_scored(locals()).explanation)


@_function
def SE_CHECK(
    category: object,
    subcategory: object,
    name: object,
    operator: object,
    target: object,
    unit_of_measure: object,
    actual: object,
    achievement: object,
    max_points: object,
    claimed_points: object,
    deviation_reason: object,
    improvement: object,
    step_size: object,
    step_points: object,
    wording: object,
    rulebook: object,
    fiscal_year: object,
) -> str:
    """一行指标有哪些错误和警告，错误在前，没有则为“未发现问题”。只看这一行，各行之间和全表的问题请按“检查”。"""
    cells = dict(locals())
    scheme, year = rulebook_of(cells.pop("rulebook")), year_of(cells.pop("fiscal_year"))
    return _short(checked(cells, scheme, year))


@_function
def SE_TARGET(target: object, unit_of_measure: object = None, fiscal_year: object = None) -> str:
    """把年度指标值写成规范的样子，如“不低于100平方米”写成“≥100平方米”；读不出时说明原因。"""
    text, year = text_of(target), year_of(fiscal_year)
    read = measure(Indicator(target=text, unit_of_measure=text_of(unit_of_measure)), year)
    trouble = read.trouble if read.trouble_at != "actual" else ""
    number = parse_quantity(text, year)
    if isinstance(number, NotAQuantity) and any(sign.isdigit() for sign in text):
        trouble = number.reason  # figures that nobody understands, not words for a 定性 row
    return _short(UNREAD + trouble if trouble and text else _normalised(read))


@_function
def SE_OPERATOR(target: object, fiscal_year: object = None) -> str:
    """年度指标值里写着的符号，如“不低于100平方米”得“≥”；没有写符号或读不出时为空。"""
    read = _quantity(target, fiscal_year)
    return read.operator.label if read and read.operator else ""


@_function
def SE_VALUE(target: object, fiscal_year: object = None) -> Answer:
    """文字里的数，如“不低于100平方米”得 100；区间得“95-105”，时限得“2023-09-30”，读不出时为空。"""
    read = _quantity(target, fiscal_year)
    if read is None:
        return ""
    if read.deadline:
        return f"{read.deadline:%Y-%m-%d}"
    if read.value is None:
        return ""
    return float(read.value) if read.upper is None else f"{plain(read.value)}-{plain(read.upper)}"


@_function
def SE_UNIT(target: object, fiscal_year: object = None) -> str:
    """文字里的计量单位，如“不低于100平方米”得“平方米”；没有写单位或读不出时为空。"""
    read = _quantity(target, fiscal_year)
    return _short(read.unit) if read else ""


@_function
def SE_RATE(executed_amount: object, adjusted_budget: object) -> Answer:
    """执行率＝全年执行数÷全年预算数，1 表示 100%；任一为空、预算数不大于0时为空。"""
    rate = execution_rate(amounts_of(executed_amount, adjusted_budget))
    return "" if rate is None else float(rate)


@_function
def SE_RATE_POINTS(executed_amount: object, adjusted_budget: object, rulebook: object) -> float:
    """预算执行率的得分（分）；执行率不适用、评分办法不计执行率得分时为0。评分办法编号不对时说明应填什么。"""
    return float(score_execution(amounts_of(executed_amount, adjusted_budget), rulebook_of(rulebook)).points)


@_function
def SE_GRADE(total: object, rulebook: object) -> str:
    """总分对应的等级，正好在界线上的算高一等；总分不是数时为空。评分办法编号不对时说明应填什么。"""
    scheme, points = rulebook_of(rulebook), points_of(total)
    return "" if points is None else scheme.grade_of(points).name


@_function
def SE_VERSION() -> str:
    """本机绩效自评程序的版本，能显示出来就说明函数可用。"""
    return f"xl-selfeval {__version__}"


FUNCTIONS: Sequence[Function] = (
    SE_SCORE,
    SE_CHECK,
    SE_EXPLAIN,
    SE_TARGET,
    SE_OPERATOR,
    SE_VALUE,
    SE_UNIT,
    SE_RATE,
    SE_RATE_POINTS,
    SE_GRADE,
    SE_VERSION,
)
"""Every worksheet function, in the order in which the wizard should list them."""


def _scored(cells: Mapping[str, object]) -> RowScore:
    """The score of the row whose cells, rulebook and year are `cells`."""
    row = dict(cells)
    scheme, year = rulebook_of(row.pop("rulebook")), year_of(row.pop("fiscal_year"))
    indicator, _ = indicator_of(row)
    return score_row(indicator, measure(indicator, year), scheme)


def _normalised(read: Measure) -> str:
    if read.operator is Operator.QUALITATIVE:
        return Operator.QUALITATIVE.label
    if read.deadline:
        return f"{read.deadline:%Y-%m-%d}前"
    if read.target is None:
        return ""
    if read.upper is not None:
        return f"{plain(read.target)}-{plain(read.upper)}{read.unit}"
    return f"{(read.operator or Operator.AT_LEAST).label}{plain(read.target)}{read.unit}"


def _quantity(text: object, year: object) -> Quantity | None:
    read = parse_quantity(text_of(text), year_of(year))
    return read if isinstance(read, Quantity) else None


def _short(text: str) -> str:
    """`text` in at most `LONGEST` characters, as Excel counts them."""
    if len(text) * 2 <= LONGEST:
        return text
    units = text.encode("utf-16-le")
    if len(units) <= LONGEST * 2:
        return text
    return units[: (LONGEST - 1) * 2].decode("utf-16-le", errors="ignore") + "…"
