"""Worksheet functions say what the program says, whatever a cell hands to them."""

from __future__ import annotations

import importlib.util
import inspect
from datetime import datetime
from decimal import Decimal

import pytest
import xlwings
from hypothesis import given as each
from hypothesis import strategies as st

from tests.addin.row_cells import YEAR, given, rows
from tests.libreoffice.random_rows import odd_rows
from tests.workbook.patching import patched_cells, places, read_patched
from xl_selfeval.addin import functions
from xl_selfeval.addin.arguments import indicator_of
from xl_selfeval.addin.functions import (
    ARGUMENTS,
    FUNCTIONS,
    SE_CHECK,
    SE_EXPLAIN,
    SE_GRADE,
    SE_OPERATOR,
    SE_RATE,
    SE_RATE_POINTS,
    SE_SCORE,
    SE_TARGET,
    SE_UNIT,
    SE_VALUE,
    SE_VERSION,
)
from xl_selfeval.checks import Severity
from xl_selfeval.measure import measure
from xl_selfeval.model import Indicator, Path
from xl_selfeval.scoring import score_row
from xl_selfeval.workbook.calls import CALLS, CHECK, SCORE
from xl_selfeval.workbook.indicator_table import INDICATOR_TABLE
from xl_selfeval.workbook.layout import Kind

TABLE_KEYS = [column.key for column in INDICATOR_TABLE.columns if column.kind is not Kind.AUTO]


# --- points ----------------------------------------------------------------------------------------------------------


def test_more_than_a_thousand_rows_get_the_programs_points_and_explanation() -> None:
    seen = scored = 0
    for row, rulebook, year in rows():
        expected = score_row(row, measure(row, year), rulebook)
        arguments = given(SCORE, row, rulebook.id, year)
        points = SE_SCORE(*arguments)
        assert (points if points == "" else Decimal(repr(points))) == (
            "" if expected.computed is None else expected.computed
        )
        assert SE_EXPLAIN(*arguments) == expected.explanation[:255]
        seen, scored = seen + 1, scored + (points != "")
    assert seen >= 1000 and scored >= 800


@pytest.mark.parametrize(
    ("operator", "target", "unit", "actual", "points"),
    [
        (None, "不低于100平方米", None, "95平方米", 9.5),
        ("≥", "不低于100平方米", "平方米", "95", 9.5),
        ("≥", "９０％", "%", 81.0, 9.0),
        (None, "3000人次以上", None, "3,000人次", 10.0),
        ("时限", "9月前", None, "2023-09-30", 10.0),
        ("时限", datetime(2023, 11, 30), None, 45260.0, 10.0),
        ("时限", 45260.0, None, datetime(2023, 12, 1), 8.0),
        (["≥"], [["90"]], [None], ["45"], 5.0),
        ("≥", "90", "%", "完成", ""),
        ("≥", None, "%", "90", ""),
        ("没有这个符号", "90", "%", "45", 5.0),
    ],
)
def test_cells_in_every_shape_are_scored(operator, target, unit, actual, points) -> None:
    assert SE_SCORE(operator, target, unit, actual, None, None, None, 10.0, None, "mof-2020", 2023.0) == points


@pytest.mark.parametrize("weight", [None, "", 0.0, -5.0, "八分", 1e15, "   "])
def test_a_row_without_a_weight_has_no_points(weight) -> None:
    assert SE_SCORE("≥", "90", "%", "90", None, None, None, weight, None, "mof-2020", YEAR) == ""


@pytest.mark.parametrize("year", [None, "", "去年", 0.0, 1e9, 2023.5])
def test_a_year_that_is_none_leaves_only_dates_without_year_unread(year) -> None:
    assert SE_SCORE("≥", "90", "%", "90", None, None, None, 10.0, None, "mof-2020", year) == 10.0
    assert SE_SCORE("时限", "9月前", None, "9月1日", None, None, None, 10.0, None, "mof-2020", year) == ""


# --- reading ---------------------------------------------------------------------------------------------------------

TYPED: list[tuple[str, object]] = [
    ("operator", "＞="),
    ("operator", "大于"),
    ("category", "产出"),
    ("target", 90.0),
    ("target", 0.1 + 0.2),
    ("target", True),
    ("target", " ≥90％ "),
    ("target", datetime(2023, 11, 30)),
    ("actual", 45260.0),
    ("max_points", "8分"),
    ("max_points", "八分"),
    ("max_points", 1e15),
    ("max_points", 1e-40),
    ("claimed_points", "1,0"),
    ("step_size", "5个"),
    ("step_points", True),
    ("deviation_reason", 5.0),
    ("name", datetime(2023, 1, 2)),
    ("achievement", "达成预期指标"),
]


@pytest.mark.parametrize("deadline", [False, True], ids=["", "时限"])
@pytest.mark.parametrize(("key", "value"), TYPED, ids=[f"{key}={value}" for key, value in TYPED])
def test_a_function_takes_a_cell_as_the_reader_of_the_workbook_does(key: str, value: object, deadline: bool) -> None:
    row: Path = ("items", 0, "indicators", 1)
    dotted = ".".join(map(str, row))
    patch = {f"{dotted}.operator": "时限"} if deadline else {}
    patch[f"{dotted}.{key}"] = value
    cells, reading = patched_cells(patch), read_patched(patch)
    keys = [name for name in TABLE_KEYS if name in Indicator.model_fields]
    indicator, refused = indicator_of({name: cells.value(places()[(*row, name)]) for name in keys})
    assert indicator == reading.submission.items[0].indicators[1]
    errors = {(f.code, f.path[4:], f.message) for f in reading.findings if f.severity is Severity.ERROR}
    assert {(f.code, f.path[4:], f.message) for f in refused} == errors


# --- texts -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "unit", "target", "operator", "value", "of"),
    [
        ("不低于100平方米", None, "≥100平方米", "≥", 100.0, "平方米"),
        ("≥90％", "%", "≥90%", "≥", 90.0, "%"),
        ("3000人次以上", "", "≥3000人次", "≥", 3000.0, "人次"),
        ("不超过5万元", "万元", "≤5万元", "≤", 5.0, "万元"),
        ("95%-105%", None, "95-105%", "区间", "95-105", "%"),
        ("9月底前", None, "2023-09-30前", "时限", "2023-09-30", ""),
        (90.0, "%", "≥90%", "", 90.0, ""),
        ("成效明显", None, "定性", "", "", ""),
        (None, None, "", "", "", ""),
        ("  ", "场", "", "", "", ""),
    ],
)
def test_texts_are_taken_apart(text, unit, target, operator, value, of) -> None:
    assert SE_TARGET(text, unit, YEAR) == target
    assert (SE_OPERATOR(text, YEAR), SE_VALUE(text, YEAR), SE_UNIT(text, YEAR)) == (operator, value, of)


@pytest.mark.parametrize(
    ("text", "unit", "why"),
    [("完成5场6次", None, "不止一个数"), ("100元", "万元", "单位是“元”，计量单位是“万元”"), ("-5", None, "负数")],
)
def test_a_target_that_cannot_be_read_says_why(text, unit, why) -> None:
    assert SE_TARGET(text, unit, YEAR).startswith("读不出：")
    assert why in SE_TARGET(text, unit, YEAR)


def test_what_a_target_is_written_as_reads_the_same_again() -> None:
    for row in odd_rows():
        written = SE_TARGET(row.target, None, YEAR)
        if written and not written.startswith(("读不出", "定性")):
            assert SE_TARGET(written, None, YEAR) == written


# --- rates and grades ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("executed", "budget", "rate", "points"),
    [
        (87.3, 100.0, 0.873, 8.73),
        (102.0, 100.0, 1.02, 10.0),
        ("1,290.00万元", 2000.0, 0.645, 6.45),
        (0.0, 100.0, 0.0, 0.0),
        (-5.0, 100.0, 0.0, 0.0),
        (None, 100.0, "", 0.0),
        (50.0, 0.0, "", 0.0),
        (50.0, None, "", 0.0),
        ("约一百万", 100.0, "", 0.0),
        (1e300, 100.0, "", 0.0),
    ],
)
def test_execution_rate_and_its_points(executed, budget, rate, points) -> None:
    assert SE_RATE(executed, budget) == rate
    assert SE_RATE_POINTS(executed, budget, "mof-2020") == points
    assert SE_RATE_POINTS(executed, budget, "luquan-2024") == 0.0  # a scheme that does not score execution


@pytest.mark.parametrize(
    ("total", "grade"),
    [(100.0, "优"), (90.0, "优"), (89.99, "良"), (60.0, "中"), (0.0, "差"), ("85分", "良"), (None, ""), ("优", "")],
)
def test_a_lower_bound_belongs_to_its_grade(total, grade) -> None:
    assert SE_GRADE(total, "mof-2020") == grade


def test_the_version_shows_that_functions_work() -> None:
    assert SE_VERSION() == f"xl-selfeval {importlib.import_module('xl_selfeval').__version__}"


# --- whatever is given -----------------------------------------------------------------------------------------------

ANYTHING = st.one_of(
    st.none(),
    st.booleans(),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(max_size=400),
    st.datetimes(min_value=datetime(1900, 1, 1), max_value=datetime(9999, 12, 31)),
    st.sampled_from(["≥", "区间", "时限", "定性", "90%", "95-105", "2023-11-30", "产出指标", "mof-2020", "𠮷" * 300]),
)
CELLS = st.one_of(ANYTHING, st.builds(lambda cell: [cell], ANYTHING), st.builds(lambda cell: [[cell]], ANYTHING))
RANGES = st.lists(ANYTHING, min_size=2, max_size=3)


@pytest.mark.parametrize("function", FUNCTIONS, ids=lambda function: function.__name__)
@each(data=st.data())
def test_every_answer_is_a_number_or_a_text_that_a_cell_takes(function, data) -> None:
    arguments = [data.draw(st.one_of(CELLS, CELLS, RANGES)) for _ in inspect.signature(function).parameters]
    if arguments and "rulebook" in inspect.signature(function).parameters and data.draw(st.booleans()):
        arguments[list(inspect.signature(function).parameters).index("rulebook")] = "mof-2020"
    answer = function(*arguments)
    assert type(answer) in (float, str)
    assert isinstance(answer, float) or len(answer.encode("utf-16-le")) // 2 <= 255


@pytest.mark.parametrize("named", [None, "", "mof-2019", 2020.0, "../mof-2020.yaml", "/etc/passwd", "mof-2020.yaml"])
def test_an_unknown_rulebook_is_named_with_the_known_ones_and_no_file_is_opened(named) -> None:
    said = SE_GRADE(90.0, named)
    assert said.startswith("没有编号为“") and "mof-2020" in said
    assert SE_CHECK(*[None] * (len(CHECK.arguments) - 2), named, YEAR) == said


def test_a_range_of_cells_is_refused_with_the_next_step() -> None:
    assert SE_RATE([1.0, 2.0], 5.0) == "参数是2个单元格的区域，每个参数只能是一个单元格，请改选一个单元格"


# --- how Excel knows them --------------------------------------------------------------------------------------------


def test_there_are_fewer_than_fifteen_and_all_are_listed() -> None:
    named = {name for name in vars(functions) if name.startswith("SE_")}
    assert named == {function.__name__ for function in FUNCTIONS}
    assert len(named) < 15 and all(name.isascii() for name in named)


@pytest.mark.parametrize("call", CALLS, ids=lambda call: call.function)
def test_the_template_passes_what_the_function_asks_for(call) -> None:
    function = getattr(functions, call.function)
    assert tuple(inspect.signature(function).parameters) == call.arguments
    assert all(p.default is p.empty for p in inspect.signature(function).parameters.values())


def test_a_row_is_checked_by_all_that_a_person_fills_in_and_a_check_reads() -> None:
    assert set(SCORE.arguments) < set(CHECK.arguments)
    assert set(Indicator.model_fields) - set(CHECK.arguments) == {"evidence", "core"}


def test_the_function_wizard_explains_every_argument_in_chinese(monkeypatch) -> None:
    """As xlwings is told on Windows: category and documents, and never volatile."""
    described: dict[str, tuple[dict[str, object], dict[str, str]]] = {}
    documents: dict[str, str] = {}

    def arg(name, doc):
        documents[name] = doc
        return lambda function: function

    def func(**options):
        def enter(function):
            described[function.__name__] = options, dict(documents)
            documents.clear()
            return function

        return enter

    monkeypatch.setattr(xlwings, "arg", arg)
    monkeypatch.setattr(xlwings, "func", func)
    spec = importlib.util.find_spec("xl_selfeval.addin.functions")
    spec.loader.exec_module(importlib.util.module_from_spec(spec))
    for function in FUNCTIONS:
        options, said = described[function.__name__]
        assert options == {"category": "绩效自评"}
        assert said == {name: ARGUMENTS[name] for name in inspect.signature(function).parameters}
        assert "一" <= inspect.getdoc(function)[0] <= "龥" and len(inspect.getdoc(function)) <= 255
    assert all(2 <= len(doc) <= 255 and "|" not in doc for doc in ARGUMENTS.values())


def test_half_a_character_in_one_cell_silences_no_other():
    cut = "不低于100\ud83d"  # what =LEFT("不低于100🙂",6) gives
    for function in (SE_TARGET, SE_VALUE, SE_UNIT):
        assert isinstance(function(cut), str | float)
