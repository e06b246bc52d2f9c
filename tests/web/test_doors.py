"""Phones, the kiosk and cards on paper: three doors, and no record that tells them apart."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

import pytest

from dialogue.hosting import Hosting
from dialogue.paths import Places
from dialogue.rehearse.rehearsal import door_for
from sessions import decide
from sessions.decide_sheet import GRACE_SECONDS
from sessions.document import to_json
from sessions.paper_cards import PaperCard
from tests.plugin_sessions import (
    NOON,
    FakeClock,
    Room,
    plan_of,
    setting_of,
    step_of,
    without_chance,
)
from tests.web.stage import SMALL
from tests.web.test_answer_session import FIRST, HEADS, SECOND, Phone
from tests.web.test_kiosk import kiosk_at

if TYPE_CHECKING:
    from pathlib import Path

    from agreements.plan import Plan

pytestmark = pytest.mark.asyncio(loop_scope="session")

Door = Callable[[Hosting], Awaitable[None]]

SHEETS = (FIRST, SECOND[:1])
"""Words, compass, choice and scale; then and now."""
AT_KIOSK = 2
KEYS = {"level": 3, "choice": 2, "value": 3, "then": 2, "now": 4}
"""What is marked on everybody's card."""


@pytest.fixture
def plan() -> Plan:
    """Return a plan with two sheets."""
    steps = (step_of(f"sheet-{number}", 5, asks=asks) for number, asks in enumerate(SHEETS))
    return plan_of(*steps, minutes=10)


async def by_phones(host: Hosting, phones: int = HEADS) -> None:
    """Everybody answers on a phone, or so many do."""
    fields = {
        "heard": {"text": "The same words", "level": "quote"},
        "compass-now": {"point-feeling": "1", "point-acting": "1"},
        "again": {"choice": "no"},
        "useful": {"value": "3"},
        "ready": {"then": "2", "now": "4"},
    }
    asked = {ask.id: fields[ask.id] for ask in host.sheets.asks}
    for number in range(phones):
        phone = Phone(host.url, number)
        await phone.join()
        await phone.answer(asked)
        await phone.close()


async def by_kiosk(host: Hosting) -> None:
    """Two answer at the kiosk, one after the other, and all others on their phones."""
    await by_phones(host, HEADS - AT_KIOSK)
    async with kiosk_at(host.url, size=SMALL) as kiosk:
        for _ in range(AT_KIOSK):
            await kiosk.begin()
            if host.sheets.asks[0].kind == "words":
                await kiosk.write("The same words")
                await kiosk.choose("May be quoted outside this room")
                await kiosk.push("Done")
                await kiosk.push("Next question")
                await kiosk.choose("Feeling", "Acting")
                await kiosk.push("Done")
                await kiosk.push("Next question")
                await kiosk.choose("Not now")
                await kiosk.push("Done")
                await kiosk.push("Next question")
                await kiosk.go_to("1")
                await kiosk.press("3")
            else:
                await kiosk.go_to("1")
                await kiosk.press("2")
                await kiosk.push("Next")
                await kiosk.go_to("1")
                await kiosk.press("4")
            await kiosk.push("Done")
            await kiosk.beat()
            await kiosk.press("ctrl+q")
            await kiosk.until_wiped()


async def by_cards(host: Hosting) -> None:
    """Everybody writes on a card, and somebody enters them."""
    desk = host.sheets
    for _ in range(HEADS):
        card = PaperCard(desk.asks, desk.session.protocol.compass)
        while card.part is not None:
            match card.part.name:
                case "text":
                    card.write("The same words")
                    card.go_on()
                case "places":
                    assert card.press(1)
                    assert card.press(4)
                    card.go_on()
                case name:
                    assert card.press(
                        {"level": 3, "choice": 2, "value": 3, "then": 2, "now": 4}[name]
                    )
        for put in desk.put_card(desk.card_tokens(), card.answers()):
            assert put.result(10) == "kept"


# promise 2
async def test_no_record_tells_its_door(
    room: Room, plan: Plan, fake_clock: FakeClock, tmp_path: Path
) -> None:
    """The same answers by phones, at the kiosk and on cards leave the same record, but for chance.

    It is the same while the session is open and after its close, to the last key.
    """
    found = {}
    for door in (by_phones, by_kiosk, by_cards):
        fake_clock.wall = NOON
        found[door.__name__] = await record_by(door, room, plan, tmp_path)
    assert found["by_kiosk"] == found["by_phones"]
    assert found["by_cards"] == found["by_phones"]
    answers = found["by_cards"][1]["answers"]
    assert sorted(len(one["items"]) for one in answers) == [HEADS] * 5


async def record_by(door: Door, room: Room, plan: Plan, folder: Path) -> list[dict[str, Any]]:
    """Hold a session in which everybody comes by a door, and return its records without chance."""
    session = room.begin(plan, heads=HEADS, setting=setting_of(HEADS))
    places = Places(data=folder / "data", config=folder / "config")
    host = Hosting(session, places, door_for=door_for(HEADS))
    await host.start()
    for _ in SHEETS:
        session.do(decide.next_step)
        for number in range(HEADS):
            host.sheets.seats.is_here(f"{number:032x}")
        host.sheets.open()
        await door(host)
        room.clock.tick(60)
        host.sheets.close()
        room.clock.tick(GRACE_SECONDS)
        assert host.sheets.finish() is not None
    open_one = without_chance(to_json(session.record))
    session.do(decide.begin_closing)
    closed = without_chance(to_json(session.close()))
    await host.stop()
    return [open_one, closed]
