"""The table of hiding: `uv run python tests/benchmarks/hiding.py [--dev FILE] [--parity FILE] …`.

Touches: clock, processes, disk to read. Prints for each figure the limit and what it came to: on
rows that were looked at while rules were made (tuning), and on rows that were not (held out). The
rows of tests/data/hiding are our own; others are given by an option, in JSON lines as the scorer of
`dialogue hide --json-lines` takes them. The peer scrubadub, which knows patterns only, runs in the
same run when `--peer PYTHON` names an interpreter that has it.
"""

from __future__ import annotations

import argparse
import gc
import json
import re
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from hiding_rows import Row, ours, read_json_lines
from hiding_score import Finder, Score, Spans, score

from sessions.deidentify.find import find
from sessions.deidentify.memory import Memory
from sessions.deidentify.roster import Roster

_SENTENCE: Final = 2.0
_LONG_SENTENCE: Final = 3.0
"""The most that one sentence may take, in milliseconds; where rows are dictated without signs."""

_SENTENCE_END: Final = re.compile(r"(?<=[.!?])\s+|\n")
TUNED, HELD_OUT = "our tuning", "our held out"
"""Our own rows, by whether they were looked at while hiding was made."""

OURS: Final = Path(__file__).parents[1] / "data" / "hiding"

_SCRUBADUB: Final = """
import json, sys
import scrubadub
scrubber = scrubadub.Scrubber()
for line in sys.stdin:
    found = [[one.beg, one.end] for one in scrubber.iter_filth(json.loads(line)["text"])]
    print(json.dumps(found), flush=True)
"""

_START: Final = """
import time; began = time.perf_counter()
from sessions.deidentify.seam import Aliases, Roster, hide
hide("Tanya said it.", Roster.parse("Ana"), Aliases())
print(time.perf_counter() - began)
"""

_MEMORY: Final = """
import gc, pathlib
def resident():
    gc.collect()
    lines = pathlib.Path("/proc/self/status").read_text().splitlines()
    return int(next(line.split()[1] for line in lines if line.startswith("VmRSS")))
before = resident()
from sessions.deidentify.seam import Aliases, Roster, hide
hide("Tanya said it on 3 May 2020. " * 40, Roster.parse("Ana"), Aliases())
print(resident() - before)
"""


@dataclass(frozen=True)
class Asked:
    """What was asked for on the command line."""

    sets: Mapping[str, Sequence[Row]]
    """Rows by column."""
    parity: Sequence[Row]
    opendata: Sequence[Row]
    peer: str | None


@dataclass(frozen=True)
class Figure:
    """One line of the table: a kind of mistake, how it is looked for, and its limit."""

    name: str
    kind: str
    roster: bool
    review: bool
    limit: float
    """On rows that were looked at, in per cent."""
    others: float
    """The same on rows by other hands."""


FIGURES: Final = (
    Figure("direct leaked, roster, auto + review", "direct", True, True, 1.5, 4.0),
    Figure("  of these, names", "PERSON", True, True, 1.0, 2.0),
    Figure("direct leaked, roster, auto", "direct", True, False, 4.0, 8.0),
    Figure("indirect leaked, roster, auto + review", "indirect", True, True, 5.0, 15.0),
    Figure("names leaked, no roster, auto", "PERSON", False, False, 12.0, 20.0),
    Figure("names leaked, no roster, auto + review", "PERSON", False, True, 4.0, 5.0),
    Figure("clean rows touched, auto", "clean", True, False, 3.0, 4.0),
    Figure("clean rows touched, auto + review", "clean", True, True, 15.0, 20.0),
    Figure("race, ethnicity, faith words eaten, auto", "KEEP", True, False, 0.0, 0.5),
    Figure("public figures eaten, auto", "PUBLIC_FIGURE", True, False, 2.0, 5.0),
    Figure("Spanish direct leaked, roster, auto", "direct es", True, False, 5.0, 10.0),
)


def finder(*, roster: bool, review: bool) -> Finder:
    """Return our own finder."""
    rosters: dict[tuple[str, ...], Roster] = {}

    def found(row: Row) -> Spans:
        names = row.roster if roster else ()
        if names not in rosters:
            rosters[names] = Roster.parse("\n".join(names))
        return [
            (span.start, span.end)
            for span in find(row.text, rosters[names])
            if review or span.tier == "auto"
        ]

    return found


def main() -> int:
    """Print the table; 1 when a figure is over its limit."""
    asked = _arguments()
    print(f"{'':44}{'limits':>12}" + "".join(f"{name:>18}" for name in asked.sets) + f"{'gap':>8}")
    over = False
    for line, bad in [*_lines(asked), *_more(asked)]:
        print(line, flush=True)
        over |= bad
    if asked.peer:
        _print_peer(asked)
    return int(over)


def _arguments() -> Asked:
    parser = argparse.ArgumentParser(description="Measure hiding against its limits.")
    parser.add_argument("--dev", type=Path, help="rows with marked spans and a roster")
    parser.add_argument("--others", type=Path, nargs="*", default=(), help="rows by other hands")
    parser.add_argument("--parity", type=Path, help="rows with names of several origins")
    parser.add_argument("--opendata", type=Path, help="real statements with their conversation")
    parser.add_argument("--peer", metavar="PYTHON", help="an interpreter that has scrubadub")
    given = parser.parse_args()
    rows = ours(OURS)
    sets: dict[str, Sequence[Row]] = {}
    if given.dev:
        sets["dev"] = read_json_lines(given.dev)
    sets[TUNED] = [row for row in rows if not row.held_out]
    sets[HELD_OUT] = [row for row in rows if row.held_out]
    for path in given.others:
        sets[path.stem[:16]] = read_json_lines(path)
    parity = read_json_lines(given.parity) if given.parity else []
    opendata = read_json_lines(given.opendata) if given.opendata else []
    return Asked(sets, parity, [row for row in opendata if _is_english(row)], given.peer)


def _is_english(row: Row) -> bool:
    return not row.voice.startswith(("austria-climate", "vtaiwan.uberx"))


def _lines(asked: Asked) -> Iterator[tuple[str, bool]]:
    scores: dict[tuple[str, bool, bool], Score] = {}
    for figure in FIGURES:
        cells: list[str] = []
        bad = False
        for name, rows in asked.sets.items():
            key = (name, figure.roster, figure.review)
            if key not in scores:
                scores[key] = score(rows, finder(roster=figure.roster, review=figure.review))
            share = scores[key].share(figure.kind)
            cells.append(_cell(share, scores[key], figure.kind))
            seen = name in {"dev", TUNED}
            bad |= share is not None and share > (figure.limit if seen else figure.others)
        mark = "  OVER" if bad else ""
        limits = f"{figure.limit:g} / {figure.others:g} %"
        gap = _gap(scores, figure)
        yield f"{figure.name:44}{limits:>12}" + "".join(cells) + gap + mark, bad


def _gap(scores: Mapping[tuple[str, bool, bool], Score], figure: Figure) -> str:
    """Return how many points the rows that were not looked at are behind those that were."""
    shares = [
        scores[name, figure.roster, figure.review].share(figure.kind) for name in (TUNED, HELD_OUT)
    ]
    if None in shares:
        return f"{'-':>8}"
    tuned, held_out = (share or 0.0 for share in shares)
    return f"{held_out - tuned:>+8.1f}"


def _cell(share: float | None, made: Score, kind: str) -> str:
    if share is None:
        return f"{'-':>18}"
    return f"{f'{share:.1f}% {made.wrong[kind]}/{made.all[kind]}':>18}"


def _more(asked: Asked) -> Iterator[tuple[str, bool]]:
    if asked.parity:
        yield _parity(asked.parity)
    if asked.opendata:
        yield from _opendata(asked.opendata)
    yield from _speed(asked.sets)


def _parity(rows: Sequence[Row]) -> tuple[str, bool]:
    """Return the gap between the origins of names, found at least in part, without a roster."""
    made = score(rows, finder(roster=False, review=True))
    found = {
        kind.removeprefix("origin "): 100 - (made.share(kind) or 0)
        for kind in made.all
        if kind.startswith("origin ")
    }
    best, worst = max(found.values()), min(found.values())
    low = min(found, key=lambda kind: found[kind])
    bad = best - worst > 5 or worst < 95
    said = f"{best - worst:.1f} points; {worst:.1f} % ({low})"
    line = f"{'name origins: gap; worst (>= 95 %)':44}{'5':>6}p  {said}"
    return line + ("  OVER" if bad else ""), bad


def _opendata(rows: Sequence[Row]) -> Iterator[tuple[str, bool]]:
    """Yield how many real statements are asked about and touched, each word asked about once."""
    memory, before = Memory(), ""
    asked = touched = 0
    for row in rows:
        memory = memory if row.voice == before else Memory()
        before = row.voice
        spans = find(row.text, Roster(), memory)
        for span in spans:
            if span.tier == "review":
                memory = memory.keep(row.text[span.start : span.end])
        asked += any(span.tier == "review" for span in spans)
        touched += any(span.tier == "auto" for span in spans)
    share = 100 * asked / len(rows)
    bad = share > 10
    said = f"{share:.1f}% {asked}/{len(rows)}" + ("  OVER" if bad else "")
    yield f"{'real statements asked about (memory keep)':44}{'10':>6}%  {said}", bad
    said = f"{100 * touched / len(rows):.1f}%"
    yield f"{'real statements touched by auto (judge them)':44}{'':7}  {said}", False


def _speed(sets: Mapping[str, Sequence[Row]]) -> Iterator[tuple[str, bool]]:
    """Yield what a sentence costs in each set, and what the start and the memory do.

    The first set has the limit that was asked for, the others a wider one.
    """
    took = {name: _p95(rows) for name, rows in sets.items()}
    first, *others = took.values()
    bad = first > _SENTENCE or max(others, default=0.0) > _LONG_SENTENCE
    cells = "".join(f"{f'{one:.2f} ms':>18}" for one in took.values())
    mark = "  OVER" if bad else ""
    yield f"{'one sentence, p95 of processor time':44}{f'{_SENTENCE:g} ms':>12}{cells}{mark}", bad
    starts = [float(_child(_START)) for _ in range(5)]
    yield _limited("start: import, load, first text", min(starts), 0.15, "s")
    yield _limited("memory added", float(_child(_MEMORY)) / 1024, 60.0, "MB")


def _p95(rows: Sequence[Row]) -> float:
    """Return the processor time that a sentence takes but for the slowest twentieth, in ms."""
    look = finder(roster=True, review=True)
    times: list[float] = []
    sentences = [
        replace(row, text=one) for row in rows for one in _SENTENCE_END.split(row.text) if one
    ]
    gc.collect()
    gc.freeze()
    for turn in range(3):
        for row in sentences:
            began = time.process_time()
            look(row)
            if turn:
                times.append(time.process_time() - began)
    return statistics.quantiles(times, n=20)[-1] * 1000


def _limited(name: str, value: float, limit: float, unit: str) -> tuple[str, bool]:
    over = "  OVER" if value > limit else ""
    return f"{name:44}{limit:6} {unit}  {value:.2f} {unit}{over}", value > limit


def _child(code: str) -> str:
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return done.stdout.strip()


def _print_peer(asked: Asked) -> None:
    """Print what the peer makes of the same rows: it takes no roster and has one tier."""
    print("\nscrubadub, default detectors (patterns; no roster, one tier)")
    for name, rows in asked.sets.items():
        lines = "".join(json.dumps({"text": row.text}) + "\n" for row in rows)
        done = subprocess.run(
            [asked.peer or "", "-c", _SCRUBADUB],
            input=lines, capture_output=True, text=True, check=True,
        )  # fmt: skip
        found = [json.loads(line) for line in done.stdout.splitlines()]
        by_text = dict(zip((row.text for row in rows), found, strict=True))
        made = score(rows, _looked_up(by_text))
        said = ", ".join(
            f"{kind} {made.share(kind):.1f}%"
            for kind in ("direct", "PERSON", "indirect", "clean")
            if made.share(kind) is not None
        )
        print(f"  {name}: {said}")


def _looked_up(by_text: Mapping[str, Spans]) -> Callable[[Row], Spans]:
    return lambda row: by_text[row.text]


if __name__ == "__main__":
    sys.exit(main())
