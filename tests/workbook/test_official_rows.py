"""The lines of the official table: their order, and how targets and actuals are written."""

from __future__ import annotations

import pytest

from tests.workbook.test_official import of_rows
from xl_selfeval.rulebook import find_rulebook
from xl_selfeval.scoring import score
from xl_selfeval.workbook.official_rows import UNSORTED, Line, level_1, lines_of


def only_line(row: dict[str, object]) -> Line:
    submission = of_rows(row)
    (line,) = lines_of(submission, score(submission, find_rulebook(submission.rulebook)))
    return line


def test_cost_stands_where_the_scheme_puts_it_and_what_is_in_no_category_at_the_end() -> None:
    categories = ["满意度指标", None, "成本指标", "效益指标", "产出指标"]
    submission = of_rows(*({"name": str(n), "category": kind} for n, kind in enumerate(categories)))
    card = score(submission, find_rulebook("luquan-2024"))
    lines = lines_of(submission, card)
    assert [line.name for line in lines] == ["4", "2", "3", "0", "1"]
    words = [level_1(line.category, lines, card) for line in lines]
    assert words == ["产出指标", "成本指标", "效益指标\n（40分）", "满意度指标\n（10分）", UNSORTED]


@pytest.mark.parametrize(
    ("row", "target", "actual"),
    [
        ({"operator": "≥", "target": "90", "unit_of_measure": "%", "actual": "93"}, "≥90%", "93%"),
        ({"target": "不低于100平方米", "actual": "105"}, "≥100平方米", "105平方米"),
        ({"target": "5", "unit_of_measure": "次", "actual": "5"}, "5次", "5次"),
        ({"operator": "=", "target": "0", "unit_of_measure": "起", "actual": "0"}, "0起", "0起"),
        ({"operator": "≥", "target": "90", "unit_of_measure": "%"}, "≥90%", ""),
        ({"operator": "时限", "target": "11月30日前", "actual": "2023-11-20"}, "11月30日前", "2023年11月20日"),
        ({"operator": "时限", "target": "2023-11-30", "actual": "11月20日"}, "2023年11月30日前", "2023年11月20日"),
        ({"operator": "时限", "target": "6月底", "actual": "7月1日"}, "6月底前", "2023年7月1日"),
        (
            {"operator": "定性", "target": "提高", "actual": "有提高", "achievement": "达成预期指标"},
            "提高",
            "有提高（达成预期指标）",
        ),
        ({"operator": "定性", "target": "提高", "achievement": "达成预期指标"}, "提高", "达成预期指标"),
        ({"operator": "≥", "target": "≤90%", "actual": "91%"}, "≤90%", "91%"),
        ({"operator": "≥", "target": "90", "unit_of_measure": "%", "actual": "已完成"}, "≥90%", "已完成"),
    ],
)
def test_targets_and_actuals_stand_as_people_write_them(row: dict[str, object], target: str, actual: str) -> None:
    line = only_line({"name": "指标", **row})
    assert (line.target, line.actual) == (target, actual)


def test_the_reason_and_the_measures_share_a_cell() -> None:
    row = {"name": "指标", "deviation_reason": "雨天。", "improvement": "搭棚。"}
    assert only_line(row).reason == "雨天。\n改进措施：搭棚。"
