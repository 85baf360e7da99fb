"""The two examples of a check made real: a patch laid over the sound sample, and what is found in it.

A patch maps dotted paths to values ("items.0.indicators.2.actual"). A path under ``@rulebook.`` is laid over the
rulebook instead, for what no shipped rulebook has.
"""

from __future__ import annotations

import copy
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any

import yaml

from xl_selfeval.checks.catalogue import Finding, Patch, run_checks
from xl_selfeval.model import Submission
from xl_selfeval.rulebook import Rulebook, find_rulebook
from xl_selfeval.scoring import score

RULEBOOK = "@rulebook."


@cache
def _sound() -> dict[str, Any]:
    text = (resources.files("xl_selfeval") / "samples" / "sound.yaml").read_text(encoding="utf-8")
    loaded: dict[str, Any] = yaml.safe_load(text)
    return loaded


def patched(patch: Patch) -> tuple[Submission, Rulebook]:
    """The sound sample under `patch`, and the rulebook it names. Raises KeyError for a path that leads nowhere."""
    submission = Submission.model_validate(
        _laid_over(_sound(), {path: value for path, value in patch.items() if not path.startswith(RULEBOOK)})
    )
    rulebook = find_rulebook(submission.rulebook)
    changes = {path[len(RULEBOOK) :]: value for path, value in patch.items() if path.startswith(RULEBOOK)}
    if changes:
        rulebook = Rulebook.model_validate(_laid_over(rulebook.model_dump(mode="json"), changes))
    return submission, rulebook


def findings(patch: Patch) -> list[Finding]:
    """All findings in the sound sample under `patch`."""
    submission, rulebook = patched(patch)
    return run_checks(submission, rulebook, score(submission, rulebook))


def _laid_over(tree: Mapping[str, Any], patch: Patch) -> dict[str, Any]:
    result = copy.deepcopy(dict(tree))
    for path, value in patch.items():
        node: Any = result
        *steps, last = (int(step) if step.isdigit() else step for step in path.split("."))
        for step in steps:
            node = node[step]
        node[last] = copy.deepcopy(value)
    return result
