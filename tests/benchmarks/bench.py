"""The benchmarks: `uv run python tests/benchmarks/bench.py [--short] [NAME…]`.

Touches: clock, processes, pseudo-terminals, disk (a temporary folder). Each prints its name, what
it came to, its limit, and ok or OVER; one that is over makes the exit code 1. `--short` takes
fewer rounds, for a machine that others use too, and stretches every limit by half, which it says.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

import answering
import inside
import outside
import programmes
import reports
import telling
import turning
import withdrawing
from harness import Bench, Result, environment

BENCHMARKS: Mapping[str, Callable[[Bench], Result | Iterable[Result]]] = {
    "version": outside.version,
    "first-frame": outside.first_frame,
    "key": outside.key,
    "live-tick": outside.live_tick,
    "open-record": inside.open_record,
    "list": inside.list_sessions,
    "replan": inside.replan,
    "turns": turning.turns,
    "load-content": inside.load_content,
    "withdraw": withdrawing.withdraw,
    "envelopes": answering.envelopes,
    "envelope-p99": answering.slowest_envelopes,
    "key-under-load": answering.key_under_load,
    "whole-room": answering.whole_room,
    "half-open": answering.half_open,
    "rehearse": outside.rehearse,
    "programme": programmes.programme,
    "told": telling.told,
    "export-all": reports.all_formats,
    "pdf": reports.pdf,
}

ROUNDS, SHORT_ROUNDS = 15, 5
SLACK, SHORT_SLACK = 1.0, 1.5


def main() -> int:
    """Run the benchmarks that were asked for, and return the exit code."""
    parser = argparse.ArgumentParser(description="Measure the program against its limits.")
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(BENCHMARKS))
    parser.add_argument("--short", action="store_true", help="fewer rounds, limits times 1.5")
    asked = parser.parse_args()
    unknown = [name for name in asked.names if name not in BENCHMARKS]
    if unknown:
        parser.error(f"no such benchmark: {', '.join(unknown)}")
    rounds, slack = (SHORT_ROUNDS, SHORT_SLACK) if asked.short else (ROUNDS, SLACK)
    print(f"{rounds} rounds; a limit may be exceeded by {slack - 1:.0%} before it is OVER")
    over, took = False, {}
    for name in asked.names or BENCHMARKS:
        began = time.perf_counter()
        for result in measured(name, rounds):
            over |= not result.ok(slack)
            print(result.line(slack), flush=True)
        took[name] = time.perf_counter() - began
    print("seconds taken:", ", ".join(f"{name} {spent:.0f}" for name, spent in took.items()))
    return int(over)


def measured(name: str, rounds: int) -> Sequence[Result]:
    """Run one benchmark in an empty folder and an empty home."""
    with tempfile.TemporaryDirectory(prefix="dialogue-bench-") as folder:
        home = Path(folder, "home")
        home.mkdir()
        found = BENCHMARKS[name](Bench(Path(folder), rounds, environment(home)))
        return (found,) if isinstance(found, Result) else tuple(found)


if __name__ == "__main__":
    raise SystemExit(main())
