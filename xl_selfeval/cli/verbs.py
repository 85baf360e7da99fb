"""The verbs of the command line; each reads, calls the core, shows or writes."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import track

from xl_selfeval import __version__
from xl_selfeval.assessment import Assessment, assess, choose_rulebook, output_name, read
from xl_selfeval.cli import show
from xl_selfeval.cli.words import ChineseCommand, ChineseGroup
from xl_selfeval.cli.writing import remind, target_of, tell_unread, write
from xl_selfeval.files import WriteError, safe_name
from xl_selfeval.model import Submission
from xl_selfeval.rulebook import RulebookError, find_rulebook, own_rulebook, shipped_rulebooks
from xl_selfeval.submission_file import SubmissionError
from xl_selfeval.workbook.cells import UnreadableError

DEFAULT_RULEBOOK = "mof-2020"

app = typer.Typer(
    cls=ChineseGroup, add_completion=False, no_args_is_help=True, help="部门整体支出绩效自评：模板、检查、评分、报告"
)
rulebooks = typer.Typer(cls=ChineseGroup, no_args_is_help=True, help="评分办法：列出、查看、检查")
app.add_typer(rulebooks, name="rulebook")

Files = Annotated[list[Path], typer.Argument(metavar="文件…", help="填好的工作簿（.xlsx）或填报数据（.yaml、.json）")]
OneFile = Annotated[Path, typer.Argument(metavar="文件", help="填好的工作簿（.xlsx）或填报数据（.yaml、.json）")]
RulebookName = Annotated[
    str | None, typer.Option("--rulebook", metavar="编号或文件", help="评分办法；不写则用表中注明的")
]
Json = Annotated[bool, typer.Option("--json", help="只输出 JSON，供程序使用")]
Output = Annotated[Path | None, typer.Option("-o", "--output", metavar="文件", help="写到哪里；不写则自动取名")]


def _version(wanted: bool) -> None:
    if wanted:
        show.say(f"xl-selfeval {__version__}")
        raise typer.Exit(0)


@app.callback()
def about(
    version: Annotated[bool, typer.Option("--version", help="显示版本", callback=_version, is_eager=True)] = False,
) -> None:
    """部门整体支出绩效自评：模板、检查、评分、报告。"""


@app.command(cls=ChineseCommand)
def demo(
    folder: Annotated[Path, typer.Argument(metavar="文件夹", help="结果放在哪里")] = Path("自评演示"),
) -> int:
    """演示全过程：填好的样表 → 检查 → 评分 → Word 报告（有 Word 或 LibreOffice 时另出 PDF）。"""
    from xl_selfeval.cli.demo import run_demo

    run_demo(folder, datetime.now())
    return 0


@app.command(cls=ChineseCommand)
def template(
    rulebook: Annotated[
        str, typer.Option("--rulebook", metavar="编号或文件", help="按哪个评分办法")
    ] = DEFAULT_RULEBOOK,
    output: Output = None,
) -> int:
    """生成空白的自评工作簿模板。"""
    from xl_selfeval.workbook.template import build_workbook

    chosen = find_rulebook(rulebook)
    target = target_of(output, ".xlsx") or Path(f"部门整体支出绩效自评表（{safe_name(chosen.id)}）.xlsx")
    write(target, build_workbook(chosen), f"空白模板（{chosen.name}）")
    return 0


@app.command(cls=ChineseCommand)
def fill(
    submission: Annotated[Path, typer.Argument(metavar="填报数据", help=".yaml 或 .json 文件，或另一个工作簿")],
    rulebook: RulebookName = None,
    output: Output = None,
) -> int:
    """把填报数据填进工作簿。"""
    from xl_selfeval.workbook.template import build_workbook

    reading = read(submission)
    chosen = choose_rulebook(rulebook, reading, submission)
    target = target_of(output, ".xlsx") or Path(output_name(reading.submission, "自评表", submission) + ".xlsx")
    write(target, build_workbook(chosen, reading.submission), "填好的工作簿")
    return tell_unread(reading)


@app.command(cls=ChineseCommand)
def check(
    files: Files,
    rulebook: RulebookName = None,
    as_json: Json = False,
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", metavar="文件", help="另存一份附检查结果的工作簿（一次检查一个文件时）"),
    ] = None,
) -> int:
    """检查填报内容，列出每个问题的位置、原因和处理建议。"""
    target = target_of(output, ".xlsx")
    if target and len(files) > 1:
        raise typer.BadParameter("一次只能为一个文件另存检查结果", param_hint="-o")
    read_well: list[Assessment] = []
    code = _each(files, rulebook, as_json, (show.findings_json, show.show_findings), read_well if target else None)
    if target and read_well:
        _write_checked(target, read_well[0], quiet=as_json)
    return code


def _write_checked(target: Path, result: Assessment, *, quiet: bool) -> None:
    from xl_selfeval.workbook.template import build_workbook

    content = build_workbook(result.rulebook, result.submission, result.findings)
    write(target, content, "附检查结果的工作簿", quiet=quiet)


@app.command(cls=ChineseCommand)
def score(files: Files, rulebook: RulebookName = None, as_json: Json = False) -> int:
    """按评分办法计算得分和等级，说明每一分怎样得来。"""
    return _each(files, rulebook, as_json, (show.score_json, show.show_scores))


@app.command(cls=ChineseCommand)
def report(
    file: OneFile,
    rulebook: RulebookName = None,
    output: Output = None,
    template: Annotated[
        Path | None, typer.Option("--template", metavar="文件", help="自己的 Word 报告模板（.docx）")
    ] = None,
    pdf: Annotated[bool, typer.Option("--pdf", help="另出 PDF（须装有 Word 或 LibreOffice）")] = False,
) -> int:
    """导出 Word 版自评报告。"""
    from xl_selfeval.report import render_report

    result = assess(file, rulebook)
    target = target_of(output, ".docx") or file.with_name(output_name(result.submission, "自评报告", file) + ".docx")
    word = render_report(result.submission, result.card, template=template)
    write(target, word, "自评报告")
    if pdf:
        _write_pdf(target.with_suffix(".pdf"), word)
    elif target.with_suffix(".pdf").exists():
        show.say(f"注意：旁边的“{target.with_suffix('.pdf').name}”是以前导出的，与新报告可能不同；需要新的请加 --pdf")
    return remind(result)


@app.command(cls=ChineseCommand)
def schema() -> int:
    """输出填报数据的 JSON Schema。"""
    show.say(json.dumps(Submission.model_json_schema(), ensure_ascii=False, indent=2))
    return 0


@rulebooks.command("list", cls=ChineseCommand)
def rulebook_list() -> int:
    """列出自带的评分办法。"""
    for name in shipped_rulebooks():
        chosen = find_rulebook(name)
        show.say(f"{name}\t{chosen.name}\t{chosen.level}")
    return 0


@rulebooks.command("show", cls=ChineseCommand)
def rulebook_show(name: Annotated[str, typer.Argument(metavar="编号或文件", help="评分办法")]) -> int:
    """用文字说明一个评分办法。"""
    from xl_selfeval.rulebook.describe import rows

    chosen = find_rulebook(name)
    show.say(f"{chosen.name}（{chosen.id}）")
    section = ""
    for line in rows(chosen):
        if line.section != section:
            section = line.section
            show.say(f"\n【{section}】")
        show.say(f"  {line.item}：{line.rule}　〔{line.basis}〕")
    return 0


@rulebooks.command("check", cls=ChineseCommand)
def rulebook_check(path: Annotated[Path, typer.Argument(metavar="文件", help="评分办法文件（.yaml）")]) -> int:
    """检查一个评分办法文件，指出有错的行和原因。"""
    chosen = own_rulebook(path)
    numbers = [sourced for _, sourced in chosen.numbers()]
    unverified = sum(not sourced.verified for sourced in numbers)
    show.say(f"“{path}”可以使用：{chosen.name}，共{len(numbers)}个数，其中{unverified}个未核实出处")
    return 0


Shown = Callable[[Assessment], Any]


def _each(
    files: Sequence[Path],
    rulebook: str | None,
    as_json: bool,
    shown: tuple[Shown, Shown],
    kept: list[Assessment] | None = None,
) -> int:
    """Assess every file; one that cannot be read is named and the rest goes on. Returns the exit code.

    `shown` makes JSON of a result and shows it to a person; what could be read is added to `kept`, where that is given.
    """
    (to_json, to_person), several = shown, len(files) > 1
    code, listed, told = 0, list[Any](), list[str]()
    files = [file for file in files if not (several and _is_lock(file))]
    for file in _progress(files, as_json):
        try:
            result = assess(file, rulebook)
        except (UnreadableError, SubmissionError, RulebookError) as error:
            code = max(code, 2 if isinstance(error, RulebookError) else 3)
            show.complain(str(error))
            listed.append({"file": str(file), "error": str(error)})
            continue
        code = max(code, 1 if result.errors else 0)
        if kept is not None:
            kept.append(result)
        if as_json:
            data = to_json(result)
            listed.append({"file": str(file), "result": data} if several else data)
        else:
            to_person(result)
            told.append(show.overview(result))
    if several and not as_json:
        show.say(f"\n合计{len(files)}份，读出{len(told)}份：")
        for line in told:
            show.say(line)
    if as_json:
        show.print_json(listed if several else listed[0])
    return code


def _is_lock(file: Path) -> bool:
    """Excel's ~$ file beside an open workbook, met where many files were named: passed over with a word."""
    lock = file.name.startswith("~$")
    if lock:
        show.complain(f"跳过“{file.name}”：Excel 打开文件时的临时文件")
    return lock


def _progress(files: Sequence[Path], quiet: bool) -> Iterator[Path]:
    console = Console(stderr=True)
    wanted = len(files) > 3 and console.is_terminal and not quiet
    yield from track(files, "正在读取", console=console) if wanted else files


def _write_pdf(target: Path, word: bytes) -> None:
    """The PDF beside the Word file; raises WriteError where there is no program that makes one."""
    from xl_selfeval.report import PdfUnavailable, to_pdf

    try:
        content = to_pdf(word)
    except PdfUnavailable as missing:
        raise WriteError(f"Word 报告已生成，没有生成 PDF：{missing}") from missing
    write(target, content, "PDF")
