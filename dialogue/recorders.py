"""Programs around the terminal that may keep what it shows.

Pure. We keep no word on the screen once we have left it; a program between us and the window may.
"""

from __future__ import annotations

from collections.abc import Mapping

from agreements.sentence import Sentence

_ALWAYS_RECORD = {"ASCIINEMA_REC": "asciinema", "ASCIINEMA_SESSION": "asciinema"}
_CAN_RECORD = {"TMUX": "tmux", "STY": "screen"}


def recorder_warning(environment: Mapping[str, str]) -> str:
    """Say which program may record this terminal and what to do; empty when none is known of.

    Args:
        environment: The variables of this process; such programs leave a mark in them.
    """
    for variable, name in _ALWAYS_RECORD.items():
        if environment.get(variable):
            return Sentence(
                "{name} records this terminal, with every word on it. End the recording before "
                "a session.",
                name=name,
            )
    for variable, name in _CAN_RECORD.items():
        if environment.get(variable):
            return Sentence(
                "This terminal runs inside {name}, which can record every word on it. For a "
                "session, open a window without it.",
                name=name,
            )
    return ""
