"""A browser walks through the whole shipped hour, on the phone and on the wall, script on and off.

Behind the door stands a real session, with its box, its keys and its record; six others are there.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import TYPE_CHECKING

import pytest
import pytest_asyncio

from dialogue.hosting import Hosting
from dialogue.paths import Places
from sessions import decide
from sessions.document import ClosedRecord
from sessions.store import read_record
from tests.plugin_sessions import setting_of
from tests.web.conftest import press
from tests.web.real_room import RealRoom, house_of, web_door

if TYPE_CHECKING:
    from pathlib import Path

    from agreements.plan import Ask, Plan, Step
    from tests.plugin_sessions import FakeClock, Room
    from tests.web.conftest import House, OpenPhone, Phone

pytestmark = [pytest.mark.asyncio(loop_scope="session"), pytest.mark.browser]

OTHERS = 6
WELCOME = "Welcome. You are in the right place."
MINE = "I reach for money first. It spares me the rest.\nThat is new to me."


@pytest_asyncio.fixture(loop_scope="session")
async def hour(
    room: Room, lunch: Plan, fake_clock: FakeClock, tmp_path: Path
) -> AsyncIterator[RealRoom]:
    """Return a session of the shipped hour at its door, with six others present."""
    setting = setting_of(OTHERS + 1, reporting_contact="the equity office, extension 100")
    session = room.begin(lunch, setting=setting, title="Lunch and learn")
    places = Places(data=tmp_path / "data", config=tmp_path / "config")
    host = Hosting(session, places, door_for=web_door)
    await host.start()
    hour = RealRoom(session, host, fake_clock)
    await hour.come(OTHERS)
    yield hour
    hour.leave()
    await host.stop()


@pytest.fixture
def house(hour: RealRoom) -> House:
    """Return the real one."""
    return house_of(hour.host)


async def look(taken: Phone) -> None:
    """See what is going on now: by the page's own beat, or by what its reader can press."""
    if taken.script:
        await taken.beat()
    elif taken.page.url.endswith("/room"):
        await taken.page.reload()
    else:
        await taken.press("Show what is going on now")


async def fill(taken: Phone, ask: Ask) -> None:
    """Fill in one ask as somebody does who takes part, and press Done."""
    form = taken.form(ask.kind).filter(has_text=ask.text)
    match ask.kind:
        case "words":
            await form.locator("textarea").fill(MINE)
            await form.get_by_label("May be quoted outside this room").check()
        case "compass":
            await form.get_by_label("Feeling").check()
        case "choice":
            await form.locator('input[name="choice"]').first.check()
        case "scale":
            await form.get_by_role("radio", name="4").check()
        case "then-now":
            await form.locator('input[name="then"]').first.check()
            if taken.script:
                await press(form, "Next")
            await form.locator('input[name="now"]').last.check()
        case _:
            await form.get_by_label("I have made my card").check()
    await press(form, "Done")


async def take_part(hour: RealRoom, taken: Phone, step: Step, number: int) -> None:
    """Answer a step's sheet with all the others, from its opening to the opening of its box."""
    hour.host.sheets.open()
    await look(taken)
    await taken.sees("We are only five to nine people here.")
    await taken.sees("Fewer than five writers means nobody reads.")
    for ask in step.asks:
        await fill(taken, ask)
        if taken.script:
            await taken.beat()
        await taken.sees("Received. This is all that was kept:")
    await hour.all_answer(number)
    hour.host.sheets.close()
    if not taken.script:
        await taken.sees("That was all. Thank you.")
    await look(taken)
    hour.finish()
    assert hour.host.sheets.phase is None
    await look(taken)


@pytest.mark.timeout(240)
@pytest.mark.parametrize("script", [True, False])
async def test_a_browser_walks_through_the_whole_hour(
    hour: RealRoom, phone: OpenPhone, *, script: bool
) -> None:
    """Each step is seen on phone and wall, each ask answered and kept, and the record closed."""
    # promise 26, promise 27
    session = hour.session
    taken, wall = await phone(script=script), await phone(script=script)
    await taken.open()
    await wall.open("/room")
    seen: list[str] = []
    while session.state.phase != "closing":
        step = session.step
        assert step is not None
        seen.append(step.id)
        for page in (taken, wall):
            await look(page)
            await page.sees(WELCOME if step.kind == "arrival" else step.title)
        if step.asks:
            await take_part(hour, taken, step, len(seen))
            assert MINE not in await wall.text()
        session.do(decide.next_step)
        hour.clock.tick(10)
        await hour.all_call()
    for page in (taken, wall):
        await look(page)
        await page.sees("This session is over. Thank you for being here.")
    assert seen == [step.id for step in session.plan.steps if step.kind != "slack"]
    await hour.host.stop()
    session.close()
    check_record(hour)
    assert taken.troubles == wall.troubles == []


def check_record(hour: RealRoom) -> None:
    """Check that the closed record holds what was answered, all of it and once."""
    record = read_record(hour.session.folder.path)
    assert isinstance(record, ClosedRecord)
    asked = [ask for step in hour.session.plan.steps for ask in step.asks]
    kept = {one.ask: one for one in record.answers}
    assert set(kept) == {ask.id for ask in asked}
    for ask in asked:
        assert kept[ask.id].opened
        if ask.kind != "words":
            assert len(kept[ask.id].items) == OTHERS + 1, ask.id
    assert [item.text for item in kept["reflection"].items].count(MINE) == 1
