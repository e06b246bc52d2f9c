"""What a reader must tell apart stands out, on paper and in documents, also without colour."""

from __future__ import annotations

import re
from importlib.resources import files

import pytest

from sessions.export import docx_styles, xlsx

PAGE, STRIPE = "FFFFFF", "E7EDF0"
"""What stands behind words: the page, and every other row of a table."""

LEAST_CONTRAST = 4.5

TYPST = dict(
    re.findall(
        r'#let ([a-z-]+) = rgb\("#([0-9a-f]{6})"\)',
        files("sessions.export").joinpath("templates", "report.typ").read_text("utf-8"),
    )
)


def luminance(colour: str) -> float:
    """Return how light a colour is, as WCAG reckons it."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    linear = [one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, from 1 to 21."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize(
    "colour",
    [docx_styles.INK, docx_styles.QUIET, docx_styles.DEEP]
    + [one.removeprefix("#") for one in (xlsx._INK, xlsx._QUIET, xlsx._DEEP)]
    + [TYPST[name] for name in ("ink", "quiet", "deep")],
)
def test_words_and_bars_stand_out(colour: str) -> None:
    """Every colour of words and bars has enough contrast to what is behind it."""
    assert contrast(colour, PAGE) >= LEAST_CONTRAST
    assert contrast(colour, STRIPE) >= LEAST_CONTRAST


def test_the_stripe_is_the_one_that_is_drawn() -> None:
    """The colour that these tests reckon with is that of the template."""
    assert TYPST["pale"].upper() == STRIPE
