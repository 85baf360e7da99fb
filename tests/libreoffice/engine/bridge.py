"""What the documents' Basic calls instead of Windows' xlwings DLL: straight back into the test process.

Basic waits meanwhile, so Python works on the same open document, as it does on Windows.
"""

from __future__ import annotations

import importlib
import inspect
import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import xlwings as xw
from xlwings import conversion

from tests.libreoffice.engine import values
from tests.libreoffice.engine.pyuno import uno, unohelper

if TYPE_CHECKING:
    from tests.libreoffice.engine.app import App

PLACE = "xl_selfeval.bridge"  # by which stub.bas finds it in LibreOffice's component context
DATE = uno.getClass("com.sun.star.bridge.oleautomation.Date")
LONGEST_RESULT = 255  # characters that Excel takes from a function; more is #VALUE!


class Bridge(unohelper.Base, uno.getClass("com.sun.star.script.XInvocation")):  # type: ignore[misc]
    """The object behind RunPython and XLPy, of all documents of `app`; UNO gives its methods' names."""

    def __init__(self, app: App) -> None:
        self._app = app
        self._methods: dict[str, Callable[..., object]] = {
            "RunPython": self.run_python,
            "CallUDF": self.call_udf,
            "Interpreter": lambda: sys.executable,
        }

    def run_python(self, command: str, url: str) -> int:
        """Execute `command` for the document at `url`: 0, or -1 when it raised, of which the test is told."""
        try:
            xw.Book(impl=self._app.books.at_url(url)).set_mock_caller()
            exec(command, {})
        except Exception as error:
            self._app.person.failures.append(error)
            return -1
        return 0

    def call_udf(self, module: str, function: str, arguments: Sequence[object], *_: object) -> object:
        """What `function` of `module` gives for the arguments of a cell's formula. Raises what it raises."""
        called = getattr(importlib.import_module(module), function)
        defaults = [parameter.default for parameter in inspect.signature(called).parameters.values()]
        given = zip(arguments, defaults, strict=True)
        return _result(called(*(self._argument(value, default) for value, default in given)))

    def _argument(self, value: Any, default: object) -> object:
        """As xlwings gives it to a function: a cell's value, a list of a row or column, or a list of lists."""
        if value is None:  # left out: an empty cell comes as a range
            return None if default is inspect.Parameter.empty else default
        return conversion.read(None, _plain(value), {}, engine_name=self._app.engine.name)

    def invoke(self, name: str, arguments: Sequence[object], *_: object) -> tuple[object, tuple[()], tuple[()]]:
        return self._methods[name](*arguments), (), ()

    def hasMethod(self, name: str) -> bool:  # noqa: N802
        return name in self._methods

    def hasProperty(self, name: str) -> bool:  # noqa: N802
        return False

    def getIntrospection(self) -> None:  # noqa: N802
        return None

    def getValue(self, name: str) -> object:  # noqa: N802
        raise AttributeError(name)

    def setValue(self, name: str, value: object) -> None:  # noqa: N802
        raise AttributeError(name)


def _plain(value: Any) -> object:
    """The value of what LibreOffice's VBA objects are: ranges, arrays, dates. Every number is a float, as in Excel."""
    if isinstance(value, tuple):
        return tuple(_plain(each) for each in value)
    if isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    if isinstance(value, DATE):
        return values.from_cell(value.Value, values.DATE)
    if hasattr(value, "Array"):
        return _plain(value.Array)
    return _of_range(value) if hasattr(value, "Value") else value


def _of_range(cells: Any) -> object:
    """What a range holds; a cell with an error is None in xlwings, but 0 in LibreOffice, which its text gives away."""
    found = _plain(cells.Value)
    if not isinstance(found, tuple):
        return None if found == 0.0 and _is_error(cells) else found
    return tuple(
        tuple(None if value == 0.0 and _is_error(cells.Cells(r, c)) else value for c, value in enumerate(row, start=1))
        for r, row in enumerate(found, start=1)
    )


def _is_error(cell: Any) -> bool:
    return str(cell.Text).startswith(("#", "Err:"))


def _result(value: Any) -> Any:
    """A result as Excel takes it. Raises ValueError for a text that is too long."""
    if isinstance(value, list | tuple):
        return tuple(_result(each) for each in value)
    if isinstance(value, str) and len(value) > LONGEST_RESULT:
        raise ValueError(f"a function gave {len(value)} characters: Excel shows #VALUE!")
    return value if isinstance(value, bool) else values.to_cell(value)
