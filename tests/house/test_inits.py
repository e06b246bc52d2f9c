from __future__ import annotations

import ast
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from tests.house.conftest import Source


def is_docstring_only(tree: ast.Module) -> bool:
    """Say whether a module holds one docstring and not one statement more."""
    return len(tree.body) == 1 and ast.get_docstring(tree) is not None


def test_every_init_is_a_docstring_and_nothing_else(sources: tuple[Source, ...]) -> None:
    """Importing a package runs no code and loads nothing, so no import can hide in it."""
    inits = [source for source in sources if source.path.name == "__init__.py"]
    assert [str(init.path) for init in inits if not is_docstring_only(init.tree)] == []
    assert {"agreements", "sessions", "dialogue"} <= {init.module for init in inits}


def test_every_folder_with_modules_is_a_package(sources: tuple[Source, ...]) -> None:
    """No folder of ours is a namespace package, which another distribution could add to."""
    folders = {source.path.parent for source in sources}
    inits = {source.path.parent for source in sources if source.path.name == "__init__.py"}
    assert sorted(map(str, folders - inits)) == []


def test_an_init_that_imports_is_found() -> None:
    """An import, a constant or a missing docstring in an `__init__` is seen."""
    assert is_docstring_only(ast.parse('"""The record."""'))
    assert not is_docstring_only(ast.parse('"""The record."""\nimport os'))
    assert not is_docstring_only(ast.parse("__all__ = []"))
    assert not is_docstring_only(ast.parse(""))


def test_no_folder_of_tests_is_a_package(root: Path) -> None:
    """A folder of tests never becomes importable under the name of one of ours."""
    assert [str(path) for path in (root / "tests").rglob("__init__.py")] == []
