"""What one Summary adds to a programme: numbers, days and marks, and not one word.

Pure. A mark stands for words without holding them: what is kept between two runs may lie in an
index, and nothing can be read in it. `words_of` gives the words back to whoever has the Summary.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from hashlib import blake2b
from typing import Final, Literal

from sessions.disclosure import FLOOR
from sessions.facts import FollowUpState, RecordModel
from sessions.summary import Summary, SummaryCommitment, SummaryQuestion, SummaryTheme

MOST_OPTIONS: Final = 12
"""No plan asks for more; what does is left out."""

_MOST_QUESTIONS: Final = 100
_LARGEST_FIGURE: Final = 10_000_000
_SESSION: Final = re.compile(r"[0-9a-f]{32}")
_TAG: Final = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}")
_BAND: Final = re.compile(r"(\d{1,6})(?: to (\d{1,6}))?|fewer than (\d{1,6})")
_MARK_BYTES: Final = 12

Mark = str
"""Stands for some words."""

Cell = tuple[int, int, int]
"""The first and the last of some neighbouring answers, by place, and how many people gave one of
them at least. No two cells of a session count a person twice, unless together they are all."""


class AskedQuestion(RecordModel):
    """What a Summary tells of one closed question."""

    row: Mark
    """Plan, ask, language and wording: what is the same may be summed."""
    line: Mark
    """Plan, ask and language: what was once asked in another wording."""
    pair: Mark
    """The same for then and now of one ask; for any other, the row."""
    kind: Literal["choice", "scale", "then", "now", "compass"]
    options: int
    answered: int | None
    """How many people; `None` where it is not told."""
    cells: tuple[Cell, ...] = ()


class FoundTheme(RecordModel):
    """A theme of one session."""

    mark: Mark
    kind: Literal["agreement", "condition", "compass", "theme"]
    least: int
    most: int | None


class Contribution(RecordModel):
    """What one session adds to a programme."""

    session: str
    rehearsal: bool
    on: str
    language: str
    title: Mark
    has_own_title: bool
    plan: Mark
    least: int | None
    """The band of how many people were there; `None` where the rule keeps it back."""
    most: int | None
    minutes: int
    agreements: tuple[Mark, ...]
    adopted: bool
    conditions: tuple[Mark, ...]
    questions: tuple[AskedQuestion, ...]
    themes: tuple[FoundTheme, ...]
    commitments: int
    after: tuple[tuple[int, FollowUpState, int], ...]
    """After how many days, how it stood, and how many commitments stood so."""
    asks: int
    answered: int
    """How many of the asks have a reply."""
    held_least: int
    held_most: int | None

    @property
    def is_small(self) -> bool:
        """Whether fewer than `FLOOR` people may have been there, for all that is told."""
        answered = any(one.answered is not None for one in self.questions)
        return (self.least or 0) < FLOOR and not answered

    @property
    def known_later(self) -> int:
        """How much of what only time can tell is in it: of two, the later one has more."""
        return self.asks + self.answered + sum(many for _, _, many in self.after)


def is_usable(summary: Summary) -> bool:
    """Say whether a Summary says which session it is of, and on which day that was."""
    try:
        date.fromisoformat(summary.held_on)
    except ValueError:
        return False
    return _SESSION.fullmatch(summary.session) is not None and len(summary.held_on) == len(
        "2026-11-22"
    )


def is_sound(summary: Summary) -> bool:
    """Say whether every figure of a Summary could be one of a session, however forged it is."""
    figures = [summary.actual_minutes, summary.heads_least, summary.heads_most, summary.threshold]
    figures += [one.number for one in summary.conditions]
    for question in summary.questions:
        figures += [question.answered, *(group.count for group in question.groups)]
    return all(0 <= (figure or 0) <= _LARGEST_FIGURE for figure in figures)


def contribution_of(summary: Summary) -> Contribution:
    """Return what a usable Summary adds."""
    replied = sum(bool(one.replies) for one in summary.leadership_asks)
    held_least, held_most = _ends(summary.held_back)
    return Contribution(
        session=summary.session,
        rehearsal=summary.rehearsal,
        on=summary.held_on,
        language=language_of(summary),
        title=mark_of_title(summary.title),
        has_own_title=summary.title != summary.plan_title,
        plan=_plan(summary),
        least=summary.heads_least,
        most=summary.heads_most,
        minutes=max(0, summary.actual_minutes),
        agreements=tuple(dict.fromkeys(_agreement(one) for one in summary.agreements)),
        adopted=summary.adopted,
        conditions=tuple(dict.fromkeys(_condition(one.number) for one in summary.conditions)),
        questions=tuple(one for _, one in _questions(summary)),
        themes=tuple(_theme(one) for one in summary.coded),
        commitments=len(summary.commitments),
        after=tuple(_after(summary.commitments)),
        asks=len(summary.leadership_asks),
        answered=replied,
        held_least=held_least,
        held_most=held_most,
    )


def words_of(summary: Summary) -> Iterator[tuple[Mark, tuple[str, ...]]]:
    """Yield the words that the marks of a Summary stand for."""
    yield mark_of_title(summary.title), (summary.title,)
    yield _plan(summary), (summary.plan_title,)
    for agreement in summary.agreements:
        yield _agreement(agreement), (_name(agreement),)
    for one in summary.conditions:
        yield _condition(one.number), (f"{one.number} {one.name}", one.gloss)
    for theme in summary.coded:
        yield _theme(theme).mark, (theme.label,)
    for question, asked in _questions(summary):
        said = (summary.plan_title, question.text, question.caution, *question.choices)
        yield asked.row, said


def marked(*parts: str) -> Mark:
    """Return what stands for some words."""
    digest = blake2b(digest_size=_MARK_BYTES)
    for part in parts:
        data = part.encode("utf-8", "surrogatepass")
        digest.update(len(data).to_bytes(8, "big") + data)
    return digest.hexdigest()


def mark_of_title(title: str) -> Mark:
    """Return what stands for the title of a session."""
    return marked("title", title)


def language_of(summary: Summary) -> str:
    """Return a Summary's language, when it is a tag of one."""
    return summary.language if _TAG.fullmatch(summary.language) else ""


def _plan(summary: Summary) -> Mark:
    return marked(
        "plan", summary.plan, language_of(summary), "" if summary.plan else summary.plan_title
    )


def _name(agreement: str) -> str:
    """Return an agreement's short name, without the wording that a group gave it."""
    return agreement.partition(": ")[0]


def _agreement(agreement: str) -> Mark:
    return marked("agreement", _name(agreement))


def _condition(number: int) -> Mark:
    return marked("condition", str(number))


def _theme(theme: SummaryTheme) -> FoundTheme:
    least, most = _ends(theme.count)
    # The code of a group's own theme is of its session alone: what is the same is its name.
    code = theme.code if theme.kind != "theme" else ""
    known = marked("theme", theme.kind, code or theme.label.casefold())
    return FoundTheme(mark=known, kind=theme.kind, least=least, most=most)


def _ends(band: str) -> tuple[int, int | None]:
    """Return the two ends of a band in words; an open one where it tells none."""
    if band == "none":
        return 0, 0
    found = _BAND.match(band)
    if found is None:
        return 0, None
    least, most, below = found.groups()
    if below is not None:
        return 0, max(0, int(below) - 1)
    return int(least), None if most is None else int(most)


def _after(
    commitments: tuple[SummaryCommitment, ...],
) -> Iterator[tuple[int, FollowUpState, int]]:
    stood = [(at.after_days, at.state) for one in commitments for at in one.follow_up]
    for days, state in sorted(set(stood)):
        yield days, state, stood.count((days, state))


def _questions(summary: Summary) -> Iterator[tuple[SummaryQuestion, AskedQuestion]]:
    for one in summary.questions[:_MOST_QUESTIONS]:
        if one.ask and 1 < len(one.choices) <= MOST_OPTIONS:
            yield one, _asked(one, summary)


def _asked(one: SummaryQuestion, summary: Summary) -> AskedQuestion:
    line = (summary.plan, one.ask, one.kind, language_of(summary))
    answered = one.answered if one.answered is not None and one.answered >= FLOOR else None
    if one.kind == "compass":
        cells = _places(one)
    elif answered is None:
        cells = ()
    else:
        cells = _cells(one) or _in_words(one, answered, max(FLOOR, summary.threshold))
    row = marked("row", *line, one.text, *one.choices)
    both = marked("both", summary.plan, one.ask, language_of(summary), *one.choices)
    return AskedQuestion(
        row=row,
        line=marked("line", *line),
        pair=both if one.kind in ("then", "now") else row,
        kind=one.kind,
        options=len(one.choices),
        answered=answered,
        cells=cells,
    )


def _cells(one: SummaryQuestion) -> tuple[Cell, ...]:
    """Return groups by the places of their answers; none where they do not add up."""
    cells: list[Cell] = []
    begin = 0
    for group in one.groups:
        cells.append((begin, begin + len(group.options) - 1, group.count))
        begin += len(group.options)
    whole = begin == len(one.choices) and sum(count for _, _, count in cells) == one.answered
    enough = all(count >= FLOOR and first <= last for first, last, count in cells)
    return tuple(cells) if whole and enough else ()


def _in_words(one: SummaryQuestion, answered: int, fewest: int) -> tuple[Cell, ...]:
    """Return what a sentence says of how many people gave an answer at least."""
    at, half = _option(one), (answered + 1) // 2
    if at is None:
        return ()
    match one.told:
        case "nearly-all" | "most":
            return ((at, at, max(0, answered - fewest + 1)),)
        case "half-or-more":
            return ((at, at, half),)
        case "middle":
            # Of two in the middle it is the lower one: it, and all above it, are the other half.
            return ((0, at, half), (at, len(one.choices) - 1, answered - half + 1))
        case _:
            return ()


def _places(one: SummaryQuestion) -> tuple[Cell, ...]:
    """Return how often each place of the compass was named; the unsure are no place."""
    at = {label: place for place, label in enumerate(one.choices)}
    named = ((at[each.label], each.count) for each in one.groups if each.label in at)
    return tuple((place, place, count) for place, count in named if count >= FLOOR)


def _option(one: SummaryQuestion) -> int | None:
    """Return the place of the answer that words tell of: its label ends the sentence."""
    if not one.option or one.kind == "compass":
        return None
    ends = (
        place for place, label in enumerate(one.choices) if one.in_words.endswith(f": {label}.")
    )
    # Of two labels of which one ends as the other does, the longer one is meant.
    return max(ends, key=lambda place: len(one.choices[place]), default=None)
