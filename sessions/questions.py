"""What a room answered to a closed question, as far as it may be told.

Pure. No figure stands for fewer people than the threshold, and none can be found by subtracting
others. What the facilitator held back is not counted. Answers in words are not told here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from agreements.model import Protocol
from agreements.plan import Ask, Plan
from sessions.disclosure import in_words, merged
from sessions.facts import AnswerItem, Answers
from sessions.summary import NamedCount, SummaryQuestion

NOT_SURE = "Not sure"
SEVERAL = "Several could be named."


def questions(
    plan: Plan, protocol: Protocol, answers: Iterable[Answers], threshold: int
) -> tuple[SummaryQuestion, ...]:
    """Return every closed question that was opened, in the plan's order.

    Args:
        plan: For the questions' words and options.
        protocol: For the labels of the compass.
        answers: What was answered.
        threshold: The least that may be told.
    """
    opened = {one.ask: one for one in answers if one.opened}
    return tuple(
        question
        for step in plan.steps + plan.alternatives
        for ask in step.asks
        if ask.id in opened
        for question in _told(ask, opened[ask.id], protocol, threshold)
    )


def _told(
    ask: Ask, answers: Answers, protocol: Protocol, threshold: int
) -> tuple[SummaryQuestion, ...]:
    items = [item for item in answers.items if item.status != "held-back"]
    match ask.kind:
        case "choice":
            names = {option.id: option.label for option in ask.options}
            counts = _counted((item.choice for item in items), names)
            return (_partition(ask.text, tuple(names.values()), counts, threshold),)
        case "scale":
            return (_on_scale(ask, ask.text, (item.value for item in items), threshold),)
        case "then-now":
            # Two questions and never a table of both: moving from one to the other is a person's.
            return (
                _on_scale(ask, f"{ask.text} (then)", (item.then for item in items), threshold),
                _on_scale(ask, f"{ask.text} (now)", (item.now for item in items), threshold),
            )
        case "compass":
            return (_on_compass(ask, items, answers.seats, protocol, threshold),)
        case _:
            return ()


def _on_scale(ask: Ask, text: str, values: Iterable[int | None], threshold: int) -> SummaryQuestion:
    ends = {1: ask.low, ask.points: ask.high}
    points = range(1, ask.points + 1)
    labels = [f"{point} ({ends[point]})" if ends.get(point) else str(point) for point in points]
    return _partition(text, labels, _counted(values, points), threshold, scale=True)


def _on_compass(
    ask: Ask, items: Sequence[AnswerItem], seats: int, protocol: Protocol, threshold: int
) -> SummaryQuestion:
    """Tell how often each place was named; never how many people that were.

    Counted aloud, each answer is a raised hand, and one person may have raised several.
    """
    labels = {point.id: point.label for point in protocol.compass}
    named = [[point for point in item.points or () if point in labels] for item in items]
    counts = _counted((point for points in named for point in points), labels)
    names = list(labels.values())
    unsure = sum(not points for points in named)
    people = min(len(named), seats)
    # Only when enough were unsure: an empty place would tell of the few by itself.
    if threshold <= unsure <= people - threshold:
        names, counts = [*names, NOT_SURE], (*counts, unsure)
    return _marginals(ask.text, names, counts, people, threshold)


def _partition(
    text: str, labels: Sequence[str], counts: Sequence[int], threshold: int, *, scale: bool = False
) -> SummaryQuestion:
    """Tell of answers of which each person gave one."""
    total = sum(counts)
    return SummaryQuestion(
        text=text,
        answered=total if total >= threshold else None,
        groups=merged(labels, counts, threshold, scale=scale),
        in_words=in_words(labels, counts, threshold, scale=scale),
    )


def _marginals(
    text: str, labels: Sequence[str], counts: Sequence[int], people: int, threshold: int
) -> SummaryQuestion:
    """Tell of answers of which each person could give several.

    With figures only when each one, and those who did not name it, are enough; else a figure that
    is left out could be worked out from the others and the number of people.
    """
    if people < threshold:
        return _in_words_only(text, in_words(labels[:1], (people,), threshold))
    if all(threshold <= count <= people - threshold for count in counts):
        pairs = zip(labels, counts, strict=True)
        groups = tuple(NamedCount(label=label, count=count) for label, count in pairs)
        figures = "; ".join(f"{group.label}: {group.count}" for group in groups)
        said = f"{SEVERAL} {figures}."
        return SummaryQuestion(text=text, answered=None, groups=groups, in_words=said)
    many = [one for one, count in zip(labels, counts, strict=True) if count >= threshold]
    few = [one for one, count in zip(labels, counts, strict=True) if count < threshold]
    said = SEVERAL
    if many:
        said += f" By at least {threshold}: {', '.join(many)}."
    if few:
        said += f" By fewer, or by nobody: {', '.join(few)}."
    return _in_words_only(text, said)


def _in_words_only(text: str, words: str) -> SummaryQuestion:
    return SummaryQuestion(text=text, answered=None, in_words=words)


def _counted(given: Iterable[object], known: Iterable[object]) -> tuple[int, ...]:
    """Count each known answer in its order; what nobody could choose is not counted."""
    counts = Counter(given)
    return tuple(counts[key] for key in known)
