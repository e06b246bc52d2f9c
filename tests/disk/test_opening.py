"""Opening a sheet: few are not read, one save decides, and no crash doubles or loses an answer."""

from __future__ import annotations

import errno
import os
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from agreements.plan import Ask
from sessions import ballots, disk
from sessions.ballots import BOX_NAME, Box
from sessions.cells import CellFile
from sessions.errors import StorageError
from sessions.facts import Answers
from sessions.keys import KeyFolder
from sessions.opening import Opened, SealedSheet, discard_sheet, finish_wipe, open_sheet
from sessions.payloads import Payload, Scale, Words, encode
from sessions.voices import SheetShutError, Voices

CELLS = 16
ASKS = (
    Ask(id="what-stays", kind="words", text="What stays with you?"),
    Ask(id="useful", kind="scale", text="How useful was it?"),
)
CANARY = "the-words-of-somebody"


class PowerCutError(BaseException):
    """The program ends here and now; nothing of it can catch this."""


@dataclass
class Session:
    """A session's folder, its keys, and a record that is saved in one step."""

    folder: Path
    keys: KeyFolder
    saved: list[tuple[Answers, ...]] = field(default_factory=list)
    """What is in the record; more than one of it would be a second opening."""
    boxes: list[Box] = field(default_factory=list)

    def begin(self) -> Voices:
        """Open the sheet."""
        box = Box.create(self.folder / BOX_NAME, CELLS)
        self.boxes.append(box)
        return Voices(self.keys.create(self.folder.name, [ask.id for ask in ASKS]), box)

    def start_again(self) -> SealedSheet:
        """Take up the sheet as the next start of the program does."""
        self.boxes[-1].close()
        keys = self.keys.load(self.folder.name)
        self.boxes.append(Box.reopen(self.folder / BOX_NAME, keys.values()))
        return self.sheet()

    def sheet(self) -> SealedSheet:
        """Return what may be opened."""
        keys = self.keys.load(self.folder.name)
        return SealedSheet(self.folder, ASKS, keys, self.boxes[-1])

    def open(self, sheet: SealedSheet, threshold: int = 5) -> Opened | None:
        """Open the sheet into the record."""
        return open_sheet(
            sheet,
            self.keys,
            seats=12,
            threshold=threshold,
            hide=lambda text, _id: text.replace("Ana", "[colleague 1]"),
            save=self.saved.append,
        )

    def left(self) -> list[str]:
        """Return what is on the disk of sheet and keys."""
        kept = [*self.folder.iterdir(), *self.keys.folder.iterdir()]
        return sorted(path.name for path in kept)


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    """Return a session without a sheet."""
    folder = tmp_path / "2026-11-22-lunch-k3f9"
    folder.mkdir()
    session = Session(folder, KeyFolder(tmp_path / "config"))
    yield session
    for box in session.boxes:
        box.close()


def write(voices: Voices, ask: str, payloads: list[Payload]) -> None:
    """Let as many people answer an ask."""
    for payload in payloads:
        assert voices.submit(ask, voices.new_tokens()[ask], encode(payload)).result() == "kept"


def texts(number: int) -> list[Payload]:
    """Return so many answers in words, each one different."""
    return [Words(text=f"{CANARY} {one} of Ana") for one in range(number)]


def kept_texts(answers: Answers) -> list[str]:
    """Return the words of answers."""
    return sorted(item.text or "" for item in answers.items)


def test_an_opened_sheet_is_in_the_record_and_nowhere_else(session: Session) -> None:
    """All answers are saved at once, with names hidden; then keys and box are gone."""
    # promise 16
    voices = session.begin()
    write(voices, "what-stays", texts(6))
    write(voices, "useful", [Scale(value=4)] * 5)
    voices.shut()
    opened = session.open(session.sheet())
    assert opened is not None
    assert opened.problem == ""
    assert session.saved == [opened.answers]
    words, scale = opened.answers
    assert kept_texts(words) == [f"{CANARY} {one} of [colleague 1]" for one in range(6)]
    assert [item.value for item in scale.items] == [4] * 5
    assert (words.ask, scale.ask) == ("what-stays", "useful")
    assert {words.seats, scale.seats} == {12}
    assert session.left() == []


@pytest.mark.parametrize("writers", range(5))
def test_what_fewer_than_five_wrote_is_not_read(session: Session, writers: int) -> None:
    """Nothing is saved, the sheet is whole, and it can be held open until there are enough."""
    # promise 3, promise 27
    voices = session.begin()
    write(voices, "what-stays", texts(writers))
    voices.shut()
    before = session.left()
    assert session.open(session.sheet(), threshold=1) is None
    assert session.saved == []
    assert session.left() == before
    voices.go_on()
    write(voices, "what-stays", texts(5 - writers))
    voices.shut()
    assert session.open(session.sheet(), threshold=1) is not None


def test_an_ask_below_the_threshold_stays_shut_beside_another(session: Session) -> None:
    """Of two asks each one is judged alone; the one that few wrote to is wiped unread."""
    # promise 3, promise 27
    voices = session.begin()
    write(voices, "what-stays", texts(4))
    write(voices, "useful", [Scale(value=4)] * 5)
    voices.shut()
    opened = session.open(session.sheet())
    assert opened is not None
    words, scale = opened.answers
    assert (words.opened, words.items, scale.opened) == (False, (), True)
    assert CANARY not in repr(opened)
    assert session.left() == []


def test_a_discarded_sheet_is_gone_unread(session: Session) -> None:
    """Nothing is saved, the keys go first, and no cell is left."""
    voices = session.begin()
    write(voices, "what-stays", texts(9))
    voices.shut()
    discard_sheet(session.sheet(), session.keys)
    assert session.saved == []
    assert session.left() == []
    with pytest.raises(SheetShutError):
        voices.withdraw("acorn")


def test_an_answer_withdrawn_at_the_last_moment_is_not_opened(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The opening waits for what is under way; who was told "gone" is not in the record."""
    # promise 15
    voices = session.begin()
    token = voices.new_tokens()["what-stays"]
    voices.submit("what-stays", token, encode(Words(text="mine"))).result()
    write(voices, "what-stays", texts(5))
    real_sync = CellFile.sync

    def slowly(file: CellFile) -> None:
        time.sleep(0.1)
        real_sync(file)

    monkeypatch.setattr(CellFile, "sync", slowly)
    emptied = voices.withdraw(" ".join(voices.words_to_withdraw("what-stays", token)))
    opened = session.open(session.sheet())
    assert emptied.done()
    assert opened is not None
    assert "mine" not in kept_texts(opened.answers[0])


def test_a_save_that_fails_leaves_the_sheet_as_it_was(session: Session) -> None:
    """Without the record on the disk no key is deleted and no cell overwritten."""
    voices = session.begin()
    write(voices, "what-stays", texts(5))
    voices.shut()
    before = (session.folder / BOX_NAME).read_bytes()

    def save(_answers: tuple[Answers, ...]) -> None:
        raise StorageError("There is no space left.")

    with pytest.raises(StorageError, match="no space"):
        open_sheet(
            session.sheet(),
            session.keys,
            seats=9,
            threshold=5,
            hide=lambda text, _id: text,
            save=save,
        )
    assert (session.folder / BOX_NAME).read_bytes() == before
    assert session.open(session.start_again()) is not None
    assert session.left() == []


def test_a_key_that_is_gone_is_named(session: Session) -> None:
    """Without its key an ask can be read by nobody: nothing is saved, and it can be discarded."""
    # promise 16
    voices = session.begin()
    write(voices, "what-stays", texts(5))
    session.keys.delete(session.folder.name)
    sheet = session.start_again()
    with pytest.raises(StorageError, match="The key of the ask what-stays is gone"):
        session.open(sheet)
    assert session.saved == []
    discard_sheet(sheet, session.keys)
    assert session.left() == []


def test_a_box_that_cannot_be_wiped_yet_is_told_of(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The answers are safe; the sentence says what is left to do, and doing it again does it."""
    # promise 21
    voices = session.begin()
    write(voices, "what-stays", texts(5))
    voices.shut()

    def fail(*_args: object) -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    with monkeypatch.context() as patch:
        patch.setattr(CellFile, "write", fail)
        opened = session.open(session.sheet())
    assert opened is not None
    assert "Could not overwrite" in opened.problem
    assert session.left() == [BOX_NAME]
    finish_wipe(session.folder, session.keys)
    assert session.left() == []


def test_keys_go_before_the_cells_and_after_the_save(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The order of acts is: save, keys, cells; so no instant has a record, or a box, by halves."""
    voices = session.begin()
    write(voices, "what-stays", texts(5))
    voices.shut()
    acts: list[str] = []
    noted(monkeypatch, acts, disk, "forget", lambda path: f"forget {path.suffix}")
    noted(monkeypatch, acts, CellFile, "write", lambda *_args: "cell")
    sheet = session.sheet()
    open_sheet(
        sheet,
        session.keys,
        seats=9,
        threshold=5,
        hide=lambda text, _id: text,
        save=lambda _answers: acts.append("save"),
    )
    assert acts == ["save", "forget .key", "forget .key", *["cell"] * CELLS, "forget .box"]


def noted(
    patch: pytest.MonkeyPatch, acts: list[str], owner: object, name: str, say: Callable[..., str]
) -> None:
    """Write down each call of a function."""
    real = getattr(owner, name)

    def wrapper(*args: object) -> object:
        acts.append(say(*args))
        return real(*args)

    patch.setattr(owner, name, wrapper)


def cut_at(patch: pytest.MonkeyPatch, moment: int) -> list[int]:
    """Let the program end at one of its acts, counted from 0; return a list that counts them."""
    acts: list[int] = []

    def acted() -> None:
        acts.append(1)
        if len(acts) == moment + 1:
            raise PowerCutError

    for owner, name in ((disk, "forget"), (ballots, "still"), (CellFile, "sync")):
        real = getattr(owner, name)
        patch.setattr(owner, name, cutting(real, acted))
    patch.setattr(CellFile, "write", cutting(CellFile.write, acted))
    return acts


def cutting(real: Callable[..., object], acted: Callable[[], None]) -> Callable[..., object]:
    """Return a function that may be the last one: cut before it, or, each second time, after."""

    def wrapper(*args: object) -> object:
        acted()
        answer = real(*args)
        acted()
        return answer

    return wrapper


def test_a_crash_during_the_wipe_never_reads_twice(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Wherever the program ends after the save: resuming wipes, and the answers are there once."""
    # promise 6, promise 21
    moment, ended = 0, False
    while not ended:
        voices = session.begin()
        write(voices, "what-stays", texts(5))
        voices.shut()
        session.saved.clear()
        with monkeypatch.context() as patch:
            cut_at(patch, moment)
            try:
                session.open(session.sheet())
                ended = True
            except PowerCutError:
                pass
        assert len(session.saved) == 1
        assert len(session.saved[0][0].items) == 5
        session.boxes[-1].close()
        finish_wipe(session.folder, session.keys)
        finish_wipe(session.folder, session.keys)
        assert session.left() == []
        moment += 1
    assert moment > 2 * CELLS


def test_a_crash_before_the_save_loses_nothing(session: Session) -> None:
    """A program that ends while it reads has opened nothing: the next one opens all of it, once."""
    # promise 6
    voices = session.begin()
    write(voices, "what-stays", texts(5))
    voices.shut()

    def save(_answers: tuple[Answers, ...]) -> None:
        raise PowerCutError

    for _ in range(2):
        with pytest.raises(PowerCutError):
            open_sheet(
                session.sheet(),
                session.keys,
                seats=9,
                threshold=5,
                hide=lambda text, _id: text,
                save=save,
            )
    opened = session.open(session.start_again())
    assert opened is not None
    assert len(opened.answers[0].items) == 5
    assert len(session.saved) == 1


def test_the_record_alone_says_what_was_written(session: Session) -> None:
    """While the sheet is open, and after it was opened, no file of ours holds the words."""
    # promise 15, promise 16
    voices = session.begin()
    write(voices, "what-stays", texts(6))
    seen = [path.read_bytes() for path in session.folder.parent.rglob("*") if path.is_file()]
    voices.shut()
    session.open(session.sheet())
    seen += [path.read_bytes() for path in session.folder.parent.rglob("*") if path.is_file()]
    forms = [CANARY.encode(), CANARY.encode("utf-16-le"), CANARY.encode().hex().encode()]
    assert len(seen) == 3
    assert not any(form in data for data in seen for form in forms)
