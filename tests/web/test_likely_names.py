"""On the phone: what may give somebody away is named while it is typed, and that is all."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dialogue.web.strings import strings_in
from tests.web.conftest import press
from tests.web.test_access import in_language
from tests.web.test_pages_shown import check

if TYPE_CHECKING:
    from tests.web.conftest import House, OpenPhone

pytestmark = [pytest.mark.asyncio(loop_scope="session"), pytest.mark.browser]

PAUSE_MS = 1_500
ENGLISH = (
    "In May I was the only Black nurse on 4 West. Dr. Okafor laughed, and Sunny Lee's cousin did "
    "too. Mail kim@example.org, or 860-555-0142, before May 3."
)
SPANISH = (
    "En mayo yo era la única enfermera negra. El martes vi a Lucía en el piso 4. La Sra. Gómez lo "
    "contó el 3 de mayo. Dios sabe, y Tomás también."
)
WRITTEN = {
    "en": (
        ENGLISH,
        ["4 West", "Dr. Okafor", "Sunny Lee", "kim@example.org", "860-555-0142", "May 3"],
    ),
    "es": (SPANISH, ["Lucía", "piso 4", "Sra. Gómez", "3 de mayo", "Tomás"]),
}
TYPE = """
(field, text) => {
  field.value = text;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  return field.form.querySelector(".likely").textContent;
}
"""
"""Types a text, and returns what is said of it at that very key."""
COUNT_CHANGES = """
place => {
  window.changes = 0;
  new MutationObserver(seen => { window.changes += seen.length; })
    .observe(place, { childList: true, subtree: true, characterData: true });
}
"""


@pytest.mark.parametrize("language", WRITTEN)
async def test_what_may_give_somebody_away_is_named(
    house: House, phone: OpenPhone, language: str
) -> None:
    """Politely, after a pause, once it has changed; it sends nothing, stops nobody and goes."""
    text, marked = WRITTEN[language]
    said = strings_in(language)
    in_language(house, language, "words")
    taken = await phone(width=320, height=640)
    await taken.open()
    form = taken.form("words")
    await taken.sees(said["before"]["hint"])
    place, field = form.locator(".likely"), form.locator("textarea")
    assert await place.get_attribute("role") == "status"
    assert (await place.get_attribute("id") or "?") in (
        await field.get_attribute("aria-describedby") or ""
    )
    await place.evaluate(COUNT_CHANGES)
    calls = [one.url for one in taken.requests if not one.url.endswith("/beat")]
    assert await field.evaluate(TYPE, text) == ""
    await taken.page.clock.run_for(PAUSE_MS)
    assert await place.locator("mark").all_inner_texts() == marked
    assert said["says"]["likely"] in await place.inner_text()
    changes = await taken.page.evaluate("() => window.changes")
    await field.fill(text + " " + text)
    await taken.page.clock.run_for(PAUSE_MS)
    assert await taken.page.evaluate("() => window.changes") == changes
    await check(taken)
    await field.fill(text)
    await press(form, said["ask"]["done"])
    await taken.beat()
    await taken.sees(said["receipt"]["kept"])
    assert [fields["text"] for fields in house.door.fields("reflection")] == [text]
    assert await place.locator("mark").count() == 0
    assert [one.url for one in taken.requests if not one.url.endswith("/beat")] == calls
    assert taken.troubles == []
