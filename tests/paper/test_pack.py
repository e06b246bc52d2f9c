"""What stands on the printed pages, before anybody draws them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from agreements.plan import Plan
from dialogue.prints.cards import CARDS_A_PRINT, SPARE_CARDS, copies_for
from dialogue.prints.day import day_of
from dialogue.prints.leaflets import House
from dialogue.prints.model import AnswerCards, CueSheet, HoldUp, Leaflet
from dialogue.web.strings import strings_in
from sessions.errors import CommandRefusedError
from sessions.payloads import LEVELS
from tests.paper.packs import CARE, PLANS, REPORTING, library, parts_of, plan_of

if TYPE_CHECKING:
    from dialogue.prints.model import Part

LUNCH = [
    ("12:00", "0", "At the door"),
    ("12:00", "4", "Welcome"),
    ("12:04", "8", "Agreements"),
    ("12:12", "3", "Six conditions"),
    ("12:15", "2", "Compass, in silence"),
    ("12:17", "7", "In pairs"),
    ("12:24", "5", "Written reflection"),
    ("12:29", "12", "In threes"),
    ("12:41", "6", "Read back"),
    ("12:47", "3", "One word, all at once"),
    ("12:50", "3", "Closing sheet"),
    ("12:53", "4", "Aftercare and next step"),
    ("12:57", "3", "Slack"),
]
"""The lunch & learn with 24 people from twelve to one, as its plan says it."""


def cue_of(plan: Plan | str = "lunch-and-learn", **more: object) -> CueSheet:
    """Return a cue sheet."""
    part = parts_of(plan, **more)["cue-sheet"]  # type: ignore[arg-type]
    assert isinstance(part, CueSheet)
    return part


def leaflet_of(name: str, **more: object) -> Leaflet:
    """Return the participants' sheet or the data sheet."""
    part = parts_of("lunch-and-learn", **more)[name]  # type: ignore[arg-type]
    assert isinstance(part, Leaflet)
    return part


def cards_of(part: Part) -> AnswerCards:
    """Return a part that holds answer cards, as such."""
    assert isinstance(part, AnswerCards)
    return part


def said_on(leaflet: Leaflet) -> list[str]:
    """Return every sentence of a leaflet, its parts joined as they are read."""
    return [
        " ".join(filter(None, (one.term, one.text, one.more)))
        for section in leaflet.sections
        for one in section.pieces
    ]


def test_the_cue_sheet_runs_on_the_clock_of_the_day() -> None:
    """Each step has its time, its minutes and its title, in the order they run."""
    assert [(one.starts, one.minutes, one.title) for one in cue_of().steps] == LUNCH


def test_a_step_on_the_cue_sheet_holds_all_that_is_needed() -> None:
    """Condition, prompt with its care, groups and turns, lines to say, and how it gives way."""
    pairs = next(one for one in cue_of().steps if one.title == "In pairs")
    plan = plan_of("lunch-and-learn")
    step, prompt = plan.step("pairs"), plan.prompt("latest-time-race-was-present")
    assert step is not None
    assert prompt is not None
    assert pairs.condition == "Condition 1 · Focus on personal, local and immediate"
    assert pairs.how == ("in pairs", "12 groups of 2", "3 min each, 30 s to change")
    assert pairs.marks == ("down to 5 min",)
    assert [one.text for one in pairs.prompts] == [prompt.text]
    assert pairs.prompts[0].before == f"Say first: {prompt.content_note}"
    assert (pairs.say, pairs.private, pairs.bridge) == (step.say, step.cue, step.bridge)


def test_protected_and_consent_are_marked() -> None:
    """What is never cut says so; where the group may say no, it says what runs instead."""
    steps = {one.title: one for one in cue_of().steps}
    assert steps["Agreements"].protected
    assert steps["Agreements"].marks == ("never cut",)
    assert steps["Agreements"].notes == (
        "Ask the group for consent. If it says no: Three rules for today.",
    )
    assert [one.title for one in cue_of().instead] == ["Three rules for today"]
    small = cue_of(heads=12)
    assert [one.title for one in small.instead] == [
        "Three rules for today",
        "One word, all at once",
    ]


def test_two_who_lead_find_their_roles_on_the_cue_sheet() -> None:
    """Each step says who of the two does what, by role; for one person alone it says nothing."""
    steps = {one.title: one for one in cue_of(team="two-in-turn").steps}
    assert steps["Welcome"].how[-2:] == ("lead: leads", "co-lead: time, room, care")
    assert steps["Agreements"].how[-2:] == ("co-lead: leads", "lead: time, room, care")
    assert not any("lead" in how for one in cue_of().steps for how in one.how)


@pytest.mark.parametrize(("heads", "groups"), [(24, "8 groups of 3"), (2, "1 group of 2")])
def test_groups_are_counted_for_the_room(heads: int, groups: str) -> None:
    """People know into how many groups they go, also when they do not share out evenly."""
    triads = next(one for one in cue_of(heads=heads).steps if one.title == "In threes")
    assert groups in triads.how


def test_uneven_groups_are_told() -> None:
    """With 25 people one group of three is one of four."""
    triads = next(one for one in cue_of(heads=25).steps if one.title == "In threes")
    assert "1 group of 4, 7 groups of 3" in triads.how


def test_a_short_hour_shows_what_gives_way() -> None:
    """What is left out or shortened is marked on its step, and takes no time."""
    sheet = cue_of(end="12:41")
    marks = {one.title: one for one in sheet.steps}
    assert marks["Compass, in silence"].marks[0].startswith(("shortened from", "left out"))
    assert any(one.left_out for one in sheet.steps)
    assert sheet.warnings == ()


def test_a_plan_that_does_not_fit_says_so_and_cuts_nothing() -> None:
    """When even the smallest form is too long the first page says when it would end."""
    sheet = cue_of(end="12:20")
    assert sheet.warnings == (
        "This does not fit: it would end at 13:00, and the stop is at 12:20. Nothing has been cut.",
    )
    assert [(one.starts, one.title) for one in sheet.steps] == [(a, c) for a, _, c in LUNCH]


def test_a_room_the_plan_is_not_made_for_is_told() -> None:
    """Too many or too few people stand on the first page."""
    assert cue_of(heads=90).warnings == ("This plan is made for 8 to 60 people.",)


def test_without_a_time_of_day_times_count_from_the_start() -> None:
    """Nobody takes a time that was counted for one of the clock."""
    sheet = cue_of(start=None)
    assert [one.starts for one in sheet.steps][:4] == ["+0:00", "+0:00", "+0:04", "+0:12"]
    assert "60 minutes" in sheet.facts


def test_an_end_alone_gives_the_start() -> None:
    """The plan's own length lies between the two."""
    assert cue_of(start=None, end="13:30").facts == ("24 people", "12:30 to 13:30")


def test_a_plan_held_to_the_clock_is_not_kept_waiting_without_one() -> None:
    """Without a time of day a step does not wait for its own, and with one it does."""
    plan = plan_of("check-in")
    first, second, *rest = plan.steps
    held = plan.model_copy(
        update={"steps": (first, second.model_copy(update={"not_before": "12:10"}), *rest)}
    )
    assert "Wait until 12:10" in [one.title for one in cue_of(held, end="13:00").steps]
    assert not [one for one in cue_of(held, start=None).steps if "Wait" in one.title]


def test_an_end_before_the_start_is_refused() -> None:
    """What cannot be meant is said, and no page is made."""
    with pytest.raises(CommandRefusedError, match="is not after the start"):
        day_of(plan_of("check-in"), 12, "13:00", "12:59")


@pytest.mark.parametrize("minutes", [5, 24 * 60])
def test_the_shortest_and_the_longest_plan_have_their_day(minutes: int) -> None:
    """Whatever length a plan may have, it can be printed without a time of day."""
    plan = plan_of("check-in").model_copy(update={"minutes": minutes})
    assert day_of(plan, 12, None, None).fitted.steps


def test_each_agreement_and_condition_is_held_up() -> None:
    """A card each: what it asks, and for an agreement what it does not ask."""
    part = parts_of("lunch-and-learn")["cards-to-hold-up"]
    protocol = library().protocol
    assert isinstance(part, HoldUp)
    assert [(one.name, one.asks, one.does_not_ask) for one in part.cards] == [
        *((one.name, one.asks, one.does_not_ask) for one in protocol.agreements),
        *((one.name, one.gloss, "") for one in protocol.conditions),
    ]
    assert [one.label for one in part.compass] == [one.label for one in protocol.compass]


@pytest.mark.parametrize("plan", PLANS)
def test_every_ask_of_a_plan_has_a_card(plan: str) -> None:
    """What can be answered on a phone can be answered on paper, in the same order."""
    found = plan_of(plan)
    asks = [ask for step in found.steps + found.alternatives for ask in step.asks]
    cards = cards_of(parts_of(plan)["answer-cards"]).cards
    assert [(one.kind, one.text) for one in cards] == [(ask.kind, ask.text) for ask in asks]


def test_a_card_offers_what_the_page_offers() -> None:
    """Compass with "not sure", options, points with their ends, and levels as on the phone."""
    part = cards_of(parts_of("lunch-and-learn")["answer-cards"])
    by_text = {one.text: one for one in part.cards}
    compass = next(one for one in part.cards if one.kind == "compass")
    labels = [one.label for one in library().protocol.compass]
    assert [one.label for one in compass.options] == [*labels, "Not sure"]
    deeper = by_text["Would you like to go deeper?"]
    assert [one.label for one in deeper.options] == ["Not now", "Two more hours", "A full day"]
    ready = by_text["How ready do you feel to talk about race here?"]
    assert (ready.kind, ready.points, ready.low, ready.high) == (
        "then-now",
        5,
        "not ready",
        "fully ready",
    )
    levels = strings_in("en")["levels"]
    assert part.levels == tuple(levels[level] for level in LEVELS)


def test_a_card_holds_no_name_and_no_number() -> None:
    """Cards of one ask are alike to the letter: there is nowhere to number them."""
    # promise 2
    fields = set(cards_of(parts_of("lunch-and-learn")["answer-cards"]).cards[0].__slots__)
    assert fields == {
        *("kind", "text", "step", "options", "points", "low", "high", "note", "large")
    }


def test_the_promise_for_paper_stands_on_the_cards() -> None:
    """Shuffled, empty is a pass, five or nobody; and what paper cannot promise."""
    part = cards_of(parts_of("lunch-and-learn")["answer-cards"])
    promise = strings_in("en")["promise"]
    assert "Cards are shuffled before anybody reads one." in part.small_print[0]
    assert "hand in the card empty" in part.small_print[1]
    assert part.words_print == (
        promise["fewer"],
        promise["known"],
        "They may know your writing too: use capitals if that matters.",
        promise["harm"].format(contact=REPORTING),
    )


def test_a_plan_without_asks_has_no_cards() -> None:
    """Nothing is asked, so nothing is handed out, and nobody is told to print it."""
    plan = plan_of("lunch-and-learn")
    mute = [one.model_copy(update={"asks": ()}) for one in plan.steps]
    parts = parts_of(plan.model_copy(update={"steps": tuple(mute)}))
    assert "answer-cards" not in parts
    cue = parts["cue-sheet"]
    assert isinstance(cue, CueSheet)
    assert not [line for line in cue.before if "cards: print that file" in line]


@pytest.mark.parametrize("heads", [1, 2, 3, 24, 40, 1000])
def test_there_are_cards_for_all_and_some_to_spare(heads: int) -> None:
    """As few prints as give everybody a card, and two more."""
    copies = copies_for(heads)
    assert copies * CARDS_A_PRINT >= heads + SPARE_CARDS > (copies - 1) * CARDS_A_PRINT


def test_the_sheet_sent_ahead_says_what_people_come_to() -> None:
    """What it is, what it does, agreements, passing, what is kept, and who is there."""
    sheet = leaflet_of("participants")
    said = said_on(sheet)
    for one in library().protocol.agreements:
        assert f"{one.name}. {one.asks} {one.does_not_ask}" in said
    assert f"To talk to somebody, during or after: {CARE}" in said
    assert f"To report harm, which is a separate path: {REPORTING}" in said
    assert "Welcome 4 min" in said
    assert not [one for one in said if one.startswith(("Slack", "At the door"))]
    assert sheet.facts == ("12:00 to 13:00", "Day: ", "Place: ")
    assert library().protocol.source in said


def test_who_is_not_named_yet_can_be_written_in() -> None:
    """Without contacts in the settings there are lines to fill in by hand."""
    rule = library().protocol.confidentiality[0]
    sheet = leaflet_of("participants", house=House(rule, 90, "", ""))
    blanks = [one for section in sheet.sections for one in section.pieces if one.kind == "blank"]
    assert len(blanks) == 2
    data = said_on(leaflet_of("data-sheet", house=House(rule, 90, "", "")))
    assert strings_in("en")["promise"]["harm_alone"] in data


def test_the_data_sheet_makes_the_promises_of_the_phone_page() -> None:
    """Every promise is there, word for word as where people type, for each way to answer."""
    # promise 26
    said = said_on(leaflet_of("data-sheet"))
    text = " ".join(said)
    promise, before = strings_in("en")["promise"], strings_in("en")["before"]
    for sentence in (
        promise["http"],
        promise["tls"],
        promise["known"],
        promise["managed"],
        promise["fewer"],
        promise["harm"].format(contact=REPORTING),
        before["kept_text"].format(days=90),
        before["who_words"],
        before["who_choices"],
        before["next_text"],
        *(strings_in("en")["levels"][level] for level in LEVELS),
        "All other words are due to be deleted 90 days after the session.",
    ):
        assert sentence in text, sentence
    assert re.search(r"plain Wi-Fi\. Your name, device and time are not kept\. Whoever", text)
