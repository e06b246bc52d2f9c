"""Words of the dictionaries, and places, that are also names on the roster: what is meant.

Pure. That somebody is called Grace makes "Grace" likely and says nothing of the word "grace" beside
it. The second look knows who is on the roster and what stands around a word; here its odds become
what is done with the word.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

from sessions.deidentify.features import is_mostly_small
from sessions.deidentify.limits import OF_THE_ROSTER
from sessions.deidentify.lists import is_everyday, is_small, listed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sessions.deidentify.guessing import Guess
    from sessions.deidentify.people import People

# What stands for a name is made of these words.
_STANDS_IN: Final = frozenset({"colleague", "person"})

Meant = Literal["word", "review", "auto"]
"""What a word is taken for: nobody's name here, somebody's if a person says so, somebody's."""


def meant(thought: Sequence[Guess], people: People) -> Mapping[int, Meant]:
    """Return what each word that is a name on the roster is taken for, by its token.

    Args:
        thought: What is thought of each token of a text, the roster known.
        people: The roster.
    """
    return {
        at: _meant(guess, people) for at, guess in enumerate(thought) if _is_in_doubt(guess, people)
    }


def _is_in_doubt(guess: Guess, people: People) -> bool:
    token = guess.token
    if not token.is_word or len(token.folded) == 1 or not people.has(token.folded):
        return False
    if token.case in {"a", "l"} and (is_small(token.written) or token.folded in _STANDS_IN):
        return False
    return guess.listed.known or guess.listed.place or is_everyday(token.written)


def _meant(guess: Guess, people: People) -> Meant:
    word = guess.token.folded
    limits = OF_THE_ROSTER.get(_kind(guess), OF_THE_ROSTER["C"])
    if guess.odds >= limits.sure:
        return "auto"
    small = guess.token.case in {"a", "l"}
    alone = people.has(word) & people.lone and not (small and is_everyday(guess.token.written))
    # That somebody is called Dakota makes no word of every day of "in Dakota".
    asked = guess.odds >= limits.asked or alone or not guess.listed.known
    return "review" if asked else "word"


def _kind(guess: Guess) -> str:
    """Return which limits are a word's: those of what it carries, else of how it is written."""
    word, small = guess.token.folded, guess.token.case in {"a", "l"}
    if word in listed("identity"):
        return "i"
    if word in listed("faith"):
        # "Islam" and "Christian" are faiths, "faith" is faith; "Faith" may be somebody.
        return "f" if is_mostly_small(guess.listed.used) and not small else "i"
    return "p" if guess.listed.place else guess.token.case
