"""`dialogue themes` on the command line: bands for people and programs, and when it refuses."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from dialogue import run
from dialogue.commands import themes as themes_command
from dialogue.exits import ExitCode
from sessions.coding import FROZEN
from sessions.purging import without_words
from sessions.store import SessionFolder, Store
from sessions.summarise import freeze
from tests.core.coded import FIRST, TEXTS, TIME, TRUST, a_record, counted, in_words

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sessions.document import ClosedRecord
    from tests.cli.conftest import Call

    Keep = Callable[[ClosedRecord], SessionFolder]

CODED = {FIRST: {TRUST.id: 12, TIME.id: 4, "feeling": 6}}


@pytest.fixture
def keep(data: Path) -> Keep:
    """Return a way to put a closed record on the disk."""

    def on_disk(record: ClosedRecord) -> SessionFolder:
        folder = Store(data).create(held_on=record.held_on, title=record.title)
        folder.write(record)
        return folder

    return on_disk


def a_coded_record() -> ClosedRecord:
    """Return a session of 24 answers that are coded."""
    return a_record(counted(CODED, {FIRST: 24}), own_themes=(TRUST, TIME))


def test_the_list_tells_bands_and_no_word(call: Call, keep: Keep) -> None:
    """Each theme stands with a band, or with words where too few wrote of it; no answer does."""
    folder = keep(a_coded_record())
    answer = call("themes", folder.name, "--list")
    assert answer.code == 0
    rows = [line.split("\t") for line in answer.out.splitlines() if "\t" in line]
    told = {row[1]: [row[2], row[0]] for row in rows}
    assert told["Trust"] == ["own theme", "10 to 19"]
    assert told["Feeling"] == ["compass", "5 to 9"]
    assert told["No time to talk"] == ["own theme", "too few, or none"]
    assert told["2 Isolate race"] == ["condition", "too few, or none"]
    assert "Coded by people." in answer.out
    assert not [text for text in TEXTS if text in answer.out]
    assert FROZEN not in answer.out


def test_programs_get_the_same(call: Call, keep: Keep) -> None:
    """With `--json` each theme has its id, its kind, its name and a band."""
    answer = call("themes", keep(a_coded_record()).name, "--json")
    trust = {"code": TRUST.id, "kind": "theme", "label": "Trust", "answers": "10 to 19"}
    assert trust in answer.json
    assert len(answer.json) == 16
    few = [one["answers"] for one in answer.json if one["label"] == "No time to talk"]
    assert few == ["too few, or none"]


def test_an_exported_session_says_that_it_stays(call: Call, keep: Keep) -> None:
    """The list says in one sentence that coding changes no export."""
    answer = call("themes", keep(freeze(a_coded_record())).name, "--list")
    assert FROZEN in " ".join(answer.out.split())


def test_without_a_terminal_it_says_what_to_do(call: Call, keep: Keep) -> None:
    """In a script there is the list, and no screen with words."""
    answer = call("themes", keep(a_coded_record()).name)
    assert answer.code == ExitCode.USAGE
    assert "`--list` prints the themes" in answer.err


def purged(record: ClosedRecord) -> ClosedRecord:
    """Return a record whose words are gone."""
    return without_words(record, date(2027, 2, 20))


REFUSED = [
    (a_record, "has no answers in words to code"),
    (lambda: a_record([in_words(FIRST, [[]] * 9, status="unread")]), "Nobody read the answers"),
    (lambda: purged(a_coded_record()), "were deleted on 2027-02-20"),
]


@pytest.mark.parametrize(("record", "why"), REFUSED)
def test_where_there_is_nothing_to_read_no_screen_opens(
    call: Call, keep: Keep, monkeypatch: pytest.MonkeyPatch, record: Callable[[], Any], why: str
) -> None:
    """No answers, none that was read in the review, or words that are gone: a sentence says so."""
    monkeypatch.setattr(themes_command, "require_terminal", lambda _sentence: None)
    folder = keep(record())
    answer = call("themes", folder.name)
    assert answer.code == ExitCode.REFUSED
    assert why in answer.err
    with folder.lock:
        pass  # it was let go of


def test_an_open_session_is_refused(call: Call, begin: Callable[..., Any]) -> None:
    """It has to be closed first; nothing of it is listed."""
    session = begin()
    session.leave()
    for option in ("--list", "--json"):
        answer = call("themes", session.folder.name, option)
        assert answer.code == ExitCode.REFUSED
        assert "still open. Close it first" in answer.err
        assert answer.out == ""


def test_a_session_that_is_in_use_is_refused(
    call: Call, keep: Keep, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever holds the lock is not disturbed."""
    monkeypatch.setattr(themes_command, "require_terminal", lambda _sentence: None)
    folder = keep(a_coded_record())
    with folder.lock:
        answer = call("themes", folder.name)
    assert answer.code == ExitCode.REFUSED


def test_the_screen_opens_with_the_lock_held(
    call: Call, keep: Keep, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While it is shown no other program can purge or export, and its end code is the program's."""
    monkeypatch.setattr(themes_command, "require_terminal", lambda _sentence: None)
    folder = keep(a_coded_record())
    seen: list[int] = []

    def show(app: Any, _signs: str) -> int:  # noqa: ANN401
        other = call("export", folder.name, "--out", folder.folder)
        seen.append(other.code)
        app.leave_session()
        return 130

    monkeypatch.setattr(run, "show", show)
    assert call("themes", folder.name).code == 130
    assert seen == [ExitCode.REFUSED]
