"""Random indicators as people fill them, for comparing the sheet's own formulas with Python's points.

`plain_row` draws what both must read; `ODD` are texts of which the sheet may read fewer than Python, never otherwise.
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from random import Random

from xl_selfeval.model import Achievement, Category, Indicator, Operator

CATEGORIES = (Category.OUTPUT, Category.BENEFIT, Category.SATISFACTION, Category.COST)
TO = ("-", "~", "～", "至", "到", "—", " - ")
NUMERIC = tuple(o for o in Operator if o not in (Operator.DEADLINE, Operator.QUALITATIVE))


def plain_row(random: Random) -> Indicator:
    """One row that the sheet and Python must score alike; some of them cannot be scored by either."""
    operator = random.choice([*NUMERIC, *NUMERIC, Operator.DEADLINE, Operator.QUALITATIVE, None])
    weight = Decimal(random.choice(("1", "2.5", "5", "6", "8.5", "10", "12.25", "15", "20")))
    unit = random.choice(("", "%", "％", "人次", "万元"))
    target, actual = _texts(random, operator, unit)
    return Indicator(
        category=random.choice(CATEGORIES),
        name=random.choice(("活动场次", "覆盖率", "接待人次")),
        operator=operator,
        target=target,
        unit_of_measure=unit,
        actual=actual,
        achievement=random.choice((None, *Achievement)) if operator is Operator.QUALITATIVE else None,
        step_size=random.choice((None, None, None, Decimal(1), Decimal("0.5"), Decimal(7))),
        step_points=random.choice((None, Decimal("0.5"), Decimal(1))),
        max_points=random.choice((weight,) * 12 + (None, Decimal(0))),
        claimed_points=_claim(random, weight),
        deviation_reason=random.choice(("", "因天气推迟")),
    )


def _texts(random: Random, operator: Operator | None, unit: str) -> tuple[str, str]:
    if operator is Operator.DEADLINE:
        return _dates(random)
    if operator is Operator.QUALITATIVE:
        return random.choice(("", "成效明显")), random.choice(("", "成效明显"))
    target = _number(random)
    low, high = sorted((target, _number(random)))
    actual = _actual(random, target)
    if operator is Operator.RANGE:
        return f"{_typed(random, low, unit)}{random.choice(TO)}{_typed(random, high, unit)}", _typed(
            random, actual, unit
        )
    texts = [_typed(random, target, unit), _typed(random, actual, unit)]
    if random.random() < 0.04:
        texts[random.randrange(2)] = ""
    return texts[0], texts[1]


def _number(random: Random) -> Decimal:
    places = random.choice((0, 0, 0, 1, 2, 2, 6))
    most = random.choice((3, 10, 100, 105, 4000, 1_290_000))
    return random.choice((Decimal(0), *(Decimal(random.randint(1, most * 10**places)).scaleb(-places),) * 12))


def _actual(random: Random, target: Decimal) -> Decimal:
    """Exactly the target, a little off, a good part, far above, 0 or negative, or a share beside a percentage."""
    share = Decimal(random.choice((50, 75, 85, 90, 98, 99, 101, 105, 120, 130, 150, 199, 200, 250, 405))) / 100
    near = target + Decimal(random.choice(("-1", "-0.01", "0.01", "1")))
    mixed = random.choice((target / 100, target * 100))
    return random.choice(
        (target, near, target * share, target * share, _number(random), Decimal(0), Decimal(-5), mixed)
    )


def _typed(random: Random, value: Decimal, unit: str) -> str:
    text = format(value, random.choice(("f", "f", "f", ",f")))
    if unit in ("", "%", "％"):
        text += random.choice(("", "", "%", "％", " %"))
    return random.choice((text, text, f" {text} "))


def _dates(random: Random) -> tuple[str, str]:
    deadline = date(2023, 1, 1) + timedelta(random.randrange(365))
    late = random.choice((-100, -1, 0, 0, 1, 10, 30, 31, 60, 90, 91, 400))
    limit = _spelled(random, deadline)
    return random.choice((limit, f"{limit}前")), _spelled(random, deadline + timedelta(late))


def _spelled(random: Random, day: date) -> str:
    year, month, number = day.year, day.month, day.day
    return random.choice(
        (
            f"{day:%Y-%m-%d}",
            f"{year}-{month}-{number}",
            f"{year}/{month}/{number}",
            f"{year}年{month}月{number}日",
            f"{year}年{month:02}月{number:02}日",
        )
    )


def _claim(random: Random, weight: Decimal) -> Decimal | None:
    below = (weight * Decimal(random.randint(0, 100)) / 100).quantize(Decimal("0.01"))
    return random.choice((None, weight, below, below, weight + 1, Decimal(0), Decimal(-1)))


# Numbers and dates as only people and `quantities` understand them, or nobody should.
_NUMBERS = """
≥90 不低于100平方米 100平方米 90%以上 1,29 1,290.5,6 12,34,567 1290,000 -1,290 90%% 9%0 %90 5. .5 +5 -5 - -- 1-5 5-1
95-105 1/2 1e3 1E3 ９０ 90．5 1.2.3 12:30 (5) $5 ￥5 ¥5 0x10 TRUE 是 Jan5 1月5日 11-30 2023-11-30 2023年 5万 十 五次
约5 5多 无 / …… 100000000000000000000000000 0.30000000000000004 007 -0 0% 1_000 #N/A =5 1，290 90、95 98/100
50percent 5±1 ±5 −5 －5
"""
_DATES = """
9月前 11月30日前 11月30日 11-30 11/30 2023-9 2023-9-31 2023-02-29 2023年9月 2023年底 2023年11月30日之前
2023年11月30日以前 2023年11月30日前完成 2023.11.30 20231130 45260 23-11-30 2023-11/30 2023年11-30 2023-011-30
2023-011-3 2023-11-030 2023-00-10 1899-12-31 1999-12-31 2100-1-1 3000-1-1 2023-11-30前 2023-11-30日
2023年11月30号 第三季度 年底 Nov302023 30-11-2023 30/11/2023 11/30/2023 完成 已完成 2023-11-30 2023/11/30
2023年11月30日 2023-1-5前 2023-11-30T10:00:00
"""
ODD_NUMBERS = (*_NUMBERS.split(), "1 290", "3 1/2", "5 ", " 5", "\u30005", "5\n6", "5\t", "9 0%", "90 %")
ODD_DATES = (*_DATES.split(), "2023-11-30 10:00", " 2023-11-30 ", "2023 - 11 - 30", "30 Nov 2023")


def odd_rows() -> list[Indicator]:
    """Every odd text as a target and as an actual, under the operators where it could be taken for something."""
    rows = []
    for operator in (Operator.AT_LEAST, Operator.AT_MOST, Operator.EQUAL, Operator.RANGE, None):
        for text in ODD_NUMBERS:
            other = "90-105" if operator is Operator.RANGE else "95"
            rows += [_row(operator, text, "80"), _row(operator, other, text)]
    rows += [_row(None, "2023-11-30", "2023-11-20"), _row(None, "6月底前", "2023-06-20"), _row(None, "95-105", "100")]
    for text in ODD_DATES:
        rows += [_row(Operator.DEADLINE, text, "2023-12-05"), _row(Operator.DEADLINE, "2023-11-01", text)]
    return rows


def _row(operator: Operator | None, target: str, actual: str) -> Indicator:
    return Indicator(
        category=Category.OUTPUT, name="指标", operator=operator, target=target, actual=actual, max_points=Decimal(10)
    )
