"""One answer card on paper, as it is entered: question by question, each by one key but the words.

Pure. What is entered becomes the same fields that a form on a phone sends, and passes the same
reading, so that no answer records its door. A question that a card leaves out is passed, as on a
phone. Nothing here remembers an earlier card.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from agreements.model import CompassPoint
from agreements.plan import Ask, AskKind
from agreements.sentence import Sentence
from sessions.payloads import LEVELS, AnswerRefusedError, Payload, parse

PartName = Literal["text", "level", "places", "choice", "value", "then", "now", "made"]

NOT_SURE = "not-sure"

_PARTS: dict[AskKind, tuple[PartName, ...]] = {
    "words": ("text", "level"),
    "compass": ("places",),
    "choice": ("choice",),
    "scale": ("value",),
    "then-now": ("then", "now"),
    "commitment": ("made",),
}
_NEEDS: dict[PartName, PartName] = {"level": "text", "now": "then"}
"""What is asked only where something else was answered."""

_BOTH = Sentence(
    "Then and now go together. Press a number; or go back, and take the first one out."
)


@dataclass(frozen=True, slots=True)
class Part:
    """One thing to look for on a card."""

    ask: Ask
    name: PartName


@dataclass(frozen=True, slots=True)
class Mark:
    """What can stand on a card, by its key from 1."""

    field: str
    """The name of the field that it stands for, in a form."""
    value: str
    label: str


@dataclass(slots=True, eq=False)
class PaperCard:
    """A card that is being entered."""

    asks: tuple[Ask, ...]
    compass: tuple[CompassPoint, ...]
    _fields: dict[str, dict[str, str]] = field(default_factory=dict, repr=False)
    _place: int = 0

    @property
    def parts(self) -> tuple[Part, ...]:
        """All there is to look for, in the order of the asks."""
        return tuple(Part(ask, name) for ask in self.asks for name in _PARTS[ask.kind])

    @property
    def part(self) -> Part | None:
        """What is looked for now; None once all has been gone through."""
        return self.parts[self._place] if self._place < len(self.parts) else None

    @property
    def is_begun(self) -> bool:
        """Whether anything would be lost by leaving it out."""
        return self._place > 0 or any(self._fields.values())

    @property
    def text(self) -> str:
        """The words of the question that is asked now, as they were typed."""
        return "" if self.part is None else self._of(self.part.ask).get("text", "")

    def write(self, text: str) -> None:
        """Take the words that stand on the card."""
        if self.part is not None and self.part.name == "text":
            self._of(self.part.ask)["text"] = text

    def marks(self) -> tuple[Mark, ...]:
        """Return what can be marked now, from the key 1 on; none where words are typed."""
        return () if self.part is None else marks_of(self.part, self.compass)

    def is_marked(self, mark: Mark) -> bool:
        """Say whether a mark of the present question is set."""
        return self.part is not None and self._of(self.part.ask).get(mark.field) == mark.value

    def press(self, number: int) -> bool:
        """Set the mark with this number, and go on where there is one alone; say if there is one.

        On the compass several may be set, and the same key takes one out again.
        """
        marks = self.marks()
        if self.part is None or not 0 < number <= len(marks):
            return False
        mark, fields = marks[number - 1], self._of(self.part.ask)
        if self.part.name != "places":
            fields[mark.field] = mark.value
            self.go_on()
        elif fields.get(mark.field):
            del fields[mark.field]
        else:
            unsure = mark.field == NOT_SURE
            for other in [name for name in fields if unsure or name == NOT_SURE]:
                del fields[other]
            fields[mark.field] = mark.value
        return True

    def go_on(self) -> None:
        """Go on to the next question.

        Raises:
            AnswerRefusedError: What was entered is too long, or half an answer.
        """
        if self.part is None:
            return
        fields = self._of(self.part.ask)
        if self.part.name == "text" and fields.get("text", "").strip():
            parse(self.part.ask, (), {"text": fields["text"]})
        elif self.part.name == "now" and "now" not in fields:
            raise AnswerRefusedError("empty", _BOTH)
        self._step(1)

    def go_back(self) -> None:
        """Go to the question before; what was entered stays."""
        self._step(-1)

    def take_out(self) -> bool:
        """Take the marks of this question out; say whether there were any."""
        set_now = [mark for mark in self.marks() if self.is_marked(mark)]
        for mark in set_now:
            del self._of(self.parts[self._place].ask)[mark.field]
        return bool(set_now)

    def answers(self) -> dict[str, Payload]:
        """Return what stands on the card, by ask; what it leaves out is not there.

        Raises:
            AnswerRefusedError: Something on it is no whole answer.
        """
        places = [point.id for point in self.compass]
        answered = filter(self._is_answered, self.asks)
        return {ask.id: parse(ask, places, self._of(ask)) for ask in answered}

    def _is_answered(self, ask: Ask) -> bool:
        fields = self._of(ask)
        # A level without words is no answer.
        return bool(fields.get("text", "").strip() if ask.kind == "words" else fields)

    def _of(self, ask: Ask) -> dict[str, str]:
        return self._fields.setdefault(ask.id, {})

    def _step(self, by: int) -> None:
        parts = self.parts
        place = min(max(self._place + by, 0), len(parts))
        while 0 < place < len(parts) and self._is_left_out(parts[place]):
            place += by
        self._place = place

    def _is_left_out(self, part: Part) -> bool:
        needed = _NEEDS.get(part.name)
        return needed is not None and not self._of(part.ask).get(needed, "").strip()


def marks_of(part: Part, compass: Sequence[CompassPoint]) -> tuple[Mark, ...]:
    """Return what can be marked for one part of a card.

    Args:
        part: What is looked for.
        compass: The places of the protocol's compass.
    """
    ask = part.ask
    match part.name:
        case "text":
            return ()
        case "level":
            return tuple(Mark("level", level, _LEVEL_WORDS[level]) for level in LEVELS)
        case "places":
            points = [Mark(f"point-{one.id}", "1", one.label) for one in compass]
            return (*points, Mark(NOT_SURE, "1", "Not sure"))
        case "choice":
            return tuple(Mark("choice", one.id, one.label) for one in ask.options)
        case "made":
            return (Mark("made", "1", "The card was made"),)
        case _:
            ends = {1: ask.low, ask.points: ask.high}
            values = range(1, ask.points + 1)
            return tuple(Mark(part.name, str(value), ends.get(value, "")) for value in values)


_LEVEL_WORDS = {
    "facilitator": "the facilitator alone, or no box is ticked",
    "aloud": "may be read aloud here",
    "quote": "may be quoted outside this room",
}
