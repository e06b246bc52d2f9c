"""The onlooker of the soak takes down what is there, and sees each leak that is planted."""

from __future__ import annotations

import statistics
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from functools import partial

import pytest

from dialogue.caller.line import Line
from dialogue.reception import Reception
from dialogue.rehearse.rehearsal import Rehearsed
from dialogue.web.door import Receipt
from sessions import ballots, opening
from sessions.facts import Answers
from tests.attack.odds import tau
from tests.benchmarks.onlooker import Onlooker, Seen
from tests.rehearse.conftest import Try

HEADS = 14
TEXTS = tuple(f"Somebody's words, number {number}." for number in range(5000))

Look = Callable[[], Awaitable[tuple[Rehearsed, Seen]]]


@pytest.fixture
def look(tried: Try) -> Look:
    """Return a way to rehearse with somebody looking on."""

    async def looked() -> tuple[Rehearsed, Seen]:
        onlooker = Onlooker(7)
        with onlooker.watching():
            rehearsed = await tried(heads=HEADS, keep_names=True, texts=TEXTS)
        return rehearsed, onlooker.seen

    return looked


def mean_of_taus(orders: list[list[int]]) -> float:
    """Return the mean of the taus of some orders, of which there must be one at least."""
    assert orders
    assert all(len(set(order)) == len(order) >= 5 for order in orders)
    return statistics.fmean(map(tau, orders))


def calls_of(seen: Seen) -> set[int]:
    """Return the lengths of all calls that were heard."""
    return {size for room in seen.rooms for calls in room.phones for _at, size in calls}


async def test_all_there_is_is_taken_down(look: Look) -> None:
    """Both asks for words have an order in each place, and every phone was heard on every ask."""
    # promises 2, 3 and 11
    rehearsed, seen = await look()
    for orders in (seen.at_the_close, seen.in_the_record, seen.in_the_review):
        assert abs(mean_of_taus(orders)) < 0.5
        assert min(map(len, orders)) > HEADS // 2
        assert [sorted(order) for order in orders] == [sorted(one) for one in seen.at_the_close]
        assert len(orders) == 2
    assert seen.read_early == 0
    assert seen.changes == [1, 1]
    assert {len(room.phones) for room in seen.rooms} == {HEADS}
    assert sum(sum(room.wrote) for room in seen.rooms) == rehearsed.sent
    assert len(calls_of(seen)) == 3, "the page, a beat, a beat that broke off"


async def test_cells_in_turn_are_seen(look: Look, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the next free cell is taken, the order in the box is that of arrival."""
    # promise 2
    in_turn = partial(ballots.Box.create, below=lambda most: most - 1)
    monkeypatch.setattr(ballots.Box, "create", in_turn)
    _rehearsed, seen = await look()
    assert abs(mean_of_taus(seen.at_an_instant)) > 0.95
    assert abs(mean_of_taus(seen.at_the_close)) > 0.95
    assert abs(mean_of_taus(seen.in_the_record)) < 0.5


async def test_a_record_in_the_order_of_arrival_is_seen(
    look: Look, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where answers stand as they came, the record tells it, and the box does not."""
    # promises 2 and 3
    receive, answers_of, came = Reception.receive, opening.answers_of, dict[str, int]()

    async def noting(
        reception: Reception,
        ask: str,
        token: str,
        fields: Mapping[str, str],
        *,
        language: str = "",
        **more: bool,
    ) -> Receipt:
        receipt = await receive(reception, ask, token, fields, language=language, **more)
        came.setdefault(fields.get("text", ""), len(came))
        return receipt

    def in_order(*arguments: object, **more: object) -> Answers:
        answers = answers_of(*arguments, **more)  # type: ignore[arg-type]
        items = sorted(answers.items, key=lambda item: came[item.text or ""])
        return answers.model_copy(update={"items": tuple(items)})

    monkeypatch.setattr(Reception, "receive", noting)
    monkeypatch.setattr(opening, "answers_of", in_order)
    _rehearsed, seen = await look()
    assert mean_of_taus(seen.in_the_record) > 0.95
    assert abs(mean_of_taus(seen.at_the_close)) < 0.5


async def test_words_on_a_screen_are_seen(look: Look, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a page of the room says what has just come, every answer was readable early."""
    # promise 3
    receive, view = Reception.receive, Reception.view
    said = [""]

    async def telling(
        reception: Reception,
        ask: str,
        token: str,
        fields: Mapping[str, str],
        *,
        language: str = "",
        **more: bool,
    ) -> Receipt:
        receipt = await receive(reception, ask, token, fields, language=language, **more)
        said[0] = fields.get("text", said[0])
        return receipt

    monkeypatch.setattr(Reception, "receive", telling)
    monkeypatch.setattr(
        Reception,
        "view",
        lambda reception, language="": replace(view(reception, language), second_door=said[0]),
    )
    _rehearsed, seen = await look()
    assert seen.read_early > HEADS
    assert max(seen.changes) > HEADS


async def test_a_longer_call_is_heard(look: Look, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a call that brings answers is longer, the lengths that were heard are more."""
    # promise 11
    request_of = Line._request

    def longer(taken: Line, method: str, path: str, body: bytes) -> bytes:
        head, _, rest = request_of(taken, method, path, body).partition(b"\r\n")
        more = b"\r\nX-More: 1" if b"1.token" in body else b""
        return head + more + b"\r\n" + rest

    monkeypatch.setattr(Line, "_request", longer)
    _rehearsed, seen = await look()
    assert len(calls_of(seen)) > 3
