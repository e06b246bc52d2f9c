"""What the room may see: the step, the agreements, the open sheet. Nothing private is in it.

It reads the live session it is given. The room view, the phone page, the kiosk and
`dialogue answer` are given this and nothing else, so that no cue, no note, no count and no
unreleased word can reach a wall or a phone. A reader of another language is given the same: what is
ours in her language, and what a group or a user wrote as it is, with a mark.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

from agreements.model import Prompt, Protocol
from agreements.plan import Ask, Step
from agreements.reader import Reader, Worded
from sessions.facts import HouseAgreement
from sessions.live import LiveSession

Moment = Literal["arriving", "talking", "pausing", "over"]
"""What the room is doing. A pause, a blank and harm all look like `pausing`."""

SheetMoment = Literal["open", "closing"]


@dataclass(frozen=True, slots=True)
class Agreement:
    """An agreement as the room reads it: in the group's own words where it has some."""

    name: str
    asks: str
    does_not_ask: str
    language: str = ""
    """The language it is in, where that is not the room's."""


@dataclass(frozen=True, slots=True)
class SheetView:
    """Up to four asks that are open together."""

    id: str
    asks: tuple[Ask, ...]
    moment: SheetMoment
    small_room: bool
    """Five to nine people: they may recognise each other."""
    ask_languages: tuple[str, ...] = ()
    """The language of each ask, empty where it is the room's; none at all where all are."""

    def ask_language(self, index: int) -> str:
        """Return the language that an ask is in, empty where it is the room's."""
        return self.ask_languages[index] if index < len(self.ask_languages) else ""


@dataclass(frozen=True, slots=True)
class RoomView:
    """Everything the room may see at one moment."""

    title: str
    language: str
    moment: Moment
    step: str
    prompts: tuple[str, ...]
    content_note: str
    second_door: str
    agreements: tuple[Agreement, ...]
    house_agreements: tuple[str, ...]
    rule_name: str
    rule_text: str
    care_contact: str
    reporting_contact: str
    retention_days: int
    sheet: SheetView | None = None
    seat_cards: bool = False
    """To write takes the code on a card."""
    prompt_languages: tuple[str, ...] = ()
    """The language of each prompt, empty where it is the room's; none at all where all are."""
    note_language: str = ""
    door_language: str = ""
    rule_language: str = ""
    title_language: str = ""
    step_language: str = ""
    house_language: str = ""

    def prompt_language(self, index: int) -> str:
        """Return the language that a prompt is in."""
        own = self.prompt_languages[index] if index < len(self.prompt_languages) else ""
        return own or self.language


def room_view(
    session: LiveSession,
    *,
    sheet: SheetView | None = None,
    blank: bool = False,
    reader: Reader | None = None,
) -> RoomView:
    """Return what the room may see now.

    Args:
        session: The session.
        sheet: The sheet that is open.
        blank: The facilitator has blanked the room; it looks like any pause.
        reader: Who reads another language than the session's; nobody, when left out.
    """
    setting = session.record.setting
    own = session.plan.language
    words = _Words(own, own if reader is None else reader.language, reader)
    protocol = session.protocol if reader is None else reader.protocol(session.protocol)
    rule = next((one for one in protocol.confidentiality if one.id == setting.confidentiality), None)
    moment = _moment(session, blank=blank)
    step = session.step if moment == "talking" else None
    title, named = words.line(session.title), words.line("" if step is None else step.title)
    shown = words.prompts(session, step)
    purpose = words.line("" if step is None or shown else step.purpose)
    note = next((one for one in shown if one.content_note), None)
    door = next((one for one in shown if one.second_door), None)
    return RoomView(
        title=title.text,
        language=words.language,
        moment=moment,
        step=named.text,
        prompts=tuple(one.text for one in shown) or tuple(filter(None, (purpose.text,))),
        content_note="" if note is None else note.content_note,
        second_door="" if door is None else door.second_door,
        agreements=_agreements(session, protocol, words),
        house_agreements=tuple(one.text for one in session.facts(HouseAgreement)),
        rule_name="" if rule is None else rule.name,
        rule_text="" if rule is None else rule.text,
        care_contact=setting.care_contact,
        reporting_contact=setting.reporting_contact,
        retention_days=setting.retention_days,
        sheet=None if sheet is None else words.sheet(sheet),
        seat_cards=setting.seat_cards,
        prompt_languages=_marks(_language(one) for one in shown) or _marks((purpose.language,)),
        note_language=_language(note),
        door_language=_language(door),
        rule_language="" if rule is None else words.mark(rule.language or protocol.language),
        title_language=title.language,
        step_language=named.language,
        house_language=words.mark(own),
    )


@dataclass(frozen=True, slots=True)
class _Words:
    """How a session's words are shown to one reader."""

    own: str
    """The language of the plan."""
    language: str
    """The language that is read."""
    reader: Reader | None

    def line(self, text: str) -> Worded:
        return Worded(text) if self.reader is None else self.reader.line(text, self.own)

    def prompts(self, session: LiveSession, step: Step | None) -> tuple[Prompt, ...]:
        found = () if step is None else tuple(map(session.plan.prompt, step.prompts))
        shown = (one for one in found if one is not None)
        reader = self.reader
        return tuple(one if reader is None else reader.prompt(one, self.own) for one in shown)

    def sheet(self, sheet: SheetView) -> SheetView:
        if self.reader is None:
            return sheet
        asks = [self.reader.ask(one, self.own) for one in sheet.asks]
        languages = _marks(language for _, language in asks)
        return replace(sheet, asks=tuple(one for one, _ in asks), ask_languages=languages)

    def mark(self, language: str) -> str:
        """Return a language; empty where it is the one that is read."""
        return "" if language == self.language else language


def _moment(session: LiveSession, *, blank: bool) -> Moment:
    phase = session.state.phase
    if blank or phase == "paused":
        return "pausing"
    if phase in ("closing", "closed"):
        return "over"
    arriving = session.step is None or session.step.kind == "arrival"
    return "arriving" if arriving else "talking"


def _marks(languages: Iterable[str]) -> tuple[str, ...]:
    """Return languages, or none at all where every one is empty."""
    found = tuple(languages)
    return found if any(found) else ()


def _language(prompt: Prompt | None) -> str:
    return "" if prompt is None else prompt.language or ""


def _agreements(session: LiveSession, protocol: Protocol, words: _Words) -> tuple[Agreement, ...]:
    """Return the agreements; one that the group has worded stands whole as it is in the session."""
    wordings = session.wordings()
    own = {one.id: one for one in session.protocol.agreements if one.id in wordings}
    return tuple(
        Agreement(
            wordings.get(one.id, one.name),
            one.asks,
            one.does_not_ask,
            words.mark(one.language or around.language),
        )
        for one, around in (
            (own[one.id], session.protocol) if one.id in own else (one, protocol)
            for one in protocol.agreements
        )
    )
