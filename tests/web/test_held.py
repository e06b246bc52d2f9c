"""Pages that wait for the browser that has sent a form: each once, for a while, not too many."""

from __future__ import annotations

import asyncio
import sys

import pytest

from dialogue.web.held import HeldPages, is_slip

pytestmark = pytest.mark.asyncio(loop_scope="session")

SEATS = [f"{number:032x}" for number in range(4)]


async def test_a_page_is_handed_out_once() -> None:
    """Whoever asks a second time gets nothing, nor does who asks for what was never laid down."""
    held = HeldPages()
    slip = held.lay(SEATS[0], b"words")
    assert held.take("0" * 32) is None
    assert held.take(slip) == b"words"
    assert held.take(slip) is None


async def test_a_slip_says_nothing() -> None:
    """It is one for a seat, another for another seat, and another after a new start."""
    held, other = HeldPages(), HeldPages()
    slips = [one.lay(seat, b"words") for one in (held, other) for seat in SEATS]
    assert all(map(is_slip, slips))
    assert len({*slips, *SEATS}) == 3 * len(SEATS)
    assert held.lay(SEATS[0], b"other words") == slips[0]
    assert held.take(slips[0]) == b"other words"


async def test_of_too_many_the_oldest_goes() -> None:
    """However many come, no more wait than there is room for; the last of them are there."""
    held = HeldPages(most=2)
    slips = [held.lay(seat, seat.encode()) for seat in SEATS]
    assert [held.take(slip) for slip in slips] == [None, None, *map(str.encode, SEATS[2:])]


async def test_what_nobody_fetches_is_forgotten() -> None:
    """After its time, or once the door is shut, nothing holds a page, no timer either."""
    held, brief = HeldPages(), HeldPages(seconds=0.01)
    pages = [b"words %d" % number for number in range(3)]
    before = [sys.getrefcount(page) for page in pages]
    slips = [held.lay(SEATS[0], pages[0]), brief.lay(SEATS[0], pages[1])]
    assert held.take(held.lay(SEATS[1], pages[2])) == pages[2]
    assert [sys.getrefcount(page) for page in pages[:2]] > before[:2]
    held.clear()
    await asyncio.sleep(0.02)
    assert [sys.getrefcount(page) for page in pages] == before
    assert (held.take(slips[0]), brief.take(slips[1])) == (None, None)
