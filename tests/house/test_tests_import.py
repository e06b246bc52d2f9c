"""Every name that a test imports from the house is there, so that no test file falls out unseen."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
OURS = ("agreements", "dialogue", "sessions", "tests")


def file_of(module: str) -> Path | None:
    """Return the file of a module of ours."""
    path = ROOT.joinpath(*module.split("."))
    whole, package = path.with_suffix(".py"), path / "__init__.py"
    return next((one for one in (whole, package) if one.is_file()), None)


@cache
def tree_of(path: Path) -> ast.Module:
    """Return the syntax tree of a file."""
    return ast.parse(path.read_text("utf-8"))


@cache
def bound_in(path: Path) -> frozenset[str]:
    """Return the names that a module binds anywhere outside its functions and classes."""
    return frozenset(_bound(tree_of(path)))


def _bound(node: ast.AST) -> Iterator[str]:
    for child in ast.iter_child_nodes(node):
        match child:
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
                yield child.name
            case ast.Import() | ast.ImportFrom():
                yield from ((one.asname or one.name).partition(".")[0] for one in child.names)
            case ast.Name(id=name, ctx=ast.Store()):
                yield name
            case _:
                yield from _bound(child)


def missing_in(tree: ast.Module) -> Iterator[str]:
    """Yield what a file imports from the house that is not there."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.ImportFrom) or node.module is None:
            continue
        if node.module.partition(".")[0] not in OURS:
            continue
        file = file_of(node.module)
        bound = frozenset[str]() if file is None else bound_in(file)
        for one in node.names:
            name = f"{node.module}.{one.name}"
            if one.name not in bound and file_of(name) is None:
                yield name


def test_every_name_that_a_test_imports_is_there() -> None:
    """What was moved or renamed is found under its new name in every test and benchmark."""
    files = sorted((ROOT / "tests").rglob("*.py"))
    found = {
        f"{file.relative_to(ROOT)}: {name}" for file in files for name in missing_in(tree_of(file))
    }
    assert len(files) > 100
    assert found == set()


def test_a_name_that_is_not_there_is_found() -> None:
    """A name that lives elsewhere by now, and a module that is gone, are told of."""
    source = "from sessions.sheet_desk import MOST_SEATS, SheetDesk\nfrom tests.gone import one\n"
    found = list(missing_in(ast.parse(source)))
    assert found == [
        "sessions.sheet_desk.MOST_SEATS",
        "tests.gone.one",
    ]
