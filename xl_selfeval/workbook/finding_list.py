"""The list on 检查结果 as data: what each row holds, for the template and for the open workbook alike.

A row points at its cell by a reference, so its link and its key follow when the person inserts or moves rows above that
cell. The key, in a hidden column, is what the conditional formats of the form sheets look for (`rules`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from xl_selfeval.checks import Finding, Severity, tallied
from xl_selfeval.model import Path
from xl_selfeval.workbook.layout import INDICATORS, Form, Matrix, Spot, Table, locate
from xl_selfeval.workbook.look import lines_needed, row_height
from xl_selfeval.workbook.sheets import SHEETS

HEADERS = ("序号", "程度", "代码", "位置", "问题", "处理建议", "依据", "标记")
WIDTHS = (6, 8, 9, 18, 56, 46, 30)  # of those that are seen; the last is hidden
TITLE_ROW, HEADLINE_ROW, HEADER_ROW, FIRST_ROW = 0, 1, 2, 3
KEY_COLUMN, TEXT_COLUMNS = len(HEADERS) - 1, range(4, 7)
WHOLE, DELETED = "整份自评", "已删除"
LONGEST = 800  # characters of one text; a row is at most about so high


@dataclass(frozen=True)
class Formula:
    """A formula with its "=", and what it gives as long as nothing has moved."""

    text: str
    value: str


Cell = int | str | Formula
Row = tuple[Cell, ...]


def finding_rows(findings: Sequence[Finding], places: Mapping[Path, Spot]) -> list[Row]:
    """One row for each finding, a cell for each of HEADERS; `places` tells where each field stands."""
    homes = {spot: path for path, spot in places.items()}
    rows: list[Row] = []
    for n, found in enumerate(findings, start=1):
        spot = locate(found.path, places)
        place = link_to(spot) if spot else WHOLE
        key = _key(found.severity, sheet_key(homes[spot]), spot) if spot else ""
        texts = (_short(text) for text in (found.message, found.remedy, found.basis))
        rows.append((n, found.severity.label, found.code, place, *texts, key))
    return rows


def height(row: Sequence[object]) -> float:
    """How high a row of the list has to be for its texts, in points."""
    return row_height(max(lines_needed(str(row[col]), WIDTHS[col]) for col in TEXT_COLUMNS))


def headline(findings: Sequence[Finding] | None) -> str:
    """The sentence above the list; None means that nothing has been checked yet."""
    if findings is None:
        return "尚未检查。填好后按“检查”按钮，或用命令 xl-selfeval check 检查，结果列在这里。"
    if not findings:
        return "没有发现问题。"
    return f"共发现{len(findings)}项：{'，'.join(tallied(findings))}。点“位置”可跳到相应单元格。"


def key_start(severity: Severity, sheet: str) -> str:
    """What the key of a mark begins with, before the address of its cell; `sheet` is the layout's key of its sheet.

    Not the sheet's title: that is the person's to change.
    """
    return f"{severity.value}|{sheet}|"


def sheet_key(path: Path) -> str:
    """The layout's key of the sheet that asks for `path`. Raises StopIteration when none does."""
    if path[0] == INDICATORS[0] and path[2:3] == INDICATORS[2:]:
        path = INDICATORS
    wholes = (path[:length] for length in range(len(path), 0, -1))
    return next(_homes()[whole] for whole in wholes if whole in _homes())


@cache
def _homes() -> dict[Path, str]:
    return dict(_declared())


def _declared() -> Iterator[tuple[Path, str]]:
    for sheet in SHEETS:
        for block in sheet.blocks:
            if isinstance(block, Table | Matrix):
                yield block.path, sheet.key
            elif isinstance(block, Form):
                yield from ((field.path, sheet.key) for field in block.fields)


def link_to(spot: Spot) -> Formula:
    """A link to the cell, which says where it stands now. It does not follow when the sheet is renamed."""
    title, here = spot.sheet.replace("'", "''"), _address(spot)
    target, words = _quoted(f"#'{title}'!"), _quoted(f"{spot.sheet} ")
    text = f'=IFERROR(HYPERLINK({target}&{here},{words}&{here}),"{DELETED}")'
    return Formula(text, f"{spot.sheet} {spot.a1}")


def _key(severity: Severity, sheet: str, spot: Spot) -> Formula:
    start = key_start(severity, sheet)
    return Formula(f'=IFERROR("{start}"&{_address(spot)},"")', start + spot.a1)


def _address(spot: Spot) -> str:
    reference = spot._replace(sheet=spot.sheet.replace("'", "''")).absolute()
    return f"ADDRESS(ROW({reference}),COLUMN({reference}),4)"


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
