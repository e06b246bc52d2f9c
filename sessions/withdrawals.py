"""Four words that take one answer back, and how they are told from others.

Pure. The key and the chance come in as arguments.

The table holds keyed hashes of words, never words, and lives in memory only: when the program
ends, or the sheet is closed, no words lead to an answer any more, and nobody can be made to show
that an answer was hers. There is nothing here that returns an answer.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from hashlib import blake2b
from typing import Final, Generic, TypeVar

from sessions.easy_words import EASY_WORDS

WORDS_IN_ALL: Final = 4

# What a person may put between words, or before and after them.
_BETWEEN: Final = re.compile(r"[\s,.;·-]+")
_LONGEST: Final = 200

_Voice = TypeVar("_Voice")


class Withdrawals(Generic[_Voice]):
    """Which words take back whose answer."""

    def __init__(self, key: bytes, below: Callable[[int], int]) -> None:
        """Begin without any.

        Args:
            key: 32 bytes that exist in memory alone.
            below: Draws a number from 0 to less than the one given, from the system's source.
        """
        self._key = key
        self._below = below
        self._voices: dict[bytes, _Voice] = {}
        self._hashes: dict[_Voice, bytes] = {}

    def issue(self, voice: _Voice) -> tuple[str, ...]:
        """Return words for the one who has this voice; those she had before are void."""
        words = self._drawn()
        while self._hash(words) in self._voices:
            words = self._drawn()
        self.forget(voice)
        self._voices[self._hash(words)] = voice
        self._hashes[voice] = self._hash(words)
        return words

    def find(self, typed: str) -> _Voice | None:
        """Return whose answer the words take back; None when they are no words of ours."""
        words = _BETWEEN.sub(" ", typed[:_LONGEST].casefold()).split()
        return self._voices.get(self._hash(tuple(words)))

    def forget(self, voice: _Voice) -> None:
        """Make the words of a voice void."""
        known = self._hashes.pop(voice, None)
        if known is not None:
            del self._voices[known]

    def _drawn(self) -> tuple[str, ...]:
        return tuple(EASY_WORDS[self._below(len(EASY_WORDS))] for _ in range(WORDS_IN_ALL))

    def _hash(self, words: tuple[str, ...]) -> bytes:
        # Words hold no spaces: two different rows of words are two different texts.
        said = " ".join(words).encode("utf-8", "replace")
        return blake2b(said, key=self._key, digest_size=32).digest()
