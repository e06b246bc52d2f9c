"""Rules about people: consent, choice, weight, company, and a way out.

Pure. Each rule is one function that yields the places where it is broken.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from agreements.durations import SECONDS_A_MINUTE
from agreements.model import Prompt
from agreements.plan import Step
from agreements.review import WHOLE_ROOM, Review, Rule, Spot, about, in_minutes
from agreements.sentence import Sentence

LIGHTEST = 1
HARDEST = 3
"""The intensity that needs consent, choice and small groups."""
EXAMINED_CONDITION = 6
"""The condition whose prompts need a second door: it could assume who the reader is."""
FEWEST_WRITERS = 5
"""With fewer people nothing that is written without a name can be read."""
MINUTES_A_PROMPT = 8
SHORT_PLAN_MINUTES = 60
STRENGTH_FROM_MINUTES = 90
"""Plans longer than this ask for strength somewhere."""
CALM_AFTER_MINUTES = 10
"""Time between the hardest prompt and the door."""

ALONE = frozenset({"silent", "write", "private", "anonymous", "cards"})
"""Formats in which nobody hears who says what."""

ENDS = frozenset({"closing", "aftercare"})
KEPT_KINDS = frozenset({"agreements", "closing", "aftercare"})

WAYS_TO_PASS: Mapping[str, tuple[str, ...]] = {
    "en": ("pass", "just listen", "step out", "sit this out", "sit out", "say nothing"),
    "es": ("pasar", "paso", "solo escuchar", "salir", "no decir nada"),
}
"""How it is said that nobody has to speak, by language; a plan in another is not judged."""


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
        yield about(last, "“{title}” comes after the closing.")


def not_protected(review: Review) -> Iterator[Spot]:
    """What people rely on could be cut."""
    kept = KEPT_KINDS if review.plan.minutes <= STRENGTH_FROM_MINUTES else KEPT_KINDS | {"break"}
    for step in (*review.leaves, *review.plan.alternatives):
        if step.kind in kept and step.id not in review.guarded:
            yield about(step, "“{title}” is not protected, and could be cut.")


def agreements_not_reread(review: Review) -> Iterator[Spot]:
    """After a rest the talk goes on as if nobody had left it."""
    for before, after in zip(review.leaves, review.leaves[1:], strict=False):
        if before.kind in {"break", "meal"} and after.kind not in {*KEPT_KINDS, "break", "meal"}:
            yield Spot(
                Sentence("After “{title}” the agreements are not read again.", title=before.title),
                after.id,
            )


def hard_before_agreements(review: Review) -> Iterator[Spot]:
    """The hardest prompts come before people were asked whether they agree on how to talk."""
    asked = (place for place, step in enumerate(review.leaves) if _asks_consent(step))
    agreed = next(asked, len(review.leaves))
    for place, step in enumerate(review.leaves):
        if place < agreed:
            for prompt in _hard(review, step):
                yield about(
                    step, "“{title}” asks the hard prompt {id} before any agreement.", id=prompt.id
                )


def hard_in_whole_room(review: Review) -> Iterator[Spot]:
    """The hardest prompts are asked of everybody before everybody."""
    for step in review.steps:
        if step.format in WHOLE_ROOM and step.group_size is None:
            for prompt in _hard(review, step):
                yield about(
                    step, "“{title}” asks the hard prompt {id} in front of everybody.", id=prompt.id
                )


def hard_without_choice(review: Review) -> Iterator[Spot]:
    """The hardest prompts are not chosen."""
    for step in review.steps:
        if not (step.opt_in or step.consent):
            for prompt in _hard(review, step):
                yield about(
                    step,
                    "“{title}” asks the hard prompt {id}, and nobody is asked first.",
                    id=prompt.id,
                )


def hard_then_home(review: Review) -> Iterator[Spot]:
    """The hardest prompt is followed by the door."""
    after, found = 0, None
    for piece in reversed(review.runs[-1].pieces):
        if any(True for _ in _hard(review, piece.step)):
            found = piece.step
            break
        after += piece.seconds
    if found is not None and after < CALM_AFTER_MINUTES * SECONDS_A_MINUTE:
        left = in_minutes(after)
        yield about(found, "Only {left} follow the hardest prompt, in “{title}”.", left=left)


def injury_not_chosen(review: Review) -> Iterator[Spot]:
    """A prompt that may ask for injury is put to people who did not choose it."""
    for step in review.steps:
        for prompt in review.used(step):
            if prompt.load == "injury" and not step.opt_in:
                yield about(
                    step,
                    "“{title}” may ask for a story of injury ({id}) from people who did not "
                    "choose to tell one.",
                    id=prompt.id,
                )


def no_content_note(review: Review) -> Iterator[Spot]:
    """A prompt that may hurt comes without a word of warning."""
    for step, prompt in _each_prompt(review):
        if _weighs(prompt) and not prompt.content_note:
            yield Spot(
                Sentence("The prompt {id} may hurt, and has no content note.", id=prompt.id),
                step.id,
            )


def no_second_door(review: Review) -> Iterator[Spot]:
    """A prompt assumes who the reader is."""
    for step, prompt in _each_prompt(review):
        condition = review.protocol.condition(prompt.condition)
        examined = condition is not None and condition.number == EXAMINED_CONDITION
        if (examined or prompt.intensity == HARDEST) and not prompt.second_door:
            yield Spot(Sentence("The prompt {id} has no second door.", id=prompt.id), step.id)


def deepen_too_soon(review: Review) -> Iterator[Spot]:
    """People are asked to go deep before they have been drawn in."""
    engaged = False
    for step in review.leaves:
        tiers = {condition.tier for condition in review.conditions(step)}
        engaged = engaged or "engage" in tiers
        if "deepen" in tiers and not engaged:
            yield about(step, "“{title}” goes deep before anything has drawn people in.")
            return


def affinity_alone(review: Review) -> Iterator[Spot]:
    """A group is formed by who people are, with no choice or no other way."""
    for step in review.steps:
        if step.format != "affinity":
            continue
        other = None if step.alternative is None else review.plan.step(step.alternative)
        if not step.opt_in:
            yield about(step, "Nobody chooses to be in the affinity groups of “{title}”.")
        if other is None or other.format == "affinity":
            yield about(step, "“{title}” has no alternative that is open to all.")


def consent_alone(review: Review) -> Iterator[Spot]:
    """The group is asked, and no is not an answer."""
    for step in review.steps:
        if step.consent and step.alternative is None:
            yield about(step, "“{title}” asks for consent, and has nothing for a no.")


def too_few_to_write(review: Review) -> Iterator[Spot]:
    """What is written without a name could be told apart."""
    fewest = review.heads[0]
    asking = next((step for step in review.steps if step.asks), None)
    if asking is not None and fewest < FEWEST_WRITERS:
        yield Spot(
            Sentence.counted(
                "With {count} person the answers to “{title}” are never read: fewer "
                "than {least} could be told apart.",
                "With {count} people the answers to “{title}” are never read: fewer "
                "than {least} could be told apart.",
                fewest,
                title=asking.title,
                least=FEWEST_WRITERS,
            ),
            asking.id,
        )


def too_many_prompts(review: Review) -> Iterator[Spot]:
    """There is no time to answer all that is asked."""
    plan = review.plan
    used = {one for step in plan.steps for one in step.prompts}
    if plan.minutes <= SHORT_PLAN_MINUTES and len(used) * MINUTES_A_PROMPT > plan.minutes:
        yield Spot(
            Sentence(
                "{used} prompts in {minutes} minutes leave no time to answer.",
                used=len(used),
                minutes=plan.minutes,
            )
        )


def prompt_twice(review: Review) -> Iterator[Spot]:
    """The same prompt is asked again as if it were new; after each rest one may choose anew."""
    first: dict[str, Step] = {}
    for step in review.plan.steps:
        for one in step.prompts:
            other = first.setdefault(one, step)
            is_reread = step.kind == other.kind == "agreements"
            if other is not step and not is_reread:
                yield Spot(
                    Sentence(
                        "“{first}” and “{second}” ask the same prompt, {prompt}.",
                        first=other.title,
                        second=step.title,
                        prompt=one,
                    ),
                    step.id,
                )


def written_prompt_aloud(review: Review) -> Iterator[Spot]:
    """What was made to be written alone is asked in front of everybody."""
    for step in review.steps:
        for prompt in review.used(step):
            alone = prompt.intensity > LIGHTEST and set(prompt.formats) <= ALONE
            if alone and step.format in WHOLE_ROOM and not step.opt_in:
                yield about(
                    step,
                    "“{title}” asks {id} in front of everybody; it is made to be written alone.",
                    id=prompt.id,
                )


def no_strength(review: Review) -> Iterator[Spot]:
    """A long session asks only for what hurts."""
    strong = any(prompt.strength for _, prompt in _each_prompt(review))
    if review.plan.minutes > STRENGTH_FROM_MINUTES and not strong:
        yield Spot("Nothing in this plan asks for strength, joy or solidarity.")


def no_way_to_pass(review: Review) -> Iterator[Spot]:
    """Nobody says aloud that people need not speak."""
    words = WAYS_TO_PASS.get(review.plan.language.split("-")[0])
    if words is None:
        return
    said = " ".join(line for step in review.plan.steps for line in step.say).lower()
    if not any(word in said for word in words):
        yield Spot("No line says aloud that people may pass.")


def _asks_consent(step: Step) -> bool:
    """Say whether a step reads the agreements *and* asks the group for its yes."""
    return step.kind == "agreements" and step.consent


def _hard(review: Review, step: Step) -> Iterator[Prompt]:
    return (prompt for prompt in review.used(step) if prompt.intensity == HARDEST)


def _weighs(prompt: Prompt) -> bool:
    return prompt.intensity == HARDEST or prompt.load == "injury"


def _each_prompt(review: Review) -> Iterator[tuple[Step, Prompt]]:
    """Return each prompt once, with the first step that asks it."""
    first: dict[str, tuple[Step, Prompt]] = {}
    for step in review.steps:
        for prompt in review.used(step):
            first.setdefault(prompt.id, (step, prompt))
    yield from first.values()


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
    Rule(
        "hard-before-agreements",
        "problem",
        hard_before_agreements,
        "Move it after an agreements step with consent = true, or choose a lighter prompt.",
    ),
    Rule(
        "hard-in-whole-room",
        "problem",
        hard_in_whole_room,
        "Ask it in writing, in pairs or in threes.",
    ),
    Rule(
        "hard-without-choice",
        "advice",
        hard_without_choice,
        "Set opt_in = true, or ask the group for consent and give an alternative.",
    ),
    Rule(
        "hard-then-home",
        "advice",
        hard_then_home,
        "Put something lighter in between: what sustains us, or what we will do.",
    ),
    Rule("injury-not-chosen", "problem", injury_not_chosen, "Set opt_in = true on that step."),
    Rule("no-content-note", "problem", no_content_note, "Say in content_note what it may touch."),
    Rule(
        "no-second-door",
        "problem",
        no_second_door,
        "Add a second_door that assumes nothing about who answers.",
    ),
    Rule(
        "deepen-too-soon",
        "problem",
        deepen_too_soon,
        "Begin close to home: put a step of the first two conditions before it.",
    ),
    Rule(
        "affinity-alone",
        "problem",
        affinity_alone,
        "Let each person choose (opt_in), and add an alternative that is open to all.",
    ),
    Rule("consent-alone", "problem", consent_alone, "Name an alternative that is lighter."),
    Rule(
        "too-few-to-write",
        "problem",
        too_few_to_write,
        "Ask aloud instead, or set min_heads to 5 or more.",
    ),
    Rule(
        "too-many-prompts", "advice", too_many_prompts, "Keep one prompt for every eight minutes."
    ),
    Rule("prompt-twice", "advice", prompt_twice, "Choose another prompt for one of them."),
    Rule(
        "written-prompt-aloud",
        "advice",
        written_prompt_aloud,
        "Let people write, or choose a prompt that is made to be said.",
    ),
    Rule("no-strength", "advice", no_strength, "Add a prompt marked strength = true."),
    Rule(
        "no-way-to-pass",
        "problem",
        no_way_to_pass,
        "Let the opening say: you may pass, and no one will ask why.",
    ),
)
