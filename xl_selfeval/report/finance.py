"""Facts of 收支预决算: totals against last year, budget and execution, the table. Money in 万元. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from xl_selfeval.model import Amounts, Path, Project, Submission
from xl_selfeval.report import words
from xl_selfeval.report.marker import Marker
from xl_selfeval.report.view import Change, FinanceFacts, MoneyRow
from xl_selfeval.scoring import ScoreCard, execution_rate

_TOTAL = ("finance", "funds", "total")
_FUNDS = (("fiscal", "　当年财政拨款"), ("carried_over", "　上年结转资金"), ("other", "　其他资金"))
_SPENDING = (
    ("basic", "　基本支出"),
    ("personnel", "　　人员经费"),
    ("operating", "　　公用经费"),
    ("project", "　项目支出"),
)


def change(now: Decimal | None, before: Decimal | None, marker: Marker, *places: Path) -> Change | None:
    """`now` against `before` in 万元; None when either is missing. Without a positive `before` no percentage."""
    if now is None or before is None:
        return None
    difference = now - before
    return Change(
        word="持平" if not difference else "增加" if difference > 0 else "减少",
        trend="" if not difference else "增长" if difference > 0 else "下降",
        amount=marker.mark(words.money(abs(difference)), *places),
        percent=marker.mark(words.percent(abs(difference) / before), *places) if before > 0 and difference else "",
        same=not difference,
    )


def finance_facts(submission: Submission, card: ScoreCard, marker: Marker) -> FinanceFacts:
    """All that a report says of the money of `submission`."""
    finance, place = submission.finance, ("finance",)
    total = finance.funds.total
    adjustment = change(
        total.adjusted_budget, total.initial_budget, marker, (*_TOTAL, "adjusted_budget"), (*_TOTAL, "initial_budget")
    )
    return FinanceFacts(
        total=marker.money(finance.total, (*place, "total")),
        change=change(finance.total, finance.previous_total, marker, (*place, "total"), (*place, "previous_total")),
        change_reason=marker.clause(finance.change_reason, (*place, "change_reason")),
        initial=marker.money(total.initial_budget, (*_TOTAL, "initial_budget")),
        adjusted=marker.money(total.adjusted_budget, (*_TOTAL, "adjusted_budget")),
        adjustment=adjustment,
        adjustment_reason=marker.clause(finance.adjustment_reason, (*place, "adjustment_reason")),
        executed=marker.money(total.executed_amount, (*_TOTAL, "executed_amount")),
        rate=_rate(total, _TOTAL, marker),
        execution_reason=marker.lines(finance.execution_reason, (*place, "execution_reason")),
        carry_over=marker.money(finance.carry_over, (*place, "carry_over")),
        table=tuple(_table(submission, marker)),
    )


def _rate(amounts: Amounts, place: Path, marker: Marker) -> str:
    rate = execution_rate(amounts)
    if rate is None:
        return ""
    return marker.mark(words.percent(rate), (*place, "adjusted_budget"), (*place, "executed_amount"))


def _table(submission: Submission, marker: Marker) -> Iterator[MoneyRow]:
    """Declared rows only: funds by source, expenditure by kind, then the projects."""
    for part, name, kinds in (("funds", "年度资金总额", _FUNDS), ("expenditure", "支出合计", _SPENDING)):
        holder = getattr(submission.finance, part)
        for field, label in (("total", name), *kinds):
            amounts: Amounts = getattr(holder, field)
            if not amounts.is_blank:
                yield _row(label, amounts, ("finance", part, field), marker, main=field == "total")
    for i, project in enumerate(submission.projects):
        if project.name or _amounts(project) != Amounts():
            name = marker.line(project.name or "未命名项目", ("projects", i, "name"))
            yield _row(f"　　{name}", _amounts(project), ("projects", i), marker, main=False)


def _amounts(project: Project) -> Amounts:
    return Amounts(
        initial_budget=project.initial_budget,
        adjusted_budget=project.adjusted_budget,
        executed_amount=project.executed_amount,
    )


def _row(name: str, amounts: Amounts, place: Path, marker: Marker, *, main: bool) -> MoneyRow:
    return MoneyRow(
        name=name,
        initial=marker.amount(amounts.initial_budget, (*place, "initial_budget")),
        adjusted=marker.amount(amounts.adjusted_budget, (*place, "adjusted_budget")),
        executed=marker.amount(amounts.executed_amount, (*place, "executed_amount")),
        rate=_rate(amounts, place, marker),
        previous=marker.amount(amounts.previous_year, (*place, "previous_year")),
        main=main,
    )
