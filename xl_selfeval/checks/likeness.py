"""Likeness of texts and names: long passages in common, names that differ by a slip. Pure, and near-linear."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

_SPACE = re.compile(r"\s+")
_ORNAMENT = re.compile(r"[\s“”\"‘’'（）()《》〔〕、，。；：,.;:—－-]+")
_NUMBERED = re.compile(r"^(?:[（(]?[一二三四五六七八九十0-9]{1,3}[）).、．]+)")
_VERB = re.compile(r"^(?:开展|做好|推进|实施|完成|加强|抓好|落实|组织)(?=..)")
_KIND = re.compile(r"(?<=..)(?:工作|项目|任务|行动|经费|专项)$")
_CROWD = 40
"""A pair of characters that more names than this share tells none of them apart."""


def common_run(one: str, other: str, at_least: int) -> str:
    """A passage of `at_least` or more characters (blanks aside) that stands in both texts; "" when there is none.

    Every first meeting is followed to its end and the longest of them given, in time linear in both texts.
    """
    one, other = _SPACE.sub("", one), _SPACE.sub("", other)
    if min(len(one), len(other)) < at_least:
        return ""
    places: dict[str, int] = {}
    for j in range(len(other) - at_least + 1):
        places.setdefault(other[j : j + at_least], j)
    best, i = "", 0
    while i <= len(one) - at_least:
        j = places.get(one[i : i + at_least], -1)
        if j < 0:
            i += 1
            continue
        length = at_least
        while i + length < len(one) and j + length < len(other) and one[i + length] == other[j + length]:
            length += 1
        best = max(best, one[i : i + length], key=len)
        i += length - at_least + 1
    return best


def core(name: str) -> str:
    """A name without its number, its verb (开展…), its kind (…工作), quotation marks and blanks."""
    bare = _ORNAMENT.sub("", _NUMBERED.sub("", name.strip()))
    return _KIND.sub("", _VERB.sub("", bare))


def pairs_of(name: str) -> frozenset[str]:
    """The pairs of neighbouring characters in `name`."""
    return frozenset(name[i : i + 2] for i in range(len(name) - 1))


def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """Dice's coefficient of two sets of pairs: 0 nothing in common, 1 the same."""
    return 2 * len(one & other) / (len(one) + len(other)) if one and other else 0.0


def nearest(names: Sequence[str], others: Sequence[str], least: float) -> Iterator[tuple[int, int]]:
    """For each of `names` the most alike of `others` that is no worse than `least` and not the same, as indexes."""
    sets = [pairs_of(other) for other in others]
    holders: dict[str, list[int]] = defaultdict(list)
    for j, pairs in enumerate(sets):
        for pair in pairs:
            holders[pair].append(j)
    for i, name in enumerate(names):
        mine = pairs_of(name)
        shared = Counter(j for pair in mine if len(holders.get(pair, ())) <= _CROWD for j in holders.get(pair, ()))
        alike = [(likeness(mine, sets[j]), -j) for j in shared if others[j] != name]
        if alike and max(alike)[0] >= least:
            yield i, -max(alike)[1]
