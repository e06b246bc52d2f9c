"""A part of a print pack as one HTML file, to be printed from any browser.

Touches: disk, to read the package's own templates. The file fetches nothing and runs nothing, and
every text in it is escaped by the template engine.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import groupby
from typing import Final

from jinja2 import Environment, PackageLoader, StrictUndefined

from dialogue.prints.model import AnswerCard, Leaflet, Paper, Part, Piece

MARK: Final = b"<!doctype html>\n<!-- dialogue print pack -->\n"
"""How each of our pages begins, so that only such a one is ever replaced."""

PAPERS: Final[dict[Paper, tuple[str, float, float]]] = {
    "a4": ("A4", 210, 297),
    "letter": ("letter", 215.9, 279.4),
}
"""How a browser calls each paper, and its width and height in millimetres."""

_NAME_WIDE_POINTS: Final = 680
_NAME_HIGH_POINTS: Final = 225
_SIGN_WIDE: Final = 0.56
"""How wide a sign of a bold name is, as a part of its size; browsers differ in their fonts."""
_NAME_SIZES: Final = (104, 96, 88, 80, 72, 64, 56, 50, 44, 38, 32, 26)
_TELLING: Final = ((150, 26), (210, 22), (280, 17))
"""Up to so many signs, what stands below a name has such a size in points."""
_TIGHTNESS: Final = ((200, "wide"), (480, "tight"), (700, "tighter"))
"""Up to so many signs, the words of a card of four a page stand so close."""


def as_html(part: Part) -> bytes:
    """Return a part as a page to print."""
    name = "leaflet" if isinstance(part, Leaflet) else part.name
    paper, wide, high = PAPERS[part.frame.paper]
    page = (
        _environment()
        .get_template(f"{name}.html")
        .render(
            part=part,
            title=title_of(part),
            mark=MARK.decode().splitlines()[1],
            paper=paper,
            wide=wide,
            high=high,
            name_points=name_points,
            tell_points=tell_points,
            tightness=tightness,
        )
    )
    return page.encode()


def title_of(part: Part) -> str:
    """Return what a part is called, with the plan it is for."""
    name = part.frame.texts["parts"][part.name]
    return name if part.name == "data-sheet" else f"{name} · {part.frame.plan_title}"


def name_points(name: str) -> int:
    """Return the largest size, in points, at which a name goes well onto a card to hold up."""
    words = name.split()
    for points in _NAME_SIZES:
        fits = max(map(len, words)) * points * _SIGN_WIDE <= _NAME_WIDE_POINTS
        if fits and _lines(words, points) * points <= _NAME_HIGH_POINTS:
            return points
    return _NAME_SIZES[-1]


def tell_points(asks: str, does_not_ask: str) -> int:
    """Return the size, in points, of what stands below a name."""
    signs = max(len(asks), len(does_not_ask))
    return next((points for most, points in _TELLING if signs <= most), _TELLING[-1][1])


def tightness(card: AnswerCard) -> str:
    """Return how close the words of a card of four a page must stand."""
    signs = len(card.text) + sum(30 + len(one.label) + len(one.starts) for one in card.options)
    # The ends of a scale share a line, and then/now has two of them.
    signs += 2 * (len(card.low) + len(card.high)) * (2 if card.kind == "then-now" else 1)
    return next((name for most, name in _TIGHTNESS if signs <= most), "tightest")


def _lines(words: Sequence[str], points: int) -> int:
    """Return into how many lines words go at a size, filled one after the other."""
    room = _NAME_WIDE_POINTS / (points * _SIGN_WIDE)
    lines, used = 1, 0
    for word in words:
        if used and used + 1 + len(word) > room:
            lines, used = lines + 1, 0
        used += len(word) + (1 if used else 0)
    return lines


def _groups(pieces: Sequence[Piece]) -> Iterator[tuple[str, list[Piece]]]:
    """Yield pieces of one kind that follow one another, together."""
    for kind, group in groupby(pieces, key=lambda one: one.kind):
        yield kind, list(group)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("dialogue.prints"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.filters["groups"] = _groups
    return environment
