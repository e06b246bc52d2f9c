"""What can be wrong with content.

    Exception
    └── AgreementsError          one sentence, fit to be shown
        ├── ContentError         a file that cannot be used: where, what, what to do
        └── UnknownContentError  an id that no content has, with the nearest ones

Pure. Every error carries its facts as attributes, so that a caller never parses a sentence.
"""

from __future__ import annotations


class AgreementsError(Exception):
    """Anything wrong with content, in one sentence fit to be shown."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class ContentError(AgreementsError):
    """A content file that cannot be used.

    Args:
        file: The file's name as its owner knows it.
        sentence: What is wrong and what to do, without the place.
        key: Where in the file, as `step[3].duration.minutes`; empty for the file as a whole.
        line: The line, counted from 1; `None` where it is not known.
    """

    def __init__(self, file: str, sentence: str, *, key: str = "", line: int | None = None) -> None:
        place = file if line is None else f"{file}, line {line}"
        self.file = file
        self.key = key
        self.line = line
        self.problem = sentence
        super().__init__(f"{place}, {key}: {sentence}" if key else f"{place}: {sentence}")


class UnknownContentError(AgreementsError):
    """An id that no content has.

    Args:
        noun: What was looked for, as `plan`.
        wanted: The id asked for, already cleaned for the screen.
        nearest: Ids that look like it, best first; may be empty.
        all_ids: Every id there is, in order.
    """

    def __init__(
        self, noun: str, wanted: str, nearest: tuple[str, ...], all_ids: tuple[str, ...]
    ) -> None:
        self.noun = noun
        self.wanted = wanted
        self.nearest = nearest
        if nearest:
            hint = f"Did you mean {' or '.join(nearest)}?"
        elif all_ids:
            hint = f"There is: {', '.join(all_ids)}."
        else:
            hint = f"There is no {noun} at all yet."
        super().__init__(f"There is no {noun} called {wanted}. {hint}")
