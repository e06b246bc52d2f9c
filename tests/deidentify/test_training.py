from __future__ import annotations

from random import Random

import pytest

from sessions.deidentify.lexicon import MODEL_FILE, packed
from sessions.deidentify.lists import data_bytes
from sessions.training.fit import Hider, examples, fitted, shrunk
from sessions.training.growing import grown, seen_of
from sessions.training.making import Maker
from sessions.training.material import Material, Sentence
from sessions.training.notes import Room, read_rooms, unmarked, with_names_of, with_other_names

LARGEST = 2_000_000
PIECES = (
    "abstract, months, titles, things, qualities, deeds, cosas, onsets, rhymes, town ends, firsts, "
    "seconds"
)


def material() -> Material:
    """Return a little of what a model is trained on."""
    return Material(
        origins={
            "one": (["Chidinma", "Pahoua", "Yaretzi"], ["Okafor", "Vang"]),
            "native": (["Wambli"], ["Yellowtail"]),
            "latino": (["Yaretzi"], ["Quispe"]),
            "indigenous-latin": (["Tlalli"], ["Cuxil"]),
            "nicknames": (["Beto"], []),
            "word-names": (["Hope", "Will"], ["Stone"]),
        },
        given=frozenset({"chidinma", "pahoua", "beto", "hope"}),
        family=frozenset({"okafor", "stone"}),
        common=frozenset({"said", "hope", "the", "room"}),
        known=frozenset({"said", "hope", "the", "room", "cold"}),
        templates={
            "en": ["{N} said it.", "I sat by {F}.", "{T} {S} left {P}."],
            "en clean": ["the room was cold", "{W} is the word.", "{Q} and {q} came up."],
            "en mixed": ["In {M} we meet."],
            "es": ["{N} no vino."],
            "es clean": ["no hay {y}"],
        },
        used={"said": 70, "room": 1, " no": 9},
        pairs=frozenset({"cold room"}),
        grammar=frozenset({"the"}),
        sentences=[Sentence("He said no."), Sentence("Ana left.", ((0, 3),))],
        places=["Akron"],
        pieces={of: ["hope", "ba", "no"] for of in PIECES.split(", ")},
    )


ROOMS = (
    Room(("Hope Stone", "Jaru Okafor"), "en", (unmarked("{P Hope} sat by {p J. Okafor}."),)),
    Room(("Tlalli Cuxil",), "es", (unmarked("no hay {K paz}"),)),
)


def model(seed: int) -> bytes:
    """Return the file of a small model trained by one source of chance."""
    chance = Random(seed)
    given = material()
    maker = Maker(given, chance)
    made = [*maker.sentences(6, 6), *maker.renamed(given.sentences)]
    made += maker.for_pronouns(given.sentences, 1.0)
    made += with_other_names(ROOMS, maker, chance)
    learned = fitted(examples(made, Hider(given, chance)), chance)
    return packed(shrunk(given, learned, 4096), {"seed": str(seed)})


def test_the_same_lists_and_seed_give_the_same_model() -> None:
    """Training twice gives the same bytes; another seed gives others."""
    assert model(3) == model(3)
    assert model(3).partition(b"\n\n")[2] != model(4).partition(b"\n\n")[2]


@pytest.mark.parametrize("template", ["{N} said it.", "{F} and {S} left", "{T} {S} sat by {N}"])
def test_names_are_marked_where_a_template_has_them(template: str) -> None:
    """Whatever voice a sentence gets, each word that filled a name's place is marked, no other."""
    given = material()
    given.templates = {"en": [template], "en clean": [], "en mixed": [], "es": [], "es clean": []}
    given.templates["en clean"] = ["no"]
    names = template.count("{N}") + template.count("{S}") + template.count("{F}")
    for made in Maker(given, Random(5)).sentences(20, 0):
        assert len(made.names) == names
        assert all(made.text[start:end].strip() for start, end in made.names)


def test_the_shipped_model_is_small_and_says_how_it_was_made() -> None:
    """The model takes no more room than promised, and its head has the seed for the same bytes."""
    data = data_bytes(MODEL_FILE)
    head = data.partition(b"\n\n")[0].decode()
    assert len(data) <= LARGEST
    assert {line.split()[0] for line in head.splitlines()} >= {"seed", "rounds", "scale", "bias"}


def test_other_names_keep_the_form_of_those_that_were_written() -> None:
    """Small letters stay small, an initial after a name stays one, a name is the same again."""
    written = "{P mai lee} met {p J. Okafor}; {P mai lee} left, {P HK} not, {P Hope R.} late"
    room = Room((), "en", (unmarked(written),) * 60)
    for made in with_other_names([room], Maker(material(), Random(7)), Random(8)):
        names = [made.text[start:end] for start, end in made.names]
        assert len(names) == 5
        assert names[0].casefold() == names[2].casefold()
        if made.text != made.text.lower() and made.text != made.text.upper() and ";" in made.text:
            assert names[0] == names[0].lower()
            assert names[3].isupper()
            assert len(names[3]) == 2
            assert names[4][-3:-2] + names[4][-1:] == " ."


def test_an_initial_before_a_name_stays_one() -> None:
    """Of "J. Okafor" both parts are changed, and the first is a letter again."""
    room = Room((), "en", (unmarked("{p J. Okafor} left."),) * 40)
    for made in with_other_names([room], Maker(material(), Random(7)), Random(8)):
        ((start, end),) = made.names
        if "." in made.text:
            assert made.text[start:end].split()[0][1:] == "."


def test_who_was_in_a_room_is_on_the_lists_but_for_words() -> None:
    """A first name and a surname that are no words are known; "Hope" is left to the notes."""
    known = with_names_of(material(), ROOMS)
    assert {"jaru", "tlalli"} <= known.given
    assert {"okafor", "cuxil"} <= known.family
    assert known.given & material().known == material().given & material().known


def test_every_note_to_train_on_is_well_marked() -> None:
    """No brace is left over in a note, a name that is marked is there, a room has people."""
    rooms = read_rooms()
    assert sum(len(room.notes) for room in rooms) > 20_000
    for room in rooms:
        assert room.language in {"en", "es"}
        assert len(room.roster) > 3
        for note in room.notes:
            assert not set("{}") & set(note.text), note.text
            assert all(note.text[start:end].strip() for start, end in (*note.names, *note.others))


def test_trees_learn_that_the_room_has_somebody_of_that_name() -> None:
    """Grown on notes that name two people, they give a name better odds than a word."""
    chance = Random(3)
    given = material()
    learned = fitted(examples(Maker(given, chance).sentences(30, 30), Hider(given, chance)), chance)
    lex = shrunk(given, learned, 4096)
    notes = tuple(
        unmarked(line)
        for line in ("{P Pahoua} said it.", "the cold room said", "{P Chidinma} was cold")
        for _ in range(60)
    )
    room = Room(("Pahoua Vang", "Chidinma Okafor"), "en", notes)
    seen = list(seen_of([room], lex))
    trees = grown(seen)
    names = [trees.odds(numbers) for numbers, is_name in seen if is_name]
    words = [trees.odds(numbers) for numbers, is_name in seen if not is_name]
    assert len(names) == 240
    assert words
    assert min(names) > max(words)


def test_what_is_marked_and_no_name_teaches_nothing() -> None:
    """A word of an address or a unit is neither a name nor a word to the trees."""
    given = material()
    sentences = Maker(given, Random(1)).sentences(5, 5)
    lex = shrunk(given, fitted(examples(sentences, Hider(given, Random(1))), Random(1)), 4096)
    marked = Room(("Hope Stone",), "en", (unmarked("at {A 4 Hope Lane} with {P Hope}"),))
    bare = Room(("Hope Stone",), "en", (unmarked("at 4 Hope Lane with {P Hope}"),))
    taught, more = list(seen_of([marked], lex)), list(seen_of([bare], lex))
    assert sum(is_name for _, is_name in taught) == sum(is_name for _, is_name in more)
    assert len(taught) < len(more)
