from __future__ import annotations

import re
from importlib import metadata
from typing import TYPE_CHECKING

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from dialogue.version import VERSION
from sessions.rules import as_mermaid

if TYPE_CHECKING:
    from pathlib import Path

MACHINE = re.compile(r"(?<![\w.])/(?:work|root|home/(?!ana\b|you\b)\w+)/")
"""A folder of somebody's machine; `/home/ana` and `/home/you` are examples in tests and pages."""

REGISTRY = re.compile(r"https?://[^\s\"]*(?:/simple/|/packages/[0-9a-f]{2}/|registry\.|/pypi/)")
"""An address that a package was fetched from."""

MARKS = re.compile("courageous conversation|beyond diversity|\\bccar\\b", re.IGNORECASE)
"""Names that belong to others: cited where the source is named, used nowhere as ours."""

MAY_CITE = (
    "NOTICE",
    "README.md",
    "agreements/content/en/protocol.toml",
    "agreements/content/en/compiled.json",
    "agreements/content/es/protocol.toml",
    "agreements/content/es/compiled.json",
    "tests/",
)

Texts = dict[str, str]


@pytest.fixture(scope="module")
def texts(files: tuple[Path, ...], root: Path) -> Texts:
    """Return every text that git tracks or would, by its place below the root."""
    found = {}
    for path in files:
        data = path.read_bytes()
        if b"\0" not in data:
            found[path.relative_to(root).as_posix()] = data.decode("utf-8")
    return found


def places(texts: Texts, pattern: re.Pattern[str]) -> list[str]:
    """Return where a pattern is found, as `file:line text`."""
    return [
        f"{name}:{number} {line.strip()[:100]}"
        for name, text in texts.items()
        for number, line in enumerate(text.splitlines(), 1)
        if pattern.search(line)
    ]


def test_no_text_names_a_place_on_somebodys_machine(texts: Texts) -> None:
    """A path that exists on one computer only is in no file."""
    assert places(texts, MACHINE) == []


def test_no_text_names_where_packages_came_from(texts: Texts) -> None:
    """Versions are pinned by name; no address of a registry is written down."""
    assert places(texts, REGISTRY) == []


def test_the_names_of_others_stand_only_where_they_are_cited(texts: Texts) -> None:
    """A trademark of others is in the notice and the sources, and never part of the program."""
    ours = {name: text for name, text in texts.items() if not name.startswith(MAY_CITE)}
    assert places(ours, MARKS) == []
    assert MARKS.search(texts["NOTICE"])


@pytest.mark.parametrize(
    ("pattern", "line"),
    [
        (MACHINE, "see /ro" + "ot/notes/x"),
        (MACHINE, "(/ho" + "me/eve/x)"),
        (REGISTRY, "https:/" + "/example.org/simple/click/"),
        (MARKS, "A Courageous Conversation for all"),
    ],
)
def test_each_pattern_finds_what_it_is_for(pattern: re.Pattern[str], line: str) -> None:
    """A planted path, address or mark is found."""
    assert places({"planted": line}, pattern) == [f"planted:1 {line}"]


def test_the_diagram_is_the_table(root: Path) -> None:
    """The diagram in ARCHITECTURE.md is the one that the table of moves draws."""
    page = (root / "ARCHITECTURE.md").read_text("utf-8")
    assert f"```mermaid\n{as_mermaid()}\n```" in page


@pytest.mark.parametrize(
    "command", ["pip install uv && uv run dialogue", "pip install uv && uv run pytest"]
)
def test_readme_names_both_commands(command: str, root: Path) -> None:
    """One line starts the program and one runs the tests, each on a line of its own."""
    lines = (root / "README.md").read_text("utf-8").splitlines()
    assert command in [line.strip() for line in lines]


def test_the_changelog_knows_this_version(root: Path) -> None:
    """The version that is built has an entry of its own, and the program says the same."""
    changes = (root / "CHANGELOG.md").read_text("utf-8")
    assert re.search(rf"^## \[?{re.escape(VERSION)}\b", changes, re.MULTILINE)
    assert metadata.version("dialogue-toolkit") == VERSION


LINK = re.compile(r"\[[^\]]*\]\((?!https?:|mailto:|#)([^)#\s]+)")


def test_each_link_leads_somewhere(root: Path) -> None:
    """A link or picture in a page that leads into the project finds a file there."""
    pages = sorted(root.glob("*.md"))
    links = [(page.name, link) for page in pages for link in LINK.findall(page.read_text("utf-8"))]
    assert [(page, link) for page, link in links if not (root / link).exists()] == []


def test_the_notice_names_what_the_program_runs_on(root: Path) -> None:
    """Each distribution that is installed with the program stands in NOTICE with its licence."""
    notice = (root / "NOTICE").read_text("utf-8")
    listed = {words[0] for line in notice.splitlines() if len(words := line.split()) == 2}
    needed = needed_by("dialogue-toolkit")
    assert sorted(needed - {canonicalize_name(name) for name in listed}) == []


def needed_by(distribution: str) -> set[str]:
    """Return the names of all that a distribution needs here to run, near and far."""
    found: set[str] = set()
    due = [distribution]
    while due:
        for line in metadata.requires(due.pop()) or ():
            wanted = Requirement(line)
            name = canonicalize_name(wanted.name)
            here = wanted.marker is None or wanted.marker.evaluate({"extra": ""})
            if here and name not in found:
                found.add(name)
                due.append(name)
    return found
