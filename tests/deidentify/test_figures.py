"""Public people as topics stay in a text; private people who share a part of their names do not."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest

from sessions.deidentify.find import find
from sessions.deidentify.lists import data_bytes, is_phrase, without_apostrophes
from sessions.deidentify.memory import NOTHING, Memory
from sessions.deidentify.roster import Roster
from sessions.deidentify.words import fold


def found(text: str, names: str = "", memory: Memory = NOTHING) -> list[str]:
    """Return the words that are found in a text."""
    spans = find(text, Roster.parse(names), memory)
    return [text[span.start : span.end] for span in spans]


TOPICS = [
    "Somebody brought up Ezra Pound, then Olive Kitteridge, then Atticus Finch.",
    "The unit had Anarcha Westcott, Albert Kligman and the Relf sisters in one lesson.",
    "Siya Kolisi, Naomi Osaka and Fred Sasakamoose were on the quiz.",
    "We began with Fannie Lou Hamer and ended with Bayard Rustin.",
    "The film on Olaudah Equiano was hard to watch.",
    "After George Floyd and Breonna Taylor we could not go on as before.",
    "In our borough everybody remembers Stephen Lawrence and Mark Duggan.",
    "She teaches about Henrietta Lacks, Charles Drew and Rebecca Lee Crumpler.",
    "We read Frantz Fanon, C.L.R. James and W. E. B. DuBois.",
    "Somebody compared Ketanji Brown Jackson with Sonia Sotomayor.",
    "It was like the speech of Enoch Powell, said one, or of Nigel Farage.",
    "Bernadette Devlin and Éamon de Valera came up in the Irish circle.",
    "Travellers spoke of Ceija Stojka and of Juan de Dios Ramírez Heredia.",
    "Viola Desmond is on the ten dollar note, Louis Riel is not.",
    "From Claudia Jones to Maurice Bishop and Mia Mottley.",
    "Steve Biko died before Mandela was free; Archbishop Tutu wept.",
    "Kwame Nkrumah, Funmilayo Ransome-Kuti and Thomas Sankara were named.",
    "A quote of Ngũgĩ wa Thiong'o, then one of Wangari Maathai.",
    "B. R. Ambedkar and Savitribai Phule were new to most; Gandhi was not.",
    "Fred Korematsu, Yuri Kochiyama and Larry Itliong belong in the class.",
    "He read Mahmoud Darwish aloud, and Edward Said.",
    "We spoke of Anne Frank and of Abraham Joshua Heschel in Selma.",
    "Hablamos de Rigoberta Menchú, César Chávez y Cristóbal Colón.",
    "En clase leímos a Gabriel García Márquez y a sor Juana Inés de la Cruz.",
    "Sitting Bull, Wilma Mankiller and Zitkala-Ša were on the cards.",
    "Eddie Mabo, Dame Whina Cooper and Queen Lili'uokalani held their land.",
    "The banner showed Emma Goldman, Mother Jones and Sylvia Rivera.",
    "Her shelf has Toni Morrison, bell hooks and N. K. Jemisin.",
    "They played Nina Simone, Kendrick Lamar and Beyoncé between rounds.",
    "Colin Kaepernick knelt; Muhammad Ali refused; Simone Biles stepped back.",
    "Hattie McDaniel won, and Sidney Poitier after her.",
    "A sermon on Óscar Romero, Howard Thurman and Guru Nanak.",
    "Nobody here is a Napoleon, a Jim Crow or an Uncle Tom.",
]


@pytest.mark.parametrize("text", TOPICS)
def test_public_people_of_every_group_stay_in_any_case(text: str) -> None:
    """Who is a topic is neither hidden nor asked about: as written, in small letters, shouted."""
    assert found(text) == []
    assert found(text.lower()) == []
    assert found(text.upper()) == []


@pytest.mark.parametrize(
    "text",
    [
        "we put rosa parks and junot diaz on the list, said one",
        "They voted for obama twice.",
        "An Obama-era rule; the anti-Trump vote; a Freirean circle.",
        "Jean Michel Basquiat, Toussaint LOuverture, Lin Manuel Miranda",
        "Martin Luther King, Jr. and Sammy Davis Jr.",
        "Mr. Trump and Mrs. Obama",
        "El papa Francisco, la virgen María, el rey Felipe y president Obama",
    ],
)
def test_a_public_name_is_known_however_it_is_typed(text: str) -> None:
    """Accents, apostrophes and hyphens may be left out; a generation or a title may stand by."""
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("I told Rosa first.", ["Rosa"]),
        ("They asked Ali to wait.", ["Ali"]),
        ("Then Marley left the room.", ["Marley"]),
        ("We heard Kamala and Lupita in the second round.", ["Kamala", "Lupita"]),
        ("Malala Hassan opened the circle.", ["Malala Hassan"]),
        ("I sat with Tanisha Mandela.", ["Tanisha Mandela"]),
        ("Angela Davis Ortega told me.", ["Angela Davis Ortega"]),
        ("We sat with Angela, Davis and Tamika.", ["Angela", "Davis", "Tamika"]),
        ("I was with Michael. Brown people were there.", ["Michael"]),
        ("She asked when will Smith come back.", ["Smith"]),
        ("Then Biden-Ortega told us why.", ["Biden-Ortega"]),
    ],
)
def test_private_people_who_share_a_part_of_a_public_name_are_found(
    text: str, hidden: list[str]
) -> None:
    """A first name alone, a longer name, a list and the end of a sentence make nobody famous."""
    assert found(text) == hidden


@pytest.mark.parametrize(
    ("names", "text", "hidden"),
    [
        ("Rosa Delgado", "Rosa Parks sat down; then Rosa's turn came.", ["Rosa"]),
        ("Martin Ortega", "Martin Luther King, said Martin.", ["Martin"]),
        ("Robert Vance", "Bob Marley sang, and Bob Vance too.", ["Bob", "Vance"]),
        ("Serena Ochoa", "Venus and Serena Williams; Serena nodded.", ["Serena"]),
        ("Nia Obama", "Obama is tired.", ["Obama"]),
        ("Dana King", "Dr. King is tired.", ["King"]),
        ("Rosa Parks", "rosa parks is tired", ["rosa parks"]),
        ("Eric Adams", "Mayor Eric Adams was late.", ["Eric Adams"]),
        ("William Barber", "William Barber II was late.", ["William Barber"]),
        ("Anne Braden", "Carl and Anne Braden told us.", ["Anne Braden"]),
        ("June Magsaysay", "yes Ramon Magsaysay, and no, Magsaysay is not", ["Magsaysay"]),
    ],
)
def test_the_roster_goes_and_the_public_form_stays(
    names: str, text: str, hidden: list[str]
) -> None:
    """Somebody of the roster goes by every part of the name, but not within a public name."""
    assert found(text, names) == hidden


def test_an_answer_about_a_first_name_leaves_the_public_name_whole() -> None:
    """A word that a person hid is hidden everywhere but within the name of a public person."""
    assert found("Rosa Parks sat. On the porch, rosa.", memory=Memory().hide("Rosa")) == ["rosa"]


def test_the_list_of_public_people_is_in_order() -> None:
    """Groups are sorted, and no name is written twice, in whatever spelling."""
    groups = data_bytes("figures.txt").decode().split("\n\n")[1:]
    spelled = [
        [without_apostrophes(fold(name)) for name in group.splitlines()[1:]] for group in groups
    ]
    plain = [[name.replace(".", "") for name in group] for group in spelled]
    assert all(one <= two for group in plain for one, two in pairwise(group))
    whole = [tuple(re.findall(r"\w+", name)) for group in spelled for name in group]
    assert len(whole) == len(set(whole)) > 2_000
    alone = {name for group in spelled for name in group if " " not in name}
    assert not alone & {"rosa", "martin", "king", "ali", "khan", "marley", "lawrence", "karen"}


def test_a_phrase_is_looked_up_by_its_first_words() -> None:
    """A hyphen may be a space, an apostrophe may be missing, and no other word finds anything."""
    assert is_phrase("figures.txt", ("jean", "michel", "basquiat"))
    assert is_phrase("figures.txt", ("jean-michel", "basquiat"))
    assert is_phrase("figures.txt", ("toussaint", "louverture"))
    assert not is_phrase("figures.txt", ("qqzxv",))


@pytest.mark.parametrize(
    ("names", "text", "hidden"),
    [
        ("Amber Wells", "An Amber alert went off; Amber saw it.", ["Amber"]),
        ("Rose Webb", "The Rose Garden speech, then Rose from HR.", ["Rose"]),
        ("Drew Hall", "They drew the line in the hall pass talk.", []),
        ("Olive Hart", "We cooked with olive oil, said Olive.", ["Olive"]),
        ("Grace Day", "It was Mother's Day, and Grace came late.", ["Grace"]),
        ("Christian Moe", "Christian values, said Christian.", ["Christian"]),
        ("", "The Foley catheter, the Hoyer lift, the Braden scale.", []),
        ("", "I met Foley there.", ["Foley"]),
        ("Rosa Delgado", "Rosa's park was closed.", ["Rosa"]),
    ],
)
def test_a_thing_holds_back_the_name_in_it(names: str, text: str, hidden: list[str]) -> None:
    """A name within a thing stays, possessive or not, and goes wherever it stands for somebody."""
    assert found(text, names) == hidden


def test_the_list_of_things_is_in_order() -> None:
    """Groups are sorted, no thing is written twice, and none is a public person too."""
    groups = data_bytes("things.txt").decode().split("\n\n")[1:]
    spelled = [
        [without_apostrophes(fold(name)) for name in group.splitlines()[1:]] for group in groups
    ]
    plain = [[name.replace(".", "") for name in group] for group in spelled]
    assert all(one <= two for group in plain for one, two in pairwise(group))
    whole = [tuple(re.findall(r"\w+", name)) for group in spelled for name in group]
    assert len(whole) == len(set(whole)) > 2_000
    people = data_bytes("figures.txt").decode().split("\n\n")[1:]
    named = {without_apostrophes(fold(line)) for group in people for line in group.splitlines()[1:]}
    assert not named & {name for group in spelled for name in group}
