"""Faults of a template in words: what is wrong, in which paragraph, what is the nearest right name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import get_close_matches

from jinja2 import Environment, UndefinedError
from jinja2 import TemplateError as JinjaError

_WORDS = ("if", "elif", "else", "endif", "for", "endfor", "set")
_BLOCK = re.compile(r"\{%-?\s*(?:(?:p|tr|tc|r)\s+)?(if|for|endif|endfor)\b")
_UNKNOWN_TAG = re.compile(r"unknown tag '([^']+)'")
_UNCLOSED = re.compile(r"block that needs to be closed is '([^']+)'")
_NO_FILTER = re.compile(r"No (?:filter|test) named '([^']+)'")
_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}")
TAGGED = re.compile(r"\{[{%#]|[}%#]\}")
_HALF = re.compile(r"\{\{|\}\}|\{%|%\}|\{#|#\}")
_SHOWN = 30


class TemplateError(ValueError):
    """A report template that cannot be used. The message is a Chinese sentence: what, where, and the next step."""


def at(paragraphs: Sequence[str], line: int) -> str:
    """Where a fault lies, for a person: the paragraph's number and its words."""
    if not 0 < line <= len(paragraphs):
        return "模板"
    text = paragraphs[line - 1].strip()
    return f"模板第{line}段“{text[:_SHOWN]}{'…' if len(text) > _SHOWN else ''}”"


def check_whole(paragraphs: Sequence[str]) -> None:
    """Refuse a tag that begins and does not end in its paragraph. Raises TemplateError."""
    for number, text in enumerate(paragraphs, 1):
        half = _HALF.search(_TAG.sub("", text))
        if half:
            raise TemplateError(
                f"{at(paragraphs, number)}里的标签没有写完整（多出“{half[0]}”）。"
                "标签要成对写在同一段里，如 {{ 单位.名称 }}、{%p if 职责 %}。"
            )


def unfilled(error: Exception, line: int, paragraphs: Sequence[str]) -> TemplateError:
    """A tag that the data cannot fill, as a TemplateError."""
    if isinstance(error, UndefinedError):
        why = "要用的内容这次没有填报。请把它放在 {% if … %} 与 {% endif %} 之间，没有填报时就不印出来"
    else:
        why = "算不出结果。请对照自带模板中同类标签的写法"
    return TemplateError(f"{at(paragraphs, line)}里的标签{why}。")


def in_words(error: JinjaError, line: int, paragraphs: Sequence[str], environment: Environment) -> TemplateError:
    """A syntax error of the template language as a TemplateError."""
    where, message = at(paragraphs, line), str(error)
    if found := _UNCLOSED.search(message):
        opened = at(paragraphs, _last_open(paragraphs))
        return TemplateError(f"{opened}的“{found[1]}”没有结束。请在它管到的内容后面加一段 {{%p end{found[1]} %}}。")
    if found := _UNKNOWN_TAG.search(message):
        if found[1].startswith("end") or found[1] in ("else", "elif"):
            return TemplateError(f"{where}的“{found[1]}”没有对应的开头，或与别的标签交叉了。请按先开后关的次序写。")
        return TemplateError(f"{where}里不认识“{found[1]}”{nearest(found[1], _WORDS)}。")
    if found := _NO_FILTER.search(message):
        return TemplateError(f"{where}里“|”后面的“{found[1]}”没有这种写法{nearest(found[1], environment.filters)}。")
    return TemplateError(f"{where}里的标签写法不对。请对照自带模板中同类标签的写法。")


def _last_open(paragraphs: Sequence[str]) -> int:
    """The paragraph of the innermost block that was opened and not closed, 0 when there is none."""
    still_open: list[int] = []
    for number, text in enumerate(paragraphs, 1):
        for block in _BLOCK.finditer(text):
            if not block[1].startswith("end"):
                still_open.append(number)
            elif still_open:
                still_open.pop()
    return still_open[-1] if still_open else 0


def nearest(wrong: str, known: Sequence[str] | dict[str, object]) -> str:
    """，最接近的是“…” or nothing."""
    found = get_close_matches(wrong, list(known), n=1, cutoff=0.1)
    return f"，最接近的是“{found[0]}”" if found else ""
