"""The lunch & learn, from Home to its export, with keys alone on the smallest terminal."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from jsonschema import Draft202012Validator
from textual.widgets import Input, TextArea

from dialogue.tui.screens.close import CloseScreen
from dialogue.tui.screens.live import LiveScreen
from dialogue.tui.screens.prepare import PrepareScreen
from dialogue.tui.screens.summary import SummaryScreen
from sessions.document import schema
from sessions.store import SessionFolder

if TYPE_CHECKING:
    from tests.tui.conftest import Open, Stage

ROSTER = "Wilhelmina Zarathustra\nQuetzalli Okonkwo-Brandt\n"
NAMES = ("wilhelmina", "zarathustra", "quetzalli", "okonkwo", "brandt")
"""Every part of a name on the roster; none is a word of the content."""


class Leaks:
    """Looks for names in all that is written, as it is written, and in all that lies there."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.written_bytes = 0
        self.found: list[str] = []
        self._write = os.write

    def write(self, descriptor: int, data: bytes) -> int:
        """Write as the system does, and look at what is written."""
        self.written_bytes += len(data)
        self.look(bytes(data), "written")
        return self._write(descriptor, data)

    def look(self, data: bytes, where: str) -> None:
        """Note every name in some bytes."""
        text = data.decode("utf-8", errors="replace").casefold()
        self.found += [f"{name} {where}" for name in NAMES if name in text]

    def look_at_the_disk(self) -> None:
        """Note every name in any file and in any file's name."""
        for path in self.folder.rglob("*"):
            self.look(str(path).encode(), "as a file's name")
            if path.is_file():
                self.look(path.read_bytes(), f"in {path.name}")


@pytest.fixture
def leaks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Leaks:
    """Return what has looked at every byte written since the test began."""
    watch = Leaks(tmp_path)
    monkeypatch.setattr(os, "write", watch.write)
    return watch


def record_of(stage: Stage) -> dict[str, Any]:
    """Return the one record in the data folder, as JSON that follows its schema."""
    (path,) = stage.data.glob("sessions/*/session.json")
    found: dict[str, Any] = json.loads(path.read_bytes())
    Draft202012Validator(schema()).validate(found)
    return found


async def prepare(stage: Stage) -> None:
    """Choose the plan on Home and fill in the form."""
    await stage.mark("plan:lunch-and-learn")
    await stage.press("enter")
    await stage.until(lambda: isinstance(stage.app.screen, PrepareScreen))
    await stage.type("24")
    await stage.press("tab", "tab", "tab")
    assert stage.app.focused is stage.app.screen.query_one("#title", Input)
    await stage.type("Lunch in May")
    await stage.press(*["tab"] * 8)
    assert stage.app.focused is stage.app.screen.query_one("#roster", TextArea)
    await stage.paste(ROSTER)
    assert "It fits as it is." in stage.words
    stage.only_mine()
    await stage.press("ctrl+g")
    await stage.until(lambda: isinstance(stage.app.screen, LiveScreen))
    assert "24 here" in stage.text


async def open_the_circle(stage: Stage) -> None:
    """Count heads at the door, welcome, and agree, with one agreement added and one reworded."""
    await stage.press("x", "1", "1", "2", "3", "3", "3")
    assert "6 of 24 counted" in stage.text
    await stage.press("enter")
    await stage.press("n")
    await stage.pass_time(4 * 60)
    await stage.press("n")
    assert "k adopted · o our own · w wording · a the group says no" in stage.words
    await stage.enter("o", "One voice at a time")
    await stage.enter("w", "2 Say what is true for you")
    await stage.press("k")
    assert stage.said == "The agreements are adopted. Who agreed is not kept."
    assert "2 Say what is true for you" in stage.text
    await stage.press("1")
    assert stage.said == "Named: Stay engaged."
    await stage.press("2")
    assert stage.said == "Named: Say what is true for you."
    await stage.pass_time(8 * 60)


async def bend_the_plan(stage: Stage) -> None:
    """Overrun a step, pause, extend, go back, drop one, and take the last thing back."""
    await stage.press("n")
    await stage.pass_time(3 * 60 + 40)
    assert "over 3:00" in stage.text
    await stage.press("n", "d")
    assert stage.said == "“Compass, in silence” is dropped. u takes it back."
    assert stage.session.state.step == "pairs"
    await stage.pass_time(2 * 60)
    await stage.press("space")
    await stage.pass_time(90)
    assert "PAUSED" in stage.text
    await stage.press("space", "plus")
    assert "of 8:00" in stage.text
    await stage.pass_time(5 * 60)
    await stage.press("n", "b")
    assert stage.said == "Back again. Its time goes on where it was."
    assert stage.session.state.spent["pairs"] == 7 * 60
    await stage.press("3")
    assert stage.said == "Named: Experience discomfort."
    await stage.press("u")
    assert stage.said == "Taken back: naming an agreement."


async def keep_words(stage: Stage) -> None:
    """Keep five notes, one of them with a name and tags, a parked question and a commitment."""
    await stage.enter("t", "Quiet at first, then open")
    await stage.press("n")
    await stage.press("t")
    await stage.type("Wilhelmina said the unit is tired #a2 #c1")
    assert "will be kept as: [colleague 1] said the unit is tired" in stage.words
    await stage.press("enter")
    assert stage.said == "Noted, with 1 name hidden."
    await stage.pass_time(5 * 60)
    await stage.enter("t", "Who is heard in meetings #f")
    await stage.enter("t", "Rank and race are hard to keep apart #c2")
    await stage.enter("t", "This one is struck again")
    await stage.enter("p", "What does HR do with this?")
    await stage.enter("g", "We open the Monday round to all")


async def end_the_hour(stage: Stage) -> None:
    """Run what is left, count the closing sheet, and go on to the review."""
    for step, minutes in (("triads", 12), ("read-back", 6), ("one-word-together", 3)):
        await stage.press("n")
        assert stage.session.state.step == step
        await stage.pass_time(minutes * 60)
    await stage.press("n", "x", *"45545")
    assert "5 of 24 counted" in stage.text
    await stage.press("enter", "escape")
    await stage.pass_time(3 * 60)
    await stage.press("n")
    await stage.pass_time(4 * 60)
    await stage.until_kept()
    assert record_of(stage)["state"] == "open"
    await stage.press("n", "n")
    await stage.until(lambda: "Conditions" in stage.text)


async def review_and_close(stage: Stage, leaks: Leaks) -> None:
    """Strike a line, close with two keys, and write the export."""
    assert "✓ 1 Focus on personal" in stage.text
    (struck,) = (n for n in stage.session.record.notes if n.text == "This one is struck again")
    await stage.mark(struck.id)
    await stage.press("delete")
    assert "struck again" not in stage.text
    await stage.until_kept()
    leaks.look_at_the_disk()
    assert all(b"struck again" not in path.read_bytes() for path in files_in(stage.data))
    await stage.press("n")
    await stage.until(lambda: isinstance(stage.app.screen, CloseScreen))
    assert "We open the Monday round to all" in stage.text
    await stage.press("y")
    assert stage.said == "Press c first, then y. Nothing has been closed."
    await stage.press("c", "y")
    await stage.until(lambda: isinstance(stage.app.screen, SummaryScreen))
    await stage.press("e", "enter", "y")
    await stage.until(lambda: isinstance(stage.app.screen, SummaryScreen))
    assert stage.said.startswith("Written: ")


def files_in(folder: Path) -> list[Path]:
    """Return every file below a folder."""
    return [path for path in folder.rglob("*") if path.is_file()]


async def test_the_lunch_runs_from_home_to_its_export(staged: Open, leaks: Leaks) -> None:
    """Every decision is a key, the record follows its schema, and no name is ever written."""
    async with staged() as stage:
        for part in (prepare, open_the_circle, bend_the_plan, keep_words, end_the_hour):
            await part(stage)
            leaks.look_at_the_disk()
        await review_and_close(stage, leaks)
        leaks.look_at_the_disk()
        assert leaks.written_bytes > 0
        assert leaks.found == []
        closed = record_of(stage)
        (export,) = (stage.data / "exports").iterdir()
        await stage.press("escape")
        assert "✓ 2026-11-22  Lunch in May" in stage.text
    check_the_record(closed)
    check_the_export(export.read_text("utf-8"))


def check_the_record(record: dict[str, Any]) -> None:
    """Look for everything that was done in the closed record."""
    assert record["state"] == "closed"
    assert record["agreements"]["adopted"] is True
    assert [one["text"] for one in record["agreements"]["house"]] == ["One voice at a time"]
    assert [one["text"] for one in record["agreements"]["wordings"]] == ["Say what is true for you"]
    assert len(record["notes"]) == 4
    (named,) = (note for note in record["notes"] if note.get("hidden"))
    assert named["text"] == "[colleague 1] said the unit is tired"
    assert [one["text"] for one in record["parked"]] == ["What does HR do with this?"]
    assert len(record["group_commitments"]) == 1
    steps = {step["id"]: step for step in record["steps"]}
    assert steps["compass"]["outcome"] == "dropped"
    assert steps["conditions"]["actual_seconds"] == 3 * 60 + 40
    assert steps["pairs"]["visits"] == 2
    assert record["elapsed"]["paused_seconds"] == 90
    assert "timeline" not in record
    assert {answers["ask"]: len(answers["items"]) for answers in record["answers"]} == {
        "practice": 6,
        "useful": 5,
    }


def check_the_export(text: str) -> None:
    """Look for what the group agreed and kept in the export, and for no more than may leave."""
    assert "One voice at a time" in text
    assert "We open the Monday round to all" in text
    assert "24 people" not in text


async def test_a_closed_record_is_shown_again_from_home(staged: Open, leaks: Leaks) -> None:
    """What was closed is opened read-only from the list, and its folder holds the record alone."""
    async with staged() as stage:
        await prepare(stage)
        await stage.press("r")
        await stage.until(lambda: "Conditions" in stage.text)
        await stage.press("n", "c", "y")
        await stage.until(lambda: isinstance(stage.app.screen, SummaryScreen))
        await stage.press("escape")
        header = stage.app.desk.store.headers()[0]
        assert [path.name for path in header.path.parent.iterdir()] == ["session.json"]
        await stage.mark(f"session:{header.id}")
        await stage.press("enter")
        await stage.until(lambda: isinstance(stage.app.screen, SummaryScreen))
        assert SessionFolder(header.path.parent).read().title == "Lunch in May"
        leaks.look_at_the_disk()
        assert leaks.found == []
