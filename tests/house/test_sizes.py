from __future__ import annotations

import ast
import graphlib
import statistics
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.house.conftest import Source

FILE_LINES = 400
FUNCTION_LINES = 50
FUNCTION_MEDIAN = 10
CLASS_LINES = 300
CLASS_METHODS = 25

Function = ast.FunctionDef | ast.AsyncFunctionDef
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


def lines_of(node: Function | ast.ClassDef) -> int:
    """Return how many lines a definition takes, its docstring included."""
    return (node.end_lineno or node.lineno) - node.lineno + 1


def functions(source: Source) -> Iterator[Function]:
    """Yield every function of a module, methods and inner ones too."""
    return (node for node in ast.walk(source.tree) if isinstance(node, FUNCTIONS))


def public(node: ast.Module | ast.ClassDef, within: str = "") -> Iterator[tuple[str, ast.AST]]:
    """Yield what others may use of a module, with its name: classes, functions, methods."""
    for child in node.body:
        if not isinstance(child, (*FUNCTIONS, ast.ClassDef)) or child.name.startswith("_"):
            continue
        name = f"{within}{child.name}"
        # The other half of a property, and each signature of an overload, share one docstring.
        if not any(ast.unparse(mark).endswith(SHARED) for mark in child.decorator_list):
            yield name, child
        if isinstance(child, ast.ClassDef):
            yield from public(child, f"{name}.")


SHARED = (".setter", ".deleter", "overload", "override")


def lacks_hints(function: Function) -> bool:
    """Say whether any argument or the result of a function has no type."""
    given = function.args
    arguments = [*given.posonlyargs, *given.args, *given.kwonlyargs]
    arguments += [extra for extra in (given.vararg, given.kwarg) if extra]
    named = [item for item in arguments if item.arg not in {"self", "cls"}]
    return function.returns is None or any(item.annotation is None for item in named)


def graph(sources: tuple[Source, ...]) -> dict[str, set[str]]:
    """Return which of our modules imports which, at any place that runs."""
    names = {source.module for source in sources}
    found: dict[str, set[str]] = {}
    for source in sources:
        wanted = {name for _, name in source.imports()}
        wanted |= {name.rpartition(".")[0] for name in wanted}
        # A package is a docstring: that it is loaded on the way to a module ties no knot.
        packages = {s.module for s in sources if s.path.name == "__init__.py"}
        found[source.module] = (wanted & names) - packages - {source.module}
    return found


def test_no_file_is_long(sources: tuple[Source, ...]) -> None:
    """A file fits in one sitting: 400 lines."""
    long = {str(s.path): n for s in sources if (n := s.text.count("\n")) > FILE_LINES}
    assert long == {}


def test_no_function_is_long(sources: tuple[Source, ...]) -> None:
    """A function fits on one screen: 50 lines, and half of all take 10 or fewer."""
    every = [(f"{s.path}:{f.lineno} {f.name}", lines_of(f)) for s in sources for f in functions(s)]
    assert [(name, lines) for name, lines in every if lines > FUNCTION_LINES] == []
    assert statistics.median(lines for _, lines in every) <= FUNCTION_MEDIAN


def test_no_screen_or_widget_is_a_world(sources: tuple[Source, ...]) -> None:
    """A class of the terminal UI keeps to 300 lines and 25 methods."""
    classes = [
        (f"{source.path} {node.name}", lines_of(node), methods_of(node))
        for source in sources
        if source.module.startswith(("dialogue.tui.", "dialogue.answer."))
        for node in ast.walk(source.tree)
        if isinstance(node, ast.ClassDef)
    ]
    assert [found for found in classes if found[1] > CLASS_LINES] == []
    assert [found for found in classes if found[2] > CLASS_METHODS] == []


def methods_of(node: ast.ClassDef) -> int:
    """Return how many methods stand in a class itself."""
    return sum(isinstance(child, FUNCTIONS) for child in node.body)


def test_everything_public_has_a_docstring(sources: tuple[Source, ...]) -> None:
    """Each module, class, function and method that others may use says what it is."""
    bare = [str(source.path) for source in sources if not ast.get_docstring(source.tree)]
    bare += [
        f"{source.path} {name}"
        for source in sources
        for name, node in public(source.tree)
        if isinstance(node, (*FUNCTIONS, ast.ClassDef)) and not ast.get_docstring(node)
    ]
    assert bare == []


def test_every_function_is_typed(sources: tuple[Source, ...]) -> None:
    """Each argument and each result has a type, in private functions too."""
    bare = [
        f"{s.path}:{f.lineno} {f.name}" for s in sources for f in functions(s) if lacks_hints(f)
    ]
    assert bare == []


def test_no_import_goes_in_a_circle(sources: tuple[Source, ...]) -> None:
    """Our modules can be put in a line in which each needs only those before it."""
    order = list(graphlib.TopologicalSorter(graph(sources)).static_order())
    assert set(order) == {source.module for source in sources}


def test_each_measure_sees_what_it_is_for(sources: tuple[Source, ...]) -> None:
    """A bare argument, a missing docstring, a class of one method and a circle are seen."""
    kind, path = type(sources[0]), sources[0].path
    text = 'class Screen:\n    def press(self, key) -> None:\n        """Do it."""\n'
    planted = kind(path, text)
    (screen,) = planted.tree.body
    assert isinstance(screen, ast.ClassDef)
    assert (lines_of(screen), methods_of(screen)) == (3, 1)
    assert [lacks_hints(function) for function in functions(planted)] == [True]
    assert [name for name, _ in public(planted.tree)] == ["Screen", "Screen.press"]
    assert circle(kind)


def circle(kind: type[Source]) -> bool:
    """Say whether two modules that import each other are found out."""
    pair = (
        kind(Path("sessions/a.py"), "from sessions import b"),
        kind(Path("sessions/b.py"), "def late():\n    from sessions.a import x"),
    )
    try:
        graphlib.TopologicalSorter(graph(pair)).prepare()
    except graphlib.CycleError:
        return True
    return False
