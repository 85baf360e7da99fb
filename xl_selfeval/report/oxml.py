"""WordprocessingML elements by their short names, and the units in which OOXML counts lengths."""

from __future__ import annotations

from typing import TypeAlias

from docx.oxml.ns import nsmap
from docx.shared import Length
from lxml import etree

W = nsmap["w"]
R = nsmap["r"]
Element: TypeAlias = "etree._Element"


def qn(name: str) -> str:
    """`name` in the main namespace: qn("p") is "{…main}p"."""
    return f"{{{W}}}{name}"


def w(name: str, /, *children: Element | str, **attributes: object) -> Element:
    """The element w:`name` with `children` (text or elements) and w: attributes; attributes of None are left out."""
    element = etree.Element(qn(name), nsmap={"w": W, "r": R})
    for key, value in attributes.items():
        if value is not None:
            element.set(qn(key), str(value))
    for child in children:
        if isinstance(child, str):
            element.text = (element.text or "") + child
        else:
            element.append(child)
    return element


def serialise(element: Element) -> bytes:
    """`element` as an XML part with its declaration."""
    part: bytes = etree.tostring(element, encoding="UTF-8", xml_declaration=True, standalone=True)
    return part


def twips(length: Length) -> int:
    """Twentieths of a point, in which pages, indents and pitches are counted."""
    count: int = round(length.pt * 20)
    return count


def half_points(length: Length) -> int:
    """In which sizes of type are counted."""
    count: int = round(length.pt * 2)
    return count


def eighths(length: Length) -> int:
    """Eighths of a point, in which rules are counted."""
    count: int = round(length.pt * 8)
    return count
