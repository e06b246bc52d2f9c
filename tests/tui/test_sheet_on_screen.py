"""A sheet on the real screen: what is drawn does not follow who writes, and shows no words.

Touches: disk below `tmp_path`.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest

from dialogue.hosting import Hosting
from dialogue.tui.app import DialogueApp
from dialogue.tui.commands import CATALOGUE
from dialogue.tui.screens.live import LiveScreen
from dialogue.tui.widgets.statusline import StatusLine
from dialogue.web.server import WebDoorError
from sessions.decide_sheet import GRACE_SECONDS
from sessions.payloads import Compass, Words, encode
from sessions.seating import new_seat
from tests.tui.conftest import Stage, as_prepared, begin, running

if TYPE_CHECKING:
    from agreements.plan import Ask
    from dialogue.desk import Desk
    from sessions.live import LiveSession
    from sessions.sheet_desk import SheetDesk
    from tests.plugin_sessions import FakeClock

CANARY = "qx03z-words"
WRITERS = 7
ENOUGH = 5
CLOSE = next(one for one in CATALOGUE if one.id == "close-sheet")


def no_door(_door: object) -> object:
    """Be a computer without a network."""
    raise WebDoorError("No network here.")


def hosted(desk: Desk, session: LiveSession) -> Hosting:
    """Return the room of a session, without a door."""
    return Hosting(session, desk.places, door_for=no_door)  # type: ignore[arg-type]


async def to_the_sheet(stage: Stage, *, wall: bool = False) -> SheetDesk:
    """Begin, go on to the first step that asks for words, and open its sheet."""
    opening = as_prepared(stage.app.desk, heads=WRITERS, end="13:00", title="A test")
    await begin(stage, opening, wall=wall)
    assert stage.app.host is not None
    sheets = stage.app.host.sheets
    step = next(one for one in stage.session.plan.steps if any(_words(one.asks)))
    await stage.go_to_step(step.id)
    for _ in range(WRITERS):
        sheets.seats.is_here(new_seat())
    await stage.press("l")
    assert sheets.phase == "open"
    # The message that it is open has gone, as it does by itself.
    stage.app.screen.query_one(StatusLine).hush()
    return sheets


def _words(asks: tuple[Ask, ...]) -> list[Ask]:
    return [one for one in asks if one.kind == "words"]


def answer(sheets: SheetDesk, number: int) -> None:
    """Let somebody answer the whole sheet."""
    voices = sheets.voices
    assert voices is not None
    tokens = voices.new_tokens()
    for ask in sheets.asks:
        words = ask.kind == "words"
        payload = Words(text=f"{CANARY} {number}") if words else Compass(points=())
        assert voices.submit(ask.id, tokens[ask.id], encode(payload)).result() == "kept"


async def behind(stage: Stage) -> str:
    """Return what is drawn on the screens that open from Live."""
    drawn = ""
    for key in ("y", "j", "?"):
        await stage.press(key)
        drawn += stage.text
        await stage.press("escape")
    return drawn


async def drawn(stage: Stage) -> str:
    """Return what is drawn now on Live."""
    await stage.pass_time(0)
    return stage.text


@pytest.mark.parametrize("size", [(80, 24), pytest.param((140, 40), marks=pytest.mark.slow)])
async def test_the_screen_changes_once_and_shows_no_words(
    desk: Desk, fake_clock: FakeClock, size: tuple[int, int]
) -> None:
    """Drawn before and after each envelope it is the same, but for the one that makes enough."""
    # promise 3
    app = DialogueApp(desk, host_for=partial(hosted, desk))
    async with running(app, fake_clock, size) as stage:
        sheets = await to_the_sheet(stage)
        changed = []
        before, others = await drawn(stage), await behind(stage)
        for number in range(1, WRITERS + 1):
            answer(sheets, number)
            now = await drawn(stage)
            assert CANARY not in now
            if now != before:
                changed.append((number, set(now.split("\n")) ^ set(before.split("\n"))))
            before = now
        assert await behind(stage) == others
        assert [number for number, _lines in changed] == [ENOUGH]
        assert all("not yet" in line or "enough" in line for line in changed[0][1])


async def test_on_the_wall_nothing_tells_that_anybody_writes(
    desk: Desk, fake_clock: FakeClock
) -> None:
    """While others see the screen not even that it is enough is drawn on it."""
    # promise 3
    app = DialogueApp(desk, host_for=partial(hosted, desk))
    async with running(app, fake_clock, (80, 24)) as stage:
        sheets = await to_the_sheet(stage, wall=True)
        before = await drawn(stage)
        assert "The sheet is open. z closes it." in before
        for number in range(1, WRITERS + 1):
            answer(sheets, number)
            assert await drawn(stage) == before


def tick(stage: Stage) -> None:
    """Let the second pass at which the screen looks after the sheet."""
    assert isinstance(stage.app.screen, LiveScreen)
    stage.app.screen._second_shown = -1
    stage.app.screen._tick()


async def test_u_after_too_few_opens_the_sheet_again(desk: Desk, fake_clock: FakeClock) -> None:
    """The screen says that it is open, l that it need not be held open, and z closes it anew."""
    app = DialogueApp(desk, host_for=partial(hosted, desk))
    async with running(app, fake_clock, (80, 24)) as stage:
        sheets = await to_the_sheet(stage)
        await stage.press("z")
        await stage.pass_time(GRACE_SECONDS)
        tick(stage)
        assert "Fewer than five wrote" in stage.said
        await stage.press("u")
        assert "sheet open, not yet" in await drawn(stage)
        for number in range(WRITERS):
            answer(sheets, number)
        await stage.press("l")
        assert stage.said == "A sheet is open already. Close it first."
        await stage.press("z")
        await stage.pass_time(GRACE_SECONDS)
        tick(stage)
        assert "The sheet is closed." in stage.said


async def test_what_is_said_of_a_closing_sheet_is_true_after_other_acts(
    desk: Desk, fake_clock: FakeClock
) -> None:
    """The key that is named keeps the sheet open, also when z was not the last act any more."""
    app = DialogueApp(desk, host_for=partial(hosted, desk))
    async with running(app, fake_clock, (80, 24)) as stage:
        sheets = await to_the_sheet(stage)
        await stage.press("z")
        said = stage.said
        await stage.press("plus")
        stage.app.screen.query_one(StatusLine).hush()
        assert "l keeps it open." in said
        assert "l keeps it open." in await drawn(stage)
        assert "l keeps it open." in CLOSE.shown_help
        await stage.press("l")
        assert (sheets.phase, stage.said) == ("open", "The sheet stays open.")
