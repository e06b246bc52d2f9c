"""A facilitator who sees no colour leads a whole hour at 80×24, by key alone, in monochrome."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.people.colourless import Colourless
from tests.tui.test_lunch import (
    Leaks,
    bend_the_plan,
    end_the_hour,
    keep_words,
    open_the_circle,
    prepare,
    review_and_close,
)

if TYPE_CHECKING:
    from pathlib import Path

    from tests.tui.conftest import Open


@pytest.fixture
def monochrome(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ask for no colour, as people do who set it for every program."""
    monkeypatch.setenv("NO_COLOR", "1")


@pytest.mark.timeout(120)
@pytest.mark.usefixtures("monochrome")
async def test_somebody_who_sees_no_colour_leads_the_hour(staged: Open, tmp_path: Path) -> None:
    """From Home to the export each state is a word or a sign, and the keys' place can be seen."""
    async with staged() as stage:
        seen = Colourless(stage.app, stage.pilot, stage.clock)
        for part in (prepare, open_the_circle, bend_the_plan, keep_words, end_the_hour):
            await part(seen)
        await review_and_close(seen, Leaks(tmp_path))
        await seen.press("escape")
        assert "✓ 2026-11-22  Lunch in May" in seen.text
        assert seen.looks > 100
        assert seen.states == {"running", "paused", "overtime"}
