"""Where a verb writes, and what it says of it."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import typer

from xl_selfeval.assessment import Assessment
from xl_selfeval.checks import Severity, counted
from xl_selfeval.cli import show
from xl_selfeval.files import write_new
from xl_selfeval.workbook.reader import Reading


def target_of(output: Path | None, suffix: str) -> Path | None:
    """Where to write; a name of another kind is refused, so that no Word file is called .pdf."""
    if output is None or output.suffix.lower() == suffix:
        return output
    hint = "；要 PDF 请加 --pdf" if suffix == ".docx" else ""
    raise typer.BadParameter(f"“{output.name}”应以 {suffix} 结尾{hint}", param_hint="-o")


def remind(result: Assessment) -> int:
    """After something was exported: say what errors are left in the form. Returns the exit code."""
    if result.errors:
        show.say(f"注意：{counted(result.findings)}，请用 xl-selfeval check 查看并改正后重新导出")
    return 1 if result.errors else 0


def tell_unread(reading: Reading) -> int:
    """After a form was written anew: say what its reader found. Returns the exit code."""
    for found in reading.findings:
        show.complain(f"{found.severity.label}：{found.message}。{found.remedy}")
    return 1 if any(found.severity is Severity.ERROR for found in reading.findings) else 0


def write(target: Path, content: bytes, what: str, *, quiet: bool = False) -> None:
    """Write `content`, called `what`, to `target` and say so; raises WriteError.

    `quiet` says it on stderr, for with --json nothing but JSON goes to stdout.
    """
    kept = write_new(target, content, datetime.now())
    tell = show.complain if quiet else show.say
    tell(f"{what}：{target}")
    if kept:
        tell(f"原有的同名文件已改名保留：{kept}")
