"""What is printed on paper: the page of seat cards.

Touches: disk, to read the package's own texts.

A page is one HTML file that fetches nothing and runs nothing. It has no margins of its own,
because into those a browser prints the date and the name of the file.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Final

from dialogue.phrases import FALLBACK, strings_in
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
.card .what { font-size: 12pt; line-height: 1.25; }
.card .say { font-size: 13pt; font-weight: 600; line-height: 1.25; }
.both .card { gap: 1.5mm; padding: 2mm 3mm; }
.both .card .code { font-size: 28pt; }
.both .card .what, .both .card .say { font-size: 10.5pt; line-height: 1.2; }
@media print { .how { display: none; } }
"""

TEXTS: Final = "dialogue.prints"
"""The package with the texts of everything that is printed."""


def seat_cards(codes: Sequence[str], languages: Sequence[str] = (FALLBACK,)) -> bytes:
    """Return the page of cards for these codes, in their order.

    Args:
        codes: The codes.
        languages: What each card says, one language below the other; the page begins with the
            first. Every card says the same, so that none tells who drew it.
    """
    spoken = {one: strings_in(one, TEXTS)["seats"] for one in languages}
    starts = range(0, len(codes), CARDS_A_SHEET)
    sheets = "\n".join(_sheet(codes[start : start + CARDS_A_SHEET], spoken) for start in starts)
    first = spoken[languages[0]]
    how = "\n".join(f"<p>{escape(first[one])}</p>" for one in ("print", "draw", "delete"))
    page = f"""<html lang="{languages[0]}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(first["title"])}</title>
<style>{_STYLE}</style>
</head>
<body{' class="both"' if len(spoken) > 1 else ""}>
<section class="how">
<h1>{escape(first["title"])}</h1>
{how}
</section>
{sheets}
</body>
</html>
"""
    return MARK + page.encode()


def _sheet(codes: Sequence[str], spoken: Mapping[str, Mapping[str, str]]) -> str:
    cards = "\n".join(_card(code, spoken) for code in codes)
    return f'<section class="sheet">\n{cards}\n</section>'


def _card(code: str, spoken: Mapping[str, Mapping[str, str]]) -> str:
    what, say = (
        "".join(f'<p class="{part}"{_marked(one, spoken)}>{said[part]}</p>' for one, said in each)
        for part, each in (("what", spoken.items()), ("say", spoken.items()))
    )
    return f'<div class="card">{what}<p class="code">{code_shown(code)}</p>{say}</div>'


def _marked(language: str, spoken: Mapping[str, Mapping[str, str]]) -> str:
    """Return what marks a language where a card has several."""
    return f' lang="{language}"' if len(spoken) > 1 else ""
