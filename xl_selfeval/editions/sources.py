"""Where the sources of the editions lie: our macros, the stock modules of xlwings, and the licences."""

from __future__ import annotations

from functools import cache
from importlib.metadata import distribution
from importlib.util import find_spec
from pathlib import Path

from xl_selfeval.editions.faults import EXTRA_MISSING, BuildError

PACKAGE = Path(__file__).parents[1]
PLACES = (PACKAGE / "macros", PACKAGE.parent / "macros")  # of an installed wheel, and of the repository
NOTICE_HEAD = """\
本文件夹中的 .xlsm 和 .xlam 含有下列他人编写的 VBA 模块，按其许可证原样附带；其余内容属于 xl-selfeval（MIT 许可证）。

"""
VBA_DICTIONARY = """\
模块 Dictionary：VBA-Dictionary v1.4.1，https://github.com/timhall/VBA-Dictionary

The MIT License (MIT)

Copyright (c) Tim Hall

Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated
documentation files (the "Software"), to deal in the Software without restriction, including without limitation the
rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit
persons to whom the Software is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the
Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE
WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR
COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR
OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.
"""


def macro_source(name: str) -> str:
    """The text of one file of `macros/`, its lines ended as VBA ends them. Raises BuildError where it is not there."""
    return windows_lines(_macros(name).read_text(encoding="ascii"))


@cache
def ribbon_xml() -> str:
    """The ribbon as it goes into the package."""
    return _macros("ribbon.xml").read_text(encoding="utf-8")


def stock_modules() -> dict[str, str]:
    """The modules of xlwings that go into a workbook unchanged, by name. Raises BuildError where it is not installed.

    xlwings is found and not imported, which would load pandas.
    """
    folder = _xlwings()
    return {
        "xlwings": windows_lines((folder / "xlwings.bas").read_text(encoding="ascii")),
        "Dictionary": windows_lines((folder / "addin" / "Dictionary.cls").read_text(encoding="ascii")),
    }


def notice() -> str:
    """The licences of what others wrote, as a text to lie beside the editions. Raises BuildError as `stock_modules`."""
    _xlwings()
    found = distribution("xlwings")
    licence = next((f for f in found.files or () if f.name == "LICENSE.txt"), None)
    if licence is None:
        raise BuildError("找不到 xlwings 的许可证文件，不能附带它的模块。请重新安装 xlwings 后再试")
    own = f"模块 xlwings：xlwings {found.version}，https://www.xlwings.org\n\n{licence.read_text('utf-8').strip()}\n\n"
    return NOTICE_HEAD + own + "-" * 80 + "\n\n" + VBA_DICTIONARY


def _macros(name: str) -> Path:
    found = next((place / name for place in PLACES if (place / name).is_file()), None)
    if found is None:
        raise BuildError(f"找不到宏的源文件“{name}”，安装不完整。请重新安装 xl-selfeval 后再试")
    return found


def _xlwings() -> Path:
    spec = find_spec("xlwings")
    if spec is None or spec.origin is None:
        raise BuildError(EXTRA_MISSING.format(name=" xlwings"))
    return Path(spec.origin).parent


def windows_lines(text: str) -> str:
    """`text` with its lines ended as Windows and VBA end them."""
    return "\r\n".join(text.splitlines()) + "\r\n"
