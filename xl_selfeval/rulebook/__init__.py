"""评分办法 as data: the shipped rulebooks and files of a user's own."""

from xl_selfeval.rulebook.faults import RulebookError
from xl_selfeval.rulebook.loading import (
    carried_rulebook,
    find_rulebook,
    load_rulebook,
    own_rulebook,
    rulebook_text,
    shipped_rulebooks,
)
from xl_selfeval.rulebook.schema import Rulebook

__all__ = [
    "Rulebook",
    "RulebookError",
    "carried_rulebook",
    "find_rulebook",
    "load_rulebook",
    "own_rulebook",
    "rulebook_text",
    "shipped_rulebooks",
]
