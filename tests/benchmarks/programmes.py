"""A programme of many sessions, against reading the same files through pydantic once.

Touches: clock, processes, disk (the folder it is given). By hand, in full:
`uv run python tests/benchmarks/programmes.py --sessions 1000 10000`.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from harness import Bench, Result
from samples import library, random_like

from agreements.plan import Ask, Plan
from sessions.condense import condense
from sessions.document import RECORDS, ClosedRecord, OpenRecord, RunningClock, Setting, to_json
from sessions.facts import (
    AnswerItem,
    Answers,
    FollowUp,
    GroupCommitment,
    LeadershipAsk,
    Note,
    Reply,
)
from sessions.store import RECORD_NAME
from sessions.timeline import SessionClosed, SessionOpened, StepStarted

OPENED = datetime(2024, 1, 8, 17, 0, tzinfo=UTC)
PLANS = ("lunch-and-learn", "two-hours", "check-in")
REFLECTIONS = 300
"""With the closing sheet and the notes about 470 entries a session."""

WORDS = "Being heard without being fixed; who is asked to explain, and who may rest. "
MEGABYTE = 1024 * 1024

FIRST, SECOND, MEMORY = 2.5, 0.05, 150.0
SHORT_SESSIONS = 100
SHORT_SECOND = 0.25
"""With few sessions most of a second run is reading the words of the same few files."""

_GATHER = """
import resource, sys, time
from pathlib import Path
from sessions.gathering.gather import gather
from sessions.export.registry import FORMATS
start = time.perf_counter()
told = gather([Path(sys.argv[1])], folder=Path(sys.argv[2])).programme
seconds = time.perf_counter() - start
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
FORMATS["json"].render(told)
print(told.sessions, seconds, peak)
"""
_BARE = """
import sys, time
from pathlib import Path
from sessions.document import RECORDS
start = time.perf_counter()
for path in sorted(Path(sys.argv[1]).rglob("session.json")):
    RECORDS.validate_json(path.read_bytes())
print(time.perf_counter() - start)
"""


def programme(bench: Bench) -> list[Result]:
    """A small programme, first and second run, and what room it takes."""
    made = bench.folder / "programme"
    make(made, SHORT_SESSIONS)
    return results(made, bench.folder / "index", SHORT_SECOND, rounds=3)


def results(made: Path, index: Path, second_limit: float, *, rounds: int) -> list[Result]:
    """Measure a folder of sessions in processes of their own, in turns; the best of each counts."""
    bare, first, second, peaks = [], [], [], []
    for _ in range(rounds):
        (seconds,) = _run(_BARE, made)
        bare.append(seconds)
        shutil.rmtree(index, ignore_errors=True)
        for taken in (first, second):
            _, seconds, peak = _run(_GATHER, made, index)
            taken.append(seconds)
            peaks.append(peak)
    one = f"bare {min(bare):.2f} s, first {min(first):.2f} s, second {min(second):.3f} s"
    return [
        Result("programme", min(first) / min(bare), FIRST, "bare", one),
        Result("programme-2nd", min(second) / min(first), second_limit, "first", ""),
        Result("programme-room", max(peaks), MEMORY, "MB", ""),
    ]


def _run(program: str, *arguments: Path) -> list[float]:
    command = [sys.executable, "-c", program, *map(str, arguments)]
    done = subprocess.run(command, check=True, capture_output=True, text=True, env=dict(os.environ))
    return [float(word) for word in done.stdout.split()]


def make(folder: Path, count: int) -> None:
    """Fill a folder with closed sessions of three plans over three years."""
    content = library()
    plans = [content.plan(name) for name in PLANS]
    closed = [_closed(plan) for plan in plans]
    chance = random.Random("programme")
    for number in range(count):
        record = _session(closed[number % len(closed)], number, chance)
        place = folder / f"{record.held_on.isoformat()}-session-{number}"
        place.mkdir(parents=True)
        (place / RECORD_NAME).write_bytes(to_json(record))


def _closed(plan: Plan) -> ClosedRecord:
    content = library()
    first = plan.leaves()[0].id
    events = (
        SessionOpened(at=0, heads=24),
        StepStarted(at=60, step=first),
        SessionClosed(at=3500),
    )
    record = OpenRecord(
        id=random_like(0),
        title=plan.title,
        held_on=OPENED.date(),
        language=plan.language,
        protocol=content.protocol,
        plan=plan,
        setting=Setting(heads=24, confidentiality="stories-stay"),
        clock=RunningClock(opened=OPENED, at=3600, wall=OPENED),
        timeline=events,
    )
    return condense(record, at=3500)


def _session(closed: ClosedRecord, number: int, chance: random.Random) -> ClosedRecord:
    asks = [ask for step in closed.plan.steps for ask in step.asks]
    answers = tuple(
        _answers(ask, 100_000 * number + 1000 * n, chance) for n, ask in enumerate(asks)
    )
    day = date(2024, 1, 8) + timedelta(days=number % 1000)
    about = {"id": random_like(number + 1), "held_on": day, "title": f"Session {number}"}
    notes = tuple(Note(id=random_like(500 + n), text=WORDS.strip()) for n in range(24))
    follow_up = (FollowUp(after_days=30, state=chance.choice(("kept", "partly", "not-yet"))),)
    promised = (GroupCommitment(id=random_like(1), text=WORDS.strip(), follow_up=follow_up),)
    replies = (Reply(on=day + timedelta(days=9), text="It changes in January."),)
    asked = (LeadershipAsk(id=random_like(2), text=WORDS.strip(), replies=replies[: number % 2]),)
    return closed.model_copy(
        update={
            **about,
            "answers": answers,
            "notes": notes,
            "group_commitments": promised,
            "leadership_asks": asked,
        }
    )


def _answers(ask: Ask, base: int, chance: random.Random) -> Answers:
    many = REFLECTIONS if ask.kind == "words" else 24
    items = tuple(_item(ask, base + n, chance) for n in range(many))
    return Answers(id=random_like(base + 999), ask=ask.id, kind=ask.kind, seats=24, items=items)


def _item(ask: Ask, number: int, chance: random.Random) -> AnswerItem:
    given: dict[str, object] = {"id": random_like(number)}
    if ask.kind == "words":
        given |= {"text": (WORDS * chance.randint(2, 4)).strip(), "status": "shared"}
        given["level"] = chance.choice(("aloud", "aloud", "aloud", "quote"))
    elif ask.kind == "choice":
        given["choice"] = chance.choice(ask.options).id
    elif ask.kind == "scale":
        given["value"] = chance.randint(1, ask.points)
    elif ask.kind == "then-now":
        given |= {"then": chance.randint(1, ask.points), "now": chance.randint(1, ask.points)}
    elif ask.kind == "compass":
        given["points"] = tuple(chance.sample(("feeling", "thinking", "believing", "acting"), 2))
    return AnswerItem.model_validate(given)


def main() -> int:
    """Measure programmes of the sizes that were asked for."""
    parser = argparse.ArgumentParser(description="Programmes of many sessions.")
    parser.add_argument("--sessions", type=int, nargs="+", default=[1000])
    parser.add_argument("--rounds", type=int, default=2)
    asked = parser.parse_args()
    over = False
    for count in asked.sessions:
        with tempfile.TemporaryDirectory(prefix="dialogue-programme-") as temporary:
            made = Path(temporary, "sessions")
            make(made, count)
            total = sum(path.stat().st_size for path in made.rglob("*.json"))
            record = RECORDS.validate_json(next(made.rglob("*.json")).read_bytes())
            entries = sum(len(one.items) for one in record.answers) + len(record.notes)
            print(f"{count} sessions of {entries} entries, {total / MEGABYTE:.0f} MB")
            found = results(made, Path(temporary, "index"), SECOND, rounds=asked.rounds)
            for one in found:
                print(one.line(1.0), flush=True)
                over |= not one.ok(1.0)
    return int(over)


if __name__ == "__main__":
    start = time.perf_counter()
    code = main()
    print(f"{time.perf_counter() - start:.0f} s")
    raise SystemExit(code)
