"""A screen that nobody sees (Xvfb) with LibreOffice's windows on it, and a mouse to press the buttons."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import xlwings as xw

from tests.libreoffice.engine.live import Live

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

    def click(self, book: xw.Book, caption: str) -> None:
        """Press the button `caption` on the sheet in front with the mouse, and wait until a message tells the outcome.

        Raises TimeoutError when there is no such button, or nothing is told.
        """
        told = len(self.live.alerts)
        x, y = self._wait(lambda: next(_middles(book, caption), None), f"no button “{caption}” can be seen")
        self._run("xdotool", "mousemove", str(x), str(y), "click", "1")
        self._wait(lambda: len(self.live.alerts) > told, f"“{caption}” told nothing")
        self._settle()  # the macro goes on for a moment after its message

    def picture(self, path: Path) -> Path:
        """Save what the screen shows as `path` (.png)."""
        self._settle()
        self._run("import", "-window", "root", str(path))
        return path

    def close(self) -> None:
        """End LibreOffice and the screen."""
        try:
            self.live.close()
        finally:
            self._end()

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
        until = time.monotonic() + SECONDS
        while not (what := found()):
            if time.monotonic() > until:
                raise TimeoutError(failure)
            time.sleep(0.2)
        return what


def _middles(book: xw.Book, caption: str) -> Iterator[tuple[int, int]]:
    """The middle of each button with `caption` on the sheet in front, in pixels, if it can be seen."""
    controller = book.impl.uno.CurrentController
    for form in controller.ActiveSheet.DrawPage.Forms:
        for model in form:
            if model.Label == caption:
                shown = controller.getControl(model).AccessibleContext
                place, size = shown.getLocationOnScreen(), shown.getSize()
                if 0 < place.X < WIDTH and 0 < place.Y < HEIGHT and size.Width:
                    yield place.X + size.Width // 2, place.Y + size.Height // 2
