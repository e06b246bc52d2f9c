"""Somebody without a phone takes part: on a card that is read aloud, and at the room's kiosk.

What she wrote is in the record as anybody's, and nothing says by which door it came.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dialogue.tui.dialogs.cards import CardsDialog
from dialogue.web.strings import strings_in
from sessions.facts import Answers
from tests.people.conftest import OTHERS
from tests.tui.test_paper import close_sheet, enter_card, host_of
from tests.tui.test_paper_lunch import close_session
from tests.tui.test_wall import hosted
from tests.web.real_room import kept_words
from tests.web.stage import SMALL
from tests.web.test_kiosk import CODE, kiosk_at

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dialogue.desk import Desk
    from sessions.facts import AnswerItem
    from tests.plugin_sessions import FakeClock
    from tests.web.real_room import RealRoom

pytestmark = pytest.mark.asyncio(loop_scope="session")

T = strings_in("en")
STEP = "reflection"
HEADS = 8
MINE = "I do not type such things on a device."


@pytest.mark.timeout(60)
async def test_somebody_without_a_phone_writes_a_card(desk: Desk, fake_clock: FakeClock) -> None:
    """Her card is read aloud by somebody else with nothing typed, and entered after the room left.

    There is no network at all, and her answer at level aloud is in the record when it is closed.
    """
    async with hosted(desk, fake_clock, heads=HEADS) as stage:
        assert host_of(stage).url == ""
        await stage.go_to_step(STEP)
        before = len(stage.session.events)
        # The cards are mixed, dealt, and read: the program only keeps the time.
        await stage.pass_time(4 * 60)
        assert len(stage.session.events) == before
        assert stage.session.facts(Answers) == ()
        await stage.press("P")
        await stage.review()
        await stage.press("C", *str(HEADS), "enter")
        assert isinstance(stage.app.screen, CardsDialog)
        for number in range(HEADS):
            text, level = (MINE, "2") if number == 3 else (f"card {number}", "1")
            await enter_card(stage, text, level, places="2")
        await stage.until(lambda: not isinstance(stage.app.screen, CardsDialog))
        assert MINE not in stage.words
        await close_sheet(stage)
        (mine,) = (one for one in words_of(stage.session.facts(Answers)) if one.text == MINE)
        assert mine.level == "aloud"
        assert says_no_door(mine)
        record = await close_session(stage)
    kept = [item.get("text") for one in record["answers"] for item in one["items"]]
    assert kept.count(MINE) == 1
    assert "card 0" not in kept  # it was for the facilitator alone


@pytest.mark.timeout(60)
async def test_somebody_without_a_phone_goes_to_the_kiosk(held: RealRoom) -> None:
    """She answers with the keys of a shared machine, which is empty for whoever comes next."""
    await held.go_to(STEP)
    held.host.sheets.open()
    async with kiosk_at(held.url, size=SMALL) as kiosk:
        assert CODE not in kiosk.text
        assert T["kiosk"]["start"] in kiosk.words
        await kiosk.begin()
        await kiosk.beat()
        await kiosk.choose("Feeling")
        await kiosk.push(T["ask"]["done"])
        await kiosk.press("enter")
        await kiosk.write(MINE)
        await kiosk.choose(T["levels"]["aloud"])
        await kiosk.push(T["ask"]["done"])
        await kiosk.beat()
        await kiosk.until(lambda: T["receipt"]["all_done"] in kiosk.words)
        await kiosk.press("ctrl+q")
        await kiosk.until_wiped()
        await kiosk.until(lambda: T["kiosk"]["start"] in kiosk.words)
        await kiosk.begin()
        await kiosk.beat()
        assert MINE not in kiosk.words
        await kiosk.press("ctrl+q")
        await kiosk.until_wiped()
    await held.all_answer(1)
    held.host.sheets.close()
    held.finish()
    assert kept_words(held, STEP).count(MINE) == 1
    found = words_of(held.session.facts(Answers))
    assert len(found) == OTHERS + 1
    assert all(map(says_no_door, found))


def words_of(answers: Iterable[Answers]) -> list[AnswerItem]:
    """Return the answers in words."""
    return [item for one in answers if one.kind == "words" for item in one.items]


def says_no_door(item: AnswerItem) -> bool:
    """Say whether an answer holds its words, its level and its review, no code, and no more."""
    held = item.model_dump(exclude_none=True)
    return held.keys() == {"id", "text", "level", "status"}
