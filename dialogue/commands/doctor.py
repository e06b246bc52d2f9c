"""`dialogue doctor`: is this computer ready for a session, and what to do where it is not.

Touches: what `dialogue.checkup` and `dialogue.phone_checkup` touch.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from dialogue.commands.shell import Shell, pass_shell
from dialogue.exits import ExitCode
from dialogue.page import Block, Line, emit, emit_page

if TYPE_CHECKING:
    from dialogue.finding import Finding

USUAL_SECONDS = 120
MOST_SECONDS = 3600


@click.command()
@click.option("--phone", is_flag=True, help="Serve a page to try with one phone, and wait for it.")
@click.option(
    "--seconds",
    type=click.IntRange(1, MOST_SECONDS),
    metavar="N",
    help=f"How long to wait for the phone; {USUAL_SECONDS}, when left out.",
)
@pass_shell
def doctor(shell: Shell, *, phone: bool, seconds: int | None) -> int:
    """Check settings, folders, content, phones and terminal, and say what to do."""
    if phone:
        return _try_phone(shell, seconds or USUAL_SECONDS)
    if seconds is not None:
        raise click.UsageError("--seconds says how long to wait for a phone: give --phone with it.")
    from dialogue.checkup import findings  # noqa: PLC0415

    found = [*findings(shell.places()), *_phones(shell)]
    page: list[Block] = [
        Line(one.text, "good", "ok") if one.fine else Line(one.text, "attention", "to do")
        for one in found
    ]
    emit_page(page)
    return ExitCode.OK if all(one.fine for one in found) else ExitCode.REFUSED


def _phones(shell: Shell) -> Iterator[Finding]:
    """Yield what was found about phones, as far as settings and content let us look."""
    from agreements.errors import AgreementsError, ContentError  # noqa: PLC0415
    from dialogue.doorway import Doorway  # noqa: PLC0415
    from dialogue.finding import Finding  # noqa: PLC0415
    from dialogue.phone_checkup import phone_findings  # noqa: PLC0415
    from dialogue.preflight import WaitingRoom  # noqa: PLC0415

    try:
        room = WaitingRoom(shell.library(), shell.config().language)
    except AgreementsError:
        return  # what is wrong with settings or content is a finding already
    try:
        tls = shell.tls()
    except ContentError as error:
        yield Finding(f"Phones: {error.sentence}", fine=False)
        return
    yield from phone_findings(Doorway(tls=tls), room)


def _try_phone(shell: Shell, seconds: int) -> int:
    """Wait for one phone, and say whether it was seen."""
    from dialogue.doorway import Doorway  # noqa: PLC0415
    from dialogue.phone_checkup import wait_for_phone  # noqa: PLC0415
    from dialogue.preflight import WaitingRoom  # noqa: PLC0415

    room = WaitingRoom(shell.library(), shell.config().language)
    seen = wait_for_phone(Doorway(tls=shell.tls()), room, seconds, _say)
    return ExitCode.OK if seen else ExitCode.REFUSED


def _say(text: str) -> None:
    """Print lines that are broken between words; what was drawn stays as it is."""
    if "\x1b" in text:
        emit(text)
    else:
        emit_page([Line(one) for one in text.split("\n")])
