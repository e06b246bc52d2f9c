"""The form in a terminal among five phones: a real session, its real door and its ballot box."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator, Mapping
from typing import TYPE_CHECKING

import pytest
import pytest_asyncio

from agreements.plan import Ask, AskOption, Plan
from dialogue.caller.address import read_address
from dialogue.caller.caller import Caller
from dialogue.hosting import Hosting
from dialogue.paths import Places
from dialogue.rehearse.rehearsal import door_for
from dialogue.web.wire import Beat, Envelope
from sessions import decide
from sessions.decide_sheet import GRACE_SECONDS
from tests.plugin_sessions import FakeClock, Room, on_disk, plan_of, setting_of, step_of
from tests.web.stage import answering

if TYPE_CHECKING:
    from pathlib import Path

    from sessions.live import LiveSession

pytestmark = pytest.mark.asyncio(loop_scope="session")

HEADS = 6
OPTIONS = (AskOption(id="yes", label="Yes, gladly"), AskOption(id="no", label="Not now"))
FIRST = (
    Ask(id="heard", kind="words", text="What did you hear?"),
    Ask(id="compass-now", kind="compass", text="Where are you now?"),
    Ask(id="again", kind="choice", text="Again?", options=OPTIONS),
    Ask(id="useful", kind="scale", text="How useful was it?"),
)
SECOND = (
    Ask(id="ready", kind="then-now", text="How ready are you?"),
    Ask(id="card", kind="commitment", text="What will you start?"),
)


@pytest.fixture
def plan() -> Plan:
    """Return a plan with every kind of ask on two sheets."""
    return plan_of(
        step_of("writing", 5, kind="reflection", asks=FIRST),
        step_of("last-sheet", 5, kind="closing", asks=SECOND),
        minutes=10,
    )


@pytest.fixture
def session(room: Room, plan: Plan) -> LiveSession:
    """Return a session of six people in its first step."""
    begun = room.begin(plan, heads=HEADS, setting=setting_of(HEADS))
    begun.do(decide.next_step)
    return begun


@pytest_asyncio.fixture(loop_scope="session")
async def host(session: LiveSession, tmp_path: Path) -> AsyncIterator[Hosting]:
    """Return the session's room with its door open."""
    places = Places(data=tmp_path / "data", config=tmp_path / "config")
    made = Hosting(session, places, door_for=door_for(HEADS))
    await made.start()
    assert made.problem == ""
    yield made
    await made.stop()


def close(host: Hosting, clock: FakeClock) -> None:
    """Close the sheet, and open its box once the grace is over."""
    clock.tick(60)
    host.sheets.close()
    clock.tick(GRACE_SECONDS)
    assert host.sheets.finish() is not None


class Phone:
    """Somebody else in the room, with a browser: it answers every ask of a sheet at once."""

    def __init__(self, url: str, number: int) -> None:
        self.number = number
        self._caller = Caller(read_address(url))
        self._seat = ""

    async def join(self) -> None:
        """Open the page and be counted."""
        self._seat = await self._caller.open_page()
        await self._caller.beat(Beat(self._seat))

    async def answer(self, fields: Mapping[str, Mapping[str, str]]) -> None:
        """Answer asks of the open sheet, one a beat."""
        state = await self._caller.beat(Beat(self._seat))
        for ask, filled in fields.items():
            envelope = Envelope(ask, state["tokens"][ask], filled)
            told = await self._caller.beat(Beat(self._seat, state["sheet"]["id"], (envelope,)))
            assert told["receipts"][0]["outcome"] == "received"

    async def close(self) -> None:
        """Put the phone away."""
        await self._caller.close()


@pytest_asyncio.fixture(loop_scope="session")
async def phones(host: Hosting) -> AsyncIterator[list[Phone]]:
    """Return the phones of the others, whose pages are open."""
    found = [Phone(host.url, number) for number in range(1, HEADS)]
    for phone in found:
        await phone.join()
    yield found
    for phone in found:
        await phone.close()


async def test_a_sheet_is_answered_and_opened(
    session: LiveSession, host: Hosting, phones: list[Phone], fake_clock: FakeClock
) -> None:
    """What is answered by keyboard lies in the record among the others' after each close."""
    async with answering(host.url) as form:
        host.sheets.open()
        await form.beat()
        await form.go_to("TextArea")
        await form.type("Voice 0")
        await form.choose("May be quoted outside this room")
        await form.push("Done")
        await form.push("Next question")
        await form.choose("Feeling", "Acting")
        await form.push("Done")
        await form.push("Next question")
        await form.choose("Not now")
        await form.push("Done")
        await form.push("Next question")
        await form.go_to("1")
        await form.press("3")
        await form.push("Done")
        await form.beat()
        assert "That was all. Thank you." in form.words
        for phone in phones:
            await phone.answer(
                {
                    "heard": {"text": f"Voice {phone.number}"},
                    "compass-now": {"point-thinking": "1"},
                    "again": {"choice": "yes"},
                    "useful": {"value": "5"},
                }
            )
        close(host, fake_clock)
        session.do(decide.next_step)
        await form.beat()
        for phone in phones:
            await phone.answer({})
        host.sheets.open()
        await form.beat()
        await form.go_to("1")
        await form.press("2")
        await form.push("Next")
        await form.go_to("1")
        await form.press("4")
        await form.push("Done")
        await form.push("Next question")
        await form.choose("I have made my card")
        await form.push("Done")
        await form.beat()
        for phone in phones:
            await phone.answer({"ready": {"then": "1", "now": "5"}, "card": {"made": "1"}})
        close(host, fake_clock)
    found = {one.ask: one.items for one in on_disk(session).answers}
    words = {(item.text, item.level) for item in found["heard"]}
    assert words == {("Voice 0", "quote")} | {
        (f"Voice {number}", "facilitator") for number in range(1, HEADS)
    }
    places = Counter(item.points for item in found["compass-now"])
    assert places == {("feeling", "acting"): 1, ("thinking",): 5}
    assert Counter(item.choice for item in found["again"]) == {"no": 1, "yes": 5}
    assert Counter(item.value for item in found["useful"]) == {3: 1, 5: 5}
    assert Counter((item.then, item.now) for item in found["ready"]) == {(2, 4): 1, (1, 5): 5}
    assert len(found["card"]) == HEADS


async def test_words_withdraw_a_real_answer(
    session: LiveSession, host: Hosting, phones: list[Phone], fake_clock: FakeClock
) -> None:  # promise 15
    """Four words, given on request, delete that one answer from the open box."""
    async with answering(host.url) as form:
        host.sheets.open()
        await form.beat()
        await form.go_to("TextArea")
        await form.type("Voice 0")
        await form.choose("Give me four words")
        await form.push("Done")
        await form.beat()
        for phone in phones:
            await phone.answer({"heard": {"text": f"Voice {phone.number}"}})
        assert kept_count(host) == HEADS
        await form.push("Delete this answer")
        await form.beat()
        await form.until(lambda: kept_count(host) == HEADS - 1)
        close(host, fake_clock)
    texts = sorted(item.text for one in on_disk(session).answers for item in one.items)
    assert texts == [f"Voice {number}" for number in range(1, HEADS)]


def kept_count(host: Hosting) -> int:
    """Return how many answers the box holds that nobody has withdrawn."""
    voices = host.sheets.voices
    assert voices is not None
    return sum(not one.withdrawn for one in voices._kept.values())


async def test_too_late_for_a_real_session(
    session: LiveSession, host: Hosting, phones: list[Phone], fake_clock: FakeClock
) -> None:
    """Done before the box is opened and sent after it: not kept, and the words are still there."""
    async with answering(host.url) as form:
        host.sheets.open()
        await form.beat()
        await form.go_to("TextArea")
        await form.type("Voice 0")
        await form.push("Done")
        for phone in phones:
            await phone.answer({"heard": {"text": f"Voice {phone.number}"}})
        close(host, fake_clock)
        await form.beat()
        assert "The questions had closed, so this was not kept." in form.words
        assert "Voice 0" in form.words
    texts = sorted(item.text for one in on_disk(session).answers for item in one.items)
    assert texts == [f"Voice {number}" for number in range(1, HEADS)]
