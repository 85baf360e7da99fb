"""Single amounts that cannot be right, assets and staff (family BUD, 08–14). Money in 万元."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import combinations

from xl_selfeval.checks.budget import COLUMNS, SUMS, TOLERANCE, Line, expenditure_lines, funds_lines, project_lines
from xl_selfeval.checks.catalogue import Case, Hit, Severity, check, hit
from xl_selfeval.model import Path
from xl_selfeval.quantities import half_up, plain

E, W, N = Severity.ERROR, Severity.WARNING, Severity.NOTE
ZERO = Decimal(0)
# 1 万元 = 10,000 元; a budget rarely doubles or halves within a year, so a ratio near that betrays the unit.
YUAN_FROM, YUAN_TO = Decimal(5_000), Decimal(20_000)
# Nobody budgets less than 1,000 元, so a smaller figure is no amount in yuan.
LEAST_YUAN = Decimal(1_000)
UNIT_RULE = "财政部门自评表填报要求：金额单位统一为万元"
EXECUTION = "评分办法：预算执行率 = 全年执行数 ÷ 全年预算数"

Amount = tuple[Path, str, Decimal]


def _lines(case: Case) -> list[Line]:
    return [*funds_lines(case), *expenditure_lines(case), *project_lines(case)]


def _amounts_of(line: Line) -> list[Amount]:
    found = ((column, label, line.amount(column)) for column, label in COLUMNS.items())
    return [
        ((*line.path, column), f"{line.label}的{label}", value) for column, label, value in found if value is not None
    ]


def _totals(case: Case) -> list[Amount]:
    finance = case.submission.finance
    fields = (
        ("total", "本年收支总计", finance.total),
        ("previous_total", "上年收支总计", finance.previous_total),
    )
    return [(("finance", name), label, value) for name, label, value in fields if value is not None]


def _all_amounts(case: Case) -> Iterator[Amount]:
    """Every amount of money in the form: where, what it is called, 万元."""
    yield from _totals(case)
    submission = case.submission
    if submission.finance.carry_over is not None:
        yield ("finance", "carry_over"), "年末结转结余", submission.finance.carry_over
    for line in _lines(case):
        yield from _amounts_of(line)
    if submission.assets_total is not None:
        yield ("assets_total",), "年末固定资产总额", submission.assets_total
    for i, asset in enumerate(submission.assets):
        if asset.value is not None:
            yield ("assets", i, "value"), f"{asset.kind or f'第{i + 1}项资产'}的价值", asset.value


@check(
    "BUD08",
    W,
    title="全年执行数超过全年预算数",
    message="{label}全年执行{spent}万元，超过全年预算{budget}万元，多{over}万元",
    remedy="核对全年预算数是否漏了追加的部分；属实的，在“执行偏差原因及措施”栏说明",
    basis="评分办法：执行数超过预算数的，执行率按100%计分并须说明",
    caught={"finance.expenditure.operating.executed_amount": 41},
    passed={"finance.expenditure.operating.executed_amount": 40},
)
def over_budget(case: Case) -> Iterator[Hit]:
    """Executed above the adjusted budget, on any line."""
    for line in _lines(case):
        budget, spent = line.amount("adjusted_budget"), line.amount("executed_amount")
        if budget is not None and spent is not None and spent > budget > 0:
            values = {"label": line.label, "spent": spent, "budget": budget, "over": spent - budget}
            yield hit(*line.path, "executed_amount", **values)


@check(
    "BUD09",
    E,
    title="没有预算却有执行数",
    message="{label}全年预算数是0，全年执行数却有{spent}万元，算不出执行率",
    remedy="补填全年预算数（含年中追加）；没有这笔支出的，把全年执行数改为0",
    basis=EXECUTION,
    caught={"projects.0.adjusted_budget": 0},
    passed={"projects.0.initial_budget": 0},
)
def spent_without_budget(case: Case) -> Iterator[Hit]:
    """A = 0 < B, on any line."""
    for line in _lines(case):
        spent = line.amount("executed_amount")
        if line.amount("adjusted_budget") == 0 and spent is not None and spent > 0:
            yield hit(*line.path, "adjusted_budget", label=line.label, spent=spent)


@check(
    "BUD10",
    N,
    title="没有预算也没有支出，执行率不适用",
    message="年度资金总额的全年预算数和全年执行数都是0，预算执行率不适用，{points}",
    remedy="核对是否漏填；全年确无资金安排的，向财政部门了解这部分分值如何处理",
    basis=EXECUTION,
    caught={"finance.funds.total.adjusted_budget": 0, "finance.funds.total.executed_amount": 0},
    passed={"finance.funds.total.executed_amount": 0},
)
def nothing_to_execute(case: Case) -> Iterator[Hit]:
    """0/0 on 年度资金总额."""
    total = case.submission.finance.funds.total
    if total.adjusted_budget == 0 and total.executed_amount == 0:
        weight = case.rulebook.execution.value
        points = f"这部分{plain(weight)}分暂计0分" if weight else "本评分办法不计这项得分"
        yield hit("finance", "funds", "total", "adjusted_budget", points=points)


@check(
    "BUD11",
    E,
    title="固定资产总额不等于各类资产之和",
    message="年末固定资产总额{total}万元，各类资产（{parts}）合计{sum}万元，相差{off}万元",
    remedy="核对资产总额和各类资产的价值，口径（原值或净值）须一致",
    basis=SUMS,
    caught={"assets.3.value": 84},
    passed={"assets.3.value": 48.01},
)
def assets_sum(case: Case) -> Iterator[Hit]:
    """Assets by kind against their total."""
    total = case.submission.assets_total
    given = [(asset.kind or f"第{i + 1}项", asset.value) for i, asset in enumerate(case.submission.assets)]
    parts = [(kind, value) for kind, value in given if value is not None]
    found = sum((value for _, value in parts), ZERO)
    if total is not None and parts and abs(total - found) > TOLERANCE:
        words = "、".join(f"{kind}{plain(value)}" for kind, value in parts)
        yield hit("assets_total", total=total, parts=words, sum=found, off=abs(total - found))


@check(
    "BUD12",
    W,
    title="金额像是按元填的",
    message="{big}为{value}万元，是{small}{other}万元的{ratio}倍，像是按“元”填写",
    remedy="如果这个数是元，请除以10000；换算为{converted}万元",
    basis=UNIT_RULE,
    caught={"finance.funds.total.initial_budget": 3_200_000},
    passed={"finance.funds.total.initial_budget": 32_000},
)
def looks_like_yuan(case: Case) -> Iterator[Hit]:
    """Two amounts of one line, or this year's and last year's total, about 10,000 times apart."""
    told: set[Path] = set()
    for amounts in (_totals(case), *map(_amounts_of, _lines(case))):
        for one, other in combinations(amounts, 2):
            small, big = sorted((one, other), key=lambda amount: amount[2])
            if big[0] in told or small[2] <= 0 or big[2] < LEAST_YUAN:
                continue
            ratio = big[2] / small[2]
            if YUAN_FROM <= ratio <= YUAN_TO:
                told.add(big[0])
                values = {"ratio": half_up(ratio, 0), "converted": big[2] / 10_000}
                yield hit(*big[0], big=big[1], value=big[2], small=small[1], other=small[2], **values)


@check(
    "BUD13",
    E,
    title="金额是负数",
    message="{label}填的是{value}万元，金额不能是负数",
    remedy="填实际金额；调减、冲销请在原因栏说明，不填负数",
    basis=UNIT_RULE,
    caught={"finance.carry_over": -13},
    passed={"finance.carry_over": 0},
)
def negative_money(case: Case) -> Iterator[Hit]:
    """An amount below 0."""
    for path, label, value in _all_amounts(case):
        if value < 0:
            yield hit(*path, label=label, value=value)


@check(
    "BUD14",
    W,
    title="实有人数超过编制人数",
    message="实有人数{staff}人，超过编制人数{establishment}人，没有说明",
    remedy="核对人数；含劳务派遣、聘用等人员的，在“人员说明”栏写明",
    basis="财政部门自评表填报要求：人员超编须说明",
    caught={"unit.staff": 15, "unit.staff_note": ""},
    passed={"unit.staff": 15},
)
def overstaffed(case: Case) -> Iterator[Hit]:
    """More staff than establishment without a note."""
    unit = case.submission.unit
    if unit.staff_note or unit.staff is None or unit.establishment is None:
        return
    if unit.staff > unit.establishment:
        yield hit("unit", "staff", staff=unit.staff, establishment=unit.establishment)
