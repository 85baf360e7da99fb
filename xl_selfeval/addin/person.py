"""What passes between a command and the person at the screen: sentences, questions, a folder, progress."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import xlwings as xw

TITLE = "绩效自评"
LONGEST = 900  # characters of one message box; Windows shows more badly
FOLDER_PICKER, CHOSEN = 4, -1  # msoFileDialogFolderPicker, and what its Show gives for OK


class CancelledError(ValueError):
    """The person chose not to go on; the message says that nothing was done."""


def tell(app: xw.App, sentence: str, *, wrong: bool = False) -> None:
    """Show `sentence` until the person presses OK; `wrong` marks it as a failure."""
    app.alert(_cut(sentence), TITLE, "ok", "critical" if wrong else "info")


def ask(app: xw.App, question: str) -> bool:
    """True when the person answers yes."""
    return app.alert(_cut(question), TITLE, "yes_no", "info") == "yes"


def ask_folder(app: xw.App, purpose: str) -> Path:
    """The folder that the person picks; `purpose` is the dialog's title. Raises CancelledError when none is picked."""
    dialog = app.api.FileDialog(FOLDER_PICKER)
    dialog.Title = purpose
    if dialog.Show() != CHOSEN:
        raise CancelledError("没有选择文件夹，什么也没有导出")
    return Path(dialog.SelectedItems(1))


def folder_of(book: xw.Book, purpose: str) -> Path:
    """Where outputs of `book` go: beside it; for a book never saved or in a cloud, where the person says."""
    name = ""
    with suppress(xw.XlwingsError):  # an address on the web that leads to no folder of this machine
        name = book.fullname
    place = Path(name)
    if "://" not in name and place.is_absolute() and place.parent.is_dir():
        return place.parent
    return ask_folder(book.app, purpose)


@contextmanager
def progress(app: xw.App, words: str) -> Iterator[None]:
    """Show `words` in the status bar and hold the screen still meanwhile; both are restored whatever happens."""
    shown, moving = app.status_bar, app.screen_updating
    app.status_bar = words
    app.screen_updating = False
    try:
        yield
    finally:
        app.screen_updating = moving
        app.status_bar = shown or False  # False gives the bar back to Excel


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
