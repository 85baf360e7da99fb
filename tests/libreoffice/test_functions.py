"""The cells that ask Python show what Python says; the functions, the sheet's own formulas and Python agree."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from tests.addin.row_cells import given, stored
from tests.libreoffice.asking import PLAIN, RULEBOOKS, SOME, Shown, asking, form, rows_of, shown
from xl_selfeval.addin import functions
from xl_selfeval.rulebook import find_rulebook
from xl_selfeval.workbook.calls import CHECK, FINE, SCORE
from xl_selfeval.workbook.summary import EXECUTION, GRADE, TOTAL
from xl_selfeval.workbook.template import build_workbook

if TYPE_CHECKING:
    from tests.libreoffice.engine.live import Live

pytestmark = pytest.mark.office


# --- nobody knows the functions --------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def alone(live_office: Live) -> dict[str, Shown]:
    """Each form in a book without macros, by its rulebook: no program knows the functions."""
    return {name: shown(live_office, build_workbook(find_rulebook(name), form(name)), name) for name in RULEBOOKS}


def test_there_are_enough_rows() -> None:
    assert sum(len(rows_of(name)) for name in RULEBOOKS) >= 1000


@pytest.mark.parametrize("name", RULEBOOKS)
def test_a_book_whose_functions_nobody_knows_is_scored_by_the_sheet(alone: dict[str, Shown], name: str) -> None:
    native, computed = alone[name].column("@computed"), alone[name].computed()
    assert native[:PLAIN] == computed[:PLAIN]
    assert set(alone[name].column("@check")) == {""}


@pytest.mark.parametrize("name", RULEBOOKS)
def test_functions_sheet_and_program_agree_on_every_row_that_the_sheet_reads(
    alone: dict[str, Shown], name: str
) -> None:
    native, computed = alone[name].column("@computed"), alone[name].computed()
    points = [functions.SE_SCORE(*given(SCORE, row, name, 2023)) for row in rows_of(name)]
    answers = [Decimal(repr(each)) if isinstance(each, float) else each for each in points]
    assert answers == computed
    assert sum(sheet == ours != "" for sheet, ours in zip(native, answers, strict=True)) >= PLAIN / 2
    assert sum(sheet == "" != ours for sheet, ours in zip(native, answers, strict=True)) >= 10  # only Python reads
    assert all(sheet in ("", ours) for sheet, ours in zip(native, answers, strict=True))


# --- Python answers --------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def asked(live_office: Live) -> dict[str, Shown]:
    """Some rows of each form in a book with macros and Python, by its rulebook."""
    return {name: shown(live_office, asking(name, SOME), name, SOME) for name in RULEBOOKS}


@pytest.mark.parametrize("name", RULEBOOKS)
def test_with_python_every_row_has_pythons_points(asked: dict[str, Shown], alone: dict[str, Shown], name: str) -> None:
    """Also those that the sheet by itself leaves blank."""
    book, computed = asked[name], asked[name].computed()
    wrong = [
        (row.model_dump(exclude_defaults=True, mode="json"), sheet, ours)
        for (_, row), sheet, ours in zip(book.submission.indicators(), book.column("@computed"), computed, strict=True)
        if sheet != ours
    ]
    assert wrong == []
    native = alone[name].column("@computed")[::SOME]
    assert sum(sheet == "" != ours for sheet, ours in zip(native, computed, strict=True)) >= 3


@pytest.mark.parametrize("name", RULEBOOKS)
def test_with_python_the_sums_are_pythons(asked: dict[str, Shown], name: str) -> None:
    book = asked[name]
    blocks = {block.name: block.points for block in book.card.blocks}
    assert {label: book.part(label) for label in blocks} == blocks
    assert (book.part(TOTAL), book.part(GRADE)) == (book.card.total, book.card.grade.name)
    assert book.rate() == round(Decimal("1077.7") / Decimal("1234.5"), 10)
    if book.rulebook.execution.value:
        assert book.part(EXECUTION) == book.card.execution.points


@pytest.mark.parametrize("name", RULEBOOKS)
def test_with_python_the_hint_is_the_first_thing_that_the_check_names(asked: dict[str, Shown], name: str) -> None:
    book = asked[name]
    for (_, row), hint, answer in zip(
        book.submission.indicators(), book.column("@hint"), book.column("@check"), strict=True
    ):
        expected = functions.SE_CHECK(*given(CHECK, stored(row), name, 2023))
        assert answer == expected
        if row.max_points is not None and row.max_points > 0:
            assert hint == ("" if expected == FINE else str(expected).split("；")[0])
        else:
            assert hint in ("请填分值", "分值请填大于0的数字")
