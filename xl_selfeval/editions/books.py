"""The editions: the form with macros (.xlsm), the add-in (.xlam), and everything that lies in `workbooks/`."""

from __future__ import annotations

import io
import warnings
from collections.abc import Sequence
from importlib import import_module
from types import ModuleType

from xlsxwriter import Workbook

from xl_selfeval import __version__
from xl_selfeval.checks import Finding
from xl_selfeval.editions import sources, wrappers
from xl_selfeval.editions.buttons import add_buttons
from xl_selfeval.editions.modules import modules
from xl_selfeval.editions.package import DOCUMENT, with_macros
from xl_selfeval.editions.ribbon import buttons, tab_label
from xl_selfeval.editions.texts import write_settings, write_texts
from xl_selfeval.files import safe_name
from xl_selfeval.model import Submission
from xl_selfeval.rulebook import Rulebook, find_rulebook
from xl_selfeval.submission_file import SAMPLES, load_submission
from xl_selfeval.workbook.builder import Builder
from xl_selfeval.workbook.look import Look
from xl_selfeval.workbook.template import EPOCH, build_workbook

SAMPLE = "luquan-2023"
ADDIN_ABOUT = (
    "本文件是 Excel 加载项：给打开的绩效自评表（.xlsx）加上功能区“{tab}”和自评函数。它本身不用填写。",
    "安装：文件 → 选项 → 加载项 → Excel 加载项 → 转到 → 浏览，选中本文件，确定。",
    "按钮和函数要用 Python；没有安装时，表内得分仍由 Excel 自己的公式计算。",
    "版本：{version}",
)


def build_xlsm(
    rulebook: Rulebook,
    submission: Submission | None = None,
    findings: Sequence[Finding] | None = None,
    *,
    stub: str | None = None,
) -> bytes:
    """The form with buttons, ribbon and functions, blank or filled with `submission` and its `findings`.

    `stub` is the source of a module that stands in for xlwings' own, which LibreOffice cannot compile: the flavour for
    tests there. Raises TooLongError as `build_workbook`, BuildError when something to build with is not installed.
    """
    functions = wrappers.functions(_python())

    def finish(builder: Builder) -> None:
        add_buttons(builder)
        write_texts(builder.book, functions)
        write_settings(builder.book)
        _code_names(builder.book)

    plain = build_workbook(rulebook, submission, findings, finish)
    return with_macros(plain, modules(functions, stub), sources.ribbon_xml())


def build_xlam(*, stub: str | None = None) -> bytes:
    """The add-in that gives every open `.xlsx` form the ribbon and the functions; `stub` and errors as `build_xlsm`."""
    functions, stream = wrappers.functions(_python()), io.BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("error", UserWarning)
        with Workbook(stream, {"in_memory": True}) as book:
            book.set_properties({"title": tab_label(), "comments": _about()[0], "created": EPOCH})
            _write_about(book)
            write_texts(book, functions)
            write_settings(book)
            _code_names(book)
    return with_macros(stream.getvalue(), modules(functions, stub), sources.ribbon_xml(), addin=True)


def build_all(rulebook: Rulebook) -> dict[str, bytes]:
    """Every edition by its file name, and the licences of what others wrote.

    The blank forms follow `rulebook`; the filled sample has one of its own. Raises as `build_xlsm`.
    """
    sample = load_submission(SAMPLES / f"{SAMPLE}.yaml")
    blank, filled = f"部门整体支出绩效自评表（{safe_name(rulebook.id)}）", "样表（鹿泉区红十字会2023年度）"
    own = find_rulebook(sample.rulebook)
    return {
        f"{blank}.xlsx": build_workbook(rulebook),
        f"{blank}.xlsm": build_xlsm(rulebook),
        f"{filled}.xlsx": build_workbook(own, sample),
        f"{filled}.xlsm": build_xlsm(own, sample),
        "xl_selfeval.xlam": build_xlam(),
        "NOTICE.txt": sources.windows_lines(sources.notice()).encode("utf-8-sig"),  # opens rightly in Windows Notepad
    }


def _python() -> ModuleType:
    """The worksheet functions. Imported only here: with them comes xlwings, which takes half a second."""
    return import_module(wrappers.MODULE)


def _code_names(book: Workbook) -> None:
    """Name the VBA modules of the workbook and its sheets; else Excel invents other names, and no event fires."""
    book.set_vba_name(DOCUMENT)
    for number, page in enumerate(book.worksheets(), start=1):
        page.set_vba_name(f"Sheet{number}")


def _about() -> list[str]:
    return [line.format(tab=tab_label(), version=__version__) for line in ADDIN_ABOUT]


def _write_about(book: Workbook) -> None:
    """The add-in's one sheet that may be seen: what it is, its buttons, and the licences of what others wrote."""
    page, look = book.add_worksheet(tab_label()), Look(book)
    page.set_column(0, 0, 18)
    page.set_column(1, 1, 110)
    page.write_string(0, 0, tab_label(), look.style("title"))
    rows = [("", line) for line in _about()] + [(b.label, b.supertip) for b in buttons().values()]
    rows += [("", line) for line in sources.notice().splitlines()]
    for row, (head, text) in enumerate(rows, start=1):
        page.write_string(row, 0, head)
        page.write_string(row, 1, text)
    page.hide_gridlines(2)
    page.fit_to_pages(1, 0)
    page.protect()
