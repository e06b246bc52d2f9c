"""Six people with the form in a terminal, a real session, its real door and its ballot box."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from typing import TYPE_CHECKING

import pytest
import pytest_asyncio

from agreements.plan import Ask, AskOption, Plan
from dialogue.hosting import Hosting
from dialogue.paths import Places
from dialogue.rehearse.rehearsal import door_for
from sessions import decide
from sessions.decide_sheet import GRACE_SECONDS
from tests.plugin_sessions import FakeClock, Room, on_disk, plan_of, setting_of, step_of
from tests.web.stage import Form, answering

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


async def fill_first(form: Form, number: int) -> None:
    """Answer the first sheet as one of the six does."""
    await form.go_to("TextArea")
    await form.type(f"Voice {number} was heard")
    if number % 2:
        await form.choose("May be quoted outside this room")
    await form.push("Done")
    await form.push("Next question")
    await form.choose("Feeling", "Acting")
    await form.push("Done")
    await form.push("Next question")
    await form.choose("Not now" if number % 3 else "Yes, gladly")
    await form.push("Done")
    await form.push("Next question")
    await form.go_to("1")
    await form.press(str(1 + number % 5))
    await form.push("Done")


async def fill_second(form: Form, number: int) -> None:
    """Answer the second sheet."""
    await form.go_to("1")
    await form.press("2")
    await form.push("Next")
    await form.go_to("1")
    await form.press(str(3 + number % 3))
    await form.push("Done")
    await form.push("Next question")
    await form.choose("I have made my card")
    await form.push("Done")


async def test_a_sheet_is_answered_and_opened(
    session: LiveSession, host: Hosting, fake_clock: FakeClock
) -> None:
    """What six people answer by keyboard is in the record after the close, as a multiset."""
    async with AsyncExitStack() as stack:
        forms = [await stack.enter_async_context(answering(host.url)) for _ in range(HEADS)]
        host.sheets.open()
        for number, form in enumerate(forms):
            await form.beat()
            await fill_first(form, number)
            await form.beat()
            await form.beat()
            assert "That was all. Thank you." in form.words
        close(host, fake_clock)
        session.do(decide.next_step)
        for form in forms:
            await form.beat()
        host.sheets.open()
        for number, form in enumerate(forms):
            await form.beat()
            await fill_second(form, number)
            await form.beat()
        close(host, fake_clock)
    found = {one.ask: one.items for one in on_disk(session).answers}
    assert Counter((item.text, item.level) for item in found["heard"]) == Counter(
        (f"Voice {number} was heard", "quote" if number % 2 else "facilitator")
        for number in range(HEADS)
    )
    assert [item.points for item in found["compass-now"]] == [("feeling", "acting")] * HEADS
    assert Counter(item.choice for item in found["again"]) == Counter({"no": 4, "yes": 2})
    scale = Counter(1 + number % 5 for number in range(HEADS))
    assert Counter(item.value for item in found["useful"]) == scale
    ready = Counter((2, 3 + number % 3) for number in range(HEADS))
    assert Counter((item.then, item.now) for item in found["ready"]) == ready
    assert len(found["card"]) == HEADS


async def test_words_withdraw_a_real_answer(
    session: LiveSession, host: Hosting, fake_clock: FakeClock
) -> None:  # promise 15
    """Four words, given on request and typed in, delete one answer from the open box."""
    async with AsyncExitStack() as stack:
        forms = [await stack.enter_async_context(answering(host.url)) for _ in range(HEADS)]
        host.sheets.open()
        for number, form in enumerate(forms):
            await form.beat()
            await form.go_to("TextArea")
            await form.type(f"Voice {number}")
            await form.choose("Give me four words")
            await form.push("Done")
            await form.beat()
        await forms[0].push("Delete this answer")
        await forms[0].beat()
        await forms[0].until(lambda: _kept_count(host) == HEADS - 1)
        close(host, fake_clock)
    texts = sorted(item.text for one in on_disk(session).answers for item in one.items)
    assert texts == [f"Voice {number}" for number in range(1, HEADS)]


def _kept_count(host: Hosting) -> int:
    voices = host.sheets.voices
    assert voices is not None
    return sum(not one.withdrawn for one in voices._kept.values())


async def test_too_late_for_a_real_session(
    session: LiveSession, host: Hosting, fake_clock: FakeClock
) -> None:
    """Done before the box is opened and sent after it: not kept, and the words are still there."""
    async with AsyncExitStack() as stack:
        forms = [await stack.enter_async_context(answering(host.url)) for _ in range(HEADS)]
        host.sheets.open()
        for number, form in enumerate(forms):
            await form.beat()
            await form.go_to("TextArea")
            await form.type(f"Voice {number}")
            await form.push("Done")
        for form in forms[1:]:
            await form.beat()
        close(host, fake_clock)
        await forms[0].beat()
        late = forms[0].words
    assert "The questions had closed, so this was not kept." in late
    assert "Voice 0" in late
    texts = sorted(item.text for one in on_disk(session).answers for item in one.items)
    assert texts == [f"Voice {number}" for number in range(1, HEADS)]
