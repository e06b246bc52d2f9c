"""What the room may see: the step, the agreements, the open sheet. Nothing private is in it.

It reads the live session it is given. The room view, the phone page, the kiosk and
`dialogue answer` are given this and nothing else, so that no line for the facilitator, no note, no
count and no unreleased word can reach a wall or a phone. Of turns it has what is called to all. A
reader of another language is given the same: what is ours in her language, and what a group or a
user wrote as it is, with a mark.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Literal, NamedTuple

from agreements.model import Prompt, Protocol
from agreements.plan import Ask, Step
from agreements.reader import Reader, Worded
from sessions.cues import CueKind
from sessions.facts import HouseAgreement, Wording
from sessions.live import LiveSession
from sessions.timeline import AgreementNamed, AnyEvent, ConditionNamed, FactKept, StepStarted

Moment = Literal["arriving", "talking", "pausing", "over"]
"""What the room is doing. A pause, a blank and harm all look like `pausing`."""

NAMED_SECONDS = 20
"""So long the words of what was named stand large before the room."""

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
class Named:
    """What was just named to the room, or worded anew: large, for a moment."""

    name: str
    says: str = ""
    """What it asks for; never left out where it is ours."""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Passing:
    """What the room reads for a moment only, and what follows from the clock."""

    named: AnyEvent | None = None
    back_in: int | None = None
    """Minutes until a break is over; 0 when it is, `None` outside of one."""
    recommit: bool = False
    door_open: bool = False
    cue: CueKind | None = None


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
    named: Named | None = None
    recommit: bool = False
    """Each is asked which agreement to stretch on."""
    back_at: str = ""
    """When a break is over, as `HH:MM`."""
    back_in: int | None = None
    door_open: bool = False
    cue: CueKind | None = None
    """What is called to those who take turns, while it stands; never whose turn it is."""

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
    view = RoomView(
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
    return _with_what_passes(view, session, protocol, words)


def _with_what_passes(
    view: RoomView, session: LiveSession, protocol: Protocol, words: _Words
) -> RoomView:
    """Return a view with what stands there for a moment, or follows from the clock."""
    brief = passing(session)
    if brief == Passing() or view.moment == "pausing":
        return view
    return replace(
        view,
        named=_named(session, brief.named, protocol, view.agreements, words),
        recommit=brief.recommit,
        back_at="" if brief.back_in is None else _back_at(session),
        back_in=brief.back_in,
        door_open=brief.door_open and view.moment == "over",
        cue=brief.cue if view.moment == "talking" else None,
    )


def passing(session: LiveSession) -> Passing:
    """Return what the room reads for a moment only; every beat of every page asks for it."""
    state, showing = session.state, session.showing
    if state.phase != "running" or state.step is None:
        return Passing(door_open=showing.door_open)
    back_in = _back_in(session, session.plan.step(state.step))
    recommit, turns = showing.recommit_in == state.step, session.turns.view()
    cue = None if turns is None else turns.cue
    return Passing(_just_named(session.events, state.at), back_in, recommit, cue=cue)


def _just_named(events: tuple[AnyEvent, ...], now: int) -> AnyEvent | None:
    """Return what was named in this step a moment ago, or worded anew."""
    for event in reversed(events):
        if isinstance(event, StepStarted) or event.at <= now - NAMED_SECONDS:
            return None
        worded = isinstance(event, FactKept) and event.kind in ("wording", "house-agreement")
        if worded or isinstance(event, _NAMING):
            return event
    return None


def _named(
    session: LiveSession,
    event: AnyEvent | None,
    protocol: Protocol,
    agreements: tuple[Agreement, ...],
    words: _Words,
) -> Named | None:
    if isinstance(event, ConditionNamed):
        found = protocol.condition(event.condition)
        language = "" if found is None else words.mark(found.language or protocol.language)
        return None if found is None else Named(found.name, found.gloss, language)
    own = next(
        (one.text for one in session.facts(HouseAgreement) if _is_of(event, one.id)),
        None,
    )
    if own is not None:
        return Named(own, language=words.mark(words.own))
    worded = (one.agreement for one in session.facts(Wording) if _is_of(event, one.id))
    wanted = event.agreement if isinstance(event, AgreementNamed) else next(worded, "")
    places = [at for at, one in enumerate(protocol.agreements) if one.id == wanted]
    said = [agreements[at] for at in places]
    return Named(said[0].name, said[0].asks, said[0].language) if said else None


def _is_of(event: AnyEvent | None, fact: str) -> bool:
    return isinstance(event, FactKept) and event.fact == fact


def _back_in(session: LiveSession, step: Step | None) -> int | None:
    """Return the minutes until a break is over, a part of one counted whole."""
    if step is None or step.kind not in ("break", "meal"):
        return None
    time = session.time_of(step)
    return -(-max(time.remaining, 0) // 60) if time.allotted else None


def _back_at(session: LiveSession) -> str:
    step = session.step
    left = 0 if step is None else session.time_of(step).remaining
    ends = session.clock.wall() + timedelta(seconds=max(left, 0))
    return ends.astimezone().strftime("%H:%M")


_NAMING = (AgreementNamed, ConditionNamed)


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
