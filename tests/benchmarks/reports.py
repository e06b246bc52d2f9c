"""What it costs to let a session leave: all formats by the command, and a PDF beside typst alone.

Touches: clock, processes, disk (a temporary folder).
"""

from __future__ import annotations

import json
import statistics
import subprocess
from collections.abc import Iterator
from pathlib import Path

import typst
from harness import PROGRAM, Bench, Measure, Result, in_turns, milliseconds, ratio, time_of, wall_of

from sessions.document import ClosedRecord
from sessions.export.pdf import render
from sessions.export.registry import FORMATS
from sessions.export.report import EDITIONS, Report
from sessions.export.writing import report
from sessions.store import read_record
from sessions.summarise import summary_of
from sessions.summary import Summary

REHEARSE = (PROGRAM, "rehearse", "lunch-and-learn", "--heads", "24", "--seed", "7", "--no-screen")

BARE = b"""
#set document(title: "bare", date: none)
#set text(lang: "en", hyphenate: false)
#let words = json(bytes(sys.inputs.words))
= Bare
#for one in words { par(one) }
"""
"""The least that typst can do with the same words: one paragraph each, tagged, in its own font."""


def rehearsed(bench: Bench) -> Path:
    """Return the record of a rehearsed session of 24 people."""
    subprocess.run(REHEARSE, env=dict(bench.environment), check=True, stdout=subprocess.DEVNULL)
    (record,) = Path(bench.environment["HOME"]).rglob("session.json")
    return record


def all_formats(bench: Bench) -> Result:
    """One session to every format by the command, from its start to its end."""
    record = rehearsed(bench)
    places: Iterator[Path] = (bench.folder / f"out-{number}" for number in range(10_000))
    formats = ",".join(FORMATS)

    def export() -> float:
        command = (PROGRAM, "export", str(record), "--to", formats, "-o", str(next(places)))
        return wall_of(command, bench.environment)()

    taken = in_turns({"all": export}, bench.rounds)["all"]
    detail = f"{len(FORMATS)} formats, with the program's start; {milliseconds(taken)}"
    return Result("export-all", statistics.median(taken), 2.0, "s", detail)


def pdf(bench: Bench) -> list[Result]:
    """A PDF of each edition beside typst's bare compile of the same words."""
    record = read_record(rehearsed(bench))
    if not isinstance(record, ClosedRecord):
        raise TypeError(record.state)
    summary = summary_of(record)
    return [_pdf(bench, summary, edition) for edition in EDITIONS]


def _pdf(bench: Bench, summary: Summary, edition: str) -> Result:
    (chosen,) = (one for one in EDITIONS if one == edition)
    made = report(summary, chosen)
    subjects: dict[str, Measure] = {
        "ours": time_of(lambda: render(made)),
        "bare": time_of(lambda: bare(made)),
    }
    taken = in_turns(subjects, bench.rounds)
    value = ratio(taken, "ours", "bare")
    return Result(f"pdf-{edition}", value, 3.0, "x bare", milliseconds(taken["ours"]))


def bare(made: Report) -> bytes:
    """Return the words of a report as typst sets them when it is asked for nothing more."""
    words = [one for one in _words(made) if one]
    written: bytes = typst.compile(
        BARE,
        format="pdf",
        ignore_system_fonts=True,
        sys_inputs={"words": json.dumps(words)},
        pdf_standards=["ua-1"],
        timestamp=0,
    )
    return written


def _words(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for one in value:
            yield from _words(one)
    else:
        for name in getattr(value, "__slots__", ()):
            yield from _words(getattr(value, name))
