"""What tests of rehearsals share: a short plan with every kind of ask, and a way to rehearse it.

Touches: disk and loopback, through the rehearsals themselves.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path

import pytest

from agreements.library import Library
from agreements.plan import Ask, AskOption, Plan
from dialogue.config import Config
from dialogue.paths import Places
from dialogue.rehearse.rehearsal import Rehearsed, Wanted, rehearse
from tests.plugin_sessions import plan_of, step_of

OPTIONS = (AskOption(id="yes", label="Yes"), AskOption(id="no", label="No"))
FIRST_SHEET = (
    Ask(id="heard", kind="words", text="What did you hear?"),
    Ask(id="keeps", kind="words", text="What will you keep?"),
    Ask(id="compass-now", kind="compass", text="Where are you now?"),
    Ask(id="again", kind="choice", text="Again?", options=OPTIONS),
)
SECOND_SHEET = (
    Ask(id="useful", kind="scale", text="How useful was it?"),
    Ask(id="ready", kind="then-now", text="How ready are you?"),
    Ask(id="card", kind="commitment", text="What will you start?"),
)
AWKWARD = (
    "brackets [b]and[/b] {braces} <i>tags</i>",
    "a tab\tand a null\x00 and an escape \x1b[31m",
    "اللغة العربية " * 70,
    "z\u0300\u0301\u0302\u0303\u0304\u0305a\u0300lgo, and \u202ebackwards\u202c",
    "one line\r\nanother\u2028a third\n\n\n\nthe last",
    "=1+1 & a%20percent + plus; semicolon",
    "👩🏽‍🚒 " * 190,
)
"""What the text gate and the form have to carry."""


@pytest.fixture
def places(tmp_path: Path) -> Places:
    """Return the two folders everything lives in; neither is there yet."""
    return Places(data=tmp_path / "data", config=tmp_path / "config")


@pytest.fixture
def short() -> Plan:
    """Return a plan of a few minutes with seven asks on two sheets."""
    return plan_of(
        step_of("footing", 1, kind="agreements"),
        step_of("writing", 1, kind="reflection", asks=FIRST_SHEET),
        step_of("talk", 1, condition="isolate-race"),
        step_of("last-sheet", 1, kind="closing", asks=SECOND_SHEET),
        minutes=10,
    )


@pytest.fixture
def wanted(places: Places, library: Library, short: Plan) -> Wanted:
    """Return what to rehearse: the short plan with eight people."""
    return Wanted(places, Config(), library, short, heads=8, seed=7)


Try = Callable[..., Awaitable[Rehearsed]]


@pytest.fixture
def tried(wanted: Wanted) -> Try:
    """Return a way to rehearse, with some of what is wanted changed."""

    def rehearse_it(**changes: object) -> Awaitable[Rehearsed]:
        return rehearse(replace(wanted, **changes))  # type: ignore[arg-type]

    return rehearse_it
