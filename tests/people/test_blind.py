"""Somebody who hears the page takes part: by the accessibility tree and the keyboard alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from agreements.plan import Ask
from dialogue.web.strings import strings_in
from tests.people.ears import Ears
from tests.plugin_sessions import plan_of, step_of
from tests.web.real_room import kept_words

if TYPE_CHECKING:
    from agreements.plan import Plan
    from tests.web.conftest import OpenPhone, Phone
    from tests.web.real_room import RealRoom

pytestmark = [pytest.mark.asyncio(loop_scope="session"), pytest.mark.browser]

T = strings_in("en")
FIRST = (
    Ask(id="heard", kind="words", text="What did you hear?"),
    Ask(id="compass-now", kind="compass", text="Where are you now?"),
    Ask(id="useful", kind="scale", text="How useful was it?", low="not useful", high="very"),
)
SECOND = (
    Ask(id="ready", kind="then-now", text="How ready are you?", low="not ready", high="very"),
    Ask(id="card", kind="commitment", text="What will you start?"),
)
MINE = "I heard how long a silence can be."


@pytest.fixture
def plan() -> Plan:
    """Return an hour with every kind of answer but a choice, on two sheets."""
    return plan_of(
        step_of("arrive", 1, kind="arrival"),
        step_of("writing", 20, kind="reflection", asks=FIRST),
        step_of("last-sheet", 20, kind="closing", asks=SECOND),
    )


async def listen(held: RealRoom, phone: OpenPhone) -> tuple[Phone, Ears]:
    """Type the address, and hear that it is the right place."""
    taken = await phone()
    async with taken.page.expect_response("**/beat"):
        await taken.page.goto(held.url)
    ears = await Ears.on(taken.page)
    roles = [one.role for one in await ears.everything()]
    assert roles.count("main") == roles.count("banner") == 1
    assert T["moments"]["arriving"] in await ears.headings()
    return taken, ears


async def write(ears: Ears) -> None:
    """Send nothing first and be told so where it belongs; then write, for all to hear, and send."""
    field = await ears.go_to("textbox", FIRST[0].text)
    assert T["ask"]["limit"] in field.description
    await ears.push(T["ask"]["done"])
    await ears.hears(T["says"]["empty_words"])
    field = await ears.focused()
    assert (field.role, field.name) == ("textbox", FIRST[0].text)
    assert T["says"]["empty_words"] in field.description
    assert field.states["invalid"] == "true"
    await ears.page.keyboard.type(MINE)
    assert (await ears.focused()).states["invalid"] == "false"
    level = await ears.go_to("radio", T["levels"]["facilitator"])
    assert level.states["checked"] == "true"
    await ears.press("ArrowDown", "ArrowDown")
    assert (await ears.focused()).name == T["levels"]["quote"]
    await ears.go_to("checkbox", T["ask"]["withdrawable"])
    await ears.press("Space")
    await ears.push(T["ask"]["done"])


async def choose(ears: Ears) -> None:
    """Choose on the compass, and a number on the scale."""
    await ears.go_to("checkbox", "Feeling")
    await ears.press("Space")
    await ears.push(T["ask"]["done"])
    await ears.go_to("radio", "1")
    await ears.press("ArrowRight", "ArrowRight", "ArrowRight")
    assert (await ears.focused()).name == "4"
    await ears.push(T["ask"]["done"])


async def take_back(taken: Phone, ears: Ears) -> None:
    """Hear the four words, and delete the answer with them."""
    told = [one.name for one in await ears.everything() if one.role == "StaticText"]
    words = told[told.index(T["receipt"]["words"]) + 1]
    assert len(words.split()) == 4
    await ears.push(T["withdraw"]["title"], role="DisclosureTriangle")
    await ears.go_to("textbox", T["withdraw"]["words"])
    await ears.page.keyboard.type(words)
    await ears.press("Enter")
    await taken.beat()
    await ears.hears("These words were sent.")


async def look_ahead(ears: Ears) -> None:
    """Say then and now, each by itself, and make a card that stays on the phone."""
    await ears.go_to("radio", "1")
    await ears.press("ArrowRight")
    await ears.push(T["ask"]["next"])
    now = await ears.focused()
    assert (now.role, now.name) == ("radio", "1")
    await ears.press("Space", *["ArrowRight"] * 4)
    await ears.push(T["ask"]["done"])
    await ears.push(T["ask"]["done"])
    await ears.hears(T["says"]["empty_commitment"])
    await ears.go_to("textbox", T["ask"]["card_what"])
    await ears.page.keyboard.type("Wait for the second answer")
    async with ears.page.expect_download() as saved:
        await ears.push(T["ask"]["card_note"])
    assert (await saved.value).suggested_filename == "card.txt"
    made = await ears.go_to("checkbox", T["ask"]["card_made"])
    assert made.states["checked"] == "true"
    await ears.push(T["ask"]["done"])


@pytest.mark.timeout(60)
async def test_somebody_who_hears_the_page_takes_part(held: RealRoom, phone: OpenPhone) -> None:
    """She joins, hears each sheet open, answers every kind, mends an error, and withdraws."""
    taken, ears = await listen(held, phone)
    await held.go_to("writing")
    await taken.beat()
    await ears.hears("Now: Writing.")
    held.host.sheets.open()
    await taken.beat()
    await ears.hears(T["says"]["opened"])
    assert [ask.text for ask in FIRST] == [one for one in await ears.headings() if "?" in one][:3]
    await ears.reads(T["before"]["who_words"])
    await write(ears)
    await choose(ears)
    await taken.beat()
    await taken.beat()
    await ears.hears(T["says"]["received"])
    for kept in (MINE, "Feeling", "4", T["kept"]["quote"]):
        await ears.reads(kept)
    await take_back(taken, ears)
    await held.all_answer(1)
    held.host.sheets.close()
    await taken.beat()
    await ears.hears(T["says"]["closing"])
    held.finish()
    await taken.beat()
    await ears.hears(T["says"]["closed"])
    assert len(kept_words(held, "heard")) == 6
    assert MINE not in kept_words(held, "heard")
    assert [len(held.session.tally(one).items) for one in ("compass-now", "useful")] == [7, 7]
    await held.go_to("last-sheet")
    held.host.sheets.open()
    await taken.beat()
    await look_ahead(ears)
    await taken.beat()
    await ears.reads(T["kept"]["commitment"])
    await held.all_answer(2)
    held.host.sheets.close()
    held.finish()
    assert [len(held.session.tally(one).items) for one in ("ready", "card")] == [7, 7]
    assert taken.troubles == []
