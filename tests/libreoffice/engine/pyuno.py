"""LibreOffice's Python binding, borrowed from the system: Debian's python3-uno in the Python that runs the tests."""

from __future__ import annotations

import sys
from typing import Any

DIST_PACKAGES = "/usr/lib/python3/dist-packages"

# On the path only while it is imported: the system's other packages must not leak into what is tested.
sys.path.append(DIST_PACKAGES)
try:
    import uno  # type: ignore[import-not-found]
    import unohelper  # type: ignore[import-not-found]
finally:
    sys.path.remove(DIST_PACKAGES)

__all__ = ["prop", "struct", "uno", "unohelper"]


def prop(name: str, value: object) -> Any:
    """A named argument as UNO takes it."""
    made = struct("com.sun.star.beans.PropertyValue")
    made.Name, made.Value = name, value
    return made


def struct(name: str) -> Any:
    """An empty UNO structure of the type `name`."""
    return uno.createUnoStruct(name)
