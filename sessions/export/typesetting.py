"""Typst: a template and its data become a PDF that is tagged for screen readers (PDF/UA-1).

Touches: disk, to read a template of the package. The fonts that come with typst are used and no
others, so that a page looks alike everywhere and is the same bytes every time. What a template
gets is JSON, which it only shows.
"""

from __future__ import annotations

import importlib.util
import json
import re
from importlib.resources import as_file, files
from typing import Final

from sessions.errors import CommandRefusedError

_UNSHOWN: Final = re.compile(r'the text `"((?:[^"\\]|\\.)*)"` could not be displayed')
_ESCAPED: Final = re.compile(r"\\u\{([0-9a-f]+)\}|\\(.)", re.DOTALL)
_NAMED: Final = {"n": "\n", "t": "\t", "r": "\r", "0": "\0"}

# typst writes that no tag is suspect, which is also what it means to say nothing; older readers
# stumble over it. The blanks keep every offset in the file as it is.
_MARKED: Final = b"/MarkInfo<</Marked true/Suspects false>>"
_MARKED_PLAINLY: Final = b"/MarkInfo<</Marked true>>".ljust(len(_MARKED))


class UnshownError(Exception):
    """The fonts have no letters for some texts."""

    def __init__(self, texts: tuple[str, ...]) -> None:
        super().__init__(len(texts))
        self.texts = texts
        """What cannot be shown, each a sign or a few that stand together."""


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


def typeset(package: str, template: str, name: str, data: object) -> bytes:
    """Return a template with its data as PDF.

    Args:
        package: The package whose folder `templates` holds the template.
        template: The template's file name.
        name: By which name the template asks for its data.
        data: What is shown; anything that JSON can hold.

    Raises:
        UnshownError: Some of it has no letters in the fonts here.
        RuntimeError: The template is faulty. It quotes nothing of the data.
    """
    import typst  # noqa: PLC0415

    with as_file(files(package).joinpath("templates")) as folder:
        try:
            pdf = typst.compile(
                str(folder / template),
                root=str(folder),
                format="pdf",
                ignore_system_fonts=True,
                sys_inputs={name: json.dumps(data, sort_keys=True)},
                pdf_standards=["ua-1"],
                timestamp=0,
            )
        except typst.TypstError as error:
            unshown = _unshown(f"{error.message}\n{error.diagnostic}")
            if unshown:
                raise UnshownError(unshown) from None
            raise RuntimeError(template) from None
    return pdf.replace(_MARKED, _MARKED_PLAINLY)


def _unshown(message: str) -> tuple[str, ...]:
    """Return each text once that an error names, in the order of first naming."""
    return tuple(dict.fromkeys(_ESCAPED.sub(_meant, text) for text in _UNSHOWN.findall(message)))


def _meant(found: re.Match[str]) -> str:
    code, sign = found.groups()
    return chr(int(code, 16)) if code else _NAMED.get(sign, sign)
