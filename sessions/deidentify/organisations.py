"""Where somebody works, learns, prays or belongs: organisations with a name.

Pure. Every repetition in a pattern is bounded. What all its kind is called ("the public library",
"Black Church") stays, and so do public bodies.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sessions.deidentify.finding import Finding
from sessions.deidentify.lexicon import lexicon
from sessions.deidentify.lists import is_phrase, listed
from sessions.deidentify.pattern import regex
from sessions.deidentify.spanish_organisations import is_generic, spanish_organisations
from sessions.deidentify.survivors import is_kept
from sessions.deidentify.words import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sessions.deidentify.model import Tier

_CHURCH: Final = (
    r"Church|Temple|Mosque|Masjid|Parish|Cathedral|Chapel|Synagogue|Tabernacle|Ministries|Gurdwara|"
    r"Mandir|Vihara|Priory|Abbey|Convent|Congregation|Fellowship|Assembly|Mission|"
    r"A\.?M\.?E\.?(?:\sZion)?(?:\sChurch)?|Baptist(?:\sChurch)?|Methodist(?:\sChurch)?|"
    r"Lutheran(?:\sChurch)?|Presbyterian(?:\sChurch)?|Pentecostal(?:\sChurch)?|"
    r"Anglican(?:\sChurch)?|Adventist(?:\sChurch)?|Episcopal(?:\sChurch)?|Orthodox(?:\s(?:Church|Mission))?|United(?:\sChurch)?|COGIC"
)
_LEARNING: Final = (
    r"School|Elementary|Primary|Middle|High|Junior\sHigh|Secondary|Comprehensive|Academy|College|"
    r"Community\sCollege|University|Preschool|Nursery|Daycare|Montessori|Collegiate|Regional|"
    r"Grammar(?:\sSchool)?|Prep|Polytechnic|Politécnico|Kindergarten|Boys['’]?\s(?:School|College)|"
    r"Girls['’]?\s(?:School|College)|Charter(?:\sSchool)?|Sixth\sForm(?:\sCollege)?|"
    r"Infants(?:\sSchool)?|Juniors(?:\sSchool)?"
)
_CARE: Final = (
    r"Hospital|Clinic|Medical\sCent(?:er|re)|Medical\sGroup|(?:Community\s)?Health(?:\sCent(?:er|re))?|"
    r"Healthcare|Pediatrics|Paediatrics|Bone\s&\sJoint|Family\s(?:Medicine|Practice)|Urgent\sCare|Eye\sCare|Dental|Dental\sGroup|Pharmacy|Home\sCare|Home\sAides|Hospice|"
    r"Nursing\sHome|Care\sHome|Memorial|General|Children['’]s(?:\sHospital)?|Surgery|Veterinary|"
    r"Care\sCent(?:er|re)|Home\s(?:Support|Health)|Women['’]s\s(?:Pavilion|Hospital|Cent(?:er|re)|Clinic|Shelter|Health)|Assisted\sLiving|Senior\sLiving|Rehab|Drop-In|Pantry|Shelter|Hostel|Food\sBank"
)
_FIRM: Final = (
    r"Partners|State|Foundry|Casting|Bakery|Foods|Farms|Industries|Manufacturing|Logistics|Electric|"
    r"Plumbing|Construction|Cleaners|Cleaning|Laundry|Diner|Café|Grill|Inn|Hotel|Library|Museum|"
    r"Foundation|Institute|Associates|Services|Solutions|Consulting|Security|Staffing|"
    r"Credit\sUnion|Bank|Rotary|Lodge|Club|YMCA|Freight\sLines|Bus\sLines|Haulage|Trucking|Movers|"
    r"Packing|Canning|Cannery|Steel|Towing|Motors|Engineering|Portraits|Photography|Salon|Barbers|"
    r"Barbershop|Janitorial|Catering|Realty|Housing\sAssociation|Co-op|Printing|Brewery|Fisheries|"
    r"Correctional(?:\s(?:Facility|Institution|Cent(?:er|re)))?|Detention\sCent(?:er|re)|"
    r"Cellars|Vineyards|(?<!Martha['’]s\s)Vineyard|Winery|Processing|Poultry|Meats|Shipyard|Airlines|Roofing|Landscaping|Boxing\sClub|GAA|FC|AFC|RFC|Inc|LLC|Ltd|Corp"
)
_HEAD: Final = rf"(?:{_CHURCH}|{_LEARNING}|{_CARE}|{_FIRM})"
# What anybody's plan or meeting is called, too: only with a name that is no word.
_WIDE: Final = (
    r"(?:Group|Network|Center|Centre|Society|Association|Union|Alliance|Company|Trust|League|Guild|"
    r"Kitchen|Market|Hall|Collective|Agency|Studios?|Ranch|Mills?|Works|Stores?|Deli|Pub|Arms|Press|"
    r"Radio|Practice|Homes|Care|Auto|Garage|Insurance|Properties|Lines|Restaurant|Grocery|"
    r"Supermarket|Warehouse|Distribution|Transit|Choir|Players|Theatre|Gym|Athletic|Rovers|"
    r"Manor|Wanderers|Nails|Bros|Systems|Protective(?:\sServices)?|Commons|Technologies|Holdings|"
    r"Ventures|Media|Software|Textiles|Apparel|Mercantile|Recruitment|(?:Hillel|Newman)\s(?:House|Cent(?:er|re))|Hillel|Housing|"
    r"Residence|Annexe?|Depot|Lounge|Mart|Cabs|Taxis|Chemists?|Wholesale|Analytics|"
    r"Cabinets|Stamping|Coachlines|Coaches|Kitchens|Covenant|RC|"
    r"Rest\sHome|Seafoods?|Packers|Plastics|Lumber|Timber|Tools?|Boilers|Cement|Granite|"
    r"Ceramics|Tyres?|Tires?|Cycles|Florists?|Gaels|Harriers|Dial-a-Ride|Shuttle|Couriers|"
    r"Transport(?:ation)?|Haulers|Pizza|Pizzeria|Kebabs?|Takeaway|Tavern|Saloon|Bistro|Eatery|"
    r"Bakers|Butchers|Fashions?|Tailors?|Hardware|Laboratory|Solicitors|Opticians|"
    r"Dentistry|Ortho(?:paedics|pedics|dontics)|Imaging|Radiology|Physio|Wellness|Preparatory|Seminary|TAFE|Uni)"
)
_PART: Final = r"(?:St\.|Mt\.|Ft\.|[A-Z][\w'’&-]{1,24}(?:'s|’s)?)"
_TAIL: Final = r"(?:,?\s(?:Inc|LLC|Ltd|Corp|Co|PLC|LLP|Pty|SRL|SL|S\.A|S\.L|S\.R\.L)\b\.?)?"
_ORG: Final = regex(
    rf"\b{_PART}(?:\s(?:{_PART}|of|the|and|&|for|"
    rf"at)){{0,4}}?,?\s{_HEAD}(?!\w)\.?(?:(?<!\.)\s(?:(?:{_PART}\s)?{_HEAD}\b|Hall\b|of\s{_PART}|for\s{_PART}))?{_TAIL}"
)
_ORG_WIDE: Final = regex(rf"\b{_PART}(?:\s(?:{_PART}|of|the|and|&)){{0,3}}?\s{_WIDE}\b{_TAIL}")
_ORG_SHORT: Final = regex(
    rf"\b{_PART}(?:\s{_PART}){{0,3}}?,?\s(?:&\sSons|&\sDaughters|and\sSons|Co\.|SRL|S\.A\.|S\.L\.|"
    r"PLC|LLP|Pty)(?!\w)"
)
_TRADE: Final = regex(
    rf"\b({_PART})((?:\s{_PART})?\s&\s)(?!The\b)([A-Z][a-z]{{2,14}})\b(?!\s[A-Z])"
)
_BIBLE: Final = regex(
    r"\b(?:(?:Greater|New|First|Second|Old|Mount|Mt\.?|Little)\s){1,3}(?:Nebo|Zion|Sion|Olive|Olivet|"
    r"Calvary|Bethel|Moriah|Pisgah|Gilead|Canaan|Galilee|Shiloh|Ebenezer|Antioch|Bethlehem|Salem|"
    r"Carmel|Horeb|Hebron|Sinai)\b(?!\s(?:Road|Street|Hills))"
    r"|\b(?:Greater|Mount|Mt\.?)\s(?:Emm?anuel|Bethany|Macedonia|Tabor|Bethesda|Beulah)\b(?!\s(?:Road|Street))"
    r"|\b(?:Our\sLady\sof(?:\sthe)?|Holy|Sacred|Blessed)\s(?:Cross|Heart|Family|Trinity|Rosary|Name|"
    r"Sacrament|Redeemer|Angels|[A-Z][a-z]{3,15}(?<!Spirit)(?<!Ghost)(?<!Guadalupe)(?<!Quran)(?<!Bible)(?<!Week))\b"
    r"(?:\sof\s[A-Z]\w{2,15})?(?=\s(?:where|on|in|has|for|said)\b|['’]s|[,.;)]|$)"
    r"|\bBeth\s(?:El|Israel|Shalom|Sholom|Am|Emeth|Tikvah|Torah|Jacob|David|Abraham|Hillel|Tefilah)\b"
    r"(?:\s[A-Z][\w'’-]{2,20})?"
    r"|\b(?:B['’]nai|Bnai|Kehillat|Kehilat)\s[A-Z][\w'’-]{2,20}(?:\s[A-Z][\w'’-]{2,20})?\b"
    r"|\b(?:Masjid|Gurdwara|Mandir|Congregation|Temple(?!\sMount)|Iglesia)\s(?:(?:[Aa]l|[Aa]n|[Aa]s|[Aa]r|[Uu]l|"
    r"Beth|Bet|B['’]nai|Sri|Shri|Guru|de|la)[-\s]?){0,2}[A-Z][\w'’-]{2,20}(?:\s[A-Z][\w'’-]{2,20})?",
)
# "Tabernacle of Living Stones"; not the Church of England, nor that of God.
_OF_FAITH: Final = regex(
    r"\b(?:[A-Z][\w'’-]{2,20}\s)?(?:Tabernacle|Temple|Chapel|Fellowship|Ministries|Church|Cathedral)"
    r"\sof\s(?:the\s|Our\s)?(?!England|Scotland|Ireland|Wales|Denmark|Norway|Sweden|Finland|Iceland|"
    r"Rome|God\b|Christ\b|Jesus|Latter|Learning|Reconciliation|Satan|North\b|South\b|East\b|West\b)"
    r"[A-Z][\w'’-]{2,20}(?:\s(?:of\s|the\s)?[A-Z][\w'’-]{2,20}){0,2}"
)
_SAID_MOSQUE: Final = regex(
    r"\b(?:masjid|gurdwara|mandir)\s(?:(?:al|an|as|at|ar|ul|ut|bin|sri|guru)[-\s])?[a-z'’]{3,16}\b",
)
_LOCAL: Final = regex(
    r"\b(?:(?!The\s|Our\s|My\s)[A-Z][\w&'’-]{1,20}\s){0,3}(?:Local|Lodge|Troop|Local\s[Ss]indical|"
    r"Sección)\s(?:No\.?\s|#)?\d{1,5}\b"
    r"|\b(?:[A-Z]{2,6}|American\sLegion|Legion|Union|Unison|Unite|Sindicato)\s(?:[A-Z]\w{1,15}\s)?"
    r"(?:Chapter|Post|Branch)\s(?:No\.?\s|#)?\d{1,5}\b"
    r"|\b(?:local|lodge)\s#?\d{2,5}\b"
)
_ES_HEAD: Final = (
    r"(?:Hospital|Clínica|Escuela|Colegio|Iglesia|Parroquia|Panadería|Restaurante|Limpiezas|"
    r"Supermercado|Universidad|Liceo|Fábrica|Lavandería|Farmacia|Bodega|Carnicería|Instituto|"
    r"Fundación|Asociación|Templo|Capilla|Centro|Empacadora|Transportes|Construcciones|Tienda|"
    r"Mercado|Sindicato|Guardería|IES|CEIP|Secundaria|Primaria|Prepa|Preparatoria|Jardín|Limpiadora|"
    r"Maquiladora|Maquila|Textiles|Frigorífico|Cooperativa|Club|Peluquería|Ferretería|Academia|"
    r"Politécnico|Sanatorio|Policlínica|Posta|Constructora|Distribuidora|Autobuses|Talleres|Finca|Hacienda|"
    r"Ingenio|Cafetería|Pollería|Comedor|Hogar|Residencia|Ludoteca|Librería|Imprenta)"
)
_ORG_ES: Final = regex(
    rf"\b{_ES_HEAD}\s(?:(?:de|del|la|las|los|el|La|El|Los|Las|Nuestra|San|Santa|"
    rf"Santo|Técnica|General|Infantil)\s){{0,3}}[A-ZÁÉÍÓÚÑ][\wñáéíóú]{{2,20}}"
    rf"(?:\s(?:de\s|del\s|la\s|y\s){{0,2}}[A-ZÁÉÍÓÚÑ][\wñáéíóú]{{2,20}}){{0,3}}{_TAIL}"
)

# In small letters, as dictation writes them: only after a word that leads to a place, and with a
# word before the head that is not of every day.
_QUIET_HEAD: Final = (
    r"dental(?:\sgroup)?|p(?:a)?ediatrics|elementary|memorial|middle\sschool|high\sschool|"
    r"community\s(?:college|health|cent(?:er|re)|church)|medical\s(?:center|centre|group)|home\scare|"
    r"(?:baptist|methodist|presbyterian|lutheran|pentecostal|episcopal|united)(?:\schurch)?|church|"
    r"hospital|clinic|academy|university|nursing\shome|care\shome|boys\s(?:college|school)|"
    r"girls\s(?:college|school)|primary(?:\sschool)?|grammar\sschool|school|college|collegiate|"
    r"montessori|preschool|daycare|parish(?:\shall)?|tabernacle|cathedral|chapel|mosque|temple|"
    r"synagogue|assembly|high|boxing\sclub|youth\sclub|football\sclub|freight\slines|bus\slines|"
    r"trucking|logistics|foundry|bakery|foods|laundry|pharmacy|hospice|food\spantry|pantry|"
    r"general(?!\s(?:population|public|assembly|manager|practice))"
)
_NOT_WITHIN: Final = (
    r"(?!(?:the|a|an|my|our|your|his|her|their|its|this|that|these|those|at|from|for|with|in|of|to|"
    r"on|and|or|but|is|was|were|who|some|any|no|every|each|all|another|other|one|two|three|which|"
    r"when|where|i|we|he|she|they|you|it|what|how|as|by|about|like|um|uh|so)\s)"
)
_ORG_QUIET: Final = regex(
    r"\b(?:at|from|for|with|in|to|outside|near|behind|opposite|contact|called|join|joined|left|quit|"
    rf"attend|attends|attended)\s(?:the\s)?((?:{_NOT_WITHIN}[a-z'’-]{{2,20}}\s){{1,3}}?"
    rf"(?:{_QUIET_HEAD}))\b"
)
_STREET_CLUB: Final = regex(
    r"\b(?:saint|st\.?)\s[a-z'’]{3,16}\s(?:high|parish|school|church|college)\b"
)
_CONTRACTED: Final = regex(r"(?:i|we|you|he|she|they|it|that|there|who)['’]")
_SHAPED: Final = regex(r".{0,40}(?:ed|ing|ly|al|ic|ous|ful|less|ish|able|ist|ive)")
_LOOSE: Final = frozenset({"general", "high", "united", "assembly", "temple", "primary", "foods"})
_LOOSEST: Final = frozenset({"general", "high"})
_ORDINARY: Final = frozenset({
    "elementary", "secondary", "preparatory", "parochial", "suburban", "rural", "urban", "city",
    "neighborhood", "neighbourhood", "segregated", "integrated", "residential", "vocational",
    "nearby", "local", "teaching", "veterinary", "psychiatric", "dental", "pediatric", "maternity",
    "children's", "childrens", "boys", "girls", "underfunded", "charter", "boarding", "nursing",
    "evangelical", "pentecostal", "episcopal", "presbyterian", "lutheran", "methodist", "baptist",
    "orthodox", "sabbath", "unitarian", "storefront", "megachurch", "inner-city", "tuition-free",
    "walk-in", "online", "beauty", "culinary", "bible", "sunday", "graduate", "grad", "med",
    "middle",
    "junior", "bilingual", "immersion", "magnet", "jr", "sr", "welding", "cosmetology", "campus",
    "weekly", "daily", "grades", "already", "very", "too", "pretty",
    "homeless", "mega", "predominantly", "mostly", "methadone", "dialysis", "vaccine", "prenatal",
})  # fmt: skip
_GENERIC: Final = frozenset({
    "Health", "Services", "State", "General", "Security", "Solutions", "United", "High", "Middle",
    "Primary", "Secondary", "Mission", "Assembly", "Fellowship", "Shelter", "Foundation",
    "Institute", "Library", "Partners", "Congregation", "Orthodox", "Regional", "Club", "Steel",
    "Surgery", "Prep", "Engineering", "Bank", "Electric", "Baptist", "Pentecostal", "Episcopal",
})  # fmt: skip
_BODIES: Final = regex(
    r"(?:(?:the\s)?(?:supreme court|white house|red cross|united (?:states|nations|kingdom)|"
    r"planned parenthood|"
    r"world health organization|world bank|land bank|food bank|electoral college|whole foods|"
    r"trader joe's|mothers['’]? union|interventional radiology|"
    r"(?:nursing|care|rest) home|black church|jim crow|high school|middle school|"
    r"public (?:health|school|"
    r"library)|"
    r"community (?:health|college|school)(?: cent(?:er|re))?|mental health|primary (?:care|"
    r"school)|secondary school|"
    r"sunday school|charter school|boarding school|private school|medical school|nursing "
    r"school|law school|state university|"
    r"general hospital|children'?s hospital|social services|human (?:services|resources)|"
    r"emergency services|solid state|deep state|ivy league|catholic (?:church|school)|"
    r"christian (?:church|school)|"
    r"islamic state|nation of islam|attorney general|surgeon general|homeland security|social "
    r"security|united way|"
    r"child protective services|protective services|middle (?:east|class|ages)))",
    re.IGNORECASE,
)
# "at Papaya Grove Rest Home": what one is at has a name, though all its words are of every day.
_AT: Final = regex(r"\b(?:at|from)\s(?:the\s)?$", re.IGNORECASE)
_FILLERS: Final = frozenset({"of", "the", "and", "&", "for", "at"})


def organisations(text: str) -> Iterator[Finding]:
    """Yield each employer, school, church, practice, club and union local with a name."""
    for pattern in (_ORG, _ORG_WIDE, _ORG_SHORT):
        for found in pattern.finditer(text):
            yield from _named(text, found, wide=pattern is _ORG_WIDE)
    for found in _LOCAL.finditer(text):
        yield Finding(*found.span(), "organisation")
    for pattern in (_ORG_ES, _BIBLE):
        for found in pattern.finditer(text):
            if not is_generic(found[0].partition(" ")[2]):
                yield Finding(*found.span(), "organisation")
    yield from spanish_organisations(text)
    yield from _doubtful(text)
    yield from _quiet(text)


def _doubtful(text: str) -> Iterator[Finding]:
    """Yield what looks like the name of a house of prayer, or of a firm of two."""
    for found in _OF_FAITH.finditer(text):
        yield Finding(*found.span(), "organisation", "review")
    for found in _TRADE.finditer(text) if "&" in text else ():
        if _is_trade(found[1], found[3]):
            yield Finding(*found.span(), "organisation", "review")


def _named(text: str, found: re.Match[str], *, wide: bool) -> Iterator[Finding]:
    """Yield what was found with capitals, without the words that only stand before it."""
    start = found.start()
    parts = found[0].split()
    while parts and parts[:2] != ["Our", "Lady"] and _is_opening(parts[0], text, start):
        start += len(parts[0]) + 1
        parts = parts[1:]
    of_state = parts[-1:] == ["State"] and is_place(parts[:-1])
    if len(parts) < 2 or of_state or _BODIES.fullmatch(text[start : found.end()]):  # noqa: PLR2004
        return
    if parts[-1] == "Co." and len(parts) == 2:  # noqa: PLR2004 - a county
        return
    proper = [fold(part).strip(",.") for part in parts[:-1] if fold(part) not in _FILLERS]
    if _says_a_kind(proper, generic=parts[-1] in _GENERIC, wide=wide):
        common = lexicon().common
        named = any(part not in common and not is_kept(part) for part in proper)
        if named and _AT.search(text[max(start - 10, 0) : start]):
            yield Finding(start, found.end(), "organisation", "review")
        return
    yield Finding(start, found.end(), "organisation", _sureness(proper))


def _says_a_kind(proper: list[str], *, generic: bool, wide: bool) -> bool:
    """Say whether words before a head only say of which kind it is: "Black Student Union"."""
    known = lexicon().known
    if all(is_kept(part) and not is_place([part]) for part in proper):
        # "Blessed Sacrament Academy" has a name, "Black Baptist Church" has none.
        hallowed = len(proper) > 1 and all(part in listed("faith") for part in proper)
        return wide or not hallowed
    words = [part.removesuffix("'s").removesuffix("’s") for part in proper]
    plain = all(word in known or is_kept(word) for word in words)
    return plain and (wide or (generic and len(words) == 1 and not is_place(words)))


def _is_trade(first: str, last: str) -> bool:
    """Say whether "Dunmore Coke & Steel" is a firm, and not two people or two subjects."""
    words = lexicon()
    one, two = fold(first), fold(last)
    named = one not in words.known and not is_kept(one)
    return named and two in words.known and two not in words.given and not is_kept(two)


def _quiet(text: str) -> Iterator[Finding]:
    """Yield organisations in small letters."""
    for pattern in (_SAID_MOSQUE, _STREET_CLUB):
        for found in pattern.finditer(text):
            yield Finding(*found.span(), "organisation", "review")
    for found in _ORG_QUIET.finditer(text):
        if _has_a_name(found[1].split(), of_a_kind=bool(_BODIES.search(found[1]))):
            yield Finding(*found.span(1), "organisation", "review")


def _has_a_name(words: list[str], *, of_a_kind: bool) -> bool:
    """Say whether a word before the head is more of a name than a word of every day."""
    lex = lexicon()
    unusual = [word for word in map(fold, words[:-1]) if _is_unusual(word)]
    short = words[-1] in _LOOSE and (len(words) == 2 or words[-1] in _LOOSEST)  # noqa: PLR2004
    if of_a_kind or short:
        return any(word not in lex.known for word in unusual)
    return any(word not in lex.known or not _SHAPED.fullmatch(word) for word in unusual)


def _is_unusual(word: str) -> bool:
    return word not in lexicon().common and word not in _ORDINARY and not is_kept(word)


def _begins_sentence(text: str, start: int) -> bool:
    before = text[max(start - 8, 0) : start].rstrip(" \"'“(")
    return not before or before[-1] in ".!?:;\n-–—•*>→…"


def _is_opening(part: str, text: str, start: int) -> bool:
    """Say whether a word before an organisation is only the sentence's first, or a filler."""
    plain = fold(part).strip(",.")
    if _CONTRACTED.match(plain) or plain in _FILLERS | {
        "our",
        "my",
        "your",
        "their",
        "in",
        "at",
        "from",
        "a",
        "an",
        "this",
        "that",
        "no",
    }:
        return True
    is_word = plain in lexicon().common and plain not in lexicon().given
    return is_word and _begins_sentence(text, start) and not part.endswith(("'s", "’s"))


def is_place(parts: list[str]) -> bool:
    """Say whether these words are one of the places that stay: "Washington State"."""
    folded = tuple(fold(part) for part in parts)
    return is_phrase("places.txt", folded)


def _sureness(proper: list[str]) -> Tier:
    """Say how sure a name of an organisation is: of words of the dictionary alone, less."""
    if not proper or all(is_kept(part) for part in proper):
        return "review"
    known = lexicon().known
    return "review" if all(part.removesuffix("'s") in known for part in proper) else "auto"
