"""`dialogue answer`: a participant's form in a terminal, through the same door as the phones.

Touches: the terminal, the network.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from dialogue.commands.shell import Shell, pass_shell
from dialogue.commands.terminal import require_terminal

if TYPE_CHECKING:
    from dialogue.caller.address import Address

NO_TERMINAL = (
    "To answer, dialogue needs a terminal for its form. On a phone, open the address in a browser."
)


class SessionAddress(click.ParamType["Address"]):
    """An address as it stands on the join screen."""

    name = "URL"

    def convert(
        self, value: str, param: click.Parameter | None, ctx: click.Context | None
    ) -> Address:
        """Return where the session's page is."""
        from dialogue.caller.address import read_address  # noqa: PLC0415
        from dialogue.caller.errors import AddressError  # noqa: PLC0415

        try:
            return read_address(value)
        except AddressError as error:
            self.fail(error.sentence, param, ctx)


@click.command()
@click.argument("url", type=SessionAddress())
@click.option(
    "--ca",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Your organisation's own certificates, as a PEM file, for an address with https.",
)
@pass_shell
def answer(shell: Shell, *, url: Address, ca: Path | None) -> int:
    """Answer a session's questions here instead of on a phone.

    URL is the address on the join screen, such as 192.0.2.7:8765. Nothing you write is kept on
    this computer.
    """
    from dialogue.answer.answering import Visit  # noqa: PLC0415

    require_terminal(NO_TERMINAL)
    return Visit(url, ca, shell.config().theme, shell.config().signs).once()
