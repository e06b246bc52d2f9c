"""What the translations of content and pages lack: all that `dialogue content check` tells.

Touches: disk, to read the package's own files.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from agreements.translation import Gap, compare, recorded, shipped_items, translations
from dialogue.config import gate
from dialogue.phrases import FALLBACK, languages, page_items, pages_made_from


def translated_languages() -> tuple[str, ...]:
    """Return the languages that content or pages have been translated into."""
    pages = {one for one in languages() if one != FALLBACK}
    return tuple(sorted(pages | {*translations()}))


def items_in(language: str) -> dict[str, Any]:
    """Return every item of content and pages in a language."""
    content = shipped_items(language, gate) if language in (FALLBACK, *translations()) else {}
    pages = page_items(language) if language in languages() else {}
    return {**content, **pages}


def made_from(language: str) -> Mapping[str, str]:
    """Return what each item of a translation was made from."""
    return {**recorded(language), **pages_made_from(language)}


def gaps_in(language: str) -> tuple[Gap, ...]:
    """Return what a translation lacks, and what has changed since it was made."""
    return compare(items_in(FALLBACK), items_in(language), made_from(language))
