"""The columns of a document: where a board's second one begins, and how wide those of tables are.

Pure. Word processors balance columns each in its own way, and one of them at times puts all into
the first and the rest on another page. So the place is reckoned here, from about how many lines
each part takes, and is the same in all of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from sessions.export.report import (
    Bars,
    Block,
    Callout,
    Facts,
    Items,
    Paragraph,
    Quotes,
    Section,
    Table,
)

Place = tuple[int, int]
"""A section and a block in it, by their numbers; the first block stands for its heading too."""

_LINE_SIGNS: Final = 46
_LARGER_SIGNS: Final = 40
"""How many signs of a title or of a quote a line of a column takes."""
_HEADING_SIGNS: Final = 28
_LABEL_SIGNS: Final = 19
_MOST_LINES: Final = 42
"""More lines than these may be too many for a column of Letter, whatever stands above."""
_AIR: Final = 0.3
"""What lies between two things, in lines."""
_ROW_AIR: Final = 0.25
_HEADING_AIR: Final = 1.4

_OTHERS: Final = 0.66
"""What the columns of a table have at most beside the one with the longest words."""
_BOLD: Final = 1.15
"""How much wider a bold one is."""
APART_MM: Final = 3.0
"""What lies between a number and the words in the next column."""
CELL_MM: Final = 3.8
"""What a cell keeps free at its two sides."""
_SHORT_HEAD: Final = 7
"""A head of so many signs is not broken into its words."""
_FEW_NUMBERS: Final = 2
_NUMBER_MM: Final = 16.0
"""How wide a column of numbers is at least where more than a few are compared side by side."""


def second_column(sections: Sequence[Section]) -> Place | None:
    """Return where the second column begins so that both are about as long; none for one part.

    None too where little room is left: then the second takes what the first has no room for.
    """
    parts = list(_parts(sections))
    heights = [high for _, high in parts]
    ways = [(max(sum(heights[:at]), sum(heights[at:])), at) for at in range(1, len(parts))]
    high, best = min(ways, default=(0.0, 0))
    return parts[best][0] if best and high <= _MOST_LINES else None


def _parts(sections: Sequence[Section]) -> Iterator[tuple[Place, float]]:
    """Yield every place where a column may begin, and how high what stands from there is."""
    for number, section in enumerate(sections):
        place, high = (number, 0), _lines(section.heading, _HEADING_SIGNS) * 1.3 + _HEADING_AIR
        for at, block in enumerate(section.blocks):
            # A question may begin a column, but not what is said of it, nor what leads up to it.
            if at and isinstance(block, Bars) and isinstance(section.blocks[at - 1], Bars):
                yield place, high
                place, high = (number, at), 0.0
            high += _height(block)
        yield place, high


def _height(block: Block) -> float:
    match block:
        case Paragraph() | Callout():
            return _lines(f"{getattr(block, 'term', '')} {block.text}") + _AIR
        case Facts():
            return sum(_lines(f"{name} {value}") for name, value in block.rows) + _AIR
        case Items():
            return sum(
                _lines(f"{one.term} {one.text}") + _lines(one.more) * bool(one.more) + _AIR
                for one in block.items
            )
        case Quotes():
            return sum(_lines(text, _LARGER_SIGNS) + 2 * _AIR for text in block.texts)
        case Bars():
            bars = sum(_lines(bar.label, _LABEL_SIGNS) + _ROW_AIR for bar in block.bars)
            said = _lines(block.caution) * bool(block.caution) + _AIR
            return _lines(block.title, _LARGER_SIGNS) + (bars or _lines(block.said)) + said + _AIR
        case Table():
            first = _LINE_SIGNS // max(1, len(block.columns) - 1)
            rows = sum(_lines(str(row[0]), first) + _ROW_AIR for row in block.rows)
            return _lines(block.caption, _LARGER_SIGNS) + 1 + rows + 3 * _AIR


def _lines(said: str, signs: int = _LINE_SIGNS) -> int:
    return sum(1 + max(0, len(line) - 1) // signs for line in said.split("\n"))


def columns_mm(block: Table, sign_mm: float, whole: float) -> tuple[float, ...]:
    """Return how wide columns are: the one with the longest words has what the others leave."""
    columns = range(len(block.columns))
    many = sum(map(block.is_number, columns)) > _FEW_NUMBERS
    longest = [max((len(str(row[at])) for row in block.rows), default=0) for at in columns]
    most = max(columns, key=lambda at: (not block.is_number(at), longest[at], -at))
    for heads in ([len(name) for name in block.columns], [*map(_longest_word, block.columns)]):
        signs = [max(sign_mm * longest[at], _BOLD * sign_mm * heads[at]) for at in columns]
        apart = [0.0 if block.is_number(at) else APART_MM for at in columns]
        least = [_NUMBER_MM if many and block.is_number(at) else 0.0 for at in columns]
        wide = [max(least[at], CELL_MM + apart[at] + signs[at]) for at in columns]
        others = sum(wide) - wide[most]
        if others <= whole * _OTHERS:
            break
    narrow = min(1.0, whole * _OTHERS / max(others, 1e-9))
    wide = [one * narrow for one in wide]
    wide[most] = whole - (sum(wide) - wide[most])
    return tuple(wide)


def _longest_word(said: str) -> int:
    return max(*map(len, said.split()), min(len(said), _SHORT_HEAD), 0)
