"""What writes to the web door from another process: raw sockets that are kept open, and no more.

Touches: clock, the network on loopback. Requests are made before the clock starts, and of an answer
only what is asked about is looked at, so that the driver takes as little of the machine as it can.

`python tests/benchmarks/phones.py URL A_SECOND FIELDS` is a load that others switch on and off:
at a line on its input it makes envelopes ready, says so in a line of its own, and sends so many a
second; at the next line it stops and says how many were received.
"""

from __future__ import annotations

import asyncio
import json
import secrets
import sys
import time
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from ipaddress import IPv4Address
from typing import Any
from urllib.parse import urlsplit

from dialogue.web.guard import FORM
from dialogue.web.wire import Beat, Envelope, beat_body

RECEIVED = b'"outcome":"received"'
WORDS = "Being heard without being fixed; who is asked to explain, and who may rest. " * 4
"""What is written, unless somebody says: about as long as people write on a phone."""

IN_WORDS: Mapping[str, str] = {"text": WORDS.strip(), "level": "aloud"}
"""The form that goes with it."""

CALLERS = 12
"""Phones that share a fixed rate."""

PATIENCE_SECONDS = 60
"""How long an answer is waited for; one that never comes must not keep a benchmark for ever."""

_READERS = 8
_RESERVE_SECONDS = 5
_END = b"\r\n\r\n"
_LENGTH = b"\r\ncontent-length: "
_FIRST_PHONE = IPv4Address("127.1.0.1")


class AnswerError(Exception):
    """The door did not answer as it should; the message is what it said first."""


class Line(asyncio.Protocol):
    """One connection that is kept: a request goes out, its answer comes back."""

    def __init__(self) -> None:
        """Stand ready; the loop connects it."""
        self._transport: asyncio.Transport | None = None
        self._seen = bytearray()
        self._answer: asyncio.Future[bytes] | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Take the connection."""
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        """Hand over the answer once it is whole."""
        self._seen += data
        whole = _whole_length(self._seen)
        if whole is not None and self._answer is not None and len(self._seen) >= whole:
            answer, self._answer = self._answer, None
            if not answer.done():
                answer.set_result(bytes(self._seen[:whole]))
            del self._seen[:whole]

    def connection_lost(self, exc: Exception | None) -> None:
        """Tell whoever waits, or asks later, that nothing will come."""
        del exc
        self._transport = None
        if self._answer is not None and not self._answer.done():
            self._answer.set_exception(AnswerError("the door hung up"))

    async def ask(self, request: bytes) -> bytes:
        """Send a request and return its whole answer.

        Raises:
            AnswerError: It is not the answer of a page that works.
        """
        if self._transport is None:
            raise AnswerError("the door has hung up")
        self._answer = asyncio.get_running_loop().create_future()
        self._transport.write(request)
        async with asyncio.timeout(PATIENCE_SECONDS):
            answer = await self._answer
        if not answer.startswith(b"HTTP/1.1 200"):
            raise AnswerError(answer[:40].decode("latin-1"))
        return answer

    def hang_up(self) -> None:
        """Let go of the connection."""
        if self._transport is not None:
            self._transport.close()


@dataclass(frozen=True)
class Address:
    """Where the door is."""

    url: str

    @property
    def place(self) -> tuple[str, int]:
        """Host and port."""
        parts = urlsplit(self.url)
        return parts.hostname or "", parts.port or 80

    @property
    def head(self) -> str:
        """What every request says, as a browser would in as many bytes."""
        host = urlsplit(self.url).netloc
        return (
            f"Host: {host}\r\nUser-Agent: Mozilla/5.0 (Linux; Android 14) Mobile Safari/537.36\r\n"
            "Accept: */*\r\nAccept-Language: en-GB,en;q=0.9\r\nAccept-Encoding: gzip, deflate\r\n"
            "Connection: keep-alive\r\n"
        )

    def page(self) -> bytes:
        """Return the request for the phone page."""
        return f"GET / HTTP/1.1\r\n{self.head}\r\n".encode()

    def beat(self, beat: Beat) -> bytes:
        """Return a page's regular call as a request."""
        body = beat_body(beat)
        head = (
            f"POST /beat HTTP/1.1\r\n{self.head}Origin: {self.url}\r\nContent-Type: {FORM}\r\n"
            f"Content-Length: {len(body)}\r\n\r\n"
        )
        return head.encode() + body

    async def line(self, phone: int = 0) -> Line:
        """Return a new connection; each phone comes from an address of its own."""
        source = (str(_FIRST_PHONE + phone), 0)
        loop = asyncio.get_running_loop()
        return (await loop.create_connection(Line, *self.place, local_addr=source))[1]

    async def lines(self, count: int) -> list[Line]:
        """Return a connection of each of so many phones."""
        return [await self.line(phone) for phone in range(count)]


@dataclass
class Sent:
    """How sending went."""

    seconds: float
    """From the first request to the last answer."""
    latencies: list[float] = field(default_factory=list)
    refused: int = 0
    """Answers that did not say that the envelope was received."""


def seat() -> str:
    """Return a page's random name."""
    return secrets.token_hex(16)


async def tokens(line: Line, address: Address, page: str) -> tuple[str, dict[str, str]]:
    """Call as a page that has just been opened; return the sheet and a token for each ask."""
    answer = await line.ask(address.beat(Beat(page)))
    state: dict[str, Any] = json.loads(answer[answer.index(_END) :])
    return state["sheet"]["id"], state["tokens"]


async def envelopes(
    address: Address, count: int, fields: Mapping[str, str] = IN_WORDS
) -> list[bytes]:
    """Return so many requests that each bring one envelope under a token of its own.

    Args:
        address: Where the sheet is open.
        count: How many.
        fields: The filled-in form of an ask, which is the same for all.
    """
    made: list[bytes] = []

    async def read(line: Line) -> None:
        while len(made) < count:
            page = seat()
            sheet, given = await tokens(line, address, page)
            for ask, token in given.items():
                one = Envelope(ask, token, fields)
                made.append(address.beat(Beat(page, sheet, (one,))))
        line.hang_up()

    await asyncio.gather(*map(read, await address.lines(_READERS)))
    return made[:count]


async def in_a_row(lines: Sequence[Line], requests: Iterable[bytes], *, wanted: bytes) -> Sent:
    """Send requests over some connections, each of them as soon as the last one is answered."""
    sent = Sent(0.0)
    waiting = iter(requests)
    started = time.perf_counter()
    await asyncio.gather(*(_one_by_one(line, waiting, sent, wanted) for line in lines))
    sent.seconds = time.perf_counter() - started
    return sent


async def _one_by_one(line: Line, waiting: Iterator[bytes], sent: Sent, wanted: bytes) -> None:
    for request in waiting:
        began = time.perf_counter()
        answer = await line.ask(request)
        sent.latencies.append(time.perf_counter() - began)
        sent.refused += wanted not in answer


async def at_a_rate(
    lines: Sequence[Line],
    requests: Iterable[bytes],
    a_second: float,
    *,
    wanted: bytes,
    sent: Sent | None = None,
) -> Sent:
    """Send requests at fixed moments; an answer that keeps the next one waiting counts for both."""
    sent = sent or Sent(0.0)
    started = time.perf_counter()
    free: asyncio.Queue[Line] = asyncio.Queue()
    for line in lines:
        free.put_nowait(line)
    async with asyncio.TaskGroup() as all_of_them:
        for number, request in enumerate(requests):
            due = started + number / a_second
            await asyncio.sleep(max(0.0, due - time.perf_counter()))
            all_of_them.create_task(_when_due(free, request, due, sent, wanted))
    sent.seconds = time.perf_counter() - started
    return sent


async def _when_due(
    free: asyncio.Queue[Line], request: bytes, due: float, sent: Sent, wanted: bytes
) -> None:
    line = await free.get()
    # The driver's own lateness in waking up is no part of the answer.
    due = max(due, time.perf_counter()) if free.qsize() else due
    answer = await line.ask(request)
    free.put_nowait(line)
    sent.latencies.append(time.perf_counter() - due)
    sent.refused += wanted not in answer


def _whole_length(seen: bytearray) -> int | None:
    """Return how long an answer is with its head; None while its head has not come."""
    end = seen.find(_END)
    if end < 0:
        return None
    at = seen.find(_LENGTH, 0, end + 2)
    body = 0 if at < 0 else int(seen[at + len(_LENGTH) : seen.index(b"\r\n", at + 2)])
    return end + len(_END) + body


async def load(address: Address, a_second: int, fields: Mapping[str, str]) -> None:
    """Send at a rate from one line on the input to the next, again and again until it ends."""
    stock: deque[bytes] = deque()
    while await _line_in():
        wanting = _RESERVE_SECONDS * a_second - len(stock)
        stock.extend(await envelopes(address, wanting, fields))
        requests = (stock.popleft() for _ in range(len(stock)))
        lines = await address.lines(CALLERS)
        sent = Sent(0.0)
        print("ready", flush=True)
        began = time.perf_counter()
        sending = asyncio.create_task(
            at_a_rate(lines, requests, a_second, wanted=RECEIVED, sent=sent)
        )
        await _line_in()
        seconds = time.perf_counter() - began
        was_enough = not sending.done()
        sending.cancel()
        await asyncio.wait([sending])
        for line in lines:
            line.hang_up()
        received = len(sent.latencies) - sent.refused if was_enough else 0
        print(json.dumps({"received": received, "seconds": seconds}), flush=True)


async def _line_in() -> str:
    return await asyncio.to_thread(sys.stdin.readline)


def main() -> int:
    """Send what the arguments say."""
    url, a_second, fields = sys.argv[1:]
    asyncio.run(load(Address(url), int(a_second), json.loads(fields)))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
