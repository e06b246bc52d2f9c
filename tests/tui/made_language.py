"""A language that nobody speaks for screens and content: what no catalogue reaches stays English.

Words of the catalogues stand in ⟦brackets⟧ and are two fifths longer; those of the content are as
long as they are. Both have accents, so that a word without one has come from neither.
"""

from __future__ import annotations

import gettext
import re
from typing import Any

import pytest

import dialogue.wording
from agreements.library import Compiled, Library, read_compiled, shipped_folder
from dialogue.config import gate

SHOWN = frozenset(
    {"title", "name", "asks", "does_not_ask", "gloss", "label", "starts", "text", "content_note"}
    | {"second_door", "situation", "say", "then", "lines", "purpose", "cue", "bridge", "low"}
    | {"high"}
)
"""The keys of the content whose words are shown; all else is ids and the like."""

_GAP = re.compile(r"(\{[^}]*\})")
_PLAIN = "aceginoszuACEGINOSZU"
_ACCENTS = str.maketrans(_PLAIN, "àçéğîñôšžúÀÇÉĞÎÑÔŠŽÚ")
_FILLING = " ôñé ţŵô ţĥŕéé"


def accented(text: str) -> str:
    """Return a text with accents; gaps stay as they are."""
    parts = _GAP.split(text)
    return "".join(part if _GAP.fullmatch(part) else part.translate(_ACCENTS) for part in parts)


def longer(text: str) -> str:
    """Return a text with accents, two fifths longer, in brackets."""
    more = max(0, 2 * len(_GAP.sub("", text)) // 5 - len("⟦⟧"))
    filling = (_FILLING * (1 + more // len(_FILLING)))[:more].rstrip()
    return f"⟦{accented(text)}{filling}⟧"


class MadeCatalogue(gettext.NullTranslations):
    """Translates every text there is."""

    def gettext(self, message: str) -> str:
        """Return a text in the made language."""
        return longer(message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """Return a text about so many things."""
        return longer(msgid1 if n == 1 else msgid2)

    def pgettext(self, context: str, message: str) -> str:
        """Return a text with one of its meanings."""
        del context
        return longer(message)


def speak(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the screens speak it where they would speak Spanish."""
    made = MadeCatalogue()
    monkeypatch.setattr(dialogue.wording, "catalogue", lambda _language: made)


def library_in_it() -> Library:
    """Return the shipped content in the made language."""
    written = read_compiled(shipped_folder(), gate).model_dump(mode="json", by_alias=True)
    made = Compiled.model_validate(_changed(written), strict=False)
    return Library(
        protocol=made.protocol,
        prompts={one.id: one for one in made.prompts},
        moves={one.id: one for one in made.moves},
        texts={one.id: one for one in made.texts},
        plans={one.id: one for one in made.plans},
    )


def _changed(value: Any, key: str = "") -> Any:  # noqa: ANN401
    if isinstance(value, dict):
        return {name: _changed(one, name) for name, one in value.items()}
    if isinstance(value, list):
        return [_changed(one, key) for one in value]
    return accented(value) if isinstance(value, str) and key in SHOWN else value


def left_in_english(text: str, *known: str) -> list[str]:
    """Return the words without an accent, but for those that are known."""
    for one in known:
        text = text.replace(one, " ")
    words = re.findall(r"[^\W\d_]{2,}", text)
    return [word for word in words if any(sign in _PLAIN for sign in word)]
