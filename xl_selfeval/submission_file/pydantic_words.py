"""pydantic's faults on a submission in Chinese: the place with its field's description, the reason, the choices.

What is the same for every file (lists, dates, true/false) is worded once, in `rulebook.faults`.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Mapping
from typing import Any, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from xl_selfeval.model import Labelled, Path
from xl_selfeval.rulebook.faults import REASONS, shown

Model = type[BaseModel]
Reason = Callable[[ErrorDetails, Mapping[str, Any], Model], str]


def described(model: Model, path: Path) -> str:
    """The Chinese description of the field at `path` in `model`; "" where the model gives none."""
    found = _field(model, path)
    return found.description or "" if found else ""


def in_words(model: Model, path: Path) -> str:
    """A path for people: items.0.indicators.2.max_points（分值）; 全文 for the whole."""
    dotted = ".".join(map(str, path))
    label = described(model, path)
    return f"{dotted}（{label}）" if label else dotted or "全文"


def explain(error: ErrorDetails, model: Model) -> str:
    """The Chinese reason for one pydantic fault on `model`, with the value seen and what is expected."""
    context = error.get("ctx", {})
    for names, say in OWN:
        if error["type"].startswith(names):
            return say(error, context, model)
    for names, say_plainly in REASONS:
        if error["type"].startswith(names):
            return say_plainly(error, context)
    return f"“{shown(error['input'])}”写法不对，请对照样例修改"


def _field(model: Model, path: Path) -> FieldInfo | None:
    """The field that `path` ends in; an index is skipped, since it belongs to the list before it."""
    inner: Model | None = model
    found: FieldInfo | None = None
    for step in path:
        if isinstance(step, int):
            found = None
            continue
        found = inner.model_fields.get(step) if inner else None
        inner = _within(found, BaseModel) if found else None
    return found


def _within(field: FieldInfo, kind: type[Any]) -> Any:
    """The class derived from `kind` that `field` holds, straight, in a list or beside None."""
    pending = [field.annotation]
    while pending:
        annotation = pending.pop()
        if isinstance(annotation, type) and get_origin(annotation) is None and issubclass(annotation, kind):
            return annotation
        pending.extend(get_args(annotation))
    return None


def _choice(error: ErrorDetails, _context: Mapping[str, Any], model: Model) -> str:
    field = _field(model, error["loc"])
    choices: type[Labelled] | None = _within(field, Labelled) if field else None
    labels = "、".join(member.label for member in choices) if choices else ""
    return f"“{shown(error['input'])}”不在可选项中，只能写 {labels}"


def _unknown(error: ErrorDetails, _context: Mapping[str, Any], model: Model) -> str:
    *above, name = error["loc"]
    parent = _parent(model, tuple(above))
    near = difflib.get_close_matches(str(name), parent.model_fields, 1) if parent else []
    if not near or parent is None:
        return f"这里没有名为“{shown(name)}”的项目，请改成认得的名称或删去"
    label = parent.model_fields[near[0]].description
    return f"这里没有名为“{shown(name)}”的项目，是否想写“{near[0]}”{f'（{label}）' if label else ''}？"


def _parent(model: Model, path: Path) -> Model | None:
    names = tuple(step for step in path if isinstance(step, str))
    if not names:
        return model
    field = _field(model, names)
    inner: Model | None = _within(field, BaseModel) if field else None
    return inner


def _number(error: ErrorDetails, _context: Mapping[str, Any], _model: Model) -> str:
    return f"“{shown(error['input'])}”不是数字，请只写阿拉伯数字，如 90 或 12.5，不带单位、逗号和文字"


def _whole(error: ErrorDetails, _context: Mapping[str, Any], _model: Model) -> str:
    return f"“{shown(error['input'])}”不是整数，请只写整数，如 4"


def _text(error: ErrorDetails, _context: Mapping[str, Any], _model: Model) -> str:
    return f"这里应是一段文字，现为{shown(error['input'])}"


# The first entry whose names the fault's type starts with gives the words.
OWN: tuple[tuple[tuple[str, ...], Reason], ...] = (
    (("enum",), _choice),
    (("extra_forbidden",), _unknown),
    (("decimal", "finite_number"), _number),
    (("int",), _whole),
    (("string",), _text),
)
