"""Taking cells: each becomes a value of the submission, or a finding that says why not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

from pydantic import ValidationError

from xl_selfeval.checks import Finding, finding
from xl_selfeval.model import Operator, Path, Submission
from xl_selfeval.submission_file.pydantic_words import explain
from xl_selfeval.workbook.cells import Cells
from xl_selfeval.workbook.convert import BLANK, Refused, as_text, convert, day_of_serial, plainer, reworded
from xl_selfeval.workbook.finding_tables import Found
from xl_selfeval.workbook.items import merged_value
from xl_selfeval.workbook.layout import Column, Field, Kind, Spot, anchor

REPEATED = frozenset({"@item", "category", "subcategory"})  # merged over rows, they are meant for each of them


class Taker:
    """Collects the nested data of a Submission, the findings, and the place of each field."""

    def __init__(self, cells: Cells) -> None:
        self.cells = cells
        self.data: dict[str, Any] = {}
        self.findings: list[Finding] = []
        self.places: dict[Path, Spot] = {}
        self._labels: dict[Path, str] = {}

    def report(self, code: str, path: Path, **values: object) -> None:
        """Add a finding of the reader."""
        self.findings.append(finding(code, path, **values))

    def is_filled(self, spot: Spot) -> bool:
        """True when something was typed into the cell, be it a formula that fails."""
        value = self.cells.value(spot)
        typed = value is not None and (not isinstance(value, str) or bool(value.strip()))
        return typed or spot in self.cells.errors or spot in self.cells.uncalculated

    def take_row(self, found: Found, row: int, path: Path, columns: Sequence[Column]) -> None:
        """Take one row of a table (or matrix) as the part of the submission at `path`."""
        spots = {key: Spot(found.header.sheet, row, col) for key, col in found.columns.items()}
        self.places[path] = spots[anchor([column for column in columns if column.key in spots])]
        operator = _operator(self.cells.value(spots["operator"])) if "operator" in spots else None
        taken: dict[str, Any] = {}
        for column in columns:
            if column.key in spots:
                where = (*path, column.key) if column.key else path
                value = self._take(spots[column.key], where, column, operator)
                if value is not BLANK:
                    taken[column.key] = value
        if not columns[0].key:
            put(self.data, path, taken.get("", ""))
        elif taken or isinstance(path[-1], int):
            put(self.data, path, taken)

    def take(self, spot: Spot, path: Path, asked: Field) -> None:
        """Take one cell of a form."""
        value = self._take(spot, path, asked)
        if value is not BLANK:
            put(self.data, path, value)

    def _take(self, spot: Spot, path: Path, asked: Field | Column, operator: Operator | None = None) -> object:
        """The value of one cell, or BLANK; `asked` says how it is read. In a 时限 row a bare number is a day."""
        self.places[path] = spot
        if asked.kind is Kind.AUTO:
            return BLANK
        if self.cells.merged.get(spot.sheet):
            self._report_merge(spot, path, _label(asked))
        if path[-1] == "@item":
            return BLANK
        if spot in self.cells.errors:
            self.report("CEL02", path, label=_label(asked), text=self.cells.errors[spot])
            return BLANK
        if spot in self.cells.uncalculated:
            self.report("CEL09", path, label=_label(asked))
            return BLANK
        seen = merged_value(self.cells, spot) if path[-1] in REPEATED else self.cells.value(spot)
        if asked.kind is Kind.MEASURE and isinstance(seen, float) and spot in self.cells.percent:
            seen = f"{as_text(seen * 100)}%"  # as the cell shows it
        return BLANK if seen == "" else self._convert(seen, path, asked, operator)

    def _convert(self, seen: object, path: Path, asked: Field | Column, operator: Operator | None) -> object:
        label = self._labels[path] = _label(asked)
        wanted = ""
        if asked.kind is Kind.DATE or (asked.kind is Kind.MEASURE and operator is Operator.DEADLINE):
            day = day_of_serial(seen)
            wanted = f"{day:%Y-%m-%d}" if day else ""
        try:
            value = convert(wanted or seen, asked.kind, asked.choices)
        except Refused as refused:
            self.report(refused.code, path, label=label, **refused.values)
            return BLANK
        if value is not BLANK and (meant := wanted or reworded(seen, value)):
            self.report("CEL10", path, label=label, text=as_text(seen), value=meant)
        elif asked.kind is Kind.MEASURE and isinstance(value, str):
            self._report_wordy(value, path, label, operator)
        return value

    def _report_wordy(self, text: str, path: Path, label: str, operator: Operator | None) -> None:
        """We read it and the sheet's formulas do not: then the sheet shows other points than we compute."""
        if operator is Operator.QUALITATIVE:  # scored by the band that was picked, whatever stands here
            return
        if meant := plainer(text, self.data.get("fiscal_year"), operator):
            self.report("CEL13", path, label=label, text=text, value=meant)

    def _report_merge(self, spot: Spot, path: Path, label: str) -> None:
        area = self.cells.merge(spot)
        if area and (spot.row, spot.col) == area[:2]:
            how = "各行都按这一格读取" if path[-1] in REPEATED else "只算第一行的，其余各行为空"
            self.report("CEL11", path, label=label, rows=area[2] - area[0] + 1, how=how)

    def count(self, path: Path) -> int:
        """How many entries the list at `path` has so far."""
        node: Any = self.data
        for step in path:
            node = node[step] if isinstance(step, int) else node.get(step, {})
        return len(node) if isinstance(node, list) else 0

    def fill_up(self, path: Path, length: int) -> None:
        """Make the list at `path` have at least `length` entries."""
        for index in range(self.count(path), length):
            put(self.data, (*path, index), {})

    def submission(self) -> Submission:
        """All that was taken. What the model refuses (a number beyond all bounds) is left out and reported."""
        try:
            return Submission.model_validate(self.data)
        except ValidationError as error:
            for fault in error.errors(include_url=False):
                path = fault["loc"]
                label = self._labels.get(path, str(path[-1]))
                self.report("CEL12", path, label=label, reason=explain(fault, Submission))
                _remove(self.data, path)
            return Submission.model_validate(self.data)


def _label(asked: Field | Column) -> str:
    return asked.label if isinstance(asked, Field) else asked.header


def _operator(value: object) -> Operator | None:
    try:
        read = convert(value, Kind.CHOICE, "operator")
    except Refused:
        return None
    return read if isinstance(read, Operator) else None


def put(data: dict[str, Any], path: Path, value: object) -> None:
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


def _remove(data: Mapping[str, Any], path: Path) -> None:
    node: Any = data
    for step in path[:-1]:
        node = node[step]
    del node[path[-1]]
