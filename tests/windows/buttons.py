"""Checks of the buttons: each is pressed as Excel presses it, says what it should and writes what it should."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from tests.windows.desk import Desk
from tests.windows.dialogs import OLE_BUSY, VBA_TITLE, Dialog
from tests.windows.outcome import Outcome, Untested, Verdict, expect
from tests.windows.packages import kind_of
from xl_selfeval.assessment import assess
from xl_selfeval.checks import Severity
from xl_selfeval.editions.ribbon import PREFIX, buttons
from xl_selfeval.workbook.layout import INDICATORS, Spot
from xl_selfeval.workbook.sheets import FINDINGS_TITLE, GUIDE_TITLE, RECORD_TITLE

MOST_MARKS = 60  # cells whose colours are compared; each is a call into Excel
SLOW = 25  # seconds that a message stays up, longer than Excel waits for another program before it complains
ADDIN = "xl_selfeval.xlam"
MESSY = "≥１００"


@dataclass(frozen=True)
class Expected:
    """What a press leads to: the last message fits `says` ("" for none), and files of these kinds are written."""

    says: str
    files: tuple[str, ...] = ()


EXPECTED: Mapping[str, Expected] = {
    "check": Expected("总分"),
    "clear_marks": Expected("已清除|没有需要清除的标记"),
    "normalise": Expected("已规范"),
    "add_rows": Expected("行"),
    "export_report": Expected("Word 报告已写到", ("docx",)),
    "export_pdf": Expected("PDF已写到", ("docx", "pdf")),
    "export_table": Expected("自评表已写到", ("xlsx",)),
    "hand_in": Expected("上报文件已写到", ("xlsx",)),
    "next_year": Expected("下一年度的工作簿已写到", ("xlsx",)),
    "guide": Expected(""),
    "diagnose": Expected("诊断：.*正常"),
    "reconnect": Expected("已重新连接"),
}
"""Every button of the ribbon, in the order in which they are pressed on one open book."""

Press = Callable[[Desk, Any, str], "list[Dialog]"]


def by_sub(desk: Desk, book: Any, command: str) -> list[Dialog]:
    """Press as the button on a sheet does: its own Sub in the workbook's project."""
    return desk.run(f"'{book.Name}'!{buttons()[command].macro}")[1]


def by_ribbon(desk: Desk, book: Any, command: str) -> list[Dialog]:
    """Press as the ribbon does: the add-in's callback with the button as its argument."""
    return desk.run(f"'{ADDIN}'!SelfEval.SeRibbon", control(PREFIX + command))[1]


def control(name: str) -> Any:
    """What the ribbon hands to a callback, as far as ours asks it: an object that knows its id."""
    import win32com.server.util

    class Control:
        _public_methods_: Sequence[str] = ()
        _public_attrs_ = ("ID",)
        ID = name

    return win32com.server.util.wrap(Control())


def pressed(desk: Desk, edition: Path, command: str, press: Press) -> str:
    """One button does what it should, without complaint of VBA, and says it in Chinese."""
    book = prepared(desk, edition)
    if command == "normalise":  # something to put right, so that it asks
        messy = messy_cell(edition)
        book.Worksheets(messy.sheet).Range(messy.a1).Value = MESSY
    before = desk.files()
    told = press(desk, book, command)
    fault = next((dialog for dialog in told if dialog.title.startswith(VBA_TITLE)), None)
    expect(fault is None, f"VBA 出错：{fault}")
    wanted = EXPECTED[command]
    said = told[-1].text if told else ""
    if wanted.says:
        expect(bool(re.search(wanted.says, said, re.DOTALL)), f"应说“{wanted.says}”，实际：{said or '没有消息'}")
    else:
        expect(not told, f"不应有消息，实际：{said}")
    strange = [dialog for dialog in told if not (dialog.is_ours and dialog.is_chinese)]
    expect(not strange, "有不该出现的对话框：" + "；".join(map(str, strange)))
    kinds = sorted(kind_of(file) for file in desk.files() - before)
    expect(
        all(kind in kinds for kind in wanted.files), f"应写出{'、'.join(wanted.files)}，实际新文件：{kinds or '没有'}"
    )
    if command == "guide":
        expect(
            desk.excel.ActiveSheet.Name == GUIDE_TITLE, f"应转到“{GUIDE_TITLE}”，现在在“{desk.excel.ActiveSheet.Name}”"
        )
    return said.splitlines()[0][:120] if said else f"转到“{GUIDE_TITLE}”"


def messy_cell(edition: Path) -> Spot:
    """The first target that is a plain number; `MESSY` fits in its place."""
    result = assessed(edition)
    path = next(p for p, one in result.submission.indicators() if one.target.isdecimal())
    spot: Spot = result.places[(*path, "target")]
    return spot


def prepared(desk: Desk, edition: Path) -> Any:
    """The book in front, a cell of the indicator table selected, as a person's is who presses."""
    book = desk.open(desk.copy(edition))
    book.Activate()
    if edition.suffix == ".xlsx":
        desk.open(desk.copy(edition.with_name(ADDIN)))
        book.Activate()
    table = next(spot for path, spot in assessed(edition).places.items() if path == INDICATORS)
    sheet = book.Worksheets(table.sheet)
    sheet.Activate()
    sheet.Range(Spot(table.sheet, table.row + 1, table.col + 3).a1).Select()
    return book


@cache
def assessed(edition: Path) -> Any:
    """What the program makes of the file itself."""
    return assess(edition)


def marks_come_and_go(desk: Desk, edition: Path, press: Press) -> str:
    """检查 colours the cells of its findings; 清除标记 gives back exactly what stood there."""
    book = prepared(desk, edition)
    press(desk, book, "clear_marks")
    cells = [spot for spot in marked_cells(edition) if is_plain(book, spot)]
    expect(bool(cells), "样表没有可以看的错误和警告")
    before, colours = surface(book), [colour(book, spot) for spot in cells]
    press(desk, book, "check")
    painted = [colour(book, spot) for spot in cells]
    bare = [spot.a1 for spot, old, new in zip(cells, colours, painted, strict=True) if old == new]
    expect(not bare, f"检查后没有变色：{'、'.join(bare[:8])}（共{len(bare)}处）")
    with suppress(Untested):  # without Pillow the colours are compared all the same
        desk.picture(f"{edition.suffix[1:]}-检查后")
    press(desk, book, "clear_marks")
    left = [spot.a1 for spot, old in zip(cells, colours, strict=True) if colour(book, spot) != old]
    expect(not left, f"清除后颜色没有还原：{'、'.join(left[:8])}")
    after = surface(book)
    changed = [f"{key}" for key in before.keys() | after.keys() if before.get(key) != after.get(key)]
    expect(not changed, f"清除后内容或批注与检查前不同：{'、'.join(sorted(changed)[:8])}")
    return f"{len(cells)}处变色，清除后全部还原"


def marked_cells(edition: Path) -> list[Spot]:
    """The cells of errors and warnings, each once."""
    result = assessed(edition)
    spots = [result.spot(found) for found in result.findings if found.severity is not Severity.NOTE]
    return list(dict.fromkeys(spot for spot in spots if spot))[:MOST_MARKS]


def surface(book: Any) -> dict[str, Any]:
    """Formulas and notes of every sheet but the lists that commands write."""
    found: dict[str, Any] = {}
    for sheet in book.Worksheets:
        if sheet.Name not in (FINDINGS_TITLE, RECORD_TITLE):
            found[sheet.Name] = sheet.UsedRange.Formula
            found |= {f"{sheet.Name}{note.Parent.Address}": note.Text() for note in sheet.Comments}
    return found


def is_plain(book: Any, spot: Spot) -> bool:
    """Whether no rule of the form colours the cell already, as it does where something required is missing."""
    return bool(book.Worksheets(spot.sheet).Range(spot.a1).Interior.Color == colour(book, spot))


def colour(book: Any, spot: Spot) -> Any:
    """The colour that a person sees in a cell, conditional formats and all."""
    return book.Worksheets(spot.sheet).Range(spot.a1).DisplayFormat.Interior.Color


def a_message_may_stay(desk: Desk, edition: Path, press: Press) -> str:
    """A message that stays up as long as a person takes to read it brings no complaint of Excel about waiting."""
    book = prepared(desk, edition)
    with desk.patient(SLOW):
        told = press(desk, book, "diagnose")
    waiting = [dialog for dialog in told if dialog.speaks_of(OLE_BUSY)]
    expect(not waiting, f"消息开着{SLOW}秒时，Excel 提示在等待其他程序：{waiting and waiting[0]}")
    return f"消息开着{SLOW}秒，没有别的提示"


def says_python_is_missing(desk: Desk, edition: Path, press: Press) -> str:
    """Without Python a button says so in one Chinese sentence, at once, and changes nothing."""
    import time

    book = prepared(desk, edition)
    before, started = surface(book), time.monotonic()
    told = press(desk, book, "check")
    took = time.monotonic() - started
    expect(len(told) == 1, f"应只有一条消息，实际{len(told)}条：" + "；".join(map(str, told)))
    expect("没有找到" in told[0].text and told[0].is_chinese, f"应说没有找到 Python，实际：{told[0]}")
    expect(took < 10, f"过了{took:.0f}秒才说")
    expect(surface(book) == before, "工作簿有改动")
    return f"{took:.1f}秒：{told[0].text.splitlines()[0]}"


def says_python_is_broken(desk: Desk, edition: Path, press: Press) -> Outcome:
    """With a Python that cannot load the program, the last message is ours and Chinese; xlwings' own comes before."""
    book = prepared(desk, edition)
    before = surface(book)
    told = press(desk, book, "check")
    expect(bool(told), "没有消息")
    expect(told[-1].is_chinese, f"最后一条消息不是中文：{told[-1]}")
    expect(surface(book) == before, "工作簿有改动")
    foreign = [dialog for dialog in told if not dialog.is_chinese]
    more = f"；此前有{len(foreign)}条英文消息（xlwings 的错误框）" if foreign else ""
    return Outcome(Verdict.PASSED, told[-1].text.splitlines()[0] + more)


def refuses_a_strange_book(desk: Desk, edition: Path, press: Press) -> str:
    """On a workbook that is not ours the button says so and changes nothing."""
    prepared(desk, edition)
    strange = desk.excel.Workbooks.Add()
    strange.Worksheets(1).Range("A1").Value = "考勤"
    strange.Activate()
    told = press(desk, desk.open(desk.copy(edition)), "check")
    used = strange.Worksheets(1).UsedRange.Address
    strange.Close(False)
    expect(bool(told) and "不是" in told[-1].text, f"应说不是自评表，实际：{told[-1] if told else '没有消息'}")
    expect(used == "$A$1", f"陌生的工作簿被改动：{used}")
    return told[-1].text.splitlines()[0]
