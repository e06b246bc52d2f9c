"""Attacks on what is kept of anonymous answers, and on builds with a leak planted in them.

Each attacker gets more than anybody would have: the key of the ask, every file, the list of all
tokens in the order in which they were handed out. What it must not find is who wrote what, or in
which order. An attack that finds nothing in a build that does leak would prove nothing, so every
one of them is also run on such a build.
"""

from __future__ import annotations

import itertools
import random
import secrets
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from agreements.plan import Ask
from sessions.ballots import Box
from sessions.envelopes import (
    ENVELOPE_BYTES,
    Unsealed,
    mark_of,
    new_token,
    seal,
    unseal,
)
from sessions.facts import AnswerItem, Answers
from sessions.payloads import Words, encode
from sessions.tallies import new_id
from sessions.unsealing import answers_of
from tests.attack.odds import orders

ASK = Ask(id="what-stays", kind="words", text="What stays with you?")
KEY = b"k" * 32
WRITERS, FEWEST, CELLS = 60, 30, 128


@dataclass(frozen=True)
class Chance:
    """Where a build takes its chance from."""

    below: Callable[[int], int]
    token_bytes: Callable[[int], bytes]
    new_id: Callable[[], str]
    tries: int = 1
    """True chance looks like a leak once in some hundred times, and then may try once more."""


def fixed(seed: int) -> Chance:
    """Return chance that is the same each time."""
    drawn = random.Random(seed)
    return Chance(drawn.randrange, drawn.randbytes, lambda: drawn.randbytes(16).hex())


SYSTEM = Chance(secrets.randbelow, secrets.token_bytes, new_id, tries=2)

chances = pytest.mark.parametrize(
    "chance", [fixed(2), pytest.param(SYSTEM, marks=pytest.mark.slow)], ids=["fixed", "system"]
)


def texts(number: int) -> list[str]:
    """Return what so many people write, by their order of arrival."""
    return [f"answer {place}" for place in range(number)]


def place_of(text: str) -> int:
    """Return when an answer arrived."""
    return int(text.rsplit(" ", 1)[1])


def envelope(text: str, chance: Chance) -> bytes:
    """Return an answer under a mark of its own."""
    answer = encode(Words(text=text))
    return seal(KEY, chance.token_bytes(16), answer, chance.token_bytes(24))


def found_in(image: bytes) -> list[int]:
    """Return the arrivals in a copy of a box, in the order of the file, for one with the key."""
    cells = (image[at : at + ENVELOPE_BYTES] for at in range(0, len(image), ENVELOPE_BYTES))
    opened = (unseal(KEY, cell) for cell in cells)
    return [place_of(Words.model_validate_json(one.answer).text) for one in opened if one]


def copied_boxes(folder: Path, chance: Chance, below: Callable[[int], int]) -> list[list[int]]:
    """Return what copies of 200 boxes tell, each taken at a random instant after half."""
    copies: list[list[int]] = []
    for run in range(200):
        box = Box.create(folder / f"{run}.box", CELLS, below=below)
        arrived = FEWEST + chance.below(WRITERS - FEWEST + 1)
        box.put_many(envelope(text, chance) for text in texts(arrived))
        copies.append(found_in(box.path.read_bytes()))
        assert len(copies[-1]) == arrived
        box.wipe()
    return copies


@chances
def test_a_copy_of_the_box_tells_no_order(
    tmp_path: Path, chance: Chance, figure: Callable[[str], None]
) -> None:
    """At whatever instant the box is copied, where envelopes lie says nothing of when they came."""
    # promise 2
    for tries_left in reversed(range(chance.tries)):
        found = orders(copied_boxes(tmp_path, chance, chance.below))
        figure(f"promise 2, copies of the box: {found}")
        if not found.follow_arrival:
            break
        assert tries_left


def test_cells_filled_one_after_the_other_are_seen_through(tmp_path: Path) -> None:
    """The same attack finds the order in a build that takes the next free cell."""
    # promise 2
    assert orders(copied_boxes(tmp_path, fixed(2), lambda most: most - 1)).follow_arrival


def test_a_box_that_grows_is_seen_through(tmp_path: Path) -> None:
    """The same attack finds a build that draws its cells, but from few at first and more later."""
    # promise 2
    chance = fixed(2)
    growing = copied_boxes(
        tmp_path, chance, lambda most: chance.below(min(most, 32 + CELLS - most))
    )
    assert orders(growing).follow_arrival


def records(chance: Chance, new_id: Callable[[], str]) -> list[Answers]:
    """Return the answers of 200 sheets in the record, found in the order of arrival."""
    made = []
    for _ in range(200):
        found = [
            Unsealed(chance.token_bytes(16), encode(Words(text=text))) for text in texts(WRITERS)
        ]
        made.append(opened(found, chance, new_id))
    return made


def opened(found: Iterable[Unsealed], chance: Chance, new_id: Callable[[], str]) -> Answers:
    """Open a sheet into the record."""
    return answers_of(
        ASK,
        found,
        seats=WRITERS,
        threshold=5,
        below=chance.below,
        new_id=new_id,
        hide=lambda text, _id: text,
    )


def arrivals(answers: Answers) -> list[int]:
    """Return the arrivals in the order of the record."""
    return [place_of(item.text or "") for item in answers.items]


@chances
def test_the_record_tells_no_order(chance: Chance, figure: Callable[[str], None]) -> None:
    """Where an answer stands in the record says nothing of when it came."""
    # promise 2
    for tries_left in reversed(range(chance.tries)):
        found = orders(map(arrivals, records(chance, chance.new_id)))
        figure(f"promise 2, the record: {found}")
        if not found.follow_arrival:
            break
        assert tries_left


def test_mixing_alone_hides_the_order() -> None:
    """Even should the ids be drawn in turn, the answers were mixed before."""
    # promise 2
    chance, count = fixed(2), itertools.count()
    assert not orders(map(arrivals, records(chance, lambda: f"{next(count):032x}"))).follow_arrival


def test_ids_that_count_are_seen_through() -> None:
    """The same attack finds a build that neither mixes nor draws its ids."""
    # promise 2
    count = itertools.count()
    unmixed = Chance(lambda most: most - 1, fixed(2).token_bytes, lambda: f"{next(count):032x}")
    assert orders(map(arrivals, records(unmixed, unmixed.new_id))).follow_arrival


def test_the_same_answers_in_two_orders_make_the_same_record(tmp_path: Path) -> None:
    """With the same chance, the record is the same to the byte, whoever came first."""
    # promise 2
    made = []
    for number, order in enumerate((texts(WRITERS), texts(WRITERS)[::-1])):
        box = Box.create(tmp_path / f"{number}.box", CELLS)
        box.put_many(envelope(text, SYSTEM) for text in order)
        chance = fixed(2)
        made.append(opened(box.open_all(KEY).values(), chance, chance.new_id).model_dump_json())
        box.wipe()
    assert made[0] == made[1]


SESSIONS, SEATS = 200, 12
PERMUTATIONS = 1200

Matrix = list[list[int]]
"""How well each seat goes with each place in the record."""

Linked = Callable[[Sequence[str], Answers], Answers]
"""What a build makes of answers, given the tokens of their writers in their order."""


def alike(token: str, item_id: str) -> int:
    """Return in how many bits the random half of a token and an id are the same."""
    return 128 - (int(token[:32], 16) ^ int(item_id, 16)).bit_count()


def near(seat: int, place: int) -> int:
    """Return how near a seat in the list of cards is to a place in the record."""
    return -abs(seat - place)


def by_chance(alike_in: Sequence[Matrix], near_in: Sequence[Matrix]) -> list[tuple[int, int]]:
    """Return how well seats and answers go together when an attacker guesses, by both measures."""
    drawn, guesses = random.Random(8), []
    places = list(range(SEATS))
    for _ in range(PERMUTATIONS):
        bits = nearness = 0
        for one, other in zip(alike_in, near_in, strict=True):
            drawn.shuffle(places)
            bits += sum(row[place] for row, place in zip(one, places, strict=True))
            nearness += sum(row[place] for row, place in zip(other, places, strict=True))
        guesses.append((bits, nearness))
    return guesses


def linked(chance: Chance, build: Linked) -> bool:
    """Say whether an attacker with all files and the list of tokens tells whose answer is whose.

    A permutation test: seats and answers as they really belong together must not go together
    better than all but one in a thousand guesses.
    """
    alike_in, near_in, right = list[Matrix](), list[Matrix](), [0, 0]
    for _ in range(SESSIONS):
        tokens = [new_token(KEY, chance.token_bytes(16)) for _ in range(SEATS)]
        found = [
            Unsealed(mark_of(KEY, token) or b"", encode(Words(text=text)))
            for token, text in zip(tokens, texts(SEATS), strict=True)
        ]
        items = build(tokens, opened(found, chance, chance.new_id)).items
        alike_in.append([[alike(token, item.id) for item in items] for token in tokens])
        near_in.append([[near(seat, place) for place in range(SEATS)] for seat in range(SEATS)])
        for place, item in enumerate(items):
            seat = place_of(item.text or "")
            right[0] += alike_in[-1][seat][place]
            right[1] += near_in[-1][seat][place]
    guesses = by_chance(alike_in, near_in)
    as_good = [sum(guess[by] >= right[by] for guess in guesses) for by in (0, 1)]
    return min((count + 1) / (PERMUTATIONS + 1) for count in as_good) <= 0.001


def as_built(tokens: Sequence[str], answers: Answers) -> Answers:
    """Leave the answers as this build makes them."""
    return answers


def id_from_token(tokens: Sequence[str], answers: Answers) -> Answers:
    """Plant a leak: one bit in eight of each id is taken from the token."""
    mask = int("80" * 16, 16)
    leaked = []
    for item in answers.items:
        token = int(tokens[place_of(item.text or "")][:32], 16)
        mixed = (int(item.id, 16) & ~mask) | (token & mask)
        leaked.append(item.model_copy(update={"id": f"{mixed:032x}"}))
    return answers.model_copy(update={"items": tuple(leaked)})


def half_in_order(tokens: Sequence[str], answers: Answers) -> Answers:
    """Plant a leak: the first half of the answers stands before the second."""
    items = sorted(answers.items, key=lambda item: place_of(item.text or "") >= SEATS // 2)
    return answers.model_copy(update={"items": tuple(items)})


@chances
def test_a_token_and_an_answer_cannot_be_linked(chance: Chance) -> None:
    """With every file and all tokens in their order an attacker does no better than chance."""
    # promise 8
    assert not all(linked(chance, as_built) for _ in range(chance.tries))


@pytest.mark.parametrize("build", [id_from_token, half_in_order])
def test_a_link_between_token_and_answer_is_found(build: Linked) -> None:
    """The same attack finds ids that depend on tokens, and an order that depends on seats."""
    # promise 8
    assert linked(fixed(2), build)


def test_there_is_nowhere_to_put_a_link() -> None:
    """An answer has an id, what was answered, a level, a status, and what was made of its words."""
    # promise 8
    answer = {"text", "points", "choice", "value", "then", "now"}
    made_of_it = {"translation", "codes"}
    assert {*AnswerItem.model_fields} == answer | {"id", "level", "status"} | made_of_it
    assert {*Answers.model_fields} == {"id", "ask", "kind", "seats", "opened", "items"}


def test_no_file_holds_a_token(tmp_path: Path) -> None:
    """Neither a token nor its random half is in the box or in the record, in any spelling."""
    # promise 8
    tokens = [new_token(KEY, secrets.token_bytes(16)) for _ in range(SEATS)]
    box = Box.create(tmp_path / "ballots.box", CELLS)
    marks = [bytes.fromhex(token)[:16] for token in tokens]
    for mark, text in zip(marks, texts(SEATS), strict=True):
        box.put(seal(KEY, mark, encode(Words(text=text)), secrets.token_bytes(24)))
    record = opened(box.open_all(KEY).values(), SYSTEM, new_id).model_dump_json().encode()
    held = record + box.path.read_bytes()
    box.wipe()
    assert not any(form in held for mark in marks for form in (mark, mark.hex().encode()))
