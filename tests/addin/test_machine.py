"""诊断 of the machine: 32 bits or 64, what the cell functions load, and where the add-in lies."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import xlwings as xw

from xl_selfeval.addin import machine
from xl_selfeval.addin.machine import buttons_of, excel_line, python_line

LIBRARIES = {bits: f"xlwings{bits}-{xw.__version__}.dll" for bits in ("32", "64")}
SYSTEMS = {"32": "Windows (32-bit) NT 10.00", "64": "Windows (64-bit) NT 10.00", "": "Macintosh"}
HOME = r"C:\Users\张三\AppData\Roaming"


def book(system: str | None = None, name: str = "自评表.xlsx") -> Any:
    """A book in an Excel that calls its system so; None: it does not say."""
    api = SimpleNamespace(OperatingSystem=system) if system else SimpleNamespace()
    return SimpleNamespace(name=name, app=SimpleNamespace(version="16.0", api=api))


@pytest.fixture
def windows(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A Python for Windows in a virtual environment; gives the folder of the environment, which is empty."""
    (tmp_path / "Scripts").mkdir()
    here = SimpleNamespace(platform="win32", executable=str(tmp_path / "Scripts" / "python.exe"))
    monkeypatch.setattr(machine, "sys", here)
    return tmp_path


@pytest.mark.parametrize(("bits", "system"), SYSTEMS.items())
def test_the_bits_of_excel_are_told(bits: str, system: str) -> None:
    assert str(excel_line(book(system))) == f"Excel：16.0{f'（{bits}位）' if bits else ''}，正常"
    assert str(excel_line(book())) == "Excel：16.0，正常"


@pytest.mark.parametrize("folder", [".", "Scripts"])
@pytest.mark.parametrize("bits", LIBRARIES)
def test_cell_functions_need_the_library_with_the_bits_of_excel(windows: Path, bits: str, folder: str) -> None:
    other = {"32": "64", "64": "32"}[bits]
    (windows / folder / LIBRARIES[other]).touch()
    assert python_line(book(SYSTEMS[bits])).advice == (
        f"缺少 xlwings 的连接文件（{LIBRARIES[bits]}），单元格函数不能用，请重新安装"
    )
    (windows / folder / LIBRARIES[bits]).touch()
    assert python_line(book(SYSTEMS[bits])).advice == ""


@pytest.mark.parametrize("silent", [book(), object()])
def test_where_excel_does_not_say_both_libraries_have_to_be_there(windows: Path, silent: Any) -> None:
    assert "、".join(LIBRARIES.values()) in python_line(silent).advice
    for library in LIBRARIES.values():
        (windows / library).touch()
    assert python_line(silent).advice == ""


class Addin:
    """The workbook whose button was pressed, in an Excel that knows these folders of add-ins."""

    def __init__(self, fullname: str, **folders: str) -> None:
        self._fullname, self.name = fullname, fullname.replace("/", "\\").rsplit("\\", 1)[-1]
        self.app = SimpleNamespace(api=SimpleNamespace(**folders))

    @property
    def fullname(self) -> str:
        if "://" in self._fullname:
            raise xw.XlwingsError("Couldn't find the local location of your OneDrive or SharePoint")
        return self._fullname


def pressed(monkeypatch: pytest.MonkeyPatch, fullname: str, **folders: str) -> tuple[str, str]:
    monkeypatch.setenv("APPDATA", HOME)
    monkeypatch.setattr(xw.Book, "caller", lambda: Addin(fullname, **folders))
    return buttons_of(book())


def test_an_addin_outside_of_excels_folders_is_to_be_copied_there(monkeypatch: pytest.MonkeyPatch) -> None:
    seen, advice = pressed(monkeypatch, r"D:\下载\xl_selfeval.xlam", StartupPath=rf"{HOME}\Microsoft\Excel\XLSTART")
    assert seen == "，按钮来自加载项“xl_selfeval.xlam”"
    assert "会把它的路径作为外部链接写进去" in advice
    assert advice.endswith(rf"请把“xl_selfeval.xlam”复制到“{HOME}\Microsoft\AddIns”，从那里加载")


@pytest.mark.parametrize(
    "folder",
    [
        rf"{HOME}\Microsoft\AddIns",
        rf"{HOME}\microsoft\addins".lower(),
        rf"{HOME}\Microsoft\Excel\XLSTART",
        r"E:\Office\XLSTART",
        r"E:\Office\Library\绩效",
    ],
)
def test_an_addin_in_one_of_excels_folders_is_well(monkeypatch: pytest.MonkeyPatch, folder: str) -> None:
    folders = {"LibraryPath": r"E:\Office\Library", "StartupPath": r"E:\Office\XLSTART", "AltStartupPath": ""}
    assert pressed(monkeypatch, rf"{folder}\xl_selfeval.xlam", **folders)[1] == ""


def test_buttons_in_the_book_itself_and_an_addin_whose_place_is_unknown(monkeypatch: pytest.MonkeyPatch) -> None:
    assert pressed(monkeypatch, r"D:\下载\自评表.xlsx") == ("，按钮在本工作簿", "")
    cloud = pressed(monkeypatch, "https://a.sharepoint.com/xl_selfeval.xlam")
    assert cloud == ("，按钮来自加载项“xl_selfeval.xlam”", "")
    assert pressed(monkeypatch, r"D:\下载\自评表.xlsm")[1] == ""


def test_where_nobody_pressed_a_button_nothing_is_told() -> None:
    assert buttons_of(book()) == ("", "")
