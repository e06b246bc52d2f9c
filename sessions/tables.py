"""How people sit in a step, and how its time is shared out among those who speak.

Pure. Whole seconds of the step's own time: a pause is none of it. A person has a number at her
table and nothing else; who has which number, nobody says.

In a step that says how long each person has, a turn is that long, scaled when the step was given
or lost time. In pairs the step's time is halved; in threes each has as many whole minutes as go
into it, as a facilitator would say it, and what is left is for all together; a round shares its
time evenly. The one table of three among pairs shares the same time by three.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from agreements.durations import PAIR, SECONDS_A_MINUTE, group_sizes, leaf_length
from agreements.plan import PerPersonDuration, Step

TurnKind = Literal["pair", "triad", "group", "round", "testimony", "fishbowl", "voice"]
"""How people take turns; `voice` is a single voice more where nobody has a turn."""

Doing = Literal["turn", "handover", "voice", "outer", "together"]
"""What a table does: a turn, the change after it, one voice more, the outer ring, all together."""

TRIAD = 3
INNER_RINGS = 2
OUTER_SHARE = 7
"""Of a fishbowl the last seventh, in whole minutes, belongs to those who have listened."""

WHOLE_MINUTES_FROM = 2 * SECONDS_A_MINUTE
"""A turn in threes is cut to whole minutes unless it is shorter than this."""

TOGETHER_IN_GROUPS = ("group", "role-play", "affinity")
"""Formats in which people sit in groups and nobody says who speaks when."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A stretch of a table's time."""

    doing: Doing
    start: int
    end: int
    speaker: int | None = None
    """Which turn of the round it is, or which ring of a fishbowl."""
    of: int | None = None
    round: int = 1
    rounds: int = 1


@dataclass(frozen=True, slots=True)
class Seating:
    """How people sit in a step, and what a turn is in it."""

    kind: TurnKind
    size: int | None
    """How many a table should have; `None` for one table with everybody at it."""
    takes_turns: bool
    handover: Fraction = Fraction(0)
    """Which part of a turn's time is the change after it."""
    rounds: int = 1
    second_round: bool = False
    """A table that is done before the others may go around once more."""

    @property
    def ends_early(self) -> bool:
        """Whether a turn that is passed is won for the plan: nobody else waits for this table."""
        return self.size is None and self.kind in ("round", "testimony")

    def sizes(self, heads: int) -> tuple[int, ...]:
        """Return how many sit at each table."""
        return (max(heads, 1),) if self.size is None else group_sizes(max(heads, 1), self.size)

    def speakers(self, size: int) -> int:
        """Return how many turns a round has at a table."""
        return INNER_RINGS if self.kind == "fishbowl" else size

    def outer(self, seconds: int) -> int:
        """Return what the outer ring of a fishbowl has at its end."""
        return _whole_minutes(seconds / OUTER_SHARE) if self.kind == "fishbowl" else 0


def seating(step: Step) -> Seating | None:
    """Say how people sit in a step; `None` where there are neither turns nor tables."""
    duration = step.duration
    if isinstance(duration, PerPersonDuration):
        whole = duration.seconds_each + duration.handover_seconds
        return Seating(
            kind=_kind(step),
            size=_size(step),
            takes_turns=True,
            handover=Fraction(duration.handover_seconds, whole),
            rounds=duration.rounds,
            second_round=True,
        )
    if step.format in ("pair", "triad", "round", "testimony", "fishbowl"):
        return Seating(_kind(step), _size(step), takes_turns=True)
    if step.format in TOGETHER_IN_GROUPS:
        return Seating("group", _size(step), takes_turns=False)
    return None


def longest_turn(step: Step) -> Callable[[int, int, int], Fraction | None]:
    """Return what says the longest a turn may be, with its change; `None` leaves it open.

    What it is called with is the heads, the size of the table, and the seconds the step has.
    """
    duration = step.duration
    if isinstance(duration, PerPersonDuration):
        whole = duration.seconds_each + duration.handover_seconds

        def scaled(heads: int, _size: int, seconds: int) -> Fraction:
            planned = leaf_length(step, max(heads, 1)).planned
            return Fraction(whole * seconds, planned)

        return scaled
    if _kind(step) == "triad":
        return lambda _heads, size, seconds: _in_whole_minutes(Fraction(seconds, max(size, 1)))
    return lambda _heads, _size, _seconds: None


def _kind(step: Step) -> TurnKind:
    if _is_fishbowl(step):
        return "fishbowl"
    size = _size(step)
    if size is None:
        return "testimony" if step.format == "testimony" else "round"
    named: dict[int, TurnKind] = {PAIR: "pair", TRIAD: "triad"}
    return named.get(size, "group")


def _size(step: Step) -> int | None:
    if _is_fishbowl(step):
        return None
    if step.group_size is None and not isinstance(step.duration, PerPersonDuration):
        return {"pair": PAIR, "triad": TRIAD}.get(step.format)
    return step.group_size


def _is_fishbowl(step: Step) -> bool:
    return step.format == "fishbowl" and not isinstance(step.duration, PerPersonDuration)


def _in_whole_minutes(seconds: Fraction) -> Fraction | None:
    return Fraction(_whole_minutes(seconds)) if seconds >= WHOLE_MINUTES_FROM else None


def _whole_minutes(seconds: float | Fraction) -> int:
    return int(seconds // SECONDS_A_MINUTE) * SECONDS_A_MINUTE
