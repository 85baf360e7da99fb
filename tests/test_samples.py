"""The samples: all load; the sound one is faultless; the seed's facts are the seed's; printed totals come out."""

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path as FilePath

import pytest

from xl_selfeval.checks import run_checks
from xl_selfeval.examples import is_example, without_examples
from xl_selfeval.model import Labelled, Operator, Part, Path, Subcategory, Submission
from xl_selfeval.quantities import plain
from xl_selfeval.rulebook import find_rulebook
from xl_selfeval.scoring import ScoreCard, score
from xl_selfeval.submission_file import SAMPLES, load_submission

NAMES = sorted(file.stem for file in SAMPLES.glob("*.yaml"))
SEED = re.sub(r"\s", "", (FilePath(__file__).parent / "data/luquan-red-cross-self-evaluation.txt").read_text("utf-8"))


def sample(name: str) -> Submission:
    return load_submission(SAMPLES / f"{name}.yaml")


def scored(name: str) -> tuple[Submission, ScoreCard]:
    submission = sample(name)
    return submission, score(submission, find_rulebook(submission.rulebook))


def leaves(value: object, path: Path = ()) -> Iterator[tuple[Path, object]]:
    """Every filled value with its path."""
    if isinstance(value, Part):
        for name in type(value).model_fields:
            yield from leaves(getattr(value, name), (*path, name))
    elif isinstance(value, list):
        for i, entry in enumerate(value):
            yield from leaves(entry, (*path, i))
    elif value not in ("", None, False):
        yield path, value


def weights(submission: Submission) -> dict[str, Decimal]:
    sums: dict[str, Decimal] = {}
    for _, row in submission.indicators():
        assert row.category and row.max_points
        sums[row.category.label] = sums.get(row.category.label, Decimal(0)) + row.max_points
    return sums


def test_all_five_are_there():
    assert NAMES == ["huangshi-2022", "langfang-2019", "luquan-2023", "sound", "yongde-2022"]


@pytest.mark.parametrize("name", NAMES)
def test_rows_and_execution_weigh_what_the_rulebook_says(name):
    submission, card = scored(name)
    assert sum(weights(submission).values()) + card.execution.max == card.max == 100
    fixed = {block.name: block.points.value for block in card.rulebook.blocks if block.points.value is not None}
    assert {name: weights(submission)[name] for name in fixed} == fixed


@pytest.mark.parametrize("name", NAMES)
def test_every_row_is_scored(name):
    _, card = scored(name)
    assert [(row.name, row.explanation) for row in card.rows if row.computed is None] == []


# --- sound -----------------------------------------------------------------------------------------------------------


def test_no_check_finds_anything_in_the_sound_sample():
    submission, card = scored("sound")
    found = run_checks(submission, card.rulebook, card)
    assert [f"{finding.code} {'.'.join(map(str, finding.path))}: {finding.message}" for finding in found] == []


def test_the_sound_sample_claims_what_the_rules_give():
    submission, card = scored("sound")
    assert {row.name: row.computed for row in card.rows} == {row.name: row.claimed for row in card.rows}
    assert submission.conclusion.claimed_total == card.total == Decimal("98.2")
    assert submission.conclusion.claimed_grade == card.grade.name
    assert [m.doubts for m in card.measures.values() if m.doubts] == []


def test_the_sound_sample_fills_every_field():
    only_where_due = {"achievement", "step_size", "step_points", "deviation_reason", "improvement", "core"}
    filled = {tuple(s for s in path if isinstance(s, str)) for path, _ in leaves(sample("sound"))}
    every = set(fields(Submission))
    assert every - filled == {("examples",)}
    for path, row in sample("sound").indicators():
        blank = {n for n in type(row).model_fields if not getattr(row, n)} - only_where_due
        without_unit = {Operator.DEADLINE, Operator.QUALITATIVE}
        assert blank == ({"unit_of_measure"} if row.operator in without_unit else set()), path


def fields(model: type[Part], path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """The paths of all fields that hold a value, list positions left out."""
    for name, field in model.model_fields.items():
        inner = re.search(r"(?:model\.)(\w+)\b", str(field.annotation))
        part = {cls.__name__: cls for cls in Part.__subclasses__()}.get(inner[1] if inner else "")
        yield from fields(part, (*path, name)) if part else [(*path, name)]


def test_the_sound_sample_uses_every_kind_of_row():
    rows = [row for _, row in sample("sound").indicators()]
    used = {row.operator for row in rows}
    assert used == set(Operator) - {Operator.GREATER, Operator.LESS}
    assert any(row.step_size and row.step_points for row in rows)
    assert any(row.target == "0" for row in rows)
    assert any(row.subcategory is Subcategory.OUTPUT_COST and row.operator is Operator.AT_MOST for row in rows)
    assert max(row.max_points or 0 for row in rows) <= 20
    assert [row.name for row in rows if row.claimed_points != row.max_points] == ["年接待读者人次", "图书归架准确率"]


# --- the seed --------------------------------------------------------------------------------------------------------

# Fields that say how a row is read or scored, not what the seed says.
OURS = {"rulebook", "category", "subcategory", "role", "operator", "examples"}


def stated_in_luquan() -> list[tuple[Path, object]]:
    stated = without_examples(sample("luquan-2023"))
    return [(path, value) for path, value in leaves(stated) if path[-1] not in OURS]


def in_seed(value: object) -> bool:
    if isinstance(value, Decimal | int):
        return re.search(rf"(?<![\d.]){re.escape(plain(Decimal(value)))}(?![\d.]*\d)", SEED) is not None
    if isinstance(value, date):
        return f"{value.year}年{value.month}月{value.day}日" in SEED
    return re.sub(r"\s", "", str(value)) in SEED


def test_what_luquan_states_stands_in_the_seed():
    derived = {("finance", "previous_total")}
    named = {path for path, _ in stated_in_luquan() if path[-1] == "name" and len(path) == 5}
    missing = [(p, v) for p, v in stated_in_luquan() if p not in derived | named and not in_seed(v)]
    assert missing == []


def test_the_previous_total_follows_from_the_stated_increase():
    finance = sample("luquan-2023").finance
    assert finance.total and finance.previous_total
    assert "（含结转和结余）117.77万元" in SEED
    assert "收支各增加6.59万元，增长5.93%" in SEED
    assert finance.total - finance.previous_total == Decimal("6.59")


def test_indicator_names_are_made_of_their_wording():
    for path, row in sample("luquan-2023").indicators():
        letters = iter(row.wording)
        assert all(letter in letters for letter in row.name), path


def test_the_wordings_together_are_the_seeds_indicator_sentences():
    """Nothing of an indicator sentence is lost: what no wording covers is joints and punctuation."""
    for item in sample("luquan-2023").items:
        sentence = SEED.split(re.sub(r"\s", "", item.goal))[1].removeprefix("绩效指标：")
        sentence = re.split(r"\d\.|四、评价结论", sentence)[0]
        for wording in {row.wording for row in item.indicators}:
            assert wording in sentence
            sentence = sentence.replace(wording, "")
        assert sentence.strip("，；。") == "", item.name


def test_the_seeds_errors_are_kept():
    submission = sample("luquan-2023")
    assert submission.duties[0].startswith("（一）")
    assert "遗体 and 人体" in submission.duties[4]
    assert " service " in submission.goal.text
    assert "以上三项共计6.03万元" in submission.items[6].goal
    assert submission.items[6].name.startswith("退红十字")
    assert "2024年度" in submission.title
    assert submission.fiscal_year == 2023
    assert (submission.problems[0].problem, submission.problems[0].improvement) == ("无", "无")
    assert submission.conclusion.claimed_total is None
    assert submission.conclusion.claimed_grade == ""


STATED = [
    *("rulebook", "fiscal_year", "report_date", "title", "unit", "duties", "assets_total", "assets", "policies"),
    *("finance.total", "finance.previous_total", "finance.change_reason"),
    *("goal", "items.*.name", "items.*.goal", "conclusion", "problems", "evaluation", "team"),
    *("items.*.indicators.*.category", "items.*.indicators.*.subcategory", "items.*.indicators.*.name"),
    *("items.*.indicators.*.wording", "items.*.indicators.*.operator", "items.*.indicators.*.target"),
    "items.*.indicators.*.unit_of_measure",
]


def test_every_filled_field_of_luquan_is_either_stated_or_an_example():
    submission = sample("luquan-2023")
    marked = submission.model_copy(update={"examples": STATED})
    for path, _ in leaves(submission):
        if path[0] != "examples":
            assert is_example(path, submission) != is_example(path, marked), path


def test_example_texts_say_so():
    submission = sample("luquan-2023")
    unsaid = [
        (path, value)
        for path, value in leaves(submission)
        if is_example(path, submission) and not isinstance(value, Labelled | Decimal)
        if not str(value).startswith("示例：") and not re.fullmatch(r"[\d.]+", str(value))
    ]
    assert unsaid == []


def test_some_rows_of_luquan_fall_short_and_one_says_no_reason():
    submission, card = scored("luquan-2023")
    short = {row.name: submission.items[int(row.path[1])].indicators[int(row.path[3])] for row in card.rows}
    short = {name: row for name, row in short.items() if row.claimed_points != row.max_points}
    assert len(short) == 6
    assert [name for name, row in short.items() if not row.deviation_reason] == ["各项任务完成及时率"]
    assert [row.name for row in card.rows if row.computed != row.claimed] == []


def test_the_example_money_of_luquan_adds_up_to_the_stated_total():
    finance = sample("luquan-2023").finance
    funds, spent = finance.funds, finance.expenditure
    assert funds.total.adjusted_budget == finance.total
    assert funds.total.executed_amount + finance.carry_over == finance.total
    assert funds.total.previous_year + funds.carried_over.executed_amount == finance.previous_total
    for column in ("initial_budget", "adjusted_budget", "executed_amount", "previous_year"):
        assert_sum(column, funds.total, funds.fiscal, funds.carried_over, funds.other)
        assert_sum(column, spent.total, spent.basic, spent.project)
        assert_sum(column, spent.basic, spent.personnel, spent.operating)
        assert_sum(column, spent.total, funds.total)
        if column != "previous_year":
            assert_sum(column, spent.project, *sample("luquan-2023").projects)


def assert_sum(column: str, total: Part, *parts: Part) -> None:
    assert getattr(total, column) == sum(getattr(part, column) for part in parts), column


# --- the published tables --------------------------------------------------------------------------------------------


def test_huangshi_comes_out_as_printed():
    submission, card = scored("huangshi-2022")
    assert card.execution.points == Decimal("19.55")
    assert card.total == submission.conclusion.claimed_total == Decimal("99.55")
    assert [row.name for row in card.rows if row.computed != row.claimed] == []


def test_langfang_rounds_to_whole_points():
    _, card = scored("langfang-2019")
    assert card.execution.points == 9  # 8.62
    assert card.rows[0].computed == 9  # 37.24 ÷ 43.2 × 10
    assert [row.name for row in card.rows if row.computed != row.claimed] == []
    assert card.total == 98


def test_yongde_differs_in_two_rows_where_a_person_decided():
    submission, card = scored("yongde-2022")
    differing = {row.name: (row.computed, row.claimed) for row in card.rows if row.computed != row.claimed}
    assert differing == {"资金到位及时率": (10, 7), "政策知晓率": (Decimal("9.8"), 9)}
    computed = sum((row.computed or 0 for row in card.rows), card.execution.points)
    assert computed == Decimal("99.8")
    assert card.total == submission.conclusion.claimed_total == 96
    assert submission.conclusion.claimed_grade == card.grade.name


def test_printed_signs_are_kept():
    targets = [row.target for _, row in sample("yongde-2022").indicators()]
    assert targets[0] == "≧735"
    assert targets[3] == "═100"
    assert all(row.operator is None for _, row in sample("yongde-2022").indicators())


def test_money_printed_in_yuan_is_exact():
    assert sample("yongde-2022").finance.funds.total.executed_amount * 10_000 == Decimal("387664.62")
