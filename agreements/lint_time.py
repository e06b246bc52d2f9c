"""Rules about time: breaks, slots, rounds, flex, and the clock.

Pure. Each rule is one function that yields the places where it is broken.
"""

from __future__ import annotations

from collections.abc import Iterator

from agreements.durations import SECONDS_A_MINUTE, group_sizes
from agreements.plan import PerPersonDuration, Step
from agreements.review import Piece, Review, Rule, Run, Spot, about, in_minutes, is_whole_room_round
from agreements.sentence import Sentence

LONGEST_SITTING_MINUTES = 90
LONGEST_LISTENING_MINUTES = 20
LONGEST_ROUND_MINUTES = 20
LARGEST_ROUND_SHARE = 0.25
"""A whole-room round may take this part of a plan."""
SHORTEST_VOICE_SECONDS = 8
"""One word, and the moment to the next person."""
SHORTEST_TURN_SECONDS = 60
SHORTEST_BREAK_MINUTES = 5
SHORTEST_MEAL_MINUTES = 30
SHORTEST_CLOSE_MINUTES = 5
SHORTEST_CLOSE_SHARE = 0.1
"""Of a plan too short for that many minutes."""
SLACK_FROM_MINUTES = 30
"""Shorter plans may do without slack."""

RESTS = frozenset({"break", "meal"})
SMALL_GROUPS = frozenset({"pair", "triad"})


def no_break(review: Review) -> Iterator[Spot]:
    """People sit longer than an hour and a half."""
    worst = max(review.runs, key=lambda run: max(_sittings(run)))
    for seconds in _sittings(worst):
        if seconds > LONGEST_SITTING_MINUTES * SECONDS_A_MINUTE:
            yield Spot(
                Sentence(
                    "People sit for {seconds} without a break or a meal.",
                    seconds=in_minutes(seconds),
                )
            )


def break_too_short(review: Review) -> Iterator[Spot]:
    """A break or a meal is over before it began."""
    for piece in _pieces(review):
        least = SHORTEST_MEAL_MINUTES if piece.step.kind == "meal" else SHORTEST_BREAK_MINUTES
        if piece.step.kind in RESTS and piece.seconds < least * SECONDS_A_MINUTE:
            took = in_minutes(piece.seconds)
            yield about(piece.step, "“{title}” is only {took} long.", took=took)


def too_long(review: Review) -> Iterator[Spot]:
    """The plan cannot fit its slot, whatever gives way."""
    slot = review.plan.minutes * SECONDS_A_MINUTE
    over = {run.heads: _least(review, run) - slot for run in review.runs}
    heads = max(over, key=lambda count: over[count])
    if over[heads] > 0:
        long = in_minutes(over[heads])
        yield Spot(
            Sentence(
                "With {heads} people it is {long} too long, even with all that may give way.",
                heads=heads,
                long=long,
            )
        )


def tight(review: Review) -> Iterator[Spot]:
    """The plan fits its slot only by shortening or dropping."""
    slot = review.plan.minutes * SECONDS_A_MINUTE
    fitting = [run for run in review.runs if _least(review, run) <= slot]
    over = {run.heads: run.planned - _slack(run) - slot for run in fitting}
    heads = max(over, key=lambda count: over[count], default=0)
    if over.get(heads, 0) > 0:
        long = in_minutes(over[heads])
        yield Spot(
            Sentence(
                "With {heads} people it is planned {long} longer than its slot.",
                heads=heads,
                long=long,
            )
        )


def no_slack(review: Review) -> Iterator[Spot]:
    """Nothing is left for what nobody planned."""
    slot = review.plan.minutes
    if slot < SLACK_FROM_MINUTES:
        return
    left = min(slot * SECONDS_A_MINUTE - run.planned + _slack(run) for run in review.runs)
    if left <= 0:
        yield Spot("Not one minute is left over for what nobody planned.")


def round_too_long(review: Review) -> Iterator[Spot]:
    """A whole-room round eats the session."""
    for step, worst in _rounds(review):
        seconds = worst.lengths[step.id].planned
        share = LARGEST_ROUND_SHARE * review.plan.minutes * SECONDS_A_MINUTE
        if seconds > min(share, LONGEST_ROUND_MINUTES * SECONDS_A_MINUTE):
            took = in_minutes(seconds)
            yield about(
                step,
                "With {heads} people the round “{title}” takes {took}.",
                heads=worst.heads,
                took=took,
            )


def round_too_short(review: Review) -> Iterator[Spot]:
    """A whole-room round has no time for each voice."""
    for step, worst in _rounds(review):
        each = worst.lengths[step.id].planned / worst.heads
        if each < SHORTEST_VOICE_SECONDS:
            yield about(
                step,
                "With {heads} people the round “{title}” leaves {each} seconds for each voice.",
                heads=worst.heads,
                each=int(each),
            )


def turn_too_short(review: Review) -> Iterator[Spot]:
    """In pairs or threes a person has hardly begun when the turn is over."""
    found: dict[str, Spot] = {}
    for run in review.runs:
        for step in run.leaves:
            seconds = _turn(step, run)
            if step.format in SMALL_GROUPS and 0 < seconds < SHORTEST_TURN_SECONDS:
                found.setdefault(
                    step.id,
                    about(
                        step,
                        "In “{title}” each person has {seconds} seconds with {heads} people.",
                        seconds=int(seconds),
                        heads=run.heads,
                    ),
                )
    yield from found.values()


def long_listening(review: Review) -> Iterator[Spot]:
    """People only listen for longer than they can."""
    for piece in _pieces(review):
        minutes = piece.seconds / SECONDS_A_MINUTE
        if piece.step.format in {"presentation", "video"} and minutes > LONGEST_LISTENING_MINUTES:
            took = in_minutes(piece.seconds)
            yield about(piece.step, "In “{title}” people only listen for {took}.", took=took)


def close_too_short(review: Review) -> Iterator[Spot]:
    """The end has no time to be an end."""
    ends = [one for one in review.runs[0].pieces if one.step.kind in {"closing", "aftercare"}]
    seconds = sum(piece.seconds for piece in ends)
    least = min(SHORTEST_CLOSE_MINUTES, review.plan.minutes * SHORTEST_CLOSE_SHARE)
    if ends and seconds < least * SECONDS_A_MINUTE:
        yield Spot(
            Sentence("Closing and aftercare take {seconds} together.", seconds=in_minutes(seconds)),
            ends[0].step.id,
        )


def flex_backwards(review: Review) -> Iterator[Spot]:
    """A minimum above the plan, or a maximum below it."""
    for step in review.steps:
        planned = [run.lengths[step.id].planned for run in review.runs if step.id in run.lengths]
        least, most = step.flex.compressible_to, step.flex.expandable_to
        if least is not None and planned and least * SECONDS_A_MINUTE > max(planned):
            yield about(step, "“{title}” may be shortened to more than it is planned for.")
        if most is not None and planned and most * SECONDS_A_MINUTE < min(planned):
            yield about(step, "“{title}” may be stretched to less than it is planned for.")


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
            yield about(
                step,
                "“{title}” is to start not before {earliest} and not after {latest}.",
                earliest=step.not_before,
                latest=step.not_after,
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


def _sittings(run: Run) -> list[int]:
    """Return how long people sit before each break or meal, and before the end."""
    sittings = [0]
    for piece in run.pieces:
        if piece.step.kind in RESTS:
            sittings.append(0)
        else:
            sittings[-1] += piece.seconds
    return sittings


def _pieces(review: Review) -> tuple[Piece, ...]:
    """Return what happens one after the other with the most people."""
    return tuple(piece for piece in review.runs[-1].pieces if piece.seconds > 0)


def _slack(run: Run) -> int:
    """Return the slack of a plan, boxes included."""
    return sum(
        piece.seconds
        for piece in run.pieces
        if piece.step.kind == "slack" or _in_turn(run, piece.step)
    )


def _least(review: Review, run: Run) -> int:
    """Return what a plan takes when everything has given way that may."""

    def least(step: Step) -> int:
        kept = any(one.id in review.guarded for one in (step, *review.below(step)))
        if step.flex.drop_order is not None and not kept:
            return 0
        if not _in_turn(run, step) or step.id in review.guarded:
            return run.lengths[step.id].fewest
        return sum(least(part) for part in run.parts[step.id])

    return sum(least(step) for step in run.parts[None])


def _in_turn(run: Run, step: Step) -> bool:
    return step.id in run.parts and step.children_run == "in-turn"


def _rounds(review: Review) -> Iterator[tuple[Step, Run]]:
    """Return each whole-room round with the most people it runs with."""
    most: dict[str, tuple[Step, Run]] = {}
    for run in review.runs:
        for step in run.leaves:
            if is_whole_room_round(step) and run.lengths[step.id].planned > 0:
                most[step.id] = (step, run)
    yield from most.values()


def _turn(step: Step, run: Run) -> float:
    """Return how long one person speaks in a small group."""
    if isinstance(step.duration, PerPersonDuration):
        return step.duration.seconds_each
    size = step.group_size or (3 if step.format == "triad" else 2)
    return run.lengths[step.id].planned / max(group_sizes(run.heads, size))


def _gives(step: Step) -> bool:
    flex = step.flex
    return (flex.compressible_to, flex.drop_order, flex.expandable_to) != (None, None, None)


RULES = (
    Rule("no-break", "problem", no_break, "Put in a break of ten minutes or more."),
    Rule(
        "break-too-short",
        "advice",
        break_too_short,
        "Give a break ten minutes and a meal at least half an hour, so that all can rest and eat.",
    ),
    Rule("too-long", "problem", too_long, "Take a step out, or plan a longer slot."),
    Rule("tight", "advice", tight, "Plan fewer minutes, or use groups where all speak in turn."),
    Rule("no-slack", "advice", no_slack, "Add a step of slack: three minutes in every hour."),
    Rule(
        "round-too-long",
        "problem",
        round_too_long,
        "Use pairs or threes, or set max_heads and an alternative for a large room.",
    ),
    Rule(
        "round-too-short",
        "problem",
        round_too_short,
        "Give the round more time, or set max_heads and an alternative for a large room.",
    ),
    Rule(
        "turn-too-short",
        "advice",
        turn_too_short,
        "Give each person at least a minute, better two: longer steps or smaller groups.",
    ),
    Rule(
        "long-listening",
        "advice",
        long_listening,
        "Split it, and let people talk in pairs in between.",
    ),
    Rule(
        "close-too-short",
        "advice",
        close_too_short,
        "Keep five minutes, or a tenth of a short plan, to end in peace and to name where help is.",
    ),
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
