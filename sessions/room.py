"""What the room may see: the step, the agreements, the open sheet. Nothing private is in it.

It reads the live session it is given. The room view, the phone page, the kiosk and
`dialogue answer` are given this and nothing else, so that no cue, no note, no count and no
unreleased word can reach a wall or a phone.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from agreements.model import Prompt
from agreements.plan import Ask, Step
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

    def prompt_language(self, index: int) -> str:
        """Return the language that a prompt is in."""
        own = self.prompt_languages[index] if index < len(self.prompt_languages) else ""
        return own or self.language


def room_view(
    session: LiveSession, *, sheet: SheetView | None = None, blank: bool = False
) -> RoomView:
    """Return what the room may see now.

    Args:
        session: The session.
        sheet: The sheet that is open.
        blank: The facilitator has blanked the room; it looks like any pause.
    """
    setting = session.record.setting
    rules = session.protocol.confidentiality
    rule = next((one for one in rules if one.id == setting.confidentiality), None)
    moment = _moment(session, blank=blank)
    step = session.step if moment == "talking" else None
    prompts = () if step is None else tuple(map(session.plan.prompt, step.prompts))
    shown = tuple(one for one in prompts if one is not None)
    note = next((one for one in shown if one.content_note), None)
    door = next((one for one in shown if one.second_door), None)
    around = session.protocol.language
    return RoomView(
        title=session.title,
        language=session.plan.language,
        moment=moment,
        step="" if step is None else step.title,
        prompts=tuple(one.text for one in shown) or _purpose(step),
        content_note="" if note is None else note.content_note,
        second_door="" if door is None else door.second_door,
        agreements=_agreements(session),
        house_agreements=tuple(one.text for one in session.facts(HouseAgreement)),
        rule_name="" if rule is None else rule.name,
        rule_text="" if rule is None else rule.text,
        care_contact=setting.care_contact,
        reporting_contact=setting.reporting_contact,
        retention_days=setting.retention_days,
        sheet=sheet,
        seat_cards=setting.seat_cards,
        prompt_languages=tuple(one.language or "" for one in shown),
        note_language=_language(note),
        door_language=_language(door),
        rule_language="" if rule is None else _other(rule.language or around, session),
    )


def _moment(session: LiveSession, *, blank: bool) -> Moment:
    phase = session.state.phase
    if blank or phase == "paused":
        return "pausing"
    if phase in ("closing", "closed"):
        return "over"
    arriving = session.step is None or session.step.kind == "arrival"
    return "arriving" if arriving else "talking"


def _purpose(step: Step | None) -> tuple[str, ...]:
    return (step.purpose,) if step is not None and step.purpose else ()


def _language(prompt: Prompt | None) -> str:
    return "" if prompt is None else prompt.language or ""


def _other(language: str, session: LiveSession) -> str:
    """Return a language; empty where it is that of the plan, and so the room's."""
    return "" if language == session.plan.language else language


def _agreements(session: LiveSession) -> tuple[Agreement, ...]:
    wordings = session.wordings()
    around = session.protocol.language
    return tuple(
        Agreement(
            wordings.get(one.id, one.name),
            one.asks,
            one.does_not_ask,
            _other(one.language or around, session),
        )
        for one in session.protocol.agreements
    )
