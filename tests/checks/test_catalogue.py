"""The whole catalogue: every check of every family keeps what its entry promises."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.strategies import submissions
from xl_selfeval.checks import catalogue, page, run_checks
from xl_selfeval.checks.catalogue import Check, Family, Finding
from xl_selfeval.checks.patches import findings, patched
from xl_selfeval.model import Submission
from xl_selfeval.rulebook import find_rulebook, shipped_rulebooks
from xl_selfeval.scoring import score

ENTRIES = list(catalogue().values())
RUN = [entry for entry in ENTRIES if entry.run]
CHINESE = re.compile(r"[\u4e00-\u9fff]")
UNFILLED = re.compile(r"\{\w*\}")


def of_check(entry: Check, patch: object) -> list[Finding]:
    return [finding for finding in findings(patch) if finding.code == entry.code]


def leads_somewhere(submission: Submission, finding: Finding) -> bool:
    node: object = submission
    for step in finding.path:
        node = node[step] if isinstance(step, int) else getattr(node, step)
    return bool(finding.path)


def test_there_are_checks_in_every_family() -> None:
    assert len(ENTRIES) >= 45
    assert {entry.family for entry in ENTRIES} == set(Family)


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.code)
def test_an_entry_is_complete(entry: Check) -> None:
    assert re.fullmatch(r"[A-Z]{3}[0-9]{2}", entry.code)
    for words in (entry.title, entry.message, entry.remedy, entry.basis):
        assert CHINESE.search(words)
    assert entry.caught
    assert entry.passed


def test_messages_do_not_end_in_a_full_stop() -> None:
    """They are shown in lists and cells, and read the same in all families."""
    assert [entry.code for entry in ENTRIES if entry.message.endswith(("。", "."))] == []


@pytest.mark.parametrize("entry", RUN, ids=lambda entry: entry.code)
def test_the_caught_example_is_caught(entry: Check) -> None:
    found = of_check(entry, entry.caught)
    assert found
    for finding in found:
        assert not UNFILLED.search(finding.message + finding.remedy)
        assert finding.severity is entry.severity
        assert finding.path


@pytest.mark.parametrize("entry", RUN, ids=lambda entry: entry.code)
def test_the_near_miss_passes(entry: Check) -> None:
    assert of_check(entry, entry.passed) == []


@pytest.mark.parametrize("entry", RUN, ids=lambda entry: entry.code)
def test_a_finding_points_into_the_form(entry: Check) -> None:
    submission, _ = patched(entry.caught)
    for finding in of_check(entry, entry.caught):
        assert leads_somewhere(submission, finding)


def test_nothing_is_found_in_the_sound_sample() -> None:
    assert findings({}) == []


def test_findings_come_in_the_order_of_the_catalogue() -> None:
    """The order in which families are declared, whatever module is imported first."""
    codes = [finding.code for finding in findings({"unit.name": "", "finance.carry_over": -1, "unit.staff_note": ""})]
    order = list(catalogue())
    assert codes == sorted(codes, key=order.index)
    assert len(set(codes)) > 1


@settings(deadline=None, max_examples=200, suppress_health_check=[HealthCheck.too_slow])
@given(submissions(), st.sampled_from(sorted(shipped_rulebooks())))
def test_no_submission_crashes_the_checks(submission: Submission, name: str) -> None:
    rulebook = find_rulebook(name)
    found = run_checks(submission, rulebook, score(submission, rulebook))
    assert all(CHINESE.search(finding.message) and leads_somewhere(submission, finding) for finding in found)
    assert len(set(found)) == len(found), "the same thing is told twice"


@pytest.fixture(scope="module")
def generated() -> str:
    return page.markdown()


def test_the_committed_page_is_the_generated_one(generated: str) -> None:
    assert page.PAGE.read_text(encoding="utf-8") == generated, "run: python -m xl_selfeval.checks.page"


def test_the_page_lists_every_check_once(generated: str) -> None:
    assert re.findall(r"^\| ([A-Z]{3}[0-9]{2}) \|", generated, re.MULTILINE) == list(catalogue())


def test_no_cell_of_the_page_breaks_its_row(generated: str) -> None:
    rows = [line for line in generated.splitlines() if line.startswith("|")]
    assert {len(re.findall(r"(?<!\\)\|", line)) for line in rows} == {7}


def test_writing_the_page(tmp_path: Path, generated: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page, "markdown", lambda: generated)
    page.write(tmp_path / "README.md")
    assert (tmp_path / "README.md").read_bytes() == generated.encode()
