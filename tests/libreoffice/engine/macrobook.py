"""A tiny workbook with macros, for the tests of the engine itself."""

from __future__ import annotations

import io
import tempfile
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from pyopenvba import ExcelFile
from xlsxwriter import Workbook

PLAIN = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
MACRO = b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"
STUB = Path(__file__).with_name("stub.bas")


def macro_book(rows: Sequence[Sequence[object]], modules: Mapping[str, str]) -> bytes:
    """An .xlsm whose sheet 数据 holds `rows` and whose VBA project has `modules` by name, and the stub of xlwings."""
    stream = io.BytesIO()
    with Workbook(stream) as book:
        book.set_vba_name("ThisWorkbook")
        sheet = book.add_worksheet("数据")
        sheet.set_vba_name("Sheet1")
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "book.xlsm")
        with zipfile.ZipFile(stream) as plain, zipfile.ZipFile(path, "w") as macro:
            for name in plain.namelist():
                part = plain.read(name)
                macro.writestr(name, part.replace(PLAIN, MACRO) if name == "[Content_Types].xml" else part)
        with ExcelFile(path) as file:
            file.add_vba_project()
            for name, source in {"xlwings": STUB.read_text(encoding="ascii"), **modules}.items():
                file.vba_project().add_module(name, source)
            file.save(path)
        return path.read_bytes()
