"""Home at the start: the folder is read once, and a terminal that may be recorded is named."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from sessions.store import Store

if TYPE_CHECKING:
    import pytest

    from sessions.store import Header
    from tests.tui.conftest import Open


START = """
import sys
from pathlib import Path
from dialogue import config, paths, run

places = paths.Places(Path(sys.argv[1]), Path(sys.argv[1]))
run.show = lambda app, signs: 0
run.start(run.StartRequest(places, config.Config()))
print([name for name in sys.modules if name.startswith(("dialogue.web", "dialogue.hosting"))])
"""
"""Starts the program up to its first frame, and prints what is loaded of the web."""


def test_the_web_server_is_not_loaded_before_the_first_frame(tmp_path: Path) -> None:
    """Home waits for nothing that only a session needs."""
    command = [sys.executable, "-c", START, str(tmp_path)]
    assert subprocess.run(command, check=True, capture_output=True, text=True).stdout == "[]\n"


async def test_the_folder_is_read_once(staged: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first screen does not look at every session twice."""
    read: list[Store] = []

    def headers(store: Store) -> list[Header]:
        read.append(store)
        return []

    monkeypatch.setattr(Store, "headers", headers)
    async with staged() as stage:
        assert "None yet." in stage.text
        assert len(read) == 1


# promise 39
async def test_inside_tmux_home_says_so(staged: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    """A program around the terminal may record it; what to do is said before a session begins."""
    monkeypatch.setenv("TMUX", "here")
    async with staged() as stage:
        assert "This terminal runs inside tmux, which can record every word on it." in stage.words
        assert "For a session, open a window without it." in stage.words
