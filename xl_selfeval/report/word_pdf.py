"""PDF of a .docx through Microsoft Word on Windows: a Word of our own, unseen, ended again whatever happens.

Word is reached by COM (pywin32), in a thread of its own so that a Word that waits for somebody can be given up.
A Word that the person has open is never touched: `DispatchEx` starts a new process, and only that one is ended. A
program that answers as Word (WPS) may hand over the one that the person works in instead: that one is let be.
"""

from __future__ import annotations

import importlib.util
import os
import sys
import tempfile
import uuid
from contextlib import suppress
from pathlib import Path
from threading import Thread
from typing import Any, Protocol

TIMEOUT = 120
"""Seconds for one conversion; a first start of Word with add-ins on a slow machine takes about thirty."""
NO_ALERTS, NO_MACROS, DO_NOT_SAVE, AS_PDF = 0, 3, 0, 17  # wdAlertsNone, msoAutomationSecurityForceDisable, …


class WordFailed(RuntimeError):  # noqa: N818  (as PdfUnavailable: it says the state)
    """Word made no PDF; the message is a Chinese sentence without its full stop."""


class Com(Protocol):
    """The few things asked of Windows, so that a test can stand in for it."""

    def start(self) -> Any:
        """A new Word process, for this thread."""

    def finish(self) -> None:
        """This thread needs COM no longer."""

    def end(self, caption: str) -> None:
        """End the one process whose Word window bears `caption`; nothing where there is none."""


def has_word() -> bool:
    """Whether this is Windows with Word (or a program that answers as Word) and pywin32. Starts nothing."""
    if sys.platform != "win32":
        return False
    import winreg

    if importlib.util.find_spec("win32com") is None:
        return False
    try:
        winreg.CloseKey(winreg.OpenKey(winreg.HKEY_CLASSES_ROOT, r"Word.Application\CLSID"))
    except OSError:
        return False
    return True


def word_pdf(docx: bytes, com: Com | None = None, timeout: float = TIMEOUT) -> bytes:
    """The pages of `docx` as PDF, laid out by Word within `timeout` seconds; `com` is Windows' unless given.

    Raises WordFailed when Word cannot start, fails or does not finish; the Word that was started is ended then too.
    """
    windows = com or _Windows()
    caption = f"xl-selfeval {uuid.uuid4().hex}"  # by which the process is known, should it have to be ended
    with tempfile.TemporaryDirectory(prefix="xl-selfeval-", ignore_cleanup_errors=True) as folder:
        source, made = Path(folder) / "report.docx", Path(folder) / "report.pdf"
        source.write_bytes(docx)
        failures: list[str] = []
        worker = Thread(target=_work, args=(windows, caption, source, made, failures), daemon=True)
        worker.start()
        worker.join(timeout)
        if worker.is_alive():
            windows.end(caption)
            raise WordFailed(f"Word 超过{timeout:g}秒没有完成，可能有对话框在等待")
        if failures:
            raise WordFailed(f"Word 没有生成 PDF（{failures[0]}）")
        if not made.is_file():
            raise WordFailed("Word 没有生成 PDF")
        return made.read_bytes()


def _work(com: Com, caption: str, source: Path, made: Path, failures: list[str]) -> None:
    """What the thread does. Of a failure only words go to `failures`: its traceback would hold objects of this Word."""
    try:
        word = com.start()
        try:
            _refuse_foreign(word)
            try:
                _export(word, caption, source, made)
            finally:
                _quit(com, word, caption)
        finally:
            del word  # COM objects are let go before their apartment is
    except Exception as error:
        failures.append(_reason(error))
    finally:
        com.finish()


def _refuse_foreign(word: Any) -> None:
    """Raise WordFailed for a Word that somebody works in: a new one has no documents and is not to be seen."""
    if word.Documents.Count or word.Visible:
        raise WordFailed("得到的是正在使用的 Word 或 WPS，没有动用它")


def _quit(com: Com, word: Any, caption: str) -> None:
    try:
        word.Quit(DO_NOT_SAVE)
    except Exception:  # it hangs or is gone already
        com.end(caption)


def _export(word: Any, caption: str, source: Path, made: Path) -> None:
    word.Visible = False
    word.DisplayAlerts = NO_ALERTS
    word.AutomationSecurity = NO_MACROS
    word.Caption = caption
    # By position, as late binding takes them: no conversion dialog, read only, not among the recent files.
    document = word.Documents.Open(str(source), False, True, False)
    try:
        document.ExportAsFixedFormat(str(made), AS_PDF)
    finally:
        document.Close(DO_NOT_SAVE)


def _reason(error: Exception) -> str:
    """What Windows says of a COM failure, which pywin32 hides in a tuple; else the error's own words."""
    described = getattr(error, "excepinfo", None)
    said = (described[2] if described and len(described) > 2 else None) or getattr(error, "strerror", None)
    return str(said or error or type(error).__name__).strip()


class _Windows:
    """Windows as it is. Needs pywin32; not reached elsewhere."""

    def start(self) -> Any:
        import pythoncom
        import win32com.client

        pythoncom.CoInitialize()
        return win32com.client.DispatchEx("Word.Application")

    def finish(self) -> None:
        import pythoncom

        pythoncom.CoUninitialize()

    def end(self, caption: str) -> None:
        if sys.platform == "win32":
            import win32api
            import win32con

            for process in _processes(caption):
                with suppress(win32api.error):
                    handle = win32api.OpenProcess(win32con.PROCESS_TERMINATE, False, process)
                    win32api.TerminateProcess(handle, 1)
                    win32api.CloseHandle(handle)


def _processes(caption: str) -> set[int]:
    """The processes (never this one) with a window, seen or unseen, whose title has `caption`."""
    found: set[int] = set()
    if sys.platform == "win32":
        import win32gui
        import win32process

        def note(window: int, _: object) -> bool:
            if caption in win32gui.GetWindowText(window):
                found.add(win32process.GetWindowThreadProcessId(window)[1])
            return True

        win32gui.EnumWindows(note, None)
    return found - {os.getpid()}
