"""Defined names: those of the book, and those of a sheet as "Sheet!Name"."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from tests.libreoffice.engine.errors import ComError
from tests.libreoffice.engine.formulas import quoted, to_excel, to_office
from tests.libreoffice.engine.pyuno import struct

if TYPE_CHECKING:
    from tests.libreoffice.engine.books import Book
    from tests.libreoffice.engine.ranges import Range
    from tests.libreoffice.engine.sheets import Sheet


class Names(base_classes.Names):  # type: ignore[misc]
    """The names of a whole book, or only those of one sheet."""

    def __init__(self, book: Book, sheet: Sheet | None = None) -> None:
        self.book, self.sheet = book, sheet

    @property
    def api(self) -> Any:
        return (self.sheet or self.book).uno.NamedRanges

    def _all(self) -> list[Name]:
        found = [Name(self.book, *each) for each in self.book.office.help("Names", self.book.uno)]
        return [name for name in found if self.sheet is None or name.title == self.sheet.name]

    def __len__(self) -> int:
        return len(self._all())

    def __call__(self, key: int | str) -> Name:
        if isinstance(key, int):
            return self._all()[key - 1]
        for name in self._all():
            if key.casefold() in (name.name.casefold(), name.local.casefold()):
                return name
        raise ComError(f"there is no name “{key}”")

    def snapshot(self) -> list[tuple[str, Name]]:
        return [(name.name, name) for name in self._all()]

    def contains(self, key: int | str) -> bool:
        if isinstance(key, int):
            return 0 < key <= len(self)
        return any(key.casefold() in (name.name.casefold(), name.local.casefold()) for name in self._all())

    def add(self, name: str, refers_to: str) -> Name:
        origin = struct("com.sun.star.table.CellAddress")
        if self.api.hasByName(name):
            self.api.removeByName(name)
        self.api.addNewByName(name, to_office(refers_to).removeprefix("="), origin, 0)
        return self(name)


class Name(base_classes.Name):  # type: ignore[misc]
    """One name of a book, or of the sheet `title`, and what it referred to when it was listed."""

    def __init__(self, book: Book, title: str, local: str, content: str) -> None:
        self.book, self.title, self.local, self._content = book, title, local, content

    @property
    def api(self) -> Any:
        scope = self.book.sheets(self.title) if self.title else self.book
        return scope.uno.NamedRanges

    @property
    def name(self) -> str:
        return (quoted(self.title) + "!" if self.title else "") + self.local.removeprefix("_xlnm.")

    @name.setter
    def name(self, name: str) -> None:
        self.api.getByName(self.local).Name = name
        self.local = name

    @property
    def refers_to(self) -> str:
        return to_excel("=" + self._content)

    @refers_to.setter
    def refers_to(self, formula: str) -> None:
        self._content = to_office(formula).removeprefix("=")
        self.api.getByName(self.local).Content = self._content

    @property
    def refers_to_range(self) -> Range:
        cells = self.api.getByName(self.local).ReferredCells
        if cells is None:
            raise ComError(f"the name “{self.name}” refers to no cells: {self.refers_to}")
        address = cells.RangeAddress
        return self.book.sheets(address.Sheet + 1).at(address)

    def delete(self) -> None:
        self.api.removeByName(self.local)
