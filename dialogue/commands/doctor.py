"""`dialogue doctor`: is this computer ready for a session, and what to do where it is not.

Touches: what `dialogue.checkup` touches.
"""

from __future__ import annotations

import click

from dialogue.commands.shell import Shell, pass_shell
from dialogue.exits import ExitCode
from dialogue.page import Block, Line, emit_page


@click.command()
@pass_shell
def doctor(shell: Shell) -> int:
    """Check settings, folders, content and terminal, and say what to do."""
    from dialogue.checkup import findings  # noqa: PLC0415

    found = list(findings(shell.places()))
    page: list[Block] = [
        Line(f"ok     {one.text}", "good") if one.fine else Line(f"to do  {one.text}", "attention")
        for one in found
    ]
    emit_page(page)
    return ExitCode.OK if all(one.fine for one in found) else ExitCode.REFUSED
