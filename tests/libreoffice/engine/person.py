"""The person at the screen, as a test scripts them: what they are shown, what they answer, which folder they pick."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from tests.libreoffice.engine.errors import UnscriptedError

CHOSEN, CANCELLED = -1, 0  # what FileDialog.Show gives
FOLDER_PICKER = 4
BUTTONS = {"ok_cancel": ("ok", "cancel"), "yes_no": ("yes", "no"), "yes_no_cancel": ("yes", "no", "cancel")}


@dataclass
class Person:
    """Boxes with one button are pressed away and recorded; every other needs an answer beforehand.

    `failures` are exceptions that a macro's Python let through, of which Windows would show the traceback.
    """

    alerts: list[tuple[str, str]] = field(default_factory=list)
    modes: list[str | None] = field(default_factory=list)
    status: list[str | bool] = field(default_factory=list)
    folder: Path | None = None
    picks: list[str] = field(default_factory=list)
    answers: list[str] = field(default_factory=list)
    unanswered: list[str] = field(default_factory=list)
    cancels_folder: bool = False
    failures: list[Exception] = field(default_factory=list)

    def press(self, prompt: str, buttons: str, mode: str | None) -> str:
        """The button pressed in a message box. Raises UnscriptedError when the test has not said which."""
        self.alerts.append((prompt, buttons))
        self.modes.append(mode)
        if buttons == "ok":
            return "ok"
        if not self.answers:
            raise self._unscripted(f"nobody said what to answer to: {prompt}")
        answer = self.answers.pop(0)
        if answer not in BUTTONS[buttons]:
            raise self._unscripted(f"“{answer}” is none of {BUTTONS[buttons]}: {prompt}")
        return answer

    def pick(self, purpose: str) -> Path | None:
        """The folder chosen in a dialog titled `purpose`, None when it is cancelled. Raises UnscriptedError."""
        self.picks.append(purpose)
        if self.folder is None and not self.cancels_folder:
            raise self._unscripted(f"nobody said which folder to pick: {purpose}")
        return self.folder

    def _unscripted(self, what: str) -> UnscriptedError:
        self.unanswered.append(what)
        return UnscriptedError(what)


class FileDialog:
    """Excel's folder picker."""

    def __init__(self, person: Person) -> None:
        self._person, self._chosen = person, list[Path]()
        self.Title = self.InitialFileName = ""
        self.AllowMultiSelect = False

    def Show(self) -> int:  # noqa: N802
        picked = self._person.pick(self.Title)
        self._chosen = [] if picked is None else [picked]
        return CHOSEN if self._chosen else CANCELLED

    def SelectedItems(self, number: int) -> str:  # noqa: N802
        return str(self._chosen[number - 1])
