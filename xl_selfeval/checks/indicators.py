"""Indicators against their item's goal and against each other (family CON, 12–16)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from xl_selfeval.checks.catalogue import Case, Hit, Severity, check, hit
from xl_selfeval.checks.likeness import core
from xl_selfeval.checks.naming import item_name, row_name
from xl_selfeval.checks.prose import AMOUNT, NUMBER, amounts
from xl_selfeval.checks.texts import END, quoted, texts_of
from xl_selfeval.model import Category, Indicator, Operator, Path

W, N = Severity.WARNING, Severity.NOTE
INDICATORS = "财政部门绩效指标设置要求：指标应细化、量化，与目标对应"
FIRST, SECOND = "items.0.indicators.0", "items.0.indicators.1"

_NUMBER = re.compile(NUMBER)
_DATE = re.compile(r"[0-9]{2,4}年|[0-9]{1,2}月(?:[0-9]{1,2}日)?")


def _numbers(*texts: str) -> set[Decimal]:
    """The numbers in `texts`, dates aside."""
    return {Decimal(number.replace(",", "")) for text in texts for number in _NUMBER.findall(_DATE.sub("", text))}


@check(
    "CON12",
    W,
    title="目标中的数字没有设成指标",
    message="{item}的目标写有{figures}，各指标中一个也没有",
    remedy="把目标中的人数、次数、金额等设为指标值",
    basis=INDICATORS,
    caught={"items.2.goal": "修复古籍35册，开办讲座9场。"},
    passed={"items.2.goal": "完成地方文献数字化15000页以上，印发读本3000册。"},
)
def goal_figures(case: Case) -> Iterator[Hit]:
    """A goal names figures, and none of them is in the targets or wordings of its indicators."""
    for i, item in enumerate(case.submission.items):
        named = amounts(_DATE.sub("", item.goal)) if AMOUNT.search(item.goal) else []
        measured = [text for row in item.indicators for text in (row.name, row.wording, row.target)]
        if named and measured and not _numbers(item.goal) & _numbers(*measured):
            shown = [each.text for each in named]
            yield hit("items", i, "goal", item=item_name(i, item.name), figures=quoted(shown))


@check(
    "CON13",
    W,
    title="任务没有产出指标",
    message="{item}没有一个产出指标，看不出做了多少、做得怎样",
    remedy="至少设一个数量、质量或时效指标",
    basis=INDICATORS,
    caught={"items.2.indicators.0.category": "效益指标", "items.2.indicators.0.subcategory": "社会效益指标"},
    passed={"items.2.indicators.0.subcategory": "质量指标"},
)
def item_without_output(case: Case) -> Iterator[Hit]:
    """All rows of an item are classed, and none as an output."""
    for i, item in enumerate(case.submission.items):
        classes = {row.category for row in item.indicators}
        if classes and None not in classes and Category.OUTPUT not in classes:
            yield hit("items", i, "indicators", item=item_name(i, item.name))


def _key(row: Indicator) -> tuple[object, ...]:
    return row.category, core(row.name), row.target, row.unit_of_measure


@check(
    "CON14",
    W,
    title="同一指标设了两次",
    message="{row}与{other}相同，同一事实计了两次分",
    remedy="保留一个指标，把分值并到一处",
    basis=INDICATORS,
    caught={f"{SECOND}.name": "年接待读者人次", f"{SECOND}.target": 80000, f"{SECOND}.unit_of_measure": "人次"},
    passed={f"{SECOND}.name": "年接待读者人次", f"{SECOND}.target": 76000, f"{SECOND}.unit_of_measure": "人次"},
)
def same_indicator(case: Case) -> Iterator[Hit]:
    """The same name and target twice in one item, or a counted output of the same name and target in two items."""
    seen: dict[tuple[object, ...], Path] = {}
    for path, row in case.submission.indicators():
        counted = row.category is Category.OUTPUT and row.unit_of_measure not in {"", "%"}
        key = (*_key(row), *(() if counted else path[:2]))
        if row.name and row.target and key in seen:
            yield hit(*path, "name", row=row_name(path, row), other=_place(seen[key]))
        seen.setdefault(key, path)


def _place(path: Path) -> str:
    return f"第{int(path[1]) + 1}项任务的第{int(path[3]) + 1}个指标"


_TWO_NAMES_SIGN = re.compile("[率度力数][、和及与]")
TWO_NAMES = re.compile(
    rf"([^，。；、{END}]{{2,12}}[率度力数])[、和及与]([^，。；、{END}]{{2,12}}[率度力数])"
    r"(?:均|都|分别)?(?:达到|不低于|不少于|大于|≥|为|在)?\s*[0-9]"
)


@check(
    "CON15",
    N,
    title="两个指标合用一个指标值",
    message="“{one}”和“{other}”写在一句里，合用一个指标值",
    remedy="拆成两个指标，分别写指标值、实际完成值和分值",
    basis=INDICATORS,
    caught={f"{FIRST}.wording": "接待读者准点率、图书归架准确率达到95%以上"},
    passed={f"{FIRST}.wording": "接待读者和图书归架准确率达到95%以上"},
)
def two_in_one(case: Case) -> Iterator[Hit]:
    """One wording measures two things against one figure; told once for rows that share the wording."""
    told: set[str] = set()
    for path, matches in texts_of(case).by_field(TWO_NAMES, sign=_TWO_NAMES_SIGN).items():
        if path[-1] in {"wording", "target"} and matches[0][0] not in told:
            told.add(matches[0][0])
            yield hit(*path, one=matches[0][1], other=matches[0][2])


_AT_LEAST = re.compile(r"不少于|不低于|不小于|以上|达到|大于等于|≥|>=")


@check(
    "CON16",
    N,
    title="“不少于”的写法不统一",
    message="指标原文用了{count}种写法表示“不少于”：{words}",
    remedy="统一成一种写法，如“≥”或“不少于”；只写数字的，补上符号",
    basis="公文要求：同一意思前后写法一致",
    caught={f"{FIRST}.wording": "年接待读者达到80000人次"},
    passed={f"{FIRST}.wording": "年接待读者80000人次以上"},
)
def spellings_of_at_least(case: Case) -> Iterator[Hit]:
    """Four or more spellings of ≥ in the wordings; a bare figure under ≥ counts as one."""
    found: dict[str, Path] = {}
    for path, row in case.submission.indicators():
        for word in _spellings(row):
            found.setdefault(word, (*path, "wording"))
    if len(found) > 3:
        yield hit(*list(found.values())[-1], count=len(found), words="、".join(f"“{word}”" for word in found))


def _spellings(row: Indicator) -> Sequence[str]:
    words = sorted(set(_AT_LEAST.findall(row.wording)) - {"达到"} or set(_AT_LEAST.findall(row.wording)))
    bare = row.operator in {None, Operator.AT_LEAST} and not words and AMOUNT.search(row.wording)
    return ["只写数字"] if bare else words
