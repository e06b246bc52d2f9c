"""What a participant can answer to one ask, and how a form is read into it.

Pure. A form arrives as names and texts, one answer to one ask:

    words        `text`, and `level`; without a level it is the first one
    compass      `point-<id>` for each place chosen, or `not-sure`
    choice       `choice`, the id of an option
    scale        `value`
    then-now     `then` and `now`
    commitment   `made`

What holds here: nothing is taken for chosen that was not chosen; words are counted and never cut;
of a commitment it is kept only that a card was made, whatever else the form holds; an error never
holds the words it is about, for they are not ours to log.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Annotated, Final, Literal, assert_never, get_args

from pydantic import ConfigDict, Field, StringConstraints, ValidationError

from agreements.model import Id
from agreements.plan import Ask, AskKind
from agreements.sentence import Sentence
from sessions.errors import SessionError
from sessions.facts import AnswerItem, Level, RecordModel
from sessions.text import paragraph

WORDS_LIMIT: Final = 1000
"""Most characters (code points, after the text gate) of an answer in words."""

MOST_POINTS: Final = 50
"""Most places of a compass that one answer can name; so every answer fits an envelope."""

LEVELS: Final[tuple[Level, ...]] = get_args(Level)
"""Who may read an answer in words, the narrowest and default one first."""

# The gate may write one character as up to four, so a limit that cuts nothing lies beyond that.
_GROWTH: Final = 4

Reason = Literal["empty", "too-long", "both", "unknown"]
"""Why an answer cannot be taken, for a page that has its own words for it."""


class AnswerRefusedError(SessionError):
    """An answer cannot be taken as it is; the sentence tells its writer what to change."""

    reason: Reason
    over: int
    """By how many characters it is too long; else 0."""

    def __init__(self, reason: Reason, sentence: str, over: int = 0) -> None:
        super().__init__(sentence)
        self.reason = reason
        self.over = over


class PayloadModel(RecordModel):
    """The base of all answers: frozen, strict, closed; its errors quote nothing that was typed."""

    model_config = ConfigDict(hide_input_in_errors=True)


class Words(PayloadModel):
    """An answer in words, which have passed the text gate."""

    text: Annotated[str, StringConstraints(min_length=1, max_length=WORDS_LIMIT)] = Field(
        repr=False
    )
    level: Level = LEVELS[0]
    """Who may read it."""


class Compass(PayloadModel):
    """The places somebody speaks from; none of them means "not sure"."""

    points: Annotated[tuple[Id, ...], Field(max_length=MOST_POINTS)]
    """In the compass's order, never in that of choosing."""


class Choice(PayloadModel):
    """One option of several."""

    choice: Id


class Scale(PayloadModel):
    """A point on a scale from 1."""

    value: Annotated[int, Field(ge=1, le=7)]


class ThenNow(PayloadModel):
    """Two points on a scale: before, and today."""

    then: Annotated[int, Field(ge=1, le=7)]
    now: Annotated[int, Field(ge=1, le=7)]


class Commitment(PayloadModel):
    """That somebody made a card for herself. Its words stay with her."""


Payload = Words | Compass | Choice | Scale | ThenNow | Commitment

_MODELS: Final[dict[AskKind, type[Payload]]] = {
    "words": Words,
    "compass": Compass,
    "choice": Choice,
    "scale": Scale,
    "then-now": ThenNow,
    "commitment": Commitment,
}


def parse(ask: Ask, compass_ids: Collection[str], fields: Mapping[str, str]) -> Payload:
    """Read the answer to an ask from the fields of a form.

    Args:
        ask: What was asked.
        compass_ids: The places of the protocol's compass, in its order.
        fields: Names and texts as they came; those of no concern are ignored.

    Raises:
        AnswerRefusedError: It is not a whole answer; the words stay with the caller, uncut.
    """
    match ask.kind:
        case "words":
            return _words(fields)
        case "compass":
            return _compass(compass_ids, fields)
        case "choice":
            return _choice(ask, fields)
        case "scale":
            missing = f"Choose a number from 1 to {ask.points}, or pass."
            return Scale(value=_point(ask, fields, "value", missing))
        case "then-now":
            missing = f"Choose two numbers from 1 to {ask.points}, for then and for now, or pass."
            then = _point(ask, fields, "then", missing)
            return ThenNow(then=then, now=_point(ask, fields, "now", missing))
        case "commitment":
            if not fields.get("made"):
                raise AnswerRefusedError("empty", "Say when your card is made, or pass.")
            return Commitment()
        case _:
            assert_never(ask.kind)


def encode(payload: Payload) -> bytes:
    """Return an answer as bytes for an envelope; its kind is known from the ask."""
    return payload.model_dump_json().encode()


def decode(kind: AskKind, data: bytes) -> Payload | None:
    """Return the answer to an ask of this kind that `encode` made, or None."""
    try:
        return _MODELS[kind].model_validate_json(data)
    except ValidationError:
        return None


def to_item(payload: Payload, item_id: str) -> AnswerItem:
    """Return an answer as it stands in the record.

    Args:
        payload: The answer.
        item_id: A random id that has nothing to do with it.
    """
    status = "unread" if isinstance(payload, Words) else "kept"
    return AnswerItem.model_validate({"id": item_id, "status": status, **payload.model_dump()})


def _words(fields: Mapping[str, str]) -> Words:
    raw = fields.get("text", "")
    text = paragraph(raw, _GROWTH * len(raw))
    if not text:
        raise AnswerRefusedError("empty", "There are no words yet. Write a few, or pass.")
    over = len(text) - WORDS_LIMIT
    if over > 0:
        raise AnswerRefusedError(
            "too-long",
            Sentence(
                "That is {count:,} characters, and {limit:,} fit. Please take out {over:,}.",
                count=len(text),
                limit=WORDS_LIMIT,
                over=over,
            ),
            over,
        )
    chosen = fields.get("level", LEVELS[0])
    level = next((level for level in LEVELS if level == chosen), None)
    if level is None:
        raise _unknown()
    return Words(text=text, level=level)


def _compass(compass_ids: Collection[str], fields: Mapping[str, str]) -> Compass:
    chosen = {name.removeprefix("point-") for name in fields if name.startswith("point-")}
    unsure = "not-sure" in fields
    if chosen - {*compass_ids}:
        raise _unknown()
    if chosen and unsure:
        raise AnswerRefusedError("both", "Choose places on the compass or “not sure”, not both.")
    if not chosen and not unsure:
        raise AnswerRefusedError(
            "empty", "Choose one place on the compass or more, or “not sure”, or pass."
        )
    points = tuple(point for point in compass_ids if point in chosen)
    if len(points) > MOST_POINTS:
        raise AnswerRefusedError(
            "too-long", Sentence("Choose {most} places at most.", most=MOST_POINTS)
        )
    return Compass(points=points)


def _choice(ask: Ask, fields: Mapping[str, str]) -> Choice:
    chosen = fields.get("choice")
    if not chosen:
        raise AnswerRefusedError("empty", "Choose one of the answers, or pass.")
    if all(option.id != chosen for option in ask.options):
        raise _unknown()
    return Choice(choice=chosen)


def _point(ask: Ask, fields: Mapping[str, str], name: str, missing: str) -> int:
    written = fields.get(name)
    if not written:
        raise AnswerRefusedError("empty", missing)
    # Looked up and not converted: `int` takes digits of every script, spaces and underscores.
    point = {str(point): point for point in range(1, ask.points + 1)}.get(written)
    if point is None:
        raise _unknown()
    return point


def _unknown() -> AnswerRefusedError:
    """Return what is said to a page that offers what was not asked."""
    return AnswerRefusedError("unknown", "This page is out of date. Load it again, then answer.")
