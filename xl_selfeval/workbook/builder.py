"""Builds the sheets that people fill, from the layout, with XlsxWriter."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from xlsxwriter import Workbook

from xl_selfeval.examples import is_example
from xl_selfeval.model import Labelled, Path, Submission
from xl_selfeval.rulebook.schema import Rulebook
from xl_selfeval.scoring import ScoreCard
from xl_selfeval.workbook.autos import auto_cells
from xl_selfeval.workbook.choices import NO, YES
from xl_selfeval.workbook.formsheet import FormSheet
from xl_selfeval.workbook.layout import (
    INDICATORS,
    Block,
    Column,
    Field,
    Form,
    Kind,
    Layout,
    Matrix,
    Placed,
    Sheet,
    Spot,
    Summary,
    Table,
    entries,
    form_columns,
    form_rows,
    value_at,
)
from xl_selfeval.workbook.look import HEADER_HEIGHT, HEADING_HEIGHT, Look, lines_needed, row_height
from xl_selfeval.workbook.names import form_name, table_name
from xl_selfeval.workbook.row_formulas import RowFormulas
from xl_selfeval.workbook.rules import Rules
from xl_selfeval.workbook.summary import write_summary

# Objects are free: else nobody could add a note of their own, nor enlarge one of ours.
PROTECTION = {"objects": True, "format_columns": True, "format_rows": True, "insert_rows": True}
SPARE_ROWS = 100  # below the last table people go on typing, and what is found there is marked as well


class Builder:
    """One workbook in the making: `book` to write to, `layout` for places, `rulebook` for formulas and lists."""

    def __init__(self, book: Workbook, layout: Layout, rulebook: Rulebook, submission: Submission | None) -> None:
        self.book, self.layout, self.rulebook = book, layout, rulebook
        self.submission = submission or Submission()
        self.look = Look(book, rulebook.formulas.digits.value)
        self.rules = Rules(rulebook, self.look)
        self.places: Mapping[Path, Spot] = layout.places(self.submission)
        self.card: ScoreCard | None = None
        self.row_formulas = RowFormulas(layout.table(INDICATORS), rulebook, layout.table(("items",))).all()

    def add_sheet(self, sheet: Sheet, card: ScoreCard | None) -> FormSheet:
        """Write one sheet with everything that `submission` declares there; `card` fills cached values."""
        self.card = card
        page: FormSheet = self.book.get_worksheet_by_name(sheet.title)
        for col, width in enumerate(sheet.widths):
            page.set_column(col, col, width)
        last = max(placed.last for placed in self.layout.of(sheet)) + SPARE_ROWS
        self.rules.mark_findings(page, sheet.key, (0, 0, last, len(sheet.widths) - 1))
        self._head(page, sheet)
        for placed in self.layout.of(sheet):
            self._write(page, placed.block, placed)
        self._print(page, sheet)
        page.protect("", PROTECTION)
        return page

    def _head(self, page: FormSheet, sheet: Sheet) -> None:
        last = (sheet.print_columns or len(sheet.widths)) - 1
        page.set_row(0, 30)
        page.write_string(0, 0, sheet.title, self.look.style("title"))
        page.merge_range(1, 0, 1, last - 1, sheet.note, self.look.style("note"))
        page.set_row(1, row_height(lines_needed(sheet.note, sum(sheet.widths[:last]))))
        page.write_url(1, last, "internal:'填报说明'!A1", self.look.style("plain_link"), "返回说明")

    def _print(self, page: FormSheet, sheet: Sheet) -> None:
        page.set_paper(9)
        page.set_margins(0.5, 0.5, 0.6, 0.6)
        page.fit_to_pages(1, 0)
        page.center_horizontally()
        page.hide_gridlines(2)
        page.set_footer("&L&A&R第 &P 页，共 &N 页")
        if sheet.landscape:
            page.set_landscape()
        tables = [p for p in self.layout.of(sheet) if isinstance(p.block, Table)]
        if len(tables) == 1:
            page.repeat_rows(tables[0].top)
        last = max(p.last for p in self.layout.of(sheet))
        page.print_area(0, 0, last, (sheet.print_columns or len(sheet.widths)) - 1)
        frozen = tables[0].top + 1 if sheet.print_columns else 2
        page.freeze_panes(frozen, 4 if sheet.print_columns else 0)

    def _write(self, page: FormSheet, block: Block, placed: Placed) -> None:
        if block.title:
            last = len(placed.sheet.widths) - 1
            for col in range(last + 1):
                page.write_blank(placed.heading, col, None, self.look.style("heading"))
            page.write_string(placed.heading, 0, block.title, self.look.style("heading"))
            page.set_row(placed.heading, HEADING_HEIGHT)
        if isinstance(block, Form):
            self._form(page, block, placed)
        elif isinstance(block, Matrix):
            self._matrix(page, block, placed)
        elif isinstance(block, Summary):
            write_summary(self, page, placed)
        else:
            self._table(page, block, placed)

    def _form(self, page: FormSheet, form: Form, placed: Placed) -> None:
        last, widths = len(placed.sheet.widths) - 1, placed.sheet.widths
        for n, fields in enumerate(form_rows(form)):
            left, right = form_columns(placed.sheet)
            lines = 1
            for field, label, inner in zip(fields, (left, right), (right - 1, last), strict=False):
                end = last if field.wide else inner
                self._field(page, field, placed.top + n, label, end)
                text = shown(value_at(self.submission, field.path))
                lines = max(lines, field.lines, lines_needed(text, sum(widths[label + 1 : end + 1])))
            page.set_row(placed.top + n, row_height(lines))

    def _field(self, page: FormSheet, field: Field, row: int, label: int, last: int) -> None:
        page.write_string(row, label, f"{field.label} *" if field.required else field.label, self.look.style("label"))
        self._entry(page, field.path, field.kind, (row, label + 1, last))
        spot = self.places[field.path]
        self.rules.validate(page, field, (row, label + 1, row, label + 1))
        if field.required:
            self.rules.mark_missing(page, spot)
        self.book.define_name(form_name(field.path), "=" + spot.absolute())

    def _matrix(self, page: FormSheet, matrix: Matrix, placed: Placed) -> None:
        page.write_string(placed.top, 0, matrix.corner, self.look.style("header"))
        page.set_row(placed.top, HEADER_HEIGHT)
        for column in matrix.columns:
            page.write_string(placed.top, placed.column(column.key), column.header, self.look.style("header"))
        for n, (key, label) in enumerate(matrix.rows):
            page.write_string(placed.top + 1 + n, 0, label, self.look.style("label"))
            page.set_row(placed.top + 1 + n, row_height())
            self._row(page, placed, n, (*matrix.path, key), matrix.columns)
        for column in matrix.columns:
            self._validate_column(page, placed, column)
        self.rules.mark_rates(page, placed)
        for row, key in matrix.required:
            self.rules.mark_missing(page, self.places[(*matrix.path, row, key)])
        self.book.define_name(table_name(matrix), "=" + _header_range(placed))

    def _table(self, page: FormSheet, table: Table, placed: Placed) -> None:
        paths: list[Path | None] = [*entries(table, self.submission)]
        paths += [None] * (placed.rows - len(paths))
        if all(column.span == 1 for column in table.columns):
            self._list_object(page, table, placed)
        for column in table.columns:
            self._header(page, placed, column)
            self._validate_column(page, placed, column)
        for n, path in enumerate(paths):
            self._row(page, placed, n, path, table.columns)
            self._row_height(page, placed, table, n, path)
        self.rules.mark_rows(page, placed)
        self.rules.mark_rates(page, placed)
        self.book.define_name(table_name(table), "=" + _header_range(placed))

    def _list_object(self, page: FormSheet, table: Table, placed: Placed) -> None:
        headers = [{"header": header_text(c), "header_format": self.look.style("header")} for c in table.columns]
        options: dict[str, Any] = {
            "name": f"tbl_{table.name}",
            "columns": headers,
            "autofilter": False,
            "style": None,
        }
        page.add_table(placed.top, 0, placed.last, len(table.columns) - 1, options)

    def _header(self, page: FormSheet, placed: Placed, column: Column) -> None:
        col, style = placed.column(column.key), self.look.style("header")
        if column.span > 1:
            page.merge_range(placed.top, col, placed.top, col + column.span - 1, header_text(column), style)
        else:
            page.write_string(placed.top, col, header_text(column), style)
        page.set_row(placed.top, HEADER_HEIGHT)
        if column.hidden:
            page.set_column(col, col, None, None, {"hidden": True})

    def _validate_column(self, page: FormSheet, placed: Placed, column: Column) -> None:
        col = placed.column(column.key)
        self.rules.validate(page, column, (placed.top + 1, col, placed.last, col), placed)

    def _row(self, page: FormSheet, placed: Placed, n: int, path: Path | None, columns: tuple[Column, ...]) -> None:
        autos = auto_cells(self, placed, n, path)
        for column in columns:
            spot = placed.spot(n, column.key)
            if column.kind is Kind.AUTO:
                formula, style, value = autos[column.key]
                if formula:
                    page.write_formula(spot.row, spot.col, formula, self.look.style(style), value)
                else:
                    page.write(spot.row, spot.col, value, self.look.style(style))
            elif column.key == "@item":
                self._value(page, spot.row, spot.col, int(path[1]) + 1 if path else None, Kind.COUNT, example=False)
            else:
                where = None if path is None else (*path, column.key) if column.key else path
                self._entry(page, where, column.kind, (spot.row, spot.col, spot.col + column.span - 1))

    def _row_height(self, page: FormSheet, placed: Placed, table: Table, n: int, path: Path | None) -> None:
        """As high as the longest text needs. Merged cells never grow by themselves, so their rows stay as they are."""
        lines, widths = 1, placed.sheet.widths
        for column in table.columns:
            if path is not None and not column.key.startswith("@"):
                text = shown(value_at(self.submission, (*path, column.key) if column.key else path))
                col = placed.column(column.key)
                lines = max(lines, lines_needed(text, sum(widths[col : col + column.span])))
        merged = any(column.span > 1 for column in table.columns)
        (page.set_row if merged else page.set_growing_row)(placed.top + 1 + n, row_height(lines))

    def _entry(self, page: FormSheet, path: Path | None, kind: Kind, where: tuple[int, int, int]) -> None:
        row, first, last = where
        value = None if path is None else value_at(self.submission, path)
        example = path is not None and value not in (None, "") and is_example(path, self.submission)
        if last > first:
            page.merge_range(row, first, row, last, "", self.look.entry(kind, example=example))
        self._value(page, row, first, value, kind, example=example)

    def _value(self, page: FormSheet, row: int, col: int, value: object, kind: Kind, *, example: bool) -> None:
        style = self.look.entry(kind, example=example)
        if kind is Kind.FLAG and value is not None:
            page.write_string(row, col, YES if value else NO, style)
        elif value is None or value == "":
            page.write_blank(row, col, None, style)
        elif isinstance(value, Decimal | int):
            page.write_number(row, col, value, style)
        elif isinstance(value, date) and value.year > 1900:  # Excel has no earlier days
            page.write_datetime(row, col, value, style)
        else:
            page.write_string(row, col, shown(value), style)


def shown(value: object) -> str:
    """A value as its cell shows it."""
    return value.label if isinstance(value, Labelled) else "" if value is None else str(value)


def header_text(column: Column) -> str:
    """The header as shown: a star marks what must be filled."""
    return f"{column.header}*" if column.required else column.header


def _header_range(placed: Placed) -> str:
    block = placed.block
    assert isinstance(block, Table | Matrix)
    width = sum(c.span for c in block.columns) + (1 if isinstance(block, Matrix) else 0)
    first, last = Spot(placed.sheet.title, placed.top, 0), Spot(placed.sheet.title, placed.top, width - 1)
    return f"{first.absolute()}:{last.absolute().split('!')[1]}"
