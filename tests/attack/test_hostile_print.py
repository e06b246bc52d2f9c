"""Hostile words on paper: what a plan or a setting holds is printed, and never obeyed."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from dialogue.prints.html import as_html
from dialogue.prints.leaflets import House
from dialogue.prints.model import Leaflet
from dialogue.prints.pdf import as_pdf
from sessions.errors import CommandRefusedError
from sessions.text import one_line
from tests.paper.packs import library, needs_poppler, parts_of, plan_of, squeezed, words_of

if TYPE_CHECKING:
    from agreements.plan import Plan
    from dialogue.prints.model import Part

CORPUS: dict[str, list[str]] = json.loads(
    (Path(__file__).parents[1] / "data" / "hostile-strings.json").read_text("utf-8")
)

HOSTILE = (
    '#read("/etc/passwd")',
    '#panic("x") #sys.inputs #import "@preview/x:1.0.0": *',
    '#include "/etc/passwd" #plugin("x.wasm") #eval("1+1")',
    "= Not a heading *not bold* _not slanted_ $x^2$ `raw` <label> @label",
    "\\u{41} \\ // no comment /* none */ ~ -- --- ... - + 1. /",
    '"] #h(1cm) ["',
    "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "</style><style>*{display:none}</style></title>",
    "{{ 7 * 7 }} {% include 'frame.html' %} {count} %s {0}",
    "<!-- --> ]]> &amp; &#60; &lt;b&gt;",
    "https://example.org/x mailto:x@example.org",
)


class Shown(HTMLParser):
    """Collects what can be read on a page, and which tags it is made of."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self.tags: set[str] = set()
        self.hides = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag, and attributes that would do something."""
        self.tags.add(tag)
        self.tags.update(name for name, _ in attrs if name in {"src", "href"} or name[:2] == "on")
        self.hides = tag in {"style", "title"}

    def handle_endtag(self, tag: str) -> None:
        """Read on after what is not shown."""
        if tag in {"style", "title"}:
            self.hides = False

    def handle_data(self, data: str) -> None:
        """Keep words."""
        if not self.hides:
            self.words.append(data)


def hostile_plan(text: str) -> Plan:
    """Return a plan with a hostile string in every place that words can stand."""
    plan = plan_of("lunch-and-learn")
    line = text[:280]
    steps = tuple(
        step.model_copy(
            update={
                "title": text[:80],
                "say": (line, line),
                "cue": line,
                "bridge": line,
                "asks": tuple(
                    ask.model_copy(
                        update={
                            "text": line,
                            "low": text[:80],
                            "high": text[:80],
                            "options": tuple(
                                one.model_copy(update={"label": text[:80]}) for one in ask.options
                            ),
                        }
                    )
                    for ask in step.asks
                ),
            }
        )
        for step in plan.steps
    )
    prompts = tuple(
        one.model_copy(update={"text": line, "content_note": line, "second_door": line})
        for one in plan.prompts
    )
    new = {"title": text[:80], "purpose": line, "steps": steps, "prompts": prompts}
    return plan.model_copy(update=new)


def hostile_parts(text: str) -> dict[str, Part]:
    """Return a pack that is hostile wherever words can stand, contacts and rule too."""
    rule = (
        library().protocol.confidentiality[0].model_copy(update={"name": text[:80], "text": text})
    )
    house = House(rule, 90, text[:80], text[:80])
    return parts_of(hostile_plan(text), house=house)


def printed_or_refused(part: Part) -> bool:
    """Return whether a part gives a PDF, or a sentence that offers the other format."""
    try:
        return as_pdf(part).startswith(b"%PDF-1.7")
    except CommandRefusedError as refused:
        return "--to html" in refused.sentence


@needs_poppler
@pytest.mark.parametrize("text", HOSTILE)
def test_what_looks_like_typst_is_printed_as_it_stands(text: str, tmp_path: Path) -> None:
    """On every page the words are words: nothing is read, run, drawn or left out."""
    # promise 5
    for name, part in hostile_parts(text).items():
        pdf = as_pdf(part)
        words = words_of(pdf, tmp_path)
        assert "root:" not in words
        assert b"/URI" not in pdf
        if name != "cards-to-hold-up":
            # A long word may be broken between two lines, so spaces are not compared.
            assert re.sub(r"\s", "", text[:80]) in re.sub(r"\s", "", words), name


@pytest.mark.parametrize("text", HOSTILE)
def test_what_looks_like_html_is_printed_as_it_stands(text: str) -> None:
    """A page has the tags it always has, fetches and runs nothing, and shows the words."""
    # promise 5
    usual, hostile = parts_of("lunch-and-learn"), hostile_parts(text)
    for name, part in hostile.items():
        before, after = Shown(), Shown()
        before.feed(as_html(usual[name]).decode())
        after.feed(as_html(part).decode())
        assert after.tags <= before.tags | {"s"}, name
        if name != "cards-to-hold-up":
            assert squeezed(text[:80]).strip() in squeezed("".join(after.words)), name


@pytest.mark.parametrize("family", CORPUS)
def test_every_hostile_string_prints_or_is_refused(family: str) -> None:
    """Whatever has passed the gate gives a page, or a sentence that offers the other format."""
    # promise 5, promise 35
    text = one_line(" ".join(CORPUS[family]), 4000)
    rule = library().protocol.confidentiality[0].model_copy(update={"text": text or "x"})
    part = parts_of("check-in", house=House(rule, 90, "", ""))["data-sheet"]
    assert isinstance(part, Leaflet)
    assert printed_or_refused(part)
    shown = Shown()
    shown.feed(as_html(part).decode())
    assert text in "".join(shown.words)
