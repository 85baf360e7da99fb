"""The release check on a Windows desk with Excel; everything that nothing else can show.

    python tests/windows/release_check.py [--workbooks workbooks] [--out 发布检查]

Opens each edition in an Excel of its own, presses every button, calls every function with and without Python, saves
pictures and writes a Chinese report. Exit code 0: nothing failed; 1: something did; 2: it cannot run here.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.windows.outcome import Result
    from tests.windows.plan import Group

ROOT = Path(__file__).parents[2]
CHINESE_CODE_PAGE = 936  # VBA's Open finds files with Chinese names only under it


def main(arguments: Sequence[str] | None = None) -> int:
    """Check the editions and write the report; gives the exit code."""
    parser = argparse.ArgumentParser(description="在 Windows 和 Excel 上做发布检查")
    parser.add_argument(
        "--workbooks", type=Path, default=ROOT / "workbooks", metavar="文件夹", help="各版本所在的文件夹"
    )
    parser.add_argument("--out", type=Path, default=Path("发布检查"), metavar="文件夹", help="报告和图放在哪里")
    parser.add_argument("--only", default="", metavar="文字", help="只做名称中有这些字的部分")
    options = parser.parse_args(arguments)
    if reason := why_not_here():
        print(reason, file=sys.stderr)
        return 2
    sys.path.insert(0, str(ROOT))
    from tests.windows import plan

    try:
        planned = [group for group in plan.groups(options.workbooks.resolve()) if options.only in group.name]
    except FileNotFoundError as missing:
        print(f"“{missing}”中没有各版本的工作簿，请先运行 xl-selfeval build", file=sys.stderr)
        return 2
    return check(planned, options.out.resolve())


def why_not_here() -> str:
    """Why the check cannot run on this machine, in Chinese; "" where it can."""
    if sys.platform != "win32":
        return "发布检查只能在装有 Excel 的 Windows 上运行，这台机器不是 Windows。请见 tests/windows/README.md"
    try:
        import win32com.client
    except ImportError:
        return "没有安装 pywin32，请先运行：pip install pywin32 pillow"
    try:
        win32com.client.DispatchEx("Excel.Application").Quit()
    except Exception as error:
        return f"Excel 启动不了（{error}），请先确认 Excel 已安装并激活"
    return ""


def check(planned: Sequence[Group], out: Path) -> int:
    """Run all groups, each in an Excel of its own; write the report to `out`. Gives the exit code."""
    from tests.windows.desk import machine
    from tests.windows.outcome import passed, report

    spare_other_excels()
    out.mkdir(parents=True, exist_ok=True)
    work = Path(tempfile.mkdtemp(prefix="xl-selfeval-release-")) / ("自评 检查" if in_chinese() else "release check")
    results: list[Result] = []
    try:
        for number, group in enumerate(planned, start=1):
            print(f"[{number}/{len(planned)}] {group.name}")
            results += run_group(group, work / str(number), out / "图", print)
    finally:
        text = report(results, machine(), datetime.now())
        (out / "发布检查.md").write_text(text, encoding="utf-8")
        shutil.rmtree(work.parent, ignore_errors=True)
    print(f"报告：{out / '发布检查.md'}")
    return 0 if passed(results) else 1


def run_group(group: Group, folder: Path, pictures: Path, tell: Callable[[str], None]) -> list[Result]:
    """The results of one group; its Excel is started before and always ended after."""
    from tests.windows.desk import Desk
    from tests.windows.outcome import run_item, untested

    python = group.python
    desk = Desk(folder, pictures, python=python != "missing", broken=python == "broken") if python else None
    results: list[Result] = []
    try:
        if desk:
            desk.start()
        for item in group.items:
            results.append(run_item(item, desk, time.monotonic))
            ended = results[-1].outcome
            tell(f"  {ended.verdict.value}　{item.title}　{ended.seen}")
    except Exception as error:  # Excel did not start
        results += untested(group.items[len(results) :], f"Excel 没有启动：{error}")
    finally:
        if desk:
            desk.end()
    return results


def spare_other_excels() -> None:
    """xlwings ends, when its process does, every Excel without an open workbook, the user's too: not here."""
    import atexit

    import xlwings._xlwindows

    atexit.unregister(xlwings._xlwindows.cleanup)


def in_chinese() -> bool:
    """Whether programs of this Windows that know no Unicode read Chinese."""
    import ctypes

    return bool(ctypes.windll.kernel32.GetACP() == CHINESE_CODE_PAGE)  # type: ignore[attr-defined]


if __name__ == "__main__":
    sys.exit(main())
