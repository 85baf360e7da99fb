"""A private LibreOffice process that the tests talk to directly: its profile, its start, its end."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from tests.libreoffice.engine.pyuno import prop, uno
from xl_selfeval.report import pdf

START_SECONDS, END_SECONDS = 60, 20
FLAGS = ("--norestore", "--nologo", "--nodefault", "--nolockcheck", "--nofirststartwizard")
HELPER = Path(__file__).with_name("helper.bas")
ALWAYS_RUN_MACROS = 4  # com.sun.star.document.MacroExecMode.ALWAYS_EXECUTE_NO_WARN

# path, name, value: recalculate on load, macros run and VBA is compiled, one locale everywhere, no first-run windows.
SETTINGS = (
    ("Office.Calc/Formula/Load", "OOXMLRecalcMode", "0"),
    ("Office.Common/Security/Scripting", "MacroSecurityLevel", "0"),
    ("Office.Calc/Filter/Import/VBA", "Load", "true"),
    ("Office.Calc/Filter/Import/VBA", "Executable", "true"),
    ("Office.Common/Misc", "FirstRun", "false"),
    ("Office.Common/Misc", "ShowTipOfTheDay", "false"),
    ("Office.Common/Font/Substitution", "Replacement", "true"),
    ("Setup/Product", "ooSetupLastVersion", "99"),
    ("Setup/L10N", "ooSetupSystemLocale", "en-US"),
)

# On a screen: fonts of Windows that are not here, and what stands in for them with letters about as wide. Columns are
# as wide as the digits of Calibri say.
FONTS = (("Calibri", "Noto Sans CJK SC"), ("微软雅黑", "Noto Sans CJK SC"))


class LiveOffice:
    """One LibreOffice, headless, or with its windows on the screen of `display` (such as ":95")."""

    def __init__(self, display: str = "") -> None:
        self.profile = Path(tempfile.mkdtemp(prefix="se_live_"))
        self.visible, self._helpers = bool(display), dict[str, Any]()
        _write_profile(self.profile, FONTS if display else ())
        pipe = f"selive{os.getpid()}x{self.profile.name[-8:]}"
        self.process = _start(self.profile, pipe, display)
        try:
            self.context = _connect(pipe, self.process)
        except BaseException:
            self.close()
            raise
        self.desktop = self.service("com.sun.star.frame.Desktop")
        scripts = self.service("com.sun.star.script.ApplicationScriptLibraryContainer")
        scripts.loadLibrary("Standard")
        scripts.getByName("Standard").insertByName(HELPER.stem, HELPER.read_text(encoding="utf-8"))

    def load(self, path: Path) -> Any:
        """The document at `path`, opened with its macros. Raises OSError when LibreOffice does not open it."""
        # Never hidden, even without a screen: a hidden document has no view, so that Workbook_Open does not run and
        # Application.Goto ends the program.
        arguments = (prop("Hidden", False), prop("MacroExecutionMode", ALWAYS_RUN_MACROS))
        document = self.desktop.loadComponentFromURL(path.as_uri(), "_blank", 0, arguments)
        if document is None:
            raise OSError(f"LibreOffice does not open {path.name}")
        return document

    def help(self, function: str, *arguments: object) -> Any:
        """What a function of helper.bas gives back."""
        if function not in self._helpers:
            provider = self.service("com.sun.star.script.provider.MasterScriptProviderFactory")
            address = f"vnd.sun.star.script:Standard.{HELPER.stem}.{function}?language=Basic&location=application"
            self._helpers[function] = provider.createScriptProvider("").getScript(address)
        return self._helpers[function].invoke(arguments, (), ())[0]

    def close(self) -> None:
        """End the process: politely, and if that does not help, by its id."""
        with suppress(Exception):
            self.desktop.terminate()
        try:
            self.process.wait(END_SECONDS if hasattr(self, "desktop") else 0.1)
        except subprocess.TimeoutExpired:
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait(END_SECONDS)
        shutil.rmtree(self.profile, ignore_errors=True)

    def service(self, name: str) -> Any:
        """A new object of the UNO service `name`."""
        return self.context.ServiceManager.createInstanceWithContext(name, self.context)


def run_macro(document: Any, name: str, *arguments: object) -> Any:
    """What the document's VBA procedure `name` ("Module.Sub") gives back."""
    address = f"vnd.sun.star.script:VBAProject.{name}?language=Basic&location=document"
    return document.getScriptProvider().getScript(address).invoke(arguments, (), ())[0]


def _write_profile(profile: Path, fonts: Sequence[tuple[str, str]]) -> None:
    items = "".join(_item(path, _prop(name, value)) for path, name, value in SETTINGS)
    for number, (missing, there) in enumerate(fonts):
        props = _prop("ReplaceFont", missing) + _prop("SubstituteFont", there) + _prop("Always", "true")
        node = f'<node oor:name="_{number}" oor:op="replace">{props}</node>'
        items += _item("Office.Common/Font/Substitution/FontPairs", node)
    (profile / "user").mkdir()
    (profile / "user" / "registrymodifications.xcu").write_text(
        '<?xml version="1.0" encoding="UTF-8"?>'
        f'<oor:items xmlns:oor="http://openoffice.org/2001/registry">{items}</oor:items>',
        encoding="utf-8",
    )


def _item(path: str, inner: str) -> str:
    return f'<item oor:path="/org.openoffice.{path}">{inner}</item>'


def _prop(name: str, value: str) -> str:
    return f'<prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop>'


def _start(profile: Path, pipe: str, display: str) -> subprocess.Popen[bytes]:
    flags = FLAGS if display else ("--headless", *FLAGS)
    places = (f"-env:UserInstallation={profile.as_uri()}", f"--accept=pipe,name={pipe};urp;")
    shown: Mapping[str, str] = {"DISPLAY": display, "SAL_USE_VCLPLUGIN": "gen"} if display else {}
    return subprocess.Popen(
        [str(pdf.find_office()), *flags, *places],
        env={**os.environ, **shown},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def _connect(pipe: str, process: subprocess.Popen[bytes]) -> Any:
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    no_connection = uno.getClass("com.sun.star.connection.NoConnectException")
    until = time.monotonic() + START_SECONDS
    while True:
        try:
            return resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        except no_connection:
            if time.monotonic() > until or process.poll() is not None:
                raise
            time.sleep(0.05)
