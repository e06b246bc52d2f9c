"""The form in a real terminal: however it ends, nothing of what was written is left there."""

from __future__ import annotations

import asyncio
import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from dialogue.web.connections import Limits
from dialogue.web.server import WebDoor
from tests.faults.terminal import (
    ENTERS_THE_SCREEN,
    LEAVES_THE_SCREEN,
    MOUSE_OFF,
    OWNS_THE_TERMINAL,
    PASTE_OFF,
    SHOWS_THE_CURSOR,
    Watched,
)
from tests.web.memory_door import MemoryDoor

CANARY = "kanarienvogel"
LAST_SECONDS = 10.0


class Served:
    """A web door with a session in memory, in a thread and a loop of its own."""

    def __init__(self, door: MemoryDoor) -> None:
        self.door = door
        self.web = WebDoor(
            door, names=["127.0.0.1"], bind="127.0.0.1", port=0, limits=Limits(), hold_seconds=0
        )
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever)

    def start(self) -> None:
        """Begin to answer."""
        self._thread.start()
        asyncio.run_coroutine_threadsafe(self.web.start(), self._loop).result(10)

    def stop(self) -> None:
        """Answer no more."""
        asyncio.run_coroutine_threadsafe(self.web.stop(), self._loop).result(10)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()


@pytest.fixture
def served() -> Iterator[Served]:
    """Return a door with a sheet open behind it."""
    door = MemoryDoor()
    door.open("words", "scale")
    made = Served(door)
    made.start()
    yield made
    made.stop()


@contextmanager
def answering(home: Path, served: Served, *, before: str = "") -> Iterator[Watched]:
    """Answer in a terminal that the program owns."""
    arguments = ("answer", served.web.url.removeprefix("http://"))
    with Watched(home, *arguments, before=OWNS_THE_TERMINAL + before) as terminal:
        terminal.until_shown("Before you answer", "f3 what is kept")
        terminal.settle(0.3)
        yield terminal


def write(terminal: Watched) -> None:
    """Go to the words field below the notice, which scrolls it into sight, and write in it."""
    terminal.press("\t", "Question 1 of 2", "Up to 1,000 characters.")
    terminal.press(CANARY, CANARY)


def assert_nothing_left(terminal: Watched, home: Path) -> None:
    """The modes are as before, the screen is given back, and the canary is in no other place."""
    assert terminal.is_restored()
    written = bytes(terminal.everything)
    for sequence in (LEAVES_THE_SCREEN, SHOWS_THE_CURSOR, PASTE_OFF, *MOUSE_OFF):
        assert written.rindex(sequence) > written.rindex(ENTERS_THE_SCREEN)
    outside = written.partition(ENTERS_THE_SCREEN)[0] + written.rpartition(LEAVES_THE_SCREEN)[2]
    assert CANARY.encode() not in outside
    assert b"]52;" not in written
    assert b"Traceback" not in written
    left = [path for path in home.rglob("*") if path.is_file()]
    assert [path for path in left if CANARY.encode() in path.read_bytes()] == []
    assert [path.name for path in left if path.name.startswith("core")] == []


def test_a_form_is_sent_and_left(tmp_path: Path, served: Served) -> None:  # promise 39
    """Written, done, received and left by ctrl+q: the scrollback holds no word of it."""
    with answering(tmp_path, served) as terminal:
        write(terminal)
        terminal.send(b"\t\t\t\r")
        terminal.until_shown("This is all that was kept", CANARY)
        terminal.send(b"\x11")
        assert terminal.finish(LAST_SECONDS) == 0
        assert_nothing_left(terminal, tmp_path)
    assert [one.fields["text"] for one in served.door.kept] == [CANARY]


def test_ctrl_c_asks_once_and_leaves(tmp_path: Path, served: Served) -> None:  # promise 39
    """With a draft Ctrl+C asks, and the second one leaves with 130 and nothing behind."""
    with answering(tmp_path, served) as terminal:
        write(terminal)
        terminal.press("\x03", "Something here was not sent.")
        terminal.send(b"\x03")
        assert terminal.finish(LAST_SECONDS) == 130
        assert_nothing_left(terminal, tmp_path)
    assert served.door.kept == []


@pytest.mark.parametrize(
    ("number", "code"),
    [(signal.SIGTERM, 143), (signal.SIGHUP, 129), (signal.SIGINT, 130)],
    ids=["term", "hup", "int"],
)
def test_a_signal_leaves_nothing(
    tmp_path: Path, served: Served, number: signal.Signals, code: int
) -> None:  # promise 39
    """A signal ends the form at once, with its code; the draft goes with it."""
    with answering(tmp_path, served) as terminal:
        write(terminal)
        os.kill(terminal.process.pid, number)
        assert terminal.finish(LAST_SECONDS) == code
        assert_nothing_left(terminal, tmp_path)


FAILS = """
import dialogue.caller.page as page
real = page.Page.call
def call(self):
    if any(entry.words for entry in self.entries):
        raise RuntimeError("kanarienvogel")
    return real(self)
page.Page.call = call
"""


def test_a_defect_prints_no_word(tmp_path: Path, served: Served) -> None:  # promise 4
    """An error nobody foresaw ends the form with one sentence that names its class alone."""
    with answering(tmp_path, served, before=FAILS) as terminal:
        write(terminal)
        assert terminal.finish(LAST_SECONDS) == 1
        assert_nothing_left(terminal, tmp_path)
        assert b"RuntimeError" in terminal.everything


DUMPS = """
import resource
import dialogue.answer.page_view as page_view
real = page_view.PageView.show_parts
def show_parts(self):
    real(self)
    limits = resource.getrlimit(resource.RLIMIT_CORE)
    self._put("news", f"core limits {limits}")
page_view.PageView.show_parts = show_parts
"""


def test_memory_is_never_dumped(tmp_path: Path, served: Served) -> None:  # promise 39
    """While the form is open the system may write no core file of it, and nobody can raise that."""
    with answering(tmp_path, served, before=DUMPS) as terminal:
        terminal.until_shown("core limits (0, 0)")
