"""`dialogue print …`: what goes into the room on paper.

Touches: disk, to write a page for the printer; the config folder, for what is kept of its codes.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import click

from dialogue.commands.shell import Shell, pass_shell
from dialogue.page import Block, Line, emit_page
from sessions.errors import CommandRefusedError, FileMissingError, StorageError, shown
from sessions.text import visible

SEATS_FILE = "seat-cards.html"
LARGEST_PAGE_BYTES = 4 * 1024 * 1024


class Cards(click.ParamType[int]):
    """A number of seat cards."""

    name = "N"

    def convert(
        self, value: str | int, param: click.Parameter | None, ctx: click.Context | None
    ) -> int:
        """Return the number."""
        from sessions.cards import refuse_count  # noqa: PLC0415

        text = str(value)
        if not re.fullmatch(r"-?[0-9]{1,9}", text, re.ASCII):
            self.fail(f"{visible(text)} is not a number of cards, such as 24.", param, ctx)
        try:
            refuse_count(int(text))
        except CommandRefusedError as error:
            self.fail(error.sentence, param, ctx)
        return int(text)


@click.group("print", no_args_is_help=False)
def print_group() -> None:
    """Print what a room needs on paper."""


@print_group.command("seats")
@click.argument("number", metavar="N", type=Cards())
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    default=".",
    help="The folder to write to; this one, when left out.",
)
@pass_shell
def seats(shell: Shell, *, number: int, out: Path) -> None:
    """Print N seat cards, so that everybody in the room has one voice.

    Print some more than people will come. The codes stand on the page that is written, and nowhere
    else. The cards are good for the sessions that begin with them, until others are printed.
    """
    from dialogue.paper import seat_cards  # noqa: PLC0415
    from sessions import disk  # noqa: PLC0415
    from sessions.cards import CardFolder, draw  # noqa: PLC0415

    path = out / SEATS_FILE
    _refuse_to_replace(path)
    folder = CardFolder(shell.places().config)
    had_some = folder.waiting() is not None
    batch, codes = draw(number)
    disk.make_private_folder(out)
    disk.write_whole(path, seat_cards(codes))
    try:
        folder.keep(batch)
    except StorageError:
        disk.forget(path)  # these cards would open nothing
        raise
    emit_page(_said(path, number, replaced=had_some))


def _refuse_to_replace(path: Path) -> None:
    """Refuse to write over a file that is no page of cards; an older page of them is void.

    Raises:
        CommandRefusedError: It is somebody's own.
        StorageError: It cannot be read.
    """
    from dialogue.paper import MARK  # noqa: PLC0415
    from sessions import disk  # noqa: PLC0415

    try:
        ours = disk.read_whole(path, LARGEST_PAGE_BYTES).startswith(MARK)
    except FileMissingError:
        return
    if not ours:
        raise CommandRefusedError(
            f"{shown(path)} is there already and is no page of seat cards. Move it away, or choose "
            "another folder."
        )


def _said(path: Path, number: int, *, replaced: bool) -> list[Block]:
    """Return what to do with the cards, and what became of the ones before."""
    from sessions.places import synced_with  # noqa: PLC0415

    page: list[Block] = [
        Line(f"Written: {shown(path)}, with {number} cards."),
        Line("Print it, cut the cards apart, and put them face down into a bowl."),
        Line("Then delete the file: whoever has it has every card.", "attention"),
    ]
    service = synced_with(path.parent.resolve(), os.environ, Path.home())
    if service is not None:
        page.append(
            Line(f"{service} copies that folder elsewhere: delete it there too.", "attention")
        )
    if replaced:
        page.append(Line("The cards that were printed before are void for new sessions now."))
    page.append(Line("In Prepare, choose Seat cards under One voice."))
    return page
