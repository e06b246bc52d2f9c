"""Reports are written all or none, over nothing of anybody's, and for one reader if so asked."""

from __future__ import annotations

import errno
import json
import os
import shutil
import subprocess
from typing import TYPE_CHECKING

import pyrage
import pytest
from pyrage import x25519

from sessions import disk
from sessions.errors import CommandRefusedError, StorageError
from sessions.export import typesetting
from sessions.export.encrypting import encrypted, recipient
from sessions.export.registry import FORMATS, edition_named
from sessions.export.report import EDITIONS
from sessions.export.share import schema
from sessions.release import Order, Released, write_exports
from sessions.summary import Summary
from tests.export.summaries import opened, rich

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

EVERY = tuple(FORMATS.values())
CANARIES = ("I count my words.", "Pay for an hour a month", "Introduction to the protocol")


@pytest.fixture
def released() -> Released:
    """Return a rich session that may leave."""
    return Released(rich(), "2026-11-22-protocol-0000")


def test_each_edition_has_its_own_file(released: Released, tmp_path: Path) -> None:
    """The full one has the plain name; others say which they are."""
    names = {
        path.name
        for edition in EDITIONS
        for path in write_exports(released, Order([FORMATS["html"]], tmp_path, edition=edition))
    }
    stem = released.stem
    assert names == {f"{stem}.html", f"{stem}-board.html", f"{stem}-participants.html"}


def test_an_unknown_edition_is_refused_with_the_known_ones() -> None:
    """The sentence quotes what was typed, safely."""
    with pytest.raises(CommandRefusedError, match="full, board, participants") as refused:
        edition_named("b\x1b[31moard")
    assert "\x1b" not in refused.value.sentence


@pytest.mark.parametrize("fails_at", range(len(EVERY)))
def test_a_disk_that_fails_leaves_nothing_half_written(
    released: Released, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fails_at: int
) -> None:
    """Whichever file is the one too many, none of them is there, and no piece of one."""
    whole, written = disk._write_all, []

    def full(descriptor: int, data: bytes) -> None:
        written.append(data)
        if len(written) > fails_at:
            os.write(descriptor, data[: len(data) // 2])
            raise OSError(errno.ENOSPC, "No space left on device")
        whole(descriptor, data)

    monkeypatch.setattr(disk, "_write_all", full)
    with pytest.raises(StorageError, match="space"):
        write_exports(released, Order(EVERY, tmp_path))
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_takes_no_files_is_said_to(released: Released, tmp_path: Path) -> None:
    """A read-only folder is the disk's answer, with its name, and it stays empty."""
    folder = tmp_path / "read-only"
    folder.mkdir()
    folder.chmod(0o500)
    if os.access(folder, os.W_OK):
        folder.chmod(0o700)
        folder.rmdir()
        folder.write_text("in the way", "utf-8")  # root writes anywhere but into a file
    with pytest.raises(StorageError, match="read-only"):
        write_exports(released, Order(EVERY, folder))


def test_a_folder_that_is_missing_is_made(released: Released, tmp_path: Path) -> None:
    """With those above it, and for this account alone."""
    folder = tmp_path / "a" / "b"
    written = write_exports(released, Order(EVERY, folder))
    assert sorted(path.name for path in folder.iterdir()) == sorted(one.name for one in written)
    assert folder.stat().st_mode & 0o077 == 0


def test_one_file_of_somebodys_own_stays_beside_what_is_written(
    released: Released, tmp_path: Path
) -> None:
    """It is not overwritten: the export of that format has a number, and the others have none."""
    own = tmp_path / f"{released.stem}.docx"
    own.write_bytes(b"my own words")
    written = write_exports(released, Order(EVERY, tmp_path))
    assert own.read_bytes() == b"my own words"
    numbered = [path.name for path in written if path.stem != released.stem]
    assert numbered == [f"{released.stem}-2.docx"]


def test_what_is_there_already_with_the_same_bytes_stays(
    released: Released, tmp_path: Path
) -> None:
    """A second export writes only what is not there."""
    first = write_exports(released, Order(EVERY[:3], tmp_path))
    before = [path.stat().st_ino for path in first]
    assert write_exports(released, Order(EVERY, tmp_path))[:3] == first
    assert [path.stat().st_ino for path in first] == before


def test_without_typst_pdf_is_refused_and_html_offered(
    released: Released, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The sentence says what to do, and the other formats are not written either."""
    monkeypatch.setattr(typesetting.importlib.util, "find_spec", lambda _name: None)
    with pytest.raises(CommandRefusedError, match=r"typst.*--to html"):
        write_exports(released, Order(EVERY, tmp_path / "out"))
    assert not (tmp_path / "out").exists()


def test_a_fault_in_the_template_quotes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is wrong with us is told without a word of the report."""
    monkeypatch.setattr("sessions.export.pdf._table", lambda _report: {"title": "secret words"})
    with pytest.raises(RuntimeError) as found:
        FORMATS["pdf"].render(rich())
    assert "secret" not in str(found.value)
    assert found.value.__suppress_context__


def test_an_encrypted_file_tells_nothing_without_the_key(
    released: Released, tmp_path: Path
) -> None:
    """No word of the session is in it; with the key it is the file byte for byte."""
    # promise 22
    key, other = x25519.Identity.generate(), x25519.Identity.generate()
    written = write_exports(released, Order(EVERY, tmp_path, to_key=str(key.to_public())))
    assert {path.suffix for path in tmp_path.iterdir()} == {".age"}
    for path, chosen in zip(written, EVERY, strict=True):
        data = path.read_bytes()
        assert data.startswith(b"age-encryption.org/v1\n")
        assert not [word for word in CANARIES if word.encode() in data]
        assert pyrage.decrypt(data, [key]) == chosen.render(released.summary)
        with pytest.raises(pyrage.DecryptError):
            pyrage.decrypt(data, [other])
    assert any(word.encode() in opened(EVERY[0].render(released.summary)) for word in CANARIES)


@pytest.mark.skipif(shutil.which("age") is None, reason="age is not installed: not tried with it")
def test_the_stock_program_opens_an_encrypted_file(released: Released, tmp_path: Path) -> None:
    """An organizer needs nothing of ours to read it."""
    # promise 22
    key = x25519.Identity.generate()
    (tmp_path / "key.txt").write_text(f"{key}\n", "utf-8")
    (path,) = write_exports(
        released, Order([FORMATS["json"]], tmp_path, to_key=str(key.to_public()))
    )
    done = subprocess.run(
        ["age", "--decrypt", "--identity", str(tmp_path / "key.txt"), str(path)],
        capture_output=True,
        check=True,
        timeout=30,
    )
    assert done.stdout == FORMATS["json"].render(released.summary)


@pytest.mark.parametrize(
    "key",
    ["", "age1", "age1notakey", "ssh-ed25519 AAAA", "AGE1QQQQ", "\x1b[2J", "age1" + "q" * 58],
)
def test_what_is_no_key_is_refused(key: str, released: Released, tmp_path: Path) -> None:
    """The sentence says what one looks like, does not repeat it, and nothing is written."""
    with pytest.raises(CommandRefusedError, match="age-keygen") as refused:
        write_exports(released, Order(EVERY, tmp_path / "out", to_key=key))
    assert len(key) < 5 or key not in refused.value.sentence
    assert not (tmp_path / "out").exists()


def test_a_secret_key_is_refused_and_never_repeated(released: Released, tmp_path: Path) -> None:
    """Who gives the wrong half is told so, and the half stands in no message."""
    secret = str(x25519.Identity.generate())
    with pytest.raises(CommandRefusedError, match="secret key") as refused:
        write_exports(released, Order(EVERY, tmp_path, to_key=f" {secret.lower()} "))
    assert secret[16:40].lower() not in refused.value.sentence.lower()


def test_two_encryptions_are_not_alike() -> None:
    """From two files nobody can tell that they say the same."""
    to = recipient(str(x25519.Identity.generate().to_public()))
    assert encrypted(b"the same", to) != encrypted(b"the same", to)


def test_the_json_is_the_summary_and_keeps_to_its_schema() -> None:
    """Read again it is the Summary, and each field is one that the published schema has."""
    data = FORMATS["json"].render(rich())
    assert Summary.model_validate_json(data) == rich()
    published = schema()
    assert published["$schema"].startswith("https://json-schema.org/")
    assert set(json.loads(data)) == set(published["properties"])


@pytest.mark.parametrize("name", FORMATS)
def test_ten_thousand_entries_are_written(name: str, figure: Callable[[str], None]) -> None:
    """A session with as many words as there can be gives a file, whole."""
    texts = tuple(f"Entry {n}: so it was said, and so it was kept." for n in range(10_000))
    data = FORMATS[name].render(rich(themes=texts))
    figure(f"10,000 entries as {name}: {len(data) / 1e6:.1f} MB")
    if name != "pdf":
        assert b"Entry 9999: so it was said" in opened(data)
