"""The way to the web door without a browser: addresses, certificates, and hostile answers."""

from __future__ import annotations

import asyncio
import copy
import json
import shutil
import subprocess
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import TYPE_CHECKING, Any

import pytest

from agreements.plan import Ask
from dialogue.caller.address import read_address
from dialogue.caller.caller import Caller, fitting
from dialogue.caller.errors import (
    AddressError,
    CallError,
    LostError,
    NotTrustedError,
    StrangeError,
)
from dialogue.caller.line import LARGEST_BODY_BYTES
from dialogue.caller.told import read_told
from dialogue.caller.trust import trust_of
from dialogue.web.door import Receipt
from dialogue.web.server import Tls
from dialogue.web.strings import strings_in
from dialogue.web.wire import (
    Beat,
    Envelope,
    beat_body,
    own_state,
    room_bytes,
    room_state,
    state_bytes,
)
from sessions.text import is_clean
from tests.web.memory_door import SEAT, MemoryDoor, asks_of, sheet_of
from tests.web.stage import answering

if TYPE_CHECKING:
    from pathlib import Path

    from tests.web.conftest import House, Serve

on_the_loop = pytest.mark.asyncio(loop_scope="session")

T = strings_in("en")


@pytest.mark.parametrize(
    ("typed", "origin"),
    [
        ("192.0.2.7:8765", "http://192.0.2.7:8765"),
        ("http://192.0.2.7:8765", "http://192.0.2.7:8765"),
        ("HTTP://192.0.2.7:8765/", "http://192.0.2.7:8765"),
        ("  http://192.0.2.7:8765/ROOM  ", "http://192.0.2.7:8765"),
        ("Laptop.local", "http://laptop.local"),
        ("http://laptop.local:80/", "http://laptop.local"),
        ("https://dialogue.example.org", "https://dialogue.example.org"),
        ("HTTPS://Dialogue.Example.Org:443/Room/", "https://dialogue.example.org"),
        ("https://dialogue.example.org:8443", "https://dialogue.example.org:8443"),
        ("http://[2001:db8::1]:8765", "http://[2001:db8::1]:8765"),
    ],
)
def test_an_address_is_taken_as_it_is_printed(typed: str, origin: str) -> None:
    """With or without scheme and slash, in either case, it is the same origin as a browser's."""
    assert read_address(typed).origin == origin


BAD_ADDRESSES = [
    "",
    " ",
    "ftp://192.0.2.7",
    "file:///etc/passwd",
    "javascript:alert(1)",
    "http://",
    "http:///x",
    "http://192.0.2.7:8765/elsewhere",
    "http://192.0.2.7:8765/?a=b",
    "http://192.0.2.7:8765/?",
    "http://192.0.2.7:8765/#x",
    "http://ana:secret@192.0.2.7",
    "192.0.2.7:port",
    "192.0.2.7:0",
    "192.0.2.7:99999",
    "http://a b",
    "http://-x",
    "http://dialogue.example.org\r\nX: 1",
    "http://[::1",
    "http://[::1%25eth0]:8765",
    "http://\u202eelpmaxe",
    "http://münchen.example",
    "\x1b[31mred",
    "http://" + "a" * 400,
]


@pytest.mark.parametrize("typed", BAD_ADDRESSES, ids=ascii)
def test_what_is_no_address_is_refused_with_a_sentence(typed: str) -> None:
    """Anything else is told what an address looks like, in words that any terminal can show."""
    with pytest.raises(AddressError) as refused:
        read_address(typed)
    assert is_clean(refused.value.sentence)
    assert refused.value.sentence.endswith(".")


def test_what_the_door_tells_is_read_back_whole() -> None:
    """Each field of the room, each kind of ask, tokens and receipts come back as they were said."""
    door = MemoryDoor()
    kinds = ("words", "compass", "choice", "scale")
    door.set(sheet=sheet_of(*kinds, small_room=True), cue="half-time")
    receipts = [("reflection", Receipt("received", "", "kept\nwhole", "a b c d"))]
    tokens = {ask.id: "0f" * 32 for ask in asks_of(*kinds)}
    own = own_state(tokens, receipts)
    state = json.loads(state_bytes(room_bytes(door.shown, door.places), own))
    told = read_told(state, ["reflection"])
    assert told.room == door.shown
    assert [place.id for place in told.places] == [place.id for place in door.places]
    assert told.tokens == tokens
    assert list(told.receipts) == [receipts[0][1]]


def good_state() -> dict[str, Any]:
    """Return what a door with an open sheet tells."""
    door = MemoryDoor()
    door.set(sheet=sheet_of("words", "compass", "choice", "scale"))
    own = own_state({ask.id: "0f" * 32 for ask in asks_of("words")}, [])
    return json.loads(json.dumps(room_state(door.shown, door.places) | own))


def places_in(value: object, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """Return the place of every key and item in some JSON."""
    if isinstance(value, dict):
        inner = [places_in(child, (*path, key)) for key, child in value.items()]
    elif isinstance(value, list):
        inner = [places_in(child, (*path, number)) for number, child in enumerate(value)]
    else:
        inner = []
    return [path, *(one for found in inner for one in found)]


WRONG = (None, True, -1, 10**30, 1.5, "", "x\x1b[31m" * 2000, [], {}, [[]], ["a"] * 5000, {"a": 1})


def test_every_hostile_answer_is_read_or_refused() -> None:
    """At each place of an answer each wrong thing is refused, or read as something harmless."""
    state = good_state()
    for path in places_in(state)[1:]:
        for wrong in WRONG:
            bad = copy.deepcopy(state)
            parent: Any = bad
            for key in path[:-1]:
                parent = parent[key]
            parent[path[-1]] = wrong
            with suppress(StrangeError):
                assert all_clean(read_told(bad, [])), path
        gone = copy.deepcopy(state)
        parent = gone
        for key in path[:-1]:
            parent = parent[key]
        if isinstance(parent, dict) and path[0] != "tokens":
            del parent[path[-1]]
            with pytest.raises(StrangeError):
                read_told(gone, [])


def all_clean(value: object) -> bool:
    """Say whether every text in what was read may reach a terminal."""
    if isinstance(value, str):
        return is_clean(value)
    if isinstance(value, Ask):
        return all_clean(value.model_dump())
    if isinstance(value, dict):
        return all(all_clean(one) for pair in value.items() for one in pair)
    if isinstance(value, list | tuple):
        return all(map(all_clean, value))
    names = getattr(type(value), "__dataclass_fields__", ())
    return all(all_clean(getattr(value, name)) for name in names)


@pytest.mark.parametrize("state", [None, [], "x", 7, {}], ids=repr)
def test_what_is_no_object_is_refused(state: object) -> None:
    """JSON of another kind is no answer."""
    with pytest.raises(StrangeError):
        read_told(state, [])


def test_receipts_must_be_those_of_the_beat() -> None:
    """An answer with receipts for something else, or with none, is no answer to this beat."""
    for sent in (["reflection"], ["useful", "reflection"]):
        with pytest.raises(StrangeError):
            read_told(good_state(), sent)


def test_one_beat_takes_what_fits() -> None:
    """Of two answers in words one goes, of the others all, and never more than a beat holds."""
    words = [Envelope(f"w{n}", "f" * 64, {"text": "\U0001f469" * 1000}) for n in range(2)]
    rest = [Envelope(f"c{n}", "f" * 64, {"choice": "x"}) for n in range(4)]
    going = fitting([words[0], rest[0], words[1], *rest[1:]])
    assert going == [words[0], *rest[:3]]
    beat_body(Beat(SEAT, "0" * 16, tuple(going), withdraw="acorn cello fern wren"))


@asynccontextmanager
async def hostile(answer: bytes, page: bytes = b"") -> AsyncIterator[str]:
    """Serve some bytes to every request but the first, which gets the page where there is one."""

    async def serve_one(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                if head.startswith(b"POST"):
                    await reader.readexactly(16_384)
                writer.write(page if page and head.startswith(b"GET") else answer)
                await writer.drain()
                if not answer:
                    break
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    server = await asyncio.start_server(serve_one, "127.0.0.1", 0)
    async with server:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"


def reply(body: bytes, status: str = "200 OK", more: str = "") -> bytes:
    """Return a whole answer."""
    return f"HTTP/1.1 {status}\r\n{more}content-length: {len(body)}\r\n\r\n".encode() + body


DEEP = b"[" * 100_000
HOSTILE: dict[str, tuple[bytes, type[CallError]]] = {
    "nothing": (b"", LostError),
    "no-http": (b"SSH-2.0-OpenSSH_9.6\r\n\r\n", StrangeError),
    "endless-head": (b"HTTP/1.1 200 OK\r\n" + b"x: y\r\n" * 30_000, StrangeError),
    "no-length": (b"HTTP/1.1 200 OK\r\n\r\nhello", StrangeError),
    "huge-length": (
        f"HTTP/1.1 200 OK\r\ncontent-length: {LARGEST_BODY_BYTES + 1}\r\n\r\n".encode(),
        StrangeError,
    ),
    "absurd-length": (
        b"HTTP/1.1 200 OK\r\ncontent-length: 9" + b"9" * 5000 + b"\r\n\r\n",
        StrangeError,
    ),
    "minus-length": (b"HTTP/1.1 200 OK\r\ncontent-length: -1\r\n\r\n", StrangeError),
    "chunked": (
        b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\ncontent-length: 1\r\n\r\nx",
        StrangeError,
    ),
    "gzip": (reply(b"\x1f\x8b\x08", more="content-encoding: gzip\r\n"), StrangeError),
    "redirect": (reply(b"", "302 Found", "location: http://example.org/\r\n"), StrangeError),
    "misdirected": (reply(b"", "421 Misdirected Request"), StrangeError),
    "forbidden": (reply(b"", "403 Forbidden"), StrangeError),
    "broken": (reply(b"", "500 Internal Server Error"), LostError),
    "busy": (reply(b"", "503 Service Unavailable"), LostError),
    "empty": (reply(b""), StrangeError),
    "no-json": (reply(b"<html>hello"), StrangeError),
    "no-text": (reply(b"\xff\xfe\x00"), StrangeError),
    "deep": (reply(DEEP), StrangeError),
    "huge-number": (reply(b"9" * 10_000), StrangeError),
    "no-object": (reply(b"[1,2,3]"), StrangeError),
}


@on_the_loop
@pytest.mark.parametrize("name", HOSTILE)
async def test_a_hostile_server_gets_a_sentence(name: str) -> None:
    """Whatever answers, a beat and the page end in one of our errors, in words, and soon."""
    answer, kind = HOSTILE[name]
    async with hostile(answer) as url:
        caller = Caller(read_address(url), patience_seconds=5)
        for ask in (caller.open_page, lambda: caller.beat(Beat(SEAT))):
            with pytest.raises(CallError) as refused:
                await ask()
            assert is_clean(refused.value.sentence)
        assert isinstance(refused.value, kind)
        await caller.close()


@on_the_loop
async def test_a_server_that_never_answers_is_given_up() -> None:
    """One that takes a request and says nothing is lost once patience ends."""

    async def say_nothing(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()
        writer.close()

    server = await asyncio.start_server(say_nothing, "127.0.0.1", 0)
    async with server:
        url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        with pytest.raises(LostError):
            await Caller(read_address(url), patience_seconds=0.2).open_page()


@on_the_loop
@pytest.mark.parametrize("name", [name for name in HOSTILE if name != "nothing"])
async def test_the_form_stands_before_a_hostile_server(name: str) -> None:
    """The form shows a sentence instead of an answer, keeps what is there, and goes on calling."""
    page = reply(f'<input id="seat" value="{SEAT}">'.encode())
    async with hostile(HOSTILE[name][0], page) as url, answering(url) as form:
        await form.beat()
        assert form.app.crash is None
        assert form.app.page.line in form.words.replace("  ", " ")
        assert form.app.page.line.endswith(".")


@pytest.fixture(scope="module")
def tls(tmp_path_factory: pytest.TempPathFactory) -> Tls:
    """Return a certificate for loopback that signs itself."""
    return made_certificate(tmp_path_factory.mktemp("tls"), "IP:127.0.0.1")


def made_certificate(folder: Path, name: str) -> Tls:
    """Make a certificate for a name."""
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("no openssl here: TLS was not tried")
    made = Tls(folder / "certificate.pem", folder / "key.pem")
    command = [openssl, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"]
    command += ["-subj", "/CN=test", "-addext", f"subjectAltName={name}"]
    command += ["-keyout", str(made.key), "-out", str(made.certificate)]
    subprocess.run(command, check=True, capture_output=True)
    return made


@on_the_loop
async def test_over_tls_it_is_the_same_page(serve: Serve, tls: Tls) -> None:
    """With the organisation's own certificates the page opens, and beats are answered."""
    house = await serve(tls=tls)
    caller = Caller(read_address(house.url), trust=trust_of(tls.certificate))
    assert caller.address.tls
    seat = await caller.open_page()
    state = await caller.beat(Beat(seat))
    assert read_told(state, []).room == house.door.shown
    await caller.close()


@on_the_loop
async def test_a_certificate_nobody_vouches_for_is_refused(serve: Serve, tls: Tls) -> None:
    """Without them it is refused in words, and the door never hears of the caller."""
    house = await serve(tls=tls)
    for trust in (None, trust_of(None)):
        with pytest.raises(NotTrustedError, match="does not know who made it") as refused:
            await Caller(read_address(house.url), trust=trust).open_page()
        assert "--ca" in refused.value.sentence
    assert house.door.seats == []


@on_the_loop
async def test_a_certificate_of_another_name_is_refused(serve: Serve, tmp_path: Path) -> None:
    """One that is vouched for and made for another address is refused as such."""
    other = made_certificate(tmp_path, "DNS:elsewhere.example")
    house = await serve(tls=other)
    with pytest.raises(NotTrustedError, match="made for another name"):
        await Caller(read_address(house.url), trust=trust_of(other.certificate)).open_page()


@on_the_loop
async def test_a_plain_door_is_no_door_over_tls(house: House) -> None:
    """Over https before a door without TLS, it is said that nobody there speaks it."""
    address = read_address(house.url.replace("http:", "https:"))
    with pytest.raises((StrangeError, LostError)) as refused:
        await Caller(address, patience_seconds=5).open_page()
    assert is_clean(refused.value.sentence)


def test_a_file_without_certificates_is_refused(tmp_path: Path) -> None:
    """A file that is missing or holds none is named, with what to do."""
    wrong = tmp_path / "wrong.pem"
    wrong.write_text("no certificate", "utf-8")
    for path in (wrong, tmp_path / "none.pem"):
        with pytest.raises(NotTrustedError, match=path.name):
            trust_of(path)
