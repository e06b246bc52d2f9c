"""Who listens to the network, and guesses who wrote: from the times and sizes of calls alone.

The attacker has more than anybody would have. He hears every call of every phone to the
microsecond, is told how many wrote, and has learned from rooms in which he was told who did.
"""

from __future__ import annotations

import math
import random
import statistics
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

BEAT_SECONDS = 4.0
BINS = 8

Calls = tuple[tuple[float, int], ...]
"""One phone as the network hears it: when each call came, in seconds, and how long it was."""

Traits = tuple[float, ...]


@dataclass(frozen=True)
class Overheard:
    """One sheet as the network hears it."""

    phones: tuple[Calls, ...]
    wrote: tuple[bool, ...]
    """Whether each phone brought an answer; what the attacker wants to know."""


@cache
def traits(calls: Calls) -> Traits:
    """Return all that times and sizes could tell of one phone."""
    times, sizes = [at for at, _ in calls], [size for _, size in calls]
    gaps = [later - sooner for sooner, later in pairwise(times)] or [0.0]
    phases = [(at - times[0]) % BEAT_SECONDS for at in times]
    off_beat = [min(phase, BEAT_SECONDS - phase) for phase in phases]
    found = (
        len(calls),
        times[0],
        times[0] % BEAT_SECONDS,
        times[-1],
        min(gaps),
        max(gaps),
        statistics.pstdev(gaps),
        max(off_beat),
        sum(off_beat),
        sum(sizes),
        min(sizes),
        max(sizes),
    )
    return tuple(round(one, 6) for one in found)


class Trait:
    """What one trait says about writing, learned from rooms in which it was told who wrote."""

    def __init__(self, values: Sequence[float], wrote: Sequence[bool]) -> None:
        """Learn how often each range of values goes with writing."""
        ranked = sorted(set(values))
        steps = range(1, BINS)
        self._edges = [ranked[len(ranked) * step // BINS] for step in steps] if ranked else []
        writing, silent = Counter[int](), Counter[int]()
        for value, one in zip(values, wrote, strict=True):
            (writing if one else silent)[self._bin(value)] += 1
        self._says = {
            place: math.log((writing[place] + 1) / (writing.total() + BINS))
            - math.log((silent[place] + 1) / (silent.total() + BINS))
            for place in range(BINS)
        }

    def says(self, value: float) -> float:
        """Return how much a value speaks for writing."""
        return self._says[self._bin(value)]

    def _bin(self, value: float) -> int:
        return sum(value >= edge for edge in self._edges)


Score = Callable[[Traits], float]


def learned(rooms: Iterable[Overheard]) -> list[Score]:
    """Return ways to guess, learned from rooms: by each trait alone, and by all together."""
    seen = [
        (traits(calls), wrote)
        for room in rooms
        for calls, wrote in zip(room.phones, room.wrote, strict=True)
    ]
    wrote = [one for _, one in seen]
    each = [Trait(values, wrote) for values in zip(*(found for found, _ in seen), strict=True)]

    def alone(place: int) -> Score:
        return lambda found: each[place].says(found[place])

    def together(found: Traits) -> float:
        return sum(one.says(value) for one, value in zip(each, found, strict=True))

    return [*map(alone, range(len(each))), together]


def named_rightly(rooms: Iterable[Overheard], score: Score) -> int:
    """Return how many writers are named, where as many phones are named as have written."""
    chance, right = random.Random(11), 0
    for room in rooms:
        places = list(range(len(room.phones)))
        chance.shuffle(places)
        places.sort(key=lambda place: score(traits(room.phones[place])), reverse=True)
        right += sum(room.wrote[place] for place in places[: sum(room.wrote)])
    return right


def edge(rooms: Sequence[Overheard]) -> float:
    """Return by how many points of a hundred the attacker does better than chance.

    He learns from one half of the rooms, takes the way to guess that did best there, or all of
    them together, whichever helps him more, and guesses in the other half; then the other way
    round.
    """
    halves, right = (rooms[::2], rooms[1::2]), [0, 0]
    for learn, guess in (halves, halves[::-1]):
        *alone, together = learned(learn)
        best = max(alone, key=lambda score: named_rightly(learn, score))
        right[0] += named_rightly(guess, best)
        right[1] += named_rightly(guess, together)
    wrote = [sum(room.wrote) for room in rooms]
    by_chance = sum(
        count * count / len(room.phones) for count, room in zip(wrote, rooms, strict=True)
    )
    return 100 * (max(right) - by_chance) / sum(wrote)
