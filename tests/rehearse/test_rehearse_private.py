"""What phones say of themselves is nowhere: sixty of them, and every byte the program left."""

from __future__ import annotations

import asyncio
import base64
import itertools
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from starlette.types import Receive, Scope, Send

from dialogue.rehearse.rehearsal import Wanted
from dialogue.web.guard import Guard
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


@pytest.fixture
def hits(wanted: Wanted, fence: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Hits:
    """Return what looks for the marks in every file there is: data, settings, cache, temp."""
    temp = tmp_path / "temp"
    temp.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(temp))
    roots = [wanted.places.data, wanted.places.config, fence, temp]

    def look() -> list[str]:
        files = (path for root in roots for path in root.rglob("*") if path.is_file())
        return [str(path) for path in files if marks_in(path.read_bytes())]

    return look


def inner_base64(text: str, pad: int) -> bytes:
    """Return what of a text is the same in base64, whatever stands around it at this offset."""
    coded = base64.b64encode(b"\0" * pad + text.encode() + b"\0" * (-(pad + len(text)) % 3))
    return coded[4:-4]


MARKS = [mark for word in WORDS for form in FORMS if len(mark := form(word)) >= SHORTEST]


def marks_in(data: bytes) -> list[bytes]:
    """Return the marks that stand in some bytes."""
    return [mark for mark in MARKS if mark in data]


@pytest.fixture
def each_from_its_own_address(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """Let phones come from sixty addresses, and return those that were used."""
    connect, used, addresses = asyncio.open_connection, set[str](), itertools.cycle(ADDRESSES)

    async def connect_from(host: str, port: int, **how: object) -> object:
        source = next(addresses)
        used.add(source)
        return await connect(host, port, local_addr=(source, 0), **how)

    monkeypatch.setattr(asyncio, "open_connection", connect_from)
    return used


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
    each_from_its_own_address: set[str],
    capfd: pytest.CaptureFixture[str],
) -> None:
    """No file, while a sheet is open or at the end, and no output holds headers or addresses."""
    rehearsed = await tried(heads=60, headers=CANARIES)
    assert each_from_its_own_address == set(ADDRESSES)
    assert rehearsed.acknowledged > 60
    assert at_each_close == [[], []]
    assert hits() == []
    said = capfd.readouterr()
    assert marks_in((said.out + said.err).encode()) == []


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
    assert hits() == [str(wanted.places.data / "access.log")]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("before", [b"", b"x", b"xy"])
def test_the_look_finds_a_word_in_every_form(form: Callable[[str], bytes], before: bytes) -> None:
    """A word is found as it is, as UTF-16, as hex, and within base64 at any offset."""
    assert marks_in(before + form(WORDS[0]) + b"tail")
    assert marks_in(base64.b64encode(before + WORDS[0].encode() + b"tail"))
