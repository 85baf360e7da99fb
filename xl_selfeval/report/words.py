"""How an official text writes things: money, rates, numbering, clauses, a title broken by sense. Pure."""

from __future__ import annotations

import re
from decimal import Decimal

from xl_selfeval.checks.wordlist import words as wordlist
from xl_selfeval.quantities.numerals import CHINESE_DIGITS, half_up, plain

# XML cannot carry these; the last range is ours, for marks inside a rendered text (see `marks`).
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff\ufdd0-\ufdef]")
_BREAKS = re.compile("\r\n?|[\x85\u2028\u2029\x0b\x0c]")
_SPACES = re.compile(r"[ \t\u3000]*\n\s*")
_OWN_NUMBER = re.compile(r"^\s*(?:[（(]?[一二三四五六七八九十]{1,3}[）)、]|[（(]?\d{1,2}[）)、]|\d{1,2}[.．](?!\d))\s*")
_ENDS = "。；;，,、.！!"
_CLOSERS = "。！？!?…"
_LATIN_END = re.compile(r"[A-Za-z]$")
_LATIN_START = re.compile(r"^[A-Za-z]")


def clean(text: str) -> str:
    """`text` with one kind of line break and without characters that a document cannot hold."""
    return _ILLEGAL.sub("", _BREAKS.sub("\n", text))


def lines(text: str) -> tuple[str, ...]:
    """The paragraphs of a long text, blank ones left out."""
    return tuple(line for line in (part.strip() for part in clean(text).split("\n")) if line)


def one_line(text: str) -> str:
    """`text` on one line: broken lines are joined, with a space only between Latin words."""
    if text.isalnum():
        return text
    joined = ""
    for part in _SPACES.split(clean(text)):
        space = " " if _LATIN_END.search(joined) and _LATIN_START.match(part) else ""
        joined += space + part
    return joined.replace("\t", " ").strip()


def clause(text: str) -> str:
    """`text` without its final stop, to stand inside a sentence."""
    return one_line(text).rstrip(_ENDS)


def sentence(text: str) -> str:
    """`text` with a full stop at its end; blank stays blank."""
    line = one_line(text).rstrip("；;，,、")
    bare = line.rstrip("”’）)》")
    return line if not line or bare.endswith(tuple(_CLOSERS)) else f"{line}。"


def without_number(text: str) -> str:
    """`text` without a number of its own at its start (（一）, 1.), since the report numbers the list."""
    return _OWN_NUMBER.sub("", text)


def is_none(text: str) -> bool:
    """True when `text` says that there is nothing."""
    return clause(text) in {"", "无", "没有", "暂无", "/", "-", "—", *wordlist().none}


def chinese_numeral(number: int) -> str:
    """1 → 一, 12 → 十二, 20 → 二十; from 100 on in figures."""
    if not 0 < number < 100:
        return str(number)
    tens, ones = divmod(number, 10)
    lead = ("" if tens == 1 else CHINESE_DIGITS[tens]) + "十" if tens else ""
    return lead + (CHINESE_DIGITS[ones] if ones else "")


def amount(value: Decimal) -> str:
    """`value` with two decimals at least, no digit lost: 117.77, 12.00, 1.623924."""
    text = plain(value)
    whole, _, decimals = text.partition(".")
    return f"{whole}.{decimals:0<2}" if text.lstrip("-").replace(".", "").isdigit() else text


def money(value: Decimal | None) -> str:
    """万元 as in sentences; blank for None."""
    return "" if value is None else f"{amount(value)}万元"


def percent(ratio: Decimal) -> str:
    """A ratio in per cent with two decimals, half-up: 0.0593 → 5.93%."""
    return f"{amount(half_up(ratio * 100, 2))}%"


def figure(value: Decimal, digits: int) -> str:
    """`value` with `digits` decimals, more only where it has more."""
    text = plain(value)
    whole, _, decimals = text.partition(".")
    return f"{whole}.{decimals:0<{digits}}" if digits and len(decimals) < digits else text


def width(text: str) -> float:
    """How many Chinese characters wide `text` is: ASCII counts half."""
    return sum(0.5 if character.isascii() else 1 for character in text)


_AREAS = "省市区县州旗盟镇乡"
_SENSE = re.compile("(?=部门|(?<!部门)整体支出|绩效|(?<!绩效)自评|项目支出)|(?<=年度)")
_INSIDE = re.compile(f"(?<=[{_AREAS}])(?![{_AREAS}])(?=.{{3}})")
_MOST_LINES = 5


def title_lines(title: str, unit: str, longest: float) -> tuple[str, ...]:
    """`title` broken by sense into as few lines of at most `longest` characters as it needs.

    The places to break: after the unit's name, before the words of the subject, inside the name after a place. Of
    these the most even set of lines is taken; a title without such places is cut into even lines.
    """
    if width(title) <= longest:
        return (title,)
    fewest = int(-(-width(title) // longest))
    places = _places(title, unit)
    for count in range(fewest, _MOST_LINES + 1):
        if broken := _broken(title, places, longest, count):
            return broken
    return _chopped(title, longest)


def _places(title: str, unit: str) -> dict[int, float]:
    """Where the title may break, and how much worse that is than after the unit's name."""
    costs = {match.start(): 6.0 for match in _INSIDE.finditer(title)}
    costs |= {match.start(): 2.0 for match in _SENSE.finditer(title)}
    if unit and title.startswith(unit):
        costs = {at: 6.0 if at < len(unit) else cost for at, cost in costs.items()} | {len(unit): 0.0}
    return {at: cost for at, cost in costs.items() if 2 <= at <= len(title) - 2}


def _broken(title: str, places: dict[int, float], longest: float, count: int) -> tuple[str, ...]:
    """The best `count` lines, or none when the places do not allow so few: a shortest path over the places."""
    aim = width(title) / count
    best: dict[int, tuple[float, tuple[str, ...]]] = {0: (0.0, ())}
    for _ in range(count):
        reached: dict[int, tuple[float, tuple[str, ...]]] = {}
        for start, (cost, lines_so_far) in best.items():
            for end, extra in (*sorted(places.items()), (len(title), 0.0)):
                size = width(title[start:end]) if end > start else longest + 1
                total = cost + extra + abs(size - aim)
                if size <= longest and (end not in reached or total < reached[end][0]):
                    reached[end] = (total, (*lines_so_far, title[start:end]))
        best = reached
    return best[len(title)][1] if len(title) in best else ()


def _chopped(title: str, longest: float) -> tuple[str, ...]:
    count = int(-(-width(title) // longest))
    aim, broken, line = width(title) / count, list[str](), ""
    for character in title:
        inside_word = line[-1:].isascii() and line[-1:].isalnum() and character.isascii()
        full = width(line + character) > longest or width(line) >= aim
        if line and full and not inside_word:
            broken, line = [*broken, line], ""
        line += character
    return (*broken, line)
