"""Two who lead: which of them does what in a step, by role and never by name.

Pure. They change places only at the edges of steps: as the plan says, or in turn, or once by hand.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, Literal

from agreements.plan import Person, Roles, Step

Team = Literal["one", "two", "two-in-turn"]
"""One person alone; two as the plan says; two who change places from step to step."""

_OTHER: Final[dict[Person, Person]] = {"lead": "co-lead", "co-lead": "lead"}
_NOT_LED: Final = frozenset({"arrival", "break", "meal", "slack"})
"""Steps in which nobody leads, so that nobody has had a turn after them."""


def roles_in(
    step: Step, steps: Iterable[Step], team: Team, *, swapped: bool = False
) -> Roles | None:
    """Return who of two does what in a step; `None` for one person alone.

    Args:
        step: The step.
        steps: The steps as they run.
        team: Who leads.
        swapped: They have changed places by hand.
    """
    if team == "one":
        return None
    roles = step.roles or Roles()
    in_turn = False
    if team == "two-in-turn" and step.roles is None:
        led = [one.id for one in steps if one.kind not in _NOT_LED]
        in_turn = step.id in led and led.index(step.id) % 2 == 1
    return other_way_round(roles) if in_turn != swapped else roles


def other_way_round(roles: Roles) -> Roles:
    """Return roles with the two in each other's places."""
    return Roles(
        leads=_OTHER[roles.leads],
        time=_OTHER[roles.time],
        room=_OTHER[roles.room],
        care=_OTHER[roles.care],
    )


def duties(roles: Roles) -> dict[Person, tuple[str, ...]]:
    """Return what each of the two does, whoever leads first."""
    each = (
        ("leads", roles.leads),
        ("time", roles.time),
        ("room", roles.room),
        ("care", roles.care),
    )
    order = dict.fromkeys((roles.leads, *_OTHER))
    found = {who: tuple(duty for duty, whose in each if whose == who) for who in order}
    return {who: what for who, what in found.items() if what}
