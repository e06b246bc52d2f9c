"""A text read with the people of a roster: which of its words are their names, and how surely.

Pure.

The words are looked up one by one. Words beside each other that may be the same person's grow
into one run, in any order ("Pérez, José" and "J. Pérez" are José Pérez). Then each run is judged.
A name that is no word is certain. A name that is also a word ("Hope", "Black") is certain only
beside more of the same person's name, after a title, or with a possessive ending; otherwise a
person decides. The longest run wins, and no two spans overlap.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sessions.deidentify.lists import is_everyday, is_small, listed
from sessions.deidentify.model import Span, Tier
from sessions.deidentify.people import COMPOUND_SIGNS, People
from sessions.deidentify.spelling import read
from sessions.deidentify.words import APOSTROPHES, HYPHENS, Word

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

LABEL: Final = "name"
"""The label of everything found here."""

_WORDS_OF_ONE_LETTER: Final = frozenset("aeiouy")
_TIES: Final = COMPOUND_SIGNS | frozenset("._·・‧")
_SPACES: Final = " \u00a0"


@dataclass(frozen=True, slots=True)
class _Run:
    """Words beside each other that may be the name of the same people."""

    first: int
    last: int
    who: int


class Reader:
    """One text being read with one roster."""

    def __init__(self, text: str, people: People) -> None:
        self._text = text
        self._people = people
        self._words = list(read(text, people))

    def spans(self) -> Iterator[Span]:
        """Yield the names found, from left to right."""
        at = free = 0
        while at < len(self._words):
            run = self._grown(at)
            judged = self._judged(run) if run else None
            if judged is None:
                at += 1
                continue
            found, tier = judged
            whole, initials = self._led(found, free)
            yield self._span(whole, "auto" if initials else tier)
            at = free = whole.last + 1

    def _span(self, run: _Run, tier: Tier) -> Span:
        start, last = self._words[run.first].start, self._words[run.last]
        # "Maria L. said": the full stop is the initial's, for the sentence goes on.
        after = self._text[last.end : last.end + 3]
        dotted = len(last.folded) == 1 and after[:2] == ". " and after[2:].islower()
        end = last.end + dotted
        key = self._people.key(run.who, self._spelled(run))
        return Span(start, end, LABEL, tier, key, on_roster=True)

    def _spelled(self, run: _Run) -> str:
        return " ".join(word.folded for word in self._words[run.first : run.last + 1])

    def _grown(self, at: int) -> _Run | None:
        """Return the longest run that begins with a word."""
        word = self._words[at]
        who = self._people.has(word.folded)
        if not who or _in_passing(word):
            return None
        best = _Run(at, at, who)
        used = Counter({word.folded: 1})
        for here in range(at + 1, len(self._words)):
            who, alone = self._together(who, here, used)
            if not who:
                break
            used[self._words[here].folded] += 1
            if alone:
                best = _Run(at, here, who)
        return best

    def _together(self, who: int, here: int, used: Counter[str]) -> tuple[int, int]:
        """Return who of `who` the next word may also name, and who by a name, not a particle."""
        word = self._words[here]
        nth = (word.folded, used[word.folded] + 1)
        if not self._tied(here) and not (nth[1] == 1 and self._turned(who, here)):
            return 0, 0
        strong = 0 if _in_passing(word) else self._people.strong.get(nth, 0)
        if both := who & (strong | self._people.weak.get(nth, 0)):
            return both, both & strong
        is_initial = self._last_initial(word)
        initial = who & self._people.initials.get(word.folded, 0) if is_initial else 0
        return initial, initial

    def _tied(self, here: int) -> bool:
        """Say whether what stands between a word and the one before lets them be one name."""
        left = self._words[here - 1]
        gap = self._text[left.end : self._words[here].start]
        between = gap.strip(_SPACES)
        return not between or gap in _TIES or (between == "." and len(left.folded) == 1)

    def _turned(self, who: int, here: int) -> bool:
        """Say whether a comma stands before the beginning of the same name: "Pérez, José"."""
        word = self._words[here]
        gap = self._text[self._words[here - 1].end : word.start]
        return gap == ", " and bool(who & self._people.opening.get(word.folded, 0))

    def _initial(self, word: Word) -> bool:
        """Say whether a word is somebody's initial rather than a word of one letter."""
        if len(word.folded) != 1:
            return False
        dotted = self._text[word.end : word.end + 1] == "."
        return dotted or (word.capital and word.folded not in _WORDS_OF_ONE_LETTER)

    def _last_initial(self, word: Word) -> bool:
        """Say whether a word may be the initial right after a first name: "karen l", "Peter A"."""
        if self._initial(word):
            return True
        spaced = self._text[word.start - 1] in _SPACES
        if len(word.folded) != 1 or not spaced or self._contracts(word):
            return False
        return word.folded != "i" if word.capital else word.folded not in _WORDS_OF_ONE_LETTER

    def _contracts(self, word: Word) -> bool:
        """Say whether an apostrophe after a letter leaves letters out: "d'accord", not "l's"."""
        if self._text[word.end : word.end + 1] not in APOSTROPHES:
            return False
        tail = self._text[word.end + 1 : word.end + 3]
        return not (tail[:1] in {"s", "S"} and not tail[1:].isalnum())

    def _judged(self, run: _Run) -> tuple[_Run, Tier] | None:
        """Return how much of a run is a name and how surely, or `None` if it is a word."""
        parts = self._words[run.first : run.last + 1]
        if any(self._certain(part) for part in parts):
            return run, "auto"
        capitals = [place for place, part in enumerate(parts) if part.capital or part.unspaced]
        if announced := self._announced(run.first):
            return run, announced
        if sum(not parts[place].shouted for place in capitals) > 1:
            return self._part(run, capitals), "auto"
        # "will young" in one case may be Will Young; of "Will young people" only the Will may be.
        even = len(capitals) in {0, len(parts)}
        initial = len(parts[-1].folded) == 1
        if even and len(parts) > 1 and (initial or self._spelled(run) in self._people.whole):
            return run, "review"
        return self._alone(self._part(run, capitals)) if capitals else None

    def _alone(self, run: _Run) -> tuple[_Run, Tier] | None:
        """Judge a word with a capital that may be a name, with no other name beside it."""
        if is_small(self._words[run.first].written):
            named = run.who & self._people.lone or self._within_sentence(run.first)
            return (run, "review") if named else None
        if self._prefixed(run.first):
            return None
        return run, "auto" if self._possessive(self._words[run.last]) else "review"

    def _part(self, run: _Run, places: Sequence[int]) -> _Run:
        """Return the part of a run from the first to the last of these places."""
        first, last = run.first + places[0], run.first + places[-1]
        if (first, last) == (run.first, run.last):
            return run
        who = -1
        for word in self._words[first : last + 1]:
            who &= self._people.has(word.folded) | self._people.weak.get((word.folded, 1), 0)
        return _Run(first, last, who)

    def _certain(self, word: Word) -> bool:
        """Say whether a word of a run is a name and nothing else."""
        name = self._people.has(word.folded) and word.folded not in self._people.doubtful
        return bool(name) and not is_everyday(word.written)

    def _announced(self, at: int) -> Tier | None:
        """Say how surely the word before a run announces a name, if it does."""
        if at == 0:
            return None
        before, word = self._words[at - 1], self._words[at]
        if self._text[before.end : word.start].replace(".", "", 1).strip(_SPACES):
            return None
        if not word.capital:
            return "review" if before.folded in listed("short titles") else None
        role = before.capital and before.folded in listed("roles")
        return "auto" if role or before.folded in listed("titles") else None

    def _prefixed(self, at: int) -> bool:
        """Say whether a word is the second half of a compound that names nobody: "anti-Black"."""
        if at == 0:
            return False
        before = self._words[at - 1]
        tied = self._text[before.end : self._words[at].start] in HYPHENS
        return tied and before.folded in listed("prefixes") and not self._people.has(before.folded)

    def _within_sentence(self, at: int) -> bool:
        """Say whether a word has its capital for itself, not for the sentence it begins."""
        word = self._words[at]
        if at == 0 or word.shouted:
            return False
        return self._text[self._words[at - 1].end : word.start] in {" ", ", "}

    def _possessive(self, word: Word) -> bool:
        """Say whether a possessive ending follows: 's, or a bare apostrophe after an s."""
        if self._text[word.end : word.end + 1] not in APOSTROPHES:
            return False
        tail = self._text[word.end + 1 : word.end + 3]
        if tail[:1] in {"s", "S"}:
            return not tail[1:].isalnum()
        quoted = self._text[max(word.start - 1, 0) : word.start] in APOSTROPHES
        return word.folded.endswith("s") and not quoted and not tail[:1].isalnum()

    def _led(self, run: _Run, free: int) -> tuple[_Run, bool]:
        """Return a run with what leads it, down to the word `free`, and if initials are in it."""
        led = self._with_particles(run, free)
        whole = self._with_initials(led, free)
        if whole is not led:
            return whole, True
        # One small word in lower case is as likely a preposition: "la idea de Cruz".
        if run.first - led.first == 1 and _in_passing(self._words[led.first]):
            led = run
        whole = self._with_initials(led, free)
        return whole, whole is not led

    def _with_particles(self, run: _Run, free: int) -> _Run:
        """Return a run with the particles that stand before it in the person's name."""
        known = self._people.before.get(self._words[run.first].folded, ())
        for leading in sorted(known, key=len, reverse=True):
            at = run.first - len(leading)
            if at >= free and self._reads(at, leading):
                return _Run(at, run.last, run.who)
        return run

    def _reads(self, at: int, leading: Sequence[str]) -> bool:
        """Say whether the words from `at` are these, tied to each other and to the next."""
        return all(
            self._words[at + place].folded == part and self._tied(at + place + 1)
            for place, part in enumerate(leading)
        )

    def _with_initials(self, run: _Run, free: int) -> _Run:
        """Return a run with the initials before it, as far as they begin with the first name's."""
        best, who = run, run.who
        for at in range(run.first - 1, free - 1, -1):
            word = self._words[at]
            who &= self._people.initials.get(word.folded, 0)
            if not who or not self._initial(word) or not self._tied(at + 1):
                break
            if opening := who & self._people.first_initials.get(word.folded, 0):
                best = _Run(at, run.last, opening)
        return best


def _in_passing(word: Word) -> bool:
    """Say whether a word is so small and so written that nobody would mean a name by it."""
    return is_small(word.written) and not word.capital
