"""提示 names the first thing amiss in a row, in words a clerk can act on; the sums above count what is there."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from tests.libreoffice.office import Office, Step
from xl_selfeval.model import Achievement, Category, Indicator, Operator, Submission, WorkItem
from xl_selfeval.rulebook import find_rulebook
from xl_selfeval.workbook.cells import read_cells
from xl_selfeval.workbook.layout import INDICATORS, Spot
from xl_selfeval.workbook.template import build_workbook, layout_of

pytestmark = pytest.mark.office

MOF = find_rulebook("mof-2020")
GOOD: dict[str, object] = {
    "category": Category.OUTPUT,
    "name": "活动场次",
    "operator": Operator.AT_LEAST,
    "target": "10",
    "actual": "10",
    "max_points": Decimal(10),
}
JUDGED: dict[str, object] = {
    **GOOD,
    "operator": Operator.QUALITATIVE,
    "target": "成效明显",
    "actual": "",
    "claimed_points": 9,
}
# What is amiss, what is typed over the cells afterwards, and the hint.
ROWS: list[tuple[dict[str, object], dict[str, object], str]] = [
    (GOOD, {}, ""),
    ({**GOOD, "claimed_points": 10}, {}, ""),
    ({**JUDGED, "achievement": Achievement.ACHIEVED, "deviation_reason": "略有不足"}, {}, ""),
    (GOOD, {"@item": ""}, "请填任务序号"),
    (GOOD, {"@item": 7}, "任务序号不在“绩效目标”表中"),
    ({**GOOD, "category": None}, {}, "请从列表选一级指标"),
    (GOOD, {"category": "产出"}, "请从列表选一级指标"),
    ({**GOOD, "operator": None}, {}, "请从列表选符号"),
    (GOOD, {"operator": "＞"}, "请从列表选符号"),
    ({**GOOD, "max_points": None}, {}, "请填分值"),
    (GOOD, {"max_points": "10分"}, "分值请填大于0的数字"),
    ({**GOOD, "max_points": Decimal(0)}, {}, "分值请填大于0的数字"),
    (GOOD, {"claimed_points": "9分"}, "自评得分请填数字"),
    (GOOD, {"step_size": "5个"}, "每差多少、每档扣分请填数字"),
    (JUDGED, {}, "请选完成档次并填自评得分"),
    ({**GOOD, "target": ""}, {}, "请填年度指标值"),
    ({**GOOD, "actual": ""}, {}, "请填实际完成值"),
    ({**GOOD, "target": "不低于10场"}, {}, "年度指标值读不出，请只填数字"),
    ({**GOOD, "actual": "完成"}, {}, "实际完成值读不出，请只填数字"),
    ({**GOOD, "target": "-10"}, {}, "年度指标值不能是负数"),
    ({**GOOD, "operator": Operator.RANGE, "target": "95"}, {}, "年度指标值请写成“下限-上限”，如 95-105"),
    ({**GOOD, "operator": Operator.RANGE, "target": "105-95"}, {}, "年度指标值请写成“下限-上限”，如 95-105"),
    ({**GOOD, "operator": Operator.DEADLINE, "target": "9月前"}, {}, "年度指标值请填日期，如 2023-11-30"),
    (
        {**GOOD, "operator": Operator.DEADLINE, "target": "2023-11-30", "actual": "已完成"},
        {},
        "实际完成值请填日期，如 2023-11-30",
    ),
    ({**GOOD, "claimed_points": 11}, {}, "自评得分高于系统得分"),
    ({**GOOD, "actual": "9"}, {}, "未得满分，请填偏差原因"),
    ({**GOOD, "actual": "9", "deviation_reason": "因雨取消一场"}, {}, ""),
    ({**GOOD, "actual": "13"}, {}, "超出目标较多，请说明原因"),
    ({**GOOD, "actual": "12.9"}, {}, ""),
]


@pytest.fixture(scope="module")
def hints(office: Office, tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The hint of each row, after the cells were typed over."""
    indicators = [Indicator.model_validate(row) for row, _, _ in ROWS]
    submission = Submission(items=[WorkItem(name="一", indicators=indicators)])
    table = layout_of(MOF, submission).table(INDICATORS)
    file: Path = tmp_path_factory.mktemp("hints") / "自评表.xlsx"
    file.write_bytes(build_workbook(MOF, submission))
    typed: list[tuple[Spot, object]] = [
        (table.spot(n, key), value) for n, (_, over, _) in enumerate(ROWS) for key, value in over.items()
    ]
    steps: list[Step] = [("write", spot.sheet, spot.row, spot.col, value) for spot, value in typed]
    cells = read_cells(office.edit(file, *steps))
    return [str(cells.value(table.spot(n, "@hint"))) for n in range(len(ROWS) + 1)]


@pytest.mark.parametrize("n", range(len(ROWS)))
def test_the_first_thing_amiss_is_named(hints: list[str], n: int) -> None:
    assert hints[n] == ROWS[n][2]


def test_an_empty_row_asks_for_nothing(hints: list[str]) -> None:
    assert hints[len(ROWS)] == ""
