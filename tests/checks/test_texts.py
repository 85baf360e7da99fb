"""All texts laid end to end: every field is there, and every match is led back to its field."""

from __future__ import annotations

import re

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.strategies import submissions
from xl_selfeval.checks.catalogue import Case
from xl_selfeval.checks.patches import patched
from xl_selfeval.checks.texts import END, Texts, quoted, texts, texts_of
from xl_selfeval.model import Path, Submission
from xl_selfeval.scoring import score


def value_at(submission: Submission, path: Path) -> object:
    node: object = submission
    for step in path:
        node = node[step] if isinstance(step, int) else getattr(node, step)
    return node


def test_every_text_field_is_walked() -> None:
    submission, _ = patched({"remarks": "收支数据"})
    found = dict(texts(submission))
    assert found["title",] == submission.title
    assert found["duties", 1] == submission.duties[1]
    assert found["items", 1, "indicators", 1, "actual"] == "2023年11月20日"
    assert found["team", 2, "name"] == "陶行简"
    assert ("rulebook",) not in found
    assert ("items", 0, "indicators", 0, "category") not in found  # a choice is no text
    assert not [path for path in found if path[-1] == "unit_of_measure"]


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(submissions())
def test_texts_are_told_with_their_paths(submission: Submission) -> None:
    for path, text in texts(submission):
        assert value_at(submission, path) == text


@settings(deadline=None, max_examples=80)
@given(st.lists(st.text("红十字a ", min_size=1, max_size=6), max_size=6))
def test_matches_are_led_back_to_their_field(duties: list[str]) -> None:
    submission = Submission(duties=duties)
    everything = Texts(submission)
    found = [(path[-1], match[0]) for path, match in everything.find(re.compile("十字|a"))]
    wanted = [(i, word) for i, text in enumerate(submission.duties) for word in re.findall("十字|a", text)]
    assert found == wanted


def test_a_pattern_may_begin_with_the_beginning_of_a_text() -> None:
    everything = Texts(Submission(duties=["甲乙", "乙甲", "乙"]))
    assert [path for path, _ in everything.find(re.compile(f"{END}乙"))] == [("duties", 1), ("duties", 2)]
    assert list(everything.by_field(re.compile(f"{END}乙"), sign=re.compile("甲"))) == [("duties", 1)]


def test_titles_can_be_left_out() -> None:
    everything = Texts(Submission(remarks="按《2019年办法》在2023年办理；《未完 2020年"))
    year = re.compile("[0-9]{4}年")
    assert [match[0] for _, match in everything.find(year, titles=False)] == ["2023年", "2020年"]
    assert [match[0] for _, match in everything.find(year)] == ["2019年", "2023年", "2020年"]


def test_fields_that_hold_a_sign_come_once_each() -> None:
    everything = Texts(Submission(duties=["其中其中", "无", "其中"]))
    assert [path for path, _ in everything.holding(re.compile("其中"))] == [("duties", 0), ("duties", 2)]


def test_an_empty_submission_has_no_texts() -> None:
    everything = Texts(Submission())
    assert everything.fields == []
    assert list(everything.find(re.compile(END))) == []
    assert list(everything.holding(re.compile(END))) == []


def test_a_case_is_walked_once() -> None:
    submission, rulebook = patched({})
    case = Case(submission, rulebook, score(submission, rulebook))
    assert texts_of(case) is texts_of(case)
    assert case == Case(submission, rulebook, case.card)


def test_words_are_quoted_once_and_counted_past_three() -> None:
    assert quoted(["and", "and"]) == "“and”"
    assert quoted([f"{END}甲", "乙\n 丙"]) == "“甲”、“乙 丙”"
    assert quoted("甲乙丙丁") == "“甲”、“乙”、“丙”等4处"
