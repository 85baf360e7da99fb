"""The template as people fill it: what may be typed where, what is offered, what is refused while typing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

import pytest
from openpyxl.cell.cell import MergedCell  # type: ignore[import-untyped]
from openpyxl.utils import get_column_letter  # type: ignore[import-untyped]
from openpyxl.workbook import Workbook  # type: ignore[import-untyped]
from openpyxl.worksheet.worksheet import Worksheet  # type: ignore[import-untyped]

from tests.workbook.opening import BOOKS, book, opened
from tests.workbook.patching import filled, layout, sound
from xl_selfeval.model import SUBCATEGORIES, Achievement, Operator, Path, PolicyRole
from xl_selfeval.rulebook import find_rulebook
from xl_selfeval.workbook.choices import SUBCATEGORY_FIRST, choices
from xl_selfeval.workbook.layout import Form, Kind, Layout, Matrix, Placed, Spot, Table, form_columns, form_rows
from xl_selfeval.workbook.look import EXAMPLE, INPUT
from xl_selfeval.workbook.sheets import LISTS_TITLE, META_TITLE, RECORD_TITLE
from xl_selfeval.workbook.template import build_workbook, layout_of

CHINESE = re.compile(r"[\u4e00-\u9fff]")


@cache
def filled_book() -> Workbook:
    return opened(filled())


def inputs(placed: Placed) -> Iterator[tuple[Spot, Kind, str]]:
    """Every cell of a block that people fill, with its kind and its list."""
    block = placed.block
    if isinstance(block, Form):
        for n, fields in enumerate(form_rows(block)):
            for field, label in zip(fields, form_columns(placed.sheet), strict=False):
                yield Spot(placed.sheet.title, placed.top + n, label + 1), field.kind, field.choices
    elif isinstance(block, Matrix | Table):
        for row in range(placed.rows):
            for column in block.columns:
                if column.kind is not Kind.AUTO:
                    yield placed.spot(row, column.key), column.kind, column.choices


def all_inputs(made: Layout) -> list[tuple[Spot, Kind, str]]:
    return [cell for placed in made.placed for cell in inputs(placed)]


# --- what may be typed where -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("rulebook", BOOKS)
def test_what_is_to_be_filled_is_open_and_coloured_and_all_else_is_locked(rulebook: str) -> None:
    fields = {(spot.sheet, spot.a1) for spot, _, _ in all_inputs(layout_of(find_rulebook(rulebook)))}
    for sheet in book(rulebook).worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                asked = (sheet.title, firsts(sheet)[cell.coordinate]) in fields
                assert cell.protection.locked is not asked, (sheet.title, cell.coordinate)
                if sheet.title != "填报说明" and not isinstance(cell, MergedCell):
                    assert (cell.fill.fgColor.rgb == "FF" + INPUT[1:]) is asked, (sheet.title, cell.coordinate)


@cache
def firsts(sheet: Worksheet) -> dict[str, str]:
    """The first cell of the merged area that each cell belongs to, or the cell itself."""
    found = {cell.coordinate: cell.coordinate for row in sheet.iter_rows() for cell in row}
    for area in sheet.merged_cells.ranges:
        left, top, right, bottom = area.bounds
        inside = ((row, col) for row in range(top, bottom + 1) for col in range(left, right + 1))
        found |= {f"{get_column_letter(col)}{row}": f"{get_column_letter(left)}{top}" for row, col in inside}
    return found


def test_example_values_stand_out_and_stay_open() -> None:
    content = build_workbook(
        find_rulebook("mof-2020"), sound().model_copy(update={"examples": ["unit.name", "duties.*"]})
    )
    made = opened(content)
    places = layout().places(sound())
    for path, colour in ((("unit", "name"), EXAMPLE), (("duties", 0), EXAMPLE), (("unit", "area"), INPUT)):
        cell = made[places[path].sheet][places[path].a1]
        assert (cell.fill.fgColor.rgb, cell.protection.locked) == ("FF" + colour[1:], False)


@pytest.mark.parametrize("rulebook", BOOKS)
def test_every_sheet_is_protected_without_a_password(rulebook: str) -> None:
    for sheet in book(rulebook).worksheets:
        assert sheet.protection.sheet, sheet.title
        assert not sheet.protection.password, sheet.title


def test_the_hidden_sheets_are_the_record_the_lists_and_the_meta_data() -> None:
    hidden = [sheet.title for sheet in book("mof-2020").worksheets if sheet.sheet_state != "visible"]
    assert hidden == [RECORD_TITLE, LISTS_TITLE, META_TITLE]
    assert book("mof-2020").active.title == "填报说明"


# --- what is offered and what is refused -----------------------------------------------------------------------------


def offered(made: Workbook, source: str) -> list[str]:
    """The words behind a drop-down that is a defined name."""
    sheet, area = made.defined_names[source.removeprefix("=")].attr_text.split("!")
    return [cell.value for row in made[sheet.strip("'")][area.replace("$", "")] for cell in row]


def validation_of(made: Workbook, spot: Spot) -> object:
    found = [v for v in made[spot.sheet].data_validations.dataValidation if spot.a1 in v.sqref]
    return found[0] if found else None


@pytest.mark.parametrize("rulebook", BOOKS)
def test_every_choice_has_its_drop_down(rulebook: str) -> None:
    made, lists = book(rulebook), choices(find_rulebook(rulebook))
    listed = [(spot, key) for spot, _, key in all_inputs(layout_of(find_rulebook(rulebook))) if key]
    for spot, key in listed:
        validation = validation_of(made, spot)
        assert validation is not None and validation.type == "list", spot  # type: ignore[attr-defined]
        if key != "subcategory":
            assert offered(made, validation.formula1) == lists[key], spot  # type: ignore[attr-defined]
    assert {key for _, key in listed} == {*lists, "subcategory"}


def test_the_lists_are_those_of_the_model_and_of_the_rulebook() -> None:
    lists = choices(find_rulebook("luquan-2024"))
    assert lists["operator"] == ["≥", ">", "≤", "<", "=", "区间", "时限", "定性"] == [o.label for o in Operator]
    assert lists["achievement"] == [a.label for a in Achievement]
    assert lists["role"] == [r.label for r in PolicyRole]
    assert lists["grade"] == ["优秀", "良好", "一般", "较差"]
    assert lists["flag"] == ["是", "否"]


def test_level_two_is_offered_by_level_one() -> None:
    """The formula finds the column by the head that equals 一级指标 and takes as many cells as are filled."""
    page = book("mof-2020")[LISTS_TITLE]
    for n, (category, members) in enumerate(SUBCATEGORIES.items()):
        column = [cell.value for cell in page[get_column_letter(SUBCATEGORY_FIRST.col + n + 1)] if cell.value]
        assert column == [category.label, *(member.label for member in members)]
    spot = layout().table(("items", "*", "indicators")).spot(0, "subcategory")
    source = validation_of(filled_book(), spot).formula1  # type: ignore[attr-defined]
    assert source.startswith(f"OFFSET('{LISTS_TITLE}'!$I$2,0,MATCH($B{spot.row + 1},se_l_subcategory_heads,0)-1,")


@pytest.mark.parametrize("rulebook", BOOKS)
def test_messages_are_chinese_and_short_enough_for_excel(rulebook: str) -> None:
    for sheet in book(rulebook).worksheets:
        for validation in sheet.data_validations.dataValidation:
            titles, texts = (validation.promptTitle, validation.errorTitle), (validation.prompt, validation.error)
            for words, longest in ((titles, 32), (texts, 255)):
                assert all(CHINESE.search(w) and len(w) <= longest for w in words if w), (sheet.title, words)
            offers_only = validation.type == "list" and not validation.showErrorMessage
            assert validation.type in (None, "none") or validation.error or offers_only, (sheet.title, validation.sqref)


@pytest.mark.parametrize(
    ("path", "kind", "operator"),
    [
        (("finance", "total"), "decimal", None),
        (("unit", "staff"), "whole", None),
        (("report_date",), "date", "greaterThanOrEqual"),
        (("items", 0, "indicators", 0, "max_points"), "decimal", None),
        (("items", 0, "indicators", 0, "actual"), "custom", None),
    ],
)
def test_numbers_and_dates_are_checked_while_typing(path: Path, kind: str, operator: str | None) -> None:
    validation = validation_of(filled_book(), layout().places(sound())[path])
    assert (validation.type, validation.operator) == (kind, operator)  # type: ignore[attr-defined]
