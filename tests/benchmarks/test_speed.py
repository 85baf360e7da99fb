"""The speed that is promised, as ratios measured in one run; `-s` prints them."""

import io
from decimal import Decimal

import pytest
from docx import Document
from python_calamine import CalamineWorkbook

from tests.benchmarks.side_by_side import cpu_seconds, ratio
from xl_selfeval.assessment import assess
from xl_selfeval.checks import run_checks
from xl_selfeval.model import Category, Indicator, Operator, Submission, WorkItem
from xl_selfeval.quantities import parse_quantity
from xl_selfeval.report import render_report
from xl_selfeval.rulebook import find_rulebook
from xl_selfeval.scoring import score
from xl_selfeval.submission_file import SAMPLES, load_submission
from xl_selfeval.workbook.template import build_workbook


@pytest.fixture(scope="module")
def workbook(tmp_path_factory):
    path = tmp_path_factory.mktemp("speed") / "seed.xlsx"
    seed = load_submission(SAMPLES / "luquan-2023.yaml")
    path.write_bytes(build_workbook(find_rulebook(seed.rulebook), seed))
    return path


def judged(path):
    """Read, score and check as if for the first time: no text is remembered from the round before."""
    parse_quantity.cache_clear()
    return assess(path)


def raw_read(path):
    with CalamineWorkbook.from_path(str(path)) as book:
        return [book.get_sheet_by_name(title).to_python() for title in book.sheet_names]


def test_checking_and_scoring_a_workbook_take_at_most_three_raw_reads_of_it(workbook):
    read = assess(workbook)

    def check_and_score():
        parse_quantity.cache_clear()
        card = score(read.submission, read.rulebook)
        return run_checks(read.submission, read.rulebook, card)

    measured = ratio(check_and_score, lambda: raw_read(workbook))
    whole = ratio(lambda: judged(workbook), lambda: raw_read(workbook))
    print(f"\ncheck + score ÷ raw calamine read = {measured:.2f}; with our own reading of every field = {whole:.2f}")
    assert measured <= 3
    assert whole <= 8


def plainly(word):
    """A function that writes the paragraphs and tables of `word` by python-docx, with no thought for the page."""
    source = Document(io.BytesIO(word))
    texts = [p.text for p in source.paragraphs]
    grids = [[[cell.text for cell in row.cells] for row in table.rows] for table in source.tables]

    def write():
        document = Document()
        for text in texts:
            document.add_paragraph(text)
        for grid in grids:
            table = document.add_table(len(grid), len(grid[0]))
            for row, texts_of_row in zip(table.rows, grid, strict=True):
                for cell, text in zip(row.cells, texts_of_row, strict=True):
                    cell.text = text
        stream = io.BytesIO()
        document.save(stream)
        return stream.getvalue()

    return write


def test_a_report_takes_at_most_three_times_python_docx_writing_the_same_plainly(workbook):
    result = assess(workbook)
    made = render_report(result.submission, result.card)
    measured = ratio(lambda: render_report(result.submission, result.card), plainly(made), rounds=7)
    print(f"\nreport ÷ the same by plain python-docx = {measured:.2f}")
    assert measured <= 3


def fresh_score(submission, book):
    parse_quantity.cache_clear()
    return score(submission, book)


def test_ten_thousand_rows_are_scored_in_less_than_a_second_of_cpu_time():
    operators = [Operator.AT_LEAST, Operator.AT_MOST, Operator.EQUAL]
    rows = [
        Indicator(
            category=Category.OUTPUT,
            name=f"指标{n}",
            operator=operators[n % 3],
            target=f"{n % 977 + 1}",
            actual=f"{n % 1013}.5",
            unit_of_measure="个",
            max_points=Decimal(5),
        )
        for n in range(10_000)
    ]
    submission = Submission(fiscal_year=2023, items=[WorkItem(name="任务", indicators=rows)])
    book = find_rulebook("mof-2020")
    seconds = min(cpu_seconds(lambda: fresh_score(submission, book)) for _ in range(3))
    print(f"\n10,000 rows scored in {seconds:.2f} s of CPU time")
    assert seconds < 1
