"""A filled workbook becomes a Submission, and it is known for each field which cell it came from.

Fields are found by defined name, else by label; tables by name, else by the row that holds their headers; columns
by header text. So inserted rows, moved columns, renamed or extra sheets and other programs' saves still read.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path as FilePath
from typing import Any

from xl_selfeval.checks import Finding, finding
from xl_selfeval.model import Path, Submission
from xl_selfeval.workbook.builder import form_name, table_name
from xl_selfeval.workbook.cells import Cells, UnreadableError, read_cells
from xl_selfeval.workbook.convert import BLANK, Refused, as_text, convert
from xl_selfeval.workbook.finding_tables import BLOCK_TITLES, Found, find_form_cell, find_table, key_of
from xl_selfeval.workbook.layout import INDICATORS, Column, Field, Form, Kind, Matrix, Spot, Table
from xl_selfeval.workbook.sheets import SHEETS, TEMPLATE_VERSION


@dataclass(frozen=True)
class Reading:
    """What a workbook says: the submission, what was wrong in its cells, and where each field stands."""

    submission: Submission
    findings: list[Finding]
    places: dict[Path, Spot]
    rulebook_id: str


def read_workbook(path: FilePath) -> Reading:
    """Read the filled template at `path`. Raises UnreadableError for a file that is not one of ours."""
    return read_submission(read_cells(path), path.name)


def read_submission(cells: Cells, name: str) -> Reading:
    """Cells, from a file or an open book, become a Submission; `name` is for messages only."""
    reader = _Reader(cells)
    version = reader.meta("se_template")
    if not version and not reader.looks_like_ours():
        raise UnreadableError(f"“{name}”不是本系统的自评模板，请用 xl-selfeval template 生成的模板填写")
    if version.isdigit() and int(version) > int(TEMPLATE_VERSION):
        raise UnreadableError(f"“{name}”由更新的模板（版本{version}）生成，请升级 xl-selfeval 后再读")
    return reader.read(version)


class _Reader:
    """Collects the nested data of a Submission, the findings and the places, block by block."""

    def __init__(self, cells: Cells) -> None:
        self.cells = cells
        self.data: dict[str, Any] = {}
        self.findings: list[Finding] = []
        self.places: dict[Path, Spot] = {}
        self.item_numbers: dict[int, int] = {}
        self.previous = 0

    def read(self, version: str) -> Reading:
        """All blocks of all sheets, in the order of the layout."""
        if version != TEMPLATE_VERSION:
            seen = version or "未注明"
            self.findings.append(finding("CEL07", (), version=seen, current=TEMPLATE_VERSION))
        for sheet in SHEETS:
            for block in sheet.blocks:
                if isinstance(block, Form):
                    self._form(block)
                elif isinstance(block, Matrix):
                    self._matrix(block)
                elif isinstance(block, Table):
                    self._table(block)
        rulebook_id = self.meta("se_rulebook")
        self.data["rulebook"] = rulebook_id
        self.data["examples"] = list(self._examples())
        submission = Submission.model_validate(self.data)
        return Reading(submission, self.findings, self.places, rulebook_id)

    def meta(self, name: str) -> str:
        """A word of the hidden sheet 模板信息; "" where it is missing."""
        spot = self.cells.names.get(name)
        return as_text(self.cells.value(spot)) if spot else ""

    def looks_like_ours(self) -> bool:
        """True when at least the indicator table can be found by its headers."""
        table = next(b for s in SHEETS for b in s.blocks if isinstance(b, Table) and b.path == INDICATORS)
        return find_table(self.cells, table, table_name(table.name)) is not None

    def _examples(self) -> Iterator[str]:
        spot = self.cells.names.get("se_template")
        for row in self.cells.grids.get(spot.sheet, []) if spot else []:
            if row and row[0] == "示例路径":
                yield as_text(row[1])

    def _form(self, form: Form) -> None:
        for field in form.fields:
            spot = find_form_cell(self.cells, field, form_name(field.path))
            if spot is None:
                self.findings.append(finding("CEL08", field.path, label=field.label))
                continue
            self.places[field.path] = spot
            self._take(spot, field.path, field)

    def _matrix(self, matrix: Matrix) -> None:
        found = find_table(self.cells, matrix, table_name("_".join(str(p) for p in matrix.path)))
        if found is None:
            self.findings.append(finding("CEL08", matrix.path, label=matrix.title))
            return
        self.places[matrix.path] = found.header
        labels = {key_of(label): key for key, label in matrix.rows}
        for row in self._rows(found, len(matrix.rows)):
            key = labels.get(key_of(self.cells.value(Spot(found.header.sheet, row, found.header.col))))
            if key:
                self._columns(found, row, (*matrix.path, key), matrix.columns)

    def _table(self, table: Table) -> None:
        found = find_table(self.cells, table, table_name(table.name))
        if found is None:
            self.findings.append(finding("CEL08", table.path, label=table.title or "指标评分表"))
            return
        self.places[table.path] = found.header
        for key in found.missing:
            self.findings.append(finding("CEL08", table.path, label=table.column(key).header))
        for row in self._rows(found):
            if any(not self._empty(Spot(found.header.sheet, row, col)) for col in found.inputs(table)):
                self._entry(table, found, row)

    def _entry(self, table: Table, found: Found, row: int) -> None:
        path = self._indicator_path(found, row) if table.path == INDICATORS else self._next(table.path)
        first = found.columns.get("name", next(iter(found.inputs(table))))
        self.places[path] = Spot(found.header.sheet, row, first)
        if table.path == ("items",):
            self._number_item(found, row, int(path[1]))
        self._columns(found, row, path, table.columns)

    def _columns(self, found: Found, row: int, path: Path, columns: tuple[Column, ...]) -> None:
        if len(path) > 1 and isinstance(path[-1], int) and columns[0].key:
            _put(self.data, path, {})
        for column in columns:
            if column.key not in found.columns:
                continue
            spot = Spot(found.header.sheet, row, found.columns[column.key])
            where = (*path, column.key) if column.key else path
            self.places[where] = spot
            if column.kind is not Kind.AUTO and column.key != "@item":
                self._take(spot, where, column)

    def _take(self, spot: Spot, path: Path, asked: Field | Column) -> None:
        label = asked.label if isinstance(asked, Field) else asked.header
        if spot in self.cells.errors:
            self.findings.append(finding("CEL02", path, label=label, text=self.cells.errors[spot]))
            return
        try:
            value = convert(self.cells.value(spot), asked.kind, asked.choices)
        except Refused as refused:
            self.findings.append(finding(refused.code, path, label=label, **refused.values))
            return
        if value is not BLANK:
            _put(self.data, path, value)

    def _next(self, path: Path) -> Path:
        """The path of a new entry at the end of the list at `path`."""
        node: Any = self.data
        for step in path:
            node = node.get(step, {}) if isinstance(node, dict) else node
        return (*path, len(node) if isinstance(node, list) else 0)

    def _number_item(self, found: Found, row: int, index: int) -> None:
        shown = self._integer(found, row, "@number")
        self.item_numbers[shown if shown is not None else row - found.header.row] = index

    def _indicator_path(self, found: Found, row: int) -> Path:
        """An indicator belongs to the item whose number it names, else (and that is reported) to the one before."""
        items: list[Any] = self.data.setdefault("items", [])
        number = self._integer(found, row, "@item")
        index = self.item_numbers.get(number) if number is not None else None
        lost = index is None
        if index is None:
            index = self.previous
        while len(items) <= index:
            items.append({})
        self.previous = index
        path: Path = ("items", index, "indicators", len(items[index].get("indicators", [])))
        if lost:
            spot = Spot(found.header.sheet, row, found.columns.get("@item", 0))
            text = as_text(self.cells.value(spot)) or "（空）"
            self.findings.append(finding("CEL06", (*path, "@item"), text=text, used=index + 1))
        return path

    def _integer(self, found: Found, row: int, key: str) -> int | None:
        if key not in found.columns:
            return None
        try:
            value = convert(self.cells.value(Spot(found.header.sheet, row, found.columns[key])), Kind.COUNT, "")
        except Refused:
            return None
        return value if isinstance(value, int) else None

    def _rows(self, found: Found, most: int | None = None) -> Iterator[int]:
        """The rows below a header, down to the next block's title (or the end of the sheet)."""
        grid = self.cells.grids[found.header.sheet]
        stop = len(grid) if most is None else min(len(grid), found.header.row + 1 + 3 * most)
        for row in range(found.header.row + 1, stop):
            first = next((cell for cell in grid[row] if cell != ""), "")
            if isinstance(first, str) and key_of(first) in BLOCK_TITLES:
                return
            yield row

    def _empty(self, spot: Spot) -> bool:
        value = self.cells.value(spot)
        return (value is None or (isinstance(value, str) and not value.strip())) and spot not in self.cells.errors


def _put(data: dict[str, Any], path: Path, value: object) -> None:
    """Set `value` at `path`, making the dicts and lists on the way; list entries come in order."""
    node: Any = data
    for step, following in pairwise(path):
        empty: Any = [] if isinstance(following, int) else {}
        if isinstance(step, int):
            if step == len(node):
                node.append(empty)
            node = node[step]
        else:
            node = node.setdefault(step, empty)
    if isinstance(path[-1], int) and path[-1] == len(node):
        node.append(value)
    else:
        node[path[-1]] = value
