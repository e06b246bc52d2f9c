"""Where pages for the printer go, and never over a file of somebody's own.

Touches: disk, to look at what is there already.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import click

from sessions.errors import CommandRefusedError, FileMissingError, shown

LARGEST_PAGE_BYTES = 16 * 1024 * 1024

out_option = click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    default=".",
    help="The folder to write to; this one, when left out.",
)


def refuse_to_replace(path: Path, is_ours: Callable[[bytes], bool], noun: str) -> None:
    """Refuse to write over a file that the program did not make.

    Args:
        path: The file that would be written.
        is_ours: Says of all its bytes whether it is such a page as will be written.
        noun: What such a page is called.

    Raises:
        CommandRefusedError: It is somebody's own.
        StorageError: It cannot be read.
    """
    from sessions import disk  # noqa: PLC0415

    try:
        ours = is_ours(disk.read_whole(path, LARGEST_PAGE_BYTES))
    except FileMissingError:
        return
    if not ours:
        raise CommandRefusedError(
            f"{shown(path)} is there already and is no {noun}. Move it away, or choose "
            "another folder."
        )
