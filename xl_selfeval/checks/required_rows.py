"""Required columns of the indicator table and of the tasks (family REQ, 18–30), told row by row."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from xl_selfeval.checks.catalogue import Case, Hit, Run, Severity, check, hit
from xl_selfeval.checks.naming import item_name, row_name
from xl_selfeval.checks.weights import merged_rows
from xl_selfeval.measure import Measure
from xl_selfeval.model import Indicator, Operator

E, W, N = Severity.ERROR, Severity.WARNING, Severity.NOTE
FORM = "财政部门自评表填报要求：绩效指标表各列填写完整"
GOALS = "财政部门自评表填报要求：年度目标逐项写明预期目标和实际完成情况"
FIRST = "items.0.indicators.0"
QUALITATIVE = "items.2.indicators.2"


@dataclass(frozen=True)
class Column:
    """One column of the indicator table; `absent` tells when a row lacks it, `near` is a patch that must pass."""

    code: str
    severity: Severity
    name: str
    label: str
    remedy: str
    absent: Callable[[Indicator, Measure], bool]
    near: dict[str, object]
    row: str = FIRST
    empty: object = None


def _qualitative(read: Measure) -> bool:
    return read.operator is Operator.QUALITATIVE


COLUMNS = (
    Column(
        "REQ18",
        E,
        "name",
        "三级指标名称",
        "填写三级指标名称，如“培训人次”",
        lambda row, _: not row.name,
        {f"{FIRST}.name": "读者", f"{FIRST}.wording": ""},
        empty="",
    ),
    Column(
        "REQ19",
        E,
        "category",
        "一级指标",
        "从下拉列表选择产出、效益、满意度或成本指标",
        lambda row, _: row.category is None,
        {f"{FIRST}.category": "效益指标"},
    ),
    Column(
        "REQ20",
        W,
        "subcategory",
        "二级指标",
        "从下拉列表选择数量、质量、时效等二级指标",
        lambda row, _: row.subcategory is None,
        {f"{FIRST}.subcategory": "时效指标"},
    ),
    Column(
        "REQ21",
        E,
        "target",
        "年度指标值",
        "填写年初批复的指标值；定性指标请在符号列选“定性”",
        lambda row, read: not row.target and not _qualitative(read),
        {f"{QUALITATIVE}.target": ""},
        empty="",
    ),
    Column(
        "REQ22",
        E,
        "actual",
        "实际完成值",
        "按佐证材料填写全年实际完成值；没有完成的填0",
        lambda row, read: not row.actual and not _qualitative(read),
        {f"{FIRST}.actual": 0},
        empty="",
    ),
    Column(
        "REQ23",
        N,
        "claimed_points",
        "自评得分",
        "填写自评得分；不填的按系统得分计入",
        lambda row, read: row.claimed_points is None and row.max_points is not None and not _qualitative(read),
        {f"{FIRST}.claimed_points": 0},
    ),
    Column(
        "REQ24",
        E,
        "achievement",
        "定性完成档次",
        "从下拉列表选择达成、部分达成或未达成，再在该档分值范围内填自评得分",
        lambda row, read: row.achievement is None and _qualitative(read),
        {f"{QUALITATIVE}.achievement": "未达成预期指标且效果较差"},
        row=QUALITATIVE,
    ),
    Column(
        "REQ25",
        E,
        "claimed_points",
        "定性指标的自评得分",
        "在所选档次的分值范围内填写自评得分，不填无法计分",
        lambda row, read: row.claimed_points is None and row.max_points is not None and _qualitative(read),
        {f"{FIRST}.claimed_points": None},
        row=QUALITATIVE,
    ),
)


def _run_for(column: Column) -> Run:
    def run(case: Case) -> Iterator[Hit]:
        for path, indicator, read, _ in case.rows:
            if column.absent(indicator, read):
                yield hit(*path, column.name, row=row_name(path, indicator))

    return run


for _column in COLUMNS:
    check(
        _column.code,
        _column.severity,
        title=f"指标未填{_column.label}",
        message=f"{{row}}没有填写{_column.label}",
        remedy=_column.remedy,
        basis=FORM,
        caught={f"{_column.row}.{_column.name}": _column.empty},
        passed=_column.near,
    )(_run_for(_column))


@check(
    "REQ26",
    E,
    title="指标未填分值",
    message="{row}没有填写分值，无法计分",
    remedy="填写该指标的分值；几个指标合用一个分值的，请拆开分别填写",
    basis=FORM,
    caught={f"{FIRST}.max_points": None},
    passed={f"{FIRST}.max_points": 0.5},
)
def indicator_points(case: Case) -> Iterator[Hit]:
    """分值 is blank; rows under one merged cell are told together by WGT06."""
    merged = {path for _, under in merged_rows(case.submission) for path in under}
    for path, indicator in case.submission.indicators():
        if indicator.max_points is None and path not in merged:
            yield hit(*path, "max_points", row=row_name(path, indicator))


@check(
    "REQ27",
    E,
    title="任务没有绩效指标",
    message="{item}没有列出绩效指标",
    remedy="至少列出一个三级指标，写明指标值和分值；不单独考核的任务请并入其他任务",
    basis=GOALS,
    caught={"items.2.indicators": []},
    passed={"items.2.indicators": [{"name": "地方文献数字化页数"}]},
)
def item_without_indicators(case: Case) -> Iterator[Hit]:
    """A work item that nothing measures."""
    for i, item in enumerate(case.submission.items):
        if not item.indicators:
            yield hit("items", i, "indicators", item=item_name(i, item.name))


def _item_field(code: str, severity: Severity, name: str, label: str, remedy: str, near: str) -> None:
    def run(case: Case) -> Iterator[Hit]:
        for i, item in enumerate(case.submission.items):
            if not getattr(item, name):
                yield hit("items", i, name, item=item_name(i, item.name))

    check(
        code,
        severity,
        title=f"工作任务未填{label}",
        message=f"{{item}}没有填写{label}",
        remedy=remedy,
        basis=GOALS,
        caught={f"items.1.{name}": ""},
        passed={f"items.1.{name}": near},
    )(run)


_item_field("REQ28", E, "name", "名称", "填写工作任务名称，与年初绩效目标表的叫法一致", "下乡")
_item_field("REQ29", W, "goal", "绩效目标", "填写该项任务年初确定的目标", "无")
_item_field("REQ30", E, "result", "完成情况", "对照目标写明全年实际完成了什么", "/")
