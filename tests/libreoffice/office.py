"""The real LibreOffice, for tests: many files through one private, headless office that is ended with its session."""

from __future__ import annotations

import json
import os
import select
import shutil
import signal
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from functools import cache
from itertools import count
from pathlib import Path

from xl_selfeval.report import pdf

SYSTEM_PYTHON = "/usr/bin/python3"  # python3-uno belongs to the system's Python, not to ours
WORKER = Path(__file__).with_name("worker.py")
INSTALL = "sudo apt-get install libreoffice-calc python3-uno fonts-noto-cjk"
SCREEN = {"Xvfb": "xvfb", "xdotool": "xdotool", "import": "imagemagick"}
"""The programs with which buttons are pressed on an unseen screen, and the packages they are in."""
INSTALL_SCREEN = f"sudo apt-get install {' '.join(SCREEN.values())}"
ROOT = Path(__file__).parents[2]
SECONDS = 120  # for one request; the longest takes about five

Step = Sequence[object]


class OfficeError(RuntimeError):
    """LibreOffice did not do what was asked."""


@cache
def missing() -> str:
    """What is not installed, in Chinese; "" when LibreOffice can be driven."""
    if pdf.find_office() is None:
        return "没有安装 LibreOffice（找不到 soffice）"
    if not Path(SYSTEM_PYTHON).exists() or subprocess.run([SYSTEM_PYTHON, "-c", "import uno"], check=False).returncode:
        return "没有安装 python3-uno"
    if subprocess.run(
        [sys.executable, "-c", "import tests.libreoffice.engine.pyuno"], check=False, cwd=ROOT
    ).returncode:
        return f"运行测试的 Python（{sys.executable}）不能使用 python3-uno，请改用与系统 Python 同版本的 Python"
    return ""


def missing_screen() -> str:
    """What is not installed to press buttons with the mouse, in Chinese; "" when all is there."""
    absent = [name for name in SCREEN if shutil.which(name) is None]
    return missing() or (f"没有安装 {'、'.join(absent)}" if absent else "")


class Office:
    """One LibreOffice process, made when first needed. Files are written into `folder`, each into its own place."""

    def __init__(self, folder: Path) -> None:
        self.folder, self._numbers = folder, count(1)
        self._worker = subprocess.Popen(
            [SYSTEM_PYTHON, str(WORKER), str(pdf.find_office())],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            start_new_session=True,
        )
        self._groups = [self._worker.pid, json.loads(self._line())["office"]]

    def recalculate(self, paths: Sequence[Path]) -> list[Path]:
        """Each workbook opened, calculated anew and saved as .xlsx."""
        return [self._convert(path, ".xlsx") for path in paths]

    def to_pdf(self, paths: Sequence[Path]) -> list[Path]:
        """Each workbook printed as a PDF."""
        return [self._convert(path, ".pdf") for path in paths]

    def to_xls(self, path: Path) -> Path:
        """The workbook in the old binary format."""
        return self._convert(path, ".xls")

    def edit(self, path: Path, *steps: Step) -> Path:
        """The workbook after `steps` (a method of `worker.Book` and its arguments each), sheets unprotected first."""
        return self._convert(path, ".xlsx", [["unprotect"], *steps])

    def close(self) -> None:
        """End the office: by the end of its input, and if that does not help, by its id."""
        assert self._worker.stdin and self._worker.stdout
        self._worker.stdin.close()
        try:
            self._worker.wait(40)
        except subprocess.TimeoutExpired:
            for group in self._groups:
                with suppress(ProcessLookupError):
                    os.killpg(group, signal.SIGKILL)
            self._worker.wait(10)
        self._worker.stdout.close()

    def _convert(self, path: Path, suffix: str, steps: Sequence[Step] = ()) -> Path:
        # A fresh folder each: with a stale lock beside the file LibreOffice opens nothing and says nothing.
        room = self.folder / str(next(self._numbers))
        room.mkdir(parents=True)
        source = Path(shutil.copy(path, room / f"in{path.suffix}"))
        target = room / f"{path.stem}{suffix}"
        self._ask({"source": str(source), "target": str(target), "steps": [list(step) for step in steps]})
        return target

    def _ask(self, request: dict[str, object]) -> None:
        assert self._worker.stdin
        self._worker.stdin.write(json.dumps(request).encode() + b"\n")
        self._worker.stdin.flush()
        error = json.loads(self._line())["error"]
        if error:
            raise OfficeError(f"{request['source']}: {error}")

    def _line(self) -> bytes:
        assert self._worker.stdout
        ready, _, _ = select.select([self._worker.stdout], [], [], SECONDS)
        line: bytes = self._worker.stdout.readline() if ready else b""
        if not line:
            raise OfficeError(f"no answer in {SECONDS} seconds")
        return line
