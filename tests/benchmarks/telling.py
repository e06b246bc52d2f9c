"""In how many simulated rooms the Summary answers the closing questions, and in which way.

Pure but for chance, which is seeded. It measures what the rules of disclosure leave to be told,
not how fast: the answer of a room that agrees, one that is split and one that is spread.
"""

from __future__ import annotations

import random
from collections import Counter

from harness import Bench, Result

from sessions.questions import partition

HEADS = (12, 24, 40)
ROOMS = 3000
OPTIONS = {"choice of three": 3, "scale of five": 5}
LEANS = (0.3, 1.0, 3.0)
"""How alike people are: mostly one answer, as it comes, nearly even."""

SILENT = (0, 0, 0, 1, 1, 2, 3, 5)
"""How many of a room do not answer."""

FEWEST = 1.0
"""In all of them: with seven answers or more there is always something to tell."""

WAYS = ("figures", "nearly-all", "most", "half-or-more", "middle", "nothing")


def told(_bench: Bench) -> list[Result]:
    """Return for each size of room and kind of question the share of rooms that is told."""
    chance = random.Random("told")
    return [
        _of_rooms(chance, heads, kind, options)
        for heads in HEADS
        for kind, options in OPTIONS.items()
    ]


def _of_rooms(chance: random.Random, heads: int, kind: str, options: int) -> Result:
    ways = Counter(_way(chance, heads, options) for _ in range(ROOMS))
    detail = ", ".join(f"{way} {ways[way] / ROOMS:.0%}" for way in WAYS if ways[way])
    share = 1 - ways["nothing"] / ROOMS
    return Result(f"told-{heads}", share, FEWEST, "of rooms", f"{kind}: {detail}", at_least=True)


def _way(chance: random.Random, heads: int, options: int) -> str:
    """Let a room answer, and return in which way the answer is told."""
    lean = chance.choice(LEANS)
    weights = [chance.gammavariate(lean, 1.0) + 1e-9 for _ in range(options)]
    answered = max(heads - chance.choice(SILENT), 0)
    given = chance.choices(range(options), weights, k=answered)
    names = [str(one) for one in range(options)]
    return partition(names, [given.count(one) for one in range(options)], 5, ids=names).told
