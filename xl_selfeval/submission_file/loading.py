"""Submissions as files: .yaml, .yml and .json to a Submission with every fault named, and back to YAML."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from enum import StrEnum
from pathlib import Path as FilePath
from typing import Any

import yaml
from pydantic import ValidationError

from xl_selfeval.model import Submission
from xl_selfeval.submission_file.pydantic_words import explain, in_words
from xl_selfeval.submission_file.typed_text import Fault, Tree, read_json, read_yaml

SAMPLES = FilePath(__file__).parent.parent / "samples"
READERS = {".yaml": read_yaml, ".yml": read_yaml, ".json": read_json}
MAX_BYTES = 20 * 1024 * 1024
NOT_A_MAPPING = "整个文件应是一组“名称: 内容”，如 fiscal_year: 2023；名称后面用半角冒号，YAML 中再加一个空格"
MOST_SHOWN = 50
"""Faults listed one by one; more would bury the first."""


class SubmissionError(ValueError):
    """A submission file that cannot be used. The message is Chinese and says what to do; `faults` lists its parts."""

    def __init__(self, message: str, faults: Sequence[Fault] = ()) -> None:
        super().__init__(message)
        self.faults = tuple(faults)


def load_submission(path: FilePath) -> Submission:
    """Read the submission file `path` (money in 万元, points in 分).

    Raises SubmissionError when the file is missing, a folder, empty, over 20 MB, not UTF-8, of another kind or
    faulty; then every faulty place is listed with its line (YAML), path, the value seen and what is expected.
    """
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        raise SubmissionError(f"“{path}”不是填报数据文件。请换成 .yaml、.yml 或 .json 文件。")
    text = _read_text(path)
    tree = reader(text) if text.strip() else Tree()
    if tree.data is None and not tree.faults:
        raise SubmissionError(f"填报数据文件“{path}”是空的。{_model_hint()}")
    submission, faults = _validated(tree)
    if submission is None or faults:
        raise _error(path, faults)
    return submission


def _read_text(path: FilePath) -> str:
    try:
        if path.is_dir():
            raise SubmissionError(f"“{path}”是文件夹。请写到其中具体的 .yaml 或 .json 文件。")
        if not path.exists():
            raise SubmissionError(f"找不到填报数据文件“{path}”。请检查路径和文件名是否写对。")
        if not path.is_file():
            raise SubmissionError(f"“{path}”不是普通文件，读不了。请换成 .yaml 或 .json 文件。")
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise SubmissionError(f"填报数据文件“{path}”有{size / 1024**2:.1f} MB，超过20 MB，像是选错了文件。")
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        advice = "请用记事本打开，选“另存为”，编码选 UTF-8 后再试。"
        raise SubmissionError(f"填报数据文件“{path}”第{line}行起不是 UTF-8 编码的文字。{advice}") from error
    except OSError as error:
        raise SubmissionError(f"读不了填报数据文件“{path}”。请确认有权限、没有被别的程序占用。") from error


def _validated(tree: Tree) -> tuple[Submission | None, list[Fault]]:
    """The submission of `tree` (None where it cannot be made) and every fault of reading and of the model."""
    faults = list(tree.faults)
    if not isinstance(tree.data, dict):
        if not faults:
            faults.append(Fault((), NOT_A_MAPPING, tree.line_of(())))
        return None, faults
    try:
        return Submission.model_validate(tree.data), faults
    except ValidationError as error:
        details = error.errors(include_url=False)
    faults += [Fault(d["loc"], explain(d, Submission), tree.line_of(d["loc"])) for d in details]
    return None, faults


def _error(path: FilePath, faults: Sequence[Fault]) -> SubmissionError:
    ordered = sorted(faults, key=lambda fault: fault.line or 0)
    lines = [f"填报数据文件“{path}”有{len(ordered)}处问题，没有载入："]
    lines += [f"  {_said(fault)}" for fault in ordered[:MOST_SHOWN]]
    if len(ordered) > MOST_SHOWN:
        lines.append(f"  ……另有{len(ordered) - MOST_SHOWN}处，改好以上各处后会再列出")
    lines.append(_model_hint())
    return SubmissionError("\n".join(lines), ordered)


def _said(fault: Fault) -> str:
    line = f"第{fault.line}行，" if fault.line else ""
    return f"{line}{in_words(Submission, fault.path)}：{fault.reason}"


def _model_hint() -> str:
    return f"请改好并保存后再试；写法可对照自带的样例“{SAMPLES / 'sound.yaml'}”。"


def dump_submission(submission: Submission) -> str:
    """`submission` as YAML in the order of the model, defaults left out; `load_submission` gives it back exactly."""
    data = submission.model_dump(exclude_defaults=True)
    text: str = yaml.dump(data, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=2**30)
    return text


_FAST_DUMPER: Any = getattr(yaml, "CSafeDumper", yaml.SafeDumper)


class _Dumper(_FAST_DUMPER):  # type: ignore[misc]
    """Writes Decimals as plain numbers and choices as their codes."""


def _plainly(dumper: Any, text: str) -> yaml.Node:
    """`text` without quotes, whatever other YAML readers take it for."""
    tag = dumper.resolve(yaml.ScalarNode, text, (True, False))
    return yaml.ScalarNode(tag, text)


def _decimal(dumper: Any, value: Decimal) -> yaml.Node:
    # Past 30 places the zeros of the plain spelling would only fill the file.
    return _plainly(dumper, format(value, "f") if abs(value.adjusted()) <= 30 else str(value))


_Dumper.add_representer(Decimal, _decimal)
_Dumper.add_representer(date, lambda dumper, day: _plainly(dumper, day.isoformat()))
_Dumper.add_multi_representer(StrEnum, lambda dumper, choice: dumper.represent_str(choice.value))
