"""What the room may see: the step, the agreements, the open sheet. Nothing private is in it.

It reads the live session it is given. The room view, the phone page, the kiosk and
`dialogue answer` are given this and nothing else, so that no cue, no note, no count and no
unreleased word can reach a wall or a phone. A reader of another language is given the same: what is
ours in her language, and what a group or a user wrote as it is, with a mark.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple

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
    rule = next(
        (one for one in protocol.confidentiality if one.id == setting.confidentiality), None
    )
    moment, title = _moment(session, blank=blank), words.line(session.title)
    now = words.step(session, session.step if moment == "talking" else None)
    return RoomView(
        title=title.text,
        language=words.language,
        moment=moment,
        step=now.title.text,
        prompts=tuple(one.text for one in now.prompts),
        content_note=now.note.text,
        second_door=now.door.text,
        agreements=_agreements(session, protocol, words),
        house_agreements=tuple(one.text for one in session.facts(HouseAgreement)),
        rule_name="" if rule is None else rule.name,
        rule_text="" if rule is None else rule.text,
        care_contact=setting.care_contact,
        reporting_contact=setting.reporting_contact,
        retention_days=setting.retention_days,
        sheet=None if sheet is None else words.sheet(sheet),
        seat_cards=setting.seat_cards,
        prompt_languages=_marks(one.language for one in now.prompts),
        note_language=now.note.language,
        door_language=now.door.language,
        rule_language="" if rule is None else words.mark(rule.language or protocol.language),
        title_language=title.language,
        step_language=now.title.language,
        house_language=words.mark(own),
    )


class _Now(NamedTuple):
    """What is read of the step that runs; nothing while there is none."""

    title: Worded = Worded("")
    prompts: tuple[Worded, ...] = ()
    note: Worded = Worded("")
    door: Worded = Worded("")


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

    def step(self, session: LiveSession, step: Step | None) -> _Now:
        """Return what is read of a step; its purpose, where it has no prompt."""
        if step is None:
            return _Now()
        found = map(session.plan.prompt, step.prompts)
        read = [self._prompt(one) for one in found if one is not None]
        purpose = [self.line(step.purpose)] if step.purpose else []
        return _Now(
            self.line(step.title),
            tuple(Worded(one.text, one.language or "") for one in read) or tuple(purpose),
            _first((one.content_note, one) for one in read),
            _first((one.second_door, one) for one in read),
        )

    def _prompt(self, prompt: Prompt) -> Prompt:
        return prompt if self.reader is None else self.reader.prompt(prompt, self.own)

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


def _first(texts: Iterable[tuple[str, Prompt]]) -> Worded:
    """Return the first text there is, in the language of its prompt."""
    return next((Worded(text, one.language or "") for text, one in texts if text), Worded(""))


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
