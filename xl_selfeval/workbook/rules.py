"""What the sheet itself checks while people type: validations, drop-downs and coloured cells."""

from __future__ import annotations

from datetime import date
from typing import Any

from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from xl_selfeval.checks import Severity
from xl_selfeval.quantities import plain
from xl_selfeval.rulebook.schema import Rulebook
from xl_selfeval.workbook.choices import OPEN_LISTS, SUBCATEGORY_FIRST, SUBCATEGORY_HEADS, list_name
from xl_selfeval.workbook.finding_list import key_start
from xl_selfeval.workbook.formulas import subcategory_list
from xl_selfeval.workbook.layout import Column, Field, Kind, Matrix, Placed, Spot, Table
from xl_selfeval.workbook.look import WARN, WRONG, Look
from xl_selfeval.workbook.names import MARKS_NAME

Area = tuple[int, int, int, int]

NUMBERS: dict[Kind, tuple[dict[str, Any], str]] = {
    Kind.MONEY: (
        {"validate": "decimal", "criteria": "between", "minimum": -99999999, "maximum": 99999999},
        "这里只填数字，单位为万元。例如 117.77，不写“万元”二字。",
    ),
    Kind.NUMBER: (
        {"validate": "decimal", "criteria": "between", "minimum": 0, "maximum": 99999999},
        "这里只填不小于0的数字，不写单位和文字。",
    ),
    Kind.COUNT: (
        {"validate": "integer", "criteria": "between", "minimum": 0, "maximum": 99999999},
        "这里只填整数。",
    ),
    Kind.DATE: (
        {"validate": "date", "criteria": ">=", "value": date(2000, 1, 1)},
        "请填日期，例如 2024-04-10。",
    ),
}


class Rules:
    """Validations and conditional formats under one rulebook."""

    def __init__(self, rulebook: Rulebook, look: Look) -> None:
        self.rulebook, self.look = rulebook, look

    def validate(self, page: Worksheet, asked: Field | Column, area: Area, placed: Placed | None = None) -> None:
        """The drop-down, number check or input message that `asked` needs over `area`; none for plain text."""
        options = self._options(asked, placed)
        if asked.hint:
            options |= {"input_title": asked_name(asked)[:32], "input_message": asked.hint[:255]}
        if not options:
            return
        page.data_validation(*area, {"validate": "any", "error_title": "请检查填写内容", **options})

    def _options(self, asked: Field | Column, placed: Placed | None) -> dict[str, Any]:
        if asked.kind in NUMBERS:
            options, message = NUMBERS[asked.kind]
            return {**options, "error_message": message}
        if asked.choices == "subcategory" and placed:
            category = self._cell(placed, "category")
            source = subcategory_list(category, SUBCATEGORY_HEADS, SUBCATEGORY_FIRST)
            return {"validate": "list", "source": source, "error_message": "请先选一级指标，再从列表中选二级指标。"}
        if asked.choices:
            options = {"validate": "list", "source": f"={list_name(asked.choices)}"}
            return options | (
                {"show_error": False} if asked.choices in OPEN_LISTS else {"error_message": "请从下拉列表中选择。"}
            )
        if asked.kind is Kind.MEASURE and placed:
            return self._percent(asked, placed)
        return {}

    def _percent(self, asked: Field | Column, placed: Placed) -> dict[str, Any]:
        """Warn, while typing, about 0.9 where the unit is % and 90 is meant."""
        assert isinstance(asked, Column)
        cell, unit = self._cell(placed, asked.key), self._cell(placed, "unit_of_measure")
        fraction = f'AND({unit}="%",ISNUMBER({cell}*1),ISERROR(FIND("%",{cell})),N({cell}*1)>0,N({cell}*1)<=1)'
        return {
            "validate": "custom",
            "value": f"=NOT(IFERROR({fraction},FALSE))",
            "error_type": "warning",
            "error_message": "计量单位是%，这里似乎填成了小数。90%请填 90，不要填 0.9。仍要这样填请选“是”。",
        }

    def mark_findings(self, page: Worksheet, sheet: str, area: Area) -> None:
        """Colour the cells that 检查 found something in; `sheet` is the layout's key of the page.

        Given first, so that these go before all other colours. A sheet may look at another only through a name.
        """
        for severity in Severity:
            key = f'"{key_start(severity, sheet)}"&ADDRESS(ROW(),COLUMN(),4)'
            rule = {"type": "formula", "criteria": f"=ISNUMBER(MATCH({key},{MARKS_NAME},0))"}
            page.conditional_format(*area, {**rule, "format": self.look.mark(severity)})

    def mark_missing(self, page: Worksheet, spot: Spot) -> None:
        """Colour a required cell while it is empty."""
        page.conditional_format(
            spot.row,
            spot.col,
            spot.row,
            spot.col,
            {"type": "formula", "criteria": f'={spot.a1}=""', "format": self.look.fill(WARN)},
        )

    def mark_over(self, page: Worksheet, area: Area, test: str) -> None:
        """Colour what is over or does not add up, where `test` says so of the first cell of `area`."""
        page.conditional_format(*area, {"type": "formula", "criteria": "=" + test, "format": self.look.fill(WARN)})

    def mark_rates(self, page: Worksheet, placed: Placed) -> None:
        """Colour execution rates over 100 % in a table or matrix of money; others have none."""
        table = placed.block
        assert isinstance(table, Table | Matrix)
        if any(column.key == "@rate" for column in table.columns):
            col = placed.column("@rate")
            rate = self._cell(placed, "@rate")
            self.mark_over(page, (placed.top + 1, col, placed.last, col), f"AND(ISNUMBER({rate}),{rate}>1)")

    def mark_rows(self, page: Worksheet, placed: Placed) -> None:
        """Colour what is missing in a begun row; in the indicator table also what exceeds or lacks a reason."""
        table = placed.block
        assert isinstance(table, Table)
        used = "&".join(self._cell(placed, c.key) for c in table.columns if c.required and c.key != "@item")
        for column in table.columns:
            if column.required and column.key not in ("target", "actual"):
                cell = self._cell(placed, column.key)
                self._mark(page, placed, column.key, f'AND({cell}="",{used}<>"")', WARN)
        if table.name == "indicators":
            self._mark_scores(page, placed)

    def _mark_scores(self, page: Worksheet, placed: Placed) -> None:
        c = {column.key: self._cell(placed, column.key) for column in placed.block.columns}  # type: ignore[union-attr]
        over = plain(self.rulebook.reasons.overshoot.value)
        used = f'{c["name"]}<>""'
        measured = f'{c["operator"]}<>"定性"'
        for key, value in (("target", "@low"), ("actual", "@actual")):
            self._mark(page, placed, key, f'AND({c[key]}="",{used},{measured})', WARN)
            unread = f'AND({c[key]}<>"",{c[value]}="",{c["@computed"]}="",{c["@kind"]}<>"定性",{used})'
            self._mark(page, placed, key, unread, WRONG)
        claimed = c["claimed_points"]
        self._mark(page, placed, "claimed_points", f"AND(ISNUMBER({claimed}),{claimed}>{c['@computed']})", WRONG)
        short = f'AND(ISNUMBER({c["@computed"]}),N({c["@points"]})<N({c["max_points"]}),{c["deviation_reason"]}="")'
        self._mark(page, placed, "@points", short, WARN)
        self._mark(page, placed, "deviation_reason", short, WARN)
        ratio = f'AND(N({c["@low"]})>0,ISNUMBER({c["@actual"]}),{c["@kind"]}<>"时限")'
        far = f"IF({ratio},{c['@actual']}>={over}*{c['@low']},FALSE)"
        self._mark(page, placed, "deviation_reason", f'AND({far},{c["deviation_reason"]}="")', WARN)
        unread = f'AND({c["max_points"]}<>"",{c["actual"]}&{c["achievement"]}<>"",{c["@computed"]}="")'
        self._mark(page, placed, "@computed", unread, WRONG)

    def _mark(self, page: Worksheet, placed: Placed, key: str, test: str, colour: str) -> None:
        col = placed.column(key)
        rule = {"type": "formula", "criteria": "=" + test, "format": self.look.fill(colour)}
        page.conditional_format(placed.top + 1, col, placed.last, col, rule)

    @staticmethod
    def _cell(placed: Placed, key: str) -> str:
        spot = placed.spot(0, key)
        return str(xl_rowcol_to_cell(spot.row, spot.col, col_abs=True))


def asked_name(asked: Field | Column) -> str:
    """The words by which people know a field or a column."""
    return asked.label if isinstance(asked, Field) else asked.header
