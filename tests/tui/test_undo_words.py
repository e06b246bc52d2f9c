"""What u says it has taken back: a sentence of the screen, never a name out of the file."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

import pytest

from dialogue.tui.live_commands import EVENT_WORDS, FACT_WORDS, in_words
from sessions.facts import FactKind
from sessions.timeline import AnyEvent, FactKept, MinutesChanged

if TYPE_CHECKING:
    from tests.tui.conftest import Open

IN_THEIR_OWN_WORDS = (FactKept, MinutesChanged)


def test_every_event_has_words() -> None:
    """No type of event is without words, and none has words that nothing uses."""
    events = set(get_args(get_args(AnyEvent)[0]))
    types = {one.model_fields["type"].default for one in events - set(IN_THEIR_OWN_WORDS)}
    assert set(EVENT_WORDS) == types


def test_every_kind_of_fact_has_words() -> None:
    """Whatever can be kept can be named when it is taken back."""
    assert set(FACT_WORDS) == set(get_args(FactKind))


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(60, "one minute more"), (-60, "one minute less"), (180, "3 minutes more")],
)
def test_minutes_are_told(seconds: int, words: str) -> None:
    """It is said which way the minutes went."""
    assert in_words(MinutesChanged(at=0, step="welcome", seconds=seconds)) == words


async def test_what_is_taken_back_is_said(live: Open) -> None:
    """A note, a minute and a commitment are called what they are on the screen."""
    async with live() as stage:
        await stage.press("n")
        await stage.enter("t", "A theme")
        await stage.press("u")
        assert stage.said == "Taken back: the note."
        await stage.press("plus", "u")
        assert stage.said == "Taken back: one minute more."
        await stage.enter("g", "We open the Monday round to all")
        await stage.press("u")
        assert stage.said == "Taken back: the commitment."
