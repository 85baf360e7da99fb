"""What the engine raises where Excel would."""

from __future__ import annotations


class ComError(Exception):
    """Excel refuses; stands for pywintypes.com_error, which the add-in cannot name either (it does not exist here)."""


class UnscriptedError(AssertionError):
    """A dialog appeared and the test has not said what the person answers."""
