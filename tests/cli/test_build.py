"""The verb `build`: what a method owner sees."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from xl_selfeval.cli import run


def test_it_writes_every_edition_and_says_where(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["build", "--rulebook", "sichuan-2023", "-o", str(tmp_path / "成品")]) == 0
    said = "".join(capsys.readouterr().out.split())
    names = sorted(path.name for path in (tmp_path / "成品").iterdir())
    assert len(names) == 6
    assert all(name in said for name in names)
    assert "部门整体支出绩效自评表（sichuan-2023）.xlsm" in names


def test_a_second_build_leaves_files_alone_that_would_be_the_same(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(["build", "-o", str(tmp_path)])
    (tmp_path / "NOTICE.txt").write_text("另一段文字", encoding="utf-8")
    capsys.readouterr()
    assert run(["build", "-o", str(tmp_path)]) == 0
    out = capsys.readouterr().out
    assert out.count("没有变化") == 5
    assert [path.read_text(encoding="utf-8") for path in tmp_path.glob("NOTICE（旧*.txt")] == ["另一段文字"]


def test_without_its_extra_it_says_how_to_install_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyopenvba", None)
    assert run(["build", "-o", str(tmp_path)]) == 3
    told = capsys.readouterr().err
    assert "pyOpenVBA" in told
    assert 'pip install "xl-selfeval[build]"' in told
    assert not list(tmp_path.iterdir())


def test_an_unknown_rulebook_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    assert run(["build", "--rulebook", "没有这个", "-o", str(tmp_path / "x")]) == 2
    assert not (tmp_path / "x").exists()
