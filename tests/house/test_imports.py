from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from agreements.library import open_library
from sessions import decide
from sessions.beginning import Opening
from sessions.boottime import system_clock
from sessions.document import Setting
from sessions.live import LiveSession
from sessions.store import Store
from sessions.text import one_line

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

Loaded = dict[str, list[str]]

SCREEN = frozenset({"textual", "rich"})
SERVER = frozenset({"starlette", "uvicorn", "httptools", "h11", "anyio", "jinja2", "segno"})
DOCUMENTS = frozenset(
    {"docx", "fpdf", "lxml", "matplotlib", "openpyxl", "pandas", "reportlab", "weasyprint"}
    | {"PIL", "markdown_it", "xlsxwriter", "typst", "polars", "odf", "pyrage"}
)
HEAVY = SCREEN | SERVER | DOCUMENTS

RECORD_NEEDS = frozenset(
    {"pydantic", "pydantic_core", "annotated_types", "typing_extensions", "typing_inspection"}
    | {"filelock"}
)
"""All that the content and the record may load from other distributions."""

# Runs a statement, lets the program leave, and says which modules of others are loaded then.
PROBE = """
import json, sys
known = set(sys.modules) | set(sys.stdlib_module_names)
try:
    {statement}
except SystemExit as left:
    code = left.code or 0
else:
    code = 0
tops = {{name.partition(".")[0] for name in set(sys.modules) - known}}
ours = {{"agreements", "sessions", "dialogue"}}
others = sorted(n for n in tops - ours - set(sys.stdlib_module_names) if not n.startswith("_"))
print()
print(json.dumps({{"code": code, "others": others, "modules": sorted(sys.modules)}}))
"""


def others_after(fresh: Callable[[str], str], statement: str) -> set[str]:
    """Return which distributions of others a statement loads in a fresh interpreter."""
    answer = json.loads(fresh(PROBE.format(statement=statement)).splitlines()[-1])
    assert answer["code"] == 0
    return set(answer["others"])


@pytest.mark.parametrize(
    "module",
    [
        "agreements.library",
        "agreements.lint",
        "sessions.document",
        "sessions.live",
        "sessions.pacing",
        "sessions.store",
    ],
)
def test_content_and_record_load_little(module: str, fresh: Callable[[str], str]) -> None:
    """The record needs pydantic and a lock, never a screen, a server or the command line."""
    assert others_after(fresh, f"import {module}") <= RECORD_NEEDS


def test_the_registry_of_exports_loads_no_document_library(fresh: Callable[[str], str]) -> None:
    """To list the formats loads none of them; each is imported when it is written."""
    assert others_after(fresh, "import sessions.export.registry") <= RECORD_NEEDS


@pytest.mark.parametrize("module", ["dialogue.cli", "dialogue.config", "dialogue.paths"])
def test_the_command_line_starts_without_a_screen(module: str, fresh: Callable[[str], str]) -> None:
    """What every command loads holds no screen, no server and no document library."""
    assert others_after(fresh, f"import {module}").isdisjoint(HEAVY)


@pytest.mark.parametrize(
    "arguments",
    [["--version"], ["--help"], ["plans", "--json"], ["sessions", "--json"], ["schema"]],
    ids=" ".join,
)
def test_a_plain_command_loads_no_screen(arguments: list[str], fresh: Callable[[str], str]) -> None:
    """A command that prints and leaves never pays for the terminal UI."""
    assert others_after(fresh, run(arguments)).isdisjoint(HEAVY)


def test_version_loads_almost_nothing(fresh: Callable[[str], str]) -> None:
    """`dialogue --version` loads the command line and no model."""
    assert others_after(fresh, run(["--version"])) <= {"click"}


@pytest.mark.parametrize(
    "command", [["export", "--to", "md,html,csv,json"], ["show"]], ids=lambda one: one[0]
)
def test_a_session_leaves_without_a_screen(
    command: list[str], closed: Path, fresh: Callable[[str], str]
) -> None:
    """To export a session, or to print it, loads no screen."""
    assert others_after(fresh, run([*command, str(closed)])).isdisjoint(HEAVY)


@pytest.fixture
def closed(tmp_path: Path) -> Path:
    """Return the record of a session that was opened, begun and closed."""
    library = open_library(one_line)
    opening = Opening(
        title="A session",
        plan=library.plan("lunch-and-learn"),
        protocol=library.protocol,
        setting=Setting(heads=24, confidentiality=library.protocol.confidentiality[0].id),
    )
    session = LiveSession.begin(Store(tmp_path), opening, system_clock())
    session.do(decide.next_step)
    session.do(decide.begin_closing)
    session.close()
    return session.folder.path


def run(arguments: list[str]) -> str:
    """Return the statement that runs the program with some arguments."""
    return f"sys.argv[1:] = {arguments!r}; from dialogue.cli import main; main()"
