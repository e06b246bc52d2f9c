"""What a listener on the network gets of a rehearsed session: one length there and one back.

Touches: loopback, and tshark, which listens to the port of this test alone.
"""

from __future__ import annotations

import asyncio
import shutil
import signal
import socket
import ssl
import subprocess
from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from dialogue.caller import line as callers_line
from dialogue.rehearse import rehearsal
from dialogue.web import routes
from dialogue.web.connections import Limits
from dialogue.web.door import Door
from dialogue.web.server import Tls, WebDoor
from dialogue.web.wire import BODY_BYTES, PAGE_BLOCK, STATE_BLOCK
from tests.rehearse.conftest import Try
from tests.web import test_server

LOOPBACK = rehearsal.LOOPBACK
CANARIES = ("qx91z-the-first-canary", "qx92z-the-second-canary")
READABLE = (*CANARIES, "POST /beat", "What did you hear?", "application/x-www-form-urlencoded")
"""What a listener can read where nothing is hidden."""

certificate = test_server.tls
"""A certificate for loopback that signs itself."""

FIELDS = ("frame.number", "http.request.method", "http.request.uri", "http.content_length")
FIELDS += ("http.request_in", "tcp.len", "tcp.reassembled.length")

Capture = Callable[[int], AbstractAsyncContextManager[Path]]


@pytest.fixture
def capture(tmp_path: Path) -> Capture:
    """Return what listens to one port of loopback, if this machine lets us."""
    tshark = shutil.which("tshark")
    if tshark is None:
        pytest.skip("no tshark here: what goes over the network was not looked at")

    @asynccontextmanager
    async def listen(port: int) -> AsyncIterator[Path]:
        # A folder that tshark may write to also where it gives its rights away.
        file = tmp_path / "network.pcapng"
        command = [tshark, "-q", "-i", "lo", "-f", f"tcp port {port}", "-s", "0", "-B", "64"]
        listening = await asyncio.create_subprocess_exec(
            *command,
            "-w",
            str(file),
            stderr=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
        )
        await until_listening(listening, port)
        try:
            yield file
            await asyncio.sleep(0.3)
        finally:
            listening.send_signal(signal.SIGINT)
            await listening.communicate()

    return listen


async def until_listening(listening: asyncio.subprocess.Process, port: int) -> None:
    """Wait until packets are heard; tshark says that it begins some time before it does."""
    assert listening.stderr is not None
    said = b""
    while b"Capturing on" not in said:
        line = await asyncio.wait_for(listening.stderr.readline(), 30)
        said += line
        if not line:
            pytest.skip(f"tshark may not listen here: {said.decode(errors='replace')[-300:]}")
    await asyncio.sleep(0.5)


@dataclass(frozen=True)
class Lengths:
    """What calls of one route, and the answers to them, come to on the network."""

    bodies: set[int] = field(default_factory=set)
    calls: set[int] = field(default_factory=set)
    """With their heads; every phone of a rehearsal says the same of itself."""
    answers: set[int] = field(default_factory=set)
    whole_answers: set[int] = field(default_factory=set)
    """With their heads."""


async def lengths_by_route(file: Path, port: int) -> dict[str, Lengths]:
    """Return what was heard, by method and path; of calls that were cut off there is no answer."""
    command = ["tshark", "-n", "-r", str(file), "-d", f"tcp.port=={port},http", "-Y", "http"]
    command += ["-T", "fields", "-E", "separator=;", *(f"-e{one}" for one in FIELDS)]
    read = await asyncio.to_thread(subprocess.run, command, capture_output=True, check=True)
    found: defaultdict[str, Lengths] = defaultdict(Lengths)
    calls: dict[str, tuple[str, int, int]] = {}
    for line in read.stdout.decode().splitlines():
        frame, method, path, body, answered, segment, reassembled = line.split(";")
        length, whole = int(body or 0), int(reassembled or segment)
        if method:
            calls[frame] = (f"{method} {path}", length, whole)
        elif answered:
            route, length_there, whole_there = calls[answered]
            found[route].bodies.add(length_there)
            found[route].calls.add(whole_there)
            found[route].answers.add(length)
            found[route].whole_answers.add(whole)
    return dict(found)


Rehearse = Callable[..., Awaitable[Path]]


@pytest.fixture
def overheard(capture: Capture, tried: Try, port: int, monkeypatch: pytest.MonkeyPatch) -> Rehearse:
    """Return what rehearses a short session on a port, and returns all that was heard of it."""

    async def rehearse(tls: Tls | None = None) -> Path:
        limits = Limits(sockets=200, per_peer=200)

        def door_for(_heads: int) -> Callable[[Door], WebDoor]:
            return lambda door: WebDoor(
                door,
                names=(LOOPBACK,),
                bind=LOOPBACK,
                port=port,
                tls=tls,
                limits=limits,
                hold_seconds=0,
            )

        monkeypatch.setattr(rehearsal, "door_for", door_for)
        async with capture(port) as file:
            rehearsed = await tried(texts=CANARIES, heads=6)
        assert rehearsed.acknowledged > 10
        return file

    return rehearse


@pytest.fixture
def port() -> int:
    """Return a port that nobody uses."""
    with socket.socket() as one:
        one.bind((LOOPBACK, 0))
        return int(one.getsockname()[1])


async def test_each_route_has_one_length_there_and_one_back(overheard: Rehearse, port: int) -> None:
    """Of a whole session a listener gets two routes, each with one length of calls and answers."""
    # promise 10
    file = await overheard()
    heard = await lengths_by_route(file, port)
    assert {route: (found.bodies, found.answers) for route, found in heard.items()} == {
        "GET /": ({0}, {PAGE_BLOCK}),
        "POST /beat": ({BODY_BYTES}, {STATE_BLOCK}),
    }
    assert all(len(found.calls) == len(found.whole_answers) == 1 for found in heard.values())
    # On plain HTTP a listener can read everything, as the page says; so the look over TLS is fair.
    assert [canary for canary in READABLE if canary.encode() not in file.read_bytes()] == []


async def test_an_answer_that_is_not_filled_up_is_heard(
    overheard: Rehearse, port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same look finds a build whose answers are as long as what is in them."""
    # promise 10
    filled = routes.state_bytes
    monkeypatch.setattr(
        routes, "state_bytes", lambda *state, **more: filled(*state, **more).rstrip()
    )
    heard = await lengths_by_route(await overheard(), port)
    assert len(heard["POST /beat"].answers) > 1


async def test_over_tls_a_listener_reads_nothing(
    overheard: Rehearse, certificate: Tls, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither words nor questions nor what is asked for stand in what goes over TLS."""
    # promise 10
    context = ssl.create_default_context(cafile=str(certificate.certificate))
    monkeypatch.setattr(callers_line, "trust_of", lambda _authority: context)
    opaque = (await overheard(certificate)).read_bytes()
    assert len(opaque) > 1_000_000
    assert [canary for canary in READABLE if canary.encode() in opaque] == []
