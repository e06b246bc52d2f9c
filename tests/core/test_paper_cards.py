"""A card on paper, entered question by question: what becomes an answer, and what is refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agreements.library import open_library
from agreements.plan import Ask, AskOption
from sessions.paper_cards import PaperCard
from sessions.payloads import AnswerRefusedError, Payload, parse
from sessions.text import paragraph

COMPASS = open_library(paragraph).protocol.compass
PLACES = [one.id for one in COMPASS]
ASKS = (
    Ask(id="words", kind="words", text="What stays?"),
    Ask(id="compass", kind="compass", text="Where?"),
    Ask(
        id="choice",
        kind="choice",
        text="Again?",
        options=(AskOption(id="yes", label="Yes"), AskOption(id="no", label="No")),
    ),
    Ask(id="scale", kind="scale", text="How useful?", points=5),
    Ask(id="ready", kind="then-now", text="How ready?", points=4),
    Ask(id="made", kind="commitment", text="A card?"),
)


def card(*kinds: str) -> PaperCard:
    """Return an empty card with asks of these kinds; with all, when none is named."""
    asks = tuple(ask for ask in ASKS if not kinds or ask.kind in kinds)
    return PaperCard(asks, COMPASS)


def test_a_whole_card_is_what_a_form_would_be() -> None:
    """Each question, answered by its keys, is the answer that a form of the same ask gives."""
    one = card()
    one.write("  A few\nwords ")
    one.go_on()
    for number in (2, 1, 3):
        assert one.press(number)
    one.go_on()
    for number in (2, 5, 1, 4, 1):
        assert one.press(number)
    assert one.part is None
    forms = {
        "words": {"text": "A few\nwords", "level": "aloud"},
        "compass": {f"point-{PLACES[0]}": "1", f"point-{PLACES[2]}": "1"},
        "choice": {"choice": "no"},
        "scale": {"value": "5"},
        "ready": {"then": "1", "now": "4"},
        "made": {"made": "1"},
    }
    assert one.answers() == {ask.id: parse(ask, PLACES, forms[ask.id]) for ask in ASKS}


def test_an_empty_card_is_no_answer() -> None:
    """Every question may be passed; the level and the second of two numbers are not asked then."""
    one, seen = card(), []
    while one.part is not None:
        seen.append(one.part.name)
        one.go_on()
    assert seen == ["text", "places", "choice", "value", "then", "made"]
    assert one.answers() == {}


def test_a_box_that_is_not_ticked_is_the_narrowest_level() -> None:
    """Enter where a level is asked for leaves the words to the facilitator alone."""
    one = card("words")
    one.write("words")
    one.go_on()
    one.go_on()
    assert one.answers()["words"].model_dump()["level"] == "facilitator"


def test_a_level_without_words_is_no_answer() -> None:
    """Whose words were taken out again has answered nothing, whatever box is ticked."""
    one = card("words")
    one.write("words")
    one.go_on()
    one.press(3)
    one.go_back()
    one.go_back()
    one.write(" ")
    one.go_on()
    assert one.part is None
    assert one.answers() == {}


def test_not_sure_and_a_place_exclude_each_other() -> None:
    """Whichever of the two is marked last stands; the same key takes a mark out again."""
    one = card("compass")
    one.press(1)
    one.press(5)
    assert one.answers()["compass"].model_dump() == {"points": ()}
    one.press(2)
    assert one.answers()["compass"].model_dump() == {"points": (PLACES[1],)}
    one.press(2)
    assert one.answers() == {}


def test_then_without_now_is_asked_for() -> None:
    """Half an answer is refused; taken out, nothing is missing any more."""
    one = card("then-now")
    one.press(2)
    with pytest.raises(AnswerRefusedError):
        one.go_on()
    one.go_back()
    assert one.take_out()
    assert not one.take_out()
    one.go_on()
    assert one.part is None


def test_a_key_without_a_mark_does_nothing() -> None:
    """A number beyond the last answer, and any number where words are typed, changes nothing."""
    one = card("choice")
    assert not one.press(3)
    assert not one.press(0)
    assert not one.is_begun
    assert not card("words").press(1)


def test_words_that_do_not_fit_are_not_cut() -> None:
    """More than 1,000 characters are refused where they are typed, and stay."""
    one = card("words")
    one.write("x" * 1001)
    with pytest.raises(AnswerRefusedError) as refused:
        one.go_on()
    assert refused.value.over == 1
    assert len(one.text) == 1001


def test_nothing_of_a_card_is_shown_when_it_is_printed() -> None:
    """A log or a traceback that holds a card holds no word of it."""
    one = card("words")
    one.write("canary")
    assert "canary" not in repr(one)


KEYS = st.lists(st.sampled_from(["1", "2", "5", "9", "on", "back", "out", "text"]), max_size=40)


@given(KEYS)
def test_whatever_is_pressed_a_card_is_whole_or_refused(keys: list[str]) -> None:
    """No order of keys fails, leaves the card, or makes an answer that is none."""
    one = card()
    for key in keys:
        try:
            match key:
                case "on":
                    one.go_on()
                case "back":
                    one.go_back()
                case "out":
                    one.take_out()
                case "text":
                    one.write("words")
                case _:
                    one.press(int(key))
        except AnswerRefusedError:
            pass
    try:
        answers: dict[str, Payload] = one.answers()
    except AnswerRefusedError:
        return
    assert answers.keys() <= {ask.id for ask in ASKS}
