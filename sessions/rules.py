"""The rules of a session as a table: in which phase what may happen, and where it leads.

Pure. The code walks this table and nothing else decides; the diagram in ARCHITECTURE.md is
generated from it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from agreements.sentence import Sentence

Phase = Literal["new", "arrival", "running", "paused", "closing", "closed"]

_FACTS: Mapping[str, Literal["same"]] = {
    "heads-changed": "same",
    "stop-moved": "same",
    "fact-kept": "same",
    "fact-struck": "same",
    "answers-reviewed": "same",
}
_GUIDING: Mapping[str, Literal["same"]] = {
    "minutes-changed": "same",
    "step-dropped": "same",
    "plan-fitted": "same",
    "agreement-named": "same",
    "condition-named": "same",
    "agreements-adopted": "same",
}
_SHEETS: Mapping[str, Literal["same"]] = {
    "sheet-opened": "same",
    "sheet-closing": "same",
    "sheet-held-open": "same",
    "sheet-closed": "same",
}

MOVES: Mapping[Phase, Mapping[str, Phase | Literal["same"]]] = {
    "new": {"session-opened": "arrival"},
    "arrival": {
        "step-started": "running",
        "closing-begun": "closing",
        "step-dropped": "same",
        "minutes-changed": "same",
        "plan-fitted": "same",
        **_FACTS,
    },
    "running": {
        "step-started": "same",
        "step-declined": "same",
        **_SHEETS,
        "paused": "paused",
        "closing-begun": "closing",
        **_GUIDING,
        **_FACTS,
    },
    "paused": {
        "resumed": "running",
        "closing-begun": "closing",
        **_GUIDING,
        **_FACTS,
    },
    "closing": {
        "step-started": "running",
        "session-closed": "closed",
        "agreements-adopted": "same",
        **_SHEETS,
        **_FACTS,
    },
    "closed": {},
}
"""Phase, then the event's `type`, to the phase after it; `same` stays."""

PHASE_WORDS: Mapping[Phase, Sentence] = {
    "new": Sentence("before the session is opened"),
    "arrival": Sentence(
        "before the first step has started; press {key_next} to start it", key_next="n"
    ),
    "running": Sentence("while a step is running"),
    "paused": Sentence(
        "while the session is paused; press {key_pause} to go on", key_pause=Sentence("space")
    ),
    "closing": Sentence("while the session is being closed"),
    "closed": Sentence("any more: the session is closed"),
}


REFUSED_WORDS: Mapping[str, Sentence] = {
    "session-opened": Sentence("A session is opened only once"),
    "step-started": Sentence("A step cannot be started"),
    "step-declined": Sentence("An alternative cannot be taken"),
    "step-dropped": Sentence("A step cannot be dropped"),
    "minutes-changed": Sentence("Minutes cannot be changed"),
    "plan-fitted": Sentence("The plan cannot be fitted"),
    "paused": Sentence("The session cannot be paused"),
    "resumed": Sentence("There is nothing to resume"),
    "agreement-named": Sentence("An agreement cannot be named"),
    "condition-named": Sentence("The condition cannot be named"),
    "agreements-adopted": Sentence("Agreements cannot be adopted"),
    "heads-changed": Sentence("The number of people cannot be changed"),
    "stop-moved": Sentence("The end cannot be moved"),
    "fact-kept": Sentence("Nothing can be kept"),
    "fact-struck": Sentence("Nothing can be struck"),
    "sheet-opened": Sentence("A sheet cannot be opened"),
    "sheet-closing": Sentence("A sheet cannot be closed"),
    "sheet-held-open": Sentence("A sheet cannot be held open"),
    "sheet-closed": Sentence("A sheet cannot be closed"),
    "answers-reviewed": Sentence("Answers cannot be reviewed"),
    "closing-begun": Sentence("The close cannot begin"),
    "session-closed": Sentence("The session cannot be closed"),
}
"""What cannot be done, by the type of the event; a word on the phase follows it."""


def next_phase(phase: Phase, event_type: str) -> Phase | None:
    """Return the phase after an event, or `None` when the move is not legal."""
    target = MOVES[phase].get(event_type)
    return phase if target == "same" else target


def as_mermaid() -> str:
    """Return the table as a Mermaid state diagram, moves that stay in a phase on one line."""
    lines = ["stateDiagram-v2", "    [*] --> new"]
    for phase, moves in MOVES.items():
        for event_type, target in moves.items():
            if target != "same":
                lines.append(f"    {phase} --> {target}: {event_type}")
        staying = [event_type for event_type, target in moves.items() if target == "same"]
        if staying:
            lines.append(f"    {phase} --> {phase}: {', '.join(staying)}")
    lines.append("    closed --> [*]")
    return "\n".join(lines)
