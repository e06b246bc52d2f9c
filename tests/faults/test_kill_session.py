"""A whole session killed without warning: what was called kept is there, and it goes on.

Touches: processes, disk below `tmp_path`, the clock.
"""

from __future__ import annotations

import hashlib
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from sessions import decide
from sessions.boottime import system_clock
from sessions.document import ClosedRecord, OpenRecord, Record
from sessions.errors import CommandRefusedError
from sessions.live import LiveSession
from sessions.store import SessionFolder, Store, read_record
from sessions.versions import facts_of
from tests.plugin_sessions import is_consistent

CHILD = Path(__file__).with_name("child_session.py")
LONGEST_LIFE_SECONDS = 0.35


def digest(record: Record) -> str:
    """Return what a record is known by, as the program does."""
    return hashlib.sha256(record.model_dump_json(exclude={"clock"}).encode()).hexdigest()


def run_and_kill(data: Path, said: Path, number: int, wait_seconds: float) -> None:
    """Start the program, let it work so long once it has begun, and kill it."""
    with said.open("wb") as output:
        command = [sys.executable, str(CHILD), str(data), str(number)]
        with subprocess.Popen(command, stdout=output, stderr=subprocess.PIPE) as program:
            while said.stat().st_size == 0 and program.poll() is None:
                time.sleep(0.002)
            time.sleep(wait_seconds)
            program.kill()
            _, errors = program.communicate()
    assert errors == b"", errors.decode()


def told(said: Path) -> tuple[int, dict[int, str]]:
    """Return the last version that was called kept, and the digest of each that was made."""
    # A line cut short by the kill tells nothing.
    lines = [
        line.split() for line in said.read_text().splitlines(keepends=True) if line[-1] == "\n"
    ]
    kept = max((int(line[1]) for line in lines if line[0] == "K"), default=0)
    return kept, {int(line[1]): line[2] for line in lines if line[0] == "A"}


def words_of(record: Record) -> set[str]:
    """Return all words that were typed into a session, by the sign they begin with."""
    text = record.model_dump_json()
    return {"words-" + part[:16] for part in text.split("words-")[1:]}


def check(folder: SessionFolder, said: Path) -> str:
    """Look at what the kill has left, resume it, and return in which state it was."""
    kept, versions = told(said)
    record = folder.read()
    made = [number for number, known in versions.items() if known == digest(record)]
    assert made, "a version that was never made"
    assert max(made) >= kept, "something that was called kept is missing"
    if isinstance(record, ClosedRecord):
        assert not folder.previous.exists()
        with pytest.raises(CommandRefusedError):
            LiveSession.resume(folder, system_clock())
    else:
        if folder.previous.exists():
            beside = read_record(folder.previous)
            # What is taken back makes a later version the same as an earlier one.
            least = min(number for number in made if number >= kept)
            later = {known for number, known in versions.items() if number > least}
            # Words that were struck or taken back are not in the version before.
            assert digest(beside) in later or words_of(beside) <= words_of(record)
        resume(folder, record)
    left = sorted(path.name for path in folder.folder.iterdir())
    assert left in (["session.json"], ["session.json", "session.previous.json"])
    return record.state


def resume(folder: SessionFolder, record: OpenRecord) -> None:
    """Resume a session and do one thing: every fact of the record is there."""
    assert is_consistent(record)
    session = LiveSession.resume(folder, system_clock())
    try:
        assert session.record.notes == record.notes
        assert facts_of(session.record) == facts_of(record)
        assert session.state.facts.keys() == facts_of(record).keys()
        assert session.now() >= record.clock.at
        session.do(decide.change_heads, heads=session.state.heads)
    finally:
        assert session.leave()
    # Whatever of a half-done save was left, the first act after it has cleared away.
    assert words_of(read_record(folder.previous)) <= words_of(read_record(folder.path))


@pytest.mark.parametrize(
    "kills", [10, pytest.param(200, marks=[pytest.mark.slow, pytest.mark.timeout(900)])]
)
def test_a_session_killed_at_any_moment_goes_on(tmp_path: Path, kills: int) -> None:
    """After each kill the session can be resumed, and nothing that was called kept is missing."""
    # promise 6
    data, said, chance = tmp_path / "data", tmp_path / "said", random.Random(6)
    store, states = Store(data), []
    for number in range(kills):
        run_and_kill(data, said, number, chance.uniform(0, LONGEST_LIFE_SECONDS))
        newest = max(store.headers(), key=lambda one: one.path.stat().st_mtime_ns)
        states.append(check(SessionFolder(newest.path.parent), said))
    assert "open" in states
    assert {header.state for header in store.headers()} <= {"open", "closed"}
