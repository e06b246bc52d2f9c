"""What the screens say: in the language that was chosen, whole, and never half of it."""

from __future__ import annotations

import gettext
import subprocess
import sys

import pytest

import dialogue.wording
from agreements.sentence import Sentence
from dialogue.tui.live_commands import in_words
from dialogue.wording import catalogue, tr, trc, trn, use
from sessions import pacing
from sessions.errors import CommandRefusedError, StorageError
from sessions.timeline import MinutesChanged

KNOWN = {
    "Named: {name}.": "Nombrado: {name}.",
    "Taken back: {what}.": "Deshecho: {what}.",
    "the pause": "la pausa",
}


@pytest.fixture
def spanish() -> None:
    """Let the screens speak Spanish for a test."""
    use("es")


class Few(gettext.NullTranslations):
    """Knows a few texts and says nothing of all others, as a catalogue does."""

    def gettext(self, message: str) -> str:
        """Return what is known."""
        return KNOWN.get(message, "")

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """Return nothing."""
        del msgid1, msgid2, n
        return ""

    def pgettext(self, context: str, message: str) -> str:
        """Return nothing."""
        del context, message
        return ""


@pytest.mark.parametrize(
    ("sentence", "text"),
    [
        (Sentence("Taken back: {what}.", what=Sentence("the pause")), "Deshecho: la pausa."),
        (Sentence("Taken back: {what}.", what=Sentence("the snow")), "Taken back: the snow."),
        (Sentence("Gone: {what}.", what=Sentence("the pause")), "Gone: the pause."),
        (Sentence("Named: {name}.", name="the snow"), "Nombrado: the snow."),
        (Sentence.joined("Named: {name}.", "It snows."), "Named: {name}. It snows."),
        (Sentence("{name"), "{name"),
        (Sentence(""), ""),
    ],
)
@pytest.mark.usefixtures("spanish")
def test_what_lacks_a_translation_is_english_as_a_whole(
    monkeypatch: pytest.MonkeyPatch, sentence: Sentence, text: str
) -> None:
    """One part without a translation, and all of it is said in English: no language is mixed."""
    monkeypatch.setattr(dialogue.wording, "catalogue", lambda _language: Few())
    assert tr(sentence) == text


@pytest.mark.usefixtures("spanish")
def test_numbers_and_lists_come_out_right() -> None:
    """One and several, minutes and seconds, and a list with its last word, as they are said."""
    assert trn("{count} note", "{count} notes", 1) == "1 nota"
    assert trn("{count} note", "{count} notes", 0) == "0 notas"
    assert trn("{count} note", "{count} notes", 1_000_000) == "1000000 notas"
    assert [tr(pacing.spoken(one)) for one in (1, 2, 60, 90, 120)] == [
        "1 segundo",
        "2 segundos",
        "1 minuto",
        "1½ minutos",
        "2 minutos",
    ]
    assert tr(Sentence.listed("A", "B", "Inicio")) == "A, B y además Inicio"
    assert tr("Taken back: {what}.", what=in_words(changed(-120))) == "Deshecho: 2 minutos menos."
    assert tr("Taken back: {what}.", what=in_words(changed(60))) == "Deshecho: un minuto más."


def changed(seconds: int) -> MinutesChanged:
    """Return a change of a step's time."""
    return MinutesChanged(at=0, step="pairs", seconds=seconds)


@pytest.mark.usefixtures("spanish")
def test_what_the_record_refuses_is_said_in_the_language() -> None:
    """A refusal with values, one without, and one of the disk with its way out."""
    refused = CommandRefusedError(Sentence("“{step}” has run already.", step="{En parejas}"))
    assert tr(refused.sentence) == "“{En parejas}” ya pasó."
    assert tr(CommandRefusedError("No sheet is open.").sentence) == "No hay ninguna hoja abierta."
    error = StorageError.of(OSError(28, "x"), Sentence("save {path}", path="/data/a"))
    assert tr(error.sentence) == (
        "No se pudo guardar /data/a: no queda espacio; libera un poco en ese disco y prueba otra "
        "vez."
    )


@pytest.mark.usefixtures("spanish")
def test_one_word_with_two_meanings_has_two_translations() -> None:
    """The key that closes and the screen of the close are told apart."""
    assert (trc("key", "close"), trc("screen", "Close")) == ("cerrar", "Cierre")


def test_english_reads_no_catalogue(monkeypatch: pytest.MonkeyPatch) -> None:
    """In English the text in the code is what is said, and no file is opened for it."""
    monkeypatch.setattr(dialogue.wording, "catalogue", lambda _language: 1 / 0)
    assert tr("Named: {name}.", name="{x}") == "Named: {x}."
    assert trn("{count} note", "{count} notes", 2) == "2 notes"


def test_a_catalogue_is_read_once() -> None:
    """Words that are asked for every second cost no file."""
    assert catalogue("es") is catalogue("es")


def test_importing_the_screens_looks_at_no_catalogue() -> None:
    """A fresh program has read none when its screens are there: that waits for the first words."""
    probe = (
        "import sys; opened = []; sys.addaudithook(lambda event, given: opened.append(given[0]) "
        "if event == 'open' else None); import dialogue.tui.app; "
        "print([one for one in opened if str(one).endswith(('.mo', '.po'))])"
    )
    done = subprocess.run(
        [sys.executable, "-c", probe], capture_output=True, text=True, timeout=60, check=True
    )
    assert done.stdout.strip() == "[]"
