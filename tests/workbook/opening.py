"""Workbooks as openpyxl sees them, which knows most of what XlsxWriter writes."""

from __future__ import annotations

import io
import warnings
from functools import cache

import openpyxl  # type: ignore[import-untyped]
from openpyxl.workbook import Workbook  # type: ignore[import-untyped]

from xl_selfeval.rulebook import find_rulebook, shipped_rulebooks
from xl_selfeval.workbook.template import build_workbook

BOOKS = sorted(shipped_rulebooks())


@cache
def blank(rulebook: str) -> bytes:
    """The template of a shipped rulebook."""
    return build_workbook(find_rulebook(rulebook))


@cache
def book(rulebook: str) -> Workbook:
    """The same, opened; nobody may change it."""
    return opened(blank(rulebook))


def opened(content: bytes) -> Workbook:
    """The workbook in `content`; that openpyxl does not know solid data bars is no news."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", ".*extension is not supported", UserWarning)
        return openpyxl.load_workbook(io.BytesIO(content))


def saved(book: Workbook) -> bytes:
    """The workbook as openpyxl saves it: without the results of formulas, names where they were."""
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()
