"""`dialogue print seats`: cards on one page, hashes in the settings, and no code anywhere else."""

from __future__ import annotations

import re
import stat
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from dialogue.paper import MARK
from sessions import disk, places
from sessions.cards import CardFolder
from sessions.codes import code_hash, code_read
from sessions.errors import StorageError

if TYPE_CHECKING:
    from tests.cli.conftest import Call

CARD = (
    '<div class="card">'
    '<p class="what">One voice. Type this code where the page asks for it:</p>'
    '<p class="code"></p>'
    '<p class="say">Take any card from the bowl. Swap with anyone.</p>'
    "</div>"
)
CODE = re.compile(r'<p class="code">([0-9A-Z-]{9})</p>')


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """Return where the page goes."""
    return tmp_path / "out"


def codes_in(out: Path) -> list[str]:
    """Return the codes on the page, in their order."""
    return CODE.findall((out / "seat-cards.html").read_text("utf-8"))


def test_each_card_opens_the_batch_that_waits(call: Call, config: Path, out: Path) -> None:
    """As many cards are written as were asked for, each with a code of the batch, in no order."""
    answer = call("print", "seats", 24, "--out", out)
    batch = CardFolder(config).waiting()
    assert (answer.code, answer.err) == (0, "")
    assert "with 24 cards" in answer.out
    assert batch is not None
    hashes = [code_hash(batch.key, code_read(code) or "").hex() for code in codes_in(out)]
    assert sorted(hashes) == list(batch.hashes)
    assert hashes != sorted(hashes)


def test_a_card_holds_its_code_and_nothing_of_a_session(call: Call, out: Path) -> None:
    """Cards differ in their codes alone: no number, name or date; and nothing is fetched."""
    call("print", "seats", 10, "--out", out)
    page = (out / "seat-cards.html").read_text("utf-8")
    codes = codes_in(out)
    cards = re.findall(r'<div class="card">.*?</div>', page)
    assert {card.replace(code, "") for card, code in zip(cards, codes, strict=True)} == {CARD}
    assert not re.search(r"20\d\d|https?:|src=|href=|<script|url\(", CODE.sub("", page))
    assert "default-src 'none'" in page


@pytest.mark.skipif(sys.platform == "win32", reason="modes of POSIX")
def test_the_page_is_for_this_account_alone(call: Call, out: Path) -> None:
    """Nobody else on this computer reads the codes."""
    call("print", "seats", 5, "--out", out)
    assert stat.S_IMODE((out / "seat-cards.html").stat().st_mode) == 0o600


def test_no_code_is_anywhere_but_on_the_page(call: Call, config: Path, out: Path) -> None:
    """Neither what is said nor what is kept in the settings holds one."""
    # promise 8
    answer = call("print", "seats", 60, "--out", out)
    kept = b"".join(path.read_bytes() for path in config.rglob("*") if path.is_file())
    assert kept
    for code in codes_in(out):
        assert code not in answer.out + answer.err
        assert code.encode() not in kept
        assert code.replace("-", "").encode() not in kept


def test_a_new_print_says_that_the_old_cards_are_void(call: Call, config: Path, out: Path) -> None:
    """The batch that waited is replaced when that is asked for, its page too, and both are told."""
    call("print", "seats", 5, "--out", out)
    first, codes = CardFolder(config).waiting(), codes_in(out)
    answer = call("print", "seats", 6, "--out", out, "--replace")
    assert answer.code == 0
    assert "printed before are void" in answer.out
    assert CardFolder(config).waiting() != first
    assert not {*codes} & {*codes_in(out)}


def test_cards_that_wait_are_not_made_void_by_chance(
    call: Call, config: Path, out: Path, tmp_path: Path
) -> None:
    """A second print is refused, whatever its folder; the cards in the bowl stay good."""
    call("print", "seats", 5, "--out", out)
    waiting, page = CardFolder(config).waiting(), (out / "seat-cards.html").read_bytes()
    for folder in (out, tmp_path / "elsewhere"):
        answer = call("print", "seats", 6, "--out", folder)
        assert answer.code == 1
        assert "would make them void" in answer.err
        assert "--replace" in answer.err
    assert CardFolder(config).waiting() == waiting
    assert (out / "seat-cards.html").read_bytes() == page
    assert not (tmp_path / "elsewhere").exists()


@pytest.mark.parametrize(
    ("number", "said"),
    [
        ("0", "print 5 cards or more"),
        ("4", "print 5 cards or more"),
        ("1001", "at most 1000 people"),
        ("x", "“x” is not a number of cards"),
        ("٥", "is not a number of cards"),
        ("9" * 30, "is not a number of cards"),
        ("2.5", "is not a number of cards"),
    ],
)
def test_a_number_that_cannot_be_is_refused(
    call: Call, config: Path, out: Path, number: str, said: str
) -> None:
    """The sentence says which numbers can be; nothing is written."""
    answer = call("print", "seats", number, "--out", out)
    assert answer.code == 2
    assert said in answer.err
    assert not out.exists()
    assert [*config.iterdir()] == []


def test_a_file_of_somebody_s_own_is_left_alone(call: Call, config: Path, out: Path) -> None:
    """What is no page of cards is not written over, and no batch is replaced for it."""
    out.mkdir()
    own = out / "seat-cards.html"
    own.write_text("mine", "utf-8")
    answer = call("print", "seats", 5, "--out", out)
    assert answer.code == 1
    assert "is no page of seat cards. Move it away" in answer.err
    assert own.read_text("utf-8") == "mine"
    assert CardFolder(config).waiting() is None


def test_a_folder_that_takes_no_files_is_said(call: Call, config: Path, tmp_path: Path) -> None:
    """When the page cannot be written the batch that waits is not replaced."""
    (tmp_path / "file").write_text("", "utf-8")
    answer = call("print", "seats", 5, "--out", tmp_path / "file" / "below")
    assert answer.code == 3
    assert "Could not" in answer.err
    assert CardFolder(config).waiting() is None


@pytest.mark.parametrize("failing", ["page", "batch"])
@pytest.mark.parametrize("printed", [True, False])
def test_a_print_that_fails_changes_nothing(
    call: Call, config: Path, out: Path, failing: str, *, printed: bool
) -> None:
    """Whichever half cannot be written, the cards before it are good and their page is there."""
    # promise 21
    if printed:
        call("print", "seats", 7, "--out", out)
    waiting = CardFolder(config).waiting()
    page = out / "seat-cards.html"
    before = page.read_bytes() if printed else None
    whole, failed = disk.write_whole, list[Path]()

    def fail(path: Path, data: bytes) -> None:
        if path.is_relative_to(out if failing == "page" else config):
            failed.append(path)
            raise StorageError("The disk is full.")
        whole(path, data)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(disk, "write_whole", fail)
        answer = call("print", "seats", 5, "--out", out, "--replace")
    assert (answer.code, answer.err) == (3, "The disk is full.\n")
    assert len(failed) == 1
    assert CardFolder(config).waiting() == waiting
    assert (page.read_bytes() if page.exists() else None) == before


def test_a_folder_that_is_copied_elsewhere_is_told(
    call: Call, config: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where a service copies the page, it has to be deleted there too."""
    monkeypatch.setattr(places, "synced_with", lambda *_given: "Dropbox")
    assert "Dropbox copies that folder" in call("print", "seats", 5, "--out", out).out
    assert config.exists()


def test_a_page_of_cards_is_known_by_its_beginning(call: Call, out: Path) -> None:
    """The mark that lets a page be replaced stands first in each."""
    call("print", "seats", 5, "--out", out)
    assert (out / "seat-cards.html").read_bytes().startswith(MARK)


@pytest.mark.parametrize(
    ("settings", "asked", "languages"),
    [
        ("", (), ["en"]),
        ('language = "es"', (), ["es"]),
        ('language = "fr"', (), ["en"]),
        ("", ("--lang", "es"), ["es"]),
        ("", ("--lang", "en,es"), ["en", "es"]),
    ],
)
def test_cards_speak_the_language_of_their_room(
    call: Call, config: Path, out: Path, settings: str, asked: tuple[str, ...], languages: list[str]
) -> None:
    """Each card says the same, in one language or in both, so that none tells who drew it."""
    (config / "config.toml").write_text(settings)
    assert call("print", "seats", 5, *asked, "--out", out).code == 0
    page = (out / "seat-cards.html").read_text("utf-8")
    assert f'<html lang="{languages[0]}">' in page
    cards = re.findall(r'<div class="card">.*?</div>', page)
    assert len({CODE.sub("", card) for card in cards}) == 1
    for language, said in (("en", "One voice. Type"), ("es", "Una voz. Escribe")):
        assert (said in cards[0]) is (language in languages)
    marks = re.findall(r'lang="(\w+)"', cards[0])
    assert marks == (languages * 2 if len(languages) > 1 else [])


def test_cards_in_a_language_that_is_not_there_are_not_drawn(call: Call, out: Path) -> None:
    """The sentence says which there are, and no batch waits."""
    answer = call("print", "seats", 5, "--lang", "en,x\x1bx", "--out", out)
    assert answer.code == 2
    assert "Cards speak en and es, and not “xx”." in " ".join(answer.err.split())
    assert not out.exists()
