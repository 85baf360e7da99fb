"""The two very hidden sheets of an edition with macros: the Chinese words that VBA shows, and xlwings' settings."""

from __future__ import annotations

from collections.abc import Sequence

from xlsxwriter import Workbook

from xl_selfeval.editions.ribbon import buttons, tab_label
from xl_selfeval.editions.wrappers import MODULE, Function
from xl_selfeval.workbook.layout import Spot

TEXTS_TITLE = "宏用文字"
SETTINGS_TITLE = "xlwings.conf"  # the name by which xlwings looks for it
TEXT_NAME = "se_say_"
FUNCTIONS_NAME = "se_functions"

# The interpreter is not among them: where Python lies is a fact of each machine and stands in its own
# %USERPROFILE%\.xlwings\xlwings.conf, which xlwings reads after this sheet.
SETTINGS = (
    ("USE UDF SERVER", "True"),  # one warm process for buttons and functions
    ("UDF MODULES", MODULE),
    ("ADD_WORKBOOK_TO_PYTHONPATH", "False"),  # a file beside the workbook must not stand in for a module of ours
    ("SHOW CONSOLE", "False"),
)


def texts() -> dict[str, str]:
    """What VBA says, by the name it asks for."""
    guide, reconnect = buttons()["guide"].label, buttons()["reconnect"].label
    return {
        "title": tab_label(),
        "busy": "上一个命令还没有做完，请等它结束后再按。",
        "no_book": "没有打开的工作簿。如正在“受保护的视图”中查看，请先点“启用编辑”，再按一次。",
        "no_python": (
            "没有找到“绩效自评”程序所用的 Python，什么也没有改动。"
            "表内的得分仍由 Excel 自己的公式计算，可以照常填写。\n\n"
            "要使用按钮，请安装“绩效自评”程序；已经安装的，请在命令行运行一次 xlwings config create --force，"
            f"再按功能区“{tab_label()}”中的“{reconnect}”。仍不行请联系本单位信息技术人员。"
        ),
        "failed": (
            "没有完成：Python 没有启动或中途退出，或其中没有安装“绩效自评”程序。\n\n"
            f"请按功能区“{tab_label()}”中的“{reconnect}”后再试。仍不行请在命令行运行 xl-selfeval --version，"
            "并把显示的内容发给维护人员。"
        ),
        "reconnected": "已重新连接，全部公式已重新计算。",
        "no_guide": f"当前工作簿中没有“{guide}”。请先打开绩效自评表，再按一次。",
    }


def write_texts(book: Workbook, functions: Sequence[Function]) -> None:
    """Add the sheet of words: each text under its name, and below what the function wizard shows."""
    page = book.add_worksheet(TEXTS_TITLE)
    for row, (name, text) in enumerate(texts().items()):
        page.write_string(row, 0, text)
        book.define_name(TEXT_NAME + name, "=" + Spot(TEXTS_TITLE, row, 0).absolute())
    first = len(texts()) + 1
    for row, function in enumerate(functions, start=first):
        page.write_string(row, 0, function.name)
        page.write_string(row, 1, function.doc)
        page.write_string(row, 2, "|".join(parameter.doc for parameter in function.parameters))
    top, end = Spot(TEXTS_TITLE, first, 0), Spot(TEXTS_TITLE, first + len(functions) - 1, 2)
    book.define_name(FUNCTIONS_NAME, f"={top.absolute()}:{end.absolute().split('!')[1]}")
    page.protect()
    page.very_hidden()


def write_settings(book: Workbook) -> None:
    """Add the sheet from which xlwings takes its settings."""
    page = book.add_worksheet(SETTINGS_TITLE)
    for row, pair in enumerate(SETTINGS):
        page.write_row(row, 0, pair)
    page.protect()
    page.very_hidden()
