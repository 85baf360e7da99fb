"""Loading rulebooks: the shipped ones by id, a user's own by path, faults with line and reason."""

from __future__ import annotations

import difflib
from functools import cache
from pathlib import Path

from pydantic import ValidationError

from xl_selfeval.rulebook.faults import Fault, RulebookError, explain, is_echo, shown
from xl_selfeval.rulebook.schema import Rulebook
from xl_selfeval.rulebook.yamlfile import parse, read_text

DATA = Path(__file__).parent / "data"
MODEL = DATA / "luquan-2024.yaml"
SUFFIXES = (".yaml", ".yml")


def load_rulebook(path: Path) -> Rulebook:
    """Read the rulebook file `path`; raises RulebookError that lists every fault with line, place and reason."""
    path = Path(path)
    document = parse(read_text(path))
    if document.data is None and not document.faults:
        raise RulebookError(f"评分办法文件“{path}”是空的。请写入内容后再试；写法可对照自带的“{MODEL}”。")
    faults = list(document.faults)
    if isinstance(document.data, dict):
        try:
            rulebook = Rulebook.model_validate(document.data)
        except ValidationError as error:
            for detail in error.errors(include_url=False):
                if detail["loc"] not in document.unread and not is_echo(detail):
                    faults.append(Fault(document.line_of(detail["loc"]), detail["loc"], explain(detail)))
    elif not faults:
        faults.append(Fault(document.line_of(()), (), "整个文件应是一组“名称: 内容”，每行一项，冒号用半角"))
    if faults:
        raise RulebookError.of(path, faults, MODEL)
    return rulebook


def shipped_rulebooks() -> dict[str, Path]:
    """The shipped rulebooks: id → file, in the order of their ids."""
    return {path.stem: path for path in sorted(DATA.glob("*.yaml"))}


def find_rulebook(id_or_path: str) -> Rulebook:
    """A rulebook by id or by path; raises RulebookError when there is none or it is faulty.

    A name with a folder or .yaml is a path; a bare id means the shipped one, whatever files lie in the current
    folder. A file may not carry the id of a shipped rulebook and say something else.
    """
    name = str(id_or_path).strip()
    if not name:
        raise RulebookError(f"没有写明用哪个评分办法。{_choices()}")
    if name in shipped_rulebooks():
        return _shipped(name)
    if _looks_like_path(name):
        return own_rulebook(Path(name))
    raise RulebookError(_unknown(name))


@cache
def _shipped(name: str) -> Rulebook:
    return load_rulebook(shipped_rulebooks()[name])


def own_rulebook(path: Path) -> Rulebook:
    """A user's file. Raises RulebookError where it is faulty or bears a shipped id with other content.

    A wrong path that ends in a shipped id is told how to name the shipped one.
    """
    if path.stem in shipped_rulebooks() and not _exists(path):
        raise RulebookError(f"找不到评分办法文件“{path}”。要用自带的评分办法，只写编号“{path.stem}”即可。")
    rulebook = load_rulebook(path)
    if rulebook.id in shipped_rulebooks() and rulebook != _shipped(rulebook.id):
        # A form notes only the id, so two schemes of one id would be taken for each other.
        advice = f"请改成自己的编号，如 {rulebook.id}-1。"
        raise RulebookError(f"评分办法文件“{path}”的编号（id）“{rulebook.id}”与自带的相同而内容不同。{advice}")
    return rulebook


def rulebook_text(rulebook: Rulebook) -> str:
    """`rulebook` as a text that a workbook carries along; `carried_rulebook` reads it."""
    return rulebook.model_dump_json(exclude_defaults=True)


def carried_rulebook(text: str, source: str) -> Rulebook:
    """The user's own rulebook that a workbook carries. Raises RulebookError where it was damaged or passes for ours.

    `source` names the workbook in the message.
    """
    try:
        rulebook = Rulebook.model_validate_json(text)
    except ValidationError as error:
        raise RulebookError(f"“{source}”所附的评分办法已损坏，请用 --rulebook 指定，或向发表单位索取原表") from error
    if rulebook.id in shipped_rulebooks():
        raise RulebookError(f"“{source}”所附评分办法的编号“{rulebook.id}”与自带的相同，请向发表单位索取原表")
    return rulebook


def _looks_like_path(name: str) -> bool:
    return name.lower().endswith(SUFFIXES) or "/" in name or "\\" in name or _exists(Path(name))


def _exists(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):  # a name too long, or one no file can have
        return False


def _unknown(name: str) -> str:
    """What to say of a name that is no id: the nearest by spelling or by part of the Chinese name, then all."""
    known = {_shipped(known).name: known for known in shipped_rulebooks()} | {k: k for k in shipped_rulebooks()}
    near = [title for title in known if name.lower() in title] or difflib.get_close_matches(name.lower(), known, 1)
    hint = f"是否想写“{known[near[0]]}”？" if near else ""
    return f"没有编号为“{shown(name)}”的评分办法。{hint}{_choices()}"


def _choices() -> str:
    known = "、".join(f"{known}（{_shipped(known).name}）" for known in shipped_rulebooks())
    return f"自带的有：{known}。也可以写自己的评分办法文件的路径（.yaml）。"
