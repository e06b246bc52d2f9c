"""Who may write: every open page, or whoever shows a card; counted in memory and nowhere else.

Touches: memory that dies with the program; the system's random source, for the names of pages.

With seat cards a seat is a card that was shown of late, on however many pages, so that nobody
opens a sheet alone with five of them. Which page showed which card is not remembered, and neither
is which card has written: the mark of a card follows from the key of an ask (`card_mark`), and the
box drops doubles by marks.

Guessing is slow for everybody together, because nothing is known by which one guesser could be
told from the others: wrong codes draw on one bucket, and while it is empty no code is looked at.
"""

from __future__ import annotations

import secrets
from collections import OrderedDict
from collections.abc import Callable
from typing import Final, Literal

from sessions.cards import CardBatch
from sessions.codes import BITS, code_hash, code_read

SEAT_SECONDS = 20.0
"""A page that has been silent for so long is no seat any more."""

MOST_SEATS = 2000
"""More pages than this are not counted; a room is smaller."""

WRONG_AT_ONCE: Final = 40
"""So many wrong codes are looked at one after the other; a room that types is no guesser."""

WRONG_A_SECOND: Final = 20.0
"""So many more are looked at each second after that."""

Admission = Literal["open", "needed", "wrong", "wait"]
"""Whether a page may write. `needed`: a code is. `wrong`: the code is on no card. `wait`: too many
wrong codes came of late, and this one was not looked at; try again."""


def new_seat() -> str:
    """Return a random name for a page, which lives in memory alone."""
    return secrets.token_hex(16)


class Guesses:
    """The wrong codes of the whole room, as a bucket that fills up again with time."""

    def __init__(self, now: Callable[[], float]) -> None:
        """Begin with a full bucket."""
        self._now = now
        self._left = float(WRONG_AT_ONCE)
        self._filled_at = now()

    def may_look(self) -> bool:
        """Say whether one more code may be looked at."""
        now = self._now()
        more = (now - self._filled_at) * WRONG_A_SECOND
        self._left, self._filled_at = min(self._left + more, float(WRONG_AT_ONCE)), now
        return self._left >= 1

    def draw(self) -> None:
        """Count a wrong code."""
        self._left -= 1


def expected_hits(cards: int, seconds: float) -> float:
    """Return how many codes somebody finds who does nothing but guess for so long."""
    return (WRONG_AT_ONCE + WRONG_A_SECOND * seconds) * cards / (1 << BITS)


class Seats:
    """The seats of one session."""

    def __init__(self, now: Callable[[], float], cards: CardBatch | None = None) -> None:
        """Count from nothing.

        Args:
            now: The clock.
            cards: The cards of the session; without them every page is a seat.
        """
        self._now = now
        self._cards = cards
        self._hashes = frozenset(() if cards is None else map(bytes.fromhex, cards.hashes))
        self._guesses = Guesses(now)
        # The longest silent first: every beat asks for the count, in a room of hundreds.
        self._seen: OrderedDict[str | bytes, float] = OrderedDict()

    @property
    def by_cards(self) -> bool:
        """Whether a card is needed to write."""
        return self._cards is not None

    @property
    def are_lost(self) -> bool:
        """Whether cards are needed, and this computer knows none any more."""
        return self.by_cards and not self._hashes

    def is_here(self, seat: str, code: str = "") -> Admission:
        """Note that a page has just been heard, and say whether it may write.

        Args:
            seat: The page's random id.
            code: What its owner typed for a code.
        """
        if not self.by_cards:
            self._note(seat)
            return "open"
        if not code.strip():
            return "needed"
        if not self._guesses.may_look():
            return "wait"
        card = self.card(code)
        if card is None:
            self._guesses.draw()
            return "wrong"
        self._note(card)
        return "open"

    def card(self, code: str) -> bytes | None:
        """Return the hash of the card a code stands on; ask `is_here` first, which counts."""
        read = code_read(code)
        if self._cards is None or read is None:
            return None
        card = code_hash(self._cards.key, read)
        return card if card in self._hashes else None

    def count(self) -> int:
        """Return how many have been heard of late, and forget the others."""
        oldest = self._now() - SEAT_SECONDS
        while self._seen and next(iter(self._seen.values())) < oldest:
            self._seen.popitem(last=False)
        return len(self._seen)

    def _note(self, seat: str | bytes) -> None:
        if seat in self._seen or len(self._seen) < MOST_SEATS:
            self._seen[seat] = self._now()
            self._seen.move_to_end(seat)
