"""`dialogue programme`: hundreds of sessions as one report.

Touches: disk; in a terminal, stderr, to say how far it is. Nothing here opens a session for
writing: what is read is what each session would export, or has exported.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dialogue.commands.choosing import (
    chosen_formats,
    key_option,
    out_option,
    paper_option,
    refuse_key,
    to_option,
)
from dialogue.commands.shell import Shell, pass_shell
from dialogue.page import Block, Heading, Items, Line, emit_json, emit_page
from sessions.errors import shown

if TYPE_CHECKING:
    from sessions.export.report import Paper
    from sessions.gathering.gather import Gathered, Progress

WAITING = (
    "1 session is new since an earlier programme, and is counted once there is another: alone it "
    "could be read off by subtracting the two."
)
SMALL_WAITING = (
    "{count} small sessions are new since an earlier programme, and are counted once there is a "
    "larger one: so few people could be read off by subtracting the two."
)
MOST_LISTED = 20
"""So many files that are not counted are listed; `--json` lists them all."""


@click.command()
@click.argument("paths", metavar="PATH…", nargs=-1, required=True, type=click.Path(path_type=Path))
@to_option
@click.option(
    "--edition",
    metavar="full|board",
    default="full",
    show_default=True,
    help="Everything, or one page for decision-makers.",
)
@paper_option
@key_option
@out_option
@click.option("--rehearsals", is_flag=True, help="Sum up rehearsals, and mark what comes out.")
@click.option("--json", "as_json", is_flag=True, help="For programs instead of people.")
@pass_shell
def programme(
    shell: Shell,
    *,
    paths: tuple[Path, ...],
    to: str,
    edition: str,
    paper: Paper,
    to_key: str | None,
    out: Path,
    rehearsals: bool,
    as_json: bool,
) -> None:
    """Sum up many sessions: shares (`export --to json`) and records, in files and folders.

    Only what each session's own summary tells is summed. What cannot be counted is listed with the
    reason; a session that several files tell of counts once. Two programmes differ by two sessions
    and five people or more, or by none: a single new one waits for another.
    """
    from sessions.disk import make_private_folder  # noqa: PLC0415
    from sessions.gathering.gather import gather  # noqa: PLC0415
    from sessions.gathering.told import cohorts_file, read_cohorts  # noqa: PLC0415
    from sessions.release import Order, programme_release, write_exports  # noqa: PLC0415

    formats, chosen = chosen_formats(to, edition, of_programme=True)
    if to_key is not None:
        refuse_key(to_key)
    folder = shell.places().data
    cohorts = read_cohorts(folder)
    with _shown_progress() as progress:
        gathered = gather(
            paths, folder=folder, rehearsals=rehearsals, cohorts=cohorts, progress=progress
        )
    released = programme_release(gathered.programme)
    order = Order(formats, out, edition=chosen, paper=paper, to_key=to_key)
    make_private_folder(folder)
    kept = cohorts_file(folder, cohorts, gathered.sessions, gathered.small)
    written = write_exports(released, order, kept)
    if as_json:
        emit_json(_table(gathered, written))
    else:
        emit_page(_page(gathered, written))


@contextmanager
def _shown_progress() -> Iterator[Progress]:
    """Draw a bar on stderr while something takes long, in a terminal alone."""
    if not sys.stderr.isatty():
        yield lambda _done, _of: None
        return
    from rich.console import Console  # noqa: PLC0415
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn  # noqa: PLC0415

    columns = (TextColumn("Reading sessions"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None)
        yield lambda done, of: bar.update(task, completed=done, total=of)


def _table(gathered: Gathered, written: Sequence[Path]) -> dict[str, object]:
    told = gathered.programme
    return {
        "sessions": told.sessions,
        "cohort": told.cohort,
        "first_on": told.first_on,
        "last_on": told.last_on,
        "counted_once": told.twice,
        "waiting": gathered.waiting,
        "rehearsals_left_out": gathered.rehearsals,
        "left_out": [{"path": shown(path), "reason": why} for path, why in gathered.left_out],
        "written": [str(path) for path in written],
    }


def _page(gathered: Gathered, written: Sequence[Path]) -> Iterator[Block]:
    told = gathered.programme
    yield Heading(f"{told.sessions} sessions, {told.first_on} to {told.last_on}")
    if told.people:
        yield Line(f"{told.people} people, counted at each session they came to", "quiet")
    for row in told.by_quarter:
        yield Line(f"{row.label}: {row.sessions}", "quiet")
    if told.rehearsal:
        yield Line("All of these are rehearsals, and every page says so.", "attention")
    if gathered.rehearsals:
        yield Line(
            f"Left out: {gathered.rehearsals} of rehearsals. `--rehearsals` sums them up alone."
        )
    if told.twice:
        yield Line(f"Told of more than once, and counted once: {told.twice}.")
    if gathered.waiting:
        several = gathered.waiting > 1
        said = SMALL_WAITING.format(count=gathered.waiting) if several else WAITING
        yield Line(said, "attention")
    if gathered.left_out:
        yield Heading(f"Not counted: {len(gathered.left_out)}", 2)
        yield Items([f"{shown(path)}: {why}" for path, why in gathered.left_out[:MOST_LISTED]])
        more = len(gathered.left_out) - MOST_LISTED
        if more > 0:
            yield Line(f"… and {more} more; `--json` lists them all.", "quiet")
    yield Heading("Written", 2)
    yield Items([shown(path) for path in written])
