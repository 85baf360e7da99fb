"""Formulas that read what people type into a target or an actual: one text becomes a number or a day, or "".

They are stricter than `quantities`, never laxer: a text that could be read in two ways, or that some spreadsheet would
take for a date, a fraction or an amount of money, gives "" here, and 提示 asks for a plain number. Reading takes two
steps, each with its own hidden column: the cell into a bare text, and the bare text into a value.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2099, 12, 31)  # numbers between them can stand for days
FIRST_WRITTEN, LAST_WRITTEN = date(1900, 3, 1), date(2999, 12, 31)  # before, programs count days differently
LONGEST = 25  # characters of a number; `numerals` refuses longer ones as well
RANGE_SIGNS = ("~", "～", "至", "到", "—", "–", "－")
FIGURES = "0123456789０１２３４５６７８９零〇一二两三四五六七八九十百千壹贰叁肆伍陆柒捌玖拾佰仟年月"
END = "CHAR(7)"  # cannot be typed, so it marks the end of a text


def single_text(cell: str, unit: str) -> str:
    """The bare text of a cell with one number: trimmed, without its percent sign."""
    return _guarded(cell, unit, _unsigned(_trimmed(cell)))


def range_text(cell: str, unit: str, *, upper: bool) -> str:
    """The bare text of one side of a range such as 95%-105% or 95至105; an error where there is no range."""
    dashed, at = _dash(cell)
    side = f"MID({dashed},{at}+1,99)" if upper else f"LEFT({dashed},{at}-1)"
    return _guarded(cell, unit, _unsigned(side))


def is_range(cell: str) -> str:
    """True for a text with a dash, a wave or 至 after its first character."""
    return f"ISNUMBER({_dash(cell)[1]})"


def without_figures(cell: str) -> str:
    """True for a text with no numeral and no word of a date, which `quantities` never reads as a quantity."""
    figures = ",".join(f'"{sign}"' for sign in FIGURES)
    return f"SUMPRODUCT(--ISNUMBER(FIND({{{figures}}},{cell})))=0"


def day_text(cell: str, *, limit: bool) -> str:
    """A date written 2023-11-30, 2023/11/30 or 2023年11月30日, with hyphens; only a time limit may end in 前."""
    bare = f"TRIM({cell})"
    if limit:
        bare = f'SUBSTITUTE(SUBSTITUTE({bare}&{END},"前"&{END},""),{END},"")'
    spelled = substituted(bare, (("年", "-"), ("月", "-"), ("日", "")))
    whole = f'AND(RIGHT({bare})="日",ISNUMBER(FIND("月",{bare})))'
    slashed = f'IF(ISNUMBER(FIND("-",{bare})),"",{substituted(bare, (("/", "-"),))})'
    unspelled = f'IF(ISNUMBER(FIND("/",{bare})),{slashed},{bare})'
    return f'IF(ISNUMBER(FIND("年",{bare})),IF({whole},{spelled},""),{unspelled})'


def number(text: str) -> str:
    """The number in the bare text of cell `text`: a leading minus, digits, whole groups of thousands, one point."""
    places = ",".join(str(n) for n in range(1, LONGEST + 1))
    padded = f'{text}&REPT("0",{LONGEST})'  # programs differ about finding an empty text
    only_digits = f'SUMPRODUCT(--ISERROR(FIND(MID({padded},{{{places}}},1),"0123456789.,-")))=0'
    one_point = f'LEN({text})-LEN(SUBSTITUTE({text},".",""))<=1'
    whole = f'LEFT({text},FIND(".",{text}&".")-1)'
    grouped = f'TEXT(VALUE(SUBSTITUTE({whole},",","")),"#,##0")={whole}'
    fraction = f'ISERROR(FIND(",",MID({text},LEN({whole})+1,{LONGEST})))'
    commas = f'IF(ISNUMBER(FIND(",",{text})),AND({grouped},{fraction}),TRUE)'
    tests = (f"LEN({text})<={LONGEST}", only_digits, f'ISERROR(FIND("-",{text},2))', one_point, commas)
    return f'IF(AND({",".join(tests)}),VALUE(SUBSTITUTE({text},",","")),"")'


def day(cell: str, text: str) -> str:
    """The day of a real date in `cell`, or of its `text` with hyphens."""
    first, last, read = serial(FIRST_DAY), serial(LAST_DAY), f"DATEVALUE({text})"
    # Written out again, the day must give the same text: this refuses what a spreadsheet completes or corrects.
    same = f'{substituted(text, (("-0", "-"),))}=YEAR({read})&"-"&MONTH({read})&"-"&DAY({read})'
    after_month = f'FIND("-",{text},6)'
    short = f"{after_month}<=8,LEN({text})-{after_month}<=2"
    sane = f"{read}>={serial(FIRST_WRITTEN)},{read}<={serial(LAST_WRITTEN)}"
    typed = f'IF(AND({same},{short},{sane}),{read},"")'
    return f'IF(ISNUMBER({cell}),IF(AND({cell}>={first},INT({cell})<={last}),INT({cell}),""),{typed})'


def serial(day: date) -> int:
    """The number by which spreadsheets know a day after 1900-02-28."""
    return (datetime(day.year, day.month, day.day) - datetime(1899, 12, 30)).days


def substituted(text: str, pairs: Sequence[tuple[str, str]]) -> str:
    """`text` with each first of `pairs` replaced by its second."""
    for old, new in pairs:
        text = f'SUBSTITUTE({text},"{old}","{new}")'
    return text


def _dash(cell: str) -> tuple[str, str]:
    """The text of a cell with plain dashes, and the place of the first that is not the sign of a number."""
    dashed = substituted(_trimmed(cell), tuple((sign, "-") for sign in RANGE_SIGNS))
    return dashed, f'FIND("-",{dashed},2)'


def _trimmed(cell: str) -> str:
    return f'TRIM(SUBSTITUTE({cell},"％","%"))'


def _unsigned(text: str) -> str:
    """Without the percent sign at the very end; any other stays and makes the text unreadable."""
    return f'TRIM(SUBSTITUTE(SUBSTITUTE(TRIM({text})&{END},"%"&{END},""),{END},""))'


def _guarded(cell: str, unit: str, text: str) -> str:
    """ "" where a percentage stands beside a unit that is not one: 90% against 90人 cannot be compared."""
    signed = f'ISNUMBER(FIND("%",{_trimmed(cell)}))'
    other = f'{unit}<>"",ISERROR(FIND("%",{_trimmed(unit)}))'
    return f'IF(AND({signed},{other}),"",{text})'
