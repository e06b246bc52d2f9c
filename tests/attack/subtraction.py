"""An attacker who subtracts: what can be worked out of a Summary about numbers it does not tell.

Pure. The attacker has the whole Summary, the program that made it, and for each question how many
answered. A *world* is one way the room may have answered. Worlds are consistent when the program
would publish of them exactly what it published, words included. What the attacker knows of a
number is the range it has over all consistent worlds, and nothing is safer than that: the rules
hold no secret and no chance.

`explored` walks from one consistent world to the next, three people or one at a time, and stops
as soon as every range is wide enough; what it finds is a proof that a range is at least so wide.
`every` goes through all worlds there are and finds the exact ranges, where a room is small.
"""

from __future__ import annotations

import itertools
from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from sessions import disclosure, questions
from sessions.summary import SummaryQuestion

World = tuple[int, ...]
"""A number for each cell."""

OPEN_RANGE = 3
"""A number is known too well when its range is narrower; the attacker's own figure."""

STEPS = (-OPEN_RANGE, OPEN_RANGE, -1, 1)

MOST_WORLDS = 4000
"""So many consistent worlds are walked through before a range counts as narrow."""


@dataclass(frozen=True)
class Table:
    """Numbers of which some are published."""

    start: World
    """How the room answered; the walk begins there, the attacker's range does not depend on it."""
    publish: Callable[[World], Any]
    """The rules: what is published of a world; equal only where a reader reads the same."""
    moves: Callable[[World], Iterator[World]]
    """The worlds that differ by a few people from a world."""
    hidden: Collection[int]
    """The places of the cells that are not published as figures."""
    name: str = ""


@dataclass
class Known:
    """What is known of each cell: its range, and a consistent world at either end of it."""

    least: list[World] = field(default_factory=list)
    most: list[World] = field(default_factory=list)

    def see(self, world: World) -> None:
        """Take a consistent world into account."""
        if not self.least:
            self.least, self.most = [world] * len(world), [world] * len(world)
        for cell, number in enumerate(world):
            if number < self.least[cell][cell]:
                self.least[cell] = world
            if number > self.most[cell][cell]:
                self.most[cell] = world

    def width(self, cell: int) -> int:
        """Return how far apart the ends of a cell's range are."""
        return self.most[cell][cell] - self.least[cell][cell]

    def narrow(self, cells: Iterable[int], wide: int = OPEN_RANGE) -> list[int]:
        """Return the cells of which too much is known: their range is less wide."""
        return [cell for cell in cells if self.width(cell) < wide]


def explored(table: Table, wide: int = OPEN_RANGE, most: int = MOST_WORLDS) -> Known:
    """Walk through consistent worlds until every hidden cell is open enough, or none is left."""
    known = Known()
    known.see(table.start)
    published = table.publish(table.start)
    seen, ahead = {table.start}, deque([table.start])
    open_yet = known.narrow(table.hidden, wide)
    while ahead and open_yet and len(seen) < most:
        for other in table.moves(ahead.popleft()):
            if other not in seen and table.publish(other) == published:
                seen.add(other)
                ahead.append(other)
                known.see(other)
                open_yet = known.narrow(open_yet, wide)
                if not open_yet:
                    break
    return known


def every(worlds: Iterable[World], publish: Callable[[World], Any]) -> dict[str, Known]:
    """Return what is known of each cell, by what was published, from all the worlds there are."""
    found: dict[str, Known] = {}
    for world in worlds:
        found.setdefault(repr(publish(world)), Known()).see(world)
    return found


def parts_of(total: int, cells: int) -> Iterator[World]:
    """Yield every way in which so many people share themselves out over so many cells."""
    if cells == 1:
        yield (total,)
        return
    for first in range(total + 1):
        for rest in parts_of(total - first, cells - 1):
            yield (first, *rest)


def one_each(counts: World, threshold: int, *, ordered: bool = True) -> Table:
    """Return a question to which each person gave one answer."""
    names = [str(place) for place in range(len(counts))]

    def publish(world: World) -> SummaryQuestion:
        return questions.partition(names, world, threshold, ids=names, ordered=ordered)

    return Table(counts, publish, _moved, _untold(publish(counts), names))


def several(counts: World, unsure: int, people: int, seats: int, threshold: int) -> Table:
    """Return a compass in writing; the last cell of a world are those who named nothing."""
    names = {str(place): str(place) for place in range(len(counts))}

    def publish(world: World) -> SummaryQuestion:
        named = dict(zip(names, world, strict=False))
        return questions.marginals(names, named, world[-1], people, seats, threshold)

    def moves(world: World) -> Iterator[World]:
        """Yield worlds in which a few more or fewer named a place, that some people can make."""
        for cell in range(len(world)):
            for by in STEPS:
                other = (*world[:cell], world[cell] + by, *world[cell + 1 :])
                if can_be_named(other, people):
                    yield other
            # Where all are unsure, or all but one, nobody can name a place without ceasing to be.
            for by in (-1, 1):
                other = (*world[:cell], world[cell] + by, *world[cell + 1 : -1], world[-1] - by)
                if cell < len(world) - 1 and can_be_named(other, people):
                    yield other

    hidden = _untold(publish((*counts, unsure)), [*names, ""])
    return Table((*counts, unsure), publish, moves, hidden)


def raised(counts: World, unsure: int, heads: int, threshold: int) -> Table:
    """Return a compass that was counted aloud: each number is of hands, in a room of so many."""
    names = {str(place): str(place) for place in range(len(counts))}

    def publish(world: World) -> SummaryQuestion:
        named = dict(zip(names, world, strict=False))
        return questions.marginals(names, named, world[-1], sum(world), heads, threshold)

    def moves(world: World) -> Iterator[World]:
        """Yield worlds in which a few more or fewer raised a hand."""
        for cell in range(len(world)):
            for by in STEPS:
                other = (*world[:cell], world[cell] + by, *world[cell + 1 :])
                if can_be_raised(other, heads):
                    yield other

    hidden = _untold(publish((*counts, unsure)), [*names, ""])
    return Table((*counts, unsure), publish, moves, hidden)


def can_be_raised(world: World, heads: int) -> bool:
    """Say whether so many people can have raised so many hands, some perhaps none."""
    *named, unsure = world
    return min(world) >= 0 and max(named) + unsure <= heads


def can_be_named(world: World, people: int) -> bool:
    """Say whether so many people can have named places so: all but the unsure, at least one."""
    *named, unsure = world
    sure = people - unsure
    return min(world) >= 0 and max(named) <= sure <= sum(named)


def present(heads: int, answered: Sequence[int]) -> Table:
    """Return how many were there, of whom so many answered; the rest did not, and are a cell."""

    def publish(world: World) -> str:
        return str(disclosure.band_beside(world[0], answered))

    def moves(world: World) -> Iterator[World]:
        yield from ((one,) for one in (world[0] - 1, world[0] + 1) if one >= max(answered))

    return Table((max(heads, *answered),), publish, moves, (0,))


def _moved(world: World) -> Iterator[World]:
    """Yield the worlds in which three people, or one, answered otherwise."""
    for by, giver, taker in itertools.product((OPEN_RANGE, 1), *[range(len(world))] * 2):
        if world[giver] >= by and giver != taker:
            other = list(world)
            other[giver] -= by
            other[taker] += by
            yield tuple(other)


def _untold(told: SummaryQuestion, names: Sequence[str]) -> list[int]:
    """Return the cells that have no figure of their own."""
    alone = {group.options[0] for group in told.groups if len(group.options) == 1}
    return [place for place, name in enumerate(names) if name not in alone]
