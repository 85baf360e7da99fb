"""How people write figures: look-alike signs, thousands commas, Chinese numerals, half-up rounding.

The ground under `dates` and `quantities`; knows no operators, units or dates.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import MAX_EMAX, MIN_EMIN, ROUND_HALF_UP, Context, Decimal

LONGEST = 120
"""Characters after which a cell is a text, not a quantity."""

_PADDED = 1000
"""Digits up to which zeros are written out; beyond, a figure is no figure of this domain."""


@dataclass(frozen=True)
class NotAQuantity:
    """What could not be read: `text` as given, `reason` one Chinese sentence, why and how to write it."""

    text: str
    reason: str


def shown(text: str) -> str:
    """`text` for use inside a message: in quotation marks, cut to 20 characters."""
    return f"“{text if len(text) <= 20 else text[:20] + '…'}”"


_FULL_WIDTH = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
_SAME = {
    "≥": "≧⩾≮",
    "≤": "≦⩽≯",
    "=": "═﹦꞊",
    ">": "﹥",
    "<": "﹤",
    "%": "﹪٪",
    ",": "﹐",
    ";": "﹔",
    ":": "﹕",
    "(": "﹙",
    ")": "﹚",
    "~": "〜∼˜",
    "-": "−‐‑‒–﹣",
}
_TABLE = _FULL_WIDTH | {ord(alike): sign for sign, alikes in _SAME.items() for alike in alikes}
_TABLE |= {ord("㎡"): "平方米", ord("㎥"): "立方米"}

_LONG_DASHES = re.compile("[—―─]+")
_SPACES = re.compile(r"\s+")
_IDLE_SPACE = re.compile(r" (?![A-Za-z0-9.,])|(?<![A-Za-z0-9.,]) ")
_EQUALS = re.compile("=+")
_OR_EQUAL = re.compile(r"=?([<>≤≥])=?")
_THOUSANDS = re.compile(r"(?<![0-9.,])[1-9][0-9]{0,2}(?:,[0-9]{3})+(?![0-9,])")


def normalise(text: str) -> str:
    """`text` in one spelling: half-width, ≥ ≤ = > < % for their look-alikes, no thousands commas, no idle spaces.

    A space stays only between two letters or digits ("1 290"), a comma only where it does not part
    thousands ("1,29"), because there they carry doubt. Idempotent.
    """
    text = _LONG_DASHES.sub("-", text.translate(_TABLE))
    if not text.isprintable():  # zero-width signs vanish, other unseen ones part what they stand between
        text = "".join(c if c.isprintable() else "" if unicodedata.category(c) == "Cf" else " " for c in text)
    if " " in text:
        text = _IDLE_SPACE.sub("", _SPACES.sub(" ", text))
    if "=" in text:
        text = _OR_EQUAL.sub(_joined_sign, _EQUALS.sub("=", text))
    return _THOUSANDS.sub(lambda match: match[0].replace(",", ""), text)


def _joined_sign(match: re.Match[str]) -> str:
    sign = match[1]
    if "=" in match[0]:
        return "≥" if sign in ">≥" else "≤"
    return sign


_ROUND = str.maketrans("[]【】〔〕", "()()()")
_BRACKETS = re.compile(r"\(([^()]*)\)")
_OPEN_END = re.compile(r"\(([^()]*)$")


def split_brackets(text: str) -> tuple[str, str]:
    """Normalised `text` without its brackets, and what stood in them, joined by ；.

    A bracket leaves a space behind, so that "1(2)3" does not become 13.
    """
    text = text.translate(_ROUND)
    notes = [note.strip() for note in _BRACKETS.findall(text)]
    bare = _BRACKETS.sub(" ", text)
    if (open_end := _OPEN_END.search(bare)) is not None:
        notes.append(open_end[1].strip())
        bare = bare[: open_end.start()]
    return _IDLE_SPACE.sub("", _SPACES.sub(" ", bare)), "；".join(note for note in notes if note)


_ORDINARY = 15  # digits before and behind the point: then the result fits the context below
_EXACT = Context(prec=40, rounding=ROUND_HALF_UP, traps=[])


def half_up(value: Decimal, digits: int) -> Decimal:
    """`value` rounded half-up (away from zero, as Excel's ROUND) to `digits` decimals; zero is never negative.

    NaN and infinities come back as they are; so do magnitudes past 1000 digits, which have no decimals to round.
    """
    if value.is_finite() and value.adjusted() < _ORDINARY and 0 <= digits <= _ORDINARY:
        rounded = value.quantize(Decimal((0, (1,), -digits)), ROUND_HALF_UP, _EXACT)
        return rounded if rounded else rounded.copy_abs()
    if not value.is_finite() or (value and value.adjusted() > _PADDED and _exponent(value) >= -digits):
        return value
    places = max(value.adjusted(), 0) + max(digits, 0) + 2
    context = Context(prec=places, rounding=ROUND_HALF_UP, Emax=MAX_EMAX, Emin=MIN_EMIN, traps=[])
    rounded = value.quantize(Decimal((0, (1,), -digits)), context=context)
    return rounded if rounded else rounded.copy_abs()


def _exponent(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return exponent if isinstance(exponent, int) else 0


def plain(value: Decimal) -> str:
    """`value` as people write it: "90", "1.5", "1290", no exponent, no trailing zeros, no "-0".

    Only figures with more than 1000 places keep Decimal's own spelling.
    """
    if not value:
        return "0"
    if not value.is_finite() or abs(value.adjusted()) > _PADDED or _exponent(value) < -2 * _PADDED:
        return str(value)
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


CHINESE_DIGITS = "零一二三四五六七八九"
_VALUES = {digit: i for i, digit in enumerate(CHINESE_DIGITS)}
_PLACES = {"千": 1000, "百": 100, "十": 10}
_SPELLINGS = str.maketrans("〇两壹贰叁肆伍陆柒捌玖拾佰仟", "零二一二三四五六七八九十百千")

_CHINESE = "零〇一二两三四五六七八九十百千壹贰叁肆伍陆柒捌玖拾佰仟"
CHINESE_NUMBER = f"[{_CHINESE}]+"


def chinese_number(text: str) -> int | None:
    """The number that a Chinese numeral below 一亿 spells out, e.g. 三千零五十 → 3050.

    None for what is not spelled out in full: 二三 (two or three), 三千五 (3500 or 3005), 百.
    """
    spelled = text.translate(_SPELLINGS)
    spelled = f"一{spelled}" if spelled.startswith("十") else spelled
    spelled = spelled.replace("百十", "百一十").replace("零十", "零一十")
    number = _add_up(spelled)
    return number if number is not None and _spell(number) == spelled else None


def _add_up(spelled: str) -> int | None:
    total = section = digit = 0
    for sign in spelled:
        if sign in _VALUES:
            digit = _VALUES[sign]
        elif sign in _PLACES:
            section, digit = section + digit * _PLACES[sign], 0
        elif sign == "万":
            total, section, digit = (section + digit) * 10_000, 0, 0
        else:
            return None
    return total + section + digit


def _spell(number: int) -> str:
    if number >= 10_000:
        head, tail = divmod(number, 10_000)
        return f"{_spell(head)}万" + (("零" if tail < 1000 else "") + _spell(tail) if tail else "")
    spelled, gap = "", False
    for name, place in (*_PLACES.items(), ("", 1)):
        digit, number = divmod(number, place)
        if digit:
            spelled += ("零" if gap and spelled else "") + CHINESE_DIGITS[digit] + name
        gap = not digit
    return spelled or "零"


class UnreadableError(Exception):
    """Carries the reason of a NotAQuantity, a Chinese sentence, up to the function that was asked."""


_UNIT_NAMES = """
% ‰ 个百分点 百分点 成 倍 人次 人天 人日 人月 人 名 位 户次 户 家次 家 个工作日 工作日 个月 个小时 个 小时 分钟 秒
天 日 周 年 学时 课时 学年 学期 季度 件次 件 份 册 本 部 套 台次 台 辆次 辆 架 艘 只 头 条 项次 项 批次 批 场次 场 期
班次 班 节 次 元 万元 亿元 角 平方米 平方公里 平方千米 立方米 公顷 亩 平米 m2 m² M2 M² m3 m³ M3 M³ 延米 米 千米 公里
厘米 毫米 km cm mm m 吨 千克 公斤 克 斤 kg g t 升 毫升 微克 毫克 千瓦时 千瓦 兆瓦 千伏安 度 ℃ 分 级 类 种 门 篇 幅 张
块 盏 盒 箱 袋 瓶 包 支 枝 株 棵 眼 处 座 栋 幢 间 所 站 点 口 孔 床 座席 床位 例 起 宗 组 队 对 双 副 枚 粒 面 根 段 片
程 层 环 格 标段 字 页 版 集 首 款 道 企业 单位 村 社区 学校 号
"""
UNITS = tuple(_UNIT_NAMES.split())
# 十分、一级、一点 are words as often as counts, so these units do not follow a Chinese numeral.
VAGUE_UNITS = frozenset("分级类面点度道日号起段片对双组层环程位格口首")

NUMBER = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)")
_KNOWN = "|".join(sorted(map(re.escape, UNITS), key=len, reverse=True))
_COMPOUND = rf"(?:{_KNOWN})(?:[/·](?:{_KNOWN}))*"
_ALIASES = dict.fromkeys(("m2", "m²", "M2", "M²", "平米"), "平方米") | dict.fromkeys(("m3", "m³", "M3", "M³"), "立方米")
_UNIT = re.compile(
    rf"(?P<few>[余多])?(?:(?P<unit>{_COMPOUND})"
    rf"|(?P<times>[百千])?(?P<scale>[万亿](?![万亿]))?(?P<some>[余多])?(?P<base>{_COMPOUND})?)(?P<odd>[余多])?"
)
_STRANGE_UNIT = re.compile(
    rf"(?![前后之以半几和与左上下至到的又多余内]|完成)[^\W\d_{_CHINESE}]{{1,4}}?"
    r"(?=$|[,;:。、]|[及或]?以[上下内]|之[上下内间]|左右|[-~][0-9])"
)
_TIMES = {"": 1, "百": 100, "千": 1000}
_MALFORMED = {
    ",[0-9]": "的逗号不在千分位上，请核对这个数并去掉逗号；如是几个数，请拆成几个指标。",
    r"\.": "的小数点位置不对，请核对这个数。",
    "/[0-9]": "像分数或日期，请写成一个数，如“50%”或“5次”。",
    "[eE][+-]?[0-9]": "像科学计数法，请写成完整的数，如“1000”。",
    " [0-9]": "的数字中间有空格，请写成一个完整的数；如是几个数，请拆成几个指标。",
}

COUNTED = re.compile(rf"{CHINESE_NUMBER}(?:{_KNOWN})(?!性)")
"""A count in Chinese numerals, as in 两套方案 (but not 一次性)."""


@dataclass(frozen=True)
class Figure:
    """One number with its unit, ending at `end`; `about` when 余 or 多 stood with it."""

    value: Decimal
    unit: str
    end: int
    about: bool
    strange: bool
    doubts: tuple[str, ...]


def read_figure(text: str, start: int) -> Figure:
    """The number at `start` of normalised `text` with its unit. Raises UnreadableError where it is malformed.

    百 and 千 before a unit multiply ("3千人次" is 3000 人次, exactly); 万 and 亿 stay part of the unit
    (万元, 万人次), because the tables of this domain count in them.
    """
    number = NUMBER.match(text, start)
    if number is None:
        raise UnreadableError(f"没有从{shown(text)}读出数，请写数和单位，如“5次”。")
    for pattern, reason in _MALFORMED.items():
        if re.compile(pattern).match(text, number.end()):
            raise UnreadableError(f"{shown(text)}{reason}")
    if len(number[0]) > 25:
        raise UnreadableError(f"{shown(text)}的数字太长（{len(number[0])}位），请核对。")
    return _with_unit(text, number)


def _with_unit(text: str, number: re.Match[str]) -> Figure:
    match = _UNIT.match(text, number.end())
    assert match is not None  # every part of _UNIT is optional
    unit, end, doubts = match["unit"] or match["base"] or "", match.end(), []
    strange = None if unit else _STRANGE_UNIT.match(text, end)
    if strange is not None:
        unit, end = strange[0], strange.end()
        doubts.append(f"“{unit}”不是常用的计量单位，按所写的单位读。")
    unit = (match["scale"] or "") + _ALIASES.get(unit, unit)
    if unit in ("万", "亿"):
        doubts.append(f"{shown(text)}的“{unit}”后没有单位，保留为“{unit}”，没有换算，请写全，如“{unit}元”。")
    if re.match("[+-]?0[0-9]", number[0]):
        doubts.append(f"{shown(number[0])}以0开头，按数读，如是编号请改。")
    value = Decimal(number[0]) * _TIMES[match["times"] or ""]
    if unit == "成":
        value, unit = value * 10, "%"
        doubts.append(f"{shown(text)}的“成”按十分之一读，即{plain(value)}%。")
    about = any(match[part] for part in ("few", "some", "odd"))
    return Figure(value, unit, end, about, strange is not None, tuple(doubts))
