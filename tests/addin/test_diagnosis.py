"""诊断 on a sound book and on strange ones: every line says 正常 or what to do, and nothing makes it fail."""

from __future__ import annotations

import io
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import xlsxwriter
import xlwings as xw

from tests.libreoffice.engine.live import Live
from xl_selfeval import __version__
from xl_selfeval.addin import diagnosis as page
from xl_selfeval.addin import pressing
from xl_selfeval.addin.diagnosis import OTHER_TITLES, diagnosis
from xl_selfeval.addin.livebook import read_live
from xl_selfeval.report import pdf
from xl_selfeval.rulebook import find_rulebook
from xl_selfeval.submission_file import SAMPLES, load_submission
from xl_selfeval.workbook.names import TEMPLATE_NAME
from xl_selfeval.workbook.reader import Reading, read_workbook
from xl_selfeval.workbook.sheets import SHEETS
from xl_selfeval.workbook.template import build_workbook

TITLES = [*(sheet.title for sheet in SHEETS), *OTHER_TITLES]


class Book:
    """As much of an open book as 诊断 asks for; `api` answers as Excel's does unless told otherwise."""

    def __init__(self, fullname: str, **other: Any) -> None:
        self._fullname = fullname
        self.name = Path(fullname).name
        self.app = SimpleNamespace(version=other.get("version", "16.0"))
        self.api = SimpleNamespace(ReadOnly=other.get("read_only", False))
        self.sheets = [sheet(title, other.get("protected", True)) for title in other.get("titles", TITLES)]
        version = SimpleNamespace(refers_to_range=SimpleNamespace(value=other.get("template", "1")))
        self.names = {TEMPLATE_NAME: version}

    @property
    def fullname(self) -> str:
        if "://" in self._fullname:
            raise xw.XlwingsError("Couldn't find your local OneDrive file")
        return self._fullname


def sheet(title: str, protected: object) -> Any:
    return SimpleNamespace(name=title, api=SimpleNamespace(ProtectContents=protected))


class Broken:
    """A book of which nothing can be found out."""

    def __getattr__(self, name: str) -> Any:
        raise OSError("被呼叫方拒绝接收呼叫。\r\n(0x80010001)")


@pytest.fixture(scope="module")
def reading(tmp_path_factory: pytest.TempPathFactory) -> Reading:
    file = tmp_path_factory.mktemp("book") / "表.xlsx"
    submission = load_submission(SAMPLES / "sound.yaml")
    file.write_bytes(build_workbook(find_rulebook(submission.rulebook), submission))
    return read_workbook(file)


@pytest.fixture(autouse=True)
def machine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, reading: Reading) -> Path:
    """A machine with Word, an empty log, and a book that reads; gives the log's place."""
    log = tmp_path / "日志" / pressing.LOG
    log.parent.mkdir()
    monkeypatch.setattr(pressing, "log_file", lambda: log)
    monkeypatch.setattr(page, "read_live", lambda book: reading)
    monkeypatch.setattr(pdf, "has_word", lambda: True)
    return log


def line_of(label: str, text: str) -> str:
    return next(line for line in text.splitlines() if line.lstrip("▲").startswith(f"{label}："))


def wrong(text: str) -> set[str]:
    """The names of the lines that ask for something."""
    return {line[1:].split("：")[0] for line in text.splitlines() if line.startswith("▲")}


def book_at(folder: Path, **other: Any) -> Any:
    return Book(str(folder / "自评表.xlsm"), **other)


def test_a_sound_book_on_a_sound_machine(tmp_path: Path) -> None:
    text = diagnosis(book_at(tmp_path))
    assert text.splitlines()[0] == "诊断：全部正常"
    assert [line.split("：")[0] for line in text.splitlines()[1:-1]] == [
        *("程序", "Python", "Excel", "工作簿", "种类", "读写", "模板", "评分办法", "工作表", "保护", "PDF", "出错记录")
    ]
    assert all(line.endswith("，正常") for line in text.splitlines()[1:-1])
    assert __version__ in text and xw.__version__ in text
    assert line_of("评分办法", text).startswith(f"评分办法：{find_rulebook('mof-2020').name}")
    assert line_of("PDF", text) == "PDF：由 Word 生成，正常"


def test_the_same_lines_uncut_are_in_a_file_beside_the_log(machine: Path, tmp_path: Path) -> None:
    deep = tmp_path / ("很深的文件夹" * 200)
    text = diagnosis(book_at(deep))
    written = machine.with_name(page.FILE).read_text(encoding="utf-8-sig")
    assert str(deep) in written and str(deep) not in text
    assert f"“{machine.with_name(page.FILE)}”" in text.splitlines()[-1]
    assert len(text) <= 900
    assert [line[:3] for line in text.splitlines()[:-1]] == [line[:3] for line in written.splitlines()]


def test_a_file_that_cannot_be_written_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(pressing, "log_file", lambda: tmp_path / "没有的文件夹" / "log")
    assert diagnosis(book_at(tmp_path)).endswith("没能写成文件，请截图发给维护人员")


@pytest.mark.parametrize(
    ("fullname", "seen"),
    [
        ("工作簿1", "从未保存，请先保存"),
        ("https://d.docs.live.net/1234/自评表.xlsm", "在云端，导出时请选"),
        ("/home/a/INetCache/Content.Outlook/X/自评表.xlsm", "邮件的临时文件夹，请另存"),
    ],
)
def test_where_the_book_is(fullname: str, seen: str) -> None:
    text = diagnosis(Book(fullname))  # type: ignore[arg-type]
    assert seen in line_of("工作簿", text)
    assert "工作簿" in wrong(text)


@pytest.mark.parametrize(
    ("other", "label", "seen"),
    [
        ({"version": "12.0"}, "Excel", "12.0，版本太旧"),
        ({"read_only": True}, "读写", "只读，改动存不下来，请用“另存为”"),
        ({"template": 0.0}, "模板", "版本0，现行版本是1"),
        ({"protected": False}, "保护", "没有保护，公式可能被改动；请点“审阅”"),
        ({"titles": [t for t in TITLES if t != "选项"]}, "工作表", "缺“选项”，请勿删除"),
    ],
)
def test_what_is_wrong_with_the_book(other: dict[str, Any], label: str, seen: str, tmp_path: Path) -> None:
    text = diagnosis(book_at(tmp_path, **other))
    assert seen in line_of(label, text)
    assert wrong(text) == {label}
    assert text.splitlines()[0] == "诊断：有1处需要处理（▲）"


def test_a_renamed_form_sheet_is_named_and_still_serves(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, reading: Reading
) -> None:
    renamed = {
        path: spot._replace(sheet="人员") if spot.sheet == "评价工作组" else spot for path, spot in places(reading)
    }
    moved = Reading(reading.submission, [], renamed, reading.rulebook_id)
    monkeypatch.setattr(page, "read_live", lambda book: moved)
    text = diagnosis(book_at(tmp_path, titles=["人员" if t == "评价工作组" else t for t in TITLES]))
    assert "“评价工作组”改名“人员”，可照常使用），正常" in line_of("工作表", text)


def places(reading: Reading) -> Iterable[Any]:
    return reading.places.items()


def test_a_book_that_is_not_ours(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from xl_selfeval.workbook.cells import UnreadableError

    def refuse(book: object) -> Reading:
        raise UnreadableError("“考勤.xlsx”不是本系统的自评模板，请用生成的模板填写")

    monkeypatch.setattr(page, "read_live", refuse)
    text = diagnosis(book_at(tmp_path, titles=["Sheet1"]))
    assert "不是本系统的自评模板" in line_of("模板", text)
    assert {"模板", "评分办法", "工作表"} <= wrong(text)


def test_what_to_do_about_the_book_and_about_its_addin(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(page, "buttons_of", lambda book: ("，按钮来自加载项“a.xlam”", "请复制"))
    said = "其他种类（.xls），按钮来自加载项“a.xlam”，请另存为 .xlsx 或 .xlsm；请复制"
    assert f"▲种类：{said}" in diagnosis(Book(str(tmp_path / "表.xls"))).splitlines()  # type: ignore[arg-type]


def test_a_rulebook_nobody_knows(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, reading: Reading) -> None:
    strange = Reading(reading.submission, [], reading.places, "某县-2031")
    monkeypatch.setattr(page, "read_live", lambda book: strange)
    assert "某县-2031" in line_of("评分办法", diagnosis(book_at(tmp_path)))


def test_without_word_and_libreoffice(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(pdf, "has_word", lambda: False)
    monkeypatch.setattr(pdf, "find_office", lambda: None)
    assert wrong(diagnosis(book_at(tmp_path))) == {"PDF"}


def failed(machine: Path, *dates: str) -> None:
    """Leave a log of failures on these days."""
    entries = (f"{date}\nTraceback …\nOSError: 1\n\n" for date in dates)
    machine.write_text("".join(entries), "utf-8")


def test_the_last_failures_in_the_log(machine: Path, tmp_path: Path) -> None:
    failed(machine, "2024-02-22 07:59:59", "2024-02-23 08:00:00", "2024-03-01 07:00:00")
    text = diagnosis(book_at(tmp_path), datetime(2024, 3, 1, 8))
    assert "出错记录：最近7天2次，最近一次2024-03-01 07:00:00，若与现在的问题有关，请把“" in line_of("出错记录", text)
    assert wrong(text) == {"出错记录"}


def test_an_old_failure_asks_for_nothing(machine: Path, tmp_path: Path) -> None:
    failed(machine, "2024-02-20 08:00:00", "2024-02-23 07:59:59")
    text = diagnosis(book_at(tmp_path), datetime(2024, 3, 1, 8))
    assert line_of("出错记录", text) == "出错记录：最近7天没有（上一次2024-02-23 07:59:59），正常"
    assert text.startswith("诊断：全部正常")


def test_a_failure_of_now_is_a_recent_one(machine: Path, tmp_path: Path) -> None:
    pressing.explained(OSError("1"))
    first = machine.read_text(encoding="utf-8").splitlines()[0]
    assert f"最近7天1次，最近一次{first}，" in line_of("出错记录", diagnosis(book_at(tmp_path)))


def test_another_program_than_excel_has_no_word_on_protection(tmp_path: Path) -> None:
    book = book_at(tmp_path, protected=None, read_only=None)
    text = diagnosis(book)
    assert line_of("保护", text) == "保护：查不出"
    assert "（没有存盘）" in line_of("读写", text)


def test_a_book_of_which_nothing_can_be_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(book: object) -> Reading:
        raise RuntimeError("连接断开")

    monkeypatch.setattr(page, "read_live", fail)
    text = diagnosis(Broken())  # type: ignore[arg-type]
    assert "查不出（被呼叫方拒绝接收呼叫。）" in line_of("工作簿", text)
    assert "读不出，请把本诊断发给维护人员（连接断开）" in line_of("模板", text)
    assert len(text) <= 900


# On a real open document


@pytest.fixture
def sound(tmp_path: Path) -> bytes:
    submission = load_submission(SAMPLES / "sound.yaml")
    return build_workbook(find_rulebook(submission.rulebook), submission)


@pytest.fixture
def really(monkeypatch: pytest.MonkeyPatch) -> None:
    """The open book is read, not stood in for."""
    monkeypatch.setattr(page, "read_live", read_live)


@pytest.mark.office
def test_an_open_book(live: Live, sound: bytes, really: None) -> None:
    text = diagnosis(live.open(sound, "青禾县 自评表.xlsx"))
    assert line_of("模板", text) == "模板：版本1，正常"
    assert "青禾县 自评表.xlsx”在“" in line_of("工作簿", text)
    assert line_of("读写", text) == "读写：可写，正常"
    assert line_of("工作表", text) == f"工作表：共{len(TITLES)}张，正常"
    assert wrong(text) == set()
    assert line_of("保护", text) == f"保护：填报的{len(TITLES)}张表都有保护（没有密码），正常"


@pytest.mark.office
def test_an_open_book_with_a_sheet_renamed_and_another_deleted(live: Live, sound: bytes, really: None) -> None:
    book = live.open(sound)
    book.sheets["评价工作组"].name = "人员"
    book.sheets["评分规则"].delete()
    line = line_of("工作表", diagnosis(book))
    assert "“评价工作组”改名“人员”，可照常使用" in line
    assert "缺“评分规则”" in line


@pytest.mark.office
def test_an_open_book_that_is_not_ours_and_one_in_a_cloud(live: Live, sound: bytes, really: None) -> None:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        book.add_worksheet("考勤").write("A1", "姓名")
    assert "不是本系统的自评表" in line_of("模板", diagnosis(live.open(stream.getvalue(), "考勤.xlsx")))
    cloud = live.open(sound, told="https://d.docs.live.net/12/自评表.xlsx")
    assert "在云端" in line_of("工作簿", diagnosis(cloud))


@pytest.mark.office
def test_nothing_in_the_book_is_changed(live: Live, sound: bytes, really: None) -> None:
    book = live.open(sound)
    before = [sheet.used_range.formula for sheet in book.sheets]
    diagnosis(book)
    assert [sheet.used_range.formula for sheet in book.sheets] == before
