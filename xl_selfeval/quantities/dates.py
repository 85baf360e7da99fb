"""Dates as people type them: "2023年11月30日", "6月底", "第三季度", "年底".

A named span (a month, a quarter) counts as its last day: what was done "in September" was done by its end.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

from xl_selfeval.quantities.numerals import (
    CHINESE_DIGITS,
    LONGEST,
    NotAQuantity,
    chinese_number,
    normalise,
    shown,
    split_brackets,
)

_COUNT = "[一二三四五六七八九十]"
DATE = re.compile(
    rf"""
    (?<![0-9.一二三四五六七八九十〇零])
    (?: (?P<full>[0-9]{{4}})(?P<sep>[-/.])(?P<n_month>[0-9]{{1,2}})(?:(?P=sep)(?P<n_day>[0-9]{{1,2}}))?(?![0-9]|\.[0-9])
        (?:[T\ ][0-9]{{1,2}}:[0-9]{{2}}(?::[0-9]{{2}}(?:\.[0-9]+)?)?)?
      | (?P<packed>(?:19|20)[0-9]{{6}})(?![0-9.])
      | (?:(?P<year>[0-9]{{4}}|[{CHINESE_DIGITS}〇]{{4}})年度?|(?P<same>当年|本年度?)|(?P<next>次年|翌年))?
        (?: (?P<month>[0-9]{{1,2}}|{_COUNT}{{1,2}})月份?
            (?:(?P<day>[0-9]{{1,2}}|{_COUNT}{{1,3}})[日号]|(?P<part>底|末|上旬|中旬|下旬))?
          | 第?(?P<quarter>[1-4一二三四])季度(?P<quarter_end>末|底)?
          | (?P<half>[上下])半年(?P<half_end>末|底)?
          | (?:年|(?<=年)|(?<=年度))(?P<year_end>[底末终])
          | (?P<whole>年内|全年) ) )
    """,
    re.VERBOSE,
)
_LEAD = re.compile(r"(?:已|实际|于|在|至|截至|截止到?|完成时间|:)*")
_DONE = re.compile(
    r"(?:当日|当天)?(?:已|全部|均|按时|如期)*(?:完成|建成|竣工|验收|到位|支付|发放|结束|交付)?(?:完毕|合格)?[。.;]?"
)
_BEFORE = re.compile(r"(?:之|以)?前")


@dataclass(frozen=True)
class Span:
    """The days a date names, both included; `closed` when it names one day (or the end of a span)."""

    first: date
    last: date
    closed: bool


def parse_date(text: str, year: int | None = None) -> date | NotAQuantity:
    """The day that `text` names; of a month, quarter or half-year the last day. `year` serves dates without one.

    A time limit ("9月前") is no day that happened and is refused, as is a year alone.
    """
    clean = normalise(text)
    if not clean:
        return NotAQuantity(text, "没有填写日期，请写成“2023年11月30日”这样的日期。")
    core, _ = split_brackets(clean) if len(clean) <= LONGEST else ("", "")
    lead = _LEAD.match(core)
    match = DATE.match(core, lead.end()) if lead else None
    if match is None or match["whole"]:
        return NotAQuantity(text, f"没有从{shown(clean)}读出具体日期，请写成“2023年11月30日”这样的日期。")
    rest = core[match.end() :]
    if _BEFORE.match(rest):
        return NotAQuantity(text, f"{shown(clean)}是时限，不是完成的日子，请写实际日期，如“2023年11月30日”。")
    if not _DONE.fullmatch(rest):
        return NotAQuantity(text, f"日期后的{shown(rest)}看不明白，请只写一个日期，如“2023年11月30日”。")
    span = span_of(match, text, year)
    return span if isinstance(span, NotAQuantity) else span.last


def span_of(match: re.Match[str], text: str, year: int | None) -> Span | NotAQuantity:
    """The days that a match of `DATE` names; `text` is the whole cell, for the reason of a refusal."""
    found = _year_of(match, year)
    if found is None:
        return NotAQuantity(text, f"{shown(match[0])}没有写年份，请写全，如“2023年{match[0]}”。")
    if match[0][4:] == ".1":  # a number cell turns 2023.10 into 2023.1
        return NotAQuantity(text, f"{shown(match[0])}可能是1月，也可能是10月，请写成“2023年10月”。")
    if not 1900 <= found <= 2999:
        return NotAQuantity(text, f"{shown(match[0])}的年份{found}不合常理，请写四位年份，如“2023年”。")
    try:
        return _days(match, found)
    except ValueError:
        return NotAQuantity(text, f"日历上没有{shown(match[0])}这一天，请核对月和日。")


def chinese_date(day: date) -> str:
    """`day` as official texts write it: 2023年11月30日."""
    return f"{day.year}年{day.month}月{day.day}日"


def _year_of(match: re.Match[str], year: int | None) -> int | None:
    if match["packed"]:
        return int(match["packed"][:4])
    if written := match["full"] or match["year"]:
        return int(
            "".join(str(CHINESE_DIGITS.find(c)) if c in CHINESE_DIGITS else c for c in written.replace("〇", "零"))
        )
    return year + 1 if year is not None and match["next"] else year


def _days(match: re.Match[str], year: int) -> Span:
    if match["packed"]:
        return _day(year, int(match["packed"][4:6]), int(match["packed"][6:]))
    if month := match["n_month"] or match["month"]:
        day = match["n_day"] or match["day"]
        return _day(year, _number(month), _number(day)) if day else _month(year, _number(month), match["part"])
    if quarter := match["quarter"]:
        return _months(year, _number(quarter) * 3 - 2, 3, bool(match["quarter_end"]))
    if half := match["half"]:
        return _months(year, 1 if half == "上" else 7, 6, bool(match["half_end"]))
    return _months(year, 1, 12, bool(match["year_end"]))


def _number(written: str) -> int:
    number = int(written) if written.isdecimal() else chinese_number(written)
    if number is None:
        raise ValueError(written)
    return number


def _day(year: int, month: int, day: int) -> Span:
    named = date(year, month, day)
    return Span(named, named, True)


def _month(year: int, month: int, part: str | None) -> Span:
    whole = _months(year, month, 1, part in ("底", "末"))
    if part == "上旬":
        return Span(whole.first, whole.first.replace(day=10), False)
    if part == "中旬":
        return Span(whole.first.replace(day=11), whole.first.replace(day=20), False)
    return Span(whole.first.replace(day=21), whole.last, False) if part == "下旬" else whole


def _months(year: int, first: int, count: int, closed: bool) -> Span:
    begin, last_month = date(year, first, 1), first + count - 1
    last = date(year, last_month, calendar.monthrange(year, last_month)[1])
    return Span(last if closed else begin, last, closed)


@dataclass(frozen=True)
class Deadline:
    """A time limit: `day` is the last one on time, `note` what followed it, `doubts` how it was read."""

    day: date
    note: str
    doubts: tuple[str, ...]


_LIMIT_LEAD = re.compile(
    r"(?:请|应|须|需|要|力争|争取|确保|保证|计划|预计|最迟|最晚|不晚于|不迟于|截至|截止到?|于|在|完成|时间|时限|为|≤|:)*$"
)
_BY = re.compile("不晚于|不迟于|最迟|最晚|截至|截止|≤")
_LIMIT = re.compile(r"(?P<before>(?:之|以)?前|为?止)|(?P<within>(?:之|以)?内(?!设))|(?=$|完成|[,;。、])")
_LABEL = re.compile(r"(?![^:]*(?:年$|[不未没后每第半几]))[^\W\d_]{0,20}")
_NOTE = re.compile(r"(?![后起半以之至到])[^0-9≥≤<>=%()~-]*")


def read_deadline(core: str, text: str, year: int | None) -> Deadline | NotAQuantity | None:
    """The time limit that `core` (normalised, without brackets) sets; None when it speaks of no date.

    A day counts as on time itself: 11月30日前 includes the 30th, as offices use it.
    """
    match = DATE.search(core)
    if match is None or (not match["n_day"] and (match["full"] or match["packed"]) and "前" not in core):
        return None  # 2023.11 and 20231130 are numbers unless a limit follows
    lead = core[: match.start()]
    label = _LIMIT_LEAD.sub("", lead)
    limit = _LIMIT.match(core, match.end())
    bare_word = label and match[0][0] in "年全上下第本当次翌"  # 学年末, 每上半年: a label changes their sense
    if limit is None or bare_word or not _LABEL.fullmatch(label):
        return _no_limit(core, text) if match[0][0].isdecimal() and not re.search("[0-9]", label) else None
    rest = core[limit.end() :]
    if not _NOTE.fullmatch(rest):
        return NotAQuantity(text, f"{shown(core)}里除了时限还有别的内容，请只写一个时限，其余拆成另外的指标。")
    span = span_of(match, text, year)
    if isinstance(span, NotAQuantity):
        return span
    doubts: tuple[str, ...] = (f"时限前的{shown(label)}没有计入。",) if label else ()
    if not _BY.search(lead):
        doubts += _limit_doubts(match, limit, span)
    if "率" in rest:
        doubts += (f"时限后写有{shown(rest)}，按时限读；如考核比率，请另写百分数。",)
    return Deadline(span.last, rest.strip(",;。、:"), doubts)


def _no_limit(core: str, text: str) -> NotAQuantity:
    return NotAQuantity(text, f"{shown(core)}里的日期读不成时限，请写成“2023年11月30日前”；如是数值，请不要写日期。")


def _limit_doubts(match: re.Match[str], limit: re.Match[str], span: Span) -> tuple[str, ...]:
    """What is unsure about a limit.

    「9月前」 can mean before September or by its end. It is read as by its end: so is 「11月30日前」, whose
    own day is on time, and the reading never calls a unit late that kept the limit as it understood it.
    """
    last, seen = chinese_date(span.last), match[0] + limit[0]
    if limit["before"] and not span.closed:
        early = chinese_date(span.first - timedelta(days=1))
        return (f"“{seen}”可理解为不晚于{early}或不晚于{last}，按{last}读，请写明月日，如“{last}前”。",)
    if limit["within"] and match["month"] and not match["day"] and not match["year"]:
        return (f"“{seen}”按不晚于{last}读；如指月数，请写成“{match['month']}个月内”。",)
    if not limit[0] and not match["whole"]:
        return (f"“{seen}”没有写“前”，按不晚于{last}读。",)
    return ()
