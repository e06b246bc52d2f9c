"""Turns and air time under the facilitator's keys: one key each, u takes it back, nothing stays."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from dialogue.config import Config
from dialogue.tui.turn_keys import (
    ALL_TABLES,
    NO_TURN,
    ONE_TABLE,
    TABLES_KEEP_TIME,
    VOICES_WAIT,
)
from sessions import decide
from sessions.air import AirTime
from sessions.turn_desk import MOST_WAITING

if TYPE_CHECKING:
    from dialogue.desk import Desk
    from tests.tui.conftest import Open, Stage

FEW = 12
ODD = 13
HALF = 180
"""In the lunch hour's pairs the half-time is called here, and stands until the second speaks."""
ROUND = "one-word"


async def begin(stage: Stage, step: str) -> None:
    """Let a step begin, without a walk through those before it."""
    stage.session.do(decide.start_step, step=step)
    await stage.pass_time(0)


def tables(stage: Stage) -> list[tuple[int, int | None, int]]:
    """Return the size of each kind of table, whose turn it is there, and what is left of it."""
    view = stage.session.turns.view()
    assert view is not None
    return [(one.size, one.speaker, one.seconds_left) for one in view.tables]


async def test_one_key_ends_a_turn_and_another_hears_one_voice_more(live: Open) -> None:
    """In a round comma passes the turn on and semicolon grants a voice; u takes each back."""
    async with live(heads=FEW) as stage:
        await stage.press("comma")
        assert stage.said == NO_TURN
        await begin(stage, ROUND)
        before = tables(stage)
        assert before == [(FEW, 1, 15)]
        await stage.pass_time(5)
        await stage.press("comma")
        assert tables(stage) == [(FEW, 2, 15)]
        await stage.press("1", "comma", "n", "u")
        assert tables(stage) == [(FEW, 3, 15)]
        events = stage.session.events
        await stage.press("u")
        assert stage.said == "Taken back: the end of that turn."
        assert tables(stage) == [(FEW, 2, 15)]
        assert stage.session.events == events
        await stage.press("u", "u")
        assert tables(stage) == [(FEW, 1, 10)]
        await stage.pass_time(190)
        await stage.press("semicolon")
        await stage.pass_time(8)
        assert "one voice more" in stage.words_in("TurnPanel")
        await stage.press(*["semicolon"] * (MOST_WAITING + 1))
        assert stage.said == VOICES_WAIT
        await stage.press(*["u"] * (MOST_WAITING + 1))
        assert "one voice more" not in stage.words_in("#centre")
        assert "over 3:00" in stage.words


async def test_people_come_and_go_in_mid_round(live: Open) -> None:
    """Whoever speaks keeps her time, down to a table of one, and u brings everybody back."""
    async with live(heads=FEW) as stage:
        await begin(stage, ROUND)
        await stage.pass_time(38)
        before = tables(stage)
        assert before == [(FEW, 3, 7)]
        await stage.press("]", "]")
        assert tables(stage) == [(FEW + 2, 3, 7)]
        assert "of 14" in stage.words_in("TurnPanel")
        await stage.press(*["["] * (FEW + 1))
        assert tables(stage) == [(1, 3, 7)]
        await stage.press(*["u"] * (FEW + 3))
        assert tables(stage) == before


async def test_a_key_is_for_all_tables_or_for_one_that_was_chosen(live: Open) -> None:
    """Comma ends the turn everywhere; after tab it ends at one table, whose row is marked."""
    async with live(heads=ODD, size=(100, 40)) as stage:
        await stage.press("tab")
        assert stage.said == ONE_TABLE
        await begin(stage, "pairs")
        await stage.pass_time(60)
        assert [(size, speaker) for size, speaker, _left in tables(stage)] == [(3, 1), (2, 1)]
        await stage.press("semicolon")
        assert stage.said == TABLES_KEEP_TIME
        await stage.press("tab", "tab")
        assert stage.said == "Table 2 of 6 is chosen: a turn ends there alone."
        assert "▸ table 2, of 2" in stage.words_in("TurnPanel")
        await stage.press("comma")
        assert [one[1] for one in tables(stage)] == [1, 2, 1]
        await stage.press("u", *["tab"] * 5)
        assert stage.said == ALL_TABLES
        await stage.press("comma")
        assert [one[1] for one in tables(stage)] == [2, 2]
        await stage.press("tab", "n")
        assert stage.session.turns.table is None


async def test_air_time_is_two_counters_and_no_name(live: Open) -> None:
    """The arrows count, the line asks for a new voice in time, and nothing of it is kept."""
    async with live(heads=FEW) as stage:
        await begin(stage, "agreements")
        await stage.until_kept()
        record = stage.session.folder.read()
        await stage.press("left", "left", "right")
        assert "heard: 2 new · 1 again · 10 not yet heard" in stage.words_in("TurnPanel")
        await stage.press("right")
        assert "heard: 2 new · 2 again · ASK FOR A NEW VOICE" in stage.words_in("TurnPanel")
        await stage.press("u")
        assert stage.said == "Taken back: a voice heard again."
        assert stage.session.turns.air == AirTime(2, 1)
        assert stage.session.folder.read() == record
        await stage.press("P", "left")
        assert "heard" not in stage.text


async def test_a_change_stands_on_the_wall_as_words(live: Open) -> None:
    """The room reads that it is half-time, in large letters or plain, and no time that is left."""
    async with live(wall=True) as stage:
        await begin(stage, "pairs")
        await stage.pass_time(HALF)
        assert "left to speak" not in stage.text
        half = stage.words_in("RoomCard")
        assert "◐" in half
        assert "┃" in half
        await stage.press("v")
        assert "◐" in stage.words
        await stage.pass_time(30)
        await stage.until(lambda: "◐" not in stage.text)


@pytest.mark.parametrize(("sound", "rung"), [("silent", []), ("soft", [180, 360])])
async def test_a_cue_is_heard_only_where_that_was_chosen(
    live: Open, desk: Desk, sound: str, rung: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is silent as it comes; else the bell rings once as a cue begins, and not for overtime."""
    rings: list[int] = []
    config = Config.model_validate({"sound": sound})
    async with live(at=replace(desk, config=config)) as stage:
        monkeypatch.setattr(stage.app, "bell", lambda: rings.append(stage.session.now()))
        await begin(stage, "pairs")
        for seconds in (HALF - 1, 1, 1, 30, 149, 60):
            await stage.pass_time(seconds)
        assert rings == rung
