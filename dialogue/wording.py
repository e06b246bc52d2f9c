"""What the facilitator's screens say, in the language they are read in: the gettext catalogues.

Touches: disk, to read the catalogue of a language once, when its first words are asked for. The
English text in the code is the key and what is said in English; no file is read for that. A text
without a translation is said in English as a whole, with everything that stands in it.

The screens mark their texts with `tr`, `trn` and `trc`; what is a constant is marked with `mark`
where it stands and goes through `tr` where it is shown. What `sessions` and `agreements` say comes
as a `Sentence` and goes through `tr` as well.
"""

from __future__ import annotations

import gettext
import re
import string
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final

from agreements.sentence import Sentence, Value

if TYPE_CHECKING:
    from sessions.export.report import Spoken

ENGLISH: Final = "en"
DOMAIN: Final = "dialogue"
_OF_THE_ENVIRONMENT: Final = ("LC_ALL", "LC_MESSAGES", "LANG")

_in_use: list[str] = [ENGLISH]
"""The language of the screens; one place for the whole program, as a terminal has one reader."""

_keys: dict[str, str] = {}
"""What the key of each command is called, by the name that stands for it in texts: `key_undo`."""

_KEY: Final = "key_"
_NAMED_KEYS: Final = re.compile(r"\{(key_\w+)\}")


class _Missing(gettext.NullTranslations):
    """Says nothing where a catalogue has no translation."""

    def gettext(self, message: str) -> str:
        """Return nothing."""
        del message
        return ""

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """Return nothing."""
        del msgid1, msgid2, n
        return ""

    def pgettext(self, context: str, message: str) -> str:
        """Return nothing."""
        del context, message
        return ""

    def npgettext(self, context: str, msgid1: str, msgid2: str, n: int) -> str:
        """Return nothing."""
        del context, msgid1, msgid2, n
        return ""


@cache
def screen_languages() -> tuple[str, ...]:
    """Return the languages that the screens speak, as tags; English first."""
    folders = files("dialogue").joinpath("locale").iterdir()
    return (ENGLISH, *sorted(one.name for one in folders if one.is_dir()))


def language_of(chosen: str, environment: Mapping[str, str]) -> str:
    """Return the language for the screens.

    Args:
        chosen: What the settings say; empty when they leave it open.
        environment: The variables of this process; what they say is taken where we speak it.
    """
    said = next((environment[one] for one in _OF_THE_ENVIRONMENT if environment.get(one)), "")
    for wanted in (chosen, said):
        language = wanted.replace("_", "-").partition(".")[0].partition("-")[0].casefold()
        if language in screen_languages():
            return language
    return ENGLISH


def use(language: str) -> None:
    """Let the screens speak a language from here on: one of `screen_languages`."""
    _in_use[0] = language


def name_keys(keys: Mapping[str, str]) -> None:
    """Let texts call keys what they are called from here on.

    Args:
        keys: What people read on the key of each command, by the command's id.
    """
    _keys.clear()
    _keys.update({_KEY + command.replace("-", "_"): key for command, key in keys.items()})


def in_use() -> str:
    """Return the language that the screens speak."""
    return _in_use[0]


@cache
def catalogue(language: str) -> gettext.NullTranslations:
    """Return the translations of a language; it says nothing where there is none."""
    file = files("dialogue").joinpath("locale", language, "LC_MESSAGES", f"{DOMAIN}.mo")
    with file.open("rb") as opened:
        found = gettext.GNUTranslations(opened)
    found.add_fallback(_Missing())
    return found


def mark(text: str) -> str:
    """Return a text as it is; where it stands, the catalogues find it."""
    return text


def tr(text: str, /, **values: Value) -> str:
    """Return a text in the language of the screens.

    Args:
        text: The English text, with names in braces for values; or a sentence made elsewhere.
            `{key_undo}` stands for the key of the command `undo`, which a config file may change.
        values: What stands in the place of each name.
    """
    if not isinstance(text, Sentence):
        return _said(Sentence(text, **_keys_in(text), **values))
    return _said(_keyed(text))


def trn(one: str, many: str, count: int, /, **values: Value) -> str:
    """Return a text about so many things; `{count}` stands for how many."""
    return _said(Sentence.counted(one, many, count, **_keys_in(one), **values))


def trc(context: str, text: str, /, **values: Value) -> str:
    """Return words that mean something else elsewhere; the context tells which are meant."""
    return _said(Sentence.meant(context, text, **values))


def spoken_in(tag: str) -> Spoken:
    """Return how a report speaks a language; English where no catalogue is of it.

    Args:
        tag: A language tag, such as that of a session: `es`, `es-MX`.
    """
    from sessions.export.report import IN_ENGLISH, Spoken  # noqa: PLC0415

    language = language_of(tag, {})
    if language == ENGLISH:
        return IN_ENGLISH
    return Spoken(language, lambda text: _said(Sentence(text), language))


def _keys_in(text: str) -> dict[str, str]:
    """Return the keys that a text names; one that has no name is called as its command is."""
    if "{key_" not in text:
        return {}
    return {name: _keys.get(name, name.removeprefix(_KEY)) for name in _NAMED_KEYS.findall(text)}


def _keyed(sentence: Sentence) -> Sentence:
    """Return a sentence made elsewhere with the keys as they are called here."""
    values: dict[str, Value] = {}
    for name, value in sentence.values.items():
        if name.startswith(_KEY):
            values[name] = _keys.get(name, value)
        else:
            values[name] = _keyed(value) if isinstance(value, Sentence) else value
    return sentence if values == sentence.values else sentence.filled(values)


def _said(sentence: Sentence, language: str = "") -> str:
    language = language or in_use()
    if language == ENGLISH or not sentence:
        return str(sentence)
    return _translated(sentence, catalogue(language)) or str(sentence)


def _translated(sentence: Sentence, translations: gettext.NullTranslations) -> str:
    """Return a sentence with everything in it translated; empty where a part cannot be."""
    pattern = _pattern(sentence, translations)
    values: dict[str, Value] = {}
    for name, value in sentence.values.items():
        said = _translated(value, translations) if isinstance(value, Sentence) else value
        if said == "" != value:
            return ""
        values[name] = said
    return pattern.format_map(values) if values else pattern


def _pattern(sentence: Sentence, translations: gettext.NullTranslations) -> str:
    pattern, many, context = sentence.pattern, sentence.many, sentence.context
    if not has_words(pattern):
        return pattern
    if many:
        return translations.ngettext(pattern, many, sentence.number)
    if context:
        return translations.pgettext(context, pattern)
    return translations.gettext(pattern)


def has_words(pattern: str) -> bool:
    """Say whether a pattern has words of its own beside what stands in it."""
    try:
        words = "".join(text for text, *_ in string.Formatter().parse(pattern))
    except ValueError:  # it is no pattern, and has signs of one
        words = pattern
    return any(sign.isalpha() for sign in words)
