"""Which formats, which edition and which key a command was asked for.

Touches: nothing. What is wrong with them is said before anything is read, frozen or written.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from sessions.errors import CommandRefusedError
from sessions.text import visible

if TYPE_CHECKING:
    from collections.abc import Callable

    from sessions.export.registry import Format
    from sessions.export.report import Edition

_Command = TypeVar("_Command", bound="Callable[..., Any] | click.Command")

to_option = click.option(
    "--to",
    metavar="FORMAT",
    default="md",
    show_default=True,
    help="md, html, pdf, docx, xlsx, csv or json; several with commas between them.",
)
key_option = click.option(
    "--to-key",
    metavar="AGE-KEY",
    help="Encrypt to an organizer's public key (age1…), so that nobody else can read it.",
)
out_option = click.option(
    "--out",
    "-o",
    type=click.Path(file_okay=False, path_type=Path),
    default=".",
    help="The folder to write to; this one, when left out.",
)

lang_option = click.option(
    "--lang",
    metavar="LANG",
    default="",
    help="Whose words a report says around those of the session: en or es; the session's own "
    "language when left out.",
)

paper_option = click.option(
    "--paper",
    type=click.Choice(["a4", "letter"], case_sensitive=False),
    default="a4",
    show_default=True,
    help="What paper pdf and docx are made for.",
)


def edition_option(default: Edition) -> Callable[[_Command], _Command]:
    """Return the option that asks for an edition of one session's report."""
    return click.option(
        "--edition",
        metavar="full|board|participants",
        default=default,
        show_default=True,
        help="Everything; one page for decision-makers; for those who were in the room.",
    )


def chosen_edition(name: str) -> Edition:
    """Return the edition that was asked for.

    Raises:
        click.BadParameter: There is none of that name.
    """
    from sessions.export.registry import edition_named  # noqa: PLC0415

    try:
        return edition_named(name)
    except CommandRefusedError as error:
        raise click.BadParameter(error.sentence, param_hint="--edition") from error


def chosen_formats(
    to: str, edition: str, *, of_programme: bool = False
) -> tuple[list[Format], Edition]:
    """Return the formats that were asked for, each once, and the edition.

    Args:
        to: Names of formats with commas between them.
        edition: The name of an edition.
        of_programme: A programme leaves, which has no edition for one room.

    Raises:
        click.BadParameter: One is not known, or has no editions.
        CommandRefusedError: One cannot be made on this computer.
    """
    from sessions.export.programme_writing import NO_SUCH_EDITION  # noqa: PLC0415
    from sessions.export.registry import format_named  # noqa: PLC0415

    try:
        names = dict.fromkeys(name.strip().lower() for name in to.split(","))
        formats = [format_named(name) for name in names]
    except CommandRefusedError as error:
        raise click.BadParameter(error.sentence, param_hint="--to") from error
    chosen = chosen_edition(edition)
    if of_programme and chosen == "participants":
        raise click.BadParameter(NO_SUCH_EDITION, param_hint="--edition")
    for one in formats:
        one.refuse()
        if chosen != "full" and not one.has_editions:
            raise click.BadParameter(
                f"{one.name} is the summary itself and has no editions: ask for it without one.",
                param_hint="--edition",
            )
    return formats, chosen


def refuse_language(language: str) -> None:
    """Refuse a language that reports do not speak, before anything is frozen or written.

    Args:
        language: A tag; empty when none was asked for.

    Raises:
        click.BadParameter: They do not.
    """
    from dialogue.wording import screen_languages  # noqa: PLC0415

    known = screen_languages()
    if language and language not in known:
        raise click.BadParameter(
            f"Reports speak {' and '.join(known)}, and not {visible(language)}.",
            param_hint="--lang",
        )


def refuse_key(key: str) -> None:
    """Refuse what is no public key, before anything is frozen or written.

    Raises:
        click.BadParameter: It is none.
    """
    from sessions.export.encrypting import recipient  # noqa: PLC0415

    try:
        recipient(key)
    except CommandRefusedError as error:
        raise click.BadParameter(error.sentence, param_hint="--to-key") from error
