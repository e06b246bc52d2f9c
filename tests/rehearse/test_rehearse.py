"""A rehearsal is a whole session: what its room was told is kept is what the record holds."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from agreements.library import open_library
from dialogue.reception import Reception
from dialogue.rehearse.facilitator import Facilitator
from dialogue.rehearse.rehearsal import AskRehearsed, Rehearsed, Wanted, rehearse
from dialogue.rehearse.texts import REFLECTIONS, made_up
from dialogue.web.door import Receipt
from sessions.ballots import BOX_NAME
from sessions.document import ClosedRecord
from sessions.errors import CommandRefusedError
from sessions.export.markdown import escaped
from sessions.export.registry import format_named
from sessions.learning import suggestions
from sessions.store import Store, read_record
from sessions.summarise import summary_of
from sessions.text import paragraph
from sessions.tongues import language_of
from tests.rehearse.conftest import AWKWARD, FIRST_SHEET, SECOND_SHEET, Try

ALL_ASKS = {ask.id for ask in FIRST_SHEET + SECOND_SHEET}


def closed(rehearsed: Rehearsed) -> ClosedRecord:
    """Return the record that a rehearsal ended with."""
    record = read_record(rehearsed.path)
    assert isinstance(record, ClosedRecord)
    return record


@pytest.mark.parametrize("heads", [8, pytest.param(24, marks=pytest.mark.slow)])
async def test_what_was_acknowledged_is_what_was_kept(tried: Try, heads: int) -> None:
    """For every ask of every seed the answers told to be kept and those kept are one multiset."""
    for seed in range(5):
        rehearsed = await tried(heads=heads, seed=seed, keep_names=True, texts=AWKWARD)
        assert rehearsed.lost(names_kept=True) == ()
        assert {one.ask for one in rehearsed.asks} == ALL_ASKS
        told = sum((one.acknowledged for one in rehearsed.asks), Counter())
        assert told.total() == rehearsed.acknowledged > 0


async def test_the_same_seed_plays_the_same_room(tried: Try) -> None:
    """Two runs of a seed send and acknowledge the same; another seed plays another room."""
    first, second, other = [await tried(heads=12, seed=seed, keep_names=True) for seed in (3, 3, 4)]
    assert (first.sent, first.acknowledged) == (second.sent, second.acknowledged)
    assert [one.acknowledged for one in first.asks] == [one.acknowledged for one in second.asks]
    assert [one.acknowledged for one in first.asks] != [one.acknowledged for one in other.asks]


async def test_some_come_too_late(tried: Try) -> None:
    """In a room of some size not everything that is sent comes in time, and most does."""
    rehearsed = await tried(heads=40)
    assert 0.85 * rehearsed.sent < rehearsed.acknowledged < rehearsed.sent


# promise 27
async def test_nobody_reads_what_fewer_than_five_wrote(tried: Try) -> None:
    """With five people, an ask that one of them passed is not opened, and not a word is kept."""
    unread = 0
    for seed in range(4):
        rehearsed = await tried(heads=5, seed=seed, keep_names=True)
        assert rehearsed.lost(names_kept=True) == ()
        for one in rehearsed.asks:
            assert one.opened == (one.acknowledged.total() == 5)
            assert one.kept.total() in (0, 5)
            unread += not one.opened
    assert unread > 0


async def test_a_room_of_four_is_asked_aloud(tried: Try) -> None:
    """Where fewer than five could write, no sheet opens, and the session ends all the same."""
    rehearsed = await tried(heads=4)
    assert (rehearsed.sent, rehearsed.acknowledged, rehearsed.asks) == (0, 0, ())
    assert closed(rehearsed).answers == ()


async def test_it_ends_closed_watermarked_and_tidy(tried: Try, wanted: Wanted) -> None:
    """A rehearsal leaves one closed record that says what it is: no box, no key, no lock."""
    rehearsed = await tried()
    record = closed(rehearsed)
    assert record.rehearsal
    assert record.agreements.adopted
    assert record.conditions == ("isolate-race",)
    assert rehearsed.path.parent.name == rehearsed.id
    assert [path.name for path in rehearsed.path.parent.iterdir()] == [rehearsed.path.name]
    assert not [path for path in wanted.places.config.rglob("*") if path.is_file()]
    assert b"This was a rehearsal." in format_named("md").render(summary_of(record))


async def test_it_counts_nowhere(tried: Try, wanted: Wanted) -> None:
    """A rehearsal is in no list of sessions, and nothing is learned from it."""
    rehearsed = await tried()
    store = Store(wanted.places.data)
    assert store.headers() == []
    assert list(store.closed_records()) == []
    assert suggestions(wanted.plan, [closed(rehearsed)] * 5) == ()
    assert store.find(rehearsed.id).path == rehearsed.path


async def test_names_are_hidden_unless_they_are_to_be_kept(tried: Try) -> None:
    """A name of the roster is not in the record; with names kept, it is compared as it stands."""
    named = tuple(text for text in REFLECTIONS if "Okafor" in text)
    hidden = await tried(texts=named)
    assert "Okafor" not in hidden.path.read_text(encoding="utf-8")
    assert hidden.lost(names_kept=False) == ()
    assert set(hidden.lost(names_kept=True)) == {"heard", "keeps"}
    assert (await tried(texts=named, keep_names=True)).lost(names_kept=True) == ()


async def test_an_answer_that_is_acknowledged_and_not_kept_is_found(
    tried: Try, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A door that says "received" without keeping anything is caught by the comparison."""

    async def claim(*_args: object, **_kwargs: object) -> Receipt:
        return Receipt("received")

    monkeypatch.setattr(Reception, "receive", claim)
    rehearsed = await tried()
    assert set(rehearsed.lost(names_kept=False)) == ALL_ASKS


def test_more_than_was_acknowledged_is_found_too() -> None:
    """An answer in the record that nobody was told of makes the comparison fail."""
    one = AskRehearsed("heard", opened=True, acknowledged=Counter("aab"), kept=Counter("aabb"))
    unread = AskRehearsed("card", opened=False, acknowledged=Counter("aaaaa"), kept=Counter())
    rehearsed = Rehearsed("id", __file__, 9, 8, (one, unread))  # type: ignore[arg-type]
    assert rehearsed.lost(names_kept=True) == ("heard", "card")


async def test_a_failure_leaves_the_session_and_the_box_as_they_are(
    wanted: Wanted, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When the facilitator stumbles, the error comes through and the session can be resumed."""

    def stumble(*_args: object) -> None:
        raise CommandRefusedError("She stumbled.")

    monkeypatch.setattr(Facilitator, "_look_at", stumble)
    with pytest.raises(CommandRefusedError, match=r"She stumbled\."):
        await rehearse(replace(wanted))
    folders = list((wanted.places.data / "rehearsals").iterdir())
    assert len(folders) == 1
    assert sorted(path.suffix for path in folders[0].iterdir()) == [".json", ".json"]
    assert not (folders[0] / BOX_NAME).exists()


async def test_a_spanish_hour_is_a_whole_session(tried: Try) -> None:
    """A room that writes Spanish gets through the shipped hour, and only Spanish words leave it.

    What is in a language of few leaves only as the facilitator wrote it down, as its page says.
    """
    spanish = open_library(paragraph, language="es")
    plan = spanish.plan("lunch-and-learn")
    rehearsed = await tried(library=spanish, plan=plan, heads=12, keep_names=True)
    assert rehearsed.lost(names_kept=True) == ()
    record = closed(rehearsed)
    assert (record.language, record.plan.language, record.protocol.language) == ("es", "es", "es")
    summary = summary_of(record)
    told = format_named("md").render(summary).decode()
    written = {item.text for answers in record.answers for item in answers.items if item.text}
    assert written
    quoted = {text for text in written if escaped(text) in told}
    assert {language_of(text) for text in quoted} <= {"es"}  # by chance it may be nobody
    assert written & set(made_up("es").reflections) == written
    assert "Decir tu verdad" in told
