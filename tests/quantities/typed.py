"""Texts as people (and cats) type them, for the property tests of everything that reads cells."""

from hypothesis import strategies as st

PIECES = [
    *"0123456789.,-~%/()≥≤<>=+±eE ，。：（）％＝≧",
    *"一二三十百千万亿零半余多约近每第未不前后内底末年月日号季度旬个次人元件成倍点分",
]
PIECES += [
    "以上",
    "以下",
    "以内",
    "不低于",
    "超过",
    "达到",
    "控制在",
    "百分之",
    "上半年",
    "2023",
    "平方米",
    "至",
    "\u200b",
    "½",
    "³",
]
typed = st.one_of(st.text(max_size=40), st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
years = st.one_of(st.none(), st.integers(-10, 10_000))
