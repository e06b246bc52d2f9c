"""The files that were looked at and found good; `uv run python tests/export/goldens.py` writes.

Touches: disk, below `tests/data/exports`. A text format is kept whole. Of a packed one the parts
that say something are kept unpacked, so that a change can be read, and the digest of the whole.
"""

from __future__ import annotations

import hashlib
import sys
from functools import cache
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[2]))

from sessions.export.registry import FORMATS
from sessions.export.report import EDITIONS
from sessions.summarise import summarise
from tests.export.conftest import the_hard_record
from tests.export.summaries import DATA, PLAIN, made, parts_of

FOLDER = DATA / "exports"

TELLING = {
    "docx": ("word/document.xml", "docProps/core.xml"),
    "xlsx": (
        *("xl/sharedStrings.xml", "xl/worksheets/sheet2.xml", "xl/charts/chart1.xml"),
        "docProps/core.xml",
    ),
}
"""Which parts of a packed format say something."""


@cache
def goldens() -> dict[str, bytes]:
    """Return what each file should hold, by its path below the folder."""
    found: dict[str, bytes] = {"hard.md": FORMATS["md"].render(summarise(the_hard_record()))}
    digests = []
    for name, chosen in FORMATS.items():
        for edition in EDITIONS if chosen.has_editions else EDITIONS[:1]:
            data = made(name, edition)
            if name in PLAIN:
                found[f"{edition}.{name}"] = data
            digests.append(f"{hashlib.sha256(data).hexdigest()}  {edition}.{name}\n")
        for part in TELLING.get(name, ()):
            found[f"full.{name}.{Path(part).name}"] = parts_of(made(name))[part]
    found["digests.txt"] = "".join(digests).encode()
    return found


def write() -> None:
    """Write every file, and remove what is none of them."""
    FOLDER.mkdir(exist_ok=True)
    wanted = goldens()
    for path in FOLDER.iterdir():
        if path.name not in wanted:
            path.unlink()
    for name, data in wanted.items():
        (FOLDER / name).write_bytes(data)


if __name__ == "__main__":
    write()
