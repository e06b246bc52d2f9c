"""The six shipped plans: what they refer to, what they add up to, and what keeps people safe.

Touches: disk, to read the package's own TOML files. It reads them without the library, so that
a fault in the loader cannot hide a fault in a plan.
"""

from __future__ import annotations

import itertools
import json
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from agreements.durations import planned_seconds
from agreements.model import MovePack, Prompt, PromptPack, Protocol
from agreements.plan import Ask, Plan, Roles, Step
from sessions.order import runnable
from sessions.team import roles_in

CONTENT = Path(__file__).parents[2] / "agreements" / "content" / "en"
SLOTS = {
    "check-in": 30,
    "lunch-and-learn": 60,
    "ninety-minutes": 90,
    "two-hours": 120,
    "three-hours": 180,
    "full-day": 420,
}
LONGER = ("two-hours", "three-hours", "full-day")
LIGHT_ENOUGH_BEFORE_ALL = 2
STRETCH = "agreement-to-stretch-on"
NOBODY_LEADS = {"arrival", "break", "meal"}
TIERS = {"engage": 0, "sustain": 1, "deepen": 2}


def read(path: Path) -> dict[str, Any]:
    """Return the table a TOML file holds."""
    return tomllib.loads(path.read_text(encoding="utf-8"))


def load(plan_id: str) -> Plan:
    """Return a shipped plan as its file has it."""
    return Plan.model_validate_json(json.dumps(read(CONTENT / "plans" / f"{plan_id}.toml")))


PLANS = {plan_id: load(plan_id) for plan_id in SLOTS}
PROTOCOL = Protocol.model_validate_json(json.dumps(read(CONTENT / "protocol.toml")))
PROMPTS: dict[str, Prompt] = {
    prompt.id: prompt
    for path in sorted((CONTENT / "prompts").glob("*.toml"))
    for prompt in PromptPack.model_validate_json(json.dumps(read(path))).prompts
}
MOVES = MovePack.model_validate_json(json.dumps(read(CONTENT / "moves.toml"))).moves

every_plan = pytest.mark.parametrize("plan", PLANS.values(), ids=PLANS.keys())
longer_plans = pytest.mark.parametrize("plan", [PLANS[one] for one in LONGER], ids=LONGER)


def all_steps(plan: Plan) -> tuple[Step, ...]:
    """Return the steps of a plan and its alternatives."""
    return plan.steps + plan.alternatives


def asks(plan: Plan) -> list[Ask]:
    """Return every ask of a plan in order."""
    return [ask for step in all_steps(plan) for ask in step.asks]


def lines(plan: Plan) -> Iterator[tuple[str, str]]:
    """Yield every line that is said aloud, with its step."""
    for step in all_steps(plan):
        for line in (*step.say, *filter(None, (step.bridge,))):
            yield step.id, line


def test_the_folder_holds_these_six_plans() -> None:
    """Six plans ship, each under its own id and made for its own slot."""
    assert {path.stem for path in (CONTENT / "plans").glob("*.toml")} == set(SLOTS)
    assert {plan.id: plan.minutes for plan in PLANS.values()} == SLOTS


@every_plan
def test_every_id_exists(plan: Plan) -> None:
    """A plan names only agreements, conditions, prompts and moves that ship, and no rule."""
    moves = {move.id for move in MOVES}
    assert plan.confidentiality is None, "the rule is the organisation's to choose"
    for step in all_steps(plan):
        assert set(step.prompts) <= set(PROMPTS), step.id
        assert set(step.trouble) <= moves, step.id
        assert step.condition is None or PROTOCOL.condition(step.condition), step.id
        assert step.agreement is None or PROTOCOL.agreement(step.agreement), step.id


@every_plan
def test_no_alternative_is_left_over(plan: Plan) -> None:
    """Each alternative stands in for some step."""
    assert {one.id for one in plan.alternatives} == {
        step.alternative for step in plan.steps if step.alternative
    }


@every_plan
def test_what_people_rely_on_is_protected(plan: Plan) -> None:
    """Agreements, closing, aftercare and every break and meal never give up a minute."""
    relied_on = {"agreements", "closing", "aftercare", "break", "meal"}
    exposed = [
        one.id for one in all_steps(plan) if one.kind in relied_on and not one.flex.protected
    ]
    assert exposed == []


@every_plan
def test_agreements_are_read_again_after_each_break(plan: Plan) -> None:
    """What follows a break or a meal is a rereading of the agreements."""
    leaves = plan.leaves()
    after = [two for one, two in itertools.pairwise(leaves) if one.kind in {"break", "meal"}]
    assert [one.id for one in after if one.kind != "agreements"] == []


@every_plan
def test_each_break_is_followed_by_the_question_what_to_stretch_on(plan: Plan) -> None:
    """After each break or meal people choose the agreement that they will work at."""
    leaves = plan.leaves()
    after = [two for one, two in itertools.pairwise(leaves) if one.kind in {"break", "meal"}]
    assert [one.id for one in after if one.prompts != (STRETCH,)] == []


@every_plan
def test_two_who_lead_share_the_plan(plan: Plan) -> None:
    """Both lead: as the plan says and in turn; steps that need it say who does what."""
    led = [one for one in runnable(plan) if one.kind not in {*NOBODY_LEADS, "slack"}]
    assert any(one.roles for one in led)
    for team in ("two", "two-in-turn"):
        found = [roles_in(one, runnable(plan), team) for one in led]
        leads = [roles.leads for roles in found if roles]
        assert min(leads.count("lead"), leads.count("co-lead")) >= len(led) // 3, team


@every_plan
def test_whoever_speaks_to_the_whole_room_is_free_of_care(plan: Plan) -> None:
    """Somebody else goes to a person in need; only while groups talk may it be who leads."""
    for step in all_steps(plan):
        roles = step.roles or Roles()
        in_groups = step.format in {"pair", "triad", "group"}
        assert roles.care != roles.leads or in_groups, step.id


@every_plan
def test_saying_no_has_another_way(plan: Plan) -> None:
    """Every step that asks for consent has an alternative that is no longer and asks for none."""
    assert any(one.kind == "agreements" and one.consent for one in plan.steps)
    for step in all_steps(plan):
        if step.consent:
            other = plan.step(step.alternative or "")
            assert other is not None, step.id
            assert not other.consent, step.id
            assert planned_seconds(plan, other, 24) <= planned_seconds(plan, step, 24), step.id


@every_plan
def test_hard_prompts_wait_for_consent(plan: Plan) -> None:
    """The hardest prompts come after the agreements, in a step people consent to and choose."""
    order = [one.id for one in plan.leaves()]
    agreed = next(order.index(one.id) for one in plan.leaves() if one.consent)
    for step in all_steps(plan):
        for prompt in (PROMPTS[one] for one in step.prompts):
            if prompt.intensity > LIGHT_ENOUGH_BEFORE_ALL:
                assert order.index(step.id) > agreed, step.id
                assert step.consent, step.id
                assert step.opt_in, step.id
                assert step.format in {"write", "triad"}, step.id
                assert step.format in prompt.formats, step.id


@every_plan
def test_nobody_is_asked_for_injury(plan: Plan) -> None:
    """No shipped plan uses a prompt that may ask for a story of injury."""
    used = {one for step in all_steps(plan) for one in step.prompts}
    assert [one for one in used if PROMPTS[one].load == "injury"] == []


@every_plan
def test_the_other_way_is_lighter(plan: Plan) -> None:
    """What stands in for a step is never harder than the middle intensity."""
    used = {one for step in plan.alternatives for one in step.prompts}
    assert [one for one in used if PROMPTS[one].intensity > LIGHT_ENOUGH_BEFORE_ALL] == []


@every_plan
def test_whiteness_is_examined_only_in_depth(plan: Plan) -> None:
    """The sixth condition is worked on in the deepen phase of the longer plans, by choice."""
    for step in all_steps(plan):
        conditions = {step.condition, *(PROMPTS[one].condition for one in step.prompts)}
        if "presence-of-whiteness" in conditions:
            assert plan.id in LONGER, step.id
            assert step.phase == "deepen", step.id
            assert step.opt_in, step.id


@every_plan
def test_tiers_are_entered_in_order(plan: Plan) -> None:
    """People are engaged before they are asked to go deep, and sustained in between."""
    worked = [
        condition.tier
        for step in plan.leaves()
        if step.kind in {"talk", "reflection"} and step.phase not in {"check-in", "close"}
        if (condition := PROTOCOL.condition(step.condition or "")) is not None
    ]
    assert worked[0] == "engage"
    first = {tier: worked.index(tier) for tier in TIERS if tier in worked}
    assert sorted(first, key=lambda tier: first[tier]) == sorted(
        first, key=lambda tier: TIERS[tier]
    )


@every_plan
def test_a_step_says_the_condition_of_its_prompt(plan: Plan) -> None:
    """Where a talk or reflection has a condition, one of its prompts serves it."""
    for step in all_steps(plan):
        if step.kind in {"talk", "reflection"} and step.condition and step.prompts:
            served = {PROMPTS[one].condition for one in step.prompts}
            assert step.condition in served, step.id


@every_plan
def test_prompts_leave_time_to_answer(plan: Plan) -> None:
    """There is at most one prompt for every eight minutes; one alone comes again, after breaks."""
    used = [one for step in plan.steps for one in step.prompts]
    once = [one for one in used if one != STRETCH]
    assert len(once) == len(set(once))
    assert len(used) <= plan.minutes / 8 or plan.minutes > 60
    assert len(used) <= plan.minutes / 6


@every_plan
def test_strength_has_a_place(plan: Plan) -> None:
    """Every plan over sixty minutes has at least one prompt of strength or solidarity."""
    used = [PROMPTS[one] for step in plan.steps for one in step.prompts]
    assert plan.minutes <= 60 or any(prompt.strength for prompt in used)


@every_plan
def test_every_plan_ends_well(plan: Plan) -> None:
    """Each plan ends with a closing sheet, then aftercare, then nothing but slack."""
    ends = [one.kind for one in plan.leaves() if one.kind != "slack"]
    assert ends[-1] == "aftercare"
    assert ends.count("aftercare") == 1
    assert "closing" in ends


@longer_plans
def test_longer_plans_close_twice(plan: Plan) -> None:
    """Longer plans close on what was learned and on what is felt, with time for both."""
    closings = [one.id for one in plan.leaves() if one.kind == "closing"]
    assert closings == ["closing-learning", "closing-sheet", "closing-feeling"]


@longer_plans
def test_longer_plans_hold_what_belongs_there(plan: Plan) -> None:
    """Longer plans ask the compass twice, work on a case, and let people choose a step to take."""
    kinds = [ask.kind for ask in asks(plan)]
    assert kinds.count("compass") == 2
    assert kinds.count("commitment") == 1
    assert any(step.phase == "apply" for step in plan.steps)
    assert any(step.condition == "presence-of-whiteness" for step in plan.steps)
    assert plan.id == "two-hours" or any(step.format == "fishbowl" for step in plan.steps)


@every_plan
def test_asks_keep_their_ids_and_words(plan: Plan) -> None:
    """The same ask has the same id and words in each plan, so that sessions can be summed."""
    first = {ask.id: ask for one in PLANS.values() for ask in reversed(asks(one))}
    own = [ask.id for ask in asks(plan)]
    assert len(set(own)) == len(own)
    assert {"compass-now", "reflection", "useful", "safe-enough", "go-deeper"} <= set(own)
    assert plan.id == "check-in" or "ready-to-talk" in own
    for ask in asks(plan):
        if ask.id not in {"practice", "reflection", "go-deeper"}:
            assert ask == first[ask.id], ask.id
    deeper = next(ask for ask in asks(plan) if ask.id == "go-deeper")
    assert deeper.ordered
    assert [option.id for option in deeper.options] == ["none", "two-hours", "full-day"]


@every_plan
def test_a_reflection_asks_what_its_prompt_asks(plan: Plan) -> None:
    """The words people write to are the words on the wall."""
    for step in plan.steps:
        for ask in step.asks:
            if ask.kind == "words" and plan.id != "check-in":
                assert ask.text in {PROMPTS[one].text for one in step.prompts}, step.id


@every_plan
def test_each_step_can_be_run_from_its_card(plan: Plan) -> None:
    """A step that is run has lines to say, a cue and moves for trouble; all are short."""
    for step in (*plan.leaves(), *plan.alternatives):
        if step.kind == "slack":
            continue
        assert 1 <= len(step.say) <= 4, step.id
        assert 0 < len(step.cue) <= 330, step.id
        assert 0 < len(step.trouble) <= 4, step.id
        assert step.purpose, step.id
        assert step.bridge or step.kind == "aftercare", step.id


@every_plan
def test_lines_can_be_said_in_one_breath_or_two(plan: Plan) -> None:
    """A line to say has at most 200 characters, is plain ASCII and ends as a sentence does."""
    for step_id, line in lines(plan):
        assert len(line) <= 200, (step_id, line)
        assert line.isascii(), (step_id, line)
        assert re.fullmatch(r"[A-Z].*[.?!]", line), (step_id, line)


@every_plan
def test_sentences_are_short(plan: Plan) -> None:  # promise 26
    """No sentence to say has more than 22 words, and most have fewer than ten."""
    sentences = [
        (step_id, sentence)
        for step_id, line in lines(plan)
        for sentence in re.split(r"(?<=[.?!]) ", line)
    ]
    lengths = sorted(len(sentence.split()) for _, sentence in sentences)
    assert [one for one in sentences if len(one[1].split()) > 22] == []
    assert lengths[len(lengths) // 2] < 10


@every_plan
def test_wording_promises_only_what_holds(plan: Plan) -> None:  # promise 26
    """No line promises perfect safety, orders good intent, or asks for a reason to pass."""
    never = ("safe space", "best intent", "completely anonymous", "fully anonymous", "100")
    for step in all_steps(plan):
        text = " ".join((*step.say, step.cue, step.bridge, step.purpose)).lower()
        assert [one for one in never if one in text] == [], step.id


@every_plan
def test_welcome_names_the_rights_of_each_person(plan: Plan) -> None:
    """The welcome says that people may pass or step out, what is kept, and when none is read."""
    said = " ".join(next(one for one in plan.steps if one.kind == "opening").say)
    for promised in ("pass", "step out", "just listen", "fewer than five", "no name"):
        assert promised in said.lower(), promised


@every_plan
def test_no_group_is_formed_by_who_people_are(plan: Plan) -> None:
    """No shipped plan has an affinity group."""
    assert [one.id for one in all_steps(plan) if one.format == "affinity"] == []
