"""Turns and their cues, to the second, in steps of every form."""

from __future__ import annotations

import pytest

from agreements.library import Library
from agreements.plan import PerPersonDuration, Step
from sessions.air import AirTime
from sessions.cues import cues_of
from sessions.laying import Change, Layout, Mark, Passed, VoiceMore, lay_out
from sessions.turns import Turns, TurnView
from tests.plugin_sessions import MINUTE, step_of

Called = list[tuple[int, str]]


def per_person(each: int, handover: int = 0, rounds: int = 1) -> PerPersonDuration:
    """Return a duration of so many seconds a person."""
    return PerPersonDuration(seconds_each=each, handover_seconds=handover, rounds=rounds)


def laid(
    step: Step, heads: int, seconds: int, *marks: Mark, more: tuple[Change, ...] = ()
) -> Layout:
    """Return the layout of a step; `more` changes come after its beginning."""
    found = lay_out(step, (Change(0, heads, seconds), *more), marks)
    assert found is not None
    return found


def called(layout: Layout, table: int = 0) -> Called:
    """Return what is called to a table, and when."""
    return [(one.at, one.kind) for one in cues_of(layout, layout.tables[table])]


def turns(layout: Layout, table: int = 0) -> list[tuple[int, int, int | None]]:
    """Return the turns of a table: from when to when, and which."""
    slots = layout.tables[table].slots
    return [(one.start, one.end, one.speaker) for one in slots if one.doing == "turn"]


def rest(layout: Layout, table: int = 0) -> list[tuple[str, int, int]]:
    """Return what a table does beside turns."""
    slots = layout.tables[table].slots
    return [(one.doing, one.start, one.end) for one in slots if one.doing != "turn"]


def at(layout: Layout, second: int) -> TurnView:
    """Return what a screen is told at a second."""
    found = Turns(layout).at(second)
    assert found is not None
    return found


PAIR = step_of("pairs", 12, format="pair", group_size=2)
TRIAD = step_of("triads", 12, format="triad", group_size=3)
ROUND = step_of("round", 3, format="round")
FIVES = step_of("fives", 15, format="group", group_size=5, duration=per_person(180))


@pytest.mark.parametrize(
    ("step", "heads", "seconds", "expected"),
    [
        (PAIR, 12, 720, [(360, "half-time"), (660, "one-minute")]),
        (
            step_of("pairs", format="pair", group_size=2, duration=per_person(240, 60)),
            8,
            600,
            [(240, "half-time"), (540, "together")],
        ),
        (TRIAD, 12, 720, [(240, "change"), (480, "change"), (660, "one-minute")]),
        (
            step_of("threes", 14, format="triad", group_size=3),
            9,
            840,
            [(240, "change"), (480, "change"), (720, "together"), (780, "one-minute")],
        ),
        (
            FIVES,
            5,
            900,
            [
                (180, "change"),
                (360, "change"),
                (540, "change"),
                (720, "change"),
                (840, "one-minute"),
            ],
        ),
        (
            step_of("groups", 25, format="group", group_size=5),
            20,
            1500,
            [(900, "regroup"), (1440, "one-minute")],
        ),
        (step_of("groups", 4, format="group", group_size=5), 20, 240, []),
        (
            step_of("serial", format="testimony", duration=per_person(180, 10)),
            3,
            570,
            [
                (120, "one-minute"),
                (180, "change"),
                (310, "one-minute"),
                (370, "change"),
                (500, "one-minute"),
                (560, "together"),
            ],
        ),
        (
            step_of("bowl", 28, format="fishbowl"),
            30,
            1680,
            [(720, "swap"), (1440, "outer")],
        ),
        (
            step_of("twice", format="round", duration=per_person(20, 0, rounds=2)),
            2,
            80,
            [(20, "change"), (40, "once-more"), (60, "change")],
        ),
    ],
)
def test_cues_come_to_the_second(step: Step, heads: int, seconds: int, expected: Called) -> None:
    """Half, change, ring, ten minutes and one minute are called at exactly these seconds."""
    assert called(laid(step, heads, seconds)) == expected


def test_a_screen_counts_down_to_the_half_of_a_pair_step() -> None:
    """At 5:59 the first of two has a second left; at 6:00 the half is called, and stands."""
    layout = laid(PAIR, 12, 720)
    before, half = at(layout, 359), at(layout, 360)
    assert (before.kind, before.speaker, before.of, before.seconds_left) == ("pair", 1, 2, 1)
    assert (before.cue, half.cue) == (None, "half-time")
    assert (half.speaker, half.seconds_left) == (2, 360)
    assert [at(layout, second).cue for second in (371, 372)] == ["half-time", None]


def test_overtime_counts_up() -> None:
    """At the end of the step nobody has time left, and from the next second overtime counts."""
    layout = laid(PAIR, 12, 720)
    over = at(layout, 745)
    assert (over.doing, over.seconds_left, over.overtime, over.cue) == ("over", 0, 25, None)
    assert at(layout, 720).overtime == 0


def test_an_odd_head_makes_a_table_of_three_with_thirds_of_its_own() -> None:
    """With 13 in pairs there are one of three, which changes at 4:00 and 8:00, and five pairs."""
    layout = laid(PAIR, 13, 720)
    assert [(one.number, one.size, one.count) for one in layout.tables] == [(1, 3, 1), (2, 2, 5)]
    assert called(layout)[:2] == [(240, "change"), (480, "change")]
    assert called(layout, 1)[0] == (360, "half-time")
    view = at(layout, 300)
    assert (view.speaker, view.of) == (1, 2)
    assert [(one.speaker, one.of) for one in view.tables] == [(2, 3), (1, 2)]


def test_tables_of_unequal_size_have_clocks_of_their_own() -> None:
    """The sixes of 22 in fives take the step; the fives are done earlier and go around again."""
    layout = laid(FIVES, 22, 1080)
    assert [(one.size, one.count) for one in layout.tables] == [(6, 2), (5, 2)]
    assert turns(layout)[-1] == (900, 1080, 6)
    assert turns(layout, 1)[:5] == [(180 * one, 180 * (one + 1), one + 1) for one in range(5)]
    assert turns(layout, 1)[5:] == [
        (900 + 36 * one, 900 + 36 * (one + 1), one + 1) for one in range(5)
    ]
    assert (900, "once-more") in called(layout, 1)


def test_a_table_that_is_done_early_waits_when_there_is_no_time_for_all() -> None:
    """In threes of a minute each the table of three waits for the one of four."""
    step = step_of("threes", format="triad", group_size=3, duration=per_person(60, 5))
    layout = laid(step, 7, 260)
    assert [one.size for one in layout.tables] == [4, 3]
    assert rest(layout, 1)[-1] == ("together", 195, 260)


def test_a_table_of_one_has_one_turn_and_then_quiet() -> None:
    """One person among pairs speaks for her time, and goes around no second time."""
    step = step_of("pairs", format="pair", group_size=2, duration=per_person(240, 60))
    layout = laid(step, 1, 600)
    assert turns(layout) == [(0, 240, 1)]
    assert rest(layout) == [("handover", 240, 300), ("together", 300, 600)]
    assert turns(laid(PAIR, 1, 720)) == [(0, 720, 1)]


def test_a_passed_turn_in_a_round_is_won_for_the_plan() -> None:
    """Who comes after keeps her 30 seconds, and the round is over 20 seconds early."""
    layout = laid(ROUND, 6, 180, Passed(at=40))
    assert turns(layout)[:3] == [(0, 30, 1), (30, 40, 2), (40, 70, 3)]
    assert rest(layout) == [("together", 160, 180)]


def test_a_passed_turn_at_a_table_goes_to_those_still_to_speak_there() -> None:
    """Table 1 of the threes shares what is left; the other tables keep their time."""
    layout = laid(TRIAD, 12, 720, Passed(at=120, table=1))
    assert turns(layout) == [(0, 120, 1), (120, 360, 2), (360, 600, 3)]
    assert turns(layout, 1)[0] == (0, 240, 1)
    pairs = laid(PAIR, 12, 720, Passed(at=120, table=2))
    assert turns(pairs, 1) == [(0, 120, 1), (120, 720, 2)]
    assert [one.count for one in pairs.tables] == [1, 1, 4]


def test_every_table_can_change_at_once() -> None:
    """With 13 in pairs all are called to change at 2:00, each table in its own words."""
    layout = laid(PAIR, 13, 720, Passed(at=120))
    assert turns(layout) == [(0, 120, 1), (120, 420, 2), (420, 720, 3)]
    assert turns(layout, 1) == [(0, 120, 1), (120, 720, 2)]
    assert called(layout)[0] == (120, "change")
    assert called(layout, 1)[0] == (120, "half-time")
    assert layout == laid(PAIR, 13, 720, *(Passed(at=120, table=one) for one in range(1, 7)))


def test_a_last_turn_that_is_passed_leaves_its_time_to_the_table() -> None:
    """Nobody is called again: the table is together until the others are done."""
    layout = laid(PAIR, 12, 720, Passed(at=500, table=1))
    assert turns(layout) == [(0, 360, 1), (360, 500, 2)]
    assert rest(layout) == [("together", 500, 720)]


def test_passing_when_nobody_has_the_floor_changes_nothing() -> None:
    """In time for all together, and after the end, there is no turn to pass."""
    step = step_of("threes", 14, format="triad", group_size=3)
    assert laid(step, 9, 840, Passed(at=800), Passed(at=900)).tables[0].slots == (
        laid(step, 9, 840).tables[0].slots
    )


def test_one_voice_more_comes_after_the_last_turn_and_may_run_over() -> None:
    """It is as long as a turn, begins when it is granted, and its overtime is counted."""
    layout = laid(ROUND, 6, 180, VoiceMore(at=200))
    assert rest(layout) == [("together", 180, 200), ("voice", 200, 230)]
    view = at(layout, 215)
    assert (view.doing, view.speaker, view.seconds_left, view.overtime) == ("voice", None, 15, 35)
    early = laid(ROUND, 6, 180, VoiceMore(at=100), VoiceMore(at=101))
    assert rest(early) == [("voice", 180, 210), ("voice", 210, 240)]


def test_one_voice_more_can_be_taken_where_nobody_has_turns() -> None:
    """In a plenary it has a minute from the moment it is granted, within the step or over it."""
    step = step_of("all", 5)
    assert lay_out(step, (Change(0, 12, 300),)) is None
    layout = laid(step, 12, 300, VoiceMore(at=100))
    assert layout.kind == "voice"
    assert rest(layout) == [("together", 0, 100), ("voice", 100, 160), ("together", 160, 300)]
    assert rest(laid(step, 12, 300, VoiceMore(at=100), Passed(at=120)))[-1] == (
        "together",
        120,
        300,
    )


def test_people_who_come_speak_after_the_others() -> None:
    """Two more in a round of a minute each: the fourth keeps her time, and the round is longer."""
    step = step_of("round", format="round", duration=per_person(55, 5))
    layout = laid(step, 12, 720, more=(Change(200, 14, 840),))
    assert turns(layout)[3] == (180, 235, 4)
    assert turns(layout)[-1] == (780, 835, 14)
    assert [at(layout, second).of for second in (170, 210, 250)] == [12, 14, 14]


def test_people_who_leave_are_those_still_to_speak() -> None:
    """From twelve to three while the fourth speaks: she ends, and the round is over."""
    step = step_of("round", format="round", duration=per_person(55, 5))
    layout = laid(step, 12, 720, more=(Change(200, 3, 180),))
    assert turns(layout)[-1] == (180, 235, 4)
    assert at(layout, 210).seconds_left == 25
    assert at(layout, 210).overtime == 30


def test_a_latecomer_makes_a_triad_of_a_pair() -> None:
    """The first speaker keeps her half; the other two share what is left."""
    layout = laid(PAIR, 12, 720, more=(Change(120, 13, 720),))
    assert layout.tables[0].size == 3
    assert turns(layout) == [(0, 360, 1), (360, 540, 2), (540, 720, 3)]


def test_new_tables_begin_when_their_people_come_and_others_may_break_up() -> None:
    """From 12 to 14 a pair begins at once; from 12 to 10 the pair that breaks up is let end."""
    more = laid(PAIR, 12, 720, more=(Change(120, 14, 720),))
    assert turns(more, 1) == [(120, 420, 1), (420, 720, 2)]
    fewer = laid(PAIR, 12, 720, more=(Change(120, 10, 720),))
    assert [one.size for one in fewer.tables] == [2, 0]
    assert turns(fewer, 1) == [(0, 360, 1)]
    assert len(at(fewer, 359).tables) == 2
    assert len(at(fewer, 360).tables) == 1


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (Change(100, 12, 600), [(0, 300, 1), (300, 600, 2)]),
        (Change(340, 12, 600), [(0, 340, 1), (340, 600, 2)]),
        (Change(400, 12, 780), [(0, 360, 1), (360, 780, 2)]),
        (Change(750, 12, 780), [(0, 360, 1), (360, 780, 2)]),
        (Change(400, 12, 300), [(0, 360, 1), (360, 400, 2)]),
    ],
)
def test_minutes_by_hand_are_shared_by_all_whose_turn_is_not_over(
    change: Change, expected: list[tuple[int, int, int]]
) -> None:
    """Whoever speaks gains and loses with the others, and never ends in the past."""
    assert turns(laid(PAIR, 12, 720, more=(change,))) == expected


def test_a_shortened_step_scales_turns_and_changes_alike() -> None:
    """Pairs of four minutes with a minute to change, cut from ten minutes to five."""
    step = step_of("pairs", format="pair", group_size=2, duration=per_person(240, 60))
    layout = laid(step, 8, 300)
    assert turns(layout) == [(0, 120, 1), (150, 270, 2)]
    assert rest(layout) == [("handover", 120, 150), ("handover", 270, 300)]


def test_a_step_of_many_people_has_few_rows() -> None:
    """Five hundred pairs that do the same are one row."""
    layout = laid(PAIR, 1000, 720)
    assert [(one.size, one.count) for one in layout.tables] == [(2, 500)]


def test_every_shipped_step_has_turns_or_none(library: Library) -> None:
    """Wherever people sit in pairs, threes, groups or a round, the shipped plans have turns."""
    kinds = {}
    for name in library.plans:
        plan = library.plan(name)
        for step in plan.steps + plan.alternatives:
            found = lay_out(step, (Change(0, 24, 720),))
            kinds[step.format] = None if found is None else found.kind
    assert kinds["pair"] == "pair"
    assert kinds["triad"] == "triad"
    assert kinds["round"] == "round"
    assert kinds["fishbowl"] == "fishbowl"
    assert kinds["group"] == kinds["role-play"] == "group"
    assert {kinds[one] for one in ("plenary", "break", "meal", "silent", "arrival")} == {None}


def test_air_time_is_two_counters_and_a_prompt() -> None:
    """New voices and voices again; the prompt comes when those who speak again outweigh."""
    air = AirTime().heard_new().heard_new().heard_again()
    assert (air.new, air.again, air.not_yet_heard(12)) == (2, 1, 10)
    assert not air.asks_for_new_voices(12)
    assert air.heard_again().asks_for_new_voices(12)
    assert not air.heard_again().asks_for_new_voices(2)
    assert AirTime(5, 9).not_yet_heard(3) == 0
    assert set(AirTime.__dataclass_fields__) == {"new", "again"}


def test_seconds_that_are_whole_minutes_stay_so() -> None:
    """Four in a table of a step in threes have three minutes each, and no odd seconds."""
    layout = laid(TRIAD, 4, 12 * MINUTE)
    assert turns(layout) == [(180 * one, 180 * (one + 1), one + 1) for one in range(4)]
