"""What is left on a phone after an answer: nothing that a browser keeps, in memory or on its disk.

Each look is also tried on pages in which a leak was planted.
"""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.web.conftest import CHROMIUM, CHROMIUM_ARGUMENTS, Phone, press

if TYPE_CHECKING:
    from playwright.async_api import BrowserType, Page, Route

    from tests.web.conftest import House, OpenPhone

pytestmark = [pytest.mark.asyncio(loop_scope="session"), pytest.mark.browser]

CANARY = "qx71z, a canary on the phone"
MARK = "qx71z-"
"""Begins each of the words that are looked for on the disk; what follows says where they were."""

KEPT_BY_THE_BROWSER = """
async () => {
  const found = [];
  const keep = (where, what) => what && what.length && found.push(where);
  keep("cookie", document.cookie);
  keep("localStorage", Object.keys(localStorage));
  keep("sessionStorage", Object.keys(sessionStorage));
  keep("indexedDB", await indexedDB.databases());
  keep("caches", await caches.keys());
  keep("serviceWorker", await navigator.serviceWorker.getRegistrations());
  keep("window.name", window.name);
  keep("history.state", JSON.stringify(history.state ?? ""). replace('""', ""));
  keep("address", location.hash + location.search);
  const root = await navigator.storage.getDirectory();
  for await (const name of root.keys()) keep("files", name);
  return found;
}
"""

LEAKS = {
    "cookie": "document.cookie = `draft=${1}`",
    "localStorage": "localStorage.setItem('draft', words)",
    "sessionStorage": "sessionStorage.setItem('draft', words)",
    "indexedDB": "indexedDB.open('drafts')",
    "caches": "caches.open('drafts').then((one) => one.put('/draft', new Response(words)))",
    "window.name": "window.name = words",
    "history.state": "history.replaceState({ words }, '')",
    "address": "history.replaceState(null, '', '#' + words)",
    "files": "navigator.storage.getDirectory().then((a) => a.getFileHandle('b', {create: true}))",
}
"""What a careless page might do with a draft, by the place it would be left at."""


async def kept_by_the_browser(taken: Phone) -> list[str]:
    """Return every place where a browser keeps something of this page."""
    cookies = await taken.context.cookies()
    state = await taken.context.storage_state(indexed_db=True)
    found: list[str] = await taken.page.evaluate(KEPT_BY_THE_BROWSER)
    return found + ["cookies"] * bool(cookies) + ["storage"] * bool(state["origins"])


async def answer(taken: Phone) -> None:
    """Write words, send them, and begin others."""
    taken.house.door.open("words")
    await taken.open()
    await taken.form("words").locator("textarea").fill(CANARY)
    await press(taken.form("words"), "Done")
    await taken.beat()
    await taken.sees("Received.")
    taken.house.door.open("words")
    await taken.beat()
    await taken.form("words").locator("textarea").fill(CANARY)


async def test_the_browser_keeps_nothing_of_an_answer(house: House, phone: OpenPhone) -> None:
    """No cookie, storage, database, cache, worker, file, name, state or address holds anything."""
    # promise 14
    taken = await phone()
    await answer(taken)
    assert await kept_by_the_browser(taken) == []
    assert taken.troubles == []


@pytest.mark.parametrize("where", LEAKS)
async def test_a_page_that_keeps_a_draft_is_found_out(
    house: House, phone: OpenPhone, where: str
) -> None:
    """The same look finds a script that lays what is typed anywhere in the browser."""
    # promise 14
    taken = await phone()
    await plant(taken.page, f"const words = event.target.value; {LEAKS[where]};")
    await answer(taken)
    await taken.page.evaluate("() => new Promise((go) => go())")
    assert where in await kept_by_the_browser(taken)


async def plant(page: Page, what: str) -> None:
    """Let the page's script do one thing more whenever somebody types."""

    async def answer_more(route: Route) -> None:
        ours = await route.fetch()
        more = f'addEventListener("input", (event) => {{ {what} }});'
        await route.fulfill(response=ours, body=f"{await ours.text()}\n{more}")

    await page.route("**/app.js", answer_more)


async def test_back_shows_an_empty_form_without_script(house: House, phone: OpenPhone) -> None:
    """With scripts off, Back or opening the page again leads to an empty form, never to words."""
    # promise 14
    taken = await phone(script=False)
    house.door.open("words")
    await taken.open()
    field = taken.page.locator("form.ask textarea[name=text]")
    await field.fill(CANARY)
    await taken.press("Done")
    await taken.sees("Received.")
    await taken.page.reload()
    assert await field.input_value() == ""
    await taken.page.go_back()
    assert await field.input_value() == ""
    await field.fill(CANARY)
    await taken.press("Done")
    await taken.sees("Received.")
    await taken.open("/room")
    await taken.page.go_back()
    assert await field.input_value() == ""
    assert CANARY not in await taken.page.content()
    assert [one.method for one in taken.requests].count("POST") == len(house.door.kept) == 2


async def test_no_service_worker_can_stay(house: House, phone: OpenPhone) -> None:
    """The page's own policy lets no script of whatever origin stay behind and work on."""
    # promise 14
    taken = await phone()
    await taken.open()
    tried = await taken.page.evaluate(
        "() => navigator.serviceWorker.register('/card.js').then(() => 'stays', () => 'refused')"
    )
    assert tried == "refused"


Profile = Callable[..., AbstractAsyncContextManager["Phone"]]


@pytest.fixture
def profile(driver: BrowserType, house: House, tmp_path: Path) -> Profile:
    """Return what opens a browser that keeps its files, as a phone's does."""

    @asynccontextmanager
    async def open_it(*, script: bool) -> AsyncIterator[Phone]:
        context = await driver.launch_persistent_context(
            tmp_path / "profile",
            executable_path=CHROMIUM,
            args=list(CHROMIUM_ARGUMENTS),
            java_script_enabled=script,
        )
        context.set_default_timeout(10_000)
        taken = Phone(context.pages[0], context, house, script)
        try:
            if script:
                await taken.page.clock.install()
            yield taken
        finally:
            # As it closes it writes all that it remembers of its tabs, and of what they sent.
            await context.close()

    return open_it


async def write_and_leave(taken: Phone) -> None:
    """Send some words with the page's script, be late with others, begin a third time, and go."""
    door, field = taken.house.door, taken.form("words").locator("textarea:visible")
    door.open("words")
    await taken.open()
    await field.fill(f"{MARK}sent")
    await taken.press("Done")
    await taken.beat()
    await taken.sees("Received.")
    door.open("words")
    await taken.beat()
    await field.fill(f"{MARK}missed")
    door.open("words")
    await taken.beat()
    await taken.sees("this was not sent")
    await field.fill(f"{MARK}begun")
    # A browser notes by itself, a second after a change, what stands in a page's fields: now.
    await taken.page.evaluate("() => history.replaceState(null, '')")


async def press_everything(taken: Phone) -> None:
    """Send words with each button of a page without script, as it can end, and begin others."""
    page, door = taken.page, taken.house.door
    field = page.locator("form.ask textarea[name=text]")

    async def send(words: str, button: str, says: str) -> None:
        door.open("words")
        # By way of another page: what is opened twice in a row takes the place of itself.
        await taken.open("/room")
        await taken.open()
        await field.fill(MARK + words)
        await taken.press(button)
        await taken.sees(says)

    await send("sent", "Done", "Received.")
    await send("passed", "Pass", "You passed.")
    await send("again " * 200, "Done", "1,000 fit")
    await send("endless" + "é" * 5_000, "Done", "Please write less")
    await send("shown", "Show what is going on now", "Up to 1,000")
    await page.get_by_text("Delete an answer you sent").click()
    await page.get_by_label("Your four words").fill(f"{MARK}withdrawn")
    await taken.press("Delete that answer")
    await taken.sees("These words were sent.")
    await field.fill(f"{MARK}failed")
    door.broken = True
    await taken.press("Done")
    door.broken = False
    # Nothing can be said where everything fails, so the page is still there with its words.
    assert await field.input_value() == f"{MARK}failed"
    door.set(sheet=None)
    await field.fill(f"{MARK}late")
    await taken.press("Done")
    await taken.sees("The questions had closed")
    door.open("words")
    await taken.press("Show what is going on now")
    await field.fill(f"{MARK}begun")


def on_disk(folder: Path) -> set[str]:
    """Return which of the words are in a file of a browser."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert any(path.name == "History" for path in files)
    held = b"\n".join(path.read_bytes() for path in files)
    found = re.findall(rb"qx71z-([a-z]+)", held.replace(b"\0", b""))
    return {one.decode() for one in found}


@pytest.mark.parametrize("script", [True, False])
async def test_no_file_of_the_browser_holds_a_word(
    house: House, profile: Profile, tmp_path: Path, *, script: bool
) -> None:
    """Whatever was sent, refused, late or begun, no file of the browser's holds a word of it."""
    # promise 14
    async with profile(script=script) as taken:
        await (write_and_leave if script else press_everything)(taken)
    assert [one.fields["text"] for one in house.door.kept] == [f"{MARK}sent"]
    assert on_disk(tmp_path / "profile") == set()


async def test_a_word_in_a_file_of_the_browser_is_found(profile: Profile, tmp_path: Path) -> None:
    """The same look finds the words of a page that lays them in the browser's storage."""
    # promise 14
    async with profile(script=True) as taken:
        await plant(taken.page, "localStorage.setItem('draft', event.target.value)")
        await write_and_leave(taken)
        await taken.page.wait_for_timeout(200)
    assert on_disk(tmp_path / "profile") >= {"begun"}
