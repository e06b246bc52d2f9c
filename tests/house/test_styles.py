from __future__ import annotations

import importlib
import inspect
import pkgutil
from typing import TYPE_CHECKING

import pytest
import textual.widgets
from textual.css.tokenize import tokenize
from textual.dom import DOMNode

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

SELECTORS = frozenset({"selector", "selector_start"})
"""What the tokenizer calls the name of a type in a selector."""

TEXTUAL = ("textual.app", "textual.command", "textual.containers", "textual.screen")
"""Where Textual keeps what can be styled, beside its widgets."""

Style = tuple[str, str]
"""Where a style stands, and its text."""


def modules_below(package: str) -> list[str]:
    """Return the names of all modules in a package."""
    path = importlib.import_module(package).__path__
    return [module.name for module in pkgutil.walk_packages(path, f"{package}.")]


def nodes_in(modules: Iterable[str]) -> set[type[DOMNode]]:
    """Return the classes in some modules that can stand in a tree of widgets."""
    every = [
        found
        for name in modules
        for _, found in inspect.getmembers(importlib.import_module(name), inspect.isclass)
    ]
    return {found for found in every if issubclass(found, DOMNode)}


def our_classes() -> set[type[DOMNode]]:
    """Return every screen, widget and app of ours."""
    found = nodes_in([*modules_below("dialogue.tui"), *modules_below("dialogue.answer")])
    return {one for one in found if one.__module__.startswith("dialogue.")}


def known_names() -> set[str]:
    """Return each name that a selector can match: ours, Textual's, and what these stand on."""
    every = our_classes() | nodes_in([*TEXTUAL, *modules_below(textual.widgets.__name__)])
    return {base.__name__ for found in every for base in found.__mro__}


def styles(root: Path) -> Iterator[Style]:
    """Yield every style of ours: the files, and what a widget carries with it."""
    for path in sorted((root / "dialogue").rglob("*.tcss")):
        yield str(path.relative_to(root)), path.read_text("utf-8")
    for found in our_classes():
        yield f"{found.__module__}.{found.__name__}", found.__dict__.get("DEFAULT_CSS", "")


def unknown(style: Style, known: set[str]) -> list[str]:
    """Return the type selectors of a style that no class answers to."""
    place, text = style
    tokens = [token for token in tokenize(text, ("", "")) if token.name in SELECTORS]
    return [
        f"{place}:{token.location[0] + 1} {token.value}"
        for token in tokens
        if token.value not in known
    ]


def test_each_type_selector_names_a_class(root: Path) -> None:
    """Textual takes an unknown type in silence and styles nothing; here it is an error."""
    known = known_names()
    assert [place for style in styles(root) for place in unknown(style, known)] == []


def test_there_are_styles_to_look_at(root: Path) -> None:
    """The check looks at the files that the program ships."""
    assert any(place.endswith(".tcss") for place, _ in styles(root))


@pytest.mark.parametrize(
    "rule",
    [
        "Statik { width: 1; }",
        "Static { Statik { width: 1; } }",
        "Static > Statik.-on { width: 1; }",
    ],
)
def test_a_misspelt_type_is_found(rule: str) -> None:
    """A misspelt type is found at the top, inside a rule and behind another, with its line."""
    assert unknown(("x.tcss", f"\n{rule}"), known_names()) == ["x.tcss:2 Statik"]
