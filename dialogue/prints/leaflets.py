"""What is read in quiet: the sheet that is sent ahead, and the page about what is kept.

Pure. What is promised about answers is taken word for word from the texts of the room's pages, so
that paper and phone cannot say two things.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from agreements.model import ConfidentialityRule, Protocol
from agreements.plan import Step
from dialogue.prints.cue import between
from dialogue.prints.day import Day
from dialogue.prints.model import Frame, Leaflet, Piece, Section
from sessions.pacing import half_minutes
from sessions.payloads import LEVELS


@dataclass(frozen=True, slots=True)
class House:
    """What an organisation has set, as far as people are told."""

    rule: ConfidentialityRule
    days: int
    """After so many days words are due to be deleted."""
    care: str
    """Who looks after people; empty when nobody said."""
    reporting: str
    """Where harm is reported; empty when nobody said."""


def participants_sheet(frame: Frame, day: Day, protocol: Protocol, house: House) -> Leaflet:
    """Return the sheet to send ahead."""
    said = frame.texts["sheet"]
    source = Piece("small", protocol.source, language=frame.protocol_language)
    sections = (
        Section(said["about"], (_text(said["about_text"]),)),
        Section(said["steps"], tuple(_steps(frame, day))),
        Section(said["passing"], (_text(said["passing_text"]), _text(said["passing_more"]))),
        Section(said["agreements"], tuple(_agreements(frame, protocol))),
        Section(said["leaves"], (_rule(frame, house.rule),)),
        Section(said["kept"], tuple(_kept_in_short(frame, house))),
        Section(said["care"], tuple(_contacts(frame, house))),
        Section(said["source"], (source,)),
    )
    return Leaflet(
        frame=frame,
        name="participants",
        title=frame.plan_title,
        lead=day.plan.purpose,
        lead_language=frame.plan_language,
        facts=(_when(frame, day), f"{said['day']}: ", f"{said['place']}: "),
        sections=sections,
    )


def data_sheet(frame: Frame, house: House) -> Leaflet:
    """Return the page that says what is kept, who reads it, and what is not promised."""
    said = frame.texts["data"]
    sections = (
        Section(said["kept"], tuple(_kept(frame, house))),
        Section(said["reads"], tuple(_reads(frame))),
        Section(said["long"], (_text(said["long_words"]), _text(_long(frame, house)))),
        Section(said["ways"], tuple(_ways(frame))),
        Section(said["cannot"], tuple(_cannot(frame, house))),
        Section(said["leaves"], (_rule(frame, house.rule),)),
    )
    return Leaflet(
        frame=frame,
        name="data-sheet",
        title=frame.texts["parts"]["data-sheet"],
        lead=said["ask"],
        lead_language=frame.language,
        facts=(),
        sections=sections,
    )


def _text(text: str) -> Piece:
    return Piece("text", text)


def _web(frame: Frame, text: str, kind: Literal["text", "item"] = "text") -> Piece:
    """Return a sentence of the room's pages, in the language it is there in."""
    return Piece(kind, text, language=frame.web_language)


def _when(frame: Frame, day: Day) -> str:
    if day.on_clock:
        return between(frame.texts, day)
    return frame.texts["facts"]["in_all"].format(count=day.plan.minutes)


def _steps(frame: Frame, day: Day) -> Iterator[Piece]:
    """Yield what the session does, without the time that belongs to nobody."""
    minutes = frame.texts["facts"]["minutes"]
    for times in day.fitted.steps:
        step = day.plan.step(times.id)
        if step is None or times.parent is not None or not _is_told(step, times.seconds):
            continue
        term = minutes.format(count=half_minutes(times.seconds))
        yield Piece("item", step.title, more=term, language=frame.plan_language)


def _is_told(step: Step, seconds: int) -> bool:
    return step.kind not in {"slack", "arrival"} and seconds > 0


def _agreements(frame: Frame, protocol: Protocol) -> Iterator[Piece]:
    for one in protocol.agreements:
        yield Piece(
            "item", one.asks, f"{one.name}.", one.does_not_ask, language=frame.protocol_language
        )


def _rule(frame: Frame, rule: ConfidentialityRule) -> Piece:
    return Piece("text", rule.text, f"{rule.name}.", language=frame.protocol_language)


def _kept_in_short(frame: Frame, house: House) -> Iterator[Piece]:
    before = frame.web["before"]
    yield _web(frame, before["kept_text"].format(days=house.days))
    yield _web(frame, before["next_text"])
    yield _web(frame, frame.web["promise"]["fewer"])
    yield _text(frame.texts["sheet"]["kept_less"])
    yield _text(frame.texts["sheet"]["kept_ask"])


def _contacts(frame: Frame, house: House) -> Iterator[Piece]:
    said = frame.texts["sheet"]
    for words, contact in ((said["care_text"], house.care), (said["harm_text"], house.reporting)):
        yield Piece("text", contact, words) if contact else Piece("blank", "", words)


def _kept(frame: Frame, house: House) -> Iterator[Piece]:
    yield _web(frame, frame.web["before"]["kept_text"].format(days=house.days))
    yield _text(frame.texts["data"]["kept_room"])
    yield _text(frame.texts["data"]["not_kept"])


def _reads(frame: Frame) -> Iterator[Piece]:
    before, levels = frame.web["before"], frame.web["levels"]
    yield _web(frame, before["who_words"])
    for level in LEVELS:
        yield Piece("level", levels[level], language=frame.web_language)
    yield _web(frame, before["who_choices"])
    yield _web(frame, before["next_text"])
    yield _web(frame, frame.web["promise"]["fewer"])


def _long(frame: Frame, house: House) -> str:
    return frame.texts["data"]["long_all"].format(days=house.days)


def _ways(frame: Frame) -> Iterator[Piece]:
    said, promise = frame.texts["data"], frame.web["promise"]
    yield Piece("item", said["paper_text"], f"{said['paper']}.")
    yield Piece("item", promise["http"], f"{said['wifi']}.", language=frame.web_language)
    yield Piece(
        "item", promise["tls"], f"{said['tls']}.", promise["managed"], language=frame.web_language
    )


def _cannot(frame: Frame, house: House) -> Iterator[Piece]:
    promise = frame.web["promise"]
    yield _web(frame, promise["known"], "item")
    yield Piece("item", frame.texts["cards"]["hand"])
    yield Piece("item", frame.texts["data"]["others"])
    contact = house.reporting
    harm = promise["harm"].format(contact=contact) if contact else promise["harm_alone"]
    yield _web(frame, harm, "item")
