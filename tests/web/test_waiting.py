"""Before the session: the page that waits, who was seen, and that the session follows."""

from __future__ import annotations

import asyncio
import gc
import socket
import sys
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING

import pytest
import pytest_asyncio
from playwright.async_api import expect

from agreements.library import open_library
from dialogue import reaching
from dialogue.config import gate
from dialogue.doorway import NO_NETWORK, Doorway
from dialogue.firewall import Answer
from dialogue.preflight import Preflight, WaitingRoom
from dialogue.web.connections import is_elsewhere
from dialogue.web.errors import WebDoorError
from dialogue.web.wire import PAGE_BLOCK, Beat, Envelope, beat_body
from tests.plugin_certificates import MakeTls
from tests.web.conftest import FORM, reply_of
from tests.web.memory_door import SEAT, MemoryDoor

if TYPE_CHECKING:
    from playwright.async_api import Browser, Page

    from tests.web.conftest import Reply

pytestmark = pytest.mark.asyncio(loop_scope="session")

PHONE = "127.0.0.2"
"""Where a phone comes from in these tests; this computer is 127.0.0.1."""

needs_many_addresses = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="only here loopback has more than one address"
)


def loopback(**more: object) -> Doorway:
    """Return a way in for loopback alone, where every other address counts as a phone's."""
    return Doorway(
        bind="127.0.0.1",
        addresses=lambda: ("127.0.0.1",),
        elsewhere=lambda peer, here: peer != here,
        **{"port": free_port(), **more},  # type: ignore[arg-type]
    )


def free_port() -> int:
    """Return a port that nobody uses, and nobody the one after it."""
    while True:
        with socket.socket() as one, socket.socket() as next_one:
            one.bind(("127.0.0.1", 0))
            port: int = one.getsockname()[1]
            try:
                next_one.bind(("127.0.0.1", port + 1))
            except (OSError, OverflowError):
                continue
            return port


def waiting_room(language: str = "en") -> WaitingRoom:
    """Return a room without a session."""
    return WaitingRoom(open_library(gate), language)


@pytest_asyncio.fixture(loop_scope="session")
async def check() -> AsyncIterator[Preflight]:
    """Return a check whose door is open on loopback."""
    opened = Preflight(loopback(), waiting_room(), system="linux")
    await opened.start()
    yield opened
    await opened.stop()


async def ask(url: str, method: str, path: str, body: bytes = b"", source: str = PHONE) -> Reply:
    """Send one request from an address, as a browser would."""
    host = url.partition("//")[2]
    reader, writer = await asyncio.open_connection(*host.split(":"), local_addr=(source, 0))
    head = f"{method} {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n"
    if method == "POST":
        head += f"Origin: {url}\r\nContent-Type: {FORM}\r\nContent-Length: {len(body)}\r\n"
    writer.write(f"{head}\r\n".encode() + body)
    received = await reader.read()
    writer.close()
    return reply_of(received)


@pytest.mark.parametrize(
    ("peer", "here", "elsewhere"),
    [
        ("192.0.2.20", "192.0.2.10", True),
        ("192.0.2.10", "192.0.2.10", False),
        ("127.0.0.1", "127.0.0.1", False),
        ("127.0.0.2", "127.0.0.1", False),
        ("", "192.0.2.10", False),
    ],
)
async def test_elsewhere_is_another_computer(peer: str, here: str, *, elsewhere: bool) -> None:
    """What this computer asks of itself comes from where it goes to, or from loopback."""
    assert is_elsewhere(peer, here) is elsewhere


@needs_many_addresses
async def test_a_form_to_withdraw_is_a_page_that_calls(check: Preflight) -> None:
    """Whatever a page without script sends, its phone has reached this computer."""
    form = b"words=acorn&seat=" + SEAT.encode()
    assert (await ask(check.url, "POST", "/withdraw", form)).status == 303
    assert check.seen


@needs_many_addresses
async def test_a_phone_is_seen_and_this_computer_is_not(check: Preflight) -> None:
    """A page opened here, wrong calls and a mere connection from there are no phone; a page is."""
    await ask(check.url, "GET", "/", source="127.0.0.1")
    await ask(check.url, "POST", "/beat", beat_body(Beat(SEAT)), source="127.0.0.1")
    assert (await ask(check.url, "GET", "/nowhere")).status == 404
    assert (await ask(check.url, "POST", "/beat", b"pad=")).status == 400
    assert (await ask(check.url.replace("127.0.0.1", "localhost"), "PUT", "/")).status == 405
    assert not check.seen
    assert (await ask(check.url, "POST", "/beat", beat_body(Beat(SEAT)))).status == 200
    assert check.seen
    assert check.findings(late=True)[0] == reaching.SEEN


@needs_many_addresses
async def test_a_phone_without_script_is_seen_too(check: Preflight) -> None:
    """It loads the page again and again, and that is a call."""
    reply = await ask(check.url, "GET", "/")
    assert check.seen
    assert len(reply.body) == PAGE_BLOCK
    assert '<meta http-equiv="refresh"' in reply.text


@needs_many_addresses
async def test_nothing_is_known_of_the_phone_but_that_it_was_there(check: Preflight) -> None:
    """While it is here, and once it has gone, nothing of ours holds its address; a yes is left."""
    # promise 1
    host = check.url.partition("//")[2]
    reader, writer = await asyncio.open_connection(*host.split(":"), local_addr=(PHONE, 0))
    writer.write(f"GET / HTTP/1.1\r\nHost: {host}\r\n\r\n".encode())
    assert b" 200 " in await reader.readuntil(b"\r\n\r\n")
    assert check.seen
    assert check._held.door is not None
    assert check._held.door.connections == 1
    assert holders_of(PHONE) == []
    writer.close()
    await check._held.door._peers.nobody.wait()
    assert holders_of(PHONE) == []
    assert check.seen
    assert check._held.door._peers._open == {}


def holders_of(text: str) -> list[object]:
    """Return what of ours has a text among its values: connections, doors, pages and the rest."""
    gc.collect()
    # Compiled types of others may keep something else than text there.
    modules = ((one, str(type(one).__module__)) for one in gc.get_objects())
    ours = [one for one, module in modules if module.startswith("dialogue.")]
    assert any(type(one).__name__ == "Peers" for one in ours)
    return [one for one in ours if text in repr(getattr(one, "__dict__", ""))]


@needs_many_addresses
async def test_nothing_can_be_sent_before_the_session(check: Preflight) -> None:
    """An answer comes back as late, tokens there are none, and words to withdraw do nothing."""
    beat = Beat(SEAT, envelopes=(Envelope("reflection", "0" * 64, {"text": "x"}),), withdraw="a b")
    reply = await ask(check.url, "POST", "/beat", beat_body(beat))
    assert '"outcome":"late"' in reply.text
    assert '"tokens":{}' in reply.text
    assert "x" * 9 not in reply.text


async def phone_on(chromium: Browser, url: str, *, script: bool = True) -> Page:
    """Open the page on a phone."""
    context = await chromium.new_context(java_script_enabled=script)
    page = await context.new_page()
    if script:
        await page.clock.install()
    await page.goto(url)
    return page


@pytest.mark.browser
async def test_the_page_waits_and_then_follows_the_session(chromium: Browser) -> None:
    """The door closes, the session opens its own behind the same address, and the page is its."""
    doorway = loopback()
    check = Preflight(doorway, waiting_room())
    await check.start()
    page = await phone_on(chromium, check.url)
    await expect(page.locator("main")).to_contain_text("This works.")
    await expect(page.locator("main")).to_contain_text("it will follow the session.")
    first = check.url
    await check.stop()
    await page.clock.run_for(4_000)
    await expect(page.locator("#line")).to_have_text(
        "No connection just now. This page keeps trying."
    )
    door = MemoryDoor()
    door.set(moment="arriving", step="", prompts=(), retention_days=17)
    session = await doorway.open(door)
    try:
        assert session.url == first
        async with page.expect_navigation():
            await page.clock.run_for(4_000)
        await expect(page.locator("main")).to_contain_text("Welcome. You are in the right place.")
        # It is the session's own page, with what the session keeps and for how long.
        assert "17 days" in (await page.locator("main").text_content() or "")
        async with page.expect_response("**/beat"):
            await page.clock.run_for(4_000)
        # While it waited it was nobody, so that no phone counts as two.
        assert set(door.seats) == {await page.locator("#seat").input_value()}
    finally:
        await page.context.close()
        await session.stop()


@pytest.mark.browser
async def test_while_it_waits_the_page_stays_as_it_is(chromium: Browser, check: Preflight) -> None:
    """It looks again at its beat, is not loaded anew, and has no trouble."""
    page = await phone_on(chromium, check.url)
    troubles: list[str] = []
    loads: list[str] = []
    page.on("console", lambda line: troubles.append(line.text))
    page.on("framenavigated", lambda frame: loads.append(frame.url))
    for _ in range(3):
        async with page.expect_response(f"{check.url}/"):
            await page.clock.run_for(4_000)
    assert (loads, troubles) == ([], [])
    await expect(page.locator("#line")).to_have_text("")
    await page.context.close()


@pytest.mark.browser
async def test_without_script_the_page_says_the_same(chromium: Browser, check: Preflight) -> None:
    """What it says needs no script; the browser itself looks again."""
    page = await phone_on(chromium, check.url, script=False)
    await expect(page.locator("main")).to_contain_text("Keep this page open")
    await page.context.close()


async def test_a_session_waits_for_the_door_before_it_to_close() -> None:
    """However fast one leaves the test and begins, the session has the address that was tried."""
    doorway = loopback()
    check = Preflight(doorway, waiting_room())
    await check.start()
    first = check.url
    leaving = asyncio.create_task(check.stop())
    session = await doorway.open(MemoryDoor())
    assert session.url == first
    await leaving
    await session.stop()


async def test_leaving_while_the_door_opens_leaves_none_open() -> None:
    """Whoever goes at once has closed what was being opened."""
    doorway = loopback()
    check = Preflight(doorway, waiting_room())
    opening = asyncio.create_task(check.start())
    await asyncio.sleep(0)
    await check.stop()
    await opening
    assert check.url == ""
    with pytest.raises(ConnectionRefusedError):
        await asyncio.open_connection("127.0.0.1", doorway.port)


async def test_a_taken_port_is_said_and_the_next_one_serves() -> None:
    """Another program listens: code and address have the next port, and so has the session."""
    port = free_port()
    with socket.socket() as other:
        other.bind(("127.0.0.1", port))
        other.listen()
        doorway = loopback(port=port)
        check = Preflight(doorway, waiting_room())
        await check.start()
        assert check.url == f"http://127.0.0.1:{port + 1}"
        said = [one.text for one in check.findings(late=False)]
        assert any(f"Port {port} is taken" in one and check.url in one for one in said)
        await check.stop()
    # Although the first port is free by now, a phone that waits is not left behind.
    session = await doorway.open(MemoryDoor())
    assert session.port == port + 1
    await session.stop()


async def test_without_a_network_it_says_what_works() -> None:
    """No door is opened; cards, hands and x work."""
    doorway = Doorway(addresses=tuple)
    check = Preflight(doorway, waiting_room())
    await check.start()
    (finding,) = check.findings(late=True)
    assert not finding.fine
    assert "cards, hands and x work" in finding.text
    assert check.url == ""
    with pytest.raises(WebDoorError, match=NO_NETWORK):
        await doorway.open(MemoryDoor())


async def test_a_certificate_phones_would_stumble_over_is_a_finding(make_tls: MakeTls) -> None:
    """It signed itself, or its name leads nowhere, or elsewhere: each with what to do."""
    for names, part in (
        ("DNS:nowhere.invalid", "Nobody here knows where nowhere.invalid leads"),
        ("DNS:room.example,IP:127.0.0.1", "room.example"),
        ("IP:127.0.0.1", ""),
    ):
        check = Preflight(loopback(tls=make_tls(names)), waiting_room())
        await check.start()
        said = [one.text for one in check.findings(late=False) if not one.fine]
        await check.stop()
        assert "signed itself" in said[0]
        assert "authority that phones know" in said[0]
        assert (part in said[1]) if part else (len(said) == 1)
    astray = reaching.leads_elsewhere("room.example", ["198.51.100.1"], ["192.0.2.10"])
    assert astray is not None
    assert "leads to 198.51.100.1, and this computer is 192.0.2.10" in astray.text
    assert reaching.leads_elsewhere("room.example", ["192.0.2.10"], ["192.0.2.10"]) is None


@pytest.mark.parametrize(
    ("system", "part"),
    [
        ("win32", "The firewall of Windows"),
        ("darwin", "accept incoming network connections"),
        ("linux", "sudo ufw allow 8765/tcp"),
    ],
)
async def test_not_seen_is_explained_for_the_running_system(system: str, part: str) -> None:
    """Isolated Wi-Fi first, then this system's firewall, mobile data, VPN, and what else to do."""
    causes = reaching.not_seen(system, 8765)
    assert "Guest Wi-Fi often keeps devices apart" in causes[0]
    assert part in causes[1]
    assert "mobile data" in causes[2]
    assert "VPN" in causes[3]
    assert "hotspot takes 5 to 10 phones, a travel router a whole room" in causes[4]
    assert "paper" in causes[4]


@pytest.mark.parametrize(
    ("answer", "early", "reasons"), [("closed", True, 4), ("open", False, 4), ("unknown", False, 5)]
)
async def test_the_firewall_is_asked_before_a_phone_is_tried(
    answer: Answer, early: bool, reasons: int
) -> None:
    """One that turns phones away is told at once; one that has answered is no guess later."""
    check = Preflight(loopback(), waiting_room(), system="linux", ask_firewall=lambda _port: answer)
    await check.start()
    try:
        at_once = " ".join(one.text for one in check.findings(late=False))
        assert ("is on and has no rule" in at_once) is early
        assert ("sudo ufw allow" in at_once) is early
        late = check.findings(late=True)
        assert sum(one.hint for one in late) == reasons
    finally:
        await check.stop()
