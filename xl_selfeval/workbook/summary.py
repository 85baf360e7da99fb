"""The score by parts: the full table on 评价结论 and its mirror, one strip above the indicators."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from xl_selfeval.model import Category
from xl_selfeval.quantities import plain
from xl_selfeval.rulebook.schema import Rulebook
from xl_selfeval.workbook import formulas
from xl_selfeval.workbook.cells import Cells
from xl_selfeval.workbook.convert import as_shown
from xl_selfeval.workbook.layout import INDICATORS, Placed, Spot
from xl_selfeval.workbook.look import HEADER_HEIGHT, row_height

if TYPE_CHECKING:
    from xl_selfeval.workbook.builder import Builder

HEADERS = ("部分", "规定分值", "已填分值", "得分", "得分率")
EXECUTION, TOTAL, GRADE = "预算执行率", "总分", "等级"
# The strip has to fit the widths of the indicator table: first and last column of each of its cells.
STRIP = ((2, 2), (3, 3), (4, 5), (6, 7), (8, 9), (10, 11), (12, 13))


@dataclass(frozen=True)
class Line:
    """One line of the summary; `weight` is None where the form decides it."""

    label: str
    weight: Decimal | None = None
    categories: tuple[Category, ...] = ()


def lines(rulebook: Rulebook) -> list[Line]:
    """The lines of the summary: blocks, execution where it is scored, total, grade."""
    blocks = [Line(block.name, block.points.value, block.categories) for block in rulebook.blocks]
    execution = [Line(EXECUTION, rulebook.execution.value)] if rulebook.execution.value else []
    return [*blocks, *execution, Line(TOTAL, rulebook.total.value), Line(GRADE)]


def result_spot(placed: Placed, rulebook: Rulebook, label: str) -> Spot:
    """The cell of the points (or the grade) of line `label` in the full summary."""
    row = next(n for n, line in enumerate(lines(rulebook)) if line.label == label)
    return Spot(placed.sheet.title, placed.top + 1 + row, 3)


def shown_total(cells: Cells) -> Decimal | None:
    """The 总分 that the sheet's own formulas show on 评价结论; None where there is no such line or no number."""
    points = HEADERS.index("得分")
    for grid in cells.grids.values():
        for row in grid:
            value = row[points] if len(row) > points and row[0] == TOTAL else None
            if isinstance(value, float):
                return as_shown(value)
    return None


def write_summary(builder: Builder, page: Worksheet, placed: Placed) -> None:
    """Write the full summary or the strip, whichever `placed` is."""
    if not placed.block.vertical:  # type: ignore[union-attr]
        _strip(builder, page, placed)
        return
    page.set_row(placed.top, HEADER_HEIGHT)
    for col, header in enumerate(HEADERS):
        page.write_string(placed.top, col, header, builder.look.style("header"))
    for n, line in enumerate(lines(builder.rulebook)):
        row = placed.top + 1 + n
        page.set_row(row, row_height())
        page.write_string(row, 0, line.label, builder.look.style("label"))
        for col, (formula, style, value) in enumerate(_cells(builder, placed, line, row), start=1):
            if formula:
                page.write_formula(row, col, formula, builder.look.style(style), value)
            else:
                page.write(row, col, value, builder.look.style(style))
    first, last = placed.top + 1, placed.top + len(lines(builder.rulebook))
    uneven = f"AND(ISNUMBER($B{first + 1}),N($C{first + 1})>0,ROUND($B{first + 1}-$C{first + 1},6)<>0)"
    builder.rules.mark_over(page, (first, 2, last, 2), uneven)


def _cells(builder: Builder, placed: Placed, line: Line, row: int) -> Iterator[tuple[str, str, object]]:
    weight: object = "" if line.label == GRADE else "按表" if line.weight is None else line.weight
    yield "", "auto_centre" if isinstance(weight, str) else "auto_points", weight
    yield _filled(builder, line, placed)
    yield _points(builder, line, placed)
    if line.label == GRADE:
        yield "", "auto", ""
    else:
        fixed, filled, points = (xl_rowcol_to_cell(row, col) for col in (1, 2, 3))
        whole = f"IF(ISNUMBER({fixed}),{fixed},{filled})"
        made = _part(builder, line) or (Decimal(0), line.weight or Decimal(0))
        yield f'=IF(N({whole})<=0,"",{points}/{whole})', "auto_rate", made[0] / made[1] if made[1] else ""


def _filled(builder: Builder, line: Line, placed: Placed) -> tuple[str, str, object]:
    """已填分值: the sum of the weights that the rows declare."""
    table, rulebook = builder.layout.table(INDICATORS), builder.rulebook
    if line.label == GRADE:
        return "", "auto", ""
    if line.label == EXECUTION:
        return "", "auto_points", line.weight
    rows = builder.card.rows if builder.card else ()
    if line.label == TOTAL:
        extra = rulebook.execution.value or Decimal(0)
        return formulas.weights_total(table, extra), "total", sum((row.max for row in rows), extra)
    formula = formulas.weights_where(table, formulas.block_labels(line.categories))
    return formula, "auto_points", sum((r.max for r in rows if r.category in line.categories), Decimal(0))


def _points(builder: Builder, line: Line, placed: Placed) -> tuple[str, str, object]:
    table, rulebook, card = builder.layout.table(INDICATORS), builder.rulebook, builder.card
    if line.label == GRADE:
        total = result_spot(placed, rulebook, TOTAL).a1
        return formulas.grade_of(total, table, rulebook), "total", card.grade.name if card and card.begun else ""
    if line.label == TOTAL:
        parts = [part.label for part in lines(rulebook) if part.label not in (TOTAL, GRADE)]
        sources = [result_spot(placed, rulebook, part).a1 for part in parts]
        return formulas.points_total(sources, rulebook), "total", card.total if card else 0
    if line.label == EXECUTION:
        funds = builder.layout.table(("finance", "funds"))
        rate, executed, budget = (funds.spot(0, key).absolute() for key in formulas.RATED)
        points = card.execution.points if card else 0
        return formulas.execution_points(rate, executed, budget, rulebook), "auto_points", points
    labels = formulas.block_labels(line.categories)
    part = _part(builder, line)
    formula = formulas.points_where(table, labels, line.weight, rulebook)
    return formula, "auto_points", part[0] if part else 0


def _part(builder: Builder, line: Line) -> tuple[Decimal, Decimal] | None:
    """Points and weight of a line by the score card."""
    card = builder.card
    if card is None:
        return None
    if line.label == TOTAL:
        return card.total, card.max
    if line.label == EXECUTION:
        return card.execution.points, card.execution.max
    return next((block.points, block.max) for block in card.blocks if block.name == line.label)


def _strip(builder: Builder, page: Worksheet, placed: Placed) -> None:
    full = builder.layout.summary(vertical=True)
    look = builder.look
    for row, label in enumerate(("部分", "分值（已填）", "得分")):
        page.set_row(placed.top + row, row_height())
        page.merge_range(placed.top + row, 0, placed.top + row, 1, label, look.style("label"))
    for (first, last), line in zip(STRIP, lines(builder.rulebook), strict=False):
        points = result_spot(full, builder.rulebook, line.label)
        filled = Spot(points.sheet, points.row, 2)
        head = f"{line.label}（{plain(line.weight)}分）" if line.weight is not None else line.label
        _across(page, placed.top, first, last, look.style("header"), head)
        for row, spot, written in ((1, filled, _filled), (2, points, _points)):
            _, style, value = written(builder, line, full)
            style = "total" if style == "total" else "auto_points"
            shown = f"={spot.absolute()}" if value != "" or spot is points else ""
            _across(page, placed.top + row, first, last, look.style(style), shown, value)


def _across(page: Worksheet, row: int, first: int, last: int, style: object, text: str, value: object = "") -> None:
    if last > first:
        page.merge_range(row, first, row, last, "", style)
    if text.startswith("="):
        page.write_formula(row, first, text, style, value)
    else:
        page.write_string(row, first, text, style)
