"""What is told of closed questions: never a figure below the threshold, nor one to subtract."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agreements.library import open_library
from agreements.plan import Ask, AskKind, AskOption, FixedDuration, Plan, Step, StepKind
from sessions.facts import AnswerItem, Answers, AnswerStatus
from sessions.questions import questions
from sessions.summary import SummaryQuestion
from sessions.text import paragraph

PROTOCOL = open_library(paragraph).protocol
POINTS = tuple(point.id for point in PROTOCOL.compass)
OPTIONS = ("none", "two-hours", "full-day")


def an_ask(kind: AskKind, **more: object) -> Ask:
    """Return a question of some kind; a choice has three options in an order."""
    options = tuple(AskOption(id=name, label=name.title()) for name in OPTIONS)
    table: dict[str, object] = {"id": "q", "kind": kind, "text": "How was it?", "option": ()}
    if kind == "choice":
        table |= {"option": options, "ordered": True}
    return Ask.model_validate(table | more)


def told(
    ask: Ask,
    items: Sequence[AnswerItem],
    threshold: int = 5,
    *,
    seats: int = 60,
    kind: StepKind = "closing",
) -> tuple[SummaryQuestion, ...]:
    """Return what is told of one question."""
    step = Step(
        id="s",
        title="S",
        kind=kind,
        phase="close",
        format="anonymous",
        duration=FixedDuration(minutes=3),
        asks=(ask,),
    )
    plan = Plan(
        id="p",
        title="P",
        revision=1,
        language="en",
        source="Ours.",
        license="MIT",
        purpose="P.",
        minutes=5,
        steps=(step,),
    )
    answers = Answers(id=f"{1:032x}", ask=ask.id, kind=ask.kind, seats=seats, items=tuple(items))
    return questions(plan, PROTOCOL, (answers,), threshold)


def item(number: int, **answer: object) -> AnswerItem:
    """Return one answer."""
    return AnswerItem.model_validate({"id": f"{number:032x}", **answer})


def choices(*counts: int, status: AnswerStatus = "kept") -> list[AnswerItem]:
    """Return so many answers of each option."""
    given = [name for name, count in zip(OPTIONS, counts, strict=False) for _ in range(count)]
    return [item(number, choice=name, status=status) for number, name in enumerate(given)]


def test_a_choice_is_told_with_its_neighbours() -> None:
    """Options with too few answers are told together with the next, and all add up."""
    (question,) = told(an_ask("choice"), choices(2, 9, 13))
    assert question.answered == 24
    assert [(group.label, group.count) for group in question.groups] == [
        ("None or Two-Hours", 11),
        ("Full-Day", 13),
    ]
    assert question.in_words == "Of 24: None or Two-Hours: 11; Full-Day: 13."


def test_too_few_answers_tell_nothing() -> None:
    """With four answers there is no figure, not even how many answered."""  # promise 27
    (question,) = told(an_ask("choice"), choices(1, 1, 2))
    assert (question.answered, question.groups) == (None, ())
    assert not re.search("[0-46-9]", question.in_words)


def test_what_was_held_back_is_not_counted() -> None:
    """An answer that the facilitator held back is in no figure."""
    items = choices(6, 6) + [
        item(100 + number, choice="none", status="held-back") for number in range(9)
    ]
    (question,) = told(an_ask("choice"), items)
    assert question.answered == 12


def test_an_answer_nobody_could_choose_is_not_counted() -> None:
    """A forged option, and a value beyond the scale, count for nothing."""
    (choice,) = told(an_ask("choice"), [item(n, choice="\x1b[2J") for n in range(20)])
    (scale,) = told(an_ask("scale"), [item(n, value=99) for n in range(20)])
    assert (choice.answered, scale.answered) == (None, None)


def test_a_scale_names_its_ends() -> None:
    """The lowest and the highest point say what they mean."""
    ask = an_ask("scale", points=4, low="not useful", high="very useful")
    items = [item(n, value=1 + n % 4) for n in range(24)]
    (question,) = told(ask, items)
    labels = [group.label for group in question.groups]
    assert labels == ["1 (not useful)", "2", "3", "4 (very useful)"]


def test_then_and_now_are_two_questions_and_no_table() -> None:
    """Who moved from where to where is nobody's to read."""
    items = [item(n, then=1 + n % 2, now=4 + n % 2) for n in range(20)]
    then, now = told(an_ask("then-now"), items)
    assert (then.text, now.text) == ("How was it? (then)", "How was it? (now)")
    assert [group.count for group in then.groups] == [10, 10]
    assert [group.label for group in now.groups] == ["1 to 4", "5"]


@pytest.mark.parametrize("kind", ["words", "commitment"])
def test_words_are_never_told_as_a_question(kind: AskKind) -> None:
    """What people wrote is not counted or quoted here, whatever its level."""
    items = [item(n, text="secret", level="quote", status="shared") for n in range(30)]
    assert told(an_ask(kind), items) == ()


def test_what_is_asked_at_the_door_is_practice_and_not_told() -> None:
    """The question that people try the page with is no answer of the room's."""
    assert told(an_ask("choice"), choices(9, 9), kind="arrival") == ()
    assert told(an_ask("choice"), choices(9, 9), kind="talk")


def test_a_question_says_what_it_is_and_how_not_to_read_it() -> None:
    """Its ask, its kind, all its answers and its groups by id; the compass and change a caution."""
    (scale,) = told(an_ask("scale", low="low", high="high"), [item(n, value=3) for n in range(9)])
    assert (scale.ask, scale.kind, scale.told, scale.option) == ("q", "scale", "most", "3")
    assert scale.choices == ("1 (low)", "2", "3", "4", "5 (high)")
    (choice,) = told(an_ask("choice"), choices(2, 9, 13))
    assert [group.options for group in choice.groups] == [("none", "two-hours"), ("full-day",)]
    then, now = told(an_ask("then-now"), [item(n, then=1, now=5) for n in range(9)])
    assert (then.kind, now.kind, then.ask, now.ask) == ("then", "now", "q", "q")
    assert "proves nothing" in then.caution
    (compass,) = told(an_ask("compass"), hands(7, 5, 6, 6), seats=12)
    assert "not a measure" in compass.caution


def test_a_sheet_that_was_not_opened_is_not_told() -> None:
    """As long as the box is shut there is nothing to tell."""
    ask = an_ask("choice")
    answers = Answers(id=f"{1:032x}", ask="q", kind="choice", seats=9, opened=False)
    step = Step(
        id="s",
        title="S",
        kind="closing",
        phase="close",
        format="anonymous",
        duration=FixedDuration(minutes=3),
        asks=(ask,),
    )
    plan = Plan(
        id="p",
        title="P",
        revision=1,
        language="en",
        source="Ours.",
        license="MIT",
        purpose="P.",
        minutes=5,
        steps=(step,),
    )
    assert questions(plan, PROTOCOL, (answers,), 5) == ()


def hands(*counts: int) -> list[AnswerItem]:
    """Return a compass that was counted aloud: each raised hand is one answer."""
    raised = [point for point, count in zip(POINTS, counts, strict=True) for _ in range(count)]
    return [item(number, points=(point,)) for number, point in enumerate(raised)]


def test_hands_on_the_compass_are_not_added_up_to_people() -> None:
    """Twelve people who raise 24 hands are never told as 24, nor each place with its figure."""
    (question,) = told(an_ask("compass"), hands(7, 5, 6, 6), seats=12)
    assert (question.answered, question.groups) == (None, ())
    assert question.in_words == (
        "Several could be named. By at least 5: Feeling, Thinking, Believing, Acting."
    )


def test_one_place_each_is_not_added_up_either() -> None:
    """How many answered is never told of a compass: nobody can see if a hand is a person."""
    items = [item(n, points=(POINTS[n % 4],)) for n in range(24)]
    items += [item(100 + n, points=()) for n in range(6)]
    (question,) = told(an_ask("compass"), items)
    assert question.answered is None
    assert [group.count for group in question.groups] == [6, 6, 6, 6, 6]


@pytest.mark.parametrize(("unsure", "groups"), [(0, 4), (1, 4), (2, 0), (4, 0), (5, 5)])
def test_the_unsure_are_told_only_when_there_are_enough(unsure: int, groups: int) -> None:
    """Four who were not sure leave no trace: no place for them, and no figures that lack them."""
    items = [item(n, points=(POINTS[n % 4],)) for n in range(23)]
    items += [item(99, points=POINTS[2:])]
    items += [item(100 + n, points=()) for n in range(unsure)]
    (question,) = told(an_ask("compass"), items)
    assert len(question.groups) == groups
    assert ("Not sure" in question.in_words) is (groups > 4)


def test_several_places_are_told_without_how_many_people() -> None:
    """Each place that was named often enough, and not by all but a few, has its figure."""
    items = [
        item(n, points=tuple(p for k, p in enumerate(POINTS) if n % 4 != k)) for n in range(24)
    ]
    (question,) = told(an_ask("compass"), items)
    assert question.answered is None
    assert [group.count for group in question.groups] == [18, 18, 18, 18]


def test_one_place_named_by_few_leaves_words_only() -> None:
    """No figure is told then, or the missing one could be worked out from the rest."""
    items = [item(n, points=POINTS[:2]) for n in range(10)]
    items += [item(100 + n, points=(POINTS[2],)) for n in range(4)]
    (question,) = told(an_ask("compass"), items)
    assert question.groups == ()
    assert question.in_words == (
        "Several could be named. By at least 5: Feeling, Thinking. "
        "By fewer, or by nobody: Believing, Acting."
    )


def test_few_who_name_several_places_tell_nothing() -> None:
    """Four people's compass stays theirs."""
    (question,) = told(an_ask("compass"), [item(n, points=POINTS) for n in range(4)])
    assert question.groups == ()
    assert "nothing is told" in question.in_words


@given(
    st.lists(st.integers(0, 15), min_size=3, max_size=3),
    st.integers(5, 12),
)
def test_no_figure_is_small_and_none_is_left_to_subtract(counts: list[int], threshold: int) -> None:
    """Every figure is at least the threshold; figures that are told add up to all."""
    (question,) = told(an_ask("choice"), choices(*counts), threshold)  # promise 17
    figures = [group.count for group in question.groups]
    assert all(figure >= threshold for figure in figures)
    assert not figures or sum(figures) == question.answered == sum(counts)
    assert question.answered is None or question.answered >= threshold
    spoken = [int(figure) for figure in re.findall("[0-9]+", question.in_words)]
    assert all(figure >= threshold for figure in spoken)


@given(
    st.lists(
        st.sets(st.sampled_from(POINTS)).map(lambda chosen: tuple(sorted(chosen))), max_size=40
    ),
    st.integers(5, 9),
)
def test_compass_figures_hide_those_who_did_and_those_who_did_not(
    given_points: list[tuple[str, ...]], threshold: int
) -> None:
    """A told figure leaves at least the threshold on both of its sides."""  # promise 17
    items = [item(number, points=points) for number, points in enumerate(given_points)]
    (question,) = told(an_ask("compass"), items, threshold)
    figures = [group.count for group in question.groups]
    assert all(figure >= threshold for figure in figures)
    assert question.answered is None
    assert all(len(items) - figure >= threshold for figure in figures)
    unsure = sum(not points for points in given_points)
    assert len(figures) in (0, len(POINTS) + (threshold <= unsure <= len(items) - threshold))


@given(st.permutations([0, 1, 2]), st.lists(st.integers(0, 9), min_size=3, max_size=3))
def test_the_order_in_which_answers_lie_changes_nothing(
    order: list[int], counts: list[int]
) -> None:
    """What is told depends on how many gave an answer, never on where it stands."""
    items = choices(*counts)
    parts = [list(part) for _, part in itertools.groupby(items, key=lambda one: one.choice)]
    shuffled = [one for place in order if place < len(parts) for one in reversed(parts[place])]
    assert told(an_ask("choice"), shuffled) == told(an_ask("choice"), items)
