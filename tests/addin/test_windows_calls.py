"""The functions as Windows' xlwings calls them: through its decorators and converters, which on Linux are not there.

xlwings' own `udfs.call_udf` is run in a process of its own, in which the parts that need Windows are stand-ins.
"""

from __future__ import annotations

import json
import subprocess
import sys

PREPARED = """
import json, sys, types

class Anything(types.ModuleType):
    def __getattr__(self, name):
        return type(name, (Exception,), {})

for name in ("pythoncom", "pywintypes", "win32com", "win32com.client", "win32com.server", "win32com.server.util"):
    sys.modules[name] = Anything(name)
import xlwings


class Excel:
    name, type, apps = "excel", "desktop", None
    clean_value_data = staticmethod(lambda data, *_: [list(row) for row in data])
    prepare_xl_data_element = staticmethod(lambda value, options: value)


xlwings.engines.add(xlwings.Engine(impl=Excel()))
somewhere = types.SimpleNamespace()
windows = types.SimpleNamespace(Range=lambda xl: somewhere, is_range_instance=lambda value: False, BOOK_CALLER=None)
xlwings._xlwindows = windows
server = types.ModuleType("xlwings.com_server")
server.loop = None
sys.modules["xlwings.com_server"] = server
from xlwings import udfs
from xlwings.conversion import accessors

xlwings.func, xlwings.arg, xlwings.ret = udfs.xlfunc, udfs.xlarg, udfs.xlret
"""
CALL = """
MODULE = "xl_selfeval.addin.functions"
calls = json.loads(sys.argv[1])
answers = [udfs.call_udf(MODULE, name, tuple(arguments)) for name, arguments in calls]
print(json.dumps(answers))
"""
DECLARED = """
import xl_selfeval.addin.functions as module
made = [function.__xlfunc__ for function in module.FUNCTIONS]
print(json.dumps([[m["name"], m["volatile"], m["category"], [[a["name"], a["doc"]] for a in m["args"]]] for m in made]))
"""


def windows(code: str, *arguments: str) -> list[list[object]]:
    """What `code` prints in a process that takes itself for Windows."""
    run = [sys.executable, "-W", "ignore", "-c", PREPARED + code, *arguments]
    done = subprocess.run(run, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    answers: list[list[object]] = json.loads(done.stdout)
    return answers


ROW = ["≥", "不低于100平方米", "", "95平方米", "", "", "", 10.0, "", "mof-2020", 2023.0]


CASES: list[tuple[str, list[object], float | str]] = [
    ("SE_SCORE", ROW, 9.5),
    ("SE_SCORE", [*ROW[:9], "nowhere", 2023.0], "没有编号为“nowhere”的评分办法"),
    ("SE_RATE", [90.0, 100.0], 0.9),
    ("SE_GRADE", [90.0, "mof-2020"], "优"),
    ("SE_TARGET", ["不低于100平方米", "", ""], "≥100平方米"),
    ("SE_VALUE", ["3000人次以上", ""], 3000.0),
    ("SE_VERSION", [], "xl-selfeval"),
]


def test_a_call_from_a_cell_comes_through_xlwings():
    answers = windows(CALL, json.dumps([[name, arguments] for name, arguments, _ in CASES]))
    for (name, _, expected), answer in zip(CASES, answers, strict=True):
        [[given]] = answer
        if isinstance(expected, str):
            assert str(given).startswith(expected), name
        else:
            assert given == expected, name


def test_every_function_tells_the_wizard_what_it_takes_and_is_never_volatile():
    declared = windows(DECLARED)
    assert 0 < len(declared) < 15
    for name, volatile, category, arguments in declared:
        assert name.startswith("SE_") and volatile is False and category == "绩效自评"
        assert all(not doc.startswith("Positional") for _, doc in arguments), arguments
