"""Public people and things in a text: their names hold back those who share a part of them.

Pure. The work grows with the length of the text.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sessions.deidentify.lists import listed
from sessions.deidentify.survivors import Phrase, phrases_in

if TYPE_CHECKING:
    from collections.abc import Container, Sequence

    from sessions.deidentify.model import Span
    from sessions.deidentify.tokens import Token


@dataclass(frozen=True, slots=True, repr=False)
class Figures:
    """Where public people, and things that are nobody, are named in a text."""

    named: tuple[Phrase, ...]
    """Their names; they may overlap."""

    _found: Sequence[Token]
    _around: dict[int, list[Phrase]] = field(default_factory=dict)
    """The names that hold the token that begins at this place."""

    @classmethod
    def of(cls, found: Sequence[Token], common: Container[str]) -> Figures:
        """Return those, and the things, that the tokens of a text name.

        Args:
            found: The tokens.
            common: Frequent words, which may hang on a public person's name.
        """
        people = phrases_in(found, "figures.txt", common)
        named = (*people, *phrases_in(found, "things.txt"))
        figures = cls(named, found)
        for phrase in figures.named:
            for at in range(phrase.first, phrase.last + 1):
                figures._around.setdefault(found[at].start, []).append(phrase)
        return figures

    def hold(self, span: Span) -> bool:
        """Say whether somebody else's name is here but part of a public person's: "Rosa" Parks.

        Whoever has all of the public person's name, but for what stands before or after names, is
        the one who is meant. One word of it is not all: of "Ramon Magsaysay" Magsaysay is a part,
        though "Magsaysay" alone is a public name too.
        """
        around = self._around.get(span.start, ())
        named = [self._names(one) for one in around if self._reaches(one, span)]
        enough = min(max(map(len, named), default=0), 2)
        return bool(named) and not any(
            all(span.start <= token.start and token.end <= span.end for token in whole)
            for whole in named
            if len(whole) >= enough
        )

    def _reaches(self, phrase: Phrase, span: Span) -> bool:
        start, end = self._found[phrase.first].start, self._found[phrase.last].end
        return start <= span.start and span.end <= end

    def _names(self, phrase: Phrase) -> list[Token]:
        """Return the words of a public name but titles, ranks and generations."""
        return [
            token
            for token in self._found[phrase.first : phrase.last + 1]
            if token.case != "." and not _is_beside_names(token.folded)
        ]


def _is_beside_names(word: str) -> bool:
    """Say whether a word stands before or after names: "Mayor", "Jr."; not "Mother" of a day."""
    role = word in listed("roles") and word not in listed("kin")
    return role or word in listed("titles") or word in listed("generations")
