"""The names that tags may use, taken from the types of the view, and the check of a template's tags against them.

The check reads the text of the template paragraph by paragraph, so that a fault names the paragraph, the name that
is wrong and the nearest that is right, even in a branch that this year's data would not reach.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from difflib import get_close_matches
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, get_args, get_origin, get_type_hints

from jinja2 import Environment, nodes

from xl_selfeval.report.view import Facts

NUMBERING = ("一级", "二级", "三级")
"""Functions that number headings: 一级() gives 一、, 二级() （一）, 三级() 1."""
_LOOP = ("index", "first", "last", "length", "index0", "revindex")


class WrongNameError(ValueError):
    """A tag names what is not there. `line` counts the template's paragraphs from 1."""

    def __init__(self, line: int, wrong: str, known: list[str]) -> None:
        nearest = get_close_matches(wrong.rpartition(".")[2], known, n=1, cutoff=0.1)
        owner = "".join(wrong.rpartition(".")[:2])
        self.line, self.wrong, self.nearest = line, wrong, f"{owner}{nearest[0]}" if nearest else ""
        super().__init__(wrong)


@cache
def names_of(kind: type) -> dict[str, tuple[str, Any]]:
    """For a class of the view: the Chinese name of each field → the field and its type."""
    hints = get_type_hints(kind, include_extras=True)
    return {get_args(hints[f.name])[1]: (f.name, get_args(hints[f.name])[0]) for f in fields(kind)}


def by_tag(value: object) -> Any:
    """`value` of the view as nested dicts under the Chinese names, as a template sees it."""
    if is_dataclass(value) and not isinstance(value, type):
        return {tag: by_tag(getattr(value, name)) for tag, (name, _) in names_of(type(value)).items()}
    if isinstance(value, tuple):
        return [by_tag(entry) for entry in value]
    return value


@dataclass(frozen=True)
class _Kind:
    """What an expression holds, as far as is known: a class of the view, a list of something, or a plain value."""

    view: type | None = None
    entries: _Kind | None = None


_PLAIN = _Kind()
Scope = Mapping[str, _Kind]


def check_names(environment: Environment, text: str) -> None:
    """Check every name in the template `text`. Raises WrongNameError for the first that is not there."""
    scope = {tag: _kind(hint) for tag, (_, hint) in names_of(Facts).items()}
    scope |= dict.fromkeys(NUMBERING, _PLAIN)
    _walk(environment.parse(text).body, scope)


def _kind(hint: Any) -> _Kind:
    if get_origin(hint) is Annotated:
        return _kind(get_args(hint)[0])
    if get_origin(hint) is UnionType:
        return _kind(next(arg for arg in get_args(hint) if arg is not NoneType))
    if get_origin(hint) is tuple:
        return _Kind(entries=_kind(get_args(hint)[0]))
    return _Kind(view=hint) if isinstance(hint, type) and is_dataclass(hint) else _PLAIN


def _walk(body: list[nodes.Node], scope: Scope) -> None:
    names = dict(scope)
    for node in body:
        if isinstance(node, nodes.For):
            entries = _check(node.iter, names).entries or _PLAIN
            inner = names | {"loop": _PLAIN} | dict.fromkeys(_targets(node.target), entries)
            _walk(node.body, inner)
            _walk(node.else_, names)
        elif isinstance(node, nodes.Assign):
            names |= dict.fromkeys(_targets(node.target), _check(node.node, names))
        elif isinstance(node, nodes.If):
            _check(node.test, names)
            for part in (node.body, node.elif_, node.else_):
                _walk(list(part), names)
        else:
            for child in _expressions(node):
                _check(child, names)


def _targets(node: nodes.Node) -> Iterator[str]:
    if isinstance(node, nodes.Name):
        yield node.name
    for child in node.iter_child_nodes():
        yield from _targets(child)


def _expressions(node: nodes.Node) -> Iterator[nodes.Expr]:
    for child in node.iter_child_nodes():
        if isinstance(child, nodes.Expr):
            yield child
        else:
            yield from _expressions(child)


def _check(node: nodes.Node, scope: Scope) -> _Kind:
    """Check the names inside an expression and tell what it holds."""
    if isinstance(node, nodes.Name):
        if node.name not in scope:
            raise WrongNameError(node.lineno, node.name, list(scope))
        return scope[node.name]
    if isinstance(node, nodes.Getattr):
        return _attribute(node, scope)
    if isinstance(node, nodes.Getitem):
        holder = _check(node.node, scope)
        return holder if isinstance(node.arg, nodes.Slice) else holder.entries or _PLAIN
    for child in _expressions(node):
        _check(child, scope)
    return _PLAIN


def _attribute(node: nodes.Getattr, scope: Scope) -> _Kind:
    holder = _check(node.node, scope)
    owner = node.node.name if isinstance(node.node, nodes.Name) else ""
    if owner == "loop":
        known: dict[str, Any] = dict.fromkeys(_LOOP)
    elif holder.view is None:
        known = {}
    else:
        known = names_of(holder.view)
    if node.attr not in known:
        raise WrongNameError(node.lineno, f"{owner}.{node.attr}".lstrip("."), list(known))
    return _PLAIN if owner == "loop" else _kind(known[node.attr][1])
