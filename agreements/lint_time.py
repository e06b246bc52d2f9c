"""Rules about time: breaks, slots, rounds, and the close.

Pure. Each rule is one function that yields the places where it is broken.
"""

from __future__ import annotations

from collections.abc import Iterator

from agreements.durations import SECONDS_A_MINUTE, group_sizes
from agreements.plan import PerPersonDuration, Step
from agreements.review import Piece, Review, Rule, Run, Spot, in_minutes, is_whole_room_round
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
            yield Spot(
                Sentence("“{title}” is only {took} long.", title=piece.step.title, took=took),
                piece.step.id,
            )


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
            yield Spot(
                Sentence(
                    "With {heads} people the round “{title}” takes {took}.",
                    heads=worst.heads,
                    title=step.title,
                    took=took,
                ),
                step.id,
            )


def round_too_short(review: Review) -> Iterator[Spot]:
    """A whole-room round has no time for each voice."""
    for step, worst in _rounds(review):
        each = worst.lengths[step.id].planned / worst.heads
        if each < SHORTEST_VOICE_SECONDS:
            yield Spot(
                Sentence(
                    "With {heads} people the round “{title}” leaves {each} seconds for each voice.",
                    heads=worst.heads,
                    title=step.title,
                    each=int(each),
                ),
                step.id,
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
                    Spot(
                        Sentence(
                            "In “{title}” each person has {seconds} seconds with {heads} people.",
                            title=step.title,
                            seconds=int(seconds),
                            heads=run.heads,
                        ),
                        step.id,
                    ),
                )
    yield from found.values()


def long_listening(review: Review) -> Iterator[Spot]:
    """People only listen for longer than they can."""
    for piece in _pieces(review):
        minutes = piece.seconds / SECONDS_A_MINUTE
        if piece.step.format in {"presentation", "video"} and minutes > LONGEST_LISTENING_MINUTES:
            took = in_minutes(piece.seconds)
            yield Spot(
                Sentence(
                    "In “{title}” people only listen for {took}.", title=piece.step.title, took=took
                ),
                piece.step.id,
            )


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
)
