"""What the room's pages say: the phrases that every front of the room shares."""

from __future__ import annotations

from dialogue.phrases import FALLBACK, Strings, direction, languages, spoken, strings_in

__all__ = ["FALLBACK", "Strings", "direction", "languages", "spoken", "strings_in"]
