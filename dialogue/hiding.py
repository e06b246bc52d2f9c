"""What `dialogue hide` does: texts in, texts without names out, and the protocol for programs.

Pure, but for the model's data file. The command reads and prints; here nothing is kept.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from sessions.deidentify.coach import coach
from sessions.deidentify.memory import Memory
from sessions.deidentify.model import Span
from sessions.deidentify.roster import Roster
from sessions.deidentify.seam import Aliases, find, hide
from sessions.errors import CommandRefusedError
from sessions.text import clean

LONGEST_TEXT: Final = 1_000_000
"""Most characters of one text."""

SCORED: Final[Mapping[str, str]] = {
    "name": "PERSON", "e-mail": "EMAIL", "phone number": "PHONE", "handle": "HANDLE", "link": "URL",
    "number": "ID", "address": "ADDRESS", "date": "DATE", "age": "AGE", "organisation": "ORG",
    "unit": "UNIT",
}  # fmt: skip
"""What a finding is called in the protocol for programs."""

EXPLANATION: Final = """What `hide` does, and what it cannot do

It hides names, e-mail addresses, phone numbers, handles, links, numbers of files, addresses, days
of something that happened to somebody, exact ages, organisations and numbered units. Words of race,
ethnicity, faith, feeling, cities and public people stay.

It works in two tiers. `auto` is what it is sure of. `review` adds what is likely: a person should
look at those, and until somebody does they are hidden. A roster of who is in the room helps more
than anything else.

What it cannot do:
- Find every name. Without a roster it misses some, most of all names that are also words ("hope
  cried"), names in small letters, and names it has never met in a sentence it cannot read.
- Hide a story. "Seven children and she drives the shuttle" has no name in it and names somebody.
- Hide a style. People who know each other know how the other writes.
- Protect a small group. Where four people wrote, even a clean text may say who.
- Know your town. A corner, a shop, a nickname of a building stay where they look like words.
- Be right about every word. It hides some words that are nobody's name.
- Read languages other than English and Spanish as well as these two.

City names stay, so a text is not de-identified in the sense of the HIPAA safe harbor. Read what
comes out before it goes to anybody. The names it replaced are not kept anywhere."""
"""What `--explain` prints."""


@dataclass(slots=True)
class Hider:
    """Hides texts one after the other; the same person is the same words in all of them."""

    roster: Roster
    review: bool
    """Whether the likely is hidden too, and not only the sure."""
    keep_asked: bool = False
    """Whether every word that was asked about counts as kept from then on."""
    memory: Memory = field(default_factory=Memory)
    aliases: Aliases = field(default_factory=Aliases)

    def spans(self, text: str) -> list[Span]:
        """Return what is hidden of a text, and remember what was asked about."""
        found = find(text, self.roster, self.memory)
        if self.keep_asked:
            for span in found:
                if span.tier == "review":
                    self.memory = self.memory.keep(text[span.start : span.end])
        return [span for span in found if self.review or span.tier == "auto"]

    def hidden(self, text: str) -> str:
        """Return a text as it may be kept."""
        found = find(text, self.roster, self.memory)
        left = frozenset(
            at for at, span in enumerate(found) if span.tier == "review" and not self.review
        )
        made = hide(text, self.roster, self.aliases, left, self.memory)
        self.aliases = made.aliases
        if self.keep_asked:
            for span in found:
                if span.tier == "review":
                    self.memory = self.memory.keep(text[span.start : span.end])
        return made.text


def decoded(line: bytes, number: int) -> str:
    """Return a line of standard input as text, without what a terminal would obey.

    Raises:
        CommandRefusedError: It is not UTF-8, or longer than a text may be.
    """
    try:
        text = line.decode("utf-8")
    except UnicodeDecodeError as error:
        raise CommandRefusedError(
            f"Line {number} is not UTF-8 text (byte {error.start + 1} of the line). "
            "Save it as UTF-8 and try again; what came before is printed."
        ) from None
    if len(text) > LONGEST_TEXT:
        raise CommandRefusedError(
            f"Line {number} has {len(text):,} characters, and one text may have {LONGEST_TEXT:,}. "
            "Part it into several."
        )
    return text


def left_out(roster: Roster) -> str:
    """Say that not all of a roster is looked for."""
    return (
        f"{len(roster):,} names of the roster are looked for. The rest is left out: no names, too "
        "long, or more than a roster holds."
    )


def plain(lines: Iterable[bytes], hider: Hider) -> Iterator[str]:
    """Yield each line of a text as it may be kept."""
    for number, line in enumerate(lines, start=1):
        text = decoded(line, number).rstrip("\r\n")
        yield hider.hidden(clean(text, limit=LONGEST_TEXT, lines=1)) if text else ""


def coached(text: str) -> Iterator[str]:
    """Yield a sentence for each description in a text that may fit one person only."""
    for one in coach(text):
        said = text[one.start : one.end]
        instead = f" You could write: “{one.instead}”." if one.instead else ""
        yield f"“{said}”: {one.why}{instead}"


def by_protocol(lines: Iterable[bytes], *, review: bool, keep_asked: bool) -> Iterator[str]:
    """Yield the answer to each line of JSON: where in its text something is hidden.

    Raises:
        CommandRefusedError: A line is not an object with a text.
    """
    conversation: object = None
    rosters: dict[tuple[str, ...], Roster] = {}
    hider = Hider(Roster(), review)
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        row = _row(decoded(line, number), number)
        names = tuple(row.get("roster") or ())
        roster = rosters.get(names)
        if roster is None:
            rosters = {names: Roster.parse("\n".join(names))}
            roster = rosters[names]
        fresh = row.get("conversation") != conversation or not keep_asked
        conversation = row.get("conversation")
        memory = Memory() if fresh else hider.memory
        hider = Hider(roster, review, keep_asked=keep_asked, memory=memory)
        spans = [
            {"start": span.start, "end": span.end, "label": SCORED[span.label]}
            for span in hider.spans(row["text"])
        ]
        yield json.dumps({"spans": spans})


def _row(text: str, number: int) -> dict[str, Any]:
    try:
        row = json.loads(text)
    except (ValueError, RecursionError):
        row = None
    if not isinstance(row, dict) or not isinstance(row.get("text"), str):
        raise CommandRefusedError(
            f'Line {number} is not an object with a text, such as {{"text": "…"}}. '
            "Write one object a line."
        )
    roster = row.get("roster") or []
    if not isinstance(roster, list) or not all(isinstance(name, str) for name in roster):
        raise CommandRefusedError(f"The roster of line {number} is not a list of names.")
    try:
        "".join((row["text"], *roster)).encode()
    except UnicodeEncodeError:  # JSON can spell it; no text of this computer can hold it
        raise CommandRefusedError(
            f"Line {number} holds half a character (a lone surrogate). Write the whole one."
        ) from None
    return row
