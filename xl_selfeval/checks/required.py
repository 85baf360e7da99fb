"""Required fields that a form has once: unit, year, totals, goal, conclusion, evaluation (family REQ, 01–17).

One row of the table is one check. Its second example is a value that is easily mistaken for an empty one
(0, a very short text, 无), which counts as filled: whether it is right is for other checks.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from xl_selfeval.checks.catalogue import Case, Hit, Run, Severity, check, hit
from xl_selfeval.model import Part

INFO = "财政部门自评表填报要求：基本情况各项如实填写"
MONEY = "财政部门自评表填报要求：收支数据与部门决算一致"
GOALS = "财政部门自评表填报要求：年度总体目标须写明预期目标和实际完成情况"
RESULT = "评分办法：自评须给出总得分，并按总得分确定评价等级"
REPORT = "财政部门绩效自评报告提纲"


@dataclass(frozen=True)
class Required:
    """One field that may not be blank; `near` is a value that must pass."""

    code: str
    severity: Severity
    field: str
    label: str
    remedy: str
    basis: str
    near: object


E, W, N = Severity.ERROR, Severity.WARNING, Severity.NOTE
FIELDS = (
    Required("REQ01", E, "unit.name", "单位全称", "填写与单位公章一致的全称", INFO, "县图书馆"),
    Required("REQ02", E, "fiscal_year", "被评价年度", "填写被评价的年度（四位数字），不是编报告的年度", INFO, 2024),
    Required("REQ03", E, "report_date", "报告日期", "填写报告落款日期，如 2024-04-10", INFO, date(2024, 12, 31)),
    Required(
        "REQ04",
        N,
        "unit.supervising_department",
        "主管部门",
        "填写主管部门；本单位就是主管部门的填本单位",
        INFO,
        "本级",
    ),
    Required("REQ05", W, "duties", "部门职责", "按“三定”规定逐条填写主要职责", REPORT, ["图书借阅"]),
    Required("REQ06", W, "unit.establishment", "编制人数", "按编制文件填写；没有编制的填0", INFO, 0),
    Required("REQ07", W, "unit.staff", "实有人数", "按年末在职人数填写；没有的填0", INFO, 0),
    Required(
        "REQ08", E, "finance.total", "本年收支总计（含结转和结余）", "按部门决算填写，单位为万元；确为零的填0", MONEY, 0
    ),
    Required("REQ09", E, "goal.text", "总体绩效目标（预期目标）", "填写年初批复的总体绩效目标", GOALS, "全年开放。"),
    Required("REQ10", E, "goal.result", "总体目标的完成情况", "对照目标写明全年实际完成了什么", GOALS, "已完成。"),
    Required(
        "REQ11",
        E,
        "items",
        "分项工作任务",
        "至少填写一项任务，并列出它的绩效指标",
        GOALS,
        [{"name": "馆舍开放"}],
    ),
    Required("REQ12", E, "conclusion.claimed_total", "自评总分", "填写自评总分；可参照系统算出的总分", RESULT, 0),
    Required("REQ13", E, "conclusion.claimed_grade", "自评等级", "按评分办法的等级区间填写自评等级", RESULT, "优秀"),
    Required(
        "REQ14",
        W,
        "problems",
        "存在的问题及改进措施",
        "逐条填写问题和措施；确无问题的写明理由",
        REPORT,
        [{"problem": "无"}],
    ),
    Required("REQ15", W, "evaluation.organisation", "自评的组织工作", "写明由谁组织、何时开展", REPORT, "由馆长组织。"),
    Required("REQ16", W, "evaluation.methods", "自评的方法和过程", "写明采用的评价方法和工作过程", REPORT, "对比法。"),
    Required(
        "REQ17", E, "team", "评价工作组人员名单", "填写每名成员的姓名、工作单位、职务和职称", REPORT, [{"name": "林"}]
    ),
)


def is_blank(value: object) -> bool:
    """True for None, an empty text or part, and a list in which nothing is filled; 0 is a value."""
    if isinstance(value, list):
        return all(is_blank(entry) for entry in value)
    if isinstance(value, Part):
        return value.is_blank
    return value is None or value == ""


def _emptied(near: object) -> object:
    """What the field of `near` holds when nobody has filled it."""
    if isinstance(near, list):
        return []
    return "" if isinstance(near, str) else None


def _run_for(required: Required) -> Run:
    path = required.field.split(".")

    def run(case: Case) -> Iterator[Hit]:
        value: object = case.submission
        for name in path:
            value = getattr(value, name)
        if is_blank(value):
            yield hit(*path)

    return run


for _field in FIELDS:
    check(
        _field.code,
        _field.severity,
        title=f"未填{_field.label}",
        message=f"没有填写{_field.label}",
        remedy=_field.remedy,
        basis=_field.basis,
        caught={_field.field: _emptied(_field.near)},
        passed={_field.field: _field.near},
    )(_run_for(_field))
