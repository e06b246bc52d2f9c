"""All style sheets are read before the first screen: no dialog keeps its key waiting for one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.css.stylesheet import Stylesheet

if TYPE_CHECKING:
    import pytest

    from tests.tui.conftest import Open


async def test_a_dialog_reads_no_style_sheet(live: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    """Help, moves and the agreements open without all style sheets being parsed anew."""
    parsed: list[Stylesheet] = []
    async with live() as stage:
        reparse = Stylesheet.reparse
        monkeypatch.setattr(
            Stylesheet, "reparse", lambda sheet: (parsed.append(sheet), reparse(sheet))
        )
        for key in ("question_mark", "m", "a"):
            await stage.press(key)
            assert len(stage.app.screen_stack) > 2
            await stage.press("escape")
    assert parsed == []
