"""What stands on each printed page, before anybody draws it.

Pure. A part is one file to print. Its templates, for PDF and for HTML, see nothing else: every word
of a plan is data here, and is never read as markup by either.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from agreements.plan import AskKind
from dialogue.phrases import Strings

Paper = Literal["a4", "letter"]
"""What paper the pages are made for."""

PartName = Literal["cue-sheet", "cards-to-hold-up", "answer-cards", "participants", "data-sheet"]
"""The parts of a pack, in the order they are written; also how their files are called."""


@dataclass(frozen=True, slots=True)
class Frame:
    """What all parts of a pack share."""

    texts: Strings
    """The words of the printed pages."""
    web: Strings
    """The words of the room's pages: the promises, and what stands on a question."""
    language: str
    """The language of `texts`."""
    web_language: str
    """The language of `web`, where it differs because it is not translated yet."""
    plan_language: str
    protocol_language: str
    direction: str
    """Which way `language` is written, as HTML says it."""
    paper: Paper
    plan_title: str


@dataclass(frozen=True, slots=True)
class CueStep:
    """One step for the facilitator."""

    title: str
    depth: int
    """How many steps it is a part of."""
    starts: str
    minutes: str
    how: tuple[str, ...]
    """How people sit, how many groups, how long each speaks."""
    marks: tuple[str, ...]
    """How it gives way when time is short."""
    protected: bool
    left_out: bool
    condition: str = ""
    gloss: str = ""
    agreement: str = ""
    notes: tuple[str, ...] = ()
    """Consent, choice, and what runs instead."""
    prompts: tuple[CuePrompt, ...] = ()
    say: tuple[str, ...] = ()
    private: str = ""
    """For the facilitator alone."""
    asks: tuple[str, ...] = ()
    bridge: str = ""


@dataclass(frozen=True, slots=True)
class CuePrompt:
    """A question, and the care that belongs to it."""

    text: str
    before: str
    """Said first, where it may hurt."""
    door: str
    """Another way in."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """What a facilitator says and does when something happens."""

    situation: str
    say: str
    then: str


@dataclass(frozen=True, slots=True)
class CueSheet:
    """The run of show, on the clock of the day."""

    frame: Frame
    purpose: str
    facts: tuple[str, ...]
    warnings: tuple[str, ...]
    before: tuple[str, ...]
    """What to have ready, each with a box to tick."""
    rule: tuple[str, ...]
    """How cards are handled."""
    steps: tuple[CueStep, ...]
    instead: tuple[CueStep, ...]
    trouble: tuple[Trouble, ...]
    name: PartName = "cue-sheet"


@dataclass(frozen=True, slots=True)
class BigCard:
    """An agreement or a condition, to be read from the fourth row."""

    kind: Literal["agreement", "condition"]
    over: str
    """The small line above the name."""
    name: str
    asks: str
    does_not_ask: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """One place of the compass."""

    label: str
    starts: str


@dataclass(frozen=True, slots=True)
class HoldUp:
    """The cards to hold up: agreements, conditions, and the compass last."""

    frame: Frame
    cards: tuple[BigCard, ...]
    compass: tuple[Place, ...]
    name: PartName = "cards-to-hold-up"


@dataclass(frozen=True, slots=True)
class AnswerCard:
    """One question to answer on paper: no name, no number, nothing that tells two apart."""

    kind: AskKind
    text: str
    step: str
    options: tuple[Place, ...]
    """What can be marked: a label, and a hint that may be empty."""
    points: int
    low: str
    high: str
    note: str
    """How to mark it."""
    large: bool
    """Two to a page, with room to write; else four."""


@dataclass(frozen=True, slots=True)
class AnswerCards:
    """The cards for every ask, as many of each as a page holds."""

    frame: Frame
    cards: tuple[AnswerCard, ...]
    levels: tuple[str, ...]
    """Who may read words, the narrowest first."""
    small_print: tuple[str, ...]
    """What holds for every card."""
    words_print: tuple[str, ...]
    """What holds for words besides."""
    name: PartName = "answer-cards"


@dataclass(frozen=True, slots=True)
class Piece:
    """Something in a section: a sentence, an item of a list, a box, or a line to fill in."""

    kind: Literal["text", "item", "level", "blank", "small"]
    text: str
    term: str = ""
    """A few words that stand out before it."""
    more: str = ""
    """What is said more quietly after it."""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands below it."""

    heading: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Leaflet:
    """A page of sections to read in quiet: the sheet sent ahead, or the data sheet."""

    frame: Frame
    name: PartName
    title: str
    lead: str
    lead_language: str
    facts: tuple[str, ...]
    sections: tuple[Section, ...]


Part = CueSheet | HoldUp | AnswerCards | Leaflet
"""One file of a pack."""
