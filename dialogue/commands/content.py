"""`dialogue content check`: what the translations lack, and what has changed since.

Touches: disk, to read the package's own files.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from dialogue.commands.shell import Shell, pass_shell
from dialogue.exits import ExitCode
from dialogue.page import Block, Heading, Line, emit_json, emit_page

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from agreements.translation import Gap

WORDS = {
    "missing": "Not translated yet; the English stands there, and says so",
    "stale": "The English has changed since",
    "unlike": "Not the same ids, minutes or number of lines as the English",
    "left-over": "There is no English for it any more",
    "unrecorded": "Nobody has said which English it was made from",
}
"""What each kind of gap is called, the first to do last."""


@click.group("content", no_args_is_help=False)
def content_group() -> None:
    """Look after the shipped content and its translations."""


@content_group.command("check")
@click.option("--json", "as_json", is_flag=True, help="For programs.")
@pass_shell
def check_content(shell: Shell, *, as_json: bool) -> int:
    """List what each translation lacks, and what has changed since it was made.

    Ends with 1 when there is something to do.
    """
    from dialogue.translations import gaps_in, translated_languages  # noqa: PLC0415

    del shell
    found = {language: gaps_in(language) for language in translated_languages()}
    if as_json:
        emit_json(
            [
                {"language": language, "item": gap.place, "lack": gap.lack}
                for language, gaps in found.items()
                for gap in gaps
            ]
        )
    else:
        emit_page([block for language in found for block in _about(language, found[language])])
    return ExitCode.REFUSED if any(found.values()) else ExitCode.OK


def _about(language: str, gaps: Sequence[Gap]) -> Iterator[Block]:
    from dialogue.translations import items_in  # noqa: PLC0415

    yield Heading(f"Translation: {language}")
    for lack, words in WORDS.items():
        places = [gap.place for gap in gaps if gap.lack == lack]
        if places:
            yield Line(f"{words}: {', '.join(places)}.", "attention")
    of_items = [gap for gap in gaps if not gap.place.startswith("screen/")]
    done = len(items_in(language)) - sum(gap.lack != "missing" for gap in of_items)
    yield Line(f"{done} items are as the English has them.", "good")
