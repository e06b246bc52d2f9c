"""Who of two does what, in the words of the live screen; roles and never names.

Pure apart from the session it reads.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from agreements.plan import Person, Roles, Step
from dialogue.tui.aside import Aside
from dialogue.tui.views import LiveView
from dialogue.wording import mark, tr
from sessions import order
from sessions.live import LiveSession
from sessions.team import duties, roles_in

PERSONS: Final[Mapping[Person, str]] = {"lead": mark("lead"), "co-lead": mark("co-lead")}
DUTIES: Final[Mapping[str, str]] = {
    "leads": mark("leads"),
    "time": mark("time"),
    "room": mark("room"),
    "care": mark("care"),
}


def with_roles(view: LiveView, session: LiveSession, aside: Aside) -> LiveView:
    """Return a view that says who does what now, and who leads next where that changes."""
    here = session.step
    now = None if here is None else _roles(session, here, swapped=aside.swapped)
    if now is None:
        return view
    following = order.following(session.plan, session.state)
    step = replace(view.step, roles=in_words(now))
    then = None
    if following is not None:
        then = _roles(session, following, swapped=aside.swapped != aside.swaps_next)
    if then is None or then.leads == now.leads:
        return replace(view, step=step)
    leads = tr("{person} leads", person=tr(PERSONS[then.leads]))
    return replace(view, step=step, next=f"{view.next} · {leads}")


def in_words(roles: Roles) -> str:
    """Return who does what on one line: `lead: leads · co-lead: time, room, care`."""
    return " · ".join(
        f"{tr(PERSONS[who])}: {', '.join(tr(DUTIES[one]) for one in what)}"
        for who, what in duties(roles).items()
    )


def _roles(session: LiveSession, step: Step, *, swapped: bool) -> Roles | None:
    team = session.record.setting.team
    steps = () if team == "one" else order.run_order(session.plan, session.state)
    return roles_in(step, steps, team, swapped=swapped)
