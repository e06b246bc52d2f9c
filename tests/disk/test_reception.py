"""What the room is shown is made anew when it changes, and only then; and how pages are counted."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agreements.model import Protocol
from agreements.plan import PerPersonDuration, Plan
from dialogue.reception import MOST_WAITING, WITHDRAWAL_SECONDS, Reception
from dialogue.web.wire import room_bytes, room_state, state_bytes
from sessions import decide
from sessions.beginning import Opening
from sessions.decide_sheet import GRACE_SECONDS
from sessions.facts import Answers, HouseAgreement
from sessions.keys import KeyFolder
from sessions.live import LiveSession
from sessions.payloads import Words, encode
from sessions.seating import MOST_SEATS, SEAT_SECONDS, Seats, new_seat
from sessions.sheet_desk import SheetDesk
from sessions.store import Store
from sessions.voices import Voices
from tests.plugin_sessions import WORDS, FakeClock, plan_of, setting_of, step_of

HEADS = 12


@pytest.fixture
def plan() -> Plan:
    """Return a plan whose steps all ask."""
    asks = (WORDS, WORDS.model_copy(update={"id": "more-words"}))
    return plan_of(*(step_of(f"step-{one.id}", asks=(one,)) for one in asks))


@pytest.fixture
def session(
    store: Store, plan: Plan, protocol: Protocol, fake_clock: FakeClock
) -> Iterator[LiveSession]:
    """Return a session in its first step."""
    opening = Opening("A talk", plan, protocol, setting_of(HEADS))
    session = LiveSession.begin(store, opening, fake_clock.clock)
    session.do(decide.next_step)
    yield session
    session.leave()


@pytest.fixture
def desk(session: LiveSession, tmp_path: Path) -> Iterator[SheetDesk]:
    """Return its sheets."""
    desk = SheetDesk(session, KeyFolder(tmp_path / "config"))
    yield desk
    desk.leave()


def come(desk: SheetDesk, pages: int) -> None:
    """Let so many pages be heard."""
    for _ in range(pages):
        desk.seats.is_here(new_seat())


def test_whatever_is_done_shows_at_once(
    session: LiveSession, desk: SheetDesk, fake_clock: FakeClock
) -> None:
    """After every act the room sees what somebody would see who looks for the first time."""
    reception = Reception(session, desk)

    def close_for_good() -> None:
        desk.close()
        fake_clock.tick(GRACE_SECONDS)
        assert desk.finish() is None

    def blank(*, blank: bool) -> Callable[[], None]:
        return lambda: setattr(reception, "blank", blank)

    acts: tuple[Callable[[], object], ...] = (
        lambda: session.keep_line(HouseAgreement, "We eat together."),
        lambda: session.keep_wording(session.protocol.agreements[0].id, "Our words."),
        lambda: session.do(decide.pause),
        lambda: session.do(decide.resume),
        session.undo,
        lambda: session.do(decide.resume),
        blank(blank=True),
        blank(blank=False),
        lambda: come(desk, 6),
        desk.open,
        lambda: come(desk, 6),
        lambda: session.do(decide.change_heads, heads=7),
        desk.close,
        desk.hold_open,
        close_for_good,
        desk.hold_open,
        close_for_good,
        desk.discard,
        lambda: session.do(decide.next_step),
        lambda: fake_clock.tick(60),
    )
    changed = 0
    for act in acts:
        before = reception.view()
        act()
        fresh = Reception(session, desk)
        fresh.blank = reception.blank
        assert reception.view() == fresh.view()
        changed += reception.view() != before
    assert changed >= len(acts) - 3


def test_a_change_of_speaker_is_called_to_the_room_and_no_pause_shows_it(
    store: Store, protocol: Protocol, fake_clock: FakeClock, tmp_path: Path
) -> None:
    """To the second, also after a turn was ended by a key; pause and blank are alike beside it."""
    turns = PerPersonDuration(seconds_each=60, handover_seconds=20)
    plan = plan_of(step_of("pairs", format="pair", group_size=2, duration=turns))
    opening = Opening("A talk", plan, protocol, setting_of(HEADS))
    session = LiveSession.begin(store, opening, fake_clock.clock)
    session.do(decide.next_step)
    reception = Reception(session, SheetDesk(session, KeyFolder(tmp_path / "config")))
    seen = []
    for _ in range(85):
        seen.append(reception.view().cue)
        fake_clock.tick(1)
    assert seen == [None] * 60 + ["half-time"] * 20 + [None] * 5
    assert reception.view().cue is None
    assert session.turns.end_turn()
    assert reception.view().cue == "once-more", "time is left for another round"
    reception.blank = True
    blank = reception.view()
    reception.blank = False
    session.do(decide.pause)
    assert reception.view() == blank
    assert blank.cue is None
    session.do(decide.resume)
    assert session.turns.take_back() is None, "the pause came after it"
    session.undo()
    session.undo()
    assert session.turns.take_back() == "turn"
    assert reception.view().cue is None
    session.leave()


def test_the_same_view_is_made_once(
    session: LiveSession, desk: SheetDesk, fake_clock: FakeClock
) -> None:
    """As long as nothing is done, every beat is told from one view, however late it gets."""
    reception = Reception(session, desk)
    come(desk, HEADS)
    desk.open()
    first = reception.view()
    fake_clock.tick(SEAT_SECONDS / 2)
    come(desk, 1)
    assert reception.view() is first
    desk.close()
    assert reception.view() is not first


def test_what_all_are_told_is_joined_to_what_is_one_s_own(
    session: LiveSession, desk: SheetDesk
) -> None:
    """An answer made from what is ready for all is the one that is made from its parts."""
    reception = Reception(session, desk)
    view, compass = reception.view(), reception.compass()
    for own in (None, {"tokens": {}, "receipts": []}, {"tokens": {"a": "ü"}, "receipts": []}):
        ready = state_bytes(room_bytes(view, compass), own)
        assert ready == state_bytes(room_state(view, compass), own)


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 12)), max_size=60))
def test_a_page_counts_for_so_long_after_it_was_heard(beats: list[tuple[int, int]]) -> None:
    """Whoever calls in whatever order, those are counted that were heard of late, and no others."""
    now = 0.0
    seats, heard = Seats(lambda: now), dict[str, float]()
    for page, seconds in beats:
        now += seconds
        seats.is_here(str(page))
        heard[str(page)] = now
        expected = sum(at >= now - SEAT_SECONDS for at in heard.values())
        assert seats.count() == expected


def test_only_so_many_pages_are_counted() -> None:
    """A flood of made-up pages fills no memory, and those that are here stay counted."""
    now = 0.0
    seats = Seats(lambda: now)
    for page in range(MOST_SEATS + 100):
        seats.is_here(str(page))
    assert seats.count() == MOST_SEATS
    now = SEAT_SECONDS
    seats.is_here("0")
    now += 1
    assert seats.count() == 1


@pytest.fixture
def written(desk: SheetDesk) -> tuple[str, ...]:
    """Return the words of somebody who wrote to the open sheet, as the first of six."""
    come(desk, HEADS)
    desk.open()
    voices, ask = desk.voices, desk.asks[0].id
    assert voices is not None
    tokens = [voices.new_tokens()[ask] for _ in range(6)]
    for number, token in enumerate(tokens):
        assert voices.submit(ask, token, encode(Words(text=f"{number}."))).result() == "kept"
    return voices.words_to_withdraw(ask, tokens[0])


def kept(session: LiveSession) -> set[str | None]:
    """Return the words that were read when the sheet was opened."""
    return {one.text for answers in session.facts(Answers) for one in answers.items}


LEFT = {f"{number}." for number in range(1, 6)}


async def test_a_withdrawal_that_waits_is_carried_out_before_the_box_is_shut(
    session: LiveSession, desk: SheetDesk, fake_clock: FakeClock, written: tuple[str, ...]
) -> None:
    """Wrong tries of somebody else before it in the line do not make it come too late."""
    # promise 15
    reception = Reception(session, desk)
    for number in range(10):
        reception.withdraw(f"wrong {number}")
    desk.close()
    fake_clock.tick(GRACE_SECONDS)
    reception.withdraw(" ".join(written))
    assert desk.finish() is not None
    assert kept(session) == LEFT


async def test_a_withdrawal_that_waits_is_carried_out_before_the_program_ends(
    session: LiveSession, desk: SheetDesk, tmp_path: Path, written: tuple[str, ...]
) -> None:
    """Whoever was told so does not find the answer back after an interruption."""
    # promise 15
    reception = Reception(session, desk)
    for number in range(10):
        reception.withdraw(f"wrong {number}")
    reception.withdraw(" ".join(written))
    desk.leave()
    again = SheetDesk(session, KeyFolder(tmp_path / "config"))
    assert again.voices is not None
    assert not again.voices.has_enough(again.asks[0].id, 6)
    assert again.voices.has_enough(again.asks[0].id, 5)
    again.leave()


async def test_a_withdrawal_after_too_few_waits_for_the_sheet_to_go_on(
    session: LiveSession, desk: SheetDesk, fake_clock: FakeClock
) -> None:
    """While the sheet is shut nothing is lost; once people write longer, it has its turn."""
    # promise 15
    come(desk, HEADS)
    desk.open()
    voices, ask = desk.voices, desk.asks[0].id
    assert voices is not None
    token = voices.new_tokens()[ask]
    voices.submit(ask, token, encode(Words(text="0."))).result()
    reception = Reception(session, desk)
    desk.close()
    fake_clock.tick(GRACE_SECONDS)
    assert desk.finish() is None
    reception.withdraw(" ".join(voices.words_to_withdraw(ask, token)))
    desk.hold_open()
    for number in range(1, 6):
        voices.submit(ask, voices.new_tokens()[ask], encode(Words(text=f"{number}."))).result()
    desk.close()
    fake_clock.tick(GRACE_SECONDS)
    assert desk.finish() is not None
    assert kept(session) == LEFT


async def test_only_so_many_tries_wait(
    session: LiveSession, desk: SheetDesk, written: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A guesser makes nobody wait longer than a line of that length takes, nor fills memory."""
    tried: list[str] = []
    monkeypatch.setattr(Voices, "withdraw", lambda _self, words: tried.append(words))
    reception = Reception(session, desk)
    for number in range(MOST_WAITING + 10):
        reception.withdraw(f"{number}")
    desk.leave()
    assert tried == [f"{number}" for number in range(MOST_WAITING)]
    assert " ".join(written) not in tried
    assert MOST_WAITING * WITHDRAWAL_SECONDS < GRACE_SECONDS
