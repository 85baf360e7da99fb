"""The ribbon against the rules of customUI14 (its schema cannot be fetched here), and against what it calls."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from xml.etree import ElementTree

import pytest

from xl_selfeval.addin.commands import COMMANDS
from xl_selfeval.editions.ribbon import NAMESPACE, PREFIX, buttons, tab_label
from xl_selfeval.editions.sources import macro_source, ribbon_xml

# Of each element that we use: what it may contain, which attributes it must have, and which it may have (2009/07).
PLACE = {"insertAfterMso", "insertBeforeMso", "insertAfterQ", "insertBeforeQ", "visible", "getVisible", "tag", "keytip"}
PICTURE = {"image", "imageMso", "getImage"}
TIPS = {"screentip", "supertip"}
RULES: dict[str, tuple[set[str], set[str], set[str]]] = {
    "customUI": ({"commands", "ribbon", "backstage", "contextMenus"}, set(), {"onLoad", "loadImage"}),
    "ribbon": ({"qat", "tabs", "contextualTabs"}, set(), {"startFromScratch"}),
    "tabs": ({"tab"}, set(), set()),
    "tab": ({"group"}, {"id", "label"}, PLACE),
    "group": ({"button", "menu", "separator", "box", "dialogBoxLauncher"}, {"id", "label"}, PLACE | PICTURE | TIPS),
    "button": (
        set(),
        {"id", "label", "onAction", "imageMso", "screentip", "supertip"},
        PLACE | TIPS | {"size", "enabled", "getEnabled", "description", "showLabel", "showImage"},
    ),
}
# Pictures that Office 2010 has: names of its own controls, as published in Microsoft's lists of control identifiers.
OFFICE_2010 = {
    "CalendarInsert",
    "ClearFormats",
    "DataValidation",
    "ErrorChecking",
    "ExportExcel",
    "ExportWord",
    "FileSaveAsPdfOrXps",
    "FileSendAsAttachment",
    "Help",
    "PropertySheet",
    "RefreshAll",
    "SheetRowsInsert",
}
LONGEST = 1024  # characters of a label or a tip
BY_VBA_ALONE = {"guide", "reconnect"}


def elements() -> Iterator[tuple[str, ElementTree.Element]]:
    for node in ElementTree.fromstring(ribbon_xml()).iter():
        assert node.tag.startswith(NAMESPACE)
        yield node.tag.removeprefix(NAMESPACE), node


def test_each_element_holds_only_what_it_may() -> None:
    for tag, node in elements():
        children, required, optional = RULES[tag]
        assert {child.tag.removeprefix(NAMESPACE) for child in node} <= children
        assert required <= set(node.attrib) <= required | optional
        assert len(PICTURE & set(node.attrib)) <= 1
        assert node.get("size") in (None, "normal", "large")


def test_ids_are_names_and_each_its_own() -> None:
    ids = [node.attrib["id"] for _, node in elements() if "id" in node.attrib]
    assert all(re.fullmatch(r"[A-Za-z_][\w.-]{0,1023}", name, re.ASCII) for name in ids)
    assert Counter(ids).most_common(1)[0][1] == 1


def test_words_fit_and_none_is_missing() -> None:
    for _, node in elements():
        for attribute in ("label", "screentip", "supertip"):
            if attribute in node.attrib:
                assert 0 < len(node.attrib[attribute].strip()) <= LONGEST


def test_keytips_are_short_and_do_not_clash() -> None:
    tips = [node.attrib["keytip"] for tag, node in elements() if tag == "button"]
    assert all(re.fullmatch(r"[A-Z0-9]{1,3}", tip) for tip in tips)
    assert not [(a, b) for a in tips for b in tips if a is not b and b.startswith(a)]


def test_pictures_are_in_office_2010() -> None:
    assert {node.attrib["imageMso"] for tag, node in elements() if tag == "button"} == OFFICE_2010


def test_what_a_button_calls_is_there_and_takes_the_button() -> None:
    calls = {node.attrib["onAction"] for tag, node in elements() if tag == "button"}
    for call in calls:
        assert re.search(rf"^Public Sub {call}\(ByVal control As Object\)", macro_source("SelfEval.bas"), re.MULTILINE)


def test_the_buttons_are_the_commands() -> None:
    assert set(buttons()) == set(COMMANDS) | BY_VBA_ALONE


@pytest.mark.parametrize(
    ("command", "label", "group"),
    [
        ("check", "检查", "填报"),
        ("export_pdf", "导出PDF", "报告"),
        ("hand_in", "生成上报文件", "汇总"),
        ("guide", "填报说明", "帮助"),
    ],
)
def test_buttons_are_read_with_their_words(command: str, label: str, group: str) -> None:
    assert (buttons()[command].label, buttons()[command].group) == (label, group)
    assert tab_label() == "绩效自评"


def test_a_button_of_the_ribbon_runs_the_command_in_its_id() -> None:
    named = set(re.findall(r'Case "se\.(\w+)"', macro_source("SelfEval.bas")))
    assert named == BY_VBA_ALONE
    assert len(PREFIX) + 1 == 4  # SeRibbon takes the command from the fourth letter of the id on
