"""What is said beside a rehearsal that is watched: the key behind each thing that happens.

Pure.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from agreements.sentence import Sentence
from dialogue.wording import mark
from sessions.facts import FactKind
from sessions.timeline import AnyEvent, FactKept

KEPT: Final[Mapping[FactKind, tuple[str, str]]] = {
    "note": ("note", mark("a theme is noted, with no name in it.")),
    "wording": ("wording", mark("an agreement stands in the group's own words.")),
    "house-agreement": ("own-agreement", mark("the group adds an agreement of its own.")),
    "parked": ("park", mark("a question is parked for another day.")),
    "commitment": ("commit", mark("what the group will do is kept.")),
    "leadership-ask": ("ask", mark("what the group asks of leadership is kept.")),
    "answers": ("tally", mark("hands are counted.")),
}
"""The command that keeps something, and what is said of it, by the kind of what is kept."""

CAPTIONS: Final[Mapping[str, tuple[str, str]]] = {
    "step-started": (
        "next",
        mark("the next step begins, with its prompt, its time and what to say."),
    ),
    "paused": ("pause", mark("a pause. The room's pages show a calm page, and nothing tells why.")),
    "resumed": ("pause", mark("it goes on.")),
    "plan-fitted": ("fit", mark("the smallest change that makes the plan end on the minute.")),
    "agreement-named": ("agreement-1", mark("an agreement is named to the room, by its number.")),
    "condition-named": ("name-condition", mark("the condition of this step is named to the room.")),
    "agreements-adopted": (
        "adopt",
        mark("the group adopts the agreements. Who agreed is not kept."),
    ),
    "sheet-opened": (
        "open-sheet",
        mark("the sheet is open. Simulated phones write, and nobody can read it yet."),
    ),
    "sheet-closing": ("close-sheet", mark("the sheet closes. What is on its way is still taken.")),
    "sheet-held-open": (
        "open-sheet",
        mark("too few wrote, so nobody read it. They may write longer."),
    ),
    "sheet-closed": (
        "answers",
        mark("the box is opened and mixed, its key gone; now it is reviewed."),
    ),
    "answers-reviewed": (
        "answers",
        mark("eight answers, drawn by chance: share, keep, or hold back."),
    ),
    "closing-begun": ("review", mark("the steps are over; what was kept is read back.")),
}
"""The command behind an event, and what is said of it, by its type; of others nothing is."""


def caption(event: AnyEvent, keys: Mapping[str, str]) -> str:
    """Return what is said of an event; empty when nothing is.

    Args:
        event: What has just happened.
        keys: The key of each command, as it is shown.
    """
    if isinstance(event, FactKept):
        command, words = KEPT[event.kind]
    else:
        command, words = CAPTIONS.get(event.type, ("", ""))
    return Sentence("{key}: {said}", key=keys[command], said=Sentence(words)) if command else ""
