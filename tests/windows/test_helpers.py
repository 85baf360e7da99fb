"""The helpers of the release check that need no Windows: files, dialogs, values, outcomes and the report."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from tests.windows import packages, plan
from tests.windows.desk import settings
from tests.windows.dialogs import AGREE, REFUSE, Dialog, chosen
from tests.windows.functions import formula, is_error, same
from tests.windows.outcome import Failed, Item, Outcome, Untested, Verdict, passed, report, run_item, untested
from tests.windows.word import full_lines

NOW = datetime(2026, 3, 1, 9, 30)


# What is read from a file


def test_sheets_and_names_are_those_of_the_file(workbooks: Path) -> None:
    form = packages.form_of(plan.editions(workbooks)[0])
    assert form.titles[0] == "填报说明"
    assert form.names > 40


def test_our_formulas_call_functions_by_name_alone(workbooks: Path) -> None:
    for edition in plan.editions(workbooks):
        assert packages.calls(edition) > 10, edition.name
        assert packages.bound_to_a_place(edition) == []
        assert packages.outside_links(edition) == []


def test_a_formula_bound_to_an_add_in_is_found(tmp_path: Path) -> None:
    file = tmp_path / "绑定.xlsx"
    sheet = (
        f'<worksheet xmlns="{packages.MAIN[1:-1]}"><sheetData><row><c><f>IFERROR([1]!SE_SCORE(A1),1)</f></c>'
        "<c><f>'C:\\加载项\\xl_selfeval.xlam'!SE_RATE(1,2)</f></c><c><f>SE_UNIT(A1)</f></c></row></sheetData></worksheet>"
    )
    rels = '<Relationships><Relationship Target="file:///C:\\加载项\\xl_selfeval.xlam"/></Relationships>'
    with zipfile.ZipFile(file, "w") as package:
        package.writestr("xl/worksheets/sheet1.xml", sheet)
        package.writestr("xl/externalLinks/_rels/externalLink1.xml.rels", rels)
    assert packages.calls(file) == 3
    assert len(packages.bound_to_a_place(file)) == 2
    assert packages.outside_links(file) == ["file:///C:\\加载项\\xl_selfeval.xlam"]


def test_kinds_of_files_by_their_content(workbooks: Path, tmp_path: Path) -> None:
    pdf, text = tmp_path / "报告.docx", tmp_path / "报告.pdf"
    pdf.write_bytes(b"%PDF-1.7 ...")
    text.write_bytes(b"plain")
    assert packages.kind_of(pdf) == "pdf"
    assert packages.kind_of(text) == ""
    assert packages.kind_of(plan.editions(workbooks)[0]) == "xlsx"


def test_a_workbook_without_our_functions_would_be_noticed(tmp_path: Path) -> None:
    import xlsxwriter

    file = tmp_path / "别的.xlsx"
    with xlsxwriter.Workbook(file) as book:
        book.add_worksheet().write_formula("A1", "=1+1")
    assert packages.formulas(file) == ["1+1"]
    assert packages.calls(file) == 0


# Dialogs


@pytest.mark.parametrize(
    ("captions", "wanted", "pressed"),
    [
        (["是(&Y)", "否(&N)"], AGREE, 0),
        (["是(&Y)", "否(&N)"], REFUSE, 1),
        (["确定"], AGREE, 0),
        (["继续(&C)", "结束(&E)", "调试(&D)", "帮助(&H)"], REFUSE, 1),
        (["&Yes", "&No"], AGREE, 0),
        (["以后再说"], AGREE, 0),
        ([], AGREE, None),
    ],
)
def test_which_button_is_pressed(captions: Sequence[str], wanted: Sequence[str], pressed: int | None) -> None:
    assert chosen(captions, wanted) == pressed


def test_a_fault_of_vba_is_never_debugged() -> None:
    assert chosen(["继续(&C)", "结束(&E)", "调试(&D)", "帮助(&H)"], AGREE) == 1
    assert chosen(["结束(&E)", "调试(&D)", "帮助(&H)"], AGREE) == 0


def test_chinese_messages_are_told_from_others() -> None:
    assert Dialog("绩效自评", "没有需要清除的标记。", "确定").is_chinese
    assert not Dialog("Error", "Traceback (most recent call last): 自评.xlsm", "OK").is_chinese


# Values


@pytest.mark.parametrize(
    ("name", "arguments", "written"),
    [
        ("SE_UNIT", ("不低于100平方米", 2023), '=SE_UNIT("不低于100平方米",2023)'),
        ("SE_TARGET", ('写"引号"', None, None), '=SE_TARGET("写""引号""",,)'),
        ("SE_VERSION", (), "=SE_VERSION()"),
    ],
)
def test_how_a_call_is_typed(name: str, arguments: tuple[Any, ...], written: str) -> None:
    assert formula(name, arguments) == written


@pytest.mark.parametrize(
    ("shown", "expected", "equal"),
    [
        (8.0, 8, True),
        (0.1 + 0.2, 0.3, True),
        (8.01, 8.0, False),
        (None, "", True),
        ("≥100", "≥100", True),
        (8.0, "8", False),
    ],
)
def test_when_a_cell_shows_what_python_gives(shown: object, expected: object, equal: bool) -> None:
    assert same(shown, expected) is equal


def test_errors_of_cells_are_no_numbers() -> None:
    assert is_error(-2146826246) and is_error(-2146826259)
    assert not is_error(8.0) and not is_error("#N/A")


def test_settings_are_written_as_xlwings_reads_them() -> None:
    assert settings(r"C:\py\pythonw.exe") == '"INTERPRETER_WIN","C:\\py\\pythonw.exe"\r\n'


def test_only_full_lines_of_plain_chinese_are_counted() -> None:
    text = "字" * 26 + "字" * 28 + "字" * 20 + "，" + "字" * 7 + "字" * 28 + "字" * 5
    lines = [1] * 26 + [2] * 28 + [3] * 28 + [4] * 28 + [5] * 5
    assert full_lines(text, lines) == [28, 28]


# Outcomes and the report


def failing(_: object) -> str:
    raise Failed("应为 8，实际 9")


def missing(_: object) -> str:
    raise Untested("没有 Word")


def broken(_: object) -> str:
    raise OSError("连接断开")


@pytest.mark.parametrize(
    ("run", "verdict", "seen"),
    [
        (lambda _: "8 行相同", Verdict.PASSED, "8 行相同"),
        (lambda _: Outcome(Verdict.LOOK, "3 张图"), Verdict.LOOK, "3 张图"),
        (failing, Verdict.FAILED, "应为 8，实际 9"),
        (missing, Verdict.UNTESTED, "没有 Word"),
        (broken, Verdict.FAILED, "OSError: 连接断开（broken"),
    ],
)
def test_how_a_check_ends(run: Any, verdict: Verdict, seen: str) -> None:
    ended = run_item(Item("甲", "乙", run), None, lambda: 0.0).outcome
    assert ended.verdict is verdict
    assert ended.seen.startswith(seen)


def result(run: Any) -> Any:
    return run_item(Item("打开：样表.xlsm", "完整|打开", run), None, lambda: 0.0)


def test_the_report_puts_failures_first_and_keeps_its_tables_whole() -> None:
    results = [result(lambda _: "好"), result(failing), *untested([Item("手工", "WPS", failing)], "请手工试")]
    text = report(results, ["Excel 16.0"], NOW)
    assert text.splitlines()[2] == "2026-03-01 09:30　不能发布：通过 1 项，不通过 1 项，请看图 0 项，没有测 1 项"
    assert text.index("## 不通过的项目") < text.index("## 打开：样表.xlsm") < text.index("## 手工")
    assert "| 完整／打开 | 不通过 | 应为 8，实际 9 | 0.0 |" in text


def test_what_may_be_released() -> None:
    assert passed([result(lambda _: ""), *untested([Item("", "", failing)], "")])
    assert not passed([result(lambda _: ""), result(failing)])
    assert not passed(untested([Item("", "", failing)], "Excel 没有启动"))
