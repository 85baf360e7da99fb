"""A YAML file as plain data, each value with its line and every number exact.

`yaml.safe_load` would turn 0.1 into a binary float, 010 into 8 and 1:30 into 90, keep the last of two equal
keys, follow aliases without end and forget the lines; so the nodes that PyYAML composes are walked here.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path as FilePath
from typing import Any

import yaml

from xl_selfeval.model import Path
from xl_selfeval.rulebook.faults import Fault, RulebookError, shown

MAX_BYTES = 1024 * 1024
MAX_NODES = 10_000  # a shipped rulebook has about 500
MAX_DEPTH = 20
CORE = "tag:yaml.org,2002:"
NUMBER = re.compile(r"[-+]?(?:(?:0|[1-9]\d{0,14})(?:\.\d{0,15})?|\.\d{1,15})")
# Control characters would break the workbook and the report; halves of surrogate pairs cannot even be written.
UNUSABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
# YAML breaks lines at more characters than editors do, which would shift every line number after them.
LINE_END, NO_LINE_END = re.compile(r"\r\n?"), re.compile(r"[\x85\u2028\u2029]")
CHINESE = re.compile(r"[\u4e00-\u9fff]")


@dataclass
class Document:
    """`data` as read, `lines` by path (1 is the first), and the `faults` met on the way.

    `unread` holds the paths whose value could not be taken over; nothing more need be said of them.
    """

    data: Any = None
    lines: dict[Path, int] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    unread: set[Path] = field(default_factory=set)

    def line_of(self, path: Path) -> int:
        """The line of `path`, or of the nearest part around it when `path` itself is not in the file."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)


def read_text(file: FilePath) -> str:
    """The text of a UTF-8 (or, as Chinese Windows saves it, GB18030) file; RulebookError says what to do if not."""
    try:
        refusal = _refusal(file)
        raw = b"" if refusal else file.read_bytes()
    except (OSError, ValueError) as error:
        refusal = f"读不了评分办法文件“{file}”。请检查路径，并确认有权限打开、没有被别的程序占用。"
        raise RulebookError(refusal) from error
    if refusal:
        raise RulebookError(refusal)
    return _decode(raw, file)


def _refusal(file: FilePath) -> str:
    """Why `file` is not even opened; blank when it may be."""
    if file.is_dir():
        return f"“{file}”是文件夹，不是评分办法文件。请写到具体的 .yaml 文件。"
    if not file.exists():
        return f"找不到评分办法文件“{file}”。请检查路径和文件名（含 .yaml）是否写对。"
    if not file.is_file():
        return f"“{file}”不是普通文件，不能作评分办法。请换成 .yaml 文件。"
    if file.stat().st_size > MAX_BYTES:
        return f"评分办法文件“{file}”超过1 MB，像是选错了文件。请换成评分办法的 .yaml 文件。"
    return ""


def _decode(raw: bytes, file: FilePath) -> str:
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        broken, line = raw.decode("utf-8", "replace"), raw[: error.start].count(b"\n") + 1
    advice = "请用记事本打开，选“另存为”，编码选 UTF-8 后再试。"
    if b"\0" in raw:
        raise RulebookError(f"评分办法文件“{file}”不是文本文件，或保存成了 UTF-16。{advice}")
    # Bytes that make Chinese words as UTF-8 are a damaged UTF-8 file: as GB18030 they would load as nonsense.
    if not CHINESE.search(broken):
        try:
            return raw.decode("gb18030")
        except UnicodeDecodeError:
            pass
    raise RulebookError(f"评分办法文件“{file}”第{line}行有认不出的字符，既不是完好的 UTF-8，也不是 GB18030。{advice}")


def parse(text: str) -> Document:
    """Read YAML `text`. Bad syntax leaves `data` None and one fault; other faults leave the rest readable."""
    document = Document()
    text = NO_LINE_END.sub(" ", LINE_END.sub("\n", text))
    try:
        composer = _Composer(text)
        root = composer.get_single_node()
    except _RefusedError as refused:
        document.faults.append(Fault(refused.line, (), refused.reason))
    except yaml.MarkedYAMLError as error:
        document.faults.append(syntax_fault(error, text))
    except yaml.reader.ReaderError as error:
        line = text[: error.position].count("\n") + 1
        document.faults.append(Fault(line, (), "有不可见的控制字符，请删去后重新输入这一行"))
    except (ValueError, OverflowError):  # PyYAML lets chr() and int() of an absurd escape or version through
        document.faults.append(Fault(composer.line + 1, (), "这里的转义写法或版本声明不对，请改成普通文字"))
    else:
        if root is not None:
            document.lines[()] = root.start_mark.line + 1
            document.data = _Reader(document).read(root, ())
    return document


class _RefusedError(Exception):
    def __init__(self, line: int, reason: str) -> None:
        super().__init__(reason)
        self.line, self.reason = line, reason


class _Composer(yaml.SafeLoader):
    """PyYAML's node composer with limits, so that no file can take memory or time without end."""

    count = depth = 0

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        event = self.peek_event()  # type: ignore[no-untyped-call]
        line = event.start_mark.line + 1
        self.count += 1
        if isinstance(event, yaml.AliasEvent):
            raise _RefusedError(line, "不支持用 * 引用别处的内容（YAML 别名），请把内容写全")
        if self.count > MAX_NODES:
            raise _RefusedError(line, f"内容过多（超过{MAX_NODES}个值），不像评分办法")
        if self.depth >= MAX_DEPTH:
            raise _RefusedError(line, f"层次过深（超过{MAX_DEPTH}层），请检查括号和缩进")
        self.depth += 1
        try:
            return super().compose_node(parent, index)
        finally:
            self.depth -= 1


class _Reader:
    """Turns nodes into dicts, lists, text and exact numbers, noting lines and faults in the document."""

    def __init__(self, document: Document) -> None:
        self.document = document

    def read(self, node: yaml.Node, path: Path) -> Any:
        self.document.lines.setdefault(path, node.start_mark.line + 1)
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, path)
        if isinstance(node, yaml.SequenceNode):
            return [self.read(child, (*path, i)) for i, child in enumerate(node.value)]
        try:
            return SCALARS.get(node.tag, _unknown_tag)(node.value)
        except ValueError as error:
            self.document.unread.add(path)
            self._fault(node, path, str(error))
            return None

    def _mapping(self, node: yaml.MappingNode, path: Path) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                self._fault(key, path, "冒号前面应是一个名称，不能是一组内容")
                continue
            name = UNUSABLE.sub("?", key.value)
            if name in found:
                first = self.document.lines[(*path, name)]
                self._fault(key, (*path, name), f"“{shown(name)}”重复了，第{first}行已写过，请只留一处")
                continue
            self.document.lines[(*path, name)] = key.start_mark.line + 1
            found[name] = self.read(value, (*path, name))
        return found

    def _fault(self, node: yaml.Node, path: Path, reason: str) -> None:
        self.document.faults.append(Fault(node.start_mark.line + 1, path, reason))


def _text(text: str) -> str:
    if UNUSABLE.search(text):
        raise ValueError("文字中有不可见的控制字符，请删去")
    return text


def _null(_text: str) -> None:
    return None


def _truth(text: str) -> bool:
    if text.lower() not in yaml.SafeLoader.bool_values:
        raise ValueError(f"“{shown(text)}”不行，只能写 true 或 false")
    return yaml.SafeLoader.bool_values[text.lower()]


def _number(text: str) -> int | Decimal:
    """An exact number; odd spellings (.nan, 010, 0x1F, 1_000, 1:30, 1.5e3) are refused, not guessed."""
    if not NUMBER.fullmatch(text):
        raise ValueError(f"“{shown(text)}”不是普通写法的数字，请写成 50 或 0.9 这样的数")
    return Decimal(text) if "." in text else int(text)


def _unknown_tag(_text: str) -> None:
    raise ValueError("不支持以 ! 开头的 YAML 标签，请删去")


SCALARS: dict[str, Callable[[str], Any]] = {
    CORE + "null": _null,
    CORE + "bool": _truth,
    CORE + "int": _number,
    CORE + "float": _number,
    # Dates stay text for pydantic to read; = and << mean nothing here.
    **dict.fromkeys([CORE + tag for tag in ("str", "timestamp", "value", "merge")], _text),
}

# What PyYAML says → what to do, and whether the line where the open part began says more than where it stopped.
SYNTAX = (
    ("found character '\\t'", "行首或词间用了制表符（Tab），请改用空格", False),
    ("mapping values are not allowed", "这里不该有冒号：请检查上一行和本行的缩进，文字中有冒号的要加引号", False),
    ("could not find expected ':'", "名称后面缺少半角冒号加空格（: ）", True),
    ("expected ',' or '}'", "花括号没有合上，或两项之间缺半角逗号", True),
    ("expected ',' or ']'", "方括号没有合上，或两项之间缺半角逗号", True),
    ("found unexpected end of stream", "引号没有合上", True),
    ("found unexpected document separator", "引号没有合上", True),
    ("expected <block end>", "缩进与上面的行没有对齐，或内容之后还有多余的文字和符号", False),
    ("sequence entries are not allowed", "这里不能以“- ”开头，请检查缩进", False),
    ("but found another document", "一个文件只能写一份评分办法，请删去多余的 --- 及其后的内容", False),
    ("found unknown escape character", "双引号里的反斜杠写法不对，请改用单引号", False),
    ("found character", "有不能开头的符号（如 @ ` %），请给这段文字加引号", False),
)


def syntax_fault(error: yaml.MarkedYAMLError, text: str) -> Fault:
    """A syntax error in Chinese, at the line where a person should look."""
    problem = error.problem or ""
    known = (entry for entry in SYNTAX if problem.startswith(entry[0]))
    _, reason, at_start = next(known, ("", "不合 YAML 的写法，请检查附近的冒号、引号、括号和缩进", False))
    mark = error.context_mark if at_start and error.context_mark else error.problem_mark or error.context_mark
    line = mark.line + 1 if mark else 1
    source = text.splitlines()[line - 1 : line]
    if source and "：" in source[0]:
        reason += "；这一行有全角冒号“：”，名称后面须用半角冒号加空格"
    return Fault(line, (), reason)
