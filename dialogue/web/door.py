"""What the web pages know of a session, and all they can do to it.

Pure: an interface. Behind it stands the live session; a page can look at what the room may see,
say that it is there, get a token for an ask, and hand in an answer. No facilitator's action can be
reached from here, and nothing about a request but its form's fields ever crosses it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal, Protocol

from agreements.model import CompassPoint
from sessions.room import RoomView
from sessions.seating import Admission

CALLED: Final = "called"
"""Under this name a request carries what tells its connection that a page has called. Nothing
comes back that way: what answers a request learns nothing of who asks."""

Outcome = Literal["received", "late", "wrong", "spoken", "pausing", "failed"]
"""`received`: it is on the disk. `late`: the sheet is closed; the words stay with their writer.
`wrong`: it cannot be meant as it stands; `sentence` says what to change. `spoken`: its card, or its
page, has given another answer, which stands; `sentence` says whose, and the words stay with their
writer. `pausing`: it is held until the session goes on; try again. `failed`: the disk did not take
it; try again."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of one answer."""

    outcome: Outcome
    sentence: str = ""
    """What to change, for `wrong`; whose answer stands, for `spoken`."""
    kept: str = ""
    """Exactly what was kept, to be shown to its writer once."""
    withdraw_words: str = ""
    """Four words that delete it until the questions close; empty when none were asked for."""


class Door(Protocol):
    """A session as the room's pages see it."""

    def view(self, language: str = "") -> RoomView:
        """Return what the room may see now.

        Args:
            language: The one that is read; the session's own where it is empty, or none of ours.
        """

    def compass(self, language: str = "") -> tuple[CompassPoint, ...]:
        """Return the places of the compass, in its order; what a compass ask is answered with.

        Args:
            language: The one that is read, as for `view`.
        """

    def seat_is_here(self, seat: str, code: str = "") -> Admission:
        """Note in memory that a page is open, and say whether it may write.

        A seat that falls silent is forgotten.

        Args:
            seat: The page's random id.
            code: What stands on a seat card, as it was typed; empty when nothing was.
        """

    def token(self, ask: str, code: str = "") -> str:
        """Return a token for an ask of the open sheet; empty when none is open.

        It is a fresh one; or, where writing takes a code, the one of that card, and empty when the
        code is none. Only a page that may write gets one: ask `seat_is_here` first.
        """

    async def receive(
        self,
        ask: str,
        token: str,
        fields: Mapping[str, str],
        *,
        withdrawable: bool = False,
        language: str = "",
    ) -> Receipt:
        """Take one answer; return only when it is on the disk, or why it is not.

        Args:
            ask: The id of an ask of the open sheet.
            token: What `token` gave to this page for this ask.
            fields: The form's fields of this ask, as they were sent.
            withdrawable: The writer asked for words to withdraw it with.
            language: The one its writer reads, for what she is told; it is kept nowhere.
        """

    def withdraw(self, words: str) -> None:
        """Delete the answer these words stand for, if there is one; never say whether."""
