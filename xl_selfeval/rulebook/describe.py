"""A rulebook in plain Chinese, line by line: what is ruled and on what basis.

Free of presentation: the command line prints these lines and the workbook sets them as the sheet 评分规则.
The rules that no scheme changes are those of `domain/rules.md` §2 and §3.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from xl_selfeval.quantities.dates import chinese_date
from xl_selfeval.quantities.numerals import plain
from xl_selfeval.rulebook.schema import Block, Equality, PartialStep, Reverse, Rulebook, Source, Sourced

POINTS, GRADES, BANDS = "总分与各部分分值", "等级", "定性指标档次"
FORMULAS, REASONS, TEXTS = "计分公式", "何时须说明原因", "文字长度"
UNVERIFIED = "未核实"
COMMON = "各地公开自评表的通行做法"
DUE = "须说明偏差原因和改进措施"
EQUAL = {
    Equality.RATIO: "与正向指标相同：完成率×分值，最高得满分",
    Equality.EXACT: "实际等于目标得满分，否则不得分",
}
REVERSE = {
    Reverse.RATIO: "实际值超过目标时按 目标÷实际×分值 计分",
    Reverse.LINEAR: "实际值超过目标时按 [1－（实际－目标）÷目标]×分值 计分，达到目标2倍的不得分",
}
PARTIAL = {
    PartialStep.UP: "按该行写明的每档扣分计算，不足一档的按一档扣",
    PartialStep.DOWN: "按该行写明的每档扣分计算，不足一档的不扣",
}


@dataclass(frozen=True)
class Line:
    """One rule: where it belongs, what it is about, what it says, on what basis, and whether that was looked up."""

    section: str
    item: str
    rule: str
    basis: str
    verified: bool


def rows(rulebook: Rulebook) -> list[Line]:
    """Every rule of `rulebook` in reading order, the lines of a section together; points in 分, rates in %."""
    parts = (_points, _grades, _bands, _formulas, _reasons, _texts)
    return [line for part in parts for line in part(rulebook)]


def _points(book: Rulebook) -> Iterator[Line]:
    total, execution, share = book.total, book.execution, book.limits.largest_share
    targets = total.value - (execution.value or Decimal(0))
    yield _line(book, POINTS, "总分", _in_points(total.value), total)
    scored = "不计分" if execution.value is None else _in_points(execution.value)
    yield _line(book, POINTS, "预算执行率", scored, execution)
    yield _line(book, POINTS, "绩效指标合计", _in_points(targets), total, execution)
    for block in book.blocks:
        yield _line(book, POINTS, block.name, _weight(block, targets), block.points)
    most = f"一般不超过总分的{_percent(share.value)}，即{_in_points(share.value * total.value)}；超过的提示核对"
    yield _line(book, POINTS, "单个指标的分值", most, share)


def _weight(block: Block, targets: Decimal) -> str:
    points = block.points.value
    text = f"由填报单位自定（各部分合计{_in_points(targets)}）" if points is None else _in_points(points)
    labels = "、".join(category.label for category in block.categories)
    return text if labels == block.name else f"{text}；包括{labels}"


def _grades(book: Rulebook) -> Iterator[Line]:
    above: Decimal | None = None
    for grade in book.grades:
        floor = grade.floor.value
        bounds = [f"≥{_in_points(floor)}"] if floor else []
        bounds += [f"<{_in_points(above)}"] if above is not None else []
        yield _line(book, GRADES, grade.name, "且".join(bounds), grade.floor)
        above = floor


def _bands(book: Rulebook) -> Iterator[Line]:
    for band in book.bands:
        span = f"{_percent(band.ceiling.value)}至{_percent(band.floor.value)}"
        rule = f"得分值的{span}（含两端），由填报人在此范围内评分"
        yield _line(book, BANDS, band.achievement.label, rule, band.floor, band.ceiling)


def _formulas(book: Rulebook) -> Iterator[Line]:
    options, execution = book.formulas, book.execution
    yield _common(FORMULAS, "正向指标（≥、>）", "完成率×分值，最高得满分；完成率＝实际÷目标")
    yield _line(book, FORMULAS, "等值指标（=）", EQUAL[options.equal.value], options.equal)
    yield _common(FORMULAS, "反向指标（≤、<）未超过目标", "得满分")
    yield _line(book, FORMULAS, "反向指标（≤、<）超过目标", REVERSE[options.reverse.value], options.reverse)
    yield _common(FORMULAS, "目标为0的指标（=0、≤0）", "实际为0得满分，否则不得分")
    yield _common(FORMULAS, "区间指标", "在区间内得满分；低于下限按正向指标计分，高于上限按反向指标计分")
    yield _common(FORMULAS, "时限指标按期完成", "得满分")
    yield from _late(book)
    yield _line(book, FORMULAS, "写明扣分办法的指标", PARTIAL[options.partial_step.value], options.partial_step)
    if execution.value is not None:
        rule = f"执行率×{_in_points(execution.value)}，最高得满分；执行率＝全年执行数÷全年预算数"
        yield _line(book, FORMULAS, "预算执行率", rule, execution)
    digits = options.digits.value
    rule = f"四舍五入，保留{digits}位小数" if digits else "四舍五入取整数"
    yield _line(book, FORMULAS, "得分的小数位数", rule, options.digits)


def _late(book: Rulebook) -> Iterator[Line]:
    before = 0
    for band in book.formulas.late:
        days, share = band.days.value, band.share.value
        span = f"{before + 1}至{days}天" if days else f"超过{before}天" if before else ""
        gained = f"得分值的{_percent(share)}" if share else "不得分"
        yield _line(book, FORMULAS, f"时限指标逾期{span}", gained, band.days, band.share)
        before = days or before


def _reasons(book: Rulebook) -> Iterator[Line]:
    high, notice = book.reasons.overshoot, book.reasons.overshoot_notice
    low, top = book.reasons.execution_below, book.reasons.execution_above
    yield _common(REASONS, "指标得分低于分值", DUE)
    yield _line(book, REASONS, f"实际值达到目标的{_percent(high.value)}及以上", DUE, high)
    if notice.value < high.value:
        item = f"实际值达到目标的{_percent(notice.value)}、不到{_percent(high.value)}"
        yield _line(book, REASONS, item, "提示核对目标是否定得过低", notice)
    yield _line(book, REASONS, f"预算执行率低于{_percent(low.value)}", "须说明原因", low)
    yield _line(book, REASONS, f"预算执行率高于{_percent(top.value)}", "须说明原因", top)
    yield _common(REASONS, "年度中调整了预算", "须说明原因")


def _texts(book: Rulebook) -> Iterator[Line]:
    reason, text = book.limits.reason_length, book.limits.text_length
    yield _line(book, TEXTS, "偏差原因", _length(reason.value), reason)
    yield _line(book, TEXTS, "评价结论、存在问题、改进措施", _length(text.value), text)


def _line(book: Rulebook, section: str, item: str, rule: str, *numbers: Sourced[Any]) -> Line:
    """A line that rests on `numbers`: verified when all are, each source and note named once."""
    verified = all(number.verified for number in numbers)
    named = dict.fromkeys(number.source for number in numbers if number.source)
    basis = [_cite(book.sources[name]) for name in named]
    basis += [] if verified else [UNVERIFIED]
    basis += dict.fromkeys(number.note for number in numbers if number.note)
    return Line(section, item, rule, "；".join(basis), verified)


def _common(section: str, item: str, rule: str) -> Line:
    """A line that no rulebook changes, for which no document is at hand."""
    return Line(section, item, rule, f"{COMMON}；{UNVERIFIED}", verified=False)


def _cite(source: Source) -> str:
    """《项目支出绩效评价管理办法》（财预〔2020〕10号），2020年2月25日; a form has no 文号 and no title marks."""
    title = f"《{source.document}》（{source.number}）" if source.number else source.document
    return f"{title}，{chinese_date(source.date)}" if source.date else title


def _in_points(value: Decimal) -> str:
    return f"{plain(value)}分"


def _percent(ratio: Decimal) -> str:
    return f"{plain(ratio * 100)}%"


def _length(most: int | None) -> str:
    return "未作规定" if most is None else f"不超过{most}字"
