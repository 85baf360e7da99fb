"""Random submissions for property tests: every field of the model, filled with what people and accidents type."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import cache
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from hypothesis import strategies as st
from pydantic import BaseModel

from xl_selfeval.checks.patches import patched
from xl_selfeval.model import Path, Submission

SHORT = """
≥90% 90%以上 不低于100平方米 3000人次以上 ≥266米 1,290.00万元 0件 9月前 ２０２３年 2023年11月30日前 2023年11月30日
95%-105% 105%-95% 0.9 90 -5 １２ 120% ≤0 无 / …… 完成 已完成。 优 优秀 原值 指标2： 100字以内 鹿发[2019]8号 学生学生 元
4.26、1.62、0.19万元，以上三项共计6.03万元 增加6.59万元，增长5.93% %s a|b #DIV/0! 😀 \u200b 人次 % 万元 合格率
"""
TYPED = [*SHORT.split(), "≧ 90 ％", "遗体 and 器官", "{0} {row} }", "一\n二", "1 290"]
texts = st.one_of(st.just(""), st.sampled_from(TYPED), st.text(max_size=12), st.integers(-9, 10**9).map(str))
# Spreadsheets hold 15 digits; money in 万元 with 6 decimals reaches down to one 分.
amounts = st.one_of(
    st.sampled_from([Decimal(0), Decimal("0.01"), Decimal(10), Decimal("97.5"), Decimal(100), Decimal(1_000_000)]),
    st.decimals(-(10**9), 10**9, places=2),
    st.decimals(0, 10**4, places=6),
)
counts = st.one_of(st.integers(0, 20), st.integers(0, 10**9))
years = st.one_of(st.integers(2018, 2026), st.integers(1949, 2999))
dates = st.dates(date(2018, 1, 1), date(2026, 12, 31))
flags = st.booleans()
DEEP = ("items", "indicators")  # always drawn, or most submissions would have no row


def submissions() -> st.SearchStrategy[Submission]:
    """Any submission: made up from nothing, or the sound sample with some fields overwritten."""
    return st.one_of(part(Submission), damaged())


@cache
def part(model: type[BaseModel]) -> st.SearchStrategy[Any]:
    """Any instance of `model`; each field may stay at its default. New fields of the model come in by themselves."""
    fields = {name: _field(model, name) for name in model.model_fields if name != "examples"}
    always = {name: fields.pop(name) for name in DEEP if name in fields}
    return st.fixed_dictionaries(always, optional=fields).map(model.model_validate)


@cache
def damaged() -> st.SearchStrategy[Submission]:
    """The sound sample with up to ten fields overwritten: deep enough to meet what needs several sound fields."""
    sound = patched({})[0]
    leaves = dict(_leaves(sound, ()))
    chosen = st.lists(st.sampled_from(sorted(leaves, key=str)), max_size=10, unique=True)
    changes = chosen.flatmap(lambda paths: st.fixed_dictionaries({path: leaves[path] for path in paths}))
    return changes.map(lambda values: _overwritten(sound, values))


def _leaves(node: BaseModel, path: Path) -> Iterator[tuple[Path, st.SearchStrategy[Any]]]:
    for name in type(node).model_fields:
        value = getattr(node, name)
        if isinstance(value, BaseModel):
            yield from _leaves(value, (*path, name))
            continue
        if isinstance(value, list):
            for i, entry in enumerate(value):
                if isinstance(entry, BaseModel):
                    yield from _leaves(entry, (*path, name, i))
        if name != "examples":
            yield (*path, name), _field(type(node), name)


def _overwritten(sound: Submission, values: Mapping[Path, object]) -> Submission:
    changed = sound.model_copy(deep=True)
    for path, value in sorted(values.items(), key=lambda entry: -len(entry[0])):
        node: Any = changed
        for step in path[:-1]:
            node = node[step] if isinstance(step, int) else getattr(node, step)
        setattr(node, str(path[-1]), value)
    return Submission.model_validate(changed.model_dump())


def _field(model: type[BaseModel], name: str) -> st.SearchStrategy[Any]:
    return years if name == "fiscal_year" else _of(model.model_fields[name].annotation)


def _of(kind: Any) -> st.SearchStrategy[Any]:
    origin, args = get_origin(kind), get_args(kind)
    if origin is Annotated:
        return _of(args[0])
    if origin in {Union, UnionType}:
        return st.one_of(*(_of(arg) for arg in args))
    if origin is list:
        return st.lists(_of(args[0]), max_size=4)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return st.sampled_from(list(kind))
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        return part(kind)
    return {str: texts, Decimal: amounts, int: counts, bool: flags, date: dates, type(None): st.none()}[kind]
