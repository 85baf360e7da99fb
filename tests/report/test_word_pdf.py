"""PDF through Word: what is asked of it, and that the Word that was started is ended whatever happens.

Word is not here: a stand-in notes every call. The real one is met by `tests/windows/release_check.py`.
"""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import pytest

from tests.report.reading import rendered
from xl_selfeval.model import Submission
from xl_selfeval.report import PdfUnavailable, pdf, to_pdf, word_pdf
from xl_selfeval.report.word_pdf import WordFailed

DOCX = rendered(Submission())


class StandIn:
    """Windows with a Word that does as it is told, or fails at the call named `failing`."""

    def __init__(self, failing: str = "", makes: bytes = b"%PDF-1.7", **state: Any) -> None:
        self.failing, self.makes, self.state = failing, makes, state
        self.calls: list[Any] = []
        self.opened = b""
        self.released = threading.Event()

    def note(self, *call: Any) -> None:
        self.calls.append(call)
        if call[0] == self.failing:
            raise RuntimeError("内存不足")

    def start(self) -> Any:
        self.note("start", threading.current_thread() is threading.main_thread())
        return Word(self, **self.state)

    def finish(self) -> None:
        self.note("finish")

    def end(self, caption: str) -> None:
        self.note("end", caption)
        self.released.set()

    def names(self) -> list[str]:
        return [call[0] for call in self.calls]


class Word:
    """The stand-in of Word.Application; a new one has no documents and is unseen."""

    com: StandIn
    Count, Visible = 0, False

    def __init__(self, com: StandIn, **state: Any) -> None:
        vars(self).update(com=com, **state)

    def __setattr__(self, name: str, value: Any) -> None:
        self.com.note(name, value)

    @property
    def Documents(self) -> Any:  # noqa: N802
        return self

    def Open(self, *given: Any) -> Any:  # noqa: N802
        self.com.opened = Path(given[0]).read_bytes()
        self.com.note("Open", *given[1:])
        return Document(self.com)

    def Quit(self, save: int) -> None:  # noqa: N802
        self.com.note("Quit", save)


class Document:
    def __init__(self, com: StandIn) -> None:
        self.com = com

    def ExportAsFixedFormat(self, path: str, kind: int) -> None:  # noqa: N802
        if self.com.failing == "hang":
            self.com.released.wait(10)
            raise RuntimeError("ended from outside")
        self.com.note("Export", kind)
        if self.com.makes:
            Path(path).write_bytes(self.com.makes)

    def Close(self, save: int) -> None:  # noqa: N802
        self.com.note("Close", save)


def test_a_word_of_our_own_opens_read_only_exports_and_is_ended_without_saving() -> None:
    com = StandIn()
    assert word_pdf.word_pdf(DOCX, com) == b"%PDF-1.7"
    assert com.opened == DOCX
    caption = next(call for call in com.calls if call[0] == "Caption")
    assert com.calls == [
        ("start", False),  # in a thread that can be given up
        ("Visible", False),
        ("DisplayAlerts", 0),
        ("AutomationSecurity", 3),
        caption,
        ("Open", False, True, False),
        ("Export", 17),
        ("Close", 0),
        ("Quit", 0),
        ("finish",),
    ]


@pytest.mark.parametrize("failing", ["DisplayAlerts", "Open", "Export", "Close"])
def test_word_is_quit_even_when_it_fails(failing: str) -> None:
    com = StandIn(failing)
    with pytest.raises(WordFailed, match="Word 没有生成 PDF（内存不足）"):
        word_pdf.word_pdf(DOCX, com)
    assert com.names()[-2:] == ["Quit", "finish"]


@pytest.mark.parametrize("state", [{"Count": 2, "Visible": True}, {"Count": 1}, {"Visible": True}])
def test_the_word_that_the_person_works_in_is_let_be(state: dict[str, Any]) -> None:
    com = StandIn(**state)
    with pytest.raises(WordFailed, match="正在使用的 Word 或 WPS，没有动用它"):
        word_pdf.word_pdf(DOCX, com)
    assert com.names() == ["start", "finish"]  # nothing set, nothing closed, nothing ended


def test_a_word_that_does_not_start() -> None:
    com = StandIn("start")
    with pytest.raises(WordFailed, match="内存不足"):
        word_pdf.word_pdf(DOCX, com)
    assert com.names() == ["start", "finish"]


def test_a_word_that_will_not_quit_is_ended_by_its_caption_and_its_pdf_kept() -> None:
    com = StandIn("Quit")
    assert word_pdf.word_pdf(DOCX, com) == b"%PDF-1.7"
    caption = next(call[1] for call in com.calls if call[0] == "Caption")
    assert ("end", caption) in com.calls


def test_a_word_that_waits_for_somebody_is_given_up_and_ended() -> None:
    com = StandIn("hang")
    with pytest.raises(WordFailed, match=r"Word 超过0\.2秒没有完成"):
        word_pdf.word_pdf(DOCX, com, timeout=0.2)
    assert "end" in com.names()


def test_each_conversion_has_a_caption_of_its_own() -> None:
    captions = set()
    for _ in range(3):
        com = StandIn()
        word_pdf.word_pdf(DOCX, com)
        captions |= {call[1] for call in com.calls if call[0] == "Caption"}
    assert len(captions) == 3


def test_a_word_that_makes_nothing() -> None:
    with pytest.raises(WordFailed, match="Word 没有生成 PDF"):
        word_pdf.word_pdf(DOCX, StandIn(makes=b""))


def test_the_words_of_windows_are_told() -> None:
    error = RuntimeError("(-2147352567, 'Exception occurred.', …)")
    error.excepinfo = (0, "Microsoft Word", "找不到文件。", None, 0, -1)  # type: ignore[attr-defined]
    assert word_pdf._reason(error) == "找不到文件。"


def failing_word(_: bytes) -> bytes:
    raise WordFailed("Word 没有生成 PDF（内存不足）")


def test_word_goes_first_and_libreoffice_serves_where_word_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "has_word", lambda: True)
    monkeypatch.setattr(pdf, "find_office", lambda: "soffice")
    monkeypatch.setattr(pdf, "_by_libreoffice", lambda office, parts: b"by LibreOffice")
    monkeypatch.setattr(pdf, "word_pdf", lambda docx: b"by Word")
    assert pdf.pdf_makers() == ["Word", "LibreOffice（soffice）"]
    assert to_pdf(DOCX) == b"by Word"
    monkeypatch.setattr(pdf, "word_pdf", failing_word)
    assert to_pdf(DOCX) == b"by LibreOffice"


def test_where_word_is_the_only_one_and_fails_the_other_way_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "has_word", lambda: True)
    monkeypatch.setattr(pdf, "find_office", lambda: None)
    monkeypatch.setattr(pdf, "word_pdf", failing_word)
    with pytest.raises(PdfUnavailable, match=r"内存不足.*LibreOffice.*另存为 PDF"):
        to_pdf(DOCX)


def test_where_there_is_neither_both_ways_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "has_word", lambda: False)
    monkeypatch.setattr(pdf, "find_office", lambda: None)
    assert pdf.pdf_makers() == []
    with pytest.raises(PdfUnavailable, match=r"LibreOffice 或 Word.*请安装"):
        to_pdf(DOCX)
