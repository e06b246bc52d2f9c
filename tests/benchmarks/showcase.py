"""The showcase: rehearsed sessions, exported one by one and as a programme, to be looked at.

`uv run python tests/benchmarks/showcase.py --out FOLDER [--sessions 300] [--texts FILE] [--seed S]`

Touches: clock, processes, disk (below the folder it is given), the network on loopback. It
rehearses the shipped plans in turn, spreads the sessions over a year and a half, lets some
commitments be kept and leadership answer, and writes every format of every edition of the first
session, and of the programme of all. Everything in it is made up, and every page says so. What
was stopped goes on where it was, when it is run again with the same folder.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import shutil
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import date, timedelta
from functools import partial
from pathlib import Path

import samples

from dialogue.config import Config
from dialogue.paths import Places
from dialogue.rehearse.rehearsal import Wanted, rehearse
from dialogue.rehearse.texts import REFLECTIONS, read_texts
from sessions import disk
from sessions.document import ClosedRecord, to_json
from sessions.export.registry import FORMATS
from sessions.export.report import EDITIONS
from sessions.facts import FollowUp, Reply
from sessions.gathering.gather import gather
from sessions.release import Order, export_session, programme_release, write_exports
from sessions.store import RECORD_NAME, read_record

FIRST_DAY = date(2025, 1, 14)
DAYS = 540
HEADS = range(10, 41)
FIRST_PLAN = "lunch-and-learn"
"""What the session is that is exported by itself."""
SAYS_EVERY = 20
REPLIES = ("The hours are paid from January.", "We answer at the spring meeting.")


def rehearsed(number: int, folder: Path, seed: int, texts: Sequence[str]) -> Path:
    """Rehearse one session, unless it was before, and return its record, on a day of its own."""
    for path in (folder / str(number)).rglob(RECORD_NAME):
        if is_done(path):
            return path
    shutil.rmtree(folder / str(number), ignore_errors=True)
    content = samples.library()
    chance = random.Random(f"{seed} {number}")
    plans = sorted(content.plans, key=lambda name: (name != FIRST_PLAN, name))
    wanted = Wanted(
        places=Places(folder / str(number), folder / str(number) / "config"),
        config=Config(),
        library=content,
        plan=content.plan(plans[number % len(plans)]),
        heads=chance.choice(HEADS),
        seed=chance.randrange(2**31),
        texts=texts,
    )
    path = asyncio.run(rehearse(wanted)).path
    record = read_record(path)
    assert isinstance(record, ClosedRecord)
    disk.write_whole(path, to_json(some_time_later(record, chance)))
    return path


def is_done(path: Path) -> bool:
    """Say whether a session was rehearsed to its end, and stands on the day that was drawn."""
    record = read_record(path)
    return isinstance(record, ClosedRecord) and record.held_on < FIRST_DAY + timedelta(days=DAYS)


def some_time_later(record: ClosedRecord, chance: random.Random) -> ClosedRecord:
    """Return a record as it may stand half a year on."""
    day = FIRST_DAY + timedelta(days=chance.randrange(DAYS))
    stood = FollowUp(after_days=30, state=chance.choice(("kept", "kept", "partly", "not-yet")))
    reply = Reply(on=day + timedelta(days=21), text=chance.choice(REPLIES))
    promised = (one.model_copy(update={"follow_up": (stood,)}) for one in record.group_commitments)
    asked = (
        one.model_copy(update={"replies": (reply,) if chance.random() < 0.6 else ()})
        for one in record.leadership_asks
    )
    changed = {"group_commitments": tuple(promised), "leadership_asks": tuple(asked)}
    return record.model_copy(update={"held_on": day, **changed})


def everything(folder: Path, path: Path) -> Iterator[Path]:
    """Write one session and the programme of all in every edition and format."""
    every = list(FORMATS.values())
    for edition in EDITIONS:
        formats = [one for one in every if one.has_editions or edition == "full"]
        yield from export_session(path, Order(formats, folder / "one", edition=edition))
    told = gather([folder / "sessions"], rehearsals=True).programme
    for edition in ("full", "board"):
        formats = [one for one in every if one.has_editions or edition == "full"]
        order = Order(formats, folder / "programme", edition=edition)  # type: ignore[arg-type]
        yield from write_exports(programme_release(told), order)


def main() -> None:
    """Rehearse, and write everything."""
    parser = argparse.ArgumentParser(description="Rehearsed sessions in every format.")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--sessions", type=int, default=300)
    parser.add_argument("--texts", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--processes", type=int, default=2)
    asked = parser.parse_args()
    began = time.perf_counter()
    texts = REFLECTIONS if asked.texts is None else read_texts(asked.texts)
    one = partial(rehearsed, folder=asked.out / "sessions", seed=asked.seed, texts=texts)
    paths = []
    with ProcessPoolExecutor(asked.processes) as pool:
        for number, path in enumerate(pool.map(one, range(asked.sessions)), start=1):
            paths.append(path)
            if number % SAYS_EVERY == 0:
                print(f"{number} sessions, {time.perf_counter() - began:.0f} s", flush=True)
    for written in everything(asked.out, paths[0]):
        print(written)
    print(f"{time.perf_counter() - began:.0f} s")


if __name__ == "__main__":
    main()
