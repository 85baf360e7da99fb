"""Sums of money: parts against their whole, one table against the other, in 万元 (family BUD, 01–07).

All amounts are compared exactly; a difference of up to 0.01 万元 passes, because figures rounded to two decimals
one by one need not add up to the rounded sum. A blank part counts as 0, a table without any part is not summed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from xl_selfeval.checks.catalogue import Case, Hit, Severity, check, hit
from xl_selfeval.model import Amounts, Path, Project
from xl_selfeval.quantities import plain

E, W = Severity.ERROR, Severity.WARNING
ZERO = Decimal(0)
TOLERANCE = Decimal("0.01")
COLUMNS = {
    "initial_budget": "年初预算数",
    "adjusted_budget": "全年预算数",
    "executed_amount": "全年执行数",
    "previous_year": "上年执行数",
}
SUMS = "财政部门自评表填报要求：合计等于各分项之和（四舍五入相差0.01万元以内不计）"


@dataclass(frozen=True)
class Line:
    """One line of a money table: where it stands, its label and its amounts."""

    path: Path
    label: str
    amounts: Amounts | Project

    def amount(self, column: str) -> Decimal | None:
        """The amount in `column` (万元), None where it is blank or the table has no such column."""
        value: Decimal | None = getattr(self.amounts, column, None)
        return value


@dataclass(frozen=True)
class Group:
    """A total line and the lines that make it up."""

    total: Line
    parts: Sequence[Line]

    def sums(self) -> Iterator[tuple[str, Decimal | None, Decimal, str]]:
        """Each column in which a part is filled: its name, the total, the sum of the parts, and the parts in words."""
        for column in COLUMNS:
            filled = [(part.label, part.amount(column)) for part in self.parts]
            given = [(label, amount) for label, amount in filled if amount is not None]
            if given:
                words = "、".join(f"{label}{plain(amount)}" for label, amount in given)
                yield column, self.total.amount(column), sum((amount for _, amount in given), ZERO), words


def _line(case: Case, table: str, name: str) -> Line:
    part = getattr(case.submission.finance, table)
    label = type(part).model_fields[name].description or name
    return Line(("finance", table, name), label, getattr(part, name))


def funds_lines(case: Case) -> list[Line]:
    """年度资金总额 and its sources."""
    return [_line(case, "funds", name) for name in ("total", "fiscal", "carried_over", "other")]


def expenditure_lines(case: Case) -> list[Line]:
    """支出合计 and what it is made of."""
    return [_line(case, "expenditure", name) for name in ("total", "basic", "personnel", "operating", "project")]


def project_lines(case: Case) -> list[Line]:
    """The projects of the project list."""
    projects = enumerate(case.submission.projects)
    return [Line(("projects", i), project.name or f"第{i + 1}个项目", project) for i, project in projects]


def _funds(case: Case) -> Group:
    total, *parts = funds_lines(case)
    return Group(total, parts)


def _expenditure(case: Case) -> Group:
    total, basic, _, _, project = expenditure_lines(case)
    return Group(total, (basic, project))


def _basic(case: Case) -> Group:
    _, basic, personnel, operating, _ = expenditure_lines(case)
    return Group(basic, (personnel, operating))


def _projects(case: Case) -> Group:
    return Group(_line(case, "expenditure", "project"), project_lines(case))


def _unequal(group: Group) -> Iterator[Hit]:
    """Columns whose total is filled, is not 0 (see BUD05) and differs from the sum of its parts."""
    for column, total, found, words in group.sums():
        if total and abs(total - found) > TOLERANCE:
            values = {"label": group.total.label, "column": COLUMNS[column], "parts": words, "sum": found}
            yield hit(*group.total.path, column, total=total, off=abs(total - found), **values)


SUM_MESSAGE = "{column}：{label}填{total}万元，各分项（{parts}）合计{sum}万元，相差{off}万元"
SUM_REMEDY = "核对各分项和{label}的{column}，使合计一致；金额单位统一为万元"


@check(
    "BUD01",
    E,
    title="年度资金总额不等于各来源之和",
    message=SUM_MESSAGE,
    remedy=SUM_REMEDY,
    basis=SUMS,
    caught={"finance.funds.other.adjusted_budget": 8.02},
    passed={"finance.funds.other.adjusted_budget": 8.01},
)
def funds_sum(case: Case) -> Iterator[Hit]:
    """当年财政拨款 + 上年结转资金 + 其他资金, column by column."""
    yield from _unequal(_funds(case))


@check(
    "BUD02",
    E,
    title="支出合计不等于基本支出加项目支出",
    message=SUM_MESSAGE,
    remedy=SUM_REMEDY,
    basis=SUMS,
    caught={"finance.expenditure.total.initial_budget": 302},
    passed={"finance.expenditure.total.initial_budget": None},
)
def expenditure_sum(case: Case) -> Iterator[Hit]:
    """基本支出 + 项目支出, column by column."""
    yield from _unequal(_expenditure(case))


@check(
    "BUD03",
    E,
    title="基本支出不等于人员经费加公用经费",
    message=SUM_MESSAGE,
    remedy=SUM_REMEDY,
    basis=SUMS,
    caught={"finance.expenditure.personnel.executed_amount": 126},
    passed={
        "finance.expenditure.personnel.executed_amount": 161.995,
        "finance.expenditure.operating.executed_amount": 38.01,
    },
)
def basic_sum(case: Case) -> Iterator[Hit]:
    """人员经费 + 公用经费, column by column."""
    yield from _unequal(_basic(case))


@check(
    "BUD04",
    W,
    title="项目支出不等于各项目之和",
    message=SUM_MESSAGE,
    remedy="核对项目表是否漏列项目，使各项目的{column}合计等于{label}",
    basis=SUMS,
    caught={"projects.2.executed_amount": 15.8},
    passed={"projects.2.executed_amount": 18.49},
)
def project_sum(case: Case) -> Iterator[Hit]:
    """The project list against 项目支出, column by column."""
    yield from _unequal(_projects(case))


@check(
    "BUD05",
    E,
    title="分项有金额，合计是0",
    message="{column}：{label}{total}，各分项（{parts}）合计{sum}万元",
    remedy="{label}的{column}填{sum}万元",
    basis=SUMS,
    caught={"finance.funds.total.adjusted_budget": 0},
    passed={
        "finance.funds.total.previous_year": 0,
        "finance.funds.fiscal.previous_year": 0,
        "finance.funds.carried_over.previous_year": 0,
        "finance.funds.other.previous_year": 0,
    },
)
def empty_total(case: Case) -> Iterator[Hit]:
    """A total of 0, or a blank one where no REQ check asks for it, over parts with money."""
    for group in (_funds(case), _expenditure(case), _basic(case), _projects(case)):
        asked = group.total.path == ("finance", "funds", "total")
        for column, total, found, words in group.sums():
            if found and (total == 0 or (total is None and not (asked and column != "previous_year"))):
                shown = "没有填写" if total is None else "填的是0"
                values = {"label": group.total.label, "column": COLUMNS[column], "parts": words, "sum": found}
                yield hit(*group.total.path, column, total=shown, **values)


@check(
    "BUD06",
    W,
    title="两张表的全年执行数不一致",
    message="年度资金总额的全年执行数是{funds}万元，支出合计的全年执行数是{spent}万元，相差{off}万元",
    remedy="以部门决算的支出数为准，把两处改为一致；确有差异的在备注中说明",
    basis="财政部门自评表填报要求：自评数据与部门决算一致",
    caught={
        "finance.expenditure.total.executed_amount": 321,
        "finance.expenditure.project.executed_amount": 121,
    },
    passed={"finance.expenditure.total.executed_amount": 312.01},
)
def executed_twice(case: Case) -> Iterator[Hit]:
    """Executed funds against executed expenditure."""
    funds = case.submission.finance.funds.total.executed_amount
    spent = case.submission.finance.expenditure.total.executed_amount
    if funds is not None and spent is not None and abs(funds - spent) > TOLERANCE:
        values = {"funds": funds, "spent": spent, "off": abs(funds - spent)}
        yield hit("finance", "expenditure", "total", "executed_amount", **values)


@check(
    "BUD07",
    W,
    title="收支总计与支出、结转结余对不上",
    message="本年收支总计{total}万元，支出{spent}万元加年末结转结余{left}万元为{sum}万元，相差{off}万元",
    remedy="核对三个数；提取专用结余等其他去向请在备注中说明",
    basis="部门决算：收、支总计（含结转和结余）= 本年支出 + 年末结转和结余",
    caught={"finance.carry_over": 31},
    passed={"finance.carry_over": 13.01},
)
def total_and_rest(case: Case) -> Iterator[Hit]:
    """收、支总计 against expenditure and what is left at the end of the year."""
    finance = case.submission.finance
    total, spent, left = finance.total, finance.expenditure.total.executed_amount, finance.carry_over
    if total is None or spent is None or left is None:
        return
    if abs(total - spent - left) > TOLERANCE:
        values = {"total": total, "spent": spent, "left": left, "sum": spent + left, "off": abs(total - spent - left)}
        yield hit("finance", "carry_over", **values)
