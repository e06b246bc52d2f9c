"""What finding and hiding hand on: the places of names in a text, and the text without them.

Pure.

Offsets count code points of the text as the text gate left it. None of these values shows a name
when it is printed, so a log or a traceback that holds one gives nothing away.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from sessions.deidentify.aliases import Aliases

Tier = Literal["auto", "review"]
"""How sure a finding is: `auto` is hidden as typed; `review` is hidden until a person keeps it."""


@dataclass(frozen=True, slots=True)
class Span:
    """One place in a text that may point to a person."""

    start: int
    """The first code point."""

    end: int
    """The code point after the last."""

    label: str
    """What it is, as the record counts it: "name", "date", "unit"; see `find.LABELS`."""

    tier: Tier
    """How sure the finding is."""

    key: str = field(repr=False)
    """The same for the same person within a session. It may spell the name: never show or keep."""

    on_roster: bool = False
    """Whether it is a name of somebody in the room."""

    decided: bool = False
    """A person has decided in this session that it goes, and may decide otherwise."""

    @property
    def is_askable(self) -> bool:
        """Whether a person may keep it; what is sure stays hidden."""
        return self.decided or self.tier == "review"


@dataclass(frozen=True, slots=True)
class Hidden:
    """A text as it may be kept, and how it came to be so."""

    text: str = field(repr=False)
    """The text with every hidden span replaced."""

    spans: tuple[Span, ...]
    """Everything found, kept or hidden, by its place in the original."""

    places: tuple[tuple[int, int], ...]
    """Where each of `spans` stands in `text`: start and end."""

    counts: dict[str, int]
    """How many spans were hidden, by label."""

    aliases: Aliases
    """The aliases this text needs. Store them only when the text is kept: a preview stores none."""

    source: str = field(repr=False)
    """The text as it was written. In memory only: never keep it."""

    def written(self, span: Span) -> str:
        """Return the words of a span as they were written."""
        return self.source[span.start : span.end]
