"""What goes over the air: forms of one length there, answers of one length back.

Pure. A page that says "I am here" and a page that sends an answer cannot be told apart by length:

* A beat, the page's regular call, has a body of exactly `BODY_BYTES`, filled up by its last field.
* The length of an answer depends on what everybody in the room is shown and on nothing else. What
  is one page's own (tokens, receipts) has its place reserved and is made to fit into it.

An answer is filled up with spaces at its end, which neither JSON nor HTML gives a meaning.

A beat holds `seat`, the id of the `sheet` that the page has its tokens for, `code` (what stands on
the seat card; empty where none is needed or known), `language` (the one its page is read in),
perhaps `withdraw`, and for each envelope
`1.ask`, `1.token`, perhaps `1.withdrawable`, and the form's own fields as `1.…`.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import parse_qsl, urlencode

from agreements.model import CompassPoint
from agreements.plan import Ask
from dialogue.web.door import Receipt
from sessions.room import RoomView, SheetView
from sessions.seating import Admission

BODY_BYTES: Final = 16_384
"""The length of every beat, and the most that any form may hold."""

FORM: Final = "application/x-www-form-urlencoded"
"""The one type of body we take. Another would be spooled to a file, or need a parser more."""

FIELDS: Final = 200
"""Most fields of a form."""

STATE_BLOCK: Final = 16_384
"""Answers to a script have a multiple of this length: one of it, for any plan but a huge one."""

PRESSES: Final = frozenset({"/", "/withdraw"})
"""Where a button sends its form on a page without script. No page answers there: the browser would
keep what was sent beside it."""

TOO_LONG: Final = "/too-long"
"""Where somebody reads that a form was longer than we take."""

PAGE_BLOCK: Final = 65_536
"""Pages have a multiple of this length: one of it, whatever one reader is shown."""

OWN_BYTES: Final = 8_192
"""What is reserved in the answer to a beat for what is one page's own."""

_PAD: Final = "pad"
_SEAT: Final = re.compile(r"[0-9a-f]{32}")
_NUMBERED: Final = re.compile(r"([1-4])\.(.+)", re.DOTALL)

Json = dict[str, Any]
"""An object as `json` writes it."""


@dataclass(frozen=True, slots=True)
class Envelope:
    """One answer to one ask, on its way to the door."""

    ask: str
    token: str
    fields: Mapping[str, str]
    withdrawable: bool = False
    """Its writer asked for words to withdraw it with."""


@dataclass(frozen=True, slots=True)
class Beat:
    """What a page says at its regular call."""

    seat: str
    """The page's random id, which lives as long as the page."""
    sheet: str = ""
    """The sheet that the page has drawn and has its tokens for; empty when it has none."""
    envelopes: tuple[Envelope, ...] = ()
    withdraw: str = ""
    """Four words; empty when nothing is to be withdrawn."""
    code: str = field(default="", repr=False)
    """What its owner typed for the code on a seat card; a page sends it with every beat."""
    language: str = field(default="", repr=False)
    """The language its page is read in; empty for the session's own."""


def is_seat(seat: str) -> bool:
    """Say whether a text has the form of a seat's id."""
    return _SEAT.fullmatch(seat) is not None


def read_fields(body: bytes) -> dict[str, str] | None:
    """Return the fields of a url-encoded form, or None when it is none, or has too many."""
    try:
        return dict(
            parse_qsl(
                body.decode("ascii"),
                keep_blank_values=True,
                strict_parsing=bool(body),
                errors="replace",
                max_num_fields=FIELDS,
            )
        )
    except ValueError:
        return None


def read_beat(body: bytes) -> Beat | None:
    """Return the beat that a body holds, or None when it holds none."""
    fields = read_fields(body) if len(body) == BODY_BYTES else None
    if fields is None or not is_seat(fields.get("seat", "")):
        return None
    parts: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for name, value in fields.items():
        if numbered := _NUMBERED.fullmatch(name):
            parts[numbered[1]][numbered[2]] = value
    return Beat(
        seat=fields["seat"],
        sheet=fields.get("sheet", ""),
        envelopes=tuple(envelope_of(parts[number]) for number in sorted(parts)),
        withdraw=fields.get("withdraw", ""),
        code=fields.get("code", ""),
        language=fields.get("language", ""),
    )


def envelope_of(fields: Mapping[str, str]) -> Envelope:
    """Return the envelope that a form of one ask stands for."""
    about = ("ask", "token", "withdrawable")
    return Envelope(
        ask=fields.get("ask", ""),
        token=fields.get("token", ""),
        fields={name: value for name, value in fields.items() if name not in about},
        withdrawable="withdrawable" in fields,
    )


def beat_body(beat: Beat) -> bytes:
    """Return a beat as a body, for a client that is not the page's script.

    Raises:
        ValueError: Its envelopes are too long for one beat; send fewer of them.
    """
    about_page = {"seat": beat.seat, "sheet": beat.sheet, "code": beat.code}
    fields = {**about_page, "language": beat.language}
    if beat.withdraw:
        fields["withdraw"] = beat.withdraw
    for number, envelope in enumerate(beat.envelopes, start=1):
        about = {"ask": envelope.ask, "token": envelope.token}
        if envelope.withdrawable:
            about["withdrawable"] = "1"
        both = {**envelope.fields, **about}
        fields |= {f"{number}.{name}": value for name, value in both.items()}
    body = f"{urlencode(fields)}&{_PAD}="
    if len(body) > BODY_BYTES:
        message = "these envelopes are too long for one beat"
        raise ValueError(message)
    return body.ljust(BODY_BYTES, "x").encode("ascii")


def room_state(view: RoomView, compass: Iterable[CompassPoint]) -> Json:
    """Return what the room may see, for a script."""
    return {
        "now": view.moment,
        "title": view.title,
        "title_language": view.title_language or view.language,
        "language": view.language,
        "step": view.step,
        "step_language": view.step_language or view.language,
        "prompts": view.prompts,
        "prompt_languages": [view.prompt_language(at) for at in range(len(view.prompts))],
        "content_note": view.content_note,
        "note_language": view.note_language or view.language,
        "second_door": view.second_door,
        "door_language": view.door_language or view.language,
        "agreements": [
            {
                "name": one.name,
                "asks": one.asks,
                "does_not_ask": one.does_not_ask,
                "language": one.language or view.language,
            }
            for one in view.agreements
        ],
        "house_agreements": view.house_agreements,
        "house_language": view.house_language or view.language,
        "rule": {
            "name": view.rule_name,
            "text": view.rule_text,
            "language": view.rule_language or view.language,
        },
        "care_contact": view.care_contact,
        "reporting_contact": view.reporting_contact,
        "retention_days": view.retention_days,
        "seat_cards": view.seat_cards,
        "named": None
        if view.named is None
        else {
            "name": view.named.name,
            "says": view.named.says,
            "language": view.named.language or view.language,
        },
        "recommit": view.recommit,
        "back_at": view.back_at,
        "back_in": view.back_in,
        "door_open": view.door_open,
        "cue": view.cue or "",
        "sheet": None if view.sheet is None else _sheet(view.sheet, view.language, compass),
    }


def own_state(
    tokens: Mapping[str, str],
    receipts: Iterable[tuple[str, Receipt]],
    seat: Admission = "open",
) -> Json:
    """Return what is one page's own.

    Args:
        tokens: Its tokens by ask.
        receipts: What became of its envelopes.
        seat: Whether it may write.
    """
    return {
        "seat": seat,
        "tokens": dict(tokens),
        "receipts": [
            {
                "ask": ask,
                "outcome": receipt.outcome,
                "sentence": receipt.sentence,
                "kept": receipt.kept,
                "withdraw_words": receipt.withdraw_words,
            }
            for ask, receipt in receipts
        ],
    }


def room_bytes(view: RoomView, compass: Iterable[CompassPoint]) -> bytes:
    """Return what the room may see as JSON; most answers to a beat begin with the same."""
    return _dumped(room_state(view, compass))


def state_bytes(state: Json | bytes, own: Json | None = None, *, longest: int = 0) -> bytes:
    """Return an answer to a script, of a length that tells only what everybody is shown.

    Args:
        state: What the room may see; as `room_bytes` gives it, where many are told the same.
        own: What is one page's own; what was kept is left out of it where it does not fit.
        longest: How long `state` is in the language in which it is longest, so that the length of
            an answer does not say which one is read.
    """
    room = state if isinstance(state, bytes) else _dumped(state)
    if own is None:
        return filled(room, STATE_BLOCK)
    size = _whole(max(len(room), longest) + OWN_BYTES, STATE_BLOCK)
    answer = _joined(room, own)
    while len(answer) > size and any(one["kept"] for one in own["receipts"]):
        max(own["receipts"], key=lambda one: len(one["kept"]))["kept"] = ""
        answer = _joined(room, own)
    return answer.ljust(size)


def filled(answer: bytes, block: int) -> bytes:
    """Return an answer filled up with spaces to a multiple of a length."""
    return answer.ljust(_whole(len(answer), block))


def _whole(length: int, block: int) -> int:
    return -(-length // block) * block


def _joined(room: bytes, own: Json) -> bytes:
    """Return two objects as one."""
    return room[:-1] + b"," + _dumped(own)[1:]


def _dumped(value: Json) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def _sheet(sheet: SheetView, language: str, compass: Iterable[CompassPoint]) -> Json:
    return {
        "id": sheet.id,
        "moment": sheet.moment,
        "small_room": sheet.small_room,
        "asks": [
            _ask(ask, sheet.ask_language(at) or language, language, compass)
            for at, ask in enumerate(sheet.asks)
        ],
    }


def _ask(ask: Ask, language: str, around: str, compass: Iterable[CompassPoint]) -> Json:
    """Return an ask in its language; the places of a compass are its options, whoever draws it."""
    if ask.kind == "compass":
        options = [
            {
                "id": one.id,
                "label": one.label,
                "hint": one.starts,
                "language": one.language or around,
            }
            for one in compass
        ]
    else:
        options = [
            {"id": one.id, "label": one.label, "hint": "", "language": language}
            for one in ask.options
        ]
    return {
        "id": ask.id,
        "kind": ask.kind,
        "language": language,
        "text": ask.text,
        "options": options,
        "low": ask.low,
        "high": ask.high,
        "points": ask.points,
    }
