"""What a circle agrees to and what it is asked: agreements, conditions, compass, prompts, moves.

Pure. Every model is frozen, strict and refuses unknown keys, so that a misspelt key in a
facilitator's own plan is an error with a place and never a silent default. Ids are kebab-case
and never translated; every label may be replaced. Minutes are what people write in a file,
seconds are what the program reckons with.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Id = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$", max_length=64)]
"""A kebab-case id: stable, never shown, never translated."""

Label = Annotated[str, StringConstraints(min_length=1, max_length=80)]
"""A short name that is shown."""

Line = Annotated[str, StringConstraints(min_length=1, max_length=280)]
"""One line that is shown or said."""

Prose = Annotated[str, StringConstraints(min_length=1, max_length=2000)]
"""A few sentences."""

Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")]
"""A BCP 47 language tag."""

Tier = Literal["engage", "sustain", "deepen"]
Phase = Literal[
    "open",
    "ground",
    "check-in",
    "explore",
    "sustain",
    "deepen",
    "apply",
    "act",
    "close",
    "follow-up",
]
Format = Literal[
    "arrival",
    "presentation",
    "silent",
    "write",
    "private",
    "pair",
    "triad",
    "group",
    "round",
    "plenary",
    "hands",
    "fishbowl",
    "testimony",
    "anonymous",
    "cards",
    "role-play",
    "affinity",
    "gallery",
    "video",
    "break",
    "meal",
]
"""How people sit and speak. `affinity` groups are opt-in and always have an open alternative."""

Load = Literal["self", "open", "injury"]
"""Who carries a prompt: own habits, an open story, or a story that may be one of injury."""


class ContentModel(BaseModel):
    """The base of all content: frozen, strict, and closed to unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Item(ContentModel):
    """One thing that is read as a whole: it is all in one language."""

    id: Id
    language: Language | None = None
    """The language it is in, where that is not the language of what holds it.

    So is marked what is missing in one language and stands there in another."""


class Agreement(Item):
    """One of the protocol's agreements."""

    name: Label
    """The short name, shown to the room."""
    asks: Line
    """What it asks of people, in our own words."""
    does_not_ask: Line
    """What it does not ask, so that nobody is held to more than they agreed to."""


class Condition(Item):
    """One of the protocol's conditions."""

    number: Annotated[int, Field(ge=1, le=12)]
    name: Label
    tier: Tier
    gloss: Line
    """What it asks for, in our own words; a bare short name is never shown alone."""


class CompassPoint(Item):
    """One of the places people speak from."""

    label: Label
    starts: Line
    """How a sentence from this place often begins."""


class ConfidentialityRule(Item):
    """What may leave the room, chosen by name and shown to everybody."""

    name: Label
    text: Prose


class Protocol(ContentModel):
    """The agreements, the conditions and the compass, with the words around them."""

    id: Id
    title: Label
    revision: Annotated[int, Field(ge=1)]
    language: Language
    source: Prose
    """Where the short names come from, and whose they are."""
    license: Label
    agreements: Annotated[tuple[Agreement, ...], Field(alias="agreement", min_length=1)]
    conditions: Annotated[tuple[Condition, ...], Field(alias="condition", min_length=1)]
    compass: Annotated[tuple[CompassPoint, ...], Field(alias="compass", min_length=2)]
    confidentiality: Annotated[
        tuple[ConfidentialityRule, ...], Field(alias="confidentiality", min_length=1)
    ]

    model_config = ConfigDict(validate_by_alias=True, validate_by_name=True)

    def agreement(self, agreement_id: str) -> Agreement | None:
        """Return the agreement with this id, or `None`."""
        return next((one for one in self.agreements if one.id == agreement_id), None)

    def condition(self, condition_id: str) -> Condition | None:
        """Return the condition with this id, or `None`."""
        return next((one for one in self.conditions if one.id == condition_id), None)


class Prompt(Item):
    """A question or invitation put to people."""

    text: Line
    agreement: Id
    condition: Id
    compass: tuple[Id, ...] = ()
    """The places it speaks to; empty means any."""
    phase: Phase
    formats: Annotated[tuple[Format, ...], Field(min_length=1)]
    """The formats it works in, best first."""
    intensity: Annotated[int, Field(ge=1, le=3)]
    load: Load
    content_note: Annotated[str, StringConstraints(max_length=280)] = ""
    """Said before the prompt, where it may hurt."""
    second_door: Annotated[str, StringConstraints(max_length=280)] = ""
    """Another way in, chosen by the reader, that assumes nothing about who she is."""
    strength: bool = False
    """It asks for strength, joy or solidarity."""


class Move(Item):
    """What a facilitator says or does when something happens, in two lines."""

    situation: Label
    """What happens, as a facilitator would name it to herself."""
    keywords: tuple[Label, ...] = ()
    """The few letters she would type to find it."""
    say: Line
    then: Line


class TextBlock(Item):
    """Lines for one occasion, such as the opening or the aftercare."""

    title: Label
    lines: Annotated[tuple[Line, ...], Field(min_length=1)]


class Pack(ContentModel):
    """The head of a file that holds several things: what it is and whose."""

    id: Id
    title: Label
    revision: Annotated[int, Field(ge=1)]
    language: Language
    source: Prose
    license: Label

    model_config = ConfigDict(validate_by_alias=True, validate_by_name=True)


class PromptPack(Pack):
    """A file of prompts."""

    prompts: Annotated[tuple[Prompt, ...], Field(alias="prompt", max_length=500)]


class MovePack(Pack):
    """A file of moves."""

    moves: Annotated[tuple[Move, ...], Field(alias="move", max_length=500)]


class TextPack(Pack):
    """A file of texts."""

    texts: Annotated[tuple[TextBlock, ...], Field(alias="text", max_length=200)]
