"""A session in memory, for tests of the pages: what a room sees, and what came through."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from hashlib import sha256

from agreements.library import open_library
from agreements.model import CompassPoint
from agreements.plan import Ask, AskKind
from dialogue.config import gate
from dialogue.web.door import Outcome, Receipt
from sessions.codes import code_read
from sessions.payloads import AnswerRefusedError, parse
from sessions.room import Agreement, RoomView, SheetView
from sessions.seating import Admission

SHEET = "a" * 32
WORDS = "I heard that silence can be a way to listen.\nI want to keep that."
SEAT = "0123456789abcdef" * 2
ASKS = (
    Ask(id="reflection", kind="words", text="What did you hear that you want to keep?"),
    Ask(id="compass-now", kind="compass", text="Where on the compass are you right now?"),
    Ask.model_validate(
        {
            "id": "deeper",
            "kind": "choice",
            "text": "Would you like to go deeper?",
            "option": (
                {"id": "none", "label": "Not now"},
                {"id": "two-hours", "label": "Two more hours"},
                {"id": "full-day", "label": "A full day"},
            ),
        }
    ),
    Ask(id="useful", kind="scale", text="How useful was this?", low="not useful", high="very"),
)
OTHER_ASKS = (
    Ask(id="ready", kind="then-now", text="How ready are you to speak?", low="not", high="very"),
    Ask(id="card", kind="commitment", text="What is one thing you will start, or stop?"),
)


def asks_of(*kinds: AskKind) -> tuple[Ask, ...]:
    """Return asks of these kinds, in this order."""
    by_kind = {ask.kind: ask for ask in ASKS + OTHER_ASKS}
    return tuple(by_kind[kind] for kind in kinds)


def sheet_of(*kinds: AskKind, sheet_id: str = SHEET, small_room: bool = False) -> SheetView:
    """Return an open sheet with asks of these kinds."""
    return SheetView(id=sheet_id, asks=asks_of(*kinds), moment="open", small_room=small_room)


def shipped_view() -> RoomView:
    """Return what a room sees that talks with the shipped protocol."""
    protocol = open_library(gate).protocol
    rule = protocol.confidentiality[0]
    return RoomView(
        title="Lunch and learn",
        language="en",
        moment="talking",
        step="Reflection",
        prompts=("Think of a time when race came up and you stayed silent. What held you back?",),
        content_note="This can bring up hard memories.",
        second_door="Or think of a time when somebody else spoke up.",
        agreements=tuple(
            Agreement(one.name, one.asks, one.does_not_ask) for one in protocol.agreements
        ),
        house_agreements=("Phones are for the questions only.",),
        rule_name=rule.name,
        rule_text=rule.text,
        care_contact="the wellbeing team, extension 200",
        reporting_contact="the equity office, extension 100",
        retention_days=90,
    )


@dataclass(frozen=True)
class Kept:
    """One answer that came through."""

    ask: str
    token: str
    fields: Mapping[str, str]
    withdrawable: bool


SPOKEN = "This card has given its answer already."


@dataclass
class MemoryDoor:
    """A session in memory that takes answers as the real one does."""

    shown: RoomView = field(default_factory=shipped_view)
    places: tuple[CompassPoint, ...] = field(
        default_factory=lambda: open_library(gate).protocol.compass
    )
    in_other: dict[str, RoomView] = field(default_factory=dict)
    """What is seen by who reads another language."""
    languages: list[str] = field(default_factory=list)
    """Which languages the compass was asked for in."""
    seats: list[str] = field(default_factory=list)
    kept: list[Kept] = field(default_factory=list)
    withdrawn: list[str] = field(default_factory=list)
    outcome: Outcome = "received"
    """What becomes of an answer that can be meant."""
    kept_text: str | None = None
    """What is shown as kept; without it, the answer itself."""
    cards: set[str] = field(default_factory=set)
    """The codes that are on cards, where `shown` says that they are needed."""
    bucket_is_empty: bool = False
    """No code is looked at."""
    broken: bool = False
    """Every call fails, with a secret in its variables."""

    def set(self, **changes: object) -> None:
        """Change what the room sees."""
        self.shown = replace(self.shown, **changes)  # type: ignore[arg-type]

    def open(self, *kinds: AskKind, small_room: bool = False) -> None:
        """Open a sheet with asks of these kinds."""
        self.set(sheet=sheet_of(*kinds, sheet_id=secrets.token_hex(16), small_room=small_room))

    def fields(self, ask: str) -> list[Mapping[str, str]]:
        """Return the answers to an ask, as their fields."""
        return [dict(one.fields) for one in self.kept if one.ask == ask]

    def view(self, language: str = "") -> RoomView:
        """Return what the room sees; in another language where that was laid down."""
        self._maybe_break()
        return self.in_other.get(language, self.shown)

    def compass(self, language: str = "") -> tuple[CompassPoint, ...]:
        """Return the places of the compass."""
        self.languages.append(language)
        return self.places

    def seat_is_here(self, seat: str, code: str = "") -> Admission:
        """Remember a seat."""
        self.seats.append(seat)
        if not self.shown.seat_cards:
            return "open"
        if not code:
            return "needed"
        if self.bucket_is_empty:
            return "wait"
        return "open" if code_read(code) in self.cards else "wrong"

    def token(self, ask: str, code: str = "") -> str:
        """Return a token of the usual length: a new one, or that of a card."""
        if self._ask(ask) is None:
            return ""
        if not self.shown.seat_cards:
            return secrets.token_hex(32)
        return sha256(f"{ask} {code_read(code)}".encode()).hexdigest()

    def give_cards(self, *codes: str) -> None:
        """Let it take one of these codes to write."""
        self.cards = set(codes)
        self.set(seat_cards=True)

    async def receive(
        self,
        ask: str,
        token: str,
        fields: Mapping[str, str],
        *,
        withdrawable: bool = False,
        language: str = "",
    ) -> Receipt:
        """Keep an answer, or say why not."""
        del language
        self._maybe_break()
        asked = self._ask(ask)
        if asked is None or self.outcome == "late":
            return Receipt("late")
        try:
            parse(asked, [place.id for place in self.places], fields)
        except AnswerRefusedError as refused:
            return Receipt("wrong", sentence=refused.sentence)
        if self._is_spoken(ask, token):
            return Receipt("spoken", sentence=SPOKEN)
        if self.outcome != "received":
            return Receipt(self.outcome)
        self.kept.append(Kept(ask, token, dict(fields), withdrawable))
        text = fields.get("text") or ", ".join(f"{name}: {value}" for name, value in fields.items())
        kept = text if self.kept_text is None else self.kept_text
        return Receipt("received", "", kept, "acorn cello fern wren" if withdrawable else "")

    def withdraw(self, words: str) -> None:
        """Remember which words came."""
        self._maybe_break()
        self.withdrawn.append(words)

    def _is_spoken(self, ask: str, token: str) -> bool:
        """Say whether a card, whose tokens are always the same, has answered an ask."""
        return self.shown.seat_cards and (ask, token) in {(one.ask, one.token) for one in self.kept}

    def _ask(self, ask: str) -> Ask | None:
        asks = self.shown.sheet.asks if self.shown.sheet else ()
        return next((one for one in asks if one.id == ask), None)

    def _maybe_break(self) -> None:
        if self.broken:
            secret = "canary-in-a-variable"
            raise RuntimeError(secret)
