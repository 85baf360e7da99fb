"""Tests that need LibreOffice are never left out in silence."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.libreoffice.office import Office, OfficeError, missing

ROOT = Path(__file__).parents[2]
ONE = "tests/libreoffice/test_hints.py::test_an_empty_row_asks_for_nothing"


WITHOUT = """
import sys, pytest
from xl_selfeval.report import pdf
pdf.find_office = lambda: None
raise SystemExit(pytest.main(["-p", "no:cacheprovider", sys.argv[1]]))
"""


def run_without_office(required: str) -> subprocess.CompletedProcess[str]:
    """One office test in a session that finds no soffice."""
    env = {**os.environ, "XL_SELFEVAL_REQUIRE_OFFICE": required, "COLUMNS": "100"}
    command = [sys.executable, "-c", WITHOUT, ONE]
    return subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False, timeout=120)


def test_without_libreoffice_the_end_of_the_run_says_what_was_not_run() -> None:
    done = run_without_office("")
    assert done.returncode == 0
    assert "注意：有 1 项测试没有运行" in done.stdout
    assert "没有安装 LibreOffice（找不到 soffice）" in done.stdout
    assert "apt-get install libreoffice-calc python3-uno" in done.stdout
    assert f"未运行 {ONE}" in done.stdout


def test_where_it_is_required_its_absence_fails() -> None:
    done = run_without_office("1")
    assert done.returncode == 1
    assert "没有安装 LibreOffice（找不到 soffice）" in done.stdout
    assert f"ERROR {ONE}" in done.stdout


@pytest.mark.office
def test_what_libreoffice_cannot_do_is_an_error_and_not_a_missing_file(office: Office, tmp_path: Path) -> None:
    assert missing() == ""
    (tmp_path / "自评表.xlsx").write_bytes(b"no workbook")
    with pytest.raises(OfficeError):
        office.edit(tmp_path / "自评表.xlsx", ("no_such_step",))


@pytest.mark.office
def test_the_office_is_ended_with_its_session(tmp_path: Path) -> None:
    started = Office(tmp_path)
    groups = list(started._groups)
    started.close()
    for group in groups:
        with pytest.raises(ProcessLookupError):
            os.killpg(group, 0)
