"""Layout as data: the kinds of blocks a sheet is made of, and where each field of a submission stands.

`sheets.py` declares the sheets with these types; the builder, the reader, the formulas and the guide all ask
here for addresses. Rows and columns count from 0 (as XlsxWriter and the cell grids do); `Spot.a1` is for people.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from functools import cached_property
from itertools import accumulate
from typing import NamedTuple

from xlsxwriter.utility import xl_rowcol_to_cell

from xl_selfeval.model import Path, Submission


class Kind(Enum):
    """What a cell holds; decides its format, its validation and how it is read."""

    TEXT = auto()
    LONG = auto()
    MONEY = auto()
    NUMBER = auto()
    COUNT = auto()
    DATE = auto()
    CHOICE = auto()
    FLAG = auto()
    MEASURE = auto()  # a target or an actual: kept as text, so that "90%" or "1-5" stays as typed
    AUTO = auto()  # a formula, locked


@dataclass(frozen=True)
class Field:
    """One cell with a label before it. `wide` takes the whole row; `lines` is the height it needs."""

    path: Path
    label: str
    kind: Kind = Kind.TEXT
    choices: str = ""
    required: bool = False
    hint: str = ""
    wide: bool = False
    lines: int = 1


@dataclass(frozen=True)
class Column:
    """One column of a table; `also` are other words for the header, `span` the sheet columns it takes."""

    key: str
    header: str
    kind: Kind = Kind.TEXT
    choices: str = ""
    required: bool = False
    hint: str = ""
    span: int = 1
    also: tuple[str, ...] = ()
    hidden: bool = False


@dataclass(frozen=True)
class Form:
    """Labelled single cells."""

    title: str
    fields: tuple[Field, ...]


@dataclass(frozen=True)
class Matrix:
    """Fixed rows (each a part of the model) by columns (its fields); `required` names cells by row and column."""

    title: str
    path: Path
    corner: str
    rows: tuple[tuple[str, str], ...]
    columns: tuple[Column, ...]
    required: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Table:
    """A list that grows: one row for each entry, `rows` of them ready in a blank template."""

    title: str
    path: Path
    name: str
    columns: tuple[Column, ...]
    rows: int
    hint: str = ""

    def column(self, key: str) -> Column:
        """The column of `key`; raises StopIteration when there is none."""
        return next(column for column in self.columns if column.key == key)


@dataclass(frozen=True)
class Summary:
    """The score by parts, all formulas; its rows come from the rulebook (`vertical`) or mirror it in one strip."""

    title: str
    vertical: bool


Block = Form | Matrix | Table | Summary


@dataclass(frozen=True)
class Sheet:
    """One sheet: its blocks from top to bottom under a title and a note, and its column widths in characters.

    `purpose` says in a few words what is filled in there.
    """

    key: str
    title: str
    purpose: str
    note: str
    widths: tuple[float, ...]
    blocks: tuple[Block, ...]
    landscape: bool = False
    print_columns: int | None = None


class Spot(NamedTuple):
    """One cell of a named sheet, counted from 0."""

    sheet: str
    row: int
    col: int

    @property
    def a1(self) -> str:
        """The address people use, e.g. C5."""
        return str(xl_rowcol_to_cell(self.row, self.col))

    def absolute(self) -> str:
        """The address as formulas use it from another sheet, e.g. '指标评分'!$C$5."""
        return f"'{self.sheet}'!{xl_rowcol_to_cell(self.row, self.col, row_abs=True, col_abs=True)}"


@dataclass(frozen=True)
class Placed:
    """A block in its place: `top` is the header row (or the first row of a form), `rows` the rows below a header."""

    sheet: Sheet
    block: Block
    heading: int
    top: int
    rows: int

    @property
    def last(self) -> int:
        """The last row that belongs to the block."""
        return self.top + self.rows

    def column(self, key: str) -> int:
        """The sheet column of the table or matrix column `key`."""
        return self._columns[key]

    @cached_property
    def _columns(self) -> dict[str, int]:
        assert isinstance(self.block, Table | Matrix)
        first = 1 if isinstance(self.block, Matrix) else 0
        starts = accumulate((column.span for column in self.block.columns), initial=first)
        return {column.key: col for column, col in zip(self.block.columns, starts, strict=False)}

    def spot(self, row: int, key: str) -> Spot:
        """The cell of column `key` in entry `row` (0 is the first row under the header)."""
        return Spot(self.sheet.title, self.top + 1 + row, self.column(key))


TITLE_ROWS = 3  # title, note, and an empty line before the first block
SUMMARY_ROWS = 7  # at most four blocks, execution, total and grade
STRIP_ROWS = 2


class Layout:
    """All blocks of all sheets in their places, sized for `submission` (or blank)."""

    def __init__(
        self, sheets: tuple[Sheet, ...], submission: Submission | None = None, summary_rows: int = SUMMARY_ROWS
    ) -> None:
        self.sheets = sheets
        self.placed: list[Placed] = []
        for sheet in sheets:
            self.placed.extend(_stack(sheet, submission, summary_rows))

    def of(self, sheet: Sheet) -> Iterator[Placed]:
        """The blocks of one sheet, from top to bottom."""
        return (placed for placed in self.placed if placed.sheet is sheet)

    def table(self, path: Path) -> Placed:
        """The table or matrix that holds `path`; raises StopIteration when there is none."""
        return next(p for p in self.placed if isinstance(p.block, Table | Matrix) and p.block.path == path)

    def summary(self, *, vertical: bool) -> Placed:
        """The score summary: the full one or the strip."""
        return next(p for p in self.placed if isinstance(p.block, Summary) and p.block.vertical is vertical)

    def places(self, submission: Submission) -> dict[Path, Spot]:
        """Where each field of `submission` stands, and each table's header under the table's own path."""
        found: dict[Path, Spot] = {}
        for placed in self.placed:
            found.update(_places(placed, submission))
        return found


def locate(path: Path, places: Mapping[Path, Spot]) -> Spot | None:
    """The cell of `path`, or of the nearest whole that holds it (its row, then its table), or its first part's."""
    for length in range(len(path), 0, -1):
        if path[:length] in places:
            return places[path[:length]]
    return next((spot for place, spot in places.items() if path and place[: len(path)] == path), None)


def entries(table: Table, submission: Submission) -> list[Path]:
    """The path of each entry of `table` in `submission`, in the order of the rows."""
    if table.path == INDICATORS:
        return [path for path, _ in submission.indicators()]
    return [(*table.path, i) for i in range(len(value_at(submission, table.path)))]  # type: ignore[arg-type]


INDICATORS: Path = ("items", "*", "indicators")  # the one table whose rows belong to entries of another


def value_at(submission: Submission, path: Path) -> object:
    """What stands at `path`; raises AttributeError or IndexError when there is no such place."""
    node: object = submission
    for step in path:
        node = node[step] if isinstance(step, int) else getattr(node, step)  # type: ignore[index]
    return node


def form_rows(form: Form) -> list[list[Field]]:
    """The fields of a form by rows: a wide one alone, others in pairs."""
    rows: list[list[Field]] = []
    for field in form.fields:
        if not field.wide and rows and len(rows[-1]) == 1 and not rows[-1][0].wide:
            rows[-1].append(field)
        else:
            rows.append([field])
    return rows


def form_columns(sheet: Sheet) -> tuple[int, int]:
    """The label columns of the left and the right field of a pair; values start one column further on."""
    return 0, (len(sheet.widths) + 1) // 2


def _stack(sheet: Sheet, submission: Submission | None, summary_rows: int) -> Iterator[Placed]:
    row = TITLE_ROWS - 1 if isinstance(sheet.blocks[:1] and sheet.blocks[0], Summary) else TITLE_ROWS
    for block in sheet.blocks:
        heading = row
        if isinstance(block, Form):
            placed = Placed(sheet, block, heading, heading + 1, len(form_rows(block)) - 1)
        elif isinstance(block, Matrix):
            placed = Placed(sheet, block, heading, heading + 1, len(block.rows))
        elif isinstance(block, Summary):
            placed = Placed(sheet, block, heading, heading + 1, summary_rows if block.vertical else STRIP_ROWS)
        else:
            needed = len(entries(block, submission)) if submission else 0
            placed = Placed(sheet, block, heading, heading + 1, max(block.rows, needed))
        yield placed
        row = placed.last + 2


def _places(placed: Placed, submission: Submission) -> Iterator[tuple[Path, Spot]]:
    sheet, block = placed.sheet, placed.block
    if isinstance(block, Form):
        for n, fields in enumerate(form_rows(block)):
            for field, label in zip(fields, form_columns(sheet), strict=False):
                yield field.path, Spot(sheet.title, placed.top + n, label + 1)
    elif isinstance(block, Matrix):
        yield block.path, Spot(sheet.title, placed.top, 0)
        for n, (key, _) in enumerate(block.rows):
            yield (*block.path, key), placed.spot(n, anchor(block.columns))
            for column in block.columns:
                yield (*block.path, key, column.key), placed.spot(n, column.key)
    elif isinstance(block, Table):
        filled = entries(block, submission)
        # What an empty table lacks is to be typed in its first row.
        yield block.path, Spot(sheet.title, placed.top, 0) if filled else placed.spot(0, anchor(block.columns))
        for n, path in enumerate(filled):
            yield from _row_places(placed, block, n, path)


def _row_places(placed: Placed, table: Table, n: int, path: Path) -> Iterator[tuple[Path, Spot]]:
    yield path, placed.spot(n, anchor(table.columns))
    for column in table.columns:
        yield ((*path, column.key) if column.key else path), placed.spot(n, column.key)


def anchor(columns: Sequence[Column]) -> str:
    """The column that stands for the whole row: its name, else the first that people fill."""
    filled = [column.key for column in columns if column.kind is not Kind.AUTO and column.key != "@item"]
    return "name" if "name" in filled else filled[0]
