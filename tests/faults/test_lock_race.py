"""Real programs that want one session at one moment, and locks whose holder was killed."""

from __future__ import annotations

import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING

import pytest

from sessions import lock
from sessions.errors import SessionLockedError
from sessions.lock import LOCK_NAME, SessionLock

if TYPE_CHECKING:
    from collections.abc import Iterator

CHILD = Path(__file__).with_name("child_lock.py")
few_or_many = pytest.mark.parametrize(
    "rounds", [20, pytest.param(100, marks=[pytest.mark.slow, pytest.mark.timeout(300)])]
)


class Rival:
    """A second program, told what to do over its input."""

    def __init__(self, program: subprocess.Popen[str], orders: IO[str], answers: IO[str]) -> None:
        self.program = program
        self._orders = orders
        self._answers = answers

    def order(self, text: str) -> None:
        """Send an order without waiting for the answer."""
        self._orders.write(f"{text}\n")
        self._orders.flush()

    def answer(self) -> str:
        """Wait for the answer."""
        return self._answers.readline().strip()


@contextmanager
def rival(folder: Path) -> Iterator[Rival]:
    """A second program for the length of a block."""
    with subprocess.Popen(
        [sys.executable, CHILD, folder], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as program:
        assert program.stdin is not None
        assert program.stdout is not None
        try:
            yield Rival(program, program.stdin, program.stdout)
        finally:
            program.kill()


@few_or_many
def test_of_two_programs_at_one_moment_exactly_one_wins(tmp_path: Path, rounds: int) -> None:
    """In every round one gets the lock and the other is told so, with and without an old file."""
    # promise 36
    with rival(tmp_path) as one, rival(tmp_path) as two:
        for turn in range(rounds):
            if turn % 2:
                (tmp_path / LOCK_NAME).write_bytes(b"\nleft by a dead program")
            moment = time.monotonic() + (0.02 if turn else 0.5)
            for program in (one, two):
                program.order(f"take {moment}")
            answers = sorted((one.answer(), two.answer()))
            assert answers[0].startswith("refused: Another dialogue program")
            assert answers[1] == "won"
            for program in (one, two):
                program.order("give")
            assert {one.answer(), two.answer()} == {"given"}
            assert list(tmp_path.iterdir()) == []


def test_two_programs_are_never_in_together(tmp_path: Path) -> None:
    """Taking and giving back as fast as they can, two programs are never both inside."""
    # promise 36
    with rival(tmp_path) as one, rival(tmp_path) as two:
        for program in (one, two):
            program.order("churn 100")
        assert (one.answer(), two.answer()) == ("together 0", "together 0")
    assert list(tmp_path.iterdir()) == []


@few_or_many
def test_the_lock_of_a_killed_program_is_free_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rounds: int
) -> None:
    """While it lives the holder is named; after its kill the next program needs no repair."""
    # promise 36
    monkeypatch.setattr(lock, "_PATIENCE_SECONDS", 0)
    for _ in range(rounds):
        with rival(tmp_path) as holder:
            holder.order("take 0")
            assert holder.answer() == "won"
            with pytest.raises(SessionLockedError, match=f"process {holder.program.pid}, since"):
                SessionLock(tmp_path).acquire()
            holder.program.kill()
            holder.program.wait()
        assert (tmp_path / LOCK_NAME).exists()
        with SessionLock(tmp_path):
            pass
        assert list(tmp_path.iterdir()) == []
