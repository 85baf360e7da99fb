"""A screen that nobody sees (Xvfb) with LibreOffice's windows on it, and a mouse to press the buttons."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import xlwings as xw
from PIL import Image, ImageChops

from tests.libreoffice.engine.live import Live
from tests.libreoffice.engine.seen import Area, button_areas, cell_areas, message_boxes

WIDTH, HEIGHT = 1280, 900
ALL = 15  # com.sun.star.awt.PosSize.POSSIZE
SECONDS = 30


class Screen:
    """The screen, and `live` on it: a Live whose documents can be seen and clicked."""

    def __init__(self, folder: Path) -> None:
        read, write = os.pipe()
        command = ["Xvfb", "-displayfd", str(write), "-screen", "0", f"{WIDTH}x{HEIGHT}x24"]
        self._server = subprocess.Popen(command, pass_fds=[write], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(write)
        with os.fdopen(read) as told:
            self.display = f":{told.readline().strip()}"
        try:
            self.live = Live(folder, self.display)
        except BaseException:
            self._end()
            raise
        self._toolkit = self.live.office.service("com.sun.star.awt.Toolkit")

    def show(self, book: xw.Book, sheet: str) -> None:
        """Bring `sheet` of `book` to the front, over the whole screen."""
        book.impl.uno.CurrentController.Frame.ContainerWindow.setPosSize(0, 0, WIDTH, HEIGHT, ALL)
        book.sheets[sheet].activate()
        self._settle()

    def press(self, book: xw.Book, caption: str) -> None:
        """Press the button `caption` on the sheet in front with the mouse. Raises TimeoutError when none is seen."""
        area = self._wait(lambda: next(button_areas(book, caption), None), f"no button “{caption}” can be seen")
        window = book.impl.uno.CurrentController.Frame.ContainerWindow
        window.toFront()
        window.setFocus()  # there is no window manager to do it, and a window that gains it lets go of the mouse
        self._settle()
        self._mouse(area)

    def click(self, book: xw.Book, caption: str) -> None:
        """As `press`, and wait until a message tells the outcome. Raises TimeoutError when nothing is told."""
        told = len(self.live.alerts)
        self.press(book, caption)
        self._wait(lambda: len(self.live.alerts) > told, f"“{caption}” told nothing")
        self._settle()  # the macro goes on for a moment after its message

    def cell(self, book: xw.Book, cell: xw.Range) -> Area:
        """Where a cell of the sheet in front is. Raises TimeoutError when it cannot be seen."""
        area: Area = self._wait(lambda: next(cell_areas(book, cell), None), f"{cell} cannot be seen")
        return area

    def point_at(self, area: Area) -> None:
        """Move the mouse there, as to read a note."""
        self._run("xdotool", "mousemove", *map(str, area.middle))

    def box(self, title: str) -> str:
        """What the message box of a macro says, once it is there. Raises TimeoutError."""
        said, _ = self._wait(lambda: next(message_boxes(self._toolkit, title), None), f"no box “{title}”")
        return str(said)

    def close_box(self, title: str) -> None:
        """Press the button of a message box, and wait until it is gone. Raises TimeoutError."""
        _, button = next(message_boxes(self._toolkit, title))
        self._mouse(button)
        self._wait(lambda: not list(message_boxes(self._toolkit, title)), f"the box “{title}” stays")
        self._settle()

    def picture(self, path: Path) -> Path:
        """Save what the screen shows as `path` (.png)."""
        self._settle()
        self._run("import", "-window", "root", str(path))
        return path

    def wait_for_change(self, before: Path) -> None:
        """Wait until the screen looks otherwise than on the picture `before`. Raises TimeoutError."""
        now = before.with_name(".now.png")
        self._wait(lambda: not _alike(before, self.picture(now)), "nothing changes on the screen")
        now.unlink()

    def close(self) -> None:
        """End LibreOffice and the screen."""
        try:
            self.live.close()
        finally:
            self._end()

    def _mouse(self, area: Area) -> None:
        self._run("xdotool", "mousemove", *map(str, area.middle), "click", "1")

    def _end(self) -> None:
        self._server.terminate()
        self._server.wait(10)

    def _run(self, *command: str) -> None:
        subprocess.run(command, env={**os.environ, "DISPLAY": self.display}, check=True)

    def _settle(self) -> None:
        """Wait until LibreOffice has done and drawn what it was asked for."""
        for _ in range(3):
            self._toolkit.processEventsToIdle()
            time.sleep(0.1)

    @staticmethod
    def _wait(found: Callable[[], Any], failure: str) -> Any:
        """What `found` gives as soon as it gives anything. Raises TimeoutError with the words `failure`."""
        until = time.monotonic() + SECONDS
        while not (what := found()):
            if time.monotonic() > until:
                raise TimeoutError(failure)
            time.sleep(0.2)
        return what


def _alike(one: Path, other: Path) -> bool:
    with Image.open(one) as first, Image.open(other) as second:
        return ImageChops.difference(first.convert("RGB"), second.convert("RGB")).getbbox() is None
