"""Rules about what gives way: flex, the drop order, and the times of the clock.

Pure. Each rule is one function that yields the places where it is broken.
"""

from __future__ import annotations

from collections.abc import Iterator

from agreements.durations import SECONDS_A_MINUTE
from agreements.plan import Step
from agreements.review import Review, Rule, Spot
from agreements.sentence import Sentence


def flex_backwards(review: Review) -> Iterator[Spot]:
    """A minimum above the plan, or a maximum below it."""
    for step in review.steps:
        planned = [run.lengths[step.id].planned for run in review.runs if step.id in run.lengths]
        least, most = step.flex.compressible_to, step.flex.expandable_to
        if least is not None and planned and least * SECONDS_A_MINUTE > max(planned):
            yield Spot(
                Sentence(
                    "“{title}” may be shortened to more than it is planned for.", title=step.title
                ),
                step.id,
            )
        if most is not None and planned and most * SECONDS_A_MINUTE < min(planned):
            yield Spot(
                Sentence(
                    "“{title}” may be stretched to less than it is planned for.", title=step.title
                ),
                step.id,
            )


def flex_without_effect(review: Review) -> Iterator[Spot]:
    """A step says that it gives way, and something else keeps it from doing so."""
    beside = {
        part.id
        for step in review.plan.steps
        if step.children_run == "side-by-side"
        for part in review.below(step)
    }
    for step in review.plan.steps:
        kept = [one for one in review.below(step) if one.id in review.guarded]
        if step.flex.drop_order is not None and kept:
            why = Sentence(
                "“{title}” holds “{part}”, which is protected, so it is never dropped.",
                title=step.title,
                part=kept[0].title,
            )
        elif step.flex.drop_order is not None and step.id in beside:
            why = Sentence(
                "“{title}” runs beside other parts, so it is never dropped by itself.",
                title=step.title,
            )
        elif step.id in review.guarded and _gives(step):
            why = Sentence(
                "“{title}” is part of a protected step, so it never gives way.", title=step.title
            )
        elif step.kind == "slack" and (step.flex.protected or step.flex.drop_order is not None):
            why = Sentence(
                "“{title}” is slack, which is given up first and as a whole.", title=step.title
            )
        else:
            continue
        yield Spot(why, step.id)


def drop_order_twice(review: Review) -> Iterator[Spot]:
    """Two steps are to be dropped at the same place."""
    first: dict[int, Step] = {}
    for step in review.plan.steps:
        order = step.flex.drop_order
        if order is None:
            continue
        other = first.setdefault(order, step)
        if other is not step:
            same = Sentence(
                "“{first}” and “{second}” have the same drop order, {order}.",
                first=other.title,
                second=step.title,
                order=order,
            )
            yield Spot(same, step.id)


def clock_contradicts(review: Review) -> Iterator[Spot]:
    """A step is to start after the latest moment at which it may."""
    for step in review.steps:
        if step.not_before and step.not_after and step.not_before > step.not_after:
            yield Spot(
                Sentence(
                    "“{title}” is to start not before {earliest} and not after {latest}.",
                    title=step.title,
                    earliest=step.not_before,
                    latest=step.not_after,
                ),
                step.id,
            )


def clock_without_effect(review: Review) -> Iterator[Spot]:
    """A clock time inside steps that run side by side, where nobody waits."""
    for step in review.plan.steps:
        if step.children_run != "side-by-side":
            continue
        for part in review.below(step):
            if part.not_before or part.not_after:
                said = Sentence(
                    "“{title}” runs beside other parts, and its clock time is not kept.",
                    title=part.title,
                )
                yield Spot(said, part.id)


def _gives(step: Step) -> bool:
    flex = step.flex
    return (flex.compressible_to, flex.drop_order, flex.expandable_to) != (None, None, None)


RULES = (
    Rule("flex-backwards", "problem", flex_backwards, "Correct compressible_to or expandable_to."),
    Rule("flex-without-effect", "advice", flex_without_effect, "Take that flex away."),
    Rule("drop-order-twice", "problem", drop_order_twice, "Give each step a number of its own."),
    Rule("clock-contradicts", "problem", clock_contradicts, "Correct not_before or not_after."),
    Rule(
        "clock-without-effect",
        "advice",
        clock_without_effect,
        "Set the clock time on the step that holds the parts.",
    ),
)
