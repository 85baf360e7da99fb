"""The unit's own name in its texts: its short forms, and what comes near it and is wrong. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from xl_selfeval.model import Unit

_ONE_AREA = r"([一-龥]{1,6}?)(自治[区州县旗]|省|市|州|盟|县|旗|(?<![社园景库校院])区)"
_AREAS = re.compile(rf"(?:{_ONE_AREA})+(?=[一-龥]{{2}})")
_AREA = re.compile(_ONE_AREA)
_SHORTEST = 4
_LONGEST = 40
"""Characters of the name proper from which a missing one is sure to be a slip."""
_DROPPED = "和与及暨"


@dataclass(frozen=True)
class UnitName:
    """The name proper (红十字会) and the last area before it, as 鹿泉 and 区; both blank where there is none."""

    proper: str
    area: str
    kind: str

    @property
    def misnamed(self) -> re.Pattern[str] | None:
        """The area and the name proper with another word, or none, between them: 鹿泉红十字会 for 鹿泉区红十字会."""
        if len(self.area) < 2 or len(self.proper) < 2:
            return None
        area, kind, proper = map(re.escape, (self.area, self.kind, self.proper))
        pattern = re.compile(rf"{area}(?!{kind})[一-龥]{{0,2}}?{proper}")
        return None if pattern.search(self.area + self.kind + self.proper) else pattern

    @property
    def misspelt(self) -> tuple[str, ...]:
        """The name proper with one inner character missing, or two swapped: 红十会 for 红十字会."""
        name = self.proper
        if not _SHORTEST <= len(name) <= _LONGEST:  # no unit has a longer name, and the slips grow with its square
            return ()
        inner = range(1, len(name) - 1)
        short = [name[:i] + name[i + 1 :] for i in inner if name[i] not in _DROPPED]
        swapped = [name[:i] + name[i + 1] + name[i] + name[i + 2 :] for i in inner[:-1]]
        return tuple(wrong for wrong in dict.fromkeys(short + swapped) if wrong not in name)


@lru_cache(maxsize=64)
def _read(name: str, area: str) -> UnitName:
    stated = name.startswith(area) and len(name) > len(area) + 1
    found = _AREAS.match(name)
    before = area if area and stated else found[0] if found else ""
    named = _AREA.findall(before)
    return UnitName(name[len(before) :], *(named[-1] if named else ("", "")))


def read_name(unit: Unit) -> UnitName:
    """Split the unit's full name after its area (行政区划), stated or read off the name."""
    return _read(unit.name, unit.area)
