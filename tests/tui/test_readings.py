"""The protocol on Live: the agreements in full where they are asked for, and the compass."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dialogue.tui.widgets.step_card import StepCard

if TYPE_CHECKING:
    from tests.tui.conftest import Open, Stage

SMALLEST = pytest.mark.parametrize("size", [(80, 24), (140, 40)], ids=["80x24", "140x40"])


async def go_to(stage: Stage, step: str) -> None:
    """Go on until a step runs."""
    while stage.session.state.step != step:
        await stage.press("n")


@SMALLEST
async def test_each_agreement_is_read_whole(live: Open, size: tuple[int, int]) -> None:
    """After the lines to say, s leads to each agreement: what it asks, and what it does not."""
    async with live(size=size) as stage:
        await go_to(stage, "agreements")
        says = len(stage.session.plan.step("agreements").say)
        await stage.press(*"s" * says)
        for number, one in enumerate(stage.session.protocol.agreements, 1):
            words = stage.words_in("StepCard")
            assert f"say {says + number}/{says + 4} {number} {one.name}" in words
            assert one.asks in words
            assert one.does_not_ask in words
            await stage.press("s")
        assert f"say 1/{says + 4}" in stage.words_in("StepCard")


async def test_an_agreement_is_read_in_the_words_of_the_group(live: Open) -> None:
    """What the group calls an agreement stands over what it asks."""
    async with live() as stage:
        await go_to(stage, "agreements")
        await stage.enter("w", "2 Say what is true for you")
        await stage.press(*"sssss")
        assert "say 6/8 2 Say what is true for you Say what you really" in stage.words


async def test_the_rules_taken_instead_stand_alone(live: Open) -> None:
    """A group that says no is not shown the agreements again."""
    async with live() as stage:
        await go_to(stage, "agreements")
        await stage.press("a")
        assert stage.session.state.step == "three-rules"
        assert "say 1/3" in stage.words


async def test_the_compass_says_how_a_sentence_may_begin(live: Open) -> None:
    """On a step that uses the compass, its four places are the last thing that s leads to."""
    async with live() as stage:
        await go_to(stage, "compass")
        await stage.press(*"sss")
        words = stage.words_in("StepCard")
        for point in stage.session.protocol.compass:
            assert f"{point.label}: {point.starts}" in words
        await go_to(stage, "triads")
        assert stage.app.screen.query_one(StepCard)
        await stage.press("s")
        assert "How a sentence may begin" not in stage.words
