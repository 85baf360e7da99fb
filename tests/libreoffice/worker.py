"""Run by the system's python3, which has UNO: one private, headless LibreOffice that does what stdin asks.

The argument is the path of soffice.
Each line of stdin is one request in JSON, each line of stdout its answer; the first line names the office's id. The
steps of an edit are the methods of `Book`, called by name: what a person does to a workbook, with rows and columns
counted from 0.
"""

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import uno  # type: ignore[import-not-found]
from com.sun.star.beans import PropertyValue  # type: ignore[import-not-found]
from com.sun.star.connection import NoConnectException  # type: ignore[import-not-found]

FILTERS = {".xlsx": "Calc MS Excel 2007 XML", ".pdf": "calc_pdf_Export", ".xls": "MS Excel 97"}
START_SECONDS = 60
SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
  <prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Misc">
  <prop oor:name="FirstRun" oor:op="fuse"><value>false</value></prop></item>
</oor:items>"""


def main() -> None:
    """Answer requests until stdin ends, then end the office that was started, by its own id."""
    profile = Path(tempfile.mkdtemp(prefix="se_office_"))
    office = None
    try:
        (profile / "user").mkdir()
        (profile / "user" / "registrymodifications.xcu").write_text(SETTINGS, encoding="utf-8")
        pipe = f"se{os.getpid()}"
        office = _start(profile, pipe)
        print(json.dumps({"office": office.pid}), flush=True)
        desktop = _connect(pipe, office)
        for line in sys.stdin:
            print(json.dumps(_answer(desktop, json.loads(line))), flush=True)
        desktop.terminate()
        office.wait(20)
    finally:
        if office is not None and office.poll() is None:
            os.killpg(office.pid, signal.SIGKILL)
        shutil.rmtree(profile, ignore_errors=True)


def _start(profile: Path, pipe: str) -> "subprocess.Popen[bytes]":
    flags = ["--headless", "--norestore", "--nologo", "--nodefault", "--nolockcheck", "--nofirststartwizard"]
    command = [sys.argv[1], *flags, f"-env:UserInstallation={profile.as_uri()}", f"--accept=pipe,name={pipe};urp;"]
    return subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )


def _connect(pipe: str, office: "subprocess.Popen[bytes]") -> Any:
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    until = time.monotonic() + START_SECONDS
    while True:
        try:
            context = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
            return context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
        except NoConnectException:
            if time.monotonic() > until or office.poll() is not None:
                raise
            time.sleep(0.05)


def _answer(desktop: Any, request: dict[str, Any]) -> dict[str, Any]:
    try:
        _convert(desktop, Path(request["source"]), Path(request["target"]), request["steps"])
    except Exception as error:
        return {"error": f"{type(error).__name__}: {error}"}
    return {"error": ""}


def _convert(desktop: Any, source: Path, target: Path, steps: list[list[Any]]) -> None:
    document = desktop.loadComponentFromURL(source.as_uri(), "_blank", 0, (_property("Hidden", True),))
    if document is None:
        raise OSError(f"LibreOffice does not open {source.name}")
    try:
        book = Book(document)
        for name, *arguments in steps:
            getattr(book, name)(*arguments)
        document.storeToURL(target.as_uri(), (_property("FilterName", FILTERS[target.suffix]),))
    finally:
        document.close(True)


def _property(name: str, value: object) -> Any:
    made = PropertyValue()
    made.Name, made.Value = name, value
    return made


class Book:
    """One open workbook; its methods are the steps of an edit."""

    def __init__(self, document: Any) -> None:
        self.document, self.sheets = document, document.Sheets

    def unprotect(self) -> None:
        """Lift the protection (which has no password) of every sheet."""
        for sheet in self.sheets:
            sheet.unprotect("")

    def insert_rows(self, sheet: str, row: int, count: int) -> None:
        """Insert `count` empty rows before `row`."""
        self.sheets.getByName(sheet).Rows.insertByIndex(row, count)

    def delete_rows(self, sheet: str, row: int, count: int) -> None:
        """Delete `count` rows from `row` on."""
        self.sheets.getByName(sheet).Rows.removeByIndex(row, count)

    def insert_columns(self, sheet: str, col: int, count: int) -> None:
        """Insert `count` empty columns before `col`."""
        self.sheets.getByName(sheet).Columns.insertByIndex(col, count)

    def move_column(self, sheet: str, source: int, target: int, first: int, last: int) -> None:
        """Cut the cells of rows `first`…`last` of a column and put them into a new column before `target`."""
        page = self.sheets.getByName(sheet)
        page.Columns.insertByIndex(target, 1)
        source += 1 if target <= source else 0
        area = page.getCellRangeByPosition(source, first, source, last)
        page.moveRange(page.getCellByPosition(target, first).CellAddress, area.RangeAddress)

    def rename_sheet(self, sheet: str, name: str) -> None:
        """Give a sheet another name."""
        self.sheets.getByName(sheet).Name = name

    def add_sheet(self, name: str, position: int, text: str) -> None:
        """Add a sheet with one text in it."""
        self.sheets.insertNewByName(name, position)
        self.sheets.getByName(name).getCellByPosition(0, 0).String = text

    def copy_sheet(self, sheet: str, name: str, position: int) -> None:
        """Copy a sheet, as people do before they change something."""
        self.sheets.copyByName(sheet, name, position)

    def move_sheet(self, sheet: str, position: int) -> None:
        """Move a sheet to another position."""
        self.sheets.moveByName(sheet, position)

    def write(self, sheet: str, row: int, col: int, value: object) -> None:
        """Type text or a number into a cell; a text that begins with = is a formula."""
        cell = self.sheets.getByName(sheet).getCellByPosition(col, row)
        if isinstance(value, str) and value.startswith("="):
            cell.Formula = value
        elif isinstance(value, str):
            cell.String = value
        else:
            cell.Value = value

    def merge(self, sheet: str, first: int, left: int, last: int, right: int) -> None:
        """Merge the cells of an area; only the first keeps its content, as in Excel."""
        area = self.sheets.getByName(sheet).getCellRangeByPosition(left, first, right, last)
        for row in range(last - first + 1):
            for col in range(right - left + 1):
                if row or col:
                    area.getCellByPosition(col, row).String = ""
        area.merge(True)


if __name__ == "__main__":
    main()
