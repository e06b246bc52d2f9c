"""A rehearsal with seat cards: everybody has one, all are heard, and no card leaves a trace."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dialogue.reception import Reception
from dialogue.rehearse.rehearsal import Wanted, rehearse
from sessions.cards import CardFolder, draw
from sessions.codes import code_hash, code_shown
from sessions.document import ClosedRecord
from sessions.envelopes import card_mark
from sessions.keys import KeyFolder
from sessions.seating import Admission
from sessions.sheet_desk import SheetDesk
from sessions.store import read_record


@pytest.fixture
def carded(wanted: Wanted) -> Wanted:
    """Return what to rehearse, with a card for everybody."""
    return wanted.with_cards()


def files_of(wanted: Wanted) -> dict[str, bytes]:
    """Return every file in the two folders."""
    roots = (wanted.places.data, wanted.places.config)
    files = (path for root in roots for path in root.rglob("*") if path.is_file())
    return {str(path): path.read_bytes() for path in files}


def spellings(wanted: Wanted) -> list[bytes]:
    """Return how the codes may stand in a file."""
    typed = [form for code in wanted.codes for form in (code, code_shown(code), code.lower())]
    forms = [text.encode() for text in typed] + [text.encode("utf-16-le") for text in typed]
    return forms + [code.encode().hex().encode() for code in wanted.codes]


def hits(wanted: Wanted) -> list[str]:
    """Return the files that hold a code."""
    found = files_of(wanted).items()
    return [path for path, data in found if any(form in data for form in spellings(wanted))]


# promise 9
async def test_a_room_with_cards_is_heard_whole(wanted: Wanted) -> None:
    """What the phones were told is kept is what the record holds, and the setting says cards."""
    rehearsed = await rehearse(replace(wanted, heads=16).with_cards())
    assert rehearsed.lost(names_kept=False) == ()
    assert all(one.opened for one in rehearsed.asks)
    assert rehearsed.acknowledged > 30
    record = read_record(rehearsed.path)
    assert isinstance(record, ClosedRecord)
    assert record.setting.seat_cards


async def test_without_a_card_nobody_is_heard(carded: Wanted) -> None:
    """A room that holds other cards sends nothing, and the sheets never open."""
    rehearsed = await rehearse(replace(carded, codes=carded.with_cards().codes))
    assert (rehearsed.sent, rehearsed.acknowledged) == (0, 0)


# promise 8
async def test_no_code_and_no_mark_is_left(
    carded: Wanted, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """No file holds a code at any close or at the end, nor what a card's answers were marked by."""
    keys: list[bytes] = []
    at_close: list[list[str]] = []
    finish = SheetDesk.finish

    def look_first(desk: SheetDesk) -> object:
        keys.extend(KeyFolder(carded.places.config).load(desk.session.folder.name).values())
        at_close.append(hits(carded))
        return finish(desk)

    monkeypatch.setattr(SheetDesk, "finish", look_first)
    await rehearse(carded)
    assert carded.batch is not None
    key = carded.batch.key
    marks = [card_mark(ask, code_hash(key, code)) for ask in keys for code in carded.codes]
    held = b"".join(files_of(carded).values())
    assert at_close == [[], []]
    assert len(marks) == 7 * 8
    assert not any(form in held for mark in marks for form in (mark, mark.hex().encode()))
    assert hits(carded) == []
    said = capfd.readouterr()
    assert not any(form in (said.out + said.err).encode() for form in spellings(carded))


# promise 8
async def test_a_list_of_codes_would_be_found(
    carded: Wanted, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With a list of who has shown a card planted in the data folder the same look finds it."""
    here = Reception.seat_is_here
    listed = carded.places.data / "shown.txt"

    def list_it(door: Reception, seat: str, code: str = "") -> Admission:
        with listed.open("a", encoding="utf-8") as file:
            file.write(f"{seat} {code}\n")
        return here(door, seat, code)

    monkeypatch.setattr(Reception, "seat_is_here", list_it)
    await rehearse(carded)
    assert hits(carded) == [str(listed)]


async def test_a_rehearsal_leaves_the_printed_cards_alone(carded: Wanted) -> None:
    """Its cards are its own, and go with it; those in the bowl wait for a real session."""
    cards = CardFolder(carded.places.config)
    printed = draw(9)[0]
    cards.keep(printed)
    await rehearse(carded)
    assert cards.waiting() == printed
    assert len(cards.held()) == 1
