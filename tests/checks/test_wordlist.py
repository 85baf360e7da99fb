"""The word lists: patterns compile, right words are not caught themselves, years are ended ones."""

from __future__ import annotations

import re

import pytest

from xl_selfeval.checks.wordlist import Slip, words


@pytest.mark.parametrize("slip", words().slips, ids=lambda slip: slip.word)
def test_the_right_word_is_no_slip(slip: Slip) -> None:
    following = re.sub(r".*\(\?=(.*)\)$", r"\1", slip.pattern.pattern) if "(?=" in slip.pattern.pattern else ""
    tail = re.split(r"[|\[(\\]", following)[0]
    assert slip.word != slip.right
    assert not slip.pattern.search(f"已经{slip.right}{tail}")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("加强应急救护只是技能普及", ["只是"]),
        ("不只是讲解", []),
        ("人人学急救急救为人的风尚", ["急救急救为人"]),
        ("人人学急救、急救为人人", []),
        ("造血干细胞及人体和器官捐献", ["人体和器官"]),
        ("遗体和人体器官捐献", []),
        ("截止2023年底", ["截止"]),
        ("报名截止日期", []),
        ("任务己完成，指标末达到", ["己", "末"]),
        ("自己完成，年末完成", []),
        ("及时反应问题，反应强烈", ["反应"]),
    ],
)
def test_slips_in_context(text: str, found: list[str]) -> None:
    assert [slip.word for slip in words().slips if slip.pattern.search(text)] == found


def test_worn_phrases_are_told_with_the_year_they_ended_and_why() -> None:
    for phrase in words().stale:
        assert 2015 <= phrase.until <= 2025
        assert phrase.why
    assert len({phrase.word for phrase in words().stale}) == len(words().stale)


def test_whatever_is_a_remnant_of_the_form_shows_its_sign() -> None:
    for text in (
        "\x00指标2：\x00",
        "\x00限100字以内\x00",
        "\x00XX项目\x00",
        "\x00此处填写\x00",
        "\x00……\x00",
        "\x00待补充\x00",
    ):
        assert words().template.search(text), text
        assert words().template_sign.search(text), text


def test_examples_of_document_numbers_follow_their_own_rule() -> None:
    for rule in words().issuers:
        assert rule.code.search(rule.example.split("〔")[0])
