"""What never reaches the disk, and what leaves it: names, words taken back, times.

Touches: disk, below `tmp_path`, every byte of which is looked at after each act.
"""

from __future__ import annotations

import base64
import getpass
import itertools
import json
import platform
import re
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import get_args

import pytest

from agreements.plan import Plan
from sessions import decide
from sessions.deidentify.roster import Roster
from sessions.errors import CommandRefusedError
from sessions.facts import (
    AnswerItem,
    Answers,
    GroupCommitment,
    HouseAgreement,
    Note,
    OwnTheme,
    ParkedQuestion,
)
from sessions.live import LiveSession
from sessions.tallies import new_id
from sessions.text import NOTE_LIMIT
from sessions.themes import Coding
from tests.plugin_sessions import EVENTS, Room, ask_of, fill_disk, setting_of

ROSTER = "Zaharah Oyelaran\nTamsin Quillfeather\nBjørn Åkerström\nNguyễn Thị Tuyết"
TOKENS = ("Zaharah", "Oyelaran", "Tamsin", "Quillfeather", "Bjørn", "Åkerström", "Tuyết")

WRITTEN = (
    "Zaharah said it first.",
    "ZAHARAH OYELARAN, then tamsin; Quillfeather's idea.",
    "“Bjørn” and Åkerström’s group\nwith Tuyết #a1",
    unicodedata.normalize("NFD", "Bjørn Åkerström asked Nguyễn Thị Tuyết."),
    "Oyelaran/Quillfeather (Tamsin) … Zaharah!",
    "[b]Zaharah[/b] \x1b[31m Tamsin \x1b[0m \u202eOyelaran",
)


def forms(token: str) -> Iterator[bytes]:
    """Yield the ways in which bytes may hold a word."""
    for text in {token, token.lower(), token.upper(), unicodedata.normalize("NFD", token)}:
        yield text.encode()
        yield text.encode("utf-16-le")
        yield text.encode("utf-16-be")
        yield json.dumps(text).strip('"').encode()
        yield text.encode().hex().encode()
        for before, first in ((0, 0), (1, 2), (2, 3)):
            # In the middle of a longer text base64 looks different at each of three places.
            yield base64.b64encode(b"x" * before + text.encode())[first:-4]


def places_of(folder: Path, tokens: tuple[str, ...]) -> list[str]:
    """Return every place below a folder, names of files included, that holds a token."""
    wanted = [form for token in tokens for form in forms(token) if len(form) > 4]
    found = []
    for path in sorted(folder.rglob("*")):
        data = str(path.relative_to(folder)).encode() + b"\0"
        data += path.read_bytes() if path.is_file() else b""
        found += [f"{path.name}: {form!r}" for form in wanted if form in data]
    return found


@pytest.fixture
def named(room: Room, lunch: Plan) -> LiveSession:
    """Return a session with a roster, in its second step."""
    session = room.begin(lunch, names=ROSTER, stop_in_seconds=3600)
    session.do(decide.next_step)
    return session


def settled(session: LiveSession) -> Path:
    """Wait until everything is kept, and return the folder of all sessions."""
    assert session._saver.flush()
    return session.folder.folder.parents[1]


def test_the_forms_of_a_word_are_found(tmp_path: Path) -> None:
    """The search finds a name however bytes may hold it, also in the name of a file."""
    (tmp_path / "plain").write_text("of Zaharah's")
    (tmp_path / "wide").write_bytes("of Zaharah's".encode("utf-16-le"))
    (tmp_path / "coded").write_bytes(base64.b64encode(b"a note of Zaharah's"))
    (tmp_path / "escaped").write_text(json.dumps("by Bjørn"))
    (tmp_path / "zaharah").write_text("")
    found = {place.partition(":")[0] for place in places_of(tmp_path, ("Zaharah", "Bjørn"))}
    assert found == {"plain", "wide", "coded", "escaped", "zaharah"}


def test_no_name_of_the_roster_is_ever_on_the_disk(named: LiveSession) -> None:
    """After every act, in every file, in every spelling: the names are not there."""
    # promise 1
    acts: tuple[Callable[[str], object], ...] = (
        named.keep_note,
        lambda text: named.keep_line(ParkedQuestion, text),
        lambda text: named.keep_line(HouseAgreement, text),
        lambda text: named.keep_line(GroupCommitment, text),
        lambda text: named.keep_wording("stay-engaged", text),
        lambda _text: named.undo(),
        lambda _text: named.strike(named.facts(Note)[0].id),
        lambda _text: named.undo(),
        named.preview,
    )
    for text, act in itertools.product(WRITTEN, acts):
        act(text)
        assert places_of(settled(named), TOKENS) == []
    named.do(decide.begin_closing)
    data = settled(named)
    named.close()
    assert places_of(data, TOKENS) == []


def test_no_name_reaches_the_disk_before_the_start(room: Room, lunch: Plan) -> None:
    """The title, the folder that is called by it and both contacts lose the names too."""
    # promise 1
    setting = setting_of(care_contact="Tamsin, second floor", reporting_contact="ask Åkerström")
    session = room.begin(
        lunch, title="Zaharah Oyelaran’s team", setting=setting, names=ROSTER, stop_in_seconds=3600
    )
    assert places_of(settled(session), TOKENS) == []
    assert session.title == "[colleague 1]’s team"
    assert session.folder.name.startswith("2026-11-22-colleague-1")
    kept = session.record.setting
    assert kept.care_contact == "[colleague 2], second floor"
    assert kept.reporting_contact == "ask [colleague 3]"


def test_the_names_are_replaced_and_counted(named: LiveSession) -> None:
    """What stands for a person is the same each time, and the record counts what was hidden."""
    note = named.keep_note("Zaharah asked Tamsin; Oyelaran smiled.")
    assert note.text == "[colleague 1] asked [colleague 2]; [colleague 1] smiled."
    assert note.hidden == {"name": 3}


def test_names_are_in_no_message_and_no_picture_of_an_object(named: LiveSession) -> None:
    """A refusal, a status and the objects that hold names show none of them."""
    # promise 4
    named.keep_note("Zaharah spoke.")
    with pytest.raises(CommandRefusedError) as error:
        named.keep_note("Tuyết " * 660)
    shown = f"{error.value!r} {named.names.roster!r} {named.names.aliases!r} {named.status!r}"
    assert not any(token.lower() in shown.lower() for token in TOKENS)


# Of the dictionary, so that they are taken for nobody's name.
WORDS = ("umbrella", "wheelbarrow")


@pytest.mark.parametrize("settle_between", [True, False])
def test_words_taken_back_leave_every_version(named: LiveSession, settle_between: bool) -> None:
    """Undone, struck or reworded, words are gone from both versions, saved between or not."""
    # promise 15

    def wait() -> None:
        if settle_between:
            settled(named)

    for words in WORDS:
        named.keep_note(f"{words} in a note.")
        wait()
        named.undo()
        assert places_of(settled(named), WORDS) == []
        question = named.keep_line(ParkedQuestion, f"{words}?")
        wait()
        named.strike(question.id)
        assert places_of(settled(named), WORDS) == []
        named.keep_wording("stay-engaged", f"{words}.")
        wait()
        plain = named.keep_wording("stay-engaged", "Plain words.")
        assert places_of(settled(named), WORDS) == []
        named.strike(plain.id)


def test_words_reworded_and_brought_back_leave_again(named: LiveSession) -> None:
    """Undo brings an earlier wording back; the later one is then gone from the disk."""
    named.keep_wording("stay-engaged", f"{WORDS[0]}.")
    named.keep_wording("stay-engaged", f"{WORDS[1]}.")
    named.undo()
    data = settled(named)
    assert places_of(data, WORDS[1:]) == []
    assert places_of(data, WORDS[:1]) != []


def test_words_struck_while_the_disk_was_full_leave_when_it_is_not(named: LiveSession) -> None:
    """A strike that could not be saved is not forgotten."""
    note = named.keep_note(f"{WORDS[0]}.")
    assert places_of(settled(named), WORDS) != []
    with pytest.MonkeyPatch.context() as patch:
        fill_disk(patch)
        named.strike(note.id)
        assert not named._saver.flush()
    named.do(decide.pause)
    assert places_of(settled(named), WORDS) == []


@pytest.mark.parametrize("by_roster", [True, False])
def test_a_name_noticed_late_leaves_all_that_was_kept(
    room: Room, lunch: Plan, by_roster: bool
) -> None:
    """It goes from notes, lines, title, what was undone or struck, and the version before."""
    # promise 1
    session = room.begin(lunch, title="A circle", stop_in_seconds=3600)
    session.do(decide.next_step)
    for _ in range(2):
        session.keep_note(f"The {WORDS[0]} group and {WORDS[1]}")
    session.keep_line(ParkedQuestion, f"Why {WORDS[0].upper()}?")
    session.keep_wording("stay-engaged", f"Stay, {WORDS[0]}")
    session.strike(session.facts(Note)[0].id)
    settled(session)
    if by_roster:
        session.name_room(Roster.parse("Umbrella"))
    else:
        session.decide_word(WORDS[0], keep=False)
    kind = "colleague" if by_roster else "person"
    assert places_of(settled(session), WORDS[:1]) == []
    session.undo()
    assert places_of(settled(session), WORDS[:1]) == []
    stands = {note.text for note in session.facts(Note)}
    assert stands == {f"The [{kind} 1] group and {WORDS[1]}"}
    assert [note.hidden for note in session.facts(Note)] == [{"name": 1}] * 2
    session.decide_word(WORDS[0], keep=True)
    assert session.facts(ParkedQuestion)[0].text == f"Why {WORDS[0].upper()}?"


def test_a_word_is_hidden_however_its_apostrophe_was_typed(room: Room, lunch: Plan) -> None:
    """Another apostrophe or hyphen than the one that was answered keeps no name in the record."""
    # promise 1
    session = room.begin(lunch, stop_in_seconds=3600)
    session.do(decide.next_step)
    for text in ("ask o'brack", "so o`brack", "and wu‑tek", "a wu tek"):
        session.keep_note(text)
    session.decide_word("o’brack", keep=False)
    session.decide_word("wu-tek", keep=False)
    assert places_of(settled(session), ("brack", "tek")) == []


def test_an_answer_about_a_frequent_word_can_be_taken_back_whole(room: Room, lunch: Plan) -> None:
    """A note that loses its end where a word stands too often has it again once the word stays."""
    session = room.begin(lunch, stop_in_seconds=3600)
    session.do(decide.next_step)
    long = "the pew and " * 300 + "the end"
    session.keep_note(long)
    session.keep_note("the pew")
    session.decide_word("the", keep=False)
    session.decide_word("pew", keep=False)
    assert session.names.shortened == 1
    cut = max((note.text for note in session.facts(Note)), key=len)
    assert len(cut) <= NOTE_LIMIT
    assert cut.endswith("…")
    assert cut.removesuffix("…").rstrip().endswith(("and", "1]", "2]"))
    session.decide_word("pew", keep=True)
    session.decide_word("the", keep=True)
    assert session.names.shortened == 0
    assert {note.text for note in session.facts(Note)} == {long, "the pew"}
    assert [note.hidden for note in session.facts(Note)] == [{}, {}]


def test_a_name_noticed_late_leaves_what_a_theme_is_called(room: Room, lunch: Plan) -> None:
    """What own themes are called loses names too, also what one was called before."""
    # promise 1
    session = room.begin(lunch, stop_in_seconds=3600)
    first, second = (OwnTheme(id=new_id(), label=f"trust in {word}") for word in WORDS)
    session.keep_coding(Coding((first, second)))
    session.keep_coding(Coding((first, second.model_copy(update={"label": "Zaharah"}))))
    assert places_of(settled(session), WORDS[1:]) == []
    session.decide_word(WORDS[0], keep=False)
    assert places_of(settled(session), WORDS[:1]) == []
    assert [one.label for one in session.record.own_themes] == ["trust in [person 1]", "Zaharah"]
    session.decide_word(WORDS[0], keep=True)
    assert session.record.own_themes[0] == first
    session.name_room(Roster.parse(ROSTER))
    assert places_of(settled(session), TOKENS) == []


def test_numbers_in_answers_are_given_to_nobody_else(room: Room, lunch: Plan) -> None:
    """After an interruption those in answers and themes are taken, a wild one is not."""
    session = room.begin(lunch, stop_in_seconds=3600)
    session.do(decide.next_step)
    items = (
        AnswerItem(id=new_id(), text="[person 2] heard me", translation="[colleague 3] did"),
        AnswerItem(id=new_id(), text="I made up [person 9000]"),
    )
    session._keep(Answers(id=new_id(), ask="reflection", kind="words", seats=5, items=items))
    session.keep_coding(Coding((OwnTheme(id=new_id(), label="what [person 1] does"),)))
    session.leave()
    again = room.resume(session)
    again.name_room(Roster.parse(ROSTER))
    assert again.keep_note("Zaharah spoke").text == "[colleague 4] spoke"
    again.keep_coding(Coding((OwnTheme(id=new_id(), label="what [person 6] does"),)))
    assert again.keep_note("Tamsin spoke").text == "[colleague 7] spoke"


def test_what_is_known_of_names_ends_with_the_session(named: LiveSession) -> None:
    """Left or closed, a session has no roster, no answers and no words that could come back."""
    named.keep_note("Zaharah spoke. Talked to Quill about it")
    named.decide_word("Bobo", keep=False)
    assert named.names._doubtful
    named.leave()
    assert named.names.roster.is_empty
    assert (named.names.memory.kept | named.names.memory.hidden) == set()
    assert (len(named.names.aliases), named.names._doubtful) == (0, {})


def test_a_count_that_was_replaced_leaves_no_trace(named: LiveSession) -> None:
    """The answers of a first count are in no file once there is a second."""
    useful = ask_of(named.plan, "useful")
    first = named.keep_tally(useful, {"5": 7, "1": 5})
    named.keep_tally(useful, {"4": 8})
    assert places_of(settled(named), tuple(item.id for item in first.items)) == []


@pytest.fixture
def closed(room: Room, named: LiveSession) -> bytes:
    """Return the bytes of a closed record in whose session everything happened."""
    for text in WRITTEN:
        room.clock.tick(77)
        named.keep_note(text)
    named.do(decide.adopt_agreements)
    named.do(decide.name_agreement, number=1)
    named.keep_tally(ask_of(named.plan, "useful"), {"5": 9})
    named.do(decide.pause)
    room.clock.tick(77)
    named.do(decide.change_heads, heads=19)
    named.do(decide.begin_closing)
    room.clock.tick(77)
    named.close()
    return named.folder.path.read_bytes()


def test_no_fine_time_is_in_what_stays(closed: bytes) -> None:
    """A closed record has one day and lengths of steps: no moment, no clock, no order of acts."""
    # promise 24
    text = closed.decode()
    assert re.findall(r"\b\d{1,2}:\d{2}\b", text) == []
    assert re.findall(r"\d{4}-\d{2}-\d{2}[^,]{0,12}", text) == ['2026-11-22"']
    assert not set(keys(json.loads(text))) & {"at", "clock", "timeline", "opened_at", "wall"}
    kinds = (kind.model_fields["type"].default for kind in get_args(get_args(EVENTS._type)[0]))
    assert [kind for kind in kinds if f'"{kind}"' in text] == []


def keys(value: object) -> Iterator[str]:
    """Yield every key of a table, at any depth."""
    if isinstance(value, dict):
        yield from value
        for item in value.values():
            yield from keys(item)
    elif isinstance(value, list):
        for item in value:
            yield from keys(item)


def test_answers_of_participants_hold_no_time_at_all(closed: bytes) -> None:
    """An answer is an id and what was chosen; nothing in it is a time or a place in an order."""
    # promise 24
    answers = json.loads(closed)["answers"]
    assert set(keys(answers)) == {
        "id",
        "ask",
        "kind",
        "seats",
        "opened",
        "items",
        "value",
        "status",
    }


def test_a_closed_session_is_one_file(closed: bytes, named: LiveSession) -> None:
    """The version before, the lock and every half-written file are gone."""
    assert [path.name for path in named.folder.folder.iterdir()] == ["session.json"]
    assert named.folder.path.read_bytes() == closed


def test_the_record_does_not_know_where_it_was_made(closed: bytes, tmp_path: Path) -> None:
    """Neither the computer nor the account nor a folder is named in it."""
    # promise 25
    text = closed.decode()
    assert str(tmp_path) not in text
    assert str(Path.home()) not in text
    assert f'"{platform.node()}"' not in text
    assert f'"{getpass.getuser()}"' not in text
