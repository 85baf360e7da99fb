"""Example values: which places they cover, and the submission without them."""

import pytest

from xl_selfeval.examples import is_example, without_examples
from xl_selfeval.model import Submission
from xl_selfeval.submission_file import SAMPLES, load_submission

ACTUAL = ("items", 2, "indicators", 0, "actual")


@pytest.mark.parametrize(
    ("pattern", "path", "expected"),
    [
        ("items.*.indicators.*.actual", ACTUAL, True),
        ("items.2.indicators.0.actual", ACTUAL, True),
        ("items.1.indicators.*.actual", ACTUAL, False),
        ("items.*.indicators.*.target", ACTUAL, False),
        ("items.*.actual", ACTUAL, False),
        ("items.*.indicators.*.actual", ("items", 2, "indicators", 0), False),
        ("projects", ("projects", 3, "name"), True),
        ("projects", ("projects",), True),
        ("projects.*", ("projects",), False),
        ("project", ("projects",), False),
        ("finance.funds", ("finance", "funds", "total", "executed_amount"), True),
        ("finance.funds", ("finance", "total"), False),
        ("", ("title",), False),
    ],
)
def test_a_pattern_covers_its_place_and_all_within(pattern, path, expected):
    assert is_example(path, Submission(examples=[pattern])) is expected


def test_no_patterns_no_examples():
    assert not is_example(ACTUAL, Submission())


def test_without_examples_only_the_stated_is_left():
    filled = Submission.model_validate(
        {
            "title": "报告",
            "duties": ["一", "示例：二", "三"],
            "finance": {"total": 10, "carry_over": 2, "funds": {"total": {"executed_amount": 8}}},
            "projects": [{"name": "示例：甲", "initial_budget": 3}],
            "items": [{"name": "工作", "indicators": [{"name": "次数", "target": "5", "actual": "4"}]}],
            "examples": ["duties.1", "finance.carry_over", "finance.funds", "projects", "items.*.indicators.*.actual"],
        }
    )
    assert without_examples(filled) == Submission.model_validate(
        {
            "title": "报告",
            "duties": ["一", "三"],
            "finance": {"total": 10},
            "items": [{"name": "工作", "indicators": [{"name": "次数", "target": "5"}]}],
        }
    )
    assert filled.projects  # the given one is untouched


def test_without_examples_nothing_changes_where_there_are_none():
    sound = load_submission(SAMPLES / "sound.yaml")
    assert without_examples(sound) == sound
