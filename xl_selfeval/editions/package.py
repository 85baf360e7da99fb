"""From a workbook without macros to one with them: VBA project, ribbon, content type; always the same bytes."""

from __future__ import annotations

import io
import re
import tempfile
import zipfile
from collections.abc import Mapping
from pathlib import Path

from xl_selfeval.editions.faults import EXTRA_MISSING, BuildError

DOCUMENT = "ThisWorkbook"  # the workbook's own module
RIBBON_PART = "customUI/customUI14.xml"
RIBBON_TYPE = "http://schemas.microsoft.com/office/2007/relationships/ui/extensibility"
PLAIN = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
WORKBOOK = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
ADDIN = "application/vnd.ms-excel.addin.macroEnabled.main+xml"
TYPES, RELATIONSHIPS = "[Content_Types].xml", "_rels/.rels"
DATE = (1980, 1, 1, 0, 0, 0)  # the first that a zip knows

Parts = dict[str, bytes]


def with_macros(plain: bytes, modules: Mapping[str, str], ribbon: str, *, addin: bool = False) -> bytes:
    """The `.xlsx` in `plain` as an `.xlsm` (or `.xlam`) with a VBA project and a ribbon.

    `modules` are VBA sources by name, that of ThisWorkbook without its header. All code names must be set in `plain`.
    Raises BuildError where pyOpenVBA is not installed.
    """
    parts = _with_project(_with_type(_parts(plain), WORKBOOK), modules)
    if addin:
        parts = _with_type(parts, ADDIN)
    return _zipped(_with_ribbon(parts, ribbon))


def _with_project(parts: Parts, modules: Mapping[str, str]) -> Parts:
    try:
        from pyopenvba import ExcelFile, VBAModuleKind
    except ImportError as error:
        raise BuildError(EXTRA_MISSING.format(name=" pyOpenVBA")) from error
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "book.xlsm"
        path.write_bytes(_zipped(parts))
        with ExcelFile(path) as file:
            file.add_vba_project()
            project = file.vba_project()
            for name, source in modules.items():
                if name == DOCUMENT:
                    project.get_module(name).body = source
                else:
                    kind = VBAModuleKind.other if source.startswith("VERSION ") else VBAModuleKind.standard
                    project.add_module(name, source, kind=kind)
            file.save(path)
        return _parts(path.read_bytes())


def _with_type(parts: Parts, wanted: str) -> Parts:
    types = re.sub("|".join(map(re.escape, (PLAIN, WORKBOOK))), wanted, parts[TYPES].decode())
    return {**parts, TYPES: types.encode()}


def _with_ribbon(parts: Parts, ribbon: str) -> Parts:
    relationship = f'<Relationship Id="rIdRibbon" Type="{RIBBON_TYPE}" Target="{RIBBON_PART}"/></Relationships>'
    relationships = parts[RELATIONSHIPS].decode().replace("</Relationships>", relationship)
    return {**parts, RELATIONSHIPS: relationships.encode(), RIBBON_PART: ribbon.encode()}


def _parts(content: bytes) -> Parts:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return {name: package.read(name) for name in package.namelist()}


def _zipped(parts: Parts) -> bytes:
    """The package, its parts in their order, with nothing in it of when and where it was made."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name, DATE)
            entry.create_system, entry.compress_type = 0, zipfile.ZIP_DEFLATED
            package.writestr(entry, content)
    return stream.getvalue()
