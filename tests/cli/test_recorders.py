"""What may record the terminal is named, in `dialogue doctor` and on Home."""

from __future__ import annotations

import os
import sys
from io import StringIO

import pytest

from dialogue import checkup
from dialogue.recorders import recorder_warning


class Screen(StringIO):
    """A stdout that is a terminal."""

    def isatty(self) -> bool:
        """Say that it is one."""
        return True


def recordings() -> list[checkup.Finding]:
    """Return what the doctor says about recordings."""
    return [one for one in checkup.terminal() if one.text.startswith("Recording: ")]


# promise 39
@pytest.mark.parametrize(
    ("variable", "name"),
    [
        ("TMUX", "tmux"),
        ("STY", "screen"),
        ("ASCIINEMA_REC", "asciinema"),
        ("ASCIINEMA_SESSION", "asciinema"),
    ],
)
def test_a_program_that_may_record_is_named(
    variable: str, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each leaves a mark in the environment; the doctor says which it is and what to do."""
    monkeypatch.setattr(sys, "stdout", Screen())
    assert recordings() == []
    monkeypatch.setenv(variable, "1")
    (finding,) = recordings()
    assert not finding.fine
    assert name in finding.text
    assert recorder_warning(os.environ) in finding.text


def test_a_plain_window_gives_no_warning() -> None:
    """Where nothing stands between us and the window, nothing is said."""
    assert recorder_warning({"TERM": "xterm-256color", "TMUX": ""}) == ""
