"""What the translations of content, pages, paper and screens lack: all of `dialogue content check`.

Touches: disk, to read the package's own files.
"""

from __future__ import annotations

from collections.abc import Mapping
from textwrap import shorten
from typing import Any, Final

from agreements.translation import Gap, compare, recorded, shipped_items, translations
from dialogue import screen_texts
from dialogue.config import gate
from dialogue.phrases import FALLBACK, languages, page_items, pages_made_from
from dialogue.wording import ENGLISH, screen_languages

PLACE_SIGNS: Final = 40
"""So much of a text of the screens names it."""


def translated_languages() -> tuple[str, ...]:
    """Return the languages that content, pages or screens have been translated into."""
    pages = {one for one in languages() if one != FALLBACK}
    screens = {one for one in screen_languages() if one != ENGLISH}
    return tuple(sorted(pages | screens | {*translations()}))


def items_in(language: str) -> dict[str, Any]:
    """Return every item of content, pages and printed pages in a language."""
    content = shipped_items(language, gate) if language in (FALLBACK, *translations()) else {}
    return {**content, **page_items(language)}


def made_from(language: str) -> Mapping[str, str]:
    """Return what each item of a translation was made from."""
    return {**recorded(language), **pages_made_from(language)}


def gaps_in(language: str) -> tuple[Gap, ...]:
    """Return what a translation lacks, and what has changed since it was made."""
    gaps = compare(items_in(FALLBACK), items_in(language), made_from(language))
    return (*gaps, *screen_gaps(language))


def screen_gaps(language: str) -> tuple[Gap, ...]:
    """Return which texts of the screens a catalogue lacks, has otherwise, or has to spare.

    The English is the key there, so that nothing can be stale: what has changed is missing, and
    what was there before is left over.
    """
    there = screen_texts.catalogue_of(language) if language in screen_languages() else {}
    wanted = {one.key: one for one in screen_texts.texts_in_code()}
    return (
        *(Gap(_place(one), "missing") for one in wanted if one not in there),
        *(
            Gap(_place(one), "unlike")
            for one, text in wanted.items()
            if one in there and not text.fits(there[one])
        ),
        *(Gap(_place(one), "left-over") for one in there if one not in wanted),
    )


def _place(key: str) -> str:
    """Name a text of the screens by its beginning."""
    words = " ".join(key.rpartition("\x04")[2].partition("\0")[0].split())
    return f"screen/{shorten(words, PLACE_SIGNS, placeholder='…')}"
