"""What a command prints for people: headings, lines, lists and tables.

Touches: stdout. A command says what is on its page; here alone is decided how it looks: drawn with
colours and borders in a terminal, plain with one row a line elsewhere. Every string passes the text
gate once more, and none is ever parsed as markup.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import click

from agreements.sentence import Sentence
from dialogue.exits import ExitCode
from dialogue.signs import is_utf8, plainly
from sessions.errors import StorageError
from sessions.text import NOTE_LIMIT, one_line

if TYPE_CHECKING:
    from rich.console import Console, RenderableType
    from rich.text import Text

WIDEST = 110
"""Most columns of a page: longer lines are hard to read."""

_SIGN_CELLS = 7
"""How far the words of a line are from its sign's beginning."""

Mark = Literal["plain", "strong", "good", "attention", "quiet"]


@dataclass(frozen=True, slots=True)
class Heading:
    """A title; those of level 2 stand below one of level 1."""

    text: str
    level: Literal[1, 2] = 1


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence or two."""

    text: str
    mark: Mark = "plain"
    sign: str = ""
    """A word or two before it, which further lines do not stand under."""


@dataclass(frozen=True, slots=True)
class Items:
    """A list; an item without words is left out."""

    texts: Sequence[str]


@dataclass(frozen=True, slots=True)
class Rows:
    """A table. `right` are the columns of figures, counted from 0."""

    heads: Sequence[str]
    rows: Sequence[Sequence[str]]
    right: frozenset[int] = frozenset()


Block = Heading | Line | Items | Rows


def emit_page(blocks: Iterable[Block]) -> None:
    """Print a page, drawn where stdout is a terminal and plain elsewhere."""
    blocks = list(blocks)
    emit(_drawn(blocks) if sys.stdout.isatty() else _plain(blocks))


def emit(text: str) -> None:
    """Print text that is ours or has passed the gate.

    A reader that has seen enough and left, such as `head`, ends the program quietly.

    Raises:
        StorageError: What stdout leads to took no more, such as a full disk.
    """
    encoding = getattr(sys.stdout, "encoding", None)
    try:
        click.echo(text if is_utf8(encoding) else plainly(text, encoding or "ascii"))
    except BrokenPipeError:
        # What is still buffered must not fail a second time when the interpreter ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise click.exceptions.Exit(ExitCode.OK) from None
    except OSError as error:
        raise StorageError.of(error, Sentence("write what was asked for")) from error


def emit_json(value: object) -> None:
    """Print a value as JSON that any terminal and any encoding can take."""
    import json  # noqa: PLC0415  # most commands print none

    emit(json.dumps(value, indent=2))


def safe(text: str) -> str:
    """Return text as it may be printed: on one line, with nothing a terminal would obey."""
    return one_line(text, NOTE_LIMIT)


def _plain(blocks: Sequence[Block]) -> str:
    lines: list[str] = []
    for block in blocks:
        match block:
            case Heading():
                lines += ["", safe(block.text)] if lines else [safe(block.text)]
            case Line():
                lines.append(f"{_before(block.sign)}{safe(block.text)}")
            case Items():
                lines += [f"- {text}" for text in map(safe, block.texts) if text]
            case Rows():
                lines += ["\t".join(map(safe, row)) for row in (block.heads, *block.rows)]
    return "\n".join(lines)


def _drawn(blocks: Sequence[Block]) -> str:
    # A third of what a short command costs, so only for those that draw.
    from rich.console import Console  # noqa: PLC0415

    console = Console(markup=False, highlight=False, emoji=False)
    console.width = min(console.width, WIDEST)
    with console.capture() as captured:
        for number, block in enumerate(blocks):
            _draw(console, block, first=number == 0)
    return captured.get().rstrip("\n")


def _draw(console: Console, block: Block, *, first: bool) -> None:
    from rich.padding import Padding  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    match block:
        case Heading():
            if not first:
                console.print()
            console.print(Text(safe(block.text), "bold" if block.level == 1 else "bold cyan"))
        case Line():
            said = Text(safe(block.text), _STYLES[block.mark])
            sign = Text(_before(block.sign).rstrip().ljust(_SIGN_CELLS - 1), _STYLES[block.mark])
            console.print(_hanging(sign, said) if block.sign else said)
        case Items():
            for text in filter(None, map(safe, block.texts)):
                console.print(Padding(_hanging("•", Text(text)), (0, 0, 0, 2)))
        case Rows():
            console.print(_table(block))


_STYLES: dict[Mark, str] = {
    "plain": "",
    "strong": "bold",
    "good": "green",
    "attention": "bold yellow",
    "quiet": "dim",
}


def _before(sign: str) -> str:
    """Return what stands before a line, as wide as before any other; nothing without a sign."""
    return safe(sign).ljust(_SIGN_CELLS) if sign else ""


def _hanging(sign: str | Text, content: RenderableType) -> RenderableType:
    """Return a paragraph whose further lines stand under its first word."""
    from rich.table import Table  # noqa: PLC0415

    grid = Table.grid(padding=(0, 1))
    grid.add_row(sign, content)
    return grid


def _table(block: Rows) -> RenderableType:
    from rich import box  # noqa: PLC0415
    from rich.table import Table  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for number, head in enumerate(block.heads):
        table.add_column(
            Text(safe(head)),
            justify="right" if number in block.right else "left",
            # The first column is what a reader types next, so it is never broken.
            no_wrap=number == 0,
            overflow="fold",
        )
    for row in block.rows:
        table.add_row(*(Text(safe(cell)) for cell in row))
    return table
