"""Somebody who reads Spanish takes part in an English session: everything is told in Spanish."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from agreements.library import open_library
from dialogue.config import gate
from dialogue.web.strings import strings_in
from sessions import decide, decide_sheet, reviewing
from sessions.facts import AnswerItem, Answers
from sessions.release import release
from tests.people.conftest import TITLE
from tests.web.conftest import press
from tests.web.real_room import kept_words

if TYPE_CHECKING:
    from agreements.plan import Plan, Step
    from tests.people.conftest import BeginRoom
    from tests.web.conftest import OpenPhone, Phone
    from tests.web.real_room import RealRoom

pytestmark = [pytest.mark.asyncio(loop_scope="session"), pytest.mark.browser]

EN, ES = strings_in("en"), strings_in("es")
WORDS = "Mi abuela decía que callar también es hablar."
TRANSLATED = "My grandmother said that silence speaks too."
OTHER_WORDS = "Words of somebody else."

IN_SIGHT = """
() => {
  const told = [];
  for (const element of document.querySelectorAll("body *")) {
    const own = [...element.childNodes].filter((one) => one.nodeType === 3);
    const text = own.map((one) => one.data.trim()).filter(Boolean).join(" ");
    if (text && element.checkVisibility()) told.push([element.closest("[lang]").lang, text]);
  }
  return told;
}
"""
"""Every text that can be seen, with the language it is marked as."""
IN_ENGLISH = [["en", EN["page"]["read"]], ["en", TITLE]]
"""The way back, and the title that the facilitator gave the session."""


async def reads_spanish(taken: Phone) -> str:
    """Return what is in sight; it is all marked as Spanish, but for the way back and the title."""
    told: list[list[str]] = await taken.page.evaluate(IN_SIGHT)
    assert IN_ENGLISH[0] in told
    assert [one for one in told if one[0] != "es" and one not in IN_ENGLISH] == []
    return " ".join(text for _, text in told)


@pytest.fixture
def spanish() -> Plan:
    """Return the same hour as it is shipped in Spanish."""
    return open_library(gate, language="es").plan("lunch-and-learn")


async def answer(taken: Phone, step: Step) -> None:
    """Answer every question of a step as it stands there in Spanish."""
    for ask in step.asks:
        form = taken.form(ask.kind).filter(has_text=ask.text)
        match ask.kind:
            case "words":
                await form.locator("textarea").fill(WORDS)
                await form.get_by_label(ES["levels"]["quote"]).check()
            case "compass":
                await form.get_by_label("Sentir").check()
            case "choice":
                await form.get_by_label(ask.options[0].label).check()
            case "scale":
                await form.get_by_role("radio", name="4").check()
            case _:
                await form.locator('input[name="then"]').first.check()
                await press(form, ES["ask"]["next"])
                await form.locator('input[name="now"]').last.check()
        await press(form, ES["ask"]["done"])
        await taken.beat()
        await taken.sees(ES["receipt"]["kept"])


async def take_part(held: RealRoom, taken: Phone, step: Step, number: int) -> None:
    """Read what stands before the questions, answer them, and see the sheet close."""
    held.host.sheets.open()
    await taken.beat()
    await taken.sees(ES["before"]["title"])
    seen = await reads_spanish(taken)
    assert ES["before"]["who_choices"] in seen
    if any(ask.kind == "words" for ask in step.asks):
        # promise 26: how words in a language of few may leave is said before they are written
        assert seen.index(ES["before"]["languages"]) < seen.index(ES["levels"]["title"])
    await answer(taken, step)
    await reads_spanish(taken)
    await held.all_answer(number)
    held.host.sheets.close()
    held.finish()
    await taken.beat()


def review(held: RealRoom) -> None:
    """Share all that may be, and say which words are Spanish and what they mean."""
    session = held.session
    wanted = {one.id: "shared" for one in reviewing.to_review(session) if reviewing.may_share(one)}
    reviewing.apply(session, wanted)  # type: ignore[arg-type]
    before = next(one for one in session.facts(Answers) if one.ask == "reflection")
    after = before.model_copy(
        update={"id": "f" * 32, "items": tuple(map(in_her_language, before.items))}
    )
    events = decide_sheet.review_answers(
        session.moment(), struck=[before.id], kept=[after.id], held_back=0
    )
    session.apply_for_good(events, facts=(after,), forget_previous=True)


def in_her_language(item: AnswerItem) -> AnswerItem:
    """Return the Spanish answer with its mark and its translation; any other as it is."""
    if item.text != WORDS:
        return item
    return item.model_copy(update={"language": "es", "translation": TRANSLATED})


@pytest.mark.timeout(90)
async def test_somebody_who_reads_spanish_takes_part(
    held: RealRoom, phone: OpenPhone, spanish: Plan
) -> None:
    """Every step is read in Spanish; her Spanish words leave as the facilitator's translation."""
    session = held.session
    taken = await phone(width=360, height=740)
    await taken.open()
    await taken.press(ES["page"]["read"])
    await taken.beat()
    await taken.sees(ES["moments"]["arriving"])
    assert ES["moments"]["arriving"] in await reads_spanish(taken)
    number = 0
    while session.state.phase != "closing":
        session.do(decide.next_step)
        held.clock.tick(5)
        await held.all_call()
        await taken.beat()
        if session.step is None or session.state.phase == "closing":
            break
        step = spanish.step(session.step.id)
        assert step is not None
        if step.kind != "arrival":
            await taken.sees(step.title)
        await reads_spanish(taken)
        if step.asks:
            number += 1
            await take_part(held, taken, step, number)
    await taken.sees(ES["moments"]["over"])
    assert ES["moments"]["over"] in await reads_spanish(taken)
    assert WORDS in kept_words(held, "reflection")
    review(held)
    session.close()
    # Every export is drawn from the Summary and from nothing else.
    summary = release(session.folder.path).summary
    assert TRANSLATED in [one.text for one in summary.quotes]
    assert WORDS not in summary.model_dump_json()
    assert taken.troubles == []


async def test_what_a_room_wrote_itself_is_marked_as_it_is(
    begin_room: BeginRoom, lunch: Plan
) -> None:
    """A plan of the user's own is read whole in its language; only what is ours is translated."""
    steps = tuple(
        one.model_copy(update={"title": "My own step"}) if one.id == "pairs" else one
        for one in lunch.steps
    )
    own = lunch.model_copy(update={"steps": steps})
    held = await begin_room(own, title="Tuesday")
    await held.go_to("pairs")
    view = held.host._reception.view("es")
    assert (view.title, view.title_language) == ("Tuesday", "en")
    assert (view.step, view.step_language) == ("My own step", "en")
    assert view.prompt_languages == ()
    assert view.language == "es"
    assert held.host._reception.view("es") is view
