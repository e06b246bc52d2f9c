from __future__ import annotations

import importlib
import itertools
import pkgutil
import re
import sys
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import sessions.deidentify
from sessions.deidentify.coach import coach
from sessions.deidentify.find import LABELS, find
from sessions.deidentify.memory import Memory
from sessions.deidentify.replacing import stand_in
from sessions.deidentify.seam import Aliases, Roster, hide, spans_to_hide

ROSTER = Roster.parse("May Thao\nRenee Black\nAna de la Cruz\nJosé Pérez")

PIECES = ["May", "Black", "3", "March", "Room", "12", "age", "is", "43", "555-0142", "@x.y", "St."]

# Made to be slow for a pattern that repeats without a bound, or tries every pair of places.
HOSTILE = [
    "a", "a.", "a@", "a dot ", "a at b dot ", "1 ", "1-", "one ", "twenty one ", "May 1 ", "age ",
    "the only ", "Ana Ana ", "St. ", "Mercy Grove ", "12 Oak ", "calle de la ", "MRN # : is ",
    "http://", "A_", "[colleague 1] ", "\u0301", "é", "明", "ـأحمد ", "\u202eab\u202c ", "Ana's",
    "a-", "A. ", "y" * 10_000 + " Ana ", "Анна ", "Ἄννα ", "अनिता ", "สมชาย", "アナ", "ანა ",
    "ab\u05d0\u05d1 12 ", "ana dot b at c ", "one two dash ", "corner of Fourth and ",
    "12 Quenby House, ", "at quenby lutheran ", "she was nine and ", "a.b2.", "Quenby & ",
    "Room C, D and ", "flat six oh four ", "x_y on insta ", "RH/22/", "calle de Luna 3 ",
    "Red Horse ", "Dr. ", "R. ", "'s ", "la de ", "San ", "calle de los ", "colegio san ",
    "el tres de ",
    "arroba a ", "a los doce ", "Mz. B Lt. ", "en la Escuela de ", "cama cuatro y ", "mi tía de 8 ",
    "el Km. 4 de ", "unit 5 ", "at Quenby and ", "works at Quenby Hall, ", "at 31st and Cedar ",
    ", 19, ", "2) July 3) ", "Hewitt 214 at ", "at St Kilian's ", "she was 19, now 20, ",
]  # fmt: skip

# The patterns that repeat without a bound, and why none of them can go back: the first three are
# one loop over a kind of sign after the other; the others see a piece that another pattern bounded.
UNBOUNDED = {
    "lists._PARTS", "tokens._TOKEN", "answered._RUN", "coach._WHERE", "numbers._NOT_AN_ID",
    "pasted._NUMBERING", "units._NO_UNIT",
}  # fmt: skip
LONGEST_MATCH = 2_500


@pytest.mark.parametrize("piece", HOSTILE, ids=range(len(HOSTILE)))
@pytest.mark.timeout(60)
def test_a_text_made_to_be_slow_is_read(piece: str) -> None:
    """Text of the worst kind is read to its end, in order and without overlaps."""
    assert_read(piece, 4_000)


@pytest.mark.slow
@pytest.mark.parametrize("piece", HOSTILE, ids=range(len(HOSTILE)))
@pytest.mark.timeout(110)
def test_a_long_text_made_to_be_slow_is_read(piece: str) -> None:
    """A hundred thousand characters of the worst kind are read to their end."""
    assert_read(piece, 100_000)


def calls(text: str) -> int:
    """Return how many functions are called to read a text, those of the interpreter too."""
    made = 0

    def count(_frame: object, event: str, _arg: object) -> None:
        nonlocal made
        made += event in {"call", "c_call"}

    sys.setprofile(count)
    try:
        find(text, ROSTER)
    finally:
        sys.setprofile(None)
    return made


@pytest.mark.parametrize("piece", HOSTILE, ids=range(len(HOSTILE)))
def test_twice_the_text_is_twice_the_work(piece: str) -> None:
    """The calls that a text of the worst kind takes grow with its length and no faster."""
    times = max(600 // len(piece), 1)
    find(piece, ROSTER)
    one, two = calls(piece * times), calls(piece * times * 2)
    assert two <= one * 2.2 + 200


def patterns() -> Iterator[tuple[str, str, int]]:
    """Yield each pattern of the package: its name, source and flags."""
    for module in pkgutil.iter_modules(sessions.deidentify.__path__):
        held = vars(importlib.import_module(f"sessions.deidentify.{module.name}"))
        for name, value in held.items():
            pieces = itertools.chain.from_iterable(value) if name == "_WHOSE" else [value]
            for one in pieces:
                if hasattr(one, "groupindex"):
                    yield f"{module.name}.{name}", one.pattern, one.flags & ~re.UNICODE


def test_no_pattern_looks_farther_than_a_bound() -> None:
    """From one place a pattern sees so many signs at most: its work grows with the text alone."""
    parse = importlib.import_module("re._parser").parse
    widths = {name: parse(source, flags).getwidth()[1] for name, source, flags in patterns()}
    assert len(widths) > 80
    assert {name for name, width in widths.items() if width > LONGEST_MATCH} == UNBOUNDED


def assert_read(piece: str, length: int) -> None:
    """Read a text made of one piece, over and over."""
    text = (piece * (length // len(piece) + 1))[:length]
    spans = find(text, ROSTER)
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert all(one.end <= two.start for one, two in itertools.pairwise(spans))
    coach(text)


@given(st.text(max_size=200), st.text(max_size=60))
@settings(max_examples=200, deadline=None)
def test_any_text_in_any_script_is_read(text: str, pasted: str) -> None:
    """Whatever is typed, the spans are in order, within the text, and each can be replaced."""
    roster = Roster.parse(pasted)
    spans = find(text, roster)
    edges = [edge for span in spans for edge in (span.start, span.end)]
    assert edges == sorted(edges)
    assert {span.label for span in spans} <= set(LABELS)
    hidden = hide(text, roster, Aliases())
    assert sum(hidden.counts.values()) == len(spans_to_hide(text, roster))
    for span in spans_to_hide(text, roster):
        assert stand_in(text, span, hidden.aliases)


@given(
    st.lists(
        st.sampled_from(
            [
                "May",
                "Black",
                "3",
                "March",
                "Room",
                "12",
                "age",
                "is",
                "43",
                "said",
                "555-0142",
                "@x.y",
            ]
        )
    )
)
@settings(max_examples=150, deadline=None)
def test_pieces_of_identifiers_in_any_order_are_read(pieces: list[str]) -> None:
    """However pieces of names, dates and numbers meet, spans never overlap."""
    text = " ".join(pieces)
    spans = find(text, ROSTER, Memory())
    assert all(one.end <= two.start for one, two in itertools.pairwise(spans))


def test_an_enormous_roster_is_read() -> None:
    """A thousand names, alike and not, find each their own."""
    names = [f"Zor{chr(97 + n % 26)}{chr(97 + n // 26 % 26)}ak Quim{n % 7}b" for n in range(1000)]
    roster = Roster.parse("\n".join(names))
    (span,) = find("so Zorabak said it", roster)
    assert (span.start, span.end, span.on_roster) == (3, 10, True)
