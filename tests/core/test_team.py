"""Two who lead: roles from the plan, in turn from step to step, and the other way round by hand."""

from __future__ import annotations

import pytest

from agreements.plan import Roles, Step
from sessions.team import Team, duties, roles_in


def step(name: str, kind: str = "talk", roles: Roles | None = None) -> Step:
    """Return a step of five minutes."""
    return Step.model_validate(
        {
            "id": name,
            "title": name,
            "kind": kind,
            "phase": "explore",
            "format": "plenary",
            "duration": {"kind": "fixed", "minutes": 5.0},
            "roles": roles,
        }
    )


STEPS = (
    step("at-the-door", "arrival"),
    step("one"),
    step("two"),
    step("rest", "break"),
    step("three"),
    step("planned", roles=Roles(leads="co-lead", time="lead", room="lead", care="co-lead")),
)


@pytest.mark.parametrize(
    ("team", "swapped", "leads"),
    [
        ("one", False, None),
        ("two", False, ("lead", "lead", "lead", "co-lead")),
        ("two", True, ("co-lead", "co-lead", "co-lead", "lead")),
        ("two-in-turn", False, ("lead", "co-lead", "lead", "co-lead")),
        ("two-in-turn", True, ("co-lead", "lead", "co-lead", "lead")),
    ],
)
def test_who_leads_follows_the_plan_or_takes_turns(
    team: Team, swapped: bool, leads: tuple[str, ...] | None
) -> None:
    """A break is nobody's turn; what the plan says of a step holds, also where they take turns."""
    led = [roles_in(one, STEPS, team, swapped=swapped) for one in STEPS if one.kind == "talk"]
    assert tuple(one and one.leads for one in led) == (leads or (None,) * 4)


def test_each_of_the_two_is_told_what_is_theirs() -> None:
    """Whoever leads stands first; somebody with nothing to do is left out."""
    planned = STEPS[-1].roles
    assert planned is not None
    assert duties(planned) == {"co-lead": ("leads", "care"), "lead": ("time", "room")}
    alone = Roles(leads="lead", time="lead", room="lead", care="lead")
    assert duties(alone) == {"lead": ("leads", "time", "room", "care")}
