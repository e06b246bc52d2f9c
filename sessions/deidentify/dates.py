"""Days of something that happened to a person.

Pure. A month, a weekday, a season or a year alone stays, and so do a day that everybody shares, a
day of observance and a deadline.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sessions.deidentify.finding import Finding, is_of_a_list
from sessions.deidentify.pattern import regex

if TYPE_CHECKING:
    from collections.abc import Iterator

_MONTH: Final = (
    r"(?:jan(?:uary|\.)?|feb(?:ruary|\.)?|mar(?:ch|\.)?|apr(?:il|\.)?|may|june?|july?|"
    r"aug(?:ust|\.)?|sept?(?:ember|\.)?|oct(?:ober|\.)?|nov(?:ember|\.)?|dec(?:ember|\.)?|"
    r"enero|ene|febrero|marzo|abril|abr|mayo|junio|julio|agosto|ago|septiembre|setiembre|octubre|"
    r"noviembre|diciembre|dic)"
)
_ORDINAL_WORD: Final = (
    r"(?:(?:twenty|thirty)[ -])?(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|"
    r"tenth|eleventh|twelfth|thirteenth|fourteenth|fifteenth|sixteenth|seventeenth|eighteenth|"
    r"nineteenth|twentieth|thirtieth)"
)
_DIA: Final = (
    r"(?:primero|uno|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|once|doce|trece|catorce|"
    r"quince|diecis[eé]is|diecisiete|dieciocho|diecinueve|veinte|veinti(?:uno|d[oó]s|tr[eé]s|"
    r"cuatro|cinco|s[eé]is|siete|ocho|nueve)|treinta(?:\sy\suno)?)"
)
_DAY: Final = rf"(?:(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th|º|ro|er)?\.?|{_ORDINAL_WORD})"
_CIFRA: Final = (
    r"(?:un[oa]?|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|once|doce|trece|catorce|quince|"
    r"dieci[a-zé]{3,6}|veinte|veinti[a-zéó]{2,6}|treinta|cuarenta|cincuenta|sesenta|setenta|"
    r"ochenta|"
    r"noventa)\b"
)
_YEAR: Final = (
    r"(?:,?\s(?:of\s|de\s|del\s)?(?:19|20)\d\d\b|,?\s?['’]\d\d\b|[/-](?:19|20)?\d\d\b|"
    r"\sdel?\s(?:año\s)?['’]?(?:(?:19|20)\d\d|\d\d)\b|"
    rf"\sdel?\s(?:año\s)?(?:mil\snovecientos|dos\smil|noventa|ochenta|setenta|sesenta|cincuenta)"
    rf"(?:\s(?:y\s)?{_CIFRA}){{0,3}}\b)"
)
_WEEKDAY: Final = r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s)?"
# "jueves 14", "día 3", "24 al 25".
_DIA_BEFORE: Final = (
    r"(?:(?:lunes|martes|miércoles|jueves|viernes|sábado|domingo|día),?\s)?"
    r"(?:\d{1,2}\s(?:al|y)\s)?"
)

_WRITTEN: Final = regex(
    rf"\b{_WEEKDAY}{_MONTH}(?:\s(?:the\s)?|,\sthe\s){_DAY}\b"
    rf"(?!\s?(?:%|people|persons|percent|personas)){_YEAR}?"
    rf"|\b{_DIA_BEFORE}(?:the\s)?{_DAY}(?:\s(?:of|de|d|day\sof)\s|\s|"
    rf"[-/.]){_MONTH}(?![a-z]){_YEAR}?"
    rf"|\b{_DIA_BEFORE}{_DIA}\sde\s{_MONTH}(?![a-z]){_YEAR}?",
    re.IGNORECASE,
)
_NUMERIC: Final = regex(
    r"(?<![\w/.$-])(?:(?:0?[1-9]|[12]\d|3[01])\s?([/.·-])\s?(?:0?[1-9]|[12]\d|"
    r"3[01])\s?\1\s?(?:\d{4}|\d{2})"
    r"|(?:19|20)\d\d([/.-])(?:0?[1-9]|1[0-2])\2(?:0?[1-9]|[12]\d|3[01]))(?![\w/-]|\.\d)"
)
_DAY_AND_MONTH: Final = (
    r"(?:(?:0?[1-9]|1[0-2])/(?:[12]\d|3[01]|0?[1-9])|(?:0?[1-9]|[12]\d|3[01])/(?:1[0-2]|0?[1-9]))"
)
_SHORT: Final = regex(
    r"\b(?:on|since|dated?|dob|d\.o\.b\.|born|admitted|admit|discharged|discharge|died|the|el|"
    r"del|"
    r"desde|til|till|until|d/c|dc|absent|excluded|excl|suspended|expelled|served|filed|hired|"
    r"fired|"
    r"seen|surgery|nac\.|f\.\s?nac\.:?|fecha|fallec\w{1,4}|alta|ingresó|ingresa|operaron|nació|"
    r"nac[ií]|"
    r"surgery|sx|appt|appointment|cita|visit|hearing|court|arrested|birthday|bday|returns?|"
    r"left|quit|signed|passed|buried|married|resigned|joined|transferred|released|"
    r"started|due|ingreso|alta|nacid[oa]|falleció|murió|f\.?n\.?|a/o|eff|effective|evicted|"
    r"missing|"
    rf"(?:mon|tues?|wed|thurs?|fri|sat|sun)(?:day)?)[:,]?\s({_DAY_AND_MONTH})(?![\w/%-]|\sof\b)",
    re.IGNORECASE,
)
# Two digits on both sides, one too large for a month: no fraction and no score.
_PADDED: Final = regex(
    r"(?<![\w/.$-])(?:(?:1[3-9]|2\d|3[01])/0[1-9]|0[1-9]/(?:1[3-9]|2\d|3[01]))(?![\w/%-])"
)
# Days of observance of whole countries, in Spanish.
_OF_COUNTRIES: Final = (
    r"(?:25|veinticinco) de (?:noviembre|mayo)|(?:21|veintiuno) de marzo|(?:28|veintiocho) de "
    r"(?:junio|julio)|(?:20|veinte) de julio|(?:9|nueve) de (?:julio|agosto)|(?:6|8|seis|"
    r"ocho) de "
    r"diciembre|(?:24|veinticuatro) de (?:junio|marzo)|(?:10|diez) de (?:mayo|diciembre)|(?:15|"
    r"quince) "
    r"de (?:mayo|agosto)|(?:8|ocho) de abril|(?:18|dieciocho) de septiembre|(?:27|"
    r"veintisiete) de "
    r"febrero|(?:21|veintiuno) de enero|(?:19|diecinueve) de junio|(?:11|once) de septiembre|"
    r"(?:30|treinta) de abril|(?:16|dieciséis) de julio"
)
_SHARED: Final = regex(
    r"(?:june (?:19(?:th)?|nineteenth)|(?:july|jul\.?) (?:4(?:th)?|fourth)|(?:the )?(?:4th|"
    r"fourth) of july|"
    r"(?:sept\.?|september) (?:11(?:th)?|eleventh)|jan(?:\.|uary)? (?:6(?:th)?|sixth|1(?:st)?)|"
    r"dec(?:\.|ember)? (?:25(?:th)?|24(?:th)?|31(?:st)?)|9/11|24/7|march 8(?:th)?|8m|"
    r"(?:12|doce) de octubre|(?:16|15|dieciséis|quince) de septiembre|(?:20|veinte) de noviembre|"
    r"(?:1|1ro|1º|2|primero|uno|dos) de (?:mayo|noviembre|enero)|(?:8|ocho) de marzo|"
    r"(?:12|doce) de diciembre|(?:24|25|31|veinticuatro|veinticinco) de diciembre|"
    rf"{_OF_COUNTRIES}|"
    r"(?:the )?(?:first|1st) of (?:january|may)|(?:2|dos) de febrero|"
    r"may 1(?:st)?|(?:cinco|5) de mayo|(?:6|seis) de enero|(?:14|catorce) de febrero)",
    re.IGNORECASE,
)
# What happened to somebody on that day, so that a shared day is theirs.
_HIS_DAY: Final = regex(
    r"\b(?:born|died|passed(?:\saway)?|turn(?:s|ed)(?:\s\S{1,12}){0,2}|birthday(?:\sis)?|"
    r"bday|admitted|married|surgery|delivered|arrested|dob|nac[ií]|naci[oó]|nacid[oa]|muri[oó]|falleci[oó]|"
    r"cumple|cumpli[oó]|cumpleaños|se cas[oó]\b|casaron|operaron|detuvieron|mataron|despidieron|"
    r"corrieron|echaron|botaron|balearon|baleado|baleada|suspendid[oa]|"
    r"golpearon|deportaron|internaron|ingresaron|arrestaron|desaparecieron|desapareci[oó]|cruz[óé]|"
    r"lleg[óué]{1,3}|enterramos|perd[ií]|perdi[oó]|nacimos|dio a luz|pari[oó])\s(?:on\s|el\s|un\s|"
    r"the\s|"
    r"was\s|"
    r"is\s|es\s|en\s|d[ií]a\s|aquel\s){0,2}$",
    re.IGNORECASE,
)
_SU_DIA: Final = regex(
    r"\b(?:naci[oó]|nac[ií]|muri[oó]|falleci[oó]|pari[oó]|dio\sa\sluz|operaron|detuvieron|arrestaron|"
    r"mataron|despidieron|"
    r"corrieron|echaron|golpearon|deportaron|internaron|enterramos|enterraron|perdi[oó]|casaron|"
    r"casó|"
    r"cumple(?:años)?|velamos|se\sfue|volvi[oó]|regres[oó]|firm[eé]|firm[oó]|llevaron|bajaron|subieron|"
    r"sacaron|(?:meti[oó]|met[ií]|puso|puse|hizo|hice|present[oó])\s(?:una\s|su\s|mi\s)?(?:queja|denuncia)|"
    r"negaron|rechazaron|desapareci[oó]|cruz[oó]|cruc[eé]|bautizaron)\b[^.;:\n]{0,40}$",
    re.IGNORECASE,
)
# The same, after the day: "el 2 de noviembre enterramos a Mamadou".
_SU_DIA_DESPUES: Final = regex(
    r",?\s(?:me\s|nos\s|lo\s|la\s|se\s|le\s|les\s){0,2}(?:naci[oó]|nac[ií]|muri[oó]|falleci[oó]|par[ií]|pari[oó]|operaron|"
    r"detuvieron|arrestaron|mataron|despidieron|corrieron|echaron|golpearon|deportaron|internaron|"
    r"enterramos|enterraron|perdi[oó]|perd[ií]|casaron|casó|casé|casamos|velamos|bautizaron|bautizamos|"
    r"cumplo|cumpli[oó]|cumple|desapareci[oó]|cruz[oó]|cruc[eé]|cruzamos)\b",
    re.IGNORECASE,
)
# A day of observance or a deadline, before the date or after it.
_FOR_ALL_BEFORE: Final = regex(
    r"(?:(?-i:\b(?:Day|Feast|Festival|Holiday|Pride|Fest|Eid|Week|Month|Kwanzaa|"
    r"Ramadan|Hanukkah|Lent|Diwali|Advent))"
    r"|\b(?:deadline|drop\sdate|due(?:\sdate)?|due\sby|closes|closing\sdate|applications?|"
    r"agenda|rota|diary|registration|renewals?|proclamation|feast\sof|holiday|next\s(?:meeting|session)|"
    r"submissions?|"
    r"fecha\slímite|plazo|fiesta|feriado|festivo|próxim[oa]\s\w{4,12}|siguiente\s\w{5,12}|"
    r"reunión|sesión|"
    r"asamblea|junta|acta|minuta|vacaciones|entrega|convocatoria|inscripciones|elecciones|paro|"
    r"huelga|"
    r"marcha|desfile|conmemoración|aniversario|vence|cierra|abre|calendario|simulacro|votación|"
    r"taller|encuentro|jornada|feria|festival|temporada|campaña)"
    r"|(?-i:\bDía)\sde(?:l|\sla|\slos)?\s[^\n.,;]{1,30}[^\n.;]{0,12}?)"
    r"(?:\s(?:is|was|are|on|by|of|for|ends|until|es|será|fue|el|del?|hasta|para|día|queda|sería|"
    r"till?|"
    r"starts?|begins?|runs|falls|from|to|through|(?-i:[A-Z][a-z]{2,8}\.?)\s\d{1,2})|"
    r"\s?[,:(=–—-]){0,4}\s?$",
    re.IGNORECASE,
)
_FOR_ALL_AFTER: Final = regex(
    r"\s?(?:[(,:=–—-]|is|was|es)\s?(?:the\s|el\s)?(?-i:(?:[A-Z][\w'’]{1,20}\s){1,4}(?:Day|"
    r"Festival|"
    r"Feast|Week)\b|Día\b|(?:[A-Z]\w{1,15}\s)?(?:Juneteenth|Eid|Diwali|Nowruz|Vesak|Tet)\b)"
    r"|:\s(?:state\s)?(?:testing|meeting|agenda|elections?|training|deadline|workshop|session|"
    r"minutes)"
    r"|,?\s\d{1,2}[:.]\d\d\s?(?:[ap]m)?\s?[-–]\s?\d{1,2}(?:[:.]\d\d)?"
    r"|\s(?:deadline|meeting|session|agenda|minutes|holiday|elections?|rally|vote|workshop)\b"
    r"|,?\s(?:es\s)?(?:el\s)?día\s(?:de|del|internacional|mundial|nacional|contra)\b"
    r"|,?\s(?:es\scontra|no\sse\solvida|se\s(?:celebra|conmemora|marcha|festeja|vota)|marchamos|"
    r"(?:hay|habrá|hubo|será|toca|tenemos)\s(?:la\s|el\s|una?\s)?(?:junta|reunión|sesión|"
    r"asamblea|fiesta|"
    r"desfile|marcha|paro|huelga|taller|elecciones|votación|simulacro|grito|misa))\b"
    r"|\s(?:or|and|to|through)\s\w{3,9}\.?\s\d{1,2},?\sdepending\b|,?\sdepending\b",
    re.IGNORECASE,
)
_WEEKDAY_BEFORE: Final = regex(
    r"^(?:lunes|martes|miércoles|jueves|viernes|sábado|domingo|día),?\s", re.IGNORECASE
)
_MAY: Final = regex(r"(?:may|march|mar)\s(?:second|third|first)\b", re.IGNORECASE)
_ON: Final = regex(r"\b(?:on|el|del|en)\s(?:the\s|día\s)?$", re.IGNORECASE)
_A_DAY: Final = regex(rf"\d|\b(?:{_ORDINAL_WORD}|{_DIA})\b", re.IGNORECASE)
_NEAR: Final = 60
# "Item 1. April data": the number of an item, and a month.
_ITEM: Final = regex(
    r"(?:^|\n|\b(?:item|point|no|section|step|part|question|rule|norm)\.?\s)$", re.IGNORECASE
)
_NUMBER_OF: Final = regex(r"\d{1,2}\.\s(?![^\n]*\d{4})")


def dates(text: str) -> Iterator[Finding]:
    """Yield each day that may be of something that happened to a person."""
    if not _A_DAY.search(text):
        return
    for found in _WRITTEN.finditer(text):
        if _NUMBER_OF.match(found[0]) and _ITEM.search(
            text[max(found.start() - _NEAR, 0) : found.start()]
        ):
            continue
        if is_of_a_list(text, found.start(), found.end()):
            continue
        if not _is_verb(found[0]) and _is_of_somebody(text, found):
            yield Finding(_with_on(text, found.start()), found.end(), "date")
    for found in _NUMERIC.finditer(text):
        yield Finding(_with_on(text, found.start()), found.end(), "date")
    for pattern in (_SHORT, _PADDED):
        for found in pattern.finditer(text):
            start, end = found.span(found.lastindex or 0)
            if not _SHARED.fullmatch(text[start:end]):
                yield Finding(start, end, "date", "review")


def _is_of_somebody(text: str, found: re.Match[str]) -> bool:
    """Say whether a day is not one that everybody shares, or is somebody's all the same."""
    before = text[max(found.start() - _NEAR, 0) : found.start()]
    if _HIS_DAY.search(before) or _SU_DIA.search(before):
        return True
    if _SU_DIA_DESPUES.match(text, found.end()):
        return True
    for_all = _FOR_ALL_BEFORE.search(before) or _FOR_ALL_AFTER.match(text, found.end())
    return not for_all and not _SHARED.fullmatch(_WEEKDAY_BEFORE.sub("", found[0]))


def _with_on(text: str, start: int) -> int:
    """Return where a date begins with the "on" or "el" before it, which goes with it."""
    before = _ON.search(text[max(start - 12, 0) : start])
    return start - len(before[0]) if before else start


def _is_verb(written: str) -> bool:
    """Say whether "may" or "march" is a verb here: "we may first ask"."""
    return bool(_MAY.match(written)) and written[0].islower()
