"""Languages that nobody speaks, made from the English texts: to see what no translation reaches."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any

import dialogue.phrases
import dialogue.preflight
import dialogue.reception
import dialogue.web.pages
from agreements.model import CompassPoint
from dialogue.web.strings import strings_in
from sessions.room import Agreement

if TYPE_CHECKING:
    import pytest

    from tests.web.memory_door import MemoryDoor

LONG = "qps"
"""Accents, two fifths longer, in brackets."""
MIRRORED = "qpr"
"""The letters of a language that is written from right to left."""

_PLAIN = "aceginoszuACEGINOSZU"
_ACCENTS = str.maketrans(_PLAIN, "àçéğîñôšžúÀÇÉĞÎÑÔŠŽÚ")
_HEBREW = str.maketrans(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ", "אבגדהוזחטיכלמנסעפצקרשתאבגד" * 2
)
_GAP = re.compile(r"(\{\w+\})")
_TOLD = ("aria-label", "alt", "title", "placeholder")

Change = Callable[[str], str]


def longer(text: str) -> str:
    """Return a text with accents, two fifths longer, in brackets; gaps stay as they are."""
    parts = _GAP.split(text)
    told = "".join(part if _GAP.fullmatch(part) else part.translate(_ACCENTS) for part in parts)
    filling = " ".join(["ôñé", "ţŵô", "ţĥŕéé"] * (1 + len(text) // 30))
    return f"[{told} {filling[: max(1, 2 * len(text) // 5)].strip()}]"


def mirrored(text: str) -> str:
    """Return a text in Hebrew letters; gaps stay as they are."""
    parts = _GAP.split(text)
    return "".join(part if _GAP.fullmatch(part) else part.translate(_HEBREW) for part in parts)


def speak(monkeypatch: pytest.MonkeyPatch, language: str, change: Change) -> None:
    """Let the pages have a language that is made from the English one."""
    said = {
        section: {key: change(text) for key, text in texts.items()}
        for section, texts in strings_in("en").items()
    }
    real = strings_in

    def with_it(wanted: str) -> Any:  # noqa: ANN401
        return said if wanted == language else real(wanted)

    monkeypatch.setattr(
        dialogue.phrases, "languages", lambda _package="dialogue.web": ("en", "es", language)
    )
    # The page offers no other language, so that all its words are of this one.
    monkeypatch.setattr(dialogue.web.pages, "languages", lambda: (language,))
    for place in (dialogue.web.pages, dialogue.preflight, dialogue.reception):
        monkeypatch.setattr(place, "strings_in", with_it)
    rtl = frozenset({MIRRORED})
    monkeypatch.setattr(dialogue.phrases, "_RIGHT_TO_LEFT", rtl)


def translate(door: MemoryDoor, language: str, change: Change) -> None:
    """Let all that a session shows be in a language that is made from the English one."""
    view = door.shown
    door.places = tuple(
        CompassPoint(id=one.id, label=change(one.label), starts=change(one.starts))
        for one in door.places
    )
    door.shown = replace(
        view,
        language=language,
        title=change(view.title),
        step=change(view.step),
        prompts=tuple(map(change, view.prompts)),
        content_note=change(view.content_note),
        second_door=change(view.second_door),
        agreements=tuple(
            Agreement(change(one.name), change(one.asks), change(one.does_not_ask))
            for one in view.agreements
        ),
        house_agreements=tuple(map(change, view.house_agreements)),
        rule_name=change(view.rule_name),
        rule_text=change(view.rule_text),
        care_contact=change(view.care_contact),
        reporting_contact=change(view.reporting_contact),
    )


def translate_sheet(door: MemoryDoor, change: Change) -> None:
    """Let the open questions be in the made language too."""
    sheet = door.shown.sheet
    assert sheet is not None
    asks = tuple(
        ask.model_copy(
            update={
                "text": change(ask.text),
                "low": change(ask.low) if ask.low else "",
                "high": change(ask.high) if ask.high else "",
                "options": tuple(
                    one.model_copy(update={"label": change(one.label)}) for one in ask.options
                ),
            }
        )
        for ask in sheet.asks
    )
    door.set(sheet=replace(sheet, asks=asks))


class _Reader(HTMLParser):
    """Gathers what a page tells people: its text, and what stands in for text."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take what an element tells without text."""
        self._silent += tag in {"script", "style"}
        self.found += [value for name, value in attrs if name in _TOLD and value]

    def handle_endtag(self, tag: str) -> None:
        """Leave an element."""
        self._silent -= tag in {"script", "style"}

    def handle_data(self, data: str) -> None:
        """Take a text."""
        if not self._silent and data.strip():
            self.found.append(data)


def untranslated(texts: Iterator[str] | list[str], *known: str) -> list[str]:
    """Return the words of a page that are in none of its brackets, but for those that are known."""
    joined = " ".join(" ".join(texts).split())
    for one in known:
        joined = joined.replace(one, " ")
    while (less := re.sub(r"\[[^\[\]]*\]", " ", joined)) != joined:
        joined = less
    return re.findall(r"[^\W\d_]{2,}", joined)


def texts_of(page: str) -> list[str]:
    """Return all that a page tells people, its templates included."""
    reader = _Reader()
    reader.feed(page)
    return reader.found
