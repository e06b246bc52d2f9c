"""Where a terminal lacks signs, every frame, bar and mark is drawn in ASCII and nothing moves."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from dialogue import signs
from dialogue.tui.dialogs.join import JoinDialog
from dialogue.tui.widgets.large import large
from dialogue.tui.widgets.qr import qr_content
from tests.tui.conftest import Stage

if TYPE_CHECKING:
    from tests.tui.conftest import Open

HOME_URL = "http://192.0.2.7:8765"


@pytest.fixture
def plain(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Return a way to be at a terminal that has only the signs of an encoding."""

    def use(encoding: str) -> None:
        monkeypatch.setattr(signs, "_plain", [encoding])

    return use


def test_every_sign_of_ours_has_a_plain_one() -> None:
    """Whatever stands in the code of the screens is drawn as something better than `?`."""
    root = Path(__file__).parents[2] / "dialogue"
    files = [one for folder in ("tui", "answer") for one in (root / folder).rglob("*.py")]
    for path in (*files, root / "report_page.py", root / "page.py"):
        ours = {one for one in path.read_text("utf-8") if not one.isascii()}
        assert {one for one in ours if signs.plainly(one, "utf-8") == "?"} == set(), path


async def test_without_half_blocks_the_address_is_told_in_words(
    staged: Open, plain: Callable[[str], None]
) -> None:
    """No code is drawn, nothing speaks of one, and no room is kept for it."""
    plain("utf-8")
    async with staged(size=(140, 40)) as stage:
        await to_join(stage)
        assert "Type in its browser:" in stage.text
        assert HOME_URL in stage.text
        assert "code" not in stage.text
        assert not stage.app.screen.query_one("#code").display


async def to_join(stage: Stage) -> None:
    """Open the join screen of a room."""

    class Room:
        url, problem, seen = HOME_URL, "", True

    room = Room()
    stage.app.push_screen(JoinDialog(room, wall=True))  # type: ignore[arg-type]
    await stage.until(lambda: HOME_URL in stage.text)


def test_large_letters_and_codes_are_not_drawn_plainly(plain: Callable[[str], None]) -> None:
    """What is made of signs alone has words instead."""
    assert large("CHANGE", 80) is not None
    assert qr_content(HOME_URL).plain
    plain("utf-8")
    assert large("CHANGE", 80) is None
    assert not qr_content(HOME_URL).plain


@pytest.mark.parametrize(
    ("text", "encoding", "drawn"),
    [
        ("┏━┓┃╹▕▏", "utf-8", ".-.||||"),
        ("╭─╮ ╰─╯ ├┤", "utf-8", ".-. '-' ++"),
        ("▰▰▱ █▌▀", "utf-8", "##. #|-"),
        ("✓ done · ▶ now · × out", "utf-8", "v done - > now - x out"),
        ("Speak ·1", "utf-8", "Speak x1"),
        ("“¿Qué?” – sí…", "utf-8", '"¿Qué?" - sí.'),
        ("“¿Qué?” – sí…", "latin-1", '"¿Qué?" - sí.'),
        ("“¿Qué?” – sí…", "ascii", '"?Que?" - si.'),
        ("ż 日 🙂 \u0301", "latin-1", "z ?? ?? "),
        ("plain", "nonsense", "plain"),
    ],
)
def test_each_sign_has_a_plain_one_as_wide(text: str, encoding: str, drawn: str) -> None:
    """Frames, bars, marks and quotes have one; a letter stays where the encoding has it."""
    assert signs.plainly(text, encoding) == drawn


@pytest.mark.parametrize(
    ("chosen", "term", "encoding", "plain"),
    [
        ("auto", "xterm-256color", "utf-8", False),
        ("auto", "linux", "UTF-8", True),
        ("auto", "dumb", "utf-8", True),
        ("all", "linux", "utf-8", False),
        ("all", "xterm", "iso-8859-1", True),
        ("auto", "xterm", None, True),
        ("ascii", "xterm-256color", "utf-8", True),
    ],
)
def test_the_terminal_says_which_signs_it_has(
    chosen: signs.Choice, term: str, encoding: str | None, *, plain: bool
) -> None:
    """The settings come first; but what cannot be written is never drawn."""
    assert bool(signs.plain_reason(chosen, {"TERM": term}, encoding)) is plain
