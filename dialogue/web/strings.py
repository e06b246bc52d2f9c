"""What the room's pages say in each language: one file of texts a language, with the same keys.

Touches: disk, to read the package's own files, each once.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Final

Strings = Mapping[str, Mapping[str, str]]
"""The texts of one language by section and key."""

FALLBACK: Final = "en"
"""The language of a page whose own we do not have."""

_RIGHT_TO_LEFT: Final = frozenset({"ar", "dv", "fa", "he", "ku", "ps", "sd", "ug", "ur", "yi"})


@cache
def languages() -> tuple[str, ...]:
    """Return the languages the pages speak, as tags."""
    names = (file.name for file in files("dialogue.web").joinpath("languages").iterdir())
    return tuple(sorted(name.removesuffix(".toml") for name in names if name.endswith(".toml")))


def spoken(language: str) -> str:
    """Return the language whose texts fit a tag best: itself, its parent, or the fallback."""
    parent = language.partition("-")[0]
    return next((one for one in (language, parent) if one in languages()), FALLBACK)


@cache
def strings_in(language: str) -> Strings:
    """Return the texts of one of `languages()`."""
    file = files("dialogue.web").joinpath("languages", f"{language}.toml")
    return tomllib.loads(file.read_text(encoding="utf-8"))


def direction(language: str) -> str:
    """Return which way a language is written, as HTML says it."""
    return "rtl" if language.partition("-")[0] in _RIGHT_TO_LEFT else "ltr"
