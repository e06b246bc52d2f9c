"""A program to call, and sessions for it to find.

Touches: disk, below the test's own home.
"""

from __future__ import annotations

import json
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from agreements.library import Library, open_library
from dialogue.cli import main
from sessions import decide
from sessions.beginning import Opening
from sessions.boottime import Clock
from sessions.document import Setting
from sessions.facts import ParkedQuestion
from sessions.live import LiveSession
from sessions.store import Store
from sessions.text import paragraph


@dataclass(frozen=True)
class Answer:
    """What a command answered."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:  # noqa: ANN401
        """What it printed, read as JSON."""
        return json.loads(self.out)


Call = Callable[..., Answer]


@pytest.fixture
def call(capsys: pytest.CaptureFixture[str]) -> Iterator[Call]:
    """Return a way to run the program in this process."""
    hooks = sys.excepthook, threading.excepthook, sys.unraisablehook

    def run(*arguments: object) -> Answer:
        capsys.readouterr()
        code = main([str(argument) for argument in arguments])
        said = capsys.readouterr()
        return Answer(code, said.out, said.err)

    yield run
    sys.excepthook, threading.excepthook, sys.unraisablehook = hooks


@pytest.fixture
def data(fence: Path) -> Path:
    """Return the data folder of the test."""
    return fence / "dialogue-data"


@pytest.fixture
def config(fence: Path) -> Path:
    """Return the config folder of the test, which is there."""
    folder = fence / "dialogue-config"
    folder.mkdir()
    return folder


@pytest.fixture(scope="session")
def library() -> Library:
    """Return the shipped content."""
    return open_library(paragraph)


class FakeClock:
    """A clock that goes on when it is told to."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self.opened = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)

    def clock(self) -> Clock:
        """Return it as a session wants it."""
        return Clock(
            boot=lambda: 1000.0 + self.seconds,
            wall=lambda: self.opened + timedelta(seconds=self.seconds),
        )


@pytest.fixture
def begin(data: Path, library: Library) -> Iterator[Callable[..., LiveSession]]:
    """Return a way to open a session of the lunch & learn; open ones are left at the end."""
    opened: list[LiveSession] = []

    def open_one(title: str = "A lunch", rule: str = "stories-stay") -> LiveSession:
        time = FakeClock()
        session = LiveSession.begin(
            Store(data),
            Opening(
                title=title,
                plan=library.plan("lunch-and-learn"),
                protocol=library.protocol,
                setting=Setting(heads=24, confidentiality=rule),
                stop_in_seconds=3600,
            ),
            time.clock(),
        )
        opened.append(session)
        for _ in range(3):
            session.do(decide.next_step)
            time.seconds += 240
        session.keep_note("Being heard without being fixed")
        session.keep_line(ParkedQuestion, "Who is missing?")
        return session

    yield open_one
    for session in opened:
        session.leave()


@pytest.fixture
def closed(begin: Callable[..., LiveSession]) -> LiveSession:
    """Return a session that was closed, on the disk."""
    session = begin()
    session.do(decide.begin_closing)
    session.close()
    return session
