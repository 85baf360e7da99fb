"""The words that checks look for, from `words.yaml`: read once, patterns compiled."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path as FilePath
from typing import Any

import yaml

from xl_selfeval.model import Subcategory

FILE = FilePath(__file__).parent / "words.yaml"


@dataclass(frozen=True)
class Slip:
    """A wrong word, what should stand there, and the pattern that tells it from innocent uses."""

    word: str
    right: str
    pattern: re.Pattern[str]


@dataclass(frozen=True)
class Stale:
    """A phrase that was current up to the year `until`, and why no longer."""

    word: str
    until: int
    why: str


@dataclass(frozen=True)
class Issuer:
    """A kind of issuer, what its 文号 holds before the year, and an example."""

    issuer: re.Pattern[str]
    code: re.Pattern[str]
    example: str


@dataclass(frozen=True)
class Words:
    """All lists of `words.yaml`; what each means is said there."""

    latin_allowed: frozenset[str]
    english: dict[str, str]
    doubled_particles: re.Pattern[str]
    slips: tuple[Slip, ...]
    stale: tuple[Stale, ...]
    vague: re.Pattern[str]
    checkable: re.Pattern[str]
    countable: re.Pattern[str]
    template_sign: re.Pattern[str]
    template: re.Pattern[str]
    verdict: re.Pattern[str]
    grading: str
    none: frozenset[str]
    dimensions: tuple[str, ...]
    spoken_of: tuple[tuple[re.Pattern[str], frozenset[Subcategory]], ...]
    issuers: tuple[Issuer, ...]


@cache
def words() -> Words:
    """The lists, read on first use."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # libyaml is eight times faster where it is there
    read: dict[str, Any] = yaml.load(FILE.read_text(encoding="utf-8"), Loader=loader)
    level_2 = {str(member): member for member in Subcategory}
    return Words(
        latin_allowed=frozenset(read["latin_allowed"]),
        english=read["english"],
        doubled_particles=re.compile(read["doubled_particles"]),
        slips=tuple(_slip(word, **entry) for word, entry in read["slips"].items()),
        stale=tuple(Stale(**entry) for entry in read["stale"]),
        vague=_any(read["vague"]),
        checkable=_any(read["checkable"]),
        countable=re.compile(read["countable"]),
        template_sign=re.compile(read["template_sign"]),
        template=_any(read["template"]),
        verdict=_any(read["verdict"]),
        grading=read["grading"],
        none=frozenset(read["none"]),
        dimensions=tuple(read["dimensions"]),
        spoken_of=tuple(
            (re.compile(pattern), frozenset(level_2[code] for code in codes))
            for pattern, codes in read["spoken_of"].items()
        ),
        issuers=tuple(
            Issuer(re.compile(entry["issuer"]), re.compile(entry["code"]), entry["example"])
            for entry in read["issuers"]
        ),
    )


def _any(patterns: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(patterns))


def _slip(word: str, right: str, next: str = "", last: str = "") -> Slip:
    before = f"(?<={last})" if last else ""
    after = f"(?={next})" if next else ""
    return Slip(word, right, re.compile(f"{before}{re.escape(word)}{after}"))
