"""Themes that people find in answers: a codebook, what each answer is coded with, and its counts.

Pure. A person reads an answer and says which themes it speaks of; no program does. The codebook is
the protocol's agreements, conditions and compass points, and a few own themes beside them.

What is told of a theme is a band of answers, chosen by how many answers there are and by nothing
finer, so that each of the numbers that overlap in it stays open. One person may have answered
several asks: a theme is told only where enough answers to one and the same ask speak of it, for
these were written by as many people. Every other theme is left out, whether a few answers speak of
it or none.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final, Literal, TypeVar

from agreements.model import Protocol
from agreements.sentence import Sentence
from sessions.disclosure import FLOOR, Band, band_of_part
from sessions.document import ClosedRecord, OpenRecord, Record
from sessions.errors import CommandRefusedError
from sessions.facts import AnswerItem, Answers, OwnTheme
from sessions.leave import is_coded
from sessions.payloads import LEVELS
from sessions.questions import asks
from sessions.summary import SummaryTheme
from sessions.text import one_line

MOST_OWN: Final = 10
"""So many own themes can be held in mind beside those of the protocol."""

LABEL_LIMIT: Final = 60

WORDS_OF_AN_ANSWER: Final = 4
"""So many words in a row that are in an answer too make a name of a theme a quotation."""

TO_RENAME: Final = Sentence.meant("theme", "renamed")
TO_MERGE: Final = Sentence.meant("theme", "merged into another")
"""What can be done with an own theme alone."""

Kind = Literal["agreement", "condition", "compass", "theme"]
_ORDER: Final[Sequence[Kind]] = ("theme", "agreement", "condition", "compass")
_Kept = TypeVar("_Kept", OpenRecord, ClosedRecord)
_NOTHING: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Code:
    """One theme of the codebook."""

    id: str
    kind: Kind
    label: str
    number: int = 0
    """That of a condition, by which it is found among those that stand with what they ask for."""

    @property
    def told(self) -> str:
        """How it is called outside, such as `2 Isolate race`."""
        return f"{self.number} {self.label}" if self.number else self.label


@dataclass(frozen=True, slots=True)
class Coding:
    """The own themes, and what each answer is coded with."""

    own: tuple[OwnTheme, ...] = ()
    codes: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: _NOTHING)
    """Ids of codes by the answer's id; an answer that is not coded is not in it."""

    @property
    def coded_answers(self) -> int:
        """How many answers are coded."""
        return len(self.codes)

    def of(self, answer: str) -> tuple[str, ...]:
        """Return what an answer is coded with."""
        return self.codes.get(answer, ())


@dataclass(frozen=True, slots=True)
class History:
    """A coding and all that were before it, so that each act can be taken back."""

    now: Coding
    before: tuple[Coding, ...] = ()

    def then(self, coding: Coding) -> History:
        """Return the history after an act; one that changed nothing leaves no trace."""
        return self if coding == self.now else History(coding, (*self.before, self.now))

    def back(self) -> History:
        """Return the history without the last act; the same where there is none."""
        return History(self.before[-1], self.before[:-1]) if self.before else self


@dataclass(frozen=True, slots=True)
class Readable:
    """An answer in words that a person may read to code it."""

    item: AnswerItem = field(repr=False)
    question: str


def readable(record: Record) -> tuple[Readable, ...]:
    """Return the answers to read: those the review has read and not held back, by random id.

    Of a session that is open, those that are deleted at its close are not among them.
    """
    questions = {ask.id: ask.text for ask in asks(record.plan)}
    return tuple(
        Readable(item, questions[one.ask])
        for one in _in_words(record)
        for item in sorted(_reviewed(one), key=lambda item: item.id)
        if item.text and item.level != LEVELS[0]
    )


def unread(record: Record) -> int:
    """Return how many answers nobody has read in the review; they are not shown for coding."""
    return sum(item.status == "unread" for one in _in_words(record) for item in one.items)


def codebook(protocol: Protocol, own: Iterable[OwnTheme]) -> tuple[Code, ...]:
    """Return every theme that an answer can be coded with, own ones last."""
    found = [Code(one.id, "agreement", one.name) for one in protocol.agreements]
    found += [Code(one.id, "condition", one.name, one.number) for one in protocol.conditions]
    found += [Code(one.id, "compass", one.label) for one in protocol.compass]
    found += [Code(one.id, "theme", one.label) for one in own]
    return tuple({code.id: code for code in reversed(found)}.values())[::-1]


def coding_of(record: Record) -> Coding:
    """Return what the answers of a record are coded with."""
    known = {code.id for code in codebook(record.protocol, record.own_themes)}
    codes = {
        item.id: kept
        for one in _in_words(record)
        for item in _reviewed(one)
        if (kept := tuple(code for code in dict.fromkeys(item.codes or ()) if code in known))
    }
    return Coding(record.own_themes, MappingProxyType(codes))


def with_coding(record: _Kept, coding: Coding) -> _Kept:
    """Return a record with its answers coded so; a Summary that is frozen stays as it is."""
    answers = tuple(
        one.model_copy(update={"items": tuple(_coded(item, coding) for item in one.items)})
        for one in record.answers
    )
    return record.model_copy(update={"answers": answers, "own_themes": coding.own})


def toggled(coding: Coding, answer: str, code: str) -> Coding:
    """Code an answer with a theme, or no longer with one that it is coded with."""
    mine = coding.of(answer)
    changed = tuple(one for one in mine if one != code) if code in mine else (*mine, code)
    return _with(coding, {answer: changed})


def added(coding: Coding, theme: OwnTheme, protocol: Protocol) -> Coding:
    """Add an own theme to the codebook.

    Raises:
        CommandRefusedError: There are enough, or one is called so.
    """
    if len(coding.own) >= MOST_OWN:
        raise CommandRefusedError(
            Sentence(
                "There are {most} own themes. Merge two that are close, with M, to make room.",
                most=MOST_OWN,
            )
        )
    _refuse_twice(theme.label, codebook(protocol, coding.own))
    return Coding((*coding.own, theme), coding.codes)


def renamed(coding: Coding, theme: str, label: str, protocol: Protocol) -> Coding:
    """Call an own theme otherwise.

    Raises:
        CommandRefusedError: It is none of one's own, or another is called so.
    """
    refuse_others(coding, theme, TO_RENAME)
    others = tuple(one for one in codebook(protocol, coding.own) if one.id != theme)
    _refuse_twice(label, others)
    own = tuple(
        one.model_copy(update={"label": label}) if one.id == theme else one for one in coding.own
    )
    return Coding(own, coding.codes)


def merged(coding: Coding, theme: str, into: str) -> Coding:
    """Let an own theme become a part of another: its answers are coded with that one.

    Raises:
        CommandRefusedError: It is none of one's own, or is to be merged with itself.
    """
    refuse_others(coding, theme, TO_MERGE)
    if theme == into:
        raise CommandRefusedError("A theme cannot be merged with itself. Choose another one.")
    codes = {answer: _instead(mine, theme, into) for answer, mine in coding.codes.items()}
    return Coding(tuple(one for one in coding.own if one.id != theme), MappingProxyType(codes))


def split(
    coding: Coding, theme: str, new: OwnTheme, answers: Collection[str], protocol: Protocol
) -> Coding:
    """Take a theme apart: of the answers coded with it, some are coded with a new one instead.

    Args:
        coding: What is coded so far.
        theme: The one that is taken apart.
        new: The own theme that takes some of its answers.
        answers: Ids of the answers that go to it; what was not coded with the theme stays.
        protocol: For the names that are taken.

    Raises:
        CommandRefusedError: There are enough own themes, or one is called so.
    """
    grown = added(coding, new, protocol)
    for answer in answers:
        grown = moved(grown, answer, theme, new.id)
    return grown


def moved(coding: Coding, answer: str, theme: str, into: str) -> Coding:
    """Code an answer with another theme instead of one; nothing when it has not that one."""
    mine = coding.of(answer)
    return _with(coding, {answer: _instead(mine, theme, into)}) if theme in mine else coding


def refuse_others(coding: Coding, theme: str, done: str) -> None:
    """Refuse what can be done only with an own theme.

    Raises:
        CommandRefusedError: It is one of the protocol's.
    """
    if all(one.id != theme for one in coding.own):
        raise CommandRefusedError(
            Sentence("Only your own themes can be {done}; this one is everybody's.", done=done)
        )


def label_of(raw: str, texts: Iterable[str]) -> str:
    """Return the name of an own theme as it may be kept.

    Args:
        raw: What was typed, with the names of people hidden.
        texts: The answers; their words are no name of a theme.

    Raises:
        CommandRefusedError: It is empty, too long, or in the words of an answer.
    """
    label = one_line(raw)
    if not label:
        raise CommandRefusedError("A theme needs a name. Write a word or two.")
    if len(label) > LABEL_LIMIT:
        raise CommandRefusedError(
            Sentence(
                "A theme's name has at most {most} signs. Write a word or two.", most=LABEL_LIMIT
            )
        )
    words = _words(label)
    runs = {words[at : at + WORDS_OF_AN_ANSWER] for at in range(len(words))}
    runs = {run for run in runs if len(run) == WORDS_OF_AN_ANSWER}
    if runs and any(runs & _runs(text) for text in texts):
        raise CommandRefusedError(
            "That is in the words of an answer. Name the theme in a word or two of your own: its "
            "name stays when the words are deleted, and leadership may read it."
        )
    return label


def bands(record: ClosedRecord) -> Iterator[tuple[Code, Band | None]]:
    """Yield each theme with a band of answers; `None` where a few speak of it, or none."""
    threshold = max(record.setting.threshold, FLOOR)
    coding = coding_of(record)
    asked = [[item.id for item in _reviewed(one)] for one in _in_words(record)]
    totals = [len(items) for items in asked]
    counts = [Counter(code for item in items for code in coding.of(item)) for items in asked]
    for code in codebook(record.protocol, record.own_themes):
        yield code, band_told([each[code.id] for each in counts], totals, threshold)


def band_told(counts: Sequence[int], totals: Sequence[int], threshold: int = FLOOR) -> Band | None:
    """Return in how many answers a theme is, as a band; `None` where too few have it.

    Args:
        counts: How many answers to each ask speak of it.
        totals: How many answers to each ask there are; a reader may know it.
        threshold: The least that may be told; never taken lower than the floor.
    """
    threshold = max(threshold, FLOOR)
    pairs = zip(counts, totals, strict=True)
    if not any(band_of_part(one, of, threshold).least >= threshold for one, of in pairs):
        return None
    return band_of_part(sum(counts), sum(totals), threshold)


def themes(record: ClosedRecord) -> tuple[SummaryTheme, ...]:
    """Return the themes that may be told: those in most answers first, then by kind and name."""
    if not is_coded(record):  # as most are: nothing is counted for nothing
        return ()
    told = [(code, found) for code, found in bands(record) if found is not None]
    told.sort(key=lambda one: (-one[1].least, _ORDER.index(one[0].kind), one[0].told))
    return tuple(
        SummaryTheme(label=code.told, kind=code.kind, code=code.id, count=str(found))
        for code, found in told
    )


def _in_words(record: Record) -> Iterator[Answers]:
    """Yield the answers in words to each ask that was opened, in the plan's order."""
    opened = {one.ask: one for one in record.answers if one.opened and one.kind == "words"}
    for ask in asks(record.plan):
        if ask.id in opened and ask.kind == "words":
            yield opened[ask.id]


def _reviewed(answers: Answers) -> Iterator[AnswerItem]:
    """Yield the answers that were read in the review and not held back, also without words."""
    return (item for item in answers.items if item.status in ("shared", "kept"))


def _coded(item: AnswerItem, coding: Coding) -> AnswerItem:
    # Sorted, so that a record does not tell in which order somebody thought of things.
    wanted = tuple(sorted(coding.of(item.id))) or None
    return item if item.codes == wanted else item.model_copy(update={"codes": wanted})


def _with(coding: Coding, changed: Mapping[str, tuple[str, ...]]) -> Coding:
    codes = {answer: mine for answer, mine in {**coding.codes, **changed}.items() if mine}
    return Coding(coding.own, MappingProxyType(codes))


def _instead(mine: tuple[str, ...], theme: str, into: str) -> tuple[str, ...]:
    """Return codes with one in the place of another, each once."""
    return tuple(dict.fromkeys(into if one == theme else one for one in mine))


def _refuse_twice(label: str, others: Iterable[Code]) -> None:
    if any(one.label.casefold() == label.casefold() for one in others):
        raise CommandRefusedError("There is a theme of that name. Use it, or write another name.")


def _words(text: str) -> tuple[str, ...]:
    return tuple(re.findall(r"\w+", text.casefold()))


def _runs(text: str) -> set[tuple[str, ...]]:
    words = _words(text)
    return {words[at : at + WORDS_OF_AN_ANSWER] for at in range(len(words))}
