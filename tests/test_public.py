"""The public names: few, and loaded only when they are used."""

import subprocess
import sys

import pytest

import xl_selfeval
from xl_selfeval.submission_file import SAMPLES


def test_the_main_job_through_the_public_names():
    sound = SAMPLES / "sound.yaml"
    reading = xl_selfeval.read(sound)
    book = xl_selfeval.find_rulebook(reading.rulebook_id)
    card = xl_selfeval.score(reading.submission, book)
    assert xl_selfeval.run_checks(reading.submission, book, card) == []
    assert xl_selfeval.assess(sound).card.total == card.total
    assert xl_selfeval.render_report(reading.submission, card).startswith(b"PK")
    assert xl_selfeval.build_workbook(book, reading.submission).startswith(b"PK")


def test_every_public_name_has_a_home():
    assert all(callable(getattr(xl_selfeval, name)) for name in xl_selfeval.__all__)
    with pytest.raises(AttributeError, match="no attribute 'consolidated'"):
        _ = xl_selfeval.consolidated


def test_importing_the_package_loads_nothing_else():
    code = "import sys, xl_selfeval; print([name for name in sys.modules if name.startswith('xl_selfeval.')])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"
