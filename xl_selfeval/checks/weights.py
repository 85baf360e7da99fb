"""Weights (分值): what the rows may earn together and alone, against the rulebook (family WGT)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from xl_selfeval.checks.catalogue import Case, Hit, Severity, check, hit
from xl_selfeval.checks.naming import row_name
from xl_selfeval.model import Indicator, Path, Submission
from xl_selfeval.quantities import plain
from xl_selfeval.rulebook.schema import Block

E, W = Severity.ERROR, Severity.WARNING
ZERO = Decimal(0)
# A cell merged over fewer rows cannot be told from a single weight that was forgotten.
MERGED_AT_LEAST = 2
WEIGHTS = "评分办法：各部分分值与总分"
FIRST = "items.0.indicators.0"

Row = tuple[Path, Indicator]


def merged_rows(submission: Submission) -> list[tuple[Row, list[Path]]]:
    """Rows that look like one merged 分值 cell: the row that holds it, and the paths of the blank rows under it.

    Blank means neither 分值 nor 自评得分, of the same 一级指标 and directly below.
    """
    found: list[tuple[Row, list[Path]]] = []
    for path, row in submission.indicators():
        if row.max_points is not None:
            found.append(((path, row), []))
        elif found and row.claimed_points is None and row.category is found[-1][0][1].category:
            found[-1][1].append(path)
    return [(head, under) for head, under in found if len(under) >= MERGED_AT_LEAST]


def _rows_of(case: Case, block: Block) -> list[Row]:
    return [(path, row) for path, row in case.submission.indicators() if row.category in block.categories]


def _weight(rows: Sequence[Row]) -> Decimal:
    return sum((row.max_points for _, row in rows if row.max_points is not None), ZERO)


def _allotted(rows: Sequence[Row]) -> bool:
    """Whether any row has a weight; where none has, REQ26 tells it row by row."""
    return any(row.max_points is not None for _, row in rows)


def _more_or_less(sum_: Decimal, due: Decimal) -> str:
    return f"{'多' if sum_ > due else '少'}{plain(abs(sum_ - due))}分"


@check(
    "WGT01",
    E,
    title="分值合计不等于总分",
    message="各指标分值合计{rows}分，{execution}合计{sum}分，评分办法规定总分{due}分，{off}",
    remedy="核对各行分值，使合计等于{due}分",
    basis=WEIGHTS,
    caught={"rulebook": "yunnan-2022", f"{FIRST}.max_points": 6},
    passed={"rulebook": "yunnan-2022", f"{FIRST}.max_points": 6, "items.0.indicators.1.max_points": 8},
)
def total_weight(case: Case) -> Iterator[Hit]:
    """Rows and execution together against the total; silent where WGT02 and WGT07 already tell all of it."""
    rows = list(case.submission.indicators())
    execution = case.rulebook.execution.value or ZERO
    found, due = _weight(rows) + execution, case.rulebook.total.value
    told = sum((_weight(mine) - fixed for _, mine, fixed in _uneven_blocks(case)), ZERO)
    if _allotted(rows) and found - due not in {ZERO, told}:
        words = f"加预算执行率{plain(execution)}分，" if execution else ""
        place = (*rows[-1][0], "max_points")
        yield hit(*place, rows=_weight(rows), execution=words, sum=found, due=due, off=_more_or_less(found, due))


def _uneven_blocks(case: Case) -> Iterator[tuple[Block, list[Row], Decimal]]:
    """Blocks of fixed weight whose rows add up to something else, with the rows and the weight."""
    for block in case.rulebook.blocks:
        rows = _rows_of(case, block)
        if block.points.value is not None and _weight(rows) != block.points.value:
            yield block, rows, block.points.value


@check(
    "WGT02",
    E,
    title="一级指标分值合计与评分办法不符",
    message="{block}分值合计{sum}分，评分办法规定{due}分，{off}",
    remedy="核对{block}各行分值，使合计等于{due}分",
    basis=WEIGHTS,
    caught={f"{FIRST}.max_points": 6},
    passed={f"{FIRST}.max_points": 6, "items.0.indicators.1.max_points": 8},
)
def block_weight(case: Case) -> Iterator[Hit]:
    """Rows of one block against its fixed weight."""
    for block, rows, due in _uneven_blocks(case):
        if _allotted(rows):
            place = (*rows[-1][0], "max_points")
            yield hit(*place, block=block.name, sum=_weight(rows), due=due, off=_more_or_less(_weight(rows), due))


@check(
    "WGT03",
    W,
    title="单个指标分值过大",
    message="{row}一项占{points}分，超过总分的{share}%（{limit}分）",
    remedy="把这一指标拆成几个可分别衡量的指标，或把分值分给其他指标",
    basis="评分办法：单个指标分值占总分的比例上限",
    caught={f"{FIRST}.max_points": 30.5},
    passed={f"{FIRST}.max_points": 30},
)
def largest_share(case: Case) -> Iterator[Hit]:
    """One row carrying more than the rulebook's share of the total; the bound itself is allowed."""
    share = case.rulebook.limits.largest_share.value
    limit = share * case.rulebook.total.value
    for path, row in case.submission.indicators():
        if row.max_points is not None and row.max_points > limit:
            values = {"points": row.max_points, "share": share * 100, "limit": limit}
            yield hit(*path, "max_points", row=row_name(path, row), **values)


@check(
    "WGT04",
    E,
    title="分值不大于0",
    message="{row}的分值是{points}分，无法计分",
    remedy="分值填大于0的数；不考核的指标请删去整行",
    basis="评分办法：每个指标的分值须大于0",
    caught={f"{FIRST}.max_points": 0},
    passed={f"{FIRST}.max_points": 0.1},
)
def positive_weight(case: Case) -> Iterator[Hit]:
    """分值 of 0 or below."""
    for path, row in case.submission.indicators():
        if row.max_points is not None and row.max_points <= 0:
            yield hit(*path, "max_points", row=row_name(path, row), points=row.max_points)


@check(
    "WGT05",
    E,
    title="评分办法没有这个一级指标",
    message="{row}归在“{category}”，本评分办法的{blocks}都不含它，这一行的得分不属于任何部分",
    remedy="改选评分办法已有的一级指标，或换用设有“{category}”的评分办法",
    basis=WEIGHTS,
    caught={"@rulebook.blocks.0.categories": ["output"], f"{FIRST}.category": "成本指标"},
    passed={f"{FIRST}.category": "成本指标"},
)
def unknown_category(case: Case) -> Iterator[Hit]:
    """A category that no block of the rulebook scores; usually 成本指标, which many schemes count to 产出."""
    names = "、".join(block.name for block in case.rulebook.blocks)
    for path, row in case.submission.indicators():
        if row.category is not None and case.rulebook.block_of(row.category) is None:
            yield hit(*path, "category", row=row_name(path, row), category=row.category.label, blocks=names)


@check(
    "WGT06",
    E,
    title="几行合用一个分值",
    message="{row}填了{points}分，下面连续{count}行没有分值，像是几行合并成了一个单元格，下面各行无法计分",
    remedy="取消合并，把{points}分拆到各行，每行分别填写分值和自评得分",
    basis="财政部门自评表填报要求：绩效指标逐行填写分值和得分",
    caught={
        "items.0.indicators.1.max_points": None,
        "items.0.indicators.1.claimed_points": None,
        "items.0.indicators.2.max_points": None,
        "items.0.indicators.2.claimed_points": None,
    },
    passed={"items.0.indicators.1.max_points": None, "items.0.indicators.1.claimed_points": None},
)
def merged_weight(case: Case) -> Iterator[Hit]:
    """分值 on the first of several rows only."""
    for (path, row), under in merged_rows(case.submission):
        values = {"points": row.max_points, "count": len(under)}
        yield hit(*under[0], "max_points", row=row_name(path, row), **values)


@check(
    "WGT07",
    E,
    title="一级指标下没有指标",
    message="没有一个指标归在“{block}”，评分办法给这一部分{due}分，无法得分",
    remedy="补充{block}的三级指标并分配{due}分；已有的请核对一级指标是否选错",
    basis=WEIGHTS,
    caught={"items.0.indicators.5.category": "效益指标", "items.1.indicators.4.category": "效益指标"},
    passed={"items.0.indicators.5.category": "效益指标"},
)
def empty_block(case: Case) -> Iterator[Hit]:
    """A block of fixed weight without a row, in a form that has rows."""
    for block, rows, due in _uneven_blocks(case):
        if not rows and any(case.submission.indicators()):
            yield hit("items", block=block.name, due=due)
