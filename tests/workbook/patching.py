"""A filled workbook with some of its cells written over, for tests of the reader.

A patch maps dotted paths to what stands in the cell: a text beginning with = is a formula saved without a result, one
beginning with # an error. `@header.TABLE.COLUMN` writes over a header, `@template` over the version of the template,
`@merge.PATH` merges a cell with the rows below it, as many as the value says.
"""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path as FilePath

from xl_selfeval.checks.patches import patched
from xl_selfeval.model import Path, Submission
from xl_selfeval.rulebook import find_rulebook
from xl_selfeval.workbook.cells import Cells, read_cells
from xl_selfeval.workbook.layout import INDICATORS, Layout, Spot
from xl_selfeval.workbook.reader import Reading, read_submission
from xl_selfeval.workbook.sheets import META_TITLE
from xl_selfeval.workbook.template import build_workbook, layout_of


def sound() -> Submission:
    """The sound sample."""
    return patched({})[0]


@cache
def filled(rulebook: str = "mof-2020") -> bytes:
    """The sound sample as a workbook."""
    return build_workbook(find_rulebook(rulebook), sound())


@cache
def places() -> dict[Path, Spot]:
    """Where `filled` puts each field."""
    return layout().places(sound())


def layout() -> Layout:
    """The layout of `filled`."""
    return layout_of(find_rulebook("mof-2020"), sound())


def cells_of(content: bytes) -> Cells:
    """The cells of a workbook given as bytes."""
    with tempfile.TemporaryDirectory() as folder:
        file = FilePath(folder) / "自评表.xlsx"
        file.write_bytes(content)
        return read_cells(file)


def patched_cells(patch: Mapping[str, object]) -> Cells:
    """The cells of `filled` under `patch`."""
    cells = cells_of(filled())
    for dotted, value in patch.items():
        _lay_over(cells, dotted, value)
    return cells


def read_patched(patch: Mapping[str, object]) -> Reading:
    """What the reader makes of `filled` under `patch`."""
    return read_submission(patched_cells(patch), "自评表.xlsx")


def path_of(dotted: str) -> Path:
    """A path from its dotted form."""
    return tuple(int(step) if step.isdigit() else step for step in dotted.split("."))


def _lay_over(cells: Cells, dotted: str, value: object) -> None:
    if dotted == "@template":
        write(cells, Spot(META_TITLE, 0, 1), value)
    elif dotted.startswith("@header."):
        _, table, key = dotted.split(".")
        path = INDICATORS if table == "indicators" else (table,)
        header = layout().table(path)
        write(cells, Spot(header.sheet.title, header.top, header.column(key)), value)
    elif dotted.startswith("@merge."):
        assert isinstance(value, int)
        merge(cells, places()[path_of(dotted.removeprefix("@merge."))], value)
    else:
        write(cells, places()[path_of(dotted)], value)


def write(cells: Cells, spot: Spot, value: object) -> None:
    """Let `value` stand in `spot`."""
    row = cells.grids[spot.sheet][spot.row]
    assert isinstance(row, list)
    row[spot.col] = value
    if isinstance(value, str) and value.startswith(("#", "=")):
        row[spot.col] = ""
        if value.startswith("#"):
            cells.errors[spot] = value
        else:
            cells.uncalculated.add(spot)


def merge(cells: Cells, spot: Spot, rows: int) -> None:
    """Merge `spot` with the rows below it, which lose what they hold, as in a spreadsheet."""
    for row in range(spot.row + 1, spot.row + rows):
        write(cells, Spot(spot.sheet, row, spot.col), "")
    if rows > 1:
        areas = [*cells.merged.get(spot.sheet, ()), (spot.row, spot.col, spot.row + rows - 1, spot.col)]
        cells.merged = {**cells.merged, spot.sheet: areas}
