"""The table of legal moves: what may happen in each phase, and what each refusal says."""

from __future__ import annotations

import re
from typing import get_args

import pytest

from sessions.decide import checked
from sessions.errors import CommandRefusedError
from sessions.rules import MOVES, PHASE_WORDS, Phase, as_mermaid, next_phase
from sessions.state import SessionState
from sessions.timeline import (
    AgreementNamed,
    AgreementsAdopted,
    AnswersReviewed,
    AnyEvent,
    ClosingBegun,
    ConditionNamed,
    FactKept,
    FactStruck,
    HeadsChanged,
    MinutesChanged,
    Paused,
    PlanFitted,
    Resumed,
    SessionClosed,
    SessionOpened,
    SheetClosed,
    SheetClosing,
    SheetHeldOpen,
    SheetOpened,
    StepDeclined,
    StepDropped,
    StepStarted,
    StopMoved,
)
from tests.plugin_sessions import EVENTS

PHASES: tuple[Phase, ...] = get_args(Phase)

ONE_OF_EACH: tuple[AnyEvent, ...] = (
    SessionOpened(at=9, heads=12),
    StepStarted(at=9, step="pairs"),
    Paused(at=9),
    Resumed(at=9),
    MinutesChanged(at=9, step="pairs", seconds=60),
    StepDropped(at=9, step="round"),
    StepDeclined(at=9, step="consent", alternative="rules"),
    PlanFitted(at=9, seconds={"pairs": 300}),
    AgreementNamed(at=9, agreement="stay-engaged"),
    ConditionNamed(at=9, condition="isolate-race"),
    AgreementsAdopted(at=9),
    HeadsChanged(at=9, heads=13),
    StopMoved(at=9, stop_at=4000),
    FactKept(at=9, kind="note", fact="0" * 32),
    FactStruck(at=9, fact="0" * 32),
    SheetOpened(at=9, sheet="1" * 32, step="pairs", asks=("useful",)),
    SheetClosing(at=9),
    SheetHeldOpen(at=9),
    SheetClosed(at=9),
    AnswersReviewed(at=9, held_back=2),
    ClosingBegun(at=9),
    SessionClosed(at=9),
)

TABLE = """
phase    event              leads to
new      session-opened     arrival

arrival  step-started       running
arrival  step-dropped       arrival
arrival  minutes-changed    arrival
arrival  plan-fitted        arrival
arrival  heads-changed      arrival
arrival  stop-moved         arrival
arrival  fact-kept          arrival
arrival  fact-struck        arrival
arrival  answers-reviewed   arrival
arrival  closing-begun      closing

running  step-started       running
running  step-declined      running
running  step-dropped       running
running  paused             paused
running  minutes-changed    running
running  plan-fitted        running
running  agreement-named    running
running  condition-named    running
running  agreements-adopted running
running  heads-changed      running
running  stop-moved         running
running  fact-kept          running
running  fact-struck        running
running  answers-reviewed   running
running  sheet-opened       running
running  sheet-closing      running
running  sheet-held-open    running
running  sheet-closed       running
running  closing-begun      closing

paused   resumed            running
paused   step-dropped       paused
paused   minutes-changed    paused
paused   plan-fitted        paused
paused   agreement-named    paused
paused   condition-named    paused
paused   agreements-adopted paused
paused   heads-changed      paused
paused   stop-moved         paused
paused   fact-kept          paused
paused   fact-struck        paused
paused   answers-reviewed   paused
paused   closing-begun      closing

closing  step-started       running
closing  agreements-adopted closing
closing  heads-changed      closing
closing  stop-moved         closing
closing  fact-kept          closing
closing  fact-struck        closing
closing  answers-reviewed   closing
closing  sheet-opened       closing
closing  sheet-closing      closing
closing  sheet-held-open    closing
closing  sheet-closed       closing
closing  session-closed     closed
"""
"""Written by hand, so that a slip in the program's own table shows."""

EXPECTED = {
    (phase, event): target
    for phase, event, target in (line.split() for line in TABLE.splitlines()[2:] if line)
}


def test_one_of_each_kind_of_event_is_tried() -> None:
    """No kind of event is forgotten below."""
    known = {kind["type"] for kind in EVENTS.json_schema()["$defs"].values() if "type" in kind}
    assert known == {"object"}
    literals = set(EVENTS.json_schema()["discriminator"]["mapping"])
    assert {event.type for event in ONE_OF_EACH} == literals
    assert len(ONE_OF_EACH) == len(literals)


@pytest.mark.parametrize("phase", PHASES)
@pytest.mark.parametrize("event", ONE_OF_EACH, ids=lambda event: event.type)
def test_every_move_is_as_the_table_says(phase: Phase, event: AnyEvent) -> None:
    """A legal move leads where the table says; any other is refused and changes nothing."""
    state = SessionState(phase=phase, at=5, step="pairs", heads=12)
    target = EXPECTED.get((phase, event.type))
    if target is not None:
        assert next_phase(phase, event.type) == target
        assert checked(state, [event]).phase == target
        return
    assert next_phase(phase, event.type) is None
    with pytest.raises(CommandRefusedError) as refused:
        checked(state, [event])
    assert is_a_sentence(refused.value.sentence)
    assert refused.value.sentence.endswith(f"{PHASE_WORDS[phase]}.")
    assert state == SessionState(phase=phase, at=5, step="pairs", heads=12)


def is_a_sentence(text: str) -> bool:
    """Say whether something begins with a capital and ends with a full stop, on one line."""
    return bool(re.fullmatch(r"[A-Z][^\n]+[^.]\.", text))


def test_an_act_is_refused_as_a_whole() -> None:
    """When the second event of an act is not legal, the first has not happened either."""
    state = SessionState(phase="running", at=5, step="pairs")
    with pytest.raises(CommandRefusedError):
        checked(state, [Paused(at=6), Paused(at=7)])
    assert state == SessionState(phase="running", at=5, step="pairs")


def test_nothing_leads_out_of_a_closed_session() -> None:
    """Closed is final, and every other phase can reach it."""
    assert MOVES["closed"] == {}
    assert reachable("new") == set(PHASES)
    assert all("closed" in reachable(phase) for phase in PHASES)


def reachable(start: Phase) -> set[Phase]:
    """Return the phases that moves can lead to."""
    seen: set[Phase] = {start}
    open_ends = [start]
    while open_ends:
        phase = open_ends.pop()
        for event_type in MOVES[phase]:
            target = next_phase(phase, event_type)
            if target is not None and target not in seen:
                seen.add(target)
                open_ends.append(target)
    return seen


def test_the_diagram_shows_every_move_and_no_other() -> None:
    """Read back, the diagram is the table."""
    arrow = re.compile(r"    (\w+) --> (\w+): (.+)")
    drawn = {
        (found[1], event): found[2]
        for line in as_mermaid().splitlines()
        if (found := arrow.fullmatch(line))
        for event in found[3].split(", ")
    }
    assert drawn == EXPECTED


def test_the_diagram_begins_and_ends() -> None:
    """The diagram is a Mermaid state diagram with its two ends, and every line is one of ours."""
    first, start, *middle, end = as_mermaid().splitlines()
    assert (first, start, end) == ("stateDiagram-v2", "    [*] --> new", "    closed --> [*]")
    assert all(re.fullmatch(r"    \w+ --> \w+: [a-z, -]+", line) for line in middle)
