"""How words that are being typed will be kept: what stands in a line, what is asked about it.

Pure. What is hidden is underlined where it is typed; how it will be kept stands below, and a place
that a person may decide about carries a question mark. So nothing is said by colour alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from rich.highlighter import Highlighter
from rich.text import Text
from textual.content import Content

from dialogue.wording import tr
from sessions.deidentify.coach import coach
from sessions.deidentify.model import Hidden, Span
from sessions.deidentify.words import APOSTROPHES, HYPHENS

_BETWEEN: Final = "[" + re.escape("".join(sorted(APOSTROPHES | HYPHENS))) + "]"
_WORD: Final = re.compile(rf"[^\W_]+(?:{_BETWEEN}[^\W_]+)*")
_POSSESSIVE: Final = re.compile(r"(?<=.)['’][sS]$")
_OPEN_MARK: Final = "?"


@dataclass(frozen=True, slots=True)
class Seen:
    """A line as it is typed, and what becomes of its words."""

    typed: str = field(repr=False)
    """As it stands in the line."""
    hidden: Hidden
    """As it would be kept."""
    places: tuple[tuple[int, int], ...]
    """Where each span of `hidden` stands in the line; empty where the gate has changed it."""

    @classmethod
    def of(cls, typed: str, hidden: Hidden) -> Seen:
        """Find what is hidden in the line as it was typed; tags and spaces may stand between."""
        places, past, moved = [], 0, 0
        for span in hidden.spans:
            written = hidden.written(span)
            start = max(span.start + moved, past)
            if not typed.startswith(written, start):
                start = typed.find(written, past)
            if start < 0:
                places.append((past, past))
                continue
            past, moved = start + len(written), start - span.start
            places.append((start, past))
        return cls(typed, hidden, tuple(places))

    def at_hand(self, cursor: int) -> Span | None:
        """Return the span that a key decides about: where the cursor is, or the last open one."""
        pairs = [
            (span, place)
            for span, place in zip(self.hidden.spans, self.places, strict=True)
            if span.is_askable
        ]
        for span, (start, end) in pairs:
            if start <= cursor <= end:
                return span
        undecided = [(span, place) for span, place in pairs if not span.decided]
        before = [span for span, (start, _end) in undecided if start <= cursor]
        after = [span for span, (start, _end) in undecided if start > cursor]
        return before[-1] if before else next(iter(after), None)

    def word_at(self, cursor: int) -> str:
        """Return the word where the cursor is, or right before it, without the 's of a name."""
        beside = (one for one in _WORD.finditer(self.typed) if one.start() <= cursor <= one.end())
        return next((_POSSESSIVE.sub("", one[0]) for one in beside), "")

    def open_spans(self) -> int:
        """Return how many places nobody has decided about yet."""
        return sum(span.is_askable and not span.decided for span in self.hidden.spans)

    def as_kept(self) -> Content:
        """Return the words as they will be kept, each open place with its question mark."""
        text, parts, done = self.hidden.text, [], 0
        for span, (start, end) in zip(self.hidden.spans, self.hidden.places, strict=True):
            is_open = span.is_askable and not span.decided
            mark = Content.styled(_OPEN_MARK, "bold") if is_open else Content("")
            style = "bold underline" if is_open else "underline"
            parts += [Content(text[done:start]), Content.styled(text[start:end], style), mark]
            done = end
        return Content("").join([*parts, Content(text[done:])])

    def question(self, cursor: int) -> str:
        """Return what is asked about the place at hand; empty where nothing is."""
        span = self.at_hand(cursor)
        if span is None:
            return ""
        word = self.hidden.written(span)
        if span.decided:
            return tr("You hid “{word}” for this session. tab brings it back.", word=word)
        asked = tr(
            "Does “{word}” tell who somebody is? It goes unless you keep it. "
            "tab keeps it · shift+tab hides it everywhere",
            word=word,
        )
        more = self.open_spans() - 1
        return f"{asked} · {tr('{count} more to decide', count=more)}" if more else asked

    def advice(self) -> str:
        """Return why a description may point to one person, and other words for it."""
        text = self.hidden.text
        one = next(iter(coach(text)), None)
        if one is None:
            return ""
        said = tr("“{words}” may fit one person only.", words=text[one.start : one.end])
        if not one.instead:
            return f"{said} {tr('Could it be said without that?')}"
        return f"{said} {tr('You could write: “{words}”.', words=one.instead)}"


class Underlining(Highlighter):
    """Underlines in a line what will not be kept as it stands there."""

    def __init__(self, seen: dict[str, Seen]) -> None:
        """Look at a line when it is drawn.

        Args:
            seen: The line that was looked at last, by its words; it may be empty.
        """
        self._seen = seen

    def highlight(self, text: Text) -> None:
        """Underline the spans of the line; those that are open are bold as well."""
        seen = self._seen.get(text.plain)
        if seen is None:
            return
        for span, (start, end) in zip(seen.hidden.spans, seen.places, strict=True):
            is_open = span.is_askable and not span.decided
            text.stylize("bold underline" if is_open else "underline", start, end)
