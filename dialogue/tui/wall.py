"""Whether others may see this screen, and what of the live screen is theirs to see.

Pure. A laptop in front of a room is often mirrored on the wall without anybody noticing, so the
wall sees it until the facilitator says that it does not. Then the room view stands in the middle
of Live, and what is for the facilitator alone (pace, clock, lines to say, cue, counts) appears only
for the moment in which it is asked for.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from dialogue.wording import mark, tr

if TYPE_CHECKING:
    from dialogue.tui.views import LiveView

LOOK_SECONDS: Final = 10
"""How long private lines stay once they were asked for on a screen that others may see."""

ON_THE_WALL: Final[Mapping[str, str]] = {
    "fit": mark("{key_cue} shows the answer."),
    "drop": mark("{key_cue} shows the answer."),
    "pause": "",
    "blank": "",
    "fewer": "",
    "more": "",
    "undo": mark("Taken back."),
    "turn-over": "",
    "one-voice": "",
    "new-voice": "",
    "again": "",
    "table": "",
}
"""What the wall reads of commands whose answer tells how the session stands, who has just left,
passed or spoken, or one calm page from another."""

CALM: Final = mark("The calm page. The key that brought it shows the step again.")
"""Said of every calm page alike, so that nobody reads off the wall why there is a pause."""

HINT: Final = mark(
    "{key_cue} shows your own lines for a moment · {key_wall}: only you see this screen"
)
"""Said on the wall while there is nothing else to say."""

SHORT_HINT: Final = mark("{key_cue}: your own lines")
"""The same, where there is something else to say as well."""

NAMES_SHUT: Final = mark(
    "Names are typed where only you read them. Press {key_wall} first, then {key_roster}."
)
"""Why the roster is not asked for now."""

NOT_OPENED: Final = mark("The sheet did not open. {key_cue} says why.")
NOT_CLOSED: Final = mark("The sheet has not closed yet. {key_cue} says why.")
CLOSED: Final = mark("The sheet has closed.")

SHUT: Final = mark(
    "Answers stay shut while the wall sees this screen. {key_wall} says that only you see it."
)
"""Why nobody reviews answers now."""

CARDS_SHUT: Final = mark(
    "Cards are entered only while the wall does not see this screen: {key_wall} says so."
)
"""Why nobody enters what stands on cards now."""


@dataclass(slots=True)
class Wall:
    """Who sees the facilitator's screen, for as long as the program runs."""

    sees: bool = True
    """Others may see it: assumed until the facilitator says otherwise, and after every start."""
    _shown_until: int = 0

    def hides(self, now: int) -> bool:
        """Say whether private lines are hidden at a second of the session."""
        return self.sees and now >= self._shown_until

    def look(self, now: int) -> None:
        """Show private lines for a moment; asked for again, hide them at once."""
        self._shown_until = now + LOOK_SECONDS if self.hides(now) else now

    def turn(self) -> str:
        """Change who sees the screen, and say so."""
        self.sees = not self.sees
        self._shown_until = 0
        if self.sees:
            return tr("The wall may see this screen. {key_cue} shows your own lines for a moment.")
        return tr("Only you see this screen, until you press {key_wall} again.")


def for_the_wall(view: LiveView) -> LiveView:
    """Return a live view without anything that is for the facilitator alone."""
    step = replace(view.step, says=(), cue="", bridge="")
    return replace(
        view,
        heads=0,
        pace="",
        advice="",
        step=step,
        time=replace(view.time, digits="", of="", part=0.0, overtime=False, behind=0),
        next="",
        rows=(),
        agreements=tuple(replace(one, named=0) for one in view.agreements),
        counts_kept=False,
    )
