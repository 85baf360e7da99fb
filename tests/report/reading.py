"""Reads reports back: what the tests of this folder share."""

from __future__ import annotations

import io
from typing import Any

import docx
from docx.document import Document

from xl_selfeval.model import Indicator, Submission, WorkItem
from xl_selfeval.report import render_report
from xl_selfeval.rulebook.loading import find_rulebook
from xl_selfeval.scoring import score
from xl_selfeval.submission_file import SAMPLES, load_submission

SCHEME = "mof-2020"


def sample(name: str) -> Submission:
    return load_submission(SAMPLES / f"{name}.yaml")


def rendered(submission: Submission, scheme: str = "", **more: Any) -> bytes:
    rulebook = find_rulebook(scheme or submission.rulebook or SCHEME)
    return render_report(submission, score(submission, rulebook), **more)


def opened(content: bytes) -> Document:
    return docx.Document(io.BytesIO(content))


def report(submission: Submission, scheme: str = "", **more: Any) -> Document:
    return opened(rendered(submission, scheme, **more))


def paragraphs(document: Document) -> list[str]:
    return [paragraph.text for paragraph in document.paragraphs]


def headings(document: Document) -> list[str]:
    return [p.text for p in document.paragraphs if p.style is not None and p.style.name.startswith("Heading")]


def rows(document: Document, first_cell: str) -> list[list[str]]:
    """The rows of the table whose head begins with `first_cell`."""
    for table in document.tables:
        read = [[cell.text for cell in row.cells] for row in table.rows]
        if read[0][0] == first_cell:
            return read
    raise AssertionError(f"no table begins with {first_cell}")


def indicator(**fields: Any) -> Indicator:
    """A quantity indicator that is met, changed by `fields`."""
    sound = {"category": "output", "subcategory": "quantity", "name": "培训", "operator": "≥", "target": "100"}
    sound |= {"unit_of_measure": "人次", "actual": "100", "max_points": "10", "claimed_points": "10"}
    return Indicator.model_validate(sound | fields)


def with_indicators(*indicators: Indicator, **fields: Any) -> Submission:
    items = [WorkItem(name="开展培训工作", indicators=list(indicators))]
    return Submission.model_validate({"fiscal_year": 2023, "items": items} | fields)


def finance(**fields: Any) -> Submission:
    return Submission.model_validate({"fiscal_year": 2023, "finance": fields})
