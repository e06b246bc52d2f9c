"""`dialogue print …`: what goes into the room on paper.

Touches: disk, to write pages for the printer; the config folder, for what is kept of the codes on
seat cards.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

import click
from click.shell_completion import CompletionItem

from dialogue.commands.own_files import out_option, refuse_to_replace
from dialogue.commands.print_plan import print_plan
from dialogue.commands.shell import Shell, complete_plan, pass_shell
from dialogue.page import Block, Line, emit_page
from sessions.errors import CommandRefusedError, StorageError, shown
from sessions.text import visible

if TYPE_CHECKING:
    from sessions.cards import CardBatch, CardFolder

SEATS_FILE = "seat-cards.html"
_WAITING = (
    "Cards that were printed before wait for a session, and others would make them void. If they "
    "are lost, or of too few, print again with --replace."
)


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


class PrintGroup(click.Group):
    """A group in which the word `plan` may be left out: what is no command is a plan."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put the word in where it was left out."""
        if args and args[0] not in {*self.commands, *ctx.help_option_names}:
            args = ["plan", *args]
        return super().parse_args(ctx, args)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Return the commands and the plans that begin so."""
        plans = complete_plan(ctx, click.Argument(["plan"]), incomplete)
        return [*super().shell_complete(ctx, incomplete), *map(CompletionItem, plans)]


@click.group(
    "print", cls=PrintGroup, no_args_is_help=False, subcommand_metavar="PLAN | plan PLAN | seats N"
)
def print_group() -> None:
    """Print what a room needs on paper: the pages of a plan, or seat cards.

    `dialogue print PLAN` is short for `dialogue print plan PLAN`, with the same options; see
    `dialogue print plan --help`.
    """


print_group.add_command(print_plan)


@print_group.command("seats")
@click.argument("number", metavar="N", type=Cards())
@out_option
@click.option("--replace", is_flag=True, help="Make void the cards that were printed before.")
@click.option(
    "--lang",
    metavar="LANG,…",
    help="What the cards say: en, es, or en,es for both on each; else as the settings.",
)
@pass_shell
def seats(shell: Shell, *, number: int, out: Path, replace: bool, lang: str | None) -> None:
    """Print N seat cards, so that everybody in the room has one voice.

    Print some more than people will come. The codes stand on the page that is written, and nowhere
    else. The cards are good for the sessions that begin with them, until others are printed.
    """
    from dialogue.paper import MARK, seat_cards  # noqa: PLC0415
    from sessions import disk  # noqa: PLC0415
    from sessions.cards import CardFolder, draw  # noqa: PLC0415

    languages = _languages(
        shell.config().language if lang is None else lang, asked=lang is not None
    )
    path = out / SEATS_FILE
    refuse_to_replace(path, lambda data: data.startswith(MARK), "page of seat cards")
    folder = CardFolder(shell.places().config)
    before = folder.waiting()
    if before is not None and not replace:
        raise CommandRefusedError(_WAITING)
    batch, codes = draw(number)
    disk.make_private_folder(out)
    folder.keep(batch)
    try:
        disk.write_whole(path, seat_cards(codes, languages))
    except StorageError:
        _put_back(folder, before)  # the new cards exist nowhere, and the old ones are in the room
        raise
    emit_page(_said(path, number, replaced=before is not None))


def _languages(named: str, *, asked: bool) -> tuple[str, ...]:
    """Return the languages that are printed, each once.

    Args:
        named: Tags with commas between them.
        asked: Somebody has said so; what the settings say is taken as far as there are texts.

    Raises:
        click.BadParameter: There are no texts in one of them.
    """
    from dialogue.paper import TEXTS  # noqa: PLC0415
    from dialogue.phrases import languages, spoken  # noqa: PLC0415

    known = languages(TEXTS)
    wanted = tuple(dict.fromkeys(one.strip().lower() for one in named.split(",")))
    if not asked:
        return tuple(spoken(one, TEXTS) for one in wanted)
    for one in wanted:
        if one not in known:
            raise click.BadParameter(
                f"Cards speak {' and '.join(known)}, and not {visible(one)}.", param_hint="--lang"
            )
    return wanted


def _put_back(folder: CardFolder, before: CardBatch | None) -> None:
    """Let the batch wait again that waited before.

    Raises:
        StorageError: It could not be saved.
    """
    if before is None:
        folder.delete("")  # of no session: the one that waits
    else:
        folder.keep(before)


def _said(path: Path, number: int, *, replaced: bool) -> list[Block]:
    """Return what to do with the cards, and what became of the ones before."""
    from sessions.places import synced_with  # noqa: PLC0415

    page: list[Block] = [
        Line(f"Written: {shown(path.absolute())}, with {number} cards."),
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
