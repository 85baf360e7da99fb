"""Builds the Word template that officers edit from its readable source: ``python -m xl_selfeval.report.word``.

The same source gives the same bytes on every machine, so a test can compare the committed `.docx` with a fresh one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from lxml import etree

from xl_selfeval.report import gongwen, house
from xl_selfeval.report.oxml import Element, serialise, twips, w
from xl_selfeval.report.package import write_parts
from xl_selfeval.report.properties import CORE, core_properties
from xl_selfeval.report.source import Column, Line, Row, Table, parse

TEMPLATES = Path(__file__).parent / "templates"
_PRESERVE = "{http://www.w3.org/XML/1998/namespace}space"
_MARKED = re.compile(r"\*\*(?P<Label>.+?)\*\*|__(?P<RunIn>.+?)__|(?P<Condition>\{%.*?%\})")
_JOINS = "{%-"
_CORE = "application/vnd.openxmlformats-package.core-properties+xml"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def build(source: str) -> bytes:
    """The .docx template of `source`. Raises SourceError naming the faulty line."""
    return write_parts(
        {
            "[Content_Types].xml": _content_types(),
            "_rels/.rels": _relationships(
                [
                    ("rId1", RELATIONSHIP_TYPE.OFFICE_DOCUMENT, "word/document.xml"),
                    ("rId2", RELATIONSHIP_TYPE.CORE_PROPERTIES, CORE),
                ]
            ),
            CORE: _core_properties(),
            "word/document.xml": serialise(_document(source)),
            "word/_rels/document.xml.rels": _relationships(
                [
                    (house.ODD_FOOTER, RELATIONSHIP_TYPE.FOOTER, "footer1.xml"),
                    (house.EVEN_FOOTER, RELATIONSHIP_TYPE.FOOTER, "footer2.xml"),
                    ("rId3", RELATIONSHIP_TYPE.STYLES, "styles.xml"),
                    ("rId4", RELATIONSHIP_TYPE.SETTINGS, "settings.xml"),
                    ("rId5", RELATIONSHIP_TYPE.FONT_TABLE, "fontTable.xml"),
                ]
            ),
            "word/styles.xml": house.styles(),
            "word/settings.xml": house.settings(),
            "word/fontTable.xml": house.fonts(),
            "word/footer1.xml": house.footer(odd=True),
            "word/footer2.xml": house.footer(odd=False),
        },
        packed=False,
    )


def _document(source: str) -> Element:
    body, blocks = w("body"), [*parse(source), None]
    for block, following in pairwise(blocks):
        if isinstance(block, Table):
            body.append(_table(block))
        elif block is not None:
            joined = isinstance(following, Line) and following.text.startswith(_JOINS)
            body.append(_line(block, joined=joined))
    body.append(house.section())
    return w("document", body)


def _line(line: Line, *, joined: bool) -> Element:
    """A paragraph. Conditions are grey, so that the words stand out, save where a `joined` line would go on in grey."""
    plain = joined or line.style.id == "Tag"
    return w("p", w("pPr", w("pStyle", val=line.style.id)), *_runs(line.text, grey=not plain))


def _runs(text: str, *, grey: bool) -> Iterator[Element]:
    """`text` as runs; **……** and __……__ bear a character style, and conditions where they are `grey`."""
    end = 0
    for match in _MARKED.finditer(text):
        if text[end : match.start()]:
            yield run(text[end : match.start()])
        style = match.lastgroup or ""
        yield run(match[style], style if grey or style != "Condition" else "")
        end = match.end()
    if text[end:]:
        yield run(text[end:])


def run(text: str, style: str = "") -> Element:
    """A run of `text` in a character style."""
    node = w("t", text)
    node.set(_PRESERVE, "preserve")
    return w("r", w("rPr", w("rStyle", val=style)), node) if style else w("r", node)


def _table(table: Table) -> Element:
    """Fixed layout, a grid, a width for each cell: what Word, WPS and LibreOffice need to lay it out alike."""
    total = sum(twips(column.width) for column in table.columns)
    return w(
        "tbl",
        w(
            "tblPr",
            w("tblStyle", val="Grid"),
            w("tblW", w=total, type="dxa"),
            w("jc", val="center"),
            w("tblLayout", type="fixed"),
            house.cell_margins(),
        ),
        w("tblGrid", *(w("gridCol", w=twips(column.width)) for column in table.columns)),
        *(_row(row, table) for row in table.rows),
    )


def _row(row: Row, table: Table) -> Element:
    properties = w("trPr", w("cantSplit"))
    if table.signed and row.kind == "row":
        properties.append(w("trHeight", val=twips(gongwen.SIGNATURE_ROW), hRule="atLeast"))
    if row.kind == "head":
        properties.append(w("tblHeader"))
    if len(row.cells) == 1:
        return w("tr", properties, _span(row, table))
    cells = (_cell(text, column, row, table) for text, column in zip(row.cells, table.columns, strict=True))
    return w("tr", properties, *cells)


def _span(row: Row, table: Table) -> Element:
    width = sum(twips(column.width) for column in table.columns)
    style = "Tag" if row.kind == "tag" else table.style.id
    return w(
        "tc",
        w("tcPr", w("tcW", w=width, type="dxa"), w("gridSpan", val=len(table.columns)), w("vAlign", val="center")),
        w("p", w("pPr", w("pStyle", val=style), _kept(row, table)), run(row.cells[0], _face(row))),
    )


def _cell(text: str, column: Column, row: Row, table: Table) -> Element:
    align = "center" if row.kind == "head" else column.align
    properties = w("pPr", w("pStyle", val=table.style.id), _kept(row, table))
    if align != "left":
        properties.append(w("jc", val=align))
    paragraph = w("p", properties)
    if text:
        paragraph.append(run(text, _face(row)))
    return w("tc", w("tcPr", w("tcW", w=twips(column.width), type="dxa"), w("vAlign", val="center")), paragraph)


def _face(row: Row) -> str:
    return "HeadCell" if row.kind in ("head", "sum", "span") else ""


def _kept(row: Row, table: Table) -> Element:
    """A header or group row stays with the row below it; signed rows stay with the unit's name and the date."""
    return w("keepNext", val=int(table.signed or row.kind in ("head", "span")))


def _content_types() -> bytes:
    overrides = {
        "/word/document.xml": CONTENT_TYPE.WML_DOCUMENT_MAIN,
        "/word/styles.xml": CONTENT_TYPE.WML_STYLES,
        "/word/settings.xml": CONTENT_TYPE.WML_SETTINGS,
        "/word/fontTable.xml": CONTENT_TYPE.WML_FONT_TABLE,
        "/word/footer1.xml": CONTENT_TYPE.WML_FOOTER,
        "/word/footer2.xml": CONTENT_TYPE.WML_FOOTER,
        f"/{CORE}": _CORE,
    }
    space = f"{_PACKAGE}/content-types"
    root = etree.Element(f"{{{space}}}Types", nsmap={None: space})
    for extension, kind in (("rels", CONTENT_TYPE.OPC_RELATIONSHIPS), ("xml", CONTENT_TYPE.XML)):
        etree.SubElement(root, f"{{{space}}}Default", Extension=extension, ContentType=kind)
    for name, kind in overrides.items():
        etree.SubElement(root, f"{{{space}}}Override", PartName=name, ContentType=kind)
    return serialise(root)


def _relationships(links: list[tuple[str, str, str]]) -> bytes:
    space = f"{_PACKAGE}/relationships"
    root = etree.Element(f"{{{space}}}Relationships", nsmap={None: space})
    for ident, kind, target in links:
        etree.SubElement(root, f"{{{space}}}Relationship", Id=ident, Type=kind, Target=target)
    return serialise(root)


def _core_properties() -> bytes:
    return core_properties(title="绩效自评报告模板", author="", subject="", day=None)


def main() -> None:
    """Rebuild every shipped template from its source."""
    for source in sorted(TEMPLATES.glob("*.txt")):
        source.with_suffix(".docx").write_bytes(build(source.read_text(encoding="utf-8")))


if __name__ == "__main__":
    main()
