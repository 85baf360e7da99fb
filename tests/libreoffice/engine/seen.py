"""Where things are on the screen, as a screen reader is told: buttons, cells, message boxes. All in pixels."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

import xlwings as xw

TABLE, LABEL, PUSH_BUTTON = 58, 86, 44  # com.sun.star.accessibility.AccessibleRole
DEPTH, BREADTH = 8, 200  # of the tree that is searched; a table has a child for each of its cells, and is not entered


class Area(NamedTuple):
    """A rectangle on the screen."""

    left: int
    top: int
    width: int
    height: int

    @property
    def middle(self) -> tuple[int, int]:
        """Where the mouse goes."""
        return self.left + self.width // 2, self.top + self.height // 2


def area_of(accessible: Any) -> Area:
    """Where an accessible object is."""
    place, size = accessible.getLocationOnScreen(), accessible.getSize()
    return Area(place.X, place.Y, size.Width, size.Height)


def sheet_area(book: xw.Book) -> Area:
    """The whole window of the sheet in front: headers of rows and columns, cells, scroll bars, tabs."""
    return area_of(book.impl.uno.CurrentController.ComponentWindow.AccessibleContext)


def button_areas(book: xw.Book, caption: str) -> Iterator[Area]:
    """The button with `caption` on the sheet in front, if it can be seen."""
    controller = book.impl.uno.CurrentController
    for form in controller.ActiveSheet.DrawPage.Forms:
        for model in form:
            if model.Label == caption:
                yield from _inside(area_of(controller.getControl(model).AccessibleContext), sheet_area(book))


def cell_areas(book: xw.Book, cell: xw.Range) -> Iterator[Area]:
    """A cell of the sheet in front, if all of it can be seen."""
    window = book.impl.uno.CurrentController.ComponentWindow.AccessibleContext
    for found in _tree(window):
        if found.AccessibleRole == TABLE:
            shown = found.getAccessibleCellAt(cell.row - 1, cell.column - 1).AccessibleContext
            yield from _inside(area_of(shown), area_of(found))


def message_boxes(toolkit: Any, title: str) -> Iterator[tuple[str, Area]]:
    """What each open message box called `title` says, and its first button."""
    for number in range(toolkit.getTopWindowCount()):
        window = toolkit.getTopWindow(number).AccessibleContext
        if window.AccessibleName == title:
            parts = list(_tree(window))
            words = [part.AccessibleName for part in parts if part.AccessibleRole == LABEL]
            buttons = [area_of(part) for part in parts if part.AccessibleRole == PUSH_BUTTON]
            if words and buttons:
                yield "\n".join(words), buttons[0]


def _inside(area: Area, window: Area) -> Iterator[Area]:
    left, top, right, bottom = (area.left, area.top, area.left + area.width, area.top + area.height)
    across = window.left <= left < right <= window.left + window.width
    if across and window.top <= top < bottom <= window.top + window.height:
        yield area


def _tree(accessible: Any, depth: int = 0) -> Iterator[Any]:
    yield accessible
    if depth < DEPTH and accessible.AccessibleRole != TABLE:
        for number in range(min(accessible.AccessibleChildCount, BREADTH)):
            child = accessible.getAccessibleChild(number)
            if child is not None:
                yield from _tree(child.AccessibleContext, depth + 1)
