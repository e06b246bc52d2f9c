"""The lunch & learn on paper alone: no phone, no network, its hour kept, cards entered after."""

from __future__ import annotations

import json
import socket
from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest
from jsonschema import Draft202012Validator

from dialogue.tui.dialogs.cards import CardsDialog
from dialogue.tui.screens.close import CloseScreen
from dialogue.tui.screens.summary import SummaryScreen
from sessions import order
from sessions.document import schema
from tests.tui.test_paper import close_sheet, host_of
from tests.tui.test_wall import hosted

if TYPE_CHECKING:
    from dialogue.desk import Desk
    from tests.plugin_sessions import FakeClock
    from tests.tui.conftest import Stage

HOUR = 3600
SECONDS_A_CARD = 10
"""To take a card up, read its marks and press them; words take as long as they take."""

CLOSING_CARD = ("4", "5", "2", "2", "4", "enter")
"""Useful, safe enough, two more hours, ready then and now; into the box."""


@pytest.fixture
def without_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every try to reach or to offer anything over a network fail."""

    def refuse(*_anything: object) -> None:
        raise AssertionError("there is no network")

    for name in ("bind", "connect", "connect_ex", "listen", "sendto"):
        monkeypatch.setattr(socket.socket, name, refuse)


async def run_the_hour(stage: Stage) -> None:
    """Lead through all steps, each for the time it was given; cards are written, none is typed."""
    await stage.press("P", "x", *"1123", "enter")
    plan, state = stage.session.plan, stage.session.state
    steps = [one for one in order.run_order(plan, state) if one.kind != "arrival"]
    for step in steps:
        await stage.press("n")
        assert stage.session.state.step == step.id
        if step.kind == "agreements":
            await stage.press("k")
        stage.clock.tick(stage.session.time_of(step).allotted)
        await stage.settle()


async def enter_pile(stage: Stage, heads: int, ask: str) -> None:
    """Enter everybody's card of the step that comes up, and close the sheet over them."""
    await stage.press("C", *str(heads), "enter")
    assert isinstance(stage.app.screen, CardsDialog)
    for number in range(heads):
        if ask == "useful":
            await stage.press(*CLOSING_CARD)
        else:
            await stage.press("12"[number % 2], "enter")
            await stage.paste(f"card {number}")
            await stage.press("enter", "123"[number % 3], "enter")
        stage.clock.tick(SECONDS_A_CARD)
        await stage.until(lambda done=number + 1: host_of(stage).sheets.cards_entered == done)
    await close_sheet(stage)


async def close_session(stage: Stage) -> dict[str, Any]:
    """Close for good, and return the record, which follows its schema."""
    await stage.press("n")
    await stage.until(lambda: isinstance(stage.app.screen, CloseScreen))
    await stage.press("c", "y")
    await stage.until(lambda: isinstance(stage.app.screen, SummaryScreen))
    (path,) = stage.data.glob("sessions/*/session.json")
    assert [one.name for one in path.parent.iterdir()] == ["session.json"]
    record: dict[str, Any] = json.loads(path.read_bytes())
    Draft202012Validator(schema()).validate(record)
    return record


@pytest.mark.timeout(400)
@pytest.mark.usefixtures("without_network")
@pytest.mark.parametrize("heads", [24, 40])
async def test_the_lunch_on_paper_fits_its_hour(
    desk: Desk, fake_clock: FakeClock, heads: int
) -> None:
    """All steps run their full time and end before the hour; everybody's cards are in the record.

    No step waits for a card to be typed: that is done in Review, when the room has gone.
    """
    async with hosted(desk, fake_clock, heads=heads) as stage:
        assert host_of(stage).url == ""
        await run_the_hour(stage)
        stop = stage.session.state.stop_at
        assert stop is not None
        assert stage.session.now() <= stop
        await stage.review()
        await enter_pile(stage, heads, "useful")
        await enter_pile(stage, heads, "reflection")
        record = await close_session(stage)
    check_the_record(record, heads)


def check_the_record(record: dict[str, Any], heads: int) -> None:
    """Look for an hour kept, with every step whole, and for every card."""
    outcomes = Counter(step["outcome"] for step in record["steps"])
    assert outcomes.keys() == {"done"}
    assert sum(step["actual_seconds"] for step in record["steps"]) <= HOUR
    assert record["elapsed"]["closing_seconds"] >= 2 * heads * SECONDS_A_CARD
    answers = {one["ask"]: one for one in record["answers"]}
    assert {one["seats"] for one in answers.values()} == {heads}
    assert Counter((one["then"], one["now"]) for one in answers["ready-to-talk"]["items"]) == {
        (2, 4): heads
    }
    assert Counter(one["choice"] for one in answers["go-deeper"]["items"]) == {"two-hours": heads}
    assert len(answers["compass-now"]["items"]) == heads
    # What was for the facilitator alone leaves at the close; a third of the cards was.
    levels = Counter(one["level"] for one in answers["reflection"]["items"])
    assert levels == {"aloud": heads // 3 + (heads % 3 > 1), "quote": heads // 3}
