"""Which work item an indicator belongs to: the one whose 序号 it names."""

from __future__ import annotations

from collections.abc import Sequence

from xl_selfeval.workbook.cells import Cells
from xl_selfeval.workbook.convert import Refused, as_text, convert
from xl_selfeval.workbook.finding_tables import Found
from xl_selfeval.workbook.layout import Kind, Spot

NOTHING = "（空）"


class ItemNumbers:
    """The index of each work item by its 序号, and the item of the indicator read last."""

    def __init__(self) -> None:
        self._index: dict[int, int] = {}
        self._previous = 0

    def read(self, cells: Cells, found: Found, rows: Sequence[int]) -> None:
        """Learn the numbers of the items in `rows`; of two items with one number the first has it.

        Where no item shows a number, their places in the table count.
        """
        shown = [self._integer(cells, found, row, "@number") for row in rows]
        if not any(shown):
            shown = [row - found.header.row for row in rows]
        for index, number in enumerate(shown):
            if number is not None:
                self._index.setdefault(number, index)

    def of_indicator(self, cells: Cells, found: Found, row: int) -> tuple[int, str]:
        """The index of the item that the indicator in `row` names, and "".

        Where it names none that exists: the index of the item before, and what stands in the cell instead.
        """
        number = self._integer(cells, found, row, "@item")
        if number in self._index:
            self._previous = self._index[number]
            return self._previous, ""
        spot = Spot(found.header.sheet, row, found.columns.get("@item", -1))
        return self._previous, as_text(cells.value(spot)) or NOTHING

    @staticmethod
    def _integer(cells: Cells, found: Found, row: int, key: str) -> int | None:
        if key not in found.columns:
            return None
        try:
            value = convert(merged_value(cells, Spot(found.header.sheet, row, found.columns[key])), Kind.COUNT, "")
        except Refused:
            return None
        return value if isinstance(value, int) else None


def merged_value(cells: Cells, spot: Spot) -> object:
    """What stands in `spot`, or in the first cell of the rows that it is merged with."""
    area = cells.merge(spot)
    return cells.value(Spot(spot.sheet, area[0], area[1]) if area else spot)
