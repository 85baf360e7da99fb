"""What lies in `workbooks/` is what the sources give, byte for byte."""

from __future__ import annotations

from pathlib import Path

import pytest

from xl_selfeval.assessment import assess
from xl_selfeval.cli.verbs import DEFAULT_RULEBOOK
from xl_selfeval.editions.books import build_all
from xl_selfeval.editions.sources import notice
from xl_selfeval.rulebook import find_rulebook

FOLDER = Path(__file__).parents[2] / "workbooks"
BLANK, SAMPLE = "部门整体支出绩效自评表（mof-2020）", "样表（鹿泉区红十字会2023年度）"
NAMES = [f"{BLANK}.xlsm", f"{BLANK}.xlsx", f"{SAMPLE}.xlsm", f"{SAMPLE}.xlsx", "xl_selfeval.xlam", "NOTICE.txt"]


@pytest.fixture(scope="module")
def built() -> dict[str, bytes]:
    """Every edition, built now."""
    return build_all(find_rulebook(DEFAULT_RULEBOOK))


def test_these_files_are_built_and_no_others_lie_there(built: dict[str, bytes]) -> None:
    assert sorted(built) == sorted(NAMES)
    assert sorted(path.name for path in FOLDER.iterdir()) == sorted(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_a_committed_file_is_what_the_sources_give(built: dict[str, bytes], name: str) -> None:
    committed = (FOLDER / name).read_bytes()
    assert committed == built[name], f"“{name}”与源文件不符：请运行 xl-selfeval build，并提交 workbooks/"


def test_the_sample_reads_the_same_with_and_without_macros() -> None:
    with_macros, without = (assess(FOLDER / f"{SAMPLE}{suffix}") for suffix in (".xlsm", ".xlsx"))
    assert with_macros.submission.unit.name == "石家庄市鹿泉区红十字会"
    assert with_macros.submission == without.submission
    assert with_macros.findings == without.findings
    assert with_macros.card == without.card


def test_the_notice_names_whose_modules_they_are_and_their_licences() -> None:
    text = notice()
    assert "Copyright (C) 2014 - present, Zoomer Analytics GmbH." in text
    assert "Redistribution and use in source and binary forms" in text
    assert "Copyright (c) Tim Hall" in text
    assert "End User License Agreement" not in text  # that of the paid parts, none of which is in here
