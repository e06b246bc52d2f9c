"""What the patterns for Spanish share: whether a text may be Spanish, and its numbers in words.

Pure.
"""

from __future__ import annotations

from typing import Final

from sessions.deidentify.features import FORMS, OTHERS, used_as
from sessions.deidentify.lexicon import lexicon

# Small words of which hardly a sentence has none, and the heads of what is written without any.
_SMALL: Final = frozenset({
    "a", "al", "con", "de", "del", "el", "en", "es", "esta", "fue", "ha", "hay", "la", "las", "le",
    "les", "lo", "los", "me", "mi", "mis", "muy", "más", "no", "nos", "o", "para", "pero", "por",
    "porque", "q", "que", "qué", "se", "sin", "son", "soy", "su", "sus", "te", "tenía", "tengo",
    "tiene", "tu", "un", "una", "vive", "vivo", "x", "xq", "y", "ya", "yo", "él", "está",
})  # fmt: skip
_NOT_ENGLISH: Final = _SMALL - {"a", "me", "no", "o", "x", "son", "con", "es", "y", "q", "lo"}
_ENGLISH: Final = frozenset({
    "the", "and", "of", "her", "his", "is", "was", "were", "to", "in", "on", "at", "for", "she",
    "they", "we", "my", "it", "with", "that", "this", "are", "from", "not", "said", "i",
})  # fmt: skip
_SHORT_TEXT: Final = 12

COUNTED: Final = (
    r"(?!\s?(?:%|(?:por\sciento|años|añitos|meses|semanas|días|horas|minutos|segundos|veces|"
    r"metros|"
    r"cuadras|kilómetros|km|mts|m|personas|familias|hijos|hijas|niñ[oa]s|gente|vecin[oa]s|pesos|"
    r"soles|"
    r"euros|dólares|lempiras|quetzales|colones|reales|hojas|páginas|puntos|grados|kilos|libras|"
    r"mil|millones|y\smedi[ao]|trabajador\w{1,4}|compañer[oa]s|mujeres|hombres|alumn[oa]s|cosas|"
    r"casas|puestos|locales|tiendas|carriles|del\scurso|del\staller|sentidos|vueltas|casos|votos)\b))"
)
"""What may not follow a number that counts nothing, as a piece of a pattern."""

_WORDS: Final = (
    r"(?:cero|un[oa]?|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|once|doce|trece|catorce|"
    r"quince|dieci[a-zéó]{3,6}|veinte|veinti[a-zéó]{2,6}|treinta|cuarenta|cincuenta|sesenta|"
    r"setenta|ochenta|noventa|cien(?:to)?|(?:dos|tres|cuatro|seis|ocho)cient[oa]s|quinient[oa]s|"
    r"setecient[oa]s|novecient[oa]s|mil)"
)
SAID_NUMBER: Final = rf"(?:{_WORDS}(?:\s(?:y\s)?{_WORDS}){{0,5}})"
"""A number of any size in Spanish words, as a piece of a pattern."""

_A_HABIT: Final = used_as(FORMS[0], OTHERS[0], 0, (0, 0, 1))
_ALWAYS: Final = 5


def may_be_spanish(text: str) -> bool:
    """Say whether a text may be Spanish, or is too short to say."""
    words = text.lower().split()
    if not _NOT_ENGLISH.isdisjoint(words):
        return True
    return len(words) < _SHORT_TEXT and _ENGLISH.isdisjoint(word.strip(".,;:!?") for word in words)


def is_name_like(word: str) -> bool:
    """Say whether a folded word is seldom anything but a name in Spanish, or known to nobody."""
    lex = lexicon()
    used = lex.spanish(word)
    if not used:
        return word not in lex.common
    return used // _A_HABIT >= _ALWAYS
