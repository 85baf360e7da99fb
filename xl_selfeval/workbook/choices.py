"""The lists behind the drop-downs, and the hidden sheet that holds them."""

from __future__ import annotations

from collections.abc import Sequence

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from xl_selfeval.model import SUBCATEGORIES, Achievement, Category, Operator, PolicyRole
from xl_selfeval.rulebook.schema import Rulebook
from xl_selfeval.workbook.layout import Spot
from xl_selfeval.workbook.sheets import LISTS_TITLE

UNITS = ("%", "人次", "人", "次", "场", "个", "件", "份", "册", "台", "套", "户", "平方米", "公里", "天", "万元", "元")
YES, NO = "是", "否"
OPEN_LISTS = frozenset({"unit_of_measure"})  # suggestions only: anything else may be typed as well
PLAIN_LISTS = ("category", "operator", "achievement", "role", "basis", "flag", "grade", "unit_of_measure")
SUBCATEGORY_FIRST = Spot(LISTS_TITLE, 1, len(PLAIN_LISTS))  # the level-2 lists stand right of the plain ones
SUBCATEGORY_HEADS = "se_l_subcategory_heads"


def choices(rulebook: Rulebook) -> dict[str, list[str]]:
    """Every plain list by its key, as shown; grades are the rulebook's, categories those that it scores."""
    return {
        "category": [c.label for c in Category if rulebook.block_of(c)],
        "operator": [o.label for o in Operator],
        "achievement": [a.label for a in Achievement],
        "role": [r.label for r in PolicyRole],
        "basis": ["原值", "净值"],
        "flag": [YES, NO],
        "grade": [g.name for g in rulebook.grades],
        "unit_of_measure": list(UNITS),
    }


def list_name(key: str) -> str:
    """The defined name of a plain list, e.g. se_l_operator."""
    return f"se_l_{key}"


def write_lists(book: Workbook, rulebook: Rulebook) -> None:
    """Write all lists on the hidden sheet, one column each, and name them."""
    page = book.get_worksheet_by_name(LISTS_TITLE)
    lists = choices(rulebook)
    for col, key in enumerate(PLAIN_LISTS):
        _column(page, col, [key, *lists[key]])
        first, last = Spot(LISTS_TITLE, 1, col), Spot(LISTS_TITLE, len(lists[key]), col)
        book.define_name(list_name(key), f"={first.absolute()}:{last.absolute().split('!')[1]}")
    for n, (category, members) in enumerate(SUBCATEGORIES.items()):
        _column(page, SUBCATEGORY_FIRST.col + n, [category.label, *(m.label for m in members)])
    heads = Spot(LISTS_TITLE, 0, SUBCATEGORY_FIRST.col)
    end = Spot(LISTS_TITLE, 0, SUBCATEGORY_FIRST.col + len(SUBCATEGORIES) - 1)
    book.define_name(SUBCATEGORY_HEADS, f"={heads.absolute()}:{end.absolute().split('!')[1]}")
    page.protect()
    page.hide()


def _column(page: Worksheet, col: int, words: Sequence[str]) -> None:
    for row, word in enumerate(words):
        page.write_string(row, col, word)  # as text: one of the operators is "="
