"""`dialogue purge`: words go on the day that was set before the session.

Touches: disk and the clock's day. It can run unattended: it asks nothing, and says what went.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from dialogue.commands.shell import Shell, complete_session, pass_shell
from dialogue.exits import ExitCode
from dialogue.page import Block, Line, Rows, emit_page

if TYPE_CHECKING:
    from sessions.retention import Due, Fate

_NOTHING = "No words are due to go today."
_COPIES = (
    "Copies made elsewhere, in a backup or an export, are not reached from here: delete them where "
    "they are."
)
_OPEN = (
    "A session that is still open keeps its words. Close it in `dialogue`, then run this command "
    "again."
)


@click.command()
@click.option(
    "--hold",
    metavar="ID",
    multiple=True,
    shell_complete=complete_session,
    help="Keep the words of this session beyond their day, until it is released.",
)
@click.option(
    "--release",
    metavar="ID",
    multiple=True,
    shell_complete=complete_session,
    help="Hold the words of this session no longer.",
)
@click.option("--dry-run", is_flag=True, help="Say what would go, and change nothing.")
@pass_shell
def purge(shell: Shell, *, hold: Sequence[str], release: Sequence[str], dry_run: bool) -> int:
    """Delete what people wrote and what was noted, once its day has come.

    The day follows from "Days kept", as it was set before each session and shown to the room.
    Figures stay, and what the group decided together: its agreements and commitments.
    """
    from sessions.boottime import system_clock  # noqa: PLC0415
    from sessions.retention import hold as put_on_hold  # noqa: PLC0415
    from sessions.retention import purge as purge_all  # noqa: PLC0415
    from sessions.store import Store  # noqa: PLC0415

    store = Store(shell.places().data)
    folders = [(store.find(name), True) for name in hold]
    folders += [(store.find(name), False) for name in release]
    page: list[Block] = []
    for folder, on_hold in () if dry_run else folders:
        title = put_on_hold(folder, on_hold=on_hold)
        page.append(Line(f"{'On hold' if on_hold else 'No longer on hold'}: {title}."))
    today = system_clock().wall().astimezone().date()
    holds = {folder.name: on_hold for folder, on_hold in folders}
    found = list(purge_all(store, today, pretend=dry_run, holds=holds if dry_run else None))
    emit_page([*page, *_page(found, pretend=dry_run)])
    return ExitCode.REFUSED if any(one.fate in ("open", "failed") for one in found) else ExitCode.OK


def _page(found: Sequence[Due], *, pretend: bool) -> list[Block]:
    if not found:
        return [Line(_NOTHING)]
    words: dict[Fate, str] = {
        "purged": "would be deleted" if pretend else "deleted",
        "held": "on hold",
        "open": "still open",
        "failed": "not read",
    }
    rows = [
        (one.name, one.title, one.due_on.isoformat(), str(one.words), words[one.fate])
        for one in found
        if one.fate != "failed"
    ]
    page: list[Block] = []
    if rows:
        heads = ("ID", "Title", "Due", "Texts", "Words")
        page.append(Rows(heads, rows, frozenset({3})))
    page += [Line(f"{one.name}: {one.sentence}", "attention") for one in found if one.sentence]
    if any(one.fate == "open" for one in found):
        page.append(Line(_OPEN, "attention"))
    if any(one.fate == "purged" for one in found):
        page.append(Line(_COPIES, "attention"))
    return page
