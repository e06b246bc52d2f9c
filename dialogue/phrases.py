"""What a room reads in each language, on its pages, on the wall and on paper: one file a language.

All files of a package have the same keys; a test compares them.

Touches: disk, to read the package's own files, each once.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from sessions.cues import CueKind
    from sessions.room import RoomView

Strings = Mapping[str, Mapping[str, str]]
"""The texts of one language by section and key."""

PAGES: Final = "dialogue.web"
"""The package whose texts these are unless another one is named, as that of the printed pages."""

PLACES: Final[Mapping[str, str]] = {"page": PAGES, "print": "dialogue.prints"}
"""What the sections of each package are called where translations are compared: `page/levels`."""

CUE_SIGNS: Final[Mapping[CueKind, str]] = {
    "half-time": "◐",
    "change": "»",
    "swap": "⇄",
    "outer": "◎",
    "once-more": "↻",
    "together": "=",
    "regroup": "◔",
    "one-minute": "◔",
}
"""The sign beside the words of a cue, which tells it apart without colour and without reading."""

FALLBACK: Final = "en"
"""The language of a page whose own we do not have."""

_RIGHT_TO_LEFT: Final = frozenset({"ar", "dv", "fa", "he", "ku", "ps", "sd", "ug", "ur", "yi"})


@cache
def languages(package: str = PAGES) -> tuple[str, ...]:
    """Return the languages the pages of a package speak, as tags."""
    names = (file.name for file in files(package).joinpath("languages").iterdir())
    return tuple(sorted(name.removesuffix(".toml") for name in names if name.endswith(".toml")))


def spoken(language: str, package: str = PAGES) -> str:
    """Return the language whose texts fit a tag best: itself, its parent, or the fallback."""
    parent = language.partition("-")[0]
    return next((one for one in (language, parent) if one in languages(package)), FALLBACK)


@cache
def strings_in(language: str, package: str = PAGES) -> Strings:
    """Return the texts of one of a package's `languages()`."""
    file = files(package).joinpath("languages", f"{language}.toml")
    return tomllib.loads(file.read_text(encoding="utf-8"))


def page_items(language: str) -> dict[str, dict[str, dict[str, str]]]:
    """Return the sections of a language, on pages and on paper, to compare a translation by."""
    return {
        f"{place}/{section}": {key: {"text": text} for key, text in texts.items()}
        for place, package in PLACES.items()
        if language in languages(package)
        for section, texts in strings_in(language, package).items()
    }


def pages_made_from(language: str) -> Mapping[str, str]:
    """Return what each section of a translation was made from, as `translated.json` says it."""
    found: dict[str, str] = {}
    for package in PLACES.values():
        file = files(package).joinpath("languages", "translated.json")
        found |= json.loads(file.read_text(encoding="utf-8")).get(language, {})
    return found


def back_again(view: RoomView) -> str:
    """Return when a break is over, as the room reads it; empty outside of one."""
    if view.back_in is None:
        return ""
    said = strings_in(spoken(view.language))["room"]
    key = {0: "now", 1: "one"}.get(view.back_in, "many")
    return said[f"back_{key}"].format(time=view.back_at, minutes=view.back_in)


def direction(language: str) -> str:
    """Return which way a language is written, as HTML says it."""
    return "rtl" if language.partition("-")[0] in _RIGHT_TO_LEFT else "ltr"
