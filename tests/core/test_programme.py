"""A programme from Summaries: what is summed, what is told together, and what is not told."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sessions.disclosure import FLOOR, neighbours
from sessions.facts import FollowUpState
from sessions.programme.contribution import Contribution, contribution_of, is_usable, words_of
from sessions.programme.figures import (
    at_least,
    down,
    people_band,
    quarter,
    small_together,
    told_spans,
)
from sessions.programme.model import FEWEST_SESSIONS, MOST_NAMED, STEP, ProgrammeSummary
from sessions.programme.sums import Sums
from sessions.programme.told import OTHERS, Aside, told
from sessions.questions import partition
from sessions.summary import (
    NamedCount,
    Summary,
    SummaryAsk,
    SummaryCommitment,
    SummaryCondition,
    SummaryFollowUp,
    SummaryQuestion,
    SummaryQuote,
    SummaryReply,
    SummaryTheme,
)

LABELS = ("1 (no)", "2", "3", "4", "5 (yes)")


def scale(
    counts: Sequence[int], text: str = "Useful?", ask: str = "useful", kind: str = "scale"
) -> SummaryQuestion:
    """Return a question as a Summary tells it of so many answers."""
    ids = [str(point) for point in range(1, len(counts) + 1)]
    one = partition(LABELS[: len(counts)], counts, FLOOR, ids=ids, scale=True)
    return one.model_copy(update={"ask": ask, "text": text, "kind": kind})


def a_summary(number: int, **changes: object) -> Summary:
    """Return the Summary of a small session."""
    table = {
        "session": f"{number + 1:032x}",
        "title": "Lunch & learn",
        "held_on": "2026-02-03",
        "language": "en",
        "plan": "lunch",
        "plan_title": "Lunch & learn",
        "plan_purpose": "Meet.",
        "rule_name": "Stories stay",
        "rule_text": "Stories stay.",
        "heads": "20 to 29",
        "heads_least": 20,
        "heads_most": 29,
        "planned_minutes": 60,
        "actual_minutes": 60,
        "steps": (),
        "agreements": ("Stay engaged: Stay with it.",),
        "adopted": True,
        "conditions": (SummaryCondition(number=2, name="Isolate race", gloss="In view."),),
        "questions": (scale((0, 0, 5, 9, 10)),),
    }
    return Summary.model_validate({**table, **changes})


def summed(summaries: Iterable[Summary], *, twice: int = 0) -> ProgrammeSummary:
    """Return the programme of some Summaries, with the words they hold."""
    known = {one.session: one for one in summaries}
    sums = Sums()
    for one in known.values():
        sums.add(contribution_of(one))
    words = {}
    for mark, (_, session) in sums.needed():
        words[mark] = dict(words_of(known[session]))[mark]
    titles = {session: known[session].title for session, _ in sums.to_name()}
    latest = [known[session] for _, session in sums.telling_sessions()]
    return told(sums, words, titles, latest, Aside({}, twice))


@cache
def many(count: int) -> tuple[Summary, ...]:
    """Return sessions over two years, of three plans, in two languages."""
    return tuple(
        a_summary(
            number,
            held_on=f"{2025 + number % 2}-{1 + number % 12:02}-1{number % 10}",
            plan=("lunch", "day", "check-in")[number % 3],
            plan_title=("Lunch & learn", "Full day", "Check-in")[number % 3],
            language="es" if number % 5 == 0 else "en",
            title=f"Session {number}",
            questions=(scale((number % 7, 3, 5 + number % 4, 6, 10)),),
        )
        for number in range(count)
    )


@given(st.permutations(many(24)))
@settings(max_examples=25, deadline=None)
def test_the_order_of_sessions_makes_no_difference(shuffled: list[Summary]) -> None:
    """In whatever order sessions are added, the programme is the same."""
    assert summed(shuffled) == summed(many(24))


def test_a_contribution_holds_no_word() -> None:
    """What is kept of a session between two runs holds no word that somebody wrote or said."""
    canary = "kanarienvogel"
    theme = SummaryTheme(label=canary, code="", count="5 to 9")
    promised = SummaryCommitment(id="1" * 32, text=canary, role=canary)
    whole = a_summary(
        1,
        title=canary,
        plan=canary,
        plan_title=canary,
        agreements=(f"{canary}: {canary}",),
        house_agreements=(canary,),
        questions=(scale((0, 0, 5, 9, 10), text=canary, ask=canary),),
        themes=(canary,),
        coded=(theme,),
        quotes=(SummaryQuote(question=canary, text=canary),),
        parked=(canary,),
        commitments=(promised,),
        leadership_asks=(SummaryAsk(text=canary),),
        language=canary,
    )
    assert canary not in contribution_of(whole).model_dump_json()
    again = Contribution.model_validate_json(contribution_of(whole).model_dump_json())
    assert again == contribution_of(whole)


def true_counts() -> st.SearchStrategy[list[list[int]]]:
    """Return how people of some sessions answered."""
    counts = st.lists(st.integers(0, 30), min_size=5, max_size=5)
    return st.lists(counts, min_size=1, max_size=12)


@given(true_counts())
@settings(max_examples=200, deadline=None)
def test_what_is_told_of_answers_is_true(rooms: list[list[int]]) -> None:
    """A figure is never more than how many people really gave the answers it stands for."""
    sessions = [a_summary(n, questions=(scale(counts),)) for n, counts in enumerate(rooms)]
    (question,) = summed(sessions).questions or (None,)
    if question is None or not question.answers:
        return
    place = 0
    for answer in question.answers:
        while LABELS[place] != first_of(answer.label):
            place += 1
        last = LABELS.index(last_of(answer.label)) if answer.label != LABELS[place] else place
        true = sum(sum(counts[place : last + 1]) for counts in rooms)
        assert 0 < answer.at_least <= true
        assert answer.at_least % STEP == 0
    assert sum(answer.at_least for answer in question.answers) <= question.answered


def first_of(label: str) -> str:
    """Return the first answer that a label stands for."""
    return re.split(" to | or ", label)[0]


def last_of(label: str) -> str:
    """Return the last one."""
    return re.split(" to | or ", label)[-1]


@pytest.mark.parametrize(
    ("counts", "cells"),
    [
        ((0, 0, 0, 2, 22), ((4, 4, 20),)),  # nearly all
        ((1, 1, 1, 1, 11), ((4, 4, 11),)),  # most
        ((4, 0, 12, 0, 4), ((2, 2, 10),)),  # half or more
        ((5, 0, 0, 0, 6), ((0, 0, 5), (1, 4, 6))),  # figures
        ((1, 1, 0, 0, 0), ()),  # too few
    ],
)
def test_a_sentence_is_summed_as_a_bound(
    counts: tuple[int, ...], cells: tuple[tuple[int, int, int], ...]
) -> None:
    """What a room tells in words says how many gave an answer at least, and no more."""
    (asked,) = contribution_of(a_summary(1, questions=(scale(counts),))).questions
    assert asked.cells == cells


@given(st.lists(st.integers(0, 14), min_size=2, max_size=7))
def test_every_bound_holds(counts: list[int]) -> None:
    """Of any neighbouring answers, no more are claimed than gave them."""
    labels = [str(point) for point in range(len(counts))]
    one = partition(labels, counts, FLOOR, ids=labels, scale=True)
    question = one.model_copy(update={"ask": "a", "kind": "scale"})
    (asked,) = contribution_of(a_summary(1, questions=(question,))).questions
    cells = {(low, high): many for low, high, many in asked.cells}
    for first in range(len(counts)):
        for last in range(first, len(counts)):
            if (first, last) != (0, len(counts) - 1):
                assert at_least(cells, (first, last)) <= sum(counts[first : last + 1])


@pytest.mark.parametrize(
    "groups",
    [
        {"answered": 30},  # does not add up
        {"groups": ()},
    ],
)
def test_a_question_that_does_not_add_up_tells_nothing(groups: dict[str, object]) -> None:
    """A forged table of answers is not summed."""
    forged = scale((6, 0, 0, 0, 18)).model_copy(update=groups)
    (asked,) = contribution_of(a_summary(1, questions=(forged,))).questions
    assert asked.cells == ()


def test_small_figures_of_a_forged_summary_are_not_summed() -> None:
    """A group below five, which no Summary of ours holds, does not become part of a sum."""
    one = scale((6, 0, 0, 0, 18))
    low = tuple(
        group.model_copy(update={"count": n}) for group, n in zip(one.groups, (2, 22), strict=True)
    )
    (asked,) = contribution_of(
        a_summary(1, questions=(one.model_copy(update={"groups": low}),))
    ).questions
    assert asked.cells == ()


def test_a_changed_wording_is_a_row_of_its_own() -> None:
    """Another wording of the same ask stands apart, and says what was asked before it."""
    before = [a_summary(n, held_on="2026-01-10") for n in range(4)]
    reworded = (scale((0, 0, 5, 9, 10), "Was it of use?"),)
    after = [
        a_summary(n, held_on="2026-04-10", plan_revision=2, questions=reworded) for n in range(4, 9)
    ]
    first, second = summed([*after, *before]).questions
    assert (first.text, first.sessions, first.asked_before) == ("Useful?", 4, "")
    assert (second.text, second.sessions, second.asked_before) == ("Was it of use?", 5, "Useful?")


def test_the_same_ask_in_another_plan_or_language_stands_apart() -> None:
    """Rows are summed within one plan and one language alone."""
    programme = summed(
        [
            *(a_summary(n) for n in range(3)),
            *(a_summary(n, language="es", plan_title="Almuerzo") for n in range(3, 6)),
            *(a_summary(n, plan="day", plan_title="Full day") for n in range(6, 9)),
        ]
    )
    assert [one.sessions for one in programme.questions] == [3, 3, 3]
    assert {one.asked_before for one in programme.questions} == {""}
    assert programme.languages == ("en", "es")


def test_then_and_now_are_told_alike() -> None:
    """Both have the same groups of answers, so that they can be read side by side."""
    then = scale((9, 6, 5, 0, 0), "Ready? (then)", "ready", "then")
    now = scale((0, 0, 6, 5, 9), "Ready? (now)", "ready", "now")
    programme = summed(a_summary(n, questions=(then, now)) for n in range(5))
    labels = [[answer.label for answer in one.answers] for one in programme.questions]
    assert len(labels) == 2
    assert labels[0] == labels[1] != []


def test_answers_are_told_by_quarter_where_enough_sessions_are_in_one() -> None:
    """Each row of a question over time stands for three sessions or more, and all are in one."""
    days = ("2026-01-10", "2026-01-11", "2026-01-12", "2026-04-10", "2026-07-10", "2026-10-10")
    (question,) = summed(a_summary(n, held_on=day) for n, day in enumerate(days)).questions
    assert [one.label for one in question.over_time] == ["2026 Q1", "2026 Q2 to Q4"]
    assert [one.answered for one in question.over_time] == [70, 70]


def test_a_compass_is_summed_by_places() -> None:
    """How often a place was named is added up; how many people that were is not told."""
    places = tuple(
        NamedCount(label=label, count=count, options=(label.lower(),))
        for label, count in (("Feeling", 9), ("Thinking", 12), ("Acting", 6))
    )
    compass = SummaryQuestion(
        ask="compass",
        kind="compass",
        text="Where are you?",
        choices=("Feeling", "Thinking", "Acting"),
        groups=places,
        told="figures",
        in_words="Several could be named.",
    )
    (question,) = summed(a_summary(n, questions=(compass,)) for n in range(6)).questions
    assert [(one.label, one.at_least) for one in question.answers] == [
        ("Feeling", 50),
        ("Thinking", 70),
        ("Acting", 30),
    ]
    assert (question.answered, question.over_time) == (0, ())


def test_nothing_is_told_of_too_few_sessions() -> None:
    """Two sessions are no programme: counts stand, and no answer, no name and no theme does."""
    programme = summed(
        a_summary(n, coded=(SummaryTheme(label="Late", code="late", count="5 to 9"),))
        for n in range(2)
    )
    assert programme.sessions == 2
    assert (programme.people, programme.named, programme.themes, programme.questions) == (
        "",
        (),
        (),
        (),
    )
    assert any("hardly a programme" in one for one in programme.limits)


def test_a_long_list_stands_as_counts() -> None:
    """More sessions than anybody reads are told by quarter and plan, and not by name."""
    programme = summed(a_summary(n) for n in range(MOST_NAMED + 1))
    assert programme.named == ()
    assert sum(one.sessions for one in programme.by_quarter) == MOST_NAMED + 1


def test_the_cohort_changes_with_any_session() -> None:
    """The same sessions have the same mark, and any other set another."""
    ten = [a_summary(n) for n in range(10)]
    assert summed(ten).cohort == summed(reversed(ten)).cohort
    assert summed(ten[:-1]).cohort != summed(ten).cohort


def test_plans_that_few_sessions_used_are_told_together() -> None:
    """Their sessions are counted in one row, with one more plan where they are still too few."""
    programme = summed(
        [
            *(a_summary(n) for n in range(5)),
            *(a_summary(n, plan="day", plan_title="Full day") for n in range(5, 9)),
            a_summary(9, plan="own", plan_title="My own"),
        ]
    )
    assert [(one.label, one.sessions) for one in programme.by_plan] == [
        ("Lunch & learn", 5),
        (OTHERS, 5),
    ]


def test_themes_are_told_where_enough_sessions_have_them() -> None:
    """A theme says in how many sessions it was found, and a band of answers."""
    common = SummaryTheme(label="Isolate race", kind="condition", code="isolate", count="10 to 19")
    rare = SummaryTheme(label="Parking", code="parking", count="5 to 9")
    programme = summed(a_summary(n, coded=(common, rare) if n < 2 else (common,)) for n in range(6))
    assert [(one.label, one.sessions, one.people) for one in programme.themes] == [
        ("Isolate race", 6, "60 to 120")
    ]


def test_a_groups_own_theme_is_the_same_by_its_name() -> None:
    """Each session gives it a code of its own, so that a code would never be met twice."""
    programme = summed(
        a_summary(n, coded=(SummaryTheme(label=label, code=f"{n:032x}", count="5 to 9"),))
        for n, label in enumerate(("Trust", "trust", "Trust"))
    )
    (theme,) = programme.themes
    assert (theme.label, theme.kind, theme.sessions) == ("Trust", "theme", 3)


def test_words_for_several_languages_are_in_our_own() -> None:
    """A single Spanish session, though the earliest, does not name its language by its words."""
    spanish = SummaryCondition(number=2, name="Aislar la raza", gloss="A la vista.")
    theme = SummaryTheme(label="Isolate race", kind="condition", code="isolate", count="5 to 9")
    theirs = theme.model_copy(update={"label": "Aislar la raza"})
    first = a_summary(
        0, held_on="2026-01-01", language="es", conditions=(spanish,), coded=(theirs,)
    )
    programme = summed([first, *(a_summary(n, coded=(theme,)) for n in range(1, 8))])
    assert [(one.label, one.sessions) for one in programme.conditions] == [("2 Isolate race", 8)]
    assert [(one.label, one.sessions) for one in programme.themes] == [("Isolate race", 8)]
    assert programme.languages == ("en", "others")


def test_commitments_and_asks_are_counted_with_what_became_of_them() -> None:
    """Each state after each number of days is counted; asks with and without a reply too."""
    kept = SummaryCommitment(
        id="1" * 32,
        text="Book early.",
        follow_up=(
            SummaryFollowUp(after_days=30, state="not-yet", in_the_way="no form"),
            SummaryFollowUp(after_days=60, state="kept"),
        ),
    )
    asked = SummaryAsk(text="Pay an hour.", replies=(SummaryReply(on="2026-03-01", text="Yes."),))
    programme = summed(
        a_summary(n, commitments=(kept,), leadership_asks=(asked, SummaryAsk(text="More?")))
        for n in range(3)
    )
    assert [
        (one.after_days, one.kept, one.partly, one.not_yet) for one in programme.commitments_after
    ] == [
        (30, 0, 0, 3),
        (60, 3, 0, 0),
    ]
    assert (programme.commitments, programme.asks, programme.asks_answered) == (3, 6, 3)
    assert [(one.text, one.times, one.answered) for one in programme.asks_named] == [
        ("Pay an hour.", 3, 3),
        ("More?", 3, 0),
    ]


def test_what_several_sessions_say_alike_is_shown_once() -> None:
    """How often it was promised and asked, how each stood last, and each reply once."""

    def promised(n: int) -> SummaryCommitment:
        state: FollowUpState = "kept" if n else "not-yet"
        stood = SummaryFollowUp(after_days=30, state=state, in_the_way="" if n else "no form")
        return SummaryCommitment(id=f"{n:032}", text="Book early.", follow_up=(stood,))

    def asked(n: int) -> SummaryAsk:
        replies = (SummaryReply(on=f"2026-03-0{n}", text="Yes."),) if n else ()
        return SummaryAsk(text="Pay an hour.", replies=replies)

    several = [
        a_summary(n, commitments=(promised(n),), leadership_asks=(asked(n),)) for n in range(3)
    ]
    programme = summed([*several, a_summary(3, commitments=(SummaryCommitment(text="Other."),))])
    (commitment,), (ask,) = programme.commitments_named, programme.asks_named
    assert (commitment.times, commitment.stood) == (3, "2 kept, 1 not yet")
    assert commitment.in_the_way == "no form"
    assert (ask.times, ask.answered) == (3, 2)
    assert [(one.on, one.text) for one in ask.replies] == [("2026-03-02", "Yes.")]
    (alone,) = summed(several[:1]).commitments_named
    assert (alone.times, alone.stood) == (1, "after 30 days: not yet")


def test_an_ask_says_no_day_that_names_its_session() -> None:
    """It tells the quarters that are counted together, each of three sessions or more."""
    days = ("2026-01-10", "2026-01-11", "2026-01-12", "2026-04-10", "2026-07-10", "2026-10-10")
    programme = summed(
        a_summary(n, held_on=day, leadership_asks=(SummaryAsk(text=f"Pay hour {n}."),))
        for n, day in enumerate(days)
    )
    together = ["2026 Q2 to Q4"] * 3 + ["2026 Q1"] * 3
    assert [one.quarter for one in programme.asks_named] == together
    assert {one.quarter for one in programme.asks_named} == {
        one.label for one in programme.by_quarter
    }


def test_quotes_stand_without_the_name_of_their_session() -> None:
    """Words are those of the Summaries, at most four of a session, and nothing says whose."""
    quotes = tuple(SummaryQuote(question="What stays?", text=f"Words {n}") for n in range(5))
    programme = summed(a_summary(n, title=f"Ward {n}", quotes=quotes) for n in range(3))
    assert len(programme.quotes_named) == 8
    assert "Ward" not in "".join(one.model_dump_json() for one in programme.quotes_named)


def test_quotes_are_of_the_latest_two_sessions() -> None:
    """An older session that is read for its asks is not quoted, though its Summary has quotes."""
    programme = summed(
        a_summary(
            n,
            held_on=f"2026-02-0{n + 1}",
            leadership_asks=(SummaryAsk(text=f"Pay hour {n}."),),
            quotes=(SummaryQuote(question="What stays?", text=f"Words {n}"),),
        )
        for n in range(4)
    )
    assert len(programme.asks_named) == 4
    assert [one.text for one in programme.quotes_named] == ["Words 3", "Words 2"]


def test_sessions_whose_rule_keeps_people_back_widen_the_band() -> None:
    """Where some do not tell how many were there, the band has no upper end."""
    hidden = {"heads": "", "heads_least": None, "heads_most": None}
    sessions = [a_summary(n, **(hidden if n == 0 else {})) for n in range(5)]
    assert summed(sessions).people == "80 or more"
    assert summed(sessions[1:]).people == "80 to 120"


@pytest.mark.parametrize(
    ("changes", "usable"),
    [
        ({}, True),
        ({"session": ""}, False),
        ({"session": "../../etc"}, False),
        ({"held_on": "yesterday"}, False),
        ({"held_on": "20260203"}, False),
    ],
)
def test_a_summary_must_say_what_it_is_of(changes: dict[str, object], usable: bool) -> None:
    """Without the id of its session, or its day, a Summary cannot be counted once."""
    assert is_usable(a_summary(1, **changes)) is usable


@pytest.mark.parametrize(
    ("least", "most", "said"),
    [
        (0, 0, "up to 10"),
        (0, None, ""),
        (23, 41, "20 to 50"),
        (20, 20, "20 to 30"),
        (107, None, "100 or more"),
    ],
)
def test_bands_have_round_ends(least: int, most: int | None, said: str) -> None:
    """A band holds the number and both its ends are multiples of the step."""
    assert people_band(least, most) == said


@pytest.mark.parametrize(
    ("day", "name"),
    [("2026-01-01", "2026 Q1"), ("2026-03-31", "2026 Q1"), ("2026-12-31", "2026 Q4")],
)
def test_a_day_is_in_its_quarter(day: str, name: str) -> None:
    """Quarters begin in January, April, July and October."""
    assert quarter(day) == name


@given(st.lists(st.integers(1, 9), min_size=1, max_size=20))
def test_neighbours_are_merged_until_they_are_enough(counts: list[int]) -> None:
    """Each group has enough sessions, unless all together have too few; none is lost."""
    groups = neighbours([*enumerate(counts)], FEWEST_SESSIONS)
    assert [key for group in groups for key in group] == [*range(len(counts))]
    if sum(counts) >= FEWEST_SESSIONS:
        assert all(sum(counts[key] for key in group) >= FEWEST_SESSIONS for group in groups)
    else:
        assert len(groups) == 1


@given(st.dictionaries(st.integers(), st.integers(1, 9), min_size=1, max_size=12))
def test_small_plans_stand_together(counts: dict[int, int]) -> None:
    """No group has too few sessions, unless all together have; none is lost."""
    order = sorted(counts, key=lambda key: (-counts[key], key))
    groups = small_together(counts, order)
    assert sorted(key for group in groups for key in group) == sorted(counts)
    if sum(counts.values()) >= FEWEST_SESSIONS:
        assert all(sum(counts[key] for key in group) >= FEWEST_SESSIONS for group in groups)


@given(
    st.dictionaries(st.sampled_from([(0, 0), (0, 1), (1, 1), (1, 2), (2, 2)]), st.integers(0, 90))
)
def test_answers_that_are_told_are_enough(cells: dict[tuple[int, int], int]) -> None:
    """Each told group is the step or more, and told groups do not overlap."""
    answered = sum(cells.values())
    spans = told_spans([(cells, answered)], 3)
    assert all(down(at_least(cells, span)) >= STEP for span in spans)
    assert all(one[1] < other[0] for one, other in pairwise(spans))
