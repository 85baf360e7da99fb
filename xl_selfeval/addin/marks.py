"""The marks of 检查: the list on 检查结果, and notes on the cells it names.

No format is ever touched. The template's conditional formats colour a cell while its key stands in the list, so taking
the list and our notes away leaves the workbook as it was.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from itertools import groupby
from math import ceil

import xlwings as xw

from xl_selfeval.assessment import Assessment
from xl_selfeval.checks import Finding
from xl_selfeval.workbook.finding_list import (
    FIRST_ROW,
    HEADERS,
    HEADLINE_ROW,
    Cell,
    Formula,
    finding_rows,
    headline,
    height,
)
from xl_selfeval.workbook.layout import Spot
from xl_selfeval.workbook.names import MARKS_NAME

MARKER = "【自评检查】"  # the first line of our notes, by which they are known again
ENDING = "【检查内容到此，以下可写您自己的批注】"  # what follows this line is the person's
NOTE_WIDTH, NOTE_LINE, NOTE_CHARACTER = 300.0, 13.0, 9.5  # points of a note's box, of a line and of a character in it
LONGEST_NOTE = 900  # characters; Excel takes little more in one go, and nobody reads more in a small yellow box
SHEET_OF = re.compile(r"='?((?:[^'!]|'')+?)'?!\$")
Typed = str | float | int | bool | None


class MarksError(ValueError):
    """A workbook that cannot be marked; the message says why and what to do, in Chinese."""


def mark(book: xw.Book, assessment: Assessment) -> int:
    """List the findings of `assessment` instead of those listed before; the number of findings.

    Raises MarksError where the list's sheet is gone. Whatever goes wrong half-way, what stood there before is put back.
    """
    standing, found = _Standing.of(book), assessment.findings
    page = standing.page
    if page is None:
        raise MarksError(
            "本工作簿中的“检查结果”表已被删除，或模板较旧，没有地方列出问题。"
            "请按“生成上报文件”另存为一份新的工作簿，在新工作簿中检查"
        )
    texts = notes(assessment)
    with _undoing(standing):
        standing.remove(texts)
        standing.listed = len(found)
        _list(page, headline(found), [[_typed(cell) for cell in row] for row in finding_rows(found, assessment.places)])
        _add_notes(standing, texts)
        if found and page.visible:
            page.activate()
    return len(found)


def clear(book: xw.Book) -> int:
    """Take the list and our notes away; how many findings were listed. As with `mark`, all or nothing."""
    standing = _Standing.of(book)
    with _undoing(standing):
        standing.remove({})
        if standing.page:
            _list(standing.page, headline(None), [])
    return len(standing.rows) or len(standing.ours)


def notes(assessment: Assessment) -> dict[Spot, str]:
    """The note for each cell in which something was found, with all its findings, the heaviest first."""
    found: dict[Spot, list[Finding]] = {}
    for finding in assessment.findings:
        if spot := assessment.spot(finding):
            found.setdefault(spot, []).append(finding)
    return {spot: _note(findings) for spot, findings in found.items()}


def _note(findings: Sequence[Finding]) -> str:
    """As many findings as the box takes, one a line; of those left out, how many they are."""
    lines, length = [MARKER], len(MARKER)
    for n, found in enumerate(findings):
        line = f"{found.severity.label} {found.code}：{found.message}。{found.remedy}。"
        if length + len(line) > LONGEST_NOTE and n:
            lines.append(f"还有{len(findings) - n}项，见“检查结果”表。")
            break
        lines.append(line[:LONGEST_NOTE])
        length += len(line) + 1
    return "\n".join([*lines, ENDING])


def _own_words(text: str) -> str:
    """What the person wrote below our part of a note."""
    return text.partition(ENDING)[2].strip()


@dataclass
class _Standing:
    """What stands in a workbook before it is changed: headline, list and our notes; and the notes added since."""

    sheets: dict[str, xw.Sheet]
    page: xw.Sheet | None
    headline: Typed = None
    rows: list[list[Typed]] = field(default_factory=list)
    ours: list[tuple[xw.main.Note, xw.Range, str]] = field(default_factory=list)
    others: set[Spot] = field(default_factory=set)
    added: list[xw.Range] = field(default_factory=list)
    listed: int = 0

    @classmethod
    def of(cls, book: xw.Book) -> _Standing:
        """All that is read before anything is written."""
        sheets = {sheet.name: sheet for sheet in book.sheets}
        standing = cls(sheets, _page(book, sheets))
        standing._read_notes()
        if standing.page:
            standing._read_list(standing.page)
        return standing

    def _read_notes(self) -> None:
        for sheet in self.sheets.values():
            for note in sheet.notes:
                cell, text = note.location, note.text
                if text.startswith(MARKER):
                    self.ours.append((note, cell, text))
                else:
                    self.others.add(_spot(cell))

    def _read_list(self, page: xw.Sheet) -> None:
        area = page.range((HEADLINE_ROW + 1, 1), (max(_last_row(page), FIRST_ROW), len(HEADERS)))
        pairs = zip(area.options(ndim=2).value, area.formula, strict=True)
        rows = [[_typed_again(*cell) for cell in zip(*pair, strict=True)] for pair in pairs]
        below = rows[FIRST_ROW - HEADLINE_ROW :]
        listed = [n for n, row in enumerate(below, start=1) if row[0] not in ("", None) or row[-1] not in ("", None)]
        self.headline, self.rows = rows[0][0], below[: max(listed, default=0)]

    def remove(self, wanted: Mapping[Spot, str]) -> None:
        """Take away the rows of the list and our notes, but for those that are `wanted` as they stand.

        Each note costs a few calls to Excel, and after a correction most of them stay as they were.
        """
        for note, cell, text in self.ours:
            spot, words = _spot(cell), _own_words(text)
            new = "\n".join(part for part in (wanted.get(spot, ""), words) if part)
            if new == text or words:
                self.others.add(spot)  # nothing is to be put there any more
            if not words and new != text:
                note.delete()
            elif new != text:
                note.text = new
                _size(note, new)
        if self.page and self.rows:
            _empty(self.page, len(self.rows))

    def add_note(self, spot: Spot, text: str) -> None:
        """Put our note on a cell, but never where the person has one."""
        if spot not in self.others:
            cell = self.sheets[spot.sheet].range((spot.row + 1, spot.col + 1))
            self.added.append(cell)
            _size(cell.add_note(text), text)

    def put_back(self) -> None:
        """Let stand again what stood there."""
        for cell in self.added:
            if note := cell.note:
                note.delete()
        if self.page:
            _empty(self.page, max(self.listed, len(self.rows), 1))
            _list(self.page, self.headline, self.rows)
        for _, cell, text in self.ours:
            if (note := cell.note) is None:
                cell.add_note(text)
            elif note.text != text:
                note.text = text


@contextmanager
def _undoing(standing: _Standing) -> Iterator[None]:
    """When anything goes wrong, let stand again what stood there before, and tell what went wrong."""
    try:
        yield
    except BaseException:
        with suppress(Exception):  # a workbook that was closed meanwhile takes nothing back
            standing.put_back()
        raise


def _page(book: xw.Book, titles: Mapping[str, xw.Sheet]) -> xw.Sheet | None:
    """The sheet of the list, whatever it is called now; None when it is gone."""
    reference = next((name.refers_to for name in book.names if name.name == MARKS_NAME), "") or ""
    found = SHEET_OF.match(reference)
    return titles.get(found[1].replace("''", "'")) if found else None


def _list(page: xw.Sheet, words: Typed, rows: Sequence[Sequence[Typed]]) -> None:
    """Write the headline, and all rows at once, none of them hidden; rows of one height are sized together."""
    page.range((HEADLINE_ROW + 1, 1)).value = words
    if rows:
        page.range((FIRST_ROW + 1, 1)).value = rows
        page.range((FIRST_ROW + 1, 1), (FIRST_ROW + len(rows), 1)).rows.hidden = False
    last = FIRST_ROW
    for points, run in groupby(height(row) for row in rows):
        first, last = last + 1, last + len(list(run))
        page.range((first, 1), (last, 1)).row_height = points


def _empty(page: xw.Sheet, count: int) -> None:
    """Empty the first rows of the list and let them shrink."""
    cells = page.range((FIRST_ROW + 1, 1), (FIRST_ROW + count, len(HEADERS)))
    cells.clear_contents()
    cells.rows.autofit()


def _last_row(page: xw.Sheet) -> int:
    used = page.used_range
    return int(used.row + used.shape[0] - 1)


def _add_notes(standing: _Standing, texts: Mapping[Spot, str]) -> None:
    for title in {spot.sheet for spot in texts}:
        standing.others.update(_commented(standing.sheets[title]))
    for spot, text in texts.items():
        standing.add_note(spot, text)


def _size(note: xw.main.Note, text: str) -> None:
    """Give `note` a box that shows all of `text`: Excel's own stays small."""
    with suppress(AttributeError):  # only Excel's notes have a shape
        shape = note.api.Shape
        lines = sum(ceil(max(len(line), 1) * NOTE_CHARACTER / NOTE_WIDTH) for line in text.split("\n"))
        shape.Width, shape.Height = NOTE_WIDTH, NOTE_LINE * (lines + 1)


def _commented(sheet: xw.Sheet) -> Iterator[Spot]:
    """The cells with a threaded comment, on which Excel puts no note."""
    with suppress(Exception):  # an Excel older than these has no list of them, and says so in many ways
        for comment in sheet.comments:
            yield _spot(comment.location)


def _spot(cell: xw.Range) -> Spot:
    return Spot(cell.sheet.name, cell.row - 1, cell.column - 1)


def _typed(cell: Cell) -> Typed:
    return cell.text if isinstance(cell, Formula) else cell


def _typed_again(value: Typed, formula: str) -> Typed:
    """What has to be typed for a cell to show `value` by `formula` again; a text may look like a formula."""
    return formula if str(formula).startswith("=") and value != formula else value
