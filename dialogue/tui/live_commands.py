"""What the keys of the live screen do to the session, one function a command.

Pure apart from the session. Each returns what the status line says about it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from agreements.sentence import Sentence
from dialogue.tui.turn_keys import TURN_ACTS, TURN_WORDS
from dialogue.wording import mark, tr, trn
from sessions import decide, order
from sessions.errors import CommandRefusedError
from sessions.facts import FactKind
from sessions.live import LiveSession
from sessions.timeline import AnyEvent, FactKept, MinutesChanged

MINUTE_SECONDS = 60

LAST: Mapping[str, str] = {
    "next": mark("This is the last step. {key_next} again ends it; any other key stays."),
    "drop": mark("The last step. {key_drop} again leaves it out and ends; any other key stays."),
}
"""Said when a command would end the steps: the room would read that the session is over."""

Act = Callable[[LiveSession], str]


def pause(session: LiveSession) -> str:
    """Pause the session, or go on."""
    if session.state.phase == "paused":
        session.do(decide.resume)
        return tr("Going on.")
    session.do(decide.pause)
    return tr("Paused. The clock of the step stands still; {key_pause} goes on.")


def next_step(session: LiveSession) -> str:
    """Go on to the next step."""
    session.do(decide.next_step)
    return ""


def ends_the_steps(session: LiveSession, command: str) -> bool:
    """Say whether a command would end the last step, and can."""
    state, step = session.state, session.step
    leaves = command == "next" or (command == "drop" and step and not step.flex.protected)
    runs = state.phase in ("running", "paused") and state.sheet is None
    return bool(leaves) and runs and order.following(session.plan, state) is None


def previous_step(session: LiveSession) -> str:
    """Go back to the step before."""
    session.do(decide.previous_step)
    return tr("Back again. Its time goes on where it was.")


def change_minutes(session: LiveSession, *, seconds: int) -> str:
    """Give the step a minute more or less."""
    step = session.step
    allotted = 0 if step is None else session.time_of(step).allotted
    session.do(decide.change_minutes, seconds=seconds, allotted=allotted)
    return tr("One minute more.") if seconds > 0 else tr("One minute less.")


def name_agreement(session: LiveSession, *, number: int) -> str:
    """Name an agreement."""
    session.do(decide.name_agreement, number=number)
    named = session.protocol.agreements[number - 1]
    return tr("Named: {name}.", name=session.wordings().get(named.id, named.name))


def name_condition(session: LiveSession) -> str:
    """Name the condition of the step."""
    session.do(decide.name_condition)
    step = session.step
    condition = session.protocol.condition("" if step is None else step.condition or "")
    return "" if condition is None else tr("Named: {name}.", name=condition.name)


def drop_step(session: LiveSession) -> str:
    """Leave the step out and go on."""
    step = session.step
    session.do(decide.drop_step)
    return (
        ""
        if step is None
        else tr("“{title}” is dropped. {key_undo} takes it back.", title=step.title)
    )


def recommit(session: LiveSession) -> str:
    """Ask the room which agreement each will stretch on, or ask no more."""
    runs = session.step is not None and session.state.phase == "running"
    if not runs:
        return tr("No step is running.")
    if session.showing.turn_recommit(session.step.id if session.step else None):
        return tr("The room reads: which agreement will I stretch on? {key_recommit} ends it.")
    return tr("The room sees the step again.")


def take_alternative(session: LiveSession) -> str:
    """Run the alternative."""
    session.do(decide.take_alternative)
    step = session.step
    if step is None:
        return ""
    return tr("“{title}” runs instead. No reason is kept.", title=step.title)


def adopt(session: LiveSession) -> str:
    """Keep that the group adopted the agreements."""
    session.do(decide.adopt_agreements)
    return tr("The agreements are adopted. Who agreed is not kept.")


def change_heads(session: LiveSession, *, by: int) -> str:
    """Count one person more or less."""
    heads = session.state.heads + by
    session.do(decide.change_heads, heads=heads)
    return trn("{count} person is here.", "{count} people are here.", heads)


def fit(session: LiveSession) -> str:
    """Take the smallest change that makes the plan fit."""
    advice = session.advice()
    session.fit()
    return tr("Taken: {advice} {key_undo} takes it back.", advice=advice)


def take_as_prepared(session: LiveSession) -> str:
    """Take the change that Prepare showed, and say so; nothing where slack is enough.

    A session that was prepared as fitting does not begin behind. It is an act of its own, so that
    the facilitator can take it back.
    """
    found = session.pace().fit
    if found is None or found.fits or not found.feasible:
        return ""
    if all(change.kind == "slack" for change in found.changes):
        return ""
    advice = session.advice()
    session.fit()
    return Sentence(
        "Taken as prepared: {advice} {key_undo} takes it back.", advice=advice, key_undo="u"
    )


def undo(session: LiveSession) -> str:
    """Take back the last act, be it the session's or one of turns."""
    act = session.turns.take_back()
    if act is not None:
        return tr("Taken back: {what}.", what=Sentence(TURN_WORDS[act]))
    return tr("Taken back: {what}.", what=in_words(session.undo()[0]))


FACT_WORDS: Mapping[FactKind, str] = {
    "note": mark("the note"),
    "wording": mark("your wording of an agreement"),
    "house-agreement": mark("your own agreement"),
    "parked": mark("the parked question"),
    "commitment": mark("the commitment"),
    "leadership-ask": mark("what is asked of leadership"),
    "answers": mark("the count"),
}
"""What is taken back with the event that kept it, by its kind."""

EVENT_WORDS: Mapping[str, str] = {
    "session-opened": mark("the start of the session"),
    "step-started": mark("the change of step"),
    "paused": mark("the pause"),
    "resumed": mark("going on after the pause"),
    "step-dropped": mark("leaving the step out"),
    "step-declined": mark("running the alternative"),
    "plan-fitted": mark("the fit"),
    "agreement-named": mark("naming an agreement"),
    "condition-named": mark("naming the condition"),
    "agreements-adopted": mark("that the agreements are adopted"),
    "heads-changed": mark("the number of people here"),
    "stop-moved": mark("the new end"),
    "fact-struck": mark("the strike; the words are back"),
    "sheet-opened": mark("opening the sheet"),
    "sheet-closing": mark("closing the sheet"),
    "sheet-held-open": mark("holding the sheet open"),
    "sheet-closed": mark("the sheet's end"),
    "answers-reviewed": mark("the review of the answers"),
    "closing-begun": mark("the end of the last step"),
    "session-closed": mark("the close"),
}
"""What is taken back with an event of a type; kept facts and minutes have words of their own."""


def in_words(event: AnyEvent) -> Sentence:
    """Return what is taken back with an event, in the words of the screen."""
    if isinstance(event, FactKept):
        return Sentence(FACT_WORDS[event.kind])
    if isinstance(event, MinutesChanged):
        minutes = round(abs(event.seconds) / MINUTE_SECONDS)
        if event.seconds > 0:
            return Sentence.counted("one minute more", "{count} minutes more", max(minutes, 1))
        return Sentence.counted("one minute less", "{count} minutes less", max(minutes, 1))
    return Sentence(EVENT_WORDS[event.type])


ACTS: Mapping[str, Act] = {
    "pause": pause,
    "next": next_step,
    "back": previous_step,
    "longer": partial(change_minutes, seconds=MINUTE_SECONDS),
    "shorter": partial(change_minutes, seconds=-MINUTE_SECONDS),
    "name-condition": name_condition,
    "fit": fit,
    "drop": drop_step,
    "alternative": take_alternative,
    "adopt": adopt,
    "fewer": partial(change_heads, by=-1),
    "more": partial(change_heads, by=1),
    "undo": undo,
    **TURN_ACTS,
    **{f"agreement-{number}": partial(name_agreement, number=number) for number in range(1, 10)},
}
"""The commands that only change the session, by their ids."""


def carry_out(session: LiveSession, command: str) -> str:
    """Carry out a command and return what to say about it; a refusal is said as it is."""
    try:
        return ACTS[command](session)
    except CommandRefusedError as error:
        return tr(error.sentence)
