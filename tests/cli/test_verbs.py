"""The command line as a clerk and a script see it: exit codes, words, help, and files that are never overwritten."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from xl_selfeval import __version__
from xl_selfeval.cli import run
from xl_selfeval.submission_file import SAMPLES

SOUND, SEED = SAMPLES / "sound.yaml", SAMPLES / "luquan-2023.yaml"


def test_exit_codes_tell_clean_from_errors_from_usage_from_unreadable(tmp_path, capsys):
    (tmp_path / "empty.xlsx").write_bytes(b"")
    cases = [
        (["check", str(SOUND)], 0),
        (["score", str(SOUND)], 0),
        (["check", str(SEED)], 1),
        (["score", str(SEED)], 1),
        (["check"], 2),
        (["nonsense"], 2),
        (["check", str(SOUND), "--rulebook", "mof-2021"], 2),
        (["check", "missing.xlsx"], 3),
        (["check", str(tmp_path)], 3),
        (["check", "empty.xlsx"], 3),
        (["check", str(SEED), "missing.xlsx"], 3),
    ]
    for arguments, code in cases:
        assert run(arguments) == code, arguments


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["check"], "缺少参数“文件…”"),
        (["nonsense"], "没有“nonsense”这个命令"),
        (["chek", "a.xlsx"], "没有“chek”这个命令，是否想用 check"),
        (["report", "a.xlsx", "b.xlsx"], "参数太多：多出“b.xlsx”"),
        (["report", str(SOUND), "-o", "报告.pdf"], "“报告.pdf”应以 .docx 结尾；要 PDF 请加 --pdf"),
        (["template", "-o", "模板.docx"], "“模板.docx”应以 .xlsx 结尾"),
        (["check", str(SOUND), str(SEED), "-o", "查.xlsx"], "一次只能为一个文件另存检查结果"),
        (["check", "--jsn", "a.xlsx"], "没有“--jsn”这个选项，是否想用 --json"),
        (["template", "--rulebook"], "“--rulebook”后面缺少值"),
        (["check", str(SOUND), "--rulebook", "mof-2021"], "mof-2020"),
        (["check", "没有.xlsx"], "找不到文件“没有.xlsx”"),
        (["fill", "没有.yaml"], "找不到填报数据文件“没有.yaml”"),
        (["rulebook", "check", "没有.yaml"], "没有.yaml"),
    ],
)
def test_what_goes_wrong_is_said_in_chinese_on_stderr(arguments, words, capsys):
    assert run(arguments) in (2, 3)
    shown = capsys.readouterr()
    assert words in shown.err
    assert "Traceback" not in shown.err + shown.out


VERBS = ("", "demo", "template", "fill", "check", "score", "report", "table", "next-year", "schema", "build")
VERBS += ("rulebook", "rulebook show")
ENGLISH = {
    "Excel",
    "next",
    "workbooks",
    "mof",
    "xl",
    "selfeval",
    "LibreOffice",
    "Word",
    "JSON",
    "Schema",
    "PDF",
    "xlsx",
    "yaml",
    "json",
    "docx",
}


@pytest.mark.parametrize("verb", VERBS)
def test_help_is_chinese(verb, capsys):
    run([*verb.split(), "--help"])
    shown = capsys.readouterr().out
    assert "用法：" in shown and "显示本说明" in shown
    words = set(re.findall(r"[A-Za-z]{2,}", re.sub(r"--?[a-z]+", "", shown)))
    assert words <= ENGLISH | {word for name in VERBS for word in name.split()} | {"list"}


def test_the_version(capsys):
    assert run(["--version"]) == 0
    assert capsys.readouterr().out.strip() == f"xl-selfeval {__version__}"


def test_an_existing_file_is_kept_under_a_dated_name(tmp_path, capsys):
    mine = tmp_path / "表.xlsx"
    mine.write_bytes(b"mine")
    assert run(["template", "-o", str(mine)]) == 0
    kept = [p for p in tmp_path.iterdir() if p != mine]
    assert [p.read_bytes() for p in kept] == [b"mine"] and "旧" in kept[0].name
    assert "改名保留" in capsys.readouterr().out


def test_schema_is_json_schema_with_chinese_descriptions(capsys):
    assert run(["schema"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert data["properties"]["fiscal_year"]["description"] == "被评价年度"


def test_rulebook_verbs(tmp_path, capsys):
    assert run(["rulebook", "list"]) == 0
    assert {line.split("\t")[0] for line in capsys.readouterr().out.splitlines()} >= {"luquan-2024", "hubei"}
    assert run(["rulebook", "show", "luquan-2024"]) == 0
    assert "≥85分" in capsys.readouterr().out
    faulty = tmp_path / "mine.yaml"
    faulty.write_text("id: mine\nname: 我的办法\n", encoding="utf-8")
    assert run(["rulebook", "check", str(faulty)]) == 2
    assert "mine.yaml" in capsys.readouterr().err


def test_an_unexpected_error_leaves_a_log_and_one_sentence(monkeypatch, capsys):
    def broken(*_: object) -> None:
        raise RuntimeError("boom")

    monkeypatch.setattr("xl_selfeval.cli.verbs.assess", broken)
    assert run(["check", str(SOUND)]) == 3
    shown = capsys.readouterr().err
    log = Path(re.search("“(.+?)”", shown)[1])
    assert "boom" in log.read_text(encoding="utf-8") and "Traceback" not in shown


def test_score_starts_without_pandas_xlwings_or_docx():
    code = (
        "import sys; from xl_selfeval.cli import run; "
        f"run(['score', {str(SOUND)!r}, '--json']); "
        "print(sorted({'pandas', 'xlwings', 'docx', 'docxtpl', 'openpyxl'} & set(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stderr.strip() == "[]"
