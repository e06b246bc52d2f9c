"""The form in a terminal before the real web door: each kind of ask, and all that can go wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from textual.widgets import Input, TextArea

from dialogue.answer.choices import Choices
from dialogue.answer.dialogs import ReadingDialog
from dialogue.tui.dialogs.question import QuestionDialog
from dialogue.web.door import Outcome
from dialogue.web.strings import strings_in
from tests.web.memory_door import WORDS
from tests.web.stage import SMALL, Form, answering

if TYPE_CHECKING:
    from agreements.plan import AskKind
    from tests.web.conftest import House, Serve

pytestmark = pytest.mark.asyncio(loop_scope="session")

T = strings_in("en")


def kept(house: House) -> dict[str, dict[str, str]]:
    """Return what came through, by ask."""
    return {one.ask: dict(one.fields) for one in house.door.kept}


async def write(form: Form, text: str) -> None:
    """Type a text into the words field."""
    await form.go_to("TextArea")
    await form.type(text)


async def test_a_whole_session(house: House) -> None:
    """From the welcome to the end the form follows, and every kind of ask is answered by keys."""
    house.door.set(moment="arriving", step="", prompts=(), content_note="", second_door="")
    async with answering(house.url) as form:
        assert "Welcome. You are in the right place." in form.words
        house.door.set(moment="talking", step="Reflection", prompts=("What held you back?",))
        house.door.open("words", "compass", "choice", "scale")
        await form.beat()
        assert "What held you back?" in form.words
        await write(form, WORDS)
        await form.choose("May be read aloud here")
        await form.push("Done")
        await form.push("Next question")
        await form.choose("Feeling", "Acting")
        await form.push("Done")
        await form.press("enter")
        await form.choose("A full day")
        await form.push("Done")
        await form.press("enter")
        await form.go_to("4")
        await form.press("4")
        await form.push("Done")
        assert house.door.kept == []
        await form.beat()
        house.door.open("then-now", "commitment")
        await form.beat()
        await form.choose("2")
        await form.push("Next")
        await form.choose("5")
        await form.push("Done")
        await form.press("enter")
        await form.choose("I have made my card")
        await form.push("Done")
        await form.beat()
        house.door.set(sheet=None, moment="over")
        await form.beat()
        assert "This session is over. Thank you for being here." in form.words
    assert kept(house) == {
        "reflection": {"text": WORDS, "level": "aloud"},
        "compass-now": {"point-feeling": "1", "point-acting": "1"},
        "deeper": {"choice": "full-day"},
        "useful": {"value": "4"},
        "ready": {"then": "2", "now": "5"},
        "card": {"made": "1"},
    }


async def test_what_was_kept_is_shown_exactly(house: House) -> None:
    """After Done and the next beat stands what was kept, word by word, and on no earlier beat."""
    house.door.open("words")
    async with answering(house.url) as form:
        await write(form, WORDS)
        await form.push("Done")
        assert T["says"]["loading"] in form.words
        assert house.door.kept == []
        await form.beat()
        assert f"{T['receipt']['kept']} {' '.join(WORDS.split())}" in form.words
        assert T["receipt"]["all_done"] in form.words
        assert kept(house)["reflection"] == {"text": WORDS, "level": "facilitator"}


async def test_what_is_promised_stands_where_people_write(house: House) -> None:  # promise 26
    """Who reads it, what happens next, what is kept and the transport stand above the first ask."""
    house.door.open("words", "choice", small_room=True)
    async with answering(house.url) as form:
        words = form.words
        before = words[: words.index("What did you hear")]
        said, promise = T["before"], T["promise"]
        for sentence in (said["who_words"], said["who_choices"], said["next_text"]):
            assert sentence in before
        assert said["kept_text"].format(days=90) in before
        for sentence in (promise["http"], promise["known"], promise["fewer"], said["hint"]):
            assert sentence in before
        assert promise["harm"].format(contact="the equity office, extension 100") in before
        assert T["terminal"]["managed"] in before
        assert said["small_room"] in before


@pytest.mark.parametrize("kind", ["compass", "choice", "scale", "then-now", "commitment"])
async def test_nothing_is_chosen_beforehand(house: House, kind: AskKind) -> None:
    """A form comes empty: Done without an answer says what is missing, and nothing is sent."""
    house.door.open(kind)
    async with answering(house.url) as form:
        assert "•" not in form.text
        assert "[x]" not in form.text
        if kind == "then-now":
            await form.push("Next")
        await form.push("Done")
        assert form.view.entry.state == "draft"
        assert form.view.entry.trouble in form.words
        assert "pass" in form.view.entry.trouble
        await form.beat()
        assert house.door.kept == []


async def test_words_have_the_narrowest_level_until_told_otherwise(house: House) -> None:
    """The first level is chosen, and no other is ever chosen for anybody."""
    house.door.open("words")
    async with answering(house.url) as form:
        assert f"(•) {T['levels']['facilitator']}" in form.words
        assert form.text.count("(•)") == 1


async def test_words_are_counted_and_never_cut(house: House) -> None:
    """A text that is too long stays whole, is told by how much, and goes once it is shorter."""
    house.door.open("words")
    async with answering(house.url) as form:
        await form.go_to("TextArea")
        await form.paste("z" * 1003)
        assert T["says"]["over"].format(count=3) in form.words
        await form.push("Done")
        assert form.view.entry.state == "draft"
        assert form.view.query_one(TextArea).text == "z" * 1003
        await form.go_to("TextArea")
        await form.press("backspace", "backspace", "backspace")
        assert T["says"]["count"].format(count=1000) in form.words
        await form.push("Done")
        await form.beat()
        assert kept(house)["reflection"]["text"] == "z" * 1000


@pytest.mark.parametrize("text", ["اللغة العربية " * 60, "👩🏽‍🚒" * 240, "e\u0301" * 999])
async def test_words_of_every_script_fit_one_beat(house: House, text: str) -> None:
    """A full text in any script is sent in one beat, with its marks and joiners."""
    house.door.open("words")
    async with answering(house.url) as form:
        await form.go_to("TextArea")
        await form.paste(text)
        await form.push("Done")
        await form.beat()
        assert kept(house)["reflection"]["text"] == house.door.kept[0].fields["text"]
        assert len(house.door.kept[0].fields["text"]) > 700


async def test_places_and_not_sure_exclude_each_other(house: House) -> None:
    """Several places are one answer, "not sure" is one, and both together are none."""
    house.door.open("compass")
    async with answering(house.url) as form:
        await form.choose("Thinking")
        await form.choose("Not sure")
        await form.push("Done")
        assert T["says"]["both"] in form.words
        await form.choose("Thinking")
        await form.push("Done")
        await form.beat()
        assert kept(house) == {"compass-now": {"not-sure": "1"}}


async def test_one_arrow_tells_where_the_keys_are(house: House) -> None:
    """Of several lists only the one with the keys has an arrow, and none has one elsewhere."""
    house.door.open("compass")
    async with answering(house.url) as form:
        await form.choose("Thinking")
        assert form.text.count("›") == 1
        assert "› [x] Thinking" in form.words
        await form.go_to(T["ask"]["withdrawable"])
        assert form.text.count("›") == 1
        await form.go_to("Done")
        assert "›" not in form.text


async def test_then_is_out_of_sight_while_now_is_asked(house: House) -> None:
    """Then and now have a screen each, and Back leads to the first with what was chosen there."""
    house.door.open("then-now")
    async with answering(house.url) as form:
        await form.choose("3")
        await form.push("Next")
        assert "(•)" not in form.text
        await form.push("Back")
        assert "(•) 3" in form.words


async def test_a_card_stays_here(house: House) -> None:
    """What stands on a card is shown to its owner afterwards, and none of it is ever sent."""
    house.door.open("commitment")
    async with answering(house.url) as form:
        await form.go_to("Input")
        await form.type("Ask before I answer")
        await form.choose("I have made my card")
        await form.push("Done")
        await form.beat()
        assert kept(house) == {"card": {"made": "1"}}
        assert "Ask before I answer" in form.words


async def test_to_pass_sends_nothing_and_can_be_taken_back(house: House) -> None:
    """Who passes is told what was kept: nothing. She may answer after all."""
    house.door.open("scale")
    async with answering(house.url) as form:
        await form.push("Pass")
        await form.beat()
        assert f"{T['receipt']['passed']} {T['receipt']['nothing']}" in form.words
        assert house.door.kept == []
        await form.push(T["receipt"]["answer"])
        await form.choose("5")
        await form.push("Done")
        await form.beat()
        assert kept(house) == {"useful": {"value": "5"}}


async def test_what_is_done_can_be_changed_until_it_goes(house: House) -> None:
    """Until the next beat Done can be taken back, with every word still there."""
    house.door.open("words")
    async with answering(house.url) as form:
        await write(form, "first")
        await form.push("Done")
        await form.push(T["receipt"]["change"])
        assert isinstance(form.focused, TextArea)
        await form.type(" and last")
        await form.push("Done")
        await form.beat()
        assert kept(house)["reflection"]["text"] == "first and last"


async def test_an_answer_is_deleted_by_its_words(house: House) -> None:  # promise 15
    """Four words are given on request, and delete that answer; what is said never tells whether."""
    house.door.open("choice")
    async with answering(house.url) as form:
        await form.choose("Not now")
        await form.choose(T["ask"]["withdrawable"])
        await form.push("Done")
        await form.beat()
        assert "acorn cello fern wren" in form.words
        await form.push(T["receipt"]["delete"])
        assert house.door.withdrawn == []
        await form.beat()
        assert house.door.withdrawn == ["acorn cello fern wren"]
        await form.press("f4")
        await form.type("wrong words of mine")
        await form.press("enter")
        await form.beat()
        assert house.door.withdrawn[1:] == ["wrong words of mine"]
        assert T["withdraw"]["deleted"] in form.words


async def test_too_late_leaves_the_words_on_the_screen(house: House) -> None:
    """What comes after the close is not kept; its writer is told so, with her words."""
    house.door.open("words", "scale")
    async with answering(house.url) as form:
        await write(form, "almost in time")
        await form.push("Done")
        house.door.outcome = "late"
        await form.beat()
        assert f"{T['receipt']['late']} almost in time" in form.words
        assert house.door.kept == []
        house.door.set(sheet=None)
        await form.beat()
        assert "almost in time" in form.words
        await form.push(T["receipt"]["remove"])
        assert "almost in time" not in form.words


async def test_a_draft_survives_the_close_and_is_never_sent(house: House) -> None:
    """An unsent draft stays with its writer when the sheet closes, and nobody gets it."""
    house.door.open("words", "scale")
    async with answering(house.url) as form:
        await write(form, "not done yet")
        house.door.set(sheet=None, step="Another step")
        await form.beat()
        assert f"{T['says']['missed']} not done yet" in form.words
        assert T["says"]["closed"] in form.words
        house.door.open("choice")
        await form.beat()
        await form.beat()
        assert house.door.kept == []


async def test_a_draft_survives_a_change_of_step(house: House) -> None:
    """While somebody writes, the room goes on above her, and her words and her place stay."""
    house.door.open("words")
    async with answering(house.url) as form:
        await write(form, "half a ")
        house.door.set(step="Read back", prompts=("What did you hear?",))
        await form.beat()
        assert "Read back" in form.words
        await form.type("sentence")
        await form.push("Done")
        await form.beat()
        assert kept(house)["reflection"]["text"] == "half a sentence"


async def test_the_close_is_announced(house: House) -> None:
    """While the sheet closes the form says so, and what is done then still goes."""
    house.door.open("scale")
    async with answering(house.url) as form:
        sheet = house.door.shown.sheet
        assert sheet is not None
        house.door.set(sheet=type(sheet)(sheet.id, sheet.asks, "closing", small_room=False))
        await form.beat()
        assert T["says"]["closing"] in form.words
        await form.choose("5")
        await form.push("Done")
        await form.beat()
        assert kept(house) == {"useful": {"value": "5"}}


async def test_a_pause_is_calm_and_keeps_the_draft(house: House) -> None:
    """In a pause there is one sentence and no form; afterwards she goes on where she was."""
    house.door.open("words")
    async with answering(house.url) as form:
        await write(form, "in the middle ")
        house.door.set(moment="pausing")
        await form.beat()
        assert T["moments"]["pausing"] in form.words
        assert "in the middle" not in form.words
        assert T["before"]["title"] not in form.words
        house.door.set(moment="talking")
        await form.beat()
        await form.type("of it")
        await form.push("Done")
        await form.beat()
        assert kept(house)["reflection"]["text"] == "in the middle of it"


@pytest.mark.parametrize(("outcome", "said"), [("pausing", "held"), ("failed", "retry")])
async def test_what_cannot_be_kept_now_is_sent_again(
    house: House, outcome: Outcome, said: str
) -> None:
    """An answer that is held or could not be saved waits and goes out by itself, the same again."""
    house.door.open("words")
    async with answering(house.url) as form:
        await write(form, "again and again")
        await form.push("Done")
        house.door.outcome = outcome
        await form.beat()
        assert T["says"][said] in form.words
        house.door.outcome = "received"
        await form.beat()
        assert kept(house)["reflection"]["text"] == "again and again"


async def test_a_refused_answer_comes_back_with_the_reason(house: House) -> None:
    """What the door does not take is a draft again, whole, with what to change."""
    house.door.open("words")
    async with answering(house.url) as form:
        await write(form, "some words")
        await form.push("Done")
        form.view.entry.envelope.fields["level"] = "nobody"  # type: ignore[index, union-attr]
        await form.beat()
        assert "This page is out of date." in form.words
        assert form.view.query_one(TextArea).text == "some words"


async def test_words_survive_a_lost_network_and_a_restart(serve: Serve) -> None:
    """With the door gone nothing is lost; when it is back on its port, all of it arrives once."""
    house = await serve()
    house.door.open("words", "scale")
    async with answering(house.url) as form:
        await write(form, "through the night")
        await form.push("Done")
        await house.web.stop()
        await form.beat()
        await form.beat()
        assert T["says"]["offline"] in form.words
        again = await serve(port=house.port)
        assert again.port == house.port
        again.door.shown = house.door.shown
        await form.beat()
        assert T["says"]["online"] in form.words or T["says"]["received"] in form.words
        assert T["says"]["offline"] not in form.words
        assert [one.fields["text"] for one in again.door.kept] == ["through the night"]


async def test_a_session_that_stays_away_is_told_calmly(serve: Serve) -> None:
    """After many calls in vain the form says that one may leave; the draft is still there."""
    house = await serve()
    house.door.open("words")
    async with answering(house.url) as form:
        await write(form, "still here")
        await house.web.stop()
        for _ in range(10):
            await form.beat()
        assert T["terminal"]["gone"] in form.words
        assert form.view.query_one(TextArea).text == "still here"


@pytest.mark.parametrize("key", ["ctrl+c", "ctrl+q"])
async def test_leaving_with_a_draft_asks_once(house: House, key: str) -> None:
    """With something unsent the form asks before it goes; esc stays, the key again leaves."""
    house.door.open("words")
    async with answering(house.url) as form:
        await write(form, "unsent")
        await form.press(key)
        assert isinstance(form.app.screen, QuestionDialog)
        await form.press("escape")
        assert form.view.query_one(TextArea).text == "unsent"
        await form.press(key, key)
    assert form.app.return_code == (130 if key == "ctrl+c" else 0)


@pytest.mark.parametrize("key", ["ctrl+c", "ctrl+q"])
async def test_leaving_with_nothing_unsent_does_not_ask(house: House, key: str) -> None:
    """An empty form, or one whose answers have arrived, goes at once."""
    house.door.open("scale")
    async with answering(house.url) as form:
        await form.choose("5")
        await form.push("Done")
        await form.beat()
        await form.press(key)
    assert form.app.return_code == (130 if key == "ctrl+c" else 0)


async def test_agreements_and_what_is_kept_are_there_on_demand(house: House) -> None:
    """F2 and F3, or their buttons, show both in full; esc goes back to where one was writing."""
    house.door.open("words")
    async with answering(house.url) as form:
        await write(form, "x")
        await form.press("f2")
        for agreement in house.door.shown.agreements:
            assert agreement.name in form.words
        assert "Phones are for the questions only." in form.words
        await form.press("escape", "f3")
        assert isinstance(form.app.screen, ReadingDialog)
        assert house.door.shown.rule_name in form.words
        assert T["promise"]["http"] in form.words
        await form.press("escape")
        assert isinstance(form.focused, TextArea)


@pytest.mark.parametrize("size", [SMALL, (40, 14)], ids=["small", "large-type"])
async def test_it_can_be_used_in_large_type(house: House, size: tuple[int, int]) -> None:
    """At 80×24, and at 40×14 as large type leaves it, all can be reached and no line is cut."""
    house.door.open("words", "compass", small_room=True)
    async with answering(house.url, size=size) as form:
        column = form.app.screen.query_one("#column")
        assert column.max_scroll_x == 0
        await write(form, "short")
        await form.push("Done")
        await form.beat()
        assert "short" in form.words
        await form.push("Next question")
        await form.choose("Not sure")
        await form.push("Done")
        await form.beat()
        assert set(kept(house)) == {"reflection", "compass-now"}


async def test_a_recorder_around_the_terminal_is_told(house: House) -> None:  # promise 39
    """What may record this terminal is said above everything, for as long as the form is open."""
    async with answering(house.url, warning="asciinema records this terminal.") as form:
        assert "asciinema records this terminal." in form.words


async def test_what_is_cut_never_reaches_the_terminals_clipboard(house: House) -> None:
    """Cut words can be pasted here, and are not handed to the terminal around the form."""
    house.door.open("words")
    async with answering(house.url) as form:
        written: list[str] = []
        assert form.app._driver is not None
        form.app._driver.write = written.append  # type: ignore[method-assign]
        await write(form, "kanarienvogel")
        await form.press("ctrl+x")
        assert form.view.query_one(TextArea).text == ""
        assert not any("]52" in part for part in written)
        await form.press("ctrl+v")
        assert form.view.query_one(TextArea).text.strip() == "kanarienvogel"


async def test_new_questions_do_not_take_the_keys_from_a_writer(house: House) -> None:
    """Whoever types a card keeps the keys when a sheet opens; nobody else is sent anywhere."""
    house.door.open("commitment")
    async with answering(house.url) as form:
        assert form.focused is None
        await form.go_to("Input")
        await form.type("one")
        await form.beat()
        assert isinstance(form.focused, Input)
        house.door.open("scale")
        await form.beat()
        assert T["says"]["opened"] in form.words
        await form.press("tab")
        assert isinstance(form.focused, Choices)
