"""The soak: many rehearsals through the real door, and all of their answers counted.

`uv run python tests/benchmarks/soak.py [--texts FILE] [--sessions N] [--heads 8-40] [--seed S]`

Touches: clock, processes, disk (temporary folders), the network on loopback. It rehearses the
shipped plans in turn. For each ask of each session what was acknowledged must be what was kept, as
a multiset, after the text gate; names are kept as they are for that. While it is at it, an onlooker
tries to find out who wrote what (`onlooker.py`), and the figures of promises 2, 3 and 11 are
printed. The exit code is 1 when an answer was lost, or was readable before its sheet was closed;
from 100 sessions on also when a figure is beyond its limit, for fewer say too little. Ctrl+C ends
it early and reports on the sessions so far.
"""

from __future__ import annotations

import argparse
import asyncio
import math
import random
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Generator, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from pathlib import Path

# The attackers are those of the tests, whichever folder this was started from.
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import samples
from onlooker import Onlooker, Seen

from dialogue.config import Config
from dialogue.paths import Places
from dialogue.rehearse.rehearsal import Wanted, rehearse
from dialogue.rehearse.texts import REFLECTIONS, read_texts
from tests.attack.listening import Overheard, edge
from tests.attack.odds import BEYOND, MEAN_OF_TAUS, Matches, matches, spread_of_tau, tau

ENOUGH_SESSIONS = 100
SAYS_EVERY = 20
MOST_POINTS = 2.0
"""So much better than chance is as good as chance."""

ONE_OF_A_THOUSAND = 0.001
LUCK = 5.0
"""So many standard deviations of luck are taken for more than luck."""


@dataclass(frozen=True)
class Soaked:
    """What became of one session."""

    plan: str
    heads: int
    seconds: float
    sent: int
    acknowledged: int
    asks: int
    unread: int
    """Asks to which fewer than five wrote."""
    lost: tuple[str, ...]
    """Asks of which not exactly that was kept which was acknowledged."""
    seen: Seen


@dataclass(frozen=True)
class Figure:
    """One figure beside its limit."""

    promise: int
    words: str
    ok: bool

    def __str__(self) -> str:
        """Return the figure, to be read."""
        return f"promise {self.promise}: {self.words}{'' if self.ok else '  OVER'}"


def soak_one(plan: str, heads: int, seed: int, texts: Sequence[str]) -> Soaked:
    """Rehearse one plan, with an onlooker, in folders of its own."""
    content = samples.library()
    began = time.perf_counter()
    onlooker = Onlooker(seed)
    with tempfile.TemporaryDirectory(prefix="dialogue-soak-") as folder:
        wanted = Wanted(
            places=Places(Path(folder, "data"), Path(folder, "config")),
            config=Config(),
            library=content,
            plan=content.plan(plan),
            heads=heads,
            seed=seed,
            texts=texts,
            keep_names=True,
        )
        with onlooker.watching():
            rehearsed = asyncio.run(rehearse(wanted))
    return Soaked(
        plan=plan,
        heads=heads,
        seconds=time.perf_counter() - began,
        sent=rehearsed.sent,
        acknowledged=rehearsed.acknowledged,
        asks=len(rehearsed.asks),
        unread=sum(not one.opened for one in rehearsed.asks),
        lost=rehearsed.lost(names_kept=True),
        seen=onlooker.seen,
    )


def soak(
    sessions: int, heads: range, seed: int, texts: Sequence[str], processes: int
) -> Generator[Soaked, None, None]:
    """Rehearse so many sessions, the shipped plans in turn, in rooms of drawn sizes."""
    plans = sorted(samples.library().plans)
    drawn = random.Random(seed)
    sizes = [drawn.choice(heads) for _ in range(sessions)]
    pool = ProcessPoolExecutor(processes)
    try:
        under_way = [
            pool.submit(soak_one, plans[number % len(plans)], size, 1000 * seed + number, texts)
            for number, size in enumerate(sizes)
        ]
        for one in under_way:
            yield one.result()
    finally:
        pool.shutdown(cancel_futures=True)


def figures(done: Sequence[Soaked]) -> Iterator[Figure]:
    """Return what the onlooker found out, promise by promise."""
    seen = [one.seen for one in done]
    yield from orders_told("in the box at an instant", (one.at_an_instant for one in seen))
    yield from orders_told("in the box at the close", (one.at_the_close for one in seen))
    yield from orders_told("in the record", (one.in_the_record for one in seen))
    early = sum(one.read_early for one in seen)
    yield Figure(3, f"{early} answers were on a screen before their sheet was closed", early == 0)
    changes = Counter(change for one in seen for change in one.changes)
    often = ", ".join(f"{count} of {times}" for times, count in sorted(changes.items()))
    yield Figure(3, f"changes of a screen while a sheet was open: {often}", max(changes) <= 1)
    for name, found in (
        ("the order of the record", [order for one in seen for order in one.in_the_record]),
        ("the order of the review", [order for one in seen for order in one.in_the_review]),
    ):
        for way, step in (("", 1), (", backwards", -1)):
            guessed = matched(f"{name}{way}", found, step)
            yield Figure(3, str(guessed), not guessed.are_better_than_a_guess)
    yield from listened([room for one in seen for room in one.rooms])


def orders_told(name: str, found: Iterable[Iterable[Sequence[int]]]) -> Iterator[Figure]:
    """Return what tau says of orders that were found; how many may be far out grows with them."""
    taus = [(tau(order), spread_of_tau(len(order))) for orders in found for order in orders]
    if not taus:
        return
    mean = statistics.fmean(one for one, _spread in taus)
    beyond = sum(abs(one) > BEYOND * spread for one, spread in taus)
    expected = ONE_OF_A_THOUSAND * len(taus)
    most = expected + LUCK * math.sqrt(max(expected, 1))
    luck = LUCK * math.sqrt(sum(spread**2 for _one, spread in taus)) / len(taus)
    limit = max(MEAN_OF_TAUS, luck)
    words = (
        f"tau of arrival and place {name}: mean {mean:+.4f} of {len(taus)} orders "
        f"(limit ±{limit:.2f}), {beyond} beyond the 99.9 % bound (chance: {expected:.1f})"
    )
    yield Figure(2, words, abs(mean) <= limit and beyond <= most)


def matched(by: str, orders: Sequence[Sequence[int]], step: int) -> Matches:
    """Take answers to stand in the order in which people were seen to press Done."""
    told = [
        (
            sum(one == other for one, other in zip(sorted(order)[::step], order, strict=True)),
            len(order),
        )
        for order in orders
    ]
    return matches(by, told)


def listened(rooms: Sequence[Overheard]) -> Iterator[Figure]:
    """Return how well a listener names who wrote to an ask, and who did not."""
    mixed = [room for room in rooms if 0 < sum(room.wrote) < len(room.wrote)]
    if not mixed:
        return
    base = sum(sum(room.wrote) for room in mixed) / sum(len(room.wrote) for room in mixed)
    silent = [replace(room, wrote=tuple(not one for one in room.wrote)) for room in mixed]
    for who, found, share in (("wrote", mixed, base), ("did not", silent, 1 - base)):
        points = edge(found)
        words = (
            f"who {who}, from times and lengths of calls: {points:+.2f} points better than the "
            f"base rate of {100 * share:.1f} % (limit {MOST_POINTS}), {len(found)} asks"
        )
        yield Figure(11, words, points <= MOST_POINTS)


def report(done: Sequence[Soaked], seconds: float) -> bool:
    """Print what became of all sessions, and say whether everything was as it should be."""
    lost = [(one.plan, one.heads, ask) for one in done for ask in one.lost]
    sent, acknowledged = sum(one.sent for one in done), sum(one.acknowledged for one in done)
    print(
        f"{len(done)} sessions of {min(one.heads for one in done)} to "
        f"{max(one.heads for one in done)} heads in {seconds:.0f} s; the slowest took "
        f"{max(one.seconds for one in done):.1f} s, the middle one "
        f"{statistics.median(one.seconds for one in done):.1f} s"
    )
    print(
        f"{sent} envelopes sent, {acknowledged} acknowledged, {sent - acknowledged} too late; "
        f"{sum(one.asks for one in done)} asks, {sum(one.unread for one in done)} unread for want "
        "of five writers"
    )
    told = ", ".join(map(str, lost)) if lost else "for every ask"
    print(f"kept is {'NOT ' if lost else ''}what was acknowledged, as a multiset: {told}")
    found = [*figures(done)]
    print(*found, sep="\n", flush=True)
    early = any(one.seen.read_early for one in done)
    enough = len(done) >= ENOUGH_SESSIONS
    return not lost and not early and (not enough or all(one.ok for one in found))


def heads_range(text: str) -> range:
    """Read `8-40`."""
    fewest, _, most = text.partition("-")
    return range(int(fewest), int(most or fewest) + 1)


def main() -> int:
    """Soak as was asked, and return the exit code."""
    parser = argparse.ArgumentParser(description="Rehearse many sessions and count their answers.")
    parser.add_argument("--texts", type=Path, help="what people write; else the program's own")
    parser.add_argument("--sessions", type=int, default=300)
    parser.add_argument("--heads", type=heads_range, default=range(8, 41), metavar="8-40")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--processes", type=int, default=2)
    asked = parser.parse_args()
    texts = REFLECTIONS if asked.texts is None else read_texts(asked.texts)
    began = time.perf_counter()
    done: list[Soaked] = []
    soaking = soak(asked.sessions, asked.heads, asked.seed, texts, asked.processes)
    with closing(soaking), suppress(KeyboardInterrupt):
        for one in soaking:
            done.append(one)
            if len(done) % SAYS_EVERY == 0:
                print(f"{len(done)} of {asked.sessions}", file=sys.stderr, flush=True)
    if not done:
        return 1
    return 0 if report(done, time.perf_counter() - began) else 1


if __name__ == "__main__":
    raise SystemExit(main())
