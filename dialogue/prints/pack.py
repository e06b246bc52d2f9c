"""A print pack: every part that a plan needs on paper.

Touches: disk, to read the package's own texts.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from agreements.model import Move, Protocol
from agreements.plan import Plan
from dialogue.phrases import direction, spoken, strings_in
from dialogue.prints.cards import CARDS_A_PRINT, answer_cards, copies_for, hold_up
from dialogue.prints.cue import cue_sheet
from dialogue.prints.day import Day
from dialogue.prints.leaflets import House, data_sheet, participants_sheet
from dialogue.prints.model import AnswerCards, Frame, Paper, Part
from sessions.team import Team

TEXTS: Final = "dialogue.prints"
"""The package that holds the words of the printed pages."""


def print_pack(
    day: Day,
    protocol: Protocol,
    moves: Mapping[str, Move],
    house: House,
    *,
    language: str,
    paper: Paper,
    with_data_sheet: bool,
    team: Team = "one",
) -> tuple[Part, ...]:
    """Return the parts of a pack, in the order they are written.

    Args:
        day: The plan on its day.
        protocol: The agreements, conditions and compass.
        moves: The moves that its steps name.
        house: What people are told of the organisation's settings.
        language: The language of our own words; English where they are not translated.
        paper: The paper to print on.
        with_data_sheet: Whether the page about what is kept belongs to it.
        team: How many lead it: with two, each step says who does what.
    """
    frame = frame_of(day.plan, protocol, language, paper)
    answers = answer_cards(frame, day.plan, protocol, house.reporting)
    ready = _ready(frame, day.fitted.heads, answers, with_data_sheet=with_data_sheet)
    parts: list[Part | None] = [
        cue_sheet(frame, day, protocol, moves, ready, team),
        hold_up(frame, protocol),
        answers,
        participants_sheet(frame, day, protocol, house),
        data_sheet(frame, house) if with_data_sheet else None,
    ]
    return tuple(part for part in parts if part is not None)


def frame_of(plan: Plan, protocol: Protocol, language: str, paper: Paper) -> Frame:
    """Return what all parts of a pack share."""
    ours, pages = spoken(language, TEXTS), spoken(language)
    return Frame(
        texts=strings_in(ours, TEXTS),
        web=strings_in(pages),
        language=ours,
        web_language=pages,
        plan_language=plan.language,
        protocol_language=protocol.language,
        direction=direction(ours),
        paper=paper,
        plan_title=plan.title,
    )


def _ready(
    frame: Frame, heads: int, answers: AnswerCards | None, *, with_data_sheet: bool
) -> tuple[str, ...]:
    """Return what to have ready before people come."""
    said, copies = frame.texts["cue"], copies_for(heads)
    ready = []
    if answers is not None:
        cards = copies * CARDS_A_PRINT
        ready += [said["before_cards"].format(copies=copies, cards=cards), said["before_box"]]
    ready.append(said["before_hold_up"])
    if with_data_sheet:
        ready.append(said["before_wall"])
    return (*ready, said["before_roles"])
