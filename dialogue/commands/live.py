"""`dialogue` and `dialogue run`: what opens the screen.

Touches: the terminal, to see whether there is one; disk, to read a plan and a roster.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dialogue.commands.rehearse import show_tour
from dialogue.commands.shell import ClockTime, Heads, Shell, complete_plan, pass_shell, tls_options
from dialogue.commands.terminal import require_terminal
from sessions.collector import collector_at_rest

if TYPE_CHECKING:
    from dialogue.run import StartRequest

LARGEST_ROSTER_BYTES = 64 * 1024


NO_TERMINAL = (
    "dialogue needs a terminal for its screen. In a script use `dialogue plans`, "
    "`dialogue sessions`, `dialogue show` or `dialogue export`."
)


@click.command()
@click.argument("plan", shell_complete=complete_plan)
@click.option("--heads", type=Heads(), help="How many people are expected.")
@click.option("--end", type=ClockTime(), help="The hard stop, as a time of day.")
@click.option("--title", default="", help="The session's title; the plan's, when left out.")
@click.option(
    "--roster",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A file with one name a line, to hide these names in notes. It is never kept.",
)
@tls_options
@pass_shell
@collector_at_rest()
def run(
    shell: Shell,
    *,
    plan: str,
    heads: int | None,
    end: str | None,
    title: str,
    roster: Path | None,
    tls_cert: str,
    tls_key: str,
    tls_name: str,
) -> int:
    """Prepare and run a session from PLAN.

    `dialogue plans` lists the plans.
    """
    from dialogue.run import StartRequest  # noqa: PLC0415
    from sessions.text import TITLE_LIMIT, one_line  # noqa: PLC0415

    shell.library().plan(plan)
    names = "" if roster is None else read_roster(roster)
    tls = shell.tls(tls_cert, tls_key, tls_name)
    require_terminal(NO_TERMINAL)
    return _start(
        StartRequest(
            places=shell.places(),
            config=shell.config(),
            plan=plan,
            heads=heads,
            end=end,
            title=one_line(title, TITLE_LIMIT),
            roster=names,
            tls=tls,
        ),
        shell,
    )


@collector_at_rest()
def open_home(shell: Shell) -> int:
    """Open the home screen and return the exit code."""
    tls = shell.tls()
    require_terminal(NO_TERMINAL)
    from dialogue.run import StartRequest  # noqa: PLC0415

    request = StartRequest(places=shell.places(), config=shell.config(), tls=tls)
    return _start(request, shell)


def read_roster(path: Path) -> str:
    """Return the names in a file, one a line, as they may be shown.

    Raises:
        StorageError: The file cannot be read.
        CommandRefusedError: It is no UTF-8, so that its names would be other names.
    """
    from sessions.disk import read_whole  # noqa: PLC0415
    from sessions.errors import CommandRefusedError, shown  # noqa: PLC0415
    from sessions.text import LINE_LIMIT, one_line  # noqa: PLC0415

    try:
        text = read_whole(path, LARGEST_ROSTER_BYTES).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise CommandRefusedError(f"{shown(path)}: it is not UTF-8. Save it as UTF-8.") from None
    return "\n".join(filter(None, (one_line(line, LINE_LIMIT) for line in text.splitlines())))


def _start(request: StartRequest, shell: Shell) -> int:
    from dialogue.run import start  # noqa: PLC0415

    return start(request, partial(show_tour, shell))
