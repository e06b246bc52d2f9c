"""Fences around every test, and what a run on CI may not do.

A test sees an empty home, no setting of the machine's, a plain terminal and the clock of UTC. On CI
(the environment has `CI`) examples are drawn the same way each time, and a test that would be
skipped fails: what was not run was not shown.
"""

from __future__ import annotations

import itertools
import os
import time
from functools import partial
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator
    from pathlib import Path

pytest_plugins = ["tests.plugin_certificates", "tests.plugin_pace", "tests.plugin_sessions"]

ON_CI = bool(os.environ.get("CI"))
"""Whether this run decides about a change."""

FIGURE = "figure"
"""The name under which a test reports a figure."""

HOMES = ("HOME", "USERPROFILE")
FOLDERS = {
    "XDG_CONFIG_HOME": ".config",
    "XDG_DATA_HOME": ".local/share",
    "XDG_STATE_HOME": ".local/state",
    "XDG_CACHE_HOME": ".cache",
    "XDG_RUNTIME_DIR": ".run",
    "APPDATA": "AppData/Roaming",
    "LOCALAPPDATA": "AppData/Local",
    "DIALOGUE_DATA_DIR": "dialogue-data",
    "DIALOGUE_CONFIG_DIR": "dialogue-config",
}
"""Variables that lead to a folder, and where in the empty home they lead during a test."""

SETTINGS_OF_THE_MACHINE = ("DIALOGUE_", "TEXTUAL", "RICH", "XDG_")
"""How the names of variables begin that none of our tests may inherit."""

TERMINAL = {"TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8"}
NOT_INHERITED = (
    *("NO_COLOR", "FORCE_COLOR", "CLICOLOR_FORCE", "COLUMNS", "LINES", "LC_ALL", "PAGER"),
    *("TMUX", "STY", "ASCIINEMA_REC", "ASCIINEMA_SESSION"),
)

settings.register_profile("ci", derandomize=True, deadline=None, print_blob=True)
settings.register_profile("here", deadline=None, print_blob=True)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let the long forms be asked for."""
    parser.addoption("--slow", action="store_true", help="run the long forms too")


def pytest_configure(config: pytest.Config) -> None:
    """Take the clock of UTC and the profile of this place before any test is imported."""
    del config
    os.environ["TZ"] = "UTC"
    if hasattr(time, "tzset"):
        time.tzset()
    settings.load_profile("ci" if ON_CI else "here")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave the long forms out, unless they were asked for."""
    if config.getoption("--slow") or "slow" in config.getoption("-m"):
        return
    slow = [item for item in items if item.get_closest_marker("slow")]
    if slow:
        config.hook.pytest_deselected(items=slow)
        items[:] = [item for item in items if not item.get_closest_marker("slow")]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Turn a skipped test into a failed one on CI; a failure that was expected stays what it is."""
    report = yield
    if ON_CI and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped, and on CI nothing may be: {reason_of(report.longrepr)}"
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """Turn a module that skips itself into an error on CI."""
    report = yield
    if ON_CI and report.skipped:
        report.outcome = "failed"
        report.longrepr = f"skipped, and on CI nothing may be: {reason_of(report.longrepr)}"
    return report


def reason_of(longrepr: object) -> str:
    """Return why something was skipped, as far as pytest says."""
    return str(longrepr[2]) if isinstance(longrepr, tuple) else str(longrepr)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print the figures that tests came to, below all else."""
    reports = (one for kind in ("passed", "failed") for one in terminalreporter.stats.get(kind, []))
    found = [said for one in reports for name, said in one.user_properties if name == FIGURE]
    if found:
        terminalreporter.section("figures")
        for said in dict.fromkeys(found):
            terminalreporter.write_line(said)


@pytest.fixture
def figure(record_property: Callable[[str, object], None]) -> Callable[[str], None]:
    """Return a way to say a figure that a test came to; all are printed at the end of a run."""
    return partial(record_property, FIGURE)


@pytest.fixture(scope="session")
def _homes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    base = tmp_path_factory.mktemp("homes")
    return (base / str(number) for number in itertools.count())


@pytest.fixture(autouse=True)
def fence(_homes: Iterator[Path], monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the test an empty home of its own and hide the machine's settings from it."""
    home = next(_homes)
    home.mkdir()
    for name in list(os.environ):
        if name.startswith(SETTINGS_OF_THE_MACHINE) or name in NOT_INHERITED:
            monkeypatch.delenv(name)
    for name in HOMES:
        monkeypatch.setenv(name, str(home))
    for name, folder in FOLDERS.items():
        monkeypatch.setenv(name, str(home / folder))
    for name, value in TERMINAL.items():
        monkeypatch.setenv(name, value)
    return home
