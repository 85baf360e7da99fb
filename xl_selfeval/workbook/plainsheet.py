"""Worksheets for formulas that need no translating."""

from xlsxwriter.worksheet import Worksheet


class PlainWorksheet(Worksheet):  # type: ignore[misc]
    """A worksheet that takes formulas as they are.

    XlsxWriter searches every formula for forty new functions, to prefix their names; that is most of the time it takes
    to write ours, which use none of them (a test holds us to that). Should XlsxWriter rename the method, this class
    does nothing and the build is merely slower.
    """

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:
        return formula.removeprefix("=")
