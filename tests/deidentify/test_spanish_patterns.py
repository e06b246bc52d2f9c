from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sessions.deidentify.addresses import addresses
from sessions.deidentify.ages import ages
from sessions.deidentify.contacts import contacts
from sessions.deidentify.dates import dates
from sessions.deidentify.numbers import numbers
from sessions.deidentify.organisations import organisations
from sessions.deidentify.spanish import is_name_like, may_be_spanish
from sessions.deidentify.units import units

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sessions.deidentify.finding import Finding

# In every row the text marks what must be found: «so». Rows without a mark must be left alone.
ADDRESSES = [
    "vive en «C/ Mayor, 14, 3.º B» con su madre",
    "la casa queda en «Av. Brasil 2450, dpto. 302» desde mayo",
    "vivimos en la «Mz. B Lt. 4» del asentamiento",
    "«Jr. Los Sauces, Mz. F, Lt. 12»: así da su dirección",
    "«Carrera 7 # 12-34», en Bogotá; en la «Calle 45 Sur #23B-10» pagan",
    "queda en el «Km. 14 de la carretera a Masaya»",
    "«Residencial Las Palmas, casa 23» y por correo al «apartado 1147»",
    "vive «calle los olivos treinta y dos piso cuatro»",
    "mi dirección es «calle benito juarez 45 col centro»",
    "«2a calle 5-43 zona 1», frente al parque; «calle 8 entre 23 y 25»",
    "la paran en «la esquina de Bolívar y Maipú»",
    "mi mamá renta en «Privada de los Pinos número catorce»",
    "calle abajo hay tres tiendas; la calle es de todos; una carrera de 5 vueltas",
    "doblar la esquina y ya; en la esquina de siempre nos vemos y cantamos",
    "el pasaje cuesta 12 pesos; la colonia tiene 500 familias; caminamos 4 km hasta allá",
    "en la plaza había 200 personas; el apartado 3 del reglamento; avenida de doble sentido",
]
NUMBERS = [
    "su DNI «45.332.118» quedó allí; CURP «MELR850312MDFNPS09», RUT «12.345.678-5»",
    "gafete «0412», nómina «88213», historia clínica «77123», ficha «5512»",
    "matrícula del coche «4821 KLM» y placa «P 123 ABC»",
    "expediente n.º «334/2021»; cédula de ciudadanía No. «52.334.901»",
    "expediente de 300 hojas; recibo de 200 pesos; queja de 3 vecinas; 1 500 000 firmas",
    "artículo 27; ley 30 de 1992; convenio 169; acta 3; turno de 12 horas",
]
PHONES = [
    "llámame al «55 1234 5678», interno «415»",
    "marcar «nueve uno cinco, cincuenta y cinco, cero uno, treinta y cuatro»",
    "costó 1.200.000 pesos; treinta y cuatro de cincuenta y seis; dos o tres",
]
HANDLES = [
    "arroba «la negra rosa» en instagram; en insta soy arroba «lanegrarosa»",
    "una arroba de maíz y tres arrobas de papa; punto por punto",
]
MAIL = [
    "correo «j perez 72 arroba hotmail punto es»",
    "escribe luego a «ana guion bajo diaz arroba gmail punto com»",
    "el punto es que no; llegó a tal punto; punto y aparte",
]
DATES = [
    "nació un «14 de febrero» y la operaron «el tres de mayo del 98»",
    "«el veintiuno de marzo de mil novecientos noventa y nueve» llegó",
    "desde «el jueves 14 de marzo» no vuelve; «el 1ro. de junio» lo echaron",
    "parió en el corredor «el 3 de mayo», Día de la Cruz",
    "la noche «del 24 al 25 de julio» no durmió",
    "la próxima sesión es el 14 de mayo; acta del 14 de mayo de 2023; plazo hasta el 15 de junio",
    "el 25 de noviembre marchamos; el 9 de agosto, día de los pueblos; 2 de octubre no se olvida",
]
AGES = [
    "tenía «nueve» y ya planchaba; a los «17» me fui; desde los «doce» trabaja",
    "cumplió «quince» y nadie le hizo fiesta; voy a cumplir «cuarenta»",
    "con «setenta y dos» años todavía pizca; mi sobrino de «5» me preguntó",
    "paciente fem. de «54» a, mixteca; a Pascual, de «noventa y dos».",
    "tiene «ochenta y tres» la abuela; tenía yo «once» años",
    "llevo veinte años aquí; hace 11 años; a los 12 jornaleros no les pagaron",
    "con veinte años de experiencia; cumplió diez años de trabajar aquí; cumple 25 años la escuela",
    "niños de 6 a 12 años; mayores de 65 años; la misa de 7; tengo cinco minutos; madre de cuatro",
    "hace más de cuarenta años que cosecha; tiene tres hijos; a los tres nos miraron",
]
ORGANISATIONS = [
    "trabaja en la «Empacadora San Gabriel» y en el «Hotel Mirador del Sol»",
    "los de la «Prepa 5», la «Telesecundaria 128» y la «I.E. 20145»",
    "estuve en el «colegio santa teresa» hasta quinto; la «iglesia Roca Eterna»",
    "iba a la «escuela primaria benito juárez» a pie; la «iglesia de San Ramón»",
    "la «Cooperativa Tres Lomas», el «CEIP Miguel Hernández» y el «IES Los Álamos»",
    "el Hospital General; la Universidad Nacional; la Iglesia Católica; el Centro Histórico",
    "Instituto Nacional de Migración; Colegio Médico; Hospital de Día; Club de Madres; el IMSS",
    "la iglesia evangélica; colegio de monjas; hotel de lujo; casa de Ana; grupo de Luis",
]
UNITS = [
    "«aula 12», «salón C», «cama catorce», «sala de juntas 2», «quirófano 1»",
    "en el «módulo D», «edificio cinco», «boxes 4 y 5», «planta cuarta», «ala norte 3»",
    "los de «sexto B» y los de «5.º B»; en «3 Norte» no hay; «habitación cuatrocientos siete»",
    "sala o cocina; una sala y dos baños; cama y comida; aula magna; un cuarto de hora",
    "grupo de 12; mesa 3; piso mojado; sexto punto; tercero vota; el segundo piso sin luz",
]
FINDERS: dict[str, tuple[Callable[[str], Iterator[Finding]], list[str]]] = {
    "address": (addresses, ADDRESSES),
    "number": (numbers, NUMBERS),
    "phone number": (contacts, PHONES),
    "handle": (contacts, HANDLES),
    "e-mail": (contacts, MAIL),
    "date": (dates, DATES),
    "age": (ages, AGES),
    "organisation": (organisations, ORGANISATIONS),
    "unit": (units, UNITS),
}
ROWS = [(label, row) for label, (_, rows) in FINDERS.items() for row in rows]


@pytest.mark.parametrize(("label", "row"), ROWS)
def test_spanish_is_found_whole_and_what_resembles_it_is_left(label: str, row: str) -> None:
    """Every letter and digit of an identifier in Spanish is covered, and of no other word."""
    text, wanted = "", set[int]()
    inside = False
    for char in row:
        if char in "«»":
            inside = char == "«"
            continue
        if inside and char.isalnum():
            wanted.add(len(text))
        text += char
    finder, _ = FINDERS[label]
    covered = {
        at
        for one in finder(text)
        if one.label == label
        for at in range(one.start, one.end)
        if text[at].isalnum()
    }
    assert text_at(text, wanted - covered) == ""
    assert text_at(text, covered - wanted) == ""


def text_at(text: str, places: set[int]) -> str:
    """Return the signs at some places of a text."""
    return "".join(text[at] for at in sorted(places))


def test_a_long_english_text_is_not_read_as_spanish() -> None:
    """What is plainly English is spared the patterns for Spanish, and short text is not."""
    english = "we talked about the rent for an hour and then nobody said a thing about it at all"
    assert not may_be_spanish(english)
    assert may_be_spanish("Cama 14")
    assert may_be_spanish(f"{english} y la abuela se fue")


def test_a_word_is_like_a_name_by_its_use_in_spanish() -> None:
    """A word that is hardly ever without a capital is like a name, one of every day is not."""
    assert is_name_like("teresa")
    assert not is_name_like("manos")
