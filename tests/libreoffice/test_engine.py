"""The test engine keeps what it promises: commands meet in LibreOffice what they would meet in Excel."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from xl_selfeval.rulebook import find_rulebook
from xl_selfeval.submission_file import SAMPLES, load_submission
from xl_selfeval.workbook.template import build_workbook

if TYPE_CHECKING:
    from tests.libreoffice.engine.live import Live

pytestmark = pytest.mark.office


@pytest.fixture(scope="module")
def filled() -> bytes:
    submission = load_submission(next(iter(sorted(SAMPLES.glob("*.yaml")))))
    return build_workbook(find_rulebook(submission.rulebook), submission)


def test_a_book_opens_under_the_name_it_is_given(live: Live, filled: bytes) -> None:
    book = live.open(filled, "鹿泉区 红十字会 2024.xlsx")
    assert book.name == "鹿泉区 红十字会 2024.xlsx"
    assert book.sheets[0].name == "填报说明"
    assert live.app.books.active == book
    assert book.caller() == book


def test_a_sheet_is_read_in_one_bulk_call(live: Live, filled: bytes) -> None:
    sheet = live.open(filled).sheets["指标评分"]
    values = sheet.used_range.options(ndim=2).value
    assert live.calls.reads == {"指标评分": 1}
    assert values[8][:2] == ["任务序号*", "一级指标*"]


def test_values_come_back_as_they_went_in(live: Live, filled: bytes) -> None:
    book = live.open(filled)
    sheet = book.sheets.add("草稿")
    rows = [["文字", 1.5, None, True], ["二\n行", dt.datetime(2024, 3, 1), -3.0, "≥90%"]]
    sheet["B2"].value = rows
    assert live.calls.writes == {"草稿": 1}
    assert sheet["B2:E3"].value == rows
