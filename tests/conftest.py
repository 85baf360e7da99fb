"""Shared fixtures, and what happens to tests that drive LibreOffice where there is none.

Such tests are marked `office`, those that press buttons with the mouse `screen` as well. Without LibreOffice (or an
unseen screen) they are left out, and the end of the run says so loudly; with XL_SELFEVAL_REQUIRE_OFFICE=1, as CI sets
it, they fail instead.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from tests.libreoffice.office import INSTALL, INSTALL_SCREEN, Office, missing, missing_screen

if TYPE_CHECKING:
    from tests.libreoffice.engine.live import Live
    from tests.libreoffice.engine.screen import Screen

# CI tries the same examples each time; by hand every run tries new ones (and prints how to repeat a failure).
settings.register_profile("ci", derandomize=True)
if os.environ.get("CI"):
    settings.load_profile("ci")

REQUIRED = os.environ.get("XL_SELFEVAL_REQUIRE_OFFICE") == "1"
LEFT_OUT = pytest.StashKey[list[tuple[str, str]]]()
NEEDED: Mapping[str, tuple[Callable[[], str], str]] = {
    "office": (missing, INSTALL),
    "screen": (missing_screen, INSTALL_SCREEN),
}
"""What tells what a marker's tests lack, and what installs it."""


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out the tests that need a program which is missing and not required."""
    config.stash[LEFT_OUT] = left_out = []
    for item in () if REQUIRED else items:
        reason = next((why() for marker, (why, _) in NEEDED.items() if item.get_closest_marker(marker) and why()), "")
        if reason:
            item.add_marker(pytest.mark.skip(reason=reason))
            left_out.append((item.nodeid, reason))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Name what was not run, and how to get it run."""
    left_out = config.stash.get(LEFT_OUT, [])
    if left_out:
        terminalreporter.section(f"注意：有 {len(left_out)} 项测试没有运行", sep="!", red=True, bold=True)
        reasons = "；".join(dict.fromkeys(reason for _, reason in left_out))
        terminalreporter.line(f"原因：{reasons}。本机公式、往返、版面和按钮未经真实程序验证。安装后请重新运行：")
        for install in [install for why, install in NEEDED.values() if why()]:
            terminalreporter.line(f"    {install}")
        for nodeid, _ in left_out:
            terminalreporter.line(f"  未运行 {nodeid}")


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """One LibreOffice for the whole session."""
    assert not missing(), f"{missing()}：{INSTALL}"
    started = Office(tmp_path_factory.mktemp("office"))
    yield started
    started.close()


@pytest.fixture(scope="session")
def live_office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    """One LibreOffice for the whole session that the tests talk to through xlwings; take `live` instead."""
    assert not missing(), f"{missing()}：{INSTALL}"
    from tests.libreoffice.engine.live import Live  # borrows the system's pyuno, which others do without

    started = Live(tmp_path_factory.mktemp("live"))
    yield started
    started.close()


@pytest.fixture
def live(live_office: Live) -> Iterator[Live]:
    """Opens workbooks as xlwings books and scripts the person in front of them; afterwards all books are closed."""
    yield live_office
    live_office.rest()


@pytest.fixture(scope="session")
def shared_screen(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Screen]:
    """One unseen screen with a LibreOffice of its own for the whole session; take `screen` instead."""
    assert not missing_screen(), f"{missing_screen()}：{INSTALL}；{INSTALL_SCREEN}"
    from tests.libreoffice.engine.screen import Screen

    started = Screen(tmp_path_factory.mktemp("screen"))
    yield started
    started.close()


@pytest.fixture
def screen(shared_screen: Screen) -> Iterator[Screen]:
    """LibreOffice with its windows on an unseen screen, where buttons are pressed with the mouse."""
    yield shared_screen
    shared_screen.live.rest()
