"""`dialogue completion`: the line that turns on completion in a shell.

Touches: nothing but stdout.
"""

from __future__ import annotations

import click

from dialogue.page import emit

LINES = {
    "bash": 'eval "$(_DIALOGUE_COMPLETE=bash_source dialogue)"',
    "zsh": 'eval "$(_DIALOGUE_COMPLETE=zsh_source dialogue)"',
    "fish": "_DIALOGUE_COMPLETE=fish_source dialogue | source",
}
"""What to put into the shell's own settings file."""


HELP = """Print the line that completes commands, plans and sessions with Tab.

\b
Add it to your shell's settings once:
  dialogue completion bash >> ~/.bashrc
  dialogue completion zsh >> ~/.zshrc
  dialogue completion fish >> ~/.config/fish/config.fish
"""


@click.command(help=HELP)
@click.argument("shell", type=click.Choice(tuple(LINES)))
def completion(shell: str) -> None:
    """Print the line that turns on completion."""
    emit(LINES[shell])
