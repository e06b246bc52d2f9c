"""Brings the screens' catalogues up to date: `uv run python .github/catalogue.py`.

Touches: disk, to write the `.po` of each language and the `.mo` compiled from it. Texts that the
code marks come in, without a translation; texts that it marks no more go out. Nothing is guessed
from a text that reads alike.
"""

from __future__ import annotations

from datetime import UTC, datetime
from importlib.resources import files
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from dialogue.screen_texts import ScreenText, texts_in_code
from dialogue.wording import DOMAIN, ENGLISH, screen_languages

WIDTH = 100
NO_DATE = datetime(2000, 1, 1, tzinfo=UTC)
"""Stands where Babel would write the moment: the same texts are to make the same file."""
PLURAL = {"es": "nplurals=2; plural=(n != 1);"}
"""How each language counts: nothing on our screens comes in millions."""
HEADER = "# The facilitator's screens. The English in the code is the key; see CONTRIBUTING.md."


def main() -> None:
    """Write every catalogue anew."""
    for language in screen_languages():
        if language != ENGLISH:
            file = po_file(language)
            file.write_bytes(as_po(updated(language)))
            file.with_suffix(".mo").write_bytes(as_mo(read(language)))


def po_file(language: str) -> Path:
    """Return where the translations into a language are written."""
    return Path(str(files("dialogue"))) / "locale" / language / "LC_MESSAGES" / f"{DOMAIN}.po"


def read(language: str) -> Catalog:
    """Return the catalogue of a language as its file has it."""
    file = po_file(language)
    if not file.exists():
        return empty(language)
    with file.open("rb") as opened:
        return read_po(opened, locale=language, domain=DOMAIN)


def empty(language: str) -> Catalog:
    """Return a catalogue without a text."""
    made = Catalog(locale=language, domain=DOMAIN, header_comment=HEADER, fuzzy=False)
    made.mime_headers = [("Plural-Forms", PLURAL[language])]
    return made


def updated(language: str) -> Catalog:
    """Return the catalogue with exactly the texts of the code, translated as far as it was."""
    before, after = read(language), empty(language)
    for text, places in sorted(texts_in_code().items(), key=lambda one: (one[1][0], one[0])):
        known = before.get(text.text, context=text.context or None)
        after.add(
            msgid_of(text),
            known.string if known is not None and known.id == msgid_of(text) else "",
            locations=[(place, None) for place in places],
            context=text.context or None,
        )
    return after


def msgid_of(text: ScreenText) -> str | tuple[str, str]:
    """Return a text as Babel names it."""
    return (text.text, text.many) if text.many else text.text


def as_po(catalogue: Catalog) -> bytes:
    """Return a catalogue for people: no date, no line numbers, so that a change shows itself."""
    for message in catalogue:
        if isinstance(message, Message):
            message.flags.discard("python-format")
            message.flags.discard("python-brace-format")
    written = BytesIO()
    write_po(written, catalogue, width=WIDTH, omit_header=False, include_lineno=False)
    dated = (
        "POT-Creation-Date",
        "PO-Revision-Date",
        "Generated-By",
        "Last-Translator",
        "Project-Id-Version",
        "Report-Msgid-Bugs-To",
        "Language-Team",
    )
    lines = written.getvalue().decode().splitlines(keepends=True)
    return "".join(
        one for one in lines if not one.startswith(tuple(f'"{d}' for d in dated))
    ).encode()


def as_mo(catalogue: Catalog) -> bytes:
    """Return a catalogue for the program."""
    written = BytesIO()
    catalogue.creation_date = catalogue.revision_date = NO_DATE
    write_mo(written, catalogue)
    return written.getvalue()


if __name__ == "__main__":
    main()
