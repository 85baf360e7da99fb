"""The buttons: one public function each, taking the open book and giving the sentence that the person is told.

What may go wrong raises an error whose message is Chinese; the book is then as it was before.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import datetime
from pathlib import Path

import xlwings as xw

from xl_selfeval.addin import marks, normalise, rows
from xl_selfeval.addin.diagnosis import diagnosis
from xl_selfeval.addin.livebook import live_cells, read_live
from xl_selfeval.addin.person import CancelledError, ask, folder_of, progress
from xl_selfeval.assessment import Assessment, judge, output_name
from xl_selfeval.checks import Family, counted
from xl_selfeval.files import WriteError, write_new
from xl_selfeval.quantities import plain
from xl_selfeval.workbook.reader import read_submission
from xl_selfeval.workbook.summary import shown_total

Command = Callable[[xw.Book], str]
NAMED = 5  # cells that a refusal names one by one


def check(book: xw.Book) -> str:
    """检查: judge all entries, list the findings on 检查结果, mark their cells."""
    with progress(book.app, "绩效自评：正在检查……"):
        cells = live_cells(book)
        result = judge(read_submission(cells, book.name), Path(book.name))
        marks.mark(book, result)
    card, shown = result.card, shown_total(cells)
    points = f"总分{card.total}分，等级：{card.grade.name}。" if card.begun else "还没有能够计分的指标。"
    if shown is not None and shown != card.total:
        points += f"表中显示的是{plain(shown)}分：有的写法表内公式读不出，请按“规范数据”，或照提示改正，两者就一致。"
    where = (
        "已在“检查结果”表列出，相应的单元格已标色，没有批注的还加了批注。改正后再按“检查”。" if result.findings else ""
    )
    return f"{counted(result.findings)}。{points}{where}"


def clear_marks(book: xw.Book) -> str:
    """清除标记: take away what 检查 put there, and nothing else."""
    with progress(book.app, "绩效自评：正在清除标记……"):
        cleared = marks.clear(book)
    return f"已清除{cleared}处标记，填写的内容没有改动。" if cleared else "没有需要清除的标记。"


def normalise_entries(book: xw.Book) -> str:
    """规范数据: show how pasted entries would be rewritten, and rewrite them when the person agrees."""
    with progress(book.app, "绩效自评：正在查找不规范的数据……"):
        changes = normalise.proposals(book)
        if not changes:
            return "没有需要规范的数据。"
        before = normalise.preview(book, changes)
    if not ask(book.app, normalise.question(changes)):
        normalise.withdraw(book, before)
        raise CancelledError("没有改动任何单元格")
    with progress(book.app, "绩效自评：正在规范数据……"):
        try:
            done = normalise.write(book, changes)
        except BaseException:
            with suppress(Exception):
                normalise.withdraw(book, before)
            raise
    return f"已规范{done}处数据，改前改后列在“{normalise.RECORD_TITLE}”表。请再按“检查”。"


def add_rows(book: xw.Book) -> str:
    """增加行: more empty rows, with formulas and drop-downs, in the table where the selected cell is."""
    with progress(book.app, "绩效自评：正在增加行……"):
        return rows.add_rows(book)


def export_report(book: xw.Book) -> str:
    """导出报告: the Word report beside the book."""
    result, word = _report(book)
    return _written(_target(book, result, "自评报告", ".docx"), word, "Word 报告") + _reminder(result)


def export_pdf(book: xw.Book) -> str:
    """导出 PDF: the Word report and its PDF beside the book. Raises WriteError where no program makes a PDF."""
    from xl_selfeval.report import PdfUnavailable, to_pdf

    result, word = _report(book)
    target = _target(book, result, "自评报告", ".docx")
    told = _written(target, word, "Word 报告")
    try:
        with progress(book.app, "绩效自评：正在生成 PDF……"):
            pdf = to_pdf(word)
    except PdfUnavailable as missing:
        raise WriteError(f"{told}没有生成 PDF：{missing}") from missing
    return told + _written(target.with_suffix(".pdf"), pdf, "PDF") + _reminder(result)


def export_table(book: xw.Book) -> str:
    """导出自评表: the official table of one page as a workbook beside the book."""
    from xl_selfeval.workbook.official import official_table

    with progress(book.app, "绩效自评：正在导出自评表……"):
        result = _judged(book)
        content = official_table(result.submission, result.card)
    return _written(_target(book, result, "自评得分表", ".xlsx"), content, "自评表") + _reminder(result)


def hand_in(book: xw.Book) -> str:
    """生成上报文件: the book's entries as a workbook without macros, which travels by mail.

    Raises UnreadEntriesError where a cell could not be taken, since the new file would lack it.
    """
    from xl_selfeval.workbook.template import build_workbook

    with progress(book.app, "绩效自评：正在生成上报文件……"):
        result = _judged(book)
        _refuse_loss(result, "上报文件")
        content = build_workbook(result.rulebook, result.submission)
    target = _target(book, result, "自评表（上报）", ".xlsx")
    if target.name == book.name:
        raise CancelledError(f"正打开的“{book.name}”就是上报文件，保存后直接报送即可，没有另外生成")
    return _written(target, content, "上报文件") + _reminder(result)


def next_year(book: xw.Book) -> str:
    """结转下一年度: a new workbook for the next year with what stays, and this year's figures as last year's."""
    from xl_selfeval.next_year import ADVICE
    from xl_selfeval.next_year import next_year as carried
    from xl_selfeval.workbook.template import build_workbook

    with progress(book.app, "绩效自评：正在结转下一年度……"):
        result = _judged(book)
        _refuse_loss(result, "下一年度的工作簿")
        submission = carried(result.submission)
        content = build_workbook(result.rulebook, submission)
    folder = folder_of(book, "请选择下一年度工作簿放在哪个文件夹")
    target = folder / (output_name(submission, "自评表", Path(book.name)) + ".xlsx")
    return _written(target, content, "下一年度的工作簿") + f"{ADVICE}。"


def diagnose(book: xw.Book) -> str:
    """诊断: what this machine and this book have, for whoever helps."""
    return diagnosis(book)


COMMANDS: Mapping[str, Command] = {
    "check": check,
    "clear_marks": clear_marks,
    "normalise": normalise_entries,
    "add_rows": add_rows,
    "export_report": export_report,
    "export_pdf": export_pdf,
    "export_table": export_table,
    "hand_in": hand_in,
    "next_year": next_year,
    "diagnose": diagnose,
}
"""Every command by the name under which the ribbon and the macros call it."""


class UnreadEntriesError(ValueError):
    """Some cells hold what could not be taken; the message names the first, in Chinese."""


def _refuse_loss(result: Assessment, what: str) -> None:
    unread = [f for f in result.errors if f.code.startswith(Family.CELLS.value)]
    if unread:
        spots = [(result.spot(found), found.message) for found in unread[:NAMED]]
        named = "；".join(f"“{spot.sheet}”{spot.a1} {said}" if spot else said for spot, said in spots)
        rest = "等" if len(unread) > NAMED else ""
        raise UnreadEntriesError(
            f"有{len(unread)}处填写的内容读不出或对不上，{what}会与本表不同，没有生成：{named}{rest}。请改正后再生成"
        )


def _judged(book: xw.Book) -> Assessment:
    return judge(read_live(book), Path(book.name))


def _report(book: xw.Book) -> tuple[Assessment, bytes]:
    from xl_selfeval.report import render_report

    with progress(book.app, "绩效自评：正在导出报告……"):
        result = _judged(book)
        return result, render_report(result.submission, result.card)


def _target(book: xw.Book, result: Assessment, what: str, suffix: str) -> Path:
    folder = folder_of(book, "请选择导出的文件放在哪个文件夹")
    return folder / (output_name(result.submission, what, Path(book.name)) + suffix)


def _written(target: Path, content: bytes, what: str) -> str:
    kept = write_new(target, content, datetime.now())
    return f"{what}已写到“{target}”。" + (f"原有的同名文件改名为“{kept.name}”。" if kept else "")


def _reminder(result: Assessment) -> str:
    return f"注意：还有{len(result.errors)}项错误，请按“检查”查看，改正后重新导出。" if result.errors else ""
