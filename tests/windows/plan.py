"""Every check of a release: which editions, buttons and functions, in which Excel, with which Python."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path

from tests.windows import books, functions, word
from tests.windows.buttons import (
    ADDIN,
    EXPECTED,
    Press,
    a_message_may_stay,
    by_ribbon,
    by_sub,
    marks_come_and_go,
    pressed,
    refuses_a_strange_book,
    says_python_is_broken,
    says_python_is_missing,
)
from tests.windows.functions import CASES
from tests.windows.outcome import Item, Outcome, Verdict
from xl_selfeval.editions.ribbon import buttons
from xl_selfeval.workbook.reader import read_workbook

BY_HAND = (
    ("功能区", "逐个点功能区的按钮，看标签、图标、提示和快捷键（Alt, ZP）"),
    ("从邮件收到的文件", "把 .xlsm 用邮件发给自己再打开：宏被禁止时，公式得分应照常；.xlsx 加加载项时，按钮应可用"),
    ("受保护的视图", "在受保护的视图中按加载项的按钮：应说请先点“启用编辑”，受保护视图的窗口不应被关闭"),
    ("从未保存的工作簿", "新建后不保存就导出：应出现选文件夹的对话框，取消后什么也不写"),
    ("OneDrive", "把工作簿放在 OneDrive 并打开自动保存：导出时应问文件夹或写到本机的同步文件夹"),
    ("命令正在做时再按", "导出 PDF 时再按一个按钮：应说上一个命令还没有做完"),
    ("正在编辑单元格", "双击一个单元格不按回车，再按功能区按钮：Excel 不响应或有一句中文，不应卡死"),
    ("开着别的 Excel 文件", "另开一个未保存的 Excel 文件，按“检查”，再关掉自评表：另一个文件不应被关闭"),
    ("WPS", "用 WPS 打开 .xlsx：公式得分、下拉和颜色应与 Excel 相同"),
    ("32 位 Excel", "在 32 位 Excel 上重做本检查：连接文件是 xlwings32-….dll"),
)
"""What a program cannot judge, for the person at the desk."""


@dataclass(frozen=True)
class Group:
    """The items that one Excel goes through; `python` names its Python: `there`, `missing` or `broken`; "" for none."""

    name: str
    python: str
    items: tuple[Item, ...]


def editions(folder: Path) -> list[Path]:
    """The workbooks of the folder `workbooks`, blank ones first. Raises FileNotFoundError where there are none."""
    found = sorted(folder.glob("*.xls[xm]"), key=lambda path: (is_filled(path), path.name))
    if not found or not (folder / ADDIN).is_file():
        raise FileNotFoundError(folder)
    return found


@cache
def is_filled(edition: Path) -> bool:
    """Whether somebody's entries are in it: the sample, not the blank form."""
    return bool(read_workbook(edition).submission.unit.name)


def groups(folder: Path) -> list[Group]:
    """All checks on the editions in `folder`, in the order in which they run."""
    found = editions(folder)
    filled = [path for path in found if is_filled(path)]
    planned = [_opened(path) for path in found]
    planned += [_alone(path) for path in filled if path.suffix == ".xlsx"]
    for path in filled:
        planned += [_with_python(path), _without(path, "missing"), _without(path, "broken")]
    planned += [_saved(path, library) for path in filled if path.suffix == ".xlsx" for library in (True, False)]
    return [*planned, _functions(folder / ADDIN), _word(), _by_hand()]


def _opened(edition: Path) -> Group:
    area = f"打开：{edition.name}"

    def item(title: str, run: Callable[..., str | Outcome]) -> Item:
        return Item(area, title, partial(run, edition=edition), (edition.name,))

    items = [item("完整打开，没有修复", books.opens_whole), item("工作表有保护", books.stays_protected)]
    items += [item("锁定的单元格不能改", books.locked_cells_refuse), item("下拉选项和二级联动", books.has_its_lists)]
    if not is_filled(edition):
        items.append(item("行随文字长高", books.rows_grow))
    items += [item("版面", books.looks_right), Item(area, "关闭后退出", books.ends, (edition.name,))]
    return Group(area, "there", tuple(items))


def _alone(edition: Path) -> Group:
    area = f"不用加载项：{edition.name}"
    run = partial(functions.native_values_stand, edition=edition, addin=False)
    return Group(area, "there", (Item(area, "公式自己计分，没有错误值", run, (edition.name,)),))


def _press(edition: Path) -> Press:
    return by_sub if edition.suffix == ".xlsm" else by_ribbon


def _with_python(edition: Path) -> Group:
    with_addin = edition.suffix == ".xlsx"
    area = f"有 Python：{edition.name}" + (f" ＋ {ADDIN}" if with_addin else "")
    about, press = ((edition.name, ADDIN) if with_addin else (edition.name,)), _press(edition)
    fresh, anew = (partial(functions.form_equals_python, edition=edition, fresh=fresh) for fresh in (True, False))
    items = [
        Item(area, "打开后得分就与 Python 相同", fresh, about),
        Item(area, "全部重算后得分与 Python 相同", anew, about),
        Item(area, "标记画上又清除，分毫不差", partial(marks_come_and_go, edition=edition, press=press), about),
    ]
    if not with_addin:
        items.insert(0, Item(area, "VBA 编译", partial(books.compiles, edition=edition), about))
    for command in EXPECTED:
        run = partial(pressed, edition=edition, command=command, press=press)
        items.append(Item(area, f"按钮 {buttons()[command].label}", run, (*about, f"button:{command}")))
    items += [
        Item(area, "消息可以开着慢慢看", partial(a_message_may_stay, edition=edition, press=press), about),
        Item(area, "不是自评表时拒绝", partial(refuses_a_strange_book, edition=edition, press=press), about),
        Item(area, "按完所有按钮，保护还在", partial(books.stays_protected, edition=edition), about),
        Item(area, "关闭后退出", books.ends, about),
    ]
    return Group(area, "there", tuple(items))


def _without(edition: Path, python: str) -> Group:
    missing = python == "missing"
    area = f"{'没有 Python' if missing else 'Python 坏了'}：{edition.name}"
    said = says_python_is_missing if missing else says_python_is_broken
    first = functions.SLOWEST if missing else functions.SLOWEST_START
    values = partial(functions.native_values_stand, edition=edition, addin=True, first=first)
    items = (
        Item(area, "公式自己计分，没有等待和提示", values, (edition.name,)),
        Item(area, "按钮用中文说明怎么办", partial(said, edition=edition, press=_press(edition)), (edition.name,)),
        Item(area, "关闭后退出", books.ends, (edition.name,)),
    )
    return Group(area, python, items)


def _saved(edition: Path, library: bool) -> Group:
    place = "Excel 的加载项文件夹" if library else "普通文件夹"
    area = f"存盘：{edition.name}，加载项在{place}"  # two Excels: it holds one file of a name only
    run = partial(functions.kept_without_a_place, edition=edition, library=library)
    return Group(area, "there", (Item(area, "公式只写函数名，换一台电脑也能用", run, (edition.name, ADDIN)),))


def _functions(addin: Path) -> Group:
    area = "自评函数"
    items = [
        Item(area, name, partial(functions.equal_python, addin=addin, name=name), (ADDIN, f"function:{name}"))
        for name in CASES
    ]
    fault = partial(functions.fault_is_not_available, addin=addin)
    items.append(Item(area, "出错为 #N/A，重新连接后恢复", fault, (ADDIN,)))
    return Group(area, "there", (*items, Item(area, "关闭后退出", books.ends, (ADDIN,))))


def _word() -> Group:
    area = "Word 报告"
    items = (
        Item(area, "每行 28 个字", word.lines_hold_28_characters),
        Item(area, "由 Word 生成 PDF", word.word_makes_the_pdf),
    )
    return Group(area, "", items)


def _by_hand() -> Group:
    def look(_: object, *, what: str) -> Outcome:
        return Outcome(Verdict.UNTESTED, f"请手工试：{what}")

    area = "手工"
    return Group(area, "", tuple(Item(area, title, partial(look, what=what)) for title, what in BY_HAND))


def all_items(planned: Sequence[Group]) -> Iterator[Item]:
    """The items of every group."""
    for group in planned:
        yield from group.items
