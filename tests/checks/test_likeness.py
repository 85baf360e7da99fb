"""Long passages in common, and names that differ by a slip."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xl_selfeval.checks.likeness import common_run, core, likeness, nearest, pairs_of

few = settings(deadline=None, max_examples=150)
short = st.text("红十字会 ", max_size=40)


@few
@given(short, short, st.integers(2, 8))
def test_a_common_run_is_found_whenever_there_is_one(one: str, other: str, at_least: int) -> None:
    run = common_run(one, other, at_least)
    bare, whole = "".join(one.split()), "".join(other.split())
    there = any(bare[i : i + at_least] in whole for i in range(len(bare) - at_least + 1))
    assert bool(run) is there
    assert run in bare
    assert run in whole
    assert len(run) >= at_least or not run


def test_a_run_is_followed_to_its_end_across_line_breaks() -> None:
    assert (
        common_run("大力弘扬“人道、\n\n博爱、奉献”的精神。", "弘扬“人道、博爱、奉献”的红十字精神。", 5)
        == "弘扬“人道、博爱、奉献”的"
    )


def test_of_two_runs_the_longer_is_given() -> None:
    assert common_run("甲乙丙。子丑寅卯辰", "甲乙丙，子丑寅卯辰", 3) == "子丑寅卯辰"


def test_repetitive_texts_of_a_full_cell() -> None:
    assert len(common_run("的" * 32_000, "的" * 32_000, 40)) == 32_000
    assert common_run("学生" * 16_000, "生人" * 16_000, 40) == ""


@pytest.mark.parametrize(
    ("name", "bare"),
    [
        ("开展应急救护工作", "应急救护"),
        ("1. 开展“三献”工作。", "三献"),
        ("（二）地方文献保护与数字化", "地方文献保护与数字化"),
        ("三献", "三献"),
        ("开展工作", "工作"),
        ("", ""),
    ],
)
def test_the_core_of_a_name(name: str, bare: str) -> None:
    assert core(name) == bare


def test_likeness_tells_a_slip_from_a_sibling() -> None:
    care = pairs_of("急救护理")
    assert likeness(care, pairs_of("应急救护")) > likeness(care, pairs_of("应急救援"))
    assert likeness(care, care) == 1
    assert likeness(care, pairs_of("")) == 0


def test_nearest() -> None:
    assert list(nearest(["应急救护", "综合事务"], ["急救护理", "人道救助"], 0.5)) == [(0, 0)]
    assert list(nearest(["应急救护"], ["应急救护"], 0.5)) == []  # the same is no slip


@few
@given(st.lists(short, max_size=8), st.lists(short, max_size=8))
def test_nearest_names_only_what_is_there(names: list[str], others: list[str]) -> None:
    for i, j in nearest(names, others, 0.5):
        assert names[i] != others[j]
        assert likeness(pairs_of(names[i]), pairs_of(others[j])) >= 0.5
