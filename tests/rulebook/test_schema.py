from decimal import Decimal

import pytest
from pydantic import ValidationError

from xl_selfeval.model import Achievement, Category
from xl_selfeval.rulebook import load_rulebook
from xl_selfeval.rulebook.schema import Rulebook
from xl_selfeval.rulebook.yamlfile import parse

from .sound import SOUND, spoilt, written


@pytest.fixture
def book(tmp_path):
    return load_rulebook(written(tmp_path, SOUND))


def test_numbers_lists_every_sourced_value_with_its_place(book):
    numbers = dict(book.numbers())
    assert len(numbers) == SOUND.count("{value: ")
    assert numbers["blocks.1.points"].value == 30
    assert numbers["formulas.late.1.days"].value is None
    assert numbers["limits.largest_share"].value == Decimal("0.3")


def test_a_category_belongs_to_its_block(book):
    assert book.block_of(Category.COST).name == "产出指标"
    assert book.block_of(Category.SATISFACTION) is None
    assert book.block_of(None) is None


def test_a_band_is_found_by_what_was_picked(book):
    assert book.band_of(Achievement.PARTLY).ceiling.value == Decimal("0.8")


@pytest.mark.parametrize(("total", "grade"), [("90", "优"), ("89.999", "良"), ("0", "差"), ("-1", "差")])
def test_grades(book, total, grade):
    assert book.grade_of(Decimal(total)).name == grade


def test_a_rulebook_made_in_code_is_held_to_the_same_rules():
    data = parse(spoilt("value: 60", "value: 61")).data
    with pytest.raises(ValidationError, match="各部分分值合计101分，与总分100分不一致"):
        Rulebook.model_validate(data)


def test_a_rulebook_never_changes(book):
    with pytest.raises(ValidationError):
        book.name = "别的"
