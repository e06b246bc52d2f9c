"""What the shipped English content holds: counts, tags, and the rules that keep people safe.

Touches: disk, to read the package's own TOML files. It reads them without the library, so that
a fault in the loader cannot hide a fault in the content.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any, get_args

import pytest

from agreements.model import (
    Move,
    MovePack,
    Phase,
    Prompt,
    PromptPack,
    Protocol,
    TextBlock,
    TextPack,
)

CONTENT = Path(__file__).parents[2] / "agreements" / "content" / "en"

TOPICS = """
why-i-came worth-the-time worry-i-bring story-of-my-name agreement-in-my-words
agreement-hardest-today agreement-to-stretch-on signs-i-check-out what-i-need-to-be-honest
compass-where-i-start compass-least-visited compass-where-i-am-now first-time-i-noticed-race
latest-time-race-was-present what-home-taught schools-and-streets
how-often-race-crosses-my-mind race-here-this-month time-i-stayed-silent
time-i-spoke-and-it-cost words-instead-of-race same-case-race-named race-alone-in-view
factor-i-reach-for rule-that-lands-differently idea-that-proved-made-up view-fairly-stated
what-i-had-not-considered who-is-missing whose-comfort how-are-we-doing what-we-step-around
more-or-less telling-race-apart our-working-definition wrong-word-on-our-forms
what-counts-as-normal habit-i-inherited decision-from-another-seat benefit-not-earned
case-remark-in-passing first-ten-seconds repair-after-my-mistake one-thing-i-start
one-thing-i-stop who-will-ask-me what-leaders-must-change still-open-for-me
what-i-can-leave-unfinished one-word-going-out learned-unsettled-asking go-deeper
then-now-ready-to-talk then-now-know-what-to-do kept-partly-not-yet
"""
"""The prompt for each of the fifty-five topics a facilitator expects, in their order."""

SITUATIONS = """
slip-caught-by-speaker ouch-raised harm-to-people-not-here harm-noticed-later
stereotype-stated stop-at-once ask-what-was-meant silence-after-prompt silence-after-story
one-voice-dominates speaker-overruns few-speak only-one-asked drifts-off-race
stays-abstract debate-starts not-my-experience guilt-takes-the-floor tears anger walk-out
hostile-anonymous-answer danger-or-crime-told detail-points-to-someone is-this-recorded
running-behind ahead-of-time group-asks-to-continue agreement-broken agreement-contested
leader-speaks-first wants-a-fix-now latecomers group-declines network-or-screen-fails
ending afterwards tone-policing i-dont-see-color reverse-racism anti-blackness slur-quoted
praising-a-disclosure facilitator-is-the-target facilitator-is-the-cause
"""
"""The move for each situation a facilitator expects."""

OCCASIONS = """
opening what-is-kept aftercare latecomers calm-page neutral-thanks closing debrief-group
debrief-us debrief-next door-stays-open declined
"""

BEFORE_EVERYBODY = {"round", "plenary", "hands"}
"""Formats in which each person is seen to answer."""


def read(path: Path) -> dict[str, Any]:
    """Return the table a TOML file holds."""
    return tomllib.loads(path.read_text(encoding="utf-8"))


def prompt_packs() -> list[PromptPack]:
    """Return every shipped file of prompts."""
    paths = sorted((CONTENT / "prompts").glob("*.toml"))
    return [PromptPack.model_validate_json(json.dumps(read(path))) for path in paths]


PROTOCOL = Protocol.model_validate_json(json.dumps(read(CONTENT / "protocol.toml")))
PACKS = prompt_packs()
PROMPTS: tuple[Prompt, ...] = tuple(prompt for pack in PACKS for prompt in pack.prompts)
MOVES: tuple[Move, ...] = MovePack.model_validate_json(
    json.dumps(read(CONTENT / "moves.toml"))
).moves
TEXTS: tuple[TextBlock, ...] = TextPack.model_validate_json(
    json.dumps(read(CONTENT / "texts.toml"))
).texts


def twice(ids: Iterable[str]) -> list[str]:
    """Return the ids that occur more than once."""
    return [one for one, count in Counter(ids).items() if count > 1]


def test_protocol_has_its_parts_in_order() -> None:
    """The protocol ships four agreements, six numbered conditions and four compass points."""
    assert [one.id for one in PROTOCOL.agreements] == [
        "stay-engaged",
        "speak-your-truth",
        "experience-discomfort",
        "expect-non-closure",
    ]
    assert [(one.number, one.tier) for one in PROTOCOL.conditions] == [
        (1, "engage"),
        (2, "engage"),
        (3, "sustain"),
        (4, "sustain"),
        (5, "deepen"),
        (6, "deepen"),
    ]
    assert [one.id for one in PROTOCOL.compass] == ["feeling", "thinking", "believing", "acting"]
    assert [one.id for one in PROTOCOL.confidentiality] == [
        "stories-stay",
        "chatham-house",
        "private",
        "public",
    ]


@pytest.mark.parametrize(
    ("have", "least"),
    [
        pytest.param(len(PROMPTS), 63, id="prompts"),
        pytest.param(len(MOVES), 46, id="moves"),
        pytest.param(sum(prompt.strength for prompt in PROMPTS), 8, id="strength"),
    ],
)
def test_enough_content_ships(have: int, least: int) -> None:
    """There are at least 63 prompts, 46 moves and 8 prompts of strength and solidarity."""
    assert have >= least


def test_ids_are_unique() -> None:
    """No two packs, prompts, moves or texts share an id, across all files."""
    assert twice(pack.id for pack in PACKS) == []
    assert twice(prompt.id for prompt in PROMPTS) == []
    assert twice(move.id for move in MOVES) == []
    assert twice(text.id for text in TEXTS) == []


def test_expected_topics_are_there() -> None:
    """Each topic, situation and occasion that a facilitator expects is covered."""
    assert len(TOPICS.split()) == 55
    assert set(TOPICS.split()) <= {prompt.id for prompt in PROMPTS}
    assert set(SITUATIONS.split()) <= {move.id for move in MOVES}
    assert set(OCCASIONS.split()) <= {text.id for text in TEXTS}


def test_tags_name_what_exists() -> None:
    """Every prompt is tagged with an agreement, a condition and points that the protocol has."""
    points = {point.id for point in PROTOCOL.compass}
    for prompt in PROMPTS:
        assert PROTOCOL.agreement(prompt.agreement) is not None, prompt.id
        assert PROTOCOL.condition(prompt.condition) is not None, prompt.id
        assert set(prompt.compass) <= points, prompt.id
        assert twice(prompt.compass) == twice(prompt.formats) == [], prompt.id


@pytest.mark.parametrize(
    ("counts", "wanted"),
    [
        pytest.param(
            Counter(prompt.phase for prompt in PROMPTS), list(get_args(Phase)), id="phase"
        ),
        pytest.param(
            Counter(prompt.condition for prompt in PROMPTS),
            [one.id for one in PROTOCOL.conditions],
            id="condition",
        ),
        pytest.param(
            Counter(prompt.agreement for prompt in PROMPTS),
            [one.id for one in PROTOCOL.agreements],
            id="agreement",
        ),
        pytest.param(
            Counter(point for prompt in PROMPTS for point in prompt.compass),
            [one.id for one in PROTOCOL.compass],
            id="compass",
        ),
    ],
)
def test_nothing_is_left_without_prompts(counts: Counter[str], wanted: list[str]) -> None:
    """Each phase, condition, agreement and compass point has at least three prompts."""
    assert [one for one in wanted if counts[one] < 3] == []


def test_hard_prompts_have_a_second_door() -> None:
    """A prompt on whiteness or of the highest intensity has another way in."""
    hard = [
        prompt
        for prompt in PROMPTS
        if prompt.intensity == 3 or prompt.condition == "presence-of-whiteness"
    ]
    assert hard
    assert [prompt.id for prompt in hard if not prompt.second_door] == []


def test_hard_prompts_are_told_before_and_not_asked_in_front_of_all() -> None:
    """A prompt of the highest intensity has a content note and is never a whole-group round."""
    for prompt in PROMPTS:
        if prompt.intensity == 3:
            assert prompt.content_note, prompt.id
            assert not BEFORE_EVERYBODY & set(prompt.formats), prompt.id


def test_stories_of_injury_are_rare_and_private() -> None:
    """A prompt that may ask for injury is of the highest intensity, private, and one of two."""
    injury = [prompt for prompt in PROMPTS if prompt.load == "injury"]
    assert len(injury) <= 2
    for prompt in injury:
        assert prompt.intensity == 3, prompt.id
        assert set(prompt.formats) <= {"private", "write", "anonymous"}, prompt.id


def test_own_habits_come_before_stories() -> None:
    """Most prompts ask for the reader's own habits; an open story is never the hardest kind."""
    loads = Counter(prompt.load for prompt in PROMPTS)
    assert loads["self"] > 3 * (loads["open"] + loads["injury"])
    assert [one.id for one in PROMPTS if one.load == "open" and one.intensity > 2] == []


def test_open_stories_that_may_hurt_are_told_before() -> None:
    """A prompt that asks for a story and is not light has a content note."""
    heavy = [one for one in PROMPTS if one.load != "self" and one.intensity > 1]
    assert [one.id for one in heavy if not one.content_note] == []


def test_the_first_words_and_the_last_are_light() -> None:
    """Opening, grounding, checking in and closing never go beyond the lowest intensity."""
    light = {"open", "ground", "check-in", "close"}
    assert [one.id for one in PROMPTS if one.phase in light and one.intensity > 1] == []


def test_strength_is_light_and_in_many_phases() -> None:
    """Prompts of strength are spread over the session and never of the highest intensity."""
    strong = [prompt for prompt in PROMPTS if prompt.strength]
    assert max(prompt.intensity for prompt in strong) < 3
    assert len({prompt.phase for prompt in strong}) >= 6


def test_tears_end_with_the_person_who_was_harmed() -> None:
    """The move for tears gives the attention back to the person who was harmed."""
    tears = next(move for move in MOVES if move.id == "tears")
    assert "return to the person who was harmed" in re.split(r"(?<=\.)\s", tears.then)[-1]


@pytest.mark.parametrize(
    ("letters", "move_id"),
    [
        ("one voice", "one-voice-dominates"),
        ("silence", "silence-after-prompt"),
        ("tears", "tears"),
        ("reverse", "reverse-racism"),
        ("only one", "only-one-asked"),
    ],
)
def test_moves_are_found_by_their_keyword(letters: str, move_id: str) -> None:
    """What a facilitator types in a hurry is a keyword of the move she means."""
    assert letters in next(move for move in MOVES if move.id == move_id).keywords


def test_every_move_has_keywords_in_small_letters() -> None:
    """Each move has at least three different keywords, written in small letters."""
    for move in MOVES:
        assert len(set(move.keywords)) == len(move.keywords) >= 3, move.id
        assert all(word == word.lower() for word in move.keywords), move.id


def test_the_calm_page_says_two_things() -> None:
    """The calm page says that we pause and that nothing is recorded, and no more."""
    calm = next(text for text in TEXTS if text.id == "calm-page")
    assert calm.lines == ("We are pausing. Nothing is being recorded.",)


def test_the_opening_names_the_rights_of_each_person() -> None:
    """The opening names the right to pass, to step out, and that no story is asked for."""
    opening = " ".join(next(text for text in TEXTS if text.id == "opening").lines)
    for promised in ("pass", "step out", "will not ask you for a painful story", "what is kept"):
        assert promised in opening
