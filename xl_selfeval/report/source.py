"""The readable source of a Word template: one line a paragraph, ``样式: 文字``; tables between 表格 and 表格完.

`parse` turns it into blocks; `word` sets them. The grammar is explained at the head of `templates/luquan.txt`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from docx.shared import Length, Mm

from xl_selfeval.report import gongwen

CELL = "｜"
Align = Literal["left", "center", "right"]
_ALIGN: dict[str, Align] = {"左": "left", "中": "center", "右": "right"}
_COLUMN = re.compile(r"(\d+(?:\.\d+)?)([左中右])")
_STYLES = {style.source: style for style in gongwen.PARAGRAPHS}
_TAG_STYLE = _STYLES["标签"]


class SourceError(ValueError):
    """A line of the source that cannot be read; names the line."""


@dataclass(frozen=True)
class Line:
    """A paragraph."""

    style: gongwen.Paragraph
    text: str


@dataclass(frozen=True)
class Column:
    """A column of a table."""

    width: Length
    align: Align


RowKind = Literal["head", "row", "sum", "span", "tag"]


@dataclass(frozen=True)
class Row:
    """A row: the header, an ordinary one, a sum, one over the whole width, or a tag."""

    kind: RowKind
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """A table; `signed` gives its rows room for signatures."""

    style: gongwen.Paragraph
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    signed: bool


Block = Line | Table
_ROWS: dict[str, RowKind] = {"表头": "head", "行": "row", "合计": "sum", "通栏": "span"}


def parse(text: str) -> Iterator[Block]:
    """The blocks of `text` in their order. Raises SourceError with the number of the faulty line."""
    numbered = ((n, line.strip()) for n, line in enumerate(text.splitlines(), 1))
    wanted = iter([(n, line) for n, line in numbered if line and not line.startswith("#")])
    for number, line in wanted:
        try:
            yield _table(line, wanted) if line.startswith("表格:") else _line(line)
        except (ValueError, KeyError) as error:
            raise SourceError(f"第{number}行写法不对（{error}）：{line[:40]}") from error


def _line(line: str) -> Line:
    if line.startswith("{%"):
        return Line(_TAG_STYLE, line)
    style, _, text = line.partition(":")
    return Line(_STYLES[style], text.strip())


def _table(line: str, following: Iterator[tuple[int, str]]) -> Table:
    parts = [part.strip() for part in line.removeprefix("表格:").split(CELL)]
    columns = tuple(_column(part) for part in parts[1].split())
    rows: list[Row] = []
    for _, row in following:
        if row == "表格完":
            return Table(_STYLES[parts[0]], columns, tuple(rows), signed="签字" in parts[2:])
        rows.append(_row(row, len(columns)))
    raise ValueError("表格没有写“表格完”")


def _column(text: str) -> Column:
    found = _COLUMN.fullmatch(text)
    if found is None:
        raise ValueError(f"列宽“{text}”须写成“46左”")
    return Column(Mm(float(found[1])), _ALIGN[found[2]])


def _row(line: str, columns: int) -> Row:
    if line.startswith("{%"):
        return Row("tag", (line,))
    name, _, text = line.partition(":")
    cells = tuple(cell.strip() for cell in text.split(CELL))
    wanted = 1 if _ROWS[name] == "span" else columns
    if len(cells) != wanted:
        raise ValueError(f"有{len(cells)}格，应为{wanted}格")
    return Row(_ROWS[name], cells)
