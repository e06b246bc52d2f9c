"""The fence before the pages: who gets in, what every answer carries, and what an error shows."""

from __future__ import annotations

import asyncio
import re
import subprocess
import sys
from contextlib import suppress
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import pytest

from dialogue.web.connections import RoomConnection
from dialogue.web.guard import DRAIN_BYTES, HEADERS
from dialogue.web.routes import TABLE
from dialogue.web.wire import BODY_BYTES, PAGE_BLOCK, Beat, Envelope, beat_body
from tests.web.conftest import FORM, reply_of
from tests.web.memory_door import SEAT

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.web.conftest import House

pytestmark = pytest.mark.asyncio(loop_scope="session")

ROOT = Path(__file__).parents[2]
PIECE_BYTES = 262_144
"""The most that a socket hands over at once."""

ANSWER = Envelope("reflection", "f" * 64, {"text": "some words"})

WRONG_HOSTS = (
    "evil.example",
    "127.0.0.1",
    "127.0.0.1:1",
    "127.0.0.1.evil.example:{port}",
    "",
    None,
)
WRONG_ORIGINS = (
    None,
    "null",
    "http://evil.example",
    "https://127.0.0.1:{port}",
    "http://127.0.0.1",
)
WRONG_TYPES = (None, "text/plain", "application/json", "multipart/form-data; boundary=x", "", "*/*")
WRONG_METHODS = ("PUT", "DELETE", "PATCH", "OPTIONS", "HEAD", "TRACE", "post")
PATHS = ("/", "/beat", "/withdraw")


def wrong_mixes() -> list[tuple[str, Mapping[str, str | None]]]:
    """Return requests that are each wrong in one way or more: a method, and headers."""
    mixes: list[tuple[str, Mapping[str, str | None]]] = []
    mixes += [("POST", {"Host": host}) for host in WRONG_HOSTS]
    mixes += [("POST", {"Origin": origin}) for origin in WRONG_ORIGINS]
    mixes += [("POST", {"Content-Type": kind}) for kind in WRONG_TYPES]
    mixes += [(method, {}) for method in WRONG_METHODS]
    mixes += [("POST", {"Host": host, "Origin": f"http://{host}"}) for host in WRONG_HOSTS if host]
    mixes += [
        ("POST", {"Origin": origin, "Content-Type": kind})
        for origin, kind in product(WRONG_ORIGINS, WRONG_TYPES)
    ]
    return mixes


async def test_wrong_requests_change_nothing(house: House) -> None:  # promise 29
    """Every mix of a wrong host, origin, method or type is refused before a page is asked."""
    house.door.open("words")
    bodies = {
        "/": urlencode({"seat": SEAT, "do": "done", "ask": "reflection", "text": "words"}).encode(),
        "/beat": beat_body(Beat(SEAT, envelopes=(ANSWER,), withdraw="acorn cello fern wren")),
        "/withdraw": urlencode({"seat": SEAT, "words": "acorn cello fern wren"}).encode(),
    }
    mixes = wrong_mixes()
    assert len(mixes) >= 50
    for number, (method, headers) in enumerate(mixes):
        path = PATHS[number % len(PATHS)]
        filled = {k: v and v.format(port=house.port) for k, v in headers.items()}
        reply = await house.ask(method, path, bodies[path], filled)
        assert 400 <= reply.status < 500, (method, path, filled)
    assert (house.door.kept, house.door.seats, house.door.withdrawn) == ([], [], [])


async def test_a_right_request_does_come_through(house: House) -> None:
    """The requests of the test before fail for what is wrong with them: put right, they work."""
    house.door.open("words")
    reply = await house.beat(Beat(SEAT, envelopes=(ANSWER,), withdraw="acorn cello fern wren"))
    assert reply.status == 200
    assert len(house.door.kept) == len(house.door.seats) == len(house.door.withdrawn) == 1


async def test_any_of_our_names_will_do(house: House) -> None:
    """Phones come by address or name, in either case; the origin must be the host they came to."""
    for host in ("127.0.0.1", "localhost", "LOCALHOST"):
        authority = f"{host}:{house.port}"
        headers = {"Host": authority, "Origin": f"http://{authority.lower()}"}
        reply = await house.ask("POST", "/beat", beat_body(Beat(SEAT)), headers)
        assert reply.status == 200, host
    crossed = {"Origin": f"http://localhost:{house.port}"}
    assert (await house.ask("POST", "/beat", beat_body(Beat(SEAT)), crossed)).status == 403


@pytest.mark.parametrize("path", ["/?", "/?x=1", "/beat?seat=1", "/room?a"])
async def test_a_query_is_refused_only_where_it_says_something(house: House, path: str) -> None:
    """No page reads a query, so that none can lead somebody into anything."""
    reply = await house.ask("GET", path)
    assert reply.status == (200 if path == "/?" else 400)


async def test_capital_paths_lead_to_the_same_pages(house: House) -> None:
    """What a QR code spells in capitals is found."""
    for path in ("/ROOM", "/Room/State", "/STYLE.CSS"):
        assert (await house.ask("GET", path)).status == 200


async def test_every_answer_carries_the_fences(house: House) -> None:
    """Pages, assets and refusals alike forbid to keep, to embed, and to load what is not ours."""
    replies = [
        await house.ask("GET", path.format(slip="b" * 32))
        for method, path in TABLE
        if method == "GET"
    ]
    replies += [await house.beat(Beat(SEAT)), await house.send("/withdraw", seat=SEAT, words="a")]
    replies += [await house.send("/", text="x" * BODY_BYTES), await house.send("/nowhere")]
    replies += [
        await house.ask("GET", "/nowhere"),
        await house.ask("GET", "/", headers={"Host": "a"}),
    ]
    for reply in replies:
        assert {name: reply.headers.get(name) for name in HEADERS} == HEADERS
        assert {"set-cookie", "server", "date", "etag", "last-modified"}.isdisjoint(reply.headers)
    policy = HEADERS["content-security-policy"]
    assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self'")
    assert "unsafe" not in policy


async def test_no_cookie_is_asked_for_or_read(house: House) -> None:  # promise 14
    """A page is the same with cookies and without, and none is set."""
    with_cookie = await house.ask("GET", "/room", headers={"Cookie": "a=b"})
    without = await house.ask("GET", "/room")
    assert with_cookie.body == without.body
    assert "set-cookie" not in with_cookie.headers


@pytest.mark.parametrize("length", [BODY_BYTES + 1, 5_000_000])
async def test_a_long_body_is_refused_before_it_has_come(
    house: House, length: int
) -> None:  # promise 30
    """The answer to a body that is too long is there while its first byte is still to come."""
    for path, status in (("/beat", b"413"), ("/", b"303")):
        head = (
            f"POST {path} HTTP/1.1\r\nHost: {house.host}\r\nOrigin: {house.url}\r\n"
            f"Content-Type: {FORM}\r\nContent-Length: {length}\r\n\r\n"
        )
        reader, writer = await house.connect()
        writer.write(head.encode())
        first = await asyncio.wait_for(reader.read(200), 1)
        assert first.startswith(b"HTTP/1.1 " + status)
        writer.close()


async def test_of_a_long_body_little_is_read(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:  # promise 30
    """Of five million bytes that come all the same, no more is taken than lets a page read why."""
    taken: list[int] = []
    receive = RoomConnection.data_received

    def count(connection: RoomConnection, data: bytes) -> None:
        taken.append(len(data))
        receive(connection, data)

    monkeypatch.setattr(RoomConnection, "data_received", count)
    head = (
        f"POST / HTTP/1.1\r\nHost: {house.host}\r\nOrigin: {house.url}\r\n"
        f"Content-Type: {FORM}\r\nContent-Length: 5000000\r\n\r\n"
    )
    reader, writer = await house.connect()
    writer.write(head.encode() + b"x" * 5_000_000)
    assert (await reader.read(200)).startswith(b"HTTP/1.1 303 ")
    with suppress(ConnectionError):
        while await reader.read(65_536):
            pass
    writer.close()
    # What was read when the reading stopped, and one piece more that was on its way.
    assert sum(taken) <= DRAIN_BYTES + 2 * PIECE_BYTES
    assert house.door.kept == []


async def test_a_form_that_is_too_long_is_answered_with_a_sentence(house: House) -> None:
    """Somebody without script who wrote too much reads what to do, though the body was refused."""
    for path in ("/", "/withdraw"):
        reply = await house.send(path, seat=SEAT, do="done", ask="reflection", text="é" * 5_000)
        assert (reply.status, reply.headers["location"], reply.body) == (303, "/too-long", b"")
    assert "Please write less" in (await house.ask("GET", "/too-long")).text
    assert house.door.kept == house.door.withdrawn == []


@pytest.mark.parametrize("host", ["192.0.2.99:8765", "other.example", "x" * 300])
async def test_whoever_came_by_another_address_reads_what_to_do(house: House, host: str) -> None:
    """In both languages, without a script; no address of ours is told there."""
    reply = await house.ask("GET", "/", b"", {"Host": host, "Origin": None})
    assert reply.status == 421
    for language, said in (("en", "goes by another address"), ("es", "tiene otra dirección")):
        assert re.search(rf'<section[^>]*lang="{language}"[^>]*>\s*<h[12]>[^<]*{said}', reply.text)
    assert house.host not in reply.text
    assert host not in reply.text
    assert str(house.port) not in reply.text
    head = await house.ask("HEAD", "/", b"", {"Host": host, "Origin": None})
    assert (head.status, head.text) == (421, "")


@pytest.mark.parametrize(
    "headers",
    [
        {"Content-Length": None, "Transfer-Encoding": "chunked"},
        {"Content-Length": None},
    ],
)
async def test_a_body_says_how_long_it_is(house: House, headers: Mapping[str, str | None]) -> None:
    """A body in pieces, or of no stated length, is refused."""
    reply = await house.ask("POST", "/", b"0\r\n\r\n", headers)
    assert reply.status in {400, 411}


async def test_a_header_that_comes_twice_decides_nothing(house: House) -> None:
    """Two origins, one right and one wrong, are as good as none."""
    body = beat_body(Beat(SEAT))
    head = (
        f"POST /beat HTTP/1.1\r\nHost: {house.host}\r\nOrigin: {house.url}\r\n"
        f"Origin: http://evil.example\r\nContent-Type: {FORM}\r\nContent-Length: {len(body)}\r\n"
        "Connection: close\r\n\r\n"
    )
    assert reply_of(await house.raw(head.encode() + body)).status == 403


async def test_an_error_shows_nothing_anywhere(
    house: House, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:  # promise 4, promise 12
    """Where every call of the session fails, the answer is empty and nothing is logged."""
    house.door.broken = True
    replies = [await house.ask("GET", path) for path in ("/", "/room", "/room/state")]
    replies += [await house.beat(Beat(SEAT, envelopes=(ANSWER,)))]
    assert [(reply.status, reply.body) for reply in replies] == [(500, b"")] * len(replies)
    pressed = [
        await house.send("/", seat=SEAT, do="done", ask="reflection", text="canary words"),
        await house.send("/withdraw", seat=SEAT, words="canary words"),
    ]
    assert [(reply.status, reply.body) for reply in pressed] == [(204, b"")] * len(pressed)
    assert capfd.readouterr() == ("", "")
    assert caplog.records == []


ALONE = """
import asyncio, logging
from tests.web.conftest import House
from tests.web.memory_door import SEAT, MemoryDoor
from dialogue.web.server import WebDoor

async def main():
    door = MemoryDoor()
    house = House(door, WebDoor(door, names=["127.0.0.1"], bind="127.0.0.1", port=0))
    await house.web.start()
    for path in ("/", "/nowhere", "/room"):
        await house.ask("GET", path)
    await house.post("/withdraw", seat=SEAT, words="a")
    await house.raw(b"NOT HTTP AT ALL\\r\\n\\r\\n")
    door.broken = True
    assert (await house.ask("GET", "/")).status == 500
    await house.web.stop()

asyncio.run(main())
loggers = [logging.root, *map(logging.getLogger, logging.root.manager.loggerDict)]
assert [one.handlers for one in loggers if one.handlers] == []
"""


async def test_nothing_is_logged(capfd: pytest.CaptureFixture[str]) -> None:  # promise 12
    """In a program of its own no logger has a handler, and not a line is printed."""
    command = [sys.executable, "-W", "error", "-c", ALONE]
    await asyncio.to_thread(subprocess.run, command, cwd=ROOT, timeout=60, check=True)
    assert capfd.readouterr() == ("", "")


async def test_pages_have_one_length(house: House) -> None:  # promise 10
    """A page is as long with a sheet as without, and after an answer as before one."""
    lengths = {len((await house.ask("GET", "/")).body)}
    house.door.open("words", "compass")
    lengths.add(len((await house.ask("GET", "/")).body))
    for text in ("", "a few words", '<&">' * 250):
        reply = await house.post("/", seat=SEAT, do="done", ask="reflection", text=text)
        lengths.add(len(reply.body))
    assert lengths == {PAGE_BLOCK}
