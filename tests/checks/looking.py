"""Short ways for tests to look at what is found in the sound sample under a patch."""

from __future__ import annotations

from collections.abc import Mapping

from xl_selfeval.checks.catalogue import Finding
from xl_selfeval.checks.patches import findings

FIRST = "items.0.indicators.0"  # ≥ 80000 人次, actual 76000, 7.6 of 8 points
EVENTS = "items.0.indicators.1"  # = 12 场, actual 12, 6 of 6 points
PERCENT = "items.0.indicators.2"  # ≥ 95 %, actual 93, step rule, 5 of 6 points
COST = "items.0.indicators.3"  # ≤ 60 万元, actual 54.5
RANGE = "items.0.indicators.4"  # 60-85 %, actual 72
VISITS = "items.1.indicators.0"  # ≥ 120 次, actual 126
DEADLINE = "items.1.indicators.1"  # 2023年11月30日前, done 2023年11月20日
NONE_AT_ALL = "items.1.indicators.2"  # = 0 起, actual 0
QUALITATIVE = "items.2.indicators.2"  # 达成预期指标, 8 of 8 points

Patch = Mapping[str, object]


def row(place: str, **fields: object) -> dict[str, object]:
    """A patch of several fields of one row."""
    return {f"{place}.{name}": value for name, value in fields.items()}


def found(patch: Patch, code: str = "") -> list[Finding]:
    """The findings whose code begins with `code`."""
    return [finding for finding in findings(patch) if finding.code.startswith(code)]


def codes(patch: Patch, family: str = "") -> list[str]:
    """The codes found, of one family, one for each finding."""
    return [finding.code for finding in found(patch, family)]


def places(patch: Patch, code: str) -> list[str]:
    """Where `code` is found, as dotted paths."""
    return [".".join(map(str, finding.path)) for finding in found(patch, code)]


def message(patch: Patch, code: str) -> str:
    """The message of the only finding of `code`."""
    (finding,) = found(patch, code)
    return finding.message
