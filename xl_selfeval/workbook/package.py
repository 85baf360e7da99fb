"""What only the parts of an .xlsx tell: whether it is one at all, its defined names, and cells without a value."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping
from xml.etree import ElementTree

from xl_selfeval.workbook.layout import Spot

OLE, ZIP = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PK\x03\x04"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
REL_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
NAMED_CELL = re.compile(r"^'?((?:[^']|'')+?)'?!\$([A-Z]{1,3})\$(\d{1,7})")
PREFIX = rb"(?:\w+:)?"
START = rb"<" + PREFIX + rb'c r="([A-Z]{1,3})(\d{1,7})"'
ERROR_CELL = re.compile(START + rb'[^>]*? t="e"[^>]*>.*?<' + PREFIX + rb"v>([^<]*)<", re.DOTALL)
CELL = re.compile(START + rb"([^>]*)>")
# The end of a formula (spelled out, or shared: <f …/>) with no value behind it; each begins with fixed letters, which
# makes them fast. A program that writes <x:c …> is read by the slow one.
NO_RESULT = (
    re.compile(rb"</f>(?:</c>|<v></v>|<v\s*/>)"),
    re.compile(rb"<f [^>]*/>(?:</c>|<v></v>|<v\s*/>)"),
)
NO_RESULT_PREFIXED = (re.compile(rb"(?:</\w+:f>|<\w+:f [^>]*/>)(?:</\w+:c>|<\w+:v></\w+:v>|<\w+:v\s*/>)"),)
PERCENT_FORMATS = {"9", "10"}  # 0% and 0.00%, which need no declaration
QUOTED = re.compile(r'"[^"]*"|\\.')  # a percent sign among words multiplies nothing
STYLED = rb' r="([A-Z]{1,3})(\d{1,7})" s="(?:%b)"(?: t="n")?><v>'  # a number typed, not a formula
LAST_ROW = re.compile(rb'row r="(\d{1,7})"')
FILLED_CELL = re.compile(START + rb"[^>/]*>")
MOST_COLUMNS = 16_384
MOST_CELLS = 5_000_000  # of the rectangle that holds a sheet's content; calamine fills all of it
LARGEST = 200 * 1024 * 1024  # bytes once unpacked; a filled workbook has less than 2 MB


def why_not_a_workbook(content: bytes) -> str:
    """Why the bytes cannot be an .xlsx, judged by content and not by the file's name; "" when they can."""
    if not content:
        return "是空文件（0字节），请重新保存或索取"
    if content.startswith(OLE):
        if ENCRYPTED in content:
            return "设有打开密码，请取消密码后另存再试"
        return "是旧版 .xls（或 .et、.doc）格式，请在 Excel 或 WPS 中另存为 .xlsx 再试"
    if not content.startswith(ZIP):
        return "不是 Excel 工作簿（内容不是 .xlsx 格式），请确认文件"
    return ""


def why_not_this_package(package: zipfile.ZipFile) -> str:
    """Why a zip is no workbook that may be read; "" when it is one."""
    names = set(package.namelist())
    if "xl/workbook.xml" not in names:
        kind = "Word 文档" if "word/document.xml" in names else "普通压缩包或其他文件"
        return f"是{kind}，不是 .xlsx 工作簿"
    size = sum(info.file_size for info in package.infolist())
    if size > LARGEST:
        return f"展开后有{size // 1024**2}MB，超过上限{LARGEST // 1024**2}MB，未读取"
    return ""


def workbook_part(package: zipfile.ZipFile) -> tuple[dict[str, str], dict[str, Spot]]:
    """The part of each sheet by title, and the first cell of each of our defined names.

    A name that belongs to one sheet only is left out: copies of a sheet bring such names along.
    """
    root = ElementTree.fromstring(package.read("xl/workbook.xml"))
    rels = ElementTree.fromstring(package.read("xl/_rels/workbook.xml.rels"))
    targets = {rel.get("Id"): rel.get("Target", "") for rel in rels}
    titles = {s.get("name", ""): _part(targets.get(s.get(REL_ID), "")) for s in root.iter(f"{MAIN}sheet")}
    names = {}
    for name in root.iter(f"{MAIN}definedName"):
        spot = named_cell(name.text or "")
        if spot and name.get("name", "").startswith("se_") and name.get("localSheetId") is None:
            names[name.get("name", "")] = spot
    return titles, names


def named_cell(reference: str) -> Spot | None:
    """The first cell of what a defined name refers to, e.g. '表'!$B$5; None for anything else (#REF!, a formula)."""
    found = NAMED_CELL.match(reference)
    return Spot(found[1].replace("''", "'"), int(found[3]) - 1, _column(found[2])) if found else None


def shows_percent(code: str) -> bool:
    """True when a number format of this code shows 0.9 as 90 %."""
    return "%" in QUOTED.sub("", code)


def sheet_parts(package: zipfile.ZipFile, titles: Mapping[str, str]) -> dict[str, bytes]:
    """The XML of each sheet by title."""
    return {title: package.read(part) for title, part in titles.items() if part in package.NameToInfo}


def error_cells(sheets: Mapping[str, bytes]) -> dict[Spot, str]:
    """Cells that show #DIV/0! and the like, with what they show; calamine gives them as blank."""
    found: dict[Spot, str] = {}
    for title, xml in sheets.items():
        if b't="e"' in xml:
            for column, row, shown in ERROR_CELL.findall(xml):
                found[Spot(title, int(row) - 1, _column(column.decode()))] = shown.decode()
    return found


def uncalculated_cells(sheets: Mapping[str, bytes]) -> set[Spot]:
    """Cells whose formula was saved without a result; calamine gives them as blank or 0."""
    found: set[Spot] = set()
    for title, xml in sheets.items():
        patterns = NO_RESULT if b"<sheetData" in xml else NO_RESULT_PREFIXED
        for end in (end for pattern in patterns for end in pattern.finditer(xml)):
            cell = CELL.match(xml, xml.rfind(b"<", 0, xml.rfind(b'c r="', 0, end.start())))
            if cell and b't="str"' not in cell[3]:  # an empty text is a result
                found.add(Spot(title, int(cell[2]) - 1, _column(cell[1].decode())))
    return found


def stray_cell(sheets: Mapping[str, bytes]) -> Spot | None:
    """A cell so far out that the sheet cannot be read for want of memory, as after typing at the end of a column."""
    for title, xml in sheets.items():
        last = LAST_ROW.match(xml, xml.rfind(b'row r="'))
        if last and int(last[1]) <= MOST_CELLS // MOST_COLUMNS:  # then no column can be too far
            continue
        filled = FILLED_CELL.findall(xml)
        columns = {letters: _column(letters.decode()) for letters in {letters for letters, _ in filled}}
        far_row = max((int(row) for _, row in filled), default=0)
        if far_row * (max(columns.values(), default=0) + 1) > MOST_CELLS:
            letters, row = max(filled, key=lambda cell: (int(cell[1]) == far_row, columns[cell[0]]))
            return Spot(title, int(row) - 1, columns[letters])
    return None


def percent_cells(package: zipfile.ZipFile, sheets: Mapping[str, bytes]) -> frozenset[Spot]:
    """Cells whose number is shown as a percentage; pasted from another table, 90 % is stored as 0.9."""
    if "xl/styles.xml" not in package.NameToInfo:
        return frozenset()
    root = ElementTree.fromstring(package.read("xl/styles.xml"))
    codes = {f.get("numFmtId"): f.get("formatCode", "") for f in root.iter(f"{MAIN}numFmt")}
    formats = PERCENT_FORMATS | {number for number, code in codes.items() if shows_percent(code)}
    styles = [n for n, xf in enumerate(root.iterfind(f"{MAIN}cellXfs/{MAIN}xf")) if xf.get("numFmtId") in formats]
    if not styles:
        return frozenset()
    pattern = re.compile(STYLED % b"|".join(str(n).encode() for n in styles))
    found = ((title, cell) for title, xml in sheets.items() for cell in pattern.findall(xml))
    return frozenset(Spot(title, int(row) - 1, _column(column.decode())) for title, (column, row) in found)


def _part(target: str) -> str:
    return target.lstrip("/") if target.startswith("/") else f"xl/{target}"


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1
