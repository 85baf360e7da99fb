"""From a workbook to its assessment: above all, which rulebook it is judged by."""

from __future__ import annotations

from pathlib import Path

import pytest

from xl_selfeval import assess, build_workbook, read
from xl_selfeval.rulebook import (
    Rulebook,
    RulebookError,
    carried_rulebook,
    find_rulebook,
    own_rulebook,
    rulebook_text,
    shipped_rulebooks,
)
from xl_selfeval.submission_file import SAMPLES, load_submission


@pytest.fixture
def own(tmp_path: Path) -> Rulebook:
    """A method owner's scheme: the ministry's, under an id of its own and with another floor for 优."""
    text = shipped_rulebooks()["mof-2020"].read_text(encoding="utf-8").replace("id: mof-2020", "id: qinghe-2026", 1)
    path = tmp_path / "青禾县.yaml"
    path.write_text(text.replace("name: 优, floor: {value: 90", "name: 优, floor: {value: 99", 1), encoding="utf-8")
    rulebook = own_rulebook(path)
    assert rulebook.grades[0].floor.value == 99
    return rulebook


def test_a_workbook_carries_its_own_rulebook(own, tmp_path):
    book = tmp_path / "自评表.xlsx"
    book.write_bytes(build_workbook(own, load_submission(SAMPLES / "sound.yaml")))
    result = assess(book)
    assert result.rulebook == own
    assert (result.card.total, result.card.grade.name) == (assess(book, "mof-2020").card.total, "良")


def test_a_shipped_rulebook_is_never_read_out_of_the_workbook(tmp_path):
    book = tmp_path / "自评表.xlsx"
    book.write_bytes(build_workbook(find_rulebook("mof-2020")))
    assert read(book).rulebook_text == ""


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [("qinghe-2026", "mof-2020", "与自带的相同"), ('{"value":"99"', '{"value":"many"', "已损坏")],
)
def test_a_carried_rulebook_that_was_tampered_with_is_refused(own, before, after, said, tmp_path):
    text = rulebook_text(own)
    assert before in text
    with pytest.raises(RulebookError, match=said):
        carried_rulebook(text.replace(before, after), "青禾县图书馆.xlsx")
