"""The sheet buttons: the commands of the ribbon once more, in the title row of the sheet where they are wanted."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from math import ceil

from xl_selfeval.editions.ribbon import Button, buttons
from xl_selfeval.workbook.builder import Builder
from xl_selfeval.workbook.formsheet import FormSheet
from xl_selfeval.workbook.guide import HEADLINE
from xl_selfeval.workbook.layout import INDICATORS, Layout, Sheet, Summary, Table
from xl_selfeval.workbook.sheets import FINDINGS_TITLE, GUIDE_TITLE

HEIGHT, GAP, TOP = 26, 6, 6  # pixels
CHARACTER, PADDING = 14, 22  # pixels of a Chinese character in a caption, and left and right of it together
TITLE_CHARACTER, TITLE_GAP = 24, 24  # pixels of a character of the title (18 points), and between it and the buttons

ON_GUIDE = ("check", "export_report", "hand_in", "next_year", "diagnose")
ON_FINDINGS = ("check", "clear_marks")
ON_INDICATORS = ("check", "clear_marks", "normalise", "add_rows")
ON_CONCLUSION = ("check", "add_rows", "export_report", "export_pdf", "export_table", "hand_in")
ON_TABLE = ("check", "add_rows")


def add_buttons(builder: Builder) -> None:
    """Put the buttons on the guide, the form sheets and the findings."""
    for title, (shown, commands) in rows(builder.layout).items():
        page = builder.book.get_worksheet_by_name(title)
        for command, left in spread(shown, commands).items():
            _insert(page, buttons()[command], left)


def rows(layout: Layout) -> dict[str, tuple[str, tuple[str, ...]]]:
    """For each sheet with buttons, by its name: the title shown on it, and the commands from left to right."""
    forms = {sheet.title: (sheet.title, _wanted(sheet)) for sheet in layout.sheets}
    return {GUIDE_TITLE: (HEADLINE, ON_GUIDE), **forms, FINDINGS_TITLE: (FINDINGS_TITLE, ON_FINDINGS)}


def spread(title: str, commands: Sequence[str]) -> dict[str, int]:
    """The left pixel of each button: side by side from where the title ends, so that all are seen on a small screen."""
    widths = (width(buttons()[command]) + GAP for command in commands)
    return dict(zip(commands, accumulate(widths, initial=TITLE_CHARACTER * len(title) + TITLE_GAP), strict=False))


def width(button: Button) -> int:
    """How wide a sheet button is, in pixels."""
    return ceil(CHARACTER * sum(1 if ord(letter) > 0x2000 else 0.6 for letter in button.label)) + PADDING


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
