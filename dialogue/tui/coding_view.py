"""How an answer, the codebook and frequent words look while answers are coded.

Pure.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import groupby

from textual.content import Content
from textual.geometry import Size

from dialogue.tui.command import Command
from dialogue.wording import mark, tr, trn
from sessions.terms import Term
from sessions.themes import Code, Kind, Readable

HEADINGS: Mapping[Kind, str] = {
    "agreement": mark("Agreements"),
    "condition": mark("Conditions"),
    "compass": mark("Compass"),
    "theme": mark("Your own themes"),
}
NONE_YET = mark("none yet: N names one")
_HEAD = "bold $primary"


def answer_view(answer: Readable) -> Content:
    """Return an answer below the question it answers."""
    return Content.assemble(
        (answer.question, "$quiet"), "\n\n", Content(answer.item.text or "").stylize("bold")
    )


def book(
    keys: Mapping[str, Code], codes: Sequence[Code], mine: Collection[str], size: Size
) -> Content:
    """Return the codebook, each theme with its key; what the answer is coded with is ticked.

    Args:
        keys: The themes by their keys.
        codes: Every theme, also one beyond the keys.
        mine: Ids of those that the answer is coded with.
        size: How much room there is.
    """
    key_of = {code.id: key for key, code in keys.items()}
    kinds = {kind: [code for code in codes if code.kind == kind] for kind in HEADINGS}
    least = sum(map(len, kinds.values())) - len(kinds["compass"]) // 2 + len(HEADINGS)
    pairs: set[Kind] = {"compass", "theme"} if least > size.height else {"compass"}
    groups: list[Content] = []
    for kind, group in kinds.items():
        if not group and kind != "theme":
            continue
        columns = 2 if kind in pairs else 1
        width = max((size.width - columns + 1) // columns, 10)
        cells = [
            _cell(key_of.get(code.id, " "), code.label, width, ticked=code.id in mine)
            for code in group
        ]
        rows = [Content(" ").join(cells[at : at + columns]) for at in range(0, len(cells), columns)]
        rows = rows or [Content.styled(f"    {tr(NONE_YET)}", "$quiet")]
        groups.append(Content("\n").join([Content.styled(tr(HEADINGS[kind]), _HEAD), *rows]))
    roomy = least + len(HEADINGS) <= size.height
    return Content("\n\n" if roomy else "\n").join(groups)


def terms_view(terms: Sequence[Term]) -> Content:
    """Return the words that many answers have, below their language where there are several."""
    groups: list[Content] = []
    for language, group in groupby(terms, key=lambda term: term.language):
        lines = [
            Content.assemble(f"{term.word:<24}", (_answers(term.answers), "$quiet"))
            for term in group
        ]
        groups.append(Content("\n").join([Content.styled(language, _HEAD), *lines]))
        if len(lines) == len(terms):
            return Content("\n").join(lines)
    return Content("\n\n").join(groups)


def keys_view(commands: Iterable[Command]) -> Content:
    """Return a line for each key: the key, then what it does."""
    rows = (
        Content.assemble((one.shown_key.ljust(7), "bold $accent"), one.shown_help)
        for one in commands
    )
    return Content("\n").join(rows)


def _answers(count: int) -> str:
    return trn("{count} answer", "{count} answers", count)


def _cell(key: str, label: str, width: int, *, ticked: bool) -> Content:
    sign, style = ("✓ ", "bold $success") if ticked else ("  ", "")
    room = max(width - 4, 4)
    name = Content.styled(label, style).truncate(room, ellipsis=True, pad=True)
    return Content.assemble((f"{key} ", "bold $accent"), (sign, style), name)
