"""A roster made ready for looking up: which people a word of a text may belong to.

Pure.

People are bits: the set of people a word may mean is one whole number, and the people that two
words next to each other may mean together is their `&`. So the cost of reading a text hardly
depends on how many names there are, nor on how alike they are.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Final, TypeVar

from sessions.deidentify.lists import listed
from sessions.deidentify.pattern import regex
from sessions.deidentify.words import APOSTROPHES, HYPHENS, Word, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

COMPOUND_SIGNS: Final = APOSTROPHES | HYPHENS
"""What ties the parts of one name together: "Jean-Luc", "O'Brien"."""

_SHORT: Final = 2
_FORM_LENGTH: Final = 2
_SURE_LENGTH: Final = 3
_HAN_OR_HANGUL: Final = regex("[\u3400-\u9fff\uac00-\ud7a3]{3,4}")

Nth = tuple[str, int]
"""A folded word and which of its kind it is in a name: ("bao", 2) is the second "Bao"."""

_Looked = TypeVar("_Looked", str, Nth)


@dataclass(slots=True, repr=False)
class People:
    """The people of a roster, by the words of their names."""

    keys: list[str] = field(default_factory=list)
    """The key of each person: the folded name."""

    whole: set[str] = field(default_factory=set)
    """Each name from its first to its last word that can stand alone."""

    strong: dict[Nth, int] = field(default_factory=dict)
    """Who has this word as a name that can stand alone."""

    weak: dict[Nth, int] = field(default_factory=dict)
    """Who has this word as a particle or an initial."""

    opening: dict[str, int] = field(default_factory=dict)
    """Whose name begins with this word."""

    initials: dict[str, int] = field(default_factory=dict)
    """Who has a name that begins with this letter."""

    first_initials: dict[str, int] = field(default_factory=dict)
    """Whose first name begins with this letter."""

    before: dict[str, set[tuple[str, ...]]] = field(default_factory=dict)
    """Which particles stand before this name: "cruz" has ("de", "la")."""

    compounds: set[str] = field(default_factory=set)
    """Names of several parts written as one: "jeanluc", "obrien", "delacruz"."""

    doubtful: set[str] = field(default_factory=set)
    """Unspaced names so short that they may be part of another word."""

    sizes: list[int] = field(default_factory=list)
    """The lengths of all unspaced names, longest first."""

    lone: int = 0
    """Who is on the roster with one word only."""

    _known: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, names: Iterable[str]) -> People:
        """Return the people of a list of names; names without a word to find are left out."""
        people = cls()
        for name in names:
            people._add(name)
        people.sizes.sort(reverse=True)
        return people

    def has(self, word: str) -> int:
        """Return who has this folded word as a name that can stand alone."""
        return self.strong.get((word, 1), 0)

    def key(self, who: int, spelled: str) -> str:
        """Return the key of the only person in `who`, or `spelled` where several share it."""
        return self.keys[who.bit_length() - 1] if who.bit_count() == 1 else spelled

    def _add(self, name: str) -> None:
        parts = list(words(name))
        strong = [stands_alone(name, parts, place) for place in range(len(parts))]
        key = " ".join(part.folded for part in parts)
        if not any(strong) or key in self._known:
            return
        bit = 1 << len(self.keys)
        self.keys.append(key)
        self._known.add(key)
        first, last = strong.index(True), len(strong) - strong[::-1].index(True)
        self.whole.add(" ".join(part.folded for part in parts[first:last]))
        seen: Counter[str] = Counter()
        for part, alone in zip(parts, strong, strict=True):
            seen[part.folded] += 1
            _mark(self.strong if alone else self.weak, (part.folded, seen[part.folded]), bit)
            if not part.unspaced:
                _mark(self.initials, part.folded[:1], bit)
        _mark(self.opening, parts[0].folded, bit)
        _mark(self.first_initials, parts[0].folded[:1], bit)
        self.lone |= bit if sum(strong) == 1 else 0
        self._add_leading(parts, strong, bit)
        for compound in _compounds(name, parts):
            self.compounds.add(compound)
            _mark(self.strong, (compound, 1), bit)
        self._add_unspaced(parts, bit)

    def _add_leading(self, parts: Sequence[Word], strong: Sequence[bool], bit: int) -> None:
        """Learn the particles before each name, and both written as one."""
        leading: tuple[str, ...] = ()
        for part, alone in zip(parts, strong, strict=True):
            if not alone:
                leading = (*leading, part.folded)
                continue
            if leading:
                glued = "".join(leading)
                self.before.setdefault(part.folded, set()).update({leading, (glued,)})
                _mark(self.weak, (glued, 1), bit)
                if len(glued) > 1:
                    self.compounds.add(glued + part.folded)
                    _mark(self.strong, (glued + part.folded, 1), bit)
            leading = ()

    def _add_unspaced(self, parts: Sequence[Word], bit: int) -> None:
        """Learn the forms of names in scripts without spaces: each part, all of it, its halves."""
        written = [part.written for part in parts if part.unspaced]
        whole = {*written, "".join(written)}
        halves = {half for form in whole for half in _halves(form)} - whole
        for form in whole | halves:
            if len(form) < _FORM_LENGTH:
                continue
            _mark(self.strong, (form, 1), bit)
            if len(form) not in self.sizes:
                self.sizes.append(len(form))
            if form in halves or len(form) < _SURE_LENGTH:
                self.doubtful.add(form)


def stands_alone(name: str, parts: Sequence[Word], place: int) -> bool:
    """Say whether a part of a name is a name by itself, not a particle or an initial."""
    part = parts[place]
    if len(part.folded) < _SHORT:
        return False
    if place == len(parts) - 1:
        return True
    tied = name[part.end : parts[place + 1].start] in COMPOUND_SIGNS
    # "Đỗ Văn An" begins with a surname, "do Carmo" with a particle.
    accented = place == 0 and part.written.lower() != part.folded
    if part.folded in listed("particles") and not accented:
        opening = {part.folded, parts[place + 1].folded} & listed("opening particles")
        return place == 0 and not (tied or opening)
    return not (tied and len(part.folded) <= _SHORT < len(parts[place + 1].folded))


def _compounds(name: str, parts: Sequence[Word]) -> Iterator[str]:
    """Yield the compounds of a name without their signs."""
    tied = [parts[0].folded]
    for left, right in pairwise(parts):
        if name[left.end : right.start] in COMPOUND_SIGNS:
            tied.append(right.folded)
            continue
        if len(tied) > 1:
            yield "".join(tied)
        tied = [right.folded]
    if len(tied) > 1:
        yield "".join(tied)


def _halves(form: str) -> tuple[str, ...]:
    """Return what a full name in Han or Hangul may be shortened to: "小明" for "王小明"."""
    if not _HAN_OR_HANGUL.fullmatch(form):
        return ()
    return (form[1:],) if len(form) == _SURE_LENGTH else (form[:2], form[2:])


def _mark(who: dict[_Looked, int], word: _Looked, bit: int) -> None:
    who[word] = who.get(word, 0) | bit
