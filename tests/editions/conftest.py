"""The editions, built once for all tests of this folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.editions.excel import Excel
from xl_selfeval.editions.books import build_xlam, build_xlsm
from xl_selfeval.rulebook import find_rulebook
from xl_selfeval.workbook.template import build_workbook


@pytest.fixture(scope="session")
def xlsm(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The blank form with macros."""
    path = tmp_path_factory.mktemp("xlsm") / "自评表 2024.xlsm"
    path.write_bytes(build_xlsm(find_rulebook("mof-2020")))
    return path


@pytest.fixture(scope="session")
def xlam(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The add-in."""
    path = tmp_path_factory.mktemp("xlam") / "xl_selfeval.xlam"
    path.write_bytes(build_xlam())
    return path


@pytest.fixture(scope="session")
def xlsx(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The blank form without macros."""
    path = tmp_path_factory.mktemp("xlsx") / "自评表.xlsx"
    path.write_bytes(build_workbook(find_rulebook("mof-2020")))
    return path


@pytest.fixture
def excel(xlsm: Path, monkeypatch: pytest.MonkeyPatch) -> Excel:
    """Excel with the form with macros open, and Python there."""
    excel = Excel(xlsm, monkeypatch)
    excel.steer()
    return excel
