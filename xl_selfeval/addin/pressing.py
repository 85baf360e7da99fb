"""What happens when a button is pressed: the right book, one command at a time, and never a traceback."""

from __future__ import annotations

import atexit
import sys
import tempfile
import traceback
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from threading import Lock

import xlwings as xw

from xl_selfeval.addin.commands import COMMANDS
from xl_selfeval.addin.diagnosis import locked_sheets, named
from xl_selfeval.addin.person import CancelledError, tell

LOG = "xl-selfeval-addin.log"
_running = Lock()


def press(name: str) -> None:
    """Run the command `name` on the active workbook and show its outcome in one Chinese sentence.

    Never raises: what goes wrong is told, and what nobody foresaw is written to the log file whose place is told.
    """
    app = xw.Book.caller().app
    if not _running.acquire(blocking=False):
        tell(app, "上一个命令还没有做完，请等它结束后再按", wrong=True)
        return
    book = None
    try:
        book = _active(app)
        tell(app, COMMANDS[name](book))
    except CancelledError as choice:
        tell(app, str(choice))
    except Exception as error:
        tell(app, explained(error, book), wrong=True)
    finally:
        _running.release()


def _active(app: xw.App) -> xw.Book:
    """The workbook in front: the add-in itself is never meant."""
    book = app.books.active if len(app.books) else None
    with suppress(AttributeError):  # with only hidden books open, Excel gives a book around nothing
        if book is not None and book.name:
            return book
    raise CancelledError("没有打开的工作簿。如正在“受保护的视图”中查看，请先点“启用编辑”，再按一次")


def _be_a_good_guest() -> None:
    """When its process ends, xlwings would end every Excel without a visible workbook; those are not ours to end."""
    if sys.platform == "win32":
        atexit.unregister(xw._xlwindows.cleanup)


_be_a_good_guest()


def explained(error: Exception, book: xw.Book | None = None) -> str:
    """One sentence about `error`: its own when it speaks Chinese, else where the details were written.

    Sheets of `book` that refuse programs are named, for that is what most often goes wrong there.
    """
    if type(error).__module__.startswith("xl_selfeval."):
        return str(error)
    locked = locked_sheets(book) if book else []
    first = f"{named(locked)}设了保护密码，请先在“审阅”中撤销工作表保护" if locked else "请关闭正在编辑的单元格或对话框"
    return f"没有完成，工作簿没有改动。{first}，再按一次；仍不行请{_logged(error)}"


def _logged(error: Exception) -> str:
    """Write the details of `error` down; what the person is to do with them."""
    when = f"{datetime.now():%Y-%m-%d %H:%M:%S}"
    with suppress(OSError):
        log = log_file()
        with log.open("a", encoding="utf-8") as file:
            file.write(f"{when}\n{''.join(traceback.format_exception(error))}\n")
        return f"把“{log}”发给维护人员"
    return f"把这句话发给维护人员：{type(error).__name__}：{error}"


def log_file() -> Path:
    """Where the details of failures are written."""
    return Path(tempfile.gettempdir()) / LOG
