"""What phones say of themselves is nowhere: sixty of them, and every byte the program left."""

from __future__ import annotations

import asyncio
import base64
import itertools
import os
import re
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import pytest
from starlette.types import Receive, Scope, Send

from dialogue.rehearse.rehearsal import Wanted
from dialogue.web.connections import RoomConnection
from dialogue.web.guard import Guard
from sessions.export.registry import FORMATS
from sessions.release import Order, release, write_exports
from sessions.sheet_desk import SheetDesk
from tests.rehearse.conftest import Try

CANARIES = {
    "User-Agent": "Canary-Browser/1.7 (PhoneOfEve; qx81z-of-one-phone-agent)",
    "Accept-Language": "qx82z-of-one-phone-language",
    "Accept": "text/html, application/qx83z-of-one-phone-accept",
    "Referer": "http://qx84z-of-one-phone-referrer.example/",
    "Cookie": "who=qx85z-of-one-phone-cookie",
    "X-Forwarded-For": "203.0.113.77",
    "X-Device-Name": "qx86z-of-one-phone-device",
    "Sec-CH-UA-Model": '"qx87z-of-one-phone-model"',
}
ADDRESSES = [f"127.0.77.{number}" for number in range(1, 61)]
WORDS = [f"qx8{number}z-of-one-phone" for number in range(1, 8)] + [
    "203.0.113.77",
    "PhoneOfEve",
    "127.0.77.",
]
SHORTEST = 8
"""Fewer bytes than this stand in a file of random ones by chance."""

FORMS: tuple[Callable[[str], bytes], ...] = (
    str.encode,
    lambda text: text.encode("utf-16-le"),
    lambda text: text.encode("utf-16-be"),
    lambda text: text.encode().hex().encode(),
    *(partial(lambda pad, text: inner_base64(text, pad), pad) for pad in range(3)),
)
"""How a word may stand in a file."""

Hits = Callable[[], list[str]]


def inner_base64(text: str, pad: int) -> bytes:
    """Return what of a text is the same in base64, whatever stands around it at this offset."""
    coded = base64.b64encode(b"\0" * pad + text.encode() + b"\0" * (-(pad + len(text)) % 3))
    return coded[4:-4]


MARKS = [mark for word in WORDS for form in FORMS if len(mark := form(word)) >= SHORTEST]


def marks_in(data: bytes) -> list[bytes]:
    """Return the marks that stand in some bytes."""
    return [mark for mark in MARKS if mark in data]


# A place on a page ("382.64514") and in a file ("startxref 60765") are no numbers of a phone.
PLAIN = re.compile(
    rb"(?<![0-9A-Za-z])(?<![0-9]\.)(?<!startxref\n)[0-9]{4,5}(?![0-9A-Za-z])",
)
WIDE = re.compile(rb"(?:[0-9]\0){4,5}")
CODED = re.compile(rb"(?:3[0-9]){5}")


def ports_in(data: bytes, ports: set[int]) -> set[int]:
    """Return the ports that stand in some bytes: as a number of its own, as UTF-16, as hex."""
    found = {int(one) for one in PLAIN.findall(data)}
    found |= {int(one.replace(b"\0", b"")) for one in WIDE.findall(data)}
    found |= {int(bytes.fromhex(one.decode())) for one in CODED.findall(data)}
    return found & ports


def test_a_port_is_seen_as_a_number_of_its_own_and_a_place_on_a_page_is_none() -> None:
    """What looks for ports finds them in every form, and takes no decimals for one."""
    port = "45123"
    for seen in (b"from :45123,", b"127.0.77.9:45123", port.encode("utf-16-le"), b"3435313233"):
        assert ports_in(seen, {45123}) == {45123}
    assert ports_in(b"/XYZ 62.3 382.45123 startxref\n45123\n%%EOF 145123 45123x", {45123}) == set()


@dataclass
class Peers:
    """From where phones have come."""

    addresses: set[str] = field(default_factory=set)
    ports: set[int] = field(default_factory=set)


@pytest.fixture
def each_from_its_own_address(monkeypatch: pytest.MonkeyPatch) -> Peers:
    """Let phones come from sixty addresses, and return where they came from."""
    connect, used, addresses = asyncio.open_connection, Peers(), itertools.cycle(ADDRESSES)

    async def connect_from(host: str, port: int, **how: object) -> object:
        source = next(addresses)
        reader, writer = await connect(host, port, local_addr=(source, 0), **how)
        used.addresses.add(source)
        used.ports.add(writer.get_extra_info("sockname")[1])
        return reader, writer

    monkeypatch.setattr(asyncio, "open_connection", connect_from)
    return used


@pytest.fixture
def hits(
    wanted: Wanted,
    fence: Path,
    tmp_path: Path,
    each_from_its_own_address: Peers,
    monkeypatch: pytest.MonkeyPatch,
) -> Hits:
    """Return what looks for the marks in every file: data, settings, cache, logs, temp, here."""
    temp, here = tmp_path / "temp", tmp_path / "here"
    for one in (temp, here):
        one.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(temp))
    monkeypatch.setenv("TMPDIR", str(temp))
    monkeypatch.chdir(here)
    roots = [wanted.places.data, wanted.places.config, fence, temp, here]

    def look() -> list[str]:
        files = (path for root in roots for path in root.rglob("*") if path.is_file())
        return [path.name for path in files if holds_a_trace(path.read_bytes())]

    def holds_a_trace(data: bytes) -> bool:
        return bool(marks_in(data) or ports_in(data, each_from_its_own_address.ports))

    return look


@pytest.fixture
def at_each_close(hits: Hits, monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """Return what is found right before each box is opened, with all envelopes in it."""
    found: list[list[str]] = []
    finish = SheetDesk.finish

    def look_first(desk: SheetDesk) -> object:
        found.append(hits())
        return finish(desk)

    monkeypatch.setattr(SheetDesk, "finish", look_first)
    return found


# promise 1
async def test_sixty_phones_leave_no_trace_of_what_they_are(
    tried: Try,
    hits: Hits,
    at_each_close: list[list[str]],
    each_from_its_own_address: Peers,
    capfd: pytest.CaptureFixture[str],
) -> None:
    """No file, while a sheet is open, at the end or exported, and no output tells of a phone."""
    rehearsed = await tried(heads=60, headers=CANARIES)
    assert each_from_its_own_address.addresses == set(ADDRESSES)
    assert len(each_from_its_own_address.ports) > 60
    assert rehearsed.acknowledged > 60
    # What was found while both sheets were closing, with the version before and the box there.
    assert at_each_close == [[], []]
    assert hits() == []
    released = release(rehearsed.path)
    for chosen in FORMATS.values():
        write_exports(released, Order([chosen], rehearsed.path.parents[2] / "exports"))[0]
    assert hits() == []
    said = capfd.readouterr()
    printed = (said.out + said.err).encode()
    assert marks_in(printed) == []
    assert ports_in(printed, each_from_its_own_address.ports) == set()


Peer = tuple[str, int]


def log_of_addresses(peer: Peer) -> bytes:
    """Note who asked, as a log of requests does."""
    return f"{peer[0]} asked\n".encode()


def log_of_ports(peer: Peer) -> bytes:
    """Note the port alone."""
    return f"from {peer[1]}\n".encode()


def coded_addresses(peer: Peer) -> bytes:
    """Note who asked in a form that nobody reads at a glance."""
    return base64.b64encode(f"from {peer[0]} to us".encode())


LEAKS = (log_of_addresses, log_of_ports, coded_addresses)
PLACES = ("XDG_CACHE_HOME", "XDG_STATE_HOME", "TMPDIR")


def plant(patch: pytest.MonkeyPatch, leak: Callable[[Peer], bytes], folder: Path) -> None:
    """Let every connection write something of where it comes from to a file."""
    made = RoomConnection.connection_made
    folder.mkdir(parents=True, exist_ok=True)

    def log_it(connection: RoomConnection, transport: asyncio.Transport) -> None:
        with (folder / "planted.log").open("ab") as log:
            log.write(leak(transport.get_extra_info("peername")))
        made(connection, transport)

    patch.setattr(RoomConnection, "connection_made", log_it)


# promise 1
@pytest.mark.parametrize(("leak", "place"), [*zip(LEAKS, PLACES, strict=True)])
async def test_a_trace_of_a_peer_would_be_found(
    tried: Try,
    hits: Hits,
    leak: Callable[[Peer], bytes],
    place: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """With a log of addresses or ports planted in any folder the same look finds it."""
    plant(monkeypatch, leak, Path(os.environ[place]))
    await tried(headers=CANARIES)
    assert hits() == ["planted.log"]


# promise 1
async def test_a_log_of_headers_would_be_found(
    tried: Try, wanted: Wanted, hits: Hits, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With a log of requests planted in the data folder the same look finds it."""
    answer = Guard.__call__

    async def log_it(guard: Guard, scope: Scope, receive: Receive, send: Send) -> None:
        with (wanted.places.data / "access.log").open("ab") as log:
            log.writelines(value + b"\n" for _name, value in scope["headers"])
        await answer(guard, scope, receive, send)

    monkeypatch.setattr(Guard, "__call__", log_it)
    await tried(headers=CANARIES)
    assert hits() == ["access.log"]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("before", [b"", b"x", b"xy"])
def test_the_look_finds_a_word_in_every_form(form: Callable[[str], bytes], before: bytes) -> None:
    """A word is found as it is, as UTF-16, as hex, and within base64 at any offset."""
    assert marks_in(before + form(WORDS[0]) + b"tail")
    assert marks_in(base64.b64encode(before + WORDS[0].encode() + b"tail"))
