"""The last touch on a rendered document: example marks, line breaks in cells, repairs, the place of the signature.

Values come out of the template as plain text in which `OPEN` … `CLOSE` enclose an example; here they become runs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import deepcopy

from xl_selfeval.report import gongwen, words
from xl_selfeval.report.oxml import Element, qn, twips, w
from xl_selfeval.report.view import Sample

OPEN, CLOSE = "\ufdd0", "\ufdd1"
"""Characters that Unicode keeps for a program's own use; `words.clean` takes them out of data."""
LABEL_IN_TEXT, LABEL_IN_ROW = "（示例）", "示例"
_GOES_ALONG = re.compile("[分个名天年]?”?")
"""What follows a figure so closely that the label stands after it: 48.80分（示例）."""
_STYLE = "Example"
_AFTER_INDENT = {
    qn(name)
    for name in ("textDirection", "textAlignment", "textboxTightWrap", "outlineLvl", "divId", "cnfStyle", "rPr")
}
"""What the schema wants after w:ind and w:jc among the properties of a paragraph."""
_PRESERVE = "{http://www.w3.org/XML/1998/namespace}space"
_LONG_ROW = 600
"""Characters past which a row may break over pages: kept whole it would not fit on one."""


def enclosed(value: object) -> object:
    """A value on its way into the template: cleaned, and enclosed when it is an example."""
    if not isinstance(value, str):
        return value
    text = words.clean(value)
    return f"{OPEN}{text}{CLOSE}" if isinstance(value, Sample) else text


def finish(body: Element) -> None:
    """Turn marks into runs, mend what an edited template may have left, place the signature."""
    for row in list(body.iter(qn("tr"))):
        _finish_row(row)
    for node in [node for node in body.iter(qn("t")) if node.text and _needs_work(node.text)]:
        _split(node)
    for run in [run for run in body.iter(qn("r")) if _says_nothing(run)]:
        _remove(run)
    for cell in body.iter(qn("tc")):
        if not len(cell) or cell[-1].tag != qn("p"):
            cell.append(w("p"))
    for table in [table for table in body.iter(qn("tbl")) if table.find(qn("tr")) is None]:
        _remove(table)
    _place_signature(body)


def _needs_work(text: str) -> bool:
    return OPEN in text or "\n" in text


def _says_nothing(run: Element) -> bool:
    """True for what a condition leaves behind."""
    return all(child.tag == qn("rPr") or (child.tag == qn("t") and not child.text) for child in run)


def _remove(element: Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _finish_row(row: Element) -> None:
    text = "".join(node.text or "" for node in row.iter(qn("t")))
    if len(text) > _LONG_ROW:
        for mark in list(row.iter(qn("cantSplit"))):
            _remove(mark)
    if OPEN in text:
        paragraphs = list(row.iter(qn("p")))
        paragraphs[-1].append(_labelled(LABEL_IN_ROW, None))


def _split(node: Element) -> None:
    """Replace the run of `node` by runs: plain, example with its label, line breaks."""
    run = node.getparent()
    if run is None or run.tag != qn("r"):
        node.text = (node.text or "").replace(OPEN, "").replace(CLOSE, "")
        return
    in_row = any(True for _ in run.iterancestors(qn("tc")))
    before = [child for child in run if child.tag != qn("rPr")]
    at = before.index(node)
    pieces = [_like(run, before[:at])] if at else []
    pieces += _pieces(run, node.text or "", in_row=in_row)
    pieces += [_like(run, before[at + 1 :])] if before[at + 1 :] else []
    for piece in pieces:
        run.addprevious(piece)
    _remove(run)


def _pieces(run: Element, text: str, *, in_row: bool) -> list[Element]:
    pieces: list[Element] = []
    for example, part in _parts(text):
        if example:
            pieces.append(_labelled(part, run.find(qn("rPr"))))
            if not in_row:
                pieces.append(_labelled(LABEL_IN_TEXT, run.find(qn("rPr"))))
        elif part:
            pieces.append(_like(run, _lines(part)))
    return pieces


def _parts(text: str) -> Iterator[tuple[bool, str]]:
    """`text` cut at the marks: (is it an example, the piece)."""
    for i, piece in enumerate(text.split(OPEN)):
        if not i:
            yield False, piece
            continue
        inside, _, after = piece.partition(CLOSE)
        unit = _GOES_ALONG.match(after)
        cut = unit.end() if unit else 0
        yield True, inside + after[:cut]
        yield False, after[cut:]


def _lines(text: str) -> list[Element]:
    made: list[Element] = []
    for i, line in enumerate(text.split("\n")):
        if i:
            made.append(w("br"))
        if line:
            node = w("t", line)
            node.set(_PRESERVE, "preserve")
            made.append(node)
    return made


def _like(run: Element, children: list[Element]) -> Element:
    """A run that looks like `run`."""
    made = w("r")
    properties = run.find(qn("rPr"))
    if properties is not None:
        made.append(deepcopy(properties))
    made.extend(children)
    return made


def _labelled(text: str, like: Element | None) -> Element:
    """A run in the example's character style; other direct formatting stays."""
    properties = w("rPr") if like is None else deepcopy(like)
    for style in properties.findall(qn("rStyle")):
        properties.remove(style)
    properties.insert(0, w("rStyle", val=_STYLE))
    return w("r", properties, *_lines(text))


def _place_signature(body: Element) -> None:
    """GB/T 9704: the name or, if it is longer, the date ends 2 characters from the right; the date begins 2 after.

    Both are placed from the left, where figures of another width than planned cannot shift them.
    """
    name, day = (_styled(body, style) for style in ("Signature", "Date"))
    if name is None or day is None:
        return
    name_width, day_width = (words.width(_text(paragraph)) for paragraph in (name, day))
    room = gongwen.TEXT_WIDTH / gongwen.BODY_SIZE - 2
    begin = min(room - name_width, room - day_width - 2)
    if begin > 0:  # else the styles' right alignment serves
        _begin_at(name, begin)
        _begin_at(day, begin + 2)


def _styled(body: Element, style: str) -> Element | None:
    marks = (mark for mark in body.iter(qn("pStyle")) if mark.get(qn("val")) == style)
    mark = next(marks, None)
    return next(mark.iterancestors(qn("p")), None) if mark is not None else None


def _text(paragraph: Element) -> str:
    return "".join(node.text or "" for node in paragraph.iter(qn("t")))


def _begin_at(paragraph: Element, chars: float) -> None:
    properties = paragraph.find(qn("pPr"))
    assert properties is not None  # the style was found there
    for old in [child for child in properties if child.tag in (qn("ind"), qn("jc"))]:
        properties.remove(old)
    left = round(chars * twips(gongwen.BODY_SIZE))
    placed = [w("ind", left=left, rightChars=0, right=0), w("jc", val="left")]
    later = next((child for child in properties if child.tag in _AFTER_INDENT), None)
    for element in placed:
        if later is None:
            properties.append(element)
        else:
            later.addprevious(element)
