"""Open workbooks."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import xlwings as xw
from xlwings import base_classes

from tests.libreoffice.engine.names import Names
from tests.libreoffice.engine.office import LiveOffice, run_macro
from tests.libreoffice.engine.protection import allowed_in
from tests.libreoffice.engine.pyuno import prop
from tests.libreoffice.engine.sheets import Sheets, State

if TYPE_CHECKING:
    from tests.libreoffice.engine.app import App

FILTERS = {
    ".xlsm": "Calc MS Excel 2007 VBA XML",
    ".xlsx": "Calc MS Excel 2007 XML",
    ".ods": "calc8",
    ".html": "HTML (StarCalc)",
    ".pdf": "calc_pdf_Export",
}


class Books(base_classes.Books):  # type: ignore[misc]
    """The open workbooks, the active one last."""

    def __init__(self, app: App) -> None:
        self.app, self.open_books = app, list[Book]()

    @property
    def api(self) -> Any:
        return self.app.api

    @property
    def active(self) -> Book | None:
        return self.open_books[-1] if self.open_books else None

    def __len__(self) -> int:
        return len(self.open_books)

    def __iter__(self) -> Iterator[Book]:
        return iter(list(self.open_books))

    def __call__(self, key: int | str) -> Book:
        if isinstance(key, int):
            return self.open_books[key - 1]
        for book in self.open_books:
            if key.casefold() in (book.name.casefold(), str(book.path).casefold()):
                return book
        raise KeyError(key)

    def at_url(self, url: str) -> Book:
        """The open book whose document has `url`. Raises KeyError."""
        for book in self.open_books:
            if url == book.uno.URL:
                return book
        raise KeyError(url)

    def open(self, fullname: str, *_: object, **__: object) -> Book:
        path = Path(fullname)
        self.open_books.append(Book(self, self.app.office.load(path), path))
        return self.open_books[-1]

    def add(self) -> Book:
        document = self.app.office.desktop.loadComponentFromURL("private:factory/scalc", "_blank", 0, ())
        self.open_books.append(Book(self, document, None))
        return self.open_books[-1]


class Book(base_classes.Book):  # type: ignore[misc]
    """One open document. `told` is what `fullname` says where that is no file (an address on the web, a new book)."""

    def __init__(self, books: Books, uno: Any, path: Path | None) -> None:
        self.books, self.uno, self.path = books, uno, path
        self.told = "" if path else f"工作簿{len(books) + 1}"
        allowed = allowed_in(path) if path else {}
        self.states = {title: State(allowed=options) for title, options in allowed.items()}

    @property
    def app(self) -> App:
        return self.books.app

    @property
    def office(self) -> LiveOffice:
        """The program that has the document open."""
        return self.app.office

    @property
    def api(self) -> BookApi:
        return BookApi(self)

    @property
    def name(self) -> str:
        return self.told.rsplit("/", 1)[-1] if self.told else str(self.path and self.path.name)

    @property
    def fullname(self) -> str:
        """Raises XlwingsError, as on Windows, for an address on the web that leads to no folder of this machine."""
        if "://" in self.told:
            raise xw.XlwingsError(f"Couldn't find the local path of {self.told}")
        return self.told or str(self.path)

    @property
    def sheets(self) -> Sheets:
        return Sheets(self)

    @property
    def names(self) -> Names:
        return Names(self)

    def activate(self) -> None:
        self.books.open_books.remove(self)
        self.books.open_books.append(self)

    def close(self) -> None:
        self.uno.close(True)
        self.books.open_books.remove(self)

    def save(self, path: str | None = None, password: str | None = None) -> None:
        target = Path(path).resolve() if path else self.path or Path.cwd() / f"{self.name}.xlsx"
        self.uno.storeAsURL(target.as_uri(), (prop("FilterName", FILTERS[target.suffix.lower()]),))
        self.path, self.told = target, ""

    def export(self, path: Path) -> Path:
        """Write a copy in the format that the suffix of `path` names, and give `path` back."""
        self.uno.storeToURL(path.as_uri(), (prop("FilterName", FILTERS[path.suffix.lower()]),))
        return path

    def to_pdf(self, path: str, quality: str | None = None) -> None:
        self.export(Path(os.path.abspath(path)))  # noqa: PTH100

    def run(self, macro: str, *arguments: object) -> Any:
        """What the document's VBA procedure `macro` ("Module.Sub") gives back."""
        return run_macro(self.uno, macro, *arguments)


class BookApi:
    """The COM workbook, as far as xlwings has no name of its own for it."""

    def __init__(self, book: Book) -> None:
        self._book = book

    @property
    def ReadOnly(self) -> bool:  # noqa: N802
        return bool(self._book.uno.isReadonly())

    @property
    def Saved(self) -> bool:  # noqa: N802
        return not self._book.uno.isModified()

    @property
    def HasVBProject(self) -> bool:  # noqa: N802
        return bool(self._book.uno.BasicLibraries.hasByName("VBAProject"))
