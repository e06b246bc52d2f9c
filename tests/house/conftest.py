"""What the checks of the house look at: the tree, its sources, and a fresh interpreter."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = ("agreements", "sessions", "dialogue")

Shell = Callable[[str], str]
"""Runs Python code in a fresh interpreter and returns what it printed."""

Git = Callable[..., str]
"""Asks git about a folder and returns what it said."""


@dataclass(frozen=True)
class Source:
    """One module of ours, read and parsed but not imported."""

    path: Path
    """Below the root, as `sessions/live.py`."""
    text: str = field(repr=False)

    @property
    def module(self) -> str:
        """The module's name, as `sessions.live`; a package goes by its own name."""
        parts = self.path.with_suffix("").parts
        return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)

    @cached_property
    def tree(self) -> ast.Module:
        """The module's syntax tree."""
        return ast.parse(self.text)

    @property
    def is_pure(self) -> bool:
        """Whether the module's docstring says that it is."""
        lines = (ast.get_docstring(self.tree) or "").splitlines()
        return any(line.startswith(("Pure.", "Pure;", "Pure, and")) for line in lines)

    def imports(self) -> Iterator[tuple[int, str]]:
        """Yield line and name of what is imported at run time, wherever in the module it stands.

        `from package import name` yields `package.name`, which may be a module or something in one.
        """
        for node in runtime_nodes(self.tree):
            if isinstance(node, ast.Import):
                yield from ((node.lineno, alias.name) for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)


def runtime_nodes(node: ast.AST) -> Iterator[ast.AST]:
    """Walk a tree without what stands below `if TYPE_CHECKING:`."""
    yield node
    children = ast.iter_child_nodes(node)
    if isinstance(node, ast.If) and ast.unparse(node.test).endswith("TYPE_CHECKING"):
        children = iter(node.orelse)
    for child in children:
        yield from runtime_nodes(child)


@pytest.fixture(scope="session")
def root() -> Path:
    """Return the folder of the project."""
    return ROOT


@pytest.fixture(scope="session")
def sources() -> tuple[Source, ...]:
    """Return every module of the three packages, by path."""
    paths = sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))
    return tuple(Source(path.relative_to(ROOT), path.read_text("utf-8")) for path in paths)


@pytest.fixture(scope="session")
def git() -> Git:
    """Return a way to ask git about a folder."""

    def ask(folder: Path, *arguments: str) -> str:
        command = ["git", "-C", str(folder), *arguments]
        done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
        return done.stdout

    return ask


@pytest.fixture(scope="session")
def files(git: Git) -> tuple[Path, ...]:
    """Return every file that git tracks, or would if asked, below the root."""
    listing = git(ROOT, "ls-files", "--cached", "--others", "--exclude-standard", "-z")
    return tuple(path for name in listing.split("\0") if name and (path := ROOT / name).is_file())


@pytest.fixture(scope="session")
def pages() -> str:
    """Return the text of the pages that a reader of the project is sent to."""
    names = ("README.md", "ARCHITECTURE.md", "CONTRIBUTING.md")
    return "\n".join((ROOT / name).read_text("utf-8") for name in names)


@pytest.fixture
def fresh(fence: Path) -> Shell:
    """Return a way to run code in an interpreter that has imported nothing, in an empty home."""

    def run(code: str) -> str:
        done = subprocess.run(
            [sys.executable, "-I", "-W", "error", "-c", code],
            cwd=fence,
            env=dict(os.environ),
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    return run
