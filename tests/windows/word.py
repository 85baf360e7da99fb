"""Checks with the real Word: the lines of the report are those of an official document, and the PDF is made."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests.windows.outcome import Untested, expect
from xl_selfeval.report import render_report
from xl_selfeval.report.word_pdf import has_word, word_pdf
from xl_selfeval.rulebook import find_rulebook
from xl_selfeval.scoring import score
from xl_selfeval.submission_file import SAMPLES, load_submission

PER_LINE = 28  # characters in a line of an official document, GB/T 9704
LINE, IN_TABLE = 10, 12  # wdFirstCharacterLineNumber, wdWithInTable
LONG_ENOUGH = 90  # characters of a paragraph that has full lines in its middle
NARROW = set("，。、；：？！“”‘’（）《》〔〕—…0123456789.%-()/ ")


def report() -> bytes:
    """The report of the sample that also lies in `workbooks/`."""
    submission = load_submission(SAMPLES / "luquan-2023.yaml")
    return render_report(submission, score(submission, find_rulebook(submission.rulebook)))


def full_lines(text: str, lines: Sequence[int]) -> list[int]:
    """How many characters each full line of plain Chinese in a paragraph has; `lines` is the line of each character.

    Left out are the first line (it is indented), the last, and lines with signs or digits, which are narrower or hang.
    """
    by_line: dict[int, str] = {}
    for letter, line in zip(text, lines, strict=False):
        by_line[line] = by_line.get(line, "") + letter
    inner = list(by_line.values())[1:-1]
    return [len(words) for words in inner if not NARROW & set(words)]


def lines_hold_28_characters(_: object) -> str:
    """The full lines of the report, as Word breaks them."""
    counts: Counter[int] = Counter()
    for text, lines in _paragraphs(report()):
        counts.update(full_lines(text, lines))
    expect(bool(counts), "报告中没有整行的纯汉字，看不出每行字数")
    usual = counts.most_common(1)[0][0]
    expect(usual == PER_LINE, f"多数整行有{usual}个字，应为{PER_LINE}个：{dict(counts)}")
    return f"每行{usual}个字（各行字数：{dict(counts)}）"


def word_makes_the_pdf(_: object) -> str:
    """The way by which 导出PDF goes on this machine."""
    if not has_word():
        raise Untested("没有 Word")
    made = word_pdf(report())
    expect(made.startswith(b"%PDF-"), "Word 写出的不是 PDF")
    return f"{len(made) // 1024} KB"


def _paragraphs(docx: bytes) -> list[tuple[str, list[int]]]:
    """Each long paragraph of the body, with the line of each of its characters."""
    if not has_word():
        raise Untested("没有 Word")
    import win32com.client

    word = win32com.client.DispatchEx("Word.Application")
    try:
        word.DisplayAlerts = 0
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
            file = Path(folder) / "report.docx"
            file.write_bytes(docx)
            document = word.Documents.Open(str(file), False, True, False)
            try:
                return list(_long_paragraphs(document))
            finally:
                document.Close(0)
    finally:
        word.Quit(0)


def _long_paragraphs(document: Any) -> list[tuple[str, list[int]]]:
    found = []
    for paragraph in document.Paragraphs:
        area = paragraph.Range
        if len(area.Text) >= LONG_ENOUGH and not area.Information(IN_TABLE):
            lines = [document.Range(place, place).Information(LINE) for place in range(area.Start, area.End - 1)]
            found.append((area.Text[:-1], lines))
        if len(found) == 5:
            break
    return found
