"""The verb `build`: the workbooks that people open, made anew by whoever keeps the method."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from xl_selfeval.cli import show
from xl_selfeval.cli.verbs import DEFAULT_RULEBOOK, app
from xl_selfeval.cli.words import ChineseCommand
from xl_selfeval.files import write_new
from xl_selfeval.rulebook import find_rulebook

FOLDER = Path("workbooks")


@app.command(cls=ChineseCommand)
def build(
    rulebook: Annotated[
        str, typer.Option("--rulebook", metavar="编号或文件", help="空白表按哪个评分办法")
    ] = DEFAULT_RULEBOOK,
    output: Annotated[
        Path,
        typer.Option(
            "-o",
            "--output",
            metavar="文件夹",
            show_default=False,
            help="写到哪个文件夹；不写则放在当前文件夹中的成品文件夹，位置会显示出来",
        ),
    ] = FOLDER,
) -> int:
    """制作发给填报单位的工作簿：空白表和样表（带宏、不带宏）、Excel 加载项。"""
    from xl_selfeval.editions.books import build_all

    for name, content in build_all(find_rulebook(rulebook)).items():
        path = output / name
        if path.exists() and path.read_bytes() == content:
            show.say(f"没有变化：{path}")
            continue
        kept = write_new(path, content, datetime.now())
        show.say(f"已写出：{path}" + (f"（原有的同名文件改名为“{kept.name}”）" if kept else ""))
    return 0
