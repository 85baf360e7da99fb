"""Workbooks that several tests need, converted once."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.libreoffice.office import Office
from xl_selfeval.model import Submission
from xl_selfeval.rulebook import Rulebook, find_rulebook
from xl_selfeval.submission_file import SAMPLES, load_submission
from xl_selfeval.workbook.template import build_workbook


@dataclass(frozen=True)
class Saved:
    """A sample, its workbook as built, and as LibreOffice calculated and saved it."""

    submission: Submission
    rulebook: Rulebook
    built: Path
    again: Path


@pytest.fixture(scope="session")
def saved_samples(office: Office, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Saved]:
    """Every sample by its name."""
    folder, saved = tmp_path_factory.mktemp("samples"), {}
    for file in sorted(SAMPLES.glob("*.yaml")):
        submission = load_submission(file)
        rulebook = find_rulebook(submission.rulebook)
        built = folder / f"{file.stem}.xlsx"
        built.write_bytes(build_workbook(rulebook, submission))
        saved[file.stem] = Saved(submission, rulebook, built, office.recalculate([built])[0])
    return saved
