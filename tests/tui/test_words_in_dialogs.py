"""Words from outside in every dialog and line: what the terminal gets and draws, byte by byte.

Each look is also tried on a build that lets an escape through, and on one that obeys markup.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
from textual.content import Content
from textual.widgets import Input, Static

from agreements.plan import Ask, AskOption
from dialogue.tui.dialogs.agreements import AgreementsDialog
from dialogue.tui.dialogs.answers import AnswersDialog
from dialogue.tui.dialogs.join import JoinDialog
from dialogue.tui.dialogs.question import QuestionDialog
from dialogue.tui.dialogs.tally import TallyDialog
from dialogue.tui.widgets.entry_line import EntryLine
from sessions import payloads, reviewing
from sessions.decide_sheet import GRACE_SECONDS
from sessions.facts import HouseAgreement
from sessions.keys import KeyFolder
from sessions.seating import new_seat
from sessions.sheet_desk import SheetDesk
from sessions.text import LINE_LIMIT, NOTE_LIMIT, one_line, paragraph, visible
from tests.tui.conftest import SCROLLBARS
from tests.tui.terminal import FRAMES, Terminal, terminal

if TYPE_CHECKING:
    from tests.tui.conftest import Open, Stage

__all__ = ["terminal"]

CORPUS: dict[str, list[str]] = json.loads(
    (Path(__file__).parents[1] / "data" / "hostile-strings.json").read_text("utf-8")
)
WIDE = (100, 60)
TALL = (100, 140)
"""An answer of single letters, one a line, fits on it."""
MARKUP = "[bold red]not bold[/] [@click=app.quit]here[/]"
ASK = "reflection"
LABEL_LIMIT = 80


def batches(limit: int, gate: Callable[[str], str] = paragraph) -> Iterator[str]:
    """Yield the whole corpus, as many strings at a time as are short enough behind the gate."""
    for family in CORPUS.values():
        some = ""
        for text in family:
            more = f"{some} {text}" if some else text
            if some and len(gate(more)) > limit:
                yield some
                more = text
            some = more
        yield some


every = pytest.mark.parametrize("nth", [4, pytest.param(1, marks=pytest.mark.slow)])
"""Some of the corpus in an ordinary run, and all of it in the long form."""


def squeezed(text: str) -> str:
    """Return a text without its spaces, so that neither wrapping nor padding matters."""
    return "".join(text.translate(SCROLLBARS | FRAMES).split())


async def check(stage: Stage, behind: Terminal, wanted: str, times: int = 1) -> None:
    """Check that the terminal is safe, and draws a text whole, so many times at the least."""
    assert behind.unsafe(stage) == [], ascii(wanted)
    text = squeezed(wanted)
    await stage.until(lambda: squeezed(stage.text).count(text) >= times)
    await stage.until(lambda: behind.draws(stage))
    assert behind.unsafe(stage) == [], ascii(wanted)


def answered(stage: Stage, texts: Sequence[str]) -> None:
    """Let these words come in by a sheet of the running step, as the room's pages bring them."""
    desk = SheetDesk(stage.session, KeyFolder(stage.app.desk.places.config))
    for _ in range(stage.session.state.heads):
        desk.seats.is_here(new_seat())
    desk.open()
    voices = desk.voices
    assert voices is not None
    asked = next(ask for ask in desk.asks if ask.id == ASK)
    for text in texts:
        answer = payloads.encode(payloads.parse(asked, (), {"text": text, "level": "quote"}))
        voices.submit(ASK, voices.new_tokens()[ASK], answer).result()
    desk.close()
    stage.clock.tick(GRACE_SECONDS)
    assert desk.finish() is not None


def fitting(limit: int) -> list[str]:
    """Return the batches that somebody could send."""
    return [text for text in batches(limit) if 0 < len(paragraph(text, 9_000)) <= limit]


async def look_at_answers(stage: Stage, behind: Terminal, texts: Sequence[str]) -> None:
    """Review answers one by one, and check that each is there as it was kept."""
    await stage.go_to_step(ASK)
    answered(stage, texts)
    await stage.press("y")
    dialog = stage.app.screen
    assert isinstance(dialog, AnswersDialog)
    assert len(dialog._items) == len(texts)
    # What is in doubt is asked about, and comes back as it was sent.
    for doubt in [one for item in dialog._items for one in stage.session.names.doubts(item)]:
        dialog.decide_word(doubt.written, keep=True)
    for item in dialog._items:
        await check(stage, behind, item.text or "")
        await stage.press("n")


@every
async def test_answers_are_reviewed_as_the_gate_left_them(
    live: Open, terminal: Terminal, nth: int
) -> None:
    """Each answer of the corpus, one after the other in the review, is drawn and not obeyed."""
    # promise 5
    texts = fitting(900)[::nth]
    async with live(size=TALL) as stage:
        await look_at_answers(stage, terminal, texts)
        await stage.press("1", "enter", "y")
        assert terminal.unsafe(stage) == []
        assert len(reviewing.to_review(stage.session)) < len(texts)


@every
async def test_a_line_is_shown_as_it_would_be_kept(
    live: Open, terminal: Terminal, nth: int
) -> None:
    """Every string of the corpus, pasted into the note line, stands there clean."""
    # promise 5
    async with live(size=WIDE) as stage:
        await stage.press("t")
        field = stage.app.screen.query_one(EntryLine).query_one(Input)
        for text in islice(batches(400, one_line), None, None, nth):
            field.value = ""
            await stage.paste(text)
            assert field.value == one_line(text, NOTE_LIMIT), ascii(text)
            await check(stage, terminal, "")


async def test_agreements_in_full_are_text(live: Open, terminal: Terminal) -> None:
    """The window with all agreements shows those of the house as the gate leaves them."""
    # promise 5
    async with live(size=(120, 400)) as stage:
        await stage.press("n")
        texts = [text for text in batches(LINE_LIMIT - 1, one_line) if one_line(text)]
        for text in texts:
            stage.session.keep_line(HouseAgreement, text)
        stage.app.push_screen(AgreementsDialog(stage.session))
        await stage.settle()
        kept = [one.text for one in stage.session.facts(HouseAgreement)]
        assert len(kept) == len(texts)
        for text in kept:
            assert squeezed(one_line(text, LINE_LIMIT)) in squeezed(stage.text), ascii(text)
        await check(stage, terminal, "")


@every
async def test_why_there_are_no_phones_is_text(live: Open, terminal: Terminal, nth: int) -> None:
    """What a system or a file's name says in the reason is drawn in the join window, not obeyed."""
    # promise 5
    async with live(size=TALL) as stage:
        for text in islice(batches(900), None, None, nth):
            host: Any = SimpleNamespace(url="", problem=text)
            stage.app.push_screen(JoinDialog(host))
            await stage.settle()
            await check(stage, terminal, paragraph(text))
            await stage.press("escape")


@every
async def test_a_question_quotes_text(live: Open, terminal: Terminal, nth: int) -> None:
    """Each string of the corpus is quoted in a question's window as what can be seen of it."""
    # promise 5
    async with live(size=(100, 30)) as stage:
        texts = [text for family in CORPUS.values() for text in family]
        for at in range(0, len(texts), 12 * nth):
            sentence = " ".join(visible(text[:40]) for text in texts[at : at + 12])
            stage.app.push_screen(QuestionDialog(sentence, yes="y  yes", no="esc  no"))
            await stage.settle()
            await check(stage, terminal, sentence)
            await stage.press("escape")


@every
async def test_what_is_counted_aloud_is_text(live: Open, terminal: Terminal, nth: int) -> None:
    """Questions and answers of somebody's own plan are drawn in the window for counting."""
    # promise 5
    async with live(size=(100, 30)) as stage:
        await stage.press("n")
        texts = (one_line(text, LABEL_LIMIT) for text in batches(LABEL_LIMIT - 1, one_line))
        for shown in islice(filter(None, texts), None, None, nth):
            options = tuple(AskOption(id=one, label=shown) for one in ("yes", "no"))
            ask = Ask(id="own", kind="choice", text=shown, options=options)
            stage.app.push_screen(TallyDialog(stage.session, (ask,)))
            await stage.settle()
            await check(stage, terminal, shown, times=3)
            await stage.press("escape")


async def test_an_escape_that_is_let_through_is_seen(
    live: Open, terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same look finds a build whose gate leaves escapes as they are."""
    # promise 5
    monkeypatch.setattr(payloads, "paragraph", lambda text, _limit=0: text)
    monkeypatch.setattr("sessions.name_desk.NameDesk.hidden", lambda _, text, _item: text)
    texts = ["\x1b[31mred\x1b[0m, and \x1b[5;5Hsomewhere else"] * 5
    async with live(size=WIDE) as stage:
        with pytest.raises(AssertionError, match=r"in a part: U.001B"):
            await look_at_answers(stage, terminal, texts)


@pytest.mark.parametrize("sign", ["\x9b31m", "\x1b[5;5H", "\u202e", "\x00"])
async def test_any_sign_of_control_is_seen(live: Open, terminal: Terminal, sign: str) -> None:
    """A widget that draws a sign of control is found, whichever it is and whatever it does."""
    # promise 5
    async with live(size=WIDE) as stage:
        stage.app.push_screen(QuestionDialog("quoted", yes="y", no="n"))
        await stage.settle()
        stage.app.screen.query_one(Static).update(Content(f"some {sign} words"))
        await stage.settle()
        assert terminal.unsafe(stage) != []


async def test_markup_that_is_obeyed_is_seen(
    live: Open, terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same look finds a build in which a window takes an answer for markup."""
    # promise 5
    monkeypatch.setattr("dialogue.tui.dialogs.answers.Content", MarkupContent)
    async with live(size=WIDE) as stage:
        with pytest.raises(AssertionError, match="it did not come about"):
            await look_at_answers(stage, terminal, [MARKUP] * 5)


class MarkupContent:
    """What a careless window would use: text is taken for markup."""

    styled = Content.styled

    def __new__(cls, text: str) -> Any:  # noqa: ANN401
        """Obey the text."""
        return Content.from_markup(text)
