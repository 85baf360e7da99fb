"""YAML and JSON read as a tree of texts: every value exactly as it was typed, for pydantic to interpret.

`yaml.safe_load` turns 010 into 8, 1:30 into 90, `no` into False and 0.1 into a binary float, keeps the last of two
equal keys, and follows aliases without end. In a submission most fields are texts that must stay as typed ("90.0"),
and pydantic reads exact numbers, dates and true/false out of texts, so here nothing is guessed.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

from xl_selfeval.model import Path
from xl_selfeval.rulebook.faults import shown
from xl_selfeval.rulebook.yamlfile import UNUSABLE, syntax_fault

MAX_DEPTH = 30  # a submission is five deep
NULLS = frozenset({"", "~", "null", "Null", "NULL"})
TOO_DEEP = f"层次过深（超过{MAX_DEPTH}层），请检查括号和缩进"
UNUSABLE_TEXT = "文字中有不可见的控制字符，请删去后重新输入"
# libyaml reads ten times faster than the pure Python parser, which serves where a build lacks it.
FAST_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True)
class Fault:
    """One fault: its path in the data, the reason in Chinese, and the line (1 is the first) where it is known."""

    path: Path
    reason: str
    line: int | None = None


@dataclass
class Tree:
    """`data` as dicts, lists and texts (None only in lists: blank entries of a dict are left out).

    `lines` gives the line of each path (YAML only), `faults` what was met on the way.
    """

    data: Any = None
    lines: dict[Path, int] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    def line_of(self, path: Path) -> int | None:
        """The line of `path`, or of the nearest part around it that has one; None for JSON."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path)


class _RefusedError(Exception):
    """A file that cannot be read on, with the only fault that needs to be told."""

    def __init__(self, reason: str, line: int | None = None) -> None:
        super().__init__(reason)
        self.fault = Fault((), reason, line)


def read_yaml(text: str) -> Tree:
    """The tree of YAML `text`; bad syntax, aliases and tags leave `data` None and one fault with its line."""
    tree = Tree()
    try:
        tree.data = _YamlReader(text, tree).document()
    except _RefusedError as refused:
        tree.faults.append(refused.fault)
    except yaml.reader.ReaderError as error:
        tree.faults.append(Fault((), UNUSABLE_TEXT, text[: error.position].count("\n") + 1))
    except yaml.MarkedYAMLError as error:
        fault = syntax_fault(_in_python_words(text, error), text)
        tree.faults.append(Fault((), fault.reason, fault.line))
    except (ValueError, OverflowError):  # PyYAML lets chr() and int() of an absurd escape or version through
        tree.faults.append(Fault((), "有一处转义写法或版本声明不对，请改成普通文字"))
    return tree


def _in_python_words(text: str, error: yaml.MarkedYAMLError) -> yaml.MarkedYAMLError:
    """The error as the pure Python parser words it, which the table of Chinese reasons knows."""
    try:
        for _ in yaml.parse(text, Loader=yaml.SafeLoader):
            pass
    except yaml.MarkedYAMLError as worded:
        return worded
    return error


class _YamlReader:
    """Builds the tree from parse events; recursion is held to MAX_DEPTH, so no file can exhaust the stack."""

    def __init__(self, text: str, tree: Tree) -> None:
        self.events: Iterator[yaml.Event] = yaml.parse(text, Loader=FAST_LOADER)
        self.tree = tree

    def document(self) -> Any:
        data: Any = None
        documents = 0
        for event in self.events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    raise _RefusedError("一个文件只能写一份填报数据，请删去多余的 --- 及其后的内容", _line(event))
                data = self.value(next(self.events), ())
        return data

    def value(self, event: yaml.Event, path: Path) -> Any:
        if isinstance(event, yaml.AliasEvent):
            raise _RefusedError("不支持用 * 引用别处的内容（YAML 别名），请把内容写全", _line(event))
        if len(path) >= MAX_DEPTH:
            raise _RefusedError(TOO_DEEP, _line(event))
        if getattr(event, "tag", None) is not None:
            raise _RefusedError("不支持以 ! 开头的 YAML 标签，请删去，文字中有 ! 的请加引号", _line(event))
        self.tree.lines.setdefault(path, _line(event))
        if isinstance(event, yaml.MappingStartEvent):
            return self.mapping(path)
        if isinstance(event, yaml.SequenceStartEvent):
            return [self.value(child, (*path, i)) for i, child in enumerate(self.until(yaml.SequenceEndEvent))]
        assert isinstance(event, yaml.ScalarEvent)  # the parser puts nothing else where a value stands
        return self.scalar(event, path)

    def mapping(self, path: Path) -> dict[str, Any]:
        found: dict[str, Any] = {}
        seen: set[str] = set()
        for key in self.until(yaml.MappingEndEvent):
            if not isinstance(key, yaml.ScalarEvent):
                raise _RefusedError("冒号前面应是一个名称，不能是一组内容", _line(key))
            name = UNUSABLE.sub("?", key.value)
            place = (*path, name)
            self.tree.lines.setdefault(place, _line(key))
            value = self.value(next(self.events), place)
            if name in seen:
                reason = f"“{shown(name)}”重复了，第{self.tree.lines[place]}行已写过，请只留一处"
                self.tree.faults.append(Fault(place, reason, _line(key)))
            elif value is not None:
                found[name] = value
            seen.add(name)
        return found

    def until(self, end: type[yaml.Event]) -> Iterator[yaml.Event]:
        for event in self.events:
            if isinstance(event, end):
                return
            yield event

    def scalar(self, event: yaml.ScalarEvent, path: Path) -> str | None:
        text: str = event.value
        if event.implicit[0] and text in NULLS:  # implicit[0]: written without quotes
            return None
        return _cleaned(text, path, self.tree)


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 1


def read_json(text: str) -> Tree:
    """The tree of JSON `text`; bad syntax leaves `data` None and one fault with its line."""
    tree = Tree()

    def mapping(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key, value in pairs:
            name = UNUSABLE.sub("?", key)
            if name in found:
                tree.faults.append(Fault((), f"“{shown(name)}”在同一层写了不止一次，请只留一处"))
            found[name] = value
        return found

    try:
        # Numbers and NaN come as their texts: int() would refuse 5,000 digits, float() would lose some.
        read = json.loads(text, object_pairs_hook=mapping, parse_int=str, parse_float=str, parse_constant=str)
        tree.data = _as_texts(read, (), tree)
    except json.JSONDecodeError as error:
        where = f"第{error.colno}个字符附近"
        tree.faults.append(Fault((), f"{where}不合 JSON 的写法，请检查引号、逗号和括号", error.lineno))
    except RecursionError:
        tree.faults.append(Fault((), TOO_DEEP))
    except _RefusedError as refused:
        tree.faults.append(refused.fault)
    return tree


def _as_texts(value: Any, path: Path, tree: Tree) -> Any:
    if len(path) >= MAX_DEPTH:
        raise _RefusedError(TOO_DEEP)
    if isinstance(value, dict):
        return {key: _as_texts(child, (*path, key), tree) for key, child in value.items() if child is not None}
    if isinstance(value, list):
        return [_as_texts(child, (*path, i), tree) for i, child in enumerate(value)]
    if isinstance(value, bool):
        return str(value).lower()
    return _cleaned(value, path, tree) if isinstance(value, str) else value


def _cleaned(text: str, path: Path, tree: Tree) -> str:
    """`text` fit to be printed, with a fault for what had to be replaced."""
    if UNUSABLE.search(text):
        tree.faults.append(Fault(path, UNUSABLE_TEXT, tree.line_of(path)))
    return UNUSABLE.sub("?", text)
