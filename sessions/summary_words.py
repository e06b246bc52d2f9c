"""The sentences that a Summary is made of, and how they are known again.

Pure. A Summary holds English text, and a frozen one holds it for ever. What is ours in it is made
from these patterns and no others; so it can be read back as a `Sentence`, which whoever shows it
says in another language. What is none of them stays as it was written.
"""

from __future__ import annotations

import re
import string
from functools import cache
from typing import Final

from agreements.sentence import Sentence, Value

NONE_HELD_BACK: Final = Sentence.meant("answers", "none")
FEWER_THAN: Final = Sentence("fewer than {least}")
FROM_TO: Final = Sentence("{low} to {high}")
OR_MORE: Final = Sentence("{least} or more")
EITHER: Final = Sentence.meant("answers", "{first} or {last}")
NOT_SURE: Final = Sentence("Not sure")
THEN: Final = Sentence("{question} (then)")
NOW: Final = Sentence("{question} (now)")

FEW_ANSWERED: Final = Sentence("Fewer than {threshold} people answered, so nothing is told.")
FIGURES: Final = Sentence("Of {total}: {figures}.")
TOO_FEW: Final = Sentence("{total} answered, too few to tell what.")
TOO_THIN: Final = Sentence("{total} answered; they are spread too thinly to tell what.")
NEARLY_ALL: Final = Sentence("{total} answered; nearly all chose: {label}.")
MOST: Final = Sentence("{total} answered; most chose: {label}.")
AT_LEAST_HALF: Final = Sentence("{total} answered; at least half chose: {label}.")
IN_THE_MIDDLE: Final = Sentence(
    "{total} answered; put in order, the answer in the middle is: {label}."
)
BY_MANY_AND_FEW: Final = Sentence(
    "Several could be named. By at least {threshold}: {many}. By fewer, or by nobody: {few}."
)
BY_MANY: Final = Sentence("Several could be named. By at least {threshold}: {many}.")
BY_FEW: Final = Sentence("Several could be named. By fewer, or by nobody: {few}.")
SEVERAL_FIGURES: Final = Sentence("Several could be named. {figures}.")

SNAPSHOT: Final = Sentence(
    "A snapshot of where people spoke from at that moment, not a measure of them."
)
LOOKING_BACK: Final = Sentence(
    "Both were asked together, looking back. People who hope for a change tend to see one, so "
    "this tells how they saw it that day and proves nothing about later."
)

WITHOUT_PEOPLE: Final = Sentence(
    "The session's own title and the number of people are left out, because they could tell who "
    "was there."
)
WITHOUT_WORDS: Final = Sentence(
    "Nothing that was said is in here: no themes, no answers, no open questions and no commitments."
)
STILL_OPEN: Final = Sentence(
    "The session is still open: how many people are there, and what they said and answered, leaves "
    "after its close."
)
NOT_WHO: Final = Sentence(
    "It does not say who was there, at what time of day, or in what order people spoke."
)
NAMES_HIDDEN: Final = Sentence(
    "Names on the facilitator's list, where there was one, were hidden before a note was kept."
)
NEVER_FEWER: Final = Sentence(
    "Every figure of answers stands for at least {threshold} people, never for fewer."
)
WORDS_FOR_FIGURES: Final = Sentence(
    "Where fewer chose something else, there are words in place of figures. Answers that stand "
    "side by side are counted as one. So nobody can work out a figure from the others."
)
THEMES_AS_BANDS: Final = Sentence(
    "Themes in answers are told as a band of answers. They are told only where enough answers to "
    "the same question speak of them."
)
QUOTED_IF_ALLOWED: Final = Sentence(
    "Words of people are quoted only where their writer allowed it and the facilitator has read "
    "them first."
)
HELD_BACK_BY_RULE: Final = Sentence(
    "Answers in words that were held back, under the rule announced: {band}."
)
PEOPLE_AS_BAND: Final = Sentence(
    "The number of people is told as a band, and planned minutes are for its middle."
)
ALL_COPIES_SAME: Final = Sentence(
    "Every copy of this, in whatever format, tells the same: the first one fixed it."
)
WORDS_DUE: Final = Sentence("The words that the record keeps are due to be deleted on {day}.")

MAY_CHANGE: Final = Sentence("The session is still open, so all of this may change.")
NOT_WHO_SPOKE: Final = Sentence(
    "It cannot tell who spoke, who passed, or what anyone felt and kept to themselves."
)
NOTES_ARE_ONE_EAR: Final = Sentence(
    "Themes are what the facilitator wrote down. Others may have heard something else."
)
THEMES_ARE_READ: Final = Sentence(
    "Themes in answers are what people read in them. Others may read something else."
)
NOT_THE_SILENT: Final = Sentence(
    "Those who answered are not all who were there, and who stayed silent is not in it."
)
SO_FEW_THERE: Final = Sentence(
    "So few people were there that they may know each other's words. Please do not guess."
)
DO_NOT_GUESS: Final = Sentence(
    "People who know the group may think they know who said what. Please do not guess."
)
ONE_SESSION: Final = Sentence(
    "It is about one session. Whether anything changed shows later, so ask again."
)
RULE_UNKNOWN: Final = Sentence("The rule for what may leave is known here only by its id.")

_KNOWN: Final = (
    *(NONE_HELD_BACK, FEWER_THAN, OR_MORE, FROM_TO, NOT_SURE),
    *(FEW_ANSWERED, TOO_FEW, TOO_THIN, NEARLY_ALL, MOST, AT_LEAST_HALF, IN_THE_MIDDLE),
    *(BY_MANY_AND_FEW, BY_MANY, BY_FEW, SNAPSHOT, LOOKING_BACK),
    *(WITHOUT_PEOPLE, WITHOUT_WORDS, STILL_OPEN, NOT_WHO, NAMES_HIDDEN, NEVER_FEWER),
    *(WORDS_FOR_FIGURES, THEMES_AS_BANDS, QUOTED_IF_ALLOWED, HELD_BACK_BY_RULE),
    *(PEOPLE_AS_BAND, ALL_COPIES_SAME, WORDS_DUE, MAY_CHANGE, NOT_WHO_SPOKE),
    *(NOTES_ARE_ONE_EAR, THEMES_ARE_READ, NOT_THE_SILENT, SO_FEW_THERE, DO_NOT_GUESS),
    *(ONE_SESSION, RULE_UNKNOWN),
)
"""What is known by its words alone; where one is the beginning of another, the longer is first."""

_OF_FIGURES: Final = frozenset({"total", "threshold", "least", "low", "high"})
"""Names of values that are whole numbers."""


def recognised(text: str) -> str:
    """Return a text of a Summary as the sentence it was made as; as it is when it is none of ours.

    Two sentences of ours, one after the other, are known as well.
    """
    for known in _KNOWN:
        found = _shape(known).fullmatch(text)
        if found is not None:
            return _with_values(known, found.groupdict())
        if text.startswith(f"{known} "):
            rest = recognised(text[len(known) + 1 :])
            if isinstance(rest, Sentence):
                return Sentence.joined(known, rest)
    return text


def filled(known: Sentence, **values: Value) -> Sentence:
    """Return one of these sentences with its values."""
    return Sentence.meant(known.context, str(known), **values)


def _with_values(known: Sentence, found: dict[str, str]) -> Sentence:
    if not found:
        return known
    values: dict[str, Value] = {
        name: recognised(value) if name == "band" else value for name, value in found.items()
    }
    return filled(known, **values)


@cache
def _shape(pattern: str) -> re.Pattern[str]:
    """Return what texts made from a pattern look like."""
    parts = []
    for before, name, _how, _sign in string.Formatter().parse(str(pattern)):
        parts.append(re.escape(before))
        if name:
            parts.append(rf"(?P<{name}>{'[0-9]+' if name in _OF_FIGURES else '.+'})")
    return re.compile("".join(parts), re.DOTALL)
