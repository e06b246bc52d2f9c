"""What is said beside a rehearsal that is watched: the key behind each thing that happens.

Pure.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from sessions.facts import FactKind
from sessions.timeline import AnyEvent, FactKept

KEPT: Final[Mapping[FactKind, str]] = {
    "note": "t: a theme is noted, with no name in it.",
    "wording": "w: an agreement stands in the group's own words.",
    "house-agreement": "o: the group adds an agreement of its own.",
    "parked": "p: a question is parked for another day.",
    "commitment": "g: what the group will do is kept.",
    "answers": "x: hands are counted.",
}
"""What is said when something is kept, by its kind."""

CAPTIONS: Final[Mapping[str, str]] = {
    "step-started": "n: the next step begins, with its prompt, its time and what to say.",
    "paused": "space: a pause. The room's pages show a calm page, and nothing tells why.",
    "resumed": "space: it goes on.",
    "plan-fitted": "f: the smallest change that makes the plan end on the minute.",
    "agreement-named": "1 to 4: an agreement is named to the room.",
    "condition-named": "c: the condition of this step is named to the room.",
    "agreements-adopted": "k: the group adopts the agreements. Who agreed is not kept.",
    "sheet-opened": "l: the sheet is open. Simulated phones write, and nobody can read it yet.",
    "sheet-closing": "z: the sheet closes. What is on its way is still taken.",
    "sheet-held-open": "l: too few wrote, so nobody read it. They may write longer.",
    "sheet-closed": "The box is opened, mixed, and its key is gone. y would review the answers.",
    "answers-reviewed": "y: eight answers, drawn by chance: share, keep, or hold back.",
    "closing-begun": "r: the steps are over; what was kept is read back.",
}
"""What is said of an event, by its type; of the others nothing is."""


def caption(event: AnyEvent) -> str:
    """Return what is said of an event; empty when nothing is."""
    if isinstance(event, FactKept):
        return KEPT[event.kind]
    return CAPTIONS.get(event.type, "")
