"""The wall may see the screen until the facilitator says otherwise: what it then shows."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from itertools import product
from typing import TYPE_CHECKING, get_args

import pytest
from textual.widgets import Static

from dialogue.hosting import Hosting
from dialogue.phrases import languages, strings_in
from dialogue.tui.app import DialogueApp
from dialogue.tui.dialogs.answers import AnswersDialog
from dialogue.tui.dialogs.room import RoomDialog
from dialogue.tui.screens.close import CloseScreen
from dialogue.tui.screens.live import LiveScreen
from dialogue.tui.screens.review import READ_BACK, ReviewScreen
from dialogue.tui.views import live_view
from dialogue.tui.wall import CALM, LOOK_SECONDS, NAMES_SHUT, SHUT
from dialogue.tui.widgets.room_card import RoomCard
from dialogue.web.server import WebDoorError
from dialogue.wording import tr
from sessions import decide
from sessions.room import Moment
from tests.tui.conftest import SMALL, Stage, as_prepared, begin, running
from tests.tui.test_screens import steps_of
from tests.web.memory_door import shipped_view

if TYPE_CHECKING:
    from dialogue.desk import Desk
    from dialogue.web.door import Door
    from dialogue.web.server import WebDoor
    from sessions.live import LiveSession
    from tests.plugin_sessions import FakeClock
    from tests.tui.conftest import Open

WIDE = (140, 40)
PAUSING = strings_in("en")["moments"]["pausing"]
CALM_MOMENTS = tuple(one for one in get_args(Moment) if one != "talking")


def no_network(_door: Door) -> WebDoor:
    """Be a computer without a network."""
    raise WebDoorError("No network.")


@asynccontextmanager
async def hosted(
    desk: Desk, clock: FakeClock, *, size: tuple[int, int] = SMALL, heads: int = 24
) -> AsyncIterator[Stage]:
    """Open the lunch with its room, on a computer without a network, as it comes."""

    def host_for(session: LiveSession) -> Hosting:
        return Hosting(session, desk.places, door_for=no_network)

    opening = as_prepared(desk, heads=heads, end="13:00", title="A test")
    async with running(DialogueApp(desk, host_for=host_for), clock, size) as stage:
        await begin(stage, opening, wall=True)
        host = stage.app.host
        yield stage
        stage.app.host = None
        if host is not None:
            await host.stop()


@pytest.mark.parametrize("size", [SMALL, WIDE], ids=["80x24", "140x40"])
async def test_the_wall_shows_no_private_line(live: Open, size: tuple[int, int]) -> None:
    """As a session comes, no step shows what to say, a cue, the clock, the pace or the plan."""
    async with live(wall=True, size=size) as stage:
        for step in steps_of(stage.session.plan):
            stage.session.do(decide.start_step, step=step.id)
            await stage.pass_time(400)
            view, words = live_view(stage.session), stage.words
            titles = [row.title for row in view.rows if row.title not in view.step.title]
            private = [*view.step.says, view.step.cue, view.step.bridge, view.pace, view.time.of]
            lines = stage.text.split("\n")
            assert not [one for one in private if one and one in words], step.id
            assert not [one for one in titles if any(one == line.strip() for line in lines)]
            assert view.time.digits not in words
            assert "min behind" not in words
            if step.kind == "talk":
                shown = stage.words_in("RoomCard")
                assert all(prompt in shown for prompt in view.step.prompts), step.id


async def test_private_lines_are_shown_for_a_moment(live: Open) -> None:
    """I shows them, they go by themselves after ten seconds, and a second i hides them at once."""
    async with live(wall=True) as stage:
        await stage.press("n")
        say = live_view(stage.session).step.says[0]
        assert say not in stage.words
        await stage.press("i")
        assert say in stage.words
        assert "on time" in stage.words
        await stage.pass_time(LOOK_SECONDS - 1)
        assert say in stage.words
        await stage.pass_time(1)
        assert say not in stage.words
        await stage.press("i", "i")
        assert say not in stage.words


async def test_p_says_who_sees_the_screen(live: Open) -> None:
    """P shows the facilitator's own lines, until P is pressed again; undo is not asked for it."""
    async with live(wall=True) as stage:
        await stage.press("n")
        say = live_view(stage.session).step.says[0]
        events = stage.session.events
        await stage.press("P")
        assert stage.said == "Only you see this screen, until you press P again."
        await stage.pass_time(60)
        assert say in stage.words
        await stage.press("P")
        assert say not in stage.words
        assert stage.session.events == events


async def test_answers_stay_shut_on_the_wall(live: Open) -> None:
    """Y opens them on Live and on Review only where nobody else sees the screen."""
    async with live(wall=True) as stage:
        await stage.press("n", "y")
        assert stage.said == tr(SHUT)
        await stage.press("P", "y")
        assert isinstance(stage.app.screen, AnswersDialog)
        await stage.press("escape", "P")
        await stage.review()
        await stage.press("y")
        assert stage.said == tr(SHUT)
        await stage.press("P", "y")
        assert isinstance(stage.app.screen, AnswersDialog)


async def test_review_shows_no_word_and_no_count_on_the_wall(live: Open) -> None:
    """What was kept and how many answered stand there only once the facilitator has said so."""
    async with live(wall=True, size=(140, 60)) as stage:
        await stage.press("x", "1", "1", "2", "3", "3", "3", "enter")
        await stage.until(lambda: isinstance(stage.app.screen, LiveScreen))
        await stage.press("n")
        await stage.enter("t", "Who is heard here")
        await stage.review()
        assert "of 24 answered" not in stage.words
        assert "Who is heard here" not in stage.words
        assert tr(READ_BACK) in stage.words
        await stage.press("n")
        await stage.until(lambda: isinstance(stage.app.screen, CloseScreen))
        debrief = stage.app.desk.library.texts["debrief-us"].title
        assert debrief not in stage.words
        await stage.press("P")
        assert debrief in stage.words
        await stage.press("b")
        await stage.until(lambda: isinstance(stage.app.screen, ReviewScreen))
        assert "6 of 24 answered" in stage.words
        assert "Who is heard here" in stage.words
        await stage.press("b")
        await stage.until(lambda: isinstance(stage.app.screen, LiveScreen))
        assert "say 1/" in stage.words


async def test_who_sees_it_is_asked_anew_after_a_restart(live: Open, staged: Open) -> None:
    """A resumed session may hang on another wall: it begins as one that others see."""
    async with live(wall=False) as stage:
        await stage.press("n")
        await stage.until_kept()
        folder = stage.session.folder.path.parent.name
    async with staged() as stage:
        await stage.mark(f"session:{folder}")
        await stage.press("enter")
        await stage.until(lambda: isinstance(stage.app.screen, LiveScreen))
        assert "say 1/" not in stage.words
        await stage.press("i")
        assert "say 1/" in stage.words


@pytest.mark.parametrize("size", [SMALL, WIDE], ids=["80x24", "140x40"])
async def test_pause_and_blank_look_alike(
    desk: Desk, fake_clock: FakeClock, size: tuple[int, int]
) -> None:
    """On the wall nobody reads off why there is a calm page, nor does anything else stay on it."""
    async with hosted(desk, fake_clock, size=size) as stage:
        await stage.press("n")
        await stage.until_kept()
        await stage.press("space")
        await stage.until_kept()
        paused = stage.text
        await stage.press("space", ".")
        await stage.until_kept()
        assert stage.text == paused
        assert PAUSING in stage.words
        assert CALM in stage.words
        assert "Stay engaged" not in stage.words


@pytest.mark.parametrize("keys", [("f",), ("d",), ("]", "u"), ("l",), ("space", "u"), ("z",)])
async def test_no_answer_to_a_key_tells_how_it_stands(
    desk: Desk, fake_clock: FakeClock, keys: tuple[str, ...]
) -> None:
    """What is said on the wall after a key has no figure and no step's name; i shows the rest."""
    async with hosted(desk, fake_clock) as stage:
        await stage.go_to_step("reflection")
        await stage.pass_time(400)
        title = live_view(stage.session).step.title
        await stage.press(*keys)
        private = stage.said
        shown = stage.lines[-2].removesuffix("kept").removesuffix("keeping…").strip()
        assert not any(sign.isdigit() for sign in shown)
        assert title not in shown
        assert "pause" not in shown
        await stage.press("i")
        if private not in ("", shown):
            assert private.split(".")[0] in stage.words


async def test_what_was_said_privately_goes_with_the_look(live: Open) -> None:
    """A message of the look is not left standing when others read along again."""
    async with live(wall=True) as stage:
        await stage.go_to_step("pairs")
        await stage.press("i", "d")
        assert "is dropped" in stage.words
        await stage.press("i")
        assert "is dropped" not in stage.words


async def test_names_are_not_typed_on_the_wall(live: Open) -> None:
    """The roster is asked for only where nobody reads along."""
    async with live(wall=True) as stage:
        await stage.press("n", "N")
        assert stage.said == tr(NAMES_SHUT)
        await stage.press("P", "N")
        assert "Names to hide" in stage.words


async def test_nobody_is_counted_on_the_wall(desk: Desk, fake_clock: FakeClock) -> None:
    """Neither the first line nor the answer to a key tells that somebody has come or gone."""
    async with hosted(desk, fake_clock) as stage:
        await stage.press("n")
        assert "24" not in stage.lines[0]
        await stage.until_kept()
        before = stage.text
        await stage.press("[")
        await stage.until_kept()
        assert stage.text == before
        await stage.press("i")
        assert "23 here" in stage.lines[0]


@pytest.mark.parametrize("size", [SMALL, WIDE], ids=["80x24", "140x40"])
async def test_the_room_view_takes_the_whole_terminal(
    desk: Desk, fake_clock: FakeClock, size: tuple[int, int]
) -> None:
    """V shows prompt and agreements, follows the session on n and b, and says nothing itself."""
    async with hosted(desk, fake_clock, size=size) as stage:
        await stage.go_to_step("triads")
        await stage.press("P", "v")
        assert isinstance(stage.app.screen, RoomDialog)
        prompt = live_view(stage.session).step.prompts[0]
        assert prompt in stage.words
        assert "Stay engaged" in stage.words
        assert live_view(stage.session).step.says[0] not in stage.words
        assert "24 here" not in stage.words
        await stage.press("n")
        assert prompt not in stage.words
        await stage.press("b")
        assert prompt in stage.words
        for key in ("space", "."):
            await stage.press(key)
            assert stage.words == PAUSING
            await stage.press(key)
        assert "▰" not in stage.text + stage.words.replace("▱", "")
        await stage.press("t")
        assert "▱" in stage.text
        await stage.press("escape")
        assert isinstance(stage.app.screen, LiveScreen)
        assert "say 1/" not in stage.words, "what was shown to a room may still be"


async def test_the_room_view_goes_when_the_steps_are_over(
    desk: Desk, fake_clock: FakeClock
) -> None:
    """N on the last step leads on to Review, not to a room view of nothing."""
    async with hosted(desk, fake_clock) as stage:
        last = [one for one in stage.session.plan.leaves() if one.kind != "slack"][-1]
        stage.session.do(decide.start_step, step=last.id)
        await stage.pass_time(1)
        await stage.press("v")
        for _ in stage.session.plan.steps:
            if stage.session.state.phase == "running":
                await stage.press("n")
        await stage.until(lambda: isinstance(stage.app.screen, ReviewScreen))


async def test_the_terminal_says_what_the_web_page_says(live: Open) -> None:
    """The room reads the same words on a projector, in its language, whichever view it has."""
    async with live() as stage:
        card = RoomCard()
        await stage.app.screen.mount(card)
        for language, moment in product(languages(), CALM_MOMENTS):
            view = replace(shipped_view(), moment=moment, language=language)
            card.show(view)
            said = strings_in(language)["moments"]
            care = said["care"].format(contact=view.care_contact)
            told = [str(part.content) for part in card.query(Static) if part.display]
            assert told == [said[moment], *([care] if moment == "over" else [])]
