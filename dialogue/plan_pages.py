"""Plans as pages to read in the terminal.

Touches: nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from agreements.durations import SECONDS_A_MINUTE
from agreements.model import Protocol
from agreements.plan import (
    FixedDuration,
    OpenDuration,
    PerPersonDuration,
    Plan,
    RangeDuration,
    Step,
)
from dialogue.page import Block, Heading, Items, Line, Mark, Rows

if TYPE_CHECKING:
    from agreements.library import Library
    from agreements.lint import Finding
    from sessions.timetable import PlanFit, StepTimes

INDENT = "· "
"""What stands before a part of a step, once for each level."""


def plans_page(library: Library) -> Iterator[Block]:
    """Yield every plan as a row, and what could not be used."""
    rows = [
        (plan.id, _titled(plan, library), str(plan.minutes), _heads(plan), plan.purpose)
        for plan in library.plans.values()
    ]
    yield Rows(("ID", "Title", "Minutes", "People", "For"), rows, frozenset({2, 3}))
    for problem in library.problems:
        yield Line(f"Left out: {problem.sentence}", "attention")


def _titled(plan: Plan, library: Library) -> str:
    """Return a plan's title, with its language where that is not the one that was chosen."""
    other = plan.language != library.language
    return f"{plan.title} ({plan.language})" if other else plan.title


def plan_page(plan: Plan, protocol: Protocol) -> Iterator[Block]:
    """Yield what happens in a plan, step by step."""
    yield Heading(plan.title)
    yield Line(f"{plan.id} · {plan.minutes} minutes · {_heads(plan)} people", "quiet")
    yield Line(plan.purpose)
    rule = next((one for one in protocol.confidentiality if one.id == plan.confidentiality), None)
    if rule is not None:
        yield Line(f"Made for: {rule.name}.")
    yield Heading("Steps", 2)
    depths = _depths(plan)
    yield Rows(
        ("Step", "Takes", "How", "Gives way"),
        [_planned(step, INDENT * depths[step.id]) for step in plan.steps],
    )
    if plan.alternatives:
        yield Heading("Instead, when the group says no or is too large", 2)
        yield Items([f"{step.title}: {spoken_length(step)}" for step in plan.alternatives])
    if any(step.kind == "agreements" for step in plan.steps):
        yield Heading("Agreements", 2)
        yield Items([f"{one.name}. {one.asks} {one.does_not_ask}" for one in protocol.agreements])
    yield Heading("Compass", 2)
    yield Items([f"{point.label}: {point.starts}" for point in protocol.compass])
    yield Heading("Prompts", 2)
    yield Items([prompt.text for prompt in plan.prompts])


def fit_page(plan: Plan, fitted: PlanFit) -> Iterator[Block]:
    """Yield a plan on the clock, and what had to change."""
    yield Heading(plan.title)
    yield Line(
        f"{fitted.heads} {'person' if fitted.heads == 1 else 'people'} · "
        f"{_short(fitted.starts)} to {_short(fitted.ends)} · "
        f"ends at {_short(fitted.projected_end)}",
        "quiet",
    )
    yield Line(fitted.sentence, "good" if fitted.feasible else "attention")
    parents = {step.id: step.parent for step in fitted.steps}
    yield Rows(
        ("Starts", "Ends", "Minutes", "Step", ""),
        [
            (
                _short(step.starts),
                _short(step.ends),
                minutes_text(step.seconds),
                INDENT * _depth(step.id, parents) + step.title,
                _changed(step),
            )
            for step in fitted.steps
        ],
        frozenset({2}),
    )


def check_page(plan: Plan, findings: Sequence[Finding]) -> Iterator[Block]:
    """Yield what a colleague would say about a plan, what can hurt people first."""
    yield Heading(plan.title)
    if not findings:
        yield Line(f"Checked for {_heads(plan)} people: nothing to put right.", "good")
    for finding in sorted(findings, key=lambda one: one.level == "advice"):
        mark: Mark = "attention" if finding.level == "problem" else "plain"
        yield Line(f"{finding.level}: {finding.sentence}", mark)
        yield Items((f"{finding.fix} ({finding.rule})",))


def spoken_length(step: Step) -> str:
    """Return how long a step takes, as its plan says it."""
    match step.duration:
        case FixedDuration(minutes=minutes):
            return f"{_number(minutes)} min"
        case PerPersonDuration() as turns:
            rounds = f", {turns.rounds} rounds" if turns.rounds > 1 else ""
            return f"{_turn(turns.seconds_each)} each{rounds}"
        case RangeDuration() as between:
            return f"{_number(between.from_minutes)} to {_number(between.to_minutes)} min"
        case OpenDuration():
            return "open"
        case _:
            return "as its parts"


def gives_way(step: Step) -> str:
    """Return how a step gives way when time is short."""
    flex = step.flex
    if flex.protected:
        return "never"
    said = []
    if flex.compressible_to is not None:
        said.append(f"down to {_number(flex.compressible_to)} min")
    if flex.drop_order is not None:
        said.append(f"may be left out ({flex.drop_order})")
    return ", ".join(said)


def minutes_text(seconds: int) -> str:
    """Return seconds as minutes, with the seconds only where there are some: `7` or `6:30`."""
    minutes, rest = divmod(seconds, SECONDS_A_MINUTE)
    return f"{minutes}:{rest:02}" if rest else str(minutes)


def _planned(step: Step, indent: str) -> tuple[str, ...]:
    return (indent + step.title, spoken_length(step), step.format, gives_way(step))


def _heads(plan: Plan) -> str:
    return f"{plan.min_heads} to {plan.max_heads}"


def _turn(seconds: int) -> str:
    return f"{seconds} s" if seconds < SECONDS_A_MINUTE else f"{minutes_text(seconds)} min"


def _number(minutes: float) -> str:
    return f"{minutes:g}"


def _short(clock: str) -> str:
    """Return `HH:MM:SS` without the seconds, unless there are some."""
    return clock.removesuffix(":00")


def _changed(step: StepTimes) -> str:
    if step.change is None:
        return ""
    planned = minutes_text(step.planned_seconds)
    return "left out" if step.change == "dropped" else f"shortened from {planned}"


def _depths(plan: Plan) -> dict[str, int]:
    parents = {step.id: step.parent for step in plan.steps}
    return {step.id: _depth(step.id, parents) for step in plan.steps}


def _depth(step_id: str, parents: dict[str, str | None]) -> int:
    depth, parent = 0, parents.get(step_id)
    while parent is not None:
        depth, parent = depth + 1, parents.get(parent)
    return depth
