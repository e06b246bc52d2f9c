"""The web door before a real session: hostile texts, replays, races, guesses, and wrong requests.

Whatever comes in, the record, the timeline and the box are as they would be without it.
"""

from __future__ import annotations

import asyncio
import json
import re
import secrets
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote_plus, urlencode

import pytest
import pytest_asyncio

from agreements.plan import Ask
from dialogue.hosting import Hosting
from dialogue.paths import Places
from dialogue.web.wire import BODY_BYTES, Beat, Envelope, beat_body
from sessions.ballots import BOX_NAME
from sessions.deidentify.aliases import Aliases
from sessions.deidentify.seam import hide
from sessions.payloads import WORDS_LIMIT
from sessions.text import is_clean, paragraph
from tests.plugin_sessions import on_disk, plan_of, step_of, without_clock
from tests.web.conftest import FORM
from tests.web.real_room import RealRoom, house_of, kept_words, web_door
from tests.web.test_guard import PATHS, wrong_mixes
from tests.web.test_routes import IMPATIENT, fuzz

if TYPE_CHECKING:
    from tests.plugin_sessions import FakeClock, Room
    from tests.web.conftest import House

pytestmark = pytest.mark.asyncio(loop_scope="session")

CORPUS: dict[str, list[str]] = json.loads(
    (Path(__file__).parents[1] / "data" / "hostile-strings.json").read_text("utf-8")
)
HEADS = 300
ASK = Ask(id="reflection", kind="words", text="What stays with you?")
FUZZED = 1_000

ARABIC = "\N{ARABIC LETTER BEH ISOLATED FORM}" * 400 + "\N{ARABIC MATHEMATICAL BEH}" * 600
"""3.6 KB in 1,000 characters."""
VOWELLED = ("كِتَابٌ " * 125)[:WORDS_LIMIT].strip() + "."


@pytest_asyncio.fixture(loop_scope="session")
async def asked(room: Room, fake_clock: FakeClock, tmp_path: Path) -> AsyncIterator[RealRoom]:
    """Return a session with an open sheet and five people present."""
    plan = plan_of(step_of("writing", asks=(ASK,)), step_of("end", kind="closing"))
    session = room.begin(plan, heads=HEADS)
    places = Places(data=tmp_path / "data", config=tmp_path / "config")
    host = Hosting(session, places, door_for=web_door)
    await host.start()
    asked = RealRoom(session, host, fake_clock)
    await asked.go_to("writing")
    await asked.come(5)
    host.sheets.open()
    await asked.all_call()
    yield asked
    asked.leave()
    await host.stop()


@pytest.fixture
def house(asked: RealRoom) -> House:
    """Return the real one."""
    return house_of(asked.host)


def state_of(asked: RealRoom) -> tuple[object, ...]:
    """Return everything that a request could have changed."""
    session, sheets = asked.session, asked.host.sheets
    assert sheets.voices is not None
    folder = session.folder.folder
    return (
        session.events,
        without_clock(on_disk(session)),
        (folder / BOX_NAME).read_bytes(),
        sorted(path.name for path in folder.iterdir()),
        len(sheets.voices._kept),
        sheets.seats.count(),
        asked.host.view(),
    )


async def test_wrong_requests_change_no_session(asked: RealRoom, house: House) -> None:
    """Each mix of a wrong host, origin, method or type gets a 4xx, and the session is as it was."""
    # promise 29
    before = state_of(asked)
    token = asked.neighbours[0].tokens["reflection"]
    answer = Envelope("reflection", token, {"text": "Words."})
    one = {"seat": secrets.token_hex(16), "ask": "reflection", "token": token, "text": "Words."}
    bodies = {
        "/": urlencode({**one, "do": "done"}).encode(),
        "/beat": beat_body(Beat(secrets.token_hex(16), envelopes=(answer,))),
        "/withdraw": urlencode({**one, "words": "acorn cello fern wren"}).encode(),
    }
    mixes = [mix for mix in wrong_mixes() for _ in PATHS]
    assert len(mixes) >= 50
    for number, (method, headers) in enumerate(mixes):
        path = PATHS[number % len(PATHS)]
        filled = {name: value and value.format(port=house.port) for name, value in headers.items()}
        reply = await house.ask(method, path, bodies[path], filled)
        assert 400 <= reply.status < 500, (method, path, filled)
    assert state_of(asked) == before


async def test_odd_requests_reach_no_facilitator_s_action(asked: RealRoom, house: House) -> None:
    """A thousand odd requests: none is a 5xx, and none moves the session by a step."""
    # promise 31
    before = asked.session.events, without_clock(on_disk(asked.session)), asked.host.view()
    impatient = web_door(asked.host._reception, IMPATIENT)
    await impatient.start()
    seen = await fuzz(replace(house, web=impatient), FUZZED)
    await impatient.stop()
    assert max(seen) < 500
    after = asked.session.events, without_clock(on_disk(asked.session)), asked.host.view()
    assert after == before


def beats_of(texts: Iterator[str], seat: str, new_token: Callable[[], str]) -> Iterator[bytes]:
    """Yield beats that bring these texts, as many as fit into each."""
    full = f"seat={seat}"
    number = 0
    for text in texts:
        number += 1
        raw = quote_plus(text.encode("utf-8", "surrogatepass"))
        more = f"&{number}.ask=reflection&{number}.token={new_token()}&{number}.text={raw}"
        if number > 1 and (number > 4 or len(full + more) + 5 > BODY_BYTES):
            yield f"{full}&pad=".ljust(BODY_BYTES, "x").encode()
            full, number = f"seat={seat}", 1
            more = f"&1.ask=reflection&1.token={new_token()}&1.text={raw}"
        full += more
    yield f"{full}&pad=".ljust(BODY_BYTES, "x").encode()


async def test_hostile_words_are_kept_as_the_gate_leaves_them(
    asked: RealRoom, house: House
) -> None:
    """Whatever the corpus holds comes through the door clean and whole, or back with a reason."""
    # promise 5, promise 35
    voices = asked.host.sheets.voices
    assert voices is not None
    texts = [text for family in CORPUS.values() for text in family if len(text) <= 1_500]
    receipts: list[dict[str, str]] = []
    beats = beats_of(iter(texts), "a" * 32, lambda: voices.new_tokens()["reflection"])
    for body in beats:
        receipts += json.loads((await house.ask("POST", "/beat", body)).body)["receipts"]
    # Half a character is as many unknown ones as it has bytes.
    sent = [text.encode("utf-8", "surrogatepass").decode("utf-8", "replace") for text in texts]
    left = [paragraph(text, 4 * len(text)) for text in sent]
    for text, receipt in zip(left, receipts, strict=True):
        fits = 0 < len(text) <= WORDS_LIMIT
        assert receipt["outcome"] == ("received" if fits else "wrong"), ascii(text)
        assert bool(receipt["sentence"]) is not fits
        assert is_clean(receipt["kept"]), ascii(text)
    asked.host.sheets.close()
    asked.finish()
    kept = kept_words(asked, "reflection")
    # What looks like a link or a name is hidden as in any answer; who has which number is chance.
    fitting = [text for text in left if 0 < len(text) <= WORDS_LIMIT]
    hidden = [hide(text, asked.session.names.roster, Aliases()).text for text in fitting]
    assert Counter(map(unnumbered, kept)) == Counter(map(unnumbered, hidden))
    assert len(kept) >= 500
    assert all(is_clean(text) for text in kept)


def unnumbered(text: str) -> str:
    """Return a text with one word for all people."""
    return re.sub(r"\[person \d+\]", "[person]", text)


@pytest.mark.parametrize("text", [ARABIC, VOWELLED], ids=["3.6 KB", "with vowels"])
async def test_a_thousand_arabic_characters_are_kept_whole(asked: RealRoom, text: str) -> None:
    """The longest answer in a script of long characters arrives, is shown and kept to the last."""
    assert len(text) <= WORDS_LIMIT
    for one in asked.neighbours:
        receipt = await one.say("reflection", text=text, level="quote")
        assert receipt["outcome"] == "received"
        assert receipt["kept"].startswith(text)
    asked.host.sheets.close()
    asked.finish()
    assert kept_words(asked, "reflection") == [text] * 5
    assert len(ARABIC.encode()) == 3_600


async def test_half_characters_and_nulls_are_no_error(asked: RealRoom, house: House) -> None:
    """Bytes that are no text at all are answered with a page, and what is left is kept."""
    assert asked.host.sheets.voices is not None
    for raw in ("%ff%fe", "%ed%a0%80", "%00", "a%00b", "%f0%9f", "%", "%zz"):
        token = asked.host.sheets.voices.new_tokens()["reflection"]
        body = f"seat={'a' * 32}&do=done&ask=reflection&token={token}&text={raw}".encode()
        assert (await house.ask("POST", "/", body)).status == 303, raw


async def test_the_same_beat_again_counts_once(asked: RealRoom, house: House) -> None:
    """A beat that is recorded and played again, at once or later, is one answer."""
    # promise 9
    one = asked.neighbours[0]
    envelope = Envelope("reflection", one.tokens["reflection"], {"text": "Once."})
    body = beat_body(Beat(one.seat, one.sheet, (envelope,)))
    replies = await asyncio.gather(*(house.ask("POST", "/beat", body) for _ in range(30)))
    outcomes = {json.loads(reply.body)["receipts"][0]["outcome"] for reply in replies}
    assert outcomes == {"received"}
    assert asked.host.sheets.voices is not None
    assert len(asked.host.sheets.voices._kept) == 1


async def test_a_race_of_two_answers_has_one_winner(asked: RealRoom, house: House) -> None:
    """Of many different answers with one token one is kept, and the others are told so."""
    # promise 9
    one = asked.neighbours[0]
    token = one.tokens["reflection"]
    bodies = [
        beat_body(
            Beat(one.seat, one.sheet, (Envelope("reflection", token, {"text": f"{number}"}),))
        )
        for number in range(30)
    ]
    replies = await asyncio.gather(*(house.ask("POST", "/beat", body) for body in bodies))
    receipts = [json.loads(reply.body)["receipts"][0] for reply in replies]
    assert Counter(found["outcome"] for found in receipts) == {"received": 1, "spoken": 29}
    told = {found["sentence"] for found in receipts if found["outcome"] == "spoken"}
    assert told == {"This page has sent its answer already."}


async def test_guessed_tokens_are_none(asked: RealRoom) -> None:
    """Two thousand guesses, bent tokens and those of another ask are refused and change nothing."""
    # promise 9
    one = asked.neighbours[0]
    before, token = state_of(asked), one.tokens["reflection"]
    bent = [token[:-1] + "0" * (token[-1] != "0"), token[::-1], token[:32], token * 2, "", "\x00"]
    bent += [f"{int(token, 16) ^ 1 << bit:064x}" for bit in range(0, 256, 8)]
    guesses = [*bent, *(secrets.token_hex(32) for _ in range(2_000))]
    for at in range(0, len(guesses), 4):
        some = guesses[at : at + 4]
        state = await one.call(*(Envelope("reflection", guess, {"text": "x"}) for guess in some))
        assert {found["outcome"] for found in state["receipts"]} == {"wrong"}
    crossed = await one.call(Envelope("another", token, {"text": "x"}))
    assert crossed["receipts"][0]["outcome"] == "late"
    assert state_of(asked) == before


async def test_a_token_dies_with_its_sheet(asked: RealRoom) -> None:
    """After the close a token opens nothing, and what is sent with it stays with its writer."""
    old = asked.neighbours[0].tokens["reflection"]
    await asked.all_answer(9)
    asked.host.sheets.close()
    asked.finish()
    before = on_disk(asked.session).answers
    late = await asked.neighbours[0].call(Envelope("reflection", old, {"text": "Late."}))
    assert late["receipts"][0]["outcome"] == "late"
    assert on_disk(asked.session).answers == before


async def test_a_form_of_another_length_or_type_is_refused(asked: RealRoom, house: House) -> None:
    """A beat that is too short, a form that lies about its length, JSON and files are refused."""
    before = state_of(asked)
    one = asked.neighbours[0]
    answer = Envelope("reflection", one.tokens["reflection"], {"text": "Words."})
    body = beat_body(Beat(one.seat, one.sheet, (answer,)))
    assert (await house.ask("POST", "/beat", body[:-1])).status == 400
    assert (await house.ask("POST", "/beat", body + b"x")).status == 413
    for kind in ("application/json", "multipart/form-data; boundary=x", f"{FORM}; charset=utf-7"):
        assert (await house.ask("POST", "/beat", body, {"Content-Type": kind})).status == 415
    assert state_of(asked) == before
