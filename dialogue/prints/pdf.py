"""A part of a print pack as PDF: tagged for screen readers (PDF/UA-1), the same bytes every time.

Touches: disk, to read the package's own templates. The fonts that come with typst are used and no
others, so that a page looks alike everywhere. What a template gets is JSON, which it only shows.
"""

from __future__ import annotations

import importlib.util
import json
import re
from dataclasses import asdict
from importlib.resources import as_file, files
from typing import Final

from dialogue.prints.model import Leaflet, Part
from sessions.errors import CommandRefusedError
from sessions.text import visible

MARK: Final = b"dialogue print pack"
"""What stands in the head of each of our PDFs, so that only such a one is ever replaced."""

_UNSHOWN: Final = re.compile(r'the text `"(.*)"` could not be displayed', re.DOTALL)

# typst writes that no tag is suspect, which is also what it means to say nothing; older readers
# stumble over it. The blanks keep every offset in the file as it is.
_MARKED: Final = b"/MarkInfo<</Marked true/Suspects false>>"
_MARKED_PLAINLY: Final = b"/MarkInfo<</Marked true>>".ljust(len(_MARKED))


def refuse_without_typst() -> None:
    """Refuse where PDFs cannot be made.

    Raises:
        CommandRefusedError: There is no typst for this kind of computer.
    """
    if importlib.util.find_spec("typst") is None:
        raise CommandRefusedError(
            "PDFs cannot be made here: typst, which makes them, is not installed, or does not "
            "exist for this kind of computer. Use `--to html` and print the pages from a browser."
        )


def as_pdf(part: Part) -> bytes:
    """Return a part as PDF.

    Raises:
        CommandRefusedError: It holds a sign that the fonts here do not have.
    """
    import typst  # noqa: PLC0415

    name = "leaflet" if isinstance(part, Leaflet) else part.name
    data = json.dumps(asdict(part), sort_keys=True)
    with as_file(files("dialogue.prints").joinpath("templates")) as folder:
        try:
            pdf = typst.compile(
                str(folder / f"{name}.typ"),
                root=str(folder),
                format="pdf",
                ignore_system_fonts=True,
                sys_inputs={"part": data},
                pdf_standards=["ua-1"],
                timestamp=0,
            )
        except typst.TypstError as error:
            raise _refusal(part, error.message) from None
    return pdf.replace(_MARKED, _MARKED_PLAINLY)


def _refusal(part: Part, message: str) -> CommandRefusedError:
    """Return the refusal for signs that cannot be printed; any other error is a defect of ours."""
    found = _UNSHOWN.search(message)
    if found is None:
        raise RuntimeError(part.name)
    return CommandRefusedError(
        f"The fonts that come with the program have no signs for {visible(found[1])}. "
        "Use `--to html` and print the pages from a browser, which has more fonts."
    )
