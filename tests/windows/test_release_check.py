"""The release check as far as no Windows is needed: it refuses elsewhere, misses nothing, and its helpers are right."""

from __future__ import annotations

import re
import subprocess
import sys
import zipfile
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from tests.libreoffice.engine.live import Live
from tests.windows import buttons as pressing
from tests.windows import packages, plan, release_check
from tests.windows.desk import settings
from tests.windows.dialogs import AGREE, REFUSE, Dialog, chosen
from tests.windows.functions import CASES, by_python, formula, is_error, same
from tests.windows.outcome import Failed, Item, Outcome, Untested, Verdict, passed, report, run_item, untested
from tests.windows.word import full_lines
from xl_selfeval.addin import functions as worksheet
from xl_selfeval.addin.commands import COMMANDS
from xl_selfeval.editions import wrappers
from xl_selfeval.editions.books import build_all
from xl_selfeval.editions.ribbon import buttons
from xl_selfeval.editions.sources import macro_source
from xl_selfeval.rulebook import find_rulebook

SCRIPT = Path(release_check.__file__)
NOW = datetime(2026, 3, 1, 9, 30)


def declared() -> list[wrappers.Function]:
    return wrappers.functions(worksheet)


@pytest.fixture(scope="module")
def workbooks(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Everything that `xl-selfeval build` makes."""
    folder = tmp_path_factory.mktemp("workbooks")
    for name, content in build_all(find_rulebook("mof-2020")).items():
        (folder / name).write_bytes(content)
    return folder


@pytest.fixture(scope="module")
def covered(workbooks: Path) -> set[str]:
    return {about for item in plan.all_items(plan.groups(workbooks)) for about in item.about}


def test_elsewhere_it_refuses_in_chinese_without_pywin32() -> None:
    ended = subprocess.run([sys.executable, str(SCRIPT)], capture_output=True, encoding="utf-8", check=False)
    assert (ended.returncode, ended.stdout) == (2, "")
    assert ended.stderr.startswith("发布检查只能在装有 Excel 的 Windows 上运行")


def test_every_edition_is_opened(workbooks: Path, covered: set[str]) -> None:
    built = {path.name for path in workbooks.iterdir() if path.suffix.startswith(".xl")}
    assert len(built) == 5
    assert built <= covered


def test_every_button_is_pressed_by_its_sub_and_by_the_ribbon(workbooks: Path) -> None:
    assert set(pressing.EXPECTED) == set(buttons())
    pressed: dict[str, set[str]] = {}
    for item in plan.all_items(plan.groups(workbooks)):
        for about in item.about:
            if about.startswith("button:"):
                pressed.setdefault(about.removeprefix("button:"), set()).add(item.area)
    assert set(pressed) == set(buttons())
    assert all(sum(".xlsm" in area for area in areas) == 1 for areas in pressed.values())
    assert all(sum(".xlam" in area for area in areas) == 1 for areas in pressed.values())


def test_the_macros_that_are_run_exist() -> None:
    source = macro_source("SelfEval.bas")
    for macro in [*(button.macro for button in buttons().values()), "SelfEval.SePython", "SelfEval.SeRibbon"]:
        assert re.search(rf"^Public (Sub|Function) {macro.partition('.')[2]}\b", source, re.MULTILINE), macro


def test_every_function_is_called(covered: set[str]) -> None:
    names = {function.name for function in declared()}
    assert set(CASES) == names
    assert {f"function:{name}" for name in names} <= covered


def test_each_case_has_as_many_arguments_as_its_function_takes() -> None:
    for function in declared():
        least = sum(not parameter.optional for parameter in function.parameters)
        for arguments in CASES[function.name]:
            assert least <= len(arguments) <= len(function.parameters), function.name


@pytest.mark.parametrize("name", CASES)
def test_python_answers_every_case(name: str) -> None:
    assert all(isinstance(by_python(name, arguments), str | float) for arguments in CASES[name])


def test_one_case_is_a_text_that_only_python_scores() -> None:
    assert CASES["SE_SCORE"][0][1] == "不低于100平方米"
    assert by_python("SE_SCORE", CASES["SE_SCORE"][0]) == 8


def test_with_each_python_each_filled_edition_is_tried(workbooks: Path) -> None:
    tried = {(group.python, ".xlsm" in group.name) for group in plan.groups(workbooks) if group.python}
    assert tried >= {(python, macros) for python in ("there", "missing", "broken") for macros in (True, False)}


def test_without_workbooks_it_says_so(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        plan.groups(tmp_path)


def test_every_excel_that_is_started_is_closed_last(workbooks: Path) -> None:
    for group in plan.groups(workbooks):
        assert all("关闭" not in item.title for item in group.items[:-1]), group.name


def test_an_area_and_a_title_name_one_item(workbooks: Path) -> None:
    names = [(item.area, item.title) for item in plan.all_items(plan.groups(workbooks))]
    assert len(names) == len(set(names))


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
    captions = ["继续(&C)", "结束(&E)", "调试(&D)", "帮助(&H)"]
    assert captions[chosen(captions, AGREE) or 0] != "调试(&D)"


def test_chinese_messages_are_told_from_others() -> None:
    assert Dialog("绩效自评", "没有需要清除的标记。", "确定").is_chinese
    assert not Dialog("Error", "Traceback (most recent call last): 自评.xlsm", "OK").is_chinese


# A button that does not do what it should


class Desk:
    """As much of the desk as a press needs: a folder, and an Excel that shows the guide."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.excel = SimpleNamespace(ActiveSheet=SimpleNamespace(Name="填报说明"))

    def files(self) -> set[Path]:
        return set(self.folder.iterdir())


def press_that(says: str, writes: bytes = b"", title: str = "绩效自评") -> Any:
    def press(desk: Desk, book: object, command: str) -> list[Dialog]:
        if writes:
            (desk.folder / "出来的文件").write_bytes(writes)
        return [Dialog(title, says, "确定")] if says else []

    return press


@pytest.fixture
def desk(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Desk:
    monkeypatch.setattr(pressing, "prepared", lambda desk, edition: None)
    return Desk(tmp_path)


@pytest.mark.parametrize(
    ("command", "press", "fault"),
    [
        ("clear_marks", press_that("已清除3处标记，填写的内容没有改动。"), ""),
        ("clear_marks", press_that("Traceback"), "应说"),
        ("clear_marks", press_that(""), "没有消息"),
        ("check", press_that("编译错误：总分", title="Microsoft Visual Basic for Applications"), "VBA 出错"),
        ("export_pdf", press_that("Word 报告已写到“x”。PDF已写到“y”。", b"%PDF-"), "应写出docx、pdf"),
        ("guide", press_that(""), ""),
        ("guide", press_that("当前工作簿中没有“填报说明”。"), "不应有消息"),
    ],
)
def test_what_a_press_must_lead_to(desk: Desk, command: str, press: Any, fault: str) -> None:
    item = Item("", "", lambda desk: pressing.pressed(desk, Path("x.xlsm"), command, press))
    ended = run_item(item, desk, lambda: 0.0).outcome
    assert ended.verdict is (Verdict.FAILED if fault else Verdict.PASSED)
    assert fault in ended.seen


@pytest.mark.office
def test_the_buttons_do_on_another_program_what_the_check_expects(live: Live, workbooks: Path) -> None:
    """So that on the desk a difference is Excel's. All on one open book, in the order of the check."""
    edition = next(path for path in plan.editions(workbooks) if plan.is_filled(path) and path.suffix == ".xlsx")
    book = live.open(edition)
    messy = pressing.messy_cell(edition)
    folder = Path(book.fullname).parent
    for command in [name for name in pressing.EXPECTED if name in COMMANDS]:
        book.sheets[messy.sheet].activate()
        book.sheets[messy.sheet].range(messy.a1).select()
        if command == "normalise":
            book.sheets[messy.sheet].range(messy.a1).value = pressing.MESSY
            live.answer("yes")
        before = set(folder.iterdir())
        assert re.search(pressing.EXPECTED[command].says, COMMANDS[command](book), re.DOTALL), command
        written = sorted(packages.kind_of(f) for f in set(folder.iterdir()) - before if not f.name.startswith("."))
        assert written == sorted(pressing.EXPECTED[command].files), command


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


class Stage:
    """A desk whose Excel does not start, or does; notes that it was ended."""

    ended = 0

    def __init__(self, *given: object, **more: object) -> None:
        self.given = more

    def start(self) -> None:
        if self.given["broken"]:
            raise OSError("没有激活")

    def end(self) -> None:
        Stage.ended += 1


@pytest.mark.parametrize(("python", "verdict"), [("there", Verdict.PASSED), ("broken", Verdict.UNTESTED)])
def test_excel_is_ended_whatever_happens(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, python: str, verdict: Verdict
) -> None:
    monkeypatch.setattr("tests.windows.desk.Desk", Stage)
    before = Stage.ended
    group = plan.Group("组", python, (Item("组", "一", lambda _: "好"), Item("组", "二", lambda _: "好")))
    results = release_check.run_group(group, tmp_path, tmp_path, lambda line: None)
    assert [one.outcome.verdict for one in results] == [verdict, verdict]
    assert Stage.ended == before + 1


def test_the_page_about_it_names_how_to_run_it_and_what_is_done_by_hand() -> None:
    page = SCRIPT.with_name("README.md").read_text(encoding="utf-8")
    assert "python tests/windows/release_check.py" in page
    assert all(title in page for title, _ in plan.BY_HAND)


def test_blank_forms_come_before_filled_ones(workbooks: Path) -> None:
    assert [plan.is_filled(edition) for edition in plan.editions(workbooks)] == [False, False, True, True]


def test_the_sample_has_marks_to_look_at(workbooks: Path) -> None:
    filled = plan.editions(workbooks)[-1]
    assert pressing.marked_cells(filled)


def test_a_workbook_without_our_functions_would_be_noticed(tmp_path: Path) -> None:
    import xlsxwriter

    file = tmp_path / "别的.xlsx"
    with xlsxwriter.Workbook(file) as book:
        book.add_worksheet().write_formula("A1", "=1+1")
    assert packages.formulas(file) == ["1+1"]
    assert packages.calls(file) == 0
