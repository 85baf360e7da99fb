"""Example values (示例) in a submission: which places hold them, and the submission without them.

`Submission.examples` lists dotted paths, `*` standing for any one step (items.*.indicators.*.actual). A pattern
that ends at a part covers all that lies in it (`projects`).
"""

from __future__ import annotations

from functools import lru_cache
from typing import TypeVar

from xl_selfeval.model import Part, Path, Submission

P = TypeVar("P", bound=Part)


def is_example(path: Path, submission: Submission) -> bool:
    """True when the value at `path` is declared to be an example, not the unit's own figure."""
    return any(_covers(pattern, path) for pattern in map(_steps, submission.examples) if pattern)


def without_examples(submission: Submission) -> Submission:
    """A copy with every example field back at its default and no example entries in lists; `examples` is empty."""
    stated = _stated(submission, (), submission)
    return stated.model_copy(update={"examples": []})


@lru_cache(maxsize=1024)
def _steps(pattern: str) -> tuple[str, ...]:
    return tuple(pattern.split(".")) if pattern else ()


def _covers(pattern: tuple[str, ...], path: Path) -> bool:
    if len(pattern) > len(path):
        return False
    return all(step in ("*", str(actual)) for step, actual in zip(pattern, path, strict=False))


def _stated(part: P, path: Path, submission: Submission) -> P:
    """`part` with only what is not an example; what is left out takes its default."""
    kept: dict[str, object] = {}
    for name in type(part).model_fields:
        place = (*path, name)
        if is_example(place, submission):
            continue
        value = getattr(part, name)
        if isinstance(value, Part):
            kept[name] = _stated(value, place, submission)
        elif isinstance(value, list):
            kept[name] = [_entry(v, (*place, i), submission) for i, v in enumerate(value) if _own(place, i, submission)]
        else:
            kept[name] = value
    return type(part).model_validate(kept)


def _entry(value: object, path: Path, submission: Submission) -> object:
    return _stated(value, path, submission) if isinstance(value, Part) else value


def _own(place: Path, i: int, submission: Submission) -> bool:
    return not is_example((*place, i), submission)
