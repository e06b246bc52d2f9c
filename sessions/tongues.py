"""In which language somebody wrote, as far as small words tell.

Pure. It knows the languages that are shipped. It is asked for one thing only: whether words could
point to their writer because few here write so. So it rather says that it does not know, and it
is no part of any record.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping
from typing import Final

UNCLEAR: Final = ""
"""Too short to tell, in Latin letters."""

OTHER: Final = "other"
"""Long enough to have small words of a language that is known here, and with hardly any."""

_LONG_ENOUGH: Final = 4

_ONE_OF: Final = 5
"""At least one of so many words is a small one, or it is another language."""

_SMALL_WORDS: Final[Mapping[str, frozenset[str]]] = {
    "en": frozenset(
        """
        about all am an and any are as at be because been but by can could did do does for from get
        had has have how i if in into is it its just like more my not of on or our out people so
        some than that the their them then there they this to too was we were what when where who
        why will with would you your
        """.split()  # noqa: SIM905
    ),
    "es": frozenset(
        """
        al algo antes así aunque como con cuando cuál de del desde donde el ella ellos en entre era
        es esa ese eso esta este estoy está fue gente ha hay hace la las le les lo los mas mi mis
        muy más nada ni nos nosotros o para pero porque por puede que quien qué se ser si sin sobre
        soy su sus sé también te tengo tiene todo todos tu un una uno usted y ya yo
        """.split()  # noqa: SIM905
    ),
}
"""Words that hardly a sentence does without, and that the other language does not have."""


def language_of(text: str) -> str:
    """Return the language of words, `UNCLEAR`, `OTHER`, or the script they are in."""
    script = _script(text)
    if script not in ("latin", ""):
        return script
    words = re.findall(r"[^\W\d_]+", text.lower())
    hits = {code: sum(word in small for word in words) for code, small in _SMALL_WORDS.items()}
    best = max(hits.values())
    likeliest = [code for code, count in hits.items() if count == best]
    if best * _ONE_OF < len(words) and len(words) >= _LONG_ENOUGH:
        return OTHER
    return likeliest[0] if best and len(likeliest) == 1 else UNCLEAR


def _script(text: str) -> str:
    """Return the script that most letters are of, as Unicode calls it; empty without letters."""
    if text.isascii():  # as most are: no name need be looked up
        return "latin" if any(map(str.isalpha, text)) else ""
    scripts = Counter(
        unicodedata.name(sign, "other").split()[0].lower() for sign in text if sign.isalpha()
    )
    return scripts.most_common(1)[0][0] if scripts else ""
