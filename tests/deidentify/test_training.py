from __future__ import annotations

from random import Random

import pytest

from sessions.deidentify.lexicon import MODEL_FILE, packed
from sessions.deidentify.lists import data_bytes
from sessions.training.fit import Hider, examples, fitted, shrunk
from sessions.training.making import Maker
from sessions.training.material import Material, Sentence
from sessions.training.notes import read_notes, unmarked, with_other_names

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


def model(seed: int) -> bytes:
    """Return the file of a small model trained by one source of chance."""
    chance = Random(seed)
    given = material()
    maker = Maker(given, chance)
    made = [*maker.sentences(6, 6), *maker.renamed(given.sentences)]
    made += maker.for_pronouns(given.sentences, 1.0)
    notes = [(unmarked("{P Hope} sat by {p J. Okafor}."), "en"), (unmarked("no hay {K paz}"), "es")]
    made += with_other_names(notes, maker, chance)
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
    notes = [(unmarked(written), "en")]
    for made in with_other_names(notes * 60, Maker(material(), Random(7)), Random(8)):
        names = [made.text[start:end] for start, end in made.names]
        assert len(names) == 5
        assert names[0].casefold() == names[2].casefold()
        if made.text != made.text.lower() and made.text != made.text.upper() and ";" in made.text:
            assert names[0] == names[0].lower()
            assert names[3].isupper()
            assert len(names[3]) == 2
            assert names[4][-3:-2] + names[4][-1:] == " ."


def test_every_note_to_train_on_is_well_marked() -> None:
    """No brace is left over in a note, and every name that is marked is there."""
    notes = read_notes()
    assert len(notes) > 4000
    for note, language in notes:
        assert language in {"en", "es"}
        assert not set("{}") & set(note.text), note.text
        assert all(note.text[start:end].strip() for start, end in note.names)
