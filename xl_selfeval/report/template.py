"""A Word template made ready once and filled many times.

docxtpl turns its tags ({%p %}, {%tr %}) into jinja; the rest is done here, because docxtpl would parse and compile
the document anew for every report. Names are checked when a template is first used, not when a branch is reached.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, Template
from jinja2 import TemplateError as JinjaError
from jinja2.sandbox import SandboxedEnvironment
from lxml import etree

from xl_selfeval.report import faults, marks, words
from xl_selfeval.report.faults import TemplateError
from xl_selfeval.report.oxml import Element, qn, serialise
from xl_selfeval.report.package import read_parts
from xl_selfeval.report.tags import NUMBERING, WrongNameError, by_tag, check_names
from xl_selfeval.report.view import Facts

_MAIN = "word/document.xml"
_WORDED = re.compile(r"word/(?:document|header\d*|footer\d*|footnotes|endnotes)\.xml")
_PREFIX = re.compile(r"(?<=\{[{%#])(?:p|tr|tc|r)(?=\s)")
_CELL_TAGS = re.compile(r"\{%\s*(?:vm|hm|(?:colspan|cellbg)\b[^%]*)\s*%\}")
_INSIDE = re.compile(r"(?<=\{[{%]).*?(?=[}%]\})")
_QUOTES = str.maketrans("“”‘’", "\"\"''")
_OLE = b"\xd0\xcf\x11\xe0"
_LARGEST = 50 * 1024 * 1024
_DOCX = b"wordprocessingml.document.main+xml"
_HINT = "请用 Word 或 WPS 把模板另存为 .docx 再试。"
_CROSSED = (
    "填好的报告结构不完整：模板里有一对标签跨出了段落、表格的格或行。请让每对标签的开头和结尾在同一层，"
    "管段落用 {%p %}，管表格的行用 {%tr %}。"
)
_ROW_TAG = re.compile(r"unknown tag '(tr|tc)'")

_ENVIRONMENT = SandboxedEnvironment(autoescape=True, undefined=StrictUndefined, finalize=marks.enclosed)


@dataclass(frozen=True)
class Prepared:
    """A checked template: its parts, and those with tags compiled; their texts serve to name a faulty paragraph."""

    parts: Mapping[str, bytes]
    compiled: Mapping[str, Template]
    paragraphs: Mapping[str, tuple[str, ...]]

    def fill(self, facts: Facts) -> dict[str, bytes]:
        """The parts with `facts` filled in. Raises TemplateError for a tag that this data cannot fill."""
        filled = dict(self.parts)
        for name, template in self.compiled.items():
            root = _parsed(self._rendered(name, template, facts), _CROSSED)
            marks.finish(root)
            filled[name] = serialise(root)
        return filled

    def _rendered(self, name: str, template: Template, facts: Facts) -> str:
        try:
            return template.render(_context(facts))
        except (JinjaError, TypeError, ValueError, LookupError, ArithmeticError) as error:
            paragraphs = self.paragraphs[name]
            raise faults.unfilled(error, _failing_line(paragraphs, facts), paragraphs) from error


@lru_cache(maxsize=8)
def prepare(content: bytes) -> Prepared:
    """Check and compile the template `content` (the bytes of a .docx); the same bytes are prepared once.

    Raises TemplateError for what is not a .docx, is damaged, carries macros, or has a faulty tag.
    """
    parts = _unpack(content)
    compiled, paragraphs = {}, {}
    for name, part in parts.items():
        if not _WORDED.fullmatch(name):
            continue
        root = _parsed(part, "模板已损坏。" + _HINT)
        texts = _texts(root)
        if any(faults.TAGGED.search(text) for text in texts) or name == _MAIN:
            _check(texts)
            compiled[name], paragraphs[name] = _compiled(root, texts), texts
    if not any(faults.TAGGED.search(text) for texts in paragraphs.values() for text in texts):
        raise TemplateError("文件中没有一处 {{ … }} 标记，不是报告模板（可能选成了写好的报告）。请从自带的模板改起。")
    return Prepared(parts, compiled, paragraphs)


def _unpack(content: bytes) -> dict[str, bytes]:
    if content.startswith(_OLE):
        raise TemplateError(f"模板是加了密码的文件或旧版 .doc 文件，读不了。请去掉密码。{_HINT}")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            size = sum(info.file_size for info in archive.infolist())
        parts = read_parts(content) if size <= _LARGEST else {}
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        raise TemplateError(f"模板不是 .docx 文件，或文件已损坏。{_HINT}") from error
    if not parts:
        raise TemplateError(f"模板展开后超过{_LARGEST // 1024 // 1024}兆，太大了。请去掉其中的图片再试。")
    types = parts.get("[Content_Types].xml", b"")
    if b"macroEnabled" in types or any(name.lower().endswith("vbaproject.bin") for name in parts):
        raise TemplateError(f"模板带有宏，为安全起见不使用。{_HINT}")
    if _MAIN not in parts or _DOCX not in types:
        raise TemplateError(f"模板不是 Word 文档（.docx）。{_HINT}")
    return parts


def _parsed(part: bytes | str, complaint: str) -> Element:
    """The part as a tree; entities from outside are not resolved. Raises TemplateError with `complaint`."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    try:
        return etree.fromstring(part.encode() if isinstance(part, str) else part, parser)
    except etree.XMLSyntaxError as error:
        raise TemplateError(complaint) from error


def _texts(root: Element) -> tuple[str, ...]:
    """The text of each paragraph; a text box inside a paragraph counts by itself."""
    paragraph, text = qn("p"), qn("t")
    found: dict[Element, list[str]] = {one: [] for one in root.iter(paragraph)}
    for node in root.iter(text):
        holder = next(node.iterancestors(paragraph), None)
        if holder is not None:
            found[holder].append(node.text or "")
    return tuple("".join(pieces).replace("\n", " ") for pieces in found.values())


def _check(paragraphs: tuple[str, ...]) -> None:
    faults.check_whole(paragraphs)
    try:
        check_names(_ENVIRONMENT, _plain(paragraphs))
        _ENVIRONMENT.from_string(_plain(paragraphs))
    except WrongNameError as error:
        close = f"，最接近的是“{error.nearest}”" if error.nearest else ""
        raise TemplateError(f"{faults.at(paragraphs, error.line)}里没有“{error.wrong}”这个名称{close}。") from error
    except JinjaError as error:
        line = getattr(error, "lineno", 0) or 0
        raise faults.in_words(error, line, paragraphs, _ENVIRONMENT) from error


def _plain(paragraphs: tuple[str, ...]) -> str:
    """The template as text, a line for each paragraph, in plain jinja."""
    text = _PREFIX.sub("", _CELL_TAGS.sub("", "\n".join(paragraphs)))
    return _INSIDE.sub(lambda inside: inside[0].translate(_QUOTES), text)


def _compiled(root: Element, paragraphs: tuple[str, ...]) -> Template:
    xml = etree.tostring(root, encoding="unicode")
    try:
        return _ENVIRONMENT.from_string(DocxTemplate("").patch_xml(xml))
    except JinjaError as error:
        if found := _ROW_TAG.search(str(error)):
            raise TemplateError(f"标签 {{%{found[1]} %}} 只能写在表格里，每行或每格写一个。") from error
        raise faults.in_words(error, 0, paragraphs, _ENVIRONMENT) from error


def _context(facts: Facts) -> dict[str, Any]:
    return {**by_tag(facts), **_numbering()}


def _numbering() -> dict[str, Callable[[], str]]:
    """Functions that number headings: a higher level begins the lower ones anew."""
    counts = [0, 0, 0]

    def step(level: int) -> int:
        counts[level:] = [counts[level] + 1, *[0] * (len(counts) - level - 1)]
        return counts[level]

    forms = (
        lambda: f"{words.chinese_numeral(step(0))}、",
        lambda: f"（{words.chinese_numeral(step(1))}）",
        lambda: f"{step(2)}.",
    )
    return dict(zip(NUMBERING, forms, strict=True))


def _failing_line(paragraphs: tuple[str, ...], facts: Facts) -> int:
    """Fill the plain text to learn in which paragraph it fails: there a line is a paragraph."""
    try:
        _ENVIRONMENT.from_string(_plain(paragraphs)).render(_context(facts))
    except Exception as error:
        trace, line = error.__traceback__, 0
        while trace is not None:
            if trace.tb_frame.f_code.co_filename == "<template>":
                line = trace.tb_lineno
            trace = trace.tb_next
        return line
    return 0
