"""诊断: what a helper on the phone asks for, line by line; each line says 正常 or what to do.

Nothing here may fail on a strange book or machine: what cannot be found out is said to be unknown.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path

import xlwings as xw

from xl_selfeval import __version__
from xl_selfeval.addin.livebook import read_live
from xl_selfeval.addin.machine import UNKNOWN, Line, buttons_of, excel_line, log_line, pdf_line, python_line
from xl_selfeval.addin.person import LONGEST
from xl_selfeval.assessment import choose_rulebook
from xl_selfeval.workbook.names import TEMPLATE_NAME
from xl_selfeval.workbook.reader import Reading
from xl_selfeval.workbook.sheets import (
    FINDINGS_TITLE,
    GUIDE_TITLE,
    LISTS_TITLE,
    META_TITLE,
    RECORD_TITLE,
    RULES_TITLE,
    SHEETS,
    TEMPLATE_VERSION,
)

FILE = "xl-selfeval-诊断.txt"
MANY = 4  # titles in one line
MAIL_FOLDERS = ("inetcache", "content.outlook", "temporary internet files")  # from which Windows deletes at will
OTHER_TITLES = (GUIDE_TITLE, FINDINGS_TITLE, RECORD_TITLE, RULES_TITLE, LISTS_TITLE, META_TITLE)


def diagnosis(book: xw.Book, now: datetime | None = None) -> str:
    """What this machine, this Excel and `book` have, as short Chinese lines for a message box. Never raises.

    `now` tells recent failures in the log from old ones (local time; the clock's unless given). The same lines, uncut,
    are written to a text file beside the log; the last line tells its place.
    """
    lines = list(_lines(book, now or datetime.now()))
    wrong = sum(bool(line.advice) for line in lines)
    headline = f"诊断：有{wrong}处需要处理（▲）" if wrong else "诊断：全部正常"
    whole = [headline, *map(str, lines)]
    last = _written("\n".join(whole) + "\n")
    return "\n".join([*_fitted(whole, LONGEST - len(last) - len(whole)), last])


def _lines(book: xw.Book, now: datetime) -> Iterator[Line]:
    reading = _reading(book)
    matters: tuple[tuple[str, Callable[[], Line]], ...] = (
        ("程序", lambda: Line("程序", f"xl_selfeval {__version__}，xlwings {xw.__version__}")),
        ("Python", lambda: python_line(book)),
        ("Excel", lambda: excel_line(book)),
        ("工作簿", lambda: _place(book)),
        ("种类", lambda: _edition(book)),
        ("读写", lambda: _writing(book)),
        ("模板", lambda: _template(book, reading)),
        ("评分办法", lambda: _rulebook(book, reading)),
        ("工作表", lambda: _sheets(book, reading)),
        ("保护", lambda: _protection(book)),
        ("PDF", pdf_line),
        ("出错记录", lambda: log_line(now)),
    )
    for label, look in matters:
        try:
            yield look()
        except Exception as error:
            yield Line(label, f"{UNKNOWN}（{_first_line(error)}）", "请把本诊断发给维护人员")


def _reading(book: xw.Book) -> Reading | Exception:
    try:
        return read_live(book)
    except Exception as error:
        return error


def _place(book: xw.Book) -> Line:
    name = f"“{book.name}”"
    try:
        full = book.fullname
    except xw.XlwingsError:  # an address on the web that leads to no folder of this machine
        full = "https://"
    place = Path(full)
    if "://" in full:
        return Line("工作簿", f"{name}在云端", "导出时请选本机的文件夹")
    if not place.is_absolute():
        return Line("工作簿", f"{name}从未保存", "请先保存到自己的文件夹")
    if any(folder in full.lower() for folder in MAIL_FOLDERS):
        return Line("工作簿", f"{name}在邮件的临时文件夹", "请另存到自己的文件夹，否则填的内容会丢失")
    return Line("工作簿", f"{name}在“{place.parent}”")


def _edition(book: xw.Book) -> Line:
    suffix = Path(book.name).suffix.lower()
    kinds = {".xlsm": "带宏的工作簿", ".xlsx": "不带宏的工作簿"}
    kind = f"{kinds.get(suffix, '其他种类')}（{suffix or '无后缀'}）"
    buttons, advice = buttons_of(book)
    if suffix and suffix not in kinds:
        advice = "；".join(filter(None, ("请另存为 .xlsx 或 .xlsm", advice)))
    return Line("种类", kind + buttons, advice)


def _writing(book: xw.Book) -> Line:
    read_only = _answer(lambda: book.api.ReadOnly)
    if read_only is None:  # only Excel has the question
        place = Path(book.fullname)
        read_only = not os.access(place, os.W_OK) if place.is_file() else None
    if read_only:
        return Line("读写", "只读", "改动存不下来，请用“另存为”存成新文件")
    return Line("读写", f"{UNKNOWN}（没有存盘）" if read_only is None else "可写")


def _template(book: xw.Book, reading: Reading | Exception) -> Line:
    if isinstance(reading, Exception):
        ours = type(reading).__module__.startswith("xl_selfeval.")
        return Line("模板", "读不出", str(reading) if ours else f"请把本诊断发给维护人员（{_first_line(reading)}）")
    with suppress(Exception):
        version = book.names[TEMPLATE_NAME].refers_to_range.value
        version = str(int(version)) if isinstance(version, float) else str(version or "").strip()
        old = f"现行版本是{TEMPLATE_VERSION}，请用 xl-selfeval fill 换到新模板"
        return Line("模板", f"版本{version or '未注明'}", "" if version == TEMPLATE_VERSION else old)
    return Line("模板", "版本未注明", "能读，但“模板信息”表已损坏，请用 xl-selfeval fill 换到新模板")


def _rulebook(book: xw.Book, reading: Reading | Exception) -> Line:
    if isinstance(reading, Exception):
        return Line("评分办法", UNKNOWN, "先解决“模板”一行")
    try:
        rulebook = choose_rulebook(None, reading, Path(book.name))
    except Exception as error:
        return Line("评分办法", reading.rulebook_id or "未注明", str(error))
    return Line("评分办法", f"{rulebook.name}（{rulebook.id}）")


def _sheets(book: xw.Book, reading: Reading | Exception) -> Line:
    """Sheets of ours that are gone, and those that bear another name now, which still read."""
    titles = [sheet.name for sheet in book.sheets]
    where = {} if isinstance(reading, Exception) else _now(reading)
    renamed = [f"“{old}”改名“{new}”" for old, new in where.items() if old != new]
    lost = [title for title in (*(s.title for s in SHEETS), *OTHER_TITLES) if where.get(title, title) not in titles]
    seen = f"共{len(titles)}张" + (f"（{'、'.join(renamed)}，可照常使用）" if renamed else "")
    if lost:
        return Line("工作表", f"{seen}，缺{named(lost)}", "请勿删除或改名；从原模板重新填写，或找回删除前的文件")
    return Line("工作表", seen)


def _now(reading: Reading) -> dict[str, str]:
    """Each form sheet's title as we know it and as it is now, for those whose cells were found."""
    found: dict[str, str] = {}
    for sheet in SHEETS:
        for block in sheet.blocks:
            paths = [field.path for field in getattr(block, "fields", ())] or [getattr(block, "path", ())]
            for path in paths:
                if path in reading.places:
                    found.setdefault(sheet.title, reading.places[path].sheet)
    return found


def _protection(book: xw.Book) -> Line:
    ours = {*(sheet.title for sheet in SHEETS), *OTHER_TITLES}
    answers = {sheet.name: _protected(sheet) for sheet in book.sheets if sheet.name in ours}
    bare = [title for title, protected in answers.items() if protected is False]
    if bare:
        return Line("保护", f"{named(bare)}没有保护", "公式可能被改动；请点“审阅”→“保护工作表”，密码留空")
    if locked := locked_sheets(book):
        advice = "按钮写不进去；请点“审阅”→“撤销工作表保护”，再点“保护工作表”，密码留空"
        return Line("保护", f"{named(locked)}设了保护密码", advice)
    return Line("保护", UNKNOWN if None in answers.values() else f"填报的{len(answers)}张表都有保护（没有密码）")


def locked_sheets(book: xw.Book) -> list[str]:
    """The titles of sheets that refuse programs: our macros prepare those without a password before each command."""

    def locked(sheet: xw.Sheet) -> bool:
        return _protected(sheet) is True and _answer(lambda: sheet.api.ProtectionMode) is False

    with suppress(Exception):  # a workbook that was closed meanwhile has none
        return [sheet.name for sheet in book.sheets if locked(sheet)]
    return []


def _protected(sheet: xw.Sheet) -> bool | None:
    return _answer(lambda: sheet.api.ProtectContents)


def _answer(ask: Callable[[], object]) -> bool | None:
    """Excel's answer to a question that only Excel knows; None where another program is asked, or it will not say."""
    with suppress(Exception):
        said = ask()
        return bool(said) if isinstance(said, bool | int) else None
    return None


def _written(text: str) -> str:
    """Write `text` beside the log; gives the sentence that tells where, or that it could not be written."""
    from xl_selfeval.addin.pressing import log_file

    place = log_file().with_name(FILE)
    try:
        place.write_text(text, encoding="utf-8-sig")  # Windows' old Notepad takes it for UTF-8 only so
    except OSError:
        return "以上内容没能写成文件，请截图发给维护人员"
    return f"全文已写到“{place}”，可发给维护人员"


def _fitted(lines: Sequence[str], room: int) -> list[str]:
    """The lines in `room` characters; where they are too long, the longest lose their middle."""
    width = max(map(len, lines))
    while sum(min(len(line), width) for line in lines) > room and width > 3:
        width -= 1
    return [
        line if len(line) <= width else f"{line[: width // 2]}…{line[len(line) - (width - 1) // 2 :]}" for line in lines
    ]


def named(titles: Sequence[str]) -> str:
    """The first titles in quotation marks, and how many they are in all where there are more."""
    more = f"等{len(titles)}张" if len(titles) > MANY else ""
    return "、".join(f"“{title}”" for title in titles[:MANY]) + more


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0][:60] or type(error).__name__
