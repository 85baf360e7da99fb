"""From a file to everything that is known of it: submission, score card, findings, and the cell of each field."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path as FilePath

from xl_selfeval.checks import Family, Finding, Severity, run_checks
from xl_selfeval.files import safe_name
from xl_selfeval.model import Path, Submission
from xl_selfeval.rulebook import Rulebook, RulebookError, carried_rulebook, find_rulebook, shipped_rulebooks
from xl_selfeval.scoring import ScoreCard, score
from xl_selfeval.submission_file import load_submission
from xl_selfeval.workbook.layout import Spot, locate
from xl_selfeval.workbook.reader import Reading, read_workbook

SUBMISSION_SUFFIXES = frozenset({".json", ".yaml", ".yml"})


@dataclass(frozen=True)
class Assessment:
    """One submission, judged. `findings` come errors first, then warnings, then notes."""

    source: FilePath
    submission: Submission
    rulebook: Rulebook
    card: ScoreCard
    findings: list[Finding]
    places: dict[Path, Spot]

    @property
    def errors(self) -> list[Finding]:
        """The findings that are errors."""
        return [found for found in self.findings if found.severity is Severity.ERROR]

    def spot(self, found: Finding) -> Spot | None:
        """The cell a finding points at; None when it concerns the whole form."""
        return locate(found.path, self.places)


def read(path: FilePath) -> Reading:
    """Read a filled workbook, or a submission file (.json, .yaml), which has no cells yet.

    Raises UnreadableError or SubmissionError with a Chinese message for a file that cannot be read.
    """
    if path.suffix.lower() in SUBMISSION_SUFFIXES:
        submission = load_submission(path)
        return Reading(submission, [], {}, submission.rulebook)
    return read_workbook(path)


def choose_rulebook(named: str | None, reading: Reading, source: FilePath) -> Rulebook:
    """The rulebook `named` on the command line, else the form's: a shipped one, or what it carries along.

    Raises RulebookError when there is none, or what is carried is damaged.
    """
    if named:
        return find_rulebook(named)
    known = "、".join(shipped_rulebooks())
    if reading.rulebook_id in shipped_rulebooks():
        return find_rulebook(reading.rulebook_id)
    if reading.rulebook_text:
        return carried_rulebook(reading.rulebook_text, source.name)
    named_there = f"注明的评分办法“{reading.rulebook_id}”不是自带的" if reading.rulebook_id else "没有注明评分办法"
    # Only ids and contents: a file that a stranger's form names is never opened.
    raise RulebookError(f"“{source.name}”{named_there}，请用 --rulebook 指定，可选：{known}，或自己的 .yaml 文件")


def assess(path: FilePath, rulebook: str | None = None) -> Assessment:
    """Read, score and check the file at `path` under `rulebook` (an id or a path; blank: what the form names).

    The cells of a submission file are those where `fill` would put its fields.
    Raises UnreadableError, SubmissionError or RulebookError, each with a Chinese message.
    """
    return judge(read(path), path, rulebook)


def judge(reading: Reading, source: FilePath, rulebook: str | None = None) -> Assessment:
    """Score and check what was read; `source` names the file (or the open book) in messages. Raises RulebookError."""
    chosen = choose_rulebook(rulebook, reading, source)
    card = score(reading.submission, chosen)
    findings = [*reading.findings, *_not_told_yet(reading, run_checks(reading.submission, chosen, card))]
    weight = list(Severity).index
    findings.sort(key=lambda found: weight(found.severity))  # errors first; within a severity the order stays
    places = reading.places or _planned(reading.submission, chosen)
    return Assessment(source, reading.submission, chosen, card, findings, places)


def output_name(submission: Submission, what: str, source: FilePath) -> str:
    """A file name from unit and year, e.g. 青禾县图书馆2023年度自评报告; the source's name where the unit is blank."""
    if not submission.unit.name:
        return safe_name(f"{source.stem}{what}")
    year = f"{submission.fiscal_year}年度" if submission.fiscal_year else ""
    return safe_name(f"{submission.unit.name}{year}{what}")


def _planned(submission: Submission, rulebook: Rulebook) -> dict[Path, Spot]:
    from xl_selfeval.workbook.template import layout_of  # brings XlsxWriter, which reading a workbook does without

    return layout_of(rulebook, submission).places(submission)


def _not_told_yet(reading: Reading, findings: list[Finding]) -> list[Finding]:
    """Without "not filled in" for a cell that is filled, but with what could not be taken: the reader told that."""
    refused = {found.path for found in reading.findings if found.severity is Severity.ERROR}
    return [found for found in findings if not (found.code.startswith(Family.REQUIRED.value) and found.path in refused)]
