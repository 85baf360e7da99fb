"""What the numbers of one rulebook must not say against each other, each contradiction with its place.

Pure functions over the parts of `schema.Rulebook`; `schema` raises what they find beside pydantic's own faults.
A place is a path inside the part, e.g. (1, "floor") in the grades.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from xl_selfeval.model import Path
from xl_selfeval.quantities.numerals import plain

if TYPE_CHECKING:
    from xl_selfeval.rulebook.schema import Band, Block, Formulas, Grade, Reasons

Faults = Iterator[tuple[Path, str]]


def contradictions(name: str, part: Any, earlier: Mapping[str, Any]) -> Faults:
    """Contradictions inside `part`, the field `name` of a rulebook, given the valid fields before it."""
    return CONTRADICTIONS[name](part, earlier) if name in CONTRADICTIONS else iter(())


def _repeats(values: Iterable[object]) -> Iterator[int]:
    """Positions of values that stood there before."""
    seen: set[object] = set()
    for i, value in enumerate(values):
        if value in seen:
            yield i
        seen.add(value)


def _block_faults(blocks: tuple[Block, ...], earlier: Mapping[str, Any]) -> Faults:
    named = [(i, category) for i, block in enumerate(blocks) for category in block.categories]
    for at in _repeats(category for _, category in named):
        i, category = named[at]
        yield (i, "categories"), f"“{category.label}”已属于另一个部分，同一个一级指标不能属于两个部分"
    if not {"total", "execution"} <= earlier.keys():
        return
    total, execution = earlier["total"].value, earlier["execution"].value or Decimal(0)
    weights = [block.points.value for block in blocks]
    parts = sum((points for points in weights if points is not None), execution)
    if parts > total or (None not in weights and parts != total):
        yield (), f"各部分分值合计{plain(parts)}分，与总分{plain(total)}分不一致"


def _grade_faults(grades: tuple[Grade, ...], earlier: Mapping[str, Any]) -> Faults:
    if "total" in earlier and grades[0].floor.value > earlier["total"].value:
        most = plain(earlier["total"].value)
        yield (0, "floor"), f"最高一级从{plain(grades[0].floor.value)}分起，超过总分{most}分，没有单位能达到"
    for i in _repeats(grade.code for grade in grades):
        yield (i, "code"), f"等级代码“{grades[i].code}”已用过"
    for i in _repeats(grade.name for grade in grades):
        yield (i, "name"), f"等级名称“{grades[i].name}”已用过"
    floors = [grade.floor.value for grade in grades]
    for i in range(1, len(floors)):
        if floors[i] >= floors[i - 1]:
            yield (i, "floor"), f"等级须从高到低排列：{plain(floors[i])}分不低于上一级的{plain(floors[i - 1])}分"
    if floors[-1] != 0:
        yield (len(grades) - 1, "floor"), f"最低一级须从0分起，现为{plain(floors[-1])}分"


def _band_faults(bands: tuple[Band, ...], _earlier: Mapping[str, Any]) -> Faults:
    for i in _repeats(band.achievement for band in bands):
        yield (i, "achievement"), "定性三档 achieved、partly、missed 须各写一次"
    for i, band in enumerate(bands):
        if not band.floor.value <= band.ceiling.value <= 1:
            yield (i,), f"“{band.achievement.label}”的下限须不大于上限，且都在0到1之间"


def _formula_faults(formulas: Formulas, _earlier: Mapping[str, Any]) -> Faults:
    days = [band.days.value for band in formulas.late]
    shares = [band.share.value for band in formulas.late]
    if None in days[:-1] or days[-1] is not None:
        yield ("late",), "逾期各档的最后一档（也只有最后一档）的 days 须写 null，表示更晚的一律按此计分"
    for i in range(len(days)):
        before, now = days[i - 1] if i else None, days[i]
        if before is not None and now is not None and now <= before:
            yield ("late", i, "days"), f"逾期天数须一档比一档多：{now}天不多于上一档的{before}天"
        if shares[i] > (shares[i - 1] if i else 1):
            yield ("late", i, "share"), "得分比例须在0到1之间，且逾期越久得分越低"


def _reason_faults(reasons: Reasons, _earlier: Mapping[str, Any]) -> Faults:
    if reasons.overshoot_notice.value > reasons.overshoot.value:
        yield ("overshoot_notice",), "提示的界限不能高于须说明原因的界限"
    if reasons.execution_below.value > reasons.execution_above.value:
        yield ("execution_below",), "执行率下限不能高于上限"


CONTRADICTIONS: dict[str, Callable[[Any, Mapping[str, Any]], Faults]] = {
    "blocks": _block_faults,
    "grades": _grade_faults,
    "bands": _band_faults,
    "formulas": _formula_faults,
    "reasons": _reason_faults,
}
