"""The formats a session can leave in, by name.

Pure. To list them loads no library that writes them: each is imported when something is rendered.
A new format is a module that renders a Summary, and a line here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from sessions.errors import CommandRefusedError
from sessions.summary import Summary
from sessions.text import visible


@dataclass(frozen=True, slots=True)
class Format:
    """One way to write a Summary."""

    name: str
    """What `--to` calls it."""
    suffix: str
    """The end of its files' names."""
    title: str
    """What it is, for a list."""
    render: Callable[[Summary], bytes]
    """Makes the file; the same Summary always gives the same bytes."""


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


def _markdown(summary: Summary) -> bytes:
    from sessions.export.markdown import render  # noqa: PLC0415

    return render(summary)


FORMATS: Mapping[str, Format] = MappingProxyType(
    {
        one.name: one
        for one in (Format("md", ".md", "Markdown, one page to read or to paste", _markdown),)
    }
)
"""Every format, in the order they are listed."""
