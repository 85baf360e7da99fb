"""What the test engine refuses on protected sheets, and what moves when rows come and go: as in Excel."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import xlwings as xw

from tests.workbook.opening import opened
from xl_selfeval.rulebook import find_rulebook
from xl_selfeval.submission_file import SAMPLES, load_submission
from xl_selfeval.workbook.template import build_workbook

if TYPE_CHECKING:
    from tests.libreoffice.engine.live import Live

pytestmark = pytest.mark.office

FORM, LOCKED, OPEN = "指标评分", "K10", "F10"  # 系统得分 and 年度指标值 of the first indicator


@pytest.fixture(scope="module")
def filled() -> bytes:
    submission = load_submission(next(iter(sorted(SAMPLES.glob("*.yaml")))))
    return build_workbook(find_rulebook(submission.rulebook), submission)


@pytest.fixture
def form(live: Live, filled: bytes) -> xw.Sheet:
    """The sheet of indicators, protected against the person only."""
    return live.open(filled).sheets[FORM]


@pytest.fixture
def bare(live: Live, filled: bytes) -> xw.Sheet:
    """The same, protected against programs too, as it is before a macro has run."""
    return live.open(filled, prepared=False).sheets[FORM]


# --- protection -------------------------------------------------------------------------------------------------------


def test_a_locked_cell_refuses_programs_until_the_sheet_is_prepared(bare: xw.Sheet) -> None:
    before = bare[LOCKED].formula
    for change in (
        lambda: setattr(bare[LOCKED], "value", 1),
        lambda: setattr(bare["F10:K10"], "value", [[1] * 6]),
        bare[LOCKED].clear_contents,
        lambda: setattr(bare[OPEN], "color", (1, 2, 3)),
        lambda: bare[OPEN].add_note("批注"),
        lambda: bare["F11"].copy(bare[LOCKED]),
    ):
        with pytest.raises(Exception, match="protected"):
            change()
    assert bare[LOCKED].formula == before
    bare[OPEN].value = 95
    assert bare[OPEN].value == 95


def test_a_prepared_sheet_takes_everything_and_stays_protected(form: xw.Sheet) -> None:
    assert (form.api.ProtectContents, form.api.ProtectionMode) == (True, True)
    form[LOCKED].value = 5
    form[OPEN].color = (255, 0, 0)
    form[OPEN].add_note("批注")
    assert (form[LOCKED].value, form[OPEN].color, form[OPEN].note.text) == (5, (255, 0, 0), "批注")
    assert form.api.ProtectContents


def test_rows_and_merged_areas_stay_until_the_sheet_is_unprotected(form: xw.Sheet) -> None:
    for change in (
        lambda: form["12:13"].insert("down"),
        lambda: form["12:13"].delete("up"),
        form["B40:C40"].merge,
    ):
        with pytest.raises(Exception, match="unprotect"):
            change()
    form.api.Unprotect()
    form["12:13"].insert("down")
    assert not form.api.ProtectContents


def test_protecting_again_keeps_what_was_allowed(bare: xw.Sheet) -> None:
    allowed = bare.api.Protection
    assert (allowed.AllowFormattingRows, allowed.AllowDeletingRows) == (True, False)
    with pytest.raises(AttributeError):
        _ = allowed.AllowNothing
    bare.api.Unprotect()
    bare.api.Protect(UserInterfaceOnly=True, AllowDeletingRows=True)
    assert (bare.api.Protection.AllowFormattingRows, bare.api.Protection.AllowDeletingRows) == (False, True)
    bare[LOCKED].value = 5
    assert (bare[LOCKED].value, bare.api.ProtectionMode) == (5, True)


def test_a_password_is_asked_for(form: xw.Sheet) -> None:
    form.api.Unprotect()
    form.api.Protect(Password="机密")
    for password in (None, "", "错"):
        with pytest.raises(Exception, match="password"):
            form.api.Unprotect(password)
    form.api.Unprotect("机密")
    assert not form.api.ProtectContents


# --- rows -------------------------------------------------------------------------------------------------------------


def test_what_refers_to_rows_follows_when_some_are_inserted(form: xw.Sheet, tmp_path: Path) -> None:
    book = form.book
    watching = book.sheets.add("旁观")
    watching["A1"].formula = f"={FORM}!F30"
    book.names.add("第三十行", f"={FORM}!$F$30")
    form.api.Unprotect()
    form["20:22"].insert("down")
    assert watching["A1"].formula == f"={FORM}!F33"
    assert book.names["第三十行"].refers_to == f"={FORM}!$F$33"
    assert form["K33"].formula.count("$J33") == form["K33"].formula.count("$J") > 0
    page = opened(book.impl.export(tmp_path / "插入.xlsx").read_bytes())[FORM]
    covered = [
        any(f"F{row}" in rule.sqref for rule in rules)
        for rules in (page.data_validations.dataValidation, page.conditional_formatting)
        for row in (10, 21, 33)
    ]
    assert covered[0::3] == covered[1::3] == covered[2::3]
    assert any(covered)


def test_rows_are_copied_with_formats_merged_areas_and_formulas(form: xw.Sheet) -> None:
    sheet = form.book.sheets.add("草稿")
    sheet["A1"].value = [["并", None, 2, "=C1*10"]]
    sheet["A1:B1"].merge()
    sheet["C1"].color = (1, 2, 3)
    sheet["C1"].add_note("批注")
    sheet["1:1"].copy(sheet["3:4"])
    assert sheet["A3:D4"].value == [["并", None, 2, 20]] * 2
    assert sheet["D4"].formula == "=C4*10"
    assert (sheet["C4"].color, sheet["C3"].note.text) == ((1, 2, 3), "批注")
    assert sheet["B4"].merge_area.address == "$A$4:$B$4"
    merged = {address: sheet[address].merge_cells for address in ("A1", "B3", "A1:B1", "C1", "B1:C1", "A2:D2")}
    assert merged == {"A1": True, "B3": True, "A1:B1": True, "C1": False, "B1:C1": None, "A2:D2": False}


def test_rows_are_deleted_whole(form: xw.Sheet) -> None:
    sheet = form.book.sheets.add("草稿")
    sheet["A1"].value = [[n, f"字{n}"] for n in range(5)]
    sheet["2:3"].delete()
    assert sheet["A1:B3"].value == [[0, "字0"], [3, "字3"], [4, "字4"]]
    with pytest.raises(NotImplementedError):
        sheet["A1"].delete("up")
    sheet.delete()
    assert "草稿" not in [each.name for each in form.book.sheets]
