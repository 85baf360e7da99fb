"""What a cell costs when it asks Python: one call of a worksheet function, without the way there and back."""

import pytest

from tests.addin.row_cells import given
from tests.benchmarks.side_by_side import cpu_seconds, ratio
from xl_selfeval.addin.functions import SE_CHECK, SE_SCORE
from xl_selfeval.checks import run_checks
from xl_selfeval.model import Submission, WorkItem
from xl_selfeval.quantities import parse_quantity
from xl_selfeval.rulebook import find_rulebook
from xl_selfeval.scoring import score
from xl_selfeval.submission_file import SAMPLES, load_submission
from xl_selfeval.workbook.calls import CHECK, SCORE

# As published forms write them: words and units in the cells, range, time limits and 定性 among them.
ROWS = [row for file in sorted(SAMPLES.glob("*.yaml")) for _, row in load_submission(file).indicators()]


def calls(function, call):
    """Each row asked once, as when a book is calculated for the first time: no text was read before."""
    arguments = [given(call, row, "mof-2020", 2023) for row in ROWS]

    def work():
        parse_quantity.cache_clear()
        return [function(*each) for each in arguments]

    return work


def judged_at_once():
    """The yardstick: the same rows scored and checked as one form, as 检查 does."""
    submission = Submission(fiscal_year=2023, items=[WorkItem(name="任务", indicators=ROWS)])
    rulebook = find_rulebook("mof-2020")

    def work():
        parse_quantity.cache_clear()
        return run_checks(submission, rulebook, score(submission, rulebook))

    return work


@pytest.mark.parametrize(("function", "call", "most"), [(SE_SCORE, SCORE, 1.0), (SE_CHECK, CHECK, 2.5)])
def test_asking_row_by_row_costs_little_more_than_judging_the_form_at_once(function, call, most):
    work = calls(function, call)
    measured = ratio(work, judged_at_once())
    best = min(cpu_seconds(work) for _ in range(9)) / len(ROWS)
    print(f"\n{function.__name__}: {best * 1000:.3f} ms of CPU time a call")
    print(f"{len(ROWS)} × {function.__name__} ÷ scoring and checking the same rows at once = {measured:.2f}")
    assert measured <= most
