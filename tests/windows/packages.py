"""What the checks need to know of a workbook file, read from its package: no Windows is needed for that."""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


@dataclass(frozen=True)
class Form:
    """The sheets of a workbook by title, and how many names it defines."""

    titles: tuple[str, ...]
    names: int


def form_of(path: Path) -> Form:
    """The sheets and names of the workbook at `path`."""
    with zipfile.ZipFile(path) as package:
        root = ElementTree.fromstring(package.read("xl/workbook.xml"))
    titles = tuple(sheet.get("name", "") for sheet in root.iter(f"{MAIN}sheet"))
    names = {n.get("name") for n in root.iter(f"{MAIN}definedName") if not (n.get("name") or "").startswith("_xlnm")}
    return Form(titles, len(names))


def formulas(path: Path) -> list[str]:
    """Every formula of the workbook at `path`, as the file stores it."""
    found: list[str] = []
    with zipfile.ZipFile(path) as package:
        for part in package.namelist():
            if re.fullmatch(r"xl/worksheets/[^/]+\.xml", part):
                root = ElementTree.fromstring(package.read(part))
                found += [node.text for node in root.iter(f"{MAIN}f") if node.text]
    return found


def bound_to_a_place(path: Path) -> list[str]:
    """The stored formulas that call one of our functions through a file ([1]!SE_SCORE), which another PC lacks."""
    return [text for text in formulas(path) if re.search(r"!\s*SE_[A-Z_]+\(", text)]


def calls(path: Path) -> int:
    """How many stored formulas call one of our functions."""
    return sum(bool(re.search(r"\bSE_[A-Z_]+\(", text)) for text in formulas(path))


def outside_links(path: Path) -> list[str]:
    """The other files that the workbook at `path` links to."""
    found: list[str] = []
    with zipfile.ZipFile(path) as package:
        for part in package.namelist():
            if part.startswith("xl/externalLinks/_rels/"):
                root = ElementTree.fromstring(package.read(part))
                found += [rel.get("Target", "") for rel in root]
    return found


def kind_of(path: Path) -> str:
    """What a file is by its content: docx, xlsx, pdf, or ""."""
    head = path.read_bytes()[:5]
    if head == b"%PDF-":
        return "pdf"
    if head[:2] != b"PK":
        return ""
    with zipfile.ZipFile(path) as package:
        parts = package.namelist()
    return "docx" if "word/document.xml" in parts else "xlsx" if "xl/workbook.xml" in parts else ""
