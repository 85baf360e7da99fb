"""What is missing, each told once and at the place to fill."""

from __future__ import annotations

import pytest

from tests.checks.looking import EVENTS, FIRST, PERCENT, QUALITATIVE, codes, message, places, row
from xl_selfeval.checks import run_checks
from xl_selfeval.checks.required import FIELDS
from xl_selfeval.model import Submission
from xl_selfeval.rulebook import find_rulebook, shipped_rulebooks
from xl_selfeval.scoring import score


@pytest.mark.parametrize("name", shipped_rulebooks())
def test_an_empty_form_is_told_all_it_lacks_and_nothing_else(name: str) -> None:
    submission, rulebook = Submission(), find_rulebook(name)
    found = {finding.code for finding in run_checks(submission, rulebook, score(submission, rulebook))}
    assert {field.code for field in FIELDS} <= found
    assert {code for code in found if not code.startswith("REQ")} == set()


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.code)
def test_a_field_that_a_form_has_once_is_told_at_its_place(field) -> None:
    empty = [] if isinstance(field.near, list) else "" if isinstance(field.near, str) else None
    assert places({field.field: empty}, field.code) == [field.field]


@pytest.mark.parametrize(
    ("lists", "code"),
    [
        ({"duties": ["", "  "]}, "REQ05"),
        ({"items": [{}, {}]}, "REQ11"),
        ({"problems": [{}]}, "REQ14"),
        ({"team": [{"name": ""}]}, "REQ17"),
    ],
)
def test_a_list_of_blank_rows_is_an_empty_list(lists, code) -> None:
    assert code in codes(lists)


@pytest.mark.parametrize(
    ("field", "code"),
    [
        ("unit.establishment", "REQ06"),
        ("unit.staff", "REQ07"),
        ("finance.total", "REQ08"),
        ("conclusion.claimed_total", "REQ12"),
        (f"{FIRST}.actual", "REQ22"),
        (f"{FIRST}.claimed_points", "REQ23"),
        ("finance.funds.total.initial_budget", "REQ33"),
    ],
)
def test_zero_is_an_answer(field: str, code: str) -> None:
    assert codes({field: 0}, code) == []
    assert codes({field: "" if field.endswith("actual") else None}, code) == [code]


def test_a_row_with_several_blanks_is_told_each() -> None:
    blank = row(FIRST, name="", subcategory=None, target="", actual="", claimed_points=None)
    assert codes(blank, "REQ") == ["REQ18", "REQ20", "REQ21", "REQ22", "REQ23"]


def test_a_nameless_row_is_called_by_its_wording_or_its_place() -> None:
    assert "年接待读者不少于80000人次" in message(row(FIRST, name=""), "REQ18")
    assert message(row(PERCENT, name="", wording=""), "REQ18").startswith("第1项任务的第3个指标")


def test_quotation_marks_inside_a_name_become_single() -> None:
    assert message({"items.1.name": "“三献”工作", "items.1.goal": ""}, "REQ29").startswith("第2项任务“‘三献’工作”没有")


def test_a_qualitative_row_needs_a_band_and_points_but_neither_target_nor_actual() -> None:
    assert codes(row(QUALITATIVE, target="", actual=""), "REQ") == []
    assert codes(row(QUALITATIVE, achievement=None, claimed_points=None), "REQ") == ["REQ24", "REQ25"]


def test_words_without_an_operator_are_qualitative_too() -> None:
    assert codes(row(QUALITATIVE, operator=None, achievement=None), "REQ") == ["REQ24"]


def test_points_are_not_asked_of_a_row_without_weight() -> None:
    assert codes(row(FIRST, max_points=None, claimed_points=None), "REQ") == ["REQ26"]


def test_rows_under_a_merged_cell_are_told_once_by_the_weights() -> None:
    merged = row(EVENTS, max_points=None, claimed_points=None) | row(PERCENT, max_points=None, claimed_points=None)
    assert codes(merged, "REQ26") == []
    assert places(merged, "WGT06") == [f"{EVENTS}.max_points"]


def test_one_blank_weight_is_just_missing() -> None:
    alone = row(EVENTS, max_points=None, claimed_points=None)
    assert places(alone, "REQ26") == [f"{EVENTS}.max_points"]
    assert codes(alone, "WGT06") == []


def test_both_execution_amounts_are_told_and_the_points_at_stake() -> None:
    blank = {"finance.funds.total.adjusted_budget": None, "finance.funds.total.executed_amount": None}
    assert places(blank, "REQ31") == list(blank)
    assert "预算执行率（20分）" in message({"rulebook": "hubei", "finance.funds.total.adjusted_budget": None}, "REQ31")
    assert codes(blank | {"rulebook": "luquan-2024"}, "REQ3") == ["REQ32", "REQ32"]


def test_one_conclusion_serves_a_scheme_of_one_block() -> None:
    only_output = {"conclusion.blocks": [{"category": "产出指标", "text": "全部完成。"}]}
    assert codes(only_output | {"rulebook": "chongqing"}, "REQ36") == []
    assert codes(only_output, "REQ36") == ["REQ36", "REQ36"]


def test_assets_without_basis_are_told_once_and_named() -> None:
    patch = {"assets.0.basis": "", "assets.3.basis": ""}
    assert places(patch, "REQ34") == ["assets.0.basis"]
    assert message(patch, "REQ34").startswith("房屋、图书填了价值")


def test_an_asset_without_value_needs_no_basis() -> None:
    assert codes({"assets.0.basis": "", "assets.0.value": None}, "REQ34") == []


def test_a_team_column_is_told_once_for_the_table() -> None:
    patch = {f"team.{i}.title": "" for i in range(3)}
    assert places(patch, "REQ42") == ["team.0.title"]
    assert "3人中有3人" in message(patch, "REQ42")


@pytest.mark.parametrize("nothing", ["无", "暂无。", "/", "没有"])
def test_a_problem_that_says_none_needs_no_measure(nothing: str) -> None:
    assert codes({"problems": [{"problem": nothing}]}, "REQ") == []


def test_a_measure_without_its_problem() -> None:
    assert message({"problems.0.problem": ""}, "REQ37") == "第1个问题没有填写存在的主要问题"
