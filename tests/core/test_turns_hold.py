"""What holds of turns for every step, every number of heads, and whatever happens on the way."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from agreements.durations import planned_seconds
from agreements.plan import FixedDuration, PerPersonDuration, RangeDuration, Step
from sessions.cues import cues_of
from sessions.laying import Change, Layout, Mark, Passed, VoiceMore, lay_out
from sessions.tables import INNER_RINGS, Slot, seating
from sessions.turns import Turns
from tests.plugin_sessions import plan_of, step_of

FORMATS = ("pair", "triad", "group", "round", "testimony", "fishbowl", "role-play", "affinity")
LATEST = 4000
MOST_HEADS = 25

heads = st.integers(1, MOST_HEADS)
durations = st.one_of(
    st.builds(FixedDuration, minutes=st.integers(1, 60)),
    st.builds(
        lambda low, more: RangeDuration(from_minutes=low, to_minutes=low + more),
        st.integers(1, 30),
        st.integers(0, 30),
    ),
    st.builds(
        PerPersonDuration,
        seconds_each=st.integers(5, 300),
        handover_seconds=st.integers(0, 60),
        rounds=st.integers(1, 3),
    ),
)


@st.composite
def steps(draw: st.DrawFn) -> Step:
    """Draw a step in which people take turns or sit at tables."""
    return step_of(
        "talk",
        format=draw(st.sampled_from(FORMATS)),
        group_size=draw(st.none() | st.integers(2, 8)),
        duration=draw(durations),
    )


@st.composite
def marks(draw: st.DrawFn) -> list[Mark]:
    """Draw what a facilitator does with turns, in order."""
    passes = st.builds(Passed, at=st.integers(0, LATEST), table=st.none() | st.integers(1, 8))
    voices = st.builds(VoiceMore, at=st.integers(0, LATEST))
    return sorted(draw(st.lists(passes | voices, max_size=8)), key=lambda one: one.at)


@st.composite
def changes(draw: st.DrawFn, step: Step) -> tuple[Change, ...]:
    """Draw what a step has at its beginning, and what changes: heads, minutes, or both."""
    people, extra = draw(heads), 0
    found = [Change(0, people, planned_of(step, people))]
    for at in sorted(draw(st.lists(st.integers(0, LATEST), max_size=4))):
        people = draw(st.just(people) | heads)
        extra += draw(st.sampled_from((-120, -60, 0, 0, 60, 300)))
        found.append(Change(at, people, max(planned_of(step, people) + extra, 0)))
    return tuple(found)


def planned_of(step: Step, people: int) -> int:
    """Return what the step is planned to take."""
    return planned_seconds(plan_of(step), step, people)


def laid(step: Step, all_: tuple[Change, ...], done: list[Mark] | None = None) -> Layout:
    """Return the layout of a step that is known to have one."""
    found = lay_out(step, all_, done or ())
    assert found is not None
    return found


def turns(slots: tuple[Slot, ...]) -> list[Slot]:
    """Return the turns among the slots of a table."""
    return [one for one in slots if one.doing == "turn"]


@given(steps(), heads)
def test_turns_tile_what_the_step_is_planned_to_take(step: Step, people: int) -> None:
    """At every table slot follows slot, without gap or overlap, from 0 to the planned seconds."""
    layout = laid(step, (Change(0, people, planned_of(step, people)),))
    for table in layout.tables:
        assert table.slots[0].start == 0
        assert all(one.end == other.start for one, other in pairwise(table.slots))
        assert table.slots[-1].end == planned_of(step, people) == layout.seconds


@given(steps(), heads)
def test_every_head_speaks_exactly_once_a_round(step: Step, people: int) -> None:
    """At each table, in each round, every number has one turn, in order, and of the same length."""
    layout = laid(step, (Change(0, people, planned_of(step, people)),))
    sits = seating(step)
    assert sits is not None
    assert sum(one.count * one.size for one in layout.tables) == people
    for table in layout.tables:
        speakers = INNER_RINGS if layout.kind == "fishbowl" else table.size
        found = turns(table.slots)
        for number in {one.round for one in found}:
            of_round = [one for one in found if one.round == number]
            assert [one.speaker for one in of_round] == list(range(1, speakers + 1))
            lengths = [one.end - one.start for one in of_round]
            assert max(lengths) - min(lengths) <= 1
        assert bool(found) == sits.takes_turns


@given(steps(), st.integers(2, MOST_HEADS))
def test_the_largest_table_needs_the_whole_step(step: Step, people: int) -> None:
    """Where each person's time is said, or is a share, nothing is left at the largest table."""
    layout = laid(step, (Change(0, people, planned_of(step, people)),))
    if layout.kind in ("group", "fishbowl") and not isinstance(step.duration, PerPersonDuration):
        return
    if layout.kind == "triad" and not isinstance(step.duration, PerPersonDuration):
        return  # whole minutes, and the rest together
    assert [one for one in layout.tables[0].slots if one.doing == "together"] == []


@given(st.data())
def test_whatever_happens_slots_follow_one_another(data: st.DataObject) -> None:
    """With people coming and leaving, minutes, passes and voices, a table's time has no hole."""
    step = data.draw(steps())
    layout = laid(step, data.draw(changes(step)), data.draw(marks()))
    for table in layout.tables:
        for one, other in pairwise(table.slots):
            assert one.start <= one.end == other.start <= other.end
        if table.size and table.slots:
            assert table.slots[-1].end >= layout.seconds
        rounds = [(one.round, one.speaker) for one in turns(table.slots)]
        assert rounds == sorted(set(rounds))


@given(st.data())
def test_cues_go_forward(data: st.DataObject) -> None:
    """Cues of a table come in order, each second at most one, and each stands for a while."""
    step = data.draw(steps())
    layout = laid(step, data.draw(changes(step)), data.draw(marks()))
    for table in layout.tables:
        cues = cues_of(layout, table)
        assert all(one.at < other.at for one, other in pairwise(cues))
        assert all(one.at < one.until for one in cues)


@given(st.data())
def test_heads_never_take_time_from_who_speaks(data: st.DataObject) -> None:
    """Whoever has the floor when people come or leave has it at least as long as before."""
    step = data.draw(steps())
    before = data.draw(changes(step))
    at = data.draw(st.integers(before[-1].at, LATEST))
    people = data.draw(heads.filter(lambda one: one != before[-1].heads))
    after = (*before, Change(at, people, planned_of(step, people)))
    # What is done at this very second comes after the change.
    done = [one for one in data.draw(marks()) if one.at < at]
    old, new = laid(step, before, done), laid(step, after, done)
    for number in range(1, MOST_HEADS + 1):
        floor, kept = floor_at(old, number, at), floor_at(new, number, at)
        if floor is not None:
            assert kept is not None
            assert (kept.speaker, kept.round, kept.start) == (
                floor.speaker,
                floor.round,
                floor.start,
            )
            assert kept.end >= floor.end


def floor_at(layout: Layout, number: int, at: int) -> Slot | None:
    """Return the turn or voice that is going on at a table."""
    for table in layout.tables:
        if table.number <= number < table.number + table.count:
            slots = (one for one in table.slots if one.start <= at < one.end)
            return next((one for one in slots if one.doing in ("turn", "voice")), None)
    return None


@given(st.data())
def test_the_same_question_has_the_same_answer(data: st.DataObject) -> None:
    """A screen that asks again, or a program that starts anew, is told the same; all adds up."""
    step = data.draw(steps())
    all_, done = data.draw(changes(step)), data.draw(marks())
    second = data.draw(st.integers(0, LATEST))
    first, again = Turns(laid(step, all_, done)), Turns(laid(step, all_, done))
    view = first.at(second)
    assert view == again.at(second)
    if view is not None:
        assert view.overtime == max(second - all_[-1].seconds, 0)
        for one in view.tables:
            assert one.seconds_left >= 0
            assert one.speaker is None or (one.of is not None and 1 <= one.speaker <= one.of)


@given(st.data())
def test_a_pass_never_lengthens_a_step(data: st.DataObject) -> None:
    """A turn that is passed lets no table run longer than it would have."""
    step = data.draw(steps())
    people = data.draw(heads)
    all_ = (Change(0, people, planned_of(step, people)),)
    done = [one for one in data.draw(marks()) if isinstance(one, Passed)]
    for table in laid(step, all_, done).tables:
        assert table.slots[-1].end == planned_of(step, people)
