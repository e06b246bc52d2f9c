"""A part of a print pack as PDF: tagged for screen readers (PDF/UA-1), the same bytes every time.

Touches: disk, to read the package's own templates. The fonts that come with typst are used and no
others, so that a page looks alike everywhere. What a template gets is JSON, which it only shows.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import Final

from dialogue.prints.model import Leaflet, Part
from sessions.errors import CommandRefusedError
from sessions.export.typesetting import UnshownError, typeset
from sessions.text import visible

MARK: Final = b"dialogue print pack"
"""What stands in the head of each of our PDFs, so that only such a one is ever replaced."""


def as_pdf(part: Part) -> bytes:
    """Return a part as PDF.

    Raises:
        CommandRefusedError: It holds a sign that the fonts here do not have.
    """
    name = "leaflet" if isinstance(part, Leaflet) else part.name
    try:
        return typeset("dialogue.prints", f"{name}.typ", "part", asdict(part))
    except UnshownError as error:
        raise CommandRefusedError(
            "The fonts that come with the program have no signs for "
            f"{visible(error.texts[0])}. Use `--to html` and print the pages from a browser, "
            "which has more fonts."
        ) from None
