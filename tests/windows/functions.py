"""Checks of the functions: with Python equal to Python, without it Excel's own formulas, and how they are saved."""

from __future__ import annotations

import importlib
import shutil
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from decimal import Decimal
from pathlib import Path
from typing import Any

from tests.windows import packages
from tests.windows.books import layout_in
from tests.windows.buttons import ADDIN, assessed
from tests.windows.desk import Desk
from tests.windows.outcome import Untested, expect
from xl_selfeval.workbook.layout import INDICATORS

Argument = str | float | None

SCORED = ("≥", "不低于100平方米", "平方米", 80, None, None, None, 10, None, "mof-2020", 2023)
CASES: Mapping[str, Sequence[tuple[Argument, ...]]] = {
    "SE_SCORE": [
        SCORED,
        ("≥", 90, "%", 95, None, None, None, 8, None, "mof-2020", 2023),
        ("时限", "9月前", None, "2023-08-30", None, None, None, 5, None, "mof-2020", 2023),
        ("≥", "若干", None, 3, None, None, None, 5, None, "mof-2020", 2023),
    ],
    "SE_EXPLAIN": [SCORED],
    "SE_CHECK": [
        (
            "产出指标",
            "数量指标",
            "培训人次",
            "≥",
            100,
            "人次",
            80,
            None,
            10,
            None,
            "",
            "",
            None,
            None,
            "",
            "mof-2020",
            2023,
        ),
        (
            "产出指标",
            "社会效益指标",
            "",
            "≥",
            "若干",
            None,
            None,
            None,
            10,
            11,
            "",
            "",
            None,
            None,
            "",
            "mof-2020",
            2023,
        ),
    ],
    "SE_TARGET": [("不低于100平方米", None, 2023), ("≥90％", None, None), ("3000人次以上", None, None)],
    "SE_OPERATOR": [("不低于100平方米", 2023), ("95-105", None)],
    "SE_VALUE": [("不低于100平方米", 2023), ("95-105", None), ("9月前", 2023)],
    "SE_UNIT": [("不低于100平方米", 2023)],
    "SE_RATE": [(87.5, 100), (1, 0), (None, 100)],
    "SE_RATE_POINTS": [(87.5, 100, "mof-2020")],
    "SE_GRADE": [(90, "mof-2020"), (59.99, "mof-2020")],
    "SE_VERSION": [()],
}
"""Calls of every function, among them those that native formulas cannot answer."""

UNKNOWN_RULEBOOK = '=SE_GRADE(90,"没有这个办法")'
NA_ERROR = -2146826246  # #N/A as COM gives it
ERRORS = (-2146826288, -2146826246)  # from #NULL! to #N/A
SLOWEST = 5  # seconds for all formulas of a form where there is no Python
SLOWEST_START = 40  # seconds for the first answer, which starts Python


def formula(name: str, arguments: Sequence[Argument]) -> str:
    """The formula of one call, e.g. =SE_UNIT("不低于100平方米",2023); nothing given stays empty between its commas."""
    return f"={name}({','.join(map(_written, arguments))})"


def _written(argument: Argument) -> str:
    if argument is None:
        return ""
    return '"' + argument.replace('"', '""') + '"' if isinstance(argument, str) else repr(argument)


def by_python(name: str, arguments: Sequence[Argument]) -> str | float:
    """What the function gives in Python itself."""
    module = importlib.import_module("xl_selfeval.addin.functions")
    answer: str | float = getattr(module, name)(*arguments)
    return answer


def same(shown: object, expected: object) -> bool:
    """Whether a cell shows what Python gives: numbers to the digits that a cell holds, texts to the letter."""
    if isinstance(expected, int | float) and isinstance(shown, int | float):
        return abs(Decimal(repr(float(shown))) - Decimal(repr(float(expected)))) < Decimal("1e-9")
    return ("" if shown is None else shown) == expected


def equal_python(desk: Desk, addin: Path, name: str) -> str:
    """Typed into a new workbook with the add-in loaded, a function gives what Python gives."""
    cell = scratch(desk, addin).Range("A1")
    started = time.monotonic()
    for arguments in CASES[name]:
        cell.Formula = formula(name, arguments)
        shown, expected = cell.Value, by_python(name, arguments)
        expect(same(shown, expected), f"{formula(name, arguments)} 显示 {shown!r}，Python 得 {expected!r}")
    told = desk.dialogs()
    expect(not told, "出现对话框：" + "；".join(map(str, told)))
    expect(time.monotonic() - started < SLOWEST_START, "太慢")
    return f"{len(CASES[name])}个算例与 Python 相同"


def fault_is_not_available(desk: Desk, addin: Path) -> str:
    """What no row can mend shows #N/A, and the next call is answered again only after 重新连接."""
    cell = scratch(desk, addin).Range("A1")
    cell.Formula = UNKNOWN_RULEBOOK
    expect(cell.Value == NA_ERROR, f"编号不对时应为 #N/A，实际 {cell.Value!r}")
    desk.run(f"'{ADDIN}'!SelfEval.SeReconnect")
    cell.Formula = formula("SE_VERSION", ())
    expect(same(cell.Value, by_python("SE_VERSION", ())), f"重新连接后 SE_VERSION 显示 {cell.Value!r}")
    return "编号不对为 #N/A，重新连接后恢复"


def form_equals_python(desk: Desk, edition: Path, *, fresh: bool) -> str:
    """Every row of the filled form shows the points that Python gives.

    `fresh` looks as soon as the form is open, as a person does; else everything is calculated anew before.
    """
    book = loaded(desk, edition)
    if not fresh:
        with desk.limited(SLOWEST_START * 3):
            desk.excel.CalculateFull()
    wrong, rows = [], list(rows_of(book, edition))
    for place, shown, computed in rows:
        if not same(shown, "" if computed is None else computed):
            wrong.append(f"{place} 显示 {shown!r}，Python 得 {computed!r}")
    expect(not wrong, f"{len(wrong)}行不同：" + "；".join(wrong[:3]))
    return f"{len(rows)}行得分与 Python 相同"


def native_values_stand(desk: Desk, edition: Path, *, addin: bool, first: float = SLOWEST) -> str:
    """Without Python (or without the add-in) the form shows Excel's own points, at once, each time, without a word.

    `first` are the seconds that the first calculation may take, which may have tried to start Python.
    """
    book = loaded(desk, edition) if addin else desk.open(desk.copy(edition))
    seconds = []
    for _ in range(3):
        started = time.monotonic()
        with desk.limited(60):
            desk.excel.CalculateFull()
        seconds.append(time.monotonic() - started)
    told_times = "、".join(f"{one:.1f}" for one in seconds)
    expect(seconds[0] < first, f"第一次全部重算用了{seconds[0]:.1f}秒，应在{first:g}秒以内")
    expect(max(seconds[1:]) < SLOWEST, f"再次重算应在{SLOWEST}秒以内，三次用了{told_times}秒")
    told = desk.dialogs()
    expect(not told, "出现对话框：" + "；".join(map(str, told)))
    rows = list(rows_of(book, edition))
    errors = [place for place, shown, _ in rows if is_error(shown)]
    expect(not errors, f"显示错误值：{'、'.join(errors[:8])}")
    numbers = [(place, shown, computed) for place, shown, computed in rows if isinstance(shown, int | float)]
    wrong = [
        f"{place} 显示 {shown!r}，应为 {computed!r}" for place, shown, computed in numbers if not same(shown, computed)
    ]
    expect(bool(numbers), "没有一行有得分")
    expect(not wrong, "；".join(wrong[:5]))
    return f"{len(numbers)}行由 Excel 自己计分，三次全部重算用了{told_times}秒"


def rows_of(book: Any, edition: Path) -> Iterator[tuple[str, Any, float | None]]:
    """Each indicator row: the address of its computed points, what it shows, and what Python computes."""
    result = assessed(edition)
    for row in result.card.rows:
        spot = result.places[row.path]._replace(col=layout_in(edition).table(INDICATORS).column("@computed"))
        shown = book.Worksheets(spot.sheet).Range(spot.a1).Value
        yield spot.a1, shown, None if row.computed is None else float(row.computed)


def is_error(shown: object) -> bool:
    """Whether a cell shows #N/A, #NAME? or another error, which COM gives as a number of its own."""
    return isinstance(shown, int) and ERRORS[0] <= shown <= ERRORS[1]


def kept_without_a_place(desk: Desk, edition: Path, *, library: bool) -> str:
    """Saved with the add-in loaded, the formulas name the functions alone, so that another PC finds them in its own.

    `library` loads the add-in from Excel's own folder for add-ins, as it is installed; else from an ordinary folder.
    """
    source = edition.with_name(ADDIN)
    place = Path(desk.excel.UserLibraryPath) / ADDIN if library else desk.folder / ADDIN
    already = place.exists()
    if library and already and place.read_bytes() != source.read_bytes():
        raise Untested(f"“{place}”是另一个版本的加载项，请先移走")
    if not already:
        shutil.copyfile(source, place)
    try:
        return _saved_again(desk, edition, place)
    finally:
        if library and not already:
            with suppress(Exception):  # it was never opened
                desk.excel.Workbooks(ADDIN).Close(False)
            place.unlink()


def _saved_again(desk: Desk, edition: Path, addin: Path) -> str:
    target = desk.folder / f"另存-{edition.name}"
    desk.open(addin)
    book = desk.open(desk.copy(edition))
    sheet = desk.excel.Workbooks.Add()
    sheet.Worksheets(1).Range("A1").Formula = formula("SE_VERSION", ())
    typed = desk.folder / "手输函数.xlsx"
    for one, path in ((book, target), (sheet, typed)):
        path.unlink(missing_ok=True)
        with desk.limited(120):
            desk.excel.CalculateFull()
            one.SaveAs(str(path), 51)  # xlOpenXMLWorkbook
            one.Close(False)
    for path in (target, typed):
        bound, links = packages.bound_to_a_place(path), packages.outside_links(path)
        expect(packages.calls(path) > 0, f"“{path.name}”中没有自评函数")
        expect(not bound, f"“{path.name}”有{len(bound)}个公式带着加载项的位置，例如 {bound and bound[0][:60]}")
        expect(not links, f"“{path.name}”链接到别的文件：{links}")
    return f"公式只写函数名，不带加载项的位置（加载项在“{addin.parent}”）"


def scratch(desk: Desk, addin: Path) -> Any:
    """An empty sheet of a new workbook, with the add-in loaded; one for all functions."""
    if "scratch" not in desk.state:
        desk.open(desk.copy(addin))
        desk.state["scratch"] = desk.excel.Workbooks.Add()
    desk.state["scratch"].Activate()
    return desk.state["scratch"].Worksheets(1)


def loaded(desk: Desk, edition: Path) -> Any:
    """The edition open, with the add-in beside it where it has no macros of its own."""
    if edition.suffix == ".xlsx":
        desk.open(desk.copy(edition.with_name(ADDIN)))
    book = desk.open(desk.copy(edition))
    book.Activate()
    return book
