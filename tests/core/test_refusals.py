"""What the facilitator may not do now: each refusal with the sentence she reads."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from agreements.model import Protocol
from agreements.plan import Plan
from sessions import decide
from sessions.decide import Events, Moment, checked, last_act
from sessions.errors import CommandRefusedError
from sessions.state import replay
from sessions.timeline import (
    AgreementsAdopted,
    AnyEvent,
    Paused,
    Resumed,
    SheetClosed,
    SheetClosing,
    SheetHeldOpen,
    SheetOpened,
    StepDropped,
    StepStarted,
)
from tests.plugin_sessions import closed, closing, opened, paused, running

FACT = "0" * 32
AT = 600
OPENED = SheetOpened(at=20, sheet=FACT, step="welcome", asks=("a",))
WITH_SHEET = (*running("welcome"), OPENED)

Decide = Callable[[Moment], Events]

REFUSED: dict[str, tuple[tuple[AnyEvent, ...], Decide, str]] = {
    "nobody": (
        opened(),
        lambda m: decide.change_heads(m, heads=0),
        "At least one person must be here. How many are expected?",
    ),
    "fewer than nobody": (
        opened(),
        lambda m: decide.change_heads(m, heads=-3),
        "At least one person must be here. How many are expected?",
    ),
    "ten thousand": (
        opened(),
        lambda m: decide.change_heads(m, heads=10_000),
        "A session holds at most 1000 people. Plan several rooms instead.",
    ),
    "opening for nobody": (
        (),
        lambda m: decide.open_session(m, heads=0, stop_at=None),
        "At least one person must be here. How many are expected?",
    ),
    "opening with the end in the past": (
        (),
        lambda m: decide.open_session(m, heads=12, stop_at=-60),
        "The end must lie ahead.",
    ),
    "opening at the end": (
        (),
        lambda m: decide.open_session(m, heads=12, stop_at=AT),
        "The end must lie ahead.",
    ),
    "opening twice": (
        opened(),
        lambda m: decide.open_session(m, heads=12, stop_at=None),
        "A session is opened only once before the first step has started; press n to start it.",
    ),
    "an end that has passed": (
        running("pairs"),
        lambda m: decide.move_stop(m, stop_at=AT),
        "The end must lie ahead.",
    ),
    "back in arrival": (
        opened(),
        decide.previous_step,
        "This is the first step; there is nothing before it.",
    ),
    "back from the first": (
        running("welcome"),
        decide.previous_step,
        "This is the first step; there is nothing before it.",
    ),
    "on from the close": (
        closing(),
        decide.next_step,
        "The close cannot begin while the session is being closed.",
    ),
    "a step that is nowhere": (
        running("welcome"),
        lambda m: decide.start_step(m, step="nowhere"),
        "There is no such step in this plan.",
    ),
    "slack as a step": (
        running("welcome"),
        lambda m: decide.start_step(m, step="spare"),
        "Slack is spare time and is not run. Choose another step.",
    ),
    "a whole as a step": (
        running("welcome"),
        lambda m: decide.start_step(m, step="block"),
        "“Block” is made of parts. Choose one of them.",
    ),
    "a pause in arrival": (
        opened(),
        decide.pause,
        "The session cannot be paused before the first step has started; press n to start it.",
    ),
    "two pauses": (
        paused("pairs"),
        decide.pause,
        "The session cannot be paused while the session is paused; press space to go on.",
    ),
    "nothing to resume": (
        running("pairs"),
        decide.resume,
        "There is nothing to resume while a step is running.",
    ),
    "less than a minute": (
        running("pairs"),
        lambda m: decide.change_minutes(m, seconds=-60, allotted=119),
        "A step has at least one minute. Press n to go on instead.",
    ),
    "minutes for nothing": (
        opened(),
        lambda m: decide.change_minutes(m, seconds=60, allotted=600),
        "No step is running.",
    ),
    "minutes at the close": (
        closing(),
        lambda m: decide.change_minutes(m, seconds=60, allotted=600),
        "No step is running.",
    ),
    "a drop of the protected": (
        running("consent"),
        decide.drop_step,
        "“Consent” is protected and is never dropped. It can be shortened with −.",
    ),
    "a drop twice": (
        running("welcome", StepDropped(at=5, step="threes")),
        lambda m: decide.drop_step(m, step="threes"),
        "“Threes” is dropped already.",
    ),
    "a drop of what is over": (
        running("pairs", StepStarted(at=5, step="welcome")),
        lambda m: decide.drop_step(m, step="welcome"),
        "“Welcome” has run already.",
    ),
    "a drop of nothing": (
        running("welcome"),
        lambda m: decide.drop_step(m, step="nowhere"),
        "There is no such step in this plan.",
    ),
    "a drop while nothing runs": (opened(), decide.drop_step, "No step is running."),
    "a drop at the close": (
        closing("welcome"),
        lambda m: decide.drop_step(m, step="threes"),
        "A step cannot be dropped while the session is being closed.",
    ),
    "a no without an alternative": (
        running("welcome"),
        decide.take_alternative,
        "“Welcome” has no alternative. Press d to drop it.",
    ),
    "a no to nothing": (opened(), decide.take_alternative, "No step is running."),
    "a fit of nothing": (
        running("pairs"),
        lambda m: decide.fit_plan(m, seconds={}, dropped=()),
        "The plan fits as it is; there is nothing to change.",
    ),
    "a fit at the close": (
        closing(),
        lambda m: decide.fit_plan(m, seconds={"pairs": 300}, dropped=()),
        "The plan cannot be fitted while the session is being closed.",
    ),
    "agreement nought": (
        running("pairs"),
        lambda m: decide.name_agreement(m, number=0),
        "There are 4 agreements; choose 1 to 4.",
    ),
    "agreement five": (
        running("pairs"),
        lambda m: decide.name_agreement(m, number=5),
        "There are 4 agreements; choose 1 to 4.",
    ),
    "an agreement too early": (
        opened(),
        lambda m: decide.name_agreement(m, number=1),
        "An agreement cannot be named before the first step has started; press n to start it.",
    ),
    "a condition it has not": (
        running("threes"),
        decide.name_condition,
        "This step has no condition of its own.",
    ),
    "consent twice": (
        running("consent", AgreementsAdopted(at=5)),
        decide.adopt_agreements,
        "The agreements are adopted already.",
    ),
    "consent too early": (
        opened(),
        decide.adopt_agreements,
        "Agreements cannot be adopted before the first step has started; press n to start it.",
    ),
    "a strike of nothing": (
        running("pairs"),
        lambda m: decide.strike_fact(m, fact=FACT),
        "That is not there any more.",
    ),
    "a close twice": (
        closing(),
        decide.begin_closing,
        "The close cannot begin while the session is being closed.",
    ),
    "the end before the close": (
        running("pairs"),
        decide.close_session,
        "The session cannot be closed while a step is running.",
    ),
    "a step when it is over": (
        closed(),
        lambda m: decide.start_step(m, step="welcome"),
        "A step cannot be started any more: the session is closed.",
    ),
    "a note when it is over": (
        closed(),
        lambda m: decide.keep_fact(m, kind="note", fact=FACT),
        "Nothing can be kept any more: the session is closed.",
    ),
    "a close when it is over": (
        closed(),
        decide.close_session,
        "The session cannot be closed any more: the session is closed.",
    ),
    "anything before it is opened": (
        (),
        decide.next_step,
        "A step cannot be started before the session is opened.",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_refusal_says_why_and_changes_nothing(case: str, tiny: Plan, protocol: Protocol) -> None:
    """What is not possible is refused in these words, and the state is as it was."""
    timeline, command, sentence = REFUSED[case]
    state = replay(timeline)
    with pytest.raises(CommandRefusedError) as refused:
        checked(state, command(Moment(state, tiny, protocol, AT)))
    assert refused.value.sentence == sentence
    assert state == replay(timeline)


@pytest.mark.parametrize(
    ("timeline", "sentence"),
    [
        ((), "There is nothing to undo."),
        (opened(), "There is nothing to undo."),
        (
            (*opened(), StepStarted(at=0, step="arrival", continues=True)),
            "There is nothing to undo.",
        ),
        (closed(), "A closed session stays closed."),
        ((*WITH_SHEET,), "People may be writing. Close the sheet instead of undoing it."),
        (
            (*WITH_SHEET, SheetClosing(at=30), SheetHeldOpen(at=60)),
            "People may be writing. z closes the sheet, with time to finish.",
        ),
        (
            (
                *WITH_SHEET,
                Paused(at=30),
                Resumed(at=40),
                SheetClosed(at=40, continues=True),
                Paused(at=40, continues=True),
            ),
            "The box has been opened; that cannot be taken back.",
        ),
    ],
)
def test_some_acts_cannot_be_taken_back(timeline: tuple[AnyEvent, ...], sentence: str) -> None:
    """What cannot be undone is refused, with why not, wherever in its act it stands."""
    with pytest.raises(CommandRefusedError) as refused:
        last_act(timeline)
    assert refused.value.sentence == sentence
