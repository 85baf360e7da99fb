"""The shape of a rulebook (评分办法): every number of a scheme, each with where it was read.

A number is written ``{value: 50, source: form}``, where `form` is listed under `sources` with document,
link and date; or ``{value: 1.3, verified: false}`` where no such source is at hand. A bare number does
not load. Points are in 分, shares and rates are ratios (0.9 = 90 %).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any, Generic, Literal, Self, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError, ValidationInfo, field_validator, model_validator
from pydantic_core import InitErrorDetails, PydanticCustomError

from xl_selfeval.model import Achievement, Category, Path
from xl_selfeval.rulebook.consistency import Faults, contradictions

T = TypeVar("T")
# The digits are bounded because 1e999999999 is a Decimal too, and no sum survives it.
Ratio = Annotated[Decimal, Field(ge=0, max_digits=12, decimal_places=8)]
Score = Annotated[Decimal, Field(gt=0, max_digits=12, decimal_places=8)]
Count = Annotated[int, Field(ge=1, strict=True)]


class Entry(BaseModel):
    """Base of every part of a rulebook: unknown keys are refused, values never change."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Source(Entry):
    """Where numbers were read. Only one with document, link and date can vouch for a number."""

    document: str = Field(min_length=1)
    number: str = ""
    link: str = ""
    date: dt.date | None = None
    note: str = ""

    @property
    def complete(self) -> bool:
        """True when a reader can look it up."""
        return bool(self.link and self.date)


class Sourced(Entry, Generic[T]):
    """A value and where it comes from: a key of `sources`, or `verified: false` (then `source` is only a hint)."""

    value: T
    source: str = ""
    verified: bool = True
    note: str = ""

    @model_validator(mode="after")
    def _has_origin(self) -> Self:
        if self.verified and not self.source:
            raise ValueError("每个数字须注明出处：写 source: 出处名，或写 verified: false")
        return self


class Reverse(StrEnum):
    """What a lower-is-better row gets when B > A."""

    RATIO = "ratio"
    LINEAR = "linear"


class Equality(StrEnum):
    """How a row with = is scored: like ≥, or all or nothing."""

    RATIO = "ratio"
    EXACT = "exact"


class PartialStep(StrEnum):
    """Whether a shortfall smaller than one step costs the whole step (up) or nothing (down)."""

    UP = "up"
    DOWN = "down"


class Block(Entry):
    """A block of the form. `points` is its weight; `null` leaves it to the form (then only the total is fixed)."""

    name: str = Field(min_length=1)
    categories: tuple[Category, ...] = Field(min_length=1)
    points: Sourced[Score | None]


class Grade(Entry):
    """A grade from `floor` points on, the bound included; `code` is the glossary's English word."""

    code: Literal["excellent", "good", "fair", "poor"]
    name: str = Field(min_length=1)
    floor: Sourced[Ratio]


class Band(Entry):
    """A qualitative band: the share of the points from `floor` to `ceiling` (both included)."""

    achievement: Achievement
    floor: Sourced[Ratio]
    ceiling: Sourced[Ratio]


class LateBand(Entry):
    """A date missed by at most `days` keeps `share` of the points; `days: null` is the rest."""

    days: Sourced[Count | None]
    share: Sourced[Ratio]


class Formulas(Entry):
    """The scheme's options for scoring one row."""

    digits: Sourced[Annotated[int, Field(ge=0, le=4, strict=True)]]
    equal: Sourced[Equality]
    reverse: Sourced[Reverse]
    partial_step: Sourced[PartialStep]
    late: tuple[LateBand, ...] = Field(min_length=1)


class Reasons(Entry):
    """When 偏差原因及改进措施 is due, as ratios of actual to target or of execution."""

    overshoot: Sourced[Ratio]
    overshoot_notice: Sourced[Ratio]
    execution_below: Sourced[Ratio]
    execution_above: Sourced[Ratio]


class Limits(Entry):
    """Bounds on text length (characters) and on the share of one indicator; `null` where the scheme has none."""

    reason_length: Sourced[Count | None]
    text_length: Sourced[Count | None]
    largest_share: Sourced[Ratio]


class Rulebook(Entry):
    """One scoring scheme. Raises ValueError (through pydantic) when its numbers contradict each other."""

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*$")
    name: str = Field(min_length=1)
    level: str
    version: str
    sources: dict[str, Source]
    total: Sourced[Score]
    execution: Sourced[Score | None]
    blocks: tuple[Block, ...] = Field(min_length=1)
    grades: tuple[Grade, ...] = Field(min_length=2)
    bands: tuple[Band, ...] = Field(min_length=3, max_length=3)
    formulas: Formulas
    reasons: Reasons
    limits: Limits

    @field_validator("*")
    @classmethod
    def _holds_together(cls, part: Any, info: ValidationInfo) -> Any:
        """All contradictions, each at its place and beside pydantic's own, so that a file is mended in one go."""
        found = [
            *_origin_faults(part, info.data.get("sources")),
            *contradictions(info.field_name or "", part, info.data),
        ]
        if found:
            details = [_detail(path, reason) for path, reason in found]
            raise ValidationError.from_exception_data(cls.__name__, details)
        return part

    def numbers(self) -> Iterator[tuple[str, Sourced[object]]]:
        """Every sourced value with its dotted place, e.g. ("blocks.0.points", …)."""
        for path, sourced in _sourced(self, ()):
            yield ".".join(map(str, path)), sourced

    def block_of(self, category: Category | None) -> Block | None:
        """The block that scores `category`, or None when the scheme has none for it."""
        return next((block for block in self.blocks if category in block.categories), None)

    def grade_of(self, total: Decimal) -> Grade:
        """The grade of `total` points; a lower bound belongs to its grade (rules.md §2)."""
        return next((grade for grade in self.grades if total >= grade.floor.value), self.grades[-1])

    def band_of(self, achievement: Achievement) -> Band:
        """The qualitative band a person picked."""
        return next(band for band in self.bands if band.achievement is achievement)


def _detail(path: Path, reason: str) -> InitErrorDetails:
    return {"type": PydanticCustomError("contradiction", "{reason}", {"reason": reason}), "loc": path, "input": None}


def _sourced(node: object, path: Path) -> Iterator[tuple[Path, Sourced[object]]]:
    if isinstance(node, Sourced):
        yield path, node
    elif isinstance(node, BaseModel):
        for name in type(node).model_fields:
            yield from _sourced(getattr(node, name), (*path, name))
    elif isinstance(node, tuple):
        for i, child in enumerate(node):
            yield from _sourced(child, (*path, i))


def _origin_faults(part: object, sources: Mapping[str, Source] | None) -> Faults:
    """Sources that are not listed, or listed without the link and date that could vouch for a number."""
    if sources is None:  # faulty itself, and reported there
        return
    for path, sourced in _sourced(part, ()):
        source = sources.get(sourced.source)
        if sourced.source and source is None:
            yield (*path, "source"), f"出处“{sourced.source}”没有列在 sources 中"
        elif sourced.verified and source is not None and not source.complete:
            yield (*path, "source"), f"出处“{sourced.source}”缺链接或日期，须同时写 verified: false"
