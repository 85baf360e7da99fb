"""What people type into a cell that was meant for something else: taken where it is clear, reported where not."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest

from tests.workbook.patching import merge, patched_cells, path_of, places, read_patched, sound
from xl_selfeval.checks import catalogue
from xl_selfeval.checks.catalogue import Check
from xl_selfeval.model import Achievement, Category, Operator
from xl_selfeval.workbook.layout import value_at
from xl_selfeval.workbook.reader import read_submission

CELLS = [entry for code, entry in catalogue().items() if code.startswith("CEL")]
FIRST = "items.0.indicators.0"


@pytest.mark.parametrize("entry", CELLS, ids=lambda entry: entry.code)
def test_the_caught_example_is_caught_and_nothing_else(entry: Check) -> None:
    found = read_patched(entry.caught).findings
    assert [finding.code for finding in found] == [entry.code]
    assert "{" not in found[0].message + found[0].remedy


@pytest.mark.parametrize("entry", CELLS, ids=lambda entry: entry.code)
def test_the_near_miss_passes(entry: Check) -> None:
    assert entry.code not in [finding.code for finding in read_patched(entry.passed).findings]


@pytest.mark.parametrize(
    ("dotted", "typed", "taken"),
    [
        ("finance.total", "325", 325),
        ("finance.total", " 1,290.00 万元", 1290),
        ("finance.total", "３２５", 325),
        ("finance.total", 0.1 + 0.2, Decimal("0.3")),
        ("finance.total", 1e-7, Decimal("0.0000001")),
        ("unit.staff", "13人", 13),
        ("unit.staff", 13.0, 13),
        ("fiscal_year", "2023年", 2023),
        ("report_date", "2024年3月15日", date(2024, 3, 15)),
        ("report_date", datetime(2024, 3, 15, 9, 30), date(2024, 3, 15)),
        ("report_date", 45366, date(2024, 3, 15)),
        ("unit.name", 360.0, "360"),
        ("unit.name", datetime(2024, 3, 15), "2024-03-15"),
        ("unit.name", True, "是"),
        (f"{FIRST}.target", 80000.0, "80000"),
        (f"{FIRST}.target", "90%", "90%"),
        (f"{FIRST}.actual", 0.9, "0.9"),
        (f"{FIRST}.actual", datetime(2023, 11, 30), "2023-11-30"),
        (f"{FIRST}.actual", 45260.0, "45260"),
        (f"{FIRST}.operator", "≧", Operator.AT_LEAST),
        (f"{FIRST}.operator", "＝", Operator.EQUAL),
        (f"{FIRST}.category", "产出", Category.OUTPUT),
        (f"{FIRST}.category", " 产出指标 ", Category.OUTPUT),
        (f"{FIRST}.achievement", "达成预期指标", Achievement.ACHIEVED),
        (f"{FIRST}.core", "√", True),
        (f"{FIRST}.core", "否", False),
        (f"{FIRST}.core", True, True),
        (f"{FIRST}.max_points", "8", 8),
        (f"{FIRST}.step_size", "0.5", Decimal("0.5")),
    ],
)
def test_what_is_clear_is_taken(dotted: str, typed: object, taken: object) -> None:
    assert value_at(read_patched({dotted: typed}).submission, path_of(dotted)) == taken


@pytest.mark.parametrize(
    ("dotted", "typed", "code", "words"),
    [
        ("finance.total", "约325", "CEL01", "“本年收支总计”应填数字，现为“约325”"),
        ("finance.total", "3,25", "CEL01", "3,25"),
        ("finance.total", "300+25", "CEL01", "300+25"),
        ("finance.total", "3250000元", "CEL01", "3250000元"),
        ("finance.total", "300-350", "CEL01", "300-350"),
        ("finance.total", True, "CEL01", "现为“是”"),
        ("finance.total", datetime(2024, 3, 15), "CEL01", "现为“2024-03-15”"),
        ("finance.total", "无", "CEL01", "现为“无”"),
        ("finance.total", float("inf"), "CEL12", "本年收支总计"),
        ("finance.total", "#N/A", "CEL02", "“本年收支总计”显示错误值 #N/A"),
        ("finance.total", "=SUM(A1)", "CEL09", "“本年收支总计”里是公式"),
        ("unit.staff", "13.5", "CEL05", "13.5"),
        ("report_date", "三月中旬", "CEL04", "“报告日期”的“三月中旬”读不出日期"),
        ("report_date", 2024.0, "CEL04", "2024"),
        ("report_date", "2024-02-30", "CEL04", "2024-02-30"),
        (f"{FIRST}.operator", "大于", "CEL03", "“符号”的“大于”不在可选项中"),
        (f"{FIRST}.core", "是的", "CEL03", "“核心指标”的“是的”不在可选项中"),
        (f"{FIRST}.name", "#REF!", "CEL02", "“三级指标”显示错误值 #REF!"),
        (f"{FIRST}.claimed_points", "=8*0.95", "CEL09", "“自评得分”里是公式"),
    ],
)
def test_what_is_not_is_reported_and_left_out(dotted: str, typed: object, code: str, words: str) -> None:
    reading = read_patched({dotted: typed})
    (found,) = reading.findings
    assert (found.code, found.path) == (code, path_of(dotted))
    assert words in found.message
    blank = value_at(type(sound())(items=[{"indicators": [{}]}]), path_of(dotted))
    assert value_at(reading.submission, path_of(dotted)) == blank


def test_all_bad_cells_are_reported_together() -> None:
    patch = {"finance.total": "约325", "unit.staff": "若干", f"{FIRST}.category": "产量", f"{FIRST}.max_points": "#N/A"}
    assert [f.code for f in read_patched(patch).findings] == ["CEL01", "CEL01", "CEL03", "CEL02"]


@pytest.mark.parametrize(
    ("dotted", "typed", "meant"),
    [
        ("finance.total", "325万元", "325"),
        ("unit.staff", "13", "13"),
        (f"{FIRST}.category", "产出", "产出指标"),
        (f"{FIRST}.operator", "≧", "≥"),
    ],
)
def test_what_the_sheets_formulas_do_not_understand_is_told(dotted: str, typed: object, meant: str) -> None:
    (found,) = read_patched({dotted: typed}).findings
    assert (found.code, found.path) == ("CEL10", path_of(dotted))
    assert f"“{typed}”，已按“{meant}”读取" in found.message


def test_words_of_a_judged_row_are_not_for_formulas() -> None:
    (judged,) = [path for path, i in sound().indicators() if i.operator is Operator.QUALITATIVE]
    assert read_patched({".".join(map(str, (*judged, "actual"))): "举办12场"}).findings == []


def test_a_bare_number_in_a_date_row_is_the_day_it_stands_for() -> None:
    """A date pasted as a value into a text cell shows as 45260; the sheet's own formula takes it for that day."""
    (row,) = [path for path, i in sound().indicators() if i.operator is Operator.DEADLINE]
    dotted = ".".join(map(str, (*row, "actual")))
    reading = read_patched({dotted: 45260.0})
    assert value_at(reading.submission, (*row, "actual")) == "2023-11-30"
    (found,) = reading.findings
    assert (found.code, found.path) == ("CEL10", (*row, "actual"))


# --- merged cells ----------------------------------------------------------------------------------------------------


def test_a_category_merged_over_rows_is_meant_for_each_of_them() -> None:
    cells = patched_cells({})
    for key in ("@item", "category", "subcategory"):
        merge(cells, places()[(*path_of(FIRST), key)], 2)
    reading = read_submission(cells, "自评表.xlsx")
    assert reading.submission == sound()
    assert [(f.code, f.path[-1]) for f in reading.findings] == [
        ("CEL11", "@item"),
        ("CEL11", "category"),
        ("CEL11", "subcategory"),
    ]
    assert "有2行合并成了一格，各行都按这一格读取" in reading.findings[0].message


def test_points_merged_over_rows_count_for_the_first() -> None:
    reading = read_patched({f"@merge.{FIRST}.max_points": 3})
    weights = [row.max_points for row in reading.submission.items[0].indicators[:3]]
    assert weights == [8, None, None]
    (found,) = reading.findings
    assert (found.code, found.path) == ("CEL11", (*path_of(FIRST), "max_points"))
    assert "有3行合并成了一格，只算第一行的" in found.message


# --- which item an indicator belongs to ------------------------------------------------------------------------------


@pytest.mark.parametrize("typed", ["", 99, "九", 1.5, -1, "#REF!"])
def test_an_indicator_without_a_known_item_stays_with_the_one_before(typed: object) -> None:
    last = len(sound().items[0].indicators)
    reading = read_patched({"items.1.indicators.0.@item": typed})
    moved = reading.submission.items[0].indicators[last]
    assert moved == sound().items[1].indicators[0]
    (found,) = reading.findings
    assert (found.code, found.path) == ("CEL06", ("items", 0, "indicators", last, "@item"))
    assert "暂归入第1项" in found.message


def test_an_indicator_before_any_item_goes_to_the_first() -> None:
    reading = read_patched({f"{FIRST}.@item": ""})
    assert reading.submission == sound()
    assert [f.code for f in reading.findings] == ["CEL06"]
