"""A file becomes plain grids of cells, by way of python-calamine; what is not a workbook is named with its reason."""

from __future__ import annotations

import errno
import io
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from python_calamine import CalamineWorkbook, PasswordError

from xl_selfeval.workbook import package as parts
from xl_selfeval.workbook.layout import Spot

Grid = Sequence[Sequence[object]]
Area = tuple[int, int, int, int]


class UnreadableError(ValueError):
    """A file that cannot be read as a workbook; the message is a Chinese sentence with file, reason and next step."""


@dataclass
class Cells:
    """The grids of one workbook by sheet title, and what grids do not tell.

    `names` are our defined names, `errors` the cells that show an error, `uncalculated` those whose formula has no
    result, `merged` the areas (first row, left, last row, right) merged over several rows, `percent` the cells whose
    number is shown as a percentage (0.9 as 90 %).
    """

    grids: Mapping[str, Grid]
    names: dict[str, Spot]
    errors: dict[Spot, str] = field(default_factory=dict)
    uncalculated: set[Spot] = field(default_factory=set)
    merged: Mapping[str, Sequence[Area]] = field(default_factory=dict)
    percent: frozenset[Spot] = frozenset()

    def value(self, spot: Spot) -> object:
        """What stands in `spot`; "" outside of the used area and where a formula has no result."""
        grid = self.grids.get(spot.sheet, ())
        row = grid[spot.row] if 0 <= spot.row < len(grid) else ()
        return row[spot.col] if 0 <= spot.col < len(row) and spot not in self.uncalculated else ""

    def merge(self, spot: Spot) -> Area | None:
        """The area of several rows that `spot` is merged into."""
        areas = self.merged.get(spot.sheet, ())
        return next((a for a in areas if a[0] <= spot.row <= a[2] and a[1] <= spot.col <= a[3]), None)


def read_cells(path: Path) -> Cells:
    """All cells of the workbook at `path`. Raises UnreadableError for whatever is not a readable workbook."""
    content = _content(path)
    try:
        return _cells(content, path)
    except UnreadableError:
        raise
    except PasswordError as error:
        raise UnreadableError(f"“{path.name}”设有打开密码，请取消密码后另存再试") from error
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:
        # Broken packages fail in many ways, from zlib to a panic of calamine, which is no Exception.
        raise UnreadableError(f"“{path.name}”已损坏或没有传完整，请用 Excel 打开另存一份再试") from error


def _cells(content: bytes, path: Path) -> Cells:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        if reason := parts.why_not_this_package(package):
            raise UnreadableError(f"“{path.name}”{reason}")
        titles, names = parts.workbook_part(package)
        sheet_parts = parts.sheet_parts(package, titles)
        percent = parts.percent_cells(package, sheet_parts)
    if stray := parts.stray_cell(sheet_parts):
        where = f"“{stray.sheet}”的 {stray.a1} "
        raise UnreadableError(f"“{path.name}”在{where}有内容，离表格太远，请删去该单元格所在的行和列后另存再试")
    with CalamineWorkbook.from_filelike(io.BytesIO(content)) as book:
        sheets = {title: book.get_sheet_by_name(title) for title in book.sheet_names}
        grids = {title: sheet.to_python(skip_empty_area=False) for title, sheet in sheets.items()}
        merged = {title: _over_rows(sheet.merged_cell_ranges or ()) for title, sheet in sheets.items()}
    errors, uncalculated = parts.error_cells(sheet_parts), parts.uncalculated_cells(sheet_parts)
    return Cells(grids, names, errors, uncalculated, merged, percent)


def _over_rows(areas: Sequence[tuple[tuple[int, int], tuple[int, int]]]) -> list[Area]:
    return [(top, left, bottom, right) for (top, left), (bottom, right) in areas if bottom > top]


def _content(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise UnreadableError(f"“{path}”是文件夹，请指定其中的工作簿文件（.xlsx）")
        if path.exists() and not path.is_file():
            raise UnreadableError(f"“{path}”不是普通文件，请指定工作簿文件（.xlsx）")
        content = path.read_bytes()
    except FileNotFoundError as error:
        raise UnreadableError(f"找不到文件“{path}”，请检查文件名和所在文件夹") from error
    except (OSError, ValueError) as error:
        if isinstance(error, UnreadableError):
            raise
        raise UnreadableError(f"打不开文件“{path}”（{_why(error)}）") from error
    if path.name.startswith("~$"):
        raise UnreadableError(f"“{path.name}”是 Excel 打开文件时的临时文件，请关闭 Excel 后改选原文件")
    if reason := parts.why_not_a_workbook(content):
        raise UnreadableError(f"“{path.name}”{reason}")
    return content


def _why(error: OSError | ValueError) -> str:
    if isinstance(error, PermissionError):
        return "没有权限，或正被别的程序占用；请关闭占用它的程序后再试"
    if isinstance(error, OSError):
        return "文件名太长，请改短后再试" if error.errno == errno.ENAMETOOLONG else error.strerror or str(error)
    return "文件名中有不能用的字符，请改名后再试"
