"""What the wall reads in any session: never a line that is for the facilitator alone.

Five hundred sessions with random steps and keys are looked at without a screen, through what the
screen is drawn from; one on the real screen shows that nothing else is drawn.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING

from agreements.library import Library
from agreements.model import Move
from agreements.plan import Plan
from dialogue.phrases import CUE_SIGNS, strings_in
from dialogue.tui import live_commands, live_entries
from dialogue.tui.aside import MARKS, SIGNS, Aside
from dialogue.tui.live_commands import ACTS
from dialogue.tui.screens import keeping, live
from dialogue.tui.team_words import with_roles
from dialogue.tui.views import live_view
from dialogue.tui.wall import CALM, HINT, SHORT_HINT, Wall
from dialogue.tui.widgets.agreements import panel
from dialogue.tui.widgets.turns import air_line
from dialogue.wording import tr
from sessions import decide
from sessions.live import LiveSession
from sessions.reviewing import REASONS
from sessions.room import room_view
from tests.plugin_sessions import setting_of
from tests.tui.conftest import SCROLLBARS

if TYPE_CHECKING:
    from tests.plugin_sessions import Room
    from tests.tui.conftest import Open

SESSIONS = 500
KEYS = 6
WIDTH = 140
NAME = "Wilhelmina Zarathustra"
KEPT = {
    "note": "zqnote of what the group said",
    "park": "zqpark for another day",
    "commit": "zqcommit as a group",
    "ask": "zqask of those who lead",
}
"""Words that are kept, and that no room reads until they are read back to it."""


def words_of(value: object) -> Iterator[str]:
    """Yield every text in a value, however deep."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple | list):
        for one in value:
            yield from words_of(one)
    elif is_dataclass(value):
        for field in fields(value):
            yield from words_of(getattr(value, field.name))


def on_the_wall(session: LiveSession, aside: Aside) -> list[str]:
    """Return every text that Live is drawn from while others may see it."""
    view = live._seen(session, aside, hides=True)
    room = room_view(session)
    cues = strings_in("en")["cues"].values()
    lines = [live._facts(view, WIDTH), live._least(view), live._standing(view, None)]
    lines.append(live._coming(view, aside, Wall(), ""))
    return [*words_of(view), *words_of(room), *lines, str(panel(view)), *cues]


def private_lines(plan: Plan, moves: Iterable[Move]) -> set[str]:
    """Return what is for the facilitator alone in any session of a plan."""
    steps = (*plan.steps, *plan.alternatives)
    lines = [line for step in steps for line in (*step.say, step.cue, step.bridge)]
    lines += [line for move in moves for line in (move.situation, move.say, move.then)]
    lines += [*NAME.split(), *REASONS, *(words.split()[0] for words in KEPT.values())]
    return {line.casefold() for line in lines if line}


def marks_of(aside: Aside) -> set[str]:
    """Return the marks that a facilitator has set for herself, as they would be read."""
    return {f"{SIGNS[place]} {MARKS[one]}" for one, place in aside.marks.items() if place}


def roles_of(session: LiveSession, aside: Aside) -> set[str]:
    """Return who of two does what now."""
    return {with_roles(live_view(session), session, aside).step.roles}


def looked_at(session: LiveSession, aside: Aside) -> str:
    """Return what comes next while she looks at her own lines for a moment, and the wall too."""
    wall = Wall()
    wall.look(session.now())
    assert not wall.hides(session.now())
    return live._coming(live._seen(session, aside, hides=False), aside, wall, "")


def air_of(session: LiveSession) -> set[str]:
    """Return the line of air time, where something was counted."""
    return {air_line(session.turns.air, session.state.heads)} - {""}


def pressed(session: LiveSession, chance: random.Random) -> Iterator[str]:
    """Press some keys, keep some words, and yield what the wall reads of each."""
    for _ in range(chance.randrange(KEYS)):
        command = chance.choice((*ACTS, *KEPT))
        if command in KEPT:
            yield live_entries.keep(session, command, f"{KEPT[command]} by {NAME}")
        else:
            yield keeping._public(command, live_commands.carry_out(session, command))


def test_no_private_line_is_on_the_wall(room: Room, library: Library, lunch: Plan) -> None:
    """Whatever has been pressed and kept, the wall reads none of it in five hundred sessions."""
    chance = random.Random(11)
    plans = [library.plan("check-in"), lunch]
    private = {plan.id: private_lines(plan, library.moves.values()) for plan in plans}
    leaves = {plan.id: [one for one in plan.leaves() if one.kind != "slack"] for plan in plans}
    two = setting_of(14, team="two")
    sessions = [room.begin(plan, setting=two, names=NAME) for plan in plans]
    start = {session.plan.id: session.events for session in sessions}
    for number in range(SESSIONS):
        session = sessions[number % len(sessions)]
        step = chance.choice(leaves[session.plan.id])
        session.do(decide.start_step, step=step.id)
        room.clock.tick(chance.randrange(600))
        aside = Aside({one: chance.randrange(len(SIGNS)) for one in MARKS})
        said = [*pressed(session, chance)]
        shown = "\n".join([*said, *on_the_wall(session, aside)]).casefold()
        marks = marks_of(aside)
        own = air_of(session) | roles_of(session, aside) | marks
        lines = private[session.plan.id] | {line.casefold() for line in own if line}
        found = [line for line in lines if line in shown]
        found += [line for line in marks if line in looked_at(session, aside)]
        assert not found, (number, step.id, found)
        while session.events != start[session.plan.id]:
            live_commands.carry_out(session, "undo")


async def test_nothing_else_is_drawn_on_the_wall(live: Open) -> None:
    """Each line of the real screen is made of those texts, its keys, and what it says of itself."""
    async with live(wall=True, roster=NAME) as stage:
        stage.session.do(decide.start_step, step="pairs")
        for command, words in KEPT.items():
            live_entries.keep(stage.session, command, words)
        await stage.press("left", "right")
        await stage.pass_time(180)
        await stage.until_kept()
        await stage.press("F", "B", "T")
        shown = on_the_wall(stage.session, Aside())
        texts = " ".join((*shown, tr(HINT), tr(SHORT_HINT), CALM, "kept"))
        signs = "".join(CUE_SIGNS.values())
        for line in stage.text.translate(SCROLLBARS).split("\n")[:-1]:
            rest = [one for one in line.split() if one not in texts and one.strip(signs)]
            assert all(not one.isascii() for one in rest), line
