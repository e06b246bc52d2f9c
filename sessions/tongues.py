"""In which language somebody wrote, as far as small words tell.

Pure. It knows the languages that are shipped, and their rivals: languages that share many small
words with one of them. It is asked for one thing only: whether words could point to their writer
because few here write so. So where a rival is as likely, words are of the rival, and where nothing
is clear it says that it does not know. It is no part of any record.
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
        a about after again all always am an and any anyone are as at back be because been before
        but by can come could did do does everybody everyone feel felt for from get go goes had
        has have he her his how i if in into is it its just know like me more my need never no
        nobody not nothing of on one only or other others our out over people said same say says
        see she should so some somebody someone something still than that the their them then
        there they think this to too under until was we were what when where while who why will
        with word words would yet you your
        """.split()  # noqa: SIM905
    ),
    "es": frozenset(
        """
        a ahora ahí al algo alguien antes aquí así aunque año años bien cada como con cosa creo
        creí cualquier cuando cuál de decir del desde después dice dicen dije dijo dio donde día
        días el ella ellos en entonces entre era eran eres es esa ese eso esta estaba estas este
        esto estos estoy está están fue fui gente ha habla hablar había hace hacen hacer hacia han
        hasta hay he hizo la las le les lo los mas me mi mis misma mismo mucha mucho muchos muy
        más mí nada nadie ni ninguna ningún no nos nosotros nuestra nuestro o otra otras otro
        otros para pensé pero persona personas pienso poner por porque puede que quien quiero qué
        se ser será si siempre siento sin sobre son soy su sus sé sólo también tampoco te tener
        tengo tiene tienen todo todos trabajo tu tuve tuvo un una unas uno unos usted va van veces
        vez y ya yo
        """.split()  # noqa: SIM905
    ),
}
"""Words that hardly a sentence does without. The few that both have count for both."""

_RIVALS: Final[Mapping[str, frozenset[str]]] = {
    "af": frozenset(
        """
        aan as baie by daar dat die dit ek en geen haar het hier hom hulle hy is jou julle kan
        maar met my na nie niemand nog ons oor op sal sy te toe van vir want was wat weet word
        """.split()  # noqa: SIM905
    ),
    "ca": frozenset(
        """
        això al als amb aquest aquesta bé cap com de del dels després el ell els em en era eren ha
        hem hi ho ja jo la les li meu meva molt molts més ningú no nosaltres on per perquè però
        poc quan que qui què se sense ser si sóc són també tenen tot tots té un una va vaig vam
        van és
        """.split()  # noqa: SIM905
    ),
    "de": frozenset(
        """
        aber alle als am an auch auf aus bei bin bis da das dass dem den der des die doch du ein
        eine einem einen einer er es für gegen habe haben hat hatte hier ich ihm ihr im in ist ja
        kann kein keine keiner man mehr mein meine mich mir mit nach nicht nichts niemand noch nur
        oder ohne sehr sich sie sind so um und uns unter von vor war waren warum was weil wenn
        werden wie will wir wird wo wurde zu zum zur über
        """.split()  # noqa: SIM905
    ),
    "fr": frozenset(
        """
        ai alors as au aussi aux avait avec avons beaucoup car ce cela ces cette chez comme dans
        de des dire du elle elles en entre est et eux fait ici il ils jamais je la le les leur
        leurs lui ma mais me mes moi mon même ne nos notre nous on ont ou où par parce pas
        personne peu plus pour pourquoi qu quand que qui quoi rien sa sans se ses si son sont sur
        ta te toi ton tous tout toute trop très tu un une vous ça était être
        """.split()  # noqa: SIM905
    ),
    "gl": frozenset(
        """
        a ao aos ata cando co coa como con da das de do dos e el ela eles en era foi hai iso isto
        me meu miña moi máis na nas nin no non nos nós o os para pero pola polo porque que quen se
        sen ser seu son súa ten todo todos un unha xa xente é
        """.split()  # noqa: SIM905
    ),
    "ht": frozenset(
        """
        ak an ap ba chak gen genyen isit ki kite kote la li lè men moun mwen nan nou ou pa pale
        paske pou pral sa se si sou te tout yo yon
        """.split()  # noqa: SIM905
    ),
    "it": frozenset(
        """
        a abbiamo ad ai al alla alle anche che chi ci con cosa da dal dalla degli dei del della
        delle dello di dove e era ero essere fa fatto gli ha hanno ho il in io la le lei li lo
        loro lui ma me mi mia mio molto ne nei nel nella nessuno niente noi non nostro o ogni per
        perché però più poco quando quello questa questo qui se sempre senza si sia siamo solo
        sono sta su sua sul sulla suo tra tu tutti tutto un una uno va voi
        """.split()  # noqa: SIM905
    ),
    "nl": frozenset(
        """
        aan al als altijd bij daar dan dat de deze die dit dus een en er geen had heb hebben heeft
        het hier hij hoe hun ik in is je kan maar me meer met mij mijn naar niemand niet niets nog
        nu of om onder ons ook op over te toen tot uit van veel voor waar waarom want was wat we
        wel werd wie wij wil worden ze zich zij zijn zo zonder
        """.split()  # noqa: SIM905
    ),
    "nordic": frozenset(
        """
        af alla alle at att av bara bare blev blir da dag de dem den der det detta dette du då
        efter eller en er et ett for fra från för hade han har hos hun hva hvad hvem hvor här ikke
        ingen inte jag jeg kan man med men mig min mycket noen nog när någon når och og om os oss
        på saa sig sin ska skal som så til till upp ut vad var vara ved vi vil är
        """.split()  # noqa: SIM905
    ),
    "pl": frozenset(
        """
        a ale bo być był była było co czy dla i ich ja jak jako jest jestem już kiedy kto który
        mam mi mnie może nam nas nic nie nigdy nikt od on ona oni po przez się są ta tak tam te
        tego to tu tylko tym we wszyscy za że
        """.split()  # noqa: SIM905
    ),
    "pt": frozenset(
        """
        a ainda ao aos as até com como da das de dela dele depois do dos e ela elas ele eles em
        entre era essa esse esta estava este está eu foi gente há isso isto já lá mais mas me
        mesmo meu meus minha muito muitos na nada nas nem ninguém no nos nossa nosso num numa não
        nós o os ou para pela pelo pois por porque porquê quando que quem se sem sempre ser seu
        seus sobre sou sua suas são só também tem tenho tinha todo todos tudo um uma você é
        """.split()  # noqa: SIM905
    ),
    "ro": frozenset(
        """
        a această acest ai al am ar are as au ca care ce cel cine cu cum când că da dar de din
        doar după e ea ei el era eram este eu fi fost iar la le lor lui mai mea meu mi mult mă ne
        nimeni nimic noi nu o pe pentru prin sa sau se si sunt să te tot toți un unde va îi îl în
        și
        """.split()  # noqa: SIM905
    ),
    "tl": frozenset(
        """
        aking ako amin ang ano at ay ba bakit dahil dito hindi ibang ito iyon ka kami kapag kasi
        kaya ko kong kung lahat lang mga mo na namin nang natin ng ngunit ni nila nito niya pa
        pala para po rin sa si sila sino siya tayo tungkol wala walang yung
        """.split()  # noqa: SIM905
    ),
}
"""Small words of languages that share some with a shipped one, lest they pass for it.

A word that several have counts for each of them, so it must stand in the lists of all.
"""

_HAVE_IT: Final[Mapping[str, tuple[str, ...]]] = {
    word: tuple(code for code, small in {**_RIVALS, **_SMALL_WORDS}.items() if word in small)
    for word in frozenset().union(*_RIVALS.values(), *_SMALL_WORDS.values())
}
"""By a small word, the languages that have it."""


def language_of(text: str) -> str:
    """Return the language of words, `UNCLEAR`, `OTHER`, or the script they are in.

    A rival that is as likely as a shipped language goes before it.
    """
    script = _script(text)
    if script not in ("latin", ""):
        return script
    words = re.findall(r"[^\W\d_]+", text.lower())
    hits = Counter(code for word in words for code in _HAVE_IT.get(word, ()))
    best = max(hits.values(), default=0)
    if best * _ONE_OF < len(words) and len(words) >= _LONG_ENOUGH:
        return OTHER
    likeliest = [code for code in (*_RIVALS, *_SMALL_WORDS) if hits[code] == best]
    if not best or likeliest == [*_SMALL_WORDS]:
        return UNCLEAR
    return likeliest[0]


def _script(text: str) -> str:
    """Return the script that most letters are of, as Unicode calls it; empty without letters."""
    if text.isascii():  # as most are: no name need be looked up
        return "latin" if any(map(str.isalpha, text)) else ""
    scripts = Counter(
        unicodedata.name(sign, "other").split()[0].lower() for sign in text if sign.isalpha()
    )
    return scripts.most_common(1)[0][0] if scripts else ""
