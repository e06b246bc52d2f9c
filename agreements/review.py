"""What the linter looks at: a plan with all it refers to, and how it runs with each head count.

Pure. A plan under review may name things that do not exist; what is not there is passed over
here, and said by the rule about unknown ids.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from agreements.durations import (
    SECONDS_A_MINUTE,
    Length,
    as_run,
    parts_by_parent,
    plan_lengths,
    protected_ids,
)
from agreements.model import Condition, Prompt, Protocol
from agreements.plan import PerPersonDuration, Plan, Step
from agreements.sentence import Sentence, Value

Level = Literal["problem", "advice"]

MOST_COUNTS = 100
"""More head counts than this are not tried one by one; the last is always among them."""

WHOLE_ROOM = frozenset({"round", "plenary", "testimony", "hands"})
"""Formats in which everybody hears everybody."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a colleague would say about a plan."""

    rule: str
    level: Level
    step: str | None
    """The step it is about; `None` for the plan as a whole."""
    sentence: str
    fix: str
    """What to do about it."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A place where a rule is broken."""

    sentence: str
    step: str | None = None


def about(step: Step, pattern: str, **values: Value) -> Spot:
    """Return the place of a step, with a sentence in which `{title}` stands for its title."""
    return Spot(Sentence(pattern, title=step.title, **values), step.id)


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: its id, how much it matters, how it is found, and how it is put right."""

    id: str
    level: Level
    find: Callable[[Review], Iterator[Spot]]
    fix: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of time in which one thing happens."""

    step: Step
    seconds: int


@dataclass(frozen=True)
class Run:
    """The plan with so many people: who stands in for whom, and how long everything takes."""

    heads: int
    plan: Plan
    lengths: Mapping[str, Length]

    @property
    def planned(self) -> int:
        """The seconds the plan takes."""
        return sum(self.lengths[step.id].planned for step in self.parts[None])

    @cached_property
    def parts(self) -> Mapping[str | None, tuple[Step, ...]]:
        """The parts of each step; those of `None` are the top level."""
        return parts_by_parent(self.plan)

    @cached_property
    def leaves(self) -> tuple[Step, ...]:
        """The steps without parts, in their order."""
        return self.plan.leaves()

    @cached_property
    def pieces(self) -> tuple[Piece, ...]:
        """What happens one after the other; parts side by side are one piece."""
        return tuple(piece for step in self.parts[None] for piece in self._walk(step))

    def _walk(self, step: Step) -> Iterator[Piece]:
        seconds = self.lengths[step.id].planned
        if step.id not in self.parts or step.children_run == "side-by-side":
            yield Piece(step, seconds)
            return
        inside = [piece for part in self.parts[step.id] for piece in self._walk(part)]
        yield from inside
        # What a box has left over its parts.
        yield Piece(step, seconds - sum(piece.seconds for piece in inside))


@dataclass(frozen=True)
class Review:
    """A plan under review."""

    plan: Plan
    protocol: Protocol
    known_prompts: Mapping[str, Prompt]
    moves: frozenset[str]
    heads: tuple[int, int]
    """The fewest and the most people it is looked at with."""

    @property
    def steps(self) -> tuple[Step, ...]:
        """Every step and alternative."""
        return self.plan.steps + self.plan.alternatives

    @cached_property
    def prompts(self) -> dict[str, Prompt]:
        """Prompts by id, the plan's own before all others."""
        return {**self.known_prompts, **{one.id: one for one in self.plan.prompts}}

    @cached_property
    def runs(self) -> tuple[Run, ...]:
        """How the plan runs with each number of people."""
        fewest, most = self.heads
        counts = dict.fromkeys((*range(fewest, min(most, fewest + MOST_COUNTS) + 1), most))
        return tuple(self._run(count) for count in counts)

    @cached_property
    def leaves(self) -> tuple[Step, ...]:
        """The steps that are run, slack left out, in their order."""
        return tuple(step for step in self.plan.leaves() if step.kind != "slack")

    @cached_property
    def guarded(self) -> frozenset[str]:
        """The steps whose minutes never change."""
        alone = (step.id for step in self.plan.alternatives if step.flex.protected)
        return protected_ids(self.plan) | frozenset(alone)

    def used(self, step: Step) -> Iterator[Prompt]:
        """Return the prompts of a step that exist."""
        return (self.prompts[one] for one in step.prompts if one in self.prompts)

    def conditions(self, step: Step) -> Iterator[Condition]:
        """Return the conditions that a step or its prompts work on."""
        ids = dict.fromkeys((step.condition, *(prompt.condition for prompt in self.used(step))))
        found = (self.protocol.condition(one) for one in ids if one is not None)
        return (one for one in found if one is not None)

    @cached_property
    def parts(self) -> Mapping[str | None, tuple[Step, ...]]:
        """The parts of each step as the plan names them."""
        return parts_by_parent(self.plan)

    def below(self, step: Step) -> Iterator[Step]:
        """Return the parts of a step, their parts, and so on."""
        for part in self.parts.get(step.id, ()):
            yield part
            yield from self.below(part)

    def place(self, kinds: Iterable[str]) -> int | None:
        """Return where the first step of such a kind stands among those that are run."""
        wanted = frozenset(kinds)
        found = (place for place, step in enumerate(self.leaves) if step.kind in wanted)
        return next(found, None)

    def _run(self, heads: int) -> Run:
        plan = as_run(self.plan, heads)
        return Run(heads, plan, plan_lengths(plan, heads))


def in_minutes(seconds: float) -> Sentence:
    """Return seconds as minutes to read, halves where they matter."""
    halves = round(seconds / SECONDS_A_MINUTE * 2)
    number = f"{halves // 2 or ''}½" if halves % 2 else str(halves // 2)
    several = halves > 2 or halves == 0  # noqa: PLR2004
    whole = 2 if several else 1
    return Sentence.counted("{minutes} minute", "{minutes} minutes", whole, minutes=number)


def is_whole_room_round(step: Step) -> bool:
    """Say whether everybody in the room speaks in this step, one after the other."""
    by_person = isinstance(step.duration, PerPersonDuration)
    return step.group_size is None and (step.format == "round" or by_person)
