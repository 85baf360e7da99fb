"""Where a verb writes, and what it says of it."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import typer

from xl_selfeval.cli import show
from xl_selfeval.files import write_new


def target_of(output: Path | None, suffix: str) -> Path | None:
    """Where to write; a name of another kind is refused, so that no Word file is called .pdf."""
    if output is None or output.suffix.lower() == suffix:
        return output
    hint = "；要 PDF 请加 --pdf" if suffix == ".docx" else ""
    raise typer.BadParameter(f"“{output.name}”应以 {suffix} 结尾{hint}", param_hint="-o")


def write(target: Path, content: bytes, what: str, *, quiet: bool = False) -> None:
    """Write `content`, called `what`, to `target` and say so; raises WriteError.

    `quiet` says it on stderr, for with --json nothing but JSON goes to stdout.
    """
    kept = write_new(target, content, datetime.now())
    tell = show.complain if quiet else show.say
    tell(f"{what}：{target}")
    if kept:
        tell(f"原有的同名文件已改名保留：{kept}")
