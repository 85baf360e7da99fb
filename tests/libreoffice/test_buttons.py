"""Every button, the whole way: VBA Sub in the document → SeRun → Python → changed cells, files, one sentence."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from datetime import date
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING

import docx
import pdfplumber
import pytest
import xlwings as xw
from python_calamine import CalamineWorkbook

from tests.addin.snapshots import changed, everything
from tests.libreoffice.forms import (
    NAME,
    PASTED,
    add_in,
    cell,
    files,
    opened,
    press,
    sample_form,
    sound_form,
)
from tests.workbook.patching import filled, layout, sound
from xl_selfeval.addin import commands, functions, pressing
from xl_selfeval.addin.diagnosis import FILE
from xl_selfeval.addin.marks import MARKER
from xl_selfeval.assessment import assess
from xl_selfeval.editions.ribbon import PREFIX, buttons
from xl_selfeval.next_year import next_year
from xl_selfeval.workbook.layout import INDICATORS
from xl_selfeval.workbook.reader import read_workbook
from xl_selfeval.workbook.sheets import FINDINGS_TITLE, GUIDE_TITLE, RECORD_TITLE

if TYPE_CHECKING:
    from tests.libreoffice.engine.live import Live

pytestmark = pytest.mark.office

UNIT = "青禾县图书馆"
EXPORTS = {
    "export_report": (f"{UNIT}2023年度自评报告.docx", "Word 报告已写到“"),
    "export_table": (f"{UNIT}2023年度自评得分表.xlsx", "自评表已写到“"),
    "hand_in": (f"{UNIT}2023年度自评表（上报）.xlsx", "上报文件已写到“"),
    "next_year": (f"{UNIT}2024年度自评表.xlsx", "下一年度的工作簿已写到“"),
}


@pytest.fixture(scope="module")
def exported(live_office: Live) -> dict[str, Path]:
    """What the buttons that write files wrote beside the sound form, which none of them changes; by command."""
    book = opened(live_office, sound_form())
    cells = [sheet.used_range.formula for sheet in book.sheets]
    made: dict[str, Path] = {}
    for command, (name, told) in EXPORTS.items():
        (sentence,) = press(live_office, book, command)
        made[command] = Path(book.fullname).parent / name
        assert sentence.startswith(f"{told}{made[command]}”。")
        assert files(book) == {file.name for file in made.values()}
        assert (live_office.app.status_bar, live_office.app.screen_updating) == (False, True)
    assert [sheet.used_range.formula for sheet in book.sheets] == cells
    live_office.rest()
    return made


def words(file: Path) -> str:
    """All words of a Word file, without spaces."""
    document = docx.Document(str(file))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "".join("".join([*(paragraph.text for paragraph in document.paragraphs), *cells]).split())


def test_no_button_is_left_out_here() -> None:
    tests = [name for name in globals() if name.startswith("test_")]
    assert [command for command in buttons() if not any(f"_{command}_" in test for test in tests)] == []


def test_every_button_on_a_sheet_runs_the_sub_of_its_caption(live: Live) -> None:
    document = opened(live, sound_form()).impl.uno
    subs = {button.label: button.macro for button in buttons().values()}
    seen = 0
    for sheet in document.Sheets:
        for form in sheet.DrawPage.Forms:
            for number in range(form.Count):
                (event,) = form.getScriptEvents(number)
                assert f".{subs[form.getByIndex(number).Label]}?" in event.ScriptCode
                assert document.getScriptProvider().getScript(event.ScriptCode) is not None
                seen += 1
    assert seen > len(buttons())


# --- 填报 -------------------------------------------------------------------------------------------------------------


def test_check_and_clear_marks_on_the_sample_that_is_handed_out(live: Live, tmp_path: Path) -> None:
    book = opened(live, sample_form())
    found = assess(Path(book.fullname)).findings
    before = everything(book, tmp_path)
    live.app.status_bar = "就绪"
    (sentence,) = press(live, book, "check")
    assert sentence.startswith("发现错误9项、警告42项、提示6项。总分98.57分，等级：优秀。已在“检查结果”表列出")
    page = book.sheets[FINDINGS_TITLE]
    rows = page.range((4, 1), (3 + len(found), 6)).value
    assert [(row[1], row[2], row[4]) for row in rows] == [(f.severity.label, f.code, f.message) for f in found]
    assert page.range((4 + len(found), 1)).value is None
    places = {str(row[3]) for row in rows} - {"整份自评"}
    marked = [note for sheet in book.sheets for note in sheet.notes if note.text.startswith(MARKER)]
    assert {f"{n.location.sheet.name} {n.location.get_address(False, False)}" for n in marked} == places
    assert live.status == ["就绪", "绩效自评：正在检查……", "就绪"]
    assert book.sheets.active == page
    (sentence,) = press(live, book, "clear_marks")
    assert sentence == "已清除57处标记，填写的内容没有改动。"
    assert changed(before, everything(book, tmp_path)) == []
    assert live.person.modes == ["info", "info"]
    assert files(book) == set()


def test_check_praises_a_form_without_a_fault_and_clear_marks_finds_none(live: Live) -> None:
    book = opened(live, sound_form())
    assert press(live, book, "check") == ["没有发现问题。总分98.20分，等级：优。"]
    assert book.sheets[FINDINGS_TITLE]["A2"].value == "没有发现问题。"
    assert not any(sheet.notes for sheet in book.sheets)
    assert press(live, book, "clear_marks") == ["没有需要清除的标记。"]


def test_normalise_changes_nothing_when_the_person_declines_and_rewrites_when_they_agree(
    live: Live, tmp_path: Path
) -> None:
    book = opened(live, sound_form())
    for dotted, typed in PASTED.items():
        cell(book, dotted).value = typed
    book.sheets["指标评分"].activate()
    before = everything(book, tmp_path)
    live.answer("no", "yes")
    assert press(live, book, "normalise")[1] == "没有改动任何单元格"
    assert changed(before, everything(book, tmp_path)) == []
    assert book.sheets.active.name == "指标评分"
    question, told = press(live, book, "normalise")
    assert question.startswith("有2处可以规范") and "收支决算 B5 本年收支总计：325.5万元 → 325.5" in question
    assert told.startswith("已规范2处数据")
    assert [cell(book, dotted).value for dotted in PASTED] == ["80000", 325.5]
    listed = book.sheets[RECORD_TITLE].range("A4:E5").value
    assert [row[2:] for row in listed] == [["325.5万元", "325.5", "已改"], ["≥80000人次", "80000", "已改"]]


def test_add_rows_adds_them_below_the_selected_cell(live: Live) -> None:
    book = opened(live, sound_form())
    page, table = book.sheets["指标评分"], layout().table(INDICATORS)
    first, name = table.top + 2, table.column("name") + 1
    page.activate()
    page.range((first, name)).select()
    second = page.range((first + 1, name)).value
    (sentence,) = press(live, book, "add_rows")
    assert f"第{first + 1}行起增加5个空行" in sentence
    assert [page.range((first + n, name)).value for n in range(1, 7)] == [None] * 5 + [second]
    assert str(page.range((first + 1, table.column("@points") + 1)).formula).startswith("=")
    assert page.api.ProtectContents


# --- 报告, 汇总 -------------------------------------------------------------------------------------------------------


def test_export_report_writes_a_word_file_that_names_the_unit(exported: dict[str, Path]) -> None:
    text = words(exported["export_report"])
    assert UNIT in text and "98.20" in text and "2023" in text


def test_export_table_writes_the_official_table(exported: dict[str, Path]) -> None:
    sheet = CalamineWorkbook.from_path(str(exported["export_table"])).get_sheet_by_index(0)
    shown = [value for row in sheet.to_python() for value in row]
    assert UNIT in "".join(map(str, shown)) and 98.2 in shown


def test_hand_in_writes_the_same_entries_without_macros(exported: dict[str, Path]) -> None:
    assert read_workbook(exported["hand_in"]).submission == sound()
    with zipfile.ZipFile(exported["hand_in"]) as package:
        assert not [name for name in package.namelist() if "vba" in name.lower()]


def test_next_year_writes_next_years_form(exported: dict[str, Path]) -> None:
    made = read_workbook(exported["next_year"]).submission
    assert made == next_year(sound())
    assert made.fiscal_year == 2024


def test_export_pdf_writes_the_report_twice_and_keeps_an_older_one(live: Live) -> None:
    book = opened(live, sound_form())
    stem = f"{UNIT}2023年度自评报告"
    pdf = Path(book.fullname).parent / f"{stem}.pdf"
    pdf.write_text("上一次的")
    (sentence,) = press(live, book, "export_pdf")
    (kept,) = files(book) - {f"{stem}.docx", f"{stem}.pdf"}
    assert "Word 报告已写到“" in sentence and f"PDF已写到“{pdf}”。原有的同名文件改名为“{kept}”。" in sentence
    assert kept.startswith(f"{stem}（旧 {date.today():%Y-%m-%d}") and pdf.with_name(kept).read_text() == "上一次的"
    with pdfplumber.open(pdf) as pages:
        assert UNIT in "".join((pages.pages[0].extract_text() or "").split())


# --- 帮助 -------------------------------------------------------------------------------------------------------------


def test_guide_goes_to_the_first_sheet(live: Live) -> None:
    book = opened(live, sound_form())
    book.sheets["指标评分"].activate()
    assert press(live, book, "guide") == []
    assert book.sheets.active.name == GUIDE_TITLE


def test_diagnose_lists_what_a_helper_asks_for(live: Live, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    book = opened(live, sound_form())
    (sentence,) = press(live, book, "diagnose")
    assert sentence.startswith("诊断：全部正常\n") and "带宏的工作簿（.xlsm）" in sentence
    assert sentence.endswith(f"全文已写到“{tmp_path / FILE}”，可发给维护人员")
    assert NAME in (tmp_path / FILE).read_text(encoding="utf-8-sig")


def test_reconnect_lets_the_cells_ask_python_again(live: Live, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []
    monkeypatch.setattr(functions, "SE_SCORE", counted(functions.SE_SCORE, asked))
    book = opened(live, sound_form())
    book.impl.uno.calculateAll()
    assert asked == []  # when the form opened, there was no Python
    assert press(live, book, "reconnect") == []
    book.impl.uno.calculateAll()  # which Excel is told by CalculateFull; LibreOffice's macros have none
    assert len(asked) >= len(list(sound().indicators()))


def counted(function: Callable[..., object], asked: list[object]) -> Callable[..., object]:
    @wraps(function)
    def counting(*arguments: object) -> object:
        asked.append(arguments)
        return function(*arguments)

    return counting


# --- what holds for all -----------------------------------------------------------------------------------------------


def test_the_add_in_serves_a_form_without_macros(live: Live) -> None:
    addin = live.open(add_in(), "xl_selfeval.xlsm", prepared=False)
    form = live.open(filled(), "自评 表.xlsx")
    cell(form, "unit.name").value = None
    (sentence,) = press(live, addin, "check")
    assert sentence.startswith("发现错误")
    assert form.sheets[FINDINGS_TITLE]["C4"].value == "REQ01"
    assert [sheet.name for sheet in addin.sheets if sheet.visible] == ["绩效自评"]


def test_without_python_no_button_does_anything(live: Live, tmp_path: Path) -> None:
    """What is said instead, VBA says (tests/editions); here a box that nobody sees is closed at once."""
    book = opened(live, sound_form())
    before = everything(book, tmp_path)
    live.python = False
    for command in buttons().keys() - {"guide"}:
        assert press(live, book, command) == []
    assert changed(before, everything(book, tmp_path)) == []
    assert files(book) == set()
    live.python = True
    assert press(live, book, "clear_marks") == ["没有需要清除的标记。"]


def test_a_button_pressed_while_another_works_is_refused_by_the_macro(
    live: Live, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = opened(live, sound_form())

    def impatient(open_book: xw.Book) -> str:
        live.run(open_book, buttons()["export_table"].macro)
        return "完成"

    monkeypatch.setattr(pressing, "COMMANDS", {**commands.COMMANDS, "check": impatient})
    assert press(live, book, "check") == ["完成"]
    assert files(book) == set()
    press(live, book, "export_table")
    assert files(book) == {EXPORTS["export_table"][0]}


def test_every_button_that_is_no_macros_own_has_a_command() -> None:
    assert buttons().keys() - commands.COMMANDS.keys() == {"guide", "reconnect"}
    assert all(not command.startswith(PREFIX) for command in commands.COMMANDS)
