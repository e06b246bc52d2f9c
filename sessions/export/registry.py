"""The formats a session can leave in, by name.

Touches: nothing itself. To list the formats loads no library that writes them: each is imported
when something is rendered. A new format is a module that draws a report, and a line here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from agreements.sentence import Sentence
from sessions.errors import CommandRefusedError
from sessions.export.report import EDITIONS, IN_ENGLISH, Edition, Paper, Report, Spoken, in_language
from sessions.programme.model import ProgrammeSummary
from sessions.summary import Summary
from sessions.text import visible

Told = Summary | ProgrammeSummary
"""What leaves: one session, or a programme of many."""


@dataclass(frozen=True, slots=True)
class Look:
    """How a report is to look."""

    edition: Edition
    """Whom it is for."""
    paper: Paper
    """What its pages are made for, where it has any."""
    spoken: Spoken
    """In which language it says its own words."""


@dataclass(frozen=True, slots=True)
class Format:
    """One way to write a Summary."""

    name: str
    """What `--to` calls it."""
    suffix: str
    """The end of its files' names."""
    title: Sentence
    """What it is, for a list."""
    draw: Callable[[Told, Look], bytes]
    """Makes the file; the same Summary and look always give the same bytes."""
    has_editions: bool = True
    has_pages: bool = False
    """It is made for one paper or another."""
    refuse: Callable[[], None] = lambda: None
    """Refuses where the format cannot be made on this computer."""

    def render(
        self,
        told: Told,
        edition: Edition = "full",
        paper: Paper = "a4",
        spoken: Spoken = IN_ENGLISH,
    ) -> bytes:
        """Return the file.

        Args:
            told: What leaves.
            edition: Whom it is for.
            paper: What its pages are made for, where it has any.
            spoken: In which language it says its own words.

        Raises:
            CommandRefusedError: It cannot be made on this computer.
        """
        self.refuse()
        return self.draw(told, Look(edition, paper, spoken))

    def ending(self, edition: Edition, paper: Paper = "a4", language: str = "") -> str:
        """Return the end of a file's name, which tells apart what the same words are made into.

        Args:
            edition: Whom it is for.
            paper: What its pages are made for.
            language: In which it says its own words, where that is not the session's.
        """
        parts = [edition if edition != "full" else "", language] if self.has_editions else []
        parts += [paper if self.has_pages and paper != "a4" else ""]
        return f"{''.join(f'-{part}' for part in parts if part)}{self.suffix}"


def format_named(name: str) -> Format:
    """Return a format.

    Raises:
        CommandRefusedError: There is none of that name; the sentence lists those there are.
    """
    found = FORMATS.get(name)
    if found is None:
        known = ", ".join(FORMATS)
        raise CommandRefusedError(f"There is no format called {visible(name)}. There is: {known}.")
    return found


def edition_named(name: str) -> Edition:
    """Return an edition.

    Raises:
        CommandRefusedError: There is none of that name; the sentence lists those there are.
    """
    found = next((one for one in EDITIONS if one == name), None)
    if found is None:
        known = ", ".join(EDITIONS)
        raise CommandRefusedError(f"There is no edition called {visible(name)}. There is: {known}.")
    return found


def _report(told: Told, look: Look) -> Report:
    if isinstance(told, Summary):
        from sessions.export.writing import report  # noqa: PLC0415

        return in_language(report(told, look.edition), look.spoken)
    from sessions.export.programme_writing import programme_report  # noqa: PLC0415

    return in_language(programme_report(told, look.edition), look.spoken)


def _markdown(told: Told, look: Look) -> bytes:
    from sessions.export.markdown import render  # noqa: PLC0415

    return render(_report(told, look))


def _html(told: Told, look: Look) -> bytes:
    from sessions.export.html import render  # noqa: PLC0415

    return render(_report(told, look))


def _pdf(told: Told, look: Look) -> bytes:
    from sessions.export.pdf import render  # noqa: PLC0415

    return render(_report(told, look), look.paper)


def _docx(told: Told, look: Look) -> bytes:
    from sessions.export.docx import render  # noqa: PLC0415

    return render(_report(told, look), look.paper)


def _xlsx(told: Told, look: Look) -> bytes:
    from sessions.export.xlsx import render  # noqa: PLC0415

    return render(_report(told, look))


def _csv(told: Told, look: Look) -> bytes:
    from sessions.export.tidy import render  # noqa: PLC0415

    return render(_report(told, look))


def _json(told: Told, _look: Look) -> bytes:
    from sessions.export.share import render  # noqa: PLC0415

    return render(told)


def _no_pdf() -> None:
    from sessions.export.typesetting import refuse_without_typst  # noqa: PLC0415

    refuse_without_typst()


_ALL = (
    Format("md", ".md", Sentence("Markdown, to read or to paste"), _markdown),
    Format("html", ".html", Sentence("one page for any browser, which prints well"), _html),
    Format(
        "pdf",
        ".pdf",
        Sentence("pages to print or to send, read well by screen readers"),
        _pdf,
        has_pages=True,
        refuse=_no_pdf,
    ),
    Format("docx", ".docx", Sentence("a document for a word processor"), _docx, has_pages=True),
    Format("xlsx", ".xlsx", Sentence("a workbook with charts"), _xlsx),
    Format("csv", ".csv", Sentence("one table, for any program"), _csv),
    Format(
        "json", ".json", Sentence("the summary itself, for an organizer"), _json, has_editions=False
    ),
)

FORMATS: Mapping[str, Format] = MappingProxyType({one.name: one for one in _ALL})
"""Every format, in the order they are listed."""
