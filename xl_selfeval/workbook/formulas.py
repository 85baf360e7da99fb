"""Native formulas: the workbook scores itself, without Python, in Excel 2010+, WPS and LibreOffice alike.

They follow `scoring` rule by rule, with the options of one rulebook written in, and use only old functions.
Every function returns a formula that begins with "="; addresses come from the layout.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from xlsxwriter.utility import xl_col_to_name, xl_rowcol_to_cell

from xl_selfeval.model import Achievement, Category, Operator
from xl_selfeval.quantities import plain
from xl_selfeval.rulebook.schema import Equality, PartialStep, Reverse, Rulebook
from xl_selfeval.scoring import INNER_DIGITS
from xl_selfeval.workbook.layout import Placed, Spot

RANGE_SIGNS = ("~", "～", "至", "—")
MARKS = ("%", "％", ",")
DATE_WORDS = (("年", "-"), ("月", "-"), ("日", ""), ("前", ""), ("/", "-"))


class RowFormulas:
    """The formulas of one row of the indicator table; `row` counts from 0 below the header."""

    def __init__(self, table: Placed, row: int, rulebook: Rulebook) -> None:
        self.table, self.row, self.rulebook = table, row, rulebook

    def cell(self, key: str) -> str:
        """The address of column `key` in this row, the column fixed."""
        spot = self.table.spot(self.row, key)
        return str(xl_rowcol_to_cell(spot.row, spot.col, col_abs=True))

    def low(self) -> str:
        """目标数: the number or, for 时限, the day in a target; "" where there is none."""
        text, op = self.cell("target"), self.cell("operator")
        dashed = _replace(_bare(text), tuple((sign, "-") for sign in RANGE_SIGNS))
        lower = f'LEFT({dashed},FIND("-",{dashed})-1)'
        number = f"IF({op}={_text(Operator.RANGE.label)},{lower},{_bare(text)})"
        return f'=IF({text}="","",IFERROR(IF({self._is(Operator.DEADLINE)},{_day(text)},VALUE({number})),""))'

    def high(self) -> str:
        """上限数 of a range; "" for other rows."""
        text = self.cell("target")
        dashed = _replace(_bare(text), tuple((sign, "-") for sign in RANGE_SIGNS))
        upper = f'VALUE(MID({dashed},FIND("-",{dashed})+1,99))'
        return f'=IF({self._is(Operator.RANGE)},IFERROR({upper},""),"")'

    def actual(self) -> str:
        """完成数: the number (a negative one counts 0) or the day in an actual; "" where there is none."""
        text = self.cell("actual")
        number = f"MAX(0,VALUE({_bare(text)}))"
        return f'=IF({text}="","",IFERROR(IF({self._is(Operator.DEADLINE)},{_day(text)},{number}),""))'

    def computed(self) -> str:
        """系统得分 by the rulebook; "" where the row cannot be scored."""
        weight, low, actual = self.cell("max_points"), self.cell("@low"), self.cell("@actual")
        share = f"IF({self._is(Operator.DEADLINE)},{self._late()},{self._numeric()})"
        points = f"MIN({weight},{self._round(f'{weight}*MAX(0,MIN(1,{share}))')})"
        unready = f'OR({low}="",{actual}="",N({low})<0,{self._range_unready()})'
        return (
            f'=IF(N({weight})<=0,"",IF({self._is(Operator.QUALITATIVE)},{self._qualitative()},'
            f'IF({unready},"",{points})))'
        )

    def points(self) -> str:
        """得分: the lower of computed and claimed, 0 where nothing can be computed, "" on an empty row."""
        weight, computed, claimed = (self.cell(key) for key in ("max_points", "@computed", "claimed_points"))
        lower = f"IF(ISNUMBER({claimed}),MAX(0,MIN({claimed},{computed})),{computed})"
        return f'=IF({weight}="","",IF({computed}="",0,{lower}))'

    def hint(self) -> str:
        """提示: the first thing that is amiss in this row, in a few words."""
        c = self.cell
        over = plain(self.rulebook.reasons.overshoot.value)
        qualitative, wrong = self._is(Operator.QUALITATIVE), f'AND({c("@computed")}="",{c("max_points")}<>"")'
        tests = (
            (f'{c("name")}&{c("target")}&{c("max_points")}=""', ""),
            (f'{c("@item")}=""', "请填任务序号"),
            (f'{c("category")}=""', "请选一级指标"),
            (f"N({c('max_points')})<=0", "请填分值"),
            (f'AND({qualitative},{c("@computed")}="")', "请选档次并填自评得分"),
            (f'AND({c("target")}="",NOT({qualitative}))', "请填年度指标值"),
            (f'AND({c("actual")}="",NOT({qualitative}))', "请填实际完成值"),
            (wrong, "读不出数字，请只填数字"),
            (f"AND(ISNUMBER({c('claimed_points')}),{c('claimed_points')}>{c('@computed')})", "自评分高于系统得分"),
            (f'AND({c("@points")}<{c("max_points")},{c("deviation_reason")}="")', "未得满分，请填偏差原因"),
            (
                f"AND(ISNUMBER({c('@low')}),ISNUMBER({c('@actual')}),NOT({self._is(Operator.DEADLINE)}),"
                f'N({c("@low")})>0,{c("@actual")}>={over}*N({c("@low")}),{c("deviation_reason")}="")',
                "超出目标较多，请说明原因",
            ),
        )
        formula = '""'
        for test, words in reversed(tests):
            formula = f"IF({test},{_text(words)},{formula})"
        return "=" + formula

    def _is(self, operator: Operator) -> str:
        return f"{self.cell('operator')}={_text(operator.label)}"

    def _round(self, value: str) -> str:
        return _rounded(value, self.rulebook)

    def _range_unready(self) -> str:
        return f'AND({self._is(Operator.RANGE)},{self.cell("@high")}="")'

    def _qualitative(self) -> str:
        picked, claimed, weight = (self.cell(key) for key in ("achievement", "claimed_points", "max_points"))
        bands = '""'
        for achievement in Achievement:
            band = self.rulebook.band_of(achievement)
            low, high = (self._round(f"{plain(side.value)}*{weight}") for side in (band.floor, band.ceiling))
            bands = f"IF({picked}={_text(achievement.label)},MAX({low},MIN({claimed},{high})),{bands})"
        return f'IF(ISNUMBER({claimed}),{bands},"")'

    def _late(self) -> str:
        days = f"({self.cell('@actual')}-{self.cell('@low')})"
        share = "0"
        for band in reversed(self.rulebook.formulas.late):
            kept = plain(band.share.value)
            share = kept if band.days.value is None else f"IF({days}<={band.days.value},{kept},{share})"
        return f"IF({days}<=0,1,{share})"

    def _numeric(self) -> str:
        """The share for numbers: steps where the row has them, else below, above or inside the bounds."""
        low, actual = self.cell("@low"), self.cell("@actual")
        size, cost = self.cell("step_size"), self.cell("step_points")
        lower_is_better = f"OR({self._is(Operator.AT_MOST)},{self._is(Operator.LESS)})"
        ranged, equal = self._is(Operator.RANGE), self._is(Operator.EQUAL)
        top = f"IF({ranged},{self.cell('@high')},{low})"
        under = f"IF({low}=0,1,{actual}/{low})"
        zero = f"AND({low}=0,{top}=0,OR({equal},{ranged}))"
        two_sided = f"IF({actual}<{low},{under},IF({actual}>{top},{self._over(top)},1))"
        exact = self.rulebook.formulas.equal.value is Equality.EXACT
        equals = f"IF({actual}={low},1,0)" if exact else under
        plain_share = (
            f"IF({zero},IF({actual}=0,1,0),IF({lower_is_better},IF({actual}<={low},1,{self._over(low)}),"
            f"IF({ranged},{two_sided},IF({equal},{equals},{under}))))"
        )
        stepped = f"AND(N({size})>0,N({cost})>0)"
        return f"IF({stepped},{self._step(lower_is_better, top)},{plain_share})"

    def _over(self, bound: str) -> str:
        actual = self.cell("@actual")
        if self.rulebook.formulas.reverse.value is Reverse.LINEAR:
            return f"IF({bound}=0,0,1-({actual}-{bound})/{bound})"
        return f"IF({bound}=0,0,{bound}/{actual})"

    def _step(self, lower_is_better: str, top: str) -> str:
        low, actual, weight = self.cell("@low"), self.cell("@actual"), self.cell("max_points")
        two = f"OR({self._is(Operator.EQUAL)},{self._is(Operator.RANGE)})"
        below, above = f"{low}-{actual}", f"{actual}-{top}"
        missing = f"MAX(0,IF({lower_is_better},{above},IF({two},MAX({below},{above}),{below})))"
        function = "ROUNDUP" if self.rulebook.formulas.partial_step.value is PartialStep.UP else "ROUNDDOWN"
        steps = f"{function}(ROUND({missing}/{self.cell('step_size')},{INNER_DIGITS}),0)"
        return f"1-{steps}*{self.cell('step_points')}/{weight}"


def execution_points(rate: str, rulebook: Rulebook) -> str:
    """Points for 预算执行率 from the cell `rate` (a ratio, or "" when not applicable)."""
    weight = plain(rulebook.execution.value or Decimal(0))
    return f"=IF(ISNUMBER({rate}),{_rounded(f'MIN(1,{rate})*{weight}', rulebook)},0)"


def rate(part: str, whole: str) -> str:
    """part ÷ whole as a ratio; "" where the whole is blank or not above 0, or the part is blank."""
    return f'=IF(OR(N({whole})<=0,{part}=""),"",MAX(0,{part})/{whole})'


def change(now: str, before: str) -> str:
    """now − before; "" where either is blank."""
    return f'=IF(OR({now}="",{before}=""),"",{now}-{before})'


def change_rate(now: str, before: str) -> str:
    """(now − before) ÷ before as a ratio; "" where it has no meaning."""
    return f'=IF(OR({now}="",N({before})=0),"",({now}-{before})/{before})'


def sum_where(table: Placed, key: str, value_key: str, labels: Sequence[str], rulebook: Rulebook) -> str:
    """The sum of column `value_key` over the rows whose `key` is one of `labels`, rounded as points are."""
    where, values = column_range(table, key), column_range(table, value_key)
    parts = "+".join(f"SUMIF({where},{_text(label)},{values})" for label in labels)
    return "=" + _rounded(parts, rulebook)


def sum_all(cells: Sequence[str], rulebook: Rulebook) -> str:
    """The rounded sum of ranges and cells."""
    return "=" + _rounded("+".join(f"SUM({cell})" for cell in cells), rulebook)


def grade_of(total: str, rulebook: Rulebook) -> str:
    """The grade's name for the points in cell `total`; a lower bound belongs to its grade."""
    formula = _text(rulebook.grades[-1].name)
    for grade in reversed(rulebook.grades[:-1]):
        formula = f"IF({total}>={plain(grade.floor.value)},{_text(grade.name)},{formula})"
    return "=" + formula


def column_range(table: Placed, key: str) -> str:
    """All entry cells of a column, as other sheets use it."""
    first, last = table.spot(0, key), table.spot(table.rows - 1, key)
    return f"{first.absolute()}:{xl_rowcol_to_cell(last.row, last.col, row_abs=True, col_abs=True)}"


def subcategory_list(category: str, heads: str, first: Spot) -> str:
    """The source of the dependent level-2 list: the column under the matching head in the lists sheet."""
    corner, column = first.absolute(), f"OFFSET({first.absolute()},0,MATCH({category},{heads},0)-1,20,1)"
    return f"=OFFSET({corner},0,MATCH({category},{heads},0)-1,COUNTA({column}),1)"


def block_labels(categories: Sequence[Category]) -> list[str]:
    """The words of 一级指标 that belong to a block."""
    return [category.label for category in categories]


def column_letters(col: int) -> str:
    """The letters of a sheet column, e.g. 2 → C."""
    return str(xl_col_to_name(col))


def _rounded(value: str, rulebook: Rulebook) -> str:
    return f"ROUND(ROUND({value},{INNER_DIGITS}),{rulebook.formulas.digits.value})"


def _bare(text: str) -> str:
    return _replace(text, tuple((mark, "") for mark in MARKS))


def _day(text: str) -> str:
    """A date serial: a real date as it is, else the words 2023年11月30日(前) or 2023/11/30 read as ISO."""
    return f"IF(ISNUMBER({text}),{text},DATEVALUE({_replace(text, DATE_WORDS)}))"


def _replace(text: str, pairs: Sequence[tuple[str, str]]) -> str:
    for old, new in pairs:
        text = f"SUBSTITUTE({text},{_text(old)},{_text(new)})"
    return text


def _text(words: str) -> str:
    return '"' + words.replace('"', '""') + '"'
