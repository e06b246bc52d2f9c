"""Where somebody works, learns, prays or belongs, as Spanish names it.

Pure. Every repetition in a pattern is bounded. What all of a kind are called ("Hospital General",
"la Iglesia Católica", "Club de Lectura") stays, and so do public bodies.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sessions.deidentify.finding import Finding
from sessions.deidentify.lexicon import lexicon
from sessions.deidentify.lists import is_phrase
from sessions.deidentify.pattern import regex
from sessions.deidentify.spanish import is_name_like, may_be_spanish
from sessions.deidentify.survivors import is_kept
from sessions.deidentify.words import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sessions.deidentify.model import Tier

# Heads that are organisations also in small letters before a name with a capital.
_HEAD: Final = (
    r"hospital|clínica|clinica|escuelita|escuela|colegio|iglesia|parroquia|panadería|"
    r"restaurante|restorán|"
    r"restaurant|taller|limpiezas|supermercado|universidad|liceo|fábrica|lavandería|farmacia|"
    r"bodega|"
    r"carnicería|instituto|fundación|asociación|templo|capilla|centro|empacadora|transportes|"
    r"construcciones|tienda|mercado|sindicato|guardería|secundaria|primaria|prepa|preparatoria|"
    r"telesecundaria|kínder|kinder|preescolar|bachillerato|cecyt|cbtis|conalep|jardín|limpiadora|"
    r"maquiladora|maquila|textiles|frigorífico|cooperativa|coop\.|club|peluquería|ferretería|"
    r"academia|"
    r"sanatorio|policlínica|policlínico|posta|constructora|distribuidora|autobuses|talleres|"
    r"finca|"
    r"hacienda|ingenio|cafetería|pollería|comedor|hogar|residencia|ludoteca|librería|imprenta|"
    r"ejido|"
    r"hotel|hostal|motel|liga|ambulatorio|consultorio|dispensario|maternidad|geriátrico|asilo|"
    r"orfanato|"
    r"albergue|tortillería|taquería|fonda|cantina|cervecería|pastelería|heladería|pizzería|"
    r"marisquería|"
    r"cevichería|cocina|banquetes|abarrotes|bazar|mueblería|papelería|gasolinera|agrícola|"
    r"agropecuaria|"
    r"viveros?|invernaderos?|empaque|granja|rancho|estancia|hermandad|cofradía|congregación|"
    r"ministerio|"
    r"misión|convento|seminario|basílica|catedral|ermita|santuario|mezquita|sinagoga|federación|"
    r"confederación|unión|frente|comité|colectivo|colectiva|agrupación|sociedad|mutual|ateneo|"
    r"ateneu|ampa|apa|ccoo|grupo|red|casa|conjunto|centro|estudio|gimnasio|salón|estética|"
    r"barbería|"
    r"laboratorios?|corporación|compañía|empresa|consorcio|servicios|grupo|seguridad|lácteos|"
    r"embotelladora|minera|pesquera|curtiembre|confecciones|calzados|plásticos|aserradero|"
    r"biblioteca|teatro|(?:unidad|institución|institucion)\seducativa|unidad\sdeportiva|centro\s(?:de\ssalud|escolar|"
    r"educativo|cultural|"
    r"comunitario|médico|cristiano|infantil|social|de\sdía|cívico)|casa\s(?:hogar|cultural|"
    r"comunal|de\s(?:la\scultura|cultura|retiro))|"
    r"jardín\s(?:de\sniños|infantil|de\sinfantes)|puesto\sde\ssalud|residencia\sde\sancianos|"
    r"hogar\sde\sancianos|junta\sde\svecinos|asociación\sde\s(?:vecinos|padres|mujeres|"
    r"productores)|"
    r"asociación\svecinal|sindicato\s(?:único|nacional|independiente)|comedor\scomunitario|"
    r"bachillerato\stecnológico|escuela\s(?:primaria|secundaria|normal|técnica|rural|infantil|"
    r"de\sarte|superior)"
)
_ACRONYM: Final = (
    r"IES|CEIP|CRA|CEPA|EOI|CP|IESS|AMPA|AFA|CAP|CAPS|CESFAM|CECOSF|SAPU|UMF|U\.E\.|UE|"
    r"I\.E\.P?\.?|IE|IEP|"
    r"EEB|CECyT|CBTIS|CBTis|CETIS|CCH|EEM|EES|ENS|ESO|CBT|CEBE|PRONOEI|UGEL|CENDI|CADI|C\.E\.|"
    r"E\.E\.M\.|COBACH|Conalep|UPN|ONG|A\.C\.|FC|C\.F\.|CF|C\.D\.|CD|U\.D\.|UD|APAFA|JJVV"
)
_CAP: Final = r"[A-ZÁÉÍÓÚÑ][\w'’.-]{1,20}"
_SMALL: Final = r"(?:de|del|la|las|los|el|y|e|a|san|santa|para|por|al)"
_WITHIN: Final = r"(?:de\sl[ao]s?|del?|la|los|las|san|santa|para|al)"
_NAME: Final = rf"(?:{_SMALL}\s){{0,3}}{_CAP}(?:\s(?:{_WITHIN}\s|y\s){{0,2}}{_CAP}){{0,4}}"
_TAIL: Final = (
    r"(?:,?\s(?:S\.?\s?A\.?(?:\sde\sC\.?V\.?)?|S\.?R\.?L\.?|S\.?L\.?|A\.?C\.?|Ltda|"
    r"EIRL|S\.?A\.?S)(?!\w)\.?)?"
)
_ORG: Final = regex(
    rf"(?<!\w)((?i:{_HEAD}))\s({_NAME}){_TAIL}(?:\s(?:[Nn]\.?º\s|#)?\d{{1,4}}\b(?!\s?%))?"
)
_SHORT: Final = regex(
    rf"(?<![\w.])(?:{_ACRONYM})\s(?:(?:[Nn]\.?[º°]\s?|#)?\d{{1,6}}\b|{_NAME}){_TAIL}"
)
_NUMBERED: Final = regex(
    r"\b(?:unidad\sde\smedicina\sfamiliar|hospital\sgeneral(?:\sde\szona)?|clínica|"
    r"centro\sde\ssalud|prepa|preparatoria|secundaria|primaria|telesecundaria|técnica|escuela|"
    r"colegio|liceo|"
    r"cch|"
    r"cecyt|cbtis|conalep|jardín|guardería|zona\sescolar|bachilleres|plantel|unidad|cobach|"
    r"escuela\s\w{5,10}|"
    r"secundaria\s(?:técnica|diurna|general|federal)|sección|seccional|local|delegación|"
    r"subsede)\s"
    r"(?:n\.?\s?[º°o]\.?\s?|#|núm\.?\s|número\s)?\d{1,5}\b"
    r"(?!\s?(?:%|años|alumn|niñ|person|veces|horas|días|de\scada|o\s|a\s|veinte|"
    r"(?:de\s(?:la\s)?(?:ley|constitución|reglamento))))",
    re.IGNORECASE,
)
_FIRM: Final = regex(
    rf"\b{_CAP}(?:\s(?:{_WITHIN}\s|y\s|e\s)?{_CAP}){{0,4}},?\s(?:S\.\s?A\.|S\.\s?L\.|"
    rf"S\.?R\.?L\b|S\.?A\.?S\b|"
    r"Ltda\b|EIRL\b|e\s[Hh]ijos\b|y\s[Hh]ijos\b|Hnos\b)\.?"
)
_WORKS_AT: Final = regex(
    rf"\b(?:[Tt]rabaj\w{{1,5}}|[Ll]aboro|[Ee]mplead[oa]|[Cc]hambe\w{{1,3}}|[Ll]imp\w{{2,5}}|"
    rf"[Cc]ocin\w{{1,4}})\s(?:\w{{1,10}}\s){{0,2}}(?:en|para)\s"
    rf"(?:la\s|el\s)?({_CAP}(?:\s(?:El|La|Los|Las|Don|Doña|San|Santa|Hermanos|del|"
    rf"de\sla)\s{_CAP}){{1,2}})"
)
_QUIET_LONG: Final = r"escuela\s(?:primaria|secundaria|normal|técnica|rural)|jardín\sde\sniños"
_QUIET_HEAD: Final = (
    r"hospital|clínica|clinica|escuela|colegio|iglesia|parroquia|panadería|panaderia|"
    r"restaurante|universidad|"
    r"liceo|farmacia|instituto|fundación|fundacion|templo|capilla|empacadora|sindicato|"
    r"guardería|guarderia|"
    r"secundaria|primaria|prepa|preparatoria|kínder|kinder|cooperativa|club|academia|sanatorio|"
    r"ejido|hotel|"
    r"ingenio|maquila|fábrica|fabrica|lavandería|lavanderia|taquería|taqueria|tortillería|"
    r"supermercado|"
    r"centro\sde\ssalud|hogar|asilo|rancho|finca|hacienda|residencia|basílica|catedral|santuario|"
    r"unidad\seducativa|liga"
)
_ORG_QUIET: Final = regex(
    rf"(?<!\w)((?:{_QUIET_LONG}|{_QUIET_HEAD})\s(?:(?:de|del|la|el|los|las|lic\.?|profe?\.?|"
    rf"general|dr\.?)\s){{0,2}}"
    r"((?:(?:san|santa|santo|nuestra|señora|de|la|los|las|el|del|divino|sagrado)\s){0,3}"
    r"[a-záéíóúñ]{2,16}))(?:\s([a-záéíóúñ]{3,16}))?(?:\s([a-záéíóúñ]{3,16}))?(?!\w)"
)
_SMALL_WORDS: Final = frozenset(
    {"de", "del", "la", "las", "los", "el", "en", "es", "se", "que", "no"}
)
_SAINT: Final = frozenset({"san", "santa", "santo", "nuestra", "divino", "sagrado"})
# Words with a capital that only say of which kind it is: "Hospital General", "Iglesia Católica".
_GENERIC: Final = frozenset({
    "mujer", "nino", "nina", "dolor", "enfermeria", "etica", "apoyo", "negras", "negros",
    "psicologia", "quemados", "adultos", "adulto", "mayor", "sordos", "ciegos", "cancer", "sangre",
    "a", "abierta", "abril", "acogida", "adventista", "afro", "agrario", "agua", "ajedrez",
    "americana", "americano", "amigos", "amor", "ancianos", "anglicana", "antropologia",
    "apostolica", "apostolico", "argentina", "argentino", "arte", "artes", "asistencia",
    "atencion", "autonoma", "autonomo", "b", "baile", "bautista", "bellas", "c", "campesina",
    "campesino", "capacitacion", "catolica", "catolico", "central", "chilena", "chileno",
    "ciencias", "civica", "civico", "civil", "cocina", "colombiano", "comercial", "comun",
    "comunitaria", "comunitario", "constitucion", "consumidor", "convivencia", "costura",
    "cristiana", "cristiano", "cultura", "cultural", "d", "danza", "defensa", "departamental",
    "deportiva", "deportivo", "derecho", "derechos", "dia", "dialogo", "dios", "dioses",
    "diversidad", "domingo", "dulce", "economia", "economico", "educacion", "electoral",
    "escritura", "espanol", "espanola", "estadistica", "estado", "estatal",
    "estudios", "evangelica", "evangelico", "exteriores", "familia", "familias", "federal",
    "filosofia", "formacion", "futbol", "general", "generales", "genero", "gitana", "gitano",
    "gobierno", "hacienda", "historia", "historica", "historico", "humanos", "idiomas",
    "igualdad", "ii", "iii", "indigena", "indigenas", "infantil", "ingenieria", "interior",
    "internacional", "investigacion", "investigaciones", "jovenes", "jueves", "justicia",
    "latinoamericano", "lectura", "lenguas", "letras", "libre", "lunes", "luterana", "madres",
    "maestras", "maestros", "martes", "materno", "mayo", "mayores", "media", "medica",
    "medicina", "medico", "medicos", "memoria", "metodista", "mexicana", "mexicano", "mexico",
    "miercoles", "migracion", "migrantes", "militar", "ministerio", "mormona", "mujeres",
    "mundial", "municipal", "musica", "nacional", "nacionales", "naciones", "naval", "negra",
    "negro", "noche", "normal", "obras", "obrera", "obrero", "octubre", "oficios", "ortodoxa",
    "ortodoxo", "padres", "palabra", "panamericana", "paz", "pentecostal", "peruana", "peruano",
    "pintura", "poblacion", "politecnico", "popular", "preparatoria", "prevision", "primaria",
    "privada", "privado", "proteccion", "protestante", "provincial", "publica",
    "publico", "publicos", "pueblo", "pueblos", "recreativo", "reflexion", "reforma",
    "regional", "relaciones", "republica", "retiro", "romana", "rural", "sabado", "salud",
    "sanidad", "secretaria", "secundaria", "seguro", "siglo", "social", "sociales", "superior",
    "teatro", "tecnica", "tecnico", "tecnologico", "trabajadores", "trabajo", "transportes",
    "unica", "unico", "unidas", "unido", "unidos", "universitaria", "universitario", "urbana",
    "urbano", "urgencias", "vecinos", "verano", "viernes", "vivienda",
})  # fmt: skip
# Heads that are things of every day, too: "casa de Ana", "grupo de Luis".
_LOOSE: Final = frozenset({
    "biblioteca", "bodega", "casa", "centro", "club", "cocina", "colectiva", "colectivo",
    "comedor", "comité", "compañía", "conjunto", "empaque", "empresa", "estancia", "estudio",
    "finca", "frente", "gimnasio", "granja", "grupo", "hacienda", "hogar", "jardín", "liga",
    "mercado", "ministerio", "misión", "posta", "primaria", "rancho", "red", "residencia",
    "salón", "secundaria", "seguridad", "servicios", "sociedad", "taller", "talleres", "teatro",
    "tienda", "unidad", "unión",
})  # fmt: skip
_OF_A_PERSON: Final = regex(r"^(?:de|del)\s(?!l[ao]s?\s|san\b|santa\b|el\b)", re.IGNORECASE)


def spanish_organisations(text: str) -> Iterator[Finding]:
    """Yield each organisation with a name in Spanish."""
    if not may_be_spanish(text):
        return
    for found in _ORG.finditer(text):
        tier = _sureness(found[1], found[2])
        if tier:
            yield Finding(*found.span(), "organisation", tier)
    for pattern in (_SHORT, _FIRM):
        for found in pattern.finditer(text):
            yield Finding(*found.span(), "organisation")
    yield from _doubtful(text)


def _doubtful(text: str) -> Iterator[Finding]:
    """Yield what a person must decide: numbers after a head, and names in small letters."""
    for found in _WORKS_AT.finditer(text):
        if not is_generic(found[1]):
            yield Finding(*found.span(1), "organisation", "review")
    for found in _NUMBERED.finditer(text):
        yield Finding(*found.span(), "organisation", "review")
    for found in _ORG_QUIET.finditer(text):
        end = _end_of_quiet(found)
        if end:
            yield Finding(found.start(), end, "organisation", "review")


def is_generic(name: str) -> bool:
    """Say whether the words after a head only say of which kind it is."""
    words = [fold(word).strip(".") for word in name.split() if word != word.lower()]
    place = tuple(words)
    if words and words[0] in _SAINT:
        return False
    if is_phrase("places.txt", place):
        return True
    return all(
        word in _GENERIC or (is_kept(word) and word not in lexicon().given) for word in words
    )


def _sureness(head: str, name: str) -> Tier | None:
    """Say how sure it is that a head and what follows name an organisation."""
    if is_generic(name):
        return None
    loose = fold(head) in {fold(word) for word in _LOOSE}
    if loose and head[0].islower():
        return None
    if _OF_A_PERSON.match(name) and (loose or head[0].islower()):
        return None
    return "review" if head[0].islower() or loose else "auto"


def _end_of_quiet(found: re.Match[str]) -> int | None:
    """Return where an organisation in small letters ends, if its name is one: "santa teresa"."""
    last = found[2].split()[-1]
    saint = any(word in _SAINT for word in found[2].split()[:-1])
    if not (saint or _is_named(last)) or last in _SAINT | _SMALL_WORDS:
        return None
    end = found.end(2)
    for at in (3, 4):
        if not found[at] or not _is_named(found[at]):
            break
        end = found.end(at)
    return end


def _is_named(word: str) -> bool:
    plain = fold(word)
    return plain not in _GENERIC and not is_kept(plain) and is_name_like(plain)
