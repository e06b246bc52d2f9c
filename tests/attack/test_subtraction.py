"""Attacks by subtraction: what a Summary does not tell cannot be worked out of what it does."""

from __future__ import annotations

import itertools
import random
import re
from collections.abc import Callable, Iterable, Iterator, Sequence

import pytest

from agreements.model import Protocol
from agreements.plan import Plan
from sessions import disclosure, questions, summarise
from sessions.disclosure import FLOOR, Band, Telling
from sessions.facts import Answers
from sessions.summary import NamedCount, Summary, SummaryQuestion
from tests.attack.rooms import COMPASS, Key, Room, random_room, record_of
from tests.attack.subtraction import (
    Table,
    World,
    can_be_named,
    can_be_raised,
    every,
    explored,
    one_each,
    parts_of,
    present,
    raised,
    several,
)

ROOMS = 100
PARTS, ROOMS_A_PART = 10, 1000
LEAST = 5
"""The attacker's own, whatever the program takes for its floor."""

Figure = Callable[[str], None]


def told_of(summary: Summary, key: Key) -> SummaryQuestion:
    """Return what a Summary says of a question."""
    ask, moment = key
    return next(
        one for one in summary.questions if one.ask == ask and (not moment or one.kind == moment)
    )


def is_published(question: SummaryQuestion, table: Table) -> bool:
    """Say whether a Summary holds what the attacker takes the rules to publish."""
    rules = table.publish(table.start)
    figures, others = ([group.count for group in one.groups] for one in (question, rules))
    return (question.answered, question.told, figures) == (rules.answered, rules.told, others)


def attacked(room: Room) -> Iterator[str]:
    """Yield each thing that is known of a room and should not be."""
    record = record_of(room)
    summary = summarise.summarise(record)
    others: list[dict[Key, World]] = [{}, {}]
    for key, table in room.tables():
        question = told_of(summary, key)
        assert is_published(question, table)
        yield from small_figures(question, sum(table.start), room)
        if (room.writers if key == COMPASS else sum(table.start)) < FLOOR:
            # So few are never read, and the sentence is the same for all of them.
            continue
        known = explored(table)
        for cell in known.narrow(table.hidden):
            ends = known.least[cell][cell], known.most[cell][cell]
            yield f"{question.in_words} cell {cell} of {table.start} is in {ends}"
        for other, ends_of in zip(others, (known.least, known.most), strict=True):
            other[key] = ends_of[0]
    for other in others:
        # A room that answered each question otherwise, all at once, and reads the same.
        if summarise.summarise(record_of(room.otherwise(other))) != summary:
            yield f"the Summary of {room.counts} tells it from that of {other}"
    yield from known_of_the_silent(room, summary)


def small_figures(question: SummaryQuestion, answered: int, room: Room) -> Iterator[str]:
    """Yield figures below five, and figures that leave fewer than five to all the others."""
    people = room.writers if question.kind == "compass" else answered
    for group in question.groups:
        if group.count < LEAST or people - group.count < LEAST:
            yield f"too small: {question.in_words} {group.count} of {people}"
    for figure in re.findall(r"\b\d+ answered|\bOf \d+", question.in_words):
        if int(re.sub(r"\D", "", figure)) < LEAST:
            yield question.in_words


def known_of_the_silent(room: Room, summary: Summary) -> Iterator[str]:
    """Yield how many are known not to have answered, of a band of people who were there."""
    answered = [one.answered for one in summary.questions if one.answered is not None]
    if not answered:
        return
    known = explored(present(room.heads, answered))
    if known.narrow((0,)):
        yield f"{summary.heads} were there and {max(answered)} answered"
    for heads in (known.least[0][0], known.most[0][0]):
        other = Room(heads, room.threshold, room.counts, room.writers)
        if summarise.summarise(record_of(other)) != summary:
            yield f"{heads} people read otherwise than {room.heads}"


def test_what_is_not_told_stays_open(figure: Figure) -> None:
    """In random sessions no hidden number can be bounded to a range narrower than three."""
    # promise 17
    found = [*findings(ROOMS)]
    figure(f"promise 17, {ROOMS} sessions: {len(found)} known too well (limit 0)")
    assert found == []


@pytest.mark.slow
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("part", range(PARTS))
def test_what_is_not_told_stays_open_in_full(part: int, figure: Figure) -> None:
    """Nor in ten thousand, a thousand at a time."""
    # promise 17
    found = [*findings(ROOMS_A_PART, f"part {part}")]
    figure(f"promise 17, part {part}, {ROOMS_A_PART} sessions: {len(found)} known (limit 0)")
    assert found == []


def findings(rooms: int, seed: str = "subtraction") -> Iterator[str]:
    """Yield all that attacks on random rooms find."""
    chance = random.Random(seed)
    for _ in range(rooms):
        yield from attacked(random_room(chance))


SMALL = [
    *itertools.product((2, 3), range(FLOOR, 31), (5, 6, 8)),
    *itertools.product((4, 5), range(FLOOR, 14), (5, 6)),
]
"""Rooms in which all worlds can be gone through: options, people, threshold."""


@pytest.mark.parametrize("ordered", [True, False])
def test_no_small_room_is_known_whatever_it_answered(*, ordered: bool) -> None:
    """Over all ways to answer, every sentence leaves every number it hides open."""
    # promise 17
    for options, people, threshold in SMALL:
        if people >= threshold:
            assert not list(known_exactly(options, people, threshold, ordered=ordered))


def known_exactly(
    options: int, people: int, threshold: int, *, ordered: bool = True
) -> Iterator[str]:
    """Yield each published text that bounds a hidden number too narrowly, with all worlds seen."""
    publish = one_each((people, *[0] * (options - 1)), threshold, ordered=ordered).publish
    for known in every(parts_of(people, options), publish).values():
        table = one_each(known.least[0], threshold, ordered=ordered)
        if known.narrow(table.hidden):
            yield publish(known.least[0]).in_words


@pytest.mark.parametrize("threshold", [5, 6])
def test_no_small_compass_is_known(threshold: int) -> None:
    """Neither in writing nor by hands, whoever was unsure."""
    # promise 17
    for people, more in itertools.product(range(threshold, 13), (0, 1, 4)):
        table = several((1, 1), 0, people, people + more, threshold)
        worlds = (w for w in worlds_of(people, 3) if can_be_named(w, people))
        for known in every(worlds, table.publish).values():
            *named, unsure = known.least[0]
            hidden = several(tuple(named), unsure, people, people + more, threshold).hidden
            assert not known.narrow(hidden)


@pytest.mark.parametrize("threshold", [5, 6])
def test_no_small_show_of_hands_is_known(threshold: int) -> None:
    """How many hands stayed down is not known in the room, and not worked out either."""
    # promise 17
    for heads in range(threshold, 15):
        table = raised((1, 1), 0, heads, threshold)
        worlds = (w for w in worlds_of(heads, 3) if can_be_raised(w, heads))
        for known in every(worlds, table.publish).values():
            *named, unsure = known.least[0]
            assert not known.narrow(raised(tuple(named), unsure, heads, threshold).hidden)


def worlds_of(most: int, cells: int) -> Iterator[World]:
    """Yield every world with numbers up to one."""
    return itertools.product(range(most + 1), repeat=cells)


def test_people_who_did_not_answer_are_not_counted_by_a_band() -> None:
    """However many were there and answered, the band leaves open how many did not."""
    # promise 17
    for heads in range(FLOOR, 130):
        for silent in range(8):
            answered = max(FLOOR, heads - silent)
            assert not explored(present(heads, [answered, FLOOR])).narrow((0,))


def test_the_walk_finds_what_is_there() -> None:
    """Where all worlds can be gone through, the walk calls the same numbers known."""
    for people in range(FLOOR, 16):
        publish = one_each((people, 0, 0), FLOOR).publish
        exact = every(parts_of(people, 3), publish)
        for world in parts_of(people, 3):
            table = one_each(world, FLOOR)
            wanted = exact[repr(publish(world))].narrow(table.hidden)
            assert explored(table).narrow(table.hidden) == wanted


def without_a_neighbour(
    labels: Sequence[str], counts: Sequence[int], threshold: int, **_more: object
) -> tuple[NamedCount, ...]:
    """Tell each answer that enough gave, leave out the others, and merge nothing."""
    return tuple(
        NamedCount(label=label, count=count, options=(label,))
        for label, count in zip(labels, counts, strict=True)
        if count >= threshold
    )


def test_figures_without_their_complement_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """In a build that only leaves small figures out, a single one left out is known exactly."""
    # promise 17
    monkeypatch.setattr(questions, "merged", without_a_neighbour)
    assert any(findings(ROOMS))
    assert list(known_exactly(3, 20, FLOOR))


def test_a_lower_threshold_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """In a build whose threshold is four, figures of four are in the Summary."""
    # promise 17
    plain = summarise.questions

    def of_four(
        plan: Plan, protocol: Protocol, answers: Iterable[Answers], _threshold: int
    ) -> tuple[SummaryQuestion, ...]:
        return plain(plan, protocol, answers, 4)

    monkeypatch.setattr(summarise, "questions", of_four)
    for module in (disclosure, questions):
        monkeypatch.setattr(module, "FLOOR", 4)
    chance = random.Random("four")
    rooms = (random_room(chance) for _ in range(ROOMS))
    lower = (Room(one.heads, 4, one.counts, one.writers) for one in rooms)
    assert any(found.startswith("too small") for one in lower for found in attacked(one))


def test_an_exact_figure_beside_a_band_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """In a build whose bands know nothing of how many answered, the silent are counted."""
    # promise 17
    plain = disclosure.band_beside

    def beside_nothing(count: int, answered: Sequence[int]) -> Band:
        return plain(max(count, *answered, 0), ())

    for module in (disclosure, summarise):
        monkeypatch.setattr(module, "band_beside", beside_nothing)
    assert explored(present(9, [7])).narrow((0,))
    assert any(found.endswith("answered") for found in findings(ROOMS))


def test_words_that_count_dissent_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """In a build that says `all` where nobody dissents, unanimity is known of everybody."""
    # promise 17
    plain = questions.in_words

    def all_of_them(labels: Sequence[str], counts: Sequence[int], *more: int, **how: bool) -> str:
        unanimous = max(counts, default=0) == sum(counts)
        return "All chose the same." if unanimous else plain(labels, counts, *more, **how)

    monkeypatch.setattr(questions, "in_words", all_of_them)
    assert list(known_exactly(3, 20, FLOOR)) == ["All chose the same."] * 3


def test_words_for_too_few_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """In a build that says `most` of five people, nearly all five are known."""
    # promise 17

    def most(counts: Sequence[int], *_more: int, ordered: bool = True) -> Telling:
        del ordered
        return Telling("most", max(range(len(counts)), key=counts.__getitem__))

    monkeypatch.setattr(disclosure, "telling", most)
    assert list(known_exactly(2, 5, FLOOR))


def test_a_tie_told_apart_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """In a build that says `too thinly` of what is left over, four and four are known."""
    # promise 17
    plain = disclosure.telling

    def spread(counts: Sequence[int], threshold: int = FLOOR, *, ordered: bool = True) -> Telling:
        tied = 2 * max(counts) == sum(counts)
        return Telling("nothing") if tied else plain(counts, threshold, ordered=ordered)

    monkeypatch.setattr(disclosure, "telling", spread)
    assert list(known_exactly(2, 8, FLOOR))
