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
from agreements.sentence import Sentence
from sessions.daytime import DAY_SECONDS, seconds_between
from sessions.errors import CommandRefusedError
from sessions.fitting import Fit
from sessions.heads import refuse_heads
from sessions.rows import Course, ToCome, course, to_come
from sessions.state import SessionState
from sessions.timetable import PlanFit, clock_text, timetable

RELIEF_SECONDS = 10 * SECONDS_A_MINUTE
"""How much more time is tried when a plan does not fit at all."""
HALF_MINUTE = SECONDS_A_MINUTE // 2
NAMED_STEPS = 3
"""More steps than this are counted, not named."""
NO_END = Sentence("There is no fixed end to fit. {key_end_time} sets one.", key_end_time="e")


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
    """Steps that cannot start by their latest time any more; the fit leaves those times aside."""


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
    available = DAY_SECONDS if state.stop_at is None else state.stop_at - state.at
    found, late = _leaving_missed_times(ahead, available)
    end = state.at + found.unchanged_seconds
    if state.stop_at is None:
        return Pace(end, behind_seconds=None, slack_seconds=slack, fit=None, late=late)
    return Pace(end, end - state.stop_at, slack, found, late)


def advice(plan: Plan, state: SessionState, opened_at: int | None = None) -> Sentence:
    """Say what can no longer start on time, and what would make a session fit.

    A sentence each, for the status line; empty when it fits as it is, or has no hard stop, and no
    latest start is missed. The arguments are those of `pace`.
    """
    now = pace(plan, state, opened_at)
    run = course(plan, state)
    late = _late(run, now.late)
    found = now.fit
    if found is None or found.fits:
        return late
    ahead = to_come(run, state, opened_at)

    def with_more(seconds: int) -> Fit:
        left = (state.stop_at or 0) - state.at + seconds
        return _leaving_missed_times(ahead, left)[0]

    return Sentence.joined(late, _sentence(run, found, with_more))


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
        sentence=Sentence.joined(
            _sentence(run, found, lambda seconds: ahead.fit(available + seconds)),
            _made_for_others(plan, heads),
        ),
    )


def spoken(seconds: int) -> Sentence:
    """Return a length of time as people say it: from a minute and a half in half minutes."""
    if seconds < HALF_MINUTE * 3 and seconds != SECONDS_A_MINUTE:
        return Sentence.counted("{count} second", "{count} seconds", seconds)
    minutes = half_minutes(seconds)
    whole = 1 if minutes == "1" else 2  # half a minute and one and a half are said as several
    return Sentence.counted("{minutes} minute", "{minutes} minutes", whole, minutes=minutes)


def half_minutes(seconds: int) -> str:
    """Return seconds as minutes to the nearest half: `4`, `3½`, `½`."""
    whole, half = divmod((seconds + HALF_MINUTE // 2) // HALF_MINUTE, 2)
    return f"{whole or '' if half else whole}{'½' * half}"


def said_changes(run: Course, found: Fit) -> Sentence:
    """Return what gives way, as the end of a sentence: `shortening Pairs by 2 minutes`."""
    slack = [one for one in found.changes if one.kind == "slack"]
    shorter = [one for one in found.changes if one.kind == "shortened"]
    said = []
    if slack:
        used = sum(one.from_seconds - one.to_seconds for one in slack)
        said.append(Sentence("using {time} of slack", time=spoken(used)))
    if len(shorter) > NAMED_STEPS:
        won = sum(one.from_seconds - one.to_seconds for one in shorter)
        said.append(
            Sentence(
                "shortening {steps} steps by {time} in all", steps=len(shorter), time=spoken(won)
            )
        )
    elif shorter:
        each = (
            Sentence(
                "{step} by {time}",
                step=_title(run, one.step),
                time=spoken(one.from_seconds - one.to_seconds),
            )
            for one in shorter
        )
        said.append(Sentence("shortening {steps}", steps=Sentence.listed(*each)))
    if found.dropped:
        titles = (_title(run, step) for step in found.dropped)
        said.append(Sentence("dropping {steps}", steps=Sentence.listed(*titles)))
    return Sentence.listed(*said)


def _leaving_missed_times(ahead: ToCome, available: int) -> tuple[Fit, tuple[str, ...]]:
    """Fit to the stop; a latest time that cannot be met any more is named and left aside."""
    late: list[str] = []
    found = ahead.fit(available)
    while found.blocked is not None:
        late.append(found.blocked)
        found = ahead.fit(available, without=frozenset(late))
    return found, tuple(late)


def _sentence(run: Course, found: Fit, with_more: Callable[[int], Fit]) -> Sentence:
    if found.fits:
        return Sentence("It fits as it is.")
    if found.feasible:
        return Sentence("It fits by {changes}.", changes=said_changes(run, found))
    if found.blocked is not None:
        return Sentence(
            "It does not fit: “{step}” would still start {time} too late.",
            step=_title(run, found.blocked),
            time=_missing(found),
        )
    relief = with_more(RELIEF_SECONDS)
    if not relief.feasible:
        more = Sentence(
            "With ten more minutes it would still be {time} too long.", time=_missing(relief)
        )
    elif relief.fits:
        more = Sentence("With ten more minutes it would fit as it is.")
    else:
        more = Sentence(
            "With ten more minutes it would fit by {changes}.", changes=said_changes(run, relief)
        )
    still = Sentence(
        "It does not fit: still {time} too long with everything that may give way.",
        time=_missing(found),
    )
    return Sentence.joined(still, more)


def _made_for_others(plan: Plan, heads: int) -> str:
    """Say that a plan is made for more or fewer people; empty when it is not."""
    if plan.min_heads <= heads <= plan.max_heads:
        return ""
    return Sentence(
        "But it is made for {least} to {most} people.", least=plan.min_heads, most=plan.max_heads
    )


def _late(run: Course, late: tuple[str, ...]) -> Sentence:
    """Say which steps can no longer start by the latest time that the plan names for them."""
    steps = (run.plan.step(one) for one in late)
    each = tuple(
        Sentence("“{step}” by {time}", step=one.title, time=one.not_after or "")
        for one in steps
        if one is not None
    )
    if not each:
        return Sentence("")
    return Sentence("Too late to start {steps}.", steps=Sentence.listed(*each))


def _missing(found: Fit) -> Sentence:
    """Say what is missing in minutes, rounded up: never less than it is."""
    return spoken(-(-found.missing_seconds // SECONDS_A_MINUTE) * SECONDS_A_MINUTE)


def _title(run: Course, step_id: str) -> str:
    step = run.plan.step(step_id)
    return step_id if step is None else step.title


def _available(starts: int, ends: int) -> int:
    """Return the seconds from start to stop, over midnight where that can be meant."""
    if not (0 <= starts < DAY_SECONDS and 0 <= ends < DAY_SECONDS):
        raise CommandRefusedError("A time of day lies between 00:00 and 23:59.")
    available = seconds_between(starts, ends)
    if available is not None:
        return available
    raise CommandRefusedError(
        Sentence(
            "The end, {ends}, is not after the start, {starts}. "
            "Choose a later end; over midnight a session lasts at most twelve hours.",
            ends=clock_text(ends)[:5],
            starts=clock_text(starts)[:5],
        )
    )
