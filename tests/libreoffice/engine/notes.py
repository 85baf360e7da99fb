"""Notes on cells."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from tests.libreoffice.engine.protection import may_format

if TYPE_CHECKING:
    from tests.libreoffice.engine.ranges import Range


class Note(base_classes.Note):  # type: ignore[misc]
    """The note of one cell."""

    def __init__(self, location: Range, annotation: Any = None) -> None:
        self._location, self._annotation = location, annotation

    @property
    def location(self) -> Range:
        return self._location

    @property
    def api(self) -> Any:
        return self._annotation or self._location.uno.getCellByPosition(0, 0).Annotation

    @property
    def author(self) -> str:
        return str(self.api.Author)

    @property
    def text(self) -> str:
        return str(self.api.String)

    @text.setter
    def text(self, text: str) -> None:
        with may_format(self._location.sheet):
            self.api.String = text

    def delete(self) -> None:
        sheet = self._location.sheet
        notes = sheet.uno.Annotations
        with may_format(sheet):
            for n in range(notes.Count):
                place = notes.getByIndex(n).Position
                if (place.Row + 1, place.Column + 1) == (self._location.row, self._location.column):
                    notes.removeByIndex(n)
                    return
