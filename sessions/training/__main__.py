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


def main() -> None:
    """Read, make, fit and write."""
    parser = argparse.ArgumentParser(prog="python -m sessions.training", description=main.__doc__)
    parser.add_argument("--names", type=Path, required=True, help="folder of the published lists")
    parser.add_argument("--words", type=Path, nargs="+", required=True, help="dictionary words")
    parser.add_argument("--towns", type=Path, required=True, help="towns of GeoNames, in JSON")
    parser.add_argument("--out", type=Path, required=True, help="the model file to write")
    parser.add_argument("--seed", type=int, default=20, help="for the same bytes again")
    parser.add_argument("--rounds", type=int, default=26, help="how often a template is filled")
    asked = parser.parse_args()
    chance = Random(asked.seed)  # noqa: S311
    material = read_material(asked.names, asked.words, asked.towns)
    maker = Maker(material, chance)
    made = list(maker.sentences(asked.rounds, max(asked.rounds // 2, 1)))
    made += maker.composed(asked.rounds * 800)
    named = [sentence for sentence in material.sentences if sentence.names]
    made += maker.renamed(named * 2)
    made += maker.for_pronouns(material.sentences, 0.9)
    made += maker.for_pronouns(maker.clean() * (asked.rounds // 2), 0.9)
    made += maker.other_voices(material.sentences * 2)
    hider = Hider(material, chance)
    found = examples(made, hider)
    weights, bias = fitted(found, chance)
    notes = {"dialogue-names": "1", "seed": str(asked.seed), "rounds": str(asked.rounds)}
    asked.out.write_bytes(packed(shrunk(material, weights, bias), notes))


if __name__ == "__main__":
    main()
