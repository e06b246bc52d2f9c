"""`dialogue follow-up`: states, roles, days, asks and replies, by options and by questions."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from dialogue.exits import ExitCode
from sessions import boottime
from sessions.boottime import Clock
from sessions.document import ClosedRecord
from sessions.facts import GroupCommitment, LeadershipAsk
from sessions.live import LiveSession
from sessions.standing import leadership_asks
from sessions.store import SessionFolder

if TYPE_CHECKING:
    from tests.cli.conftest import Call

HELD = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)

Move = Callable[[int], None]


@pytest.fixture(autouse=True)
def days_later(monkeypatch: pytest.MonkeyPatch) -> Move:
    """Set today to 65 days after the session, and return a way to set it to others."""

    def move(days: int) -> None:
        today = Clock(boot=lambda: 1.0, wall=lambda: HELD + timedelta(days=days))
        monkeypatch.setattr(boottime, "system_clock", lambda: today)

    move(65)
    return move


@pytest.fixture
def kept(closed: LiveSession) -> SessionFolder:
    """Return a closed session with two commitments and an ask of leadership."""
    folder = closed.folder
    record = folder.read()
    assert isinstance(record, ClosedRecord)
    promises = tuple(
        GroupCommitment(id=f"{number:032x}", text=text)
        for number, text in enumerate(("Ask before we post", "Meet again in spring"), 1)
    )
    asks = (LeadershipAsk(id="d" * 32, text="Say why hiring stopped"),)
    folder.write(record.model_copy(update={"group_commitments": promises, "leadership_asks": asks}))
    return folder


def read(folder: SessionFolder) -> ClosedRecord:
    """Return the record as it is on the disk."""
    record = folder.read()
    assert isinstance(record, ClosedRecord)
    return record


def test_without_options_it_lists(call: Call, kept: SessionFolder) -> None:
    """In a script it says what there is, numbered, and asks nothing."""
    before = kept.path.read_bytes()
    answer = call("follow-up", kept.name)
    assert answer.code == 0
    assert "1\tAsk before we post" in answer.out
    assert "2\tMeet again in spring" in answer.out
    assert "1\tSay why hiring stopped" in answer.out
    assert kept.path.read_bytes() == before


def test_a_session_without_either_says_what_to_do(call: Call, closed: LiveSession) -> None:
    """Where nothing was promised or asked, it says where that is kept."""
    assert "--ask adds what is asked" in call("follow-up", closed.folder.name).out


def test_options_are_taken_down(call: Call, kept: SessionFolder) -> None:
    """State, what got in the way, role, day, an ask and a reply, in one call."""
    answer = call(
        *("follow-up", kept.name, "--commitment", 2, "--at", 60, "--state", "partly"),
        *("--in-the-way", "Maria Lopez had no time", "--role", "unit council"),
        *("--due", "2027-03-31", "--ask", "Come to the next one", "--reply", 1, "We will say"),
        *("--on", "2027-01-10"),
    )
    assert answer.code == 0, answer.err
    assert "It is kept as: [person 1] had no time" in answer.out
    record = read(kept)
    (promise,) = [one for one in record.group_commitments if one.text == "Meet again in spring"]
    assert (promise.role, str(promise.due)) == ("unit council", "2027-03-31")
    (at,) = promise.follow_up
    assert (at.after_days, at.state, at.in_the_way) == (60, "partly", "[person 1] had no time")
    asks = {one.text: one.replies for one in record.leadership_asks}
    (reply,) = asks["Say why hiring stopped"]
    assert (str(reply.on), reply.text) == ("2027-01-10", "We will say")
    assert asks["Come to the next one"] == ()
    assert "partly kept. [person 1] had no time" in answer.out
    assert b"Maria" not in kept.path.read_bytes()


TOGETHER = [
    (("--at", 30), "--at and --state go together"),
    (("--state", "kept"), "--at and --state go together"),
    (("--in-the-way", "time"), "give --at and --state"),
    (("--at", 30, "--state", "kept"), "Which commitment?"),
    (("--role", "HR"), "Which commitment?"),
    (("--commitment", 1), "What of it?"),
    (("--on", "2027-01-10"), "give --reply with it"),
    (("--commitment", 0, "--role", "HR"), "0 is not in the range"),
    (("--at", 45), "'45' is not one of"),
    (("--due", "soon"), "does not match the format"),
]


@pytest.mark.parametrize(("options", "why"), TOGETHER)
def test_what_does_not_go_together_is_refused(
    call: Call, kept: SessionFolder, options: tuple[object, ...], why: str
) -> None:
    """A line that lacks something ends with 2, says what, and changes nothing."""
    before = kept.path.read_bytes()
    answer = call("follow-up", kept.name, *options)
    assert answer.code == ExitCode.USAGE
    assert why in answer.err
    assert kept.path.read_bytes() == before


REFUSED = [
    (("--commitment", 9, "--role", "HR"), "the last one is 2"),
    (("--reply", 2, "Yes"), "the last one is 1"),
    (("--commitment", 1, "--role", "Keisha Brown"), "may point to a person"),
    (("--reply", 1, "Yes", "--on", "2027-12-31"), "is still to come"),
    (("--ask", " "), "nothing to keep"),
]


@pytest.mark.parametrize(("options", "why"), REFUSED)
def test_what_cannot_be_is_refused(
    call: Call, kept: SessionFolder, options: tuple[object, ...], why: str
) -> None:
    """A number that is not there, a person, a day to come or no words: nothing changes."""
    before = kept.path.read_bytes()
    answer = call("follow-up", kept.name, *options)
    assert answer.code == ExitCode.REFUSED
    assert why in answer.err
    assert kept.path.read_bytes() == before


def test_it_is_too_early_for_later_days(call: Call, kept: SessionFolder, days_later: Move) -> None:
    """How it stands after 60 days is not said before 30 have passed."""
    days_later(29)
    answer = call("follow-up", kept.name, "--commitment", 1, "--at", 60, "--state", "kept")
    assert answer.code == ExitCode.REFUSED
    assert "It is too early to say how it stands after 60 days" in answer.err


def test_later_exports_tell_what_was_added(call: Call, kept: SessionFolder, tmp_path: Path) -> None:
    """What the first export told stays, what came later is in the next one."""
    call("export", kept.name, "--out", tmp_path / "one")
    call("follow-up", kept.name, "--commitment", 1, "--at", 30, "--state", "kept")
    answer = call("follow-up", kept.name, "--reply", 1, "In May")
    assert "what was told stays, and later exports add to it" in answer.out
    call("export", kept.name, "--out", tmp_path / "two")
    (one,), (two,) = (list((tmp_path / name).iterdir()) for name in ("one", "two"))
    before, after = one.read_text("utf-8"), two.read_text("utf-8")
    # Of what was there only the line goes that said there was no reply.
    assert set(before.splitlines()) - set(after.splitlines()) <= {"  No reply yet."}
    assert "after 30 days: kept" in after
    assert "In May" in after


def test_a_slip_is_put_right_in_one_call(call: Call, kept: SessionFolder) -> None:
    """A reply is taken back and said anew, and an ask goes, with the numbers of the list."""
    call("follow-up", kept.name, "--reply", "1", "No", "--ask", "Pay an our")
    first, second = (one.text for one in leadership_asks(read(kept)))
    number = "1" if first == "Pay an our" else "2"
    asked_first = str(3 - int(number))
    assert {first, second} == {"Pay an our", "Say why hiring stopped"}
    wrong = ("--drop-reply", asked_first, "--reply", asked_first, "We will", "--drop-ask", number)
    assert call("follow-up", kept.name, *wrong).code == 0
    (one,) = read(kept).leadership_asks
    assert (one.text, [reply.text for reply in one.replies]) == (
        "Say why hiring stopped",
        ["We will"],
    )


def test_an_open_session_is_refused(call: Call, begin: Callable[..., LiveSession]) -> None:
    """It has to be closed first."""
    session = begin()
    session.leave()
    answer = call("follow-up", session.folder.name, "--ask", "Why?")
    assert answer.code == ExitCode.REFUSED
    assert "Close it first" in answer.err


@pytest.fixture
def at_a_terminal(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Return a way to sit at a terminal and answer questions."""

    def sit(*answers: str) -> None:
        left = [*answers]
        monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
        monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
        monkeypatch.setattr("click.termui.visible_prompt_func", lambda _prompt: left.pop(0))

    return sit


def test_in_a_terminal_it_asks(
    call: Call, kept: SessionFolder, at_a_terminal: Callable[..., None]
) -> None:
    """One thing after the other, with the days that are due as the usual answer."""
    at_a_terminal(
        *("s", "2", "", "not-yet", "No room for James Miller", "unit council", "someday", ""),
        *("r", "1", "We look into it", "2027-01-12"),
        *("a", "Publish the numbers"),
        "",
    )
    answer = call("follow-up", kept.name)
    assert answer.code == 0, answer.err
    record = read(kept)
    promise = max(record.group_commitments, key=lambda one: one.id)
    (at,) = promise.follow_up
    assert (at.after_days, at.state, at.in_the_way) == (60, "not-yet", "No room for [person 1]")
    assert (promise.role, promise.due) == ("unit council", None)
    assert "Write it as year, month and day" in answer.out
    replies = [one.replies for one in record.leadership_asks if one.replies]
    assert [(str(one.on), one.text) for (one,) in replies] == [("2027-01-12", "We look into it")]
    assert "Publish the numbers" in {one.text for one in record.leadership_asks}


def test_a_refusal_does_not_end_the_questions(
    call: Call, kept: SessionFolder, at_a_terminal: Callable[..., None], days_later: Move
) -> None:
    """What cannot be kept is asked for again at once, and the answers before it are not lost."""
    days_later(20)
    at_a_terminal(
        *("s", "1", "90", "30", "not-yet", "so " * 200, "No room", "Keisha Brown", "council", ""),
        *("r", "1", "Soon", "2030-01-01", "2020-01-01", ""),
        *("a", "Publish", ""),
    )
    answer = call("follow-up", kept.name)
    assert answer.code == 0
    said = " ".join(answer.out.split())
    assert "too early to say how it stands after 90 days" in said
    assert "may point to a person" in said
    assert "2030-01-01 is still to come" in said
    assert "a reply cannot be from before" in said
    (one,) = (one for one in read(kept).group_commitments if one.follow_up)
    assert (one.follow_up[0].in_the_way, one.role) == ("No room", "council")
    assert "Publish" in {one.text for one in read(kept).leadership_asks}
    assert "Soon" in {reply.text for one in read(kept).leadership_asks for reply in one.replies}


def test_what_is_due_is_said(call: Call, kept: SessionFolder, days_later: Move) -> None:
    """`dialogue sessions` and `dialogue doctor` name follow-ups that are due, until they are said.

    A list for programs stays as it is.
    """
    days_later(20)
    assert "Follow-up" not in call("sessions").out
    days_later(31)
    said = f"Follow-up is due: {kept.name} (30 days, 2 open)."
    assert said in " ".join(call("sessions").out.split())
    doctor = call("doctor")
    assert f"to do  {said}" in " ".join(doctor.out.split(" "))
    assert doctor.code == ExitCode.REFUSED
    assert isinstance(call("sessions", "--json").json, list)
    for number in (1, 2):
        call("follow-up", kept.name, "--commitment", number, "--at", 30, "--state", "kept")
    assert "Follow-up" not in call("sessions").out


def test_words_past_their_day_are_said(call: Call, kept: SessionFolder, days_later: Move) -> None:
    """From the day on that was set, until they are purged or held."""
    days_later(89)
    assert "past their day" not in call("sessions").out
    days_later(90)
    said = f"Words are past their day: {kept.name} (since 2027-02-20)."
    assert said in " ".join(call("sessions").out.split())
    assert said in call("doctor").out
    call("purge", "--hold", kept.name)
    assert "past their day" not in call("sessions").out
    call("purge", "--release", kept.name)
    assert "past their day" not in call("sessions").out
