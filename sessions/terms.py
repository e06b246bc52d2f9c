"""Words that many answers have, by language: a help for whoever codes them, never a finding.

Pure. A word is shown only where enough answers have it, and nothing of this is kept or leaves.
What stands for a name that was hidden is no word.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from sessions.deidentify.aliases import STANDS_IN

LEAST_ANSWERS: Final = 5
"""A word that fewer answers have is not shown."""

SHORTEST: Final = 4
"""Words of fewer letters hold a sentence together and say little of what it is about."""

MOST_TERMS: Final = 15
"""So many of each language."""

_WORD: Final = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")

_ENGLISH: Final = """
about above after again also always another anyone around because been before being both came
cannot come could didn't does doesn't doing don't done down each even ever every everyone feel felt
from gave getting give goes going gone have having here how into isn't it's i'm i've just keep kept
know less like little made make many maybe more most much must myself need never nothing once only
other others over people quite rather really said same says seem should since some someone
something somewhere still such sure take than that that's their them then there these they
they're thing things think this those though through time today told took under until upon very
want wanted was wasn't well went were what when where whether which while whom whose will with
within without would yours your yourself you're
"""

_SPANISH: Final = """
ahora algo alguien algún alguna algunas alguno algunos allí antes aquel aquella aquí aunque cada
casi como cómo contra creo cual cuál cuando cuándo cuanto debe deben desde después donde dónde dice
dicen digo durante ella ellas ello ellos entonces entre eran eres esas esos esta está están estas
estar estaba estamos este esto estos estoy fuera fueron había haber hace hacen hacer hacia hasta
hemos luego mejor menos mientras misma mismo mucha muchas mucho muchos nada nadie ningún ninguna
nosotras nosotros nuestra nuestras nuestro nuestros nunca otra otras otro otros para parece pero
poco podemos porque primero puede pueden puedo pues quien quién quienes quiere quiero sabe sean
según seguir sentí siempre siento sido siendo sino sobre solo sólo somos suya suyo tal también
tampoco tanto tiene tienen todas todavía toda todo todos tuve tengo tenemos tener unas unos usted
ustedes vamos veces
"""

_COMMON: Final[Mapping[str, frozenset[str]]] = {
    "en": frozenset(_ENGLISH.split()),
    "es": frozenset(_SPANISH.split()),
}
"""Words that any answer has; of a language that is not here only short words are left out."""


@dataclass(frozen=True, slots=True)
class Term:
    """A word, and how many answers have it."""

    language: str
    word: str
    answers: int


def frequent(texts: Iterable[tuple[str, str]], least: int = LEAST_ANSWERS) -> tuple[Term, ...]:
    """Return the words that most answers have, by language.

    Args:
        texts: The language of each answer, and its words.
        least: So many answers must have a word; never taken lower than five.
    """
    counts: dict[str, Counter[str]] = {}
    for language, text in texts:
        counts.setdefault(language, Counter()).update(_words_of(language, text))
    return tuple(
        Term(language, word, count)
        for language in sorted(counts)
        for word, count in _most(counts[language], max(least, LEAST_ANSWERS))
    )


def _most(counts: Counter[str], least: int) -> list[tuple[str, int]]:
    enough = [(word, count) for word, count in counts.items() if count >= least]
    return sorted(enough, key=lambda one: (-one[1], one[0]))[:MOST_TERMS]


def _words_of(language: str, text: str) -> set[str]:
    """Return the words of an answer, each once, without those that any answer has."""
    common = _COMMON.get(language.partition("-")[0], frozenset())
    found = _WORD.findall(STANDS_IN.sub(" ", text).casefold().replace("’", "'"))
    return {word for word in found if len(word) >= SHORTEST and word not in common}
