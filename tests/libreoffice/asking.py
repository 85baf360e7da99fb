"""Forms of many rows in open books whose cells ask Python, and what they show beside what Python says of the form."""

from __future__ import annotations

import os
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from tests.libreoffice.random_rows import odd_rows, plain_row
from xl_selfeval.editions.books import build_xlsm
from xl_selfeval.model import Amounts, Finance, Funds, Indicator, Submission, WorkItem
from xl_selfeval.rulebook import Rulebook, find_rulebook
from xl_selfeval.scoring import ScoreCard, score
from xl_selfeval.workbook.layout import INDICATORS, Spot
from xl_selfeval.workbook.summary import EXECUTION, GRADE, TOTAL, result_spot
from xl_selfeval.workbook.template import layout_of

if TYPE_CHECKING:
    import xlwings as xw

    from tests.libreoffice.engine.live import Live

STUB = Path(__file__).parent / "engine" / "stub.bas"
# With each way to score what is over a target, and each number of digits that any rulebook has.
RULEBOOKS = ("luquan-2024", "mof-2020", "hebei-2019")
PLAIN = 150
Everything = dict[str, list[Decimal | str]]
# LibreOffice takes some 50 ms for the calls of one row. So books with wrappers hold one row of so many: all of them, in
# two minutes, where this is set (as before a release).
SOME = 1 if os.environ.get("XL_SELFEVAL_EVERY_ROW") == "1" else 8


def rows_of(name: str) -> list[Indicator]:
    random = Random(name)
    return [plain_row(random) for _ in range(PLAIN)] + odd_rows()[RULEBOOKS.index(name) :: len(RULEBOOKS)]


def form(name: str, every: int = 1) -> Submission:
    """A form under the rulebook `name`: rows that everybody can read, and rows that perhaps only Python can.

    `every` so many rows one is taken.
    """
    funds = Funds(total=Amounts(adjusted_budget=Decimal("1234.5"), executed_amount=Decimal("1077.7")))
    items = [WorkItem(name="一", indicators=rows_of(name)[::every])]
    return Submission(rulebook=name, fiscal_year=2023, finance=Finance(funds=funds), items=items)


class Shown:
    """What an open book shows, beside what Python says of the form that it was made from."""

    def __init__(self, book: xw.Book, submission: Submission, rulebook: Rulebook) -> None:
        self.submission, self.rulebook = submission, rulebook
        self.card: ScoreCard = score(submission, rulebook)
        self.layout = layout_of(rulebook, submission)
        self.grids = {
            sheet.name: sheet.used_range.options(ndim=2, err_to_str=True).value
            for sheet in book.sheets
            if sheet.name in ("收支决算", "指标评分", "评价结论")
        }

    def value(self, spot: Spot) -> Decimal | str:
        """What a cell shows: a number exactly, or a text."""
        value = self.grids[spot.sheet][spot.row][spot.col]
        return Decimal(repr(value)) if isinstance(value, float) else "" if value is None else str(value)

    def column(self, key: str) -> list[Decimal | str]:
        """A column of the indicators, row by row."""
        table = self.layout.table(INDICATORS)
        return [self.value(table.spot(n, key)) for n in range(len(self.card.rows))]

    def part(self, label: str) -> Decimal | str:
        """A line of the summary."""
        return self.value(result_spot(self.layout.summary(vertical=True), self.rulebook, label))

    def rate(self) -> Decimal | str:
        """执行率 of the total, to ten places."""
        rate = self.value(self.layout.table(("finance", "funds")).spot(0, "@rate"))
        return round(rate, 10) if isinstance(rate, Decimal) else rate

    def computed(self) -> list[Decimal | str]:
        """系统得分 by Python, as a sheet writes it."""
        return ["" if row.computed is None else row.computed for row in self.card.rows]

    def everything(self) -> Everything:
        """All that asks Python, and the hints."""
        keys = ("@computed", "@points", "@hint")
        return {key: self.column(key) for key in keys} | {
            "rate": [self.rate()],
            "parts": [self.part(label) for label in (EXECUTION, TOTAL, GRADE) if self._has(label)],
        }

    def _has(self, label: str) -> bool:
        return label != EXECUTION or bool(self.rulebook.execution.value)


def shown(live: Live, content: bytes, name: str, every: int = 1) -> Shown:
    """What LibreOffice shows after opening the book `content`, made from `form(name, every)`."""
    book = live.open(content, f"{name} 自评表.xlsm")
    result = Shown(book, form(name, every), find_rulebook(name))
    book.close()
    return result


def asking(name: str, every: int = 1) -> bytes:
    """The form in a book whose macros find the Python of the tests."""
    return build_xlsm(find_rulebook(name), form(name, every), stub=STUB.read_text(encoding="ascii"))
