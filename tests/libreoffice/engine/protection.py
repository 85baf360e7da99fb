"""Protected sheets as Excel treats them: who may write where, and the COM names by which a sheet is unprotected.

A sheet is "prepared" when a macro protected it with UserInterfaceOnly, which no file keeps: then programs may write
everywhere. Inserting, deleting and merging ask for more: the engine refuses them on every protected sheet.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.libreoffice.engine.errors import ComError
from xl_selfeval.workbook.package import sheet_parts, workbook_part

if TYPE_CHECKING:
    from tests.libreoffice.engine.sheets import Sheet

OPTIONS = {
    "AllowFormattingCells": "formatCells",
    "AllowFormattingColumns": "formatColumns",
    "AllowFormattingRows": "formatRows",
    "AllowInsertingColumns": "insertColumns",
    "AllowInsertingRows": "insertRows",
    "AllowInsertingHyperlinks": "insertHyperlinks",
    "AllowDeletingColumns": "deleteColumns",
    "AllowDeletingRows": "deleteRows",
    "AllowSorting": "sort",
    "AllowFiltering": "autoFilter",
    "AllowUsingPivotTables": "pivotTables",
}
"""What Protect may allow, and the attribute of the file that forbids it when it is 1 or not there."""
PROTECTION = re.compile("<sheetProtection[^>]*>")


def allowed_in(path: Path) -> dict[str, set[str]]:
    """What the protection of each protected sheet in the workbook at `path` allows, by COM's names; by sheet title."""
    if not zipfile.is_zipfile(path):
        return {}
    with zipfile.ZipFile(path) as package:
        titles, _ = workbook_part(package)
        parts = sheet_parts(package, titles)
    tags = {title: PROTECTION.search(xml.decode()) for title, xml in parts.items()}
    return {
        title: {name for name, attribute in OPTIONS.items() if f'{attribute}="0"' in tag[0]}
        for title, tag in tags.items()
        if tag
    }


@contextmanager
def may_write(sheet: Sheet, cells: Any) -> Iterator[None]:
    """Write into the UNO range `cells`. Raises ComError when one is locked and the sheet is not prepared."""
    if not sheet.uno.isProtected():
        yield
    elif sheet.prepared:
        with _lifted(sheet):
            yield
    elif _locked(cells):
        raise ComError(f"“{sheet.name}” is protected: a cell of this range is locked")
    else:
        yield


@contextmanager
def may_format(sheet: Sheet) -> Iterator[None]:
    """Change looks or notes. Raises ComError when the sheet is protected and not prepared."""
    if not sheet.uno.isProtected():
        yield
        return
    if not sheet.prepared:
        raise ComError(f"“{sheet.name}” is protected: formats and notes cannot be changed")
    with _lifted(sheet):
        yield


def may_restructure(sheet: Sheet) -> None:
    """Raise ComError when rows, columns or merged areas cannot be changed because the sheet is protected."""
    if sheet.uno.isProtected():
        raise ComError(f"“{sheet.name}” is protected: unprotect it before inserting, deleting or merging")


def _locked(cells: Any) -> bool:
    mixed = cells.getPropertyState("CellProtection").value == "AMBIGUOUS_VALUE"
    return mixed or bool(cells.CellProtection.IsLocked)


@contextmanager
def _lifted(sheet: Sheet) -> Iterator[None]:
    with suppress(Exception):
        sheet.uno.unprotect(sheet.password)
    if sheet.uno.isProtected():
        raise ComError(f"“{sheet.name}” is protected with a password")
    try:
        yield
    finally:
        sheet.uno.protect(sheet.password)


class SheetApi:
    """The COM worksheet, as far as xlwings has no name of its own for it."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet

    @property
    def Name(self) -> str:  # noqa: N802
        return self._sheet.name

    @property
    def CodeName(self) -> str:  # noqa: N802
        return str(self._sheet.uno.CodeName)

    @property
    def ProtectContents(self) -> bool:  # noqa: N802
        return bool(self._sheet.uno.isProtected())

    @property
    def ProtectDrawingObjects(self) -> bool:  # noqa: N802
        return self.ProtectContents

    @property
    def ProtectScenarios(self) -> bool:  # noqa: N802
        return self.ProtectContents

    @property
    def ProtectionMode(self) -> bool:  # noqa: N802
        return self.ProtectContents and self._sheet.prepared

    @property
    def Protection(self) -> Protection:  # noqa: N802
        return Protection(self._sheet.allowed)

    def Protect(  # noqa: N802
        self,
        Password: str | None = None,  # noqa: N803
        DrawingObjects: bool = True,  # noqa: N803
        Contents: bool = True,  # noqa: N803
        Scenarios: bool = True,  # noqa: N803
        UserInterfaceOnly: bool = False,  # noqa: N803
        **options: bool,
    ) -> None:
        if unknown := options.keys() - OPTIONS.keys():
            raise TypeError(f"Protect has no {sorted(unknown)}")
        self.Unprotect(Password)
        self._sheet.allowed = {name for name, given in options.items() if given}
        self._sheet.prepared, self._sheet.password = UserInterfaceOnly, Password or ""
        self._sheet.uno.protect(self._sheet.password)

    def Unprotect(self, Password: str | None = None) -> None:  # noqa: N802, N803
        with suppress(Exception):  # LibreOffice's own words for a wrong password say nothing
            self._sheet.uno.unprotect(Password or "")
        if self._sheet.uno.isProtected():
            raise ComError("The password you supplied is not correct")


class Protection:
    """What the protection of a sheet allows, by the names of COM."""

    def __init__(self, allowed: set[str]) -> None:
        self._allowed = allowed

    def __getattr__(self, name: str) -> bool:
        if name not in OPTIONS:
            raise AttributeError(name)
        return name in self._allowed
