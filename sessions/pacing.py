"""Whether a session ends on time, and the smallest change that makes it.

Pure. The end is fixed and the start is not, so everything is reckoned against the hard stop with
the heads that are there. The levels, of which the first that fits is taken and never more: use
slack; shorten evenly toward the minima; drop in drop order. Protected minutes never change, and
what ends early invents no content: it ends early. Three modules do the work: `sessions.rows`
finds what is left, `sessions.fitting` fits it, `sessions.timetable` lays it out on the clock.

A step's `not_before` is waited for, and the wait takes up delay as slack does. Its `not_after` is
the latest moment it may *start*, and so a stop for everything before it; what must be over by a
time is said by the step that follows. Over midnight a stop is understood as the next day's when
the session then lasts at most twelve hours.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from agreements.durations import SECONDS_A_MINUTE
from agreements.plan import Plan
from sessions.decide import refuse_heads
from sessions.errors import CommandRefusedError
from sessions.fitting import Fit
from sessions.rows import SECONDS_A_DAY, Course, ToCome, course, to_come
from sessions.state import SessionState
from sessions.timetable import PlanFit, clock_text, timetable

LONGEST_OVER_MIDNIGHT_SECONDS = 12 * 60 * SECONDS_A_MINUTE
RELIEF_SECONDS = 10 * SECONDS_A_MINUTE
"""How much more time is tried when a plan does not fit at all."""
HALF_MINUTE = SECONDS_A_MINUTE // 2
NAMED_STEPS = 3
"""More steps than this are counted, not named."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How a session stands against its hard stop. All times are seconds since opening."""

    projected_end: int
    """When the last step ends if nothing is changed."""
    behind_seconds: int | None
    """How far that is past the stop; negative when ahead of it, `None` without a stop."""
    slack_seconds: int
    """How much slack is still to come."""
    fit: Fit | None
    """The smallest change that makes it fit; `None` without a stop."""
    late: tuple[str, ...] = ()
    """Steps that can no longer start by their latest time; the fit leaves those times aside."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A step that could use time that is left, if the facilitator wants it."""

    step: str
    seconds: int
    """How much more it can use well, and no more than is left."""


def pace(plan: Plan, state: SessionState, opened_at: int | None = None) -> Pace:
    """Say how a session stands, and what would have to change.

    Cheap enough for every tick of the clock.

    Args:
        plan: The session's plan.
        state: Where the session stands now (`sessions.state.elapse`).
        opened_at: The local time of day at opening, in seconds since midnight, for steps that
            are held to a clock time; without it those times are left out of account.
    """
    run = course(plan, state)
    ahead = to_come(run, state, opened_at)
    slack = sum(row.ahead for row in ahead.rows if row.is_slack)
    if state.stop_at is None:
        end = state.at + ahead.fit(SECONDS_A_DAY).unchanged_seconds
        return Pace(projected_end=end, behind_seconds=None, slack_seconds=slack, fit=None)
    found, late = _leaving_missed_times(ahead, state.stop_at - state.at)
    end = state.at + found.unchanged_seconds
    return Pace(end, end - state.stop_at, slack, found, late)


def advice(plan: Plan, state: SessionState, opened_at: int | None = None) -> str:
    """Say in one sentence what would make a session fit, for the status line.

    Empty when it fits as it is, or has no hard stop. The arguments are those of `pace`.
    """
    found = pace(plan, state, opened_at).fit
    if found is None or found.fits:
        return ""
    run = course(plan, state)
    ahead = to_come(run, state, opened_at)

    def with_more(seconds: int) -> Fit:
        left = (state.stop_at or 0) - state.at + seconds
        return _leaving_missed_times(ahead, left)[0]

    return _sentence(run, found, with_more)


def offers(plan: Plan, state: SessionState, opened_at: int | None = None) -> tuple[Offer, ...]:
    """Return the steps to come that could use time that is left. Nothing is ever stretched.

    Empty unless the session is ahead of its stop. The arguments are those of `pace`.
    """
    now = pace(plan, state, opened_at)
    spare = -(now.behind_seconds or 0)
    if spare <= 0:
        return ()
    run = course(plan, state)
    found = []
    for row in to_come(run, state, opened_at).rows:
        length = run.lengths.get(row.id)
        more = 0 if length is None or row.is_slack else min(spare, length.most - row.seconds)
        if more > 0:
            found.append(Offer(row.id, more))
    return tuple(found)


def fit_plan(plan: Plan, heads: int, starts: int, ends: int) -> PlanFit:
    """Fit a whole plan between a start and a hard stop.

    When it is not feasible its steps are shown as planned: nothing is cut in silence.

    Args:
        plan: The plan.
        heads: How many people are there.
        starts: When the first step starts, in seconds since midnight.
        ends: The hard stop, in seconds since midnight.

    Raises:
        CommandRefusedError: When the heads or the times cannot be meant.
    """
    available = _available(starts, ends)
    refuse_heads(heads)
    state = SessionState(heads=heads, stop_at=available)
    run = course(plan, state)
    ahead = to_come(run, state, starts)
    found = ahead.fit(available)
    return PlanFit(
        plan=plan.id,
        heads=heads,
        starts=clock_text(starts),
        ends=clock_text(ends),
        projected_end=clock_text(starts + found.projected_seconds),
        fits=found.fits,
        feasible=found.feasible,
        steps=timetable(run, state, ahead.rows, found, starts),
        sentence=_sentence(run, found, lambda seconds: ahead.fit(available + seconds)),
    )


def spoken(seconds: int) -> str:
    """Return a length of time as people say it: from a minute and a half in half minutes."""
    if seconds < HALF_MINUTE * 3 and seconds != SECONDS_A_MINUTE:
        return f"{seconds} second{'' if seconds == 1 else 's'}"
    halves = (seconds + HALF_MINUTE // 2) // HALF_MINUTE
    return f"{halves // 2}{'½' * (halves % 2)} minute{'' if halves == 2 else 's'}"  # noqa: PLR2004


def said_changes(run: Course, found: Fit) -> str:
    """Return what gives way, as the end of a sentence: `shortening Pairs by 2 minutes`."""
    slack = [one for one in found.changes if one.kind == "slack"]
    shorter = [one for one in found.changes if one.kind == "shortened"]
    said = []
    if slack:
        used = sum(one.from_seconds - one.to_seconds for one in slack)
        said.append(f"using {spoken(used)} of slack")
    if len(shorter) > NAMED_STEPS:
        won = sum(one.from_seconds - one.to_seconds for one in shorter)
        said.append(f"shortening {len(shorter)} steps by {spoken(won)} in all")
    elif shorter:
        each = (
            f"{_title(run, one.step)} by {spoken(one.from_seconds - one.to_seconds)}"
            for one in shorter
        )
        said.append(f"shortening {_listed(tuple(each))}")
    if found.dropped:
        titles = tuple(_title(run, step) for step in found.dropped)
        said.append(f"dropping {_listed(titles)}")
    return _listed(tuple(said))


def _leaving_missed_times(ahead: ToCome, available: int) -> tuple[Fit, tuple[str, ...]]:
    """Fit to the stop; a latest time that cannot be met any more is named and left aside."""
    late: list[str] = []
    found = ahead.fit(available)
    while found.blocked is not None:
        late.append(found.blocked)
        found = ahead.fit(available, without=frozenset(late))
    return found, tuple(late)


def _sentence(run: Course, found: Fit, with_more: Callable[[int], Fit]) -> str:
    if found.fits:
        return "It fits as it is."
    if found.feasible:
        return f"It fits by {said_changes(run, found)}."
    if found.blocked is not None:
        title = _title(run, found.blocked)
        return f"It does not fit: “{title}” would still start {_missing(found)} too late."
    relief = with_more(RELIEF_SECONDS)
    if not relief.feasible:
        more = f"With ten more minutes it would still be {_missing(relief)} too long."
    elif relief.fits:
        more = "With ten more minutes it would fit as it is."
    else:
        more = f"With ten more minutes it would fit by {said_changes(run, relief)}."
    still = f"still {_missing(found)} too long with everything that may give way"
    return f"It does not fit: {still}. {more}"


def _missing(found: Fit) -> str:
    """Say what is missing in minutes, rounded up: never less than it is."""
    return spoken(-(-found.missing_seconds // SECONDS_A_MINUTE) * SECONDS_A_MINUTE)


def _title(run: Course, step_id: str) -> str:
    step = run.plan.step(step_id)
    return step_id if step is None else step.title


def _listed(things: tuple[str, ...]) -> str:
    if len(things) < 2:  # noqa: PLR2004
        return "".join(things)
    return f"{', '.join(things[:-1])} and {things[-1]}"


def _available(starts: int, ends: int) -> int:
    """Return the seconds from start to stop, over midnight where that can be meant."""
    if not (0 <= starts < SECONDS_A_DAY and 0 <= ends < SECONDS_A_DAY):
        raise CommandRefusedError("A time of day lies between 00:00 and 23:59.")
    if ends > starts:
        return ends - starts
    over_midnight = ends + SECONDS_A_DAY - starts
    if over_midnight <= LONGEST_OVER_MIDNIGHT_SECONDS:
        return over_midnight
    raise CommandRefusedError(
        f"The end, {clock_text(ends)[:5]}, is not after the start, {clock_text(starts)[:5]}. "
        "Choose a later end; over midnight a session lasts at most twelve hours."
    )
