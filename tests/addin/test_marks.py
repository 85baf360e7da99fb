"""检查 lists and marks, 清除标记 leaves no trace, and a failure half-way changes nothing: on real cells."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING

import pytest
import xlwings as xw
from PIL import Image, ImageColor

from tests.addin.snapshots import changed, everything
from tests.workbook.patching import filled, layout, places
from xl_selfeval.addin import marks
from xl_selfeval.addin.livebook import read_live
from xl_selfeval.addin.marks import ENDING, MARKER, MarksError
from xl_selfeval.assessment import Assessment, judge
from xl_selfeval.checks import Finding, Severity
from xl_selfeval.checks.patches import patched
from xl_selfeval.rulebook import find_rulebook
from xl_selfeval.scoring import score
from xl_selfeval.workbook.guide import HEADLINE
from xl_selfeval.workbook.layout import Spot
from xl_selfeval.workbook.look import MARKS
from xl_selfeval.workbook.template import build_workbook

if TYPE_CHECKING:
    from tests.libreoffice.engine.live import Live

office = pytest.mark.office

NAME, STAFF = places()[("unit", "name")], places()[("unit", "staff")]
ROW = ("items", 0, "indicators", 1)
ACTUAL = places()[(*ROW, "actual")]
GOAL = places()[("goal", "text")]
FOUND = [
    Finding("REQ01", Severity.ERROR, ("unit", "name"), "没有填写单位全称", "填写单位全称", "填报要求"),
    Finding("SCO03", Severity.ERROR, (*ROW, "actual"), "=1+1 不是公式", "改正", "评分办法"),
    Finding("SCO09", Severity.WARNING, (*ROW, "actual"), "与去年相同", "核对", "评分办法"),
    Finding("TXT09", Severity.WARNING, ("goal", "text"), "有示例的内容", "换成本单位的", "填报说明"),
    Finding("TXT01", Severity.NOTE, ("unit", "staff"), "1-5", "@核对", "-5"),
    Finding("TXT02", Severity.NOTE, (), "整份的问题", "核对", "依据"),
]
EVERY_FILL = {"基本情况": {"error", "note"}, "绩效目标": {"warning"}, "指标评分": {"error"}}
SUBMISSION, RULEBOOK = patched({})


def assessment(found: list[Finding], where: dict[tuple[str | int, ...], Spot] | None = None) -> Assessment:
    return Assessment(Path("表.xlsx"), SUBMISSION, RULEBOOK, score(SUBMISSION, RULEBOOK), found, where or places())


def listed(book: xw.Book, title: str = "检查结果") -> list[list[object]]:
    """The headline, and the rows that are filled, without their numbers."""
    page = book.sheets[title]
    rows = page.range((4, 1), (4 + 20, 8)).options(ndim=2).value
    return [[page["A2"].value], *(row[1:] for row in rows if row[0] is not None)]


def notes(book: xw.Book) -> dict[str, str]:
    """Every note by sheet and cell."""
    found = ((note.location, note.text) for sheet in book.sheets for note in sheet.notes)
    return {f"{cell.sheet.name} {cell.get_address(False, False)}": text for cell, text in found}


def fills(book: xw.Book, folder: Path) -> dict[str, set[str]]:
    """The marks that are seen on the printed form sheets, by the first line of the page."""
    target = Path(mkdtemp(dir=folder)) / "页"
    book.to_pdf(f"{target}.pdf")
    text = subprocess.run(["pdftotext", f"{target}.pdf", "-"], capture_output=True, check=True).stdout.decode()
    subprocess.run(["pdftoppm", "-r", "24", f"{target}.pdf", target], check=True)
    colours = {ImageColor.getrgb(colour): severity.value for severity, colour in MARKS.items()}
    seen: dict[str, set[str]] = {}
    for page, picture in zip(text.split("\f"), sorted(target.parent.glob("页-*.ppm")), strict=False):
        with Image.open(picture) as image:
            shown = {colours[colour] for _, colour in image.getcolors(1 << 24) or () if colour in colours}
        title = page.split("\n")[0]
        # The guide shows each colour once, to explain it.
        if shown and title not in (HEADLINE, "检查结果", "序号") and not title.isdigit():
            seen.setdefault(title, set()).update(shown)
    return seen


@office
def test_findings_are_listed_noted_and_coloured(live: Live, tmp_path: Path) -> None:
    book = live.open(filled())
    assert marks.mark(book, assessment(FOUND)) == 6
    assert listed(book) == [
        ["共发现6项：错误2项，警告2项，提示2项。点“位置”可跳到相应单元格。"],
        [
            "错误",
            "REQ01",
            f"基本情况 {NAME.a1}",
            "没有填写单位全称",
            "填写单位全称",
            "填报要求",
            f"error|basics|{NAME.a1}",
        ],
        [
            "错误",
            "SCO03",
            f"指标评分 {ACTUAL.a1}",
            "=1+1 不是公式",
            "改正",
            "评分办法",
            f"error|indicators|{ACTUAL.a1}",
        ],
        ["警告", "SCO09", f"指标评分 {ACTUAL.a1}", "与去年相同", "核对", "评分办法", f"warning|indicators|{ACTUAL.a1}"],
        [
            "警告",
            "TXT09",
            f"绩效目标 {GOAL.a1}",
            "有示例的内容",
            "换成本单位的",
            "填报说明",
            f"warning|goals|{GOAL.a1}",
        ],
        ["提示", "TXT01", f"基本情况 {STAFF.a1}", "1-5", "@核对", "-5", f"note|basics|{STAFF.a1}"],
        ["提示", "TXT02", "整份自评", "整份的问题", "核对", "依据", None],
    ]
    assert notes(book) == {
        f"基本情况 {NAME.a1}": f"{MARKER}\n错误 REQ01：没有填写单位全称。填写单位全称。\n{ENDING}",
        f"指标评分 {ACTUAL.a1}": f"{MARKER}\n错误 SCO03：=1+1 不是公式。改正。\n警告 SCO09：与去年相同。核对。\n"
        + ENDING,
        f"绩效目标 {GOAL.a1}": f"{MARKER}\n警告 TXT09：有示例的内容。换成本单位的。\n{ENDING}",
        f"基本情况 {STAFF.a1}": f"{MARKER}\n提示 TXT01：1-5。@核对。\n{ENDING}",
    }
    assert fills(book, tmp_path) == EVERY_FILL
    assert book.sheets.active.name == "检查结果"


@office
def test_marks_follow_when_rows_are_inserted_and_deleted(live: Live, tmp_path: Path) -> None:
    book = live.open(filled())
    marks.mark(book, assessment(FOUND[:3]))
    page = book.sheets["指标评分"]
    page.api.Unprotect()
    page.range(f"{ACTUAL.row}:{ACTUAL.row + 1}").insert("down")
    moved = ACTUAL._replace(row=ACTUAL.row + 2).a1
    assert [row[2] for row in listed(book)[2:]] == [f"指标评分 {moved}"] * 2
    assert listed(book)[2][-1] == f"error|indicators|{moved}"
    assert fills(book, tmp_path) == {"基本情况": {"error"}, "指标评分": {"error"}}
    page.range(f"{ACTUAL.row + 3}:{ACTUAL.row + 3}").delete("up")
    assert [row[2] for row in listed(book)[1:]] == [f"基本情况 {NAME.a1}", "已删除", "已删除"]
    assert fills(book, tmp_path) == {"基本情况": {"error"}}


@office
def test_marks_stay_when_sheets_are_renamed(live: Live, tmp_path: Path) -> None:
    book = live.open(filled())
    for old, new in (("指标评分", "张三's 指标"), ("检查结果", "结果")):
        book.sheets[old].name = new
    where = {path: s._replace(sheet="张三's 指标") if s.sheet == "指标评分" else s for path, s in places().items()}
    marks.mark(book, assessment(FOUND[:2], where))
    assert listed(book, "结果")[2][2] == f"张三's 指标 {ACTUAL.a1}"
    assert fills(book, tmp_path) == {"基本情况": {"error"}, "指标评分": {"error"}}  # the words on the sheet stay
    assert marks.clear(book) == 2


@office
def test_clearing_leaves_no_trace(live: Live, tmp_path: Path) -> None:
    book = live.open(filled())
    before = everything(book, tmp_path)
    marks.mark(book, assessment(FOUND))
    assert changed(before, everything(book, tmp_path)) != []
    assert marks.clear(book) == len(FOUND)
    assert changed(before, everything(book, tmp_path)) == []
    assert listed(book) == [["尚未检查。填好后按“检查”按钮，或用命令 xl-selfeval check 检查，结果列在这里。"]]
    assert marks.clear(book) == 0


@office
def test_a_file_that_came_with_findings_shows_them_and_is_cleared_too(live: Live, tmp_path: Path) -> None:
    """As `check -o` writes it."""
    book = live.open(build_workbook(find_rulebook("mof-2020"), SUBMISSION, FOUND))
    assert fills(book, tmp_path) == EVERY_FILL
    assert marks.clear(book) == len(FOUND)
    assert fills(book, tmp_path) == {}


@office
def test_a_second_check_replaces_the_first(live: Live) -> None:
    book = live.open(filled())
    marks.mark(book, assessment(FOUND))
    marks.mark(book, assessment(FOUND[3:4]))
    assert [row[1] for row in listed(book)[1:]] == ["TXT09"]
    assert list(notes(book)) == [f"绩效目标 {GOAL.a1}"]
    assert marks.mark(book, assessment([])) == 0
    assert listed(book) == [["没有发现问题。"]] and not notes(book)


@office
def test_a_note_of_the_person_is_left_alone(live: Live) -> None:
    book = live.open(filled())
    book.sheets["基本情况"].range((NAME.row + 1, NAME.col + 1)).add_note("问一下办公室")
    marks.mark(book, assessment(FOUND[:2]))
    assert notes(book)[f"基本情况 {NAME.a1}"] == "问一下办公室"
    assert marks.clear(book) == 2
    assert notes(book) == {f"基本情况 {NAME.a1}": "问一下办公室"}


@office
def test_what_the_person_wrote_below_our_note_stays(live: Live) -> None:
    book = live.open(filled())
    marks.mark(book, assessment(FOUND[:1]))
    note = book.sheets[NAME.sheet][NAME.a1].note
    assert note is not None
    note.text += "\n张三：已与财政核实，无需改"
    marks.mark(book, assessment(FOUND[:1]))
    assert notes(book)[f"基本情况 {NAME.a1}"].endswith(f"{ENDING}\n张三：已与财政核实，无需改")
    marks.clear(book)
    assert notes(book) == {f"基本情况 {NAME.a1}": "张三：已与财政核实，无需改"}
    marks.mark(book, assessment(FOUND[:1]))
    assert notes(book) == {f"基本情况 {NAME.a1}": "张三：已与财政核实，无需改"}


@office
@pytest.mark.parametrize("fails_at", ["add_note", "autofit", "activate"])
def test_what_goes_wrong_half_way_changes_nothing(
    live: Live, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fails_at: str
) -> None:
    book = live.open(filled())
    marks.mark(book, assessment(FOUND[2:]))
    before = everything(book, tmp_path)
    stood = (listed(book), notes(book))

    def failing(work: Callable[..., object], at: int) -> Callable[..., object]:
        calls = []

        def work_or_fail(*given: object) -> object:
            calls.append(given)
            if len(calls) == at:
                raise OSError("Excel 正忙")
            return work(*given)

        return work_or_fail

    owner, at = {"add_note": (xw.Range, 2), "autofit": (xw.main.RangeRows, 1), "activate": (xw.Sheet, 1)}[fails_at]
    with monkeypatch.context() as patch, pytest.raises(OSError, match="Excel 正忙"):
        patch.setattr(owner, fails_at, failing(getattr(owner, fails_at), at))
        marks.mark(book, assessment(FOUND[:3]))
    assert (listed(book), notes(book)) == stood
    after = everything(book, tmp_path)
    assert changed(before, after) == []


@office
def test_without_its_sheet_nothing_is_marked(live: Live, tmp_path: Path) -> None:
    book = live.open(filled())
    marks.mark(book, assessment(FOUND[:1]))
    book.sheets["检查结果"].delete()
    before = everything(book, tmp_path)
    with pytest.raises(MarksError, match="“检查结果”表已被删除，或模板较旧，没有地方列出问题。请按“生成上报文件”"):
        marks.mark(book, assessment(FOUND))
    assert changed(before, everything(book, tmp_path)) == []
    assert marks.clear(book) == 1 and not notes(book)


@office
def test_thousands_of_findings_are_listed_in_one_write(live: Live) -> None:
    book = live.open(filled())
    many = [replace(FOUND[n % 2], message=f"第{n}个问题") for n in range(3_000)]
    live.calls.reset()
    assert marks.mark(book, assessment(many)) == 3_000
    assert live.calls.writes == {"检查结果": 2}  # the list, and the sentence above it
    page = book.sheets["检查结果"]
    assert page.range((3_003, 1), (3_003, 5)).value[4] == "第2999个问题"
    assert len(notes(book)) == 2 and notes(book)[f"基本情况 {NAME.a1}"].endswith(f"项，见“检查结果”表。\n{ENDING}")
    assert all(len(text) < 1_000 for text in notes(book).values())
    assert marks.clear(book) == 3_000


@office
def test_hidden_rows_of_the_list_are_shown_again(live: Live) -> None:
    book = live.open(filled())
    page = book.sheets["检查结果"]
    for _ in range(2):  # above an empty list, then above the one before
        page.range("5:6").rows.hidden = True
        marks.mark(book, assessment(FOUND))
        assert page.range("4:9").rows.hidden is False


@office
def test_what_the_program_itself_finds_is_marked_where_it_lies(live: Live, tmp_path: Path) -> None:
    submission, rulebook = patched({"unit.name": "", "items.0.indicators.0.claimed_points": 9})
    book = live.open(build_workbook(rulebook, submission))
    result = judge(read_live(book), Path(book.name))
    marks.mark(book, result)
    found = {row[1]: row[2] for row in listed(book)[1:]}
    assert found["REQ01"] == f"基本情况 {NAME.a1}"
    assert found["SCO03"] == f"指标评分 {places()[('items', 0, 'indicators', 0, 'claimed_points')].a1}"
    assert set(notes(book)) == {row for row in found.values() if row != "整份自评"}
    again = judge(read_live(book), Path(book.name))  # the list on 检查结果 and the notes say nothing of the form
    assert again.findings == result.findings


def test_a_note_tells_all_findings_of_a_cell_as_far_as_they_fit() -> None:
    long = [replace(FOUND[0], message="长" * 300) for _ in range(5)]
    text = marks.notes(assessment(long))[NAME]
    assert text.count("REQ01") == 2 and text.endswith(f"\n还有3项，见“检查结果”表。\n{ENDING}")
    (only,) = marks.notes(assessment([replace(FOUND[0], message="长" * 5_000)])).values()
    assert len(only) < 1_000


def test_layout_keys_are_unique() -> None:
    assert len({sheet.key for sheet in layout().sheets}) == len(layout().sheets)
