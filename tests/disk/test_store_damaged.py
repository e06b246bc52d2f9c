"""Records that are damaged, newer or no records: said, listed, and never written over.

Touches: disk, below `tmp_path`.
"""

from __future__ import annotations

import pytest

from sessions.document import to_json
from sessions.errors import (
    FileMissingError,
    RecordDamagedError,
    RecordTooNewError,
    SessionLockedError,
    StorageError,
)
from sessions.lock import SessionLock
from sessions.store import DAMAGED_NAME, RECORD_NAME, SessionFolder, Store
from tests.plugin_sessions import Make, changed, kept, put


def sentence_of(error: pytest.ExceptionInfo[StorageError]) -> str:
    """Return what is said, which must be fit to be shown."""
    sentence = error.value.sentence
    assert sentence.isprintable()
    assert sentence.endswith(".")
    return sentence


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{",
        b'{"format": "dialogue-session", "version": 1, "state": "open"',
        b"\x00" * 4096,
        b"\xff\xfe{\x00}\x00",
        b"[]",
        b'"dialogue-session"',
        b"{}",
        b'{"format": "something else", "version": 1}',
        b'{"format": "dialogue-session"}',
        b'{"format": "dialogue-session", "version": "1"}',
        b'{"format": "dialogue-session", "version": 0}',
        b'{"format": "dialogue-session", "version": true, "state": "open"}',
        b'{"format": "dialogue-session", "version": 1e999}',
        b'{"format": "dialogue-session", "version": 1, "state": "open"}',
        b'{"format": "dialogue-session", "version": 1, "state": "half"}',
        b"[" * 100_000,
        b'{"a":' * 100_000,
    ],
    ids=range(18),
)
def test_what_is_no_record_is_called_damaged_and_left_alone(store: Store, data: bytes) -> None:
    """Half a file, another program's JSON, or no JSON: said in a sentence, and never changed."""
    folder = put(store, "2026-11-22-odd", data)
    with pytest.raises(RecordDamagedError) as error:
        folder.read()
    sentence_of(error)
    assert store.headers()[0].path == folder.path
    with pytest.raises(StorageError):
        folder.set_aside_damaged()
    assert folder.path.read_bytes() == data
    assert [path.name for path in folder.folder.iterdir()] == [RECORD_NAME]


def test_a_missing_file_is_said_to_be_missing(store: Store) -> None:
    """A folder without a record is not listed, and reading it says what is missing."""
    (store.sessions / "empty").mkdir(parents=True)
    assert store.headers() == []
    with pytest.raises(FileMissingError) as error:
        SessionFolder(store.sessions / "empty").read()
    assert RECORD_NAME in sentence_of(error)


def test_a_wrong_field_never_shows_what_the_record_says(store: Store, make: Make) -> None:
    """The sentence about a damaged record quotes none of its words."""
    # promise 4
    data = changed(make("CANARY-title"), notes=[{"id": "CANARY-note", "text": "CANARY-text"}])
    folder = put(store, "2026-11-22-odd", data)
    with pytest.raises(RecordDamagedError) as error:
        folder.read()
    chain = f"{error.value!r}{error.value.__cause__!r}"
    assert "CANARY" not in chain


def test_a_damaged_record_offers_the_version_before(store: Store, make: Make) -> None:
    """It is said that the version before is there; taking it keeps the damaged one beside it."""
    folder = kept(store, make("first"))
    folder.write(make("second"))
    torn = to_json(make("third"))[:500]
    folder.path.write_bytes(torn)
    with pytest.raises(RecordDamagedError, match="The version before it is still there"):
        folder.read()
    folder.set_aside_damaged()
    assert folder.read().title == "first"
    assert (folder.folder / DAMAGED_NAME).read_bytes() == torn


def test_a_second_damage_does_not_overwrite_the_first(store: Store, make: Make) -> None:
    """Each damaged record stays, under a name of its own."""
    folder = kept(store, make("first"))
    folder.write(make("second"))
    for torn in (b"{1", b"{2", b"{3"):
        folder.path.write_bytes(torn)
        folder.set_aside_damaged()
    stay = sorted(path for path in folder.folder.iterdir() if "damaged" in path.name)
    assert [path.read_bytes() for path in stay] == [b"{2", b"{3", b"{1"]


def test_a_whole_record_is_never_set_aside(store: Store, make: Make) -> None:
    """Asked by mistake, a whole record stays where it is."""
    folder = kept(store, make("first"))
    folder.write(make("second"))
    folder.set_aside_damaged()
    assert folder.read().title == "second"
    assert not (folder.folder / DAMAGED_NAME).exists()


def test_a_record_that_another_program_holds_is_never_set_aside(store: Store, make: Make) -> None:
    """Only the holder of the lock writes, here too."""
    # promise 36
    folder = kept(store, make("first"))
    folder.write(make("second"))
    folder.path.write_bytes(b"{")
    with SessionLock(folder.folder), pytest.raises(SessionLockedError):
        folder.set_aside_damaged()
    assert folder.path.read_bytes() == b"{"


def test_a_newer_record_is_read_by_nobody_and_changed_by_nobody(store: Store, make: Make) -> None:
    """A record of a later version says so, is listed as such, and keeps every byte."""
    data = changed(make("From tomorrow"), version=2, something_new={"a": 1})
    folder = put(store, "2026-11-22-newer", data)
    with pytest.raises(RecordTooNewError) as error:
        folder.read()
    assert "newer dialogue (format 2; this program knows 1)" in sentence_of(error)
    with pytest.raises(RecordTooNewError):
        folder.set_aside_damaged()
    header = store.headers()[0]
    assert (header.state, header.title) == ("newer", "From tomorrow")
    assert folder.path.read_bytes() == data
