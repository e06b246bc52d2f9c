"""`dialogue kiosk`: a participant's form in a loop, on a second machine that everybody may use.

Touches: the terminal, the network.
"""

from __future__ import annotations

import ipaddress
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from dialogue.commands.answer import SessionAddress
from dialogue.commands.shell import Shell, pass_shell
from dialogue.commands.terminal import require_terminal
from dialogue.exits import ExitCode

if TYPE_CHECKING:
    from dialogue.caller.address import Address

THIS_COMPUTER: Final = "127.0.0.1:8765"
"""Where a session that runs on this computer is, when no address is named."""

ONLY_LAPTOP: Final = (
    "The session runs on this computer. While it is a kiosk, the timer and your keys are out of "
    "your sight, and whoever types here has your laptop. A second computer is better; paper needs "
    "none."
)
NO_TERMINAL: Final = "A kiosk needs a terminal for its form. Start it on the machine it is to be."

_SECONDS_A_MINUTE: Final = 60


@click.command()
@click.argument("url", type=SessionAddress(), default=THIS_COMPUTER, required=False)
@click.option(
    "--ca",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Your organisation's own certificates, as a PEM file, for an address with https.",
)
@click.option(
    "--idle",
    type=click.IntRange(1, 60),
    default=3,
    show_default=True,
    help="After so many minutes without a key all that stands there is wiped.",
)
@pass_shell
def kiosk(shell: Shell, *, url: Address, ca: Path | None, idle: int) -> int:
    """Let one person after the other answer here, on a second machine.

    URL is the address on the join screen. Everything is wiped after each person, and when nobody
    types. Four digits, shown once at the start, leave the kiosk.
    """
    from dialogue.answer.answering import Visit  # noqa: PLC0415

    require_terminal(NO_TERMINAL)
    if is_this_computer(url.host):
        click.echo(ONLY_LAPTOP)
        if not click.confirm("Go on all the same?"):
            return ExitCode.OK
    return Visit(url, ca, shell.config().theme, shell.config().signs).kiosk(
        idle * _SECONDS_A_MINUTE
    )


def is_this_computer(host: str) -> bool:
    """Say whether an address is this computer's own.

    Args:
        host: A name or a number, as it stands in the address.
    """
    from dialogue.addresses import own_addresses  # noqa: PLC0415

    if host == "localhost":
        return True
    try:
        number = ipaddress.ip_address(host)
    except ValueError:
        return False
    return number.is_loopback or host in own_addresses()
