"""What was decided and learned in a session: words to keep, words to hide, until it closes.

Pure. In memory only: nothing here is ever written, and nothing here shows a word when printed.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Final

from sessions.deidentify.words import APOSTROPHES, HYPHENS, fold, words


@dataclass(frozen=True, slots=True, repr=False)
class Memory:
    """The answers of a session to "hide or keep?", one for each word or name."""

    kept: frozenset[str] = field(default_factory=frozenset)
    """Folded words that stay wherever they come again."""

    hidden: frozenset[str] = field(default_factory=frozenset)
    """Folded words that are hidden wherever they come again."""

    def keep(self, written: str) -> Memory:
        """Return a memory in which these words stay; an earlier answer is taken back."""
        key = as_answered(written)
        return replace(self, kept=self.kept | {key}, hidden=self.hidden - {key})

    def hide(self, written: str) -> Memory:
        """Return a memory in which these words go; an earlier answer is taken back."""
        key = as_answered(written)
        return replace(self, kept=self.kept - {key}, hidden=self.hidden | {key})

    def keeps(self, written: str) -> bool:
        """Say whether a person decided that these words stay."""
        return bool(self.kept) and as_answered(written) in self.kept

    def hides(self, written: str) -> bool:
        """Say whether a person decided that these words go."""
        return bool(self.hidden) and as_answered(written) in self.hidden

    def __repr__(self) -> str:
        """Return counts only."""
        return f"Memory(kept={len(self.kept)}, hidden={len(self.hidden)})"


def folded_name(written: str) -> str:
    """Return the words of a span as they are compared: any case, any accents, one space."""
    return " ".join(word.folded for word in words(written)) or fold(written).strip()


def as_answered(written: str) -> str:
    """Return words as an answer about them holds: any case, and a code as that code alone."""
    if not any(map(str.isdigit, written)):
        return folded_name(written)
    return " ".join(fold(written.translate(_ONE_SIGN)).split())


_ONE_SIGN: Final = str.maketrans(dict.fromkeys(APOSTROPHES, "'") | dict.fromkeys(HYPHENS, "-"))
"""However an apostrophe or a hyphen was typed, it is the same code."""


NOTHING: Final = Memory()
"""Nothing decided yet."""
