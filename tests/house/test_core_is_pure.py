from __future__ import annotations

import ast
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.house.conftest import Source

with (Path(__file__).parents[2] / "pyproject.toml").open("rb") as file:
    CONTRACTS = tomllib.load(file)["tool"]["importlinter"]["contracts"]

(CORE_CONTRACT,) = (one for one in CONTRACTS if one["name"].startswith("The core"))

PURE = frozenset(CORE_CONTRACT["source_modules"])
"""The core: no clock, no chance, no ids of its own, no file, no network. A package stands for all
that is in it."""

CONSTANT = frozenset(line.partition(" -> ")[0] for line in CORE_CONTRACT["ignore_imports"])
"""Modules of the core that read a shipped list once, which to the others is a constant."""

SHELL_ONLY = frozenset(CORE_CONTRACT["forbidden_modules"])
"""What reads or changes something outside the arguments of a function."""

CALLS_OF_THE_SHELL = frozenset({"open", "input", "print", "exec", "eval", "__import__"})

OURS = ("agreements.", "sessions.", "dialogue.")


def in_contract(source: Source) -> bool:
    """Say whether the contract of the core names a module, or the package it is in."""
    return source.module in PURE or source.module.rpartition(".")[0] in PURE


def is_core(source: Source) -> bool:
    """Say whether a module belongs to the core, by the contract or by its own word.

    Above the record `Pure.` only means that a module does nothing by itself.
    """
    said = source.is_pure and not source.module.startswith("dialogue.")
    return (said or in_contract(source)) and source.module not in CONSTANT


def reaches_out(source: Source, core: frozenset[str]) -> Iterator[str]:
    """Yield each place where a module of the core reaches outside its arguments."""
    for line, name in source.imports():
        owner = name if name in core else name.rpartition(".")[0]
        shell = name.partition(".")[0] in SHELL_ONLY
        if shell or (name.startswith(OURS) and owner not in core):
            yield f"{source.path}:{line} imports {name}"
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in CALLS_OF_THE_SHELL:
            yield f"{source.path}:{node.lineno} calls {ast.unparse(node.func)}"


def test_the_core_reaches_for_nothing_outside(sources: tuple[Source, ...]) -> None:
    """What is pure, or says so, imports no clock, chance, file or network, nor what does."""
    core = CONSTANT | {source.module for source in sources if is_core(source)}
    found = [place for source in sources if is_core(source) for place in reaches_out(source, core)]
    assert found == []


def test_a_module_of_the_core_says_so(sources: tuple[Source, ...]) -> None:
    """Each module that the contract names is there, and tells its reader that it is pure."""
    assert sorted(PURE - {source.module for source in sources}) == []
    core = [s for s in sources if is_core(s) and s.path.name != "__init__.py"]
    assert [s.module for s in core if not s.is_pure] == []


@pytest.mark.parametrize(
    "line",
    [
        "import time",
        "from os import path",
        "import importlib.resources",
        "from sessions.disk import write_whole",
        "def late():\n    import random",
        "text = open('x').read()",
    ],
)
def test_a_reach_outside_is_found(line: str, sources: tuple[Source, ...]) -> None:
    """A clock, chance or file in the core is seen at module level and inside a function."""
    kind = type(sources[0])
    planted = kind(sources[0].path, f'"""Planted.\n\nPure.\n"""\n{line}\n')
    assert list(reaches_out(planted, PURE))


def test_a_hint_is_not_a_reach(sources: tuple[Source, ...]) -> None:
    """What stands below `if TYPE_CHECKING:` is never imported and so is allowed."""
    kind = type(sources[0])
    text = "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from pathlib import Path\n"
    assert list(reaches_out(kind(sources[0].path, text), PURE)) == []
