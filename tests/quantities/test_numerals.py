"""Figures as people write them: one spelling, Chinese numerals, rounding, plain writing."""

import re
from decimal import ROUND_HALF_UP, Decimal, localcontext

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.quantities.typed import typed
from xl_selfeval.quantities import half_up, normalise, plain
from xl_selfeval.quantities.numerals import chinese_number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("零", 0),
        ("两", 2),
        ("十", 10),
        ("二十一", 21),
        ("一百零五", 105),
        ("一百十五", 115),
        ("三千零五十", 3050),
        ("三万五千", 35000),
        ("十万零三", 100003),
        ("壹仟贰佰", 1200),
        ("二三", None),
        ("三千五", None),
        ("百", None),
        ("一千百", None),
        ("十十", None),
        ("五次", None),
        ("", None),
    ],
)
def test_chinese_numerals(text, number):
    assert chinese_number(text) == number


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("≧ 90 ％", "≥90%"),
        ("≦⩽≯", "≤≤≤"),
        ("＞ ＝ 5", "≥5"),
        ("＝＝5", "=5"),
        ("≥=5", "≥5"),
        ("=>=5", "≥5"),
        ("1,290,000.5", "1290000.5"),
        ("1,29", "1,29"),
        ("1, 290", "1, 290"),
        ("（５）", "(5)"),
        ("５ 平方米", "5平方米"),
        ("1 000", "1 000"),
        ("90——95", "90-95"),
        ("\ufeff9\u200b0", "90"),
        ("9\x000", "9 0"),
        ("", ""),
    ],
)
def test_one_spelling(text, same):
    assert normalise(text) == same


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("90", "90"),
        ("1.50", "1.5"),
        ("1290.00", "1290"),
        ("1.29E+3", "1290"),
        ("1E-7", "0.0000001"),
        ("-0", "0"),
        ("-0.00", "0"),
        ("0E+5", "0"),
        ("-1.5", "-1.5"),
        ("1E+999999999", "1E+999999999"),
        ("NaN", "NaN"),
    ],
)
def test_plain(value, text):
    assert plain(Decimal(value)) == text


@pytest.mark.parametrize(
    ("value", "digits", "rounded"),
    [
        ("9.805", 2, "9.81"),
        ("9.8", 2, "9.80"),
        ("8.62", 0, "9"),
        ("2.5", 0, "3"),
        ("-2.5", 0, "-3"),
        ("1250", -2, "1.3E+3"),
        ("-0.004", 2, "0.00"),
        ("1E-999999", 2, "0.00"),
        ("1E+999999", 2, "1E+999999"),
        ("1E+30", 2, "1000000000000000000000000000000.00"),
        ("99.995", 2, "100.00"),
        ("NaN", 2, "NaN"),
        ("Infinity", 2, "Infinity"),
    ],
)
def test_half_up(value, digits, rounded):
    assert str(half_up(Decimal(value), digits)) == rounded


@settings(max_examples=400, deadline=None)
@given(typed)
def test_normalising_twice_changes_nothing(text):
    assert normalise(normalise(text)) == normalise(text)


@settings(deadline=None)
@given(st.decimals(allow_nan=False, allow_infinity=False), st.integers(-5, 10))
def test_half_up_is_the_nearest_multiple_away_from_zero(value, digits):
    rounded = half_up(value, digits)
    if -500 < value.adjusted() < 500:
        with localcontext(prec=2000):
            reference = value.scaleb(digits).to_integral_value(ROUND_HALF_UP).scaleb(-digits)
            assert rounded == reference
            assert abs(rounded - value) <= Decimal("0.5").scaleb(-digits)


@settings(deadline=None)
@given(st.decimals(allow_nan=False, allow_infinity=False))
def test_plain_keeps_the_number(value):
    text = plain(value)
    assert Decimal(text) == value
    if abs(value.adjusted()) < 500:
        assert re.fullmatch(r"-?[0-9]+(\.[0-9]*[1-9])?", text)
        assert text != "-0"
