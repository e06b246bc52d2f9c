"""What is measured in this process: the work itself, without the start of Python.

Touches: clock, disk (the folder it is given).
"""

from __future__ import annotations

import statistics
import time
from dataclasses import replace
from functools import partial

import samples
from harness import (
    REFERENCE,
    Bench,
    Measure,
    Result,
    in_turns,
    milliseconds,
    ratio,
    time_of,
    wall_of,
)

from agreements.library import open_library
from sessions.boottime import system_clock
from sessions.document import RECORDS, to_json
from sessions.live import LiveSession
from sessions.pacing import fit_plan, pace
from sessions.state import SessionState
from sessions.store import RECORD_NAME, SessionFolder, Store
from sessions.text import one_line

ENTRIES = (10_000, 500)
"""In a large record: all, and of these the events."""

SESSIONS = 1000
HEADS = 24
NINE_O_CLOCK = 9 * 3600
SECONDS_A_DAY = 24 * 3600


def open_record(bench: Bench) -> Result:
    """Opening a session of 10,000 entries against pydantic's bare validation of its bytes."""
    record = samples.large_record()
    assert samples.entries(record) == ENTRIES
    data = to_json(record)
    folder = bench.folder / "large"
    folder.mkdir()
    (folder / RECORD_NAME).write_bytes(data)

    def opened() -> float:
        start = time.perf_counter()
        session = LiveSession.resume(SessionFolder(folder), system_clock())
        seconds = time.perf_counter() - start
        session.leave()
        return seconds

    subjects = {"bare": time_of(lambda: RECORDS.validate_json(data)), "opened": opened}
    taken = in_turns(subjects, bench.rounds)
    value = ratio(taken, "opened", to="bare")
    return Result("open-record", value, 1.5, "bare", milliseconds(taken["opened"]))


def list_sessions(bench: Bench) -> Result:
    """Listing a thousand sessions, imports left out."""
    store = Store(bench.folder)
    samples.many_sessions(store.sessions, SESSIONS)
    assert len(store.headers()) == SESSIONS
    taken = in_turns({"list": time_of(store.headers)}, bench.rounds)["list"]
    return Result("list", statistics.median(taken), 0.5, "s", milliseconds(taken))


def replan(bench: Bench) -> Result:
    """Fitting a full day, the slowest of several stops, before it starts and while it runs."""
    plan = samples.library().plan("full-day")
    day = fit_plan(plan, HEADS, NINE_O_CLOCK, NINE_O_CLOCK + SECONDS_A_DAY // 2)
    length = seconds_of(day.projected_end) - NINE_O_CLOCK
    begun = SessionState(phase="running", at=60, heads=HEADS, step=plan.steps[0].id)
    subjects: dict[str, Measure] = {}
    for cut in (0, 30, 60, 120, 240):
        stop = length - 60 * cut
        late = replace(begun, stop_at=stop)
        before = partial(fit_plan, plan, HEADS, NINE_O_CLOCK, NINE_O_CLOCK + stop)
        subjects[f"before the start, {cut}"] = time_of(before)
        subjects[f"while it runs, {cut}"] = time_of(partial(pace, plan, late, NINE_O_CLOCK))
    taken = in_turns(subjects, bench.rounds)
    slowest = max(taken, key=lambda name: statistics.median(taken[name]))
    value = 1000 * statistics.median(taken[slowest])
    return Result("replan", value, 5.0, "ms", f"{slowest} minutes cut, of {len(taken)} cases")


def seconds_of(clock: str) -> int:
    """Return a time of day as seconds since midnight."""
    hours, minutes, seconds = map(int, clock.split(":"))
    return 3600 * hours + 60 * minutes + seconds


def load_content(bench: Bench) -> Result:
    """Reading all shipped content against the reference."""
    subjects = {
        "ref": wall_of(REFERENCE, bench.environment),
        "load": time_of(lambda: open_library(one_line)),
    }
    taken = in_turns(subjects, bench.rounds)
    return Result("load-content", ratio(taken, "load"), 0.15, "ref", milliseconds(taken["load"]))
