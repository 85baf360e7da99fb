"""`check` and `score`: points, findings and rulebooks as a clerk and a script see them."""

import json
import re
import subprocess
import sys

import openpyxl
import pytest
from python_calamine import CalamineWorkbook

from xl_selfeval.cli import run
from xl_selfeval.submission_file import SAMPLES

SOUND, SEED = SAMPLES / "sound.yaml", SAMPLES / "luquan-2023.yaml"


def test_score_json_has_the_documented_shape_and_nothing_else_on_stdout(capsys):
    run(["score", str(SOUND), "--json"])
    data = json.loads(capsys.readouterr().out)
    assert list(data) == [
        "unit",
        "fiscal_year",
        "rulebook",
        "total",
        "max",
        "grade",
        "execution",
        "blocks",
        "indicators",
    ]
    assert data["total"] == "98.20" and data["grade"] == "优" and data["rulebook"] == "mof-2020"
    assert data["execution"] == {"rate": "0.9600", "points": "9.60", "max": "10"}
    assert data["blocks"][0] == {"name": "产出指标", "points": "48.60", "max": "50"}
    keys = ["path", "name", "rule", "explanation", "computed", "claimed", "points", "max"]
    assert all(list(row) == keys for row in data["indicators"])


def test_execution_is_null_where_the_scheme_does_not_score_it(capsys):
    run(["score", str(SEED), "--json"])
    assert json.loads(capsys.readouterr().out)["execution"] is None


def test_check_json_names_sheet_and_cell(capsys):
    run(["check", str(SEED), "--json"])
    findings = json.loads(capsys.readouterr().out)
    assert all(list(f) == ["code", "severity", "path", "sheet", "cell", "message", "remedy", "basis"] for f in findings)
    total = next(f for f in findings if f["path"] == "conclusion.claimed_total")
    assert (total["sheet"], total["severity"]) == ("评价结论", "error") and re.fullmatch(r"[A-Z]+\d+", total["cell"])


def test_json_of_several_files_is_a_list_that_names_the_unreadable_one(capsys):
    assert run(["score", str(SOUND), "missing.xlsx", "--json"]) == 3
    first, second = json.loads(capsys.readouterr().out)
    assert first["result"]["total"] == "98.20"
    assert "找不到文件" in second["error"]


def test_fill_then_score_gives_the_same_points_as_the_submission(tmp_path, capsys):
    assert run(["fill", str(SOUND), "-o", "自评 表.xlsx"]) == 0
    capsys.readouterr()
    run(["score", "自评 表.xlsx", "--json"])
    from_workbook = json.loads(capsys.readouterr().out)
    run(["score", str(SOUND), "--json"])
    assert from_workbook == json.loads(capsys.readouterr().out)


def test_a_rulebook_on_the_command_line_overrides_the_one_in_the_form(capsys):
    run(["score", str(SOUND), "--rulebook", "hebei-2019", "--json"])
    data = json.loads(capsys.readouterr().out)
    assert data["rulebook"] == "hebei-2019" and data["execution"]["points"] == "10"


def test_a_form_without_a_rulebook_says_which_there_are(tmp_path, capsys):
    bare = tmp_path / "bare.yaml"
    bare.write_text("fiscal_year: 2023\n", encoding="utf-8")
    assert run(["score", str(bare)]) == 2
    assert "luquan-2024" in capsys.readouterr().err


def test_a_form_cannot_name_a_file_as_its_rulebook(tmp_path, capsys):
    lenient = tmp_path / "lenient.yaml"
    lenient.write_bytes((SAMPLES.parent / "rulebook/data/mof-2020.yaml").read_bytes())
    form = tmp_path / "form.yaml"
    text = SOUND.read_text(encoding="utf-8")
    form.write_text(text.replace("rulebook: mof-2020", f"rulebook: {lenient}"), encoding="utf-8")
    assert run(["score", str(form)]) == 2
    assert "不是自带的" in capsys.readouterr().err
    assert run(["score", str(form), "--rulebook", str(lenient)]) == 0


def test_a_form_with_an_unknown_rulebook_does_not_stop_the_others(tmp_path, capsys):
    odd = tmp_path / "odd.yaml"
    odd.write_text("rulebook: nowhere-1999\n", encoding="utf-8")
    assert run(["score", str(odd), str(SOUND), "--json"]) == 2
    first, second = json.loads(capsys.readouterr().out)
    assert "nowhere-1999" in first["error"] and second["result"]["total"] == "98.20"


def test_years_and_heads_beyond_reason_are_refused_in_words(tmp_path, capsys):
    odd = tmp_path / "odd.yaml"
    odd.write_text("fiscal_year: 1000000000000000000000000\nunit: {staff: -4}\n", encoding="utf-8")
    assert run(["check", str(odd)]) == 3
    shown = capsys.readouterr().err
    assert "fiscal_year（被评价年度）" in shown and "unit.staff（实有人数）" in shown and "程序出错" not in shown


def test_a_very_long_unit_name_is_checked_in_no_time(tmp_path, capsys):
    odd = tmp_path / "odd.yaml"
    odd.write_text(
        SOUND.read_text(encoding="utf-8").replace("青禾县图书馆", "青禾县" + "馆藏" * 8000, 1), encoding="utf-8"
    )
    assert run(["check", str(odd)]) in (0, 1)


def test_many_files_end_in_a_list_of_them(tmp_path, capsys):
    (tmp_path / "~$a.xlsx").write_bytes(b"lock")
    blank = tmp_path / "blank.yaml"
    blank.write_text("rulebook: mof-2020\n", encoding="utf-8")
    assert run(["score", str(SOUND), str(blank), "~$a.xlsx", "missing.xlsx"]) == 3
    shown = capsys.readouterr()
    head, first, second = shown.out.splitlines()[-3:]
    assert head == "合计3份，读出2份："
    assert first == "sound.yaml\t青禾县图书馆\t98.20\t优\t没有发现问题"
    assert second.startswith("blank.yaml\t（未填单位名称）\t\t尚未填写\t发现错误")
    assert "跳过“~$a.xlsx”" in shown.err and "找不到文件“missing.xlsx”" in shown.err


def test_a_lock_file_passed_over_does_not_change_the_shape_of_the_json(tmp_path, capsys):
    (tmp_path / "~$a.xlsx").write_bytes(b"lock")
    assert run(["score", str(SOUND), "~$a.xlsx", "--json"]) == 0
    (only,) = json.loads(capsys.readouterr().out)
    assert only["result"]["total"] == "98.20"


def test_check_can_write_a_workbook_with_its_findings(tmp_path, capsys):
    run(["fill", str(SEED), "-o", "a.xlsx"])
    capsys.readouterr()
    assert run(["check", "a.xlsx", "--json", "-o", "查.xlsx"]) == 1
    findings = json.loads(capsys.readouterr().out)
    with CalamineWorkbook.from_path("查.xlsx") as book:
        rows = book.get_sheet_by_name("检查结果").to_python()
    listed = [row for row in rows if isinstance(row[0], float)]
    assert [row[2] for row in listed] == [found["code"] for found in findings]
    assert listed[0][3] == f"{findings[0]['sheet']} {findings[0]['cell']}"


@pytest.mark.filterwarnings("ignore:.*is not supported:UserWarning")  # openpyxl drops what it does not know
def test_a_cell_that_could_not_be_taken_is_not_also_called_blank(tmp_path, capsys):
    run(["fill", str(SOUND), "-o", "a.xlsx"])
    book = openpyxl.load_workbook("a.xlsx")
    page = book["基本情况"]
    label = next(cell for row in page.iter_rows() for cell in row if str(cell.value).startswith("报告日期"))
    page.cell(label.row, label.column + 1).value = "三月里"
    book.save("a.xlsx")
    capsys.readouterr()
    run(["check", "a.xlsx", "--json"])
    here = [f["code"] for f in json.loads(capsys.readouterr().out) if f["path"] == "report_date"]
    assert here == ["CEL04"]


def test_an_unscored_row_is_named_beside_the_total(tmp_path, capsys):
    lacking = tmp_path / "lacking.yaml"
    lacking.write_text(SOUND.read_text(encoding="utf-8").replace("actual: 76000", "actual: 完成"), encoding="utf-8")
    run(["score", str(lacking)])
    assert "（另有1个指标未能计分，暂按0分）" in capsys.readouterr().out.splitlines()[0]


def test_a_pipe_gets_plain_lines(tmp_path):
    done = subprocess.run(
        [sys.executable, "-m", "xl_selfeval", "check", str(SEED)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    lines = done.stdout.splitlines()[1:]
    assert all(line.count("\t") == 4 for line in lines) and "\x1b" not in done.stdout
