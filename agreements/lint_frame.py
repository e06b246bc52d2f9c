"""Rules about the frame: opening, agreements, closing, aftercare, and that they are kept.

Pure. Each rule is one function that yields the places where it is broken.
"""

from __future__ import annotations

from collections.abc import Iterator

from agreements.review import Review, Rule, Spot
from agreements.sentence import Sentence

ENDS = frozenset({"closing", "aftercare"})
KEPT_KINDS = frozenset({"agreements", "closing", "aftercare"})
BREAK_KEPT_FROM_MINUTES = 90
"""In a plan longer than this a break is kept too."""


def no_opening(review: Review) -> Iterator[Spot]:
    """People are not told what this is and what they are free to do."""
    if review.place({"opening"}) is None:
        yield Spot("There is no opening that says what this is and what people are free to do.")


def no_agreements(review: Review) -> Iterator[Spot]:
    """Nobody agrees on how to talk."""
    if review.place({"agreements"}) is None:
        yield Spot("There is no step in which people agree on how to talk.")


def no_closing(review: Review) -> Iterator[Spot]:
    """The session stops and does not end."""
    if review.place({"closing"}) is None:
        yield Spot("There is no closing: the session stops, and does not end.")


def no_aftercare(review: Review) -> Iterator[Spot]:
    """People are sent off with nobody to turn to."""
    if review.place({"aftercare"}) is None:
        yield Spot("There is no aftercare: nobody hears whom to turn to afterwards.")


def ends_elsewhere(review: Review) -> Iterator[Spot]:
    """Something comes after the end."""
    if review.place(ENDS) is not None and review.leaves[-1].kind not in ENDS:
        last = review.leaves[-1]
        yield Spot(Sentence("“{title}” comes after the closing.", title=last.title), last.id)


def not_protected(review: Review) -> Iterator[Spot]:
    """What people rely on could be cut."""
    kept = KEPT_KINDS if review.plan.minutes <= BREAK_KEPT_FROM_MINUTES else KEPT_KINDS | {"break"}
    for step in (*review.leaves, *review.plan.alternatives):
        if step.kind in kept and step.id not in review.guarded:
            yield Spot(
                Sentence("“{title}” is not protected, and could be cut.", title=step.title), step.id
            )


def agreements_not_reread(review: Review) -> Iterator[Spot]:
    """After a rest the talk goes on as if nobody had left it."""
    for before, after in zip(review.leaves, review.leaves[1:], strict=False):
        if before.kind in {"break", "meal"} and after.kind not in {*KEPT_KINDS, "break", "meal"}:
            yield Spot(
                Sentence("After “{title}” the agreements are not read again.", title=before.title),
                after.id,
            )


RULES = (
    Rule(
        "no-opening",
        "problem",
        no_opening,
        "Add an opening: why we are here, the right to pass, what is kept.",
    ),
    Rule("no-agreements", "problem", no_agreements, "Add the agreements before the first talk."),
    Rule("no-closing", "problem", no_closing, "Add a closing of three minutes or more."),
    Rule(
        "no-aftercare", "problem", no_aftercare, "Add aftercare at the end, and name the care role."
    ),
    Rule("ends-elsewhere", "problem", ends_elsewhere, "Move it before the closing."),
    Rule("not-protected", "problem", not_protected, "Set protected = true in its flex."),
    Rule(
        "agreements-not-reread",
        "advice",
        agreements_not_reread,
        "Read the agreements again, in two minutes, when people are back.",
    ),
)
