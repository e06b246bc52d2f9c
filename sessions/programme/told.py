"""From sums to what a programme tells.

Pure. The rules of disclosure over sessions are applied here, once: figures of people are rounded
down, nothing is told of fewer than `FEWEST_SESSIONS` sessions, and such a row is counted together
with others rather than left out, so that it cannot be found by subtracting the others.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final, Literal, cast

from sessions.disclosure import neighbours, together
from sessions.programme import shown
from sessions.programme.contribution import Mark
from sessions.programme.figures import (
    Span,
    at_least,
    down,
    people_band,
    told_spans,
)
from sessions.programme.model import (
    FEWEST_SESSIONS,
    STEP,
    CommitmentsAfter,
    CountedSessions,
    LeftOut,
    NamedSession,
    ProgrammeAnswer,
    ProgrammeQuestion,
    ProgrammeSummary,
    ProgrammeTheme,
    ProgrammeTime,
)
from sessions.programme.sums import Answered, People, Question, Sums
from sessions.summary import Summary

Words = Mapping[Mark, tuple[str, ...]]

OTHERS: Final = "other plans"
LOWER_BOUNDS: Final = (
    "Figures are lower bounds, rounded down. Rooms in which few chose otherwise tell that in "
    "words, and are counted in."
)
PLACES: Final = (
    "Only sessions that may tell a figure for every place are counted, and several places could be "
    "named."
)


@dataclass(frozen=True, slots=True)
class Aside:
    """What a programme tells of the files it was made of."""

    left_out: Mapping[str, int]
    """How many files were not counted, by the reason."""
    twice: int = 0


def told(
    sums: Sums, words: Words, titles: Mapping[str, str], latest: Sequence[Summary], aside: Aside
) -> ProgrammeSummary:
    """Return what a programme tells.

    Args:
        sums: All sessions, at least one.
        words: What the marks stand for.
        titles: The sessions' own titles, by id, where `Sums.to_name` asked for them.
        latest: The Summaries that `Sums.telling_sessions` asked for, in that order.
        aside: What became of the other files.
    """
    days = sorted(on for on, _, _ in sums.days)
    quoted = {session for _, session in sums.quoted_sessions()}
    quarters, plans = _quarters(sums), _plans(sums, words)
    return ProgrammeSummary(
        title="Programme of dialogues",
        rehearsal=sums.rehearsals > 0,
        sessions=len(days),
        cohort=sums.cohort(),
        first_on=days[0],
        last_on=days[-1],
        languages=_languages(sums),
        people=_people(sums.everybody),
        minutes=sums.minutes,
        by_quarter=quarters,
        by_plan=plans,
        named=_named(sums, words, titles),
        adopted=sums.adopted,
        agreements=_counted(sums.agreements, words),
        conditions=_counted(sums.conditions, words, by_number=True),
        questions=tuple(_questions(sums, words)),
        themes=tuple(_themes(sums, words)),
        commitments=sums.commitments,
        commitments_after=tuple(_after(sums)),
        commitments_named=shown.commitments(latest),
        asks=sums.asks,
        asks_answered=sums.asks_answered,
        asks_named=shown.asks(latest, _periods(sums)),
        quotes_named=shown.quotes([one for one in latest if one.session in quoted]),
        held_back=_held_back(sums),
        left_out=tuple(LeftOut(reason=why, files=n) for why, n in sorted(aside.left_out.items())),
        twice=aside.twice,
        privacy=shown.PRIVACY,
        limits=tuple(shown.limits(sums)),
    )


def _people(people: People) -> str:
    if people.known < FEWEST_SESSIONS:
        return ""
    return people_band(people.least, None if people.is_open else people.most)


def _quarters(sums: Sums) -> tuple[CountedSessions, ...]:
    return tuple(
        _together(period(group), [sums.quarters[one] for one in group])
        for group in _quarter_groups(sums)
    )


def _periods(sums: Sums) -> dict[str, str]:
    """Return the label under which each quarter is counted."""
    return {one: period(group) for group in _quarter_groups(sums) for one in group}


def _quarter_groups(sums: Sums) -> Iterable[Sequence[str]]:
    counts = [(name, sums.quarters[name].sessions) for name in sorted(sums.quarters)]
    return neighbours(counts, FEWEST_SESSIONS)


def _plans(sums: Sums, words: Words) -> tuple[CountedSessions, ...]:
    return tuple(
        _together(
            words[group[0]][0] if len(group) == 1 else OTHERS, [sums.plans[one] for one in group]
        )
        for group in sums.plan_groups()
    )


def _together(label: str, parts: Iterable[People]) -> CountedSessions:
    whole = People()
    for part in parts:
        whole.add_all(part)
    return CountedSessions(label=label, sessions=whole.sessions, people=_people(whole))


def period(quarters: Sequence[str]) -> str:
    """Return neighbouring quarters as one label."""
    first, last = quarters[0], quarters[-1]
    if first == last:
        return first
    same_year = first[:4] == last[:4]
    return f"{first} to {last[5:] if same_year else last}"


def _languages(sums: Sums) -> tuple[str, ...]:
    common = sorted(tag for tag, n in sums.languages.items() if tag and n >= FEWEST_SESSIONS)
    told_of = sum(sums.languages[tag] for tag in common)
    return (*common, "others") if told_of < len(sums.days) and common else tuple(common)


def _named(sums: Sums, words: Words, titles: Mapping[str, str]) -> tuple[NamedSession, ...]:
    if not sums.may_be_named():
        return ()
    named = (
        (on, titles[session] if session in titles else words[title][0])
        for on, title, session in sums.days
    )
    return tuple(NamedSession(on=on, title=title) for on, title in sorted(named))


def _counted(
    counts: Mapping[Mark, int],
    words: Words,
    *,
    by_number: bool = False,
) -> tuple[CountedSessions, ...]:
    """Return what enough sessions have, the most common first unless it has numbers."""
    enough = [(n, words[one]) for one, n in counts.items() if n >= FEWEST_SESSIONS]
    enough.sort(key=lambda pair: (_number(pair[1][0]) if by_number else -pair[0], pair[1]))
    return tuple(
        CountedSessions(label=said[0], gloss="".join(said[1:]), sessions=n) for n, said in enough
    )


def _number(name: str) -> int:
    digits = name.split(" ", 1)[0]
    return int(digits) if digits.isdecimal() else 0


def _themes(sums: Sums, words: Words) -> Iterator[ProgrammeTheme]:
    enough = [
        (one, theme) for one, theme in sums.themes.items() if theme.sessions >= FEWEST_SESSIONS
    ]
    for one, theme in sorted(enough, key=lambda pair: (-pair[1].sessions, words[pair[0]], pair[0])):
        yield ProgrammeTheme(
            label=words[one][0],
            kind=cast("Literal['agreement', 'condition', 'compass', 'theme']", theme.kind),
            sessions=theme.sessions,
            people=people_band(theme.least, None if theme.is_open else theme.most),
        )


def _after(sums: Sums) -> Iterator[CommitmentsAfter]:
    for days in (30, 60, 90):
        kept, partly, not_yet = (sums.after[days, one] for one in ("kept", "partly", "not-yet"))
        if kept or partly or not_yet:
            yield CommitmentsAfter(
                after_days=days,
                kept=kept,
                partly=partly,
                not_yet=not_yet,
            )


def _held_back(sums: Sums) -> str:
    held = sums.held
    if held.sessions < FEWEST_SESSIONS or (held.most == 0 and not held.is_open):
        return ""
    return people_band(held.least, None if held.is_open else held.most)


def _questions(sums: Sums, words: Words) -> Iterator[ProgrammeQuestion]:
    """Yield every question that enough sessions asked, the most common plan's first."""

    def order(pair: tuple[Mark, Question]) -> tuple[Any, ...]:
        row, one = pair
        said = words[row]
        return (-sums.plans[one.plan].sessions, said[0], one.place, one.first_on, said, row)

    before = _before(sums, words)
    enough = [pair for pair in sums.questions.items() if pair[1].sessions >= FEWEST_SESSIONS]
    groups = _groups([one for _, one in enough])
    for row, one in sorted(enough, key=order):
        yield _question(one, words[row], before.get(row, ""), groups[one.pair])


def _before(sums: Sums, words: Words) -> dict[Mark, str]:
    """Return for each question the wording it took the place of, in its plan and language."""
    lines: dict[Mark, list[tuple[str, str, Mark]]] = {}
    for row, one in sums.questions.items():
        # A wording that too few sessions asked is not told here either.
        if one.sessions >= FEWEST_SESSIONS:
            lines.setdefault(one.line, []).append((one.first_on, one.last_on, row))
    found: dict[Mark, str] = {}
    for rows in lines.values():
        rows.sort()
        for (_, _, earlier), (_, _, later) in pairwise(rows):
            # Else only what could be answered is another: such a row stands apart without a link.
            if words[earlier][1] != words[later][1]:
                found[later] = words[earlier][1]
    return found


def _question(
    one: Question, said: tuple[str, ...], before: str, spans: Sequence[Span]
) -> ProgrammeQuestion:
    plan_title, text, caution, *choices = said
    whole = one.whole
    enough = whole.sessions >= FEWEST_SESSIONS
    groups = [span for span in spans if enough and at_least(whole.cells, span) >= STEP]
    labels = [together(choices[low : high + 1], scale=one.kind != "choice") for low, high in groups]
    figures = [down(at_least(whole.cells, span)) for span in groups]
    answered = down(whole.people) if enough else 0
    return ProgrammeQuestion(
        plan_title=plan_title,
        kind=cast("Literal['choice', 'scale', 'then', 'now', 'compass']", one.kind),
        language=one.language,
        text=text,
        sessions=whole.sessions if enough else 0,
        answered=answered,
        answers=tuple(
            ProgrammeAnswer(label=label, at_least=many)
            for label, many in zip(labels, figures, strict=True)
        ),
        over_time=tuple(_over_time(one, groups)) if groups and answered else (),
        in_words=_in_words(labels, figures, answered, compass=one.kind == "compass", enough=enough),
        asked_before=before,
        caution=caution,
    )


def _groups(questions: Iterable[Question]) -> dict[Mark, tuple[Span, ...]]:
    """Return which answers are told together; then and now of one ask alike."""
    pairs: dict[Mark, list[Question]] = {}
    for one in questions:
        pairs.setdefault(one.pair, []).append(one)
    return {pair: _groups_of(both) for pair, both in pairs.items()}


def _groups_of(both: Sequence[Question]) -> tuple[Span, ...]:
    options = both[0].options
    if both[0].kind == "compass":
        return tuple((at, at) for at in range(options))
    return told_spans([(one.whole.cells, one.whole.people) for one in both], options)


def _over_time(one: Question, groups: Sequence[Span]) -> Iterator[ProgrammeTime]:
    counts = [(name, one.by_quarter[name].sessions) for name in sorted(one.by_quarter)]
    periods = neighbours(counts, FEWEST_SESSIONS)
    for names in periods if len(periods) > 1 else ():
        whole = Answered()
        for name in names:
            whole.add_all(one.by_quarter[name])
        yield ProgrammeTime(
            label=period(names),
            answered=down(whole.people),
            at_least=tuple(down(at_least(whole.cells, span)) for span in groups),
        )


def _in_words(
    labels: Sequence[str], figures: Sequence[int], answered: int, *, compass: bool, enough: bool
) -> str:
    if not enough:
        return f"Fewer than {FEWEST_SESSIONS} sessions may tell of it, so nothing is told."
    parts = "; ".join(
        f"{label}: at least {many}" for label, many in zip(labels, figures, strict=True)
    )
    if compass:
        return f"Named by people: {parts}." if parts else "Nothing can be told of any place."
    if not parts:
        return f"At least {answered} answered; the sessions tell too little to be summed."
    return f"Of at least {answered} who answered: {parts}."
