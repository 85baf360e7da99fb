"""What changes the shape of a sheet: inserting, deleting, merging, copying."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.libreoffice.engine.errors import ComError
from tests.libreoffice.engine.protection import may_restructure, may_write

if TYPE_CHECKING:
    from tests.libreoffice.engine.ranges import Range


class Structure:
    """The part of a range that moves cells."""

    sheet: Any
    uno: Any
    row: Any
    column: Any
    shape: Any

    @property
    def whole_rows(self) -> bool:
        """Whether the range takes all columns of its sheet."""
        return bool(self.column == 1 and self.shape[1] >= self.sheet.cells.shape[1])

    def insert(self, shift: str | None = None, copy_origin: str | None = None) -> None:
        if self.sheet.book.app.cut_copy_mode:
            raise NotImplementedError("Excel would insert the cells that were copied, which this engine cannot")
        self._rows().insertByIndex(self.row - 1, self.shape[0])

    def delete(self, shift: str | None = None) -> None:
        self._rows().removeByIndex(self.row - 1, self.shape[0])

    def _rows(self) -> Any:
        may_restructure(self.sheet)
        if not self.whole_rows:  # LibreOffice's removeRange takes the whole row away and shifts the cells besides
            raise NotImplementedError("this engine inserts and deletes whole rows only")
        return self.sheet.uno.Rows

    def copy(self, destination: Any = None) -> None:
        """Copy contents, formats, merged areas, notes and validations; a larger destination is filled repeatedly."""
        if destination is None:
            raise ComError("this engine has no clipboard: give copy a destination")
        target = destination.impl
        rows, columns = self.shape
        times = [n // m if n % m == 0 else 1 for n, m in zip(target.shape, self.shape, strict=True)]
        full = type(self)(  # type: ignore[call-arg]
            target.sheet, target.row, target.column, rows * times[0], columns * times[1]
        )
        with may_write(target.sheet, full.uno):
            for down in range(times[0]):
                for right in range(times[1]):
                    corner = full.uno.getCellByPosition(right * columns, down * rows)
                    target.sheet.uno.copyRange(corner.CellAddress, self.uno.RangeAddress)

    @property
    def merge_area(self) -> Range:
        cursor = self.sheet.uno.createCursorByRange(self.uno.getCellByPosition(0, 0))
        cursor.collapseToMergedArea()
        found: Range = self.sheet.at(cursor.RangeAddress)
        return found

    @property
    def merge_cells(self) -> bool | None:
        area = self.merge_area
        inside = area.shape[0] >= self.shape[0] + self.row - area.row and (
            area.shape[1] >= self.shape[1] + self.column - area.column
        )
        if len(area) > 1 and inside:
            return True
        cursor = self.sheet.uno.createCursorByRange(self.uno)
        cursor.collapseToMergedArea()
        grown = self.sheet.at(cursor.RangeAddress).shape != self.shape
        return None if self.uno.getIsMerged() or grown else False

    def merge(self, across: bool = False) -> None:
        may_restructure(self.sheet)
        if not across:
            self.uno.merge(True)
            return
        for row in range(1, self.shape[0] + 1):
            type(self)(self.sheet, self.row + row - 1, self.column, 1, self.shape[1]).uno.merge(True)  # type: ignore[call-arg]

    def unmerge(self) -> None:
        may_restructure(self.sheet)
        self.uno.merge(False)
