"""The empty document that a report is written into: its paper, styles, language and properties.

Touches: disk, to read the empty document that python-docx brings.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Final

from sessions.export.report import Paper, Report

if TYPE_CHECKING:
    from docx.document import Document
    from docx.styles.style import ParagraphStyle
    from lxml.etree import _Element

FONT: Final = "Cambria"
INK: Final = "16202B"
QUIET: Final = "4A5560"
DEEP: Final = "1F4E5F"
LINE: Final = "B9C4CA"
PALE: Final = "E7EDF0"
PAPER: Final = "FFFFFF"

_POINTS: Final = {"full": 12.0, "participants": 12.0, "board": 10.0}
_PAGE_MM: Final[dict[Paper, tuple[float, float]]] = {"a4": (210, 297), "letter": (215.9, 279.4)}
_MARGIN_MM: Final = {"full": 20, "participants": 20, "board": 15}
"""Above and beside the text on A4; on other paper the text is as wide as there."""
_BELOW_MM: Final = {"full": 20, "participants": 20, "board": 10}
_WORDS: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_EARLIER: Final = frozenset(
    f"{{{_WORDS}}}{name}"
    for name in (
        *("pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr"),
        *("widowControl", "numPr", "suppressLineNumbers", "pBdr"),
    )
)
"""What stands before lines and shades among the properties of a paragraph."""
_UNUSED: Final = ("/thumbnail", "/stylesWithEffects", "/customXml")
"""What the empty document brings along and no report needs, by the end of its relation's name."""


def empty_document(report: Report, paper: Paper) -> Document:
    """Return a document with its paper, styles and language, and a date no finer than a day."""
    import docx  # noqa: PLC0415
    from docx.shared import Mm  # noqa: PLC0415

    document = docx.Document()
    for part in (document.part, document.part.package):
        for name, relation in list(part.rels.items()):
            if relation.reltype.endswith(_UNUSED):
                part.rels.pop(name)
    styles = document.styles.element
    for style in [one for one in styles if one.get(spelled("w:type")) == "table"]:
        if style.get(spelled("w:default")) is None:
            styles.remove(style)
    page = document.sections[0]
    wide, high = _PAGE_MM[paper]
    margin = _MARGIN_MM[report.edition]
    page.page_width, page.page_height = Mm(wide), Mm(high)
    page.top_margin, page.bottom_margin = Mm(margin), Mm(_BELOW_MM[report.edition])
    page.left_margin = page.right_margin = Mm(margin + (wide - _PAGE_MM["a4"][0]) / 2)
    tight = report.edition == "board"
    _style(document, _POINTS[report.edition], report.own_language, tight=tight)
    about = document.core_properties
    about.title, about.subject = report.title, report.kind
    about.author = about.last_modified_by = about.comments = ""
    about.language = report.own_language
    about.created = about.modified = _day(report.held_on)
    return document


def _day(held_on: str) -> datetime:
    """Return the start of a day; of the earliest one there is a file for, when it is none."""
    try:
        day = date.fromisoformat(held_on)
    except ValueError:
        day = date(1980, 1, 1)
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


def _style(document: Document, size: float, language: str, *, tight: bool) -> None:
    """Set how text, headings, lists and quotes look, in one font and with air around them."""
    air = 0.6 if tight else 1.0
    looks = (
        ("Normal", 1.0, INK, 0.0, 0.45),
        ("Heading 1", 2.0, INK, 0.0, 0.6),
        ("Heading 2", 1.35, DEEP, 1.6, 0.5),
        ("List Bullet", 1.0, INK, 0.0, 0.4),
        ("Quote", 1.08, INK, 0.5, 0.5),
        ("Caption", 1.0, INK, 0.9, 0.3),
    )
    for name, larger, colour, above, below in looks:
        style = document.styles[name]
        _look(style, size * larger, colour)
        shape = style.paragraph_format
        shape.space_before = points(size * above * air)
        shape.space_after = points(size * below * air)
        shape.line_spacing = 1.1 if tight else 1.2
        shape.keep_with_next = name.startswith(("Heading", "Caption"))
    document.styles["Caption"].font.bold = True
    quote = document.styles["Quote"]
    quote.font.italic = True
    quote.paragraph_format.left_indent = points(12)
    put(quote.element.get_or_add_pPr(), edge("left", LINE, "18"))
    for tag in document.styles.element.iter(spelled("w:lang")):
        for kind in ("w:val", "w:eastAsia"):
            tag.set(spelled(kind), language)


def _look(style: ParagraphStyle, size: float, colour: str) -> None:
    from docx.shared import RGBColor  # noqa: PLC0415

    style.font.name = FONT
    style.font.size = points(size)
    style.font.color.rgb = RGBColor.from_string(colour)
    fonts = style.element.rPr.rFonts
    for kind in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(spelled(f"w:{kind}"), None)  # a theme's font would win over a named one
    for kind in ("w:eastAsia", "w:cs"):
        fonts.set(spelled(kind), FONT)


def edge(side: str, colour: str, eighths: str) -> _Element:
    """Return a line beside a paragraph, so many eighths of a point wide."""
    border = made("w:pBdr", {})
    line = {"val": "single", "sz": eighths, "space": "8", "color": colour}
    border.append(made(f"w:{side}", line))
    return border


def shade(colour: str) -> _Element:
    """Return the shade of a paragraph or of a cell."""
    return made("w:shd", {"val": "clear", "color": "auto", "fill": colour})


def put(properties: _Element, fresh: _Element) -> None:
    """Put a line or a shade where the order of a paragraph's properties has it."""
    later = [one for one in properties if one.tag not in _EARLIER]
    if later:
        later[0].addprevious(fresh)
    else:
        properties.append(fresh)


def made(tag: str, given: dict[str, str]) -> _Element:
    """Return an element of a document with attributes of the same namespace."""
    from docx.oxml import OxmlElement  # noqa: PLC0415

    fresh = OxmlElement(tag)
    for name, value in given.items():
        fresh.set(spelled(f"w:{name}"), value)
    return fresh


def spelled(name: str) -> str:
    """Return a name with its namespace spelled out."""
    return f"{{{_WORDS}}}{name.removeprefix('w:')}"


def points(size: float) -> int:
    """Return a length in points as the library counts it."""
    from docx.shared import Pt  # noqa: PLC0415

    return Pt(size)
