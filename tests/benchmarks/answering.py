"""What it takes to answer phones: the real web door in one process, those who write in another.

Touches: clock, processes, the network on loopback, disk, a pseudo-terminal. The hold of 50 ms that
every beat has on purpose is left out where time is measured (`room_server.py`), else it would hide
it. What a disk adds depends on the disk: the temporary folder must lie on a real one.
"""

from __future__ import annotations

import asyncio
import json
import random
import socket
import statistics
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Protocol

import outside
from harness import Bench, Result, Terminal, milliseconds, percentile
from phones import (
    CALLERS,
    IN_WORDS,
    RECEIVED,
    WORDS,
    Address,
    Line,
    Sent,
    at_a_rate,
    in_a_row,
    seat,
    tokens,
)
from phones import (
    envelopes as envelopes_for,
)

from dialogue.web.wire import Beat, Envelope

HEADS = 1000
"""So many that the box has a cell for every envelope of a benchmark."""

LINES = 32
"""Phones that send at the same time, as fast as they are answered."""

A_TURN, TURNS_A_ROUND = 200, 3
"""Envelopes that are sent over them in one turn. Turns are short, so that what else the machine
does meets all who take turns alike."""

A_SECOND = 100
at_100 = partial(at_a_rate, a_second=A_SECOND)
SECONDS_A_ROUND = 2
ROOM, WITHIN_SECONDS = 500, 5.0
HALF_OPEN = 200
OK = b"HTTP/1.1 200"

LIVE_HEADS = 600
"""Of a session whose box takes the whole load, and that can grow by a head with every key."""
SEATS = 8
KEYS_A_BLOCK = 10
PRACTICE = {"choice": "warm"}
"""An answer to the first ask of the plan."""


@dataclass
class Server:
    """A room that is served by another process."""

    process: subprocess.Popen[str] = field(repr=False)
    address: Address

    def close_sheet(self) -> dict[str, list[str]]:
        """Close the sheet, open its box, and return what is kept, by ask."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        print("close", file=self.process.stdin, flush=True)
        kept: dict[str, list[str]] = json.loads(self.process.stdout.readline())["kept"]
        return kept


@contextmanager
def served(bench: Bench, kind: str, heads: int = HEADS) -> Iterator[Server]:
    """Serve a room of one kind, as `room_server.py` describes them, until the block ends."""
    folder = bench.folder / kind
    folder.mkdir()
    script = Path(__file__).with_name("room_server.py")
    command = [sys.executable, str(script), kind, str(heads), str(folder)]
    process = subprocess.Popen(
        command,
        env=dict(bench.environment),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    try:
        assert process.stdout is not None
        yield Server(process, Address(json.loads(process.stdout.readline())["url"]))
    finally:
        process.communicate("\n", timeout=30)


async def made(server: Server, kind: str, count: int) -> list[bytes]:
    """Return so many requests that bring one envelope each; a server of nothing gives no tokens."""
    if kind != "nothing":
        return await envelopes_for(server.address, count)
    one = Envelope("ask-1", "0" * 64, IN_WORDS)
    return [server.address.beat(Beat(seat(), "0" * 16, (one,))) for _ in range(count)]


class Sending(Protocol):
    """A way to send requests, and to look for what each answer must hold."""

    def __call__(
        self, lines: Sequence[Line], requests: Sequence[bytes], *, wanted: bytes
    ) -> Awaitable[Sent]:
        """Send them."""


async def one_round(server: Server, kind: str, count: int, callers: int, sending: Sending) -> Sent:
    """Send so many envelopes to a server, and make sure that each was answered as it should be."""
    requests = await made(server, kind, count)
    lines = await server.address.lines(callers)
    sent = await sending(lines, requests, wanted=OK if kind == "nothing" else RECEIVED)
    for line in lines:
        line.hang_up()
    assert not sent.refused, f"{sent.refused} of {count} envelopes were not received"
    return sent


def rounds_of(
    bench: Bench, kinds: Sequence[str], count: int, callers: int, sending: Sending
) -> dict[str, list[Sent]]:
    """Send to servers of several kinds in turns; a round before the first is not counted."""
    taken: dict[str, list[Sent]] = {kind: [] for kind in kinds}
    with ExitStack() as stack:
        servers = {kind: stack.enter_context(served(bench, kind)) for kind in kinds}
        for number in range(bench.rounds + 1):
            for kind, server in servers.items():
                sent = asyncio.run(one_round(server, kind, count, callers, sending))
                if number:
                    taken[kind].append(sent)
    return taken


def envelopes(bench: Bench) -> Sequence[Result]:
    """Durable envelopes a second, against the same without the disk and against doing nothing."""
    kinds = ("kept", "unsynced", "nothing")
    finer = replace(bench, rounds=TURNS_A_ROUND * bench.rounds)
    taken = rounds_of(finer, kinds, A_TURN, LINES, in_a_row)
    a_second = {kind: [A_TURN / sent.seconds for sent in taken[kind]] for kind in kinds}
    detail = ", ".join(f"{kind} {statistics.median(a_second[kind]):.0f}/s" for kind in kinds)

    def to(other: str) -> float:
        """Compare turn by turn, and return what lies in the middle."""
        both = zip(a_second["kept"], a_second[other], strict=True)
        return statistics.median(kept / rate for kept, rate in both)

    return (
        Result("envelopes-disk", to("unsynced"), 0.85, "unsynced", detail, at_least=True),
        Result("envelopes-floor", to("nothing"), 0.30, "nothing", detail, at_least=True),
    )


def slowest_envelopes(bench: Bench) -> Result:
    """The 99th percentile of durable envelopes at 100 a second, against doing nothing."""
    taken = rounds_of(bench, ("kept", "nothing"), SECONDS_A_ROUND * A_SECOND, CALLERS, at_100)
    latencies = {
        kind: [one for sent in rounds for one in sent.latencies] for kind, rounds in taken.items()
    }
    # Of the rounds, the middle one: a moment that somebody else took is in one of them, not in all.
    slow = {
        kind: statistics.median(percentile(sent.latencies, 0.99) for sent in rounds)
        for kind, rounds in taken.items()
    }
    detail = "; ".join(f"{kind} {milliseconds(values)}" for kind, values in latencies.items())
    shown = f"p99 {1000 * slow['kept']:.1f} to {1000 * slow['nothing']:.1f} ms; {detail}"
    return Result("envelope-p99", slow["kept"] / slow["nothing"], 3.0, "nothing", shown)


def whole_room(bench: Bench) -> Result:
    """500 phones send within five seconds: all are acknowledged, and what is kept is just that."""
    with served(bench, "shipped", ROOM) as server:
        told, seconds = asyncio.run(everybody_sends(server.address))
        kept = server.close_sheet()
    wrong = Counter(told)
    wrong.subtract(Counter(kept["ask-1"]))
    lost = sum(map(abs, wrong.values())) + ROOM - len(told)
    detail = f"{len(told)} of {ROOM} acknowledged, the last one {seconds:.1f} s after the first"
    return Result("whole-room", lost, 0, "lost", detail + " began")


async def everybody_sends(address: Address) -> tuple[list[str], float]:
    """Let 500 phones come and send; return the texts that were acknowledged, and the seconds."""
    drawn = random.Random(500)
    opened = asyncio.Semaphore(LINES)
    told: list[str] = []
    moments: list[float] = []

    async def come(phone: int) -> tuple[int, bytes, str]:
        async with opened:
            line = await address.line(phone)
            await line.ask(address.page())
            page = seat()
            sheet, given = await tokens(line, address, page)
            line.hang_up()
        text = f"Answer {phone}. {WORDS}".strip()
        one = Envelope("ask-1", given["ask-1"], {"text": text, "level": "aloud"})
        return phone, address.beat(Beat(page, sheet, (one,))), text

    async def send(phone: int, request: bytes, text: str, after: float) -> None:
        await asyncio.sleep(after)
        line = await address.line(phone)
        if RECEIVED in await line.ask(request):
            told.append(text)
        moments.append(time.perf_counter())
        line.hang_up()

    ready = await asyncio.gather(*(come(phone) for phone in range(ROOM)))
    began = time.perf_counter()
    await asyncio.gather(*(send(*one, drawn.uniform(0, WITHIN_SECONDS)) for one in ready))
    return told, max(moments) - began


def half_open(bench: Bench) -> Result:
    """The 95th percentile of envelopes beside 200 half-open sockets, against that without them."""
    latencies: dict[str, list[float]] = {"alone": [], "beside": []}
    with served(bench, "kept") as server:
        for number in range(1 + bench.rounds // 2):
            for name, sockets in (("alone", 0), ("beside", HALF_OPEN)):
                with left_half_open(server.address, sockets):
                    count = SECONDS_A_ROUND * A_SECOND
                    sent = asyncio.run(one_round(server, "kept", count, CALLERS, at_100))
                if number:
                    latencies[name] += sent.latencies
    slow = {name: percentile(values, 0.95) for name, values in latencies.items()}
    detail = "; ".join(f"{name} {milliseconds(values)}" for name, values in latencies.items())
    return Result("half-open", slow["beside"] / slow["alone"], 1.5, "alone", detail)


@contextmanager
def left_half_open(address: Address, count: int) -> Iterator[None]:
    """Keep so many connections that have begun a request and say no more, from far-off phones."""
    opened: list[socket.socket] = []
    try:
        for number in range(count):
            source = (f"127.2.0.{1 + number % 250}", 0)
            opened.append(socket.create_connection(address.place, source_address=source))
            opened[-1].sendall(b"POST /beat HTTP/1.1\r\nHost: ")
        yield
        # The door hangs up on them in its own time, and not before the round was over.
        assert all(_is_open(one) for one in opened)
    finally:
        for one in opened:
            one.close()


def _is_open(half: socket.socket) -> bool:
    half.setblocking(False)
    try:
        return half.recv(1) != b""
    except BlockingIOError:
        return True


def key_under_load(bench: Bench) -> Result:
    """From a key to the screen on Live while 100 envelopes a second come in, against idle."""
    taken: dict[str, list[float]] = {"idle": [], "loaded": []}
    with live_with_a_sheet(bench) as (live, address), load(bench, address) as loading:
        presses = outside.presses_of(live, LIVE_HEADS)
        for number in range(bench.rounds + 1):
            idle = [next(presses) for _ in range(KEYS_A_BLOCK)]
            with loading():
                loaded = [next(presses) for _ in range(KEYS_A_BLOCK)]
            if number:
                taken["idle"] += idle
                taken["loaded"] += loaded
    slow = {name: percentile(values, 0.95) for name, values in taken.items()}
    detail = "; ".join(f"{name} {milliseconds(values)}" for name, values in taken.items())
    return Result("key-under-load", slow["loaded"] / slow["idle"], 2.0, "idle", detail)


@contextmanager
def live_with_a_sheet(bench: Bench) -> Iterator[tuple[Terminal, Address]]:
    """Run the program in a terminal up to where a sheet is open to phones on loopback."""
    with socket.socket() as asking:
        asking.bind(("127.0.0.1", 0))
        port = asking.getsockname()[1]
    program = str(Path(__file__).with_name("loopback_program.py"))
    arguments = ("run", "lunch-and-learn", "--heads", str(LIVE_HEADS))
    command = [sys.executable, program, str(port), *arguments]
    address = Address(f"http://127.0.0.1:{port}")
    with Terminal(command, bench.environment, size=outside.WIDE) as live:
        outside.begin_session(live, LIVE_HEADS)
        asyncio.run(come_in(address, SEATS))
        live.send(b"l")
        live.wait_for(b"sheet open")
        live.settle(0.3)
        yield live, address


async def come_in(address: Address, seats: int) -> None:
    """Let so many pages be heard once, so that a sheet can be opened."""
    line = await address.line()
    for _ in range(seats):
        await line.ask(address.beat(Beat(seat())))
    line.hang_up()


@contextmanager
def load(bench: Bench, address: Address) -> Iterator[Callable[[], AbstractContextManager[None]]]:
    """Start a process that sends 100 envelopes a second, and yield what switches it on."""
    script = str(Path(__file__).with_name("phones.py"))
    command = [sys.executable, script, address.url, str(A_SECOND), json.dumps(PRACTICE)]
    with subprocess.Popen(
        command,
        env=dict(bench.environment),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as process:
        yield partial(_switched_on, process)
        process.communicate(timeout=30)


@contextmanager
def _switched_on(process: subprocess.Popen[str]) -> Iterator[None]:
    """Send while the block runs, and make sure that the load was what it should be."""
    assert process.stdin is not None
    assert process.stdout is not None
    print(file=process.stdin, flush=True)
    assert process.stdout.readline() == "ready\n"
    yield
    print(file=process.stdin, flush=True)
    told = json.loads(process.stdout.readline())
    # By the sender's clock: how long it takes to stop is no time in which it sends.
    received, due = told["received"], A_SECOND * told["seconds"]
    assert received > 0.8 * due, f"{received} of {due:.0f} envelopes were received"
