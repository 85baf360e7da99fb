"""Where things stand: one declaration for builder, reader, formulas and links."""

from __future__ import annotations

from itertools import pairwise

import pytest

from tests.workbook.patching import cells_of, filled, layout, places, sound
from xl_selfeval.model import Path, Submission
from xl_selfeval.workbook.layout import Form, Layout, Matrix, Placed, Spot, Table, anchor, locate
from xl_selfeval.workbook.sheets import SHEETS


def extent(placed: Placed) -> range:
    return range(placed.heading, placed.last + 1)


@pytest.mark.parametrize("submission", [Submission(), sound()], ids=["blank", "sound"])
def test_blocks_never_overlap(submission: Submission) -> None:
    made = Layout(SHEETS, submission)
    for sheet in SHEETS:
        ends = [(placed.heading, placed.last) for placed in made.of(sheet)]
        assert all(first[1] < second[0] for first, second in pairwise(ends)), sheet.title


def test_tables_are_as_long_as_their_content_and_never_shorter_than_declared() -> None:
    long = Submission(duties=[f"职责{n}" for n in range(50)])
    assert Layout(SHEETS, long).table(("duties",)).rows == 50
    assert Layout(SHEETS).table(("duties",)).rows == 10
    assert Layout(SHEETS).table(("items", "*", "indicators")).rows >= 60


def test_labels_and_headers_stand_where_the_layout_says() -> None:
    cells = cells_of(filled())
    for placed in layout().placed:
        block, title = placed.block, placed.sheet.title
        if isinstance(block, Table):
            for column in block.columns:
                shown = str(cells.value(Spot(title, placed.top, placed.column(column.key))))
                assert shown.removesuffix("*") == column.header
        elif isinstance(block, Matrix):
            assert cells.value(Spot(title, placed.top, 0)) == block.corner
        elif isinstance(block, Form):
            for field in block.fields:
                spot = places()[field.path]
                assert str(cells.value(Spot(title, spot.row, spot.col - 1))).removesuffix(" *") == field.label


@pytest.mark.parametrize(
    ("path", "nearest"),
    [
        (("unit", "name"), ("unit", "name")),
        (("items", 0, "indicators", 2, "actual"), ("items", 0, "indicators", 2, "actual")),
        (("items", 0, "indicators", 2), ("items", 0, "indicators", 2, "name")),
        (("items", 1), ("items", 1, "name")),
        (("problems", 0), ("problems", 0, "problem")),
        (("conclusion", "blocks", 0), ("conclusion", "blocks", 0, "category")),
        (("finance", "funds", "total"), ("finance", "funds", "total", "initial_budget")),
        (("items", 99), ("items",)),
        (("duties", 99), ("duties",)),
        (("unit",), ("unit", "name")),
    ],
)
def test_a_path_leads_to_its_cell_or_the_nearest_whole(path: Path, nearest: Path) -> None:
    assert locate(path, places()) == places()[nearest]


def test_a_finding_about_all_has_no_cell() -> None:
    assert locate((), places()) is None
    assert locate(("nowhere",), places()) is None


def test_addresses_are_those_that_people_and_formulas_use() -> None:
    spot = Spot("指标评分", 8, 27)
    assert (spot.a1, spot.absolute()) == ("AB9", "'指标评分'!$AB$9")


def test_a_row_is_known_by_its_name_or_its_first_field() -> None:
    keys = {block.path: anchor(block.columns) for sheet in SHEETS for block in sheet.blocks if isinstance(block, Table)}
    assert keys[("items",)] == keys[("items", "*", "indicators")] == keys[("team",)] == "name"
    assert (keys[("problems",)], keys[("duties",)]) == ("problem", "")


def test_what_an_empty_table_lacks_points_at_its_first_cell_to_fill() -> None:
    submission = Submission(team=[{"name": "甲"}])
    layout = Layout(SHEETS, submission)
    places = layout.places(submission)
    assert locate(("problems",), places) == layout.table(("problems",)).spot(0, "problem")
    assert locate(("team",), places) == Spot("评价工作组", layout.table(("team",)).top, 0)
