"""The generated VBA functions, for a small module of Python functions."""

from __future__ import annotations

from types import ModuleType

import pytest

from xl_selfeval.editions.faults import BuildError
from xl_selfeval.editions.wrappers import functions, wrapped

PYTHON = '''
ARGUMENTS = {"target": "目标值", "actual": "完成值", "weight": "分值"}

def SE_POINTS(target, actual, weight=10):
    """一行的得分。

    For programmers.
    """

def SE_NOW():
    """版本。"""

def helper(target):
    """Not for cells."""
'''


def module(source: str = PYTHON) -> ModuleType:
    made = ModuleType("small")
    exec(source, made.__dict__)
    return made


def test_every_function_whose_name_starts_so_is_taken_with_its_words() -> None:
    points, now = functions(module())
    assert (points.name, points.doc) == ("SE_POINTS", "一行的得分。")
    assert [(p.name, p.doc, p.optional) for p in points.parameters] == [
        ("target", "目标值", False),
        ("actual", "完成值", False),
        ("weight", "分值", True),
    ]
    assert (now.name, now.parameters) == ("SE_NOW", ())


def test_a_wrapper_hands_its_arguments_on_by_name() -> None:
    vba = wrapped(functions(module()))
    assert (
        "Public Function SE_POINTS(ByVal target As Variant, ByVal actual As Variant, "
        'Optional ByVal weight As Variant = "") As Variant\r\n'
        '    SE_POINTS = SeCall("SE_POINTS", Array(target, actual, weight))\r\nEnd Function\r\n'
    ) in vba
    assert 'SE_NOW = SeCall("SE_NOW", Array())' in vba
    assert vba.isascii()


def test_no_line_is_longer_than_vba_takes_nor_more_than_it_may_be_continued() -> None:
    many = {f"argument_with_a_long_name_{n}": "" for n in range(29)}
    source = f"ARGUMENTS = {many!r}\ndef SE_MANY({', '.join(many)}): 'x'\n"
    vba = wrapped(functions(module(source)))
    assert max(map(len, vba.split("\r\n"))) < 1024
    assert vba.count(" _\r\n") < 25


@pytest.mark.parametrize("arguments", ["*target", "*, target", "**target"])
def test_arguments_that_vba_cannot_give_are_refused(arguments: str) -> None:
    source = f"ARGUMENTS = {{'target': ''}}\ndef SE_ODD({arguments}): 'x'\n"
    with pytest.raises(BuildError, match="SE_ODD"):
        functions(module(source))


def test_a_module_without_functions_is_refused() -> None:
    with pytest.raises(BuildError, match="SE_"):
        functions(module("ARGUMENTS = {}"))
