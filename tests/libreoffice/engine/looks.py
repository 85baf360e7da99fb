"""How a range looks: fill, number format, sizes, hidden rows."""

from __future__ import annotations

from typing import Any

from xlwings import utils

from tests.libreoffice.engine.protection import may_format
from tests.libreoffice.engine.pyuno import struct
from tests.libreoffice.engine.values import DATE, TIME

POINT = 2540 / 72  # hundredths of a millimetre
DATE_LETTERS = str.maketrans("YMDHSAP", "ymdhsap")


class Looks:
    """The part of a range that only changes what is seen."""

    sheet: Any
    uno: Any

    def _mixed(self, name: str) -> bool:
        return bool(self.uno.getPropertyState(name).value == "AMBIGUOUS_VALUE")

    def _set(self, **properties: object) -> None:
        with may_format(self.sheet):
            for name, value in properties.items():
                setattr(self.uno, name, value)

    @property
    def color(self) -> tuple[int, int, int] | None:
        fill = self.uno.CellBackColor
        return None if fill < 0 else (fill >> 16 & 255, fill >> 8 & 255, fill & 255)

    @color.setter
    def color(self, color: tuple[int, int, int] | str | int | None) -> None:
        if isinstance(color, int):
            color = utils.int_to_rgb(color)
        if isinstance(color, str):
            color = utils.hex_to_rgb(color)
        self._set(CellBackColor=-1 if color is None else color[0] << 16 | color[1] << 8 | color[2])
        if color is not None:
            self.sheet.use(self)

    def set_colors(self, colors: list[list[Any]]) -> None:
        for r, row in enumerate(colors):
            for c, color in enumerate(row):
                if color is not ...:
                    self(r + 1, c + 1).color = color  # type: ignore[operator]

    @property
    def number_format(self) -> str | None:
        if self._mixed("NumberFormat"):
            return None
        kept = self.sheet.book.uno.NumberFormats.getByKey(self.uno.NumberFormat)
        shown = str(kept.FormatString)
        return shown.translate(DATE_LETTERS) if kept.Type & (DATE | TIME) else shown

    @number_format.setter
    def number_format(self, text: str) -> None:
        formats, locale = self.sheet.book.uno.NumberFormats, struct("com.sun.star.lang.Locale")
        key = formats.queryKey(text, locale, False)
        self._set(NumberFormat=formats.addNew(text, locale) if key < 0 else key)

    @property
    def wrap_text(self) -> bool | None:
        return None if self._mixed("IsTextWrapped") else bool(self.uno.IsTextWrapped)

    @wrap_text.setter
    def wrap_text(self, wrap: bool) -> None:
        self._set(IsTextWrapped=wrap)

    def autofit(self, axis: str | None = None) -> None:
        with may_format(self.sheet):
            if axis in ("r", "rows", None):
                self.uno.Rows.OptimalHeight = True
            if axis in ("c", "columns", None):
                self.uno.Columns.OptimalWidth = True

    @property
    def row_height(self) -> float | None:
        heights = {self.uno.Rows.getByIndex(n).Height for n in range(self.uno.Rows.Count)}
        return round(heights.pop() / POINT, 2) if len(heights) == 1 else None

    @row_height.setter
    def row_height(self, points: float) -> None:
        with may_format(self.sheet):
            self.uno.Rows.Height = round(points * POINT)

    @property
    def row_hidden(self) -> bool | None:
        return self._all_hidden(self.uno.Rows)

    @row_hidden.setter
    def row_hidden(self, hidden: bool) -> None:
        with may_format(self.sheet):
            self.uno.Rows.IsVisible = not hidden

    @property
    def column_hidden(self) -> bool | None:
        return self._all_hidden(self.uno.Columns)

    @column_hidden.setter
    def column_hidden(self, hidden: bool) -> None:
        with may_format(self.sheet):
            self.uno.Columns.IsVisible = not hidden

    @staticmethod
    def _all_hidden(lines: Any) -> bool | None:
        states = {not lines.getByIndex(n).IsVisible for n in range(lines.Count)}
        return states.pop() if len(states) == 1 else None
