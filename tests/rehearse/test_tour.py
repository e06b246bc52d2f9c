"""The tour on Home: where it stands, what it starts, and what is said beside it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, get_args

import pytest
from textual.widgets import OptionList

from dialogue import run
from dialogue.config import Config
from dialogue.desk import Desk
from dialogue.rehearse.captions import CAPTIONS, KEPT, caption
from dialogue.rehearse.rehearsal import Wanted, morning
from dialogue.rehearse.virtual import SpedTime
from dialogue.rehearse.watching import TOUR_PLAN, RehearsalApp
from dialogue.tui.app import DialogueApp
from dialogue.tui.commands import remapped
from sessions.boottime import system_clock
from sessions.facts import FactKind
from sessions.store import Store
from sessions.timeline import AnyEvent, FactKept, HeadsChanged, Paused

if TYPE_CHECKING:
    from agreements.library import Library
    from agreements.plan import Plan
    from dialogue.paths import Places
    from tests.plugin_sessions import Room


@pytest.fixture
def desk(library: Library, places: Places) -> Desk:
    """Return a desk on this computer's clock."""
    return Desk(library, Store(places.data), system_clock(), Config(), places)


async def first_and_last(desk: Desk, *, offers_tour: bool = True) -> tuple[str | None, str | None]:
    """Return the first and the last entry of Home."""
    app = DialogueApp(desk, offers_tour=offers_tour)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        options = app.screen.query_one(OptionList).options
        return options[0].id, options[-1].id


async def test_the_tour_stands_first_on_a_first_run(desk: Desk, room: Room, tiny: Plan) -> None:
    """Once there is a session it stands last; a program that cannot show it does not offer it."""
    assert (await first_and_last(desk))[0] == "tour:"
    assert "tour:" not in await first_and_last(desk, offers_tour=False)
    room.begin(tiny).leave()
    first, last = await first_and_last(replace(desk, store=room.store))
    assert first != "tour:"
    assert last == "tour:"


async def test_choosing_it_ends_the_program_for_it(desk: Desk) -> None:
    """Enter on a first run leaves the terminal to the tour, with nothing opened."""
    app = DialogueApp(desk, offers_tour=True)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("enter")
        await pilot.pause()
    assert app.tour_asked
    assert app.return_code == 0
    assert not desk.store.headers()


def test_home_is_there_again_after_the_tour(
    places: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The tour is shown as often as it is asked for, and then the program ends as it would."""
    shown: list[str] = []

    def show(app: DialogueApp, _signs: str) -> int:
        shown.append("home")
        app.tour_asked = len(shown) < 4
        return 0

    def tell(what: str, code: int) -> int:
        shown.append(what)
        return code

    monkeypatch.setattr(run, "show", show)
    assert run.start(run.StartRequest(places, Config()), lambda: tell("tour", 0)) == 0
    assert shown == ["home", "tour", "home", "tour", "home"]
    shown.clear()
    assert run.start(run.StartRequest(places, Config()), lambda: tell("tour", 143)) == 143
    assert shown == ["home", "tour"], "a signal that ends the tour ends the program"


def test_a_caption_names_the_key_that_does_it() -> None:
    """What is said beside the tour begins with a key that is there, also one that was changed."""
    keys = {one.id: one.shown_key for one in remapped({"pause": "f5"})}
    assert {command for command, _words in (*CAPTIONS.values(), *KEPT.values())} <= keys.keys()
    assert caption(Paused(at=3), keys).startswith("f5: a pause.")
    assert caption(FactKept(at=3, kind="note", fact="0" * 32), keys).startswith("t: a theme")
    assert caption(HeadsChanged(at=3, heads=9), keys) == ""


def test_captions_are_about_what_can_happen() -> None:
    """Each belongs to an event or a kind of fact, and every kind of fact has one."""
    union = get_args(AnyEvent)[0]
    types = {get_args(one.model_fields["type"].annotation)[0] for one in get_args(union)}
    assert set(CAPTIONS) <= types
    assert set(KEPT) == set(get_args(FactKind))


async def test_a_rehearsal_that_is_watched_ends_where_it_began(
    desk: Desk, wanted: Wanted, places: Places
) -> None:
    """Leaving it ends the program: on its clock no real session can be begun."""
    clock = SpedTime(system_clock(), 40.0, morning())
    app = RehearsalApp(
        Desk(desk.library, desk.store, clock.clock, desk.config, places), wanted, clock
    )
    async with app.run_test(size=(100, 30)) as pilot:
        for _ in range(100):
            await pilot.pause(0.05)
            if app.session is not None and app.screen.query("StatusLine"):
                break
        assert app.session is not None
        await pilot.pause(1.2)
        assert not app.wall.sees
        await pilot.press("ctrl+q")
        for _ in range(100):
            await pilot.pause(0.05)
            if app.return_code is not None:
                break
    assert app.return_code == 0
    assert wanted.library.plan(TOUR_PLAN).minutes == 60
