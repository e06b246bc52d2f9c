"""What the front ends are given to work with.

Touches: nothing itself; it carries what the composition root has put together.
"""

from __future__ import annotations

from dataclasses import dataclass

from agreements.library import Library
from dialogue.config import Config
from dialogue.paths import Places
from sessions.boottime import Clock
from sessions.store import Store


@dataclass(frozen=True, slots=True)
class Desk:
    """The parts that a front end works with."""

    library: Library
    store: Store
    clock: Clock
    config: Config
    places: Places
