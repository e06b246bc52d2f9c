"""What tests of the web pages share: a session in memory, a real server, raw requests, a browser.

The server listens on loopback and answers from a `Door` that keeps what it is given in lists. All
of it, the browser's driver too, runs in one loop for the whole run, so that a test can change the
session while a page looks at it.
"""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import pytest
import pytest_asyncio
from playwright.async_api import async_playwright, expect

from agreements.library import open_library
from agreements.model import CompassPoint
from agreements.plan import Ask
from dialogue.config import gate
from dialogue.web.connections import Limits
from dialogue.web.door import Outcome, Receipt
from dialogue.web.server import Tls, WebDoor
from dialogue.web.wire import Beat, beat_body
from sessions.payloads import AnswerRefusedError, parse
from sessions.room import Agreement, RoomView, SheetView

if TYPE_CHECKING:
    from playwright.async_api import Browser, BrowserContext, Dialog, Page, Request

CHROMIUM = Path("/usr/bin/chromium")
"""The system's own browser; none is ever downloaded."""
HAS_CHROMIUM = CHROMIUM.exists()

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

SHEET = "a" * 32
SEAT = "0123456789abcdef" * 2
FORM = "application/x-www-form-urlencoded"
WIDE_LIMITS = Limits(per_peer=1000)
"""All tests come from one address."""

ASKS = (
    Ask(id="reflection", kind="words", text="What did you hear that you want to keep?"),
    Ask(id="compass-now", kind="compass", text="Where on the compass are you right now?"),
    Ask.model_validate(
        {
            "id": "deeper",
            "kind": "choice",
            "text": "Would you like to go deeper?",
            "option": (
                {"id": "none", "label": "Not now"},
                {"id": "two-hours", "label": "Two more hours"},
                {"id": "full-day", "label": "A full day"},
            ),
        }
    ),
    Ask(id="useful", kind="scale", text="How useful was this?", low="not useful", high="very"),
)
OTHER_ASKS = (
    Ask(id="ready", kind="then-now", text="How ready are you to speak?", low="not", high="very"),
    Ask(id="card", kind="commitment", text="What is one thing you will start, or stop?"),
)


def asks_of(*kinds: str) -> tuple[Ask, ...]:
    """Return asks of these kinds, in this order."""
    by_kind = {ask.kind: ask for ask in ASKS + OTHER_ASKS}
    return tuple(by_kind[kind] for kind in kinds)


def sheet_of(*kinds: str, sheet_id: str = SHEET, small_room: bool = False) -> SheetView:
    """Return an open sheet with asks of these kinds."""
    return SheetView(id=sheet_id, asks=asks_of(*kinds), moment="open", small_room=small_room)


def shipped_view() -> RoomView:
    """Return what a room sees that talks with the shipped protocol."""
    protocol = open_library(gate).protocol
    rule = protocol.confidentiality[0]
    return RoomView(
        title="Lunch and learn",
        language="en",
        moment="talking",
        step="Reflection",
        prompts=("Think of a time when race came up and you stayed silent. What held you back?",),
        content_note="This can bring up hard memories.",
        second_door="Or think of a time when somebody else spoke up.",
        agreements=tuple(
            Agreement(one.name, one.asks, one.does_not_ask) for one in protocol.agreements
        ),
        house_agreements=("Phones are for the questions only.",),
        rule_name=rule.name,
        rule_text=rule.text,
        care_contact="the wellbeing team, extension 200",
        reporting_contact="the equity office, extension 100",
        retention_days=90,
    )


@dataclass(frozen=True)
class Kept:
    """One answer that came through."""

    ask: str
    token: str
    fields: Mapping[str, str]
    withdrawable: bool


@dataclass
class MemoryDoor:
    """A session in memory that takes answers as the real one does."""

    shown: RoomView = field(default_factory=shipped_view)
    places: tuple[CompassPoint, ...] = field(
        default_factory=lambda: open_library(gate).protocol.compass
    )
    seats: list[str] = field(default_factory=list)
    kept: list[Kept] = field(default_factory=list)
    withdrawn: list[str] = field(default_factory=list)
    outcome: Outcome = "received"
    """What becomes of an answer that can be meant."""
    kept_text: str | None = None
    """What is shown as kept; without it, the answer itself."""
    broken: bool = False
    """Every call fails, with a secret in its variables."""

    def set(self, **changes: object) -> None:
        """Change what the room sees."""
        self.shown = replace(self.shown, **changes)  # type: ignore[arg-type]

    def open(self, *kinds: str, small_room: bool = False) -> None:
        """Open a sheet with asks of these kinds."""
        self.set(sheet=sheet_of(*kinds, sheet_id=secrets.token_hex(16), small_room=small_room))

    def fields(self, ask: str) -> list[Mapping[str, str]]:
        """Return the answers to an ask, as their fields."""
        return [dict(one.fields) for one in self.kept if one.ask == ask]

    def view(self) -> RoomView:
        """Return what the room sees."""
        self._maybe_break()
        return self.shown

    def compass(self) -> tuple[CompassPoint, ...]:
        """Return the places of the compass."""
        return self.places

    def seat_is_here(self, seat: str) -> None:
        """Remember a seat."""
        self.seats.append(seat)

    def token(self, ask: str) -> str:
        """Return a new token of the usual length."""
        return secrets.token_hex(32) if self._ask(ask) else ""

    async def receive(
        self, ask: str, token: str, fields: Mapping[str, str], *, withdrawable: bool = False
    ) -> Receipt:
        """Keep an answer, or say why not."""
        self._maybe_break()
        asked = self._ask(ask)
        if asked is None or self.outcome == "late":
            return Receipt("late")
        try:
            parse(asked, [place.id for place in self.places], fields)
        except AnswerRefusedError as refused:
            return Receipt("wrong", sentence=refused.sentence)
        if self.outcome != "received":
            return Receipt(self.outcome)
        self.kept.append(Kept(ask, token, dict(fields), withdrawable))
        text = fields.get("text") or ", ".join(f"{name}: {value}" for name, value in fields.items())
        kept = text if self.kept_text is None else self.kept_text
        return Receipt("received", "", kept, "acorn cello fern wren" if withdrawable else "")

    def withdraw(self, words: str) -> None:
        """Remember which words came."""
        self._maybe_break()
        self.withdrawn.append(words)

    def _ask(self, ask: str) -> Ask | None:
        asks = self.shown.sheet.asks if self.shown.sheet else ()
        return next((one for one in asks if one.id == ask), None)

    def _maybe_break(self) -> None:
        if self.broken:
            secret = "canary-in-a-variable"
            raise RuntimeError(secret)


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

    async def post(self, path: str, **fields: str) -> Reply:
        """Send a form."""
        return await self.ask("POST", path, urlencode(fields).encode())

    async def beat(self, beat: Beat) -> Reply:
        """Send a beat."""
        return await self.ask("POST", "/beat", beat_body(beat))

    async def raw(self, data: bytes, source: str = "127.0.0.1") -> bytes:
        """Send bytes, and return what comes back until the end."""
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
        return received

    async def connect(
        self, source: str = "127.0.0.1"
    ) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        """Open a connection, from one of the many addresses of loopback."""
        return await asyncio.open_connection("127.0.0.1", self.port, local_addr=(source, 0))


def reply_of(received: bytes) -> Reply:
    """Return an answer as status, headers and body; that one may go on is no answer yet."""
    received = received.removeprefix(b"HTTP/1.1 100 Continue\r\n\r\n")
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
async def chromium() -> AsyncIterator[Browser]:
    """Return the system's Chromium, started once for the run."""
    if not HAS_CHROMIUM:
        pytest.skip(f"no Chromium at {CHROMIUM}: the pages were not tried in a browser")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=CHROMIUM, args=list(CHROMIUM_ARGUMENTS)
        )
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
        answered = "**/room/state" if self.page.url.endswith("/room") else "**/beat"
        async with self.page.expect_response(answered):
            await self.page.clock.run_for(4_000)

    async def press(self, name: str) -> None:
        """Press the button of this name that can be seen."""
        await self.page.get_by_role("button", name=name, exact=True).locator("visible=true").click()

    async def text(self) -> str:
        """Return what can be read on the page."""
        return await self.page.locator("main").inner_text()

    async def sees(self, text: str) -> None:
        """Wait until a text can be read on the page."""
        await expect(self.page.locator("main")).to_contain_text(text, use_inner_text=True)

    async def sees_not(self, text: str) -> None:
        """Wait until a text cannot be read on the page."""
        await expect(self.page.locator("main")).not_to_contain_text(text, use_inner_text=True)


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
        page.on("request", taken.requests.append)
        page.on("pageerror", lambda error: taken.troubles.append(f"error: {error}"))
        page.on("console", lambda line: taken.troubles.append(f"{line.type}: {line.text}"))
        page.on("dialog", lambda dialog: _note_dialog(taken, dialog))
        return taken

    yield take_out
    for context in contexts:
        await context.close()


async def _note_dialog(phone: Phone, dialog: Dialog) -> None:
    phone.troubles.append(f"dialog: {dialog.message}")
    await dialog.dismiss()
