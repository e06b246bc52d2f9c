"""Trains the name model: `python -m sessions.training --names FOLDER --words FILE… --out FILE`.

Touches: disk, to read the lists and to write the model. Chance comes from a seed: the same lists
and the same seed give the same bytes.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from random import Random  # noqa: TID251

from sessions.deidentify.lexicon import packed
from sessions.training.fit import Hider, examples, fitted, shrunk
from sessions.training.making import Maker
from sessions.training.material import read_material
from sessions.training.notes import read_notes, with_other_names


def main() -> None:
    """Read, make, fit and write."""
    parser = argparse.ArgumentParser(prog="python -m sessions.training", description=main.__doc__)
    parser.add_argument("--names", type=Path, required=True, help="folder of the published lists")
    parser.add_argument("--words", type=Path, nargs="+", required=True, help="dictionary words")
    parser.add_argument("--towns", type=Path, required=True, help="towns of GeoNames, in JSON")
    parser.add_argument("--wordnet", type=Path, required=True, help="folder of WordNet's files")
    parser.add_argument("--used", type=Path, required=True, help="folder of spaCy's tables")
    parser.add_argument("--out", type=Path, required=True, help="the model file to write")
    parser.add_argument("--seed", type=int, default=20, help="for the same bytes again")
    parser.add_argument("--rounds", type=int, default=26, help="how often a template is filled")
    parser.add_argument("--notes", type=int, default=12, help="how often a note is varied")
    asked = parser.parse_args()
    chance = Random(asked.seed)  # noqa: S311
    material = read_material(asked.names, asked.words, asked.towns, asked.wordnet, asked.used)
    maker = Maker(material, chance)
    made = list(maker.sentences(asked.rounds, max(asked.rounds // 2, 1)))
    made += maker.composed(asked.rounds * 800)
    named = [sentence for sentence in material.sentences if sentence.names]
    made += maker.renamed(named * 2)
    made += maker.for_pronouns(material.sentences, 0.9)
    made += maker.for_pronouns(maker.clean() * (asked.rounds // 2), 0.9)
    made += maker.other_voices(material.sentences * 2)
    notes = read_notes()
    for _ in range(asked.notes):
        made += with_other_names(notes, maker, chance)
    hider = Hider(material, chance)
    found = examples(made, hider)
    head = {"dialogue-names": "1", "seed": str(asked.seed), "rounds": str(asked.rounds)}
    asked.out.write_bytes(packed(shrunk(material, fitted(found, chance)), head))


if __name__ == "__main__":
    main()
