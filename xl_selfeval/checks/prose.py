"""Figures inside sentences: amounts, sums, parts of a whole, monthly and yearly pay, growth. Pure.

Written figures are taken as exact; only where the stated result has fewer decimals than its parts may it
differ by half a unit of its last digit.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

NUMBER = r"(?<![0-9.])(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,12})(?:\.[0-9]{1,10})?(?![0-9])"
MONEY = {"亿元": Decimal(10000), "万元": Decimal(1), "千元": Decimal("0.1"), "元": Decimal("0.0001")}
_COUNTED = "人次|场次|平方米|公里|个|人|名|份|次|场|户|辆|台|套|件|所|处|期|篇|册|页|只|家|间|%|％"
UNITS = "|".join([*MONEY, _COUNTED])
AMOUNT = re.compile(rf"(?P<number>{NUMBER})\s*(?P<unit>{UNITS})")
# Bounds that no honest sentence meets, so that a text of a full cell (32,767 characters) costs no more than its length.
MOST, REACH, _NEAR = 40, 300, 30
_HALF_WIDTH = str.maketrans("０１２３４５６７８９．", "0123456789.")
_BREAK = re.compile(r"[，,、；;：:（()）\s]")
_COUNTS = {word: n for n, word in enumerate("零一二三四五六七八九十")} | {"两": 2}

# An amount by the month or the head, or a change, is not a part of a sum.
_NO_PART = re.compile(
    r"(?:^|[^一-龥])月|每[一-龥]|人均|户均|月均|单价|标准(?!化)|较|比上|同比|增加|增长|减少|下降|上年(?!结[转余])|节约"
)
_PER = re.compile(r"\s*(?:[/／×xX*]|每)")
TOTAL = re.compile(
    rf"(?:(?:(?:以上|上述|前述|这)?(?P<count>[一二两三四五六七八九十]|[0-9]{{1,2}})[项类笔]|以上|上述)[一-龥]{{0,4}}?"
    rf"|(?<=[，,；;、。\n])|^)"
    rf"\s*(?:共计|合计|总计|总共|共)(?:为|约|需|支出|投入|资金|金额|安排|发放|[:：])*\s*"
    rf"(?P<number>{NUMBER})\s*(?P<unit>{UNITS})",
    re.MULTILINE,
)
_WHEREOF = re.compile(r"其中\s*[:：,，]?")
_REST = re.compile(r"其他|其它|其余|剩余")


@dataclass(frozen=True)
class Amount:
    """A figure in a text: `value` in 万元 or in its counted `unit`, `label` the words before it, `digits` as typed."""

    value: Decimal
    unit: str
    label: str
    text: str
    digits: int
    start: int
    end: int


@dataclass(frozen=True)
class Discrepancy:
    """A stated figure and what its parts give instead."""

    parts: tuple[Amount, ...]
    stated: Amount
    expected: Decimal
    reckoning: str = ""

    @property
    def shown_parts(self) -> str:
        """The figures put in, as they stand in the text."""
        return self.reckoning or "、".join(part.text for part in self.parts)


def amounts(text: str) -> list[Amount]:
    """All figures with a known unit, in their order."""
    text = text.translate(_HALF_WIDTH)
    found: list[Amount] = []
    last = 0
    for match in AMOUNT.finditer(text):
        label = _BREAK.split(text[last : match.start()].rstrip())[-1]
        found.append(_amount(match, label))
        last = match.end()
    return found


def _amount(match: re.Match[str], label: str) -> Amount:
    number = Decimal(match["number"].replace(",", ""))
    factor = MONEY.get(match["unit"], Decimal(1))
    unit = "万元" if match["unit"] in MONEY else match["unit"].replace("％", "%")
    # 元 has four decimals less than the same sum in 万元
    digits = _decimals(number) + (-factor.adjusted() if unit == "万元" else 0)
    written = match["number"] + match["unit"]
    return Amount(number * factor, unit, label, written, digits, match.start(), match.end())


def _decimals(number: Decimal) -> int:
    exponent = number.as_tuple().exponent
    return -exponent if isinstance(exponent, int) else 0


def agrees(stated: Amount, expected: Decimal, parts: Sequence[Amount] = ()) -> bool:
    """Whether `stated` is `expected`, or is it rounded half-up to fewer decimals than the `parts` have."""
    finest = max((part.digits for part in parts), default=_decimals(expected))
    if finest <= stated.digits:
        return stated.value == expected
    half = Decimal(5).scaleb(-stated.digits - 1)
    return -half <= expected - stated.value < half


def wrong_sums(text: str) -> Iterator[Discrepancy]:
    """Statements such as "A 4.26万元、B 1.62万元，以上两项共计6.03万元" whose parts give another sum.

    A sum counts as right when any run of parts that ends just before it gives it, so only what no reading
    explains is told. Amounts by the month or the head are no parts.
    """
    text = text.translate(_HALF_WIDTH)
    for sentence in re.split(r"[。\n]", text):
        totals = list(TOTAL.finditer(sentence))
        if totals:
            figures = amounts(sentence)
            for total in totals:
                yield from _wrong_sum(sentence, figures, total)


def _wrong_sum(sentence: str, figures: list[Amount], total: re.Match[str]) -> Iterator[Discrepancy]:
    stated = _amount(total, "")
    if stated.unit != "万元" and not re.search("[项类笔]|以上|上述|合计", total[0]):
        return  # 学校3个、社区5个，共20个班: what is counted changes from word to word
    upto = bisect_right(figures, total.start("number"), key=lambda each: each.end)
    earlier = [each for each in figures[max(0, upto - MOST) : upto] if each.unit == stated.unit]
    parts = [each for each in earlier if not _no_part(each, earlier, sentence)]
    count = _count(total["count"])
    if len(parts) < (count or 2) or count == 1:
        return
    lengths = [count] if count else range(2, len(earlier) + 1)
    runs = (run[-length:] for run in (parts, earlier) for length in lengths if length <= len(run))
    if any(agrees(stated, _sum(run), run) for run in runs):
        return
    chosen = parts[-count:] if count else parts
    yield Discrepancy(tuple(chosen), stated, _sum(chosen))


def _no_part(figure: Amount, others: Sequence[Amount], sentence: str) -> bool:
    if _NO_PART.search(figure.label) or _PER.match(sentence, figure.end):
        return True
    return figure.unit == "万元" and any(other.value == figure.value * 12 for other in others if figure.value)


def _count(written: str | None) -> int | None:
    return None if written is None else _COUNTS.get(written) or int(written)


def _sum(parts: Sequence[Amount]) -> Decimal:
    return sum((part.value for part in parts), Decimal(0))


def wrong_parts(text: str) -> Iterator[Discrepancy]:
    """Statements such as "资产2.32万元。其中：车辆1.47万元，其他0.85万元" whose parts do not make the whole.

    A list that names 其他/其余 must make the whole; any other may fall short of it, never exceed it.
    """
    text = text.translate(_HALF_WIDTH)
    for opening in _WHEREOF.finditer(text):
        listed = _top_level(text[opening.end() : opening.end() + REACH])
        before = amounts(text[max(0, opening.start() - _NEAR) : opening.start()])
        nested = "其中" in re.split(r"[。\n（(]", text[max(0, opening.start() - REACH) : opening.start()])[-1]
        if before and not nested and "其中" not in listed:
            yield from _wrong_whole(before[-1], amounts(listed))


def _top_level(text: str) -> str:
    """`text` up to the end of its sentence or of the bracket it stands in; what it puts in brackets is blanked."""
    depth, kept = 0, []
    for sign in text:
        depth += (sign in "（(") - (sign in "）)")
        if depth < 0 or sign in "。\n":
            break
        kept.append(" " if depth or sign in "）)" else sign)
    return "".join(kept)


def _wrong_whole(whole: Amount, figures: list[Amount]) -> Iterator[Discrepancy]:
    parts = [each for each in figures if each.unit == whole.unit and not _NO_PART.search(each.label)]
    total = _sum(parts)
    complete = any(_REST.search(each.label) for each in parts)
    if len(parts) < 2 or whole.unit == "%" or _NO_PART.search(whole.label) or agrees(whole, total, parts):
        return
    # Heads may be counted in two groups (女30人、党员25人), money is not.
    if complete or (whole.unit == "万元" and total > whole.value):
        yield Discrepancy(tuple(parts), whole, total)


_MONTHLY = re.compile(r"(?:每月|月均|月)(?P<what>[一-龥]{0,8}?)(?:为|约|共|计)?$")
_YEARLY = re.compile(r"(?:全年|每年|年)(?P<what>[一-龥]{0,8}?)(?:为|约|共|计|共计|合计)?$")
_MONTHS = re.compile(r"([0-9]{1,2})\s*个月")
_HEADS = re.compile(r"([0-9]{1,5})\s*[人名户]")


def wrong_years(text: str) -> Iterator[Discrepancy]:
    """A pair such as "月工资0.355万元、年工资4.26万元" that is neither ×12 nor × the months or heads named."""
    for sentence in re.split(r"[。\n]", text.translate(_HALF_WIDTH)):
        if "月" not in sentence or "年" not in sentence:
            continue
        figures = [each for each in amounts(sentence) if each.unit == "万元"][:MOST]
        for month in figures:
            what = _MONTHLY.search(month.label)
            year = _yearly(figures, month, what["what"]) if what else None
            if year and not any(agrees(year, month.value * times) for times in _multiples(sentence)):
                yield Discrepancy((month,), year, month.value * 12, f"{month.text}×12个月")


def _yearly(figures: list[Amount], month: Amount, what: str) -> Amount | None:
    for each in figures:
        label = _YEARLY.search(each.label)
        if label and label["what"] == what and each is not month and each.start > month.start:
            return each
    return None


def _multiples(sentence: str) -> set[int]:
    months = {12, *(int(n) for n in _MONTHS.findall(sentence)[:MOST])}
    heads = {1, *(int(n) for n in _HEADS.findall(sentence)[:MOST])}
    return {month * head for month in months for head in heads}


_FACTOR = rf"{NUMBER}\s*(?:{UNITS}|个?月|天|年)?"
PRODUCT = re.compile(
    rf"(?P<factors>{_FACTOR}(?:\s*[×*xX]\s*{_FACTOR}){{1,5}})\s*[=＝]\s*(?P<number>{NUMBER})\s*(?P<unit>{UNITS})"
)


def wrong_products(text: str) -> Iterator[Discrepancy]:
    """Written-out products such as "0.355万元×12个月=4.26万元" that give another figure."""
    for match in PRODUCT.finditer(text.translate(_HALF_WIDTH)):
        stated, product = _amount(match, ""), Decimal(1)
        money = [each.unit for each in amounts(match["factors"])].count("万元")
        for factor in re.split(r"[×*xX]", match["factors"]):
            known = amounts(factor)
            product *= known[0].value if known else Decimal(re.sub(r"[^0-9.]", "", factor))
        # Percentages and bare factors are left alone: only money by counts is sure to be one product.
        if "%" not in match["factors"] and money == (stated.unit == "万元") and not agrees(stated, product):
            yield Discrepancy(tuple(amounts(match["factors"])), stated, product, match["factors"].strip())


_UP, _DOWN = ("增加", "增长", "上升", "提高", "增幅"), ("减少", "下降", "降低", "降幅")
_CHANGED = "|".join([*_UP, *_DOWN])
CHANGE = re.compile(
    rf"(?P<way>{_CHANGED})了?\s*(?P<number>{NUMBER})\s*(?P<unit>{UNITS})\s*[，,、（(]\s*(?:同比|比上年|增长率)?"
    rf"(?P<rate_way>{_CHANGED})?[了为达]?\s*(?P<rate>{NUMBER})\s*[%％]"
)


_COMPARED = re.compile(r"(?:比|较|同比|相比|与)[^。；\n]{0,30}$|^[^。；\n]{0,2}$")


@dataclass(frozen=True)
class Growth:
    """A stated change and its rate; `expected` is the rate in % from `base`, None where the two run apart."""

    change: str
    base: Decimal
    expected: Decimal | None


def wrong_growth(text: str, totals: Sequence[Decimal] = ()) -> Iterator[Growth]:
    """A change such as "增加6.59万元，增长5.93%" that fits no total: neither those before it nor `totals` (万元).

    A total may be the one after or the one before the change. Without any total, and without a word of
    comparison (比上年, 与…相比) in the sentence, nothing is judged.
    """
    text = text.translate(_HALF_WIDTH)
    for match in CHANGE.finditer(text):
        before = text[max(0, match.start() - REACH) : match.start()]
        if _COMPARED.search(re.split(r"[。；\n]", before)[-1]):
            change = _amount(match, "")
            earlier = [each.value for each in amounts(before) if each.unit == change.unit]
            known = earlier[::-1] + (list(totals) if change.unit == "万元" else [])
            yield from _misfit(match, change, [total for total in known if total > 0])


def _misfit(match: re.Match[str], change: Amount, totals: list[Decimal]) -> Iterator[Growth]:
    up, stated = match["way"] in _UP, Decimal(match["rate"].replace(",", ""))
    if match["rate_way"] and (match["rate_way"] in _UP) is not up:
        yield Growth(match[0], totals[0] if totals else Decimal(0), None)
        return
    signed = change.value if up else -change.value
    bases = [base for total in totals for base in (total - signed, total) if base > 0]
    half = Decimal(5).scaleb(-_decimals(stated) - 1)
    if bases and all(abs(change.value / base * 100 - stated) > half for base in bases):
        yield Growth(match[0], bases[0], change.value / bases[0] * 100)
