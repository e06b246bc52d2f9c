"""What a made-up person writes, and when: drawn from chance, ask by ask.

Pure. Most send near the end, as people do; some in the very last seconds, some too late, and some
not at all. The network fails some beats, whatever they bring: who writes has no more trouble than
who does not.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Literal

from dialogue.rehearse.chance import Chance
from dialogue.web.wire import Envelope
from sessions.codes import code_shown
from sessions.decide_sheet import GRACE_SECONDS
from sessions.facts import AnswerItem
from sessions.payloads import LEVELS
from sessions.text import paragraph

ANSWER_SHARE: Final = 0.94
"""How many answer an ask; the others pass."""
LATE_SHARE: Final = 0.04
"""How many envelopes are sent too late; with those of phones that were asleep it is 5 %."""
AROUND_ZERO_SHARE: Final = 0.10
LAST_QUARTER_SHARE: Final = 0.60
TROUBLE_SHARE: Final = 0.06
"""How many beats get lost, in each of the two ways of losing the network."""
PLAIN_SHARE: Final = 0.5
"""How many type the code on their card as it stands there; the others as phones let them."""

_BEFORE_ZERO: Final = 5.0
_AFTER_ZERO: Final = GRACE_SECONDS - 6.0
"""Sent so late, it is within the grace, even where another answer has to go first."""
_TOO_LATE: Final = (GRACE_SECONDS + 2.0, GRACE_SECONDS + 8.0)
_NOT_SURE_SHARE: Final = 0.1

Trouble = Literal["", "cut", "unheard"]
"""What goes wrong with a beat: it breaks off, or its answer gets lost."""

Part = Literal["early", "last quarter", "around zero", "too late"]
"""A part of the time there is for a sheet; zero is the moment of which was said that it closes."""

Meaning = tuple[object, ...]
"""What an answer says, with nothing about whose it is."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """What was said aloud about a sheet: from when till when there is time."""

    opens_at: float
    closes_at: float


@dataclass(slots=True, eq=False)
class Answer:
    """What one person has written to one ask."""

    envelope: Envelope = field(repr=False)
    done_at: float
    """When she has pressed Done: the first beat from then on brings it."""
    left: bool = False
    """It has been sent, whether it arrived or not."""
    outcome: str = ""
    """What the door said of it; empty as long as nothing was heard."""

    @property
    def waits(self) -> bool:
        """Nothing was heard of it yet."""
        return not self.outcome


def answer_to(
    ask: Mapping[str, Any], token: str, texts: Sequence[str], spoken: Spoken, chance: Chance
) -> Answer | None:
    """Return what somebody writes to an ask; None when she passes.

    Args:
        ask: The ask, as the page is shown it.
        token: What the page was given for it.
        texts: What words are taken from.
        spoken: How long there is time.
        chance: This person's.
    """
    fields = _fields(ask, texts, chance)
    done_at = _done_at(spoken, chance)
    if not chance.happens(ANSWER_SHARE):
        return None
    return Answer(Envelope(ask["id"], token, fields), done_at)


def part_of(spoken: Spoken, moment: float) -> Part:
    """Return the part of a sheet's time that a moment is in."""
    if moment >= spoken.closes_at + GRACE_SECONDS:
        return "too late"
    if moment >= spoken.closes_at - _BEFORE_ZERO:
        return "around zero"
    return "last quarter" if moment >= _last_quarter(spoken) else "early"


def on_a_beat(spoken: Spoken, moment: float, beats: tuple[float, float]) -> float:
    """Return the beat that brings what was to be sent at a moment, in the same part of the time.

    Args:
        spoken: How long there is time.
        moment: When it was to be sent.
        beats: The beats of this page before and after that moment.
    """
    before, after = beats
    return before if part_of(spoken, before) == part_of(spoken, moment) else after


def trouble_of(chance: Chance) -> Trouble:
    """Return what goes wrong with one beat; mostly nothing."""
    drawn = chance.random()
    if drawn < TROUBLE_SHARE:
        return "cut"
    return "unheard" if drawn < 2 * TROUBLE_SHARE else ""


def typed(code: str, chance: Chance) -> str:
    """Return the code on a card as somebody types it."""
    if chance.happens(PLAIN_SHARE):
        return code_shown(code)
    return f" {code.lower().replace('0', 'o').replace('1', 'l')}"


def meaning_of(kind: str, fields: Mapping[str, str]) -> Meaning:
    """Return what a form says, once its words have passed the text gate."""
    points = tuple(name.removeprefix("point-") for name in fields if name.startswith("point-"))
    match kind:
        case "words":
            return (paragraph(fields["text"]), fields.get("level", LEVELS[0]))
        case "compass":
            return tuple(sorted(points))
        case "choice":
            return (fields["choice"],)
        case "scale":
            return (int(fields["value"]),)
        case "then-now":
            return (int(fields["then"]), int(fields["now"]))
        case _:
            return ()


def meaning_kept(kind: str, item: AnswerItem) -> Meaning:
    """Return what an answer in the record says, in the same form."""
    match kind:
        case "words":
            return (item.text, item.level)
        case "compass":
            return tuple(sorted(item.points or ()))
        case "choice":
            return (item.choice,)
        case "scale":
            return (item.value,)
        case "then-now":
            return (item.then, item.now)
        case _:
            return ()


def _fields(ask: Mapping[str, Any], texts: Sequence[str], chance: Chance) -> dict[str, str]:
    """Return a filled-in form."""
    match ask["kind"]:
        case "words":
            level = chance.choices(("", *LEVELS), (2, 2, 3, 2))[0]
            return {"text": chance.choice(texts)} | ({"level": level} if level else {})
        case "compass":
            return _places(ask, chance)
        case "choice":
            return {"choice": chance.choice(ask["options"])["id"]}
        case "scale":
            return {"value": _point(ask, chance)}
        case "then-now":
            return {"then": _point(ask, chance), "now": _point(ask, chance)}
        case _:
            return {"made": "1"}


def _places(ask: Mapping[str, Any], chance: Chance) -> dict[str, str]:
    if chance.happens(_NOT_SURE_SHARE):
        return {"not-sure": "1"}
    chosen = chance.sample(ask["options"], chance.choice((1, 1, 1, 2)))
    return {f"point-{option['id']}": "1" for option in chosen}


def _point(ask: Mapping[str, Any], chance: Chance) -> str:
    return str(chance.randint(1, ask["points"]))


def _done_at(spoken: Spoken, chance: Chance) -> float:
    """Return the moment of sending: most near the end."""
    opens, closes = spoken.opens_at, spoken.closes_at
    last_quarter = _last_quarter(spoken)
    drawn = chance.random()
    if drawn < LATE_SHARE:
        return closes + chance.uniform(*_TOO_LATE)
    if drawn < LATE_SHARE + AROUND_ZERO_SHARE:
        return closes + chance.uniform(-_BEFORE_ZERO, _AFTER_ZERO)
    if drawn < LATE_SHARE + AROUND_ZERO_SHARE + LAST_QUARTER_SHARE:
        return chance.uniform(last_quarter, closes - _BEFORE_ZERO)
    return chance.uniform(opens, last_quarter)


def _last_quarter(spoken: Spoken) -> float:
    return spoken.closes_at - (spoken.closes_at - spoken.opens_at) / 4
