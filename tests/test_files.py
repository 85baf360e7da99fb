"""Files are written whole or not at all, never over a person's file, under names that every system takes."""

from __future__ import annotations

import os
import re
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xl_selfeval.files import LONGEST, WriteError, safe_name, write_new

NOW = datetime(2024, 4, 10, 9, 30)


@pytest.mark.parametrize(
    ("unit", "name"),
    [
        ("石家庄市鹿泉区红十字会", "石家庄市鹿泉区红十字会"),
        ('一/二\\三:四*五?六"七<八>九|十', "一_二_三_四_五_六_七_八_九_十"),
        ("换\n行\t制表", "换_行_制表"),
        ("  两头有空格. ", "两头有空格"),
        ("..", "_"),
        ("", "_"),
        ("CON", "_CON"),
        ("lpt1.txt", "_lpt1.txt"),
        ("长" * 300, "长" * LONGEST),
    ],
)
def test_a_units_name_as_a_file_name(unit: str, name: str) -> None:
    assert safe_name(unit) == name


@given(st.text(max_size=200))
def test_any_name_is_one_part_of_a_path(text: str) -> None:
    name = safe_name(text)
    assert 0 < len(name) <= LONGEST + 1
    assert not re.search(r'[\\/:*?"<>|\x00-\x1f]', name)
    assert name == name.strip(" .")


def test_a_new_file_is_written_with_its_folders(tmp_path: Path) -> None:
    target = tmp_path / "2023年" / "报告.docx"
    assert write_new(target, b"new", NOW) is None
    assert target.read_bytes() == b"new"
    assert [file.name for file in target.parent.iterdir()] == ["报告.docx"]


def test_an_older_file_is_kept_under_a_dated_name(tmp_path: Path) -> None:
    target = tmp_path / "报告.docx"
    for content in (b"1", b"2", b"3"):
        kept = write_new(target, content, NOW)
    assert target.read_bytes() == b"3"
    assert kept == tmp_path / "报告（旧 2024-04-10 093000）2.docx"
    assert kept.read_bytes() == b"2"
    assert (tmp_path / "报告（旧 2024-04-10 093000）.docx").read_bytes() == b"1"


def test_a_folder_with_the_same_name_is_not_touched(tmp_path: Path) -> None:
    (tmp_path / "报告.docx").mkdir()
    with pytest.raises(WriteError, match="同名文件夹已存在"):
        write_new(tmp_path / "报告.docx", b"new", NOW)
    assert [file.name for file in tmp_path.iterdir()] == ["报告.docx"]


def test_a_file_in_place_of_a_folder_is_said(tmp_path: Path) -> None:
    (tmp_path / "输出").write_bytes(b"")
    with pytest.raises(
        WriteError, match=r"写不进文件夹“.*输出”（路径中有一段是文件，不是文件夹）：请换一个可写的位置再试"
    ):
        write_new(tmp_path / "输出" / "报告.docx", b"new", NOW)


def test_a_file_that_is_open_elsewhere_stays_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "报告.docx"
    target.write_bytes(b"old")

    def locked(self: Path, to: Path) -> Path:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "rename", locked)
    with pytest.raises(WriteError, match=r"报告\.docx”（没有权限或文件被占用）：若该文件正打开着，请先关闭再试"):
        write_new(target, b"new", NOW)
    assert target.read_bytes() == b"old"
    assert [file.name for file in tmp_path.iterdir()] == ["报告.docx"]


def test_a_full_disk_leaves_no_half_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(WriteError, match="No space left"):
        write_new(tmp_path / "报告.docx", b"new", NOW)
    assert list(tmp_path.iterdir()) == []
