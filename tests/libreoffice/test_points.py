"""The sheet scores itself exactly as Python does: its formulas, recalculated by the real LibreOffice."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from random import Random

import pytest

from tests.libreoffice.conftest import Saved
from tests.libreoffice.office import Office
from tests.libreoffice.random_rows import odd_rows, plain_row
from tests.workbook.test_round_trip import SAMPLE_NAMES
from xl_selfeval.model import Amounts, Finance, Funds, Indicator, Operator, Submission, WorkItem
from xl_selfeval.model import Path as FieldPath
from xl_selfeval.rulebook import Rulebook, find_rulebook, shipped_rulebooks
from xl_selfeval.scoring import ScoreCard, score
from xl_selfeval.workbook.cells import Cells, read_cells
from xl_selfeval.workbook.layout import Layout, Spot
from xl_selfeval.workbook.reader import read_submission
from xl_selfeval.workbook.summary import EXECUTION, GRADE, TOTAL, result_spot
from xl_selfeval.workbook.template import build_workbook, layout_of

pytestmark = pytest.mark.office

ROWS = 105
READ_BY_PYTHON = ("odd", "huangshi-2022", "yongde-2022")
VARIANTS: dict[str, dict[str, object]] = {
    "exact": {"equal": "exact", "reverse": "ratio", "partial_step": "up"},
    "whole": {"equal": "exact", "reverse": "linear", "partial_step": "down", "digits": 0},
    "tenths": {"equal": "ratio", "reverse": "linear", "partial_step": "down", "digits": 1},
}


def variant(**options: object) -> Rulebook:
    """mof-2020 with other formula options."""
    data = find_rulebook("mof-2020").model_dump(mode="json")
    for name, value in options.items():
        data["formulas"][name] = {"value": value, "verified": False}
    return Rulebook.model_validate(data)


@dataclass
class Calculated:
    """One filled workbook after recalculation, beside what Python says of it."""

    submission: Submission
    rulebook: Rulebook
    card: ScoreCard
    layout: Layout
    places: dict[FieldPath, Spot]
    cells: Cells

    def number(self, spot: Spot) -> Decimal | str:
        """What a cell shows: a number exactly, or a text."""
        value = self.cells.value(spot)
        return Decimal(repr(value)) if isinstance(value, int | float) else str(value)

    def native(self, path: FieldPath, key: str) -> Decimal | str:
        """A cell of an indicator's row."""
        return self.number(self.places[(*path, key)])

    def asks(self, path: FieldPath) -> bool:
        """The row shows no points but a hint, although Python can score it."""
        scored, shown = self.card.row(path), self.native(path, "@computed")
        return scored.computed is not None and shown == "" and self.native(path, "@hint") != ""

    def as_far_as_asked(self) -> ScoreCard:
        """Python's score without the rows that the sheet asks about."""
        kept = self.submission.model_copy(deep=True)
        for path, row in kept.indicators():
            if self.asks(path):
                row.target, row.operator = "?", Operator.AT_LEAST
        return score(kept, self.rulebook)

    def part(self, label: str) -> Decimal | str:
        """A line of the summary: points, or the grade."""
        return self.number(result_spot(self.layout.summary(vertical=True), self.rulebook, label))


def submission_of(indicators: list[Indicator], random: Random) -> Submission:
    budget = Decimal(random.randint(1, 10**6)) / 100
    spent = budget * random.choice((Decimal("0.873"), Decimal("0.97755"), Decimal(1), Decimal("1.02")))
    half = len(indicators) // 2
    return Submission(
        fiscal_year=2023,
        finance=Finance(
            funds=Funds(total=Amounts(adjusted_budget=budget, executed_amount=spent.quantize(Decimal("0.0001"))))
        ),
        items=[WorkItem(name="一", indicators=indicators[:half]), WorkItem(name="二", indicators=indicators[half:])],
    )


def random_books() -> Iterator[tuple[str, Submission, Rulebook]]:
    books = {name: find_rulebook(name) for name in sorted(shipped_rulebooks())}
    books |= {name: variant(**options) for name, options in VARIANTS.items()}
    for seed, (name, rulebook) in enumerate(books.items()):
        random = Random(seed)
        yield name, submission_of([plain_row(random) for _ in range(ROWS)], random), rulebook
    yield "odd", submission_of(odd_rows(), Random(0)), find_rulebook("mof-2020")


NAMES = [*(name for name, _, _ in random_books()), *SAMPLE_NAMES]


@pytest.fixture(scope="module")
def calculated(
    office: Office, saved_samples: dict[str, Saved], tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Calculated]:
    """All workbooks of this module, recalculated in one go."""
    folder: Path = tmp_path_factory.mktemp("points")
    result = {}
    for name, submission, rulebook in random_books():
        file = folder / f"{name}.xlsx"
        file.write_bytes(build_workbook(rulebook, submission))
        result[name] = calculation(submission, rulebook, office.recalculate([file])[0])
    for name, saved in saved_samples.items():
        result[name] = calculation(saved.submission, saved.rulebook, saved.again)
    return result


def calculation(submission: Submission, rulebook: Rulebook, file: Path) -> Calculated:
    layout, card = layout_of(rulebook, submission), score(submission, rulebook)
    return Calculated(submission, rulebook, card, layout, layout.places(submission), read_cells(file))


def test_there_are_enough_rows() -> None:
    counts = {name: len(list(submission.indicators())) for name, submission, _ in random_books()}
    assert sum(n for name, n in counts.items() if not name.startswith("odd")) >= 1000


@pytest.mark.parametrize("name", NAMES)
def test_every_row_has_pythons_points(calculated: dict[str, Calculated], name: str) -> None:
    """A text that only Python can read gives no points in the sheet and a hint, never another number."""
    book = calculated[name]
    differing = []
    for path, row in book.submission.indicators():
        scored = book.card.row(path)
        expected: Decimal | str = "" if scored.computed is None else scored.computed
        points: Decimal | str = "" if row.max_points is None else scored.points
        native = book.native(path, "@computed"), book.native(path, "@points")
        if native != (expected, points) and not (name in READ_BY_PYTHON and book.asks(path)):
            shown = row.model_dump(exclude_defaults=True, exclude={"name", "category"}, mode="json")
            differing.append((shown, scored.explanation, native, (expected, points)))
    assert differing == []


@pytest.mark.parametrize("name", NAMES)
def test_blocks_execution_total_and_grade_are_pythons(calculated: dict[str, Calculated], name: str) -> None:
    book = calculated[name]
    given = book.as_far_as_asked() if name in READ_BY_PYTHON else book.card
    expected: dict[str, Decimal | str] = {block.name: block.points for block in given.blocks}
    expected |= {TOTAL: given.total, GRADE: given.grade.name}
    if book.rulebook.execution.value:
        expected[EXECUTION] = given.execution.points
    assert {label: book.part(label) for label in expected} == expected


@pytest.mark.parametrize("name", NAMES)
def test_the_reader_tells_what_the_sheet_cannot_read(calculated: dict[str, Calculated], name: str) -> None:
    """Then the sheet shows other points than the report, and one of them must say so."""
    book = calculated[name]
    reading = read_submission(book.cells, "自评表.xlsx")
    told = {found.path[:4] for found in reading.findings if found.code == "CEL13"}
    asked = {path for path, _ in book.submission.indicators() if book.asks(path)}
    assert asked <= told
    assert {path for path in told - asked if book.card.row(path).computed is not None} == set()


def test_the_sheet_asks_for_what_only_python_can_read(calculated: dict[str, Calculated]) -> None:
    """So that the exception made above for such rows is no way out for others."""
    asked = {
        name: [(row.target, row.actual) for path, row in book.submission.indicators() if book.asks(path)]
        for name, book in calculated.items()
        if name != "odd"
    }
    assert {name: texts for name, texts in asked.items() if texts} == {
        "huangshi-2022": [("200万", "195.5万元")],
        "yongde-2022": [
            (row.target, row.actual)
            for _, row in calculated["yongde-2022"].submission.indicators()
            if row.target.startswith(("≧", "═"))
        ],
    }
