"""What helps in seconds: a move found by a few letters, and the pause for harm."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dialogue.tui.dialogs.harm import HarmDialog
from dialogue.tui.dialogs.moves import MovesDialog
from dialogue.tui.moves import HARM_MOVES, found
from dialogue.tui.screens.live import LiveScreen
from tests.tui.test_wall import PAUSING, hosted

if TYPE_CHECKING:
    from agreements.library import Library
    from dialogue.desk import Desk
    from tests.plugin_sessions import FakeClock
    from tests.tui.conftest import Open


@pytest.mark.parametrize("typed", ["silence", "one voice", "tears", "reverse", "only one", "ouch"])
def test_a_situation_is_found_by_a_few_letters(library: Library, typed: str) -> None:
    """What a facilitator would type first leads to a handful of moves at most."""
    moves = tuple(library.moves.values())
    fitting = found(moves, typed)
    assert 1 <= len(fitting) <= 6
    shorter = found(moves, typed[:-1])
    assert set(fitting) <= set(shorter)


def test_what_is_likely_in_a_step_comes_first(library: Library) -> None:
    """Without a letter every move is there, those for the step's known trouble before the rest."""
    moves = tuple(library.moves.values())
    likely = [one.id for one in moves[20:23]]
    assert [one.id for one in found(moves, "", likely)][:3] == likely
    assert len(found(moves, "")) == len(moves)
    assert found(moves, "no such letters") == []


async def test_a_move_is_read_in_two_lines(live: Open) -> None:
    """M and a few letters show what to say and what to do; arrows choose; nothing is kept."""
    async with live() as stage:
        await stage.press("n")
        events = stage.session.events
        await stage.press("m")
        assert isinstance(stage.app.screen, MovesDialog)
        await stage.type("tears")
        moves = found(stage.app.desk.library.moves.values(), "tears")
        assert moves[0].say in stage.words_in("#say")
        await stage.press("down")
        assert moves[min(1, len(moves) - 1)].then.split(".")[0] in stage.words_in("#then")
        await stage.type("zz")
        assert "Nothing fits these letters." in stage.words
        await stage.press("escape")
        assert isinstance(stage.app.screen, LiveScreen)
        assert stage.session.events == events


async def test_every_move_is_read_whole_at_80x24(live: Open) -> None:
    """Neither line of any shipped move is cut on the small screen."""
    async with live() as stage:
        await stage.press("n", "m")
        dialog = stage.app.screen
        for one in stage.app.desk.library.moves.values():
            dialog.query_one("#say").update(f"“{one.say}”")
            dialog.query_one("#then").update(one.then)
            await stage.settle()
            assert stage.app.screen.query_one("#then").region.bottom < 24, one.id


async def test_one_key_pauses_for_harm_and_one_goes_on(live: Open) -> None:
    """H pauses; the steps of ouch, oops and whoa stand there; space goes on; a pause is kept."""
    async with live() as stage:
        await stage.press("n")
        await stage.press("h")
        assert isinstance(stage.app.screen, HarmDialog)
        assert stage.session.state.phase == "paused"
        assert PAUSING in stage.words
        moves = stage.app.desk.library.moves
        for one in HARM_MOVES:
            assert {*moves[one].then.split()} <= {*stage.words.split()}, "whole at 80×24"
        await stage.pass_time(120)
        await stage.press("space")
        assert isinstance(stage.app.screen, LiveScreen)
        assert stage.session.state.phase == "running"
        assert [event.type for event in stage.session.events[-2:]] == ["paused", "resumed"]
        assert stage.session.state.paused_seconds >= 120
        await stage.until_kept()
        timeline = stage.session.folder.path.read_text("utf-8").partition('"timeline"')[2]
        assert "harm" not in timeline.lower()


async def test_it_works_inside_the_note_line_and_loses_no_word(live: Open) -> None:
    """F8 pauses while words are typed; they stand in the line afterwards, and h is a letter."""
    async with live() as stage:
        await stage.press("n", "t")
        await stage.type("who is heard, h")
        assert stage.session.state.phase == "running"
        await stage.press("f8")
        assert isinstance(stage.app.screen, HarmDialog)
        assert stage.session.state.phase == "paused"
        await stage.type("lost")
        await stage.press("f8")
        assert isinstance(stage.app.screen, LiveScreen)
        assert "who is heard, h" in stage.words
        await stage.press("enter")
        await stage.until_kept()
        assert "who is heard, h" in stage.session.folder.path.read_text("utf-8")


async def test_a_session_that_was_paused_stays_paused(live: Open) -> None:
    """Harm in a pause ends in that pause."""
    async with live() as stage:
        await stage.press("n", "space", "h", "space")
        assert stage.session.state.phase == "paused"


async def test_on_the_wall_harm_looks_like_any_pause(desk: Desk, fake_clock: FakeClock) -> None:
    """Others read the calm sentence and nothing of harm, until the facilitator asks for hers."""
    async with hosted(desk, fake_clock) as stage:
        host = stage.app.host
        assert host is not None
        await stage.press("h")
        assert host.view().moment == "pausing", "also while people arrive"
        await stage.press("space")
        assert host.view().moment == "arriving"
        await stage.press("n", "h")
        paused = host.view()
        assert "ouch" not in stage.words.lower()
        assert PAUSING in stage.words
        await stage.press("i")
        assert "Someone says ouch" in stage.words
        await stage.press("i", "space", ".")
        assert host.view() == paused
