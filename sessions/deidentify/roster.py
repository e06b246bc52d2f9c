"""The names of the people in the room, and where a text mentions them.

Pure. In memory only: a roster is never written, and shows no name when printed.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from sessions.deidentify.model import Span
from sessions.deidentify.near import Near
from sessions.deidentify.pasted import read_names
from sessions.deidentify.people import People
from sessions.deidentify.reader import Reader


@dataclass(frozen=True, repr=False)
class Roster:
    """The names of the people in the room."""

    names: tuple[str, ...] = ()
    """As pasted, cleaned by the text gate, without titles and numbering."""

    left_out: int = 0
    """How many entries were no names, too long, or beyond the most a roster holds."""

    @classmethod
    def parse(cls, pasted: str) -> Roster:
        """Return the roster that a pasted list stands for; never an error.

        Args:
            pasted: One name a line, or names between commas, semicolons, tabs, slashes; "Last,
                First"; addresses as a mail program copies them; numbered or bulleted.

        Returns:
            At most 1,000 people; the rest is counted in `left_out`.
        """
        names, left_out = read_names(pasted)
        return cls(names, left_out)

    @property
    def is_empty(self) -> bool:
        """Whether nobody is on it."""
        return not self.names

    @cached_property
    def people(self) -> People:
        """The same names, ready for looking up."""
        return People.of(self.names)

    @cached_property
    def near(self) -> Near:
        """Other forms of the same names: nicknames, one slip, initials."""
        return Near.of(self.names)

    def __len__(self) -> int:
        """Return how many names it holds."""
        return len(self.names)

    def __repr__(self) -> str:
        """Return counts only."""
        return f"Roster(names={len(self)}, left_out={self.left_out})"


def find_roster(text: str, roster: Roster) -> tuple[Span, ...]:
    """Return where a text names people of the roster, in order and without overlaps.

    The possessive ending after a name, the title before it, and whatever stands between two names
    are left outside the spans.

    Args:
        text: A text the gate has let through; offsets count its code points.
        roster: Who is in the room; an empty one finds nothing.
    """
    return () if roster.is_empty else tuple(Reader(text, roster.people).spans())
