"""What past sessions suggest: how long steps really take in this house.

Pure. A suggestion rests on the median of several sessions, so that one evening on which
everything went differently does not count for more than itself. It is said as a suggestion;
nothing changes a plan but a person.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from statistics import median

from agreements.durations import SECONDS_A_MINUTE
from agreements.plan import Plan
from agreements.sentence import Sentence
from sessions.document import ClosedRecord, StepRecord
from sessions.order import runnable

FEWEST_SESSIONS = 3
"""With fewer sessions there is nothing to learn from."""

LEAST_PART = 0.15
"""A difference smaller than this part of the step is not worth a word."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """How long a step usually took, where that is not what was planned."""

    step: str
    title: str
    planned_minutes: int
    """What was usually planned."""
    usual_minutes: int
    """What it usually took."""
    sessions: int
    """How many sessions that rests on."""

    @property
    def sentence(self) -> Sentence:
        """The suggestion as a colleague would say it."""
        return Sentence(
            "“{title}” usually takes {usual} min here, planned {planned} ({sessions} sessions).",
            title=self.title,
            usual=self.usual_minutes,
            planned=self.planned_minutes,
            sessions=self.sessions,
        )


def suggestions(plan: Plan, records: Iterable[ClosedRecord]) -> tuple[Suggestion, ...]:
    """Return the steps of a plan that usually take longer or shorter than planned.

    Args:
        plan: The plan that is being prepared.
        records: Closed sessions of any plan; rehearsals and other plans are left out. Steps that
            were shortened on purpose, dropped or declined tell nothing and are left out too.
    """
    rows: dict[str, list[StepRecord]] = {}
    for record in records:
        if record.plan.id != plan.id or record.rehearsal:
            continue
        for row in record.steps:
            if row.outcome == "done" and row.planned_seconds and row.actual_seconds:
                rows.setdefault(row.id, []).append(row)
    found = (_suggestion(step.id, step.title, rows.get(step.id, [])) for step in runnable(plan))
    return tuple(one for one in found if one is not None)


def _suggestion(step: str, title: str, rows: list[StepRecord]) -> Suggestion | None:
    if len(rows) < FEWEST_SESSIONS:
        return None
    usual_part = median(row.actual_seconds / row.planned_seconds for row in rows)
    planned = median(row.planned_seconds for row in rows)
    planned_minutes = round(planned / SECONDS_A_MINUTE)
    usual_minutes = max(round(planned * usual_part / SECONDS_A_MINUTE), 1)
    if abs(usual_part - 1) < LEAST_PART or usual_minutes == planned_minutes:
        return None
    return Suggestion(step, title, planned_minutes, usual_minutes, len(rows))
