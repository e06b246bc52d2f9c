"""Review of written answers: what can be decided, what the room hears, what stays in the record."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from textual.widgets import Input

from dialogue.hosting import Hosting
from dialogue.tui.dialogs.answers import AnswersDialog
from sessions.decide_sheet import GRACE_SECONDS
from sessions.facts import Answers
from tests.tui.test_wall import hosted

if TYPE_CHECKING:
    from dialogue.desk import Desk
    from tests.plugin_sessions import FakeClock
    from tests.tui.conftest import Stage

LEVELS = ("facilitator", "aloud", "aloud", "aloud", "aloud", "quote", "quote", "quote", "quote")
ANSWERS = tuple(f"answer {number}" for number in range(len(LEVELS)))
STEP = "reflection"
"""A step of the lunch with an ask in words."""


def texts(stage: Stage) -> list[str]:
    """Return the words that the record holds."""
    found = (item.text for one in stage.session.facts(Answers) for item in one.items)
    return sorted(text for text in found if text is not None)


@asynccontextmanager
async def written(
    desk: Desk, clock: FakeClock, words: Sequence[str] = ANSWERS
) -> AsyncIterator[Stage]:
    """Open the lunch with answers in words, written through the room's own reception."""
    async with hosted(desk, clock, size=(100, 30)) as stage:
        host = stage.app.host
        assert isinstance(host, Hosting)
        for number in range(len(LEVELS)):
            host.sheets.seats.is_here(f"{number:032x}")
        await stage.press("P")
        await stage.go_to_step(STEP)
        await stage.press("l")
        assert host.sheets.phase == "open", stage.said
        for text, level in zip(words, LEVELS, strict=False):
            for ask in host.sheets.asks:
                if ask.kind != "words":
                    continue
                fields = {"text": text, "level": level}
                token = host._reception.token(ask.id)
                receipt = await host._reception.receive(ask.id, token, fields)
                assert receipt.outcome == "received", receipt.sentence
        await stage.press("z")
        stage.clock.tick(GRACE_SECONDS + 1)
        await stage.until(lambda: host.sheets.phase is None)
        yield stage


async def until_shown(stage: Stage, text: str) -> None:
    """Go on to the answer with a text."""
    for _ in LEVELS:
        if text in stage.words:
            return
        await stage.press("n")
    raise AssertionError(f"{text} is not shown:\n{stage.text}")


async def test_what_is_decided_is_what_stays(desk: Desk, fake_clock: FakeClock) -> None:
    """Shared and kept answers stay, held back ones leave, and the room hears how many and why."""
    async with written(desk, fake_clock) as stage:
        await stage.press("y")
        assert isinstance(stage.app.screen, AnswersDialog)
        for number, key in ((1, "s"), (2, "k"), (3, "1"), (4, "4"), (5, "r")):
            await stage.press(*["b"] * len(LEVELS))
            await until_shown(stage, f"answer {number}")
            await stage.press(key)
        await stage.press("enter")
        assert "3 held back, their words gone for good." in stage.words
        await stage.press("y")
        told = (
            "1 to share. Tell the room: 3 held back (names a person 1, unreadable 1, "
            "points to one person 1). Say: “One answer holds a detail that points to a person."
        )
        assert told in stage.words_in("#answer")
        await stage.press("k", "n", "enter", "y")
        assert told in stage.words_in("#answer"), "it stands there while it is read out"
        await stage.press("escape")
        assert stage.said.startswith(told)
        assert texts(stage) == [f"answer {number}" for number in (0, 1, 2, 6, 7, 8)]
        assert stage.session.state.held_back == 3


async def test_what_was_written_for_the_facilitator_alone_is_not_shared(
    desk: Desk, fake_clock: FakeClock
) -> None:
    """The level of an answer decides, not the facilitator."""
    async with written(desk, fake_clock) as stage:
        await stage.press("y")
        await until_shown(stage, "answer 0")
        assert "only you read it; it is deleted at the end · not decided" in stage.words
        await stage.press("s")
        assert "Its writer wrote it for you alone." in stage.words
        await stage.press("enter", "y", "escape")
        assert stage.said == "Nothing was decided."


async def test_words_for_outside_are_put_in_their_place(desk: Desk, fake_clock: FakeClock) -> None:
    """T opens a line in which every key is text; what is kept there stands beside the answer."""
    async with written(desk, fake_clock) as stage:
        await stage.press("y")
        await until_shown(stage, "answer 1")
        await stage.press("t")
        assert "Its writer did not let it be quoted outside" in stage.words
        await stage.press(*["b"] * len(LEVELS))
        await until_shown(stage, "answer 6")
        await stage.press("t", *"ink", "enter")
        assert "Quoted outside as: ink" in stage.words
        assert "answer 6" in stage.words
        await stage.press("t", *"other", "escape", *["b"] * len(LEVELS))
        await until_shown(stage, "answer 7")
        await stage.press("t")
        line = stage.app.screen.query_one("EntryLine Input", Input)
        assert line.value == "", "what was left standing is for another answer"
        await stage.press("escape", *["b"] * len(LEVELS))
        await until_shown(stage, "answer 6")
        await stage.press("t")
        assert line.value == "other"
        await stage.press("escape", "s", "enter", "y", "escape")
        items = [item for one in stage.session.facts(Answers) for item in one.items]
        (translated,) = (item for item in items if item.translation)
        assert (translated.text, translated.status) == ("answer 6", "shared")
        assert translated.translation == "ink"


async def test_unread_answers_come_first_and_eight_are_enough(
    desk: Desk, fake_clock: FakeClock
) -> None:
    """The ninth says that it may wait; once eight are decided it is the first that is shown."""
    async with written(desk, fake_clock) as stage:
        await stage.press("y", *["n"] * 7)
        assert "8 of 9" in stage.words
        assert "These may wait" not in stage.words
        await stage.press("n")
        assert "9 of 9 These may wait until after the session." in stage.words
        last = next(f"answer {number}" for number in range(9) if f"answer {number}" in stage.words)
        await stage.press(*["b"] * 8, *["k"] * 8, "enter", "y", "escape", "y")
        assert last in stage.words
        assert "not decided" in stage.words


async def test_only_what_is_to_be_shared_is_read_back(desk: Desk, fake_clock: FakeClock) -> None:
    """O leaves those alone that are to be shared; nothing is decided there."""
    async with written(desk, fake_clock) as stage:
        await stage.press("y", "o")
        assert "Nothing is to be shared yet. o shows all." in stage.words
        await stage.press("o")
        await until_shown(stage, "answer 6")
        await stage.press("s", "o")
        assert "1 to share" in stage.words
        assert "answer 6" in stage.words
        await stage.press("1")
        assert "These are for reading back." in stage.words
        await stage.press("escape")
        assert texts(stage) == [f"answer {number}" for number in range(9)]
