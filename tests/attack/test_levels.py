"""A level is its writer's word on who may read: a matrix of levels and places.

Touches: disk, below `tmp_path`; loopback.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Mapping
from pathlib import Path

import pytest
from textual.widgets import Static

from dialogue.report_page import report_page
from dialogue.tui.dialogs.answers import AnswersDialog
from dialogue.tui.safe_app import SafeApp
from dialogue.web.wire import Beat
from sessions import condense, reviewing
from sessions.errors import CommandRefusedError
from sessions.export.registry import FORMATS
from sessions.export.report import EDITIONS
from sessions.export.writing import report
from sessions.facts import Answers, Level
from sessions.payloads import LEVELS, Words
from sessions.release import Order, release, write_exports
from sessions.summarise import summary_of
from tests.attack.doors import SEAT, RealHouse, door_of
from tests.attack.screens import frame
from tests.attack.sheets import WORDS, Begin, Sheet, files_with
from tests.paper.packs import needs_poppler, words_of

MARKS: Mapping[Level, str] = {level: f"painted kettle for {level}" for level in LEVELS}
EACH = 3
"""So many people choose each level."""

ALL = set(LEVELS)
NOBODY: set[Level] = set()
ALOUD: set[Level] = {"aloud", "quote"}
QUOTE: set[Level] = {"quote"}


def levels_in(words: str) -> set[Level]:
    """Return the levels of the answers whose words stand somewhere."""
    return {level for level, mark in MARKS.items() if mark in words}


def levels_on_disk(sheet: Sheet, pattern: str) -> set[Level]:
    """Return the levels of the answers whose words are in some files, in any form."""
    root = sheet.places.data.parent
    found = {path.name for path in root.rglob(pattern) if path.is_file()}
    return {level for level, mark in MARKS.items() if found & set(files_with([mark], root))}


def write(sheet: Sheet) -> None:
    """Let people write at every level."""
    for level, mark in MARKS.items():
        for number in range(EACH):
            sheet.write("what-stays", Words(text=f"{mark} {number}", level=level))


@pytest.fixture
async def house(begin: Begin) -> AsyncIterator[RealHouse]:
    """Return the real door of a session with an open sheet, to which people have written."""
    sheet = begin((WORDS,))
    sheet.open()
    write(sheet)
    async with door_of(sheet) as house:
        yield house


async def told(house: RealHouse) -> str:
    """Return all that phones and the room view are told."""
    replies = [await house.ask("GET", path) for path in ("/", "/room", "/room/state")]
    replies.append(await house.beat(Beat(SEAT)))
    assert {reply.status for reply in replies} == {200}
    return "".join(reply.text for reply in replies)


def screens(sheet: Sheet) -> Iterator[tuple[str, set[Level]]]:
    """Yield each place of the facilitator's screens and the levels that can be read there."""
    for place, words in frame(sheet).items():
        yield place, levels_in(words)


async def reviewed(sheet: Sheet) -> set[Level]:
    """Go through the dialog in which answers are reviewed, and return what was read in it."""
    read = ""
    app = SafeApp()
    async with app.run_test(size=(80, 24)) as pilot:
        await app.push_screen(AnswersDialog(sheet.session))
        await pilot.pause()
        for _ in range(EACH * len(LEVELS)):
            read += str(app.screen.query_one("#answer", Static).content)
            await pilot.press("n")
    return levels_in(read)


async def test_while_the_sheet_is_open_nobody_reads_anything(house: RealHouse) -> None:
    """Neither a screen nor a page nor a file has a word of any level."""
    # promise 23
    sheet = house.sheet
    assert dict(screens(sheet)) == dict.fromkeys(frame(sheet), NOBODY)
    assert levels_in(await told(house)) == NOBODY
    assert await reviewed(sheet) == NOBODY
    assert levels_on_disk(sheet, "*") == NOBODY


async def test_after_the_close_of_the_sheet_the_facilitator_reads_and_nobody_else(
    house: RealHouse,
) -> None:
    """The review alone shows words, of all levels; Live, pages and room view show none."""
    # promise 23
    sheet = house.sheet
    assert sheet.close() is not None
    assert dict(screens(sheet)) == {
        place: ALL if place == "to review" else NOBODY for place in frame(sheet)
    }
    assert await reviewed(sheet) == ALL
    assert levels_in(await told(house)) == NOBODY
    assert levels_on_disk(sheet, "session.json") == ALL
    assert levels_on_disk(sheet, "*.box") == levels_on_disk(sheet, "*.key") == NOBODY


def test_what_is_for_the_facilitator_cannot_be_shared(begin: Begin) -> None:
    """The review refuses to share it, and shares what its writer let be read aloud."""
    # promise 23
    sheet = begin((WORDS,))
    sheet.open()
    write(sheet)
    sheet.close()
    for item in reviewing.to_review(sheet.session):
        if item.level == "facilitator":
            with pytest.raises(CommandRefusedError, match="did not let"):
                reviewing.apply(sheet.session, {item.id: "shared"})
        else:
            reviewing.apply(sheet.session, {item.id: "shared"})
    items = [item for one in sheet.session.facts(Answers) for item in one.items]
    assert {item.level for item in items if item.status == "shared"} == ALOUD


def closed(sheet: Sheet) -> Sheet:
    """Share what may be shared, keep the rest, and close the session."""
    sheet.open()
    write(sheet)
    sheet.close()
    items = reviewing.to_review(sheet.session)
    reviewing.apply(
        sheet.session,
        {item.id: "shared" if reviewing.may_share(item) else "kept" for item in items},
    )
    sheet.session.keep_note("The version before has answers in it too.")
    assert sheet.session._saver.flush()
    assert levels_on_disk(sheet, "session.previous.json") == ALL
    sheet.end()
    return sheet


def test_what_was_for_the_facilitator_leaves_with_the_close(begin: Begin) -> None:
    """Of the closed session one file is left, and in it no word that was for the facilitator."""
    # promise 23
    sheet = closed(begin((WORDS,)))
    assert levels_on_disk(sheet, "session.json") == ALOUD
    assert levels_on_disk(sheet, "*") == ALOUD
    assert [path.name for path in sheet.session.folder.folder.iterdir()] == ["session.json"]


def left(sheet: Sheet, tmp_path: Path) -> Iterator[tuple[str, set[Level]]]:
    """Yield each thing that leaves a session, and the levels whose words are in it."""
    summary = summary_of(sheet.session.folder.read())
    yield "the Summary", levels_in(summary.model_dump_json())
    for edition in EDITIONS:
        page = [*report_page(report(summary, edition))]
        yield f"the {edition} edition on the screen", levels_in(repr(page))
    released = release(sheet.session.folder.path)
    for name, chosen in FORMATS.items():
        path = write_exports(released, Order([chosen], sheet.places.data / "exports"))[0]
        # A PDF names its letters and not their codes: it is read as a reader reads it.
        words = words_of(path.read_bytes(), tmp_path) if name == "pdf" else ""
        yield name, levels_in(words) | levels_on_disk(sheet, path.name)


@needs_poppler
def test_only_what_may_be_quoted_leaves(begin: Begin, tmp_path: Path) -> None:
    """No Summary and no export of any format has a word that its writer did not let out."""
    # promise 23
    sheet = closed(begin((WORDS,)))
    found = dict(left(sheet, tmp_path))
    assert len(found) == len(FORMATS) + 1 + len(EDITIONS)
    assert found["the Summary"] == QUOTE, "what may be quoted leaves"
    assert {place: levels - QUOTE for place, levels in found.items()} == dict.fromkeys(
        found, NOBODY
    )


def test_an_answer_that_stays_too_long_is_found(
    begin: Begin, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In a build that keeps all levels at the close the same look finds them in the record."""
    # promise 23
    monkeypatch.setattr(condense, "at_session_close", lambda answers: answers)
    assert levels_on_disk(closed(begin((WORDS,))), "session.json") == ALL
