"""Whether there is a terminal to draw on.

Touches: stdin, stdout and stderr, to ask what they are.
"""

from __future__ import annotations

import sys

import click


def require_terminal(sentence: str) -> None:
    """Refuse to draw a screen where nobody can see it or press a key.

    Args:
        sentence: What to say, with what to do instead.

    Raises:
        click.UsageError: stdin, stdout or stderr is not a terminal.
    """
    # The screen is drawn on stderr and keys are read from stdin.
    if not all(stream.isatty() for stream in (sys.stdin, sys.stdout, sys.stderr)):
        raise click.UsageError(sentence)
