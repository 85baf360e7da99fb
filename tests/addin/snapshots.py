"""All that an open workbook holds, so that two moments can be compared."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping
from pathlib import Path

import xlwings as xw

# What LibreOffice makes anew each time it saves, the heights that it fits to their content by itself, and where the
# person is.
VOLATILE = re.compile(
    r"\{[0-9A-F]{8}(?:-[0-9A-F]{4}){3}-[0-9A-F]{12}\}|<dimension [^>]*>|<x:Anchor>[^<]*</x:Anchor>"
    r'| ht="[^"]*"(?=[^>]* customHeight="false")| activeTab="\d+"| tabSelected="\w+"|<selection [^>]*>'
)
EMPTY_ROW = re.compile(r'<row r="\d+" customFormat="false" hidden="false"[^>]*></row>')


def everything(book: xw.Book, folder: Path) -> dict[str, str]:
    """All that a copy of the workbook, written into `folder`, says of values, formulas, formats, sizes and notes."""
    copy = book.impl.export(folder / f".{len(list(folder.iterdir()))}.xlsx")  # another each time
    with zipfile.ZipFile(copy) as package:
        parts = {name: package.read(name) for name in package.namelist() if not name.startswith("docProps/")}
    return {name: EMPTY_ROW.sub("", VOLATILE.sub("", part.decode())) for name, part in parts.items()}


def entries(book: xw.Book) -> dict[str, str]:
    """What stands in every cell and note, and which sheets are seen: in much less time than `everything`."""
    found = {}
    for sheet in book.sheets:
        cells = sheet.used_range.impl.uno.getFormulaArray()
        notes = [(note.location.address, note.text) for note in sheet.notes]
        found[sheet.name] = "\n".join([f"seen: {sheet.visible}", *map(str, cells), *map(str, notes)])
    return found


def changed(before: Mapping[str, str], after: Mapping[str, str]) -> list[str]:
    """The parts that differ, each with the first place where it does."""
    places = {}
    for name in sorted({*before, *after}):
        pairs = enumerate(zip(before.get(name, ""), after.get(name, ""), strict=False))
        if before.get(name) != after.get(name):
            at = next((n for n, (one, other) in pairs if one != other), 0)
            places[name] = f"{before.get(name, '')[at - 60 : at + 60]} → {after.get(name, '')[at - 60 : at + 60]}"
    return [f"{name}: {place}" for name, place in places.items()]
