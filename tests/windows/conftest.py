"""The workbooks that the release check is about, built once."""

from __future__ import annotations

from pathlib import Path

import pytest

from xl_selfeval.editions.books import build_all
from xl_selfeval.rulebook import find_rulebook


@pytest.fixture(scope="session")
def workbooks(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Everything that `xl-selfeval build` makes."""
    folder = tmp_path_factory.mktemp("workbooks")
    for name, content in build_all(find_rulebook("mof-2020")).items():
        (folder / name).write_bytes(content)
    return folder
