"""Targets, actuals and units as typed (family TYP, 01–12): what cannot be read, and what was read one of two ways.

The target is told by one check, the actual by another, so neither hides the other. A blank cell is told by REQ.
"""

from __future__ import annotations

from collections.abc import Iterator

from xl_selfeval.checks.catalogue import Case, Hit, Severity, check, hit
from xl_selfeval.checks.naming import row_name
from xl_selfeval.measure import HIGHER, LOWER, MIXED_PERCENT, Measure
from xl_selfeval.model import Indicator, Operator, Path
from xl_selfeval.quantities import NotAQuantity, Quantity, normalise, parse_date, parse_quantity, percent_mismatch

E, W, N = Severity.ERROR, Severity.WARNING, Severity.NOTE
CELLS = "财政部门自评表填报要求：指标值、计量单位、实际完成值分列填写"
ROW_RULE = "评分办法：指标得分按年度指标值与实际完成值比较计算"
FIRST = "items.0.indicators.0"
PERCENT = "items.0.indicators.2"
DEADLINE = "items.1.indicators.1"
QUALITATIVE = "items.2.indicators.2"
FAR = 10
"""Times the target from which an actual rather has another unit."""
NUMERIC = HIGHER | LOWER | {Operator.EQUAL, Operator.RANGE}


def numeric_rows(case: Case) -> Iterator[tuple[Path, Indicator, Measure]]:
    """Rows that are scored by a number: neither a date nor qualitative, nor without any target."""
    for path, indicator, read, _ in case.rows:
        if read.operator in NUMERIC:
            yield path, indicator, read


def actual_of(case: Case, indicator: Indicator) -> Quantity | NotAQuantity | None:
    """The actual as a quantity, None when it is blank; a range or a date limit is no actual value."""
    if not indicator.actual:
        return None
    read = parse_quantity(indicator.actual, case.submission.fiscal_year)
    if isinstance(read, Quantity) and (read.value is None or read.upper is not None):
        return NotAQuantity(indicator.actual, f"“{indicator.actual}”不是一个数")
    return read


def target_of(case: Case, indicator: Indicator) -> Quantity | None:
    """The target as a quantity, None when it is blank or unreadable."""
    read = parse_quantity(indicator.target, case.submission.fiscal_year) if indicator.target else None
    return read if isinstance(read, Quantity) else None


@check(
    "TYP01",
    E,
    title="年度指标值读不出来",
    message="{row}无法计分：{trouble}",
    remedy="年度指标值只写一个数、一个区间或一个时限，如 90、95-105、2023年11月30日前；定性指标请选“定性”",
    basis=CELLS,
    caught={f"{FIRST}.target": "较上年有所增加"},
    passed={f"{FIRST}.target": "不少于80,000人次"},
)
def unreadable_target(case: Case) -> Iterator[Hit]:
    """A target that no number, range or date can be read from."""
    for path, indicator, read, _ in case.rows:
        if indicator.target and read.trouble and read.trouble_at == "target":
            yield hit(*path, "target", row=row_name(path, indicator), trouble=read.trouble.rstrip("。"))


@check(
    "TYP02",
    E,
    title="符号列与指标值里的符号矛盾",
    message="{row}无法计分：{trouble}",
    remedy="核对年初批复的指标，只在符号列选一个符号，指标值里只写数",
    basis=CELLS,
    caught={f"{FIRST}.target": "不超过80000"},
    passed={f"{FIRST}.target": "≥80000"},
)
def contradiction(case: Case) -> Iterator[Hit]:
    """The operator column says one thing, the sign inside of the target another."""
    for path, indicator, read, _ in case.rows:
        if read.trouble and read.trouble_at == "operator":
            yield hit(*path, "operator", row=row_name(path, indicator), trouble=read.trouble.rstrip("。"))


@check(
    "TYP03",
    E,
    title="单位不一致，不能比较",
    message="{row}无法计分：{trouble}",
    remedy="把年度指标值、计量单位、实际完成值换算成同一个单位",
    basis=CELLS,
    caught={f"{FIRST}.actual": "7.6万人次"},
    passed={f"{FIRST}.actual": "76000人次"},
)
def units_differ(case: Case) -> Iterator[Hit]:
    """A unit of another size in the target or in the actual."""
    for path, indicator, read, _ in case.rows:
        if read.trouble == MIXED_PERCENT:  # TYP09 tells it
            continue
        at_actual = read.trouble_at == "actual" and isinstance(actual_of(case, indicator), Quantity)
        if read.trouble and read.operator in NUMERIC and (at_actual or read.trouble_at == "unit_of_measure"):
            yield hit(*path, read.trouble_at, row=row_name(path, indicator), trouble=read.trouble.rstrip("。"))


@check(
    "TYP04",
    E,
    title="实际完成值不是数",
    message="{row}的年度指标值是数，实际完成值填的是“{actual}”，无法比较：{why}",
    remedy="按佐证材料填写实际完成的数，只写数，不写“完成”“达标”",
    basis=ROW_RULE,
    caught={f"{FIRST}.actual": "完成"},
    passed={f"{QUALITATIVE}.actual": "完成"},
)
def actual_is_text(case: Case) -> Iterator[Hit]:
    """Words, a range or a date in the actual of a numeric row."""
    for path, indicator, _ in numeric_rows(case):
        actual = actual_of(case, indicator)
        if isinstance(actual, NotAQuantity):
            why = actual.reason.rstrip("。")
            yield hit(*path, "actual", row=row_name(path, indicator), actual=indicator.actual, why=why)


@check(
    "TYP05",
    E,
    title="实际完成值不是日期",
    message="{row}考核完成时限，实际完成值填的是“{actual}”，不知道哪天完成：{why}",
    remedy="填写实际完成的日期，如 2023年11月20日",
    basis=ROW_RULE,
    caught={f"{DEADLINE}.actual": "按时完成"},
    passed={f"{DEADLINE}.actual": "11月20日"},
)
def actual_is_no_date(case: Case) -> Iterator[Hit]:
    """No day in the actual of a row with a deadline."""
    for path, indicator, read, _ in case.rows:
        if read.operator is Operator.DEADLINE and indicator.actual:
            day = parse_date(indicator.actual, case.submission.fiscal_year)
            if isinstance(day, NotAQuantity):
                why = day.reason.rstrip("。")
                yield hit(*path, "actual", row=row_name(path, indicator), actual=indicator.actual, why=why)


@check(
    "TYP06",
    W,
    title="实际完成值带着比较符号",
    message="{row}的实际完成值写成“{actual}”，带有“{sign}”，像是照抄了指标值",
    remedy="填写实际完成了多少，不带“≥”“以上”等，如 {example}",
    basis=CELLS,
    caught={f"{FIRST}.actual": "≥80000"},
    passed={f"{FIRST}.target": "≥80000"},
)
def actual_repeats_sign(case: Case) -> Iterator[Hit]:
    """≥266米 where 266 is meant, or where nobody counted."""
    for path, indicator, _ in numeric_rows(case):
        actual = actual_of(case, indicator)
        if isinstance(actual, Quantity) and actual.operator and actual.value is not None:
            values = {"actual": indicator.actual, "sign": actual.operator.label, "example": actual.value}
            yield hit(*path, "actual", row=row_name(path, indicator), **values)


@check(
    "TYP07",
    W,
    title="没有计量单位",
    message="{row}的年度指标值是{target}，没有写计量单位",
    remedy="在“计量单位”列填写单位，如人次、场、%、万元",
    basis=CELLS,
    caught={f"{FIRST}.unit_of_measure": ""},
    passed={f"{FIRST}.unit_of_measure": "", f"{FIRST}.target": "80000人次"},
)
def unit_missing(case: Case) -> Iterator[Hit]:
    """A number without a unit in any of the cells."""
    for path, indicator, read in numeric_rows(case):
        if read.target is not None and not read.unit:
            yield hit(*path, "unit_of_measure", row=row_name(path, indicator), target=indicator.target)


@check(
    "TYP08",
    N,
    title="单位写在指标值里",
    message="{row}的年度指标值写成“{target}”，单位列又写了“{unit}”",
    remedy="单位只写在“计量单位”列，年度指标值填 {value}",
    basis=CELLS,
    caught={f"{FIRST}.target": "80000人次"},
    passed={f"{FIRST}.target": "80,000"},
)
def unit_in_target(case: Case) -> Iterator[Hit]:
    """The same unit both in the target cell and in the unit column."""
    for path, indicator, _ in numeric_rows(case):
        target = target_of(case, indicator)
        if target and target.value is not None and target.unit and target.unit == normalise(indicator.unit_of_measure):
            values = {"target": indicator.target, "unit": indicator.unit_of_measure, "value": target.value}
            yield hit(*path, "target", row=row_name(path, indicator), **values)


@check(
    "TYP09",
    E,
    title="百分比一处写成小数",
    message="{row}的年度指标值是“{target}”，实际完成值是“{actual}”，一个像百分数，一个像小数",
    remedy="两处都按百分数填写：90%填 90，不填 0.9",
    basis=CELLS,
    caught={f"{PERCENT}.actual": 0.93},
    passed={f"{PERCENT}.actual": 9.3},
)
def percent_as_share(case: Case) -> Iterator[Hit]:
    """0.9 in one cell and 90 in the other."""
    for path, indicator, _ in numeric_rows(case):
        target, actual = target_of(case, indicator), actual_of(case, indicator)
        if target and isinstance(actual, Quantity) and percent_mismatch(target, actual, indicator.unit_of_measure):
            values = {"target": indicator.target, "actual": indicator.actual}
            yield hit(*path, "actual", row=row_name(path, indicator), **values)


@check(
    "TYP10",
    W,
    title="读法有疑问",
    message="{row}读法有疑问：{doubt}",
    remedy="请核对；读得不对的，把数字或日期写完整（如 90、2023-11-30），方向在“符号”栏选",
    basis=CELLS,
    caught={f"{FIRST}.operator": None},
    passed={f"{FIRST}.operator": None, f"{FIRST}.target": "不少于80000"},
)
def doubtful(case: Case) -> Iterator[Hit]:
    """Everything that was read in one of two ways, one by one."""
    for path, indicator, read, _ in case.rows:
        actual = actual_of(case, indicator)
        of_actual = actual.doubts if isinstance(actual, Quantity) else ()
        for doubt in read.doubts:
            yield hit(*path, _doubt_at(doubt, of_actual), row=row_name(path, indicator), doubt=doubt.rstrip("。"))


def _doubt_at(doubt: str, of_actual: tuple[str, ...]) -> str:
    if doubt in of_actual or doubt.startswith("实际完成值"):
        return "actual"
    return "operator" if "符号" in doubt else "target"


# Marks that are right in Chinese text, though `normalise` gives them another shape.
CHINESE_MARKS = frozenset("，。：；（）！？、～—–㎡㎥【】〔〕")


def odd_signs(text: str) -> str:
    """The look-alike signs, full-width digits and thousands commas in `text`, each once; blank when there are none."""
    odd = [sign for sign in text if sign not in CHINESE_MARKS and not sign.isspace() and normalise(sign) != sign]
    plain_text = normalise(text)
    commas = [","] if "," in text and "," not in plain_text else []
    return "".join(dict.fromkeys([*odd, *commas]))


@check(
    "TYP11",
    N,
    title="用了全角数字或相似符号",
    message="{row}的“{text}”里有“{signs}”，已按“{read}”读",
    remedy="改用半角数字和标准符号 ≥ ≤ = %，不写千分位逗号",
    basis=CELLS,
    caught={f"{FIRST}.target": "≧８００００"},
    passed={f"{FIRST}.target": "≥80000（含校园分馆）"},
)
def look_alikes(case: Case) -> Iterator[Hit]:
    """≧ ═ ％ １ and thousands commas, which were read as what they stand for."""
    for path, indicator, measured, _ in case.rows:
        if measured.operator is Operator.QUALITATIVE:
            continue
        for name in ("target", "unit_of_measure", "actual"):
            text = getattr(indicator, name)
            signs = "" if text.isascii() and "," not in text else odd_signs(text)
            if signs:
                yield hit(*path, name, row=row_name(path, indicator), text=text, signs=signs, read=normalise(text))


@check(
    "TYP12",
    W,
    title="有数的指标选成定性",
    message="{row}的年度指标值“{target}”是数，符号列选的却是“定性”，不按完成比例计分",
    remedy="符号列改选 ≥、≤ 或 =，填写实际完成的数；确为定性的，把指标值改写成文字",
    basis=ROW_RULE,
    caught={f"{FIRST}.operator": "定性", f"{FIRST}.achievement": "达成预期指标"},
    passed={f"{QUALITATIVE}.target": "形成2项制度，长期保存"},
)
def numeric_as_qualitative(case: Case) -> Iterator[Hit]:
    """Nothing but a number on a row that a person scores by band."""
    for path, indicator in case.submission.indicators():
        target = target_of(case, indicator) if indicator.operator is Operator.QUALITATIVE else None
        if target and not target.doubts and not target.note:
            yield hit(*path, "operator", row=row_name(path, indicator), target=indicator.target)
