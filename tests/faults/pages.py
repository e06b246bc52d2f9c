"""Pages of phones that write to the real program, and the program with a sheet open to them.

Touches: loopback, pseudo-terminals.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlsplit

from dialogue.web.guard import FORM
from dialogue.web.wire import Beat, Envelope, beat_body
from tests.faults.terminal import Watched

ON_LOOPBACK = """
from functools import partialmethod
from dialogue.doorway import Doorway
Doorway.__init__ = partialmethod(
    Doorway.__init__, port=0, bind="127.0.0.1", addresses=lambda: ("127.0.0.1",)
)
"""
"""Lets the program open its door on loopback, on a port of its own."""

SHORT_GRACE = """
from sessions import decide_sheet, sheet_desk
decide_sheet.GRACE_SECONDS = sheet_desk.GRACE_SECONDS = 1
"""
"""Lets a closing sheet wait for what is on its way no longer than a test has to."""

WIDE = (40, 140)
MANY_AT_ONCE = 24
PATIENCE_SECONDS = 20


class Page:
    """One phone with the page in it, at an address of its own."""

    def __init__(self, url: str, number: int) -> None:
        """Load the page."""
        parts = urlsplit(url)
        self._origin = url
        self._line = HTTPConnection(
            parts.hostname or "",
            parts.port,
            timeout=PATIENCE_SECONDS,
            source_address=(f"127.0.3.{number % 250 + 1}", 0),
        )
        found = re.search(rb'id="seat" value="([0-9a-f]{32})"', self.ask("GET", "/"))
        assert found is not None
        self.seat = found[1].decode()
        self.tokens: dict[str, str] = {}
        self.asks: dict[str, dict[str, Any]] = {}

    def ask(self, method: str, path: str, body: bytes | None = None) -> bytes:
        """Send a request and return the answer's body."""
        about = {} if body is None else {"Origin": self._origin, "Content-Type": FORM}
        try:
            self._line.request(method, path, body, about)
            answer = self._line.getresponse()
        except ConnectionError:  # the door hangs up on a line that is silent for long
            self._line.close()
            self._line.request(method, path, body, about)
            answer = self._line.getresponse()
        assert answer.status == 200
        return answer.read()

    def beat(self, *envelopes: Envelope, withdraw: str = "") -> dict[str, Any]:
        """Call as the page's script does, and return what it is told."""
        beat = Beat(self.seat, envelopes=envelopes, withdraw=withdraw)
        told: dict[str, Any] = json.loads(self.ask("POST", "/beat", beat_body(beat)))
        if told["sheet"] is not None and not self.tokens:
            self.tokens = told["tokens"]
            self.asks = {one["id"]: one for one in told["sheet"]["asks"]}
        return told

    def write(self, text: str, *, level: str = "quote") -> str:
        """Answer the first ask in words, and return what became of it."""
        ask = next(key for key, one in self.asks.items() if one["kind"] == "words")
        envelope = Envelope(ask, self.tokens[ask], {"text": text, "level": level})
        (receipt,) = self.beat(envelope)["receipts"]
        outcome: str = receipt["outcome"]
        return outcome

    def leave(self) -> None:
        """Hang up."""
        self._line.close()


def all_at_once(pages: list[Page], act: Callable[[Page], object]) -> list[object]:
    """Let all pages do something, many of them at once."""
    with ThreadPoolExecutor(MANY_AT_ONCE) as pool:
        return list(pool.map(act, pages))


def url_of(terminal: Watched) -> str:
    """Read the address of the page from the join screen, and leave that screen."""
    terminal.press("j", "Join on a phone", "http://127.0.0.1:")
    found = re.search(r"http://127\.0\.0\.1:\d+", terminal.text)
    assert found is not None
    terminal.send(b"j")
    terminal.until(lambda: "Join on a phone" not in terminal.text)
    return found[0]


@contextmanager
def pages_of(terminal: Watched, count: int) -> Iterator[list[Page]]:
    """Open so many pages of the session that is running; all hang up at the end."""
    url = url_of(terminal)
    with ExitStack() as stack:
        pages: list[Page] = []
        for number in range(count):
            pages.append(Page(url, number))
            stack.callback(pages[-1].leave)
        yield pages


def following(terminal: Watched) -> str:
    """Return which step comes next, as the screen says it."""
    found = re.search(r"next: [^·▏]+", terminal.text)
    return found[0] if found else ""


def to_the_sheet(terminal: Watched) -> None:
    """Go on to the first step that asks for words."""
    terminal.begin()
    for _ in range(20):
        if "l opens the sheet" in terminal.text:
            return
        before = following(terminal)
        terminal.send(b"n")
        terminal.until(lambda old=before: following(terminal) not in ("", old))
        terminal.settle(0.1)
    raise AssertionError(terminal.text)


def open_sheet(terminal: Watched, pages: list[Page]) -> None:
    """Open the sheet, once all pages have been heard."""
    all_at_once(pages, Page.beat)
    terminal.press("l", "The sheet is open.")
    all_at_once(pages, Page.beat)
