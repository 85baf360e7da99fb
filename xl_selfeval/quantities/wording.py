"""Words that compare: before a number (不低于, 约, 达到), after it (以上, 左右), and what they mean together."""

from __future__ import annotations

import re
from dataclasses import dataclass

from xl_selfeval.model import Operator
from xl_selfeval.quantities.numerals import CHINESE_NUMBER, COUNTED, UnreadableError

# 以上、以下、以内 include the number itself, 超过、不满 do not (民法典第1259条).
_NOT = "不(?:得|应|能|可|宜)?"
_BEFORE = {
    "AT_LEAST": rf"≥|[大高多]于(?:或者?)?等于|{_NOT}(?:低于|少于|小于)|至少|最少",
    "GREATER": ">|大于|高于|多于|超过|超",
    "AT_MOST": rf"≤|[小低少]于(?:或者?)?等于|{_NOT}(?:超过|高于|大于|多于|突破)|未超过|至多|最多",
    "LESS": "<|小于|低于|少于|不足|不到|不满|未达到?",
    "EQUAL": "=|等于",
    "REACH": "达到?了?",
    "CONTROL": "(?:严格)?控制[在到]",
    "ABOUT": "大?约为?|大概|将?近|接近|估计",
    "PERCENT": "百分之",
    "BOTH": "±",
    "FILLER": "应当?|须|需|要|确保|保证|已经?|实际|完成|实现|为|是|共计?|合计|总计|累计|介于|在|:",
}
_WORDS = "|".join(f"(?P<{kind}>{words})" for kind, words in _BEFORE.items())
_LAST_WORD = re.compile(f"(?:{_WORDS})$")
_FIRST_WORDS = re.compile(f"(?:{_WORDS})*")
_AFTER = re.compile(
    "(?P<AT_LEAST>[及或和]?以上|之上)|(?P<AT_MOST>[及或和]?以下|以内|之下|之内|内(?=$|[,;:。、 ]|完成))"
    "|(?P<ABOUT>左右|上下)|(?P<WITHIN>之间|范围之?内)|"
)
# What may name the number: letters only, nothing that turns its sense (未完成5次, 零下5℃, 第5名) or is half a range.
_LABEL = re.compile(
    rf"(?!.*(?:[不未没无非勿负第前后几超]|零下|{CHINESE_NUMBER}$|[万亿]$))(?![至到和与或及])[^\W\d_]{{0,30}}"
)
_IN_BRACKETS = re.compile(r"\(([及或和]?以[上下内])\)")
COMPARING = re.compile("[大小高低多少]于|超过|不足|以[上下内]|左右|[至最][少多]|控制在|≥|≤")
"""Words in a note that may change what was read."""
_SIDES = {"AT_LEAST": "AT_LEAST", "GREATER": "AT_LEAST", "AT_MOST": "AT_MOST", "LESS": "AT_MOST"}


@dataclass(frozen=True)
class Lead:
    """What leads up to a number: kinds of words, the nearest first, and a name in front of them."""

    kinds: tuple[str, ...]
    label: str

    @property
    def signs(self) -> tuple[str, ...]:
        """The names of the Operators among the words."""
        return tuple(kind for kind in self.kinds if kind in Operator.__members__)


def words_before(head: str) -> Lead | None:
    """The words of `head`, all that stands before a number; None where they are not understood."""
    kinds = []
    while (word := _LAST_WORD.search(head)) is not None:
        kinds.append(word.lastgroup or "")
        head = head[: word.start()]
    return Lead(tuple(kinds), head) if _LABEL.fullmatch(head) and not COUNTED.search(head) else None


def after_first_words(text: str) -> int:
    """Where the comparing words at the beginning of `text` end."""
    words = _FIRST_WORDS.match(text)
    return words.end() if words else 0


def without_idle_brackets(text: str) -> str:
    """`text` with 90%(以上) written 90%以上."""
    return _IN_BRACKETS.sub(r"\1", text)


def word_after(text: str, start: int) -> tuple[str, int]:
    """The kind of the word that follows a number at `start` ("" if none), and where it ends."""
    word = _AFTER.match(text, start)
    return (word.lastgroup or "", word.end()) if word else ("", start)


def compare(lead: Lead, after: str, seen: str) -> tuple[Operator | None, tuple[str, ...]]:
    """The operator that the words around a number make together, and doubts; `seen` is the text for messages.

    Raises UnreadableError where they contradict each other (≥90%以下) or repeat (≥≥5).
    """
    if after == "WITHIN":
        raise UnreadableError(f"{seen}没有写上下限，区间请写成“95%-105%”，上限请写成“≤5%”。")
    side = after if after in Operator.__members__ else ""
    sign = lead.signs[0] if lead.signs else "AT_LEAST" if "REACH" in lead.kinds else ""
    if len(lead.signs) > 1 or (sign and side and _SIDES.get(sign) != side):
        raise UnreadableError(f"{seen}里的比较符号重复或互相矛盾，请只留一个，如“≥90%”。")
    if sign and side and sign != side:
        label = Operator[sign].label
        return Operator[sign], (f"{seen}里的“{label}”不含本数，后面的词又含本数，按“{label}”读。",)
    if not sign and not side and "CONTROL" in lead.kinds:
        return Operator.AT_MOST, (f"{seen}没有写“以内”，按“≤”读。",)
    return (Operator[sign or side] if sign or side else None), ()
