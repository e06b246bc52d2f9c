"""Seats: pages or cards, counted as long as they are heard; and guesses, which wait in one line."""

from __future__ import annotations

import pytest

from sessions.cards import MOST_CARDS, CardBatch, draw
from sessions.codes import BITS, code_of, code_shown
from sessions.disclosure import FLOOR
from sessions.seating import (
    MOST_SEATS,
    SEAT_SECONDS,
    WRONG_A_SECOND,
    WRONG_AT_ONCE,
    Guesses,
    Seats,
    expected_hits,
    new_seat,
    wrong_a_second,
)
from tests.plugin_sessions import FakeClock

HOUR = 3600
LIVE_CARDS = 60


@pytest.fixture
def clock(fake_clock: FakeClock) -> FakeClock:
    """Return a clock that a test moves."""
    return fake_clock


@pytest.fixture
def drawn() -> tuple[CardBatch, tuple[str, ...]]:
    """Return a batch of cards and its codes."""
    return draw(6)


Drawn = tuple[CardBatch, tuple[str, ...]]


def seats_of(clock: FakeClock, batch: CardBatch | None = None) -> Seats:
    """Return the seats of a session on this clock."""
    return Seats(lambda: clock.boot, batch)


def another(codes: tuple[str, ...]) -> str:
    """Return a code that is on no card."""
    return next(code for number in range(10) if (code := code_of(number)) not in codes)


def test_every_page_is_a_seat_without_cards(clock: FakeClock) -> None:
    """A page counts while it is heard, whatever it says for a code."""
    seats = seats_of(clock)
    assert {seats.is_here("a"), seats.is_here("b", "XXXX-XXXX")} == {"open"}
    clock.tick(SEAT_SECONDS)
    seats.is_here("b")
    assert seats.count() == 2
    clock.tick(1)
    assert seats.count() == 1


def test_no_more_pages_are_counted_than_a_room_can_hold(clock: FakeClock) -> None:
    """Somebody who opens pages without end fills no memory."""
    seats = seats_of(clock)
    for number in range(MOST_SEATS + 5):
        seats.is_here(str(number))
    assert seats.count() == MOST_SEATS


def test_five_pages_with_one_card_are_one_seat(clock: FakeClock, drawn: Drawn) -> None:
    """With cards a seat is a card that was shown of late, on however many pages."""
    # promise 9
    batch, codes = drawn
    seats = seats_of(clock, batch)
    for page in "abcde":
        assert seats.is_here(page, codes[0]) == "open"
    assert seats.count() == 1
    for page, code in zip("fghij", codes[1:], strict=True):
        seats.is_here(page, code)
    assert seats.count() == 6
    clock.tick(SEAT_SECONDS + 1)
    assert seats.count() == 0


@pytest.mark.parametrize("page", ["", " ", "\n"])
def test_a_page_without_a_code_is_no_seat(clock: FakeClock, drawn: Drawn, page: str) -> None:
    """It hears that a code is needed, which is no guess."""
    seats = seats_of(clock, drawn[0])
    assert [seats.is_here("a", page) for _ in range(WRONG_AT_ONCE * 2)] == ["needed"] * 80
    assert seats.is_here("a", drawn[1][0]) == "open"


def test_a_code_may_be_typed_as_people_type(clock: FakeClock, drawn: Drawn) -> None:
    """Lower case, a hyphen or none, and letters that look alike are the same card."""
    batch, codes = drawn
    seats = seats_of(clock, batch)
    typed = {codes[0], codes[0].lower(), code_shown(codes[0]).replace("0", "o").replace("1", "I")}
    assert {seats.is_here("a", one) for one in typed} == {"open"}
    assert len({seats.card(one) for one in typed}) == seats.count() == 1


def test_cards_of_another_batch_are_wrong(clock: FakeClock, drawn: Drawn) -> None:
    """A card opens the session whose batch it is of, and no other."""
    seats = seats_of(clock, drawn[0])
    assert seats.is_here("a", draw(5)[1][0]) == "wrong"
    assert seats.card(draw(5)[1][0]) is None
    assert seats_of(clock).card(drawn[1][0]) is None


def test_wrong_codes_empty_one_bucket_for_all(clock: FakeClock, drawn: Drawn) -> None:
    """When it is empty no code is looked at, not even a right one; it fills up with time."""
    # promise 9
    batch, codes = drawn
    seats, wrong = seats_of(clock, batch), another(codes)
    assert {seats.is_here(f"{number}", wrong) for number in range(WRONG_AT_ONCE)} == {"wrong"}
    assert seats.is_here("a", codes[0]) == seats.is_here("b", wrong) == "wait"
    assert seats.count() == 0
    clock.tick(1 / WRONG_A_SECOND)
    assert seats.is_here("a", codes[0]) == "open"
    assert seats.is_here("b", wrong) == "wrong"
    assert seats.is_here("c", codes[0]) == "wait"


def test_right_codes_empty_nothing(clock: FakeClock, drawn: Drawn) -> None:
    """A room that shows its cards with every call is never made to wait."""
    seats = seats_of(clock, drawn[0])
    assert {seats.is_here("a", drawn[1][0]) for _ in range(1000)} == {"open"}


def test_the_bucket_holds_no_more_than_at_first(clock: FakeClock) -> None:
    """However long nobody guesses, no more than the first burst is looked at in a row."""
    guesses = Guesses(lambda: clock.boot, LIVE_CARDS)
    clock.tick(HOUR)
    looked = 0
    while guesses.may_look():
        guesses.draw()
        looked += 1
    assert looked == WRONG_AT_ONCE


@pytest.mark.parametrize("cards", [FLOOR, LIVE_CARDS, 150, 153, MOST_CARDS])
def test_guessing_is_hopeless(clock: FakeClock, cards: int) -> None:
    """In an hour of nothing but guessing fewer than one code in 100,000 hours is found."""
    # promise 9
    guesses, looked = Guesses(lambda: clock.boot, cards), 0
    began = clock.boot
    while clock.boot < began + HOUR:
        while guesses.may_look():
            guesses.draw()
            looked += 1
        clock.tick(0.5)
    # Each guess hits one of the live cards with the same chance, whatever was tried before.
    hits = looked * cards / (1 << BITS)
    assert 0.99 < looked / (wrong_a_second(cards) * HOUR + WRONG_AT_ONCE) <= 1
    assert hits <= expected_hits(cards, HOUR) < 1e-5


@pytest.mark.parametrize("cards", [FLOOR, LIVE_CARDS])
def test_a_room_of_usual_size_waits_for_no_typing_errors(cards: int) -> None:
    """Where there are few cards the bucket fills as fast as it may."""
    assert wrong_a_second(cards) == WRONG_A_SECOND


def test_a_guesser_unseats_nobody(clock: FakeClock, drawn: Drawn) -> None:
    """While no code is looked at, pages that were let in stay, with the card they showed."""
    # promise 9
    batch, codes = drawn
    seats, wrong = seats_of(clock, batch), another(codes)
    for number, code in enumerate(codes[:5]):
        assert seats.is_here(f"{number}", code) == "open"
    assert not seats.are_guessed
    for _ in range(10):
        clock.tick(SEAT_SECONDS / 4)
        while seats.is_here("guesser", wrong) == "wrong":
            pass
        said = {seats.is_here(f"{number}", code) for number, code in enumerate(codes[:5])}
        assert said == {"open"}
        assert seats.count() == 5
    assert seats.are_guessed
    assert seats.is_here("late", codes[5]) == seats.is_here("late", codes[0]) == "wait"
    clock.tick(SEAT_SECONDS + 1)
    assert not seats.are_guessed
    assert seats.count() == 0


def test_a_page_that_was_let_in_guesses_no_faster(clock: FakeClock, drawn: Drawn) -> None:
    """Whoever has a card of their own has no way round the bucket for any other code."""
    # promise 9
    batch, codes = drawn
    seats, wrong = seats_of(clock, batch), another(codes)
    assert seats.is_here("a", codes[0]) == "open"
    while seats.is_here("b", wrong) == "wrong":
        pass
    assert {seats.is_here("a", code) for code in (wrong, *codes[1:])} == {"wait"}
    assert seats.is_here("b", codes[0]) == "wait"
    assert seats.is_here("a", codes[0]) == "open"


def test_memory_leads_from_no_page_to_its_card(clock: FakeClock, drawn: Drawn) -> None:
    """What is remembered of both is a hash that stands for neither, and no longer than a seat."""
    # promise 8
    batch, codes = drawn
    seats, page = seats_of(clock, batch), new_seat()
    seats.is_here(page, codes[0])
    held = repr(vars(seats)["_let_in"])
    card = seats.card(codes[0])
    assert card is not None
    assert not any(one in held for one in (page, codes[0], repr(card), card.hex()))
    assert repr(page) not in repr(vars(seats))
    clock.tick(SEAT_SECONDS + 1)
    seats.count()
    assert not vars(seats)["_let_in"]


def test_pages_that_fell_silent_keep_no_real_phone_out(clock: FakeClock) -> None:
    """A script that once filled the room with made-up pages is forgotten when somebody comes."""
    seats = seats_of(clock)
    for _ in range(MOST_SEATS):
        seats.is_here(new_seat())
    clock.tick(SEAT_SECONDS + 1)
    seats.is_here("a phone")
    assert "a phone" in vars(seats)["_seen"]
    assert seats.count() == 1


def test_lost_cards_let_nobody_write(clock: FakeClock) -> None:
    """A session whose cards are gone does not open its door to everybody."""
    seats = seats_of(clock, CardBatch(session="", secret="0" * 64, hashes=()))
    assert seats.are_lost
    assert seats.is_here("a", "0000-0000") == "wrong"
    assert not seats_of(clock).are_lost
