"""Seat cards on the disk: hashes alone, private, one batch that waits, copies for open sessions."""

from __future__ import annotations

import errno
import os
import stat
import sys
from pathlib import Path

import pytest

from sessions import disk
from sessions.cards import CardBatch, CardFolder, draw
from sessions.codes import BITS, code_hash, code_read, code_shown
from sessions.errors import CommandRefusedError, StorageError

SESSION, OTHER = "2026-11-22-lunch-k3f9", "2026-11-23-dinner-p2w8"


@pytest.fixture
def cards(tmp_path: Path) -> CardFolder:
    """Return an empty folder of cards."""
    return CardFolder(tmp_path / "config")


def test_codes_are_drawn_by_the_system_s_chance(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each has forty random bits, no two on a batch are alike, and another batch has others."""
    # promise 28
    asked: list[int] = []
    drawn = iter([7, 7, *range(1000, 2000)])
    monkeypatch.setattr(
        "sessions.cards.secrets.randbits", lambda bits: asked.append(bits) or next(drawn)
    )
    batch, codes = draw(24)
    assert len({*codes}) == len(batch.hashes) == 24
    assert asked == [BITS] * 25
    monkeypatch.undo()
    assert not {*draw(24)[1]} & {*draw(24)[1]}


def test_a_batch_holds_hashes_in_an_order_of_their_own() -> None:
    """Each code has its hash, and where that stands tells nothing of when the code was drawn."""
    batch, codes = draw(60)
    assert {*batch.hashes} == {code_hash(batch.key, code).hex() for code in codes}
    assert list(batch.hashes) == sorted(batch.hashes)


def test_no_code_is_kept(cards: CardFolder, tmp_path: Path) -> None:
    """Neither a code nor its bits stand in any file, nor in what a batch shows of itself."""
    # promise 8
    batch, codes = draw(60)
    cards.keep(batch)
    cards.bind(SESSION, batch)
    held = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    held += repr(batch).encode()
    assert batch.hashes[0] in held.decode()
    assert not any(
        form in held for code in codes for form in (code.encode(), code_shown(code).encode())
    )
    assert batch.secret not in repr(batch)


@pytest.mark.skipif(sys.platform == "win32", reason="modes of POSIX")
def test_batches_are_for_this_account_alone(cards: CardFolder) -> None:
    """Folder and files are closed to others."""
    batch, _codes = draw(5)
    cards.keep(batch)
    cards.bind(SESSION, batch)
    assert stat.S_IMODE(cards.folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in cards.folder.iterdir()} == {0o600}


@pytest.mark.parametrize(
    ("count", "said"), [(0, "fewer than 5"), (4, "fewer than 5"), (1001, "most 1000")]
)
def test_a_number_no_room_can_use_is_refused(count: int, said: str) -> None:
    """Fewer than may ever be read, and more than a session holds, are not drawn."""
    with pytest.raises(CommandRefusedError, match=said):
        draw(count)


def test_a_new_batch_takes_the_place_of_the_one_that_waits(cards: CardFolder) -> None:
    """One batch waits at most; a session that began keeps its own."""
    assert cards.waiting() is None
    first, second = draw(5)[0], draw(6)[0]
    cards.keep(first)
    bound = cards.of_session(SESSION, begins=True)
    cards.keep(second)
    assert cards.waiting() == second
    assert cards.of_session(SESSION, begins=False) == bound
    assert bound.hashes == first.hashes
    assert cards.of_session(OTHER, begins=True).hashes == second.hashes


def test_a_batch_that_cannot_be_saved_replaces_nothing(
    cards: CardFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When the disk fails the batch that waited still does."""
    # promise 21
    first = draw(5)[0]
    cards.keep(first)

    def fail(_descriptor: int, _data: bytes) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr(disk, "_write_all", fail)
        with pytest.raises(StorageError):
            cards.keep(draw(5)[0])
    assert cards.waiting() == first


def test_the_bowl_is_good_for_the_next_session(cards: CardFolder) -> None:
    """When a session's cards are deleted the printed ones still wait."""
    batch = draw(5)[0]
    cards.keep(batch)
    cards.of_session(SESSION, begins=True)
    cards.delete(SESSION)
    assert cards.of(SESSION) == []
    assert cards.waiting() == batch
    assert cards.of_session(OTHER, begins=True).hashes == batch.hashes


@pytest.mark.parametrize("damage", ["missing", "damaged"])
def test_a_session_that_goes_on_takes_no_other_cards(cards: CardFolder, damage: str) -> None:
    """Where its copy is gone or damaged no code is valid, whatever batch waits now."""
    # promise 9
    cards.keep(draw(5)[0])
    cards.of_session(SESSION, begins=True)
    (path,) = (one for one in cards.folder.iterdir() if one.stem != "waiting")
    if damage == "missing":
        path.unlink()
    else:
        path.write_bytes(path.read_bytes()[:-9])
    cards.keep(draw(5)[0])
    assert cards.of_session(SESSION, begins=False).hashes == ()
    assert all(one.session != SESSION for one in cards.held())


def test_a_session_without_any_cards_takes_none(cards: CardFolder) -> None:
    """Where nothing waits and nothing was bound no code is valid, and nothing is written."""
    assert cards.of_session(SESSION, begins=True).hashes == ()
    assert not cards.folder.exists()


def test_orphans_are_cards_of_no_open_session(cards: CardFolder) -> None:
    """Copies of closed sessions, damaged and half-written files are orphans; what waits is none."""
    assert cards.orphans([]) == []
    batch = draw(5)[0]
    cards.keep(batch)
    cards.bind(SESSION, batch)
    cards.bind(OTHER, batch)
    (cards.folder / "damaged.cards").write_bytes(b"{}")
    (cards.folder / ".x.cards.0123456789abcdef.part").write_bytes(b"{")
    cards.forget(cards.orphans({SESSION}))
    assert cards.orphans({SESSION}) == []
    assert cards.waiting() == batch
    assert len(cards.of(SESSION)) == 1
    assert cards.of(OTHER) == []
    assert len(list(cards.folder.iterdir())) == 2


def test_the_largest_batch_is_read_again(cards: CardFolder) -> None:
    """As many cards as a session holds people fit the file."""
    batch, codes = draw(1000)
    cards.keep(batch)
    assert cards.waiting() == batch
    assert all(code_read(code) == code for code in codes)


def test_a_damaged_batch_shows_no_secret() -> None:
    """What is wrong with a batch is said without its key."""
    # promise 4
    with pytest.raises(ValueError, match="validation error") as caught:
        CardBatch(session="", secret="5e" * 32 + "x", hashes=())
    assert "5e" * 32 not in str(caught.value)
