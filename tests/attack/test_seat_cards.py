"""Attacks on seat cards: two voices with one card, and a card that leads to what was written.

The sheets are real ones, with a box and keys on the disk. The attacker who looks for links comes
after the close and has more than anybody would: every file, and the full list of cards in the
order of their printing. The same attack is run on builds with a leak planted in them.
"""

from __future__ import annotations

import random
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from operator import getitem
from pathlib import Path

import pytest

from agreements.plan import Ask
from dialogue.reception import Reception
from sessions import decide
from sessions.cards import CardBatch, CardFolder, draw
from sessions.codes import code_hash, code_shown
from sessions.decide_sheet import GRACE_SECONDS
from sessions.envelopes import Unsealed, card_mark
from sessions.errors import CommandRefusedError
from sessions.facts import Answers
from sessions.keys import KeyFolder
from sessions.live import LiveSession
from sessions.payloads import Scale, Words, encode
from sessions.sheet_desk import SheetDesk
from sessions.unsealing import answers_of
from sessions.voices import Voices
from tests.attack.test_box_leaks import Chance, chances, fixed
from tests.plugin_sessions import Room, plan_of, setting_of, step_of

STAYS = Ask(id="what-stays", kind="words", text="What stays with you?")
USEFUL = Ask(id="useful", kind="scale", text="How useful was it?")
WRITING = plan_of(step_of("writing", asks=(STAYS, USEFUL)), step_of("end", kind="closing"))


@dataclass
class Bowl:
    """Sessions of one computer, and the cards that were printed there."""

    room: Room
    config: Path
    batch: CardBatch
    codes: tuple[str, ...]
    desks: list[SheetDesk] = field(default_factory=list)

    def host(self, session: LiveSession) -> Reception:
        """Return the door of a session, as a program that starts now opens it."""
        desk = SheetDesk(session, KeyFolder(self.config), CardFolder(self.config))
        self.desks.append(desk)
        return Reception(session, desk)

    def begin(self) -> Reception:
        """Begin a session with the cards that wait, up to the step with the sheet."""
        session = self.room.begin(WRITING, setting=setting_of(12, seat_cards=True))
        session.do(decide.next_step)
        return self.host(session)

    def restart(self) -> Reception:
        """End the program with everything as it is, and start it again."""
        desk = self.desks[-1]
        desk.leave()
        desk.session.leave()
        return self.host(self.room.resume(desk.session))

    def show_all(self, door: Reception) -> None:
        """Let everybody show a card."""
        for number, code in enumerate(self.codes):
            assert door.seat_is_here(f"page {number}", code) == "open"

    def open(self, door: Reception) -> Voices:
        """Open the sheet to everybody."""
        self.show_all(door)
        self.desks[-1].open()
        return self.voices

    @property
    def voices(self) -> Voices:
        """The voices of the sheet that is open."""
        voices = self.desks[-1].voices
        assert voices is not None
        return voices

    def close(self) -> None:
        """Close the sheet that is open, and open its box."""
        desk = self.desks[-1]
        desk.close()
        self.room.clock.tick(GRACE_SECONDS)
        assert desk.finish() is not None

    def give_up(self) -> None:
        """Close the sheet that is open, and discard its box unread."""
        self.desks[-1].close()
        self.room.clock.tick(GRACE_SECONDS)
        self.desks[-1].discard()


@pytest.fixture
def bowl(room: Room, tmp_path: Path) -> Iterator[Bowl]:
    """Return a computer on which six cards were printed."""
    batch, codes = draw(6)
    CardFolder(tmp_path / "config").keep(batch)
    bowl = Bowl(room, tmp_path / "config", batch, codes)
    yield bowl
    for desk in bowl.desks:
        desk.leave()


def words(text: str) -> bytes:
    """Return an answer in words."""
    return encode(Words(text=text))


def test_nobody_opens_a_sheet_with_five_pages_and_one_card(bowl: Bowl) -> None:
    """Cards that were shown count, and no pages; with five cards the same room opens."""
    # promise 9, promise 27
    door = bowl.begin()
    for number in range(12):
        door.seat_is_here(f"page {number}", bowl.codes[0])
    with pytest.raises(CommandRefusedError, match="Only 1 could write now, for so many cards"):
        bowl.desks[-1].open()
    for number, code in enumerate(bowl.codes[:5]):
        door.seat_is_here(f"page {number}", code)
    bowl.desks[-1].open()
    assert bowl.desks[-1].phase == "open"


def test_a_guesser_keeps_no_sheet_from_being_opened(bowl: Bowl) -> None:
    """The cards that are in stay in; and where others cannot come, the facilitator hears why."""
    # promise 9
    door = bowl.begin()
    for number, code in enumerate(bowl.codes[:4]):
        assert door.seat_is_here(f"page {number}", code) == "open"
    while door.seat_is_here("guesser", "0000-0000") == "wrong":
        pass
    assert door.seat_is_here("page 4", bowl.codes[4]) == "wait"
    with pytest.raises(CommandRefusedError, match="many wrong codes, and others have to wait"):
        bowl.desks[-1].open()
    bowl.room.clock.tick(1)
    assert door.seat_is_here("page 4", bowl.codes[4]) == "open"
    for _ in range(8):
        while door.seat_is_here("guesser", "0000-0000") == "wrong":
            pass
        said = [door.seat_is_here(f"page {n}", code) for n, code in enumerate(bowl.codes[:5])]
        assert said == ["open"] * 5
        bowl.room.clock.tick(5)
    bowl.desks[-1].open()


def test_a_page_without_a_card_gets_no_token(bowl: Bowl) -> None:
    """Neither no code nor a wrong one leads to a token, and a made-up one is refused."""
    # promise 9
    door = bowl.begin()
    voices = bowl.open(door)
    assert [door.token("what-stays", code) for code in ("", "0000-0000", draw(5)[1][0])] == [""] * 3
    assert not voices.is_token("what-stays", card_mark(b"k" * 32, b"card").hex() * 2)
    assert voices.is_token("what-stays", door.token("what-stays", bowl.codes[0]))


def test_a_card_in_two_phones_is_one_voice(bowl: Bowl) -> None:
    """Whoever sends first is heard; the other one hears that this voice was given."""
    # promise 9
    door = bowl.begin()
    voices = bowl.open(door)
    one = door.token("what-stays", bowl.codes[0])
    other = door.token("what-stays", f" {bowl.codes[0].lower()} ")
    assert one == other
    assert voices.submit("what-stays", one, words("first")).result() == "kept"
    assert voices.submit("what-stays", other, words("second")).result() == "other-kept"
    mine = door.token("what-stays", bowl.codes[1])
    assert voices.submit("what-stays", mine, words("first")).result() == "kept"


async def test_the_second_phone_of_a_card_hears_whose_answer_stands(bowl: Bowl) -> None:
    """It is the card's, and not one of this page; the answer that came first is kept."""
    # promise 9
    door = bowl.begin()
    bowl.open(door)
    told = []
    for text in ("first", "second"):
        assert door.seat_is_here(f"phone {text}", bowl.codes[0]) == "open"
        token = door.token("what-stays", bowl.codes[0])
        told.append(await door.receive("what-stays", token, {"text": text, "level": "quote"}))
    assert [one.outcome for one in told] == ["received", "spoken"]
    assert told[1].sentence == "This card has given its answer already."


def test_tokens_of_two_asks_have_nothing_in_common(bowl: Bowl) -> None:
    """Without the asks' keys nobody can tell that two tokens are of one card."""
    # promise 8
    door = bowl.begin()
    bowl.open(door)
    tokens = [door.token(ask, bowl.codes[0]) for ask in ("what-stays", "useful")]
    assert tokens[0][:32] != tokens[1][:32]
    for ask, token in zip(("useful", "what-stays"), tokens, strict=True):
        assert not bowl.voices.is_token(ask, token)


def test_cards_survive_a_restart_with_a_sheet_open(bowl: Bowl) -> None:
    """The program knows the cards of its sessions again, and who has written writes no more."""
    # promise 9
    door = bowl.begin()
    token = door.token("what-stays", bowl.codes[0]) or ""
    assert token == ""  # no sheet is open yet
    bowl.open(door)
    token = door.token("what-stays", bowl.codes[0])
    bowl.voices.submit("what-stays", token, words("before")).result()
    CardFolder(bowl.config).keep(draw(6)[0])  # and others are printed meanwhile
    door = bowl.restart()
    assert door.seat_is_here("a new phone", bowl.codes[0]) == "open"
    assert door.token("what-stays", bowl.codes[0]) == token
    assert bowl.voices.submit("what-stays", token, words("after")).result() == "other-kept"
    for code in bowl.codes[1:]:
        mine = door.token("what-stays", code)
        assert bowl.voices.submit("what-stays", mine, words("each")).result() == "kept"
    bowl.close()
    answers = bowl.desks[-1].session.tally("what-stays")
    assert answers is not None
    assert sorted(item.text or "" for item in answers.items) == ["before", *["each"] * 5]


def test_the_same_bowl_serves_a_second_session(bowl: Bowl) -> None:
    """Cards that were put back are good again, and nothing leads from one session to the other."""
    # promise 8
    first = bowl.begin()
    bowl.open(first)
    one = first.token("what-stays", bowl.codes[0])
    bowl.give_up()
    second = bowl.begin()
    bowl.open(second)
    other = second.token("what-stays", bowl.codes[0])
    assert other != one
    assert not bowl.voices.is_token("what-stays", one)
    assert bowl.voices.submit("what-stays", other, words("again")).result() == "kept"


def test_cards_of_a_session_go_when_it_closes(bowl: Bowl) -> None:
    """At the close a session's copy of the hashes is deleted; the printed cards still wait."""
    # promise 8
    door = bowl.begin()
    session, cards = bowl.desks[-1].session, CardFolder(bowl.config)
    bowl.open(door)
    bowl.give_up()
    bowl.desks[-1].leave()
    assert len(cards.of(session.folder.name)) == 1
    while session.state.phase != "closing":
        session.do(decide.next_step)
    session.close()
    bowl.desks[-1].leave()
    assert cards.of(session.folder.name) == []
    assert cards.waiting() == bowl.batch


def test_a_session_whose_cards_are_gone_says_so(bowl: Bowl) -> None:
    """Without its hashes a session opens no sheet to anybody, and says what to do."""
    cards = CardFolder(bowl.config)
    cards.delete("")
    bowl.begin()
    with pytest.raises(CommandRefusedError, match="cards of this session are gone"):
        bowl.desks[-1].open()


def test_cards_of_another_print_open_no_session_that_went_on_before(bowl: Bowl) -> None:
    """A session whose copy is gone when it is taken up again stays shut, also to new cards."""
    # promise 9
    bowl.begin()
    cards, (batch, codes) = CardFolder(bowl.config), draw(6)
    cards.delete(bowl.desks[-1].session.folder.name)
    cards.keep(batch)
    door = bowl.restart()
    assert {door.seat_is_here("page", code) for code in (*codes, *bowl.codes)} == {"wrong"}
    with pytest.raises(CommandRefusedError, match="no others open it"):
        bowl.desks[-1].open()


@pytest.mark.parametrize(
    ("threads", "tries"), [(100, 20), pytest.param(100, 1000, marks=pytest.mark.slow)]
)
def test_a_race_with_one_card_has_one_winner(bowl: Bowl, threads: int, tries: int) -> None:
    """However many phones show one card and send at once, exactly one answer is accepted."""
    # promise 9
    door = bowl.begin()
    voices, ready = bowl.open(door), threading.Barrier(threads)
    told: list[str] = []

    def race(number: int) -> None:
        mine = words(f"answer {number}")
        ready.wait()
        for _ in range(tries):
            token = door.token("what-stays", bowl.codes[number % 2])
            told.append(voices.submit("what-stays", token, mine).result())

    runners = [threading.Thread(target=race, args=(number,)) for number in range(0, 2 * threads, 2)]
    for runner in runners:
        runner.start()
    for runner in runners:
        runner.join()
    counts = Counter(told)
    assert counts.total() == threads * tries
    assert counts["kept"] == 1
    assert counts["kept-before"] == tries - 1
    assert sum(one.mark == mark_of_card(bowl) for one in unsealed(bowl)) == 1


def mark_of_card(bowl: Bowl) -> bytes | None:
    """Return the mark of the first card for the words of the open sheet."""
    key = KeyFolder(bowl.config).load(bowl.desks[-1].session.folder.name)["what-stays"]
    return card_mark(key, code_hash(bowl.batch.key, bowl.codes[0]))


def unsealed(bowl: Bowl) -> list[Unsealed]:
    """Return what lies in the box, for one who has its key."""
    desk = bowl.desks[-1]
    key = KeyFolder(bowl.config).load(desk.session.folder.name)["what-stays"]
    assert desk._sheet is not None
    return [*desk._sheet.box.open_all(key).values()]


def files_of(bowl: Bowl) -> bytes:
    """Return every byte of every file there is."""
    roots = (bowl.config, bowl.room.store.sessions)
    return b"".join(
        path.read_bytes() for root in roots for path in root.rglob("*") if path.is_file()
    )


def spelled(data: bytes) -> tuple[bytes, bytes]:
    """Return how a secret may stand in a file: as it is, and in digits."""
    return data, data.hex().encode()


def test_after_the_close_no_file_holds_a_card_s_mark(bowl: Bowl) -> None:
    """Marks, tokens and codes of all cards are looked for in every file; none is there."""
    # promise 8
    door = bowl.begin()
    voices = bowl.open(door)
    keys = KeyFolder(bowl.config).load(bowl.desks[-1].session.folder.name)
    for number, code in enumerate(bowl.codes):
        sent = {"what-stays": words(f"answer {number}"), "useful": encode(Scale(value=3))}
        for ask, answer in sent.items():
            assert voices.submit(ask, door.token(ask, code), answer).result() == "kept"
    # Whoever comes while the sheet is open, with its keys, finds the card: ARCHITECTURE says so.
    assert sum(one.mark == mark_of_card(bowl) for one in unsealed(bowl)) == 1
    bowl.close()
    marks = [
        card_mark(key, code_hash(bowl.batch.key, code))
        for key in keys.values()
        for code in bowl.codes
    ]
    held = files_of(bowl)
    assert b"answer 0" in held
    assert bowl.batch.secret.encode() in held
    assert not any(form in held for mark in marks for form in spelled(mark))
    assert not any(form in held for key in keys.values() for form in spelled(key))
    shown = [form for code in bowl.codes for form in (code, code_shown(code), code.lower())]
    assert not any(form.encode() in held for form in shown)


SESSIONS, CARDS, PERMUTATIONS = 200, 8, 1000

Measure = Callable[[int, int], float]
"""How well a card, by its number in the order of printing, goes with a place in the record."""

Table = list[list[float]]
"""A measure of one session, by card and place."""

Build = Callable[[Sequence[bytes], Answers], Answers]
"""What a build makes of answers, given what is kept of their writers' cards."""


def writer_of(answers: Answers, place: int) -> int:
    """Return whose card the answer in this place was written with."""
    return int((answers.items[place].text or "").rsplit(" ", 1)[1])


def measures_of(hashes: Sequence[bytes], answers: Answers) -> list[Measure]:
    """Return what the attacker compares: printed order, order of hashes, and bits of ids."""
    ids = [int(item.id, 16) for item in answers.items]
    numbers = [int.from_bytes(one[:16], "big") for one in hashes]
    rank = {one: at for at, one in enumerate(sorted(numbers))}
    return [
        lambda card, place: -abs(card - place),
        lambda card, place: -abs(rank[numbers[card]] - place),
        lambda card, place: 128 - (numbers[card] ^ ids[place]).bit_count(),
    ]


def linked(chance: Chance, build: Build) -> bool:
    """Say whether the attacker tells better than by chance which card an answer came with.

    A permutation test over 200 sessions: cards and answers as they really belong together must not
    go together better than all but one in a thousand ways of guessing.
    """
    tables: list[list[Table]] = []
    right = [0.0, 0.0, 0.0]
    for _ in range(SESSIONS):
        batch_key, ask_key = chance.token_bytes(32), chance.token_bytes(32)
        hashes = [code_hash(batch_key, f"{number:08}") for number in range(CARDS)]
        found = [
            Unsealed(card_mark(ask_key, one), words(f"answer {number}"))
            for number, one in enumerate(hashes)
        ]
        answers = build(hashes, opened(found, chance))
        measures, places = measures_of(hashes, answers), range(CARDS)
        tables.append([[[by(card, at) for at in places] for card in places] for by in measures])
        for number, by in enumerate(measures):
            right[number] += sum(by(writer_of(answers, place), place) for place in places)
    return any((count + 1) / (PERMUTATIONS + 1) <= 0.001 for count in as_good(tables, right))


def as_good(tables: Sequence[Sequence[Table]], right: Sequence[float]) -> list[int]:
    """Return for each measure how many of the guesses are as good as the truth."""
    drawn, places, counts = random.Random(9), list(range(CARDS)), [0] * len(right)
    for _ in range(PERMUTATIONS):
        guess = [0.0] * len(right)
        for session in tables:
            drawn.shuffle(places)
            for number, table in enumerate(session):
                guess[number] += sum(map(getitem, table, places))
        counts = [
            count + (one >= truth) for count, one, truth in zip(counts, guess, right, strict=True)
        ]
    return counts


def opened(found: Sequence[Unsealed], chance: Chance) -> Answers:
    """Open a sheet into the record."""
    return answers_of(
        STAYS,
        found,
        seats=CARDS,
        threshold=5,
        below=chance.below,
        new_id=chance.new_id,
        hide=lambda text, _id: text,
    )


def as_built(_hashes: Sequence[bytes], answers: Answers) -> Answers:
    """Leave the answers as this build makes them."""
    return answers


def sorted_by_card(hashes: Sequence[bytes], answers: Answers) -> Answers:
    """Plant a leak: answers stand in the order of their cards' hashes."""
    places = range(len(answers.items))
    order = sorted(places, key=lambda place: hashes[writer_of(answers, place)])
    return answers.model_copy(update={"items": tuple(answers.items[place] for place in order)})


def sorted_by_printing(_hashes: Sequence[bytes], answers: Answers) -> Answers:
    """Plant a leak: the first half of the printed cards stands before the second."""
    places = range(len(answers.items))
    order = sorted(places, key=lambda place: writer_of(answers, place) >= CARDS // 2)
    return answers.model_copy(update={"items": tuple(answers.items[place] for place in order)})


def id_from_card(hashes: Sequence[bytes], answers: Answers) -> Answers:
    """Plant a leak: one bit in eight of each id is taken from the card's hash."""
    mask, leaked = int("80" * 16, 16), []
    for place, item in enumerate(answers.items):
        card = int.from_bytes(hashes[writer_of(answers, place)][:16], "big")
        mixed = (int(item.id, 16) & ~mask) | (card & mask)
        leaked.append(item.model_copy(update={"id": f"{mixed:032x}"}))
    return answers.model_copy(update={"items": tuple(leaked)})


@chances
def test_a_card_and_an_answer_cannot_be_linked(chance: Chance) -> None:
    """After the close, with every file and the full list of cards, an attacker only guesses."""
    # promise 8
    assert not all(linked(chance, as_built) for _ in range(chance.tries))


@pytest.mark.parametrize("build", [sorted_by_card, sorted_by_printing, id_from_card])
def test_a_link_between_card_and_answer_is_found(build: Build) -> None:
    """The same attack finds an order that depends on cards, and ids that do."""
    # promise 8
    assert linked(fixed(2), build)


def test_no_file_has_a_place_for_a_card_beside_an_answer() -> None:
    """A batch holds hashes and no use; a key holds no card; the record's answers hold neither."""
    # promise 8
    assert {*CardBatch.model_fields} == {"session", "format", "secret", "hashes"}
    assert {*Answers.model_fields} == {"id", "ask", "kind", "seats", "opened", "items"}
