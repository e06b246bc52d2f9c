"""Two calm themes, dark and light. Colour only ever repeats what a word or a sign says.

Pure.
"""

from __future__ import annotations

from textual.theme import Theme


def _cursor(ink: str, ground: str) -> dict[str, str]:
    """Return how the place of the next letter is drawn: reversed, which needs no colour."""
    return {
        "input-cursor-foreground": ink,
        "input-cursor-background": ground,
        "input-cursor-text-style": "reverse",
    }


DARK = Theme(
    name="dialogue-dark",
    primary="#8fb8de",
    secondary="#c9b28f",
    accent="#e0c27a",
    foreground="#e8e6e1",
    background="#16181c",
    surface="#1d2025",
    panel="#262a31",
    success="#9ec7a1",
    warning="#e0c27a",
    error="#e6a090",
    dark=True,
    variables={
        "footer-key-foreground": "#e0c27a",
        "input-selection-background": "#8fb8de 35%",
        "block-cursor-background": "#8fb8de",
        "block-cursor-foreground": "#16181c",
        **_cursor("#e8e6e1", "#16181c"),
        "quiet": "#a5a9b0",
    },
)

LIGHT = Theme(
    name="dialogue-light",
    primary="#1f4e79",
    secondary="#6b4e16",
    accent="#7a4b00",
    foreground="#1b1d21",
    background="#fbfaf7",
    surface="#f3f1ec",
    panel="#e7e4dc",
    success="#215a2a",
    warning="#7a4b00",
    error="#8c2f1b",
    dark=False,
    variables={
        "footer-key-foreground": "#7a4b00",
        "input-selection-background": "#1f4e79 25%",
        "block-cursor-background": "#1f4e79",
        "block-cursor-foreground": "#ffffff",
        **_cursor("#1b1d21", "#fbfaf7"),
        "quiet": "#50545c",
    },
)

THEMES = {"dark": DARK, "light": LIGHT}
"""The themes by the name a config file uses."""

VARIABLE_DEFAULTS = {"quiet": "#a5a9b0"}
"""Our own variables, for the moments in which another theme is on."""
