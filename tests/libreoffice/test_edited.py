"""Filled workbooks after the real LibreOffice saved them, unchanged or after what people do to a form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path as FilePath

import pytest

from tests.libreoffice.conftest import Saved
from tests.libreoffice.office import Office, Step
from tests.strategies import TYPED
from tests.workbook.canonical import canonical
from tests.workbook.patching import filled, layout, path_of, places, sound
from tests.workbook.test_round_trip import differing_cells, lost
from xl_selfeval.checks import Finding
from xl_selfeval.model import Path, Submission, Unit
from xl_selfeval.rulebook import find_rulebook
from xl_selfeval.workbook.cells import read_cells
from xl_selfeval.workbook.layout import INDICATORS, Placed, Spot, value_at
from xl_selfeval.workbook.reader import read_submission, read_workbook
from xl_selfeval.workbook.sheets import SHEETS
from xl_selfeval.workbook.template import build_workbook

pytestmark = pytest.mark.office

FIRST = path_of("items.0.indicators.0")


def table(path: Path) -> Placed:
    return layout().table(path)


ITEMS, ROWS, DUTIES = table(("items",)), table(INDICATORS), table(("duties",))
PROBLEMS = table(("problems",))


def edited(office: Office, folder: FilePath, *steps: Step) -> FilePath:
    """The sound sample's workbook after `steps`."""
    file = folder / "自评表.xlsx"
    file.write_bytes(filled())
    return office.edit(file, *steps)


def assert_holds(file: FilePath, submission: Submission) -> None:
    """The file reads as `submission`, nothing lost, each field from the cell that holds it."""
    cells = read_cells(file)
    reading = read_submission(cells, file.name)
    assert (reading.submission, lost(reading)) == (submission, [])
    assert differing_cells(cells, reading) == []


def awkward() -> Submission:
    """Every awkward text of the strategies, and numbers and dates at their limits."""
    numbers = [Decimal("0"), Decimal("-0.000001"), Decimal("123456789012.345"), Decimal("0.1"), Decimal("1E-9")]
    texts = [*TYPED, "a\nb\n\nc", "a  b", "<b>&amp;</b>", '"引号"', "=1+1", "0012", "１２", "𠮷野家", "一" * 3000]
    submission = Submission(
        fiscal_year=2023,
        report_date=date(2024, 2, 29),
        unit=Unit(establishment=0, staff=10**9),
        duties=texts,
        assets=[{"kind": f"资产{n}", "quantity": number, "value": number} for n, number in enumerate(numbers)],
        items=[{"name": text, "indicators": [{"target": text, "actual": text, "core": True}]} for text in texts],
    )
    return canonical(submission, "luquan-2024", ["duties.*", "items.*.indicators.*.actual"])


def test_a_workbook_that_was_opened_and_saved_comes_back(saved_samples: dict[str, Saved]) -> None:
    for saved in saved_samples.values():
        assert_holds(saved.again, saved.submission)


def test_awkward_texts_and_numbers_come_back(office: Office, tmp_path: FilePath) -> None:
    (tmp_path / "自评表.xlsx").write_bytes(build_workbook(find_rulebook("luquan-2024"), awkward()))
    assert_holds(office.recalculate([tmp_path / "自评表.xlsx"])[0], awkward())


def above_every_table() -> list[Step]:
    return [("insert_rows", sheet.title, 0, 2) for sheet in SHEETS]


def inside_tables() -> list[Step]:
    """From the bottom up, so that the rows are those of the untouched sheet."""
    inside = [ROWS, ITEMS, PROBLEMS, DUTIES, table(("assets",)), table(("projects",)), table(("team",))]
    return [("insert_rows", placed.sheet.title, placed.top + 2, 3) for placed in sorted(inside, key=lambda p: -p.top)]


def moved_columns() -> list[Step]:
    title, first, last = ROWS.sheet.title, ROWS.top, ROWS.last
    return [
        ("move_column", title, ROWS.column("actual"), ROWS.column("operator"), first, last),
        ("move_column", title, ROWS.column("name") + 1, ROWS.column("evidence"), first, last),
        ("insert_columns", title, ROWS.column("max_points"), 2),
        ("insert_columns", ITEMS.sheet.title, 2, 1),
        ("insert_columns", "基本情况", 1, 1),
    ]


def other_sheets() -> list[Step]:
    return [
        ("copy_sheet", "基本情况", "基本情况 (备份)", 0),
        ("write", "基本情况 (备份)", 3, 1, "1999"),
        ("rename_sheet", "指标评分", "打分"),
        ("rename_sheet", "收支决算", "2023年'收支'"),
        ("add_sheet", "工作底稿", 0, "三级指标"),
        ("move_sheet", "评价工作组", 1),
    ]


EDITS = {
    "rows above": above_every_table(),
    "rows inside": inside_tables(),
    "columns": moved_columns(),
    "sheets": other_sheets(),
    "all": [*inside_tables(), *above_every_table(), *other_sheets()],
}


@pytest.mark.parametrize("name", EDITS)
def test_what_people_change_around_the_fields_does_not_matter(office: Office, tmp_path: FilePath, name: str) -> None:
    assert_holds(edited(office, tmp_path, *EDITS[name]), sound())


def test_rows_typed_below_the_prepared_ones_are_read(office: Office, tmp_path: FilePath) -> None:
    below = PROBLEMS.last + 2
    title = PROBLEMS.sheet.title
    steps = [("write", title, below, 0, "经费紧张"), ("write", title, below, 1, "积极争取")]
    steps += [("write", "基本情况", DUTIES.top + 7, 0, "承办其他事项")]
    reading = read_workbook(edited(office, tmp_path, *steps))
    assert reading.submission.duties == [*sound().duties, "承办其他事项"]
    assert reading.submission.problems[-1].problem == "经费紧张"
    assert reading.findings == []


# --- what is typed into the real program -----------------------------------------------------------------------------


def typed(values: Mapping[str, object]) -> list[Step]:
    spots = {path: places()[path_of(path)] for path in values}
    return [("write", spot.sheet, spot.row, spot.col, values[path]) for path, spot in spots.items()]


def told(findings: Sequence[Finding]) -> list[tuple[str, str]]:
    return [(finding.code, ".".join(map(str, finding.path))) for finding in findings]


def test_formulas_that_people_type_are_read_by_their_result(office: Office, tmp_path: FilePath) -> None:
    values = {"finance.total": "=100+225", "finance.carry_over": "=26/2", "items.0.indicators.0.actual": "=80000*0.95"}
    reading = read_workbook(edited(office, tmp_path, *typed(values)))
    assert (reading.submission, reading.findings) == (sound(), [])


def test_errors_of_formulas_are_found(office: Office, tmp_path: FilePath) -> None:
    values = {"finance.carry_over": "=1/0", "unit.name": "=NA()", "items.0.indicators.0.max_points": '="x"+1'}
    reading = read_workbook(edited(office, tmp_path, *typed(values)))
    assert told(reading.findings) == [
        ("CEL02", "unit.name"),
        ("CEL02", "finance.carry_over"),
        ("CEL02", "items.0.indicators.0.max_points"),
    ]
    assert "#DIV/0!" in reading.findings[1].message


def test_texts_and_numbers_in_the_wrong_cells_are_told(office: Office, tmp_path: FilePath) -> None:
    values = {"finance.total": "三百余万元", "unit.staff": 13.5, "unit.establishment": "14", "unit.name": 360}
    values |= {"items.0.indicators.0.target": 0.9, "items.0.indicators.0.unit_of_measure": "%"}
    reading = read_workbook(edited(office, tmp_path, *typed(values)))
    assert told(reading.findings) == [
        ("CEL10", "unit.establishment"),
        ("CEL05", "unit.staff"),
        ("CEL01", "finance.total"),
    ]
    assert reading.submission.unit.name == "360"
    assert reading.submission.items[0].indicators[0].target == "0.9"


def test_cells_merged_down_a_column_are_told(office: Office, tmp_path: FilePath) -> None:
    spot = places()[(*FIRST, "category")]
    weight = places()[(*FIRST, "max_points")]
    merges = [("merge", s.sheet, s.row, s.col, s.row + 1, s.col) for s in (spot, weight)]
    reading = read_workbook(edited(office, tmp_path, *merges))
    first, second = reading.submission.items[0].indicators[:2]
    assert second.category is first.category
    assert [first.max_points, second.max_points] == [8, None]
    assert told(reading.findings) == [("CEL11", f"items.0.indicators.0.{key}") for key in ("category", "max_points")]


def test_a_deleted_row_is_a_missing_field_and_no_other(office: Office, tmp_path: FilePath) -> None:
    spot: Spot = places()[("conclusion", "claimed_total")]
    reading = read_workbook(edited(office, tmp_path, ("delete_rows", spot.sheet, spot.row, 1)))
    assert told(reading.findings) == [("CEL08", "conclusion.claimed_total"), ("CEL08", "conclusion.claimed_grade")]
    assert value_at(reading.submission, ("conclusion", "blocks")) == sound().conclusion.blocks
