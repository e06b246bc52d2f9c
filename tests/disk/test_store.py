"""The folder of sessions: made, found, listed and read, whatever lies in it.

Touches: disk, below `tmp_path`.
"""

from __future__ import annotations

import json
import stat
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from sessions.condense import condense
from sessions.document import to_json
from sessions.errors import (
    SessionNotFoundError,
)
from sessions.store import (
    RECORD_NAME,
    Store,
    read_header,
    read_record,
)
from tests.plugin_sessions import NOON, Make, changed, kept, put

DAY = NOON.date()


def test_a_session_gets_a_private_folder_of_its_own(store: Store) -> None:
    """Day, title and a random end name it, and only this account can look inside."""
    folder = store.create(held_on=DAY, title="Lunch & learn: Équité!")
    assert folder.folder.parent == store.sessions
    assert folder.name.startswith("2026-11-22-lunch-learn-equite-")
    assert len(folder.name.rpartition("-")[2]) == 4
    if sys.platform != "win32":
        assert stat.S_IMODE(folder.folder.stat().st_mode) == 0o700
    assert store.create(held_on=DAY, title="Lunch & learn: Équité!").name != folder.name


def test_rehearsals_are_kept_apart(store: Store, make: Make) -> None:
    """A rehearsal has a folder elsewhere, is not listed, and can still be found by name."""
    folder = kept(store, make(rehearsal=True))
    assert folder.folder.parent == store.rehearsals
    assert store.headers() == []
    assert store.find(folder.name).folder == folder.folder


def test_a_folder_that_exists_is_never_taken_again(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Should chance draw the same end twice, another is drawn."""
    drawn = iter("aaaaaaaabbbb")
    monkeypatch.setattr("secrets.choice", lambda _signs: next(drawn))
    first = store.create(held_on=DAY, title="x")
    second = store.create(held_on=DAY, title="x")
    assert (first.name, second.name) == ("2026-11-22-x-aaaa", "2026-11-22-x-bbbb")


@pytest.mark.parametrize(
    "title",
    [
        "",
        "…",
        "CON",
        "../../etc/passwd",
        "a" * 4000,
        "\x1b[31mred\x07",
        "\u202eevil",
        "مرحبا",
        "🙂" * 50,
    ],
)
def test_no_title_leads_out_of_the_folder(store: Store, title: str) -> None:
    """Whatever a title holds, the folder lies below the sessions and has a plain name."""
    # promise 38
    folder = store.create(held_on=DAY, title=title)
    assert folder.folder.parent == store.sessions
    assert folder.name.isascii()
    assert set(folder.name) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert len(folder.name) < 70


def test_a_record_is_read_as_it_was_written(store: Store, make: Make) -> None:
    """Written and read, a record is the same; so is its closed form."""
    folder = kept(store, make())
    assert folder.read() == make()
    closed = condense(make(), at=60)
    folder.write(closed)
    assert folder.read() == closed


def test_the_version_before_is_kept_while_the_session_is_open(store: Store, make: Make) -> None:
    """The first save has none, a later one keeps the one before, the close deletes it."""
    folder = kept(store, make("first"))
    assert not folder.previous.exists()
    assert not folder.previous_is_whole()
    folder.write(make("second"))
    assert read_record(folder.previous).title == "first"
    assert folder.previous_is_whole()
    folder.write(make("third"), forget_previous=True)
    assert read_record(folder.previous).title == "third"
    folder.write(condense(make("closed"), at=60))
    assert sorted(path.name for path in folder.folder.iterdir()) == [RECORD_NAME]


def test_a_list_shows_the_newest_day_first(store: Store, make: Make) -> None:
    """Sessions are listed by their day, open and closed alike."""
    kept(store, make("middle"))
    kept(store, make("old", held_on=date(2025, 1, 31)))
    kept(store, condense(make("new", held_on=date(2027, 3, 1)), at=60))
    found = [(one.title, one.held_on, one.state) for one in store.headers()]
    assert found == [
        ("new", "2027-03-01", "closed"),
        ("middle", "2026-11-22", "open"),
        ("old", "2025-01-31", "open"),
    ]


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("[b]bold[/b] [red]", "[b]bold[/b] [red]"),
        ("\x1b[2J\x1b]0;owned\x07", "[2J]0;owned"),
        ("\u202eevil\u2066", "evil"),
        ("two\nlines", "two lines"),
        ("x" * 4000, "x" * 120),
        ("é" * 3000, "é" * 120),
        ("😀" * 2000, "😀" * 120),
        ("", ""),
    ],
)
def test_titles_in_a_list_are_shown_safely(
    store: Store, make: Make, title: str, shown: str
) -> None:
    """Brackets stay plain text; escapes, direction marks and line breaks reach no screen."""
    # promise 5
    put(store, "2026-11-22-x", changed(make(), title=title))
    assert [header.title for header in store.headers()] == [shown]


def test_keys_in_another_order_are_found_too(store: Store, make: Make) -> None:
    """A record that was sorted or indented by another program is listed as what it is."""
    table = json.loads(to_json(make("Sorted")))
    put(store, "2026-11-22-x", json.dumps(table, sort_keys=True, indent=4).encode())
    header = store.headers()[0]
    assert (header.title, header.state, header.held_on) == ("Sorted", "open", "2026-11-22")


@pytest.mark.parametrize("cut", range(200, 4000, 97))
def test_a_head_may_end_anywhere(store: Store, make: Make, cut: int) -> None:
    """Wherever the head of a file happens to end, also inside a letter, it can be read."""
    title = "é😀\u0928\u0940" * 60
    source = "ü" * 1990 if cut % 2 else "\N{SNOWMAN}" * 1500
    record = changed(make(), title=title[: cut % 200], protocol={"source": source[: cut % 1500]})
    folder = put(store, "2026-11-22-x", record)
    assert read_header(folder.path).state == "open"


@pytest.mark.skipif(sys.platform == "win32", reason="a name that only POSIX allows")
def test_a_hostile_folder_name_is_shown_safely(store: Store, make: Make) -> None:
    """Escapes in the names of folders reach neither the list nor a sentence."""
    # promise 38
    for number in range(2):
        put(store, f"2026\x1b[31m\u202e-{number}", to_json(make()))
    assert [header.id for header in store.headers()] == ["2026[31m-1", "2026[31m-0"]
    with pytest.raises(SessionNotFoundError) as error:
        store.find("2026")
    assert error.value.sentence.isprintable()


def test_a_session_is_found_by_its_name_or_a_unique_beginning(store: Store, make: Make) -> None:
    """The whole name wins over being the beginning of another's."""
    for name in ("2026-11-22-circle-aaaa", "2026-11-22-circle-aaaa-bbbb", "2026-12-01-other-cccc"):
        put(store, name, to_json(make()))
    assert store.find("2026-11-22-circle-aaaa").name == "2026-11-22-circle-aaaa"
    assert store.find("2026-12").name == "2026-12-01-other-cccc"


@pytest.mark.parametrize(
    ("wanted", "sentence"),
    [
        ("nothing", "There is no session called “nothing”. `dialogue sessions` lists them."),
        ("", "There is no session called “”. `dialogue sessions` lists them."),
        ("..", "There is no session called “..”. `dialogue sessions` lists them."),
        ("\x1b[31m", "There is no session called “[31m”. `dialogue sessions` lists them."),
        (
            "2026-11-22-",
            (
                "“2026-11-22-” fits several sessions: 2026-11-22-a, 2026-11-22-b. Type "
                "a little more of the name."
            ),
        ),
    ],
)
def test_a_session_that_is_not_found_is_said_so(
    store: Store, make: Make, wanted: str, sentence: str
) -> None:
    """None, several, or a name that leads elsewhere: said, with what to do."""
    for name in ("2026-11-22-a", "2026-11-22-b"):
        put(store, name, to_json(make()))
    with pytest.raises(SessionNotFoundError) as error:
        store.find(wanted)
    assert error.value.sentence == sentence


def test_many_that_fit_are_not_all_named(store: Store, make: Make) -> None:
    """A sentence names five at most."""
    for number in range(30):
        put(store, f"2026-11-22-{number:02}", to_json(make()))
    with pytest.raises(SessionNotFoundError) as error:
        store.find("2026")
    assert error.value.sentence.count("2026-11-22-") == 5


def test_what_lies_about_is_no_session(store: Store, make: Make) -> None:
    """Stray files, empty folders and folders in the place of a record are passed over."""
    kept(store, make())
    (store.sessions / "notes.txt").write_text("stray")
    (store.sessions / "empty").mkdir()
    (store.sessions / "odd" / RECORD_NAME).mkdir(parents=True)
    assert len(store.headers()) == 1


def test_a_store_without_a_folder_is_empty(store: Store) -> None:
    """Before the first session nothing is there, and nothing is made by looking."""
    assert store.headers() == []
    with pytest.raises(SessionNotFoundError):
        store.find("2026")
    assert not store.sessions.exists()


def test_a_folder_whose_record_cannot_be_asked_about_is_listed_as_such(
    store: Store, make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When the system refuses even to say what is there, the list goes on."""
    kept(store, make())
    odd = put(store, "2026-11-22-odd", b"{}").path
    is_file, opened = Path.is_file, Path.open

    def refusing(action: Callable[..., Any]) -> Callable[..., Any]:
        def act(path: Path, *arguments: Any, **more: Any) -> Any:  # noqa: ANN401
            if path == odd:
                raise PermissionError(13, "Permission denied")
            return action(path, *arguments, **more)

        return act

    monkeypatch.setattr(Path, "is_file", refusing(is_file))
    monkeypatch.setattr(Path, "open", refusing(opened))
    assert sorted(header.state for header in store.headers()) == ["damaged", "open"]


def test_a_thousand_sessions_are_listed(store: Store, make: Make) -> None:
    """A thousand records, a tenth of them damaged or newer, are all in the list."""
    good = to_json(make())
    newer = changed(make(), version=2)
    for number in range(1000):
        data = {0: b"{", 1: newer}.get(number % 20, good)
        put(store, f"2026-11-22-{number:04}", data)
    states = [header.state for header in store.headers()]
    assert {state: states.count(state) for state in set(states)} == {
        "open": 900,
        "newer": 50,
        "damaged": 50,
    }
