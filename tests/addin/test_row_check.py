"""SE_CHECK says of a row what 检查 says of it."""

from __future__ import annotations

import pytest

from tests.addin.row_cells import YEAR, cell, forms, given
from xl_selfeval.addin.functions import SE_CHECK
from xl_selfeval.addin.row_check import OF_SEVERAL_ROWS, checked, row_checks
from xl_selfeval.checks import Finding, Severity, catalogue, run_checks
from xl_selfeval.checks.naming import row_name
from xl_selfeval.checks.patches import patched
from xl_selfeval.model import Category, Indicator, Operator
from xl_selfeval.scoring import score
from xl_selfeval.workbook.calls import CHECK, FINE


def told(found: Finding, indicator: Indicator) -> str:
    """A finding as SE_CHECK words it."""
    return found.message.removeprefix(row_name(found.path, indicator)).removeprefix("的").replace("；", "，")


def test_what_is_said_of_a_row_is_what_the_whole_check_says_of_it() -> None:
    """Every answer is whole: the errors and warnings of the row, errors first, none added and none left out."""
    codes = {check.code for check in row_checks()}
    fine = 0
    for submission, rulebook in forms():
        found = run_checks(submission, rulebook, score(submission, rulebook))
        for path, row in submission.indicators():
            mine = [one for one in found if one.path[:4] == path and one.code in codes]
            mine.sort(key=lambda one: list(Severity).index(one.severity))
            lines = [f"{one.severity.label}：{told(one, row)}" for one in mine]
            if len(lines) > 1:
                lines[0] += f"（共{len(lines)}项）"
            expected = "；".join(lines) or FINE
            answer = SE_CHECK(*given(CHECK, row, rulebook.id, submission.fiscal_year))
            assert answer == (expected if len(expected) <= 255 else f"{expected[:254]}…")
            fine += answer == FINE
    assert fine >= 30


@pytest.mark.parametrize("check", row_checks(), ids=lambda check: check.code)
def test_each_check_of_a_row_speaks_in_the_row(check) -> None:
    """On the catalogue's own example; a check whose example is not in a row has no business among them."""
    submission, rulebook = patched(check.caught)
    found = run_checks(submission, rulebook, score(submission, rulebook))
    spoken = 0
    for path, row in submission.indicators():
        for one in found:
            if one.code == check.code and one.path[:4] == path:
                cells = {name: cell(value) for name, value in row if name not in ("evidence", "core")}
                answer = checked(cells, rulebook, submission.fiscal_year)
                assert told(one, row) in answer.replace(f"（共{answer.count('；') + 1}项）", "")
                spoken += 1
    assert spoken


def test_checks_of_several_rows_are_no_checks_of_a_row() -> None:
    assert set(catalogue()) >= OF_SEVERAL_ROWS
    assert not OF_SEVERAL_ROWS & {check.code for check in row_checks()}
    assert len(row_checks()) >= 40


def test_what_cannot_be_taken_is_told_and_not_called_blank() -> None:
    row = Indicator(category=Category.OUTPUT, name="活动", operator=Operator.AT_LEAST, target="9场", actual="9场")
    arguments = given(CHECK, row, "mof-2020", YEAR)
    arguments[CHECK.arguments.index("max_points")] = "八分"
    answer = SE_CHECK(*arguments)
    assert answer.startswith("错误：“分值”应填数字，现为“八分”，未采用")
    assert "没有填写分值" not in answer
