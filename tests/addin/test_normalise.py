"""规范数据 on an open workbook: listed, asked, written; all as it was when the person says no or something fails."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path as FilePath
from random import Random
from typing import TYPE_CHECKING

import pytest
import xlwings as xw

from tests.libreoffice.random_rows import odd_rows
from tests.workbook.patching import filled, path_of, places, sound
from xl_selfeval.addin import normalise
from xl_selfeval.addin.commands import COMMANDS
from xl_selfeval.addin.livebook import live_cells, read_live
from xl_selfeval.addin.person import CancelledError
from xl_selfeval.assessment import judge
from xl_selfeval.model import WorkItem
from xl_selfeval.rulebook import find_rulebook
from xl_selfeval.workbook.layout import INDICATORS
from xl_selfeval.workbook.sheets import RECORD_TITLE
from xl_selfeval.workbook.summary import TOTAL
from xl_selfeval.workbook.template import build_workbook, layout_of

if TYPE_CHECKING:
    from tests.libreoffice.engine.live import Live

pytestmark = pytest.mark.office

ROW, OTHER = "items.0.indicators.0", "items.0.indicators.1"
DEADLINE = "items.1.indicators.1"
PASTED = {
    f"{ROW}.operator": None,
    f"{ROW}.target": "≥90％",
    f"{ROW}.unit_of_measure": None,
    f"{ROW}.actual": "８５.5％",
    f"{OTHER}.target": "12场",
    f"{OTHER}.max_points": "6分",
    "finance.total": "325.5万元",
    "report_date": "2024年4月10日",
    "unit.name": " 青禾县图书馆 ",
}


def cell(book: xw.Book, dotted: str) -> xw.Range:
    spot = places()[path_of(dotted)]
    return book.sheets[spot.sheet].range((spot.row + 1, spot.col + 1))


def opened(live: Live, pasted: Mapping[str, object] = PASTED) -> xw.Book:
    """The sound sample with some cells as people paste them, 指标评分 in front."""
    book = live.open(filled())
    for dotted, value in pasted.items():
        cell(book, dotted).value = value
    book.sheets["指标评分"].activate()
    return book


def held(book: xw.Book) -> dict[str, object]:
    """All that stands in the workbook but in the list, and how the pasted cells show it."""
    grids = {title: grid for title, grid in live_cells(book).grids.items() if title != RECORD_TITLE}
    return {**grids, **{dotted: cell(book, dotted).number_format for dotted in PASTED}}


def listed(book: xw.Book) -> list[list[object]]:
    """The rows of 规范记录 that are filled."""
    rows = book.sheets[RECORD_TITLE].range("A4:E60").value
    return [row for row in rows if any(value is not None for value in row)]


def test_what_was_pasted_is_listed_before_and_after(live: Live) -> None:
    book = opened(live)
    normalise.preview(book, normalise.proposals(book))
    assert book.sheets.active.name == RECORD_TITLE
    assert listed(book) == [
        ["基本情况 E5", "报告日期", "2024年4月10日", "2024-04-10", "拟改"],
        ["基本情况 B6", "单位全称", " 青禾县图书馆 ", "青禾县图书馆", "拟改"],
        ["收支决算 B5", "本年收支总计", "325.5万元", "325.5", "拟改"],
        ["指标评分 E10", "符号", None, "≥", "拟改"],
        ["指标评分 F10", "年度指标值", "≥90％", "90", "拟改"],
        ["指标评分 G10", "计量单位", None, "%", "拟改"],
        ["指标评分 H10", "实际完成值", "８５.5％", "85.5", "拟改"],
        ["指标评分 F11", "年度指标值", "12场", "12", "拟改"],
        ["指标评分 J11", "分值", "6分", "6", "拟改"],
    ]
    assert "HYPERLINK(" in str(book.sheets[RECORD_TITLE]["A4"].formula)


def test_the_question_names_the_first_dozen(live: Live) -> None:
    changes = normalise.proposals(opened(live))
    question = normalise.question(changes * 2)
    assert question.startswith("有18处可以规范")
    assert "指标评分 F10 年度指标值：≥90％ → 90\n" in question
    assert "指标评分 E10 符号：（空） → ≥\n" in question
    assert question.count("→") == 12
    assert "其余6处" in question


def test_the_list_is_written_in_one_go_and_nothing_else_is_touched(live: Live) -> None:
    book = opened(live)
    changes, before = normalise.proposals(book), held(book)
    live.calls.reset()
    normalise.preview(book, changes)
    assert set(live.calls.writes) == {RECORD_TITLE}
    few = live.calls.writes[RECORD_TITLE]
    live.calls.reset()
    normalise.preview(book, changes * 5)
    assert live.calls.writes[RECORD_TITLE] == few + 1  # the older list is cleared first
    assert held(book) == before


def test_yes_rewrites_the_cells_and_the_sheet_reads_them(live: Live) -> None:
    book = opened(live)
    was = judge(read_live(book), FilePath(book.name)).card
    live.answer("yes")
    told = COMMANDS["normalise"](book)
    assert told.startswith("已规范9处数据")
    assert [row[-1] for row in listed(book)] == ["已改"] * 9
    assert [cell(book, f"{ROW}.{key}").value for key in ("operator", "target", "unit_of_measure", "actual")] == [
        "≥",
        "90",
        "%",
        "85.5",
    ]
    assert cell(book, f"{OTHER}.max_points").value == 6
    assert cell(book, "finance.total").value == 325.5
    assert cell(book, "report_date").value == datetime(2024, 4, 10)
    assert cell(book, "unit.name").value == "青禾县图书馆"
    assert judge(read_live(book), FilePath(book.name)).card.total == was.total
    assert total_shown(book) == float(was.total)
    assert normalise.proposals(book) == []


def test_the_sheets_own_formulas_read_every_rewritten_row_as_python_does(live: Live) -> None:
    rows = Random(5).sample(odd_rows(), 60)
    pairs = [("≥90％", "92％"), ("3000人次以上", "2900人次"), ("95％至105％", "９０%"), ("不超过60万元", "75.5万元")]
    pairs += [
        ("2023年11月底前", "2023年12月20日完成"),
        ("４-8天", "9天"),
        ("不低于100㎡", "80平方米"),
        ("1,290次", "645次"),
    ]
    rows += [rows[0].model_copy(update={"operator": None, "target": t, "actual": a}) for t, a in pairs]
    form = sound().model_copy(update={"items": [WorkItem(name="任务", indicators=rows)]})
    book = live.open(build_workbook(find_rulebook(form.rulebook), form))
    changes = normalise.proposals(book)
    assert normalise.write(book, changes) == len(changes) > 40
    judged = judge(read_live(book), FilePath(book.name))
    told = {found.path[:4] for found in judged.findings if found.code == "CEL13"}  # what was doubtful stays unread
    table = layout_of(find_rulebook(form.rulebook), form).table(INDICATORS)
    places_of_rows = {table.top + 1 + n: row for n, row in enumerate(judged.card.rows)}
    rewritten = {change.spot.row for change in changes if places_of_rows[change.spot.row].path not in told}
    scored = {row: places_of_rows[row].computed for row in rewritten}
    assert sum(points is not None for points in scored.values()) > 15
    column = table.column("@computed") + 1
    shown = {row: book.sheets["指标评分"].range((row + 1, column)).value for row in rewritten}
    assert shown == {row: None if points is None else float(points) for row, points in scored.items()}


def total_shown(book: xw.Book) -> object:
    """What the workbook's own formulas give as 总分."""
    rows = book.sheets["评价结论"].range("A1:D20").value
    return next(row[3] for row in rows if row[0] == TOTAL)


def test_no_leaves_everything_as_it_was(live: Live) -> None:
    book = opened(live)
    before = held(book)
    live.answer("no")
    with pytest.raises(CancelledError, match="没有改动任何单元格"):
        COMMANDS["normalise"](book)
    assert held(book) == before
    assert listed(book) == []
    assert book.sheets.active.name == "指标评分"
    assert not book.sheets[RECORD_TITLE].visible


def test_nothing_to_do_is_said(live: Live) -> None:
    assert COMMANDS["normalise"](opened(live, {})) == "没有需要规范的数据。"


@pytest.mark.parametrize("step", ["_put", "_tell"])
def test_a_failure_gives_every_cell_back_what_stood_there(
    live: Live, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    book = opened(live)
    cell(book, "finance.total").number_format = "@"
    changes, before = normalise.proposals(book), held(book)
    normalise.preview(book, changes)
    right, calls = getattr(normalise, step), []

    def failing(*arguments: object) -> None:
        calls.append(arguments)
        if len(calls) == (7 if step == "_put" else 1):
            raise OSError("Excel does not answer")
        right(*arguments)

    monkeypatch.setattr(normalise, step, failing)
    with pytest.raises(OSError, match="does not answer"):
        normalise.write(book, changes)
    assert held(book) == before
    assert listed(book) == []


def test_a_cell_that_has_changed_since_and_its_row_are_left(live: Live) -> None:
    book = opened(live)
    changes = normalise.proposals(book)
    normalise.preview(book, changes)
    cell(book, f"{ROW}.actual").value = "88％"
    assert normalise.write(book, changes) == 5
    assert [cell(book, f"{ROW}.{key}").value for key in ("operator", "target", "actual")] == [None, "≥90％", "88％"]
    assert [row[-1] for row in listed(book)] == ["已改"] * 3 + ["未改：单元格已变动"] * 4 + ["已改"] * 2


def test_a_formula_is_never_overwritten(live: Live) -> None:
    book = opened(live, {f"{ROW}.target": "≥80000人次"})
    formula = '="76000"&"人次"'
    for dotted in (f"{ROW}.actual", "finance.total"):
        cell(book, dotted).number_format = "General"
    cell(book, f"{ROW}.actual").formula = formula
    cell(book, "finance.total").formula = '="325"&"万元"'
    changes = normalise.proposals(book)
    assert [change.label for change in changes] == ["年度指标值"]
    normalise.preview(book, changes)
    normalise.write(book, changes)
    assert cell(book, f"{ROW}.target").value == "80000"
    assert cell(book, f"{ROW}.actual").formula == formula


def test_text_stays_text_and_numbers_become_numbers_whatever_format_was_pasted(live: Live) -> None:
    book = opened(live, {})
    for dotted, form, typed in (
        (f"{ROW}.target", "General", "4-8人次"),
        (f"{ROW}.operator", "General", "区间"),
        (f"{ROW}.unit_of_measure", "General", "人次"),
        (f"{DEADLINE}.target", "General", "2023年11月底前"),
        ("finance.total", "@", "325万元"),
        ("unit.staff", "@", "13"),
        ("report_date", "@", "20240410"),
    ):
        cell(book, dotted).number_format = form
        cell(book, dotted).value = typed
    changes = normalise.proposals(book)
    normalise.preview(book, changes)
    normalise.write(book, changes)
    texts = [cell(book, f"{row}.target").value for row in (ROW, DEADLINE)]
    assert texts == ["4-8", "2023-11-30"]  # no spreadsheet has made days of them
    assert [cell(book, path).value for path in ("finance.total", "unit.staff")] == [325, 13]
    assert cell(book, "report_date").value == datetime(2024, 4, 10)
    assert [cell(book, path).number_format for path in ("unit.staff", "report_date")] == ["0", "yyyy-mm-dd"]
    assert normalise.proposals(book) == []


def test_a_percentage_as_excel_stores_it_becomes_the_number_shown(live: Live) -> None:
    book = opened(live, {f"{ROW}.unit_of_measure": "%"})
    for key, share in (("target", 0.9), ("actual", 0.925)):
        cell(book, f"{ROW}.{key}").number_format = "0.0%"
        cell(book, f"{ROW}.{key}").value = share
    changes = normalise.proposals(book)
    normalise.write(book, changes)
    assert [cell(book, f"{ROW}.{key}").value for key in ("target", "actual")] == ["90", "92.5"]


def test_signs_that_look_like_formulas_are_only_signs(live: Live) -> None:
    book = opened(live, {f"{OTHER}.operator": "＝"})
    changes = normalise.proposals(book)
    assert normalise.write(book, changes) == 1
    assert cell(book, f"{OTHER}.operator").value == "="
    assert normalise.proposals(book) == []


def test_hidden_rows_are_rewritten_as_well(live: Live) -> None:
    book = opened(live)
    book.sheets["指标评分"].range("10:11").rows.hidden = True
    assert normalise.write(book, normalise.proposals(book)) == 9
    assert cell(book, f"{ROW}.target").value == "90"


def test_without_the_list_nothing_happens(live: Live) -> None:
    book = opened(live)
    book.sheets[RECORD_TITLE].delete()
    before = held(book)
    with pytest.raises(normalise.NormaliseError, match="没有改动任何单元格：工作簿里找不到“规范记录”表"):
        COMMANDS["normalise"](book)
    assert held(book) == before
