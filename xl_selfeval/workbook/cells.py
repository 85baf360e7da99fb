"""A file becomes plain grids of cells, by way of python-calamine; what is not a workbook is named with its reason."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree

from python_calamine import CalamineError, CalamineWorkbook, PasswordError

from xl_selfeval.workbook.layout import Spot

Grid = Sequence[Sequence[object]]

OLE, ZIP = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PK\x03\x04"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
REL_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
NAMED_CELL = re.compile(r"^'?((?:[^']|'')+?)'?!\$([A-Z]{1,3})\$(\d+)")
ERROR_CELL = re.compile(rb'<c r="([A-Z]+)(\d+)"[^>]*? t="e"[^>]*>.*?<v>([^<]*)</v>', re.DOTALL)
LARGEST = 200 * 1024 * 1024  # bytes once unpacked; a filled workbook has less than 2 MB
SUFFIXES = (".xlsx", ".xlsm")


class UnreadableError(ValueError):
    """A file that cannot be read as a workbook; the message is a Chinese sentence with file, reason and next step."""


@dataclass
class Cells:
    """The grids of one workbook by sheet title, its defined names, and its error cells with what they show."""

    grids: Mapping[str, Grid]
    names: dict[str, Spot]
    errors: dict[Spot, str] = field(default_factory=dict)

    def value(self, spot: Spot) -> object:
        """What stands in `spot`; "" outside of the used area."""
        grid = self.grids.get(spot.sheet, ())
        row = grid[spot.row] if spot.row < len(grid) else ()
        return row[spot.col] if spot.col < len(row) else ""


def read_cells(path: Path) -> Cells:
    """All cells of the workbook at `path`. Raises UnreadableError for whatever is not a readable workbook."""
    content = _content(path)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            _refuse_foreign(package, path)
            titles, names = _workbook_part(package)
            errors = _error_cells(package, titles)
        with CalamineWorkbook.from_filelike(io.BytesIO(content)) as book:
            grids = {t: book.get_sheet_by_name(t).to_python(skip_empty_area=False) for t in book.sheet_names}
    except PasswordError as error:
        raise UnreadableError(f"“{path.name}”设有打开密码，请取消密码后另存再试") from error
    except (CalamineError, zipfile.BadZipFile, ElementTree.ParseError, KeyError, EOFError, OSError) as error:
        raise UnreadableError(f"“{path.name}”已损坏或没有传完整，请用 Excel 打开另存一份再试") from error
    return Cells(grids, names, errors)


def _content(path: Path) -> bytes:
    if path.is_dir():
        raise UnreadableError(f"“{path}”是文件夹，请指定其中的工作簿文件（.xlsx）")
    try:
        content = path.read_bytes()
    except FileNotFoundError as error:
        raise UnreadableError(f"找不到文件“{path}”，请检查文件名和所在文件夹") from error
    except OSError as error:
        raise UnreadableError(f"打不开文件“{path}”（{error.strerror}），若正被占用请先关闭") from error
    reason = _foreign_type(content, path)
    if reason:
        raise UnreadableError(f"“{path.name}”{reason}")
    return content


def _foreign_type(content: bytes, path: Path) -> str:
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


def _refuse_foreign(package: zipfile.ZipFile, path: Path) -> None:
    names = set(package.namelist())
    if "xl/workbook.xml" not in names:
        kind = "Word 文档" if "word/document.xml" in names else "普通压缩包或其他文件"
        raise UnreadableError(f"“{path.name}”是{kind}，不是 .xlsx 工作簿")
    size = sum(info.file_size for info in package.infolist())
    if size > LARGEST:
        raise UnreadableError(f"“{path.name}”展开后有{size // 1024**2}MB，超过上限{LARGEST // 1024**2}MB，未读取")


def _workbook_part(package: zipfile.ZipFile) -> tuple[dict[str, str], dict[str, Spot]]:
    """The part of each sheet by title, and the first cell of each defined name."""
    root = ElementTree.fromstring(package.read("xl/workbook.xml"))
    rels = ElementTree.fromstring(package.read("xl/_rels/workbook.xml.rels"))
    targets = {rel.get("Id"): rel.get("Target", "") for rel in rels}
    titles = {s.get("name", ""): _part(targets.get(s.get(REL_ID), "")) for s in root.iter(f"{MAIN}sheet")}
    names = {}
    for name in root.iter(f"{MAIN}definedName"):
        found = NAMED_CELL.match(name.text or "")
        if found and name.get("name", "").startswith("se_"):
            sheet = found[1].replace("''", "'")
            names[name.get("name", "")] = Spot(sheet, int(found[3]) - 1, _column(found[2]))
    return titles, names


def _part(target: str) -> str:
    return target.lstrip("/") if target.startswith("/") else f"xl/{target}"


def _error_cells(package: zipfile.ZipFile, titles: dict[str, str]) -> dict[Spot, str]:
    """Cells that show #DIV/0! and the like, which calamine gives as blank."""
    found: dict[Spot, str] = {}
    for title, part in titles.items():
        xml = package.read(part) if part in package.NameToInfo else b""
        if b't="e"' in xml:
            for column, row, shown in ERROR_CELL.findall(xml):
                found[Spot(title, int(row) - 1, _column(column.decode()))] = shown.decode()
    return found


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1
