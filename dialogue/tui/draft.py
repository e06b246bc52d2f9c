"""What is known of a session before Prepare is shown.

Pure.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Draft:
    """What was said on the command line."""

    heads: int | None = None
    end: str = ""
    title: str = ""
    roster: str = ""
