"""How well what stands on a screen can be told from what is behind it.

Touches: nothing; it looks at what a screen has drawn.
"""

from __future__ import annotations

from collections.abc import Iterator

from rich.color import Color
from rich.style import Style
from textual.screen import Screen

LEAST_CONTRAST = 4.5
_DARKEST, _SLOPE = 0.03928, 12.92
_FRAMES = ("\u2500", "\u259f")
"""Lines, blocks and shades: what frames words and is none; drawn plainly, some signs of ASCII."""


def faint(screen: Screen[object]) -> Iterator[tuple[str, float]]:
    """Yield every piece of text with too little contrast, and how little it is."""
    for strip in screen._compositor.render_strips():
        for segment in strip:
            words = segment.text.strip()
            if words and segment.style is not None and not _is_frame(words):
                found = contrast(*_colours(segment.style))
                if found < LEAST_CONTRAST:
                    yield words, round(found, 2)


def contrast(one: Color, other: Color) -> float:
    """Return the contrast of two colours, as WCAG reckons it."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _is_frame(words: str) -> bool:
    first, last = _FRAMES
    return all(first <= sign <= last or sign in "|-+'. " for sign in words)


def _colours(style: Style) -> tuple[Color, Color]:
    assert style.color is not None
    assert style.bgcolor is not None
    pair = style.color, style.bgcolor
    return pair[::-1] if style.reverse else pair


def _luminance(colour: Color) -> float:
    parts = [part / 255 for part in colour.get_truecolor()]
    red, green, blue = (
        part / _SLOPE if part <= _DARKEST else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
