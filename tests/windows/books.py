"""Checks of an opened edition: opened whole, compiled, protected, with its lists, rows that grow, and its look."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from tests.windows import packages
from tests.windows.desk import Desk
from tests.windows.outcome import Failed, Outcome, Untested, Verdict, expect
from xl_selfeval.assessment import assess
from xl_selfeval.model import SUBCATEGORIES, Category, Subcategory
from xl_selfeval.workbook.layout import INDICATORS, Kind, Layout, Placed, Table
from xl_selfeval.workbook.sheets import SHEETS
from xl_selfeval.workbook.template import layout_of

COMPILE = 578  # the control "Compile VBAProject" of the VBA editor
LIST_VALIDATION = 3  # xlValidateList
AFTER_REPAIR = ("已修复", "Repaired")
LONG = "完成情况说明文字" * 40  # 320 characters, several lines in any column


def opens_whole(desk: Desk, edition: Path) -> str:
    """Opened without a question, not repaired, with every sheet and name that the file has."""
    path = desk.copy(edition)
    desk.dialogs()
    book = desk.open(path)
    told = desk.dialogs()
    expect(not told, "打开时出现对话框：" + "；".join(map(str, told)))
    titles = [window.Caption for window in book.Windows]
    repaired = any(word in title for word in AFTER_REPAIR for title in titles)
    expect(not repaired, f"标题栏显示已修复：{titles}")
    form = packages.form_of(path)
    sheets = tuple(sheet.Name for sheet in book.Sheets)
    expect(sheets == form.titles, f"工作表不同：文件中{len(form.titles)}张，打开后{len(sheets)}张")
    names = sum(not name.Name.startswith("_xlfn") and "!" not in name.Name for name in book.Names)
    expect(names >= form.names, f"名称少了：文件中{form.names}个，打开后{names}个")
    return f"{len(sheets)}张表、{names}个名称，没有修复提示"


def compiles(desk: Desk, edition: Path) -> str:
    """The VBA project compiles: by the editor where Excel trusts us with it, else by a macro that does nothing."""
    book = desk.open(desk.copy(edition))
    desk.dialogs()
    try:
        book.VBProject.VBComponents.Count  # noqa: B018 - asks whether we are trusted
        button = desk.excel.VBE.CommandBars.FindControl(1, COMPILE)
        desk.excel.VBE.ActiveVBProject = book.VBProject
        if button.Enabled:
            button.Execute()
        way = "VBA 编辑器编译"
    except Exception:
        way = "运行宏（未勾选“信任对 VBA 工程对象模型的访问”，只编译了用到的模块）"
    answer, told = desk.run(f"'{book.Name}'!SelfEval.SePython")
    told = [*desk.dialogs(), *told]
    expect(not told, "出现对话框：" + "；".join(map(str, told)))
    expect(answer is True, f"SePython 的结果是 {answer}，应为 True：没有找到本次测试所用的 Python")
    return way


def stays_protected(desk: Desk, edition: Path) -> str:
    """Every form sheet that was protected in the file is protected now."""
    book = desk.open(desk.copy(edition))
    bare = [sheet.Name for sheet in book.Worksheets if not sheet.ProtectContents]
    expect(not bare, f"没有保护的表：{'、'.join(bare)}")
    return f"{book.Worksheets.Count}张表都有保护"


def locked_cells_refuse(desk: Desk, edition: Path) -> str:
    """A person cannot type over a formula: from outside of VBA, Excel must refuse as it refuses a person."""
    book = desk.open(desk.copy(edition))
    sheet = book.Worksheets(SHEETS[0].title)
    expect(bool(sheet.Range("A1").Locked), "A1 没有锁定")
    if sheet.ProtectionMode:
        raise Untested("本表已设为只对界面保护，宏和程序可以写；请手工在 A1 打字，应被拒绝")
    try:
        sheet.Range("A1").Value = "x"
    except Exception:
        return "写锁定的单元格被拒绝"
    sheet.Range("A1").Value = SHEETS[0].title
    raise Failed("锁定的单元格可以写")


def has_its_lists(desk: Desk, edition: Path) -> str:
    """Every column with choices has its drop-down; the second level follows the first."""
    book = desk.open(desk.copy(edition))
    layout = layout_in(edition)
    count = 0
    for placed in tables(layout):
        for column in placed.block.columns:  # type: ignore[union-attr]
            if column.choices:
                cell = cell_of(book, placed, 0, column.key)
                expect(cell.Validation.Type == LIST_VALIDATION, f"{placed.sheet.title} {cell.Address} 没有下拉选项")
                count += 1
    scores = layout.table(INDICATORS)
    category, sub = (cell_of(book, scores, 0, key) for key in ("category", "subcategory"))
    first, fitting = Category.OUTPUT, SUBCATEGORIES[Category.OUTPUT][0]
    strange = next(other for other in Subcategory if other not in SUBCATEGORIES[first])
    category.Value, sub.Value = first.label, fitting.label
    expect(bool(sub.Validation.Value), f"选“{first.label}”后，“{fitting.label}”应在二级指标的选项中")
    sub.Value = strange.label
    expect(not sub.Validation.Value, f"选“{first.label}”后，“{strange.label}”不应在二级指标的选项中")
    return f"{count}列有下拉选项，二级指标随一级指标变"


def rows_grow(desk: Desk, edition: Path) -> str:
    """A row grows when a long text is typed into it, in every table whose rows may grow."""
    book = desk.open(desk.copy(edition))
    grown: list[str] = []
    stuck: list[str] = []
    for placed in tables(layout_in(edition)):
        column = next((c for c in placed.block.columns if c.kind is Kind.LONG and c.span == 1), None)  # type: ignore[union-attr]
        if column is None or any(c.span > 1 for c in placed.block.columns):  # type: ignore[union-attr]
            continue  # merged cells never make a row grow
        cell = cell_of(book, placed, placed.rows - 1, column.key)
        before = cell.RowHeight
        cell.Value = LONG
        (grown if cell.RowHeight > before else stuck).append(f"{placed.sheet.title}{cell.Address}")
    expect(not stuck, f"打了长文字而没有长高：{'、'.join(stuck)}")
    expect(bool(grown), "没有一张表可以试")
    return f"{len(grown)}张表的行随文字长高"


def looks_right(desk: Desk, edition: Path) -> Outcome:
    """Pictures of every sheet that is seen, with the ribbon."""
    book = desk.open(desk.copy(edition))
    book.Activate()
    taken = []
    for sheet in book.Worksheets:
        if sheet.Visible == -1:
            sheet.Activate()
            taken.append(desk.picture(f"{edition.stem}-{edition.suffix[1:]}-{sheet.Name}"))
    return Outcome(Verdict.LOOK, f"{len(taken)}张图；请看功能区有没有“绩效自评”、按钮、颜色和列宽")


def ends(desk: Desk) -> str:
    """Excel goes when it is closed: no process of ours holds it."""
    took = desk.end()
    expect(took != float("inf"), "关闭后 20 秒仍在，已强行结束：有程序还占着它")
    return f"关闭后{took:.1f}秒退出"


@cache
def layout_in(edition: Path) -> Layout:
    """Where the form in the file `edition` has everything."""
    result = assess(edition)
    return layout_of(result.rulebook, result.submission)


def tables(layout: Layout) -> list[Placed]:
    """The tables of the form in their places."""
    return [placed for placed in layout.placed if isinstance(placed.block, Table)]


def cell_of(book: Any, placed: Placed, row: int, key: str) -> Any:
    """The cell of column `key` in row `row` of a table, counted from 0."""
    spot = placed.spot(row, key)
    return book.Worksheets(spot.sheet).Range(spot.a1)
