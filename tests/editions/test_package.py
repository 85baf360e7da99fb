"""The files as packages: every part has a type, every relationship a target, every module its exact source."""

from __future__ import annotations

import posixpath
import re
import warnings
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import pytest
from pyopenvba import ExcelFile, check_file

from xl_selfeval.addin import functions
from xl_selfeval.editions import sources, wrappers
from xl_selfeval.editions.books import build_xlam, build_xlsm
from xl_selfeval.editions.modules import buttons_module
from xl_selfeval.editions.package import ADDIN, RIBBON_PART, RIBBON_TYPE, WORKBOOK
from xl_selfeval.editions.texts import SETTINGS, SETTINGS_TITLE, TEXTS_TITLE
from xl_selfeval.rulebook import find_rulebook
from xl_selfeval.submission_file import SAMPLES, load_submission

TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


@pytest.fixture(params=["xlsm", "xlam"])
def edition(request: pytest.FixtureRequest) -> Path:
    """Each edition with macros."""
    path: Path = request.getfixturevalue(request.param)
    return path


def modules(path: Path) -> dict[str, str]:
    """Every module as olevba reads it, its lines ended as VBA ends them."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # oletools calls its parser by names of old
        from oletools.olevba import VBA_Parser

        parser = VBA_Parser(str(path))
        found = {stream.removeprefix("VBA/"): code for _, stream, _, code in parser.extract_all_macros()}
        parser.close()
    return {name: sources.windows_lines(code) for name, code in found.items()}


def header_free(source: str) -> str:
    """A module without what the editor hides: the preamble of a class, and the attributes."""
    body = re.sub(r"\AVERSION 1\.0 CLASS\r\nBEGIN\r\n(?:.*\r\n)*?END\r\n", "", source)
    return re.sub(r"\A(?:Attribute VB_.*\r\n)+", "", body)


def test_olevba_reads_back_every_module(edition: Path) -> None:
    written = {
        "ThisWorkbook": sources.macro_source("ThisWorkbook.cls"),
        "SelfEval": buttons_module(),
        "SeUdf": wrappers.wrapped(wrappers.functions(functions)),
        **sources.stock_modules(),
    }
    read = modules(edition)
    assert {name: header_free(read[name]) for name in written} == {n: header_free(s) for n, s in written.items()}
    assert all(not header_free(read[name]).strip() for name in set(read) - set(written))  # sheets have no code


def test_all_our_vba_is_ascii(edition: Path) -> None:
    assert all(code.isascii() for code in modules(edition).values())


def test_pyopenvba_finds_nothing_wrong(edition: Path) -> None:
    report = check_file(edition)
    assert (report.ok, report.issues) == (True, ())
    with ExcelFile(edition) as file:
        assert file.vba_project().validate() == []


def test_every_part_has_a_type_and_every_relationship_a_target(edition: Path) -> None:
    with zipfile.ZipFile(edition) as package:
        names = package.namelist()
        types = ElementTree.fromstring(package.read("[Content_Types].xml"))
        endings = {node.attrib["Extension"] for node in types.iter(f"{TYPES}Default")}
        overridden = {node.attrib["PartName"].lstrip("/") for node in types.iter(f"{TYPES}Override")}
        assert len(names) == len(set(names))
        assert overridden <= set(names)
        assert all(n in overridden or n.rpartition(".")[2] in endings for n in names if n != "[Content_Types].xml")
        for name in (n for n in names if n.endswith(".rels")):
            home = posixpath.dirname(posixpath.dirname(name))
            relations = list(ElementTree.fromstring(package.read(name)).iter(RELATION))
            assert len({r.attrib["Id"] for r in relations}) == len(relations)
            inner = (r.attrib["Target"] for r in relations if r.get("TargetMode") != "External")
            assert {_part(home, target) for target in inner} <= set(names)


def _part(home: str, target: str) -> str:
    return target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(home, target))


@pytest.mark.parametrize(("name", "wanted"), [("xlsm", WORKBOOK), ("xlam", ADDIN)])
def test_the_workbook_part_says_what_the_file_is(request: pytest.FixtureRequest, name: str, wanted: str) -> None:
    with zipfile.ZipFile(request.getfixturevalue(name)) as package:
        types = ElementTree.fromstring(package.read("[Content_Types].xml"))
    found = {n.attrib["PartName"]: n.attrib["ContentType"] for n in types.iter(f"{TYPES}Override")}
    assert found["/xl/workbook.xml"] == wanted


def test_the_ribbon_is_in_the_package(edition: Path) -> None:
    with zipfile.ZipFile(edition) as package:
        relations = list(ElementTree.fromstring(package.read("_rels/.rels")).iter(RELATION))
        assert [r.attrib["Target"] for r in relations if r.attrib["Type"] == RIBBON_TYPE] == [RIBBON_PART]
        assert package.read(RIBBON_PART).decode() == sources.ribbon_xml()


def test_each_sheet_has_the_code_name_of_its_module(edition: Path) -> None:
    with zipfile.ZipFile(edition) as package:
        book = ElementTree.fromstring(package.read("xl/workbook.xml"))
        sheets = [n for n in package.namelist() if re.fullmatch(r"xl/worksheets/sheet\d+\.xml", n)]
        codes = [ElementTree.fromstring(package.read(n)).find(f"{MAIN}sheetPr") for n in sheets]
    properties = book.find(f"{MAIN}workbookPr")
    assert properties is not None
    assert properties.attrib["codeName"] == "ThisWorkbook"
    named = {node.attrib["codeName"] for node in codes if node is not None}
    assert named == set(modules(edition)) - {"ThisWorkbook", "SelfEval", "SeUdf", "xlwings", "Dictionary"}
    assert len(named) == len(sheets)


def test_the_sheets_for_macros_are_out_of_sight_and_one_sheet_is_seen(edition: Path) -> None:
    with zipfile.ZipFile(edition) as package:
        book = ElementTree.fromstring(package.read("xl/workbook.xml"))
    states = {node.attrib["name"]: node.get("state", "visible") for node in book.iter(f"{MAIN}sheet")}
    assert states[TEXTS_TITLE] == states[SETTINGS_TITLE] == "veryHidden"
    assert "visible" in states.values()


def test_the_settings_name_no_interpreter() -> None:
    assert not [key for key, _ in SETTINGS if "INTERPRETER" in key or "CONDA" in key]
    assert all(key == key.upper() for key, _ in SETTINGS)  # xlwings looks for capitals


def test_the_same_sources_give_the_same_bytes(xlam: Path) -> None:
    sample = load_submission(SAMPLES / "luquan-2023.yaml")
    rulebook = find_rulebook(sample.rulebook)
    assert build_xlsm(rulebook, sample) == build_xlsm(rulebook, sample)
    assert build_xlam() == xlam.read_bytes()


def test_nothing_in_a_package_tells_when_and_where_it_was_made(edition: Path) -> None:
    with zipfile.ZipFile(edition) as package:
        assert {(info.date_time, info.create_system) for info in package.infolist()} == {((1980, 1, 1, 0, 0, 0), 0)}


def test_a_stub_takes_the_place_of_the_stock_modules(tmp_path: Path) -> None:
    path = tmp_path / "libre.xlsm"
    path.write_bytes(
        build_xlsm(find_rulebook("mof-2020"), stub='Attribute VB_Name = "xlwings"\nSub KillPy()\nEnd Sub\n')
    )
    read = modules(path)
    assert header_free(read["xlwings"]) == "Sub KillPy()\r\nEnd Sub\r\n"
    assert "Dictionary" not in read
