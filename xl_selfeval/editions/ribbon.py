"""The ribbon, read from `macros/ribbon.xml`: the one source of labels, tips and icons."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from xml.etree import ElementTree

from xl_selfeval.editions.sources import ribbon_xml

NAMESPACE = "{http://schemas.microsoft.com/office/2009/07/customui}"
MODULE = "SelfEval"  # of the Subs behind the buttons
PREFIX = "se."  # before the name of a command in the id of its button


@dataclass(frozen=True)
class Button:
    """One button: the command it runs, and its words."""

    command: str
    label: str
    group: str
    screentip: str
    supertip: str

    @property
    def sub(self) -> str:
        """The name of the Sub that runs the command, e.g. SeExportPdf."""
        return "Se" + "".join(word.capitalize() for word in self.command.split("_"))

    @property
    def macro(self) -> str:
        """The Sub with its module, as a sheet button calls it."""
        return f"{MODULE}.{self.sub}"


@cache
def buttons() -> dict[str, Button]:
    """Every button by its command, in the order of the ribbon."""
    found = {}
    for group in ElementTree.fromstring(ribbon_xml()).iter(f"{NAMESPACE}group"):
        for node in group.iter(f"{NAMESPACE}button"):
            command = node.attrib["id"].removeprefix(PREFIX)
            words = (node.attrib["label"], group.attrib["label"], node.attrib["screentip"], node.attrib["supertip"])
            found[command] = Button(command, *words)
    return found


def tab_label() -> str:
    """What the ribbon's tab is called."""
    tab = next(ElementTree.fromstring(ribbon_xml()).iter(f"{NAMESPACE}tab"))
    return tab.attrib["label"]
