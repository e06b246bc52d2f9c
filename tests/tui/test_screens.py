"""Every screen at every size we promise, dark and light: it says what it must, and cuts nothing."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from textual.containers import VerticalScroll
from textual.widget import Widget
from textual.widgets import Input, Static

from agreements.plan import Plan, Step
from dialogue import signs
from dialogue.config import Config
from dialogue.tui.app import DialogueApp
from dialogue.tui.command import ScreenName
from dialogue.tui.draft import Draft
from dialogue.tui.screens.base import CommandScreen
from dialogue.tui.views import step_view
from dialogue.tui.widgets.agreements import AgreementsLine, AgreementsPanel
from dialogue.tui.widgets.run_of_show import RunOfShow
from dialogue.tui.widgets.step_clock import StepClock
from sessions import decide
from tests.tui.conftest import Stage, two_minutes_behind
from tests.tui.contrast import faint

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from dialogue.desk import Desk
    from tests.plugin_sessions import FakeClock
    from tests.tui.conftest import Open, Snap

LITTLE = pytest.mark.parametrize("size", [(60, 20), (40, 12)], ids=["60x20", "40x12"])
SCREENS: tuple[ScreenName, ...] = ("home", "prepare", "live", "review", "close", "summary")
FULL_FOOTERS: dict[ScreenName, str] = {
    "home": "enter open  q quit  ? all keys",
    "prepare": "^g begin  ^r 12 · 24 · 40  ^t phones  esc back  f1 all keys",
    "live": "t note  space pause  n next  + − minute  1-4 agreement  u undo  ? all keys",
    "review": "t note  u undo  delete strike  b back  n close  T themes  ? all keys",
    "close": "t note  o door open  u undo  b back  c close  ? all keys",
    "summary": "d debrief  e export  tab edition  esc home  T themes  ? all keys",
}
HEADS: dict[ScreenName, str] = {
    "home": "hard conversations, held well",
    "prepare": "Prepare",
    "live": "24 here   12:02   ends 13:00",
    "review": "Review",
    "close": "Close",
    "summary": "Summary",
}


async def walk(stage: Stage, look: Callable[[ScreenName], None]) -> None:
    """Go through all screens, from Home to Summary, and look at each."""
    for name in SCREENS:
        await WAYS[name](stage)
        await stage.until(lambda name=name: screen_name(stage) == name)
        await stage.settle()
        look(name)


def screen_name(stage: Stage) -> str:
    """Return the name of the screen in front, in the words of the catalogue."""
    screen = stage.app.screen
    return screen.NAME if isinstance(screen, CommandScreen) else ""


async def to_home(_stage: Stage) -> None:
    """Stay: the program starts there."""


async def to_prepare(stage: Stage) -> None:
    """Choose the lunch, for 24 people."""
    await stage.mark("plan:lunch-and-learn")
    await stage.press("enter")
    await stage.until(lambda: screen_name(stage) == "prepare")
    await stage.type("24")


async def to_live(stage: Stage) -> None:
    """Begin, and stand two minutes in the welcome with a few things kept."""
    stage.only_mine()
    await stage.press("ctrl+g")
    await stage.until(lambda: screen_name(stage) == "live")
    await stage.press("n")
    await stage.enter("t", "Who is heard, and who is not")
    await stage.enter("o", "One voice at a time")
    await stage.pass_time(120)
    await stage.until_kept()


async def to_review(stage: Stage) -> None:
    """End the last step."""
    await stage.press("r")


async def to_close(stage: Stage) -> None:
    """Go on from the review."""
    await stage.press("n")


async def to_summary(stage: Stage) -> None:
    """Close with two keys."""
    await stage.press("c", "y")


WAYS: dict[ScreenName, Callable[[Stage], Awaitable[None]]] = {
    "home": to_home,
    "prepare": to_prepare,
    "live": to_live,
    "review": to_review,
    "close": to_close,
    "summary": to_summary,
}


def cut(screen: Widget) -> Iterator[str]:
    """Name every piece of text that stands outside its place, apart from what can be scrolled."""
    for part in screen.query(Static):
        if not part.region or isinstance(part, RunOfShow) or in_a_scroll(part):
            continue
        if not screen.region.contains_region(part.region):
            yield f"{part!r} lies outside the screen"
        room = part.content_size
        needed = part.get_content_height(screen.size, screen.size, room.width)
        if needed > room.height:
            yield f"{part!r} needs {needed} lines and has {room.height}"


def in_a_scroll(part: Widget) -> bool:
    """Say whether a part lies in something that scrolls, so that all of it can be reached."""
    return any(isinstance(one, VerticalScroll) for one in part.ancestors)


def out_of_reach(screen: Widget) -> list[VerticalScroll]:
    """Return what scrolls and holds more than it shows, but takes no arrow keys."""
    scrolls = screen.query(VerticalScroll)
    return [one for one in scrolls if one.max_scroll_y and not one.can_focus and not has_field(one)]


def has_field(part: Widget) -> bool:
    """Say whether a part holds fields: then it scrolls to the one that is filled in."""
    return bool(part.query(Input))


@pytest.mark.parametrize(
    ("size", "theme", "encoding"),
    [
        ((80, 24), "dark", ""),
        ((80, 24), "light", "utf-8"),
        ((100, 30), "light", ""),
        ((140, 40), "dark", "ascii"),
    ],
    ids=["80x24-dark", "80x24-light-plain", "100x30-light", "140x40-dark-ascii"],
)
async def test_every_screen_fits(
    staged: Open,
    desk: Desk,
    monkeypatch: pytest.MonkeyPatch,
    size: tuple[int, int],
    theme: str,
    encoding: str,
) -> None:
    """No text lies outside its place or is faint, and the head and all keys can be read.

    The same where the terminal has no sign of ours: all is letters and ASCII, and nothing moves.
    """
    monkeypatch.setattr(signs, "_plain", [encoding] if encoding else [])
    themed = replace(desk, config=Config.model_validate({"theme": theme}))
    seen: list[str] = []

    async with staged(size=size, at=themed) as stage:

        def look(name: ScreenName) -> None:
            assert list(cut(stage.app.screen)) == []
            assert out_of_reach(stage.app.screen) == []
            assert list(faint(stage.app.screen)) == [], name
            assert signs.drawn(HEADS[name]) in stage.lines[0]
            assert stage.lines[-1].strip() == signs.drawn(FULL_FOOTERS[name])
            assert all(len(line) <= size[0] for line in stage.lines)
            assert not encoding or stage.text.isascii(), stage.text
            assert stage.app.theme == f"dialogue-{theme}"
            seen.append(name)

        await walk(stage, look)
    assert seen == list(SCREENS)


@LITTLE
async def test_a_little_terminal_is_told(staged: Open, size: tuple[int, int]) -> None:
    """Below 80×24 every screen says how small it is, and none fails."""
    told = f"{size[0]}×{size[1]} is small; 80×24 shows all."
    async with staged(size=size) as stage:

        def look(name: ScreenName) -> None:
            assert stage.lines[1].strip() == told, name

        await walk(stage, look)


@LITTLE
async def test_a_little_terminal_keeps_its_clock(live: Open, size: tuple[int, int]) -> None:
    """Below 80×24 the time of day, the time of the step and the next step can be read on Live."""
    async with live(size=size) as stage:
        await stage.press("n")
        await stage.pass_time(145)
        clock = stage.app.screen.query_one(StepClock)
        assert stage.app.screen.region.contains_region(clock.region)
        assert clock.region.height == 3
        assert "of 4:00" in stage.text
        assert "next: Agreements" in stage.text
        assert "12:02" in stage.lines[0]


async def test_a_terminal_that_grows_shows_more(live: Open) -> None:
    """The word about the size goes, and at 100 and 120 columns the side columns appear."""
    async with live(size=(60, 20)) as stage:
        screen = stage.app.screen
        for width, height, show, panel in (
            (80, 24, False, False),
            (100, 30, True, False),
            (140, 40, True, True),
        ):
            await stage.pilot.resize_terminal(width, height)
            await stage.settle()
            assert "is small" not in stage.text
            assert screen.query_one(RunOfShow).display is show
            assert screen.query_one(AgreementsPanel).display is panel
            assert screen.query_one(AgreementsLine).display is not panel
            assert "2 Speak your truth" in stage.text
            assert stage.lines[-1].strip() == FULL_FOOTERS["live"]


PLANS = ("check-in", "lunch-and-learn", "ninety-minutes", "two-hours", "three-hours", "full-day")


@pytest.mark.parametrize("plan", PLANS)
async def test_every_shipped_step_fits_the_small_screen(staged: Open, plan: str) -> None:
    """At 80×24 the condition, the prompt and the way out stand whole, with a line to say."""
    async with staged(plan=plan, draft=Draft(heads=24, end="23:30")) as stage:
        stage.only_mine()
        await stage.press("ctrl+g")
        await stage.until(lambda: screen_name(stage) == "live")
        for step in steps_of(stage.session.plan):
            stage.session.do(decide.start_step, step=step.id)
            await stage.pass_time(1)
            view = step_view(stage.session, step)
            assert list(cut(stage.app.screen)) == [], step.id
            assert all(prompt in stage.words for prompt in view.prompts), step.id
            assert view.gloss in stage.words, step.id
            assert not view.says or f"“{view.says[0]}”" in stage.words, step.id


def steps_of(plan: Plan) -> tuple[Step, ...]:
    """Return every step that can be in front of a facilitator."""
    return tuple(step for step in (*plan.leaves(), *plan.alternatives) if step.kind != "slack")


async def test_what_is_hidden_below_is_reached_with_tab_and_arrows(staged: Open) -> None:
    """A list that is longer than its place is read to its end without a mouse."""
    async with staged(plan="full-day") as stage:
        await stage.press(*["tab"] * 12)
        place = stage.app.screen.query_one("#plan", VerticalScroll)
        assert stage.app.focused is place
        assert "■ protected" not in stage.text
        await stage.press("end")
        await stage.until(lambda: place.scroll_y == place.max_scroll_y)
        assert "■ protected" in stage.text


async def test_the_state_of_things_is_never_told_by_colour_alone(live: Open) -> None:
    """Done, running, dropped, spare and overtime each have a sign or a word of their own."""
    async with live(size=(140, 40)) as stage:
        await stage.go_to_step("compass")
        await stage.press("d")
        await stage.pass_time(8 * 60)
        assert "✓ Six conditions" in stage.text
        assert "× Compass, in silence" in stage.text
        assert "▶ In pairs" in stage.text
        assert "… Slack" in stage.text
        assert "over 7:00" in stage.text
        await stage.press("space")
        assert "PAUSED" in stage.text


def test_home_looks_as_it_did(snap_compare: Snap, desk: Desk) -> None:
    """Home on the small terminal, on a first run."""
    assert snap_compare(DialogueApp(desk), terminal_size=(80, 24), run_before=stand_still)


def test_a_plan_that_does_not_fit_looks_as_it_did(snap_compare: Snap, desk: Desk) -> None:
    """Prepare on the small terminal: what does not fit is read at a glance."""
    app = DialogueApp(desk, plan="lunch-and-learn", draft=Draft(heads=24, end="12:30"))
    assert snap_compare(app, terminal_size=(80, 24), run_before=stand_still)


@pytest.mark.parametrize("size", [(80, 24), (140, 40)], ids=["80x24", "140x40"])
def test_live_looks_as_it_did(
    snap_compare: Snap, desk: Desk, fake_clock: FakeClock, size: tuple[int, int]
) -> None:
    """Live, two minutes behind in the pairs with the slack used up: the way out is offered."""
    app = DialogueApp(desk, plan="lunch-and-learn", draft=Draft(heads=24, end="12:57"))

    async def be_in_the_pairs(pilot: Pilot[None]) -> None:
        stage = Stage(app, pilot, fake_clock)
        await two_minutes_behind(
            stage, "Who is heard, and who is not", "We open the Monday round to all"
        )
        assert "2 min behind" in stage.lines[0]

    try:
        assert snap_compare(app, terminal_size=size, run_before=be_in_the_pairs)
    finally:
        app.leave_session()


async def stand_still(pilot: Pilot[None]) -> None:
    """Take the blinking out of every field, so that each run draws the same."""
    for field in pilot.app.screen.query(Input):
        field.cursor_blink = False
    await pilot.pause()
