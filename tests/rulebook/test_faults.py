from collections.abc import Iterator

import pytest
from pydantic import BaseModel

from xl_selfeval.rulebook.faults import WORDS, Fault, in_words, shown
from xl_selfeval.rulebook.schema import Rulebook, Source, Sourced


def fields_of(model: type[BaseModel], seen: set[type]) -> Iterator[str]:
    seen.add(model)
    for name, info in model.model_fields.items():
        yield name
        for part in getattr(info.annotation, "__args__", (info.annotation,)):
            if isinstance(part, type) and issubclass(part, BaseModel) and part not in seen:
                yield from fields_of(part, seen)


def test_every_field_of_a_rulebook_has_a_chinese_name():
    seen: set[type] = set()
    names = {*fields_of(Rulebook, seen), *fields_of(Source, seen), *Sourced.model_fields}
    assert {"points", "late", "share", "document", "verified"} <= names
    assert names == WORDS.keys()


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ((), "全文"),
        (("total",), "总分（total）"),
        (("total", "value"), "总分（total.value）"),
        (("blocks", 0, "points", "value"), "各部分第1项的分值（blocks.0.points.value）"),
        (("formulas", "late", 1, "days"), "计分公式的逾期各档第2项的逾期天数（formulas.late.1.days）"),
        (("sources", "total", "date"), "出处清单的“total”的日期（sources.total.date）"),
        (("value",), "数值（value）"),
        (("nmae",), "“nmae”（nmae）"),
    ],
)
def test_a_place_reads_as_words(path, words):
    assert in_words(path) == words


def test_a_fault_reads_as_one_sentence():
    assert str(Fault(7, ("total",), "缺少 value")) == "第7行，总分（total）：缺少 value"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "空值"),
        (True, "true"),
        (False, "false"),
        (1, "1"),
        ({}, "一组内容"),
        ([1], "一组内容"),
        ("x" * 99, "x" * 30 + "…"),
    ],
)
def test_values_are_shown_short(value, text):
    assert shown(value) == text
