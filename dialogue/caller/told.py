"""What the web door tells at a beat, read back into what the room may see.

Pure. It comes over the network, from whoever is at the other end, so nothing of it is believed
before it has been looked at: every text passes the text gate, every id has the form of one, every
list has an end. What is missing or has another shape makes the whole answer one of no use.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Final, TypeVar, get_args

from agreements.plan import Ask, AskOption
from dialogue.caller.errors import StrangeError
from dialogue.web.door import Outcome, Receipt
from sessions.cues import CueKind
from sessions.room import Agreement, Moment, Named, RoomView, SheetMoment, SheetView
from sessions.seating import Admission
from sessions.text import (
    LINE_LIMIT,
    NAME_LIMIT,
    NOTE_LIMIT,
    TITLE_LIMIT,
    clean,
    one_line,
    paragraph,
)

_MOST: Final = 60
"""Most items of any list: prompts, agreements, places of a compass."""

_ASKS: Final = 4
_KEPT_LIMIT: Final = 2 * NOTE_LIMIT
_KEPT_LINES: Final = 200
_MOST_DAYS: Final = 100_000
_SHEET: Final = re.compile(r"[0-9a-f]{1,64}")
_TOKEN: Final = re.compile(r"[0-9a-f]{64}|")
_LANGUAGE: Final = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_TIME: Final = re.compile(r"([01]\d|2[0-3]):[0-5]\d|")
_POINT: Final = re.compile(r"[a-z0-9-]{1,64}")

Made = TypeVar("Made")


@dataclass(frozen=True, slots=True)
class Place:
    """A place of the compass: what an ask can be answered with."""

    id: str
    label: str
    hint: str
    language: str = ""
    """The language it is in, where that is not the room's."""


@dataclass(frozen=True, slots=True)
class Told:
    """What one page is told at a beat."""

    room: RoomView
    places: tuple[Place, ...] = ()
    """The places of the compass, where an open ask is about it."""
    tokens: Mapping[str, str] = field(default_factory=dict, repr=False)
    """A token for each ask, where this page had none for the sheet."""
    seat: Admission = "open"
    """Whether this page may write."""
    receipts: tuple[Receipt, ...] = field(default=(), repr=False)
    """What became of what the beat brought, in its order."""


def read_told(state: object, sent: Sequence[str]) -> Told:
    """Return what a page is told.

    Args:
        state: The answer to a beat, as JSON was read.
        sent: The asks that the beat brought an answer to, in order.

    Raises:
        StrangeError: It is no answer to that beat.
    """
    try:
        return _told(state, sent)
    # A pydantic error and one of decoding are ValueErrors; neither is ever shown.
    except (KeyError, TypeError, ValueError):
        raise StrangeError(
            "What came back is no answer of a session's page. Your words stay here."
        ) from None


def _told(state: object, sent: Sequence[str]) -> Told:
    table = _table(state)
    language = _matching(table["language"], _LANGUAGE)
    sheet = None if table["sheet"] is None else _table(table["sheet"])
    asked = () if sheet is None else _list(sheet["asks"], _table, _ASKS)
    options = [_list(one["options"], partial(_place, around=language)) for one in asked]
    places = [found for one, found in zip(asked, options, strict=True) if one["kind"] == "compass"]
    return Told(
        room=_room(table, language, None if sheet is None else _sheet(sheet, asked, language)),
        places=places[0] if places else (),
        tokens={_ask_id(ask): _token(one) for ask, one in _table(table["tokens"]).items()},
        seat=_one_of(table["seat"], get_args(Admission)),
        receipts=_receipts(table["receipts"], sent),
    )


def _room(table: Mapping[str, Any], language: str, sheet: SheetView | None) -> RoomView:
    rule = _table(table["rule"])
    mark = partial(_mark, around=language)
    prompts = _list(table["prompts"], _prose)
    prompt_languages = _list(table["prompt_languages"], mark)
    if len(prompt_languages) != len(prompts):
        raise ValueError
    return RoomView(
        title=_line(table["title"]),
        language=language,
        moment=_one_of(table["now"], get_args(Moment)),
        step=_line(table["step"]),
        prompts=prompts,
        content_note=_prose(table["content_note"]),
        second_door=_prose(table["second_door"]),
        agreements=_list(table["agreements"], partial(_agreement, around=language)),
        house_agreements=_list(table["house_agreements"], _line),
        rule_name=_line(rule["name"]),
        rule_text=_prose(rule["text"]),
        care_contact=_line(table["care_contact"]),
        reporting_contact=_line(table["reporting_contact"]),
        retention_days=_number(table["retention_days"], _MOST_DAYS),
        sheet=sheet,
        seat_cards=table["seat_cards"] is True,
        prompt_languages=_marks(prompt_languages),
        note_language=mark(table["note_language"]),
        door_language=mark(table["door_language"]),
        rule_language=mark(rule["language"]),
        title_language=mark(table["title_language"]),
        step_language=mark(table["step_language"]),
        house_language=mark(table["house_language"]),
        named=None if table["named"] is None else _named(table["named"], around=language),
        recommit=table["recommit"] is True,
        back_at=_matching(table["back_at"], _TIME),
        back_in=None if table["back_in"] is None else _number(table["back_in"], _MOST_DAYS),
        door_open=table["door_open"] is True,
        cue=None if table["cue"] == "" else _one_of(table["cue"], get_args(CueKind)),
    )


def _named(item: object, *, around: str) -> Named:
    table = _table(item)
    return Named(
        _line(table["name"]), _prose(table["says"]), _mark(table["language"], around=around)
    )


def _sheet(
    table: Mapping[str, Any], asked: Sequence[Mapping[str, Any]], language: str
) -> SheetView:
    asks = tuple(map(_ask, asked))
    if not asks or len({ask.id for ask in asks}) != len(asks):
        raise ValueError
    return SheetView(
        id=_matching(table["id"], _SHEET),
        asks=asks,
        moment=_one_of(table["moment"], get_args(SheetMoment)),
        small_room=table["small_room"] is True,
        ask_languages=_marks(_mark(one["language"], around=language) for one in asked),
    )


def _ask(table: Mapping[str, Any]) -> Ask:
    options = _list(table["options"], partial(_place, around=""))
    choice = table["kind"] == "choice"
    return Ask(
        id=_matching(table["id"], _POINT),
        kind=table["kind"],
        text=_line(table["text"]),
        options=tuple(AskOption(id=one.id, label=one.label) for one in options if choice),
        low=_label(table["low"]),
        high=_label(table["high"]),
        points=table["points"],
    )


def _place(item: object, *, around: str) -> Place:
    table = _table(item)
    return Place(
        _matching(table["id"], _POINT),
        _label(table["label"]),
        _line(table["hint"]),
        _mark(table["language"], around=around),
    )


def _agreement(item: object, *, around: str) -> Agreement:
    table = _table(item)
    return Agreement(
        _line(table["name"]),
        _prose(table["asks"]),
        _prose(table["does_not_ask"]),
        _mark(table["language"], around=around),
    )


def _receipts(items: object, sent: Sequence[str]) -> tuple[Receipt, ...]:
    tables = _list(items, _table)
    if [one["ask"] for one in tables] != list(sent):
        raise ValueError
    return tuple(map(_receipt, tables))


def _receipt(table: Mapping[str, Any]) -> Receipt:
    return Receipt(
        outcome=_one_of(table["outcome"], get_args(Outcome)),
        sentence=_prose(table["sentence"]),
        kept=clean(_text(table["kept"]), limit=_KEPT_LIMIT, lines=_KEPT_LINES),
        withdraw_words=one_line(_text(table["withdraw_words"]), TITLE_LIMIT),
    )


def _table(item: object) -> Mapping[str, Any]:
    if not isinstance(item, dict):
        raise TypeError
    return item


def _list(items: object, made: Callable[[Any], Made], most: int = _MOST) -> tuple[Made, ...]:
    if not isinstance(items, list) or len(items) > most:
        raise TypeError
    return tuple(map(made, items))


def _text(item: object) -> str:
    if not isinstance(item, str):
        raise TypeError
    return item


def _line(item: object) -> str:
    return one_line(_text(item), LINE_LIMIT)


def _label(item: object) -> str:
    return one_line(_text(item), NAME_LIMIT)


def _prose(item: object) -> str:
    return paragraph(_text(item), NOTE_LIMIT)


def _number(item: object, most: int) -> int:
    # A bool is an int, and neither is a number of days.
    if type(item) is not int or not 0 <= item <= most:
        raise ValueError
    return item


def _mark(item: object, *, around: str) -> str:
    """Return the language of a text; empty where it is that of what is around it."""
    language = _matching(item, _LANGUAGE)
    return "" if language == around else language


def _marks(languages: Iterable[str]) -> tuple[str, ...]:
    """Return marks, or none at all where every one is empty."""
    found = tuple(languages)
    return found if any(found) else ()


def _matching(item: object, pattern: re.Pattern[str]) -> str:
    if not pattern.fullmatch(_text(item)):
        raise ValueError
    return _text(item)


def _ask_id(item: object) -> str:
    return _matching(item, _POINT)


def _token(item: object) -> str:
    return _matching(item, _TOKEN)


def _one_of(item: object, allowed: Sequence[Made]) -> Made:
    found = next((one for one in allowed if one == item), None)
    if found is None:
        raise ValueError
    return found
