"""The shape of a rulebook (评分办法): every number of a scheme, each with where it was read.

A number is written ``{value: 50, source: form}``, where `form` is listed under `sources` with document,
link and date; or ``{value: 1.3, verified: false}`` where no such source is at hand. A bare number does
not load. Points are in 分, shares and rates are ratios (0.9 = 90 %).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Generic, Literal, Self, TypeVar

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from xl_selfeval.model import Achievement, Category

T = TypeVar("T")
Ratio = Annotated[Decimal, Field(ge=0)]
Score = Annotated[Decimal, Field(gt=0)]


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

    days: Sourced[int | None]
    share: Sourced[Ratio]


class Formulas(Entry):
    """The scheme's options for scoring one row."""

    digits: Sourced[Annotated[int, Field(ge=0, le=4)]]
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

    reason_length: Sourced[int | None]
    text_length: Sourced[int | None]
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

    @field_validator("grades")
    @classmethod
    def _grades_fall(cls, grades: tuple[Grade, ...]) -> tuple[Grade, ...]:
        floors = [grade.floor.value for grade in grades]
        if floors != sorted(set(floors), reverse=True) or floors[-1] != 0:
            raise ValueError("等级须从高到低排列，最低一级从0分起")
        return grades

    @field_validator("bands")
    @classmethod
    def _bands_hold(cls, bands: tuple[Band, ...]) -> tuple[Band, ...]:
        if {band.achievement for band in bands} != set(Achievement):
            raise ValueError("定性三档须各写一次：achieved、partly、missed")
        for band in bands:
            if not 0 <= band.floor.value <= band.ceiling.value <= 1:
                raise ValueError(f"“{band.achievement.label}”的下限须不大于上限，且都在0到1之间")
        return bands

    @model_validator(mode="after")
    def _adds_up(self) -> Self:
        fixed = [block.points.value for block in self.blocks]
        if None not in fixed:
            parts = sum((p for p in fixed if p is not None), self.execution.value or Decimal(0))
            if parts != self.total.value:
                raise ValueError(f"各部分分值合计{parts}分，与总分{self.total.value}分不一致")
        named = [category for block in self.blocks for category in block.categories]
        if len(named) != len(set(named)):
            raise ValueError("同一个一级指标不能属于两个部分")
        return self

    @model_validator(mode="after")
    def _sources_known(self) -> Self:
        for where, sourced in self.numbers():
            source = self.sources.get(sourced.source)
            if sourced.source and source is None:
                raise ValueError(f"{where} 的出处“{sourced.source}”没有列在 sources 中")
            if sourced.verified and source is not None and not source.complete:
                raise ValueError(f"{where} 的出处“{sourced.source}”缺链接或日期，须写 verified: false")
        return self

    def numbers(self) -> Iterator[tuple[str, Sourced[object]]]:
        """Every sourced value with its dotted place, e.g. ("blocks.0.points", …)."""
        yield from _sourced(self, "")

    def block_of(self, category: Category | None) -> Block | None:
        """The block that scores `category`, or None when the scheme has none for it."""
        return next((block for block in self.blocks if category in block.categories), None)

    def grade_of(self, total: Decimal) -> Grade:
        """The grade of `total` points; a lower bound belongs to its grade (rules.md §2)."""
        return next((grade for grade in self.grades if total >= grade.floor.value), self.grades[-1])

    def band_of(self, achievement: Achievement) -> Band:
        """The qualitative band a person picked."""
        return next(band for band in self.bands if band.achievement is achievement)


def _sourced(node: object, where: str) -> Iterator[tuple[str, Sourced[object]]]:
    if isinstance(node, Sourced):
        yield where, node
    elif isinstance(node, BaseModel):
        for name in type(node).model_fields:
            yield from _sourced(getattr(node, name), f"{where}.{name}".lstrip("."))
    elif isinstance(node, tuple):
        for i, child in enumerate(node):
            yield from _sourced(child, f"{where}.{i}")
