"""Notes on cells."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from tests.libreoffice.engine.looks import POINT
from tests.libreoffice.engine.protection import may_format
from tests.libreoffice.engine.pyuno import struct

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
    def uno(self) -> Any:
        """LibreOffice's note."""
        return self._annotation or self._location.uno.getCellByPosition(0, 0).Annotation

    @property
    def api(self) -> NoteApi:
        return NoteApi(self)

    @property
    def author(self) -> str:
        return str(self.uno.Author)

    @property
    def text(self) -> str:
        return str(self.uno.String)

    @text.setter
    def text(self, text: str) -> None:
        with may_format(self._location.sheet):
            self.uno.String = text

    def delete(self) -> None:
        sheet = self._location.sheet
        notes = sheet.uno.Annotations
        with may_format(sheet):
            for n in range(notes.Count):
                place = notes.getByIndex(n).Position
                if (place.Row + 1, place.Column + 1) == (self._location.row, self._location.column):
                    notes.removeByIndex(n)
                    return


class NoteApi:
    """The COM comment, as far as xlwings has no name of its own for it."""

    def __init__(self, note: Note) -> None:
        self._note = note

    @property
    def Shape(self) -> NoteShape:  # noqa: N802
        """The note's box. Raises AttributeError without a screen: LibreOffice takes 25 ms to make what nobody sees."""
        if not self._note.location.sheet.book.office.visible:
            raise AttributeError("Shape")
        return NoteShape(self._note)


class NoteShape:
    """The box of a note; sizes in points."""

    def __init__(self, note: Note) -> None:
        self._note, self._shape = note, note.uno.AnnotationShape

    @property
    def Width(self) -> float:  # noqa: N802
        return float(round(self._shape.Size.Width / POINT, 2))

    @Width.setter
    def Width(self, points: float) -> None:  # noqa: N802
        self._resize(points, self.Height)

    @property
    def Height(self) -> float:  # noqa: N802
        return float(round(self._shape.Size.Height / POINT, 2))

    @Height.setter
    def Height(self, points: float) -> None:  # noqa: N802
        self._resize(self.Width, points)

    def _resize(self, width: float, height: float) -> None:
        size = struct("com.sun.star.awt.Size")
        size.Width, size.Height = round(width * POINT), round(height * POINT)
        with may_format(self._note.location.sheet):
            self._shape.setSize(size)
