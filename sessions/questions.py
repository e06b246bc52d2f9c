"""What a room answered to a closed question, as far as it may be told.

Pure. No figure stands for fewer people than the threshold, and none can be found by subtracting
others. What the facilitator held back is not counted, and what people were asked at the door to
try the page is no answer. Answers in words are not told here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from agreements.model import Protocol
from agreements.plan import Ask, Plan
from sessions import summary_words as words
from sessions.disclosure import FLOOR, OPEN_RANGE, in_words, merged, telling
from sessions.facts import AnswerItem, Answers
from sessions.summary import NamedCount, SummaryQuestion


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
    threshold = max(threshold, FLOOR)
    return tuple(
        question
        for ask in asks(plan)
        if ask.id in opened
        for question in _told(ask, opened[ask.id], protocol, threshold)
    )


def asks(plan: Plan) -> Iterator[Ask]:
    """Yield what a plan asks, in its order, without what is only practice.

    At the door the page is tried with a question about lunch; that is nothing to report.
    """
    for step in plan.steps + plan.alternatives:
        if step.kind != "arrival":
            yield from step.asks


def _told(
    ask: Ask, answers: Answers, protocol: Protocol, threshold: int
) -> tuple[SummaryQuestion, ...]:
    items = [item for item in answers.items if item.status != "held-back"]
    match ask.kind:
        case "choice":
            return (_on_choice(ask, items, threshold),)
        case "scale":
            told = _on_scale(ask, (item.value for item in items), threshold)
            return (_named(told, ask, "scale"),)
        case "then-now":
            # Two questions and never a table of both: moving from one to the other is a person's.
            then = _on_scale(ask, (item.then for item in items), threshold)
            now = _on_scale(ask, (item.now for item in items), threshold)
            return (_named(then, ask, "then"), _named(now, ask, "now"))
        case "compass":
            return (_on_compass(ask, items, answers.seats, protocol, threshold),)
        case _:
            return ()


def _on_choice(ask: Ask, items: Iterable[AnswerItem], threshold: int) -> SummaryQuestion:
    names = {option.id: option.label for option in ask.options}
    counts = _counted((item.choice for item in items), names)
    told = partition([*names.values()], counts, threshold, ids=[*names], ordered=ask.ordered)
    return told.model_copy(update={"ask": ask.id, "text": ask.text})


def _on_scale(ask: Ask, values: Iterable[int | None], threshold: int) -> SummaryQuestion:
    ends = {1: ask.low, ask.points: ask.high}
    points = range(1, ask.points + 1)
    labels = [f"{point} ({ends[point]})" if ends.get(point) else str(point) for point in points]
    counts = _counted(values, points)
    return partition(labels, counts, threshold, ids=[*map(str, points)], scale=True)


def _named(told: SummaryQuestion, ask: Ask, kind: str) -> SummaryQuestion:
    """Return what is told of a scale under its question's own words."""
    text, caution = ask.text, ""
    if ask.kind == "then-now":
        pattern = words.THEN if kind == "then" else words.NOW
        text, caution = pattern.format(question=ask.text), str(words.LOOKING_BACK)
    update = {"ask": ask.id, "kind": kind, "text": text, "caution": caution}
    return told.model_copy(update=update)


def _on_compass(
    ask: Ask, items: Sequence[AnswerItem], seats: int, protocol: Protocol, threshold: int
) -> SummaryQuestion:
    """Tell how often each place was named; never how many people that were.

    Counted aloud, each answer is a raised hand, and one person may have raised several.
    """
    labels = {point.id: point.label for point in protocol.compass}
    named = [[point for point in item.points or () if point in labels] for item in items]
    counts = dict(
        zip(labels, _counted((one for each in named for one in each), labels), strict=True)
    )
    unsure = sum(not points for points in named)
    told = marginals(labels, counts, unsure, len(named), seats, threshold)
    return told.model_copy(
        update={"ask": ask.id, "kind": "compass", "text": ask.text, "caution": str(words.SNAPSHOT)}
    )


def partition(
    labels: Sequence[str],
    counts: Sequence[int],
    threshold: int,
    *,
    ids: Sequence[str],
    scale: bool = False,
    ordered: bool = True,
) -> SummaryQuestion:
    """Tell of answers of which each person gave one.

    Args:
        labels: What could be answered, in its order.
        counts: How many gave each answer.
        threshold: The least that may be told.
        ids: What the answers are called in a file.
        scale: They are the points of a scale.
        ordered: They stand in an order.
    """
    total = sum(counts)
    how = telling(counts, threshold, ordered=ordered)
    return SummaryQuestion(
        text="",
        choices=tuple(labels),
        answered=total if total >= threshold else None,
        groups=merged(labels, counts, threshold, scale=scale, ids=ids),
        told=how.told,
        option="" if how.option is None else ids[how.option],
        in_words=in_words(labels, counts, threshold, scale=scale, ordered=ordered),
    )


def marginals(
    labels: Mapping[str, str],
    counts: Mapping[str, int],
    unsure: int,
    given: int,
    seats: int,
    threshold: int,
) -> SummaryQuestion:
    """Tell of answers of which each person could give several.

    With figures only when each one, and those who did not name it, are enough; else a figure that
    is left out could be worked out from the others and the number of people.

    Args:
        labels: What could be named, by id.
        counts: How often each was named.
        unsure: How many named nothing.
        given: How many answers there are; a hand that was counted aloud is one.
        seats: How many people could answer.
        threshold: The least that may be told.
    """
    people = min(given, seats)
    told = SummaryQuestion(text="", choices=tuple(labels.values()), in_words="")
    if people < threshold + OPEN_RANGE:
        # "At least five" of six people is as good as a figure.
        few = words.FEW_ANSWERED.format(threshold=threshold + OPEN_RANGE)
        return told.model_copy(update={"in_words": few})
    # Only when enough were unsure: an empty place would tell of the few by itself.
    enough_unsure = threshold <= unsure <= people - threshold
    figures = {**counts, "": unsure} if enough_unsure else counts
    if _tells_all(figures, unsure, given, people, threshold):
        return told.model_copy(update=_figures({**labels, "": str(words.NOT_SURE)}, figures))
    # Of those who were unsure nothing is said in words: "at least five" of ten could be all that
    # the places leave.
    many = ", ".join(labels[one] for one, count in counts.items() if count >= threshold)
    few_named = ", ".join(labels[one] for one, count in counts.items() if count < threshold)
    pattern = words.BY_FEW if not many else words.BY_MANY_AND_FEW if few_named else words.BY_MANY
    said = pattern.format(threshold=threshold, many=many, few=few_named)
    return told.model_copy(update={"told": "words", "in_words": said})


def _figures(labels: Mapping[str, str], counts: Mapping[str, int]) -> dict[str, object]:
    """Return what is told of places that each have their figure."""
    groups = tuple(
        NamedCount(label=labels[one], count=count, options=(one,)) for one, count in counts.items()
    )
    told = "; ".join(f"{group.label}: {group.count}" for group in groups)
    said = words.SEVERAL_FIGURES.format(figures=told)
    return {"groups": groups, "told": "figures", "in_words": said}


def _tells_all(
    counts: Mapping[str, int], unsure: int, given: int, people: int, threshold: int
) -> bool:
    """Say whether every place may have its figure.

    Where the unsure have none, they are too few to be told. They are at least the answers beyond
    all that was named, which a reader may work out, so these have to be very few. And where each
    answer names one place at most, as hands do, the unsure are exactly those beyond.
    """
    if not all(threshold <= count <= people - threshold for count in counts.values()):
        return False
    named = sum(counts.values())
    one_place_each = named + unsure == given
    hidden_enough = given - named <= threshold - 2 - OPEN_RANGE
    return "" in counts or (hidden_enough and not one_place_each)


def _counted(given: Iterable[object], known: Iterable[object]) -> tuple[int, ...]:
    """Count each known answer in its order; what nobody could choose is not counted."""
    counts = Counter(given)
    return tuple(counts[key] for key in known)
