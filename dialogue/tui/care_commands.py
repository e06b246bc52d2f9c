"""The keys by which a facilitator looks after a room and herself; a part of the one catalogue.

Pure.
"""

from __future__ import annotations

from typing import Final

from dialogue.tui.command import Command

CARE_COMMANDS: Final = (
    Command(
        "latecomers",
        "L",
        "latecomers",
        "Show what to tell someone who comes late.",
        ("live",),
    ),
    Command(
        "recommit",
        "R",
        "re-commit",
        "Ask which agreement each will stretch on, or end that.",
        ("live",),
    ),
    Command("mark-drift", "F", "drift", "For you alone: the talk drifts. Never kept.", ("live",)),
    Command("mark-balance", "B", "balance", "For you alone: who is heard. Never kept.", ("live",)),
    Command(
        "mark-temperature",
        "T",
        "temperature",
        "For you alone: how hot it is. Never kept.",
        ("live",),
    ),
    Command(
        "swap",
        "S",
        "swap",
        "Lead and co-lead change places at the next step.",
        ("live",),
    ),
    Command(
        "debrief",
        "d",
        "debrief",
        "Your own debrief in three blocks; nothing is saved unless you choose to.",
        ("summary",),
        footer=True,
    ),
    Command(
        "door",
        "o",
        "door open",
        "Let the room read that the door stays open for fifteen minutes, or no more.",
        ("close",),
        footer=True,
    ),
)
"""In the order in which help lists them."""
