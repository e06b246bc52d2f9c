"""Which sessions programmes were told of, so that no two differ by too little.

Pure. Whoever has two programmes can subtract them. What is left must be of two sessions and of
five people at least, whichever is taken from which: one alone would be told by the difference,
although its own summary may never have left. A programme that has too little more is held to the
earlier cohort; one that lacks a session, or swaps one, is refused. Rehearsals are no part of a
cohort: whoever made them up can take them away.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from hashlib import blake2b
from typing import Final

from agreements.sentence import Sentence
from sessions.disclosure import FLOOR
from sessions.errors import CommandRefusedError

LEAST_APART: Final = 2
"""Two programmes differ by so many sessions, and by `FLOOR` people, or by none."""

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
    small: frozenset[bytes] = frozenset()
    """The marks of sessions at which fewer than `FLOOR` people may have been."""

    def waiting(
        self, sessions: Iterable[str], small: Callable[[], Iterable[str]] = tuple
    ) -> frozenset[str]:
        """Return the sessions that must wait for another before they are told.

        Args:
            sessions: Those that a programme is asked for.
            small: Finds those of them at which fewer than `FLOOR` people may have been; is asked
                only where they are not those of an earlier programme.

        Raises:
            CommandRefusedError: It would differ from an earlier one by too little, and waiting
                does not help.
        """
        marks = {mark_of(one): one for one in sessions}
        cohort = frozenset(marks)
        if cohort in self.told:
            return frozenset()
        few = self.small | {*map(mark_of, small())} if self.told else self.small
        close = [one for one in self.told if too_close(cohort, one, few)]
        if not close:
            return frozenset()
        for earlier in sorted(close, key=sorted):
            if earlier < cohort:
                return frozenset(marks[one] for one in cohort - earlier)
        raise CommandRefusedError(_refusal(cohort, min(close, key=sorted)))

    def with_one_of(self, sessions: Iterable[str], small: Iterable[str] = ()) -> Cohorts:
        """Return the cohorts with one more, some of whose sessions may be small; none is no one."""
        one = frozenset(map(mark_of, sessions))
        told = self.told | {one} if one else self.told
        return Cohorts(told, self.small | {*map(mark_of, small)})


def too_close(one: Cohort, other: Cohort, small: frozenset[bytes] = frozenset()) -> bool:
    """Say whether one of two programmes has too little that the other has not.

    That is a single session, or sessions at which fewer than `FLOOR` people may have been in all.
    """
    return any(
        0 < len(only) < LEAST_APART or 0 < sum(1 if at in small else FLOOR for at in only) < FLOOR
        for only in (one - other, other - one)
    )


def _refusal(cohort: Cohort, earlier: Cohort) -> Sentence:
    if len(earlier - cohort) == 1:
        return Sentence(
            "An earlier programme counted these sessions and one more. Whoever has both could "
            "subtract them and read that one. Give the files of that programme again, or leave "
            "out another session too."
        )
    if len(cohort - earlier) == 1:
        return Sentence(
            "One session here is in no earlier programme, while others are missing. Whoever has "
            "both could subtract them and read that one. Give the files of that programme again, "
            "or wait for another session."
        )
    return Sentence(
        "Beside an earlier programme, this one differs by sessions with perhaps fewer than "
        "{floor} people in all. Whoever has both could subtract them. Give the files of that "
        "programme again, or wait for another session.",
        floor=FLOOR,
    )
