"""Rules about names and places: ids that lead nowhere, alternatives, and the order of parts.

Pure. Each rule is one function that yields the places where it is broken.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Collection, Iterable, Iterator

from agreements.durations import planned_seconds, stand_in
from agreements.plan import Step
from agreements.review import Review, Rule, Spot, about
from agreements.sentence import Sentence

_NOUNS = {
    "prompt": Sentence.meant("the", "prompt"),
    "move": Sentence.meant("the", "move"),
    "condition": Sentence.meant("the", "condition"),
    "agreement": Sentence.meant("the", "agreement"),
    "compass point": Sentence.meant("the", "compass point"),
    "confidentiality rule": Sentence.meant("the", "confidentiality rule"),
}
"""What can be named; in many a language the article goes with it."""


def unknown_prompt(review: Review) -> Iterator[Spot]:
    """A step asks a prompt that is not there."""
    return _unknown(review, "prompt", lambda step: step.prompts, review.prompts)


def unknown_move(review: Review) -> Iterator[Spot]:
    """A step expects trouble for which there is no move."""
    return _unknown(review, "move", lambda step: step.trouble, review.moves)


def unknown_condition(review: Review) -> Iterator[Spot]:
    """A step or a prompt of the plan names a condition that is not there."""
    known = {one.id for one in review.protocol.conditions}
    yield from _unknown(review, "condition", lambda step: _some(step.condition), known)
    for prompt in review.plan.prompts:
        if prompt.condition not in known:
            yield Spot(
                _nothing(
                    "condition", Sentence("The prompt {id}", id=prompt.id), prompt.condition, known
                )
            )


def unknown_agreement(review: Review) -> Iterator[Spot]:
    """A step or a prompt of the plan names an agreement that is not there."""
    known = {one.id for one in review.protocol.agreements}
    yield from _unknown(review, "agreement", lambda step: _some(step.agreement), known)
    for prompt in review.plan.prompts:
        if prompt.agreement not in known:
            yield Spot(
                _nothing(
                    "agreement", Sentence("The prompt {id}", id=prompt.id), prompt.agreement, known
                )
            )


def unknown_compass_point(review: Review) -> Iterator[Spot]:
    """A prompt of the plan speaks to a place that the compass does not have."""
    known = {one.id for one in review.protocol.compass}
    for prompt in review.plan.prompts:
        for point in prompt.compass:
            if point not in known:
                yield Spot(
                    _nothing(
                        "compass point", Sentence("The prompt {id}", id=prompt.id), point, known
                    )
                )


def unknown_confidentiality(review: Review) -> Iterator[Spot]:
    """The plan names a confidentiality rule that is not there."""
    known = {one.id for one in review.protocol.confidentiality}
    wanted = review.plan.confidentiality
    if wanted is not None and wanted not in known:
        yield Spot(_nothing("confidentiality rule", Sentence("The plan"), wanted, known))


def heads_outside(review: Review) -> Iterator[Spot]:
    """The plan is not made for so many people, or so few."""
    plan, (fewest, most) = review.plan, review.heads
    if fewest < plan.min_heads or most > plan.max_heads:
        made = Sentence("{least} to {most}", least=plan.min_heads, most=plan.max_heads)
        asked: str = Sentence("{least} to {most}", least=fewest, most=most)
        if fewest == most:
            asked = str(most)
        yield Spot(
            Sentence("The plan is made for {made} people, not for {asked}.", made=made, asked=asked)
        )


def too_many_heads(review: Review) -> Iterator[Spot]:
    """A step cannot hold the room, and nothing runs instead."""
    most = review.heads[1]
    for step in review.plan.steps:
        found = stand_in(review.plan, step, most)
        if found.max_heads is not None and most > found.max_heads:
            yield Spot(
                Sentence(
                    "“{title}” holds {room} people; nothing runs instead for {most}.",
                    title=found.title,
                    room=found.max_heads,
                    most=most,
                ),
                step.id,
            )


def alternative_unused(review: Review) -> Iterator[Spot]:
    """An alternative stands in for nothing."""
    named = {step.alternative for step in review.steps}
    for step in review.plan.alternatives:
        if step.id not in named:
            yield about(step, "No step names the alternative “{title}”.")


def alternative_circle(review: Review) -> Iterator[Spot]:
    """Alternatives send for each other in a circle."""
    for step in review.plan.alternatives:
        seen, at = {step.id}, step
        while at.alternative is not None and (other := review.plan.step(at.alternative)):
            if other.id == step.id:
                yield about(step, "“{title}” comes back to itself by way of alternatives.")
            if other.id in seen:
                break
            seen.add(other.id)
            at = other


def alternative_longer(review: Review) -> Iterator[Spot]:
    """To say no costs more time than to say yes."""
    plan, heads = review.plan, review.heads[0]
    for step in plan.steps:
        other = None if step.alternative is None else plan.step(step.alternative)
        if other is None or not step.consent or stand_in(plan, step, heads) is not step:
            continue
        if planned_seconds(plan, other, heads) > planned_seconds(plan, step, heads):
            yield Spot(
                Sentence("“{no}” takes longer than “{yes}”.", no=other.title, yes=step.title),
                other.id,
            )


def part_out_of_place(review: Review) -> Iterator[Spot]:
    """A part stands apart from the step it belongs to."""
    open_steps: list[str] = []
    for step in review.plan.steps:
        while open_steps and open_steps[-1] != step.parent:
            open_steps.pop()
        if step.parent is not None and not open_steps:
            yield about(step, "“{title}” does not stand with the other parts of its step.")
        open_steps.append(step.id)


def _unknown(
    review: Review,
    noun: str,
    named: Callable[[Step], Iterable[str]],
    known: Collection[str],
) -> Iterator[Spot]:
    for step in review.steps:
        for wanted in named(step):
            if wanted not in known:
                yield Spot(
                    _nothing(noun, Sentence("“{title}”", title=step.title), wanted, known), step.id
                )


def _nothing(noun: str, who: str, wanted: str, known: Iterable[str]) -> str:
    """Say that there is no such thing, and what comes nearest."""
    near = difflib.get_close_matches(wanted, tuple(known), n=1)
    said = Sentence(
        "{who} names the {noun} {wanted}, which is not there.",
        who=who,
        noun=_NOUNS[noun],
        wanted=wanted,
    )
    hint = Sentence("Did you mean {near}?", near=near[0]) if near else ""
    return Sentence.joined(said, hint)


def _some(wanted: str | None) -> tuple[str, ...]:
    return () if wanted is None else (wanted,)


RULES = (
    Rule("unknown-prompt", "problem", unknown_prompt, "Correct the id, or write that prompt."),
    Rule("unknown-move", "problem", unknown_move, "Correct the id, or write that move."),
    Rule("unknown-condition", "problem", unknown_condition, "Use an id of the protocol."),
    Rule("unknown-agreement", "problem", unknown_agreement, "Use an id of the protocol."),
    Rule("unknown-compass-point", "problem", unknown_compass_point, "Use an id of the protocol."),
    Rule(
        "unknown-confidentiality", "problem", unknown_confidentiality, "Use an id of the protocol."
    ),
    Rule(
        "heads-outside",
        "advice",
        heads_outside,
        "Choose another plan, or change min_heads and max_heads after trying it.",
    ),
    Rule(
        "too-many-heads",
        "problem",
        too_many_heads,
        "Name an alternative that holds any number of people.",
    ),
    Rule("alternative-unused", "advice", alternative_unused, "Name it in a step, or take it out."),
    Rule(
        "alternative-circle", "problem", alternative_circle, "Let the last one have no alternative."
    ),
    Rule("alternative-longer", "advice", alternative_longer, "Make the alternative shorter."),
    Rule(
        "part-out-of-place",
        "problem",
        part_out_of_place,
        "Put it right after its step, before the next one that is no part of it.",
    ),
)
