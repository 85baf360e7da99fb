"""A button of the form, pressed with the mouse in a LibreOffice that has windows."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from tests.libreoffice.engine.macrobook import STUB
from xl_selfeval.editions.books import build_xlsm
from xl_selfeval.rulebook import find_rulebook
from xl_selfeval.submission_file import SAMPLES, load_submission

if TYPE_CHECKING:
    from tests.libreoffice.engine.screen import Screen

pytestmark = [pytest.mark.office, pytest.mark.screen]


def test_a_click_on_a_button_runs_its_command(screen: Screen, tmp_path: Path) -> None:
    submission = load_submission(next(iter(sorted(SAMPLES.glob("*.yaml")))))
    content = build_xlsm(find_rulebook(submission.rulebook), submission, stub=STUB.read_text(encoding="ascii"))
    book = screen.live.open(content, "自评 表.xlsm")
    screen.show(book, "指标评分")
    before = screen.picture(tmp_path / "之前.png")
    screen.click(book, "检查")
    after = screen.picture(tmp_path / "之后.png")
    assert [prompt.startswith("发现") for prompt, _ in screen.live.alerts] == [True]
    assert book.sheets.active.name == "检查结果"
    assert Image.open(before).tobytes() != Image.open(after).tobytes()
