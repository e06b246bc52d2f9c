"""What was hidden from a text of the record and may still come back, while its session lasts.

Pure. In memory only: nothing here is ever written, and nothing here shows a word when printed.

Of a text that is kept only those words are remembered that a person may still be asked about. What
is sure (a name of the roster, an address) is forgotten as soon as it is hidden.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from sessions.deidentify.memory import as_answered

if TYPE_CHECKING:
    from sessions.deidentify.memory import Memory
    from sessions.deidentify.model import Hidden


_CUT: Final = "…"
"""What stands where the end of a text was cut off."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """One place of a kept text where words are hidden that a person may bring back."""

    start: int
    """Where what stands for them begins in the kept text."""

    end: int
    """The code point after it."""

    label: str
    """What it was taken for; see `find.LABELS`."""

    written: str = field(repr=False)
    """The words that are hidden there."""

    def is_open(self, memory: Memory) -> bool:
        """Say whether nobody has decided yet."""
        return not memory.hides(self.written)


@dataclass(frozen=True, slots=True)
class Doubtful:
    """A kept text, with the places in it that a person may still decide about."""

    text: str = field(repr=False)
    """As it stands in the record."""

    doubts: tuple[Doubt, ...] = ()
    """In order, without overlaps."""

    whole: Doubtful | None = field(default=None, repr=False)
    """The text before its end was cut off, with all its places; nothing where none was."""

    @classmethod
    def of(cls, hidden: Hidden) -> Doubtful:
        """Return what is left to decide of a text that has just been hidden."""
        pairs = zip(hidden.spans, hidden.places, strict=True)
        return cls(
            hidden.text,
            tuple(
                Doubt(start, end, span.label, hidden.written(span))
                for span, (start, end) in pairs
                if span.is_askable
            ),
        )

    def cut(self, limit: int) -> Doubtful:
        """Return the text as a record can hold it; the end that goes is remembered here."""
        if len(self.text) <= limit:
            return self
        end = limit - len(_CUT)
        end = next((one.start for one in self.doubts if one.start < end < one.end), end)
        left = tuple(one for one in self.doubts if one.end <= end)
        return Doubtful(self.text[:end] + _CUT, left, self)

    def brought_back(self, written: str) -> Doubtful:
        """Return the text with some words as they were written, wherever they are hidden."""
        key = as_answered(written)
        text, left, moved = self.text, [], 0
        for doubt in self.doubts:
            here = replace(doubt, start=doubt.start + moved, end=doubt.end + moved)
            if as_answered(doubt.written) != key:
                left.append(here)
                continue
            text = text[: here.start] + doubt.written + text[here.end :]
            moved += len(doubt.written) - (here.end - here.start)
        return Doubtful(text, tuple(left))

    def hidden_again(self, hidden: Hidden) -> Doubtful:
        """Return what is left to decide after more of the same text was hidden.

        Args:
            hidden: What became of `text`.
        """
        pairs = list(zip(hidden.spans, hidden.places, strict=True))
        old: list[Doubt] = []
        for doubt in self.doubts:
            if any(span.start < doubt.end and doubt.start < span.end for span, _place in pairs):
                continue
            moved = sum(
                (end - start) - (span.end - span.start)
                for span, (start, end) in pairs
                if span.end <= doubt.start
            )
            old.append(replace(doubt, start=doubt.start + moved, end=doubt.end + moved))
        made = [*old, *Doubtful.of(hidden).doubts]
        return Doubtful(hidden.text, tuple(sorted(made, key=lambda doubt: doubt.start)))
