"""Our VBA, run by pyOpenVBA's interpreter: what a press does, what opening does, and what happens without Python."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyopenvba.exceptions import VBARuntimeError

from tests.editions.excel import Excel
from xl_selfeval.editions.ribbon import buttons
from xl_selfeval.editions.texts import texts

BY_VBA_ALONE = {"guide", "reconnect"}
BASICS, INDICATORS = 2, 5  # the places of 基本情况 and 指标评分 among the sheets
SAID = texts()


@pytest.mark.parametrize("command", sorted(set(buttons()) - BY_VBA_ALONE))
def test_a_button_runs_its_command_in_python(excel: Excel, command: str) -> None:
    assert excel.press(buttons()[command].macro.removeprefix("SelfEval.")) == []
    assert excel.value("Ran") == f"from xl_selfeval.addin import press; press('{command}')"


def test_a_locked_cell_refuses_a_macro_until_the_workbook_has_opened(excel: Excel) -> None:
    with pytest.raises(VBARuntimeError) as refused:
        excel.app.run("WriteLocked", BASICS)
    assert refused.value.number == 1004
    excel.open()
    excel.app.run("WriteLocked", BASICS)
    assert excel.app.sheet(BASICS).value("A1") == "by macro"


def test_a_press_prepares_the_sheets_too(excel: Excel) -> None:
    with pytest.raises(VBARuntimeError):
        excel.app.run("FormatLocked", INDICATORS)
    excel.press("SeCheck")
    excel.app.run("FormatLocked", INDICATORS)
    assert excel.value(f'ActiveWorkbook.Worksheets({INDICATORS}).Range("A1").Font.Italic') is True


ALLOWED = ("InsertingRows", "FormattingColumns", "FormattingRows", "DeletingRows", "Sorting", "FormattingCells")


def test_preparing_a_sheet_keeps_what_its_protection_allows(excel: Excel) -> None:
    def allowed() -> dict[str, object]:
        return {a: excel.value(f"ActiveWorkbook.Worksheets({BASICS}).Protection.Allow{a}") for a in ALLOWED}

    before = allowed()
    assert before["InsertingRows"] is True
    assert before["DeletingRows"] is False
    excel.open()
    assert allowed() == before
    assert excel.value(f"ActiveWorkbook.Worksheets({BASICS}).ProtectContents") is True


def test_opening_does_not_make_the_file_ask_to_be_saved(excel: Excel) -> None:
    excel.open()
    assert excel.value("ThisWorkbook.Saved") is True


def test_a_file_that_asks_to_be_saved_still_asks_after_opening(excel: Excel) -> None:
    excel.value("ThisWorkbook.Worksheets(1).Activate")
    excel.app.run("Unsave")
    excel.open()
    assert excel.value("ThisWorkbook.Saved") is False


def test_opening_lets_the_cells_ask_python_where_it_is(excel: Excel) -> None:
    excel.open()
    assert excel.dirtied == excel.value("ThisWorkbook.Worksheets.Count")


def test_opening_calculates_nothing_anew_without_python(excel: Excel) -> None:
    excel.steer(present=False)
    excel.open()
    assert excel.dirtied == 0


def test_a_book_of_another_kind_is_neither_prepared_nor_calculated(excel: Excel) -> None:
    excel.app.add_workbook()
    excel.value("ActiveWorkbook.Worksheets(1).Protect")
    excel.app.run("SeOpened", excel.value("ActiveWorkbook"))
    assert excel.dirtied == 0
    assert excel.value("ActiveWorkbook.Worksheets(1).ProtectionMode") is False


def test_without_an_interpreter_in_the_settings_a_press_says_what_to_do(excel: Excel) -> None:
    excel.steer(path="")
    assert excel.press("SeCheck") == [SAID["no_python"]]
    assert excel.value("Runs") == 0


def test_an_interpreter_that_is_not_there_is_missing_too(excel: Excel) -> None:
    excel.steer(present=False)
    assert excel.press("SeExportReport") == [SAID["no_python"]]
    assert excel.value("Runs") == 0


def test_settings_may_name_a_conda_environment_instead(excel: Excel) -> None:
    excel.steer(path="", conda=r"C:\\conda", present=False)
    assert excel.press("SeCheck") == []


def test_without_an_open_workbook_a_press_says_so(excel: Excel) -> None:
    excel.without_active_book()
    assert excel.press("SeCheck") == [SAID["no_book"]]
    assert excel.press("SeGuide") == [SAID["no_book"]]


def test_a_second_run_while_one_is_under_way_is_refused(excel: Excel) -> None:
    excel.app.run("Answer", 0, True)
    assert excel.press("SeExportReport") == [SAID["busy"]]
    assert excel.value("Runs") == 1


def test_after_a_failure_the_next_press_runs_again(excel: Excel) -> None:
    excel.steer(breaks=True)
    assert excel.press("SeCheck") == [SAID["failed"]]
    excel.steer()
    assert excel.press("SeCheck") == []
    assert excel.value("Runs") == 2


def test_what_xlwings_reports_as_failed_is_told_in_chinese(excel: Excel) -> None:
    excel.app.run("Answer", -1, False)
    assert excel.press("SeCheck") == [SAID["failed"]]


def test_the_guide_is_gone_to_by_its_name(excel: Excel) -> None:
    excel.value("ActiveWorkbook.Worksheets(3).Activate")
    assert excel.press("SeGuide") == []
    assert excel.value("ActiveSheet.Name") == "填报说明"


def test_a_book_that_is_not_ours_has_no_guide(excel: Excel) -> None:
    excel.app.add_workbook()
    assert excel.press("SeGuide") == [SAID["no_guide"]]


def test_a_cell_asks_the_python_function_of_its_name(excel: Excel) -> None:
    assert excel.app.run("SE_RATE", 1, 2) == "xl_selfeval.addin.functions.SE_RATE:2"
    assert excel.app.run("SE_VERSION") == "xl_selfeval.addin.functions.SE_VERSION:0"


def test_an_argument_may_be_left_out(excel: Excel) -> None:
    assert excel.app.run("SE_TARGET", "≥90%") == "xl_selfeval.addin.functions.SE_TARGET:3"


def na(excel: Excel) -> bool:
    return str(excel.app.run("SE_RATE", 1, 2)) == "Error 2042"


def test_after_the_first_failure_no_cell_asks_again_until_reconnected(excel: Excel) -> None:
    excel.steer(breaks=True)
    assert na(excel)
    assert na(excel)
    assert excel.value("Asked") == 1
    excel.steer()
    assert na(excel)
    assert excel.press("SeReconnect") == [SAID["reconnected"]]
    assert (excel.value("Killed"), excel.calculations) == (1, 1)
    assert excel.app.run("SE_RATE", 1, 2) == "xl_selfeval.addin.functions.SE_RATE:2"


def test_where_python_is_missing_no_cell_asks_at_all(excel: Excel) -> None:
    excel.steer(present=False)
    excel.open()
    assert na(excel)
    assert excel.value("Asked") == 0


def test_reconnecting_without_python_says_what_to_do(excel: Excel) -> None:
    excel.steer(path="")
    assert excel.press("SeReconnect") == [SAID["no_python"]]
    assert excel.calculations == 0


def test_reconnecting_to_a_python_that_does_not_answer_says_so(excel: Excel) -> None:
    excel.app.run("Answer", -1, False)
    assert excel.press("SeReconnect") == [SAID["failed"]]
    assert excel.calculations == 0


def test_while_excel_starts_nothing_is_decided_about_python(excel: Excel, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as starting:
        excel._patch = starting
        excel.without_active_book()
        excel.open()
        assert na(excel)
    assert excel.app.run("SE_RATE", 1, 2) == "xl_selfeval.addin.functions.SE_RATE:2"


def test_opening_tells_the_function_wizard_in_chinese(excel: Excel) -> None:
    excel.open()
    told = {entry["macro"]: entry for entry in excel.described}
    rate = told["'自评表 2024.xlsm'!SE_RATE"]
    assert rate["category"] == "绩效自评"
    assert rate["description"].startswith("执行率")
    assert rate["arguments"] == ["全年执行数，单位：万元", "全年预算数，单位：万元"]


def test_the_add_in_serves_a_form_without_macros(xlam: Path, xlsx: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    excel = Excel(xlam, monkeypatch)
    excel.steer()
    excel.app.activate_workbook(excel.app.open_workbook(xlsx))
    with pytest.raises(VBARuntimeError):
        excel.app.run("FormatLocked", BASICS)
    assert excel.press("SeCheck") == []
    excel.app.run("FormatLocked", BASICS)
    assert excel.press("SeGuide") == []
    excel.steer(present=False)
    assert excel.press("SeCheck") == [SAID["no_python"]]
