"""The sums over a programme: one contribution after the other is added, and none is kept.

Pure. Whatever the order, the sums are the same; how much is kept grows with what is asked, and
with the number of sessions only by a day and a mark each.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Final

from sessions.programme.contribution import AskedQuestion, Contribution, Mark
from sessions.programme.figures import Span, quarter, small_together
from sessions.programme.model import FEWEST_SESSIONS, MOST_NAMED

Example = tuple[str, str]
"""The day and the id of a session."""

_OWN_LANGUAGE: Final = "en"
"""In which a programme is told. Where words stand for sessions in several languages, those of
another would name it, although it may be of too few sessions to be told."""

_MOST_READ: Final = {"asks": 8, "after": 6, "any": 2}
"""So many of the latest sessions are read: with asks, with commitments of which it is known how
they stand, and of all, for words to quote."""


@dataclass(slots=True)
class People:
    """How many people were at some sessions."""

    sessions: int = 0
    known: int = 0
    """Sessions whose rule lets the number out."""
    least: int = 0
    most: int = 0
    is_open: bool = False
    """The upper end is not known of all."""

    def add(self, one: Contribution) -> None:
        """Count a session."""
        self.sessions += 1
        self.is_open |= one.most is None
        if one.least is not None:
            self.known += 1
            self.least += one.least
            self.most += one.most or 0

    def add_all(self, other: People) -> None:
        """Count all sessions of another sum."""
        self.sessions += other.sessions
        self.known += other.known
        self.least += other.least
        self.most += other.most
        self.is_open |= other.is_open


@dataclass(slots=True)
class Answered:
    """What was answered over some sessions."""

    sessions: int = 0
    people: int = 0
    cells: Counter[Span] = field(default_factory=Counter)

    def add(self, asked: AskedQuestion) -> None:
        """Count what a session tells."""
        self.sessions += 1
        self.people += asked.answered or 0
        for first, last, many in asked.cells:
            self.cells[first, last] += many

    def add_all(self, other: Answered) -> None:
        """Count all that another sum counted."""
        self.sessions += other.sessions
        self.people += other.people
        self.cells.update(other.cells)


@dataclass(slots=True)
class Question:
    """A closed question in one wording."""

    plan: Mark
    line: Mark
    pair: Mark
    kind: str
    options: int
    language: str
    place: int
    """Where it stands in its plan."""
    first_on: str
    last_on: str
    quiet: int = 0
    """Sessions that asked it and may tell nothing of it."""
    whole: Answered = field(default_factory=Answered)
    by_quarter: defaultdict[str, Answered] = field(default_factory=lambda: defaultdict(Answered))

    @property
    def sessions(self) -> int:
        """How many sessions asked it, whatever they may tell of it."""
        return self.whole.sessions + self.quiet

    def add(self, asked: AskedQuestion, place: int, on: str) -> None:
        """Count what a session tells of it."""
        self.place = min(self.place, place)
        self.first_on, self.last_on = min(self.first_on, on), max(self.last_on, on)
        tells = bool(asked.cells) if asked.kind == "compass" else asked.answered is not None
        if tells:
            self.whole.add(asked)
            self.by_quarter[quarter(on)].add(asked)
        else:
            self.quiet += 1


@dataclass(slots=True)
class Theme:
    """A theme over some sessions."""

    kind: str
    sessions: int = 0
    least: int = 0
    most: int = 0
    is_open: bool = False


@dataclass(slots=True)
class Sums:
    """Everything that is counted over a programme."""

    everybody: People = field(default_factory=People)
    rehearsals: int = 0
    minutes: int = 0
    days: list[tuple[str, Mark, str]] = field(default_factory=list)
    """Day, title and id of each session."""
    own_titles: dict[str, Mark] = field(default_factory=dict)
    """The sessions that have a title of their own, with its mark."""
    plans: defaultdict[Mark, People] = field(default_factory=lambda: defaultdict(People))
    quarters: defaultdict[str, People] = field(default_factory=lambda: defaultdict(People))
    languages: Counter[str] = field(default_factory=Counter)
    adopted: int = 0
    agreements: Counter[Mark] = field(default_factory=Counter)
    conditions: Counter[Mark] = field(default_factory=Counter)
    questions: dict[Mark, Question] = field(default_factory=dict)
    themes: dict[Mark, Theme] = field(default_factory=dict)
    commitments: int = 0
    after: Counter[tuple[int, str]] = field(default_factory=Counter)
    asks: int = 0
    asks_answered: int = 0
    held: People = field(default_factory=People)
    examples: dict[Mark, tuple[bool, str, str]] = field(default_factory=dict)
    """Where the words of a mark can be read: whether in another language, on which day, where."""
    telling: dict[str, list[Example]] = field(
        default_factory=lambda: {what: [] for what in _MOST_READ}
    )
    """The latest sessions with asks, with follow-ups, and of all."""

    def add(self, one: Contribution) -> None:
        """Count a session; each must be added once."""
        self.everybody.add(one)
        self.rehearsals += one.rehearsal
        self.minutes += one.minutes
        self.days.append((one.on, one.title, one.session))
        if one.has_own_title:
            self.own_titles[one.session] = one.title
        self.plans[one.plan].add(one)
        self.quarters[quarter(one.on)].add(one)
        self.languages[one.language] += 1
        self.adopted += one.adopted
        self.agreements.update(one.agreements if one.adopted else ())
        self.conditions.update(one.conditions)
        self._add_questions(one)
        self._add_themes(one)
        self._add_what_was_promised(one)
        self._remember(one)

    def _add_questions(self, one: Contribution) -> None:
        for place, asked in enumerate(one.questions):
            known = self.questions.get(asked.row)
            if known is None:
                known = self.questions[asked.row] = Question(
                    one.plan,
                    asked.line,
                    asked.pair,
                    asked.kind,
                    asked.options,
                    one.language,
                    place,
                    first_on=one.on,
                    last_on=one.on,
                )
            known.add(asked, place, one.on)

    def _add_themes(self, one: Contribution) -> None:
        for found in {theme.mark: theme for theme in one.themes}.values():
            theme = self.themes.setdefault(found.mark, Theme(found.kind))
            theme.sessions += 1
            theme.least += found.least
            theme.most += found.most or 0
            theme.is_open |= found.most is None

    def _add_what_was_promised(self, one: Contribution) -> None:
        self.commitments += one.commitments
        for days, state, many in one.after:
            self.after[days, state] += many
        self.asks += one.asks
        self.asks_answered += one.answered
        self.held.sessions += 1
        self.held.least += one.held_least
        self.held.most += one.held_most or 0
        self.held.is_open |= one.held_most is None

    def _remember(self, one: Contribution) -> None:
        """Keep where words can be read: in the earliest session, one in our language first."""
        here = (one.on, one.session)
        example = (one.language != _OWN_LANGUAGE, *here)
        marks = [one.plan, *one.agreements, *one.conditions]
        marks += [] if one.has_own_title else [one.title]
        marks += [asked.row for asked in one.questions]
        marks += [theme.mark for theme in one.themes]
        for each in marks:
            self.examples[each] = min(self.examples.get(each, example), example)
        for what, found in (("asks", one.asks), ("after", one.after), ("any", True)):
            if found:
                latest = sorted([*self.telling[what], here], reverse=True)
                self.telling[what] = latest[: _MOST_READ[what]]

    def telling_sessions(self) -> list[Example]:
        """Return the latest sessions with words to show, the latest first."""
        return sorted({one for latest in self.telling.values() for one in latest}, reverse=True)

    def quoted_sessions(self) -> list[Example]:
        """Return the sessions of which words may be quoted here."""
        return self.telling["any"]

    def cohort(self) -> str:
        """Return what stands for exactly these sessions."""
        digest = blake2b(digest_size=8)
        for session in sorted(session for _, _, session in self.days):
            digest.update(session.encode())
        return digest.hexdigest()

    def may_be_named(self) -> bool:
        """Say whether the list of sessions is neither too short nor too long to stand by name."""
        return FEWEST_SESSIONS <= len(self.days) <= MOST_NAMED

    def to_name(self) -> tuple[tuple[str, Mark], ...]:
        """Return the sessions whose own title is to be read, each with its mark."""
        return tuple(sorted(self.own_titles.items())) if self.may_be_named() else ()

    def plan_groups(self) -> tuple[tuple[Mark, ...], ...]:
        """Return plans that are told together, the most common first."""
        counts = {plan: people.sessions for plan, people in self.plans.items()}
        order = sorted(counts, key=lambda plan: (-counts[plan], self.examples[plan], plan))
        return small_together(counts, order)

    def needed(self) -> Iterator[tuple[Mark, Example]]:
        """Yield the marks whose words are told, and where to read them."""
        marks: list[Mark] = [group[0] for group in self.plan_groups() if len(group) == 1]
        if self.may_be_named():
            marks += [title for _, title, session in self.days if session not in self.own_titles]
        for counts in (self.agreements, self.conditions):
            marks += [one for one, sessions in counts.items() if sessions >= FEWEST_SESSIONS]
        for told in (self.questions, self.themes):
            marks += [one for one, what in told.items() if what.sessions >= FEWEST_SESSIONS]
        for one in dict.fromkeys(marks):
            _, on, session = self.examples[one]
            yield one, (on, session)
