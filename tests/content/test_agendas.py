"""The public agendas: every plan can be loaded, and adds up as its source does.

Touches: disk, to read `tests/data/agendas`.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from agreements.durations import (
    Length,
    fewest_seconds,
    inner_slack_seconds,
    most_seconds,
    planned_seconds,
    total_seconds,
)
from agreements.library import read_plan
from agreements.plan import Plan, Step

AGENDAS = Path(__file__).parent.parent / "data" / "agendas"
MINUTE = 60
HEADS = 12


def agenda(name: str) -> Plan:
    """Read one of the agendas."""
    return read_plan(AGENDAS / f"{name}.toml", str)


def step_of(plan: Plan, step_id: str) -> Step:
    """Return a step that is known to be there."""
    found = plan.step(step_id)
    assert found is not None
    return found


def test_every_agenda_with_numbers_is_there() -> None:
    """Each public agenda that prints minutes is among the data, with its address."""
    plans = [read_plan(path, str) for path in sorted(AGENDAS.glob("*.toml"))]
    assert len(plans) == 16
    assert len({plan.id for plan in plans}) == len(plans)
    assert all(plan.source.startswith("http") for plan in plans)


@pytest.mark.parametrize(
    ("name", "minutes", "slack"),
    [
        ("01-big-conversation", 55, 0),
        ("05-staff-day", 50, 0),
        ("06-affinity-first-meeting", 80, 10),
        ("08-anonymous-cards", 90, 0),
        ("09-curriculum-first", 112, 8),
        ("09-curriculum-first-young-adults", 120, 0),
        ("09-curriculum-second", 120, 0),
        ("11-practice-salon", 165, 15),
        ("12-clinical-half-day", 245, 0),
        ("13-pledge-module", 120, 0),
        ("14-full-day", 480, 0),
        ("15-living-room", 90, 0),
        ("18-library-course", 40, 0),
    ],
)
def test_an_agenda_adds_up_as_printed(name: str, minutes: int, slack: int) -> None:
    """The sum of an agenda and what its slot leaves over are those of its source."""
    plan = agenda(name)
    total = total_seconds(plan, HEADS)
    assert total == minutes * MINUTE
    assert plan.minutes * MINUTE - total == slack * MINUTE


def test_the_first_meeting_overflows_the_shorter_of_its_two_slots() -> None:
    """Eighty minutes of content leave between minus five and ten minutes of slack."""
    total = total_seconds(agenda("06-affinity-first-meeting"), HEADS)
    assert [slot - total // MINUTE for slot in (75, 90)] == [-5, 10]


def test_the_series_runs_from_72_to_84_minutes() -> None:
    """The range of one step, and leaving the journal out, give the printed span."""
    plan = agenda("07-school-series")
    fewest = total_seconds(plan, HEADS, lambda length: length.fewest)
    most = total_seconds(plan, HEADS, lambda length: length.most)
    journal = planned_seconds(plan, step_of(plan, "journal"), HEADS)
    assert ((fewest - journal) // MINUTE, most // MINUTE) == (72, 84)


def test_the_half_day_keeps_fifteen_minutes_inside_its_box() -> None:
    """Two rounds of thirty minutes, three levels deep, leave fifteen of a box of 75."""
    plan = agenda("12-clinical-half-day")
    box = step_of(plan, "fishbowl")
    rounds = plan.children("fishbowl")
    assert [planned_seconds(plan, one, HEADS) // MINUTE for one in rounds] == [30, 30]
    assert planned_seconds(plan, box, HEADS) == 75 * MINUTE
    assert inner_slack_seconds(plan, box, HEADS) == 15 * MINUTE


def test_the_pledge_module_keeps_five_minutes_inside_its_middle() -> None:
    """Fifty minutes of parts in a box of 55 leave five; the other two boxes are full."""
    plan = agenda("13-pledge-module")
    inside = [inner_slack_seconds(plan, step, HEADS) // MINUTE for step in plan.top_level()]
    boxes = [planned_seconds(plan, step, HEADS) // MINUTE for step in plan.top_level()]
    assert (boxes, inside) == ([45, 55, 20], [0, 5, 0])


@pytest.mark.parametrize(
    ("heads", "measure", "minutes"),
    [(5, "fewest", 35), (7, "most", 64)],
)
def test_the_cafe_overflows_at_its_high_end(heads: int, measure: str, minutes: int) -> None:
    """Five people at the low end of every range fit the slot; seven at the high end do not."""
    plan = agenda("16-conversation-cafe")

    def chosen(length: Length) -> int:
        return length.fewest if measure == "fewest" else length.most

    assert total_seconds(plan, heads, chosen) == minutes * MINUTE
    steps = plan.top_level()
    of_step = fewest_seconds if measure == "fewest" else most_seconds
    assert sum(of_step(plan, step, heads) for step in steps) == minutes * MINUTE
    assert (minutes <= plan.minutes) is (measure == "fewest")


def test_a_group_that_declines_has_the_shorter_path() -> None:
    """The path for a group that says no takes ten minutes in the place of fifteen."""
    plan = agenda("17-fives")
    (declined,) = plan.alternatives
    assert planned_seconds(plan, plan.steps[0], 25) == 15 * MINUTE
    assert planned_seconds(plan, declined, 25) == 10 * MINUTE
