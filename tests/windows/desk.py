"""An Excel of our own for one group of checks: started, watched, always ended; the user's Excel is never touched."""

from __future__ import annotations

import gc
import shutil
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from tests.windows.dialogs import AGREE, Dialog, Watcher, end_process
from tests.windows.outcome import Failed, Untested, expect

LIMIT = 180
"""Seconds for one press of a button, after which Excel counts as hung and is ended."""
MISSING_PYTHON = r"C:\xl_selfeval_missing\pythonw.exe"
LOW_SECURITY = 1  # msoAutomationSecurityLow: macros of what this program opens run without asking


def settings(interpreter: str, path: str = "") -> str:
    """The `xlwings.conf` that xlwings looks for beside a workbook: which Python, and what else it imports from."""
    lines = [("INTERPRETER_WIN", interpreter), ("PYTHONPATH", path)]
    return "".join(f'"{name}","{value}"\r\n' for name, value in lines if value)


class Desk:
    """One Excel with copies of some editions in a folder of their own, and the settings that name its Python."""

    def __init__(self, folder: Path, pictures: Path, *, python: bool = True, broken: bool = False) -> None:
        self.folder, self.pictures = folder, pictures
        folder.mkdir(parents=True, exist_ok=True)
        pictures.mkdir(parents=True, exist_ok=True)
        interpreter = str(Path(sys.executable).with_name("pythonw.exe")) if python else MISSING_PYTHON
        ruined = folder / "broken"
        if broken:  # a Python that starts and cannot import the program
            ruined.mkdir()
            (ruined / "xl_selfeval.py").write_text("raise ImportError('ruined for a test')\n", encoding="ascii")
        conf = settings(interpreter, str(ruined) if broken else "")
        (folder / "xlwings.conf").write_text(conf, encoding="mbcs" if sys.platform == "win32" else "utf-8")
        self.excel: Any = None
        self.watcher: Watcher | None = None
        self.state: dict[str, Any] = {}  # what one check leaves for the next

    def start(self) -> None:
        """Start Excel, in sight, with dialogs answered."""
        import pythoncom
        import win32com.client
        import win32process

        pythoncom.CoInitialize()
        self.excel = win32com.client.DispatchEx("Excel.Application")
        self.pid = win32process.GetWindowThreadProcessId(self.excel.Hwnd)[1]
        self.watcher = Watcher(self.pid)
        self.excel.Visible = True
        self.excel.AutomationSecurity = LOW_SECURITY

    def end(self) -> float:
        """Quit Excel without saving; its process is ended by force when it stays. Gives the seconds it took to go."""
        if self.excel is None:
            return 0.0
        started = time.monotonic()
        with suppress(Exception):
            while self.excel.Workbooks.Count:
                self.excel.Workbooks(1).Close(False)
        with suppress(Exception):
            self.excel.DisplayAlerts = False
            self.excel.Quit()
        self.excel = None
        self.state.clear()
        gc.collect()  # an object of this Excel that we still hold keeps it from going
        if self.watcher is None:  # it did not get so far
            return 0.0
        self.watcher.deadline = None
        while running(self.pid) and time.monotonic() - started < 20:
            time.sleep(0.2)
        took = time.monotonic() - started
        if running(self.pid):
            end_process(self.pid)
            took = float("inf")
        self.watcher.stop()
        return took

    def copy(self, edition: Path) -> Path:
        """A copy of `edition` in the folder; an older copy stays."""
        target = self.folder / edition.name
        if not target.exists():
            shutil.copyfile(edition, target)
        return target

    def open(self, path: Path) -> Any:
        """The open workbook at `path`; opened when it is not yet."""
        with suppress(Exception):  # by name, which finds add-ins too; a loop over the workbooks passes them over
            book = self.excel.Workbooks(path.name)
            if book.FullName.lower() == str(path).lower():
                return book
        with self.limited(LIMIT):
            return self.excel.Workbooks.Open(str(path))

    def run(
        self, macro: str, *given: Any, wanted: Sequence[str] = AGREE, limit: float = LIMIT
    ) -> tuple[Any, list[Dialog]]:
        """Run `macro` (`'book'!Module.Sub`); gives what it gave and the dialogs it showed, answered as `wanted`."""
        self._watch().taken()
        self._watch().wanted = wanted
        try:
            with self.limited(limit):
                answer = self.excel.Run(macro, *given)
        finally:
            self._watch().wanted = AGREE
        return answer, self._watch().taken()

    def dialogs(self) -> list[Dialog]:
        """The dialogs since the last time somebody asked."""
        return self._watch().taken()

    @contextmanager
    def patient(self, seconds: float) -> Iterator[None]:
        """Leave each dialog up for `seconds`, as a person would."""
        watcher = self._watch()
        before, watcher.patience = watcher.patience, seconds
        try:
            yield
        finally:
            watcher.patience = before

    @contextmanager
    def limited(self, seconds: float) -> Iterator[None]:
        """Within this, Excel is ended when it takes longer than `seconds`. Raises Failed then."""
        watcher = self._watch()
        watcher.deadline = time.monotonic() + seconds
        try:
            yield
        except Exception as error:
            if watcher.hung:
                raise Failed(f"超过{seconds:g}秒没有反应，已结束这个 Excel") from error
            raise
        finally:
            watcher.deadline = None

    def picture(self, name: str) -> str:
        """Save what the screen shows of Excel's window; gives the file's name. Raises Untested without Pillow."""
        try:
            from PIL import ImageGrab
        except ImportError as missing:
            raise Untested("没有安装 Pillow，不能截图：pip install pillow") from missing
        import win32gui

        with suppress(Exception):  # Windows may refuse to bring a window to the front
            win32gui.SetForegroundWindow(self.excel.Hwnd)
        time.sleep(1)
        file = self.pictures / f"{name}.png"
        ImageGrab.grab(bbox=win32gui.GetWindowRect(self.excel.Hwnd), all_screens=True).save(file)
        return file.name

    def files(self) -> set[Path]:
        """What lies in the folder now."""
        return {file for file in self.folder.iterdir() if not file.name.startswith("~$")}

    def _watch(self) -> Watcher:
        expect(self.watcher is not None, "Excel 没有启动")
        assert self.watcher
        return self.watcher


def running(pid: int) -> bool:
    """Whether the process `pid` still runs."""
    import pywintypes
    import win32api
    import win32con
    import win32process

    try:
        handle = win32api.OpenProcess(win32con.PROCESS_QUERY_LIMITED_INFORMATION, False, pid)
    except pywintypes.error:
        return False
    try:
        return bool(win32process.GetExitCodeProcess(handle) == win32con.STILL_ACTIVE)
    finally:
        win32api.CloseHandle(handle)


def machine() -> list[str]:
    """What the report says of this machine."""
    import platform

    import win32com.client

    facts = [f"Windows {platform.version()}", f"Python {platform.python_version()}（{sys.executable}）"]
    for name in ("Excel", "Word"):
        with suppress(Exception):
            app = win32com.client.DispatchEx(f"{name}.Application")
            facts.append(f"{name} {app.Version}（{app.Build}）")
            app.Quit()
    return facts
