"""What the form in a terminal puts on the wire, and what it lets from the wire onto the screen."""

from __future__ import annotations

import json
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.worker import WorkerFailed

from agreements.model import CompassPoint
from agreements.plan import Ask, AskOption
from dialogue.answer import rhythm
from dialogue.answer.app import AnswerApp
from dialogue.answer.rhythm import FixedRhythm, next_beat
from dialogue.caller.caller import BEAT_SECONDS, PATIENCE_SECONDS
from dialogue.caller.line import Line, Reply
from dialogue.web.strings import strings_in
from dialogue.web.wire import BODY_BYTES, STATE_BLOCK
from sessions.room import Agreement, SheetView
from sessions.text import LINE_LIMIT, one_line
from tests.web.memory_door import WORDS
from tests.web.stage import SCROLLBARS, Form, answering

if TYPE_CHECKING:
    from tests.web.conftest import House

on_the_loop = pytest.mark.asyncio(loop_scope="session")

T = strings_in("en")
HERE = Path(__file__).parents[2]
CORPUS: dict[str, list[str]] = json.loads(
    (HERE / "tests/data/hostile-strings.json").read_text("utf-8")
)
MARKUP = "[bold red]not bold[/] [@click=app.quit]here[/] [link=https://x]y[/link] \\[z] [/]"
LONGEST = 5_000
MANY = 40
"""So many hostile strings stand together in one text."""
KEPT_THOUGH_HIDDEN = "\u200c\u200d\u200e\u200f"


@dataclass
class Wire:
    """What went over the wire, request by request."""

    requests: list[bytes] = field(default_factory=list)
    answers: list[int] = field(default_factory=list)

    @property
    def shape(self) -> list[tuple[bytes, int, int]]:
        """All that somebody sees who listens: each request's head and length, each answer's."""
        heads = [one.partition(b"\r\n\r\n")[0] for one in self.requests]
        lengths = [len(one) for one in self.requests]
        return list(zip(heads, lengths, self.answers, strict=True))


@pytest.fixture
def wire(monkeypatch: pytest.MonkeyPatch) -> Wire:
    """Return what is sent and what comes back, as it crosses the connection."""
    found = Wire()
    exchanged = Line._exchanged

    async def watched(line: Line, request: bytes) -> Reply:
        found.requests.append(request)
        reply = await exchanged(line, request)
        found.answers.append(len(reply.body))
        return reply

    monkeypatch.setattr(Line, "_exchanged", watched)
    return found


async def all_beats(form: Form, house: House, *, writes: bool) -> None:
    """Sit through a sheet for ten beats; write, change, withdraw and pass, or do nothing."""
    house.door.open("words", "choice", "scale")
    await form.beat()
    if writes:
        await form.go_to("TextArea")
        await form.type(WORDS)
        await form.push("Done")
    await form.beat()
    if writes:
        await form.push("Next question")
        await form.choose("Not now")
        await form.choose(T["ask"]["withdrawable"])
        await form.push("Done")
        await form.push("Next question")
        await form.push("Pass")
    for _ in range(4):
        await form.beat()
    if writes:
        await form.press("f4")
        await form.type("acorn cello fern wren")
        await form.press("enter")
    for _ in range(4):
        await form.beat()


@on_the_loop
async def test_nothing_on_the_wire_tells_who_wrote(house: House, wire: Wire) -> None:
    """A form that sends, withdraws and passes looks like one that does nothing, beat by beat."""
    # promise 10
    # promise 11
    async with answering(house.url) as form:
        await all_beats(form, house, writes=False)
    silent, wire.requests, wire.answers = wire.shape, [], []
    assert house.door.kept == []
    async with answering(house.url) as form:
        await all_beats(form, house, writes=True)
    assert len(house.door.kept) == 2
    assert house.door.withdrawn == ["acorn cello fern wren"]
    assert wire.shape == silent
    bodies = [one.partition(b"\r\n\r\n")[2] for one in wire.requests[1:]]
    assert {len(body) for body in bodies} == {BODY_BYTES}
    assert all(length % STATE_BLOCK == 0 for length in wire.answers[1:])


@on_the_loop
async def test_no_key_makes_a_call(house: House, wire: Wire) -> None:
    """Whatever is typed, done, passed, deleted or looked up: only the next beat calls."""
    # promise 11
    house.door.open("words", "choice")
    async with answering(house.url) as form:
        before = len(wire.requests)
        await form.go_to("TextArea")
        await form.type(WORDS)
        await form.push("Done")
        await form.push("Next question")
        await form.push("Pass")
        await form.press("f2", "escape", "f3", "escape", "f4")
        await form.type("acorn cello fern wren")
        await form.press("enter")
        await form.settle()
        assert len(wire.requests) == before
        await form.beat()
        assert len(wire.requests) == before + 1


@given(
    st.floats(0, 1e6), st.floats(0, 1e5), st.sampled_from([0.5, 4.0]) | st.floats(0.25, 60)
)  # promise 11
def test_beats_keep_their_places(began: float, late: float, every: float) -> None:
    """However long an answer took, the next call has its place in the rhythm and never hurries."""
    now = began + late
    due = next_beat(began, now, every)
    assert now <= due <= now + every * (1 + 1e-6)
    places = (due - began) / every
    assert abs(places - round(places)) < 1e-3


class Clock:
    """A loop's clock that sleep moves on."""

    def __init__(self) -> None:
        self.now = 100.0

    def time(self) -> float:
        """Return the moment."""
        return self.now

    def get_running_loop(self) -> Clock:
        """Return the loop, which is its clock."""
        return self

    async def sleep(self, seconds: float) -> None:
        """Let time pass."""
        assert seconds >= 0
        self.now += seconds


async def test_the_rhythm_is_fixed(monkeypatch: pytest.MonkeyPatch) -> None:  # promise 11
    """Calls come at whole multiples of the beat, those that took long included."""
    clock = Clock()
    monkeypatch.setattr(rhythm, "asyncio", clock)
    beats = FixedRhythm()
    moments = []
    for took in (0.0, 0.01, 3.9, 5.0, 0.3, PATIENCE_SECONDS):
        moments.append(clock.now - 100)
        if moments[:-1]:
            clock.now += took
        await beats.next()
    assert moments == [0, 4, 8, 12, 20, 24]
    assert BEAT_SECONDS == 4


def test_the_beat_is_the_scripts() -> None:
    """The page's script and the form call at the same beat, and wait for an answer as long."""
    script = (HERE / "dialogue/web/static/app.js").read_text("utf-8")
    assert f"const EVERY_MS = {round(1000 * BEAT_SECONDS)};" in script
    assert f"const PATIENCE_MS = {round(1000 * PATIENCE_SECONDS)};" in script


def forbidden(text: str) -> set[str]:
    """Name the characters that no terminal may get from us."""
    return {
        f"U+{ord(sign):04X}"
        for sign in text
        if unicodedata.category(sign) in {"Cc", "Cs", "Co", "Cn", "Zl", "Zp", "Cf"}
        and sign not in "\n" + KEPT_THOUGH_HIDDEN
    }


def squeezed(text: str) -> str:
    """Return a text without its spaces, so that neither wrapping nor padding matters."""
    return "".join(text.translate(SCROLLBARS).split())


def hostile_sheet(text: str) -> SheetView:
    """Return a sheet whose questions, answers and ends are a hostile text."""
    label, line = f"x{text}"[:80], f"x{text}"[:LINE_LIMIT]
    asks = (
        Ask(id="a", kind="words", text=line),
        Ask(id="b", kind="compass", text=line),
        Ask(
            id="c",
            kind="choice",
            text=line,
            options=(AskOption(id="x", label=label), AskOption(id="y", label=label)),
        ),
        Ask(id="d", kind="scale", text=line, low=label, high=label),
    )
    return SheetView(id="f" * 16, asks=asks, moment="open", small_room=True)


def hostile_room(house: House, text: str) -> None:
    """Put a hostile text wherever the room can have one; the door does not clean it."""
    house.door.places = (CompassPoint.model_construct(id="feeling", label=text, starts=text),)
    house.door.kept_text = text
    house.door.set(
        title=text,
        step=text,
        prompts=(text, text),
        content_note=text,
        second_door=text,
        agreements=(Agreement(text, text, text),),
        house_agreements=(text,),
        rule_name=text,
        rule_text=text,
        care_contact=text,
        reporting_contact=text,
        sheet=hostile_sheet(text),
    )


def hostile_texts() -> list[str]:
    """Return the whole corpus, each family in a few texts, and some markup."""
    found = [MARKUP]
    for family in CORPUS.values():
        found += [" ".join(family[first : first + MANY]) for first in range(0, len(family), MANY)]
    # A lone surrogate cannot be sent: the door's own JSON writer would fail first.
    plain = ["".join("\ufffd" if "\ud800" <= c <= "\udfff" else c for c in one) for one in found]
    # Beyond this an answer would be longer than the form takes at all.
    return [one[:LONGEST] for one in plain]


@on_the_loop
@pytest.mark.parametrize("part", range(2))
async def test_what_comes_over_the_wire_is_never_obeyed(house: House, part: int) -> None:
    """Every hostile string, as title, step, question, label and receipt, is text on this screen."""
    # promise 5
    texts = hostile_texts()[part::2]
    assert texts
    async with answering(house.url) as form:
        for number, text in enumerate(texts):
            hostile_room(house, text)
            assert house.door.shown.sheet is not None
            await form.beat()
            assert form.app.page.line == "", ascii(text)
            assert forbidden(form.text) == set(), ascii(text)
            shown = squeezed(one_line(text))
            assert shown[:60] in squeezed(form.text), ascii(text)
            if number == 0:
                await form.press("f2")
                assert forbidden(form.text) == set(), ascii(text)
                await form.press("escape", "f3")
                assert forbidden(form.text) == set(), ascii(text)
                await form.press("escape")
            house.door.set(sheet=None)
            await form.beat()
        assert form.app.crash is None


@on_the_loop
async def test_markup_in_a_question_is_plain_text(house: House) -> None:  # promise 5
    """Brackets stand on the screen as they were sent, in a question, a label and a receipt."""
    hostile_room(house, MARKUP)
    async with answering(house.url) as form:
        assert squeezed(one_line(MARKUP)) in squeezed(form.text)
        await form.go_to("TextArea")
        await form.type(MARKUP)
        await form.push("Done")
        await form.beat()
        assert squeezed(f"{T['receipt']['kept']}{MARKUP}") in squeezed(form.text)


@on_the_loop
async def test_what_is_pasted_is_clean_before_it_is_seen(house: House) -> None:  # promise 5
    """The whole corpus, pasted into the words field, never reaches the screen as it was."""
    house.door.open("words")
    async with answering(house.url) as form:
        await form.go_to("TextArea")
        for text in hostile_texts():
            await form.paste(text)
            assert forbidden(form.text) == set(), ascii(text)
            await form.press("ctrl+a", "delete")


@on_the_loop
async def test_an_error_nobody_foresaw_shows_no_word(
    house: House, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:  # promise 4
    """A defect ends the form with its class alone; what somebody wrote is printed nowhere."""
    house.door.open("words")

    def fail(*_arguments: object) -> None:
        words = "kanarienvogel"
        raise RuntimeError(words)

    async def meet_it() -> None:
        async with answering(house.url) as form:
            await form.go_to("TextArea")
            await form.type("kanarienvogel")
            monkeypatch.setattr("dialogue.caller.page.Page.take", fail)
            crashed.append(form.app)
            form.rhythm.due.put_nowait(None)
            await form.until(lambda: form.app.crash is not None)

    crashed: list[AnswerApp] = []
    with pytest.raises(WorkerFailed):  # the pilot hands on what ended it
        await meet_it()
    assert isinstance(crashed[0].crash, RuntimeError)
    out, err = capfd.readouterr()
    assert "kanarienvogel" not in out + err
