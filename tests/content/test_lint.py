"""The linter: each rule with a plan that breaks it and one that keeps it, and what is shipped."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agreements.library import Library, open_library
from agreements.lint import RULES, Finding, lint
from agreements.model import Prompt, Protocol
from agreements.plan import Plan
from agreements.review import in_minutes

Table = dict[str, Any]

PROTOCOL = Protocol.model_validate(
    {
        "id": "protocol",
        "title": "Protocol",
        "revision": 1,
        "language": "en",
        "source": "Ours.",
        "license": "MIT",
        "agreement": [{"id": "engaged", "name": "Engaged", "asks": "Stay.", "does_not_ask": "No."}],
        "condition": [
            {"id": "near", "number": 1, "name": "Near", "tier": "engage", "gloss": "Near."},
            {"id": "many", "number": 3, "name": "Many", "tier": "sustain", "gloss": "Many."},
            {"id": "whole", "number": 6, "name": "Whole", "tier": "deepen", "gloss": "Whole."},
        ],
        "compass": [
            {"id": "feeling", "label": "Feeling", "starts": "I feel."},
            {"id": "acting", "label": "Acting", "starts": "I do."},
        ],
        "confidentiality": [{"id": "stories-stay", "name": "Stories stay", "text": "They stay."}],
    },
    strict=False,
)

MOVES = frozenset({"silence", "latecomers"})


def prompt(prompt_id: str, **more: object) -> Prompt:
    """Return a light prompt close to home, unless said otherwise."""
    table: Table = {
        "id": prompt_id,
        "text": "What is it like here?",
        "agreement": "engaged",
        "condition": "near",
        "phase": "explore",
        "formats": ["pair", "triad"],
        "intensity": 1,
        "load": "self",
    }
    return Prompt.model_validate(table | more, strict=False)


HARD: Table = {"intensity": 3, "content_note": "It may hurt.", "second_door": "Or another way."}

PROMPTS = {
    one.id: one
    for one in (
        prompt("home"),
        prompt("joy", strength=True),
        prompt("deep", condition="whole", **HARD),
        prompt("wound", load="injury", content_note="It may hurt."),
        prompt("no-warning", **HARD | {"content_note": ""}),
        prompt("one-door", **HARD | {"second_door": ""}),
        prompt("one-door-whole", condition="whole"),
        prompt("paper", formats=["write"], intensity=2),
        *(prompt(f"p{number}") for number in range(9)),
    )
}


def step(step_id: str, minutes: float | None, kind: str = "talk", **more: object) -> Table:
    """Return a step as a file holds it."""
    made: Table = {
        "id": step_id,
        "title": step_id.replace("-", " ").capitalize(),
        "kind": kind,
        "phase": "explore",
        "format": "group",
        "group_size": 4,
    }
    if minutes is not None:
        made["duration"] = {"kind": "fixed", "minutes": minutes}
    return made | more


KEPT: Table = {"flex": {"protected": True}}
TURNS: Table = {"kind": "per-person", "seconds_each": 60}

GOOD_STEPS = (
    step("welcome", 5, "opening", format="presentation", say=["You may pass at any time."]),
    step("agree", 8, "agreements", consent=True, alternative="rules", **KEPT),
    step("pairs", 10, format="pair", group_size=2, prompts=["home"], flex={"compressible_to": 6}),
    step("write", 6, "reflection", format="write", agreement="engaged", trouble=["silence"]),
    step("rest", 10, "break", **KEPT),
    step("again", 3, "agreements", **KEPT),
    step("deep", 18, format="triad", group_size=3, opt_in=True, prompts=["deep"]),
    step("joy", 14, condition="many", prompts=["joy"], flex={"drop_order": 1}),
    step("closing", 6, "closing", **KEPT),
    step("care", 6, "aftercare", **KEPT),
    step("slack", 9, "slack"),
)
GOOD_ALTERNATIVES = (step("rules", 4, "agreements", **KEPT),)


@dataclass(frozen=True)
class Edit:
    """How a plan differs from the good one."""

    change: dict[str, Table] = field(default_factory=dict)
    """Keys to set, by step."""
    out: tuple[str, ...] = ()
    """Steps to take out."""
    after: dict[str, tuple[Table, ...]] = field(default_factory=dict)
    """Steps to put in, by the step they follow."""
    alternatives: tuple[Table, ...] = ()
    """Alternatives to add."""
    head: Table = field(default_factory=dict)
    """Keys of the plan itself to set."""
    heads: tuple[int, int] | None = None

    def plan(self) -> Plan:
        """Return the good plan with the edit made."""
        steps: list[Table] = []
        for one in GOOD_STEPS:
            if one["id"] not in self.out:
                steps.append(one | self.change.get(one["id"], {}))
            steps += self.after.get(one["id"], ())
        alternatives = [one | self.change.get(one["id"], {}) for one in GOOD_ALTERNATIVES]
        table = {
            "id": "plan",
            "title": "Plan",
            "revision": 1,
            "language": "en",
            "source": "Ours.",
            "license": "MIT",
            "purpose": "To be reviewed.",
            "minutes": 95,
            "min_heads": 8,
            "max_heads": 40,
            "confidentiality": "stories-stay",
            "step": steps,
            "alternative": [*alternatives, *self.alternatives],
        }
        return Plan.model_validate(table | self.head, strict=False)


def found(edit: Edit) -> tuple[Finding, ...]:
    """Review an edited plan."""
    return lint(edit.plan(), PROTOCOL, prompts=PROMPTS, moves=MOVES, heads=edit.heads)


def change(step_id: str, **keys: object) -> Edit:
    """Return the edit that sets keys of one step."""
    return Edit(change={step_id: keys})


def hearing(minutes: int) -> Edit:
    """Return a plan with a lecture of so many minutes in a longer slot."""
    lecture = step("lecture", minutes, format="presentation", group_size=None)
    return Edit(after={"again": (lecture,)}, head={"minutes": 200})


def circle(seconds: int, **more: object) -> Edit:
    """Return a plan with a whole-room round of so many seconds in a long slot."""
    duration = {"kind": "fixed", "minutes": seconds / 60}
    table: Table = {"format": "round", "group_size": None, "duration": duration}
    return Edit(
        after={"joy": (step("circle", None, **table | more),)},
        alternatives=(step("all-at-once", 2, format="hands", group_size=None),),
        head={"minutes": 240},
    )


SIDE: Table = {"children_run": "side-by-side"}
WITHIN: Table = {"parent": "rooms"}
FIVE_ASKS: Table = {"ask": [{"id": "why", "kind": "words", "text": "Why?"}]}
NEXT_DOOR: Table = {"max_heads": 20, "alternative": "all-at-once"}

CASES: dict[str, tuple[Edit, Edit, str | None, str]] = {
    # rule: a plan that breaks it, one that just keeps it, the step named, words of the sentence
    "unknown-prompt": (
        change("pairs", prompts=["hom"]),
        change("pairs", prompts=["home"]),
        "pairs",
        "Did you mean home?",
    ),
    "unknown-move": (
        change("write", trouble=["sleep"]),
        change("write", trouble=["latecomers"]),
        "write",
        "the move sleep",
    ),
    "unknown-condition": (
        change("joy", condition="man"),
        change("joy", condition="near"),
        "joy",
        "Did you mean many?",
    ),
    "unknown-agreement": (
        change("write", agreement="enraged"),
        change("write", agreement=None),
        "write",
        "Did you mean engaged?",
    ),
    "unknown-compass-point": (
        Edit(head={"prompt": [prompt("own", compass=["north"])]}),
        Edit(head={"prompt": [prompt("own", compass=["feeling"])]}),
        None,
        "compass point north",
    ),
    "unknown-confidentiality": (
        Edit(head={"confidentiality": "secret"}),
        Edit(head={"confidentiality": None}),
        None,
        "The plan names the confidentiality rule secret",
    ),
    "heads-outside": (
        Edit(heads=(41, 41)),
        Edit(heads=(8, 40)),
        None,
        "8 to 40 people, not for 41",
    ),
    "too-many-heads": (change("joy", max_heads=30), change("joy", max_heads=40), "joy", "for 40"),
    "alternative-unused": (
        Edit(alternatives=(step("spare", 3),)),
        Edit(),
        "spare",
        "No step names",
    ),
    "alternative-circle": (
        change("rules", alternative="rules"),
        Edit(
            change={"rules": {"alternative": "spare"}},
            alternatives=(step("spare", 3, "agreements", **KEPT),),
        ),
        "rules",
        "comes back to itself",
    ),
    "alternative-longer": (
        change("rules", duration={"kind": "fixed", "minutes": 9}),
        change("rules", duration={"kind": "fixed", "minutes": 8}),
        "rules",
        "takes longer than “Agree”",
    ),
    "part-out-of-place": (
        Edit(after={"pairs": (step("late", 2, parent="welcome"),)}),
        Edit(after={"welcome": (step("late", 2, parent="welcome"),)}),
        "late",
        "does not stand with",
    ),
    "no-opening": (change("welcome", kind="talk"), Edit(), None, "no opening"),
    "no-agreements": (
        Edit(change={"agree": {"kind": "talk"}, "again": {"kind": "talk"}}),
        change("again", kind="talk"),
        None,
        "agree on how to talk",
    ),
    "no-closing": (change("closing", kind="talk"), Edit(), None, "no closing"),
    "no-aftercare": (Edit(out=("care",)), Edit(), None, "no aftercare"),
    "ends-elsewhere": (
        Edit(after={"care": (step("more", 3),)}),
        Edit(after={"joy": (step("more", 3),)}),
        "more",
        "comes after the closing",
    ),
    "not-protected": (
        change("closing", flex={"compressible_to": 4}),
        Edit(
            out=("closing",),
            after={
                "joy": (step("end", None, **KEPT), step("closing", 6, "closing", parent="end")),
            },
        ),
        "closing",
        "could be cut",
    ),
    "agreements-not-reread": (Edit(out=("again",)), Edit(), "deep", "After “Rest”"),
    "hard-before-agreements": (
        change("welcome", prompts=["deep"]),
        Edit(),
        "welcome",
        "before any agreement",
    ),
    "hard-in-whole-room": (
        change("deep", format="round", group_size=None),
        change("deep", format="fishbowl", group_size=None),
        "deep",
        "in front of everybody",
    ),
    "hard-without-choice": (
        change("deep", opt_in=False),
        change("deep", opt_in=False, consent=True, alternative="rules"),
        "deep",
        "nobody is asked first",
    ),
    "hard-then-home": (
        Edit(out=("joy", "slack", "closing")),
        Edit(out=("joy", "slack")),
        "deep",
        "Only 6 minutes follow",
    ),
    "injury-not-chosen": (
        change("joy", prompts=["wound"]),
        change("joy", prompts=["wound"], opt_in=True),
        "joy",
        "story of injury",
    ),
    "no-content-note": (change("deep", prompts=["no-warning"]), Edit(), "deep", "no content note"),
    "no-second-door": (change("deep", prompts=["one-door"]), Edit(), "deep", "no second door"),
    "deepen-too-soon": (
        change("pairs", prompts=[]),
        change("pairs", prompts=[], condition="near"),
        "deep",
        "before anything has drawn people in",
    ),
    "affinity-alone": (
        change("joy", format="affinity", opt_in=True),
        change("joy", format="affinity", opt_in=True, alternative="rules"),
        "joy",
        "open to all",
    ),
    "consent-alone": (
        change("agree", alternative=None),
        Edit(),
        "agree",
        "nothing for a no",
    ),
    "too-few-to-write": (
        Edit(change={"write": FIVE_ASKS}, heads=(4, 4)),
        Edit(change={"write": FIVE_ASKS}, heads=(5, 5)),
        "write",
        "With 4 people",
    ),
    "too-many-prompts": (
        Edit(
            change={"pairs": {"prompts": [f"p{number}" for number in range(6)]}},
            head={"minutes": 60},
        ),
        Edit(
            change={"pairs": {"prompts": [f"p{number}" for number in range(5)]}},
            head={"minutes": 60},
        ),
        None,
        "8 prompts in 60 minutes",
    ),
    "prompt-twice": (
        change("joy", prompts=["home", "joy"]),
        Edit(change={"agree": {"prompts": ["p1"]}, "again": {"prompts": ["p1"]}}),
        "joy",
        "ask the same prompt, home",
    ),
    "written-prompt-aloud": (
        change("joy", format="plenary", group_size=None, prompts=["paper"]),
        change("joy", format="write", prompts=["paper"]),
        "joy",
        "made to be written alone",
    ),
    "no-strength": (
        Edit(change={"joy": {"prompts": []}}),
        Edit(change={"joy": {"prompts": []}}, head={"minutes": 90}),
        None,
        "strength, joy or solidarity",
    ),
    "no-way-to-pass": (
        change("welcome", say=["Welcome, all of you."]),
        Edit(change={"welcome": {"say": ["Wilkommen."]}}, head={"language": "de"}),
        None,
        "people may pass",
    ),
    "no-break": (
        Edit(after={"joy": (step("long", 40),)}, head={"minutes": 200}),
        Edit(after={"joy": (step("long", 34),)}, head={"minutes": 200}),
        None,
        "People sit for 96 minutes",
    ),
    "break-too-short": (
        change("rest", duration={"kind": "fixed", "minutes": 4.5}),
        change("rest", duration={"kind": "fixed", "minutes": 5}),
        "rest",
        "only 4½ minutes long",
    ),
    "too-long": (
        Edit(head={"minutes": 66}),
        Edit(head={"minutes": 68}),
        None,
        "2 minutes too long",
    ),
    "tight": (
        Edit(head={"minutes": 85}),
        Edit(head={"minutes": 86}),
        None,
        "planned 1 minute longer than its slot",
    ),
    "no-slack": (
        Edit(out=("slack",), head={"minutes": 86}),
        Edit(out=("slack",), head={"minutes": 87}),
        None,
        "Not one minute",
    ),
    "round-too-long": (
        circle(0, duration=TURNS),
        circle(0, duration=TURNS, **NEXT_DOOR | {"max_heads": 18}),
        "circle",
        "With 40 people the round “Circle” takes 43½ minutes",
    ),
    "round-too-short": (
        circle(300),
        circle(300, **NEXT_DOOR),
        "circle",
        "leaves 7 seconds for each voice",
    ),
    "turn-too-short": (
        change("pairs", duration={"kind": "fixed", "minutes": 1.5}, flex={}),
        change("pairs", duration={"kind": "fixed", "minutes": 4}, flex={}),
        "pairs",
        "each person has",
    ),
    "long-listening": (hearing(21), hearing(20), "lecture", "only listen for 21 minutes"),
    "close-too-short": (
        Edit(
            change={
                "closing": {"duration": {"kind": "fixed", "minutes": 2}},
                "care": {"duration": {"kind": "fixed", "minutes": 2.5}},
            }
        ),
        Edit(
            change={
                "closing": {"duration": {"kind": "fixed", "minutes": 2}},
                "care": {"duration": {"kind": "fixed", "minutes": 3}},
            }
        ),
        "closing",
        "take 4½ minutes together",
    ),
    "flex-backwards": (
        change("pairs", flex={"compressible_to": 11}),
        change("pairs", flex={"compressible_to": 10, "expandable_to": 10}),
        "pairs",
        "shortened to more than it is planned for",
    ),
    "flex-without-effect": (
        Edit(after={"again": (step("again-part", 2, parent="again", flex={"drop_order": 2}),)}),
        Edit(after={"joy": (step("joy-part", 2, parent="joy", flex={"drop_order": 2}),)}),
        "again-part",
        "part of a protected step",
    ),
    "drop-order-twice": (
        change("write", flex={"drop_order": 1}),
        change("write", flex={"drop_order": 2}),
        "joy",
        "the same drop order, 1",
    ),
    "clock-contradicts": (
        change("rest", not_before="12:30", not_after="12:00"),
        change("rest", not_before="12:30", not_after="12:30"),
        "rest",
        "not before 12:30 and not after 12:00",
    ),
    "clock-without-effect": (
        Edit(
            after={
                "again": (
                    step("rooms", None, **SIDE),
                    step("north", 5, not_before="12:30", **WITHIN),
                    step("south", 5, **WITHIN),
                )
            }
        ),
        Edit(
            after={
                "again": (
                    step("rooms", None, not_before="12:30", **SIDE),
                    step("north", 5, **WITHIN),
                    step("south", 5, **WITHIN),
                )
            }
        ),
        "north",
        "its clock time is not kept",
    ),
}


def of_rule(rule: str, edit: Edit) -> list[Finding]:
    """Return what one rule finds."""
    return [one for one in found(edit) if one.rule == rule]


def test_a_good_plan_is_clean() -> None:
    """The plan from which all others are made has no finding of any rule."""
    assert found(Edit()) == ()


def test_each_rule_has_its_cases() -> None:
    """Every rule has an id of its own and a plan that breaks it here."""
    ids = [one.id for one in RULES]
    assert len(set(ids)) == len(ids)
    assert set(ids) == set(CASES)


@pytest.mark.parametrize("rule", CASES)
def test_a_plan_that_breaks_a_rule_is_found(rule: str) -> None:
    """The finding names the step, says what is wrong in a sentence, and how to put it right."""
    broken, _, step_id, says = CASES[rule]
    findings = of_rule(rule, broken)
    assert findings
    first = findings[0]
    assert (first.step, first.level) == (step_id, level_of(rule))
    assert says in first.sentence
    assert first.sentence[0].isupper() or first.sentence[0] in "“123456789"
    assert first.sentence.endswith((".", "?"))
    assert first.fix[0].isupper()
    assert first.fix.endswith(".")


@pytest.mark.parametrize("rule", CASES)
def test_a_plan_that_just_keeps_a_rule_is_not(rule: str) -> None:
    """The nearest plan that keeps the rule has no finding of it."""
    assert of_rule(rule, CASES[rule][1]) == []


def level_of(rule: str) -> str:
    """Return how much a rule matters."""
    return next(one.level for one in RULES if one.id == rule)


@pytest.mark.parametrize(
    ("edit", "rule", "says"),
    [
        (change("joy", format="affinity", alternative="rules"), "affinity-alone", "Nobody chooses"),
        (
            change("deep", prompts=["one-door-whole"]),
            "no-second-door",
            "one-door-whole has no second door",
        ),
        (change("rest", flex={"compressible_to": 5}), "not-protected", "“Rest” is not protected"),
        (
            change("pairs", flex={"expandable_to": 9}),
            "flex-backwards",
            "stretched to less than it is planned for",
        ),
        (
            Edit(after={"joy": (step("held", 3, parent="joy", **KEPT),)}),
            "flex-without-effect",
            "holds “Held”, which is protected",
        ),
        (change("slack", flex={"drop_order": 4}), "flex-without-effect", "is slack"),
        (
            Edit(
                after={
                    "again": (
                        step("rooms", None, **SIDE),
                        step("north", 5, flex={"drop_order": 3}, **WITHIN),
                    )
                }
            ),
            "flex-without-effect",
            "runs beside other parts",
        ),
        (
            Edit(head={"prompt": [prompt("own", condition="far", agreement="none")]}),
            "unknown-condition",
            "The prompt own names the condition far",
        ),
        (
            Edit(head={"prompt": [prompt("own", agreement="none")]}),
            "unknown-agreement",
            "The prompt own names the agreement none",
        ),
        (change("pairs", flex={}, duration={**TURNS, "seconds_each": 45}), "turn-too-short", "45"),
    ],
)
def test_a_rule_sees_each_of_its_ways(edit: Edit, rule: str, says: str) -> None:
    """A rule that can be broken in several ways sees every one of them."""
    assert any(says in one.sentence for one in of_rule(rule, edit))


def test_a_plan_that_cannot_fit_is_not_also_called_tight() -> None:
    """Where nothing helps, only the problem is said."""
    rules = {one.rule for one in found(Edit(head={"minutes": 40}))}
    assert "too-long" in rules
    assert "tight" not in rules


def test_a_plan_that_does_not_say_its_heads_is_looked_at_in_an_ordinary_room() -> None:
    """Without heads in the plan or the question, 8 to 40 people are assumed."""
    table = Edit().plan().model_dump(by_alias=True, exclude={"min_heads", "max_heads"})
    plan = Plan.model_validate(table, strict=False)
    assert lint(plan, PROTOCOL, prompts=PROMPTS, moves=MOVES) == ()


BARE: Table = {
    "id": "bare",
    "title": "Bare",
    "revision": 1,
    "language": "en",
    "source": "Ours.",
    "license": "MIT",
    "purpose": "To be reviewed.",
    "minutes": 5,
}


@pytest.mark.parametrize("kind", ["slack", "talk"])
@pytest.mark.parametrize("heads", [(0, 0), (1, 1), (5, 4), (1, 1000)])
def test_the_barest_plan_is_reviewed(kind: str, heads: tuple[int, int]) -> None:
    """A plan of one step gets findings and no exception, with any number of people."""
    bare = Plan.model_validate(BARE | {"step": [step("only", 0, kind)]}, strict=False)
    assert lint(bare, PROTOCOL, prompts={}, moves=(), heads=heads)


@given(
    edits=st.lists(st.sampled_from([one[0] for one in CASES.values()]), max_size=5),
    heads=st.tuples(st.integers(1, 50), st.integers(1, 50)),
)
def test_several_faults_at_once_are_all_said(edits: list[Edit], heads: tuple[int, int]) -> None:
    """However a plan is spoilt, the review ends with findings in the order of the rules."""
    merged = Edit(
        change={key: keys for one in edits for key, keys in one.change.items()},
        out=tuple(dict.fromkeys(gone for one in edits for gone in one.out)),
        head={key: value for one in edits for key, value in one.head.items()},
        heads=heads,
    )
    findings = found(merged)
    order = [one.id for one in RULES]
    places = [order.index(one.rule) for one in findings]
    assert places == sorted(places)
    assert found(merged) == findings


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0, "0 minutes"), (30, "½ minute"), (60, "1 minute"), (90, "1½ minutes"), (600, "10 minutes")],
)
def test_minutes_are_said_in_halves(seconds: int, words: str) -> None:
    """Lengths in a finding read as a person would say them."""
    assert in_minutes(seconds) == words


@pytest.fixture(scope="module")
def library() -> Library:
    """Return the shipped content."""
    return open_library(str)


SHIPPED = ("check-in", "lunch-and-learn", "ninety-minutes", "two-hours", "three-hours", "full-day")


@pytest.mark.parametrize("plan_id", SHIPPED)
def test_every_shipped_plan_is_clean(plan_id: str, library: Library) -> None:
    """Not one rule has anything to say about a shipped plan, from 8 to 40 people."""
    findings = lint(
        library.plan(plan_id),
        library.protocol,
        prompts=library.prompts,
        moves=library.moves,
        heads=(8, 40),
    )
    assert findings == ()


def test_agreements_that_are_only_read_out_do_not_open_the_hardest_prompts() -> None:
    """Before intensity 3 the group is asked: reading the agreements again is no consent."""
    read_out = step("read-out", 3, "agreements", **KEPT)
    first = Edit(
        after={"welcome": (read_out, step("early", 6, opt_in=True, prompts=["deep"]))},
    )
    spots = [one.step for one in found(first) if one.rule == "hard-before-agreements"]
    assert spots == ["early"]
    asked = Edit(change={"agree": {"consent": False, "alternative": None}})
    spots = [one.step for one in found(asked) if one.rule == "hard-before-agreements"]
    assert spots == ["deep"]
