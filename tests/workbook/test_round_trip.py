"""Submission → filled workbook → Submission is the identity, and each field is known to its cell."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.workbook.canonical import canonical_submissions
from tests.workbook.patching import cells_of, read_patched
from xl_selfeval.assessment import assess
from xl_selfeval.checks import Finding
from xl_selfeval.model import Labelled, Part, Path, Submission
from xl_selfeval.rulebook import find_rulebook, shipped_rulebooks
from xl_selfeval.submission_file import SAMPLES, load_submission
from xl_selfeval.workbook.cells import Cells
from xl_selfeval.workbook.choices import NO, YES
from xl_selfeval.workbook.layout import value_at
from xl_selfeval.workbook.reader import Reading, read_submission
from xl_selfeval.workbook.sheets import SHEETS
from xl_selfeval.workbook.template import build_workbook, layout_of

SAMPLE_NAMES = sorted(file.stem for file in SAMPLES.glob("*.yaml"))


def sample(name: str) -> Submission:
    return load_submission(SAMPLES / f"{name}.yaml")


def there_and_back(submission: Submission) -> tuple[Cells, Reading]:
    cells = cells_of(build_workbook(find_rulebook(submission.rulebook), submission))
    return cells, read_submission(cells, "自评表.xlsx")


def lost(reading: Reading) -> list[Finding]:
    """Findings of the reader, but for those that only say what the sheet's own formulas cannot read."""
    return [found for found in reading.findings if found.code != "CEL13"]


def in_a_cell(value: object) -> object:
    """A value of the model as its cell holds it."""
    if isinstance(value, bool):
        return YES if value else NO
    if isinstance(value, Labelled):
        return value.label
    return float(value) if isinstance(value, Decimal | int) else "" if value is None else value


def differing_cells(cells: Cells, reading: Reading) -> list[tuple[Path, object, object]]:
    """The fields whose cell in `reading.places` does not hold their value."""
    found = []
    for path, spot in reading.places.items():
        value = value_at(reading.submission, path) if "@" not in str(path) and "*" not in path else []
        if not isinstance(value, list | Part):  # the place of a whole is its header or its name
            held, expected = cells.value(spot), in_a_cell(value)
            found += [(path, held, value)] if held != expected else []
    return found


@pytest.mark.parametrize("name", SAMPLE_NAMES)
def test_the_samples_come_back(name: str) -> None:
    submission = sample(name)
    cells, reading = there_and_back(submission)
    assert (reading.submission, lost(reading)) == (submission, [])
    assert reading.rulebook_id == submission.rulebook
    assert differing_cells(cells, reading) == []


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(st.data(), st.sampled_from(sorted(shipped_rulebooks())))
def test_any_submission_comes_back(data: st.DataObject, rulebook: str) -> None:
    submission = data.draw(canonical_submissions(rulebook))
    cells, reading = there_and_back(submission)
    assert (reading.submission, lost(reading)) == (submission, [])
    assert differing_cells(cells, reading) == []


@pytest.mark.parametrize("name", SAMPLE_NAMES)
def test_reading_finds_the_cells_where_filling_put_them(name: str) -> None:
    submission = sample(name)
    _, reading = there_and_back(submission)
    planned = layout_of(find_rulebook(submission.rulebook), submission).places(submission)
    assert {path: reading.places.get(path) for path in planned} == planned


def test_findings_of_a_submission_file_point_where_filling_will_put_the_fields() -> None:
    for name in ("sound", "luquan-2023"):  # whose rulebooks need summaries of different height
        _, reading = there_and_back(sample(name))
        planned = assess(SAMPLES / f"{name}.yaml").places
        assert {path: reading.places.get(path) for path in planned} == planned


def test_a_blank_template_reads_as_an_empty_submission() -> None:
    for name in shipped_rulebooks():
        reading = read_submission(cells_of(build_workbook(find_rulebook(name))), "模板.xlsx")
        assert (reading.submission, reading.findings) == (Submission(rulebook=name), [])


def test_texts_that_look_like_something_else_stay_texts() -> None:
    texts = [
        "=1+1",
        "{=1}",
        "@a",
        "+1",
        "-1",
        "'a",
        "0012",
        "1e5",
        "2023-11-30",
        "TRUE",
        "#N/A",
        "http://a.cn",
        "_x000D_",
    ]
    submission = Submission(rulebook="mof-2020", duties=texts)
    _, reading = there_and_back(submission)
    assert (reading.submission, lost(reading)) == (submission, [])


def test_texts_that_equal_the_titles_of_blocks_do_not_end_a_table() -> None:
    titles = [block.title for sheet in SHEETS for block in sheet.blocks if block.title]
    submission = Submission(rulebook="mof-2020", duties=titles, problems=[{"problem": t} for t in titles])
    _, reading = there_and_back(submission)
    assert (reading.submission, lost(reading)) == (submission, [])


def test_texts_that_equal_labels_and_headers_do_not_mislead() -> None:
    words = ["单位全称", "三级指标", "一级指标", "工作任务", "完成情况", "年度指标值", "资金来源", "模板版本"]
    submission = Submission(
        rulebook="mof-2020",
        unit={"name": "单位简称", "short_name": "单位全称"},
        duties=words,
        team=[{"name": "姓名", "organisation": "工作单位", "post": "职务", "title": "职称"}],
        items=[{"name": word, "goal": "工作任务", "result": "绩效目标"} for word in words],
    )
    _, reading = there_and_back(submission)
    assert (reading.submission, lost(reading)) == (submission, [])


def test_the_longest_lists_and_texts_come_back() -> None:
    submission = Submission(
        rulebook="luquan-2024",
        duties=[f"职责{n}" for n in range(40)],
        items=[{"name": f"任务{n}", "indicators": [{"name": f"指标{n}"}]} for n in range(120)],
        goal={"text": "长" * 32767},
    )
    _, reading = there_and_back(submission)
    assert (reading.submission, lost(reading)) == (submission, [])


def test_a_reading_points_at_the_cell_of_what_it_could_not_take() -> None:
    reading = read_patched({"items.1.indicators.0.max_points": "十分左右"})
    assert reading.places[("items", 1, "indicators", 0, "max_points")].a1 in {s.a1 for s in reading.places.values()}
    assert reading.findings[0].path in reading.places
