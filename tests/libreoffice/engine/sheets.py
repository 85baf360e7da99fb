"""The sheets of a book."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from xlwings import base_classes, utils

from tests.libreoffice.engine.content import Calls
from tests.libreoffice.engine.errors import ComError
from tests.libreoffice.engine.names import Names
from tests.libreoffice.engine.notes import Note
from tests.libreoffice.engine.protection import SheetApi, may_format
from tests.libreoffice.engine.ranges import Range

if TYPE_CHECKING:
    from tests.libreoffice.engine.books import Book

ADDRESS = re.compile(r"\$?([A-Z]{1,3})\$?(\d+)(?::\$?([A-Z]{1,3})\$?(\d+))?", re.IGNORECASE)
ROWS = re.compile(r"\$?(\d+):\$?(\d+)")
COLUMNS = re.compile(r"\$?([A-Z]{1,3}):\$?([A-Z]{1,3})", re.IGNORECASE)
LAST_ROW, LAST_COLUMN = 1_048_576, 16_384


@dataclass
class State:
    """What Excel knows of a sheet and LibreOffice does not: its protection, and that formats make an area used.

    `coloured` is (row, column, rows, columns) around all cells that were given a fill.
    """

    prepared: bool = False
    password: str = ""
    allowed: set[str] = field(default_factory=set)
    coloured: tuple[int, int, int, int] | None = None


class Sheets(base_classes.Sheets):  # type: ignore[misc]
    """All sheets in their order, hidden ones too."""

    def __init__(self, book: Book) -> None:
        self.book = book

    @property
    def api(self) -> Any:
        return self.book.uno.Sheets

    @property
    def active(self) -> Sheet:
        return Sheet(self.book, self.book.uno.CurrentController.ActiveSheet)

    def __len__(self) -> int:
        return int(self.api.Count)

    def __iter__(self) -> Iterator[Sheet]:
        return (Sheet(self.book, self.api.getByIndex(n)) for n in range(len(self)))

    def __contains__(self, key: str) -> bool:
        return bool(self.api.hasByName(key))

    def __call__(self, key: int | str) -> Sheet:
        if isinstance(key, int):
            if not 1 <= key <= len(self):
                raise ComError(f"there is no sheet {key}")
            return Sheet(self.book, self.api.getByIndex(key - 1))
        for name in self.api.ElementNames:
            if name.casefold() == key.casefold():
                return Sheet(self.book, self.api.getByName(name))
        raise ComError(f"there is no sheet “{key}”")

    def add(self, before: Sheet | None = None, after: Sheet | None = None, name: str | None = None) -> Sheet:
        position = before.index - 1 if before else after.index if after else self.active.index - 1
        name = name or next(f"Sheet{n}" for n in range(1, LAST_ROW) if not self.api.hasByName(f"Sheet{n}"))
        self.api.insertNewByName(name, position)
        sheet = self(name)
        sheet.activate()
        return sheet


class Sheet(base_classes.Sheet):  # type: ignore[misc]
    """One sheet; `uno` is LibreOffice's."""

    def __init__(self, book: Book, uno: Any) -> None:
        self._book, self.uno = book, uno
        self._name = str(uno.Name)
        self._state = book.states.setdefault(self._name, State())

    @property
    def api(self) -> SheetApi:
        return SheetApi(self)

    @property
    def book(self) -> Book:
        return self._book

    @property
    def calls(self) -> Calls:
        """Where bulk reads and writes are counted."""
        return self._book.app.engine.calls

    @property
    def prepared(self) -> bool:
        """Whether the sheet is protected against the person only (UserInterfaceOnly)."""
        return self._state.prepared

    @prepared.setter
    def prepared(self, prepared: bool) -> None:
        self._state.prepared = prepared

    @property
    def password(self) -> str:
        """With which the sheet is protected."""
        return self._state.password

    @password.setter
    def password(self, password: str) -> None:
        self._state.password = password

    @property
    def allowed(self) -> set[str]:
        """What the protection allows, by the names of COM."""
        return self._state.allowed

    @allowed.setter
    def allowed(self, allowed: set[str]) -> None:
        self._state.allowed = allowed

    @property
    def name(self) -> str:
        return self._name

    @name.setter
    def name(self, name: str) -> None:
        self._book.states[name] = self._book.states.pop(self._name)
        self.uno.Name = self._name = name

    @property
    def names(self) -> Names:
        return Names(self._book, self)

    @property
    def index(self) -> int:
        return int(self.uno.RangeAddress.Sheet) + 1

    @property
    def visible(self) -> bool:
        return bool(self.uno.IsVisible)

    @visible.setter
    def visible(self, visible: bool) -> None:
        self.uno.IsVisible = bool(visible)

    @property
    def notes(self) -> list[Note]:
        notes = self.uno.Annotations
        pairs = [(note, note.Position) for note in map(notes.getByIndex, range(notes.Count))]
        return [Note(Range(self, place.Row + 1, place.Column + 1), note) for note, place in pairs]

    @property
    def cells(self) -> Range:
        return Range(self, 1, 1, LAST_ROW, LAST_COLUMN)

    @property
    def used_range(self) -> Range:
        cursor = self.uno.createCursor()
        cursor.gotoEndOfUsedArea(False)
        end = cursor.RangeAddress
        cursor.gotoStartOfUsedArea(False)
        start = cursor.RangeAddress
        top, left = start.StartRow + 1, start.StartColumn + 1
        filled = Range(self, top, left, end.EndRow - top + 2, end.EndColumn - left + 2)
        return _around(filled, Range(self, *self._state.coloured)) if self._state.coloured else filled

    def use(self, coloured: Range) -> None:
        """Count `coloured` to the used area, as Excel does, which takes it for used until the file is opened anew."""
        before = self._state.coloured
        area = _around(coloured, Range(self, *before)) if before else coloured
        self._state.coloured = (area.row, area.column, *area.shape)

    def at(self, address: Any) -> Range:
        """The range at a UNO range address."""
        rows, columns = address.EndRow - address.StartRow + 1, address.EndColumn - address.StartColumn + 1
        return Range(self, address.StartRow + 1, address.StartColumn + 1, rows, columns)

    def activate(self) -> None:
        if not self.visible:
            raise ComError(f"“{self.name}” is hidden and cannot be activated")
        self._book.uno.CurrentController.setActiveSheet(self.uno)

    select = activate

    def autofit(self, axis: str | None = None) -> None:
        self.used_range.autofit(axis)

    def clear_contents(self) -> None:
        self.used_range.clear_contents()

    def clear(self) -> None:
        with may_format(self):
            self.uno.clearContents(1023)

    def delete(self) -> None:
        self._book.states.pop(self._name, None)
        self._book.uno.Sheets.removeByName(self._name)

    def range(self, start: Any, end: Any = None) -> Range:
        """The range from `start` to `end`: addresses, names, (row, column), (row, column, rows, columns), ranges."""
        if isinstance(start, int) and isinstance(end, int):
            return self._corner((start, end))
        first = self._corner(start)
        return first if end is None else _around(first, self._corner(end))

    def _corner(self, given: Any) -> Range:
        if isinstance(given, Range):
            return given
        if isinstance(given, tuple):
            if 0 in given[:2]:
                raise IndexError("Attempted to access 0-based Range. xlwings/Excel Ranges are 1-based.")
            return Range(self, *given)
        return self._address(given) or self._named(given)

    def _address(self, text: str) -> Range | None:
        if found := ROWS.fullmatch(text):
            top, bottom = sorted(map(int, found.groups()))
            return Range(self, top, 1, bottom - top + 1, LAST_COLUMN)
        if found := COLUMNS.fullmatch(text):
            left, right = sorted(map(_column, found.groups()))
            return Range(self, 1, left, LAST_ROW, right - left + 1)
        if not (found := ADDRESS.fullmatch(text)):
            return None
        column, row, to_column, to_row = found.groups()
        first = Range(self, int(row), _column(column))
        return _around(first, Range(self, int(to_row), _column(to_column))) if to_row else first

    def _named(self, text: str) -> Range:
        names = Names(self._book)
        if not names.contains(text):
            raise ComError(f"“{text}” is no address and no name")
        return names(text).refers_to_range


def _around(one: Range, other: Range) -> Range:
    top, left = min(one.row, other.row), min(one.column, other.column)
    bottom = max(r.row + r.shape[0] for r in (one, other))
    right = max(r.column + r.shape[1] for r in (one, other))
    return Range(one.sheet, top, left, bottom - top, right - left)


def _column(letters: str) -> int:
    return int(utils.address_to_index_tuple(f"{letters.upper()}1")[1])
