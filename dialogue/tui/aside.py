"""What a facilitator has for herself: how far the talk drifts, who is heard, how hot it is.

Pure, and in memory alone: no byte of it is ever on the disk, and no wall shows it. Each mark goes
from nothing to a little, to much, and back to nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from dialogue.wording import mark, tr

MARKS: Final[Mapping[str, str]] = {
    "mark-drift": mark("drift"),
    "mark-balance": mark("balance"),
    "mark-temperature": mark("temperature"),
}
"""The words of each mark, by the command that sets it."""

SIGNS: Final = ("", "◔", "●")
"""Nothing, a little, much."""


@dataclass(slots=True)
class Aside:
    """Her marks in one session, and who of two has changed places, while the program runs."""

    marks: dict[str, int] = field(default_factory=dict)
    swapped: bool = False
    """Lead and co-lead have changed places by hand."""
    swaps_next: bool = False
    """They do so when the next step begins."""

    def turn_swap(self) -> str:
        """Let the two change places at the next step, or leave it; say which."""
        self.swaps_next = not self.swaps_next
        if self.swaps_next:
            return tr(
                "Lead and co-lead change places when the next step begins. {key_swap} leaves it."
            )
        return tr("Lead and co-lead stay as they are.")

    def at_edge(self) -> None:
        """Do what waited for a step to begin."""
        self.swapped, self.swaps_next = self.swapped != self.swaps_next, False

    def turn(self, command: str) -> None:
        """Set a mark one further."""
        self.marks[command] = (self.marks.get(command, 0) + 1) % len(SIGNS)

    def shown(self) -> str:
        """Return the marks that are set, as they stand before what comes next."""
        each = ((SIGNS[self.marks.get(one, 0)], words) for one, words in MARKS.items())
        return "  ".join(f"{sign} {tr(words)}" for sign, words in each if sign)
