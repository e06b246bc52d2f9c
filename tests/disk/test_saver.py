"""Saving off the screen's loop: the newest version only, and nothing called kept before it is.

Touches: threads, and disk below `tmp_path` in the last tests. What the saver writes to here is
a desk that a test holds shut or lets fail.
"""

from __future__ import annotations

import errno
import os
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from sessions import disk, saver
from sessions.document import OpenRecord
from sessions.errors import StorageError
from sessions.saver import Saver, SaveStatus
from sessions.store import SessionFolder, read_record
from tests.plugin_sessions import Make

PATIENCE = 10.0
"""Far longer than anything here takes; only a fault waits so long."""


class Desk:
    """Takes what is to be written; can be held shut, and can fail so many times."""

    def __init__(self) -> None:
        self.written: list[tuple[str, bool]] = []
        self.tried: list[str] = []
        self.failures = 0
        self.open = threading.Event()
        self.open.set()
        self.arrived = threading.Semaphore(0)

    def write(self, record: object, forget_previous: bool) -> None:
        """Write when the desk is open."""
        assert isinstance(record, OpenRecord)
        self.tried.append(record.title)
        self.arrived.release()
        assert self.open.wait(PATIENCE)
        if self.failures:
            self.failures -= 1
            raise StorageError("Could not save: there is no space left.")
        self.written.append((record.title, forget_previous))

    def wait_for_a_try(self) -> None:
        """Wait until the saver has come with a version."""
        assert self.arrived.acquire(timeout=PATIENCE)


class Listener:
    """Remembers every status it was told, and what was written by then."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.heard: list[SaveStatus] = []
        self.written_by_then: list[int] = []
        self.news = threading.Condition()

    def __call__(self, status: SaveStatus) -> None:
        """Hear a status."""
        with self.news:
            self.heard.append(status)
            self.written_by_then.append(len(self.desk.written))
            self.news.notify_all()

    def wait_for(self, known: Callable[[SaveStatus], bool]) -> None:
        """Wait until such a status has been heard."""
        with self.news:
            assert self.news.wait_for(lambda: any(map(known, self.heard)), PATIENCE)


@pytest.fixture
def desk() -> Desk:
    """Return an open desk."""
    return Desk()


@pytest.fixture
def listener(desk: Desk) -> Listener:
    """Return somebody who listens."""
    return Listener(desk)


@pytest.fixture
def saving(desk: Desk, listener: Listener) -> Iterator[Saver]:
    """Return a saver that writes on the desk; it is stopped at the end, the desk open."""
    running = Saver(desk.write, listener)
    yield running
    desk.open.set()
    desk.failures = 0
    running.stop(PATIENCE)


@pytest.fixture
def no_retry_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make the wait before another try so long that only a hurry ends it."""
    monkeypatch.setattr(saver, "RETRY_SECONDS", 3600.0)


@pytest.fixture
def quick_retry(monkeypatch: pytest.MonkeyPatch) -> None:
    """Try again at once."""
    monkeypatch.setattr(saver, "RETRY_SECONDS", 0.0)


def test_what_is_handed_over_is_written(saving: Saver, desk: Desk, make: Make) -> None:
    """One version, one write; afterwards everything is on the disk."""
    assert saving.status == SaveStatus()
    assert saving.status.is_kept
    assert saving.save(make("one")) == 1
    assert saving.flush(PATIENCE)
    assert desk.written == [("one", False)]
    assert saving.status == SaveStatus(asked=1, kept=1)


def test_nothing_is_kept_before_the_write_has_returned(
    saving: Saver, desk: Desk, listener: Listener, make: Make
) -> None:
    """While the desk is shut nothing is called kept, to nobody."""
    # promise 6
    desk.open.clear()
    saving.save(make("one"))
    desk.wait_for_a_try()
    assert not saving.status.is_kept
    assert not saving.flush(0.05)
    assert listener.heard == []
    desk.open.set()
    assert saving.flush(PATIENCE)
    listener.wait_for(lambda status: status.kept == 1)
    assert listener.written_by_then == [1]


def test_only_the_newest_of_those_that_wait_is_written(
    saving: Saver, desk: Desk, make: Make
) -> None:
    """Versions that come while one is written are one write, of the last of them."""
    desk.open.clear()
    saving.save(make("one"))
    desk.wait_for_a_try()
    for title in ("two", "three", "four"):
        saving.save(make(title))
    assert saving.status == SaveStatus(asked=4, kept=0)
    desk.open.set()
    assert saving.flush(PATIENCE)
    assert desk.written == [("one", False), ("four", False)]
    assert saving.status == SaveStatus(asked=4, kept=4)


def test_keeping_one_is_not_keeping_a_later_one(
    saving: Saver, desk: Desk, listener: Listener, make: Make
) -> None:
    """When the first is on the disk and the second waits, only the first is called kept."""
    desk.open.clear()
    saving.save(make("one"))
    desk.wait_for_a_try()
    saving.save(make("two"))
    desk.open.set()
    assert saving.flush(PATIENCE)
    listener.wait_for(lambda status: status.kept == 2)
    assert [status.kept for status in listener.heard] == [1, 2]
    assert listener.heard[0] == SaveStatus(asked=2, kept=1)
    assert not listener.heard[0].is_kept


def test_words_that_must_go_are_not_forgotten_in_the_crowd(
    saving: Saver, desk: Desk, make: Make
) -> None:
    """When the version that must rid the one before is overtaken, the later one does it."""
    desk.open.clear()
    saving.save(make("one"))
    desk.wait_for_a_try()
    saving.save(make("two"), forget_previous=True)
    saving.save(make("three"))
    desk.open.set()
    assert saving.flush(PATIENCE)
    saving.save(make("four"))
    assert saving.flush(PATIENCE)
    assert desk.written == [("one", False), ("three", True), ("four", False)]


@pytest.mark.usefixtures("quick_retry")
def test_a_failed_save_is_said_and_tried_again(
    saving: Saver, desk: Desk, listener: Listener, make: Make
) -> None:
    """The problem is told in its sentence; once it is over, so is the problem."""
    desk.failures = 3
    saving.save(make("one"), forget_previous=True)
    listener.wait_for(lambda status: status.kept == 1)
    assert listener.heard == [
        *[SaveStatus(asked=1, problem="Could not save: there is no space left.")] * 3,
        SaveStatus(asked=1, kept=1),
    ]
    assert desk.tried == ["one"] * 4
    assert desk.written == [("one", True)]


@pytest.mark.usefixtures("quick_retry")
def test_a_newer_version_takes_the_place_of_a_failed_one(
    saving: Saver, desk: Desk, listener: Listener, make: Make
) -> None:
    """What failed is not written over what is newer, and its words still go."""
    desk.failures = 1
    desk.open.clear()
    saving.save(make("one"), forget_previous=True)
    desk.wait_for_a_try()
    saving.save(make("two"))
    desk.open.set()
    listener.wait_for(lambda status: status.kept == 2)
    assert desk.tried == ["one", "two"]
    assert desk.written == [("two", True)]


@pytest.mark.usefixtures("no_retry_by_itself")
def test_asking_for_it_tries_at_once(
    saving: Saver, desk: Desk, listener: Listener, make: Make
) -> None:
    """After a failure, a flush does not wait for the next try's turn."""
    desk.failures = 1
    saving.save(make("one"))
    listener.wait_for(lambda status: bool(status.problem))
    assert saving.flush(PATIENCE)
    assert desk.written == [("one", False)]


@pytest.mark.usefixtures("no_retry_by_itself")
def test_asking_for_it_says_when_it_fails_again(
    saving: Saver, desk: Desk, listener: Listener, make: Make
) -> None:
    """A flush answers for a try of its own, and not for one before it."""
    desk.failures = 2
    saving.save(make("one"))
    listener.wait_for(lambda status: bool(status.problem))
    assert not saving.flush(PATIENCE)
    assert desk.tried == ["one", "one"]
    assert saving.flush(PATIENCE)
    assert desk.tried == ["one", "one", "one"]


def test_stopping_saves_what_is_due(desk: Desk, listener: Listener, make: Make) -> None:
    """The end waits for the last version."""
    running = Saver(desk.write, listener)
    desk.open.clear()
    running.save(make("one"))
    running.save(make("two"))
    threading.Timer(0.05, desk.open.set).start()
    assert running.stop(PATIENCE)
    assert desk.written[-1] == ("two", False)
    assert running.status.is_kept


@pytest.mark.usefixtures("no_retry_by_itself")
def test_stopping_after_a_failure_tries_once_more(
    desk: Desk, listener: Listener, make: Make
) -> None:
    """Space that was freed just before the end is used."""
    running = Saver(desk.write, listener)
    desk.failures = 1
    running.save(make("one"))
    listener.wait_for(lambda status: bool(status.problem))
    assert running.stop(PATIENCE)
    assert desk.written == [("one", False)]


@pytest.mark.usefixtures("no_retry_by_itself")
def test_stopping_on_a_full_disk_says_so(desk: Desk, listener: Listener, make: Make) -> None:
    """When it cannot be saved at all, the end comes all the same, and the answer is no."""
    running = Saver(desk.write, listener)
    desk.failures = 1_000
    running.save(make("one"))
    assert not running.stop(PATIENCE)
    assert not running.status.is_kept
    assert "no space left" in running.status.problem
    assert desk.written == []


def test_stopping_twice_is_stopping_once(desk: Desk, listener: Listener, make: Make) -> None:
    """A second stop has the first one's answer, without waiting."""
    running = Saver(desk.write, listener)
    running.save(make("one"))
    assert running.stop(PATIENCE)
    assert running.stop(PATIENCE)
    desk.failures = 1_000
    failing = Saver(desk.write, listener)
    failing.save(make("two"))
    assert not failing.stop(PATIENCE)
    assert not failing.stop(PATIENCE)


def test_an_unforeseen_fault_is_said_and_quotes_nothing(
    listener: Listener, make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When the thread dies of a fault, everybody hears it at once; its message stays unsaid."""
    hooked: list[type[BaseException] | None] = []
    monkeypatch.setattr(threading, "excepthook", lambda failure: hooked.append(failure.exc_type))

    def write(_record: object, _forget: bool) -> None:
        raise KeyError("words of a note")

    running = Saver(write, listener)
    running.save(make("one"))
    listener.wait_for(lambda status: status.ended)
    assert not running.flush(PATIENCE)
    said = running.status.problem
    assert "KeyError" in said
    assert "words" not in said
    running.save(make("two"))
    assert (running.status.problem, running.status.is_kept) == (said, False)
    with pytest.raises(StorageError, match=r"KeyError.*Nothing has been changed"):
        running.make_sure("Nothing has been changed.")
    assert not running.stop(PATIENCE)
    assert hooked == [KeyError]


def test_a_saver_that_is_stopped_has_no_problem(desk: Desk, listener: Listener, make: Make) -> None:
    """The end of a session is not a fault."""
    running = Saver(desk.write, listener)
    running.save(make("one"))
    assert running.stop(PATIENCE)
    assert running.status == SaveStatus(asked=1, kept=1)


def test_a_failed_sync_is_never_asked_again_of_the_same_file(
    tmp_path: Path, make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After the disk failed to sync, the next try writes a new file, and that one is kept."""
    # promise 21
    monkeypatch.setattr(saver, "RETRY_SECONDS", 0.0)
    folder = SessionFolder(tmp_path)
    folder.write(make("before"))
    opened: list[str] = []
    failures = iter([True, True])
    create, sync = os.open, disk._sync

    def watching_open(path: str, flags: int, *mode: int) -> int:
        if str(path).endswith(".part"):
            opened.append(str(path))
        return create(path, flags, *mode)

    def failing_sync(descriptor: int) -> None:
        if next(failures, False):
            raise OSError(errno.EIO, "Input/output error")
        sync(descriptor)

    monkeypatch.setattr(os, "open", watching_open)
    monkeypatch.setattr(disk, "_sync", failing_sync)
    heard: list[SaveStatus] = []
    running = Saver(lambda record, _forget: folder.write(record), heard.append)
    running.save(make("after"))
    while not running.flush(PATIENCE):
        pass
    running.stop(PATIENCE)
    assert [bool(status.problem) for status in heard] == [True, True, False]
    assert len(opened) == len(set(opened)) == 3
    assert read_record(folder.path).title == "after"
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "session.json",
        "session.previous.json",
    ]


def test_every_version_called_kept_is_on_the_disk(tmp_path: Path, make: Make) -> None:
    """Whenever something is called kept, the file holds that version or a later one."""
    # promise 6
    folder = SessionFolder(tmp_path)
    seen: list[tuple[int, int]] = []

    def look(status: SaveStatus) -> None:
        seen.append((status.kept, int(read_record(folder.path).title)))

    running = Saver(lambda record, _forget: folder.write(record), look)
    for number in range(1, 60):
        assert running.save(make(str(number))) == number
    assert running.stop(PATIENCE)
    assert seen[-1] == (59, 59)
    assert all(on_disk >= told for told, on_disk in seen)
