"""The workbook of one edition: all sheets together, blank or filled with a submission."""

from __future__ import annotations

import io
import warnings
from collections.abc import Callable, Sequence
from datetime import datetime
from decimal import Decimal

from xlsxwriter import Workbook

from xl_selfeval.checks import Finding
from xl_selfeval.model import Submission
from xl_selfeval.rulebook import Rulebook, rulebook_text, shipped_rulebooks
from xl_selfeval.scoring import score
from xl_selfeval.workbook.builder import Builder
from xl_selfeval.workbook.choices import write_lists
from xl_selfeval.workbook.convert import SHOWN_DIGITS
from xl_selfeval.workbook.formsheet import FormSheet
from xl_selfeval.workbook.guide import write_guide
from xl_selfeval.workbook.layout import Layout, Spot
from xl_selfeval.workbook.names import RULEBOOK_NAME, TEMPLATE_NAME
from xl_selfeval.workbook.pages import write_findings, write_rules
from xl_selfeval.workbook.record_page import write_record_page
from xl_selfeval.workbook.sheets import (
    EXAMPLE_LABEL,
    FINDINGS_TITLE,
    GUIDE_TITLE,
    LISTS_TITLE,
    META_TITLE,
    RECORD_TITLE,
    RULEBOOK_LABEL,
    RULEBOOK_TEXT_LABEL,
    RULES_TITLE,
    SHEETS,
    TEMPLATE_VERSION,
    VERSION_LABEL,
)
from xl_selfeval.workbook.summary import lines

EPOCH = datetime(2024, 1, 1)  # a fixed creation date, so that two builds give the same bytes
LONGEST_TEXT = 32767  # what one Excel cell holds


class TooLongError(ValueError):
    """A text or a number that no Excel cell can hold; the message says which, in Chinese."""


Finish = Callable[[Builder], None]


def build_workbook(
    rulebook: Rulebook,
    submission: Submission | None = None,
    findings: Sequence[Finding] | None = None,
    finish: Finish | None = None,
) -> bytes:
    """The `.xlsx` template under `rulebook`, filled with `submission` and its `findings` when given.

    `finish` adds, last of all, what an edition has beyond that (buttons, code names).
    Raises TooLongError when a text or a number is longer than a cell holds; nothing is ever cut off silently.
    """
    if submission:
        _refuse_long(submission.model_dump(), ())
    stream = io.BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("error", UserWarning)  # XlsxWriter drops what Excel would refuse and only warns
        with Workbook(stream, {"in_memory": True, "strings_to_urls": False}) as book:
            builder = _write(book, rulebook, submission, findings)
            if finish:
                finish(builder)
    return stream.getvalue()


def layout_of(rulebook: Rulebook, submission: Submission | None = None) -> Layout:
    """Where `build_workbook` puts everything."""
    return Layout(SHEETS, submission, len(lines(rulebook)))


def _write(
    book: Workbook, rulebook: Rulebook, submission: Submission | None, findings: Sequence[Finding] | None
) -> Builder:
    read_only = (FINDINGS_TITLE, RECORD_TITLE, RULES_TITLE, LISTS_TITLE, META_TITLE)
    for title in (GUIDE_TITLE, *(s.title for s in SHEETS), *read_only):
        book.add_worksheet(title, FormSheet)
    unit = submission.unit.name if submission else ""
    book.set_properties(
        {"title": "部门整体支出绩效自评表", "company": unit, "created": EPOCH, "comments": f"评分办法：{rulebook.name}"}
    )
    builder = Builder(book, layout_of(rulebook, submission), rulebook, submission)
    card = score(submission, rulebook) if submission else None
    write_lists(book, rulebook)
    for sheet in SHEETS:
        builder.add_sheet(sheet, card)
    write_guide(builder)
    write_findings(builder, findings)
    write_record_page(builder)
    write_rules(builder)
    _write_meta(book, rulebook, submission)
    book.get_worksheet_by_name(GUIDE_TITLE).activate()
    return builder


def _write_meta(book: Workbook, rulebook: Rulebook, submission: Submission | None) -> None:
    """What the reader must know about the file, on a hidden sheet: version, rulebook, example paths."""
    page = book.get_worksheet_by_name(META_TITLE)
    rows = [(VERSION_LABEL, TEMPLATE_VERSION), (RULEBOOK_LABEL, rulebook.id), ("评分办法版本", rulebook.version)]
    if rulebook.id not in shipped_rulebooks():  # the user's own: the book carries it, so that buttons know it
        text = rulebook_text(rulebook)
        rows += [(RULEBOOK_TEXT_LABEL, text[n : n + LONGEST_TEXT]) for n in range(0, len(text), LONGEST_TEXT)]
    rows += [(EXAMPLE_LABEL, pattern) for pattern in (submission.examples if submission else [])]
    for n, (label, value) in enumerate(rows):
        page.write_string(n, 0, label)
        page.write_string(n, 1, value)
    for name, row in ((TEMPLATE_NAME, 0), (RULEBOOK_NAME, 1)):
        book.define_name(name, "=" + Spot(META_TITLE, row, 1).absolute())
    page.protect()
    page.hide()


def _refuse_long(node: object, path: tuple[str | int, ...]) -> None:
    where = ".".join(str(step) for step in path)
    if isinstance(node, str) and len(node) > LONGEST_TEXT:
        raise TooLongError(f"{where} 有{len(node)}个字，超过一个单元格能放的{LONGEST_TEXT}个字，请先精简")
    if isinstance(node, Decimal | int) and len(Decimal(node).normalize().as_tuple().digits) > SHOWN_DIGITS:
        raise TooLongError(f"{where} 的数字“{node}”超过{SHOWN_DIGITS}位，单元格存不下，请先精简")
    children = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, child in children:
        _refuse_long(child, (*path, key))
