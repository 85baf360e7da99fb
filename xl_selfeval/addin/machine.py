"""The part of 诊断 that is about the machine: Python, Excel, where the buttons come from, PDF, the log."""

from __future__ import annotations

import os
import platform
import re
import struct
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path, PureWindowsPath

import xlwings as xw

FINE, UNKNOWN = "正常", "查不出"
OLDEST_EXCEL = 14  # Excel 2010, the first with all functions of the template
BITS = re.compile(r"\((32|64)-bit\)")  # in Application.OperatingSystem, which tells Excel's and not Windows'
RECENT = timedelta(days=7)  # an older failure is hardly what somebody calls about
DATED = re.compile(r"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$", re.MULTILINE)  # the first line of each entry of the log
STAMP = "%Y-%m-%d %H:%M:%S"


@dataclass(frozen=True)
class Line:
    """One matter: its name, what was seen, and what to do about it ("" where all is well)."""

    label: str
    seen: str
    advice: str = ""

    def __str__(self) -> str:
        verdict = self.advice or ("" if self.seen.startswith(UNKNOWN) else FINE)
        text = f"{'▲' if self.advice else ''}{self.label}：{self.seen}{verdict and '，' + verdict}"
        return " ".join(text.split())  # one line, whatever the words of an error


def python_line(book: xw.Book) -> Line:
    """The interpreter, and whether it has what the cell functions of this Excel need."""
    seen = f"{platform.python_version()}（{struct.calcsize('P') * 8}位，{sys.executable}）"
    missing = [name for name in _libraries(book) if not _is_there(name)] if sys.platform == "win32" else []
    if missing:
        advice = f"缺少 xlwings 的连接文件（{'、'.join(missing)}），单元格函数不能用，请重新安装"
        return Line("Python", seen, advice)
    return Line("Python", seen)


def _libraries(book: xw.Book) -> list[str]:
    """What xlwings' macros load for cell functions: by the bits of Excel, not of Python; both where it will not say."""
    bits = _bits(book)
    return [f"xlwings{each}-{xw.__version__}.dll" for each in ([bits] if bits else ["32", "64"])]


def _is_there(library: str) -> bool:
    """Beside the interpreter, or one folder up (from a virtual environment's)."""
    folder = Path(sys.executable).parent
    return any((place / library).is_file() for place in (folder, folder.parent))


def _bits(book: xw.Book) -> str:
    """32 or 64, "" where only another program than Excel could say."""
    with suppress(Exception):
        found = BITS.search(str(book.app.api.OperatingSystem))
        return found[1] if found else ""
    return ""


def excel_line(book: xw.Book) -> Line:
    """Excel's version and bits."""
    version, bits = str(book.app.version), _bits(book)
    seen = f"{version}（{bits}位）" if bits else version
    major = re.match(r"\d+", version)
    if major is None or int(major.group()) < OLDEST_EXCEL:
        return Line("Excel", seen, "版本太旧或不是 Excel，请用 Excel 2010 或更新的版本打开")
    return Line("Excel", seen)


def buttons_of(book: xw.Book) -> tuple[str, str]:
    """Where the pressed button is, in words, and what to do about that; "" where nobody pressed one."""
    seen = advice = ""
    with suppress(Exception):  # nobody has called (this is a test or a script), or the add-in is in a cloud
        caller = xw.Book.caller()
        seen = "，按钮在本工作簿" if caller.name == book.name else f"，按钮来自加载项“{caller.name}”"
        advice = _stray(caller)
    return seen, advice


def _stray(addin: xw.Book) -> str:
    """What to do about an add-in outside of Excel's own folders: Excel writes its path into every book saved."""
    folders = [*_addin_folders(addin.app)]
    place = PureWindowsPath(addin.fullname)  # which knows no difference between A and a
    if place.suffix.lower() != ".xlam" or not folders or any(place.is_relative_to(folder) for folder in folders):
        return ""
    return (
        f"加载项不在 Excel 的加载项文件夹中，保存自评表时会把它的路径作为外部链接写进去；"
        f"请把“{addin.name}”复制到“{folders[0]}”，从那里加载"
    )


def _addin_folders(app: xw.App) -> Iterator[str]:
    """The folders that add-ins are known from without their path; the person's own first. None but on Windows."""
    if data := os.environ.get("APPDATA"):
        yield str(PureWindowsPath(data, "Microsoft", "AddIns"))
        yield str(PureWindowsPath(data, "Microsoft", "Excel", "XLSTART"))
    for name in ("UserLibraryPath", "LibraryPath", "StartupPath", "AltStartupPath"):
        with suppress(Exception):
            if folder := getattr(app.api, name):
                yield str(folder)


def pdf_line() -> Line:
    """What would make a PDF."""
    from xl_selfeval.report.pdf import pdf_makers

    makers = pdf_makers()
    if not makers:
        return Line("PDF", "没有 Word 也没有 LibreOffice", "请安装其中一个，或用 WPS 打开报告后另存为 PDF")
    return Line("PDF", f"由 {makers[0]} 生成")


def log_line(now: datetime) -> Line:
    """The last failure in the log; only those of the days before `now` (local time) ask for something."""
    from xl_selfeval.addin.pressing import log_file  # which knows the commands, and so this module

    log = log_file()
    dates = DATED.findall(log.read_text(encoding="utf-8", errors="replace")) if log.is_file() else []
    if not dates:
        return Line("出错记录", "没有")
    since = f"{now - RECENT:{STAMP}}"
    recent = [date for date in dates if date >= since]
    if not recent:
        return Line("出错记录", f"最近{RECENT.days}天没有（上一次{dates[-1]}）")
    seen = f"最近{RECENT.days}天{len(recent)}次，最近一次{recent[-1]}"
    return Line("出错记录", seen, f"若与现在的问题有关，请把“{log}”发给维护人员")
