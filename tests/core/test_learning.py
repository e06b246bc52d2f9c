"""What past sessions suggest for the next one."""

from __future__ import annotations

from datetime import date

import pytest

from agreements.library import open_library
from agreements.plan import Plan
from sessions.document import ClosedRecord, ElapsedRecord, Outcome, Setting, StepRecord
from sessions.learning import suggestions
from sessions.text import paragraph

LIBRARY = open_library(paragraph)
PLAN = LIBRARY.plan("lunch-and-learn")


def closed(
    minutes: dict[str, float],
    *,
    plan: Plan = PLAN,
    rehearsal: bool = False,
    outcome: Outcome = "done",
) -> ClosedRecord:
    """Return a closed session in which steps planned for ten minutes took so many."""
    steps = tuple(
        StepRecord(
            id=step,
            title=step,
            planned_seconds=600,
            actual_seconds=round(took * 60),
            visits=1,
            outcome=outcome,
        )
        for step, took in minutes.items()
    )
    return ClosedRecord(
        id="0" * 32,
        title="A session",
        held_on=date(2026, 11, 23),
        language="en",
        protocol=LIBRARY.protocol,
        plan=plan,
        rehearsal=rehearsal,
        setting=Setting(heads=12, confidentiality="stories-stay"),
        steps=steps,
        elapsed=ElapsedRecord(),
    )


def test_a_step_that_usually_runs_over_is_suggested_with_its_usual_minutes() -> None:
    """Three sessions in which a step took longer make a suggestion that says so."""
    found = suggestions(PLAN, [closed({"pairs": took}) for took in (13, 14, 15)])
    assert [(one.step, one.planned_minutes, one.usual_minutes) for one in found] == [
        ("pairs", 10, 14)
    ]
    assert found[0].sentence.startswith("“In pairs” usually takes 14 min here, planned 10")


def test_one_odd_evening_does_not_move_the_suggestion() -> None:
    """An outlier among five sessions leaves the suggestion where the others put it."""
    found = suggestions(PLAN, [closed({"pairs": took}) for took in (13, 13, 13, 13, 90)])
    assert found[0].usual_minutes == 13


@pytest.mark.parametrize(
    "records",
    [
        [closed({"pairs": 20}), closed({"pairs": 20})],
        [closed({"pairs": 10.5}) for _ in range(5)],
        [closed({"pairs": 20}, rehearsal=True) for _ in range(5)],
        [closed({"pairs": 20}, plan=LIBRARY.plan("check-in")) for _ in range(5)],
        [closed({"pairs": 5}, outcome="shortened") for _ in range(5)],
    ],
    ids=["too few", "nearly as planned", "rehearsals", "another plan", "shortened on purpose"],
)
def test_nothing_is_suggested_without_enough_to_learn_from(records: list[ClosedRecord]) -> None:
    """Too few sessions, small differences, rehearsals, other plans and cut steps say nothing."""
    assert suggestions(PLAN, records) == ()
