"""Who may write: every open page, or whoever shows a card; counted in memory and nowhere else.

Touches: memory that dies with the program; the system's random source, for the names
of pages and for a key.

With seat cards a seat is a card that was shown of late, on however many pages, so that nobody
opens a sheet alone with five of them. Which card has written is not remembered: the mark of a card
follows from the key of an ask (`card_mark`), and the box drops doubles by marks.

Guessing is slow for everybody together, because nothing is known by which one guesser could be
told from the others: wrong codes draw on one bucket, and while it is empty no code is looked at.
The more cards there are the slower it fills, so that a guess at many finds no more than at few.
Those who were let in before stay: of a page and its card together a keyed hash is remembered for
as long as the page is heard. It leads from neither to the other; it and its key die with the
program.
"""

from __future__ import annotations

import math
import secrets
from collections import OrderedDict
from collections.abc import Callable
from hashlib import blake2b
from typing import Final, Literal, TypeVar

from sessions.cards import CardBatch
from sessions.codes import BITS, code_hash, code_read
from sessions.envelopes import KEY_BYTES

SEAT_SECONDS = 20.0
"""A page that has been silent for so long is no seat any more."""

MOST_SEATS = 2000
"""More pages than this are not counted; a room is smaller."""

WRONG_AT_ONCE: Final = 40
"""So many wrong codes are looked at one after the other; a room that types is no guesser."""

WRONG_A_SECOND: Final = 20.0
"""So many more, at most, are looked at each second after that."""

WRONG_A_SECOND_AND_CARD: Final = 3000.0
"""So many more, divided among the cards, where there are many of them."""

Admission = Literal["open", "needed", "wrong", "wait"]
"""Whether a page may write. `needed`: a code is. `wrong`: the code is on no card. `wait`: too many
wrong codes came of late, and this one was not looked at; try again."""


Heard = TypeVar("Heard", str | bytes, bytes)


def new_seat() -> str:
    """Return a random name for a page, which lives in memory alone."""
    return secrets.token_hex(16)


class Guesses:
    """The wrong codes of the whole room, as a bucket that fills up again with time."""

    def __init__(self, now: Callable[[], float], cards: int) -> None:
        """Begin with a full bucket.

        Args:
            now: The clock.
            cards: How many right codes there are.
        """
        self._now = now
        self._left = float(WRONG_AT_ONCE)
        self._filled_at = now()
        self._a_second = wrong_a_second(cards)

    def may_look(self) -> bool:
        """Say whether one more code may be looked at."""
        now = self._now()
        more = (now - self._filled_at) * self._a_second
        self._left, self._filled_at = min(self._left + more, float(WRONG_AT_ONCE)), now
        return self._left >= 1

    def draw(self) -> None:
        """Count a wrong code."""
        self._left -= 1


def wrong_a_second(cards: int) -> float:
    """Return how many wrong codes a second are looked at where there are so many cards."""
    return min(WRONG_A_SECOND, WRONG_A_SECOND_AND_CARD / max(cards, 1))


def expected_hits(cards: int, seconds: float) -> float:
    """Return how many codes somebody finds who does nothing but guess for so long."""
    return (WRONG_AT_ONCE + wrong_a_second(cards) * seconds) * cards / (1 << BITS)


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
        self._guesses = Guesses(now, len(self._hashes))
        self._turned_away_at = -math.inf
        # The longest silent first: every beat asks for the count, in a room of hundreds.
        self._seen: OrderedDict[str | bytes, float] = OrderedDict()
        self._let_in: OrderedDict[bytes, float] = OrderedDict()
        self._key = secrets.token_bytes(KEY_BYTES)

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
            self._forget()
            self._hear(self._seen, seat)
            return "open"
        if not code.strip():
            return "needed"
        card, pair = self.card(code), self._pair(seat, code)
        self._forget()
        if pair not in self._let_in and not self._guesses.may_look():
            self._turned_away_at = self._now()
            return "wait"
        if card is None:
            self._guesses.draw()
            return "wrong"
        self._hear(self._seen, card)
        self._hear(self._let_in, pair)
        return "open"

    @property
    def are_guessed(self) -> bool:
        """Whether wrong codes came of late so fast that somebody with a card may have to wait."""
        return self._now() - self._turned_away_at <= SEAT_SECONDS

    def card(self, code: str) -> bytes | None:
        """Return the hash of the card a code stands on; ask `is_here` first, which counts."""
        read = code_read(code)
        if self._cards is None or read is None:
            return None
        card = code_hash(self._cards.key, read)
        return card if card in self._hashes else None

    def count(self) -> int:
        """Return how many have been heard of late, and forget the others."""
        self._forget()
        return len(self._seen)

    def _pair(self, seat: str, code: str) -> bytes:
        """Return what is remembered of a page and the card it showed."""
        typed = f"{seat} {code_read(code)}".encode("utf-8", "replace")
        return blake2b(typed, key=self._key, digest_size=KEY_BYTES).digest()

    def _hear(self, heard: OrderedDict[Heard, float], one: Heard) -> None:
        """Note that one was heard just now, where there is room for it."""
        if one in heard or len(heard) < MOST_SEATS:
            heard[one] = self._now()
            heard.move_to_end(one)

    def _forget(self) -> None:
        """Forget those that have been silent for too long."""
        oldest = self._now() - SEAT_SECONDS
        for heard in (self._seen, self._let_in):
            while heard and next(iter(heard.values())) < oldest:
                heard.popitem(last=False)
