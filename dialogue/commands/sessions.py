"""`dialogue sessions`, `show`, `summary`, `export` and `schema`: what has been kept.

Touches: disk. Nothing here opens a session for writing, but for the first export, which freezes
the Summary of a closed one.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from dialogue.commands.choosing import (
    chosen_edition,
    chosen_formats,
    edition_option,
    key_option,
    lang_option,
    out_option,
    paper_option,
    refuse_key,
    refuse_language,
    to_option,
)
from dialogue.commands.shell import Shell, complete_session, pass_shell
from dialogue.page import Block, Heading, Items, Line, Rows, emit, emit_json, emit_page
from sessions.errors import RecordDamagedError, shown

if TYPE_CHECKING:
    from sessions.document import Record
    from sessions.export.report import Paper
    from sessions.lock import SessionLock
    from sessions.store import Header

NONE_YET = "There is no session yet. `dialogue` starts one."
WAY_OUT = "Run `dialogue` and press Enter on this session to open that version."
LEFT_OUT = "What it leaves out"
DAMAGED = "Some records cannot be read. `dialogue show ID` says what can be done."


@click.command()
@click.option("--json", "as_json", is_flag=True, help="For programs instead of people.")
@pass_shell
def sessions(shell: Shell, *, as_json: bool) -> None:
    """List the sessions of this computer, the newest first."""
    from dialogue.due import due_today  # noqa: PLC0415
    from sessions.store import Store  # noqa: PLC0415

    headers = Store(shell.places().data).headers()
    if as_json:
        emit_json([_as_table(header) for header in headers])
    elif not headers:
        emit_page([Line(NONE_YET)])
    else:
        rows = [(one.id, one.title, one.held_on, one.state) for one in headers]
        page: list[Block] = [Rows(("ID", "Title", "Day", "State"), rows)]
        if any(one.state == "damaged" for one in headers):
            page.append(Line(DAMAGED, "attention"))
        page += [Line(sentence, "attention") for sentence in due_today(headers)]
        emit_page(page)


@click.command()
@click.argument("session", metavar="ID|FILE", shell_complete=complete_session)
@pass_shell
def show(shell: Shell, *, session: str) -> None:
    """Show the summary of a session.

    ID is a session's name, or the beginning of it; `dialogue sessions` lists them.
    """
    from dialogue.report_page import report_page  # noqa: PLC0415
    from sessions.export.writing import report  # noqa: PLC0415
    from sessions.store import read_header  # noqa: PLC0415
    from sessions.summarise import summary_of  # noqa: PLC0415

    path = _located(shell, session)
    header = read_header(path)
    if header.state == "newer":
        # All that can be known of it; why it is no more is said by the error.
        emit_page([Heading(header.title), Line(header.held_on)])
    emit_page(report_page(report(summary_of(_read(path)))))


@click.command()
@click.argument("session", metavar="ID|FILE", shell_complete=complete_session)
@edition_option("board")
@lang_option
@pass_shell
def summary(shell: Shell, *, session: str, edition: str, lang: str) -> None:
    """Show what an edition of the report says of a session, and what it leaves out.

    Nothing is written, and nothing is fixed: it is a look before `dialogue export`.
    """
    from dialogue.report_page import report_page  # noqa: PLC0415
    from dialogue.wording import spoken_in  # noqa: PLC0415
    from sessions.export.report import in_language  # noqa: PLC0415
    from sessions.export.withheld import withheld  # noqa: PLC0415
    from sessions.export.writing import report  # noqa: PLC0415
    from sessions.summarise import summary_of  # noqa: PLC0415

    chosen = chosen_edition(edition)
    refuse_language(lang)
    told = summary_of(_read(_located(shell, session)))
    spoken = spoken_in(lang or told.language)
    left_out = [spoken.say(sentence) for sentence in withheld(told, chosen)]
    page = report_page(in_language(report(told, chosen), spoken))
    emit_page([*page, Heading(spoken.say(LEFT_OUT), 2), Items(left_out)])


@click.command()
@click.argument("session", metavar="ID|FILE", shell_complete=complete_session)
@to_option
@edition_option("full")
@lang_option
@paper_option
@key_option
@out_option
@pass_shell
def export(
    shell: Shell,
    *,
    session: str,
    to: str,
    edition: str,
    lang: str,
    paper: Paper,
    to_key: str | None,
    out: Path,
) -> None:
    """Write what a session tells those who were not there.

    The first export of a closed session fixes what is told: every later one, in any format and
    edition, says the same. A session that is still open gives a partial file without anything that
    was said, and fixes nothing.
    """
    from dialogue.wording import spoken_in  # noqa: PLC0415
    from sessions.release import Order, export_session  # noqa: PLC0415

    formats, chosen = chosen_formats(to, edition)
    refuse_language(lang)
    if to_key is not None:
        refuse_key(to_key)
    path = _located(shell, session)
    order = Order(
        formats,
        out,
        edition=chosen,
        paper=paper,
        to_key=to_key,
        spoken=lambda own: spoken_in(lang or own),
    )
    for written in export_session(path, order, _lock_of(shell, path)):
        emit(shown(written))


@click.command()
@click.option("--summary", is_flag=True, help="Of what leaves as json, instead of a record.")
@click.option("--programme", is_flag=True, help="Of a programme as json.")
def schema(*, summary: bool, programme: bool) -> None:
    """Print the JSON Schema of a record, open or closed, of a summary, or of a programme."""
    from sessions.document import schema as record_schema  # noqa: PLC0415
    from sessions.export.share import programme_schema  # noqa: PLC0415
    from sessions.export.share import schema as summary_schema  # noqa: PLC0415

    if summary and programme:
        raise click.UsageError("Ask for one schema at a time.")
    emit_json(programme_schema() if programme else summary_schema() if summary else record_schema())


def _as_table(header: Header) -> dict[str, str]:
    return {
        "id": header.id,
        "title": header.title,
        "held_on": header.held_on,
        "state": header.state,
        "path": str(header.path),
    }


def _read(path: Path) -> Record:
    """Read a record; in a session's folder the version before it may be a way out."""
    from sessions.store import RECORD_NAME, SessionFolder, read_record  # noqa: PLC0415

    if path.name != RECORD_NAME:
        return read_record(path)
    folder = SessionFolder(path.parent)
    try:
        return folder.read()
    except RecordDamagedError as error:
        if folder.previous_is_whole():
            raise RecordDamagedError(f"{error.sentence} {WAY_OUT}") from error
        raise


def _located(shell: Shell, session: str) -> Path:
    """Return the record that is meant: a file, a folder with one in it, or a session's name.

    Raises:
        SessionNotFoundError: No session, or more than one, has a name that begins so.
    """
    from sessions.store import RECORD_NAME, Store  # noqa: PLC0415

    path = Path(session)
    try:
        if (path / RECORD_NAME).is_file():
            return (path / RECORD_NAME).resolve()
        if path.is_file() or path.suffix == ".json":
            return path.resolve()
    except OSError:
        # Longer than the name of any file; a session's name is looked for, and not found.
        pass
    return Store(shell.places().data).find(session).path


def _lock_of(shell: Shell, path: Path) -> SessionLock | None:
    """Return the lock of a record in the data folder; anywhere else there is none to hold."""
    from sessions.store import SessionFolder, Store  # noqa: PLC0415

    store = Store(shell.places().data)
    kept_in = {store.sessions.resolve(), store.rehearsals.resolve()}
    return SessionFolder(path.parent).lock if path.parent.parent.resolve() in kept_in else None
