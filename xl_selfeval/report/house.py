"""The parts of the Word template that carry no wording: styles, settings, fonts, page numbers, the section.

Everything here is written from the data in `gongwen`; the words are set by `word`.
"""

from __future__ import annotations

from xl_selfeval.report import gongwen
from xl_selfeval.report.gongwen import Character, Face, Paragraph
from xl_selfeval.report.oxml import Element, R, eighths, half_points, serialise, twips, w

ODD_FOOTER, EVEN_FOOTER = "rId1", "rId2"
_BODY = Face(gongwen.FANGSONG, gongwen.BODY_SIZE, colour=gongwen.BLACK)
_FACES = {"ascii", "hAnsi", "eastAsia", "cs"}


def styles() -> bytes:
    """styles.xml: document defaults, Normal (3号仿宋, on which the grid counts), our styles, the table grid."""
    return serialise(
        w(
            "styles",
            _defaults(),
            _normal(),
            w("style", w("name", val="Default Paragraph Font"), type="character", default=1, styleId="PlainText"),
            *(_paragraph_style(style) for style in gongwen.PARAGRAPHS),
            *(_character_style(style) for style in gongwen.CHARACTER_STYLES),
            _table_style(),
        )
    )


def _normal() -> Element:
    """With its size: programs count the grid's characters on it, and LibreOffice does not look in the defaults."""
    return w(
        "style",
        w("name", val="Normal"),
        w("qFormat"),
        w("pPr", *(w(name, val=0) for name in ("widowControl", "overflowPunct", "autoSpaceDE", "autoSpaceDN"))),
        _run_properties(_BODY),
        type="paragraph",
        default=1,
        styleId="Normal",
    )


def _defaults() -> Element:
    """Chinese; Latin letters and figures are English, because as Chinese LibreOffice splits 96.00% over two lines."""
    face = _run_properties(_BODY)
    face.append(w("lang", val="en-US", eastAsia="zh-CN", bidi="ar-SA"))
    return w("docDefaults", w("rPrDefault", face), w("pPrDefault"))


def _run_properties(face: Face) -> Element:
    properties = w("rPr")
    if face.font:
        properties.append(w("rFonts", hint="eastAsia", **dict.fromkeys(sorted(_FACES), face.font)))
    if face.bold is not None:
        properties.extend([w("b", val=int(face.bold)), w("bCs", val=int(face.bold))])
    if face.colour:
        properties.append(w("color", val=face.colour))
    if face.spacing:
        properties.append(w("spacing", val=twips(face.spacing)))
    if face.size:
        properties.extend([w("sz", val=half_points(face.size)), w("szCs", val=half_points(face.size))])
    return properties


def _paragraph_style(style: Paragraph) -> Element:
    element = w(
        "style",
        w("name", val=style.name),
        w("basedOn", val=style.based_on),
        type="paragraph",
        styleId=style.id,
        customStyle=None if style.name.isascii() else 1,
    )
    if style.next:
        element.append(w("next", val=style.next))
    element.extend([w("qFormat"), _paragraph_properties(style), _run_properties(style.face)])
    return element


def _paragraph_properties(style: Paragraph) -> Element:
    """In the order of the schema."""
    properties = w("pPr")
    for name, wanted in (
        ("keepNext", style.keep_next),
        ("keepLines", style.keep_lines),
        ("pageBreakBefore", style.new_page),
    ):
        if wanted:
            properties.append(w(name))
    if style.boxed:
        rule = {"val": "single", "sz": eighths(gongwen.RULE), "space": 4, "color": style.face.colour or "auto"}
        properties.append(w("pBdr", *(w(side, **rule) for side in ("top", "left", "bottom", "right"))))
    if style.on_grid is not None:
        properties.append(w("snapToGrid", val=int(style.on_grid)))
    properties.append(_spacing(style))
    properties.append(_indent(style))
    if style.align:
        properties.append(w("jc", val=style.align))
    if style.outline is not None:
        properties.append(w("outlineLvl", val=style.outline))
    return properties


def _spacing(style: Paragraph) -> Element:
    return w(
        "spacing",
        before=twips(style.before) if style.before else 0,
        after=twips(style.after) if style.after else 0,
        line=twips(style.pitch) if style.pitch else None,
        lineRule="exact" if style.pitch else None,
    )


def _indent(style: Paragraph) -> Element:
    """In characters, as Word and WPS count them, and in twips for programs that do not know characters."""
    size = style.face.size or gongwen.BODY_SIZE
    indent: dict[str, int] = {}
    sides = (("firstLine", style.indent_chars), ("left", style.left_chars), ("right", style.right_chars))
    for side, chars in sides:
        if chars is not None:
            indent[f"{side}Chars"] = round(chars * 100)
            indent[side] = round(chars * twips(size))
    return w("ind", **indent)


def _character_style(style: Character) -> Element:
    return w(
        "style",
        w("name", val=style.name),
        w("basedOn", val="PlainText"),
        w("qFormat"),
        _run_properties(style.face),
        type="character",
        styleId=style.id,
        customStyle=1,
    )


def _table_style() -> Element:
    rule = {"val": "single", "sz": eighths(gongwen.RULE), "space": 0, "color": "auto"}
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    return w(
        "style",
        w("name", val="公文表格"),
        w(
            "tblPr",
            w("tblBorders", *(w(side, **rule) for side in sides)),
            cell_margins(),
        ),
        type="table",
        styleId="Grid",
        customStyle=1,
    )


def cell_margins() -> Element:
    """w:tblCellMar, in each table as well: WPS does not take it from the style."""
    widths = {"top": gongwen.CELL_MARGIN_ABOVE, "left": gongwen.CELL_MARGIN}
    widths |= {"bottom": gongwen.CELL_MARGIN_ABOVE, "right": gongwen.CELL_MARGIN}
    return w("tblCellMar", *(w(side, w=twips(width), type="dxa") for side, width in widths.items()))


def settings() -> bytes:
    """settings.xml: odd and even footers, Chinese line breaking, no compression of the layout of old programs."""
    return serialise(
        w(
            "settings",
            w("zoom", percent=100),
            w("evenAndOddHeaders"),
            w("characterSpacingControl", val="compressPunctuation"),
            w(
                "compat",
                w("spaceForUL"),
                w("balanceSingleByteDoubleByteWidth"),
                w("doNotLeaveBackslashAlone"),
                w("ulTrailSpace"),
                w("doNotExpandShiftReturn"),
                w("adjustLineHeightInTable"),
                w("useFELayout"),
                w(
                    "compatSetting",
                    name="compatibilityMode",
                    uri="http://schemas.microsoft.com/office/word",
                    val=15,
                ),
            ),
            w("themeFontLang", val="en-US", eastAsia="zh-CN"),
        )
    )


def fonts() -> bytes:
    """fontTable.xml: the faces asked for, each with what may stand in for it; nothing is embedded."""
    return serialise(
        w(
            "fonts",
            *(
                w("font", w("altName", val=other), w("charset", val="86"), w("family", val="auto"), name=name)
                for name, other in gongwen.FONTS.items()
            ),
        )
    )


def footer(*, odd: bool) -> bytes:
    """The page number — 1 —: outside, one character in from the edge (odd pages right, even pages left)."""
    side = "right" if odd else "left"
    indent = {f"{side}Chars": 100, side: twips(gongwen.FOOTER_SIZE)}
    paragraph = w("p", w("pPr", w("pStyle", val="Footer"), w("ind", **indent), w("jc", val=side)))
    paragraph.extend([_run("— "), *_page_field(), _run(" —")])
    return serialise(w("ftr", paragraph))


def _run(text: str) -> Element:
    node = w("t", text)
    node.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return w("r", node)


def _page_field() -> list[Element]:
    def mark(kind: str) -> Element:
        return w("r", w("fldChar", fldCharType=kind))

    return [mark("begin"), w("r", w("instrText", "PAGE")), mark("separate"), _run("1"), mark("end")]


def section() -> Element:
    """w:sectPr: A4, the margins, the grid of 22 lines, the two footers."""
    footers = [(ODD_FOOTER, "default"), (EVEN_FOOTER, "even")]
    references = [w("footerReference", type=kind) for _, kind in footers]
    for reference, (ident, _) in zip(references, footers, strict=True):
        reference.set(f"{{{R}}}id", ident)
    return w(
        "sectPr",
        *references,
        w("pgSz", w=twips(gongwen.PAPER_WIDTH), h=twips(gongwen.PAPER_HEIGHT)),
        w(
            "pgMar",
            top=twips(gongwen.MARGIN_TOP),
            right=twips(gongwen.MARGIN_RIGHT),
            bottom=twips(gongwen.MARGIN_BOTTOM),
            left=twips(gongwen.MARGIN_LEFT),
            header=twips(gongwen.FOOTER_DISTANCE),
            footer=twips(gongwen.FOOTER_DISTANCE),
            gutter=0,
        ),
        w("docGrid", type="lines", linePitch=twips(gongwen.LINE_PITCH)),
    )
