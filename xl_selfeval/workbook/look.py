"""How cells look: one palette, one format for each kind of cell, made once per workbook."""

from __future__ import annotations

from math import ceil
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format

from xl_selfeval.checks import Severity
from xl_selfeval.workbook.layout import Kind

INK, PAPER, LINE = "#1F2937", "#FFFFFF", "#B8C4D0"
NAVY, SKY, MIST = "#1F4E79", "#DCE6F1", "#F3F4F6"
INPUT, EXAMPLE = "#FFF8DC", "#EADCF4"
WARN, WRONG = "#FFE3B3", "#F9C6C6"
MARKS = {Severity.ERROR: "#F6B1B1", Severity.WARNING: "#FFD48C", Severity.NOTE: "#C3E2EF"}
FONT = "微软雅黑"
LINE_HEIGHT, HEADING_HEIGHT, HEADER_HEIGHT = 16.5, 22, 28  # points, for the 10-point font
PIXELS, MARGINS, EM = 7, 14, 13.4  # of a column's unit, of a cell's inner margins and indent, of a Chinese character

BASE = {"font_name": FONT, "font_size": 10, "font_color": INK, "valign": "vcenter"}
BOX = {"border": 1, "border_color": LINE}
MONEY, POINTS, RATE, DAY = "#,##0.00####", "0.00", "0.00%", "yyyy-mm-dd"

STYLES: dict[str, dict[str, Any]] = {
    "title": {"font_size": 18, "bold": True, "font_color": NAVY},
    "note": {"font_color": "#5B6B7B", "text_wrap": True, "valign": "top"},
    "heading": {"bold": True, "font_size": 11, "font_color": NAVY, "bottom": 2, "bottom_color": NAVY},
    "header": {"bold": True, "font_color": PAPER, "bg_color": NAVY, "align": "center", "text_wrap": True, **BOX},
    "label": {"bg_color": SKY, "text_wrap": True, "indent": 1, **BOX},
    "auto": {"bg_color": MIST, **BOX},
    "auto_points": {"bg_color": MIST, "num_format": POINTS, "align": "center", **BOX},
    "auto_money": {"bg_color": MIST, "num_format": MONEY, "align": "right", "indent": 1, **BOX},
    "auto_rate": {"bg_color": MIST, "num_format": RATE, "align": "center", **BOX},
    "auto_percent": {"bg_color": MIST, "num_format": "0%", "align": "center", **BOX},
    "auto_centre": {"bg_color": MIST, "align": "center", "text_wrap": True, **BOX},
    "auto_hint": {"bg_color": MIST, "font_color": "#B45309", "text_wrap": True, "font_size": 9, **BOX},
    "total": {"bg_color": SKY, "bold": True, "num_format": POINTS, "align": "center", **BOX},
    "cell": {"text_wrap": True, "indent": 1, **BOX},
    "cell_centre": {"align": "center", "text_wrap": True, **BOX},
    "list": {"indent": 1},
    "list_text": {"num_format": "@", "text_wrap": True, "indent": 1},
    "list_centre": {"align": "center", "text_wrap": True},
    "list_link": {"font_color": "#0563C1", "underline": 1, "indent": 1},
    "link": {"font_color": "#0563C1", "underline": 1, "indent": 1, **BOX},
    "plain_link": {"font_color": "#0563C1", "underline": 1, "align": "right", "valign": "top"},
    "swatch_input": {"bg_color": INPUT, "align": "center", **BOX},
    "swatch_auto": {"bg_color": MIST, "align": "center", **BOX},
    "swatch_example": {"bg_color": EXAMPLE, "italic": True, "align": "center", **BOX},
    "input": {"bg_color": INPUT, **BOX},
    "example": {"bg_color": EXAMPLE, "italic": True, **BOX},
    "warn": {"bg_color": WARN, "align": "center", **BOX},
    "wrong": {"bg_color": WRONG, "align": "center", **BOX},
    **{f"mark_{severity.value}": {"bg_color": fill, "align": "center", **BOX} for severity, fill in MARKS.items()},
}

KINDS: dict[Kind, dict[str, Any]] = {
    Kind.TEXT: {"num_format": "@", "text_wrap": True, "indent": 1},
    Kind.LONG: {"num_format": "@", "text_wrap": True, "indent": 1},
    Kind.MONEY: {"num_format": MONEY, "align": "right", "indent": 1},
    Kind.NUMBER: {"num_format": "General", "align": "center"},
    Kind.COUNT: {"num_format": "0", "align": "center"},
    Kind.DATE: {"num_format": DAY, "align": "center"},
    Kind.CHOICE: {"num_format": "@", "align": "center", "text_wrap": True},
    Kind.FLAG: {"num_format": "@", "align": "center"},
    Kind.MEASURE: {"num_format": "@", "align": "center", "text_wrap": True},
    Kind.AUTO: {"bg_color": MIST, "align": "center", "text_wrap": True},
}


class Look:
    """The formats of one workbook, made when first asked for."""

    def __init__(self, book: Workbook, digits: int = 2) -> None:
        self.book = book
        self.points = "0." + "0" * digits if digits else "General"
        self._made: dict[tuple[str, Kind | None], Format] = {}
        self._bare: dict[str, Format] = {}

    def style(self, name: str) -> Format:
        """A format of `STYLES`."""
        return self._format(name, None)

    def entry(self, kind: Kind, *, example: bool = False) -> Format:
        """The format of an unlocked cell of `kind`; example values stand out."""
        return self._format("example" if example else "input", kind)

    def fill(self, colour: str) -> Format:
        """A bare fill for conditional formats."""
        return self._made_once(colour, {"bg_color": colour})

    def mark(self, severity: Severity, *, boxed: bool = False) -> Format:
        """The fill of a cell in which something was found; its text stays readable on any ground."""
        parts = {"bg_color": MARKS[severity], "font_color": INK, **(BOX if boxed else {})}
        return self._made_once(f"{severity.value} {boxed}", parts)

    def box(self) -> Format:
        """A bare border for conditional formats."""
        return self._made_once("box", BOX)

    def _made_once(self, name: str, parts: dict[str, Any]) -> Format:
        if name not in self._bare:
            self._bare[name] = self.book.add_format(parts)
        return self._bare[name]

    def _format(self, name: str, kind: Kind | None) -> Format:
        if (name, kind) not in self._made:
            parts = {**BASE, **STYLES[name], **(KINDS[kind] if kind else {})}
            if parts.get("num_format") == POINTS:
                parts["num_format"] = self.points  # as many digits as the scheme counts
            self._made[name, kind] = self.book.add_format({"locked": kind is None, **parts})
        return self._made[name, kind]


def room(width: float) -> float:
    """How many Chinese characters a line of a cell `width` characters wide surely holds."""
    return max(2.0, (width * PIXELS - MARGINS) / EM - 0.5)


def span(text: str) -> float:
    """How long `text` is, measured in widths of a Chinese character."""
    return sum(1 if ord(c) > 0x2000 else 0.56 for c in text)


def lines_needed(text: str, width: float) -> int:
    """How many lines `text` takes in a cell `width` characters wide."""
    return sum(max(1, ceil(span(line) / room(width))) for line in text.split("\n"))


def row_height(lines: int = 1) -> float:
    """The height in points of a row of `lines` lines, never above what Excel allows."""
    return min(409, LINE_HEIGHT * lines + 5)
