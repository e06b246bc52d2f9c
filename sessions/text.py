"""The text gate: what may ever reach a screen or a file.

Pure.

Every string from outside (a typed note, a title, a file's content, a participant's words) passes
`clean` before it is kept, and `is_clean` may be asserted where it is shown. The gate decides which
characters stay; it never interprets them, so brackets, tags and quotes are plain text here, and
it is each exporter's own task to escape them.

What holds for every string and every limit:

* nothing raises, and the work grows with the length of the input, whatever it holds;
* passing the gate twice gives what passing it once gave;
* canonically equal input (composed or decomposed accents) gives equal output.

Which characters are assigned depends on the Unicode tables of the running Python: a character
newer than them is dropped. A record written under a newer Python is therefore cleaned again when
it is opened.
"""

from __future__ import annotations

import unicodedata
from typing import Final

NAME_LIMIT: Final = 80
"""Most characters of a name: a roster entry, an organisation, a place."""

TITLE_LIMIT: Final = 120
"""Most characters of a session's title."""

LINE_LIMIT: Final = 280
"""Most characters of one spoken line: a house agreement, a parked item."""

NOTE_LIMIT: Final = 4000
"""Most characters of a note or a reflection."""

NOTE_LINES: Final = 100
"""Most lines of a note or a reflection; what goes beyond is joined to the last one."""

SLUG_LIMIT: Final = 40
"""Most characters of a folder part."""

VISIBLE_LIMIT: Final = 60
"""Most characters of an outside string quoted in a message."""

MARKS_PER_BASE: Final = 4
"""Most marks stacked on one character. Written languages need three, rarely four."""

SIGNS_PER_BASE: Final = 2
"""Most invisible signs after one character: a joiner, and a direction mark beside it."""

# Unicode puts a long run of marks in order by insertion, which takes quadratic time. A first, wide
# cap bounds the run; it leaves room for the marks that will melt into their base.
_ROUGH_MARKS: Final = 16

_JOINERS: Final = "\u200c\u200d"
_DIRECTION_MARKS: Final = "\u200e\u200f"
_SPACES: Final = "".join(
    chr(code) for code in (0x20, 0xA0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000)
)
# Letters by category, blank to the eye: the Hangul fillers and the empty Braille cell.
_FILLERS: Final = "\u115f\u1160\u2800\u3164\uffa0"
_ROW_END: Final = _SPACES + _JOINERS
_UNSEEN: Final = _SPACES + _JOINERS + _DIRECTION_MARKS + _FILLERS

_DROPPED: Final = frozenset({"Cc", "Cs", "Co", "Cn", "Zl", "Zp"})
_STACKED: Final = frozenset({"Mn", "Me"})

# Everything that breaks a line somewhere: vertical tab (a word processor's soft break), form feed,
# carriage return, next line, line separator, paragraph separator.
_BREAKS: Final = {
    "\t": " ",
    **dict.fromkeys("\v\f\r\x85\u2028\u2029", "\n"),
}
_TO_PLAIN_BREAKS: Final = str.maketrans(_BREAKS)

# Latin letters that stay whole under NFKD, so that names keep their letters in a folder's name.
_TO_ASCII: Final = str.maketrans(
    {"æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "ł": "l", "þ": "th"}
)
_WINDOWS_DEVICES: Final = frozenset(
    {"con", "prn", "aux", "nul"}
    | {f"{port}{number}" for port in ("com", "lpt") for number in range(10)}
)
_SLUG_OF_LAST_RESORT: Final = "session"


def clean(text: str, *, limit: int, lines: int = 1) -> str:
    """Return what of `text` may be kept, shown and exported.

    The result is in NFC and holds no control, surrogate, private or unassigned character, no
    direction override and no hidden character but joiners and the two direction marks. It has no
    white space around it and no two empty lines in a row, and text with nothing to see is empty.

    Args:
        text: Any string at all.
        limit: Most characters (code points) of the result. A character is never cut apart from
            its marks, nor an emoji within its sequence, so the result may be a little shorter.
        lines: Most lines of the result. The words of further lines are joined to the last one.

    Returns:
        The cleaned text; perhaps empty.
    """
    if text.isascii() and text.isprintable() and len(text) <= limit and text == text.strip(" "):
        return text  # nearly every string is plain, and there is nothing to shape in it
    # Cutting can leave a last line with nothing to see, hence the second shaping.
    return _shaped(_cut(_shaped(text, lines), limit), lines)


def one_line(text: str, limit: int = LINE_LIMIT) -> str:
    """Return `text` cleaned and on a single line: a title, a name, an agreement."""
    return clean(text, limit=limit)


def paragraph(text: str, limit: int = NOTE_LIMIT) -> str:
    """Return `text` cleaned with its line breaks kept: a note, a reflection."""
    return clean(text, limit=limit, lines=NOTE_LINES)


def too_long(text: str, limit: int, *, lines: int = 1) -> bool:
    """Say whether `clean` would have to cut words from `text` to meet `limit`."""
    return len(_shaped(text, lines)) > limit


def is_clean(text: str) -> bool:
    """Say whether every character of `text` may reach a screen or a file.

    It judges characters and marks only. Length, line count and white space at the edges are the
    layout's, so cleaned text that has been padded or wrapped is still clean.
    """
    return all(_safe(row) == row for row in text.split("\n"))


def slug(title: str, fallback: str = _SLUG_OF_LAST_RESORT) -> str:
    """Return a part of a folder's name, made of `a-z`, `0-9` and single hyphens.

    Args:
        title: Any string; accents are taken off, everything else becomes a hyphen.
        fallback: Used, after the same treatment, when nothing of the title is left.

    Returns:
        1 to 40 characters, without a hyphen at either end, never a device name of Windows.
    """
    part = _folder_part(title) or _folder_part(fallback) or _SLUG_OF_LAST_RESORT
    return f"{part}-{_SLUG_OF_LAST_RESORT}" if part in _WINDOWS_DEVICES else part


def visible(text: str) -> str:
    """Quote an outside string in a message: cleaned, on one line, cut short, in “…”."""
    if too_long(text, VISIBLE_LIMIT):
        return f"“{one_line(text, VISIBLE_LIMIT - 1)}…”"
    return f"“{one_line(text, VISIBLE_LIMIT)}”"


def _shaped(text: str, lines: int) -> str:
    """Clean every line, collapse empty ones, and fold what is beyond the last allowed line."""
    rows: list[str] = []
    for raw in text.replace("\r\n", "\n").translate(_TO_PLAIN_BREAKS).split("\n"):
        row = _row(raw)
        if row or (rows and rows[-1]):
            rows.append(row)
    if not any(rows):
        return ""
    if not rows[-1]:
        rows.pop()
    kept = max(lines, 1) - 1
    if len(rows) > kept + 1:
        rows[kept:] = [" ".join(row.strip(_SPACES) for row in rows[kept:] if row)]
    rows[0] = rows[0].lstrip(_SPACES)
    return "\n".join(rows)


def _row(raw: str) -> str:
    """Clean one line; a line with nothing to see is empty."""
    row = _safe(raw).rstrip(_ROW_END)
    return row if row.strip(_UNSEEN) else ""


def _safe(raw: str) -> str:
    """Keep the characters of one line that may be kept, in NFC.

    Dropping can bring two characters together that compose, or two marks that change places, so
    composing comes again after it. That cannot break the cap: composing only lessens the marks.
    """
    if raw.isascii() and raw.isprintable():
        return raw
    rough = unicodedata.normalize("NFC", _thinned(raw, _ROUGH_MARKS))
    return unicodedata.normalize("NFC", _thinned(rough, MARKS_PER_BASE))


def _thinned(row: str, most_marks: int) -> str:
    """Drop forbidden characters, and marks and signs beyond their share of each base.

    White space carries marks only after something visible: before it, a mark would land on
    whatever the screen shows to the left.
    """
    kept: list[str] = []
    marks = signs = 0
    has_base = False
    for char in row:
        kind = unicodedata.category(char)
        if kind in _DROPPED:
            continue
        if kind == "Cf":
            fits = _is_sign(char, has_base=has_base) and signs < SIGNS_PER_BASE
            signs += fits
        elif kind[0] == "M":
            stacks = kind in _STACKED or unicodedata.combining(char) > 0
            fits = has_base and not (stacks and marks >= most_marks)
            marks += stacks and fits
        else:
            fits = True
            marks = signs = 0
            has_base = has_base or char not in _SPACES
        if fits:
            kept.append(char)
    return "".join(kept)


def _is_sign(char: str, *, has_base: bool) -> bool:
    """Say whether an invisible character does work that writing needs."""
    return char in _DIRECTION_MARKS or (has_base and char in _JOINERS)


def _cut(text: str, limit: int) -> str:
    """Return at most `limit` characters, cut where a reader would see a border."""
    at = max(limit, 0)
    if len(text) <= at:
        return text
    while at > 0 and _holds_together(text, at):
        at -= 1
    return text[:at]


def _holds_together(text: str, at: int) -> bool:
    """Say whether a cut before `text[at]` would split what is seen as one character."""
    before, after = text[at - 1], text[at]
    return (
        "\u200d" in (before, after)
        or unicodedata.category(after)[0] == "M"
        or "\U0001f3fb" <= after <= "\U0001f3ff"  # an emoji's skin tone
        or "\u1160" <= after <= "\u11ff"  # the later parts of an old Korean syllable
        or (_is_flag_half(after) and _flag_halves_before(text, at) % 2 == 1)
    )


def _is_flag_half(char: str) -> bool:
    """Say whether `char` is a regional indicator; two of them draw one flag."""
    return "\U0001f1e6" <= char <= "\U0001f1ff"


def _flag_halves_before(text: str, at: int) -> int:
    """Count the regional indicators that end right before `at`."""
    start = at
    while start > 0 and _is_flag_half(text[start - 1]):
        start -= 1
    return at - start


def _folder_part(text: str) -> str:
    """Return the letters and digits of `text` joined by single hyphens; perhaps empty."""
    # Cleaned first: the gate bounds the length and the marks that decomposing has to sort.
    # Folded last: taking a square sign such as ㎒ apart gives capitals.
    letters = unicodedata.normalize("NFKD", one_line(text, TITLE_LIMIT)).casefold()
    plain = "".join(
        char if char.isascii() and char.isalnum() else "-"
        for char in letters.translate(_TO_ASCII)
        if unicodedata.category(char) not in _STACKED
    )
    joined = "-".join(part for part in plain.split("-") if part)
    return joined[:SLUG_LIMIT].rstrip("-")
