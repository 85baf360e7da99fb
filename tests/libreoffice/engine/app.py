"""The engine's place in xlwings, and the running program."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from typing import Any

from xlwings import base_classes

from tests.libreoffice.engine.books import Books
from tests.libreoffice.engine.content import Calls
from tests.libreoffice.engine.errors import ComError
from tests.libreoffice.engine.office import LiveOffice
from tests.libreoffice.engine.person import FOLDER_PICKER, FileDialog, Person
from tests.libreoffice.engine.ranges import Range
from tests.libreoffice.engine.values import CellError


class Engine:
    """What xlwings knows the engine by; `calls` counts bulk reads and writes."""

    type = "desktop"

    def __init__(self, name: str) -> None:
        self.name, self.apps, self.calls = name, Apps(), Calls()

    @staticmethod
    def prepare_xl_data_element(value: object, options: object) -> object:
        return "" if value is None or value != value else value  # noqa: PLR0124  (nan)

    @staticmethod
    def clean_value_data(
        data: Sequence[Sequence[object]],
        datetime_builder: Callable[..., object],
        empty_as: object,
        number_builder: Callable[[float], object] | None,
        err_to_str: bool,
    ) -> list[list[object]]:
        def one(value: object) -> object:
            if value in ("", None):
                return empty_as
            if isinstance(value, CellError):
                return str(value) if err_to_str else None
            if isinstance(value, dt.datetime):
                parts = ("year", "month", "day", "hour", "minute", "second", "microsecond")
                return datetime_builder(**{part: getattr(value, part) for part in parts}, tzinfo=None)
            if number_builder is not None and isinstance(value, float | Decimal):
                return number_builder(float(value))
            return value

        return [[one(value) for value in row] for row in data]


class Apps(base_classes.Apps):  # type: ignore[misc]
    """The running programs; a test has one."""

    def __init__(self) -> None:
        self.running: list[App] = []

    def keys(self) -> list[int]:
        return [app.pid for app in self.running]

    def add(self, **_: object) -> App:
        raise ComError("a test opens its books in the office of the fixture “live”")

    @staticmethod
    def cleanup() -> None:
        """Nothing is left over: the fixture ends what it started."""

    def __iter__(self) -> Iterator[App]:
        return iter(list(self.running))

    def __len__(self) -> int:
        return len(self.running)

    def __getitem__(self, pid: int) -> App:
        return next(app for app in self.running if app.pid == pid)


class App(base_classes.App):  # type: ignore[misc]
    """One LibreOffice with the person in front of it."""

    visible = False
    display_alerts = enable_events = interactive = True
    calculation, version, cut_copy_mode = "automatic", "16.0", False
    engine: Engine = None  # type: ignore[assignment]
    books: Books = None  # type: ignore[assignment]

    def __init__(self, engine: Engine, office: LiveOffice) -> None:
        self.engine, self.office, self.person = engine, office, Person()
        self.books, self._status = Books(self), False
        self.visible, self._painting = office.visible, True
        engine.apps.running.append(self)

    @property
    def api(self) -> AppApi:
        return AppApi(self)

    @property
    def pid(self) -> int:
        return self.office.process.pid

    @property
    def selection(self) -> Range | None:
        book = self.books.active
        selected = book.uno.CurrentSelection if book else None
        if selected is None or not hasattr(selected, "RangeAddress"):
            return None
        address = selected.RangeAddress
        return book.sheets(address.Sheet + 1).at(address) if book else None

    @property
    def status_bar(self) -> str | bool:
        return self._status

    @status_bar.setter
    def status_bar(self, text: str | bool) -> None:
        self._status = text  # type: ignore[assignment]
        self.person.status.append(text)

    @property
    def screen_updating(self) -> bool:
        return self._painting

    @screen_updating.setter
    def screen_updating(self, painting: bool) -> None:
        """Off, no workbook is painted again until it is on, as in Excel; without a screen too, painting takes time."""
        for book in self.books if painting != self._painting else ():
            if not painting:
                book.uno.lockControllers()
            elif book.uno.hasControllersLocked():  # not those opened since
                book.uno.unlockControllers()
        self._painting = painting

    def alert(self, prompt: str, title: str | None, buttons: str | None, mode: str | None, callback: object) -> str:
        return self.person.press(prompt, buttons or "ok", mode)

    def activate(self, steal_focus: bool = False) -> None:
        """The only program is always in front."""

    def calculate(self) -> None:
        for book in self.books:
            book.uno.calculate()

    def run(self, macro: str, arguments: Sequence[object]) -> Any:
        """Run "Module.Sub", with "'book name'!" before it or in the active book."""
        name, found, sub = macro.rpartition("!")
        book = self.books(name.strip("'")) if found else self.books.active
        return book.run(sub, *arguments) if book else None

    def quit(self) -> None:
        try:
            for book in self.books:
                book.close()
        finally:  # also when LibreOffice is gone already
            self.engine.apps.running.remove(self)
            self.office.close()

    kill = quit


class AppApi:
    """The COM application, as far as xlwings has no name of its own for it."""

    Version, Build, Name = "16.0", 0, "LibreOffice"
    OperatingSystem = "Linux"

    def __init__(self, app: App) -> None:
        self._app = app

    def FileDialog(self, kind: int) -> FileDialog:  # noqa: N802
        if kind != FOLDER_PICKER:
            raise ComError(f"only the folder picker is scripted, not the dialog {kind}")
        return FileDialog(self._app.person)
