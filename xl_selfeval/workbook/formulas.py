"""Formulas of sums, rates and lists: the workbook scores itself, without Python.

They follow `scoring` with the numbers of one rulebook written in, and use only functions that Excel 2010, WPS and
LibreOffice all have. Rates and grade ask Python first, where it is there (`calls`); the native formula stands beside.
Addresses come from the layout; the rows of the indicator table are in `row_formulas`.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from xlsxwriter.utility import xl_rowcol_to_cell

from xl_selfeval.model import Category
from xl_selfeval.quantities import plain
from xl_selfeval.rulebook.schema import Rulebook
from xl_selfeval.scoring import INNER_DIGITS
from xl_selfeval.workbook import calls
from xl_selfeval.workbook.choices import list_name
from xl_selfeval.workbook.layout import Placed, Spot

RATED = ("@rate", "executed_amount", "adjusted_budget")
"""The columns of the cells that `execution_points` takes."""


def execution_points(rate: str, executed: str, budget: str, rulebook: Rulebook) -> str:
    """Points for 预算执行率 from the cell `rate` (a ratio, "" when not applicable) and the two it is made of."""
    weight = plain(rulebook.execution.value or Decimal(0))
    native = f"MIN({weight},{rounded(f'MIN(1,{rate})*{weight}', rulebook)})"
    if calls.answers(rulebook):
        cells = {"executed_amount": executed, "adjusted_budget": budget}
        native = calls.number_or(calls.RATE_POINTS.given(cells.__getitem__), native)
    return f"=IF(ISNUMBER({rate}),{native},0)"


def rate(executed: str, budget: str) -> str:
    """全年执行数 ÷ 全年预算数 as a ratio; "" where the budget is not above 0, or the other is no number."""
    native = f'IF(OR(N({budget})<=0,NOT(ISNUMBER({executed}))),"",MAX(0,{executed})/{budget})'
    cells = {"executed_amount": executed, "adjusted_budget": budget}
    asked = calls.number_or(calls.RATE.given(cells.__getitem__), native)
    return f'=IF(OR({executed}="",{budget}=""),"",{asked})'


def change(now: str, before: str) -> str:
    """now − before; "" where either is not a number."""
    return f'=IF(AND(ISNUMBER({now}),ISNUMBER({before})),{now}-{before},"")'


def change_rate(now: str, before: str) -> str:
    """(now − before) ÷ before as a ratio; "" where it has no meaning."""
    return f'=IF(OR(NOT(ISNUMBER({now})),N({before})=0),"",({now}-{before})/{before})'


def points_where(table: Placed, labels: Sequence[str], weight: Decimal | None, rulebook: Rulebook) -> str:
    """The rounded sum of 得分 over the rows whose 一级指标 is one of `labels`, at most `weight`.

    Where the form decides the weight (None), at most the sum of 分值 of those rows.
    """
    where, values = column_range(table, "category"), column_range(table, "@points")
    points = rounded("+".join(f"SUMIF({where},{quoted(label)},{values})" for label in labels), rulebook)
    most = weights_where(table, labels).removeprefix("=") if weight is None else plain(weight)
    return f"=MIN({most},{points})"


def points_total(cells: Sequence[str], rulebook: Rulebook) -> str:
    """The rounded sum of ranges and cells, at most the scheme's total."""
    return f"=MIN({plain(rulebook.total.value)},{rounded('+'.join(f'SUM({cell})' for cell in cells), rulebook)})"


def weights_where(table: Placed, labels: Sequence[str]) -> str:
    """The sum of 分值 over the rows whose 一级指标 is one of `labels`; what is not above 0 does not count."""
    where, weights = column_range(table, "category"), column_range(table, "max_points")
    sums = (f'SUMIFS({weights},{where},{quoted(label)},{weights},">0")' for label in labels)
    return f"=ROUND({'+'.join(sums)},{INNER_DIGITS})"


def weights_total(table: Placed, extra: Decimal) -> str:
    """The sum of 分值 over all rows, and `extra` points for execution."""
    weights = column_range(table, "max_points")
    return f'=ROUND(SUMIF({weights},">0")+{plain(extra)},{INNER_DIGITS})'


def grade_of(total: str, table: Placed, rulebook: Rulebook) -> str:
    """The grade's name for the points in cell `total`, a lower bound included; "" before any row can be scored."""
    formula = quoted(rulebook.grades[-1].name)
    for grade in reversed(rulebook.grades[:-1]):
        formula = f"IF({total}>={plain(grade.floor.value)},{quoted(grade.name)},{formula})"
    if calls.answers(rulebook):
        formula = calls.word_or(calls.GRADE.given({"total": total}.__getitem__), list_name("grade"), formula)
    return f'=IF(COUNT({column_range(table, "@computed")})=0,"",{formula})'


def item_begun(items: Placed, number: str) -> str:
    """1 when the work item with the 序号 in cell `number` has anything written, else 0."""
    words = "&".join(column_range(items, key) for key in ("name", "goal", "result"))
    return f'SUMPRODUCT(({column_range(items, "@number")}={number})*({words}<>""))'


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


def rounded(value: str, rulebook: Rulebook) -> str:
    """`value` rounded half-up as `scoring` rounds points."""
    return f"ROUND(ROUND({value},{INNER_DIGITS}),{rulebook.formulas.digits.value})"


def quoted(words: str) -> str:
    """`words` as a text inside a formula."""
    return '"' + words.replace('"', '""') + '"'
