"""What many tests do again and again is done once for a run: it changes no answer, only the wait.

Thousands of tests each start a Textual app, which reads the same style sheets anew, and leave much
behind that Python's collector would look through over and over.
"""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet

if TYPE_CHECKING:
    import pytest
    from textual.css.types import CSSLocation

ALLOCATIONS_A_LOOK = 100_000
"""So many new objects more than are gone again before the collector looks at the youngest."""

_read: dict[tuple[object, ...], list[RuleSet]] = {}


def pytest_collection_finish() -> None:
    """Take what importing left out of the collector's sight: it stays to the end anyway."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(ALLOCATIONS_A_LOOK, 50, 50)


def pytest_configure(config: pytest.Config) -> None:
    """Let all apps share what a style sheet says in a theme; nobody writes to what was read."""
    del config
    parse_rules = Stylesheet._parse_rules

    def read_once(
        sheet: Stylesheet,
        css: str,
        read_from: CSSLocation,
        is_default_rules: bool = False,
        tie_breaker: int = 0,
        scope: str = "",
    ) -> list[RuleSet]:
        where = (read_from, is_default_rules, tie_breaker, scope)
        key = (css, where, frozenset(sheet._variables.items()))
        if key not in _read:
            _read[key] = parse_rules(sheet, css, *where)
        return _read[key]

    Stylesheet._parse_rules = read_once  # type: ignore[method-assign]
    # Textual's own does the same in Python, ten thousand times a screen.
    RuleSet.__hash__ = object.__hash__  # type: ignore[method-assign]
