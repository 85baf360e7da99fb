from decimal import Decimal

import pytest

from xl_selfeval.model import Achievement, Category
from xl_selfeval.rulebook import find_rulebook, shipped_rulebooks
from xl_selfeval.rulebook.schema import Equality, PartialStep, Reverse

MOF_GRADES = [("优", 90), ("良", 80), ("中", 60), ("差", 0)]
OWN_GRADES = [("优秀", 85), ("良好", 75), ("一般", 60), ("较差", 0)]
UNFIXED = [None, None, None]
# rules.md §1: execution, blocks in order, grades, lower edges of the three bands in %, reverse formula, digits.
SCHEMES = [
    ("luquan-2024", None, [50, 40, 10], OWN_GRADES, (80, 60, 0), "linear", 2),
    ("mof-2020", 10, [50, 30, 10], MOF_GRADES, (80, 60, 0), "linear", 2),
    ("hubei", 20, UNFIXED, MOF_GRADES, (80, 50, 0), "ratio", 2),
    ("yunnan-2022", 10, UNFIXED, MOF_GRADES, (80, 60, 0), "linear", 2),
    ("chongqing", 10, [90], MOF_GRADES, (80, 60, 0), "linear", 2),
    ("sichuan-2023", 10, [90], MOF_GRADES, (80, 60, 0), "linear", 2),
    ("hebei-2019", 10, [50, 30, 10], MOF_GRADES, (80, 60, 0), "linear", 0),
]
ALL = list(shipped_rulebooks())


@pytest.mark.parametrize(("name", "execution", "blocks", "grades", "bands", "reverse", "digits"), SCHEMES)
def test_the_numbers_are_those_of_the_domain_page(name, execution, blocks, grades, bands, reverse, digits):
    book = find_rulebook(name)
    assert book.total.value == 100
    assert book.execution.value == execution
    assert [block.points.value for block in book.blocks] == blocks
    assert [(grade.name, grade.floor.value) for grade in book.grades] == grades
    assert tuple(book.band_of(picked).floor.value * 100 for picked in Achievement) == bands
    assert book.formulas.reverse.value is Reverse(reverse)
    assert book.formulas.digits.value == digits


def test_the_table_names_every_shipped_rulebook():
    assert sorted(row[0] for row in SCHEMES) == ALL


@pytest.mark.parametrize("name", ALL)
def test_bands_meet_without_a_gap(name):
    book = find_rulebook(name)
    top, middle, low = (book.band_of(picked) for picked in Achievement)
    assert top.ceiling.value == 1
    assert (middle.ceiling.value, low.ceiling.value) == (top.floor.value, middle.floor.value)


@pytest.mark.parametrize("name", ALL)
def test_every_category_is_scored_somewhere(name):
    assert all(find_rulebook(name).block_of(category) for category in Category)


@pytest.mark.parametrize("name", ALL)
def test_reasons_are_due_where_the_domain_page_says(name):
    reasons = find_rulebook(name).reasons
    assert reasons.overshoot.value == Decimal("1.3")
    assert reasons.overshoot_notice.value == Decimal("1.2")
    assert (reasons.execution_below.value, reasons.execution_above.value) == (Decimal("0.9"), 1)


@pytest.mark.parametrize("name", ALL)
def test_options_no_scheme_differs_in(name):
    formulas = find_rulebook(name).formulas
    assert formulas.equal.value is Equality.RATIO
    assert formulas.partial_step.value is PartialStep.UP
    bands = [(band.days.value, band.share.value) for band in formulas.late]
    assert bands == [(30, Decimal("0.8")), (90, Decimal("0.5")), (None, 0)]


@pytest.mark.parametrize(("name", "lengths"), [("sichuan-2023", (100, 200)), ("mof-2020", (None, None))])
def test_bounds_on_text_length(name, lengths):
    limits = find_rulebook(name).limits
    assert (limits.reason_length.value, limits.text_length.value) == lengths


GRADE_BOUNDS = [
    (
        "mof-2020",
        [("100", "优"), ("90.00", "优"), ("89.99", "良"), ("80", "良"), ("79.99", "中"), ("60", "中"), ("59.99", "差")],
    ),
    (
        "luquan-2024",
        [("85.00", "优秀"), ("84.99", "良好"), ("75", "良好"), ("74.99", "一般"), ("60", "一般"), ("59.99", "较差")],
    ),
    ("hubei", [("99.55", "优"), ("0", "差")]),
    ("yunnan-2022", [("96", "优")]),
]


@pytest.mark.parametrize(("name", "cases"), GRADE_BOUNDS)
def test_a_lower_bound_belongs_to_its_grade(name, cases):
    book = find_rulebook(name)
    assert [(total, book.grade_of(Decimal(total)).name) for total, _ in cases] == cases


@pytest.mark.parametrize("name", ALL)
def test_every_number_is_verified_with_document_link_and_date_or_marked_unverified(name):
    book = find_rulebook(name)
    numbers = list(book.numbers())
    assert len(numbers) >= 30
    for where, number in numbers:
        if number.verified:
            source = book.sources[number.source]
            assert source.document, where
            assert source.link.startswith("http"), where
            assert source.date, where


def test_only_what_the_hubei_form_prints_is_verified():
    verified = {name: [where for where, number in find_rulebook(name).numbers() if number.verified] for name in ALL}
    assert verified.pop("hubei") == ["total", "execution"]
    assert not any(verified.values())


LINKS = {
    "http://zjj.huangshi.gov.cn/xxgk_7967/fdzdgknr/czzj/czzxzj/202307/t20230721_1034104.html",
    "https://www.yongde.gov.cn/info/3003/116104.htm",
    "http://www.lfsp.cn/newsinfo/1158053.html",
    "https://www.scqs.gov.cn/info/13206/211004.htm",
    "https://1wenmi.com/doc/330418.html",
}


def test_no_link_stands_there_that_nobody_read():
    assert {s.link for name in ALL for s in find_rulebook(name).sources.values() if s.link} == LINKS


@pytest.mark.parametrize("name", ALL)
def test_each_book_says_why_it_scores_reverse_rows_so(name):
    assert find_rulebook(name).formulas.reverse.note


@pytest.mark.parametrize("name", ALL)
def test_every_listed_source_is_used(name):
    book = find_rulebook(name)
    assert {number.source for _, number in book.numbers()} - {""} == set(book.sources)
