"""What the room reads for a while because the facilitator said so: in memory alone.

Pure. Values that die with the program. None of it is an event and none of it is saved: after a
restart the room reads the step, as it would anyway.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(slots=True)
class Showing:
    """What stands on the room view beside what follows from the session."""

    recommit_in: str | None = None
    """The step in which the room is asked which agreement each will stretch on."""
    door_open: bool = False
    """The session is over, and the facilitators stay for a while."""

    def turn_recommit(self, step: str | None) -> bool:
        """Ask the room, or ask no more; say whether it is asked now."""
        self.recommit_in = step if self.recommit_in != step else None
        return self.recommit_in is not None

    def turn_door(self) -> bool:
        """Say to the room that the door stays open, or no more; say which."""
        self.door_open = not self.door_open
        return self.door_open
