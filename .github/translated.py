"""Says that a translation is up to date: `uv run python .github/translated.py es PLACE…`.

Touches: disk, to write `translated.json` beside the translated content, that of the pages and that
of the printed ones. Look at each item first, then name it as `dialogue content check` does
(`prompt/why-i-came`); `--new` stands for all that nobody has said anything about yet. What was
recorded for items that are gone is forgotten.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path

from agreements.library import DEFAULT_LANGUAGE
from agreements.translation import digest, digests_file
from dialogue.phrases import PLACES
from dialogue.translations import items_in, made_from, translated_languages


def main(language: str, *wanted: str) -> None:
    """Record what the wanted items were made from."""
    english, other = items_in(DEFAULT_LANGUAGE), items_in(language)
    known = made_from(language)
    places = {one for one in other if one in english}
    new = {one for one in places if one not in known} if "--new" in wanted else set[str]()
    unknown = {*wanted} - places - {"--new"}
    if unknown:
        sys.exit(f"There is no such item in both languages: {', '.join(sorted(unknown))}")
    fresh = {one: digest(english[one]) for one in new | ({*wanted} & places)}
    kept = {one: was for one, was in {**known, **fresh}.items() if one in places}
    pages = {one: {**made_from(one)} for one in translated_languages()} | {language: kept}
    own = {one: was for one, was in kept.items() if one.partition("/")[0] not in PLACES}
    write(digests_file(language), own)
    for place, package in PLACES.items():
        file = Path(str(files(package))) / "languages" / "translated.json"
        write(file, {one: _of(all_, place) for one, all_ in pages.items()})


def _of(digests: Mapping[str, str], place: str) -> dict[str, str]:
    """Return what was recorded for the sections of one package."""
    return {one: was for one, was in digests.items() if one.startswith(f"{place}/")}


def write(file: Path, table: object) -> None:
    """Write one file of digests."""
    file.write_text(json.dumps(table, indent=1, sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
