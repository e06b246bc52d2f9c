"""Air time in a step: how many new voices were heard, and how often somebody spoke again.

Pure. Two counters and nothing else: no name, no number of a person, no order and no length. They
are kept in memory and are gone when the session is closed or left.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

AGAIN_BEFORE_PROMPT = 2
"""From so many times on it is worth asking for somebody not yet heard."""


@dataclass(frozen=True, slots=True)
class AirTime:
    """What was tapped in one step."""

    new: int = 0
    """Voices that were heard for the first time in this step."""
    again: int = 0
    """How often somebody spoke who had spoken before."""

    def heard_new(self) -> AirTime:
        """Return the counters after one more new voice."""
        return replace(self, new=self.new + 1)

    def heard_again(self) -> AirTime:
        """Return the counters after somebody spoke again."""
        return replace(self, again=self.again + 1)

    def not_yet_heard(self, heads: int) -> int:
        """Return how many have not been heard; nobody when more were counted than are here."""
        return max(heads - self.new, 0)

    def asks_for_new_voices(self, heads: int) -> bool:
        """Say whether it is time to ask for somebody not yet heard.

        That is when those who spoke again outweigh the new voices, and somebody is left to hear.
        """
        often = self.again >= max(AGAIN_BEFORE_PROMPT, self.new)
        return often and self.not_yet_heard(heads) > 0
