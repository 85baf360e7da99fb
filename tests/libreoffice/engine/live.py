"""What a test sees of the engine: it opens workbooks, scripts the person and looks at what they were shown."""

from __future__ import annotations

import shutil
from itertools import count
from pathlib import Path
from typing import Any

import xlwings as xw

from tests.libreoffice.engine.app import App, Engine
from tests.libreoffice.engine.bridge import PLACE, Bridge
from tests.libreoffice.engine.content import Calls
from tests.libreoffice.engine.office import LiveOffice
from tests.libreoffice.engine.person import Person

_numbers = count(1)


class Live:
    """One LibreOffice for the tests, with windows when there is a `display` (":95").

    `rest` between tests closes all books and forgets the person.
    """

    def __init__(self, folder: Path, display: str = "") -> None:
        self.folder_of_books, self.office = folder, LiveOffice(display)
        self.engine = Engine(f"LibreOffice {self.office.process.pid}")
        self._app = App(self.engine, self.office)
        self.app = xw.App(impl=self._app)
        self.python = True
        xw.engines.add(xw.Engine(impl=self.engine))
        self._before = xw.engines.active
        xw.engines[self.engine.name].activate()

    def open(
        self, content: bytes | Path | str, name: str = "自评 表.xlsx", *, prepared: bool = True, told: str = ""
    ) -> xw.Book:
        """`content` (bytes, or the path of a file) as an open, active workbook called `name` in a folder of its own.

        `prepared`: its sheets are protected against the person only, as our macros leave them (UserInterfaceOnly).
        `told` is what `fullname` says instead of the path: "https://…" for a book in a cloud, "工作簿1" for a new one.
        """
        room = self.folder_of_books / f"文件 夹{next(_numbers)}"
        room.mkdir(parents=True)
        path = room / name
        if isinstance(content, bytes):
            path.write_bytes(content)
        else:
            shutil.copy(content, path)
        book = self._app.books.open(str(path))
        book.told = told
        for sheet in book.sheets:
            sheet.prepared = prepared and sheet.uno.isProtected()
        xw.engines[self.engine.name].activate()  # another office may be open on a screen
        opened = xw.Book(impl=book)
        opened.set_mock_caller()
        return opened

    def run(self, book: xw.Book, macro: str, *arguments: object) -> Any:
        """Press what runs the book's VBA procedure `macro` ("SelfEval.SeCheck"); what it gives back."""
        book.set_mock_caller()
        return book.impl.run(macro, *arguments)

    @property
    def python(self) -> bool:
        """Whether macros and functions find Python; set it to False for a machine without."""
        return bool(self.office.context.hasByName(PLACE))

    @python.setter
    def python(self, there: bool) -> None:
        if self.python:
            self.office.context.removeByName(PLACE)
        if there:
            self.office.context.insertByName(PLACE, Bridge(self._app))

    @property
    def failures(self) -> list[Exception]:
        """What the Python of a macro raised and nobody caught; a test that expects it clears the list."""
        return self.person.failures

    @property
    def person(self) -> Person:
        """Who sits at the screen."""
        return self._app.person

    @property
    def calls(self) -> Calls:
        """Bulk reads and writes by sheet; `calls.reset()` counts from nothing."""
        return self.engine.calls

    @property
    def alerts(self) -> list[tuple[str, str]]:
        """Every message box so far: (prompt, buttons)."""
        return self.person.alerts

    @property
    def status(self) -> list[str | bool]:
        """Every text the status bar was given; False gives the bar back to Excel."""
        return self.person.status

    def answer(self, *buttons: str) -> None:
        """The person will press these buttons ("yes", "no", "cancel") in the questions to come, in this order."""
        self.person.answers += buttons

    @property
    def folder(self) -> Path | None:
        """The folder that the person picks when asked; None is cancelling, once it has been set."""
        return self.person.folder

    @folder.setter
    def folder(self, folder: Path | None) -> None:
        self.person.folder, self.person.cancels_folder = folder, folder is None

    def rest(self) -> None:
        """Close all books, forget the person; fail when a question was asked that the test had not foreseen."""
        failures, self.python = self.failures, True
        unanswered, unused = self.person.unanswered, self.person.answers
        for book in self._app.books:
            book.close()
        self._app.person = Person()
        self._app.status_bar, self._app.screen_updating = False, True
        self._app.person.status.clear()
        self.calls.reset()
        if hasattr(xw.Book, "_mock_caller"):
            del xw.Book._mock_caller
        assert not failures, failures
        assert not unanswered, unanswered
        assert not unused, f"nobody asked for these answers: {unused}"

    def close(self) -> None:
        """End the office."""
        try:
            self._app.quit()
        finally:
            self._forget()

    def _forget(self) -> None:
        xw.engines.engines = [engine for engine in xw.engines if engine.impl is not self.engine]
        del xw.engines.engines_by_name[self.engine.name]
        xw.engines.active = self._before
