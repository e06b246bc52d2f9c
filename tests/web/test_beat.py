"""The page's own script on the network: the same calls at the same moments, whoever writes.

What an attacker makes of many rooms is tried on the phones of a rehearsal, in
`tests/attack/test_wire_leaks.py`; here the real script shows that it calls as those phones do.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import dialogue.web
from dialogue.rehearse.crowd import BEAT_SECONDS
from dialogue.web.wire import BODY_BYTES
from tests.web.conftest import press
from tests.web.memory_door import WORDS

if TYPE_CHECKING:
    from playwright.async_api import Page, Route

    from tests.web.conftest import House, OpenPhone, Phone

pytestmark = [pytest.mark.asyncio(loop_scope="session"), pytest.mark.browser]

HEAR = """
window.heard = [];
const call = window.fetch;
window.fetch = (path, options) => {
  window.heard.push([performance.now(), (options.body ?? "").length]);
  window.answered = call(path, options);
  return window.answered;
};
"""
"""Written into each page before its own script: what the network hears, by the page's clock."""

SOURCE = Path(dialogue.web.__file__).parent.joinpath("static", "app.js").read_text("utf-8")
EVERY_MS = 1000 * BEAT_SECONDS
SENDS_ON_DONE = """
addEventListener("submit", (event) => {
  if (event.submitter.textContent.trim() === "Done") setTimeout(beat);
});
"""
PHONES = 3


async def altered(page: Page, old: str, new: str) -> None:
    """Let a page get another script than ours."""
    assert old in SOURCE

    async def answer(route: Route) -> None:
        body = SOURCE.replace(old, new)
        await route.fulfill(body=body, content_type="text/javascript")

    await page.route("**/app.js", answer)


async def beats(taken: Phone, *, writes: bool) -> None:
    """Let two beats pass; whoever writes presses Done between them."""
    for turn in range(2):
        await taken.page.clock.run_for(1_300)
        form = taken.form("words")
        if turn and writes:
            await form.locator("textarea").fill(WORDS)
        if turn:
            await press(form, "Done" if writes else "Pass")
        await taken.page.clock.run_for(EVERY_MS - 1_300)
        await taken.page.evaluate("() => window.answered.catch(() => 0).then(() => 0)")


async def heard(taken: Phone) -> list[tuple[float, int]]:
    """Return what the network heard of a phone: on which beat each call came, and its length."""
    calls = await taken.page.evaluate("() => window.heard")
    return [(round((at - calls[0][0]) / EVERY_MS, 1), size) for at, size in calls]


async def test_who_writes_calls_as_all_do(house: House, phone: OpenPhone) -> None:
    """Whether none, some or all of them write: each page calls on each beat, at one length."""
    # promise 11
    phones = [await phone() for _ in range(PHONES)]
    for taken in phones:
        await taken.page.add_init_script(HEAR)
        await taken.open()
        await taken.stand_still()
    for writers in range(PHONES + 1):
        house.door.open("words")
        for place, taken in enumerate(phones):
            await beats(taken, writes=place < writers)
    on_each_beat = [(beat, BODY_BYTES) for beat in range(1 + 2 * (PHONES + 1))]
    assert [await heard(taken) for taken in phones] == [on_each_beat] * PHONES
    assert len(house.door.kept) == sum(range(PHONES + 1))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("tick();\n", f"tick();\n{SENDS_ON_DONE}\n"),
        ("PAD.length - text.length)", "PAD.length - text.length + sent.length)"),
        ("(busy || gone)", "(busy || gone || (sheet.id && !sheet.waiting().length))"),
    ],
    ids=["sends on Done", "longer with words", "silent without words"],
)
async def test_a_script_that_tells_is_seen_through(
    house: House, phone: OpenPhone, old: str, new: str
) -> None:
    """The same look tells a writer from the others where the script is early, longer or silent."""
    # promise 11
    looks = []
    for writes in (True, False):
        taken = await phone()
        await taken.page.add_init_script(HEAR)
        await altered(taken.page, old, new)
        await taken.open()
        house.door.open("words")
        await beats(taken, writes=writes)
        looks.append(await heard(taken))
    assert looks[0] != looks[1]
