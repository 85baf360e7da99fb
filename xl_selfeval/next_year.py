"""The form of the next fiscal year, begun from this year's: what stays is carried, what happened is not. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TypeVar

from pydantic import BaseModel

from xl_selfeval.examples import is_example
from xl_selfeval.measure import measure
from xl_selfeval.model import (
    Amounts,
    Evaluation,
    Expenditure,
    Finance,
    Funds,
    Indicator,
    Operator,
    OverallGoal,
    Path,
    Project,
    Submission,
    WorkItem,
)

ADVICE = (
    "请打开它，把目标和指标改成新年度的；时限指标的日期已推后一年，人员、资产仍是上年的数，都请核对；"
    "并核对评分办法是否仍然有效"
)
"""What a person is to do with the form of the next year, without a full stop."""
LAST_YEAR = 2999
"""The last year that a form can have."""
LIMITED = ("target", "wording")
"""Texts of an indicator in which a day of the year is its time limit."""
RESULTS = ("actual", "achievement", "claimed_points", "deviation_reason", "improvement", "evidence")
"""What an indicator says of the year that is over."""
_HAPPENED = re.compile("[0-9０-９]{4}年|[0-9０-９一二三四五六七八九十]月")
_OF_A_DAY = r"\s*年|\s*[-/.－／．]\s*[0-9０-９]|[01][0-9][0-3][0-9](?![0-9])"  # what follows a year
FULL_WIDTH = 0xFEE0
_CHINESE = "〇一二三四五六七八九"
_LEAP_DAY = re.compile("((?<![0-9])0?2[^0-9]{1,2}|(?<=[0-9]{4})02)29(?![0-9])")


class NoNextYearError(ValueError):
    """A form whose next year cannot be told; the message is Chinese, with the next step."""


def next_year(submission: Submission) -> Submission:
    """The form of the year after `submission`'s, to be opened, adjusted and filled. Raises NoNextYearError.

    Kept, because it stands until somebody changes it: rulebook, unit with staff and establishment, duties, assets,
    policies and team; the words of the overall goal, the work items and the indicators, with operator, target, unit,
    steps and 分值; names and contents of projects, since most go on for years and a line is sooner deleted than
    typed; how the evaluation is organised and done, unless a year or month in it tells of this year's.

    This year's figures become last year's: 全年执行数 → 上年执行数, 收支总计 → 上年收支总计. Days of the fiscal year
    in time limits move by one year, other texts stay as they are (the check for other years names them).

    Left out, because it tells of the year that is over: results, points, reasons, evidence, budgets, conclusion,
    problems (a problem left standing would be printed as next year's), remarks, title, report date. 年末结转结余 is not
    made next year's 上年结转资金: the bureau may take part of it back, and the budget may count only what it approved.

    What was an example stays one.
    """
    year = submission.fiscal_year
    if year is None:
        raise NoNextYearError("没有填写被评价年度，不知道下一年度是哪一年。请先在“基本情况”表填写“被评价年度”，再结转")
    if year >= LAST_YEAR:
        raise NoNextYearError(f"被评价年度{year}之后的年度无法填报。请先在“基本情况”表核对“被评价年度”，再结转")
    carried = Submission(
        rulebook=submission.rulebook,
        fiscal_year=year + 1,
        unit=submission.unit,
        duties=submission.duties,
        assets_total=submission.assets_total,
        assets=submission.assets,
        finance=_finance(submission.finance),
        projects=[Project(name=project.name, content=project.content) for project in submission.projects],
        policies=submission.policies,
        goal=OverallGoal(text=submission.goal.text),
        items=[_item(item, year) for item in submission.items],
        evaluation=_evaluation(submission.evaluation),
        team=submission.team,
    ).model_copy(deep=True)
    return carried.model_copy(update={"examples": _examples(carried, submission)})


def _finance(finance: Finance) -> Finance:
    return Finance(
        previous_total=finance.total,
        funds=_as_last_year(finance.funds),
        expenditure=_as_last_year(finance.expenditure),
    )


LinesOfMoney = TypeVar("LinesOfMoney", Funds, Expenditure)


def _as_last_year(lines: LinesOfMoney) -> LinesOfMoney:
    executed = {name: getattr(lines, name).executed_amount for name in type(lines).model_fields}
    return type(lines)(**{name: Amounts(previous_year=amount) for name, amount in executed.items()})


def _item(item: WorkItem, year: int) -> WorkItem:
    return WorkItem(name=item.name, goal=item.goal, indicators=[_indicator(row, year) for row in item.indicators])


def _indicator(row: Indicator, year: int) -> Indicator:
    blank = {name: Indicator.model_fields[name].default for name in RESULTS}
    planned = row.model_copy(update=blank)
    if Operator.DEADLINE not in (row.operator, measure(row, year).operator):
        return planned
    return planned.model_copy(update={name: a_year_later(getattr(row, name), year) for name in LIMITED})


def a_year_later(text: str, year: int) -> str:
    """`text`, in which `year` stands as the year of days and limits, with the next year in its place.

    2023年11月30日前, 2023-11-30, 2023.11, 20231130 and 二〇二三年底 are moved; 29 February becomes the 28th.
    """
    digits = "".join(f"[{digit}{chr(ord(digit) + FULL_WIDTH)}]" for digit in str(year))
    moved = re.sub(rf"(?<![0-9０-９]){digits}(?={_OF_A_DAY})", str(year + 1), text)
    spelled = "".join(_CHINESE[int(digit)].replace("〇", "[〇零]") for digit in str(year))
    moved = re.sub(f"{spelled}(?=年)", "".join(_CHINESE[int(digit)] for digit in str(year + 1)), moved)
    return moved if moved == text else _LEAP_DAY.sub(r"\g<1>28", moved)


def _evaluation(evaluation: Evaluation) -> Evaluation:
    def standing(text: str) -> str:
        return "" if _HAPPENED.search(text) else text

    return Evaluation(organisation=standing(evaluation.organisation), methods=standing(evaluation.methods))


def _examples(carried: Submission, source: Submission) -> list[str]:
    """The places of `carried` that hold example values: with * where all of a list do, else one by one."""
    places = [*_filled(carried, ())]
    examples = {place for place in places if is_example(_origin(place), source)}
    own = {_anywhere(place) for place in places if place not in examples}
    return list(dict.fromkeys(_dotted(_anywhere(p) if _anywhere(p) not in own else p) for p in places if p in examples))


def _origin(place: Path) -> Path:
    """Where what stands at `place` stood a year ago."""
    was = {"previous_year": "executed_amount", "previous_total": "total"}
    return (*place[:-1], was.get(str(place[-1]), place[-1]))


def _filled(node: object, place: Path) -> Iterator[tuple[str | int, ...]]:
    """The places in `node` that hold a value, in the order of the form."""
    if isinstance(node, BaseModel):
        for name in type(node).model_fields:
            yield from _filled(getattr(node, name), (*place, name))
    elif isinstance(node, list):
        for i, entry in enumerate(node):
            yield from _filled(entry, (*place, i))
    elif node is not None and node is not False and node != "":
        yield place


def _anywhere(place: Path) -> Path:
    return tuple("*" if isinstance(step, int) else step for step in place)


def _dotted(place: Iterable[str | int]) -> str:
    return ".".join(map(str, place))
