"""Who is called what: the words that stand for a person within one session.

Pure. In memory only: nothing here is ever written, and nothing here shows a name when printed.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, Literal, Self

from sessions.deidentify.pattern import regex

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

# Four digits are plenty, and keep a typed "[colleague 99999999]" from setting the count.
ALIAS: Final = regex(r"\[(?:colleague|person) ([1-9][0-9]{0,3})\]")
"""What an alias looks like in a kept text: somebody of the roster, or somebody else."""

STANDS_IN: Final = regex(
    r"\[(?:colleague|person) [1-9][0-9]{0,3}\]"
    r"|\[(?:unit|e-mail|phone number|handle|link|number|address|date|age|organisation|name)\]"
)
"""What stands for something hidden, in brackets; dates and ages are put into plain words."""

_NOBODY: Final[Mapping[str, int]] = MappingProxyType({})


@dataclass(frozen=True, slots=True, repr=False)
class Aliases:
    """Numbers given to people in the order of their first mention.

    A value, not a register: `numbered` returns new aliases and leaves these as they are. So a
    preview may be made as often as keys are pressed; a number is spent only when the caller
    stores the aliases that came with the text it keeps.
    """

    last: int = 0
    """The highest number spent."""

    _numbers: Mapping[str, int] = field(default_factory=lambda: _NOBODY)

    @classmethod
    def start_after(cls, number: int) -> Self:
        """Return aliases whose first number follows `number`: those of a resumed session."""
        return cls(last=max(number, 0))

    def numbered(self, keys: Iterable[str]) -> Aliases:
        """Return aliases that also hold `keys`, new ones numbered in the order given."""
        new = [key for key in dict.fromkeys(keys) if key not in self._numbers]
        if not new:
            return self
        added = {key: self.last + place for place, key in enumerate(new, start=1)}
        return Aliases(self.last + len(new), MappingProxyType({**self._numbers, **added}))

    def past(self, texts: Iterable[str]) -> Aliases:
        """Return aliases whose next number follows every one that these kept texts use."""
        return Aliases(max(self.last, highest_used(texts)), self._numbers)

    def words(self, key: str, kind: Literal["colleague", "person"] = "colleague") -> str:
        """Return the words that stand for a person.

        Args:
            key: The person's.
            kind: `colleague` for somebody of the roster, `person` for somebody else.

        Raises:
            LookupError: If the person has no number; the message does not say who.
        """
        number = self._numbers.get(key)
        if number is None:
            raise LookupError("This person has no number yet: number the key before asking for it.")
        return f"[{kind} {number}]"

    def __len__(self) -> int:
        """Return how many people have a number."""
        return len(self._numbers)

    def __repr__(self) -> str:
        """Return counts only."""
        return f"Aliases(people={len(self)}, last={self.last})"


FARTHEST_APART: Final = 50
"""So many people may have left the texts of a session between two who are still in them."""


def highest_reached(kept: Iterable[str], by_others: Iterable[str]) -> int:
    """Return the highest number a session has come to, or 0.

    Args:
        kept: The facilitator's texts.
        by_others: Texts of people who may have typed a number of their own: one that lies far
            beyond every other was never given out, and would use up the numbers there are.
    """
    reached = highest_used(kept)
    used = {int(found[1]) for text in by_others for found in ALIAS.finditer(text)}
    for number in sorted(used):
        if number > reached + FARTHEST_APART:
            break
        reached = max(reached, number)
    return reached


def highest_used(texts: Iterable[str]) -> int:
    """Return the highest number any of these kept texts uses, or 0."""
    return max((int(found[1]) for text in texts for found in ALIAS.finditer(text)), default=0)
