"""What a button costs on a real open workbook, a form of sixty indicators in LibreOffice, beside reading it."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import xlwings as xw

from xl_selfeval.addin.commands import check, clear_marks, export_report
from xl_selfeval.addin.livebook import live_cells
from xl_selfeval.checks.patches import patched
from xl_selfeval.model import Submission
from xl_selfeval.rulebook import find_rulebook
from xl_selfeval.workbook.template import build_workbook

if TYPE_CHECKING:
    from tests.libreoffice.engine.live import Live

pytestmark = pytest.mark.office
ROWS, ROUNDS = 60, 5


def sixty_rows() -> Submission:
    """A sound form with sixty indicators; the new ones bring along what a form not yet ready has to be told."""
    submission = patched({})[0]
    original = submission.items[0].indicators[1]
    for n in range(ROWS - len(list(submission.indicators()))):
        copy = original.model_copy(
            update={"name": f"{original.name}（第{n + 2}类）", "actual": "12" if n % 12 else "11"}
        )
        submission.items[0].indicators.append(copy)
    return submission


def seconds(live: Live, work: Callable[[], object]) -> float:
    """CPU time of this process and of LibreOffice's for one call; other processes on the machine do not count."""
    start = _so_far(live)
    work()
    return _so_far(live) - start


def _so_far(live: Live) -> float:
    ticks = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):  # it has ended meanwhile
            fields = stat.read_text().rsplit(")", 1)[1].split()
            if int(fields[3]) == live.office.process.pid:  # the session that the office was started in
                ticks += int(fields[11]) + int(fields[12])
    return time.process_time() + ticks / os.sysconf("SC_CLK_TCK")


def raw(book: xw.Book) -> Callable[[], object]:
    """The yardstick: LibreOffice's bare content of every sheet, without xlwings and without us."""
    sheets = [sheet.impl.uno for sheet in book.sheets]

    def work() -> object:
        read = []
        for sheet in sheets:
            cursor = sheet.createCursor()
            cursor.gotoEndOfUsedArea(False)
            end = cursor.RangeAddress
            read.append(sheet.getCellRangeByPosition(0, 0, end.EndColumn, end.EndRow).getDataArray())
        return read

    return work


# Measured by itself: 4, 11 and 5; the half second that the issue asks for is about 11 where bare reading takes 0.045 s.
# Other work on the machine weighs on many small calls more than on one big one.
@pytest.mark.parametrize(("button", "most"), [(live_cells, 8), (check, 20), (export_report, 10)])
def test_a_button_takes_a_few_times_what_bare_reading_takes(
    live: Live, button: Callable[[xw.Book], object], most: float
) -> None:
    submission = sixty_rows()
    assert len(list(submission.indicators())) == ROWS
    book = live.open(build_workbook(find_rulebook(submission.rulebook), submission))
    button(book)  # warm: programs and templates are loaded once
    bare, pressed, reading = raw(book), [], []
    for _ in range(ROUNDS):
        clear_marks(book)
        pressed.append(seconds(live, lambda: button(book)))
        reading.append(seconds(live, bare))
    measured = min(pressed) / min(reading)
    print(f"\n{button.__name__}: {min(pressed):.2f} s of CPU time, bare reading {min(reading):.3f} s: {measured:.1f}")
    assert measured <= most
