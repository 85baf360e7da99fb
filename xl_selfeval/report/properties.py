"""docProps/core.xml: who wrote the document, what it is called, when; nothing of the tool that made it."""

from __future__ import annotations

from datetime import date

from lxml import etree

from xl_selfeval.report.oxml import Element, serialise

CORE = "docProps/core.xml"

_SPACES = {
    "cp": "http://schemas.openxmlformats.org/package/2006/metadata/core-properties",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "xsi": "http://www.w3.org/2001/XMLSchema-instance",
}


def core_properties(*, title: str, author: str, subject: str, day: date | None) -> bytes:
    """The part; created and modified at midnight of `day` (of 2000-01-01 when there is none), so that it repeats."""
    moment = f"{day or date(2000, 1, 1)}T00:00:00Z"
    root = etree.Element(_name("cp", "coreProperties"), nsmap=_SPACES)
    _add(root, "dc", "title", title)
    _add(root, "dc", "subject", subject)
    _add(root, "dc", "creator", author)
    _add(root, "cp", "lastModifiedBy", author)
    _add(root, "dc", "language", "zh-CN")
    for name in ("created", "modified"):
        _add(root, "dcterms", name, moment).set(_name("xsi", "type"), "dcterms:W3CDTF")
    return serialise(root)


def _name(space: str, tag: str) -> str:
    return f"{{{_SPACES[space]}}}{tag}"


def _add(root: Element, space: str, tag: str, text: str) -> Element:
    element = etree.SubElement(root, _name(space, tag))
    element.text = text
    return element
