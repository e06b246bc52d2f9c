from __future__ import annotations

import pytest

from sessions.deidentify.coach import coach
from sessions.deidentify.find import find
from sessions.deidentify.lexicon import lexicon, packed, unpacked
from sessions.deidentify.lists import data_bytes, is_phrase, listed
from sessions.deidentify.memory import Memory
from sessions.deidentify.seam import Aliases, Roster, hide

NOBODY = Roster()


def found(
    text: str, roster: Roster = NOBODY, memory: Memory | None = None
) -> list[tuple[str, str]]:
    """Return what is found in a text: each span's words and its tier."""
    spans = find(text, roster, memory or Memory())
    return [(text[span.start : span.end], span.tier) for span in spans]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Chidinma said the hallway is where it happens.", "Chidinma"),
        ("I was in a group with Xiaoling and we ran out of time.", "Xiaoling"),
        ("thanks to Pahoua for the bread", "Pahoua"),
        ("Dr. Vukašinović asked who decides.", "Vukašinović"),
        ("my cousin Tlalli was stopped twice", "Tlalli"),
        ("heard from abdirizak then from two others", "abdirizak"),
        ("La señora Quispe esperó tres horas.", "Quispe"),
        ("Le conté a Yaretzi lo que pasó.", "Yaretzi"),
        ("Ms. Yellow told us to stop.", "Yellow"),
        ("SHANIQUE ASKED WHY WE STOPPED", "SHANIQUE"),
        ("Kealoha's question went unanswered.", "Kealoha"),
    ],
)
def test_names_nobody_listed_are_found_without_a_roster(text: str, name: str) -> None:
    """A name of any origin, in a sentence it may stand in, is hidden or asked about."""
    assert name in [words for words, _ in found(text)]


# promise 35
@pytest.mark.parametrize(
    "text",
    [
        "Black, Brown and white colleagues spoke; Muslim and Jewish staff did not.",
        "Speak your truth. Stay engaged. Experience discomfort. Expect non-closure.",
        "The Somali mothers and the Hmong elders prayed.",
        "Rosa Parks, Dr. King and Malcolm X were on the wall.",
        "People from Chicago and from Puerto Rico sat together.",
        "Somos negros, mexicanos y católicos.",
        "Most sat in Feeling, two in Moral; nobody in Intellectual.",
        "In May we meet again, on a Tuesday.",
        "Will anything change? Hope is not a plan.",
    ],
)
def test_words_that_carry_the_conversation_are_never_hidden_for_certain(text: str) -> None:
    """Race, ethnicity, faith, feeling, agreements, cities and public people stay."""
    assert [words for words, tier in found(text) if tier == "auto"] == []


def test_every_word_of_race_and_faith_stays_in_every_case() -> None:
    """No word of the lists, alone in a plain sentence, is hidden for certain."""
    carried = listed("identity") | listed("faith") | listed("protocol") | listed("calendar")
    eaten = [
        word
        for word in sorted(carried)
        for said in (word, word.capitalize())
        if "auto" in {tier for _, tier in found(f"We talked about {said} again.")}
    ]
    assert eaten == []


def test_a_public_figure_on_the_roster_is_hidden() -> None:
    """Whoever is in the room is hidden, whatever famous name they bear."""
    assert found("Serena Williams spoke.", Roster.parse("Serena Williams")) == [
        ("Serena Williams", "auto")
    ]
    assert found("Serena Williams spoke.") == []


@pytest.mark.parametrize(
    ("names", "text", "wanted"),
    [
        ("Deborah Kowalczyk", "deb asked first", "deb"),
        ("Guadalupe Ríos", "Lupita lloró", "Lupita"),
        ("Adwoa Mensimah", "Adwao spoke", "Adwao"),
        ("Brenda Kurtz", "B.K. asked not to be quoted", "B.K."),
    ],
)
def test_a_roster_finds_nicknames_slips_and_initials(names: str, text: str, wanted: str) -> None:
    """Somebody of the roster is found by a nickname, with one slip of the finger, by initials."""
    spans = find(text, Roster.parse(names))
    assert wanted in [text[span.start : span.end] for span in spans if span.on_roster]


@pytest.mark.parametrize(
    "text",
    [
        "RK: we tried that and nobody came",
        "RK to send the slides",
        "Tursunbek → RK",
        "RK / QT to meet",
        "RK's turn to talk",
        "RK said no",
        "proposed LM, seconded RK",
        "dog bin — RK. Raffle",
    ],
)
def test_initials_that_do_what_people_do_are_hidden(text: str) -> None:
    """Two letters of somebody's name are sure as a speaker, beside others, or where they act."""
    at = text.index("RK")
    spans = find(text, Roster.parse("Rosa Kimura\nLuis Maduro"))
    assert [one.tier for one in spans if one.start == at] == ["auto"]


@pytest.mark.parametrize(
    "text",
    [
        "the old RK form again",
        "PT and OT were short again",
        "POC said they were tired",
        "ICE raided, PTA to fund, IT to fix",
        "the ED: nobody. OR to the union",
        "THIS IS WHAT WE WANT TO SAY ABOUT RACE",
        "I said NO to that",
        "the TO form, the RK form",
        "moved from GA to TN, said one",
        "WOC are tired and so is RK",
        "AI to write the minutes",
    ],
)
def test_letters_that_may_be_something_else_are_not_hidden_unasked(text: str) -> None:
    """What shortens something known, is shouted, or does nothing is never surely somebody."""
    roster = Roster.parse(
        "Rosa Kimura\nPia Torres\nOle Tran\nPaz Ortiz Cruz\nIda Cole Egan\nPat Tuma Ara\n"
        "Ian Torres\nEd Dahl\nOla Ruiz\nIlya Sato\nTom Owens\nNia Osei\nGia Ames\nTia Nash\n"
        "Wes Ode Cole\nAl Ibarra"
    )
    assert "auto" not in [tier for _, tier in found(text, roster)]


def test_what_everybody_shortens_is_nobodys_initials() -> None:
    """Letters of the lists are not even asked about."""
    assert found("HR: we tried. HR to send the form", Roster.parse("Hana Rizzo")) == []


def test_words_of_grammar_are_somebody_where_a_name_would_stand() -> None:
    """With Sheng Her in the room "her" is but a word, and she where somebody acts."""
    roster = Roster.parse("Sheng Her\nAn Nguyen\nLe Thi")
    assert found('Nobody told her that "Parent Conference" means ten minutes.', roster) == []
    assert found("we said so to her for an hour", roster) == []
    assert found("sheng her cried", roster) == [("sheng her", "auto")]
    assert [word for word, _ in found("le told me, an said no", roster)] == ["le", "an"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("dan said he was tired of the jokes", "dan"),
        ("mr. ho asked me why", "ho"),
        ("my friend vi came with me", "vi"),
    ],
)
def test_names_that_are_small_words_too_are_found_in_small_letters(text: str, name: str) -> None:
    """Short names that Spanish or English also has as a word of grammar are somebody's still."""
    assert (name, "auto") in found(text)


def test_an_answer_holds_for_the_whole_session() -> None:
    """A word that was kept is not asked about again, in any case; one that was hidden goes."""
    roster = Roster.parse("Summer Blake")
    text = "We asked Summer."
    assert [tier for _, tier in found(text, roster)]
    kept = Memory().keep("Summer")
    review = [tier for _, tier in found("SUMMER, said one.", roster, kept) if tier == "review"]
    assert review == []
    gone = Memory().hide("porch")
    assert ("porch", "auto") in found("on the porch", NOBODY, gone)
    assert gone.keep("Porch") == Memory().keep("porch")
    assert repr(kept) == "Memory(kept=1, hidden=0)"


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("It was on March 3, 2019 and cold.", "It was in spring 2019 and cold."),
        ("Nací el 14 de febrero de 1979.", "Nací un día de invierno de 1979."),
        ("seen 3/4/22 there", "seen a day in 2022 there"),
        ("she is 43.", "she is in her forties."),
        ("a 7-year-old boy, a 17-year-old", "a young boy, a teen"),
        ("my grandfather, ninety-four, said", "my grandfather, over ninety, said"),
        ("she turned 40.", "she turned forty-something."),
        ("tiene 11 años", "tiene menos de trece años"),
        ("in Room 12 at night", "in [unit] at night"),
        ("write to a.b@c.example", "write to [e-mail]"),
        ("call 860-555-0142", "call [phone number]"),
    ],
)
def test_what_stands_instead_reads_well(text: str, hidden: str) -> None:
    """A date becomes a season, an age a decade, and the rest says what it was."""
    assert hide(text, NOBODY, Aliases()).text == hidden


def test_people_outside_the_room_are_no_colleagues() -> None:
    """Somebody of the roster is a colleague, somebody else a person; each keeps the same words."""
    roster = Roster.parse("Ana Pérez")
    text = "Ana told Shaniqua. Shaniqua Battle thanked Ana Pérez."
    assert hide(text, roster, Aliases()).text == (
        "[colleague 1] told [person 2]. [person 2] thanked [colleague 1]."
    )


@pytest.mark.parametrize(
    ("text", "fits", "instead"),
    [
        ("our only Black neonatologist on 4 West", "our only Black neonatologist on 4 West",
         "a Black neonatologist"),
        ("Soy la única enfermera hondureña.", "la única enfermera hondureña",
         "una enfermera hondureña"),
        ("the surgeon who was on the news", "the surgeon who was on the news", ""),
    ],
)  # fmt: skip
def test_a_description_of_one_person_is_coached_and_not_cut(
    text: str, fits: str, instead: str
) -> None:
    """What fits one person is named, with why and with words that keep the race and the role."""
    (one,) = coach(text)
    assert text[one.start : one.end] == fits
    assert one.instead == instead
    assert one.why.endswith(".")
    assert fits not in repr(one)


@pytest.mark.parametrize(
    "text", ["for the first time", "single mothers", "the only way", "last week"]
)
def test_ordinary_words_are_not_coached(text: str) -> None:
    """The only way and the first time are about nobody."""
    assert coach(text) == ()


def test_the_model_file_is_small_and_read_as_written() -> None:
    """The model has at most two megabytes, and what is packed is unpacked the same."""
    data = data_bytes("names.model")
    assert len(data) <= 2_000_000
    again = unpacked(packed(lexicon(), {"seed": "1"}))
    assert again.weights.data == lexicon().weights.data
    assert again.given == lexicon().given
    assert (again.scale, again.bias) == (lexicon().scale, lexicon().bias)
    assert "tanisha" in again.given
    assert "qqzxv" not in again.known


@pytest.mark.parametrize(
    ("text", "is_name"),
    [
        ("I am a hunter and the clay is wet.", False),
        ("thanks to hunter for the chairs", True),
        ("Hunter was late.", True),
    ],
)
def test_a_roster_name_in_small_letters_is_what_its_sentence_makes_it(
    text: str, *, is_name: bool
) -> None:
    """A word of the dictionary that is somebody's name stays where it reads as the word."""
    seen = [one.lower() for one, _tier in found(text, Roster.parse("Hunter Justice"))]
    assert ("hunter" in seen) == is_name


@pytest.mark.parametrize("text", ["Social Security is not a gift.", "the Barren River flooded"])
def test_two_words_that_name_nobody_are_not_hidden(text: str) -> None:
    """A second capital makes a surer name only of what may be a person's."""
    assert "auto" not in {tier for _, tier in found(text)}


@pytest.mark.parametrize("text", ["Bowling Green is small.", "We drove to Grand Rapids twice."])
def test_a_town_of_several_words_is_no_name(text: str) -> None:
    """A town stays, though half of it may be a name."""
    assert found(text) == []


@pytest.mark.parametrize("text", ["M. Wrona seconded.", "The chair was Tom White again."])
def test_a_second_part_makes_a_name_sure(text: str) -> None:
    """An initial, or a family name behind a first one, leaves nothing to ask."""
    assert [tier for _, tier in found(text)] == ["auto"]


def test_the_lists_of_what_stays_are_read() -> None:
    """Places and public people are found by their first two words."""
    assert is_phrase("places.txt", ("new", "york"))
    assert is_phrase("figures.txt", ("dr", "king"))
