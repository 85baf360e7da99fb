"""PDF without LibreOffice, with one that fails or hangs, and with the real one."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

import pytest

from tests.report.reading import rendered
from xl_selfeval.model import Submission
from xl_selfeval.report import PdfUnavailable, pdf, to_pdf

DOCX = rendered(Submission())


def stand_in(folder: Path, body: str) -> str:
    """A program in the place of soffice."""
    program = folder / "soffice"
    program.write_text(f"#!{sys.executable}\n{body}", encoding="utf-8")
    program.chmod(0o755)
    return str(program)


def test_without_libreoffice_one_sentence_says_what_to_do(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(pdf, "_USUAL", (str(tmp_path / "none"),))
    with pytest.raises(PdfUnavailable, match="没有找到 LibreOffice"):
        to_pdf(DOCX)


def test_it_is_found_on_the_path_and_in_usual_places(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    program = stand_in(tmp_path, "")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert pdf.find_office() == program
    monkeypatch.setenv("PATH", "/nowhere")
    monkeypatch.setattr(pdf, "_USUAL", ("/nowhere/soffice", program))
    assert pdf.find_office() == program


def test_a_program_that_makes_nothing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(pdf, "find_office", lambda: stand_in(tmp_path, "raise SystemExit(1)"))
    with pytest.raises(PdfUnavailable, match="没有生成 PDF"):
        to_pdf(DOCX)


def test_a_program_that_cannot_start(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(pdf, "find_office", lambda: str(tmp_path))
    with pytest.raises(PdfUnavailable, match="启动不了"):
        to_pdf(DOCX)


def test_a_program_that_hangs_is_ended_with_its_children(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    noted = tmp_path / "child"
    body = (
        "import subprocess, sys, time\n"
        "child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)'])\n"
        f"open({str(noted)!r}, 'w').write(str(child.pid))\n"
        "time.sleep(60)\n"
    )
    monkeypatch.setattr(pdf, "find_office", lambda: stand_in(tmp_path, body))
    monkeypatch.setattr(pdf, "TIMEOUT", 2)
    with pytest.raises(PdfUnavailable, match="超过2秒"):
        to_pdf(DOCX)
    child = int(noted.read_text(encoding="utf-8"))
    assert ended(child), "the child of the ended program still runs"


def ended(process: int) -> bool:
    """True once `process` is gone or only waits to be reaped."""
    for _ in range(50):
        try:
            os.kill(process, 0)
            state = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0]
        except (ProcessLookupError, FileNotFoundError):
            return True
        if state == "Z":
            return True
        time.sleep(0.1)
    return False


def test_what_is_no_docx_is_refused() -> None:
    with pytest.raises(PdfUnavailable, match=r"不是 \.docx"):
        to_pdf(b"plain text")


@pytest.mark.office
def test_the_real_program_makes_a_pdf_and_leaves_no_trace(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)
    assert to_pdf(DOCX).startswith(b"%PDF-")
    assert list(tmp_path.glob("xl-selfeval-*")) == []
