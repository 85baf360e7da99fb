"""Quantities as people type them: "≥90%", "不低于100平方米", "1,290.00万元", "9月前".

`read_quantity` gives operator, number and unit, or one sentence why not. It never guesses silently: what
can be read in two ways is either refused, or read in the way that `doubts` names. Forms: rules.md §2, §5.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from xl_selfeval.model import Operator
from xl_selfeval.quantities.dates import Deadline, read_deadline
from xl_selfeval.quantities.numerals import (
    CHINESE_NUMBER,
    COUNTED,
    LONGEST,
    NUMBER,
    VAGUE_UNITS,
    Figure,
    NotAQuantity,
    UnreadableError,
    chinese_number,
    normalise,
    plain,
    read_figure,
    shown,
    split_brackets,
)
from xl_selfeval.quantities.wording import (
    COMPARING,
    Lead,
    after_first_words,
    compare,
    without_idle_brackets,
    word_after,
    words_before,
)


@dataclass(frozen=True)
class Quantity:
    """A quantity as read.

    `operator` is None for a number without sign or word. `value` is the number (the lower bound of a RANGE, None
    for a DEADLINE), `upper` the upper bound of a RANGE, `deadline` the last day on time. `unit` is as written after
    normalisation ("平方米", "万元", percent always "%"), `note` what trailed behind, `doubts` one Chinese sentence
    for each thing that was ambiguous, with the way it was read.
    """

    operator: Operator | None
    value: Decimal | None
    upper: Decimal | None
    deadline: date | None
    unit: str
    note: str
    doubts: tuple[str, ...]


_TO = re.compile(r"(?:[-~至到]|(?P<pair>[和与]))(?=[+-]?\.?[0-9])")
_SPELLED = re.compile(
    rf"(?P<low>{CHINESE_NUMBER}(?:万{CHINESE_NUMBER})?)(?:(?P<to>[-~至到])(?P<high>{CHINESE_NUMBER}))?"
)
_DIGIT = re.compile(f"[0-9²³]|{CHINESE_NUMBER}|[万亿萬億廿卅]")
_PUNCTUATION = ",;:。、!"
_NO_NOTE = re.compile(rf"\d|[<>=%()~±]|^[前后半几以之至到和与又-]|^\W+$|{COMPARING.pattern}")
_NO_GLUED_NOTE = re.compile(f"{CHINESE_NUMBER}|[万亿]")
_BOUND = re.compile(rf"(?P<without>不)?(?:包含|包括|含)(?:本数|(?P<number>{NUMBER.pattern})[^0-9]*)?")
_DAY_IN_DIGITS = re.compile(r"(?:19|20)[0-9]{2}(?:[0-9]{4}|\.(?:0?[1-9]|1[0-2]))")
PERCENT_UNITS = ("%", "百分比", "百分数", "百分率")
_STRICT = {Operator.AT_LEAST: Operator.GREATER, Operator.AT_MOST: Operator.LESS}
_NOTHING = ("/", "\\", "-", "--", "…", "……", "无", "暂无", "没有", "N/A", "n/a", "NA", "不适用", "待定", "略", "空")


def read_quantity(text: str, year: int | None = None) -> Quantity | NotAQuantity:
    """Read `text`, one cell as typed; `year` is the fiscal year, for dates written without one. Never raises."""
    clean = normalise(text)
    try:
        _refuse_nothing(clean)
        core, note = split_brackets(without_idle_brackets(clean))
        core = core.rstrip(_PUNCTUATION + " ").removesuffix(".")
        limit = read_deadline(core, text, year)
        if isinstance(limit, NotAQuantity):
            return limit
        if limit is not None:
            return _deadline(limit, note)
        read = _read_number(core, note, clean)
    except UnreadableError as refused:
        return NotAQuantity(text, str(refused))
    return replace(read, doubts=(*read.doubts, *_doubts_of_typing(text, read, year)))


def percent_mismatch(target: Quantity, actual: Quantity, unit: str) -> bool:
    """True when one is a share (0.9) and the other a percentage (90) of the same percentage indicator.

    `unit` is the indicator's 计量单位. Only the certain case: the share is in (0, 1.5] and bears no sign, the
    other is above 1.5, and a hundred times the share comes within half and double of it. So 0.9 against 90 %,
    but neither 0.5 against 5 % (half a per cent may be meant) nor 1 件 against 100 件.
    """
    column = normalise(unit)
    percentage = column in PERCENT_UNITS or (not column and "%" in (target.unit, actual.unit))
    if not percentage or target.value is None or actual.value is None:
        return False
    return _is_share_of(target, actual) or _is_share_of(actual, target)


def _is_share_of(share: Quantity, other: Quantity) -> bool:
    low, high = share.value or Decimal(0), other.value or Decimal(0)
    written = share.unit == "" and other.unit in ("", "%")
    return written and 0 < low <= Decimal("1.5") < high and high <= low * 200 and low * 50 <= high


def _refuse_nothing(clean: str) -> None:
    if not clean:
        raise UnreadableError("没有填写，请填写数和单位，如“≥90%”或“100平方米”。")
    if len(clean) > LONGEST:
        raise UnreadableError(f"文字太长（{len(clean)}字），读不出一个数，请只写数和单位，说明写到别处。")
    if clean in _NOTHING:
        raise UnreadableError(f"{shown(clean)}不是数：如为零请写“0”加单位，如不适用请删去这一行。")
    if odd := next((c for c in clean if c.isnumeric() and not _DIGIT.match(c)), ""):
        raise UnreadableError(f"{shown(clean)}里的“{odd}”不是通用的数字，请写成0到9的数字，如“5次”。")


def _no_number(clean: str) -> UnreadableError:
    return UnreadableError(f"没有从{shown(clean)}读出数：定性指标请选完成档次，定量指标请写数和单位，如“5次”。")


def _deadline(limit: Deadline, bracket: str) -> Quantity:
    note = "；".join(part for part in (limit.note, bracket) if part)
    return Quantity(Operator.DEADLINE, None, None, limit.day, "", note, (*limit.doubts, *_doubts_of_bracket(bracket)))


def _read_number(core: str, note: str, clean: str) -> Quantity:
    """The number in `core`; `note` is what stood in brackets, `clean` the whole cell, for the reasons."""
    core = core.replace("百分之百", "100%").replace("百分百", "100%")
    if re.search("[0-9]", core):
        return _Reader(core, note, clean).read()
    try:
        return _Reader(_in_digits(core), note, clean, spelled=True).read()
    except UnreadableError:
        raise _no_number(clean) from None


def _in_digits(core: str) -> str:
    """`core` with the Chinese numeral at its beginning (after words such as 不少于) in digits."""
    spelled = _SPELLED.match(core, after_first_words(core))
    if spelled is None:
        return core
    low, high = chinese_number(spelled["low"]), chinese_number(spelled["high"] or "零")
    if low is None or high is None:
        return core
    digits = f"{low}{spelled['to']}{high}" if spelled["to"] else str(low)
    return core[: spelled.start()] + digits + core[spelled.end() :]


class _Reader:
    """Reads one text, collecting doubts; any step may raise UnreadableError."""

    def __init__(self, core: str, note: str, clean: str, *, spelled: bool = False) -> None:
        self.core, self.note, self.clean, self.spelled = core, note, clean, spelled
        self.seen = shown(clean)
        self.doubts: list[str] = []

    def read(self) -> Quantity:
        """The one quantity in the text."""
        number = NUMBER.search(self.core)
        if number is None:
            raise _no_number(self.clean)
        lead = self._lead(self.core[: number.start()])
        low = self._figure(number.start(), lead)
        high = self._upper(low, lead)
        after, end = word_after(self.core, (high or low).end)
        rest = self._rest(self.core[end:])
        if "ABOUT" in (*lead.kinds, after) or low.about or (high and high.about):
            self.doubts.append(f"{self.seen}是约数，按所写的数读，请写确切的数。")
        if high is not None:
            return self._range(low, high, lead, after, rest)
        if self.spelled and rest and not low.unit:
            raise _no_number(self.clean)
        operator, doubts = compare(lead, after, self.seen)
        self.doubts.extend(doubts)
        bound = _BOUND.fullmatch(self.note)
        if operator and bound and (not bound["number"] or Decimal(bound["number"]) == low.value):
            operator = _STRICT.get(operator, operator) if bound["without"] else operator
            self.note = ""
        return self._quantity(operator, low, None, rest)

    def _quantity(self, operator: Operator | None, low: Figure, upper: Decimal | None, rest: str) -> Quantity:
        note = "；".join(part for part in (rest, self.note) if part)
        doubts = dict.fromkeys((*self.doubts, *_doubts_of_bracket(self.note)))
        return Quantity(operator, low.value, upper, None, low.unit, note, tuple(doubts))

    def _lead(self, head: str) -> Lead:
        lead = words_before(head)
        if lead is None:
            raise UnreadableError(f"{self.seen}里数前面的文字看不明白，请只写符号、数和单位，如“≥90%”。")
        if lead.label:
            self.doubts.append(f"数前面的{shown(lead.label)}没有计入。")
        return lead

    def _figure(self, start: int, lead: Lead) -> Figure:
        figure = read_figure(self.core, start)
        self.doubts.extend(figure.doubts)
        if figure.unit in ("月", "月份") or (figure.unit == "年" and _like_year(figure.value)):
            raise UnreadableError(f"{self.seen}是日期，不是数；如是时限，请写成“2023年11月30日前”。")
        if self.spelled and (figure.strange or figure.unit in VAGUE_UNITS):
            raise _no_number(self.clean)
        if "PERCENT" in lead.kinds:
            if figure.unit not in ("", "%"):
                raise UnreadableError(f"{self.seen}既写“百分之”又写单位，请写成“90%”这样的数。")
            return replace(figure, unit="%")
        return figure

    def _upper(self, low: Figure, lead: Lead) -> Figure | None:
        """The upper bound of a range, or None."""
        to = _TO.match(self.core, low.end)
        if to is None:
            return replace(low, value=abs(low.value)) if "BOTH" in lead.kinds else None
        high = self._figure(to.end(), lead)
        if "BOTH" in lead.kinds or (to["pair"] and not self.core.startswith("之间", high.end)):
            raise self._several()
        return high

    def _rest(self, rest: str) -> str:
        """The trailing note."""
        note = rest.lstrip(_PUNCTUATION + " ")
        glued = bool(note) and note == rest
        if re.search(r"\d", note) or COUNTED.search(note):
            raise self._several()
        numbering = bool(note) and rest[0] in "、:"  # 一、完成培训
        if numbering or _NO_NOTE.search(note) or (glued and (self.spelled or _NO_GLUED_NOTE.match(note))):
            raise UnreadableError(f"{self.seen}里的{shown(rest)}看不明白，请只写符号、数和单位，如“≥90%”。")
        if glued:
            self.doubts.append(f"数后面的{shown(note)}按附注读，没有计入。")
        return note

    def _several(self) -> UnreadableError:
        return UnreadableError(f"{self.seen}里不止一个数，无法确定用哪一个，请拆成几个指标，每格只写一个数和单位。")

    def _range(self, low: Figure, high: Figure, lead: Lead, after: str, rest: str) -> Quantity:
        if lead.signs or after == "AT_LEAST":
            raise UnreadableError(f"{self.seen}又写区间又写比较符号，请只写区间，如“95%-105%”。")
        if "BOTH" in lead.kinds:
            return self._quantity(Operator.RANGE, replace(low, value=-high.value), high.value, rest)
        unit = high.unit if low.unit in ("", high.unit, high.unit[:1]) else low.unit
        if high.unit not in ("", unit):
            raise UnreadableError(f"{self.seen}上下限的单位不同，请用同一个单位写，如“95%-105%”。")
        if low.value > high.value:
            raise UnreadableError(f"{self.seen}的下限大于上限，请核对并写成“下限-上限”，如“95%-105%”。")
        if low.unit != high.unit and (low.unit or (unit == "%" and low.value <= 1 < high.value)):
            self.doubts.append(f"{self.seen}只有一边写全了单位，两边都按“{unit}”读。")
        if not unit and (_like_year(low.value) or _like_day(low.value, high.value)):
            self.doubts.append(f"{self.seen}像日期，按区间读，请写单位；如是时限，请写成“2023年11月30日前”。")
        return self._quantity(Operator.RANGE, replace(low, unit=unit), high.value, rest)


def _like_year(value: Decimal) -> bool:
    return value == value.to_integral_value() and 1900 <= abs(value) < 2100


def _like_date(value: Decimal, year: int | None) -> bool:
    return (year is not None and abs(value - year) <= 1) or bool(_DAY_IN_DIGITS.fullmatch(plain(value)))


def _like_day(month: Decimal, day: Decimal) -> bool:
    return month in range(1, 13) and day in range(1, 32)


def _doubts_of_bracket(note: str) -> tuple[str, ...]:
    unsure = re.search("[0-9]", note) or COUNTED.search(note) or COMPARING.search(note)
    return (f"括号里的{shown(note)}没有计入。",) if unsure else ()


def _doubts_of_typing(text: str, read: Quantity, year: int | None) -> tuple[str, ...]:
    """What the normalised text no longer shows, and numbers that look like dates."""
    value, doubts = read.value or Decimal(0), []
    if re.search("[0-9]，[0-9]{3}", text):
        doubts.append(f"{shown(text)}里的全角逗号按千分位读。")
    if value < 0 and read.upper is None and re.search("[–—―─]", text):
        doubts.append(f"{shown(text)}里的破折号按负号读。")
    if not read.unit and read.upper is None and _like_date(value, year):
        doubts.append(f"{shown(text)}像年份或日期，按数读，请写单位。")
    if read.unit in ("日", "号") and read.operator is None:
        doubts.append(f"{shown(text)}按天数读；如指日期，请写年月日。")
    return tuple(doubts)
