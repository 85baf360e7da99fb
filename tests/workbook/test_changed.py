"""Workbooks changed by programs that know nothing of our names, and by people who reword what they read."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import pytest
from openpyxl.workbook import Workbook  # type: ignore[import-untyped]

from tests.workbook.opening import opened, saved
from tests.workbook.patching import cells_of, filled, layout, patched_cells, path_of, places, sound, write
from tests.workbook.test_round_trip import differing_cells
from xl_selfeval.model import Path
from xl_selfeval.workbook.cells import Cells
from xl_selfeval.workbook.layout import INDICATORS, Spot, Table
from xl_selfeval.workbook.reader import Reading, read_submission
from xl_selfeval.workbook.sheets import LISTS_TITLE, META_TITLE, SHEETS

Change = Callable[[Workbook], object]
FIELDS = {"name", "text", "goal", "result", "organisation", "methods", "problem", "change_reason", "claimed_grade"}


def changed(*changes: Change) -> Cells:
    """The sound sample's workbook after openpyxl, which shifts no names and keeps no results of formulas."""
    book = opened(filled())
    for change in changes:
        change(book)
    return cells_of(saved(book))


def assert_sound(cells: Cells) -> None:
    reading = read_submission(cells, "自评表.xlsx")
    assert (reading.submission, reading.findings) == (sound(), [])
    assert differing_cells(cells, reading) == []


def rows_above(book: Workbook) -> None:
    """Names now point into other rows, merged cells stay where they were."""
    for sheet in SHEETS:
        page = book[sheet.title]
        for area in list(page.merged_cells.ranges):
            page.unmerge_cells(str(area))
        page.insert_rows(1, 3)


def without_names(book: Workbook) -> None:
    for name in list(book.defined_names):
        del book.defined_names[name]


def renamed_sheets(book: Workbook) -> None:
    for number, sheet in enumerate(SHEETS):
        book[sheet.title].title = f"表{number}"


def copies_first(book: Workbook) -> None:
    """Copies of the sheets with other content stand before the real ones."""
    for sheet in SHEETS:
        copy = book.copy_worksheet(book[sheet.title])
        book.move_sheet(copy, -len(book.sheetnames) + 1)
        for path, spot in places().items():
            if spot.sheet == sheet.title and isinstance(copy[spot.a1].value, str) and path[-1] in FIELDS:
                copy[spot.a1] = "旧稿"


@pytest.mark.parametrize(
    "changes",
    [
        (),
        (rows_above,),
        (without_names,),
        (without_names, rows_above),
        (renamed_sheets, without_names),
        (copies_first,),
        (copies_first, without_names),
    ],
    ids=lambda changes: " and ".join(change.__name__ for change in changes) or "only saved",
)
def test_names_and_results_may_be_lost(changes: tuple[Change, ...]) -> None:
    assert_sound(changed(*changes))


def test_a_workbook_without_names_still_says_its_rulebook_and_examples() -> None:
    def mark(book: Workbook) -> None:
        book[META_TITLE].append(["示例路径", "duties.*"])

    reading = read_submission(changed(without_names, mark), "自评表.xlsx")
    assert (reading.rulebook_id, reading.submission.examples) == ("mof-2020", ["duties.*"])
    assert reading.findings == []


def test_a_formula_saved_without_a_result_is_told_and_not_taken_for_zero() -> None:
    spot = places()[("finance", "total")]

    def type_formula(book: Workbook) -> None:
        book[spot.sheet][spot.a1] = "=100+225"

    reading = read_submission(changed(type_formula), "自评表.xlsx")
    assert reading.submission.finance.total is None
    assert [(found.code, found.path) for found in reading.findings] == [("CEL09", ("finance", "total"))]


def test_a_sheet_that_was_deleted_is_told_block_by_block() -> None:
    def delete(book: Workbook) -> None:
        del book["评价工作组"], book["自评工作"]

    reading = read_submission(changed(delete), "自评表.xlsx")
    assert [(found.code, found.path) for found in reading.findings] == [
        ("CEL08", ("evaluation", "organisation")),
        ("CEL08", ("evaluation", "methods")),
        ("CEL08", ("remarks",)),
        ("CEL08", ("policies",)),
        ("CEL08", ("team",)),
    ]
    assert reading.submission.problems == sound().problems


# --- words of headers and labels -------------------------------------------------------------------------------------

TABLES = [block for sheet in SHEETS for block in sheet.blocks if isinstance(block, Table)]
SYNONYMS = [(table.path, column.key, word) for table in TABLES for column in table.columns for word in column.also]


def header(path: Path, key: str) -> Spot:
    placed = layout().table(path)
    return Spot(placed.sheet.title, placed.top, placed.column(key))


@cache
def untouched() -> Reading:
    return read_submission(patched_cells({}), "自评表.xlsx")


@pytest.mark.parametrize(("path", "key", "word"), SYNONYMS)
def test_other_words_for_a_header(path: Path, key: str, word: str) -> None:
    cells = patched_cells({})
    write(cells, header(path, key), word)
    assert_sound(cells)


@pytest.mark.parametrize("dressed", ["* {}", "{} *", "{}*\n", " {} ", "**{}**", "{}　*"])
def test_stars_spaces_and_line_breaks_in_headers_and_labels(dressed: str) -> None:
    cells = patched_cells({})
    for spot in (header(INDICATORS, "target"), header(("duties",), ""), header(("team",), "post")):
        write(cells, spot, dressed.format(str(cells.value(spot)).replace("*", "")))
    for path in (("unit", "name"), ("goal", "text"), ("conclusion", "claimed_total")):
        label = Spot(places()[path].sheet, places()[path].row, places()[path].col - 1)
        write(cells, label, dressed.format(str(cells.value(label)).replace("*", "")))
    assert_sound(cells)


def test_a_reworded_label_is_found_by_its_name() -> None:
    cells = patched_cells({})
    spot = places()[("unit", "name")]
    write(cells, Spot(spot.sheet, spot.row, spot.col - 1), "单位名称（盖章）")
    assert_sound(cells)


def test_a_name_left_behind_beside_another_label_is_not_trusted() -> None:
    """As after deleting a row with a program that shifts no names: 单位简称 must not be read as 主管部门."""
    cells = patched_cells({})
    spot, other = places()[("unit", "supervising_department")], places()[("unit", "short_name")]
    write(cells, Spot(spot.sheet, spot.row, spot.col - 1), "")
    cells.names["se_unit_supervising_department"] = other
    reading = read_submission(cells, "自评表.xlsx")
    assert reading.submission.unit.supervising_department == ""
    assert [(f.code, f.path) for f in reading.findings] == [("CEL08", ("unit", "supervising_department"))]


def test_a_header_in_other_words_is_told_and_the_rest_is_read() -> None:
    cells = patched_cells({})
    write(cells, header(INDICATORS, "evidence"), "备注")
    reading = read_submission(cells, "自评表.xlsx")
    (found,) = reading.findings
    assert (found.code, found.path) == ("CEL08", INDICATORS)
    assert "佐证材料" in found.message
    assert [row.evidence for _, row in reading.submission.indicators()] == [""] * len(list(sound().indicators()))
    assert reading.submission.problems == sound().problems


def test_a_table_that_is_gone_is_not_found_in_another() -> None:
    """Half of its headers also stand over the indicators."""
    cells = patched_cells({"@header.indicators.category": "一级指标"})
    blocks = layout().table(("conclusion", "blocks"))
    for col in range(5):
        write(cells, Spot(blocks.sheet.title, blocks.top, col), "")
    reading = read_submission(cells, "自评表.xlsx")
    assert reading.submission.conclusion.blocks == []
    assert [(f.code, f.path) for f in reading.findings] == [("CEL08", ("conclusion", "blocks"))]


def test_blank_rows_between_entries_do_not_matter() -> None:
    cells = patched_cells({})
    for path in (("duties",), ("items",), INDICATORS, ("problems",), ("team",)):
        placed = layout().table(path)
        grid = cells.grids[placed.sheet.title]
        assert isinstance(grid, list)
        filled_rows = grid[placed.top + 1 : placed.last]
        spread = [row for entry in filled_rows for row in (entry, [""] * len(entry))][: len(filled_rows) * 2]
        grid[placed.top + 1 : placed.last] = spread
        cells.names.clear()
    reading = read_submission(cells, "自评表.xlsx")
    assert (reading.submission, reading.findings) == (sound(), [])


def test_rows_in_another_order_read_in_that_order() -> None:
    cells = patched_cells({})
    placed = layout().table(("team",))
    grid = cells.grids[placed.sheet.title]
    assert isinstance(grid, list)
    grid[placed.top + 1], grid[placed.top + 2] = grid[placed.top + 2], grid[placed.top + 1]
    first, second, *rest = sound().team
    assert read_submission(cells, "自评表.xlsx").submission.team == [second, first, *rest]


def test_the_hidden_sheets_do_not_take_part() -> None:
    """Their words are those of headers and labels."""
    cells = patched_cells({})
    del cells.names["se_unit_name"]
    write(cells, Spot(LISTS_TITLE, 1, 0), "单位全称")
    assert_sound(cells)


def test_untouched_all_places_are_known() -> None:
    assert set(places()) <= set(untouched().places)
    assert (
        untouched().places[path_of("items.0.indicators.0.actual")] == places()[path_of("items.0.indicators.0.actual")]
    )
