"""The VBA sources: thin, readable on every system, and free of what LibreOffice cannot compile."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from xl_selfeval.editions.modules import buttons_module
from xl_selfeval.editions.ribbon import buttons
from xl_selfeval.editions.sources import PLACES

MACROS = next(place for place in PLACES if place.is_dir())
SOURCES = sorted([*MACROS.glob("*.bas"), *MACROS.glob("*.cls")])
LINES = 150  # in all; generated wrappers are not counted
SUB = re.compile(r"^Public Sub (Se\w+)\(\)\r\n(.*?)^End Sub", re.MULTILINE | re.DOTALL)


def test_all_of_it_is_short() -> None:
    assert sum(len(path.read_bytes().splitlines()) for path in SOURCES) < LINES


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.name)
def test_a_source_can_be_read_and_imported_everywhere(path: Path) -> None:
    content = path.read_bytes()
    assert content.isascii()
    assert content.count(b"\r\n") == content.count(b"\n")  # the VBA editor reads no other line ends
    lines = [line for line in content.decode().splitlines() if not line.startswith(("Attribute", "'"))]
    assert lines[0] == "Option Explicit"
    assert max(map(len, lines)) <= 120


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.name)
def test_a_source_has_nothing_that_keeps_libreoffice_from_compiling(path: Path) -> None:
    words = path.read_text(encoding="ascii")
    assert not re.search(r"^\s*#|\bDeclare\b|^(Public |Private )?Sub \w+\(\):", words, re.MULTILINE)


def test_every_button_has_a_sub_of_one_line() -> None:
    subs = dict(SUB.findall(buttons_module()))
    for command, button in buttons().items():
        name = button.macro.removeprefix("SelfEval.")
        assert name in subs
        if command not in ("guide", "reconnect"):
            assert subs[name] == f'    SeRun "{command}"\r\n'
