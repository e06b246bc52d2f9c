"""Which sessions programmes were told of, so that no two differ by a single one.

Pure. Whoever has two programmes can subtract them. What is left must be of two sessions at least,
whichever is taken from which: one alone would be told by the difference, although its own summary
may never have left. A programme that has one session more is held to the earlier cohort; one that
lacks a session, or swaps one, is refused.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import blake2b
from typing import Final

from agreements.sentence import Sentence
from sessions.errors import CommandRefusedError

LEAST_APART: Final = 2
"""Two programmes differ by so many sessions, or by none."""

MARK_BYTES: Final = 8

Cohort = frozenset[bytes]
"""A mark for each session of a programme."""


def mark_of(session: str) -> bytes:
    """Return what stands for a session in a cohort."""
    return blake2b(session.encode(), digest_size=MARK_BYTES).digest()


@dataclass(frozen=True, slots=True)
class Cohorts:
    """The cohorts of all programmes that were told."""

    told: frozenset[Cohort] = frozenset()

    def waiting(self, sessions: Iterable[str]) -> frozenset[str]:
        """Return the sessions that must wait for another before they are told.

        Args:
            sessions: Those that a programme is asked for.

        Raises:
            CommandRefusedError: It would differ from an earlier one by a single session, and
                waiting does not help.
        """
        marks = {mark_of(one): one for one in sessions}
        cohort = frozenset(marks)
        if cohort in self.told:
            return frozenset()
        close = [one for one in self.told if too_close(cohort, one)]
        if not close:
            return frozenset()
        for earlier in sorted(close, key=sorted):
            if earlier < cohort:
                return frozenset(marks[one] for one in cohort - earlier)
        raise CommandRefusedError(_refusal(cohort, min(close, key=sorted)))

    def with_one_of(self, sessions: Iterable[str]) -> Cohorts:
        """Return the cohorts with one more."""
        return Cohorts(self.told | {frozenset(map(mark_of, sessions))})


def too_close(one: Cohort, other: Cohort) -> bool:
    """Say whether one of two programmes has exactly one session that the other has not."""
    return any(0 < len(only) < LEAST_APART for only in (one - other, other - one))


def isolated(cohorts: Iterable[Cohort]) -> Iterator[tuple[Cohort, Cohort]]:
    """Yield each two cohorts that tell of a single session when they are subtracted."""
    seen: list[Cohort] = []
    for one in cohorts:
        yield from ((one, other) for other in seen if too_close(one, other))
        seen.append(one)


def _refusal(cohort: Cohort, earlier: Cohort) -> Sentence:
    if len(earlier - cohort) < LEAST_APART and earlier - cohort:
        return Sentence(
            "An earlier programme counted these sessions and one more. Whoever has both could "
            "subtract them and read that one. Give the files of that programme again, or leave "
            "out another session too."
        )
    return Sentence(
        "One session here is in no earlier programme, while others are missing. Whoever has both "
        "could subtract them and read that one. Give the files of that programme again, or wait "
        "for another session."
    )
