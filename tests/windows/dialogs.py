"""Answers the dialogs of one Excel while a check runs, and notes what they said; ends that Excel when it hangs.

The watcher is a thread that looks at windows only, never at Excel itself, which is busy then. A dialog is of our Excel
when its process is, or when the window that owns it is: Python's message boxes are owned by Excel's window.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from threading import Event, Lock, Thread
from typing import Any

from xl_selfeval.editions.ribbon import tab_label

DIALOG_CLASSES = ("#32770", "NUIDialog", "bosa_sdm_XL9")  # Windows' own, and Office's two
AGREE = ("是", "确定", "Yes", "OK", "启用", "Enable", "结束", "End", "关闭", "Close", "继续", "Continue")
REFUSE = ("否", "No", "取消", "Cancel", "结束", "End", "确定", "OK", "关闭", "Close")
SHORTCUT = "&"
OLE_BUSY = ("OLE", "另一应用程序", "其他应用程序", "另一个程序", "waiting for another application")
VBA_TITLE = "Microsoft Visual Basic"


@dataclass(frozen=True)
class Dialog:
    """A dialog that was answered: its title, its words, and the button that was pressed."""

    title: str
    text: str
    pressed: str

    def __str__(self) -> str:
        return f"“{self.title}”：{self.text}"

    @property
    def is_ours(self) -> bool:
        """Whether the product showed it: its title is the product's."""
        return self.title == tab_label()

    @property
    def is_chinese(self) -> bool:
        """Whether a person here can read it: mostly Chinese characters, paths left out."""
        return sum("\u4e00" <= letter <= "\u9fff" for letter in self.text) >= 6

    def speaks_of(self, words: Sequence[str]) -> bool:
        """Whether title or text has one of `words`."""
        return any(word in self.title + self.text for word in words)


def chosen(captions: Sequence[str], wanted: Sequence[str]) -> int | None:
    """Which of the buttons `captions` to press: the first of `wanted` that is there, else the first; None for none."""
    plain = [caption.replace(SHORTCUT, "").split("(")[0].strip() for caption in captions]
    for word in wanted:
        if word in plain:
            return plain.index(word)
    return 0 if captions else None


class Watcher:
    """Watches the dialogs of the Excel process `pid` until it is stopped."""

    def __init__(self, pid: int, patience: float = 0.4) -> None:
        self.pid, self.patience = pid, patience  # seconds that a dialog stays up before it is answered
        self.wanted: Sequence[str] = AGREE
        self.deadline: float | None = None  # of time.monotonic; past it Excel is ended
        self.hung = False
        self._seen: list[Dialog] = []
        self._first_met: dict[int, float] = {}
        self._lock, self._stop = Lock(), Event()
        self._thread = Thread(target=self._watch, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End the watching."""
        self._stop.set()
        self._thread.join(5)

    def taken(self) -> list[Dialog]:
        """The dialogs since the last call."""
        with self._lock:
            seen, self._seen = self._seen, []
        return seen

    def _watch(self) -> None:
        while not self._stop.wait(0.1):
            with suppress(Exception):  # a window that goes away while it is looked at
                self._look()
            if self.deadline is not None and time.monotonic() > self.deadline:
                self.hung, self.deadline = True, None
                end_process(self.pid)

    def _look(self) -> None:
        for window in self._open():
            met = self._first_met.setdefault(window, time.monotonic())
            if time.monotonic() - met >= self.patience:
                self._answer(window)

    def _open(self) -> list[int]:
        import win32gui

        found: list[int] = []

        def note(window: int, _: Any) -> bool:
            if (
                win32gui.IsWindowVisible(window)
                and win32gui.GetClassName(window) in DIALOG_CLASSES
                and self._is_ours(window)
            ):
                found.append(window)
            return True

        win32gui.EnumWindows(note, None)
        return found

    def _is_ours(self, window: int) -> bool:
        import win32con
        import win32gui
        import win32process

        owner = win32gui.GetWindow(window, win32con.GW_OWNER)
        return any(w and win32process.GetWindowThreadProcessId(w)[1] == self.pid for w in (window, owner))

    def _answer(self, window: int) -> None:
        """Press a button by its own command: unlike a click, that needs no focus."""
        import pywintypes
        import win32con
        import win32gui

        try:
            title = win32gui.GetWindowText(window)
            texts, buttons = _parts(window)
            which = chosen([caption for _, caption in buttons], self.wanted)
            pressed = "" if which is None else buttons[which][1]
            if which is None:
                win32gui.PostMessage(window, win32con.WM_CLOSE, 0, 0)
            else:
                handle = buttons[which][0]
                win32gui.PostMessage(window, win32con.WM_COMMAND, win32gui.GetDlgCtrlID(handle), handle)
        except pywintypes.error:
            return  # it went away meanwhile
        with self._lock:
            self._seen.append(Dialog(title, "\n".join(texts), pressed))
        self._first_met[window] = time.monotonic() + 2  # give it time to close before it is answered again


def _parts(window: int) -> tuple[list[str], list[tuple[int, str]]]:
    """The words of a dialog, and its buttons with their captions."""
    import win32gui

    texts: list[str] = []
    buttons: list[tuple[int, str]] = []

    def note(child: int, _: Any) -> bool:
        kind, text = win32gui.GetClassName(child), _text(child)
        if kind == "Button" and win32gui.IsWindowVisible(child) and win32gui.IsWindowEnabled(child):
            buttons.append((child, text))
        elif text:
            texts.append(text)
        return True

    win32gui.EnumChildWindows(window, note, None)
    return texts, buttons


def _text(window: int) -> str:
    """The text of a control of another process: asked for by message, and not waited for when that process hangs."""
    import ctypes

    buffer, result = ctypes.create_unicode_buffer(4096), ctypes.c_size_t()
    get_text, abort_if_hung, milliseconds = 0x000D, 0x0002, 500
    ctypes.windll.user32.SendMessageTimeoutW(  # type: ignore[attr-defined]
        ctypes.c_void_p(window), get_text, 4096, buffer, abort_if_hung, milliseconds, ctypes.byref(result)
    )
    return buffer.value


def end_process(pid: int) -> None:
    """End one process by its id, as nothing else would."""
    import pywintypes
    import win32api
    import win32con

    try:
        handle = win32api.OpenProcess(win32con.PROCESS_TERMINATE, False, pid)
        win32api.TerminateProcess(handle, 1)
        win32api.CloseHandle(handle)
    except pywintypes.error:
        pass  # it has ended already
