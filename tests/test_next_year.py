"""Next year's form: what stays, what becomes last year's, and that nothing else of the year that is over is in it."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from tests.strategies import submissions
from tests.workbook.canonical import canonical
from tests.workbook.patching import cells_of
from xl_selfeval.checks import run_checks
from xl_selfeval.model import Conclusion, Finance, OverallGoal, Submission
from xl_selfeval.next_year import LAST_YEAR, RESULTS, NoNextYearError, a_year_later, next_year
from xl_selfeval.rulebook import find_rulebook, shipped_rulebooks
from xl_selfeval.scoring import score
from xl_selfeval.submission_file import SAMPLES, load_submission
from xl_selfeval.workbook.reader import read_submission
from xl_selfeval.workbook.template import build_workbook

TRYING = settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])


def sample(name: str) -> Submission:
    return load_submission(SAMPLES / f"{name}.yaml")


def with_a_next_year(submission: Submission) -> bool:
    return submission.fiscal_year is not None and submission.fiscal_year < LAST_YEAR


def plan(submission: Submission) -> object:
    """What is planned, without the days that move."""
    rows = [
        [
            (row.category, row.subcategory, row.name, row.operator, row.unit_of_measure, row.max_points)
            for row in item.indicators
        ]
        for item in submission.items
    ]
    return [(item.name, item.goal) for item in submission.items], rows


def test_the_seed_of_2023_becomes_the_form_of_2024() -> None:
    old = sample("luquan-2023")
    new = next_year(old)
    assert (new.fiscal_year, new.rulebook) == (2024, "luquan-2024")
    assert (new.unit, new.duties, new.assets, new.assets_total) == (old.unit, old.duties, old.assets, old.assets_total)
    assert (new.policies, new.team, new.goal.text) == (old.policies, old.team, old.goal.text)
    assert plan(new) == plan(old)
    assert new.finance.previous_total == Decimal("117.77")
    assert new.finance.funds.total.previous_year == Decimal("114.97")
    assert new.finance.expenditure.personnel.previous_year == Decimal("74.50")
    assert [(p.name, p.content, p.initial_budget) for p in new.projects[:1]] == [
        ("示例：应急救援与备灾仓库", "示例：租赁备灾仓库，储备救灾物资。", None)
    ]


def test_the_steps_of_a_row_and_the_mark_of_a_core_row_stay() -> None:
    old = [row for _, row in sample("sound").indicators()]
    new = [row for _, row in next_year(sample("sound")).indicators()]
    assert [(r.step_size, r.step_points, r.core) for r in new] == [(r.step_size, r.step_points, r.core) for r in old]


def test_money_left_over_is_not_taken_for_next_years_carried_over_funds() -> None:
    old = sample("sound")
    assert old.finance.carry_over == 13
    new = next_year(old).finance
    assert new.carry_over is None and new.funds.carried_over.initial_budget is None
    assert new.funds.carried_over.previous_year == old.finance.funds.carried_over.executed_amount


def test_a_time_limit_moves_with_its_year_and_the_check_names_the_texts_that_did_not() -> None:
    new = next_year(sample("sound"))
    row = new.items[1].indicators[1]
    assert (row.target, row.wording) == ("2024年11月30日前", "2024年11月30日前更新乡镇分馆图书")
    assert "2023年11月30日前" in new.items[1].goal
    rulebook = find_rulebook(new.rulebook)
    named = [found.path for found in run_checks(new, rulebook, score(new, rulebook)) if found.code == "DAT04"]
    assert named == [("items", 1, "goal")]


@pytest.mark.parametrize(
    ("text", "moved"),
    [
        ("2023年11月30日前", "2024年11月30日前"),
        ("２０２３年6月底前", "2024年6月底前"),
        ("2023-11-30", "2024-11-30"),
        ("2023/11/30前", "2024/11/30前"),
        ("2023.11前", "2024.11前"),
        ("20231130前", "20241130前"),
        ("二〇二三年底前", "二〇二四年底前"),
        ("二零二三年十一月前", "二〇二四年十一月前"),
        ("2023年度内", "2024年度内"),
        ("9月前", "9月前"),
        ("2022年11月30日前", "2022年11月30日前"),
        ("2024年3月前", "2024年3月前"),
        ("12023年", "12023年"),
        ("完成2023套", "完成2023套"),
    ],
)
def test_days_of_the_fiscal_year_move_by_a_year(text: str, moved: str) -> None:
    assert a_year_later(text, 2023) == moved


@pytest.mark.parametrize("day", ["2024年2月29日前", "2024-02-29", "2024.2.29前", "20240229前"])
def test_the_29th_of_february_becomes_the_28th(day: str) -> None:
    moved = a_year_later(day, 2024)
    assert moved == day.replace("2024", "2025").replace("29", "28")


def test_only_time_limits_move() -> None:
    rows = [
        {"name": "修缮", "target": "2023年6月前"},  # read as a limit, though no sign was chosen
        {"name": "修缮", "operator": "定性", "target": "2023年标准"},
        {"name": "藏书", "operator": "≥", "target": "2023", "unit_of_measure": "册"},
    ]
    new = next_year(Submission(fiscal_year=2023, items=[{"name": "任务", "indicators": rows}]))
    assert [row.target for row in new.items[0].indicators] == ["2024年6月前", "2023年标准", "2023"]


def test_the_account_of_this_years_evaluation_goes_and_a_standing_method_stays() -> None:
    told = {"organisation": "2024年3月成立自评小组。", "methods": "采用案卷研究、座谈访谈等方法。"}
    new = next_year(Submission(fiscal_year=2023, evaluation=told))
    assert (new.evaluation.organisation, new.evaluation.methods) == ("", told["methods"])


def test_without_a_year_the_next_one_is_unknown() -> None:
    with pytest.raises(NoNextYearError, match=r"没有填写被评价年度.*请先在“基本情况”表填写"):
        next_year(Submission())
    with pytest.raises(NoNextYearError, match=r"2999.*核对"):
        next_year(Submission(fiscal_year=2999))


def test_nothing_that_the_unit_reached_is_in_the_new_form() -> None:
    old = sample("sound")
    rows = [row for _, row in old.indicators()]
    told = [old.goal.result, old.remarks, old.title, old.finance.change_reason, old.finance.execution_reason]
    told += [item.result for item in old.items] + [block.text for block in old.conclusion.blocks]
    told += [row.deviation_reason for row in rows] + [row.improvement for row in rows] + [row.evidence for row in rows]
    told += [problem.problem for problem in old.problems] + ["76000", "15600", "2024-03-15"]
    new = next_year(old).model_dump_json()
    assert [text for text in told if text and text in new] == []
    assert all(text in old.model_dump_json() for text in told)


@TRYING
@given(submissions())
def test_no_result_is_left_in_any_form(submission: Submission) -> None:
    assume(with_a_next_year(submission))
    new = next_year(submission)
    assert {getattr(row, name) for _, row in new.indicators() for name in RESULTS} <= {"", None}
    assert {item.result for item in new.items} | {new.goal.result, new.title, new.remarks} <= {""}
    assert (new.conclusion, new.problems, new.report_date) == (Conclusion(), [], None)
    money = [new.finance.funds, new.finance.expenditure]
    lines = [getattr(part, name) for part in money for name in type(part).model_fields]
    assert {(line.initial_budget, line.adjusted_budget, line.executed_amount) for line in lines} == {(None,) * 3}


@TRYING
@given(submissions())
def test_what_stays_is_carried_from_any_form_which_itself_does_not_change(submission: Submission) -> None:
    assume(with_a_next_year(submission))
    before = submission.model_dump_json()
    new = next_year(submission)
    assert submission.model_dump_json() == before
    assert (new.unit, new.duties, new.policies, new.team) == (
        submission.unit,
        submission.duties,
        submission.policies,
        submission.team,
    )
    assert new.goal == OverallGoal(text=submission.goal.text) and plan(new) == plan(submission)


@TRYING
@given(submissions())
def test_a_second_year_takes_nothing_more_away(submission: Submission) -> None:
    assume(submission.fiscal_year is not None and submission.fiscal_year < LAST_YEAR - 1)
    once = next_year(submission)
    twice = next_year(once)
    assert plan(twice) == plan(once) and twice.finance == Finance()
    kept = {"unit", "duties", "assets", "assets_total", "projects", "policies", "goal", "evaluation", "team"}
    assert twice.model_dump(include=kept) == once.model_dump(include=kept)


@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(submissions(), st.sampled_from(sorted(shipped_rulebooks())))
def test_the_workbook_of_the_new_form_reads_back_as_it_is(submission: Submission, rulebook: str) -> None:
    assume(with_a_next_year(submission))
    new = next_year(canonical(submission, rulebook, ["unit.name", "finance"]))
    new = canonical(new, rulebook, new.examples)  # an item of which only the result was written has nothing to carry
    reading = read_submission(cells_of(build_workbook(find_rulebook(rulebook), new)), "自评表.xlsx")
    assert (reading.submission, [found for found in reading.findings if found.code != "CEL13"]) == (new, [])


def test_the_workbooks_of_the_samples_next_year_read_back_as_they_are() -> None:
    for file in sorted(SAMPLES.glob("*.yaml")):
        new = next_year(load_submission(file))
        assert (
            read_submission(cells_of(build_workbook(find_rulebook(new.rulebook), new)), "自评表.xlsx").submission == new
        )


def test_examples_stay_examples_where_they_are_carried_and_under_no_other_figure() -> None:
    new = next_year(sample("luquan-2023"))
    money = [f"finance.funds.{line}.previous_year" for line in ("total", "fiscal", "carried_over", "other")]
    assert new.examples[:4] == money
    assert new.examples[-3:] == ["projects.*.name", "projects.*.content", "items.*.indicators.*.max_points"]
    assert all(pattern.endswith(("previous_year", "name", "content", "max_points")) for pattern in new.examples)


def test_an_example_beside_the_units_own_is_named_by_its_place() -> None:
    old = Submission(fiscal_year=2023, duties=["甲", "乙"], examples=["duties.1", "goal.result", "finance.total"])
    assert next_year(old).examples == ["duties.1"]
    funded = old.model_copy(update={"finance": Finance(total=Decimal(3))})
    assert next_year(funded).examples == ["duties.1", "finance.previous_total"]
