"""What a Summary says of a question and of a theme, as sentences that can be said in any language.

Pure. The English stays what the Summary holds, to the letter: where it cannot be made again from
what stands beside it, as in one that another version froze, it is left as it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import reduce

from agreements.sentence import Sentence
from sessions import summary_words as words
from sessions.disclosure import together
from sessions.summary import KIND_WORDS, NamedCount, SummaryQuestion, SummaryTheme


def title(question: SummaryQuestion) -> str:
    """Return what was asked; of then and now of one question, which it was."""
    for pattern in (words.THEN, words.NOW):
        ending = pattern.removeprefix("{question}")
        if question.kind in ("then", "now") and question.text.endswith(ending):
            return words.filled(pattern, question=question.text.removesuffix(ending))
    return question.text


def labels(question: SummaryQuestion) -> tuple[str, ...]:
    """Return what each group of answers is called."""
    return tuple(_labels(question))


def answer(question: SummaryQuestion) -> str:
    """Return what was answered, in words."""
    if not question.groups:
        return words.recognised(question.in_words)
    figures = Sentence.in_a_row(
        *(
            Sentence.in_a_row(label, str(group.count), by=": ")
            for label, group in zip(labels(question), question.groups, strict=True)
        ),
        by="; ",
    )
    ways = (
        words.filled(words.FIGURES, total=question.answered or 0, figures=figures),
        words.filled(words.SEVERAL_FIGURES, figures=figures),
    )
    return next((one for one in ways if one == question.in_words), question.in_words)


def theme(one: SummaryTheme) -> str:
    """Return a coded theme with its band of answers."""
    kind = KIND_WORDS[one.kind]
    label = Sentence("{label} ({kind})", label=one.label, kind=kind) if kind else one.label
    if not one.count:
        return label
    return Sentence("{label}: {band} answers", label=label, band=words.recognised(one.count))


def _labels(question: SummaryQuestion) -> Iterator[str]:
    at = 0
    for group in question.groups:
        names = question.choices[at : at + len(group.options)]
        at += len(group.options)
        yield _label(group, names, scale=question.kind not in ("choice", "compass"))


def _label(group: NamedCount, names: Sequence[str], *, scale: bool) -> str:
    if group.options == ("",) and group.label == words.NOT_SURE:
        return words.NOT_SURE
    if len(names) < 2 or together(names, scale=scale) != group.label:  # noqa: PLR2004
        return group.label
    if scale and len(names) > 2:  # noqa: PLR2004
        return words.filled(words.FROM_TO, low=names[0], high=names[-1])
    return reduce(_either, names)


def _either(first: str, last: str) -> Sentence:
    return words.filled(words.EITHER, first=first, last=last)
