"""What is stored beside the formulas, for phones and previews, is what the real LibreOffice calculates."""

from __future__ import annotations

from datetime import datetime

import pytest

from tests.libreoffice.conftest import Saved
from tests.libreoffice.office import Office
from tests.workbook.test_round_trip import sample
from xl_selfeval.model import Submission
from xl_selfeval.rulebook import Rulebook, find_rulebook
from xl_selfeval.workbook.cells import Cells, read_cells
from xl_selfeval.workbook.layout import INDICATORS, Spot
from xl_selfeval.workbook.sheets import GUIDE_TITLE
from xl_selfeval.workbook.template import build_workbook, layout_of

pytestmark = pytest.mark.office

LEFT_TO_THE_PROGRAM = ("@hint", "@kind", "@low_text", "@high_text", "@actual_text", "@low", "@high", "@actual")
BOOKS: dict[str, tuple[str, Submission | None]] = {
    "blank": ("mof-2020", None),
    "blank without execution": ("luquan-2024", None),
    "begun": ("chongqing", Submission(unit={"name": "某单位"}, items=[{"name": "一"}], team=[{"name": "甲"}])),
}


Pairs = dict[str, tuple[Cells, Cells]]


@pytest.fixture(scope="module")
def calculated(office: Office, saved_samples: dict[str, Saved], tmp_path_factory: pytest.TempPathFactory) -> Pairs:
    """Each workbook as it was built and as LibreOffice calculated it."""
    folder = tmp_path_factory.mktemp("calculated")
    files = {name: folder / f"{name}.xlsx" for name in BOOKS}
    for name, (rulebook, submission) in BOOKS.items():
        files[name].write_bytes(build_workbook(find_rulebook(rulebook), submission))
    pairs = {name: (file, office.recalculate([file])[0]) for name, file in files.items()}
    pairs |= {name: (saved.built, saved.again) for name, saved in saved_samples.items()}
    return {name: (read_cells(built), read_cells(again)) for name, (built, again) in pairs.items()}


@pytest.mark.parametrize("name", [*BOOKS, "sound", "luquan-2023", "langfang-2019"])
def test_every_stored_result_is_the_calculated_one(calculated: Pairs, name: str) -> None:
    submission = BOOKS[name][1] if name in BOOKS else sample(name)
    rulebook = find_rulebook(BOOKS[name][0] if submission is None or name in BOOKS else submission.rulebook)
    left = columns_left_out(rulebook, submission)
    built, again = calculated[name]
    differing = []
    for title, grid in again.grids.items():
        for r, row in enumerate(grid):
            for c, value in enumerate(row):
                spot = Spot(title, r, c)
                if (title, c) not in left and not same(built.value(spot), value):
                    differing.append((title, spot.a1, built.value(spot), value))
    assert differing == []


def columns_left_out(rulebook: Rulebook, submission: Submission | None) -> set[tuple[str, int]]:
    """Columns whose results are not stored: they only serve the points, or ask for what is missing."""
    table = layout_of(rulebook, submission).table(INDICATORS)
    return {(table.sheet.title, table.column(key)) for key in LEFT_TO_THE_PROGRAM}


def same(stored: object, calculated: object) -> bool:
    if isinstance(stored, int | float) and isinstance(calculated, int | float):
        return abs(stored - calculated) < 1e-9
    return stored == calculated or (isinstance(calculated, datetime) and calculated.date() == stored)


def progress(cells: Cells) -> dict[str, tuple[object, object, object]]:
    """必填项, 已填 and 完成 of each sheet as 填报说明 shows them."""
    rows = [row for row in cells.grids[GUIDE_TITLE] if len(row) > 9 and isinstance(row[9], float)]
    return {str(row[0]): (row[7], row[8], row[9]) for row in rows}


def test_a_blank_form_has_everything_still_to_do(calculated: Pairs) -> None:
    assert progress(calculated["blank"][1]) == {
        "基本情况": (9, 0, 0),
        "收支决算": (5, 0, 0),
        "绩效目标": (5, 0, 0),
        "指标评分": (8, 0, 0),
        "评价结论": (4, 0, 0),
        "自评工作": (4, 0, 0),
        "问题与改进": (2, 0, 0),
        "评价工作组": (3, 0, 0),
    }


def test_a_sound_form_is_done(calculated: Pairs) -> None:
    counts = progress(calculated["sound"][1])
    assert {sheet: share for sheet, (_, _, share) in counts.items()} == dict.fromkeys(counts, 1)
    assert counts["指标评分"][:2] == (8 * 14, 8 * 14)


def test_a_begun_form_is_counted_cell_by_cell(calculated: Pairs) -> None:
    counts = progress(calculated["begun"][1])
    assert counts["基本情况"][:2] == (9, 1)
    assert counts["绩效目标"][:2] == (5, 1)
    assert counts["评价工作组"][:2] == (3, 1)


def test_luquans_missing_words_show(calculated: Pairs) -> None:
    """Six rows name no sign, and neither total nor grade is claimed."""
    counts = progress(calculated["luquan-2023"][1])
    assert counts["评价结论"][:2] == (8, 6)
    needed, done, _ = counts["指标评分"]
    assert isinstance(needed, float) and isinstance(done, float)
    assert needed - done == sum(row.operator is None for _, row in sample("luquan-2023").indicators())
