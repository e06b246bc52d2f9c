"""`dialogue themes`: answers are coded by a person, and the themes are listed with their bands.

Touches: the terminal, disk. Without `--list` or `--json` it opens the screen on which one answer
at a time is read; its words stand nowhere else.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import click

from dialogue.commands.shell import Shell, complete_session, pass_shell
from dialogue.commands.terminal import require_terminal
from dialogue.page import Block, Line, Rows, emit_json, emit_page

if TYPE_CHECKING:
    from sessions.document import ClosedRecord
    from sessions.store import SessionFolder

NO_TERMINAL = (
    "To code answers, dialogue needs a terminal for its screen. `--list` prints the themes and "
    "their bands."
)
CODED_BY_PEOPLE = "Coded by people. A band counts answers; one answer may stand under several."
TOO_FEW = "too few, or none"
KINDS = {
    "agreement": "agreement",
    "condition": "condition",
    "compass": "compass",
    "theme": "own theme",
}


@click.command()
@click.argument("session", metavar="ID", shell_complete=complete_session)
@click.option("--list", "as_list", is_flag=True, help="Print the themes with bands of answers.")
@click.option("--json", "as_json", is_flag=True, help="The same, for programs.")
@pass_shell
def themes(shell: Shell, *, session: str, as_list: bool, as_json: bool) -> int | None:
    """Code the answers of a closed session with themes.

    A person reads each answer the review has read and presses the keys of the themes it speaks
    of. Exports tell of a theme as a band, and only where enough people wrote of it.
    """
    from sessions.amending import closed  # noqa: PLC0415
    from sessions.store import Store  # noqa: PLC0415

    folder = Store(shell.places().data).find(session)
    if as_json:
        emit_json(_rows(closed(folder)))
    elif as_list:
        emit_page(_page(closed(folder)))
    else:
        return _code(shell, folder)
    return None


def _code(shell: Shell, folder: SessionFolder) -> int:
    """Open the screen, and return how it ended."""
    require_terminal(NO_TERMINAL)
    from dialogue import run  # noqa: PLC0415
    from dialogue.recorders import recorder_warning  # noqa: PLC0415
    from dialogue.tui.coding_app import CodingApp  # noqa: PLC0415
    from dialogue.wording import language_of  # noqa: PLC0415
    from sessions.coding import CodingDesk  # noqa: PLC0415

    config = shell.config()
    language = language_of(config.screen_language, os.environ)
    run.forbid_core_dumps()
    desk = CodingDesk.open(folder)
    warning = recorder_warning(os.environ)
    app = CodingApp(desk, looks=config.theme, language=language, warning=warning)
    return run.show(app, config.signs)


def _rows(record: ClosedRecord) -> list[dict[str, str]]:
    """Return each theme with its band; a theme too few wrote of says so in words."""
    from sessions.themes import bands  # noqa: PLC0415

    return [
        {
            "code": code.id,
            "kind": code.kind,
            "label": code.told,
            "answers": TOO_FEW if found is None else str(found),
        }
        for code, found in bands(record)
    ]


def _page(record: ClosedRecord) -> list[Block]:
    from sessions.coding import FROZEN  # noqa: PLC0415

    rows = [(row["answers"], row["label"], KINDS[row["kind"]]) for row in _rows(record)]
    page: list[Block] = [Line(CODED_BY_PEOPLE), Rows(("Answers", "Theme", "From"), rows)]
    if record.summary is not None:
        page.append(Line(FROZEN, "attention"))
    return page
