"""The command line `xl-selfeval`: one verb for each job, Chinese throughout, exit codes that scripts can use.

0 clean, 1 errors found in a form, 2 wrong usage, 3 a file could not be read or written.
"""

from __future__ import annotations

import sys
import tempfile
import traceback
from collections.abc import Sequence
from pathlib import Path

from xl_selfeval.cli import build as _build  # noqa: F401 - a verb of its own file
from xl_selfeval.cli import more_verbs as _more_verbs  # noqa: F401 - likewise
from xl_selfeval.cli.show import complain
from xl_selfeval.cli.verbs import app
from xl_selfeval.cli.words import usage_error
from xl_selfeval.rulebook import RulebookError

CLEAN, ERRORS_FOUND, USAGE, UNREADABLE = 0, 1, 2, 3
LOG = "xl-selfeval-error.log"


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and exit; never shows a traceback (it goes to a log file whose place is told)."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")  # a Windows console of another code page must not stop the work
    sys.exit(run(arguments))


def run(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    try:
        code = app(
            args=list(arguments) if arguments is not None else None, prog_name="xl-selfeval", standalone_mode=False
        )
    except (ValueError, OSError) as error:
        return _told(error)
    except KeyboardInterrupt:
        complain("已中断，没有写完的文件不会留下")
        return 130
    except Exception as error:
        return _unexpected(error)
    return code if isinstance(code, int) else CLEAN


def _told(error: Exception) -> int:
    """An error that already speaks Chinese; one that does not is unexpected."""
    if not type(error).__module__.startswith("xl_selfeval."):
        return _unexpected(error)
    complain(str(error))
    return USAGE if isinstance(error, RulebookError) else UNREADABLE


def _unexpected(error: Exception) -> int:
    if hasattr(error, "exit_code") and hasattr(error, "format_message"):
        complain(usage_error(error))
        return USAGE
    if type(error).__name__ in ("Abort", "Exit"):
        return int(getattr(error, "exit_code", USAGE))
    log = Path(tempfile.gettempdir()) / LOG
    log.write_text("".join(traceback.format_exception(error)), encoding="utf-8")
    complain(f"程序出错，没有完成（{type(error).__name__}）。详情已写入“{log}”，请把它发给维护人员")
    return UNREADABLE


__all__ = ["main", "run"]
