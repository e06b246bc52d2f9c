"""What tests of the web pages share: a session in memory, a real server, raw requests, a browser.

The server listens on loopback and answers from a `Door` that keeps what it is given in lists. All
of it, the browser's driver too, runs in one loop for the whole run, so that a test can change the
session while a page looks at it.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import pytest
import pytest_asyncio
from playwright.async_api import async_playwright, expect

from dialogue.web.connections import Limits
from dialogue.web.server import Tls, WebDoor
from dialogue.web.wire import Beat, beat_body
from tests.web.memory_door import MemoryDoor

if TYPE_CHECKING:
    from playwright.async_api import (
        Browser,
        BrowserContext,
        BrowserType,
        Dialog,
        Locator,
        Page,
        Request,
    )

    from agreements.plan import AskKind

CHROMIUM = Path("/usr/bin/chromium")
"""The system's own browser; none is ever downloaded."""
HAS_CHROMIUM = CHROMIUM.exists()
SHELL = Path("/usr/bin/chromium-headless-shell")
"""The same browser without windows and profiles; where it is installed it takes a third less."""
BROWSER = SHELL if SHELL.exists() else CHROMIUM
HAS_BROWSER = BROWSER.exists()

# Without these a browser without a screen looks for its maker's hosts, and for a graphics card.
CHROMIUM_ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

FORM = "application/x-www-form-urlencoded"
WIDE_LIMITS = Limits(per_peer=1000)
"""All tests come from one address."""


@dataclass(frozen=True)
class Reply:
    """An answer as it came over the wire."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        """The body as text."""
        return self.body.decode()


@dataclass
class House:
    """A server that is running, and the session behind it."""

    door: MemoryDoor
    web: WebDoor

    @property
    def url(self) -> str:
        """Its address, without a slash at the end."""
        return self.web.url

    @property
    def host(self) -> str:
        """Its authority, as a browser names it."""
        return self.url.partition("//")[2]

    @property
    def port(self) -> int:
        """Its port."""
        return int(self.url.rpartition(":")[2])

    async def ask(
        self,
        method: str,
        path: str,
        body: bytes | None = None,
        headers: Mapping[str, str | None] | None = None,
    ) -> Reply:
        """Send one request as a browser would; a header that is None is left out."""
        usual: dict[str, str | None] = {"Host": self.host, "Connection": "close"}
        if body is not None:
            usual |= {
                "Origin": self.url,
                "Content-Type": FORM,
                "Content-Length": str(len(body)),
            }
        usual |= headers or {}
        lines = [f"{name}: {value}" for name, value in usual.items() if value is not None]
        head = "\r\n".join([f"{method} {path} HTTP/1.1", *lines, "", ""]).encode("latin-1")
        return reply_of(await self.raw(head + (body or b"")))

    async def send(self, path: str, **fields: str) -> Reply:
        """Send a form."""
        return await self.ask("POST", path, urlencode(fields).encode())

    async def post(self, path: str, **fields: str) -> Reply:
        """Send a form, and return the page that the answer leads to, as a browser shows it."""
        reply = await self.send(path, **fields)
        return await self.ask("GET", reply.headers["location"]) if reply.status == 303 else reply

    async def beat(self, beat: Beat) -> Reply:
        """Send a beat."""
        return await self.ask("POST", "/beat", beat_body(beat))

    async def raw(self, data: bytes, source: str = "127.0.0.1") -> bytes:
        """Send bytes, and return what comes back until the end; that one may go on is nothing."""
        reader, writer = await self.connect(source)
        with suppress(ConnectionError):
            writer.write(data)
            await writer.drain()
        received = b""
        with suppress(ConnectionError):
            while part := await reader.read(65_536):
                received += part
        writer.close()
        with suppress(ConnectionError):
            await writer.wait_closed()
        return received.removeprefix(b"HTTP/1.1 100 Continue\r\n\r\n")

    async def connect(
        self, source: str = "127.0.0.1"
    ) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        """Open a connection, from one of the many addresses of loopback."""
        return await asyncio.open_connection("127.0.0.1", self.port, local_addr=(source, 0))


def reply_of(received: bytes) -> Reply:
    """Return an answer as status, headers and body."""
    head, _, body = received.partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    pairs = (line.split(": ", 1) for line in lines)
    headers = {name.lower(): value for name, value in pairs}
    return Reply(int(first.split(" ")[1]), headers, body)


Serve = Callable[..., Awaitable[House]]


@pytest_asyncio.fixture(loop_scope="session")
async def serve() -> AsyncIterator[Serve]:
    """Return a way to start servers; they are stopped after the test."""
    houses: list[House] = []

    async def start(
        limits: Limits = WIDE_LIMITS,
        *,
        bind: str = "127.0.0.1",
        port: int = 0,
        tls: Tls | None = None,
        hold_seconds: float = 0,
        waiting: bool = False,
    ) -> House:
        door = MemoryDoor()
        web = WebDoor(
            door,
            names=["127.0.0.1"],
            bind=bind,
            port=port,
            tls=tls,
            limits=limits,
            hold_seconds=hold_seconds,
            waiting=waiting,
        )
        house = House(door, web)
        await house.web.start()
        houses.append(house)
        return house

    yield start
    for house in houses:
        await house.web.stop()


@pytest_asyncio.fixture(loop_scope="session")
async def house(serve: Serve) -> House:
    """Return a server over a session in memory."""
    return await serve()


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def driver() -> AsyncIterator[BrowserType]:
    """Return what starts the system's Chromium, made ready once for the run."""
    if not HAS_BROWSER:
        pytest.skip(f"no Chromium at {CHROMIUM}: the pages were not tried in a browser")
    async with async_playwright() as playwright:
        yield playwright.chromium


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def chromium(driver: BrowserType) -> AsyncIterator[Browser]:
    """Return the system's Chromium, started once for the run."""
    browser = await driver.launch(executable_path=BROWSER, args=list(CHROMIUM_ARGUMENTS))
    yield browser
    await browser.close()


@dataclass
class Phone:
    """A browser with nothing in it, on one of the pages. Its time passes only when a test says."""

    page: Page
    context: BrowserContext
    house: House
    script: bool
    requests: list[Request] = field(default_factory=list)
    troubles: list[str] = field(default_factory=list)
    """Dialogs, errors, and violations of the page's own policy."""

    def listen(self) -> None:
        """Note what the page asks for, and all its troubles."""
        self.page.on("request", lambda request: self.requests.append(request))  # noqa: PLW0108
        self.page.on("pageerror", lambda error: self.troubles.append(f"error: {error}"))
        self.page.on("console", lambda line: self.troubles.append(f"{line.type}: {line.text}"))
        self.page.on("dialog", self._on_dialog)

    async def _on_dialog(self, dialog: Dialog) -> None:
        self.troubles.append(f"dialog: {dialog.message}")
        await dialog.dismiss()

    async def open(self, path: str = "/") -> None:
        """Go to a page, and wait until its script has taken over where there is one."""
        answered = "**/room/state" if path == "/room" else "**/beat"
        if not self.script:
            await self.page.goto(self.house.url + path)
            return
        async with self.page.expect_response(answered):
            await self.page.goto(self.house.url + path)
        if path == "/":
            await self.page.locator("#look").wait_for(state="hidden")

    async def beat(self) -> None:
        """Let the page call once more, and wait for the answer."""
        in_room = self.page.url.endswith("/room")
        async with self.page.expect_response("**/room/state" if in_room else "**/beat"):
            await self.page.clock.run_for(2_000 if in_room else 4_000)

    async def stand_still(self) -> None:
        """Let the page's clock go on by hand alone, however long this machine takes."""
        now = await self.page.evaluate("() => Date.now()")
        await self.page.clock.pause_at(now / 1000 + 0.2)

    def form(self, kind: AskKind) -> Locator:
        """Return the form of an ask."""
        return self.page.locator(f'form[data-kind="{kind}"]')

    async def press(self, name: str) -> None:
        """Press the button of this name that can be seen."""
        await self.page.get_by_role("button", name=name, exact=True).locator("visible=true").click()

    async def press_first(self, name: str) -> None:
        """Press the first of the buttons of this name."""
        await self.page.get_by_role("button", name=name, exact=True).first.click()

    async def text(self) -> str:
        """Return what can be read on the page."""
        return await self.page.locator("main").inner_text()

    async def sees(self, text: str) -> None:
        """Wait until a text can be read on the page."""
        await expect(self.page.locator("main")).to_contain_text(text, use_inner_text=True)

    async def sees_not(self, text: str) -> None:
        """Wait until a text cannot be read on the page."""
        await expect(self.page.locator("main")).not_to_contain_text(text, use_inner_text=True)


async def press(place: Locator, name: str) -> None:
    """Press a button within a part of a page."""
    await place.get_by_role("button", name=name, exact=True).click()


OpenPhone = Callable[..., Awaitable[Phone]]


@pytest_asyncio.fixture(loop_scope="session")
async def phone(chromium: Browser, house: House) -> AsyncIterator[OpenPhone]:
    """Return a way to take out a phone; each is a browser of its own, closed after the test."""
    contexts: list[BrowserContext] = []

    async def take_out(
        *, script: bool = True, width: int = 390, height: int = 844, dark: bool = False
    ) -> Phone:
        context = await chromium.new_context(
            java_script_enabled=script,
            viewport={"width": width, "height": height},
            color_scheme="dark" if dark else "light",
            reduced_motion="reduce",
            accept_downloads=True,
        )
        contexts.append(context)
        context.set_default_timeout(5_000)
        page = await context.new_page()
        if script:
            await page.clock.install()
        taken = Phone(page, context, house, script)
        taken.listen()
        return taken

    yield take_out
    for context in contexts:
        await context.close()
