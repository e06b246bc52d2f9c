"""What is printed on paper: the page of seat cards.

Pure. A page is one HTML file that fetches nothing and runs nothing. It has no margins of its own,
because into those a browser prints the date and the name of the file.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from sessions.codes import code_shown

CARDS_A_SHEET: Final = 8
"""Two columns of four, which fit A4 and Letter alike."""

MARK: Final = b"<!doctype html>\n<!-- dialogue: seat cards -->\n"
"""How each of our pages of cards begins, so that only such a one is ever replaced."""

_STYLE: Final = """
@page { margin: 0; }
* { box-sizing: border-box; margin: 0; }
body { color: #000; background: #fff; font: 12pt/1.4 system-ui, sans-serif; }
.how { max-width: 176mm; margin: 10mm auto; padding: 0 4mm; }
.how h1 { font-size: 18pt; }
.how p { margin-top: 3mm; }
.sheet { display: grid; grid-template: repeat(4, 58mm) / repeat(2, 88mm);
  justify-content: center; padding: 20mm 0; break-after: page; }
.sheet:last-child { break-after: auto; }
.card { display: grid; align-content: center; gap: 4mm; padding: 5mm; text-align: center;
  border: 0.3mm dashed #777; break-inside: avoid; }
.card .code { font: 700 34pt/1 ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace;
  white-space: nowrap; }
.card .what { font-size: 12pt; }
.card .say { font-size: 13pt; font-weight: 600; }
@media print { .how { display: none; } }
"""

_HOW: Final = (
    "Print these pages, cut the cards apart along the lines, and put them face down into a bowl.",
    "Everybody draws one and may swap it with anyone. Leave the cards that are over in the bowl.",
    "When they are printed, delete this file: whoever has it has every card.",
)


def seat_cards(codes: Sequence[str]) -> bytes:
    """Return the page of cards for these codes, in their order."""
    starts = range(0, len(codes), CARDS_A_SHEET)
    sheets = "\n".join(_sheet(codes[start : start + CARDS_A_SHEET]) for start in starts)
    how = "\n".join(f"<p>{sentence}</p>" for sentence in _HOW)
    page = f"""<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Seat cards</title>
<style>{_STYLE}</style>
</head>
<body>
<section class="how">
<h1>Seat cards</h1>
{how}
</section>
{sheets}
</body>
</html>
"""
    return MARK + page.encode()


def _sheet(codes: Sequence[str]) -> str:
    cards = "\n".join(map(_card, codes))
    return f'<section class="sheet">\n{cards}\n</section>'


def _card(code: str) -> str:
    return (
        '<div class="card">'
        '<p class="what">One voice. Type this code where the page asks for it:</p>'
        f'<p class="code">{code_shown(code)}</p>'
        '<p class="say">Take any card from the bowl. Swap with anyone.</p>'
        "</div>"
    )
