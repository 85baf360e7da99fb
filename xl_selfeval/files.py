"""Writing files so that nothing is lost: whole or not at all, and never over a person's file.

File names made from unit names are safe on Windows (reserved characters and names, trailing dots, length).
"""

from __future__ import annotations

import os
import re
import tempfile
from contextlib import suppress
from datetime import datetime
from pathlib import Path

FORBIDDEN = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f]')
RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
LONGEST = 60  # characters; three bytes each in UTF-8 still fit the 255 bytes of Linux file systems


class WriteError(OSError):
    """A file that could not be written; the message is a Chinese sentence with the next step."""


def safe_name(text: str) -> str:
    """`text` (a unit's name) as a file name without extension; never empty."""
    name = FORBIDDEN.sub("_", text).strip(" .")[:LONGEST].strip(" .")
    return f"_{name}" if not name or RESERVED.fullmatch(name) else name


def write_new(target: Path, content: bytes, now: datetime) -> Path | None:
    """Write `content` to `target`, whole or not at all; an older file there is kept under a dated name.

    Returns the place of the kept file, or None when there was none. Raises WriteError when the folder cannot be
    made or written or the target is open elsewhere; whatever stood there then stands unchanged.
    """
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        temporary = _write_beside(target, content)
    except OSError as error:
        raise WriteError(f"写不进文件夹“{target.parent}”（{_why(error)}）：请换一个可写的位置再试") from error
    kept: Path | None = None
    try:
        kept = _keep(target, now)
        temporary.replace(target)
    except OSError as error:
        with suppress(OSError):
            if kept and not target.exists():
                kept.rename(target)
        with suppress(OSError):
            temporary.unlink()
        raise WriteError(f"写不了“{target}”（{_why(error)}）：若该文件正打开着，请先关闭再试") from error
    return kept


def _write_beside(target: Path, content: bytes) -> Path:
    handle, name = tempfile.mkstemp(prefix=".xl-selfeval-", dir=target.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        temporary.chmod(0o644)
    except BaseException:  # a Ctrl-C must not leave the half-written file either
        temporary.unlink(missing_ok=True)
        raise
    return temporary


def _keep(target: Path, now: datetime) -> Path | None:
    """Give an existing file a dated name that is free, e.g. 报告（旧 2024-04-10 093000）.docx."""
    if not target.exists():
        return None
    if target.is_dir():
        raise IsADirectoryError("同名文件夹")
    stem = f"{target.stem}（旧 {now:%Y-%m-%d %H%M%S}）"
    names = [stem, *(f"{stem}{n}" for n in range(2, 1000))]
    kept = next(p for p in (target.with_name(name + target.suffix) for name in names) if not p.exists())
    return target.rename(kept)


def _why(error: OSError) -> str:
    reasons: dict[type[OSError], str] = {
        PermissionError: "没有权限或文件被占用",
        FileExistsError: "路径中有一段是文件，不是文件夹",
        NotADirectoryError: "路径中有一段是文件，不是文件夹",
        IsADirectoryError: "同名文件夹已存在",
    }
    return next((text for kind, text in reasons.items() if isinstance(error, kind)), error.strerror or str(error))
