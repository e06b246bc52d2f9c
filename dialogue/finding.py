"""One thing that was looked at before a session, and whether it is as it should be.

Pure.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at."""

    text: str
    """What was found; where it is not fine, with what to do."""
    fine: bool = True
    hint: bool = False
    """It is something to try or to think of, and was not looked at."""
