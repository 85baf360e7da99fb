"""The release check as far as no Windows is needed: it refuses elsewhere, misses nothing, and its helpers are right."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from tests.libreoffice.engine.live import Live
from tests.windows import buttons as pressing
from tests.windows import packages, plan, release_check
from tests.windows.dialogs import Dialog
from tests.windows.functions import CASES, by_python
from tests.windows.outcome import Item, Verdict, run_item
from xl_selfeval.addin import functions as worksheet
from xl_selfeval.addin.commands import COMMANDS
from xl_selfeval.editions import wrappers
from xl_selfeval.editions.modules import buttons_module
from xl_selfeval.editions.ribbon import buttons

SCRIPT = Path(release_check.__file__)


def declared() -> list[wrappers.Function]:
    return wrappers.functions(worksheet)


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
    source = buttons_module()
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
