"""A programme is gathered: which files count, which do not and why, and what the index keeps."""

from __future__ import annotations

import json
import os
import sqlite3
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from agreements.library import open_library
from sessions.document import ClosedRecord, OpenRecord, to_json
from sessions.errors import CommandRefusedError, FileMissingError
from sessions.export.registry import FORMATS
from sessions.gathering import gather as gathering
from sessions.gathering import index as index_module
from sessions.gathering.files import REASONS
from sessions.gathering.gather import Gathered, gather
from sessions.gathering.index import NAME
from sessions.store import RECORD_NAME, read_record
from sessions.summarise import freeze, summarise
from sessions.text import paragraph

RECORDS = Path(__file__).parents[1] / "data" / "records"
CANARY = "kanarienvogel"


def closed(number: int, **changes: Any) -> ClosedRecord:  # noqa: ANN401
    """Return a closed record of its own."""
    record = read_record(RECORDS / "v1-closed.json")
    assert isinstance(record, ClosedRecord)
    about = {"id": f"{number + 1:032x}", "title": f"{CANARY} {number}", "rehearsal": False}
    return record.model_copy(update={**about, **changes})


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with four records and two shares of different sessions."""
    place = tmp_path / "given"
    for number in range(4):
        (place / f"session {number}").mkdir(parents=True)
        (place / f"session {number}" / RECORD_NAME).write_bytes(to_json(closed(number)))
    for number in (4, 5):
        (place / f"share {number}.json").write_bytes(share(closed(number)))
    return place


def share(record: ClosedRecord) -> bytes:
    """Return what travels to an organizer."""
    return FORMATS["json"].render(summarise(record))


def reasons(gathered: Gathered) -> dict[str, str]:
    """Return why files were not counted, by their names."""
    return {path.name: why for path, why in gathered.left_out}


def test_records_and_shares_are_counted_alike(folder: Path, tmp_path: Path) -> None:
    """Whether a record or its share is given, the programme is the same to the byte."""
    shares = tmp_path / "shares"
    shares.mkdir()
    for number in range(6):
        (shares / f"{9 - number}.json").write_bytes(share(closed(number)))
    first, second = gather([folder]), gather([shares])
    assert first.programme.sessions == 6
    for one in FORMATS.values():
        assert one.render(first.programme) == one.render(second.programme)


def test_a_session_counts_once(folder: Path) -> None:
    """Of two files of one session the one that knows more of later is taken; a copy is none."""
    record = closed(0)
    (asked,) = record.leadership_asks[:1] or (None,)
    later = freeze(record)
    (folder / "again.json").write_bytes(to_json(later))
    (folder / "copy.json").write_bytes((folder / "session 1" / RECORD_NAME).read_bytes())
    gathered = gather([folder, folder, folder / "again.json"])
    assert gathered.programme.sessions == 6
    assert gathered.programme.twice == 2
    assert gathered.left_out == ()
    assert asked is None or gathered.programme.asks >= 1


def test_what_an_earlier_version_froze_counts_once(folder: Path) -> None:
    """Its Summary does not say which session it is of; beside a share of that session it is one."""
    frozen = freeze(closed(4))
    assert frozen.summary is not None
    without = frozen.summary.model_copy(update={"session": ""})
    old = frozen.model_copy(update={"summary": without})
    (folder / "old.json").write_bytes(to_json(old))
    gathered = gather([folder])
    assert (gathered.programme.sessions, gathered.programme.twice) == (6, 1)
    (folder / "share 4.json").unlink()
    alone = gather([folder])
    assert (alone.programme.sessions, alone.left_out) == (6, ())


def test_the_index_changes_nothing(folder: Path, tmp_path: Path) -> None:
    """The first run, the second and one without an index give the same programme."""
    first = gather([folder], folder=tmp_path)
    assert gather([folder], folder=tmp_path) == first == gather([folder])


def test_the_second_run_reads_few_files(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What has not changed is not read again, but for the words that are shown."""
    gather([folder], folder=tmp_path)

    def never(*_: object) -> None:
        raise AssertionError

    monkeypatch.setattr(gathering, "contribution_of", never)
    assert gather([folder], folder=tmp_path).programme.sessions == 6


def test_a_changed_file_is_read_again(folder: Path, tmp_path: Path) -> None:
    """A record that was written anew counts as it is."""
    gather([folder], folder=tmp_path)
    path = folder / "session 0" / RECORD_NAME
    path.write_bytes(to_json(closed(77)))
    os.utime(path, ns=(1, 1))
    again = gather([folder], folder=tmp_path)
    assert again.programme == gather([folder]).programme


def test_no_word_is_in_the_index(folder: Path, tmp_path: Path) -> None:
    """The index holds paths, numbers and marks: no title, no note, no question."""
    gather([folder], folder=tmp_path)
    data = (tmp_path / NAME).read_bytes()
    record = closed(0)
    words = [CANARY, record.plan.title, *(note.text for note in record.notes)]
    words += [agreement.name for agreement in record.protocol.agreements]
    words += [ask.text for step in record.plan.steps for ask in step.asks]
    assert [word for word in words if word.encode() in data] == []
    if os.name != "nt":
        assert (tmp_path / NAME).stat().st_mode & 0o077 == 0


def of_another_version(path: Path) -> None:
    """Give an index the mark of a version that does not exist."""
    base = sqlite3.connect(path)
    base.execute("PRAGMA user_version = 99")
    base.commit()
    base.close()


def with_a_forged_row(path: Path) -> None:
    """Change a figure in an index by hand."""
    base = sqlite3.connect(path)
    rows = base.execute("SELECT path, body FROM files WHERE reason = ''").fetchall()
    for at, body in rows:
        table = {**json.loads(body), "minutes": 100_000}
        base.execute("UPDATE files SET body = ? WHERE path = ?", (json.dumps(table).encode(), at))
    base.commit()
    base.close()


def without_a_table(path: Path) -> None:
    """Take the columns of an index away."""
    base = sqlite3.connect(path)
    base.executescript("DROP TABLE files; CREATE TABLE files (path BLOB PRIMARY KEY);")
    base.close()


def cut_short(path: Path) -> None:
    """Cut an index in the middle."""
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 2])


@pytest.mark.parametrize(
    "damage",
    [
        lambda path: path.write_bytes(b"not a base at all" * 99),
        lambda path: path.write_bytes(b""),
        cut_short,
        of_another_version,
        without_a_table,
        with_a_forged_row,
    ],
)
def test_a_damaged_index_is_made_again(
    damage: Callable[[Path], None], folder: Path, tmp_path: Path
) -> None:
    """Whatever became of the index, the programme is right, and the next index is whole."""
    right = gather([folder], folder=tmp_path)
    damage(tmp_path / NAME)
    assert gather([folder], folder=tmp_path) == right
    assert gather([folder], folder=tmp_path) == right
    base = sqlite3.connect(tmp_path / NAME)
    assert base.execute("PRAGMA user_version").fetchone() == (index_module.FORM,)
    base.close()


def test_an_index_that_cannot_be_kept_is_not_needed(folder: Path, tmp_path: Path) -> None:
    """Where a folder has the index's name, or another program holds it, the run goes on."""
    (tmp_path / NAME).mkdir()
    assert gather([folder], folder=tmp_path).programme.sessions == 6
    held = tmp_path / "held"
    gather([folder], folder=held)
    base = sqlite3.connect(held / NAME, isolation_level=None)
    base.execute("BEGIN EXCLUSIVE")
    assert gather([folder], folder=held).programme.sessions == 6
    base.close()


def test_files_that_are_gone_are_forgotten(folder: Path, tmp_path: Path) -> None:
    """A session that was deleted leaves the index at the next run."""
    gather([folder], folder=tmp_path)
    (folder / "share 5.json").unlink()
    gather([folder], folder=tmp_path)
    base = sqlite3.connect(tmp_path / NAME)
    assert base.execute("SELECT count(*) FROM files").fetchone() == (5,)
    base.close()


def damaged_ways() -> Iterator[tuple[str, bytes, str]]:
    """Yield files that do not count, and why."""
    whole = to_json(closed(9))
    yield "cut", whole[: len(whole) // 2], "damaged"
    table = json.loads(whole)
    yield "newer", json.dumps({**table, "version": 99}).encode(), "newer"
    yield "keys", json.dumps({**table, "surprise": 1}).encode(), "damaged"
    yield "open", to_json(still_open()), "open"
    told = json.loads(share(closed(9)))
    yield "partial", json.dumps({**told, "partial": True}).encode(), "partial"
    yield "unnamed", json.dumps({**told, "session": ""}).encode(), "unnamed"
    yield "undated", json.dumps({**told, "held_on": "in May"}).encode(), "unnamed"
    yield "endless", json.dumps({**told, "actual_minutes": 10**400}).encode(), "damaged"
    yield "crowded", json.dumps({**told, "heads_most": 10**400}).encode(), "damaged"
    yield "negative", json.dumps({**told, "heads_least": -5}).encode(), "damaged"
    yield "later", json.dumps({**told, "version": 2}).encode(), "newer"
    yield "half", share(closed(9))[:900], "damaged"
    yield "programme", b'{"format": "dialogue-programme", "version": 1}', "programme"
    yield "package", b'{"name": "left-pad", "version": "1.0.0"}', "foreign"
    yield "list", b"[1, 2, 3]", "foreign"
    yield "words", b"not json", "foreign"
    yield "nothing", b"", "foreign"
    yield "deep", b"[" * 100_000, "foreign"
    yield "binary", bytes(range(256)) * 9, "foreign"


def still_open() -> OpenRecord:
    """Return a record of a session that goes on."""
    record = read_record(RECORDS / "v1-open.json")
    assert isinstance(record, OpenRecord)
    return record


def test_what_does_not_count_is_said_with_its_reason(folder: Path) -> None:
    """Every other file is named with the reason, and nothing of what it holds is quoted."""
    for name, data, _ in damaged_ways():
        (folder / f"{name}.json").write_bytes(data)
    gathered = gather([folder])
    assert gathered.programme.sessions == 6
    wanted = {f"{name}.json": REASONS[why] for name, _, why in damaged_ways()}  # type: ignore[index]
    assert reasons(gathered) == wanted
    assert sum(one.files for one in gathered.programme.left_out) == len(wanted)


def test_shares_that_are_encrypted_are_named(folder: Path) -> None:
    """A share for somebody's key is not read, and not passed over in silence either."""
    (folder / "share.json.age").write_bytes(b"age-encryption.org/v1")
    assert reasons(gather([folder])) == {"share.json.age": REASONS["locked"]}


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_links_in_a_circle_are_not_walked(folder: Path) -> None:
    """A link to the folder itself, or to itself, ends nowhere and counts nothing twice."""
    (folder / "round").symlink_to(folder, target_is_directory=True)
    (folder / "self.json").symlink_to(folder / "self.json")
    (folder / "gone.json").symlink_to(folder / "nowhere")
    (folder / "same.json").symlink_to(folder / "share 4.json")
    gathered = gather([folder])
    assert (gathered.programme.sessions, gathered.programme.twice) == (6, 0)


@pytest.mark.skipif(sys.platform == "win32", reason="no such files there")
def test_what_is_no_file_is_left_alone(folder: Path) -> None:
    """A pipe with the name of a share is not opened, for nothing would come out of it."""
    os.mkfifo(folder / "pipe.json")
    assert gather([folder]).programme.sessions == 6


def test_a_file_that_cannot_be_read_is_named(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An error of the disk for one file leaves the others counted."""
    plain = Path.open

    def refuses(path: Path, *more: Any, **how: Any) -> Any:  # noqa: ANN401
        if path.name == "share 4.json":
            raise PermissionError(13, "no")
        return plain(path, *more, **how)

    monkeypatch.setattr(Path, "open", refuses)
    gathered = gather([folder])
    assert gathered.programme.sessions == 5
    assert reasons(gathered) == {"share 4.json": REASONS["unreadable"]}


def test_a_path_that_is_not_there_is_an_error(folder: Path) -> None:
    """A misspelt path is said, and not taken for an empty folder."""
    with pytest.raises(FileMissingError):
        gather([folder, folder / "nowhere"])


def test_rehearsals_count_only_when_they_are_asked_for(folder: Path) -> None:
    """They are left out and counted apart; asked for they come alone, and mark the programme."""
    (folder / "rehearsed.json").write_bytes(share(closed(9, rehearsal=True)))
    gathered = gather([folder])
    assert (gathered.programme.sessions, gathered.rehearsals) == (6, 1)
    assert not gathered.programme.rehearsal
    with pytest.raises(CommandRefusedError, match="Rehearsals are summed up alone"):
        gather([folder], rehearsals=True)
    asked = gather([folder / "rehearsed.json"], rehearsals=True)
    assert (asked.programme.sessions, asked.programme.rehearsal) == (1, True)


def test_a_folder_without_sessions_is_refused(tmp_path: Path) -> None:
    """There is a sentence for nothing at all, and one for only rehearsals."""
    with pytest.raises(CommandRefusedError, match="no session to count"):
        gather([tmp_path])
    (tmp_path / "one.json").write_bytes(share(closed(9, rehearsal=True)))
    with pytest.raises(CommandRefusedError, match="only rehearsals"):
        gather([tmp_path])


def test_ten_thousand_other_files_are_passed(folder: Path) -> None:
    """A folder with very many files of others is summed up, and all of them are counted."""
    for number in range(10_000):
        (folder / f"other-{number}.json").write_bytes(b'{"number": 1}')
    gathered = gather([folder])
    assert gathered.programme.sessions == 6
    assert [(one.reason, one.files) for one in gathered.programme.left_out] == [
        (REASONS["foreign"], 10_000)
    ]


def test_names_of_files_make_no_difference(folder: Path, tmp_path: Path) -> None:
    """The same files under other names, in another order, give the same bytes."""
    other = tmp_path / "other"
    other.mkdir()
    for number, path in enumerate(sorted(folder.rglob("*.json"), reverse=True)):
        (other / f"{number:03}.json").write_bytes(path.read_bytes())
    for one in FORMATS.values():
        assert one.render(gather([folder]).programme) == one.render(gather([other]).programme)


def test_several_languages_are_told(folder: Path) -> None:
    """Sessions in another language count, and their questions stand apart."""
    library = open_library(paragraph)
    assert library.protocol.language == "en"
    for number in range(10, 14):
        (folder / f"{number}.json").write_bytes(share(closed(number, language="es")))
    assert gather([folder]).programme.languages == ("en", "es")
