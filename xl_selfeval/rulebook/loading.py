"""Stub: written by the rulebook helper."""
from functools import cache
from pathlib import Path
import yaml
from xl_selfeval.rulebook.schema import Rulebook

DATA = Path(__file__).parent / "data"


class RulebookError(ValueError):
    """A rulebook that cannot be used."""


def load_rulebook(path: Path) -> Rulebook:
    return Rulebook.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))


@cache
def shipped_rulebooks() -> dict[str, Path]:
    return {p.stem: p for p in sorted(DATA.glob("*.yaml"))}


@cache
def find_rulebook(name: str) -> Rulebook:
    if name in shipped_rulebooks():
        return load_rulebook(shipped_rulebooks()[name])
    return load_rulebook(Path(name))
