"""Chance that can be repeated: the same seed plays the same room.

Pure. It decides what made-up people do, and never anything that protects somebody: tokens, cells,
ids and orders come from the system's random source, in a rehearsal as anywhere.
"""

from __future__ import annotations

from random import Random  # noqa: TID251


class Chance(Random):
    """Draws that follow from a seed alone."""

    def happens(self, share: float) -> bool:
        """Say whether something comes about that does so in this share of cases."""
        return self.random() < share

    def of_its_own(self, name: str) -> Chance:
        """Return chance that depends on what was drawn so far and on a name, and on no order."""
        return Chance(f"{self.getrandbits(64)} {name}")
