"""`dialogue purge`: words go on their day, and nothing else does."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from sessions import boottime, debrief
from sessions.boottime import Clock
from sessions.debrief import Debrief
from sessions.document import ClosedRecord
from sessions.facts import AnswerItem, Answers, GroupCommitment
from sessions.live import LiveSession
from sessions.store import SessionFolder, Store, read_record

if TYPE_CHECKING:
    from tests.cli.conftest import Call

Begin = Callable[..., LiveSession]

HELD = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
CANARY = "kanarienvogel"


@pytest.fixture
def days_later(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """Return a way to set today to so many days after the session."""

    def move(days: int) -> None:
        today = Clock(boot=lambda: 1.0, wall=lambda: HELD + timedelta(days=days))
        monkeypatch.setattr(boottime, "system_clock", lambda: today)

    return move


@pytest.fixture
def kept(closed: LiveSession) -> SessionFolder:
    """Return a closed session with words of every kind, exported once."""
    folder = closed.folder
    record = folder.read()
    assert isinstance(record, ClosedRecord)
    words = Answers(
        id="a" * 32,
        ask="reflection",
        kind="words",
        seats=24,
        items=tuple(
            AnswerItem(
                id=f"{n:032x}",
                text=f"{CANARY} {n}",
                level="quote",
                status="shared",
                translation=f"{CANARY} en {n}",
            )
            for n in range(6)
        ),
    )
    commitment = GroupCommitment(id="c" * 32, text="Ask again in spring")
    more = {"answers": (*record.answers, words), "group_commitments": (commitment,)}
    folder.write(record.model_copy(update=more))
    return folder


def test_nothing_goes_before_its_day(
    call: Call, kept: SessionFolder, days_later: Callable[[int], None]
) -> None:
    """On the day before, every byte is as it was."""
    before = kept.path.read_bytes()
    days_later(89)
    assert call("purge").out == "No words are due to go today.\n"
    assert kept.path.read_bytes() == before


def test_on_the_day_words_go_and_figures_stay(
    call: Call, kept: SessionFolder, days_later: Callable[[int], None], tmp_path: Path
) -> None:
    """No file of the session holds a word of a person or a note; counts and commitments stay."""
    call("export", kept.name, "--out", tmp_path)
    debrief.keep(kept.folder, Debrief(us=f"What we carry: {CANARY}"))
    days_later(90)
    answer = call("purge")
    assert answer.code == 0
    row = next(line for line in answer.out.splitlines() if line.startswith(kept.name))
    assert row.split("\t") == [kept.name, "A lunch", "2027-02-20", "9", "deleted"]
    assert "Copies made elsewhere" in answer.out
    for path in kept.folder.iterdir():
        data = path.read_bytes()
        assert CANARY.encode() not in data
        assert b"Being heard" not in data
        assert b"Who is missing" not in data
    record = read_record(kept.path)
    assert isinstance(record, ClosedRecord)
    assert len(next(one for one in record.answers if one.ask == "reflection").items) == 6
    assert [one.text for one in record.group_commitments] == ["Ask again in spring"]
    assert record.purged_on is not None
    assert call("show", kept.name).code == 0
    assert call("purge").out == "No words are due to go today.\n"


def test_a_session_on_hold_keeps_its_words_until_released(
    call: Call, kept: SessionFolder, days_later: Callable[[int], None]
) -> None:
    """A hold lasts over many runs, each says so, and its release lets the words go at once."""
    assert "On hold: A lunch." in call("purge", "--hold", kept.name).out
    days_later(400)
    for _ in range(2):
        answer = call("purge")
        assert answer.code == 0
        assert "on hold" in answer.out
        assert CANARY in kept.path.read_text("utf-8")
    assert "No longer on hold: A lunch." in call("purge", "--release", kept.name).out
    assert CANARY not in kept.path.read_text("utf-8")
    answer = call("purge", "--hold", kept.name)
    assert answer.code == 1
    assert "there is nothing to hold" in answer.err


def test_a_dry_run_changes_nothing(
    call: Call, kept: SessionFolder, days_later: Callable[[int], None]
) -> None:
    """It says what would go, with the holds and releases that are asked for in the same breath."""
    before = kept.path.read_bytes()
    days_later(90)
    assert "would be deleted" in call("purge", "--dry-run").out
    held = call("purge", "--dry-run", "--hold", kept.name).out
    assert "would be deleted" not in held
    assert "on hold" in held
    assert kept.path.read_bytes() == before
    call("purge", "--hold", kept.name)
    released = call("purge", "--dry-run", "--release", kept.name).out
    assert "would be deleted" in released
    assert CANARY in kept.path.read_text("utf-8")


def test_what_cannot_be_purged_is_said_and_stops_nothing(
    call: Call, begin: Begin, kept: SessionFolder, data: Path, days_later: Callable[[int], None]
) -> None:
    """A session still open, one in another window and a damaged one are told; the rest goes."""
    live = begin("Never closed")
    live.leave()
    broken = Store(data).create(held_on=HELD.date(), title="Broken")
    broken.path.write_bytes(b"{")
    days_later(90)
    answer = call("purge")
    assert answer.code == 1
    assert "still open" in answer.out
    assert "Close it in `dialogue`" in answer.out
    assert "is damaged" in answer.out
    assert CANARY not in kept.path.read_text("utf-8")
    assert b"Being heard" in live.folder.path.read_bytes()


def test_a_session_that_is_in_use_is_left_alone(
    call: Call, kept: SessionFolder, days_later: Callable[[int], None]
) -> None:
    """Whoever holds the lock is not disturbed, and the answer says who does."""
    days_later(90)
    with kept.lock:
        answer = call("purge")
    assert answer.code == 1
    assert kept.name in answer.out
    assert CANARY in kept.path.read_text("utf-8")


def test_an_unknown_session_is_refused_before_anything_goes(
    call: Call, kept: SessionFolder, days_later: Callable[[int], None]
) -> None:
    """A hold that was misspelt must not cost the words it was to keep."""
    days_later(90)
    answer = call("purge", "--hold", "no-such-session")
    assert answer.code == 2
    assert "There is no session called" in answer.err
    assert CANARY in kept.path.read_text("utf-8")
