"""kill -9 of the real program at random moments: always resumable, nothing confirmed missing."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.faults.kill_program import kill

KILLS = int(os.environ.get("DIALOGUE_KILLS", "20"))
"""How many kills the long form does."""


@pytest.mark.parametrize(
    "kills", [2, pytest.param(KILLS, marks=[pytest.mark.slow, pytest.mark.timeout(60 + 5 * KILLS)])]
)
def test_a_killed_session_goes_on_with_all_that_was_kept(tmp_path: Path, kills: int) -> None:
    """After each kill the record is whole, holds what the screen said is kept, and is resumed."""
    # promise 6
    sessions = kill(tmp_path, kills)
    assert len(sessions) == 2
    for session in sessions:
        assert session.kept <= {note.text for note in session.record().notes}
