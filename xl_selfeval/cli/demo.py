"""`xl-selfeval demo`: the whole job on the shipped sample, from filled workbook to report."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from xl_selfeval.assessment import assess
from xl_selfeval.checks import counted
from xl_selfeval.cli import show
from xl_selfeval.files import write_new
from xl_selfeval.report import PdfUnavailable, render_report, to_pdf
from xl_selfeval.rulebook import find_rulebook
from xl_selfeval.submission_file import SAMPLES, load_submission
from xl_selfeval.workbook.template import build_workbook

SAMPLE = SAMPLES / "luquan-2023.yaml"
NOTE = "样例取自一份公开的自评报告（人名已替换）；报告没有写明的数字是示例值，表中以紫色斜体、报告中以“示例”标出。"


def run_demo(folder: Path, now: datetime) -> None:
    """Write workbook, findings, scores and report into `folder` and say where. Raises WriteError."""
    show.say(NOTE)
    submission = load_submission(SAMPLE)
    rulebook = find_rulebook(submission.rulebook)
    workbook = folder / "1 自评表（已填）.xlsx"
    _put(workbook, build_workbook(rulebook, submission), now, "填好的工作簿")
    result = assess(workbook)  # from here on everything comes from the cells of the workbook
    checked = folder / "2 自评表（附检查结果）.xlsx"
    _put(checked, build_workbook(rulebook, result.submission, result.findings), now, "附检查结果的工作簿")
    lines = [counted(result.findings), *show.finding_lines(result)]
    _put(folder / "3 检查结果.txt", _text(lines), now, "检查结果")
    _put(folder / "4 得分.txt", _text([show.headline(result), *show.score_lines(result)]), now, "得分")
    word = render_report(result.submission, result.card)
    report = folder / "5 自评报告.docx"
    _put(report, word, now, "Word 报告")
    try:
        _put(report.with_suffix(".pdf"), to_pdf(word), now, "PDF 报告")
    except PdfUnavailable as missing:
        show.say(f"没有生成 PDF：{missing}")
    show.say(show.headline(result))
    show.say(counted(result.findings) + "（样例原文的错误照原样保留，供练习改正）")


def _put(target: Path, content: bytes, now: datetime, what: str) -> None:
    write_new(target, content, now)
    show.say(f"{what}：{target}")


def _text(lines: list[str]) -> bytes:
    return ("\r\n".join(lines) + "\r\n").encode("utf-8-sig")  # opens rightly in Windows Notepad
