"""One voice a token: which tokens have written to the sheet that is open, and how to take it back.

Touches: disk, through the box; the system's random source; memory that dies with the program.
Safe to be called from several threads at once.

What holds here:

* One token, one envelope. The first answer that is accepted stands. The same one again is called
  kept again, so that a page may repeat what it got no answer to; another one is refused.
* An answer is sealed before anything else touches it. What stays in memory are marks, fingerprints
  and the numbers of cells; on the disk there are envelopes.
* Nobody learns how many have written: for each ask there is "enough" or "not yet".
* Words to withdraw are issued for every valid token, whether it has written or not, and every
  withdrawal, with right words or wrong ones, overwrites one cell and answers nothing.
* A token whose answer was withdrawn takes no other: what somebody recorded on the air cannot be
  played again to bring it back.
"""

from __future__ import annotations

import secrets
import threading
from collections.abc import Mapping
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Final, Literal, TypeVar

from sessions.ballots import Box
from sessions.envelopes import (
    KEY_BYTES,
    MARK_BYTES,
    NONCE_BYTES,
    card_mark,
    fingerprint,
    mark_of,
    new_token,
    public_name,
    seal,
)
from sessions.errors import CommandRefusedError
from sessions.unsealing import enough
from sessions.withdrawals import Withdrawals

Receipt = Literal["kept", "kept-before", "other-kept"]
"""What became of an answer: it is on the disk; it was already; another one of this token was."""

_OTHER: Final[Receipt] = "other-kept"

_Value = TypeVar("_Value")


class TokenRefusedError(CommandRefusedError):
    """A token is none of this ask's."""


class SheetShutError(CommandRefusedError):
    """The sheet takes no more answers; the words stay with their writer."""


@dataclass(frozen=True, slots=True)
class _Voice:
    """Whoever holds one token of one ask."""

    ask: str
    mark: bytes = field(repr=False)


@dataclass(slots=True, eq=False)
class _Kept:
    """What is known of an answer that was accepted, or is about to be."""

    print: bytes = field(repr=False)
    """Its fingerprint."""
    written: Future[int]
    """The cell it lies in, once it is on the disk."""
    withdrawn: bool = False


class Voices:
    """The tokens of the asks that are open together."""

    def __init__(self, keys: Mapping[str, bytes], box: Box) -> None:
        """Begin with what the box holds; nothing, when it is new.

        Args:
            keys: The key of each ask.
            box: The box of the sheet; the caller closes it.
        """
        self._keys = dict(keys)
        self._box = box
        self._kept: dict[_Voice, _Kept] = {}
        self._gate = threading.Lock()
        self._shut = False
        self._words: Withdrawals[_Voice] = Withdrawals(
            secrets.token_bytes(KEY_BYTES), secrets.randbelow
        )
        self._remember()

    @property
    def name(self) -> str:
        """What pages know this sheet by; the same after a restart."""
        return public_name(min(self._keys.values()))

    def new_tokens(self) -> dict[str, str]:
        """Return tokens for a page that was just opened: one an ask, with nothing in common."""
        return {
            ask: new_token(key, secrets.token_bytes(MARK_BYTES)) for ask, key in self._keys.items()
        }

    def tokens_of(self, card: bytes) -> dict[str, str]:
        """Return the tokens of a seat card: for each ask the same whenever the card is shown."""
        return {ask: new_token(key, card_mark(key, card)) for ask, key in self._keys.items()}

    def is_token(self, ask: str, token: str) -> bool:
        """Say whether a token is one of this ask's, be it from before a restart."""
        return ask in self._keys and mark_of(self._keys[ask], token) is not None

    def submit(self, ask: str, token: str, answer: bytes) -> Future[Receipt]:
        """Seal an answer and say what became of it, once that is certain.

        The future raises `StorageError` when the disk failed or the box is full. The same may be
        sent again then: failed does not mean absent, and the token sees to it that it counts once.

        Args:
            ask: What was asked.
            token: One of this ask's.
            answer: As `payloads.encode` gives it.

        Raises:
            TokenRefusedError: The token is none of this ask's.
            SheetShutError: It is too late.
        """
        voice = self._voice(ask, token)
        print_ = fingerprint(self._keys[ask], answer)
        with self._gate:
            if self._shut:
                raise SheetShutError("This sheet is closed. Your words stay on your page.")
            known = self._kept.get(voice)
            if known is None:
                kept = self._kept[voice] = _Kept(print_, self._sealed(voice, answer))
        if known is None:
            return self._receipt(voice, kept, "kept")
        if known.print == print_ and not known.withdrawn:
            return self._receipt(voice, known, "kept-before")
        return _certain(_OTHER)

    def has_enough(self, ask: str, threshold: int) -> bool:
        """Say whether enough have written for the ask to be read at the close."""
        with self._gate:
            writers = sum(
                voice.ask == ask and not kept.withdrawn and _cell_of(kept) is not None
                for voice, kept in self._kept.items()
            )
        return enough(writers, threshold)

    def words_to_withdraw(self, ask: str, token: str) -> tuple[str, ...]:
        """Return four words that take the answer of this token back; earlier ones are void.

        Raises:
            TokenRefusedError: The token is none of this ask's.
        """
        voice = self._voice(ask, token)
        with self._gate:
            return self._words.issue(voice)

    def withdraw(self, words: str) -> Future[int]:
        """Take back the answer that the words stand for, if there is one.

        Whatever the words, one cell is overwritten, and the future is done when that is on the
        disk. Its number says nothing and must not be shown.

        Raises:
            SheetShutError: It is too late.
        """
        with self._gate:
            if self._shut:
                raise SheetShutError("This sheet is closed. Nothing can be taken back any more.")
            voice = self._words.find(words)
            kept = None if voice is None else self._kept.get(voice)
            cell = None if kept is None or kept.withdrawn else _cell_of(kept)
            if kept is not None and cell is not None:
                kept.withdrawn = True  # at once: a second try must not hit who gets the cell next
            emptied = self._box.overwrite(cell)
        if kept is not None and cell is not None:
            emptied.add_done_callback(lambda done: self._unless_done(kept, done))
        return emptied

    def shut(self) -> None:
        """Take no more answers and no more words, and wait for what is under way."""
        with self._gate:
            self._shut = True
        self._box.settle()

    def go_on(self) -> None:
        """Take answers again: the close was undone, or there were too few writers."""
        with self._gate:
            self._shut = False

    def _voice(self, ask: str, token: str) -> _Voice:
        mark = mark_of(self._keys[ask], token) if ask in self._keys else None
        if mark is None:
            raise TokenRefusedError("This page does not belong to the sheet. Load it again.")
        return _Voice(ask, mark)

    def _sealed(self, voice: _Voice, answer: bytes) -> Future[int]:
        nonce = secrets.token_bytes(NONCE_BYTES)
        return self._box.submit(seal(self._keys[voice.ask], voice.mark, answer, nonce))

    def _receipt(self, voice: _Voice, kept: _Kept, receipt: Receipt) -> Future[Receipt]:
        """Return the receipt for when the envelope is on the disk."""
        told: Future[Receipt] = Future()

        def tell(written: Future[int]) -> None:
            error = written.exception()
            if error is not None:
                self._let_try_again(voice, kept)
            if not told.set_running_or_notify_cancel():
                return  # its page is gone; the answer is kept all the same
            if error is None:
                told.set_result(receipt)
            else:
                told.set_exception(error)

        kept.written.add_done_callback(tell)
        return told

    def _let_try_again(self, voice: _Voice, failed: _Kept) -> None:
        with self._gate:
            if self._kept.get(voice) is failed:
                del self._kept[voice]

    def _unless_done(self, kept: _Kept, emptied: Future[int]) -> None:
        """Count an answer again that could not be overwritten; the same words may be tried anew."""
        if emptied.exception() is not None:
            with self._gate:
                kept.withdrawn = False

    def _remember(self) -> None:
        """Learn from the box which tokens have written, and empty the cell of a double."""
        for ask, key in self._keys.items():
            found = self._box.open_all(key).items()
            for cell, one in sorted(found, key=lambda item: item[1].answer):
                kept = _Kept(fingerprint(key, one.answer), _certain(cell))
                if self._kept.setdefault(_Voice(ask, one.mark), kept) is not kept:
                    self._box.overwrite(cell)


def _certain(value: _Value) -> Future[_Value]:
    """Return a future that is already there."""
    future: Future[_Value] = Future()
    future.set_result(value)
    return future


def _cell_of(kept: _Kept) -> int | None:
    """Return the cell of an answer that is on the disk."""
    if not kept.written.done() or kept.written.exception() is not None:
        return None
    return kept.written.result()
