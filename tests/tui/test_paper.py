"""Cards on paper: entered by key into the sheet's box, like what came from phones."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest

from dialogue.hosting import Hosting
from dialogue.tui.dialogs.cards import CardsDialog
from dialogue.tui.dialogs.pile import PileDialog
from dialogue.tui.wall import CARDS_SHUT
from dialogue.wording import tr
from sessions import decide
from sessions.decide_sheet import GRACE_SECONDS
from sessions.facts import AnswerItem, Answers
from tests.tui.test_wall import hosted

if TYPE_CHECKING:
    from dialogue.desk import Desk
    from tests.plugin_sessions import FakeClock
    from tests.tui.conftest import Stage

STEP = "reflection"
WORDS = "reflection"
COMPASS = "compass-now"


def host_of(stage: Stage) -> Hosting:
    """Return the room of the session that is open."""
    assert isinstance(stage.app.host, Hosting)
    return stage.app.host


def inside(stage: Stage) -> str:
    """Return what stands in the window as one line, without its frame."""
    return " ".join(stage.words.replace("│", " ").split())


def items(stage: Stage, ask: str) -> tuple[AnswerItem, ...]:
    """Return the answers to an ask that the record holds."""
    return tuple(
        item for one in stage.session.facts(Answers) if one.ask == ask for item in one.items
    )


async def with_pile(stage: Stage, cards: int, *, step: str = STEP) -> None:
    """Go to a step, and begin to enter so many cards of it."""
    if stage.app.wall.sees:
        await stage.press("P")
    stage.session.do(decide.start_step, step=step)
    await stage.press("C", *str(cards), "enter")


async def enter_card(stage: Stage, text: str, level: str = "1", places: str = "") -> None:
    """Enter a card of the reflection, and wait until it is in the box."""
    done = host_of(stage).sheets.cards_entered
    await stage.press(*places, "enter")
    await stage.paste(text)
    await stage.press("enter", *((level,) if text else ()), "enter")
    await stage.until(lambda: host_of(stage).sheets.cards_entered != done)


async def close_sheet(stage: Stage) -> None:
    """Close the sheet, and wait until its box is opened, or stays shut.

    The window of the cards takes keys until it goes, a moment after the last card is in the box.
    """
    sheets = host_of(stage).sheets
    await stage.until(lambda: not isinstance(stage.app.screen, CardsDialog))
    await stage.press("z")
    stage.clock.tick(GRACE_SECONDS + 1)
    await stage.until(lambda: sheets.phase in (None, "too-few"))


# promise 2
async def test_cards_become_answers(desk: Desk, fake_clock: FakeClock) -> None:
    """Each card's words, level and marks are in the record after the close, in no order of entry.

    A box that is not ticked is the narrowest level.
    """
    async with hosted(desk, fake_clock) as stage:
        await with_pile(stage, 6)
        assert isinstance(stage.app.screen, CardsDialog)
        for number, level in enumerate("123121"):
            await enter_card(stage, f"card {number}", level, places="13" if number < 4 else "5")
        await stage.until(lambda: not isinstance(stage.app.screen, CardsDialog))
        assert "All 6 cards are gone through" in stage.said
        assert items(stage, WORDS) == ()
        await close_sheet(stage)
        found = {item.text: item.level for item in items(stage, WORDS)}
        assert found == {
            "card 0": "facilitator",
            "card 1": "aloud",
            "card 2": "quote",
            "card 3": "facilitator",
            "card 4": "aloud",
            "card 5": "facilitator",
        }
        places = Counter(item.points for item in items(stage, COMPASS))
        assert places == {("feeling", "believing"): 4, (): 2}
        ids = [item.id for item in items(stage, WORDS)]
        assert ids == sorted(ids)


async def test_cards_stay_shut_on_the_wall(desk: Desk, fake_clock: FakeClock) -> None:
    """While the wall sees the screen no card is entered."""
    async with hosted(desk, fake_clock) as stage:
        await stage.go_to_step(STEP)
        await stage.press("C")
        assert stage.said == tr(CARDS_SHUT)
        assert not isinstance(stage.app.screen, PileDialog)


# promise 3
async def test_fewer_than_five_cards_are_not_entered(desk: Desk, fake_clock: FakeClock) -> None:
    """With four cards no sheet is opened, nothing can be typed, and it is said why."""
    async with hosted(desk, fake_clock) as stage:
        await with_pile(stage, 4)
        assert isinstance(stage.app.screen, PileDialog)
        assert "With fewer than 5 cards an answer would give its writer away" in inside(stage)
        await stage.press("escape")
        assert host_of(stage).sheets.phase is None
        assert not (stage.session.folder.folder / "ballots.box").exists()


# promise 3
async def test_four_with_words_among_six_stay_unread(desk: Desk, fake_clock: FakeClock) -> None:
    """An ask that fewer than five cards answer is not opened; another one of the sheet is."""
    async with hosted(desk, fake_clock) as stage:
        await with_pile(stage, 6)
        for number in range(6):
            await enter_card(stage, f"card {number}" if number < 4 else "", places="1")
        await close_sheet(stage)
        opened = {one.ask: one.opened for one in stage.session.facts(Answers)}
        assert opened == {WORDS: False, COMPASS: True}
        assert items(stage, WORDS) == ()


async def test_more_cards_than_people_are_asked_about(desk: Desk, fake_clock: FakeClock) -> None:
    """Thirty cards of 24 people raise a question; esc counts again, y says that 30 are here."""
    async with hosted(desk, fake_clock) as stage:
        await with_pile(stage, 30)
        assert "30 cards, and 24 people here" in inside(stage)
        await stage.press("enter")
        assert isinstance(stage.app.screen, PileDialog), "enter is no answer"
        await stage.press("escape", "backspace", "backspace", "2", "4", "enter")
        assert isinstance(stage.app.screen, CardsDialog)
        await stage.press("escape", "C", "3", "0", "enter", "y")
        assert isinstance(stage.app.screen, CardsDialog)
        assert stage.session.state.heads == 30
        await stage.press("escape", "u")
        assert stage.session.state.heads == 24


async def test_a_second_pile_counts_with_the_first(desk: Desk, fake_clock: FakeClock) -> None:
    """Twenty cards after six were entered are more than 24 people, and so are asked about."""
    async with hosted(desk, fake_clock) as stage:
        await with_pile(stage, 6)
        for number in range(6):
            await enter_card(stage, f"card {number}")
        await stage.press("C", "2", "0", "enter")
        assert "26 cards, with the 6 entered before" in inside(stage)
        await stage.press("escape", "escape", "C", "3", "enter")
        assert "Only 3" in inside(stage)
        await stage.press("y")
        assert isinstance(stage.app.screen, CardsDialog)


async def test_nothing_of_an_earlier_card_is_shown(desk: Desk, fake_clock: FakeClock) -> None:
    """Words stand in the line while they are typed, and nowhere afterwards, whatever is pressed."""
    async with hosted(desk, fake_clock, size=(140, 40)) as stage:
        await with_pile(stage, 5)
        await stage.press("1", "enter")
        await stage.type("a canary sings")
        assert "a canary sings" in stage.words
        await stage.press("enter")
        assert "canary" not in stage.text
        await stage.press("2")
        assert "canary" not in stage.text
        await stage.press("enter")
        await stage.until(lambda: host_of(stage).sheets.cards_entered == 1)
        await stage.press("shift+tab", "enter")
        for keys in (("ctrl+z",), ("ctrl+y",), ("f7", "ctrl+c"), ("ctrl+v",), ("shift+tab",)):
            await stage.press(*keys)
            assert "canary" not in stage.text, keys
        assert "canary" not in stage.app.clipboard


async def test_a_card_can_be_put_right_before_it_goes_in(desk: Desk, fake_clock: FakeClock) -> None:
    """Shift and tab goes back to what was entered; what is in the box cannot be taken out."""
    async with hosted(desk, fake_clock) as stage:
        await with_pile(stage, 5)
        await stage.press("1", "enter")
        await stage.type("worng")
        await stage.press("enter", "2")
        assert "It cannot be taken out of the box again" in inside(stage)
        await stage.press("shift+tab", "shift+tab")
        await stage.press(*["backspace"] * 4)
        await stage.type("rong")
        await stage.press("enter", "3", "enter")
        for _ in range(4):
            await enter_card(stage, "other")
        await close_sheet(stage)
        assert ("wrong", "quote") in {(item.text, item.level) for item in items(stage, WORDS)}


async def test_a_card_that_was_begun_is_left_out_with_two_keys(
    desk: Desk, fake_clock: FakeClock
) -> None:
    """The first esc says that the card is not in the box, and any other key goes on with it."""
    async with hosted(desk, fake_clock) as stage:
        await with_pile(stage, 5)
        await stage.press("1", "enter")
        await stage.type("half")
        await stage.press("escape")
        assert "This card is not in the box." in inside(stage)
        await stage.press("space")
        await stage.type(" more")
        assert "half more" in inside(stage)
        await stage.press("escape", "escape")
        assert not isinstance(stage.app.screen, CardsDialog)
        assert host_of(stage).sheets.phase is None


async def test_harm_pauses_over_a_card(desk: Desk, fake_clock: FakeClock) -> None:
    """F8 pauses while a card is typed, its words out of sight; after it they stand there again."""
    async with hosted(desk, fake_clock) as stage:
        await with_pile(stage, 5)
        await stage.press("enter")
        await stage.type("a canary")
        await stage.press("f8")
        assert stage.session.state.phase == "paused"
        await stage.press("space")
        assert stage.session.state.phase == "running"
        assert "a canary" in stage.text


async def test_what_is_too_long_stays_in_the_line(desk: Desk, fake_clock: FakeClock) -> None:
    """More than 1,000 characters are refused uncut, with how many must go."""
    async with hosted(desk, fake_clock) as stage:
        await with_pile(stage, 5)
        await stage.press("enter")
        await stage.paste("word " * 201)
        await stage.press("enter")
        assert "Please take out 4" in inside(stage)
        await stage.press(*["backspace"] * 5, "enter")
        assert "Which box is ticked?" in inside(stage)


async def test_names_are_hidden_on_cards(desk: Desk, fake_clock: FakeClock) -> None:
    """A name of the roster is shown as it will be kept while it is typed, and is in no file."""
    async with hosted(desk, fake_clock) as stage:
        await stage.press("P")
        await stage.enter("N", "Wilhelmina Zarathustra")
        await with_pile(stage, 5)
        await stage.press("enter")
        await stage.type("Wilhelmina was heard")
        assert "will be kept as: [colleague 1] was heard" in inside(stage)
        await stage.press("enter", "2", "enter")
        for _ in range(4):
            await enter_card(stage, "other")
        await close_sheet(stage)
        assert "[colleague 1] was heard" in {item.text for item in items(stage, WORDS)}
        await stage.until_kept()
        files = [path for path in stage.data.rglob("*") if path.is_file()]
        assert not any(b"ilhelmina" in path.read_bytes() for path in files)


async def test_keys_faster_than_the_disk_keep_their_order(
    desk: Desk, fake_clock: FakeClock
) -> None:
    """Whole cards that are typed without waiting come out as they were typed."""
    async with hosted(desk, fake_clock) as stage:
        await with_pile(stage, 8)
        for number in range(8):
            for key in ("1", "enter", *f"burst {number}", "enter", "2", "enter"):
                stage.send(key)
        await stage.until(lambda: not isinstance(stage.app.screen, CardsDialog))
        await close_sheet(stage)
        texts = sorted(item.text or "" for item in items(stage, WORDS))
        assert texts == [f"burst {number}" for number in range(8)]


@pytest.mark.parametrize("where", ["later step", "review"])
async def test_cards_are_entered_when_there_is_time(
    desk: Desk, fake_clock: FakeClock, where: str
) -> None:
    """The cards of a step can be entered in a later step, and after the last one too."""
    async with hosted(desk, fake_clock) as stage:
        await stage.press("P")
        await stage.go_to_step(STEP)
        await stage.press("n")
        if where == "review":
            await stage.review()
        spent = dict(stage.session.state.spent)
        await stage.press("C")
        assert "Cards · Written reflection" in inside(stage)
        await stage.press("tab")
        assert "Cards · At the door" in inside(stage)
        await stage.press("tab", "5", "enter")
        for number in range(5):
            await enter_card(stage, f"card {number}")
        if where == "review":
            await stage.press("n")
            assert stage.said == "The sheet is still open. Close it first, with z."
        await close_sheet(stage)
        assert len(items(stage, WORDS)) == 5
        if where == "review":
            assert dict(stage.session.state.spent) == spent
        await stage.press("C")
        assert "Cards · At the door" in inside(stage)
