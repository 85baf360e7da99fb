"""Files that are no filled template: each is named with its reason, and nothing but UnreadableError is raised."""

from __future__ import annotations

import os
import random
import zipfile
from collections.abc import Callable, Mapping
from io import BytesIO
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook
from xlsxwriter import Workbook

from tests.libreoffice.office import Office
from tests.workbook.patching import filled, patched_cells
from xl_selfeval.workbook import package
from xl_selfeval.workbook.cells import UnreadableError, read_cells
from xl_selfeval.workbook.layout import Spot
from xl_selfeval.workbook.reader import read_submission, read_workbook

SHEET = "xl/worksheets/sheet2.xml"
BAD_NUMBER = b'<row r="99"><c r="A99" t="n"><v>half</v></c></row></sheetData>'
DAMAGED = "已损坏或没有传完整，请用 Excel 打开另存一份再试"
FOREIGN = "不是 Excel 工作簿（内容不是 .xlsx 格式），请确认文件"


def parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(files: Mapping[str, bytes]) -> bytes:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return stream.getvalue()


def with_part(name: str, content: bytes) -> bytes:
    """The sound workbook with one part replaced."""
    return zipped({**parts(filled()), name: content})


def replaced(name: str, old: bytes, new: bytes) -> bytes:
    assert old in parts(filled())[name]
    return with_part(name, parts(filled())[name].replace(old, new))


def plain_workbook() -> bytes:
    stream = BytesIO()
    with Workbook(stream) as book:
        book.add_worksheet("通讯录").write_row(0, 0, ["姓名", "工作单位", "电话"])
    return stream.getvalue()


def ole(*, encrypted: bool) -> bytes:
    """The head of an OLE file as Office writes it, whose directory names its streams in UTF-16."""
    stream = "EncryptedPackage" if encrypted else "Workbook"
    return package.OLE + bytes(504) + stream.encode("utf-16-le") + bytes(2000)


def declared_huge() -> bytes:
    """A small archive whose directory declares a part of 4 GB, as zip bombs do."""
    content = bytearray(zipped({**parts(filled()), "xl/media/image1.bin": b"0" * 100}))
    entry = content.rindex(b"xl/media/image1.bin") - 46
    assert content[entry : entry + 4] == b"PK\x01\x02"
    content[entry + 24 : entry + 28] = b"\xf0\xff\xff\xff"
    return bytes(content)


def typed_far_out() -> bytes:
    """Something typed into the last row of a sheet, which calamine would fill up to there."""
    cell = b'<row r="1048576"><c r="B1048576" t="inlineStr"><is><t>x</t></is></c></row></sheetData>'
    return replaced(SHEET, b"</sheetData>", cell)


FILES: dict[str, tuple[Callable[[], bytes], str]] = {
    "空.xlsx": (lambda: b"", "是空文件（0字节），请重新保存或索取"),
    "说明.docx": (lambda: zipped({"word/document.xml": b"<w/>"}), "是Word 文档，不是 .xlsx 工作簿"),
    "压缩包.xlsx": (lambda: zipped({"a.txt": b"a"}), "是普通压缩包或其他文件，不是 .xlsx 工作簿"),
    "记录.txt": ("指标,分值".encode, FOREIGN),
    "表格.xlsx": (lambda: "指标,分值\n人次,10".encode("gbk"), FOREIGN),
    "网页.xlsx": (lambda: b"<html><table><tr><td>1</td></tr></table></html>", FOREIGN),
    "图片.xlsx": (lambda: b"\x89PNG\r\n\x1a\n" + bytes(100), FOREIGN),
    "加密.xlsx": (lambda: ole(encrypted=True), "设有打开密码，请取消密码后另存再试"),
    "旧版.xlsx": (
        lambda: ole(encrypted=False),
        "是旧版 .xls（或 .et、.doc）格式，请在 Excel 或 WPS 中另存为 .xlsx 再试",
    ),
    "通讯录.xlsx": (plain_workbook, "不是本系统的自评表，请打开下发的自评表填写"),
    "炸弹.xlsx": (declared_huge, "MB，超过上限200MB，未读取"),
    "远处.xlsx": (typed_far_out, "在“基本情况”的 B1048576 有内容，离表格太远，请删去该单元格所在的行和列后另存再试"),
    "无工作簿关系.xlsx": (lambda: zipped({"xl/workbook.xml": b"<workbook/>"}), DAMAGED),
    "坏目录.xlsx": (lambda: with_part("xl/workbook.xml", b"<workbook><sheets>"), DAMAGED),
    "坏工作表.xlsx": (lambda: with_part(SHEET, b"<worksheet><sheetData><row"), DAMAGED),
    "坏数字.xlsx": (lambda: replaced(SHEET, b"</sheetData>", BAD_NUMBER), DAMAGED),
    "坏文字.xlsx": (lambda: with_part("xl/sharedStrings.xml", b"\xff\xfe<sst"), DAMAGED),
    "缺文字.xlsx": (lambda: zipped({k: v for k, v in parts(filled()).items() if "shared" not in k}), DAMAGED),
    "缺工作表.xlsx": (lambda: zipped({k: v for k, v in parts(filled()).items() if k != SHEET}), DAMAGED),
}


def why_not(file: Path) -> str:
    with pytest.raises(UnreadableError) as refused:
        read_workbook(file)
    return str(refused.value)


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_is_no_template_is_named_with_the_reason(tmp_path: Path, name: str) -> None:
    make, words = FILES[name]
    (tmp_path / name).write_bytes(make())
    message = why_not(tmp_path / name)
    assert message.startswith(f"“{name}”")
    assert words in message


def test_what_is_not_a_file_is_named_with_the_reason(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "管道.xlsx")
    assert why_not(tmp_path / "没有.xlsx") == f"找不到文件“{tmp_path / '没有.xlsx'}”，请检查文件名和所在文件夹"
    assert why_not(tmp_path) == f"“{tmp_path}”是文件夹，请指定其中的工作簿文件（.xlsx）"
    assert why_not(tmp_path / "管道.xlsx") == f"“{tmp_path / '管道.xlsx'}”不是普通文件，请指定工作簿文件（.xlsx）"
    assert "文件名太长，请改短后再试" in why_not(tmp_path / ("长" * 300))
    assert "文件名中有不能用的字符" in why_not(tmp_path / "空\0字符.xlsx")


def test_a_file_that_may_not_be_read_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "他人的.xlsx"
    file.write_bytes(filled())

    def refuse(self: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", refuse)
    assert why_not(file) == f"打不开文件“{file}”（没有权限，或正被别的程序占用；请关闭占用它的程序后再试）"


@pytest.mark.parametrize("share", [0.001, 0.01, 0.1, 0.5, 0.9, 0.99, 0.9999])
def test_a_truncated_file_is_damaged(tmp_path: Path, share: float) -> None:
    file = tmp_path / "没传完.xlsx"
    file.write_bytes(filled()[: int(len(filled()) * share)])
    assert why_not(file) == f"“没传完.xlsx”{DAMAGED}"


def test_a_panic_of_the_reading_library_is_no_crash(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """calamine's panics are BaseExceptions, which `except Exception` lets through."""

    class PanicException(BaseException):
        pass

    def panic(stream: object) -> CalamineWorkbook:
        raise PanicException("index out of bounds")

    (tmp_path / "自评表.xlsx").write_bytes(filled())
    monkeypatch.setattr(CalamineWorkbook, "from_filelike", panic)
    assert why_not(tmp_path / "自评表.xlsx") == f"“自评表.xlsx”{DAMAGED}"


def test_an_interrupt_is_still_an_interrupt(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(stream: object) -> CalamineWorkbook:
        raise KeyboardInterrupt

    (tmp_path / "自评表.xlsx").write_bytes(filled())
    monkeypatch.setattr(CalamineWorkbook, "from_filelike", interrupt)
    with pytest.raises(KeyboardInterrupt):
        read_workbook(tmp_path / "自评表.xlsx")


@pytest.mark.parametrize("seed", range(60))
def test_random_damage_is_read_or_refused_but_never_crashes(tmp_path: Path, seed: int) -> None:
    """Some bytes of one part, or of the archive itself, are changed, cut out or doubled."""
    chance = random.Random(seed)
    inside = parts(filled())
    name = chance.choice([*inside, ""])
    content = bytearray(inside[name] if name else filled())
    for _ in range(chance.randint(1, 20)):
        at = chance.randrange(len(content))
        content[at : at + chance.randint(0, 9)] = chance.choice((b"", b"<", b"\xff", b"0" * 40, bytes(content[:30])))
    file = tmp_path / "损坏.xlsx"
    file.write_bytes(with_part(name, bytes(content)) if name else bytes(content))
    try:
        read_workbook(file)
    except UnreadableError as refused:
        assert "“损坏.xlsx”" in str(refused)


# --- versions of the template ----------------------------------------------------------------------------------------


def test_an_older_template_is_read_with_a_warning() -> None:
    reading = read_submission(patched_cells({"@template": "0"}), "旧.xlsx")
    assert [found.code for found in reading.findings] == ["CEL07"]
    assert "模板版本是“0”，现行版本是“1”" in reading.findings[0].message
    assert reading.submission.unit.name == "青禾县图书馆"


def test_a_newer_template_is_not_read() -> None:
    with pytest.raises(UnreadableError, match=r"^“新\.xlsx”由更新的模板（版本2）生成，请升级 xl-selfeval 后再读$"):
        read_submission(patched_cells({"@template": "2"}), "新.xlsx")


# --- what grids do not tell ------------------------------------------------------------------------------------------


def test_errors_and_formulas_without_results_are_found_whatever_program_wrote_them() -> None:
    cells = (
        b'<c r="A90" t="e"><v>#N/A</v></c><c r="B90" s="3" t="e"><f>1/0</f><v>#DIV/0!</v></c>'
        b'<x:c r="C90" t="e"><x:f>1/0</x:f><x:v>#REF!</x:v></x:c>'
        b'<c r="D90"><f>1+1</f></c><c r="E90"><f>1+1</f><v></v></c><c r="F90"><f t="shared" si="0"/><v/></c>'
        b'<c r="J90"><f>1+1</f><v /></c>'
        b'<c r="G90"><f>1+1</f><v>2</v></c><c r="H90" t="str"><f>""</f><v></v></c><c r="I90"><v>2</v></c>'
    )
    sheets = {"表": b"<sheetData><row r='90'>" + cells + b"</row></sheetData>"}
    errors, uncalculated = package.error_cells(sheets), package.uncalculated_cells(sheets)
    assert {spot.a1: shown for spot, shown in errors.items()} == {"A90": "#N/A", "B90": "#DIV/0!", "C90": "#REF!"}
    assert {spot.a1 for spot in uncalculated} == {"D90", "E90", "F90", "J90"}


def test_cells_outside_of_the_used_area_are_blank() -> None:
    cells = patched_cells({})
    for spot in (Spot("基本情况", 9999, 0), Spot("基本情况", 0, 9999), Spot("没有", 0, 0), Spot("基本情况", 0, -1)):
        assert cells.value(spot) == ""


@pytest.mark.office
def test_a_real_xls_under_a_new_name_is_named(office: Office, tmp_path: Path) -> None:
    (tmp_path / "自评表.xlsx").write_bytes(filled())
    renamed = office.to_xls(tmp_path / "自评表.xlsx").rename(tmp_path / "改名.xlsx")
    assert why_not(renamed) == f"“改名.xlsx”{FILES['旧版.xlsx'][1]}"
    assert why_not(renamed) and read_cells(tmp_path / "自评表.xlsx").grids
