"""The routes: only those of the table, whatever comes; and the whole walk of a plain form."""

from __future__ import annotations

import asyncio
import json
import random
import re
from html import unescape
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import pytest

from dialogue.web.connections import Limits
from dialogue.web.routes import TABLE
from dialogue.web.wire import BODY_BYTES, PRESSES, STATE_BLOCK, Beat, Envelope, beat_body
from tests.web.conftest import FORM, reply_of
from tests.web.memory_door import SEAT, asks_of

if TYPE_CHECKING:
    from agreements.plan import AskKind
    from dialogue.web.door import Outcome
    from tests.web.conftest import House, Reply, Serve

pytestmark = pytest.mark.asyncio(loop_scope="session")

OUTCOMES: tuple[Outcome, ...] = ("received", "late", "pausing", "failed")
SHEETS: tuple[tuple[AskKind, ...], ...] = ((), ("words",), ("words", "compass", "choice", "scale"))
SLIP = "b" * 32
KEPT = "I kept <b>still</b>."
TURNS = 2_000
TURNS_IN_FULL = 100_000
AT_ONCE = 50
IMPATIENT = Limits(per_peer=1000, head_seconds=0.1, body_seconds=0.1)

PRESSED = (
    ("/", {"do": "look"}),
    ("/", {"language": "es"}),
    ("/", {"do": "pass"}),
    ("/", {"do": "done", "text": ""}),
    ("/", {"do": "done", "text": "too long " * 200}),
    ("/", {"do": "done", "text": "some words", "withdrawable": "1"}),
    ("/", {"do": "done", "text": "late words", "ask": "another"}),
    ("/withdraw", {"words": "acorn cello fern wren"}),
    ("/withdraw", {"words": "x"}),
)
"""What a page without script sends, by each of its buttons, in each way it can end."""

FORM_TAG = re.compile(r'<form class="ask".*?</form>', re.DOTALL)
HIDDEN = re.compile(r'<input type="hidden" name="([a-z]+)" value="([^"]*)">')


def form_on(reply: Reply) -> dict[str, str]:
    """Return the hidden fields of the form that a page shows; empty where it shows none."""
    body = reply.text.partition("<template")[0]
    found = FORM_TAG.search(body)
    return {name: unescape(value) for name, value in HIDDEN.findall(found[0])} if found else {}


def words_on(reply: Reply) -> str:
    """Return what a page says, without what is there for its script."""
    body = reply.text.partition("<template")[0]
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", body)).split())


def without_chance(reply: Reply) -> str:
    """Return a page without what is drawn anew for each: its seat and its tokens."""
    return re.sub(r"[0-9a-f]{32,64}", "", reply.text).rstrip()


async def test_each_route_of_the_table_answers(house: House) -> None:  # promise 31
    """Every line of the table is there, and with its method alone."""
    for method, path in TABLE:
        body = urlencode({"seat": SEAT}).encode() if method == "POST" else None
        body = beat_body(Beat(SEAT)) if path == "/beat" else body
        expected = 303 if path in PRESSES and method == "POST" else 200
        place = path.format(slip=SLIP)
        assert (await house.ask(method, place, body)).status == expected, (method, path)
        other = "GET" if method == "POST" else "POST"
        if (other, path) not in TABLE:
            refused = await house.ask(other, place, b"a=b" if other == "POST" else None)
            assert refused.status == 405, (other, path)


@pytest.mark.parametrize(
    "path",
    [
        "/favicon.ico",
        "/room/",
        "/page",
        "/page/",
        "/page/x",
        f"/page/{'a' * 33}",
        f"/page/{'a' * 32}/",
        f"/page/{'g' * 32}",
        "//",
        "/static/app.js",
        "/app.js/",
        "/../pyproject.toml",
        "/%2e%2e/door.py",
        "/templates/phone.html",
        "/next",
        "/review",
        "/session.json",
        "/app.js%00",
        "/ROOM/STATE/X",
    ],
)
async def test_there_is_nothing_else(house: House, path: str) -> None:  # promise 31
    """No other path leads anywhere, least of all to a file or to what a facilitator does."""
    assert (await house.ask("GET", path)).status == 404


def some_request(chance: random.Random, house: House) -> bytes:
    """Return a request that a careless or hostile client might send."""
    method = chance.choice(["GET", "POST", "POST", "PUT", "HEAD", "", "G\x00T", "POST" * 50])
    path = chance.choice([path for _, path in TABLE] + ["/x", "*", "//", "/%ff", "/?a=b", "é", ""])
    body = chance.choice(
        [
            b"",
            chance.randbytes(chance.randrange(200)),
            urlencode({"seat": SEAT, "do": chance.choice(["done", "pass", ""]), "ask": "reflection",
                       "token": "x", "text": "w", "behind": "a b", "sheet": "a" * 32}).encode(),
            beat_body(Beat(SEAT, "s", (Envelope("reflection", "t", {"text": "words"}),), "w")),
            bytearray(chance.randbytes(BODY_BYTES)),
            b"seat=" + SEAT.encode() + b"&1.ask=%00&1.text=%f0%9f&5.ask=x&1.=&.=&pad=",
            b"%" * 3_000,
        ]
    )  # fmt: skip
    lines = [
        f"Host: {chance.choice([house.host] * 8 + ['evil', ''])}",
        f"Origin: {chance.choice([house.url] * 8 + ['null'])}",
        f"Content-Type: {chance.choice([FORM] * 8 + ['text/plain', 'a' * 3_000])}",
        f"Content-Length: {chance.choice([len(body)] * 8 + [-1, 0, 'x', 10**30, 5])}",
        *chance.choices(
            ["Connection: upgrade\r\nUpgrade: websocket", "Expect: 100-continue", "A: \x7f", "X",
             "Transfer-Encoding: chunked", "Cookie: a=b", "Accept-Encoding: gzip", "B: é"],
            k=chance.randrange(3),
        ),
    ]  # fmt: skip
    chance.shuffle(lines)
    first = f"{method} {path} HTTP/{chance.choice(['1.1', '1.1', '1.1', '1.0', '9.9', ''])}"
    head = "\r\n".join([first, *lines, "Connection: close", "", ""])
    return head.encode("latin-1") + bytes(body)


async def fuzz(house: House, turns: int) -> set[int]:
    """Send so many odd requests, some at a time, and return which answers came."""
    chance = random.Random(31)
    seen: set[int] = set()
    for _ in range(0, turns, AT_ONCE):
        sent = [house.raw(some_request(chance, house)) for _ in range(AT_ONCE)]
        seen |= {reply_of(one).status for one in await asyncio.gather(*sent) if one}
    return seen


async def check_fuzz(house: House, turns: int, capfd: pytest.CaptureFixture[str]) -> None:
    """Check that nothing a client sends is an error of ours, or ends in one that is printed."""
    house.door.open("words", "compass")
    loop = asyncio.get_running_loop()
    unforeseen: list[object] = []
    loop.set_exception_handler(lambda _, context: unforeseen.append(context))
    try:
        seen = await fuzz(house, turns)
    finally:
        loop.set_exception_handler(None)
    assert {200, 303, 400, 403, 404, 405, 411, 413, 415, 421} >= seen >= {200, 303, 400, 404}
    assert unforeseen == []
    assert capfd.readouterr() == ("", "")


async def test_nothing_a_client_sends_is_an_error_of_ours(
    serve: Serve, capfd: pytest.CaptureFixture[str]
) -> None:  # promise 31
    """Two thousand odd requests: none is answered with a 5xx, none leaves a trace."""
    await check_fuzz(await serve(IMPATIENT), TURNS, capfd)


@pytest.mark.slow
@pytest.mark.timeout(1800)
async def test_nothing_a_client_sends_makes_us_grow(
    serve: Serve, capfd: pytest.CaptureFixture[str]
) -> None:  # promise 31
    """A hundred thousand odd requests, and the program is at most 10 MB larger than after some."""
    resource = pytest.importorskip("resource")
    house = await serve(IMPATIENT)
    await check_fuzz(house, TURNS, capfd)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    house.door.kept.clear()
    await check_fuzz(house, TURNS_IN_FULL, capfd)
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert (after - before) * 1024 < 10_000_000 + sum(len(str(one)) for one in house.door.kept)


async def test_a_form_goes_through_a_sheet_ask_by_ask(house: House) -> None:
    """Without script a page asks one thing at a time, shows what was kept, and ends with thanks."""
    house.door.open("words", "compass", "choice")
    page = await house.ask("GET", "/")
    assert form_on(page)["ask"] == "reflection"
    page = await house.post(
        "/", **form_on(page), do="done", text="I kept <b>still</b>.", level="aloud"
    )
    assert f"Received. This is all that was kept: {KEPT}" in words_on(page)
    assert form_on(page)["ask"] == "compass-now"
    page = await house.post("/", **form_on(page), do="pass")
    assert "You passed. This is all that was kept: Nothing." in words_on(page)
    page = await house.post("/", **form_on(page), do="done", choice="none")
    assert "That was all. Thank you." in words_on(page)
    assert form_on(page) == {}
    assert house.door.fields("reflection") == [{"text": KEPT, "level": "aloud"}]
    assert house.door.fields("compass-now") == []
    assert house.door.fields("deeper") == [{"choice": "none"}]
    assert len(set(house.door.seats)) == 1


async def test_a_form_is_answered_by_an_address_alone(house: House) -> None:  # promise 14
    """Whatever was sent and whatever became of it, a page has one answer: where to look, once."""
    house.door.open("words")
    answers = {
        (reply.status, tuple(reply.headers.items()), reply.body)
        for path, sent in PRESSED
        for reply in [await house.send(path, **{"seat": SEAT, "ask": "reflection", **sent})]
    }
    ((status, headers, body),) = answers
    place = dict(headers)["location"]
    assert (status, body) == (303, b"")
    assert re.fullmatch("/page/[0-9a-f]{32}", place)
    assert (await house.ask("HEAD", place)).status == 405
    assert (await house.ask("POST", place, b"seat=" + SEAT.encode())).status == 405
    assert "These words were sent." in words_on(await house.ask("GET", place))
    again = await house.ask("GET", place)
    fresh = await house.ask("GET", "/")
    assert len(again.body) == len(fresh.body)
    assert without_chance(again) == without_chance(fresh)
    assert without_chance(await house.ask("GET", f"/page/{SLIP}")) == without_chance(fresh)
    other = await house.send("/", seat="f" * 32, do="look")
    assert other.headers["location"] != place


async def test_two_pages_fetch_each_what_they_have_sent(house: House) -> None:
    """What waits for one page is not handed to another, in whatever order they come for it."""
    house.door.open("words")
    places = [
        (await house.send("/", seat=seat * 32, do="done", ask="reflection", text=f"by {seat}"))
        .headers["location"]
        for seat in "abc"
    ]  # fmt: skip
    for seat, place in reversed(list(zip("abc", places, strict=True))):
        assert f"that was kept: by {seat} " in words_on(await house.ask("GET", place))


async def test_each_ask_of_a_page_has_its_own_token(house: House) -> None:
    """Two envelopes of one page share nothing that could tie them together."""
    house.door.open("words", "choice")
    page = await house.ask("GET", "/")
    page = await house.post("/", **form_on(page), do="done", text="words")
    await house.post("/", **form_on(page), do="done", choice="none")
    first, second = house.door.kept
    assert first.token != second.token
    assert not {"seat", "sheet", "behind", "do", "ask", "token"} & {*first.fields, *second.fields}


async def test_an_answer_that_cannot_be_meant_comes_back_whole(house: House) -> None:
    """What is too long or incomplete is shown again with its words, its choices and a reason."""
    house.door.open("words")
    page = await house.ask("GET", "/")
    token = form_on(page)["token"]
    text = "\nfirst line\n" + "é<&" * 400
    page = await house.post(
        "/", **form_on(page), do="done", text=text, level="quote", withdrawable="1"
    )
    assert "1,211 characters, and 1,000 fit" in words_on(page)
    assert text in unescape(page.text)
    assert form_on(page)["token"] == token
    assert re.search(r'value="quote" checked', page.text)
    assert re.search(r'name="withdrawable" value="1" checked', page.text)
    assert house.door.kept == []


@pytest.mark.parametrize("outcome", ["pausing", "failed"])
async def test_an_answer_that_could_not_be_kept_yet_stays_in_the_form(
    house: House, outcome: Outcome
) -> None:
    """In a pause, or when the disk failed, the words come back to be sent once more."""
    house.door.open("words")
    page = await house.ask("GET", "/")
    house.door.outcome = outcome
    house.door.set(moment="pausing")
    page = await house.post("/", **form_on(page), do="done", text="my words")
    assert "Please press Done again" in words_on(page)
    assert "my words</textarea>" in page.text
    house.door.outcome = "received"
    page = await house.post("/", **form_on(page), do="done", text="my words")
    assert house.door.fields("reflection") == [{"text": "my words"}]


async def test_what_comes_late_is_not_kept_and_not_lost(house: House) -> None:
    """After the close the page says so, and holds the words for their writer."""
    house.door.open("words")
    page = await house.ask("GET", "/")
    house.door.set(sheet=None)
    page = await house.post("/", **form_on(page), do="done", text="my <late> words")
    assert "The questions had closed, so this was not kept." in words_on(page)
    assert "my &lt;late&gt; words</blockquote>" in page.text
    assert house.door.kept == []


async def test_what_is_behind_a_page_counts_for_one_sheet(house: House) -> None:
    """An ask that comes again on a later sheet is asked again."""
    house.door.open("words")
    page = await house.ask("GET", "/")
    page = await house.post("/", **form_on(page), do="pass")
    assert house.door.shown.sheet is not None
    look = {"seat": SEAT, "behind": "reflection", "sheet": house.door.shown.sheet.id, "do": "look"}
    assert form_on(await house.post("/", **look)) == {}
    house.door.open("words")
    assert form_on(await house.post("/", **look))["ask"] == "reflection"


async def test_withdrawing_says_the_same_whatever_the_words(house: House) -> None:  # promise 15
    """Right words, wrong words and no words get the same bytes back."""
    words = ["acorn cello fern wren", "not my words at", "", "<script>"]
    pages = [await house.post("/withdraw", seat=SEAT, words=one) for one in words]
    assert len({page.body for page in pages}) == 1
    assert "If they are right and came before the questions closed" in words_on(pages[0])
    assert house.door.withdrawn == words


async def test_a_beat_brings_the_room_and_a_receipt(house: House) -> None:
    """A page that calls hears what the room sees, its tokens once, and what became of its words."""
    house.door.open("words", "compass", small_room=True)
    sheet = house.door.shown.sheet
    assert sheet is not None
    first = json.loads((await house.beat(Beat(SEAT))).body)
    assert first["now"] == "talking"
    assert first["sheet"]["small_room"] is True
    assert [ask["id"] for ask in first["sheet"]["asks"]] == ["reflection", "compass-now"]
    assert [one["label"] for one in first["sheet"]["asks"][1]["options"]] == [
        place.label for place in house.door.compass()
    ]
    assert set(first["tokens"]) == {"reflection", "compass-now"}
    envelopes = (
        Envelope("reflection", first["tokens"]["reflection"], {"text": "words"}, withdrawable=True),
        Envelope("compass-now", first["tokens"]["compass-now"], {}),
    )
    then = json.loads((await house.beat(Beat(SEAT, sheet.id, envelopes))).body)
    assert then["tokens"] == {}
    assert [one["outcome"] for one in then["receipts"]] == ["received", "wrong"]
    assert then["receipts"][0]["withdraw_words"] == "acorn cello fern wren"
    assert house.door.seats == [SEAT, SEAT]


async def test_every_beat_is_answered_with_one_length(house: House) -> None:  # promise 10
    """Through a whole session, with words and without, an answer to a beat has one length."""
    lengths: set[tuple[str, int]] = set()
    for change in ({"moment": "arriving"}, {"moment": "talking"}, {"moment": "pausing"}):
        house.door.set(**change)
        for kinds in SHEETS:
            house.door.set(sheet=None)
            if kinds:
                house.door.open(*kinds)
            for text in ("", "words", "\N{WAVING HAND SIGN}" * 1000):
                for outcome in OUTCOMES:
                    house.door.outcome = outcome
                    sent = (Envelope("reflection", "f" * 64, {"text": text}),) if text else ()
                    reply = await house.beat(Beat(SEAT, "", sent))
                    lengths.add((reply.headers["content-length"], len(reply.body)))
            state = await house.ask("GET", "/room/state")
            lengths.add((state.headers["content-length"], len(state.body)))
    assert lengths == {(str(STATE_BLOCK), STATE_BLOCK)}


@pytest.mark.parametrize("length", [0, 1, BODY_BYTES - 1])
async def test_a_beat_of_another_length_is_none(house: House, length: int) -> None:  # promise 10
    """A client that does not fill its beats up is refused, so that none stands out."""
    body = beat_body(Beat(SEAT))[:length]
    assert (await house.ask("POST", "/beat", body)).status == 400
    assert house.door.seats == []


async def test_the_room_sees_no_token_and_no_count(house: House) -> None:
    """What goes to the wall holds nothing of anybody's page."""
    house.door.open("words")
    await house.beat(Beat(SEAT, "", (Envelope("reflection", "f" * 64, {"text": "canary"}),)))
    state = json.loads((await house.ask("GET", "/room/state")).body)
    page = (await house.ask("GET", "/room")).text
    assert {"tokens", "receipts"}.isdisjoint(state)
    assert "canary" not in page + json.dumps(state)


async def test_asks_of_every_kind_are_on_a_plain_form(house: House) -> None:
    """Whatever is asked can be answered without script, and nothing is chosen beforehand."""
    for ask in asks_of("words", "compass", "choice", "scale", "then-now", "commitment"):
        house.door.open(ask.kind)
        page = (await house.ask("GET", "/")).text.partition("<template")[0]
        form = FORM_TAG.search(page)
        assert form is not None
        assert ask.text in unescape(form[0])
        assert form[0].count(" checked") == (1 if ask.kind == "words" else 0)
