"""`dialogue hide`: a text without the names in it.

Touches: stdin, stdout, stderr; disk, to read a roster.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dialogue.page import emit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sessions.deidentify.roster import Roster


@click.command()
@click.option("--json-lines", is_flag=True, help="For programs: an object a line in and out.")
@click.option(
    "--tier",
    type=click.Choice(("auto", "review")),
    default="review",
    show_default=True,
    help="Hide what is sure, or also what a person should look at.",
)
@click.option(
    "--memory",
    type=click.Choice(("keep",)),
    help="Answer every question with keep, and ask about a word once.",
)
@click.option(
    "--roster",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A file with the names of who was there, one a line.",
)
@click.option("--coach", is_flag=True, help="Say which descriptions may fit one person only.")
@click.option("--explain", is_flag=True, help="Say what is hidden and what cannot be, and stop.")
def hide(
    *,
    json_lines: bool,
    tier: str,
    memory: str | None,
    roster: Path | None,
    coach: bool,
    explain: bool,
) -> None:
    """Read a text and print it without names and what else tells who.

    Nothing is kept: neither the text nor the names in it.
    """
    from dialogue import hiding  # noqa: PLC0415

    if explain:
        emit(hiding.EXPLANATION)
        return
    review, keep = tier == "review", memory == "keep"
    if json_lines:
        if roster is not None or coach:
            raise click.UsageError(
                "With --json-lines the roster is in each line; leave --roster and --coach out."
            )
        for answer in hiding.by_protocol(_lines(), review=review, keep_asked=keep):
            emit(answer)
        return
    names = _roster(roster)
    if names.left_out:
        click.echo(hiding.left_out(names), err=True)
    hider = hiding.Hider(names, review, keep_asked=keep)
    for text in hiding.plain(_lines(), hider):
        emit(text)
        if coach:
            for said in hiding.coached(text):
                click.echo(said, err=True)


def _lines() -> Iterator[bytes]:
    """Yield the lines of stdin as they come."""
    return iter(sys.stdin.buffer.readline, b"")


def _roster(path: Path | None) -> Roster:
    from sessions.deidentify.roster import Roster  # noqa: PLC0415
    from sessions.errors import CommandRefusedError  # noqa: PLC0415

    if path is None:
        return Roster()
    try:
        return Roster.parse(path.read_text("utf-8"))
    except UnicodeDecodeError:
        raise CommandRefusedError("The roster is not UTF-8 text. Save it as UTF-8.") from None
    except OSError as error:
        raise CommandRefusedError(f"The roster cannot be read: {error.strerror}.") from None
