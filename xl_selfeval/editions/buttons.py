"""The sheet buttons: the commands of the ribbon once more, in the title row of the sheet where they are wanted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate
from math import ceil

from xl_selfeval.editions.ribbon import Button, buttons
from xl_selfeval.workbook.builder import Builder
from xl_selfeval.workbook.finding_list import WIDTHS
from xl_selfeval.workbook.formsheet import FormSheet
from xl_selfeval.workbook.guide import COLUMNS
from xl_selfeval.workbook.layout import INDICATORS, Layout, Sheet, Summary, Table
from xl_selfeval.workbook.sheets import FINDINGS_TITLE, GUIDE_TITLE

HEIGHT, GAP, TOP = 26, 6, 6  # pixels
CHARACTER, PADDING = 14, 22  # pixels of a Chinese character in a caption, and left and right of it together
FURTHEST = 1180  # pixels: what a small screen shows of a wide sheet

ON_GUIDE = ("check", "export_report", "hand_in", "next_year", "diagnose")
ON_FINDINGS = ("check", "clear_marks")
ON_INDICATORS = ("check", "clear_marks", "normalise", "add_rows")
ON_CONCLUSION = ("check", "add_rows", "export_report", "export_pdf", "export_table", "hand_in")
ON_TABLE = ("check", "add_rows")


def add_buttons(builder: Builder) -> None:
    """Put the buttons on the guide, the form sheets and the findings."""
    for title, commands, columns in _sheets(builder.layout):
        page = builder.book.get_worksheet_by_name(title)
        for command, left in spread(commands, sum(page._size_col(col) for col in range(columns))).items():
            _insert(page, buttons()[command], left)


def spread(commands: Sequence[str], edge: int) -> dict[str, int]:
    """The left pixel of each button, side by side, the last ending at `edge` or where a small screen ends."""
    widths = [width(buttons()[command]) + GAP for command in commands]
    lefts = accumulate(widths, initial=min(edge, FURTHEST) - sum(widths) + GAP)
    return dict(zip(commands, lefts, strict=False))


def width(button: Button) -> int:
    """How wide a sheet button is, in pixels."""
    return ceil(CHARACTER * sum(1 if ord(letter) > 0x2000 else 0.6 for letter in button.label)) + PADDING


def _sheets(layout: Layout) -> Iterator[tuple[str, tuple[str, ...], int]]:
    """Each sheet with buttons: its title, the commands from left to right, and how many columns it prints."""
    yield GUIDE_TITLE, ON_GUIDE, COLUMNS
    for sheet in layout.sheets:
        yield sheet.title, _wanted(sheet), sheet.print_columns or len(sheet.widths)
    yield FINDINGS_TITLE, ON_FINDINGS, len(WIDTHS)


def _wanted(sheet: Sheet) -> tuple[str, ...]:
    tables = [block for block in sheet.blocks if isinstance(block, Table)]
    if any(table.path == INDICATORS for table in tables):
        return ON_INDICATORS
    if any(isinstance(block, Summary) for block in sheet.blocks):
        return ON_CONCLUSION
    return ON_TABLE if tables else ("check",)


def _insert(page: FormSheet, button: Button, left: int) -> None:
    """One button in the title row. XlsxWriter leaves the buttons of a sheet out when it is printed."""
    options = {"macro": button.macro, "caption": button.label, "description": button.supertip}
    place = {"x_offset": left, "y_offset": TOP, "width": width(button), "height": HEIGHT}
    page.insert_button(0, 0, {**options, **place})
