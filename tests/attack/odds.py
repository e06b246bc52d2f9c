"""What attackers reckon with: is an order chance, are draws even, is a guess better than a guess.

Pure.
"""

from __future__ import annotations

import itertools
import math
import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

BEYOND = 3.29
"""So many standard deviations from the middle lies one of a thousand by chance."""

MEAN_OF_TAUS = 0.03
"""So far from 0 the mean of many taus may be."""

RUNS_BEYOND = 2
"""So many of 200 runs may lie where one of a thousand does by chance."""

BETTER_THAN_A_GUESS = 0.03
"""So much better than a guess an attacker may be."""

LUCK = 5.0
"""So many standard deviations of luck are taken for more than luck."""


def tau(order: Sequence[int]) -> float:
    """Return Kendall's tau between an order of arrival and the order in which it is found."""
    pairs = list(itertools.combinations(order, 2))
    return sum(1 if one < other else -1 for one, other in pairs) / len(pairs)


def spread_of_tau(count: int) -> float:
    """Return the standard deviation of tau when the order is chance."""
    return math.sqrt(2 * (2 * count + 5) / (9 * count * (count - 1)))


@dataclass(frozen=True, slots=True)
class Orders:
    """The orders that were found in many runs, each judged alone and all together."""

    runs: int
    mean: float
    """The mean of their taus."""
    beyond: int
    """How many lie where one of a thousand does by chance."""

    @property
    def follow_arrival(self) -> bool:
        """Whether they tell of arrival."""
        return abs(self.mean) > MEAN_OF_TAUS or self.beyond > RUNS_BEYOND

    def __str__(self) -> str:
        """Return the figures, to be read."""
        return (
            f"{self.runs} runs, mean of taus {self.mean:+.4f} (limit ±{MEAN_OF_TAUS}), "
            f"{self.beyond} beyond the 99.9 % bound (limit {RUNS_BEYOND})"
        )


def orders(found: Iterable[Sequence[int]]) -> Orders:
    """Judge the orders in which arrivals were found."""
    taus = [(tau(order), spread_of_tau(len(order))) for order in found]
    beyond = sum(abs(one) > BEYOND * spread for one, spread in taus)
    return Orders(len(taus), statistics.fmean(one for one, _spread in taus), beyond)


@dataclass(frozen=True, slots=True)
class Matches:
    """How often an attacker named the right person, against one who guesses."""

    by: str
    """What the attacker went by."""
    sessions: int
    rate: float
    """The share that was right, as the mean of all sessions."""
    guess: float
    """The mean of 1/n."""
    spread: float
    """By how much the rate of one who guesses would vary from run to run."""

    @property
    def limit(self) -> float:
        """Up to where chance may lead; in few sessions it leads further than in many."""
        return self.guess + max(BETTER_THAN_A_GUESS, LUCK * self.spread)

    @property
    def are_better_than_a_guess(self) -> bool:
        """Whether the attacker found anything out."""
        return self.rate > self.limit

    def __str__(self) -> str:
        """Return the figures, to be read."""
        return (
            f"{self.sessions} sessions, by {self.by}: match rate {self.rate:.4f} "
            f"(1/n {self.guess:.4f}, limit {self.limit:.4f})"
        )


def matches(by: str, found: Sequence[tuple[int, int]]) -> Matches:
    """Judge how many were right, of how many, in each session.

    Who puts n people in a random order has one of them right on the average, give or take one.
    """
    rate = statistics.fmean(right / n for right, n in found)
    guess = statistics.fmean(1 / n for _right, n in found)
    spread = math.sqrt(sum(1 / n**2 for _right, n in found)) / len(found)
    return Matches(by, len(found), rate, guess, spread)


def chance_of_chi_square(counts: Sequence[int]) -> float:
    """Return how likely counts are that are so uneven or more, when each is equally likely.

    By Wilson and Hilferty: the cube root of chi-square over its degrees is all but normal.
    """
    expected = sum(counts) / len(counts)
    chi = sum((count - expected) ** 2 for count in counts) / expected
    degrees = len(counts) - 1
    spread = 2 / (9 * degrees)
    beyond = ((chi / degrees) ** (1 / 3) - (1 - spread)) / math.sqrt(spread)
    return math.erfc(beyond / math.sqrt(2)) / 2
