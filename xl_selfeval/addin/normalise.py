"""规范数据 in the open workbook: the list of what would be rewritten, and the cells, once the person agrees."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

import xlwings as xw

from xl_selfeval.addin.livebook import live_cells
from xl_selfeval.workbook import normalising
from xl_selfeval.workbook.finding_list import link_to
from xl_selfeval.workbook.layout import Kind, Spot
from xl_selfeval.workbook.look import KINDS
from xl_selfeval.workbook.normalising import Change
from xl_selfeval.workbook.reader import read_submission
from xl_selfeval.workbook.record_page import FIRST_ROW, HEADERS, NOTHING_YET, STATE_COLUMN
from xl_selfeval.workbook.sheets import RECORD_TITLE

__all__ = ["RECORD_TITLE", "NormaliseError", "preview", "proposals", "question", "withdraw", "write"]

PROPOSED, DONE, CHANGED = "拟改", "已改", "未改：单元格已变动"
NAMED = 12  # changes that the question names one by one
LONGEST, SHORT = 200, 18  # characters of a text in the list and in the question
NOTE = (FIRST_ROW - 1, 1)  # the sentence above the list, row and column from 1
TEXT, GENERAL, NOTHING = "@", "General", "（空）"


class NormaliseError(ValueError):
    """Why nothing can be listed or rewritten; a Chinese sentence with the next step. The workbook is as it was."""


def proposals(book: xw.Book) -> list[Change]:
    """What would be rewritten in `book`; never a formula. Raises UnreadableError for a workbook that is not ours."""
    cells = live_cells(book)
    reading = read_submission(cells, book.name)
    found = normalising.proposals(cells, reading)
    formulas = {change.spot for change in found if _is_formula(book, change)}
    return normalising.proposals(cells, reading, formulas) if formulas else found


def question(changes: Sequence[Change]) -> str:
    """What the person is asked: how many cells, the first of them before → after."""
    named = [f"{c.spot.sheet} {c.spot.a1} {c.label}：{_named(c.seen)} → {_named(c.meant)}" for c in changes[:NAMED]]
    rest = [f"……其余{len(changes) - NAMED}处见该表"] if len(changes) > NAMED else []
    head = f"有{len(changes)}处可以规范（只改写法，不改意思），已列在“{RECORD_TITLE}”表："
    return "\n".join([head, *named, *rest, "现在改写吗？选“否”则不作任何改动。"])


def preview(book: xw.Book, changes: Sequence[Change]) -> xw.Sheet:
    """List `changes` on the sheet 规范记录 and show it; the sheet that the person was on, for `withdraw`.

    Raises NormaliseError where that sheet is gone.
    """
    page, before = _page(book), book.sheets.active
    _empty(page)
    try:
        page.range(NOTE).value = f"共{len(changes)}处拟改。点“位置”可跳到相应单元格。"
        area = page.range((FIRST_ROW + 1, 1), (FIRST_ROW + len(changes), len(HEADERS)))
        area.value = [_row(change, PROPOSED) for change in changes]
        _show(page)
        area.rows.hidden = False  # of a list that was filtered
        area.rows.autofit()  # of a hidden sheet LibreOffice would not fit the rows
    except BaseException:
        with suppress(Exception):
            withdraw(book, before)
        raise
    return before


def withdraw(book: xw.Book, back: xw.Sheet) -> None:
    """Empty the list again and return to the sheet `back`: the person said no."""
    page = _page(book)
    _empty(page)
    back.activate()
    if page != back:
        with suppress(Exception):
            page.visible = False


def write(book: xw.Book, changes: Sequence[Change]) -> int:
    """Rewrite the cells as listed, and say so in the list; how many were. One that has changed meanwhile is left.

    When anything fails, every cell gets back what stood there, the list is emptied, and the error is raised.
    """
    page, wanted = _page(book), _as_listed(book, changes)
    kept: list[_Kept] = []
    try:
        for change in wanted:
            cell = _cell(book, change.spot)
            kept.append(_Kept(cell, change.before, cell.number_format))
            _put(cell, _as_typed(change.after), _format(change, cell.number_format))
        _tell(page, changes, wanted)
    except BaseException:
        for entry in reversed(kept):
            with suppress(Exception):  # the others must get theirs back all the same
                entry.put_back()
        with suppress(Exception):
            _empty(page)
        raise
    return len(wanted)


@dataclass(frozen=True)
class _Kept:
    """What stood in a cell before it was rewritten."""

    cell: xw.Range
    value: object
    form: str

    def put_back(self) -> None:
        _put(self.cell, self.value, self.form)


def _as_listed(book: xw.Book, changes: Sequence[Change]) -> list[Change]:
    """The changes whose cells, and those that belong together with them, hold what was listed."""
    cells = live_cells(book)
    moved = [change for change in changes if cells.value(change.spot) != change.before or _is_formula(book, change)]
    groups = {change.group for change in moved if change.group}
    return [change for change in changes if change not in moved and change.group not in groups]


def _put(cell: xw.Range, value: object, form: str) -> None:
    """Let `cell` hold exactly `value`, shown by the number format `form`.

    Excel turns a text into a number (or a day) unless the cell is a text cell while it is written, and the reverse.
    """
    empty = value in ("", None)
    if not empty and isinstance(value, str) != (cell.number_format == TEXT):
        cell.number_format = TEXT if isinstance(value, str) else GENERAL
    cell.value = None if empty else value
    if cell.number_format != form:
        cell.number_format = form


def _as_typed(after: normalising.After) -> object:
    """`after` as Excel takes it: a Decimal would arrive as an amount of money with four decimals."""
    if isinstance(after, Decimal):
        return float(after)
    return datetime(after.year, after.month, after.day) if isinstance(after, date) else after


def _format(change: Change, form: str) -> str:
    """The number format for the new value: the cell's own where it fits, else that of the template."""
    template, letters = str(KINDS[change.kind]["num_format"]), form.lower()
    if change.after == "":
        return form
    if isinstance(change.after, str):
        return TEXT
    fits = "y" in letters if change.kind is Kind.DATE else not {*"@%ymdh"} & {*letters}
    return form if fits else template


def _page(book: xw.Book) -> xw.Sheet:
    page = next((sheet for sheet in book.sheets if sheet.name == RECORD_TITLE), None)
    if page is None:
        raise NormaliseError(
            f"没有改动任何单元格：工作簿里找不到“{RECORD_TITLE}”表，可能被删除或改了名称。"
            f"请把表名改回“{RECORD_TITLE}”，或用现行模板填报后再按“规范数据”"
        )
    return page


def _show(page: xw.Sheet) -> None:
    with suppress(Exception):  # where the workbook's structure is protected, the question alone has to do
        page.visible = True
        page.activate()


def _empty(page: xw.Sheet) -> None:
    page.range(NOTE).value = NOTHING_YET
    used = page.used_range
    last = used.row + used.shape[0] - 1
    if last > FIRST_ROW:
        page.range((FIRST_ROW + 1, 1), (last, len(HEADERS))).clear_contents()


def _row(change: Change, state: str) -> list[str]:
    texts = (_short(text, LONGEST) for text in (change.seen, change.meant))
    return [link_to(change.spot).text, change.label, *texts, state]


def _tell(page: xw.Sheet, changes: Sequence[Change], done: Collection[Change]) -> None:
    states = [[DONE if change in done else CHANGED] for change in changes]
    page.range((FIRST_ROW + 1, STATE_COLUMN + 1), (FIRST_ROW + len(states), STATE_COLUMN + 1)).value = states
    page.range(NOTE).value = f"已改{len(done)}处，改前改后如下。点“位置”可跳到相应单元格；如改得不对，请按“改前”改回。"


def _cell(book: xw.Book, spot: Spot) -> xw.Range:
    return book.sheets[spot.sheet].range((spot.row + 1, spot.col + 1))


def _is_formula(book: xw.Book, change: Change) -> bool:
    formula = str(_cell(book, change.spot).formula)
    return formula.startswith("=") and formula != change.before  # a text such as the sign = is none


def _named(text: str) -> str:
    return _short(text, SHORT) or NOTHING


def _short(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"
