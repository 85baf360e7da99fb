"""The locked cells of tables: which formula stands in them, how it looks, and the value cached beside it.

A cached value is what viewers without a calculator (phones, pandas) show; spreadsheets recalculate on opening.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from xlsxwriter.utility import xl_rowcol_to_cell

from xl_selfeval.model import Path
from xl_selfeval.workbook import formulas
from xl_selfeval.workbook.layout import INDICATORS, Matrix, Placed, Table, value_at
from xl_selfeval.workbook.row_formulas import ROW

if TYPE_CHECKING:
    from xl_selfeval.workbook.builder import Builder

Auto = tuple[str, str, object]
STYLES = {"@computed": "auto_points", "@points": "auto_points", "@hint": "auto_hint"}
Numbers = dict[str, Decimal | None]


def auto_cells(builder: Builder, placed: Placed, row: int, path: Path | None) -> dict[str, Auto]:
    """(formula, style, cached value) for each locked column of one row, by column key; "" for a constant."""
    block = placed.block
    assert isinstance(block, Table | Matrix)
    if block.path == INDICATORS:
        return _indicator(builder, placed, row, path)
    if block.path == ("items",):
        return _item(builder, placed, row, path)
    if any(column.key == "@rate" for column in block.columns):
        return _money(builder, placed, row, path)
    return {}


def _indicator(builder: Builder, placed: Placed, row: int, path: Path | None) -> dict[str, Auto]:
    scored = builder.card.row(path) if builder.card and path else None
    cached: dict[str, object] = {
        "@computed": "" if scored is None or scored.computed is None else scored.computed,
        "@points": "" if scored is None else scored.points,
    }
    number = str(placed.top + row + 2)
    return {
        key: (formula.replace(ROW, number), STYLES.get(key, "auto"), cached.get(key, ""))
        for key, formula in builder.row_formulas.items()
    }


def _item(builder: Builder, placed: Placed, row: int, path: Path | None) -> dict[str, Auto]:
    indicators = builder.layout.table(INDICATORS)
    numbers = formulas.column_range(indicators, "@item")
    weights = formulas.column_range(indicators, "max_points")
    number = _a1(placed, row, "@number")
    blank = "&".join(_a1(placed, row, key) for key in ("name", "goal", "result")) + '=""'
    mine = builder.submission.items[int(path[1])].indicators if path else []
    weight = sum((i.max_points or Decimal(0) for i in mine), Decimal(0))
    return {
        # A constant: numbers by position would send the indicators to other items when a row is inserted.
        "@number": ("", "auto_centre", row + 1),
        "@count": (f'=IF({blank},"",COUNTIF({numbers},{number}))', "auto_centre", len(mine) if path else ""),
        "@weight": (f'=IF({blank},"",SUMIF({numbers},{number},{weights}))', "auto_points", weight if path else ""),
    }


def _money(builder: Builder, placed: Placed, row: int, path: Path | None) -> dict[str, Auto]:
    cells = {key: _a1(placed, row, key) for key in ("adjusted_budget", "executed_amount")}
    n = _numbers(builder, path)
    spent, budget, before = (n.get(key) for key in ("executed_amount", "adjusted_budget", "previous_year"))
    rate = formulas.rate(cells["executed_amount"], cells["adjusted_budget"])
    autos: dict[str, Auto] = {
        "@rate": (
            rate,
            "auto_rate",
            max(Decimal(0), spent) / budget if spent is not None and budget and budget > 0 else "",
        )
    }
    if isinstance(placed.block, Matrix):
        now, then = cells["executed_amount"], _a1(placed, row, "previous_year")
        grown = spent - before if spent is not None and before is not None else None
        autos["@change"] = (formulas.change(now, then), "auto_money", "" if grown is None else grown)
        share = grown / before if grown is not None and before else ""
        autos["@change_rate"] = (formulas.change_rate(now, then), "auto_rate", share)
    return autos


def _numbers(builder: Builder, path: Path | None) -> Numbers:
    if path is None:
        return {}
    line = value_at(builder.submission, path)
    return {key: getattr(line, key, None) for key in ("adjusted_budget", "executed_amount", "previous_year")}


def _a1(placed: Placed, row: int, key: str) -> str:
    spot = placed.spot(row, key)
    return str(xl_rowcol_to_cell(spot.row, spot.col, col_abs=True))
