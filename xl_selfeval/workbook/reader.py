"""A filled workbook becomes a Submission, and it is known for each field which cell it came from.

Fields are found by defined name, else by label; tables by name, else by the row that holds their headers; columns
by header text. So inserted rows, moved columns, renamed or extra sheets and other programs' saves still read.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path as FilePath

from xl_selfeval.checks import Finding
from xl_selfeval.model import Path, Submission
from xl_selfeval.workbook.cells import Cells, UnreadableError, read_cells
from xl_selfeval.workbook.convert import as_text
from xl_selfeval.workbook.finding_tables import Found, find_label, key_of, locate_blocks
from xl_selfeval.workbook.items import ItemNumbers
from xl_selfeval.workbook.layout import INDICATORS, Form, Matrix, Spot, Table, anchor
from xl_selfeval.workbook.names import RULEBOOK_NAME, TEMPLATE_NAME
from xl_selfeval.workbook.sheets import (
    EXAMPLE_LABEL,
    META_TITLE,
    RULEBOOK_LABEL,
    RULEBOOK_TEXT_LABEL,
    SHEETS,
    TEMPLATE_VERSION,
    VERSION_LABEL,
)
from xl_selfeval.workbook.taking import Taker


@dataclass(frozen=True)
class Reading:
    """What a workbook says: the submission, what was wrong in its cells, and where each field stands.

    `rulebook_text` is the rulebook that it carries along, where that is the user's own.
    """

    submission: Submission
    findings: list[Finding]
    places: dict[Path, Spot]
    rulebook_id: str
    rulebook_text: str = ""


def read_workbook(path: FilePath) -> Reading:
    """Read the filled template at `path`. Raises UnreadableError for a file that is not one of ours."""
    return read_submission(read_cells(path), path.name)


def read_submission(cells: Cells, name: str) -> Reading:
    """Cells, from a file or an open book, become a Submission; `name` is for messages only."""
    reader = _Reader(cells)
    return reader.read(_version(reader, name))


def refuse_foreign(cells: Cells, name: str) -> None:
    """Raise UnreadableError, as `read_submission` does, for cells that are not one of our forms."""
    _version(_Reader(cells), name)


def _version(reader: _Reader, name: str) -> str:
    """The version of the form's template, "" where it does not say."""
    version = reader.meta(VERSION_LABEL, TEMPLATE_NAME)
    if not version and INDICATORS not in reader.located.tables:
        raise UnreadableError(
            f"“{name}”不是本系统的自评表，请打开下发的自评表填写（没有的，可用 xl-selfeval template 生成）"
        )
    if version.isdecimal() and int(version) > int(TEMPLATE_VERSION):
        raise UnreadableError(f"“{name}”由更新的模板（版本{version}）生成，请升级 xl-selfeval 后再读")
    return version


class _Reader:
    """Goes through all blocks in the order of the layout; `taker` collects what stands in their cells."""

    def __init__(self, cells: Cells) -> None:
        self.cells = cells
        self.located = locate_blocks(cells)
        self.taker = Taker(cells)
        self.items = ItemNumbers()

    def read(self, version: str) -> Reading:
        """All blocks of all sheets."""
        if version != TEMPLATE_VERSION:
            self.taker.report("CEL07", (), version=version or "未注明", current=TEMPLATE_VERSION)
        for sheet in SHEETS:
            for block in sheet.blocks:
                if isinstance(block, Form):
                    self._form(block)
                elif isinstance(block, Matrix):
                    self._matrix(block)
                elif isinstance(block, Table):
                    self._table(block)
        rulebook_id = self.meta(RULEBOOK_LABEL, RULEBOOK_NAME)
        self.taker.data |= {"rulebook": rulebook_id, "examples": list(self._listed(EXAMPLE_LABEL))}
        text = "".join(self._listed(RULEBOOK_TEXT_LABEL))
        return Reading(self.taker.submission(), self.taker.findings, self.taker.places, rulebook_id, text)

    def meta(self, label: str, name: str) -> str:
        """A word of the hidden sheet 模板信息; "" where it is missing."""
        spot = find_label(self.cells, label, name, META_TITLE)
        return as_text(self.cells.value(spot)) if spot else ""

    def _listed(self, label: str) -> Iterator[str]:
        """Every word that stands beside `label` on the hidden sheet, in order."""
        for row in self.cells.grids.get(META_TITLE, ()):
            if len(row) > 1 and row[0] == label:
                yield as_text(row[1])

    def _form(self, form: Form) -> None:
        for asked in form.fields:
            spot = self.located.fields.get(asked.path)
            if spot is None:
                self.taker.report("CEL08", asked.path, label=asked.label)
            else:
                self.taker.take(spot, asked.path, asked)

    def _matrix(self, matrix: Matrix) -> None:
        found = self._found(matrix)
        if found is None:
            return
        labels = {key_of(label): key for key, label in matrix.rows}
        for row in self._rows(found):
            key = labels.pop(key_of(self.cells.value(Spot(found.header.sheet, row, found.header.col))), None)
            if key:
                self.taker.take_row(found, row, (*matrix.path, key), matrix.columns)
        for label in labels:
            self.taker.report("CEL08", matrix.path, label=label)

    def _table(self, table: Table) -> None:
        found = self._found(table)
        if found is None:
            return
        for key in found.missing:
            self.taker.report("CEL08", table.path, label=table.column(key).header)
        if table.path == ("items",):
            self.items.read(self.cells, found, self._filled_rows(found, table))
        rows = self._filled_rows(found, table)
        if not rows:
            key = anchor([column for column in table.columns if column.key in found.columns])
            self.taker.places[table.path] = Spot(found.header.sheet, found.header.row + 1, found.columns[key])
        for row in rows:
            self.taker.take_row(found, row, self._path(table, found, row), table.columns)

    def _path(self, table: Table, found: Found, row: int) -> Path:
        """The path of the entry in `row`: the next of its list, for an indicator the next of its item's."""
        if table.path != INDICATORS:
            return (*table.path, self.taker.count(table.path))
        index, seen = self.items.of_indicator(self.cells, found, row)
        path: Path = ("items", index, "indicators")
        self.taker.fill_up(("items",), index + 1)
        path = (*path, self.taker.count(path))
        if seen:
            self.taker.report("CEL06", (*path, "@item"), text=seen, used=index + 1)
        return path

    def _found(self, block: Table | Matrix) -> Found | None:
        found = self.located.tables.get(block.path)
        if found is None:
            title = block.title or "指标评分表"
            self.taker.report("CEL08", block.path, label=title)
        else:
            self.taker.places[block.path] = found.header
        return found

    def _rows(self, found: Found) -> range:
        end = found.end if found.end is not None else len(self.cells.grids[found.header.sheet])
        return range(found.header.row + 1, end)

    def _filled_rows(self, found: Found, table: Table) -> list[int]:
        """The rows of a table in which something was typed; an error counts as typed."""
        columns = list(found.inputs(table))
        spots = {row: [Spot(found.header.sheet, row, col) for col in columns] for row in self._rows(found)}
        return [row for row, cells in spots.items() if any(map(self.taker.is_filled, cells))]
