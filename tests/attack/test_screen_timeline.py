"""An attacker who films the facilitator's screen, and sees who types when.

Everything a screen shows while a sheet is open comes from the program's own views: each line of
Live, what its keys say, the join screen, the review, and what pages and room view are told. The
attacker has every one of them right before and right after each envelope, knows to the second when
each person pressed Done, and has all answers, in every order in which anybody gets to see them.

Touches: disk, below `tmp_path`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from agreements.model import Protocol
from dialogue.rehearse import people
from dialogue.rehearse.chance import Chance
from dialogue.rehearse.crowd import BEAT_SECONDS
from dialogue.rehearse.people import Spoken
from dialogue.tui import sheet_commands
from dialogue.tui.dialogs import join
from dialogue.wording import tr
from sessions import reviewing
from sessions.decide_sheet import GRACE_SECONDS
from sessions.facts import AnswerItem
from sessions.live import LiveSession
from sessions.payloads import Words
from tests.attack.odds import Matches, matches
from tests.attack.screens import frame
from tests.attack.sheets import WORDS, Sheet, plan_with

FEWEST, MOST = 8, 60
OPEN_SECONDS = 120

Figure = Callable[[str], None]


@dataclass
class Filmed:
    """What the attacker has of one session."""

    done: list[int]
    """Who pressed Done, in their order; as far as seen, everybody does who sits there."""
    changes: list[tuple[int, int]] = field(default_factory=list)
    """Each time a screen changed: who caused it, and who was seen to press Done last."""
    read_early: list[tuple[int, int]] = field(default_factory=list)
    """Whose words stood on a screen while the sheet was open, and who had pressed Done last."""
    orders: dict[str, list[int]] = field(default_factory=dict)
    """The writers of the answers, in each order in which anybody sees them."""


def text_of(person: int) -> str:
    """Return what somebody writes."""
    return f"words of person {person}."


def writer_of(item: AnswerItem) -> int:
    """Return who wrote an answer."""
    return int((item.text or "").strip(".").rpartition(" ")[2])


def session_filmed(sheet: Sheet, chance: Chance) -> Filmed:
    """Let a room write to a sheet, film the screens, and read the answers."""
    heads = sheet.session.state.heads
    spoken = Spoken(0, OPEN_SECONDS)
    moments = {person: people._done_at(spoken, chance) for person in range(heads)}
    arrivals = {
        person: at + chance.uniform(0, BEAT_SECONDS)
        for person, at in moments.items()
        if chance.happens(people.ANSWER_SHARE)
    }
    film = Filmed(sorted(moments, key=lambda person: moments[person]))
    sheet.open()
    opened_at = sheet.clock.boot
    for person, at in sorted(arrivals.items(), key=lambda one: one[1]):
        if at >= OPEN_SECONDS + GRACE_SECONDS:
            continue
        if at >= OPEN_SECONDS and sheet.sheets.phase == "open":
            sheet.clock.tick(opened_at + OPEN_SECONDS - sheet.clock.boot)
            sheet.sheets.close()
        sheet.clock.tick(opened_at + at - sheet.clock.boot)
        last = max((one for one in moments if moments[one] <= at), key=lambda one: moments[one])
        watch(sheet, film, person, last)
    finish(sheet, film)
    return film


def watch(sheet: Sheet, film: Filmed, person: int, last: int) -> None:
    """Let one envelope arrive, and compare the screens right before it and right after."""
    before = frame(sheet)
    sheet.write("what-stays", Words(text=text_of(person), level="aloud"))
    after = frame(sheet)
    if after != before:
        film.changes.append((person, last))
    if any(text_of(person) in words for words in after.values()):
        film.read_early.append((person, last))


def finish(sheet: Sheet, film: Filmed) -> None:
    """Close the sheet and take down every order in which its answers are seen."""
    if sheet.sheets.phase == "open":
        sheet.sheets.close()
    sheet.clock.tick(OPEN_SECONDS + GRACE_SECONDS)
    opened = sheet.sheets.finish()
    if opened is None:
        return
    first, again = reviewing.to_review(sheet.session), reviewing.to_review(sheet.session)
    film.orders = {
        "review": [*map(writer_of, first)],
        "review once more": [*map(writer_of, again)],
        "record": [*map(writer_of, opened.answers[0].items)],
    }


def film_all(folder: Path, protocol: Protocol, sessions: int) -> list[Filmed]:
    """Film so many sessions of rooms of all sizes."""
    films = []
    for number in range(sessions):
        heads = FEWEST + number * (MOST - FEWEST) // max(sessions - 1, 1)
        sheet = Sheet.begin(folder / str(number), plan_with((WORDS,)), protocol, heads=heads)
        films.append(session_filmed(sheet, Chance(number)))
        sheet.leave()
    return films


def right(guessed: Iterable[int], true: Sequence[int]) -> int:
    """Return how many guesses are right."""
    return sum(one == other for one, other in zip(guessed, true, strict=False))


def by_order(name: str, films: Iterable[Filmed]) -> Iterator[Matches]:
    """Take answers to stand in the order of Done, or against it."""
    both = [(film.done, film.orders[name]) for film in films if film.orders]
    for way, step in (("", 1), (", backwards", -1)):
        told = [
            (right([one for one in done if one in order][::step], order), len(order))
            for done, order in both
        ]
        yield matches(f"the order of the {name}{way}", told)


def by_changes(films: Sequence[Filmed]) -> Iterator[Matches]:
    """Take each change of a screen for the envelope of who was seen last, or of the next one."""
    last = [sum(who == seen for who, seen in film.changes) for film in films]
    turn = [right(film.done, [who for who, _seen in film.changes]) for film in films]
    for by, found in (("what changes, and who was seen last", last), ("changes, in turn", turn)):
        heads = (len(film.done) for film in films)
        yield matches(by, list(zip(found, heads, strict=True)))


def attacks(films: Sequence[Filmed]) -> list[Matches]:
    """Return what each attack comes to."""
    early = [(sum(who == seen for who, seen in one.read_early), len(one.done)) for one in films]
    names = ("review", "review once more", "record")
    return [
        *(found for name in names for found in by_order(name, films)),
        *by_changes(films),
        matches("words seen before the close", early),
    ]


def found_out(films: Sequence[Filmed]) -> list[str]:
    """Return the attacks that are better than a guess."""
    return [one.by for one in attacks(films) if one.are_better_than_a_guess]


FEW, PLANTED = 10, 3
"""So many sessions show most of it, and so many show a leak."""


@pytest.mark.parametrize(
    "sessions", [FEW, pytest.param(500, marks=[pytest.mark.slow, pytest.mark.timeout(900)])]
)
def test_a_film_of_the_screen_tells_nobody(
    tmp_path: Path, protocol: Protocol, sessions: int, figure: Figure
) -> None:
    """Nothing is readable before the close, and no attack names writers better than a guess."""
    # promise 3
    films = film_all(tmp_path, protocol, sessions)
    for one in attacks(films):
        figure(f"promise 3, {one}")
    assert found_out(films) == []
    assert [film.read_early for film in films if film.read_early] == []
    # Once enough have written a screen says so, and after that it says nothing more.
    assert {len(film.changes) for film in films} <= {0, 1}
    assert sum(len(film.orders["record"]) for film in films if film.orders) > 10 * sessions


def test_a_count_that_ticks_is_seen_through(
    tmp_path: Path, protocol: Protocol, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same attack names most writers where the screen says how many have written."""
    # promise 3
    said = sheet_commands.standing

    def ticking(sheet: Sheet) -> str:
        voices = sheet.sheets.voices
        return f"{said(sheet)} {len(voices._kept) if voices else 0} wrote"

    monkeypatch.setattr(sheet_commands, "standing", ticking)
    assert any("change" in by for by in found_out(film_all(tmp_path, protocol, PLANTED)))


def test_a_count_on_the_join_screen_is_seen_through(
    tmp_path: Path, protocol: Protocol, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same attack looks at the screens behind Live too."""
    # promise 3
    how = join._how
    monkeypatch.setattr(
        join,
        "_how",
        lambda sheet, **seen: how(sheet, **seen).append(f"{len(sheet.sheets.voices._kept)} wrote"),
    )
    assert any("change" in by for by in found_out(film_all(tmp_path, protocol, PLANTED)))


def test_answers_in_the_order_of_arrival_are_seen_through(
    tmp_path: Path, protocol: Protocol, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same attack names most writers where the review shows who came first, first."""
    # promise 3
    arrived: list[int] = []
    write, to_review = Sheet.write, reviewing.to_review

    def noting(sheet: Sheet, ask: str, payload: Words) -> str:
        arrived.append(int(payload.text.strip(".").rpartition(" ")[2]))
        return write(sheet, ask, payload)

    def in_order(session: LiveSession) -> list[AnswerItem]:
        return sorted(to_review(session), key=lambda item: -arrived[::-1].index(writer_of(item)))

    monkeypatch.setattr(Sheet, "write", noting)
    monkeypatch.setattr(reviewing, "to_review", in_order)
    assert "the order of the review" in found_out(film_all(tmp_path, protocol, PLANTED))


def test_words_shown_as_they_come_are_seen_through(
    tmp_path: Path, protocol: Protocol, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same attack reads what a screen shows of an open box."""
    # promise 3
    said = sheet_commands.standing

    def showing(sheet: Sheet) -> str:
        sealed = sheet.sheets._sheet
        found = sealed.box.open_all(sealed.keys["what-stays"]).values() if sealed else ()
        return said(sheet) + "".join(sorted(one.answer.decode() for one in found))

    monkeypatch.setattr(sheet_commands, "standing", showing)
    films = film_all(tmp_path, protocol, PLANTED)
    assert "words seen before the close" in found_out(films)


def test_nothing_follows_later_from_who_has_written(tmp_path: Path, protocol: Protocol) -> None:
    """Second by second the screens are those of a room in which nobody writes, but for enough."""
    # promise 3
    here, twin = (
        Sheet.begin(tmp_path / name, plan_with((WORDS,)), protocol, heads=24)
        for name in ("here", "twin")
    )
    here.open()
    twin.open()
    differences: set[tuple[str, str]] = set()
    for second in range(60):
        if second % 3 == 2:
            here.write("what-stays", Words(text=text_of(second)))
        frames = zip(frame(here).items(), frame(twin).values(), strict=True)
        differences |= {
            (place, words)
            for (place, words), other in frames
            if without_name(words) != without_name(other)
        }
        here.clock.tick(1)
        twin.clock.tick(1)
    here.leave()
    twin.leave()
    assert differences == {("beside next", tr("sheet open, enough · {key_close_sheet}"))}


def without_name(words: str) -> str:
    """Leave out the random name by which pages know a sheet."""
    return re.sub(r"'sheet': {'id': '[0-9a-f]{16}'", "", words)
