"""Says that a translation is up to date: `uv run python .github/translated.py es PLACE…`.

Touches: disk, to write `translated.json` beside a translation. Look at each item first, then name
it as `dialogue content check` does (`prompt/why-i-came`); `--new` stands for all that nobody has
said anything about yet. What was recorded for items that are gone is forgotten.
"""

from __future__ import annotations

import json
import sys

from agreements.library import DEFAULT_LANGUAGE
from agreements.translation import digest, digests_file, recorded, shipped_items
from dialogue.config import gate


def main(language: str, *wanted: str) -> None:
    """Record what the wanted items were made from."""
    english, other = shipped_items(DEFAULT_LANGUAGE, gate), shipped_items(language, gate)
    known = recorded(language)
    places = {one for one in other if one in english}
    new = {one for one in places if one not in known} if "--new" in wanted else set[str]()
    unknown = {*wanted} - places - {"--new"}
    if unknown:
        sys.exit(f"There is no such item in both languages: {', '.join(sorted(unknown))}")
    fresh = {one: digest(english[one]) for one in new | ({*wanted} & places)}
    kept = {one: made_from for one, made_from in (known | fresh).items() if one in places}
    text = json.dumps(kept, indent=0, sort_keys=True)
    digests_file(language).write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
