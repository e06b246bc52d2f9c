"""What a facilitator does live for the care of the room, each with one key.

Touches: disk below `tmp_path`.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from textual.widgets import Select

from agreements.library import open_library
from dialogue.config import gate
from dialogue.tui import harm_pause, live_commands, live_entries
from dialogue.tui.dialogs.debrief import DebriefDialog
from dialogue.tui.dialogs.harm import HarmDialog
from dialogue.tui.dialogs.join import JoinDialog
from dialogue.tui.dialogs.late import LateDialog
from dialogue.tui.dialogs.moves import MARGIN_CELLS, ROWS_AROUND, two_lines
from dialogue.tui.draft import Draft
from dialogue.tui.screens.close import CloseScreen
from dialogue.tui.screens.live import LiveScreen
from dialogue.tui.screens.review import ReviewScreen
from dialogue.tui.screens.summary import SummaryScreen
from dialogue.tui.widgets.large import large_rows
from dialogue.tui.widgets.room_card import WIDTH
from dialogue.tui.widgets.statusline import StatusLine
from dialogue.wording import tr
from sessions import debrief, decide
from sessions.debrief import DEBRIEF_NAME
from sessions.deidentify.roster import Roster
from sessions.errors import CommandRefusedError
from sessions.room import room_view
from sessions.state import replay
from tests.plugin_sessions import moment_of, running
from tests.tui.conftest import LUNCH
from tests.tui.test_wall import hosted

if TYPE_CHECKING:
    from agreements.library import Library
    from agreements.model import Protocol
    from dialogue.desk import Desk
    from tests.plugin_sessions import FakeClock
    from tests.tui.conftest import Open


async def test_the_last_step_does_not_run_into_the_review(live: Open) -> None:
    """N on the last step asks; another key stays in it, and a second n goes on."""
    async with live() as stage:
        await stage.press("n")
        await stage.go_to_step("aftercare")
        await stage.press("n")
        assert tr(live_commands.LAST["next"]) in stage.words
        assert stage.session.state.phase == "running"
        await stage.press("0", "escape", "n")
        assert isinstance(stage.app.screen, LiveScreen)
        await stage.press("n")
        await stage.until(lambda: isinstance(stage.app.screen, ReviewScreen))


async def test_a_last_step_that_may_be_left_out_asks_first(live: Open, desk: Desk) -> None:
    """D there would tell the room that it is over: it asks; n is another question, d d ends it."""
    lunch = desk.library.plan(LUNCH)
    kept = [one for one in lunch.steps if one.id not in ("closing-sheet", "aftercare", "slack")]
    plans = {**desk.library.plans, LUNCH: lunch.model_copy(update={"steps": tuple(kept)})}
    short = replace(desk, library=replace(desk.library, plans=plans))
    async with live(at=short) as stage:
        await stage.press("n")
        await stage.go_to_step("one-word-together")
        for key, question in (("d", "drop"), ("n", "next"), ("d", "drop")):
            await stage.press(key)
            assert tr(live_commands.LAST[question]) in stage.words
            assert stage.session.state.phase == "running"
        await stage.press("d")
        await stage.until(lambda: isinstance(stage.app.screen, ReviewScreen))
        assert "one-word-together" in stage.session.state.dropped


@pytest.mark.parametrize("key", ["1", "c"])
async def test_what_is_named_stands_large_before_the_room_for_a_moment(
    live: Open, key: str
) -> None:
    """Twenty seconds long, with what it asks; the fact is kept, and undo takes both back."""
    async with live(wall=True) as stage:
        await stage.press("n")
        await stage.go_to_step("triads")
        before = stage.session.events
        await stage.press(key)
        named = room_view(stage.session).named
        assert named is not None
        assert named.says in stage.words
        assert (large_rows(named.name, WIDTH, 3) or named.name).split("\n")[0].strip() in stage.text
        await stage.pass_time(21)
        assert room_view(stage.session).named is None
        assert named.says not in stage.words
        await stage.press(key, "u")
        assert room_view(stage.session).named is None
        assert len(stage.session.events) == len(before) + 1


async def test_an_agreement_is_amended_with_the_groups_consent(live: Open) -> None:
    """New words stand before the room at once; they count as adopted only when it has agreed."""
    async with live() as stage:
        await stage.press("n", "n", "k")
        assert stage.session.state.adopted
        await stage.enter("w", "2 Say what is true for me")
        named = room_view(stage.session).named
        assert named is not None
        assert named.name == "Say what is true for me"
        assert not stage.session.state.adopted
        assert stage.said == tr(live_entries.AMENDED)
        await stage.press("u")
        assert stage.session.state.adopted
        await stage.enter("o", "One voice at a time")
        await stage.press("k")
        assert stage.session.state.adopted
        assert not stage.session.state.amended


async def test_marks_are_for_her_alone_and_leave_no_byte(live: Open) -> None:
    """Set, they stand before what comes next; no file changes and no wall shows them."""
    async with live() as stage:
        await stage.press("n")
        await stage.until_kept()
        kept = {path: path.read_bytes() for path in stage.data.rglob("*") if path.is_file()}
        await stage.press("F", "B", "B", "T", "T", "T")
        assert "◔ drift ● balance next:" in stage.words
        assert "temperature" not in stage.words
        await stage.pass_time(1)
        assert {p: p.read_bytes() for p in stage.data.rglob("*") if p.is_file()} == kept
        await stage.press("P")
        assert "drift" not in stage.words
        await stage.press("i")
        assert "drift" not in stage.words, "not for a moment either"
        await stage.press("P", "h", "space")
        assert "◔ drift" in stage.words


async def test_the_room_is_asked_to_commit_anew_and_reads_when_a_break_ends(
    staged: Open,
) -> None:
    """In a break the room reads the time it goes on; R asks, and the next step ends it."""
    async with staged(plan="ninety-minutes", draft=Draft(heads=12, end="14:00")) as stage:
        await stage.press("ctrl+g", "n")
        await stage.go_to_step("break")
        step = stage.session.step
        assert step is not None
        minutes = stage.session.time_of(step).allotted // 60
        view = room_view(stage.session)
        assert (view.back_in, view.back_at) == (
            minutes,
            f"{(12 * 60 + minutes) // 60}:{minutes:02}",
        )
        assert f"We go on at {view.back_at}, in {minutes} minutes." in stage.words
        await stage.pass_time(minutes * 60 + 30)
        assert "We go on now." in stage.words
        await stage.press("n", "R")
        view = room_view(stage.session)
        assert view.recommit
        assert (view.back_in, view.back_at) == (None, "")
        assert "Which agreement will I stretch on now?" in stage.words
        await stage.press("n")
        assert not room_view(stage.session).recommit


async def test_someone_who_comes_late_is_told_the_same_as_all(live: Open) -> None:
    """One key shows the brief, the agreements, the rule and the contacts; it keeps nothing."""
    async with live(wall=True, size=(120, 40)) as stage:
        await stage.press("n")
        events = stage.session.events
        await stage.press("L")
        assert stage.app.desk.library.texts["latecomers"].lines[0] in stage.words
        assert "Stay engaged" in stage.words
        assert "Stories stay, lessons leave" in stage.words
        await stage.press("L")
        assert isinstance(stage.app.screen, LiveScreen)
        assert stage.session.events == events


async def test_harm_can_be_paused_for_after_the_last_step_too(live: Open) -> None:
    """In Review and in Close one key shows the calm page and the steps; nothing is kept of it."""
    async with live() as stage:
        await stage.press("n")
        await stage.review()
        events = stage.session.events
        for _screen in ("review", "close"):
            await stage.press("f8")
            assert isinstance(stage.app.screen, HarmDialog)
            await stage.press("f8")
            assert stage.said == "Going on."
            await stage.press("n")
        assert isinstance(stage.app.screen, CloseScreen)
        assert stage.session.events == events


async def test_after_harm_the_plan_is_reckoned_anew(live: Open) -> None:
    """Going on says at once what would make the rest fit."""
    async with live() as stage:
        await stage.press("n", "f", "h")
        await stage.pass_time(20 * 60)
        await stage.press("space")
        advice = stage.session.advice()
        assert advice
        assert stage.said == f"{harm_pause.OVER} {advice}"


async def test_the_room_reads_that_the_door_stays_open(desk: Desk, fake_clock: FakeClock) -> None:
    """On Close one key says so on the room's page, and takes it back; nothing is kept."""
    async with hosted(desk, fake_clock) as stage:
        await stage.press("n", "r", "n")
        await stage.until(lambda: isinstance(stage.app.screen, CloseScreen))
        host, events = stage.app.host, stage.session.events
        assert host is not None
        await stage.press("o")
        assert host.view().door_open
        await stage.press("o")
        assert not host.view().door_open
        assert stage.session.events == events


async def test_the_debrief_is_saved_only_by_choice_and_never_exported(live: Open) -> None:
    """Left with words it asks first; kept, it lies without names beside the record."""
    async with live(roster="Imani Okafor") as stage:
        stage.session.decide_word("break", keep=False)
        await stage.press("n", "r", "n", "c", "y")
        await stage.until(lambda: isinstance(stage.app.screen, SummaryScreen))
        (record,) = stage.data.glob("sessions/*/session.json")
        beside = record.with_name(DEBRIEF_NAME)
        await stage.press("d")
        await stage.type("Imani Okafor carried the talk")
        for leaving in ("escape", "ctrl+q"):
            await stage.press(leaving)
            assert "Nothing is kept yet." in stage.words
            await stage.type(" on")
            assert "Nothing is kept yet." not in stage.words
        await stage.press("escape")
        assert isinstance(stage.app.screen, DebriefDialog)
        await stage.press("escape")
        assert isinstance(stage.app.screen, SummaryScreen)
        assert not beside.exists()
        await stage.press("d")
        await stage.type("Imani Okafor carried the talk")
        await stage.press("tab", "tab")
        await stage.type("a longer break")
        await stage.press("ctrl+s")
        assert not beside.exists(), "it is shown first as it would be kept"
        await stage.press("ctrl+s")
        assert stage.said.startswith("Kept for you alone")
        kept = debrief.kept_in(record.parent)
        assert kept is not None
        assert (kept.group, kept.us, kept.next) == (
            "[colleague 1] carried the talk",
            "",
            "a longer [person 2]",
        )
        await stage.press("e", "enter", "y")
        await stage.until(lambda: isinstance(stage.app.screen, SummaryScreen))
        assert "carried the talk" not in "".join(
            path.read_text("utf-8") for path in (stage.data / "exports").iterdir()
        )
        assert "carried" not in record.read_text("utf-8")


def test_a_debrief_that_is_too_long_is_refused_whole() -> None:
    """Nothing of a block is left out in silence: it says how long it is, and how long it may be."""
    with pytest.raises(CommandRefusedError) as refused:
        debrief.written("", "a word " * 1100 + "end", "", Roster())
    assert str(refused.value) == "Block 2 has 7703 characters, and it holds 4000. Shorten it."


async def test_two_who_lead_see_who_does_what_and_swap_at_an_edge(staged: Open) -> None:
    """Chosen in Prepare; S waits for the next step; the record says that two lead, and no name."""
    async with staged(plan=LUNCH, draft=Draft(heads=24, end="13:00")) as stage:
        stage.only_mine()
        stage.app.screen.query_one("#team", Select).value = "two-in-turn"
        await stage.press("ctrl+g", "n")
        assert "lead: leads · co-lead: time, room, care" in stage.words
        assert "co-lead leads" in stage.words_in("#next")
        await stage.press("S")
        assert "co-lead leads" not in stage.words_in("#next")
        assert "lead: leads · co-lead: time" in stage.words, "not in the middle of a step"
        await stage.press("n")
        assert "lead: leads · co-lead: time" in stage.words
        await stage.press("P")
        assert "co-lead" not in stage.words
        await stage.until_kept()
        assert stage.session.folder.read().setting.team == "two-in-turn"


SITUATIONS = {
    "silence": "silence-after-prompt",
    "one voice": "one-voice-dominates",
    "tears": "tears",
    "reverse": "reverse-racism",
    "only one": "only-one-asked",
}


@pytest.mark.parametrize("size", [(80, 24), (140, 40)])
async def test_a_move_is_read_standing(live: Open, size: tuple[int, int]) -> None:
    """Five situations by a few letters; enter leaves the two lines alone, large where they fit."""
    async with live(size=size) as stage:
        await stage.press("n")
        for typed, wanted in SITUATIONS.items():
            await stage.press("m")
            await stage.type(typed)
            move = stage.app.desk.library.moves[wanted]
            listed = stage.words_in("#situations")
            assert listed.startswith(f"▶ {move.situation}")
            await stage.press("enter")
            cells, rows = size[0] - MARGIN_CELLS, size[1] - ROWS_AROUND
            for part, text in zip(("#say", "#then"), two_lines(move, cells, rows), strict=True):
                assert "".join(text.split()) in "".join(stage.words_in(part).split())
            assert move.situation not in stage.text
            await stage.press("escape")


@pytest.mark.parametrize("language", ["en", "es"])
def test_what_to_say_is_large_on_a_wide_screen(language: str) -> None:
    """At 140×40 every shipped move has its line to say in large letters."""
    moves = open_library(gate, language=language).moves.values()
    plain = [one.id for one in moves if two_lines(one, 132, 33)[0].startswith("“")]
    assert plain == []


def consent_steps() -> list[tuple[str, str]]:
    """Return every step of the shipped plans in which the group is asked for its consent."""
    plans = open_library(gate).plans.values()
    return [(plan.id, one.id) for plan in plans for one in plan.leaves() if one.consent]


@pytest.mark.parametrize(("plan_id", "step"), consent_steps())
def test_a_group_that_says_no_takes_the_other_way(
    library: Library, protocol: Protocol, plan_id: str, step: str
) -> None:
    """Each step that asks for consent has its alternative behind one key."""
    plan, state = library.plan(plan_id), replay(running(step, heads=12))
    asked = plan.step(step)
    assert asked is not None
    after = decide.checked(state, decide.take_alternative(moment_of(state, plan, protocol)))
    assert (after.step, after.phase) == (asked.alternative, "running")
    assert after.declined == {step: asked.alternative}


async def test_few_people_and_no_network_have_their_own_way(
    desk: Desk, fake_clock: FakeClock
) -> None:
    """Below five no sheet is offered; without a network cards are, and counting aloud."""
    async with hosted(desk, fake_clock, heads=4) as stage:
        await stage.press("P", "n")
        await stage.go_to_step("reflection")
        assert "Fewer than five: nobody would read a sheet" in stage.words
        await stage.press("]")
        await stage.pass_time(10)
        stage.app.screen.query_one(StatusLine).hush()
        assert "C enters cards" in stage.words
        assert "l opens the sheet on phones" not in stage.words


async def test_the_way_to_join_leads_to_the_brief(desk: Desk, fake_clock: FakeClock) -> None:
    """On the join screen the same key shows what to tell somebody who comes late, over it."""
    async with hosted(desk, fake_clock) as stage:
        await stage.press("n", "j")
        assert "L: for someone who comes late" in stage.words
        await stage.press("L")
        assert isinstance(stage.app.screen, LateDialog)
        await stage.press("escape")
        assert isinstance(stage.app.screen, JoinDialog)
