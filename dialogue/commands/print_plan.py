"""`dialogue print plan PLAN`: everything that a session of a plan needs on paper.

Touches: disk, to read content and to write pages for the printer. All pages are made before the
first is written, and all are on the disk before one has its name.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from dialogue.commands.own_files import out_option, refuse_to_replace
from dialogue.commands.plans import plan_argument, say_left_out
from dialogue.commands.shell import ClockTime, Heads, Shell, pass_shell
from dialogue.page import Block, Items, Line, emit_page
from sessions.errors import shown
from sessions.text import visible

if TYPE_CHECKING:
    from agreements.library import Library
    from dialogue.config import Config
    from dialogue.prints.day import Day
    from dialogue.prints.leaflets import House
    from dialogue.prints.model import Paper, Part
    from sessions.team import Team

Format = Literal["pdf", "html"]

FORMATS: tuple[Format, ...] = ("pdf", "html")
"""What pages can be written as."""


@click.command("plan")
@plan_argument
@click.option("--lang", metavar="LANG", help="The language, such as es; else that of the settings.")
@click.option("--heads", type=Heads(), help="How many people are expected.")
@click.option("--start", type=ClockTime(), help="When the first step starts.")
@click.option("--end", type=ClockTime(), help="The hard stop.")
@click.option(
    "--paper",
    type=click.Choice(["a4", "letter"], case_sensitive=False),
    default="a4",
    show_default=True,
    help="The paper to print on.",
)
@click.option("--to", default="pdf", show_default=True, help="Formats: pdf, html, or pdf,html.")
@click.option("--data-sheet", is_flag=True, help="Add a page about what is kept and who reads it.")
@click.option(
    "--facilitators",
    type=click.Choice(["one", "two", "two-in-turn"]),
    default="one",
    show_default=True,
    help="Who leads: with two, the cue sheet says of each step who does what.",
)
@out_option
@pass_shell
def print_plan(
    shell: Shell,
    *,
    plan: str,
    lang: str | None,
    heads: int | None,
    start: str | None,
    end: str | None,
    paper: Paper,
    to: str,
    data_sheet: bool,
    facilitators: Team,
    out: Path,
) -> None:
    """Print what a session of PLAN needs on paper.

    A cue sheet for whoever leads it, agreements and conditions to hold up, cards to answer every
    question on, and a sheet to send to people beforehand. Without --start and --end the cue sheet
    counts its times from the beginning; of the two, one is enough.
    """
    from dialogue.prints.day import day_of  # noqa: PLC0415
    from dialogue.prints.pack import print_pack  # noqa: PLC0415

    formats = _formats(to)
    config, library = _content(shell, lang)
    found = library.plan(plan)
    say_left_out(shell, library, plan)
    day = day_of(found, heads or config.heads, start, end)
    parts = print_pack(
        day,
        library.protocol,
        library.moves,
        _house(library, day, config),
        language=config.language,
        paper=paper,
        with_data_sheet=data_sheet,
        team=facilitators,
    )
    names = _write(parts, formats, out, f"{found.id}-{{}}-{config.language}")
    emit_page(_said(out, names, day, parts, config.language))


def _formats(to: str) -> tuple[Format, ...]:
    """Return the formats that were asked for, each once.

    Raises:
        click.BadParameter: There is no such format, or PDFs cannot be made here.
    """
    wanted = [name.strip().lower() for name in to.split(",")]
    unknown = [name for name in wanted if name not in FORMATS]
    if unknown:
        raise click.BadParameter(
            f"{visible(unknown[0])} is not a format of printed pages; choose from pdf and html.",
            param_hint="--to",
        )
    formats = tuple(name for name in FORMATS if name in wanted)
    if "pdf" in formats:
        from sessions.export.typesetting import refuse_without_typst  # noqa: PLC0415

        refuse_without_typst()
    return formats


def _content(shell: Shell, lang: str | None) -> tuple[Config, Library]:
    """Return the settings and the content, in the language that was asked for.

    Raises:
        click.BadParameter: There is no content in that language.
    """
    from agreements.library import shipped_languages  # noqa: PLC0415
    from dialogue.content import open_content  # noqa: PLC0415

    config = shell.config()
    if lang is not None and lang not in shipped_languages():
        there = ", ".join(shipped_languages())
        raise click.BadParameter(
            f"there is no content in {visible(lang)}; choose from {there}.", param_hint="--lang"
        )
    config = config if lang is None else config.model_copy(update={"language": lang})
    return config, open_content(shell.places(), config)


def _house(library: Library, day: Day, config: Config) -> House:
    """Return what people are told of the settings."""
    from dialogue.content import chosen_rule  # noqa: PLC0415
    from dialogue.prints.leaflets import House  # noqa: PLC0415

    chosen = chosen_rule(library, day.plan, config)
    rule = next(one for one in library.protocol.confidentiality if one.id == chosen)
    contacts = (config.care_contact, config.reporting_contact)
    return House(rule, config.retention_days, *contacts)


def _write(
    parts: tuple[Part, ...], formats: tuple[Format, ...], out: Path, name: str
) -> tuple[str, ...]:
    """Write every part in every format, all or none, and return the files' names.

    Raises:
        CommandRefusedError: A file of somebody's own is in the way, or a part cannot be made.
        StorageError: The folder does not take them.
    """
    from sessions import disk  # noqa: PLC0415

    files = {
        out / f"{name.format(part.name)}.{chosen}": _made(part, chosen)
        for part in parts
        for chosen in formats
    }
    for path in files:
        refuse_to_replace(path, partial(_is_ours, path.suffix), "page of a print pack")
    disk.make_private_folder(out)
    disk.write_all(files)
    return tuple(path.name for path in files)


def _made(part: Part, chosen: Format) -> bytes:
    from dialogue.prints.html import as_html  # noqa: PLC0415
    from dialogue.prints.pdf import as_pdf  # noqa: PLC0415

    return as_pdf(part) if chosen == "pdf" else as_html(part)


def _is_ours(suffix: str, data: bytes) -> bool:
    from dialogue.prints import html, pdf  # noqa: PLC0415

    if suffix == ".html":
        return data.startswith(html.MARK)
    return data.startswith(b"%PDF-") and pdf.MARK in data


def _said(
    out: Path, names: tuple[str, ...], day: Day, parts: tuple[Part, ...], language: str
) -> Iterator[Block]:
    """Yield what was written, and what to do with it."""
    from dialogue.prints.cards import CARDS_A_PRINT, copies_for  # noqa: PLC0415

    yield Line(f"Written to {shown(out)}:")
    yield Items(names)
    if not day.fitted.fits:
        yield Line(day.fitted.sentence, "attention")
    if any(part.name == "answer-cards" for part in parts):
        copies = copies_for(day.fitted.heads)
        cards = copies * CARDS_A_PRINT
        yield Line(f"Print the answer cards {copies} times, on one side: {cards} of each.")
    if any(name.endswith(".html") for name in names):
        yield Line("Print HTML pages without margins, headers or footers, at their full size.")
    if day.plan.language.partition("-")[0] != language.partition("-")[0]:
        yield Line(f"The plan's own words are in {day.plan.language}.", "attention")
