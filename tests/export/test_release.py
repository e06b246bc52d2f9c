"""A session leaves: frozen at the first export, the same for ever after."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pyrage import x25519

from sessions import disk
from sessions.document import ClosedRecord, OpenRecord, RunningClock, to_json
from sessions.errors import (
    CommandRefusedError,
    FileMissingError,
    SessionLockedError,
    StorageError,
)
from sessions.export.registry import FORMATS
from sessions.export.report import Spoken
from sessions.facts import FollowUp
from sessions.lock import SessionLock
from sessions.release import Order, export_session, release, write_exports
from sessions.standing import seen_to, stood
from sessions.store import read_record
from sessions.timeline import SessionOpened

MARKDOWN = FORMATS["md"]


@pytest.fixture
def path(hard_record: ClosedRecord, tmp_path: Path) -> Path:
    """Return the file of a closed record that was never exported."""
    path = tmp_path / "session.json"
    path.write_bytes(to_json(hard_record))
    return path


def test_the_first_export_freezes_the_summary(path: Path) -> None:
    """The record holds the Summary afterwards, and is otherwise as it was."""  # promise 18
    before = read_record(path)
    released = release(path)
    record = read_record(path)
    assert isinstance(record, ClosedRecord)
    assert record.summary == released.summary
    assert record.model_copy(update={"summary": None}) == before


def test_a_later_export_tells_what_the_first_one_told(path: Path) -> None:
    """Words that left the record after the first export change nothing in the second."""
    first = release(path)  # promise 18
    record = read_record(path)
    path.write_bytes(to_json(record.model_copy(update={"notes": (), "answers": ()})))
    before = path.read_bytes()
    assert release(path) == first
    assert path.read_bytes() == before


def test_what_a_later_export_adds_is_frozen_too(path: Path) -> None:
    """How a commitment stood and who sees to it, told by a second export, stays for the third."""
    release(path)  # promise 18
    record = read_record(path)
    assert isinstance(record, ClosedRecord)
    kept = stood(seen_to(record, 1, role="HR"), 1, FollowUp(after_days=30, state="kept"))
    path.write_bytes(to_json(kept))
    with SessionLock(path.parent), pytest.raises(SessionLockedError):
        release(path, SessionLock(path.parent))
    second = release(path, SessionLock(path.parent))
    told = read_record(path)
    assert isinstance(told, ClosedRecord)
    assert told.summary == second.summary != record.summary
    with pytest.raises(CommandRefusedError, match="how this stood after 30 days"):
        stood(told, 1, FollowUp(after_days=30, state="not-yet"))
    with pytest.raises(CommandRefusedError, match="who sees to this"):
        seen_to(told, 1, role="The unit")
    assert release(path) == second


def test_an_open_session_leaves_in_part(hard_record: ClosedRecord, tmp_path: Path) -> None:
    """It is marked as partial, holds nothing that anybody said, and nothing is frozen."""
    # promise 18
    moment = datetime(2026, 11, 22, 17, tzinfo=UTC)
    shared = set(OpenRecord.model_fields) & set(ClosedRecord.model_fields) - {"state"}
    record = OpenRecord(
        **{name: getattr(hard_record, name) for name in shared},
        clock=RunningClock(opened=moment, at=0, wall=moment),
        timeline=(SessionOpened(at=0, heads=24),),
    )
    path = tmp_path / "session.json"
    path.write_bytes(to_json(record))
    released = release(path)
    summary = released.summary
    assert summary.partial
    assert released.stem.endswith("-partial")
    assert path.read_bytes() == to_json(record)
    said = (summary.themes, summary.questions, summary.quotes, summary.parked)
    assert (*said, summary.commitments, summary.house_agreements) == ((),) * 6
    assert (summary.heads, summary.heads_least, summary.heads_most) == ("", None, None)
    assert any("leaves after its close" in line for line in summary.privacy)
    assert b"still open" in write_exports(released, Order([MARKDOWN], tmp_path))[0].read_bytes()


def test_a_session_that_is_locked_elsewhere_is_not_frozen(path: Path) -> None:
    """While another program holds the session nothing is written over its record."""
    before = path.read_bytes()
    with SessionLock(path.parent), pytest.raises(SessionLockedError):
        release(path, SessionLock(path.parent))
    assert path.read_bytes() == before


def test_a_frozen_session_leaves_without_a_lock(path: Path) -> None:
    """Reading what is frozen writes nothing, so nobody has to wait for it."""
    first = release(path)
    with SessionLock(path.parent):
        assert release(path, SessionLock(path.parent)) == first


def test_a_link_to_a_record_stays_a_link(path: Path, tmp_path: Path) -> None:
    """Freezing replaces the record itself, not the name that leads to it."""
    link = tmp_path / "linked.json"
    link.symlink_to(path)
    release(link)
    assert link.is_symlink()
    record = read_record(path)
    assert isinstance(record, ClosedRecord)
    assert record.summary is not None


def test_the_file_is_named_by_day_title_and_id(path: Path, tmp_path: Path) -> None:
    """The name holds nothing that a file system or a shell would obey."""  # promise 38
    written = write_exports(release(path), Order([MARKDOWN], tmp_path / "out" / "deeper"))[0]
    assert written.name == "2026-11-22-1-lunch-http-x-learn-i-2j-1-0000.md"
    assert written.read_bytes() == MARKDOWN.render(release(path).summary)


def test_a_forged_summary_cannot_choose_where_to_write(path: Path, tmp_path: Path) -> None:
    """A frozen title or day that holds a path does not lead out of the folder."""  # promise 38
    frozen = release(path).summary
    record = read_record(path)
    forged = frozen.model_copy(update={"title": "../../\x1b[2Jx", "held_on": "../../../y"})
    path.write_bytes(to_json(record.model_copy(update={"summary": forged})))
    written = write_exports(release(path), Order([MARKDOWN], tmp_path / "out"))[0]
    assert written.parent == tmp_path / "out"
    assert written.name == "2026-11-22-2jx-0000.md"
    assert b"\x1b" not in written.read_bytes()


def test_the_same_export_twice_is_one_file(path: Path, tmp_path: Path) -> None:
    """A second export to the same place finds its file there and is content."""
    first = write_exports(release(path), Order([MARKDOWN], tmp_path))[0]
    assert write_exports(release(path), Order([MARKDOWN], tmp_path))[0] == first


def test_a_different_file_is_never_overwritten(path: Path, tmp_path: Path) -> None:
    """Somebody's own page or folder of that name stays, and the export has the next free number."""
    released = release(path)
    target = write_exports(released, Order([MARKDOWN], tmp_path))[0]
    target.write_bytes(b"my own words")
    (tmp_path / f"{released.stem}-2.md").mkdir()
    again = [write_exports(released, Order([MARKDOWN], tmp_path))[0] for _ in range(2)]
    assert [one.name for one in again] == [f"{released.stem}-3.md"] * 2
    assert target.read_bytes() == b"my own words"


def test_every_kind_of_export_finds_a_name_in_one_folder(path: Path, tmp_path: Path) -> None:
    """Language and paper are in the name; what is known later, or encrypted again, has a number."""
    docx, spanish = FORMATS["docx"], lambda _own: Spoken("es")
    key = str(x25519.Identity.generate().to_public())
    first = release(path)
    names: list[str] = []

    def wrote(*orders: Order) -> None:
        for order in orders:
            (file,) = export_session(path, order)
            names.append(file.name.removeprefix(first.stem))

    plain = Order([MARKDOWN], tmp_path)
    wrote(plain, replace(plain, spoken=spanish), replace(plain, spoken=spanish, paper="letter"))
    wrote(Order([docx], tmp_path), Order([docx], tmp_path, paper="letter", edition="board"))
    wrote(*[replace(plain, to_key=key)] * 2, Order([FORMATS["json"]], tmp_path, spoken=spanish))
    record = read_record(path)
    assert isinstance(record, ClosedRecord)
    path.write_bytes(to_json(stood(record, 1, FollowUp(after_days=30, state="kept"))))
    wrote(plain, plain)
    assert names == [
        *(".md", "-es.md", "-es.md", ".docx", "-board-letter.docx"),
        *(".md.age", "-2.md.age", ".json", "-2.md", "-2.md"),
    ]


def test_a_record_that_is_not_there_is_said_to_be_missing(tmp_path: Path) -> None:
    """Nothing is created in its place."""
    with pytest.raises(FileMissingError):
        release(tmp_path / "none.json")
    assert list(tmp_path.iterdir()) == []


def test_without_freezing_there_is_no_export(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the Summary cannot be kept, nothing leaves: two exports might differ."""

    def full(*_given: object) -> None:
        raise StorageError("There is no space left.")

    monkeypatch.setattr(disk, "write_all", full)
    with pytest.raises(StorageError):
        release(path)
