"""The template as a file: its formulas, names and tables, how it prints, and that it is built the same each time."""

from __future__ import annotations

import re
import warnings
import zipfile
from collections.abc import Iterator
from io import BytesIO

import pytest
from openpyxl.utils import range_boundaries  # type: ignore[import-untyped]

from tests.workbook.opening import BOOKS, blank, book
from tests.workbook.patching import filled, layout, sound
from xl_selfeval.model import Submission
from xl_selfeval.rulebook import find_rulebook
from xl_selfeval.workbook import template
from xl_selfeval.workbook.calls import CALLS
from xl_selfeval.workbook.layout import Form, Matrix, Table
from xl_selfeval.workbook.names import RULEBOOK_NAME, TEMPLATE_NAME, form_name, table_name
from xl_selfeval.workbook.sheets import SHEETS
from xl_selfeval.workbook.template import TooLongError, build_workbook, layout_of

# All of them are in Excel 2007, WPS and LibreOffice.
FUNCTIONS = """
ABS ADDRESS AND CHAR COLUMN COUNT COUNTA COUNTIF DATEVALUE DAY FIND IF IFERROR INDEX INT ISERROR ISNA ISNUMBER LEFT
LEN MATCH MAX MID MIN MONTH N NOT OFFSET OR REPT RIGHT ROUND ROUNDDOWN ROUNDUP ROW SUBSTITUTE SUM SUMIF SUMIFS
SUMPRODUCT TEXT TRIM VALUE YEAR
"""


def formulas(content: bytes) -> Iterator[tuple[str, str]]:
    """Every formula of cells, validations, conditional formats and names, with the part it stands in."""
    with zipfile.ZipFile(BytesIO(content)) as package:
        for name in package.namelist():
            if name.endswith(".xml"):
                xml = package.read(name).decode()
                for found in re.findall(r"<(f|formula|formula1|formula2|definedName)( [^>]*)?>([^<]*)</\1>", xml):
                    text = found[2].replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", '"')
                    yield name, text.replace("&amp;", "&")


# --- formulas --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("rulebook", BOOKS)
def test_only_functions_that_every_office_program_has(rulebook: str) -> None:
    for part, formula in formulas(blank(rulebook)):
        outside_of_texts = re.sub(r'"[^"]*"', '""', formula)
        used = set(re.findall(r"([A-Z][A-Z0-9._]*)\(", outside_of_texts))
        assert used <= {*FUNCTIONS.split(), *(call.function for call in CALLS)}, part
        assert "_xl" not in formula and "#REF" not in formula


def test_functions_of_ours_are_asked_only_where_the_sheet_has_an_answer_without_them() -> None:
    asked = [formula for _, formula in formulas(blank("mof-2020")) if "SE_" in formula]
    guarded = r"IFERROR\((?:VALUE\(|INDEX\(\w+,MATCH\()?(SE_[A-Z_]+)\("
    assert {name for formula in asked for name in re.findall(guarded, formula)} == {call.function for call in CALLS}
    assert all(len(re.findall(guarded, formula)) == formula.count("SE_") == 1 for formula in asked)
    assert all(formula.startswith("IF(") for formula in asked)  # an empty row asks for nothing


def test_a_rulebook_that_the_functions_do_not_know_is_scored_by_the_sheet_alone() -> None:
    own = find_rulebook("mof-2020").model_copy(update={"id": "qinghe-2026"})
    assert set(re.findall(r"SE_[A-Z_]+", " ".join(f for _, f in formulas(build_workbook(own))))) == {"SE_RATE"}


@pytest.mark.parametrize("rulebook", BOOKS)
def test_formulas_stay_within_the_limits_of_excel(rulebook: str) -> None:
    for part, formula in formulas(blank(rulebook)):
        depth = deepest = 0
        for sign in re.sub(r'"[^"]*"', "", formula):
            depth += {"(": 1, ")": -1}.get(sign, 0)
            deepest = max(deepest, depth)
        assert depth == 0 and deepest <= 64, part
        assert len(formula) <= 8192, part


@pytest.mark.parametrize("rulebook", BOOKS)
def test_no_dynamic_arrays(rulebook: str) -> None:
    with zipfile.ZipFile(BytesIO(blank(rulebook))) as package:
        assert "xl/metadata.xml" not in package.namelist()
        for name in package.namelist():
            if name.startswith("xl/worksheets/sheet"):
                xml = package.read(name)
                assert b'<f t="array"' not in xml and b" cm=" not in xml


# --- names, tables, printing -----------------------------------------------------------------------------------------


def test_every_field_and_table_has_its_name() -> None:
    names = set(book("mof-2020").defined_names)
    blocks = [block for sheet in SHEETS for block in sheet.blocks]
    fields = {form_name(field.path) for block in blocks if isinstance(block, Form) for field in block.fields}
    tables = {table_name(block) for block in blocks if isinstance(block, Table | Matrix)}
    assert fields | tables | {TEMPLATE_NAME, RULEBOOK_NAME} <= names
    assert {"se_unit_name", "se_t_indicators", "se_t_finance_funds"} <= names


def test_tables_of_plain_rows_are_excel_tables() -> None:
    made = layout_of(find_rulebook("mof-2020"))
    expected = {}
    for placed in made.placed:
        table = placed.block
        if isinstance(table, Table) and all(column.span == 1 for column in table.columns):
            expected[f"tbl_{table.name}"] = (placed.top + 1, placed.last + 1, len(table.columns))
    found = {}
    for sheet in book("mof-2020").worksheets:
        for name, table in zip(sheet.tables, sheet.tables.values(), strict=True):
            left, top, right, bottom = range_boundaries(table.ref)
            found[name] = (top, bottom, right - left + 1)
            assert [column.name for column in table.tableColumns] == [
                sheet.cell(top, col).value for col in range(left, right + 1)
            ]
    assert found == expected
    assert {"tbl_items", "tbl_indicators", "tbl_team"} <= set(found)


@pytest.mark.parametrize("rulebook", BOOKS)
def test_pages_are_a4_one_wide_with_numbers(rulebook: str) -> None:
    for sheet in book(rulebook).worksheets:
        if sheet.sheet_state == "visible":
            assert (sheet.page_setup.paperSize, sheet.page_setup.fitToWidth) in ((9, None), (9, 1)), sheet.title
            assert sheet.sheet_properties.pageSetUpPr.fitToPage
            assert sheet.oddFooter.right.text == "第 &P 页，共 &N 页", sheet.title
            assert sheet.sheet_view.showGridLines is False


def test_headers_repeat_and_stay_in_sight() -> None:
    made = book("mof-2020")
    top = layout_of(find_rulebook("mof-2020")).table(("items", "*", "indicators")).top + 1
    assert made["指标评分"].print_title_rows == f"${top}:${top}"
    assert made["指标评分"].freeze_panes == f"E{top + 1}"
    assert made["检查结果"].print_title_rows == made["评分规则"].print_title_rows == "$3:$3"
    assert made["检查结果"].freeze_panes == made["评分规则"].freeze_panes == "A4"
    assert all(made[sheet.title].freeze_panes for sheet in SHEETS)


def test_rows_without_merged_cells_still_grow_while_people_type() -> None:
    with zipfile.ZipFile(BytesIO(filled())) as package:
        team = package.read("xl/worksheets/sheet9.xml").decode()
        duties = package.read("xl/worksheets/sheet2.xml").decode()
    rows = layout().table(("team",))
    for row in range(rows.top + 2, rows.last + 2):
        assert re.search(rf'<row r="{row}" [^>]*ht="[0-9.]+"(?! customHeight)[^>]*>', team)
    top = layout().table(("duties",)).top + 2
    assert re.search(rf'<row r="{top}" [^>]*ht="[0-9.]+" customHeight="1"', duties)


# --- building --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("submission", [None, sound()], ids=["blank", "filled"])
def test_two_builds_give_the_same_bytes(submission: Submission | None) -> None:
    rulebook = find_rulebook("mof-2020")
    assert build_workbook(rulebook, submission) == build_workbook(rulebook, submission)


def test_what_xlsxwriter_would_drop_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    def drop(builder: object) -> None:
        warnings.warn("Length of title is longer than Excel's limit of 32", stacklevel=1)

    monkeypatch.setattr(template, "write_guide", drop)
    with pytest.raises(UserWarning, match="limit of 32"):
        build_workbook(find_rulebook("mof-2020"))


@pytest.mark.parametrize(
    ("submission", "words"),
    [
        (Submission(goal={"text": "长" * 32768}), "goal.text 有32768个字，超过一个单元格能放的32767个字"),
        (Submission(duties=["短", "长" * 40000]), "duties.1 有40000个字"),
        (Submission(assets_total="1.2345678901234567"), "assets_total 的数字“1.2345678901234567”超过15位"),
    ],
)
def test_what_no_cell_holds_is_refused_and_not_cut_off(submission: Submission, words: str) -> None:
    with pytest.raises(TooLongError) as refused:
        build_workbook(find_rulebook("mof-2020"), submission)
    assert words in str(refused.value)
