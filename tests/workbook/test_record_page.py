"""规范记录 in the blank template: there when the button needs it, out of sight until then."""

from tests.workbook.opening import book
from xl_selfeval.workbook.record_page import FIRST_ROW, HEADERS
from xl_selfeval.workbook.sheets import FINDINGS_TITLE, RECORD_TITLE


def test_the_list_is_hidden_empty_and_protected() -> None:
    page = book("mof-2020")[RECORD_TITLE]
    assert page.sheet_state == "hidden"
    assert page.protection.sheet
    assert [cell.value for cell in page[FIRST_ROW]] == [*HEADERS]
    assert page.max_row == FIRST_ROW


def test_it_stands_beside_the_other_list() -> None:
    titles = book("mof-2020").sheetnames
    assert titles.index(RECORD_TITLE) == titles.index(FINDINGS_TITLE) + 1


def test_what_was_typed_is_shown_as_text_and_places_as_links() -> None:
    columns = book("mof-2020")[RECORD_TITLE].column_dimensions
    assert [columns[letter].number_format for letter in "ABE"] == ["General", "@", "General"]
    assert (columns["B"].max, columns["B"].alignment.wrap_text) == (2, True)
    assert (columns["C"].max, columns["C"].number_format, columns["C"].alignment.wrap_text) == (4, "@", True)
