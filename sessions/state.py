"""Where a session stands: the fold of its timeline.

Pure. `evolve` trusts its event; whether an event is legal is decided before, in
`sessions.decide`. Every second since opening is in exactly one place: arrival, a step, a pause,
or the closing, so that their sum is the time of the last event.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import reduce

from sessions.facts import FactKind
from sessions.rules import Phase, next_phase
from sessions.timeline import (
    AgreementNamed,
    AgreementsAdopted,
    AnswersReviewed,
    AnyEvent,
    ConditionNamed,
    Event,
    FactKept,
    FactStruck,
    HeadsChanged,
    MinutesChanged,
    PlanFitted,
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


@dataclass(frozen=True, slots=True)
class OpenSheet:
    """The sheet that is open."""

    id: str
    step: str
    asks: tuple[str, ...]
    closing_at: int | None = None
    """When it was told to close; `None` while people write."""


@dataclass(frozen=True, slots=True)
class SessionState:
    """Where a session stands after some event. All times are whole seconds since opening."""

    phase: Phase = "new"
    at: int = 0
    """When the last event happened."""
    heads: int = 0
    stop_at: int | None = None
    step: str | None = None
    """The step that is running or paused, or was last."""
    spent: Mapping[str, int] = field(default_factory=dict)
    """Seconds in each step, summed over its visits, up to `at`."""
    visits: Mapping[str, int] = field(default_factory=dict)
    changed: Mapping[str, int] = field(default_factory=dict)
    """Seconds given to or taken from a step by hand."""
    fitted: Mapping[str, int] = field(default_factory=dict)
    """The length of a step after the plan was fitted to the hard stop."""
    dropped: tuple[str, ...] = ()
    declined: Mapping[str, str] = field(default_factory=dict)
    """Steps the group declined, and what runs instead."""
    arrival_seconds: int = 0
    paused_seconds: int = 0
    closing_seconds: int = 0
    adopted: bool = False
    amended: bool = False
    """The agreements were adopted, and have been changed since: the group is to be asked again."""
    agreements_named: Mapping[str, int] = field(default_factory=dict)
    conditions_named: Mapping[str, int] = field(default_factory=dict)
    facts: Mapping[str, FactKind] = field(default_factory=dict)
    """The facts that are kept, by id."""
    sheet: OpenSheet | None = None
    asked: tuple[str, ...] = ()
    """Asks whose sheet has been closed."""
    held_back: int = 0
    """How many answers were held back."""

    def is_written(self, ask: str) -> bool:
        """Say whether an ask is answered in writing: its sheet is open, or has been."""
        return ask in self.asked or (self.sheet is not None and ask in self.sheet.asks)


def evolve(state: SessionState, event: AnyEvent) -> SessionState:
    """Return the state after an event that is known to be legal."""
    elapsed = _elapse(state, event.at)
    change = _CHANGES.get(type(event))
    changed = elapsed if change is None else change(elapsed, event)
    phase = next_phase(state.phase, event.type)
    return replace(changed, phase=phase or state.phase, at=event.at)


def replay(events: Iterable[AnyEvent]) -> SessionState:
    """Return the state after a whole timeline."""
    return reduce(evolve, events, SessionState())


def elapse(state: SessionState, now: int) -> SessionState:
    """Return the state as it stands at a later moment in which nothing happened.

    Args:
        state: The state after the last event.
        now: Seconds since opening; a moment before the last event counts as that event's.
    """
    return _elapse(state, max(now, state.at))


class LastElapsed:
    """Where a session stood when it was asked last: many ask within one second."""

    def __init__(self) -> None:
        """Remember nothing yet."""
        self._since = self._then = SessionState()

    def elapse(self, state: SessionState, now: int) -> SessionState:
        """Return the same as the function `elapse`; the same object within a second."""
        if state is not self._since or now != self._then.at:
            self._since, self._then = state, elapse(state, now)
        return self._then


def _elapse(state: SessionState, at: int) -> SessionState:
    """Put the seconds since the last event where they belong; every beat of a page asks for it."""
    seconds = at - state.at
    if seconds <= 0:
        return state
    if state.phase == "arrival":
        return replace(state, at=at, arrival_seconds=state.arrival_seconds + seconds)
    if state.phase == "paused":
        sheet = state.sheet
        if sheet is not None and sheet.closing_at is not None:
            # A sheet's grace stands still with everything else.
            sheet = replace(sheet, closing_at=sheet.closing_at + seconds)
        return replace(state, at=at, paused_seconds=state.paused_seconds + seconds, sheet=sheet)
    if state.phase == "closing":
        return replace(state, at=at, closing_seconds=state.closing_seconds + seconds)
    if state.phase == "running" and state.step is not None:
        return replace(state, at=at, spent=_plus(state.spent, state.step, seconds))
    return replace(state, at=at)


def _plus(counts: Mapping[str, int], key: str, amount: int) -> dict[str, int]:
    return {**counts, key: counts.get(key, 0) + amount}


def _opened(state: SessionState, event: SessionOpened) -> SessionState:
    return replace(state, heads=event.heads, stop_at=event.stop_at)


def _started(state: SessionState, event: StepStarted) -> SessionState:
    dropped = tuple(step for step in state.dropped if step != event.step)
    declined = {step: one for step, one in state.declined.items() if step != event.step}
    visits = _plus(state.visits, event.step, 1)
    return replace(state, step=event.step, visits=visits, dropped=dropped, declined=declined)


def _minutes(state: SessionState, event: MinutesChanged) -> SessionState:
    return replace(state, changed=_plus(state.changed, event.step, event.seconds))


def _dropped(state: SessionState, event: StepDropped) -> SessionState:
    return replace(state, dropped=(*state.dropped, event.step))


def _declined(state: SessionState, event: StepDeclined) -> SessionState:
    declined = {**state.declined, event.step: event.alternative}
    return replace(state, declined=declined, adopted=state.adopted and not event.agreements)


def _fitted(state: SessionState, event: PlanFitted) -> SessionState:
    new = tuple(step for step in event.dropped if step not in state.dropped)
    # A fitted length already holds what was changed by hand before it.
    changed = {key: value for key, value in state.changed.items() if key not in event.seconds}
    fitted = {**state.fitted, **event.seconds}
    return replace(state, fitted=fitted, changed=changed, dropped=state.dropped + new)


def _named(state: SessionState, event: AgreementNamed) -> SessionState:
    return replace(state, agreements_named=_plus(state.agreements_named, event.agreement, 1))


def _condition(state: SessionState, event: ConditionNamed) -> SessionState:
    return replace(state, conditions_named=_plus(state.conditions_named, event.condition, 1))


def _adopted(state: SessionState, _event: AgreementsAdopted) -> SessionState:
    return replace(state, adopted=True, amended=False)


def _heads(state: SessionState, event: HeadsChanged) -> SessionState:
    return replace(state, heads=event.heads)


def _stop(state: SessionState, event: StopMoved) -> SessionState:
    return replace(state, stop_at=event.stop_at)


def _kept(state: SessionState, event: FactKept) -> SessionState:
    facts = {**state.facts, event.fact: event.kind}
    if not (state.adopted and event.kind in ("wording", "house-agreement")):
        return replace(state, facts=facts)
    return replace(state, facts=facts, adopted=False, amended=True)


def _struck(state: SessionState, event: FactStruck) -> SessionState:
    return replace(
        state, facts={key: kind for key, kind in state.facts.items() if key != event.fact}
    )


def _sheet_opened(state: SessionState, event: SheetOpened) -> SessionState:
    return replace(state, sheet=OpenSheet(event.sheet, event.step, event.asks))


def _sheet_closing(state: SessionState, event: SheetClosing) -> SessionState:
    sheet = state.sheet
    return state if sheet is None else replace(state, sheet=replace(sheet, closing_at=event.at))


def _sheet_held_open(state: SessionState, _event: SheetHeldOpen) -> SessionState:
    sheet = state.sheet
    return state if sheet is None else replace(state, sheet=replace(sheet, closing_at=None))


def _sheet_closed(state: SessionState, _event: SheetClosed) -> SessionState:
    asks = () if state.sheet is None else state.sheet.asks
    return replace(state, sheet=None, asked=state.asked + asks)


def _reviewed(state: SessionState, event: AnswersReviewed) -> SessionState:
    return replace(state, held_back=state.held_back + event.held_back)


_CHANGES: Mapping[type[Event], Callable[..., SessionState]] = {
    SessionOpened: _opened,
    StepStarted: _started,
    MinutesChanged: _minutes,
    StepDropped: _dropped,
    StepDeclined: _declined,
    PlanFitted: _fitted,
    AgreementNamed: _named,
    ConditionNamed: _condition,
    AgreementsAdopted: _adopted,
    HeadsChanged: _heads,
    StopMoved: _stop,
    FactKept: _kept,
    FactStruck: _struck,
    SheetOpened: _sheet_opened,
    SheetClosing: _sheet_closing,
    SheetHeldOpen: _sheet_held_open,
    SheetClosed: _sheet_closed,
    AnswersReviewed: _reviewed,
}
