"""A worksheet with the two things that XlsxWriter has no option for."""

from __future__ import annotations

from collections.abc import Sequence

from xlsxwriter.worksheet import Worksheet

Attributes = Sequence[tuple[str, object]]


class FormSheet(Worksheet):  # type: ignore[misc]
    """Rows that grow while people type, and formulas that need no translating.

    A height given with `set_row` is fixed for ever: text typed later is cut off. Programs themselves write the height
    of a row that they sized by its content without the mark `customHeight`, and so do we for rows that may grow.

    XlsxWriter searches every formula for forty new functions, to prefix their names; that is most of the time it takes
    to write ours, which use none of them (a test holds us to that).

    Should XlsxWriter rename the methods overridden here, heights are fixed and the build is slower.
    """

    def __init__(self) -> None:
        super().__init__()
        self._growing: set[object] = set()

    def set_growing_row(self, row: int, height: float) -> None:
        """Give `row` (from 0) a height in points that typed text may still enlarge."""
        self.set_row(row, height)
        self._growing.add(row + 1)

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:
        return formula.removeprefix("=")

    def _xml_start_tag_unencoded(self, tag: str, attributes: Attributes = ()) -> None:
        super()._xml_start_tag_unencoded(tag, self._free(tag, attributes))

    def _xml_empty_tag_unencoded(self, tag: str, attributes: Attributes = ()) -> None:
        super()._xml_empty_tag_unencoded(tag, self._free(tag, attributes))

    def _free(self, tag: str, attributes: Attributes) -> Attributes:
        if tag == "row" and dict(attributes).get("r") in self._growing:
            return [pair for pair in attributes if pair[0] != "customHeight"]
        return attributes
