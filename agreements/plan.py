"""A plan: its steps, how long they take, what may give way, and what is asked.

Pure. A plan that can be built at all is consistent in itself: ids are unique, a part stands
below its parent (so that there is no cycle), an alternative exists, flex does not contradict
itself. Whether it is a *good* plan is the linter's question.
"""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import ConfigDict, Field, StringConstraints, model_validator

from agreements.model import ContentModel, Format, Id, Label, Language, Line, Phase, Prompt, Prose

ClockTime = Annotated[str, StringConstraints(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")]
"""A time of day as `HH:MM`."""

Minutes = Annotated[float, Field(ge=0, le=24 * 60)]
"""Minutes as people write them; half minutes are allowed."""

Seconds = Annotated[int, Field(ge=0, le=24 * 3600)]
"""Whole seconds."""

StepKind = Literal[
    "arrival",
    "opening",
    "agreements",
    "talk",
    "reflection",
    "break",
    "meal",
    "closing",
    "aftercare",
    "slack",
]
"""What a step is for. `slack` is unplanned time that belongs to nobody until it is needed."""


class FixedDuration(ContentModel):
    """So many minutes, whoever comes."""

    kind: Literal["fixed"] = "fixed"
    minutes: Minutes


class PerPersonDuration(ContentModel):
    """Every person has a turn; with `group_size`, groups of that size speak side by side."""

    kind: Literal["per-person"] = "per-person"
    seconds_each: Annotated[int, Field(ge=5, le=3600)]
    handover_seconds: Annotated[int, Field(ge=0, le=120)] = 5
    rounds: Annotated[int, Field(ge=1, le=10)] = 1


class RangeDuration(ContentModel):
    """Between two lengths; planned at `minutes`, or at the lower end."""

    kind: Literal["range"] = "range"
    from_minutes: Minutes
    to_minutes: Minutes
    minutes: Minutes | None = None

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        planned = self.from_minutes if self.minutes is None else self.minutes
        if not self.from_minutes <= planned <= self.to_minutes:
            message = "a range runs from its shorter to its longer length, the plan between"
            raise ValueError(message)
        return self


class OpenDuration(ContentModel):
    """Untimed: it takes what comes, and plans nothing."""

    kind: Literal["open"] = "open"


Duration = Annotated[
    FixedDuration | PerPersonDuration | RangeDuration | OpenDuration, Field(discriminator="kind")
]


class Flex(ContentModel):
    """How far a step may give way when time is short, or use time that is left."""

    protected: bool = False
    """Its minutes never change."""
    compressible_to: Minutes | None = None
    """The fewest minutes that still do its work."""
    drop_order: Annotated[int, Field(ge=1, le=99)] | None = None
    """It may be left out; the lowest number goes first."""
    expandable_to: Minutes | None = None
    """The most minutes it can use well."""

    @model_validator(mode="after")
    def _without_contradiction(self) -> Self:
        gives_way = (self.compressible_to, self.drop_order, self.expandable_to) != (None,) * 3
        if self.protected and gives_way:
            message = "a protected step can be neither shortened, dropped nor stretched"
            raise ValueError(message)
        return self


AskKind = Literal["words", "compass", "choice", "scale", "then-now", "commitment"]


class AskOption(ContentModel):
    """One answer to choose."""

    id: Id
    label: Label


class Ask(ContentModel):
    """One question on a sheet, answered by each person for herself."""

    id: Id
    kind: AskKind
    text: Line
    options: Annotated[tuple[AskOption, ...], Field(alias="option", max_length=9)] = ()
    ordered: bool = False
    """The options stand in an order, so that neighbours may be counted together."""
    low: Annotated[str, StringConstraints(max_length=80)] = ""
    """What the lowest point of a scale means."""
    high: Annotated[str, StringConstraints(max_length=80)] = ""
    points: Annotated[int, Field(ge=4, le=7)] = 5
    """How many points a scale has."""

    model_config = ConfigDict(validate_by_alias=True, validate_by_name=True)

    @model_validator(mode="after")
    def _options_fit_kind(self) -> Self:
        if self.kind == "choice" and len(self.options) < 2:  # noqa: PLR2004
            message = "a choice needs at least two options"
            raise ValueError(message)
        if self.kind != "choice" and self.options:
            message = "only a choice has options"
            raise ValueError(message)
        if len({option.id for option in self.options}) != len(self.options):
            message = "two options have the same id"
            raise ValueError(message)
        return self


Person = Literal["lead", "co-lead"]
"""One of the two who lead: a role, never a name."""


class Roles(ContentModel):
    """Who of two does what in a step. With one person alone all of it is hers."""

    leads: Person = "lead"
    """Speaks to the room."""
    time: Person = "co-lead"
    """Keeps the clock."""
    room: Person = "co-lead"
    """Watches the room."""
    care: Person = "co-lead"
    """Goes to whoever needs somebody."""


class Step(ContentModel):
    """One step of a plan: what happens, how long, and what may give way."""

    id: Id
    title: Label
    kind: StepKind
    phase: Phase
    format: Format
    parent: Id | None = None
    """The step this one is a part of."""
    children_run: Literal["in-turn", "side-by-side"] = "in-turn"
    """For a step with parts: one after the other, or at the same time in several places."""
    purpose: Annotated[str, StringConstraints(max_length=280)] = ""
    duration: Duration | None = None
    """`None` only for a step with parts: then it takes what they take."""
    flex: Flex = Flex()
    not_before: ClockTime | None = None
    """It does not start earlier; people wait for it."""
    not_after: ClockTime | None = None
    """It starts by then at the latest, so everything before it must be over."""
    group_size: Annotated[int, Field(ge=2, le=20)] | None = None
    max_heads: Annotated[int, Field(ge=2, le=1000)] | None = None
    """With more people than this its alternative runs."""
    condition: Id | None = None
    agreement: Id | None = None
    prompts: tuple[Id, ...] = ()
    say: tuple[Line, ...] = ()
    """Lines to say aloud."""
    cue: Annotated[str, StringConstraints(max_length=560)] = ""
    """For the facilitator alone."""
    bridge: Annotated[str, StringConstraints(max_length=280)] = ""
    """The line that leads to the next step."""
    trouble: tuple[Id, ...] = ()
    """Moves for what is likely to happen here."""
    consent: bool = False
    """The group is asked, and may say no."""
    opt_in: bool = False
    """Each person chooses whether to take part."""
    alternative: Id | None = None
    """What runs when the group says no."""
    roles: Roles | None = None
    """Who of two does what; as usual, where it is not said."""
    asks: Annotated[tuple[Ask, ...], Field(alias="ask", max_length=4)] = ()

    model_config = ConfigDict(validate_by_alias=True, validate_by_name=True)


class Plan(ContentModel):
    """A session's run of show.

    `steps` are in the order they run; a part of a step follows its parent. `alternatives` run
    only in the place of a step that names them. `prompts` holds the plan's own prompts in a
    file, and every prompt it uses once a library has completed it.
    """

    id: Id
    title: Label
    revision: Annotated[int, Field(ge=1)]
    language: Language
    source: Prose
    license: Label
    purpose: Line
    minutes: Annotated[int, Field(ge=5, le=24 * 60)]
    """The length of the slot it is made for."""
    min_heads: Annotated[int, Field(ge=1, le=10_000)] = 1
    max_heads: Annotated[int, Field(ge=1, le=10_000)] = 10_000
    confidentiality: Id | None = None
    steps: Annotated[tuple[Step, ...], Field(alias="step", min_length=1, max_length=200)]
    alternatives: Annotated[tuple[Step, ...], Field(alias="alternative", max_length=50)] = ()
    prompts: Annotated[tuple[Prompt, ...], Field(alias="prompt", max_length=200)] = ()

    model_config = ConfigDict(validate_by_alias=True, validate_by_name=True)

    def step(self, step_id: str) -> Step | None:
        """Return the step or alternative with this id, or `None`."""
        return next((one for one in self.steps + self.alternatives if one.id == step_id), None)

    def prompt(self, prompt_id: str) -> Prompt | None:
        """Return the plan's own copy of a prompt, or `None`."""
        return next((one for one in self.prompts if one.id == prompt_id), None)

    def children(self, step_id: str) -> tuple[Step, ...]:
        """Return the parts of a step in their order; empty for a step without parts."""
        return tuple(one for one in self.steps if one.parent == step_id)

    def top_level(self) -> tuple[Step, ...]:
        """Return the steps that are no part of another, in their order."""
        return tuple(one for one in self.steps if one.parent is None)

    def leaves(self) -> tuple[Step, ...]:
        """Return the steps that are run: those without parts, in their order."""
        parents = {one.parent for one in self.steps}
        return tuple(one for one in self.steps if one.id not in parents)

    @model_validator(mode="after")
    def _ids_agree(self) -> Self:
        ids = [one.id for one in self.steps + self.alternatives]
        if len(set(ids)) != len(ids):
            twice = next(one for one in ids if ids.count(one) > 1)
            message = f"two steps have the id {twice}"
            raise ValueError(message)
        _check_parents(self)
        _check_alternatives(self)
        return self


def _check_parents(plan: Plan) -> None:
    """Refuse a part that does not follow its parent, which also rules out a cycle."""
    seen: set[str] = set()
    parents = {one.parent for one in plan.steps}
    for step in plan.steps:
        if step.parent is not None and step.parent not in seen:
            message = f"the step {step.id} names a parent, {step.parent}, that does not stand above"
            raise ValueError(message)
        if step.duration is None and step.id not in parents:
            message = f"the step {step.id} has neither a duration nor parts"
            raise ValueError(message)
        seen.add(step.id)


def _check_alternatives(plan: Plan) -> None:
    known = {one.id for one in plan.alternatives}
    for step in plan.steps + plan.alternatives:
        if step.alternative is not None and step.alternative not in known:
            message = (
                f"the step {step.id} names an alternative, {step.alternative}, that is not there"
            )
            raise ValueError(message)
    for step in plan.alternatives:
        if step.parent is not None or step.duration is None:
            message = f"the alternative {step.id} stands alone: it has a duration and no parent"
            raise ValueError(message)
