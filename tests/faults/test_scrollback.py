"""After the program has left, the terminal it ran in has no word of the session to scroll back to.

Touches: processes, pseudo-terminals, tmux, loopback, disk below `tmp_path`.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from tests.benchmarks.tmux import Tmux
from tests.faults.pages import (
    ON_LOOPBACK,
    SHORT_GRACE,
    WIDE,
    open_sheet,
    pages_of,
    to_the_sheet,
)
from tests.faults.terminal import Watched, start

NOTE = "yellow lantern in a note"
WORDS = "yellow lantern in an answer"
WRITERS = 6

needs_tmux = pytest.mark.skipif(
    shutil.which("tmux") is None, reason="tmux is not on this machine (package tmux)"
)


def everything_written(home: Path) -> bytes:
    """Run a session in which every screen with words is open once; return all that was written."""
    with start(home, before=ON_LOOPBACK + SHORT_GRACE, size=WIDE) as terminal:
        to_the_sheet(terminal)
        with pages_of(terminal, WRITERS) as pages:
            open_sheet(terminal, pages)
            assert {page.write(WORDS) for page in pages} == {"received"}
        terminal.press(f"t{NOTE}\r", "Noted.")
        terminal.press("z", "y reviews the answers")
        terminal.press("y", WORDS, "hold back")
        terminal.send(b"\x1b")
        terminal.until(lambda: WORDS not in terminal.text)
        for key, shown in (("j", "Join on a phone"), ("?", "This is the session.")):
            terminal.press(key, shown)
            terminal.send(b"\x1b")
            terminal.until(lambda gone=shown: gone not in terminal.text)
        terminal.press("r", "Review", NOTE)
        leave(terminal)
        return bytes(terminal.everything)


def leave(terminal: Watched) -> None:
    """Leave the program by its keys."""
    terminal.press("\x11", "Interrupted")
    terminal.send(b"q")
    assert terminal.finish() == 0


def history_of(folder: Path, written: bytes) -> str:
    """Return what a terminal can be scrolled back to in which all this was written."""
    file = folder / "written"
    file.write_bytes(written)
    shown = {"PATH": os.environ["PATH"], "HOME": str(folder), "TERM": "xterm-256color"}
    with Tmux(folder, shown) as terminal:
        terminal.write(f"cat {file}; echo the-end-$((40 + 2))", "the-end-$((40 + 2))")
        terminal.press("Enter", "the-end-42")
        return terminal.history


@pytest.mark.slow
@needs_tmux
def test_the_terminal_has_no_word_to_scroll_back_to(tmp_path: Path) -> None:
    """Notes, review, join screen and help have been open; of none of them is a word left."""
    # promise 39
    written = everything_written(tmp_path)
    assert b"yellow lantern" in written
    assert "yellow lantern" not in history_of(tmp_path, written)


@needs_tmux
def test_words_outside_the_other_screen_are_found(tmp_path: Path) -> None:
    """The same look finds what a program writes outside the other screen."""
    # promise 39
    written = b"\x1b[?1049hinside\x1b[?1049l" + WORDS.encode() + b"\r\n"
    found = history_of(tmp_path, written)
    assert WORDS in found
    assert "inside" not in found
