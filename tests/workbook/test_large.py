"""Ten thousand indicators in one workbook: far more than any unit has, and no reason to fail."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from xl_selfeval.checks import run_checks
from xl_selfeval.model import Category, Indicator, Operator, Subcategory, Submission, WorkItem
from xl_selfeval.rulebook import find_rulebook
from xl_selfeval.scoring import score
from xl_selfeval.workbook.reader import read_workbook
from xl_selfeval.workbook.template import build_workbook

MOF = find_rulebook("mof-2020")


def row(item: int, n: int) -> Indicator:
    return Indicator(
        category=Category.OUTPUT,
        subcategory=Subcategory.QUANTITY,
        name=f"指标{item}-{n}",
        operator=Operator.AT_LEAST,
        target=str(n + 1),
        actual=str(n),
        unit_of_measure="次",
        max_points=Decimal("0.01"),
        claimed_points=Decimal(0),
    )


def test_ten_thousand_rows_are_filled_read_scored_and_checked(tmp_path: Path) -> None:
    items = [WorkItem(name=f"任务{i}", indicators=[row(i, n) for n in range(100)]) for i in range(100)]
    submission = Submission(rulebook="mof-2020", fiscal_year=2023, items=items)
    file = tmp_path / "一万行.xlsx"
    file.write_bytes(build_workbook(MOF, submission))
    reading = read_workbook(file)
    assert (reading.submission, reading.findings) == (submission, [])
    assert len(reading.places) > 10_000 * 20
    card = score(reading.submission, MOF)
    assert len(card.rows) == 10_000
    assert run_checks(reading.submission, MOF, card)
