"""What is due in the sessions that are kept: found over a folder, whatever else lies in it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from sessions.facts import FollowUp, GroupCommitment
from sessions.purging import without_words
from sessions.reminders import Reminder, reminders
from sessions.standing import FollowUpDue
from sessions.store import Store
from tests.core.coded import FIRST, a_record, in_words

if TYPE_CHECKING:
    from pathlib import Path

HELD = date(2026, 11, 22)
PURGED = HELD + timedelta(days=90)
KEPT = FollowUp(after_days=30, state="kept")
PROMISE = GroupCommitment(id=f"{1:032x}", text="Ask again")


def a_kept_record(**changes: Any) -> Any:  # noqa: ANN401
    """Return a session with words and one commitment."""
    fields = {"group_commitments": (PROMISE,), **changes}
    return a_record([in_words(FIRST, [[]] * 6)], **fields)


CASES = [
    (20, {}, None),
    (40, {}, (FollowUpDue(30, 1), None)),
    (40, {"group_commitments": ()}, None),
    (40, {"group_commitments": (PROMISE.model_copy(update={"follow_up": (KEPT,)}),)}, None),
    (90, {"group_commitments": ()}, (None, PURGED)),
    (100, {}, (FollowUpDue(90, 1), PURGED)),
    (100, {"on_hold": True}, (FollowUpDue(90, 1), None)),
    (900, {}, (None, PURGED)),
    (900, {"on_hold": True}, None),
]


@pytest.mark.parametrize(("passed", "changes", "wanted"), CASES)
def test_what_is_due_when(
    tmp_path: Path, passed: int, changes: dict[str, Any], wanted: tuple[Any, Any] | None
) -> None:
    """Follow-up on its three days for half a year; words from their day on, until held or gone."""
    store = Store(tmp_path)
    folder = store.create(held_on=HELD, title="T")
    folder.write(a_kept_record(**changes))
    found = list(reminders(store.headers(), HELD + timedelta(days=passed)))
    title = "Finance team"
    assert found == ([] if wanted is None else [Reminder(folder.name, title, *wanted)])


def test_what_was_purged_is_left_in_peace(tmp_path: Path) -> None:
    """Its words are gone, and after half a year nobody asks for its commitments."""
    store = Store(tmp_path)
    folder = store.create(held_on=HELD, title="T")
    folder.write(without_words(a_kept_record(), PURGED))
    assert list(reminders(store.headers(), HELD + timedelta(days=400))) == []


def test_what_cannot_be_read_stops_nothing(tmp_path: Path) -> None:
    """Damaged and strange records are passed over, and rehearsals are not looked at."""
    store = Store(tmp_path)
    for data in (b"{", b"[]", b'{"format": "dialogue-session", "version": 1, "state": "closed"}'):
        store.create(held_on=HELD, title="T").path.write_bytes(data)
    store.create(held_on=HELD, title="T", rehearsal=True).write(a_kept_record())
    good = store.create(held_on=HELD, title="T")
    good.write(a_kept_record())
    found = reminders(store.headers(), HELD + timedelta(days=100))
    assert [one.name for one in found] == [good.name]
