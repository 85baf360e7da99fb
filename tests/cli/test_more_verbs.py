"""`table` and `next-year` as a clerk without macros uses them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from xl_selfeval.cli import run
from xl_selfeval.next_year import ADVICE
from xl_selfeval.submission_file import SAMPLES

SOUND, SEED = SAMPLES / "sound.yaml", SAMPLES / "luquan-2023.yaml"


def words_in(path: Path) -> set[str]:
    """Every text of every sheet."""
    with CalamineWorkbook.from_path(str(path)) as book:
        sheets = [book.get_sheet_by_name(name).to_python() for name in book.sheet_names]
    return {str(value) for rows in sheets for row in rows for value in row}


def test_the_table_of_a_filled_workbook_is_written_beside_it_under_unit_and_year(tmp_path, capsys):
    (tmp_path / "表").mkdir()
    run(["fill", str(SOUND), "-o", "表/a.xlsx"])
    capsys.readouterr()
    assert run(["table", "表/a.xlsx"]) == 0
    made = Path("表/青禾县图书馆2023年度自评得分表.xlsx")
    assert capsys.readouterr().out == f"自评表：{made}\n"
    assert {"部门整体支出绩效自评表", "（2023年度）", "等级：优", "98.2"} <= words_in(made)


def test_the_table_of_a_faulty_form_is_written_and_says_so(capsys):
    assert run(["table", str(SEED), "-o", "t.xlsx"]) == 1
    assert "check" in capsys.readouterr().out and Path("t.xlsx").exists()


def test_the_next_year_of_a_workbook_is_a_workbook_of_the_next_year(capsys):
    run(["fill", str(SOUND), "-o", "a.xlsx"])
    capsys.readouterr()
    assert run(["next-year", "a.xlsx"]) == 0
    made = "青禾县图书馆2024年度自评表.xlsx"
    advice = ADVICE
    assert capsys.readouterr().out.splitlines()[:2] == [f"2024年度的工作簿：{made}", advice]
    words = words_in(Path(made))
    assert {"青禾县图书馆", "2024.0", "2024年11月30日前", "年接待读者人次", "325.0"} <= words
    assert "76000" not in words and "门禁系统年度客流统计表" not in words


def test_next_year_can_be_begun_under_another_rulebook(capsys):
    assert run(["next-year", str(SOUND), "--rulebook", "hubei", "-o", "n.xlsx"]) == 0
    assert "hubei" in words_in(Path("n.xlsx"))


def test_what_could_not_be_read_is_told_though_the_new_workbook_is_made(tmp_path, capsys):
    import openpyxl

    run(["fill", str(SOUND), "-o", "a.xlsx"])
    with pytest.warns(UserWarning, match="not supported"):
        book = openpyxl.load_workbook("a.xlsx")
    page = book["基本情况"]
    label = next(cell for row in page.iter_rows() for cell in row if str(cell.value).startswith("编制人数"))
    page.cell(label.row, label.column + 1).value = "十几个"
    book.save("a.xlsx")
    capsys.readouterr()
    assert run(["next-year", "a.xlsx"]) == 1
    assert "十几个" in capsys.readouterr().err and (tmp_path / "青禾县图书馆2024年度自评表.xlsx").exists()


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["table"], 2, "缺少参数“文件”"),
        (["tabel", "a.xlsx"], 2, "是否想用 table"),
        (["nextyear", "a.xlsx"], 2, "是否想用 next-year"),
        (["table", "a.xlsx", "b.xlsx"], 2, "参数太多：多出“b.xlsx”"),
        (["table", str(SOUND), "-o", "表.pdf"], 2, "“表.pdf”应以 .xlsx 结尾"),
        (["next-year", str(SOUND), "-o", "表.docx"], 2, "“表.docx”应以 .xlsx 结尾"),
        (["table", str(SOUND), "--rulebook", "mof-2021"], 2, "mof-2020"),
        (["next-year", "没有.xlsx"], 3, "找不到文件“没有.xlsx”"),
        (["table", "没有.yaml"], 3, "找不到填报数据文件“没有.yaml”"),
    ],
)
def test_what_goes_wrong_is_said_in_chinese_on_stderr(arguments, code, words, tmp_path, capsys):
    assert run(arguments) == code
    shown = capsys.readouterr()
    assert words in shown.err and "Traceback" not in shown.err + shown.out
    assert list(tmp_path.iterdir()) == []


def test_without_a_year_nothing_is_written(tmp_path, capsys):
    form = tmp_path / "form.yaml"
    form.write_text("rulebook: mof-2020\nunit: {name: 青禾县图书馆}\n", encoding="utf-8")
    assert run(["next-year", str(form)]) == 3
    assert "没有填写被评价年度" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == [form]


def test_an_existing_table_is_kept_under_a_dated_name(tmp_path, capsys):
    mine = tmp_path / "t.xlsx"
    mine.write_bytes(b"mine")
    assert run(["table", str(SOUND), "-o", "t.xlsx"]) == 0
    kept = [path for path in tmp_path.iterdir() if path != mine]
    assert [path.read_bytes() for path in kept] == [b"mine"] and "改名保留" in capsys.readouterr().out


@pytest.mark.parametrize("verb", ["table", "next-year"])
def test_help_is_chinese(verb, capsys):
    run([verb, "--help"])
    shown = capsys.readouterr().out
    assert "用法：" in shown and "显示本说明" in shown
    words = set(re.findall(r"[A-Za-z]{2,}", re.sub(r"--?[a-z]+", "", shown)))
    assert words <= {"xl", "selfeval", "xlsx", "yaml", "json", "table", "next", "year"}
