"""A printed sheet written from top to bottom, in lines that are as high as their longest text needs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from xl_selfeval.quantities import plain
from xl_selfeval.workbook.convert import SHOWN_DIGITS
from xl_selfeval.workbook.look import PIXELS, span

SONGTI, HEITI = "宋体", "黑体"
GB2312 = 134  # the character set by which a program without these fonts chooses another Chinese one
SAMPLE = "#7A3E9D"
# Without the scheme: a theme's font would stand in for ours.
BASE = {"font_scheme": "none", "font_size": 9, "valign": "vcenter", "font_charset": GB2312}
STYLES: dict[str, dict[str, Any]] = {
    "title": {"font_name": HEITI, "font_size": 16, "align": "center"},
    "year": {"font_size": 11, "align": "center"},
    "plain": {"text_wrap": True},
    "plain_right": {"align": "right"},
    "header": {"bold": True, "align": "center", "text_wrap": True, "border": 1},
    "centre": {"align": "center", "text_wrap": True, "border": 1},
    "text": {"align": "left", "indent": 1, "text_wrap": True, "border": 1},
    "number": {"align": "right", "border": 1},
    "total": {"bold": True, "align": "center", "text_wrap": True, "border": 1},
    "total_number": {"bold": True, "align": "right", "border": 1},
}
LINE_HEIGHT, PADDING = 13, 5  # points; 宋体 of 9 points takes 11.25 a line, the fonts that may replace it up to 13
EDGE, MARGINS, INDENT, CHARACTER = 5, 8, 9, 12  # pixels: of a column beside its units, inside a cell, of 9 points
SPARE = 0.3  # of a character a line, for what a program does not break where we would
LINES_A_ROW = 16
"""Text beyond goes on in the row below: no program prints a row higher than 409 points, or parts one between pages."""


@dataclass(frozen=True)
class Cell:
    """What stands in columns `first` to `last`; a number is shown as `shown` says, a `sample` is set apart."""

    first: int
    last: int
    value: str | Decimal
    style: str = "text"
    sample: bool = False
    shown: str = ""


class Paper:
    """One sheet with columns of `widths`, whose pages hold rows of `capacity` points; `row` is the next free row.

    `breaks` are the rows at which a new page begins; `repeated` is the height of the rows that each repeats.
    """

    def __init__(self, book: Workbook, page: Worksheet, widths: tuple[float, ...], capacity: float) -> None:
        self.book, self.page, self.widths, self.capacity = book, page, widths, capacity
        self.row, self.repeated = 0, 0.0
        self.breaks: list[int] = []
        self._taken = 0.0
        self._heights: list[float] = []
        self._formats: dict[str, Format] = {}
        for col, width in enumerate(widths):
            page.set_column(col, col, width)

    def line(self, *cells: Cell, least: int = 1) -> tuple[int, int]:
        """Write `cells` side by side, at least `least` lines high; gives the first and last row that they took."""
        pieces = [[*self._pieces(cell)] for cell in cells]
        first, count = self.row, max(map(len, pieces))
        for n in range(count):
            lines = max(len(parts[n]) for parts in pieces if n < len(parts))
            self._advance(height_of(max(lines, 1 if n else least)))
        for cell, parts in zip(cells, pieces, strict=True):
            if len(parts) == 1:
                self.put(first, self.row - 1, cell, top=count > 1)
            else:
                self._flow(first, count, cell, parts)
        return first, self.row - 1

    def put(self, first: int, last: int, cell: Cell, *, top: bool = False) -> None:
        """Write `cell` over the rows `first` to `last`; its text stands at the `top` or in the middle."""
        style = self._format(cell, **({"valign": "top"} if top else {}))
        if first < last or cell.first < cell.last:
            self.page.merge_range(first, cell.first, last, cell.last, "", style)
        self._value(first, cell, style)

    def lines(self, cell: Cell) -> int:
        """How many lines the text of `cell` takes."""
        return len(self._wrapped(cell))

    def beside(self, first: int, last: int, label: Cell) -> None:
        """Write `label` beside the rows `first` to `last`, again on each page; grow the last row if it needs more."""
        starts = [first, *(row for row in self.breaks if first < row <= last)]
        for start, end in zip(starts, [*(row - 1 for row in starts[1:]), last], strict=True):
            lacking = height_of(self.lines(label)) - sum(self._heights[start : end + 1])
            if lacking > 0:
                self._heights[end] += lacking
                self._taken += lacking
                self.page.set_row(end, self._heights[end])
            self.put(start, end, label)

    def keep(self, height: float) -> None:
        """Begin a new page if the next `height` points would not stand on this one."""
        if self._taken + height > self.capacity:
            self.breaks.append(self.row)
            self._taken = self.repeated

    def _advance(self, height: float) -> None:
        self.keep(height)
        self.page.set_row(self.row, height)
        self._heights.append(height)
        self._taken += height
        self.row += 1

    def _pieces(self, cell: Cell) -> Iterator[list[str]]:
        """The lines of `cell` in portions of one row each."""
        lines = self._wrapped(cell)
        for start in range(0, len(lines), LINES_A_ROW):
            yield lines[start : start + LINES_A_ROW]

    def _flow(self, first: int, count: int, cell: Cell, parts: list[list[str]]) -> None:
        """A long text through several rows, without rules between them."""
        for n in range(count):
            spread = "vjustify" if n + 1 < len(parts) else "top"  # so that no gap shows where the text goes on
            edges = {"top": int(n == 0), "bottom": int(n == count - 1), "valign": spread}
            text = "".join(parts[n]).removesuffix("\n") if n < len(parts) else ""
            style = self._format(cell, **edges)
            if cell.first < cell.last:
                self.page.merge_range(first + n, cell.first, first + n, cell.last, "", style)
            self._value(first + n, Cell(cell.first, cell.last, text), style)

    def _value(self, row: int, cell: Cell, style: Format) -> None:
        value = cell.value
        if isinstance(value, Decimal) and len(value.normalize().as_tuple().digits) > SHOWN_DIGITS:
            value = plain(value)  # more digits than a number cell keeps
        if isinstance(value, Decimal):
            self.page.write_number(row, cell.first, value, style)
        elif value:
            self.page.write_string(row, cell.first, value, style)
        else:
            self.page.write_blank(row, cell.first, None, style)

    def _too_wide(self, cell: Cell) -> bool:
        """True for a number that a program would print as ####; figures are as wide as a column's unit."""
        decimals = cell.shown.partition(".")[2].count("0")
        shown = f"{cell.value:,.{decimals}f}" if isinstance(cell.value, Decimal) else ""
        return len(shown) * PIXELS + MARGINS > self._pixels(cell)

    def _pixels(self, cell: Cell) -> float:
        return sum(width * PIXELS + EDGE for width in self.widths[cell.first : cell.last + 1])

    def _wrapped(self, cell: Cell) -> list[str]:
        if not isinstance(cell.value, str):
            return [""]
        room = self._pixels(cell) - MARGINS - INDENT * STYLES[cell.style].get("indent", 0)
        return [*wrapped(cell.value, room / CHARACTER - SPARE)]

    def _format(self, cell: Cell, **more: object) -> Format:
        parts: dict[str, Any] = {"font_name": SONGTI, **BASE, **STYLES[cell.style], **more}
        if cell.sample:
            parts |= {"font_color": SAMPLE, "italic": True}
        if cell.shown:
            parts["num_format"] = cell.shown
            parts["shrink"] = self._too_wide(cell)
        key = repr(parts)
        if key not in self._formats:
            self._formats[key] = self.book.add_format(parts)
        return self._formats[key]


def height_of(lines: int) -> float:
    """The height in points of a row of `lines` lines."""
    return LINE_HEIGHT * lines + PADDING


def wrapped(text: str, room: float) -> Iterator[str]:
    """`text` in lines that hold `room` Chinese characters; where a paragraph ends, a line ends so."""
    for paragraph in text.replace("\r\n", "\n").replace("\r", "\n").splitlines(keepends=True) or [""]:
        line, length = "", 0.0
        for sign in paragraph:
            taken = 0 if sign == "\n" else span(sign)
            if line and length + taken > room:
                yield line
                line, length = "", 0.0
            line, length = line + sign, length + taken
        yield line


def number_format(value: Decimal, digits: int, *, thousands: bool = False) -> str:
    """How a program shows `value` with `digits` decimals at least and none of its own lost, clear of the right rule."""
    decimals = max(digits, len(plain(value).partition(".")[2]))
    return ("#,##0" if thousands else "0") + ("." + "0" * decimals if decimals else "") + "_)"
